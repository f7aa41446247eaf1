/* The brief by person and group, and by voice. */
#include "cli/brief.h"
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum { ACTS_TOLD = 6, VOICES_TOLD = 4 };

/* Someone whom claims are about. */
struct person {
    const char *name;
    uint32_t claims;
    struct tally *roles[2]; /* acts, as actor and as target */
    struct tally *voices;
};

static void person_free(void *self)
{
    struct person *p = self;

    tally_free(p->roles[0]);
    tally_free(p->roles[1]);
    tally_free(p->voices);
    g_free(p);
}

static struct person *
find_person(GHashTable *all, const struct told *t, int role)
{
    struct person *p = g_hash_table_lookup(all, t->keys[role]);

    if (p)
        return p;
    p = g_new0(struct person, 1);
    p->name = t->parties[role];
    p->roles[0] = tally_new();
    p->roles[1] = tally_new();
    p->voices = tally_new();
    g_hash_table_insert(all, (gpointer)t->keys[role], p);
    return p;
}

static void
add_told(const struct brief *b, GHashTable *all, const struct told *t)
{
    for (int role = 0; role < 2; role++) {
        struct person *p;

        if (!t->keys[role])
            continue;
        p = find_person(all, t, role);
        p->claims++;
        tally_add(p->roles[role], t->label);
        tally_add(p->voices, told_voice(b->arena, t));
    }
}

static int by_claims(const void *x, const void *y)
{
    const struct person *a = *(struct person *const *)x;
    const struct person *b = *(struct person *const *)y;

    if (a->claims != b->claims)
        return a->claims < b->claims ? 1 : -1;
    return strcmp(a->name, b->name);
}

static void print_person(const struct brief *b, const struct person *p)
{
    struct arena *a = b->arena;
    const char *does = tally_words(p->roles[0], a, ACTS_TOLD);
    const char *undergoes = tally_words(p->roles[1], a, ACTS_TOLD);

    brief_line(
        2, arena_print(
               a, "%s: %u claim%s", p->name, p->claims,
               p->claims == 1 ? "" : "s"));
    if (*does)
        brief_line(6, arena_print(a, "as actor: %s", does));
    if (*undergoes)
        brief_line(6, arena_print(a, "as target: %s", undergoes));
    brief_line(
        6, arena_print(
               a, "according to: %s", tally_words(p->voices, a, VOICES_TOLD)));
}

/* Prints the first of those in the table, ordered. */
static void print_first(
    const struct brief *b, GHashTable *all, const char *title,
    int (*order)(const void *, const void *),
    void (*print)(const struct brief *, const struct person *))
{
    GPtrArray *sorted = g_ptr_array_new();
    GHashTableIter iter;
    void *person;

    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, NULL, &person))
        g_ptr_array_add(sorted, person);
    g_ptr_array_sort(sorted, order);
    if (sorted->len && title)
        brief_title(title);
    for (guint i = 0; i < sorted->len && i < b->most; i++)
        print(b, g_ptr_array_index(sorted, i));
    g_ptr_array_free(sorted, TRUE);
}

void brief_people(const struct brief *b)
{
    GHashTable *all =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, person_free);

    for (uint32_t i = 0; i < b->digest->count; i++)
        add_told(b, all, &b->digest->told[i]);
    print_first(b, all, "About whom", by_claims, print_person);
    g_hash_table_unref(all);
}

/* --- single voices -------------------------------------------------------- */

static void print_lone_voice(const struct brief *b, const struct person *p)
{
    brief_line(
        2, arena_print(
               b->arena, "%s: %s", p->name,
               tally_words(p->roles[0], b->arena, ACTS_TOLD)));
}

static void
add_lone(const struct brief *b, GHashTable *all, const struct told *t)
{
    const char *voice = told_voice(b->arena, t);
    struct person *p = g_hash_table_lookup(all, voice);

    if (!p) {
        p = g_new0(struct person, 1);
        p->name = voice;
        p->roles[0] = tally_new();
        p->roles[1] = tally_new();
        p->voices = tally_new();
        g_hash_table_insert(all, (gpointer)voice, p);
    }
    p->claims++;
    tally_add(p->roles[0], t->label);
}

void brief_single(const struct brief *b)
{
    const struct digest *d = b->digest;
    GHashTable *all =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, person_free);
    uint32_t single = 0;

    for (uint32_t i = 0; i < d->happening_count; i++) {
        const struct happening *h = &d->happenings[i];

        if (h->event->support > 1)
            continue;
        single++;
        add_lone(b, all, h->claims[0]);
    }
    if (single) {
        brief_title("What rests on one voice alone");
        brief_line(
            2, arena_print(
                   b->arena,
                   "%u of %u happenings (above, those without 'voices'). The "
                   "voices that most of them rest on:",
                   single, d->happening_count));
        print_first(b, all, NULL, by_claims, print_lone_voice);
    }
    g_hash_table_unref(all);
}
