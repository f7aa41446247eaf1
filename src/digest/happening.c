/* What the claims of one event tell, and by whose word. */
#include "digest/digest.h"

#include <string.h>

const struct told *happening_fullest(const struct happening *h)
{
    const struct told *best = h->claims[0];

    for (uint32_t i = 1; i < h->count; i++) {
        const struct told *t = h->claims[i];

        if (told_denies(best) != told_denies(t)
                ? told_denies(best)
                : told_fullness(t) > told_fullness(best))
            best = t;
    }
    return best;
}

const char *told_title(struct arena *a, const struct told *t)
{
    return arena_print(
        a, "%s: %s → %s", t->label, t->parties[0] ? t->parties[0] : "…",
        t->parties[1] ? t->parties[1] : "…");
}

const struct happening *happening_find(const struct digest *d, int64_t claim)
{
    for (uint32_t i = 0; i < d->count; i++)
        if (d->told[i].id == claim)
            return &d->happenings[d->told[i].event];
    return NULL;
}

/* --- roots ---------------------------------------------------------------- */

/* By the day of the report, for the first to tell is at the top. */
static int by_report(const void *x, const void *y)
{
    const struct told *a = *(const struct told *const *)x;
    const struct told *b = *(const struct told *const *)y;
    int order = g_strcmp0(a->document_date, b->document_date);

    if (order)
        return order;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

GPtrArray *happening_root(const struct happening *h, int64_t root, bool denies)
{
    GPtrArray *list = g_ptr_array_new();

    for (uint32_t i = 0; i < h->count; i++)
        if (h->claims[i]->root == root && told_denies(h->claims[i]) == denies)
            g_ptr_array_add(list, (gpointer)h->claims[i]);
    g_ptr_array_sort(list, by_report);
    return list;
}

const struct told *root_best(const GPtrArray *list)
{
    const struct told *best = g_ptr_array_index(list, 0);

    for (guint i = 0; i < list->len; i++) {
        const struct told *t = g_ptr_array_index(list, i);

        if (t->claim->source_key)
            return t;
        if (t->claim->source && !best->claim->source)
            best = t;
    }
    return best;
}

const char *root_words(const GPtrArray *list)
{
    const struct told *best = root_best(list);

    if (best->claim->source || best->claim->source_key)
        return best->voice;
    return best->publisher ? best->publisher : best->document_name;
}

uint32_t root_documents(const GPtrArray *claims)
{
    uint32_t count = 0;
    int64_t last = 0;

    for (guint i = 0; i < claims->len; i++) {
        const struct told *t = g_ptr_array_index(claims, i);

        count += t->document != last;
        last = t->document;
    }
    return count;
}

void happening_each_root(
    const struct happening *h, bool denies,
    void (*take)(const GPtrArray *claims, void *self), void *self)
{
    GHashTable *seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (uint32_t i = 0; i < h->count; i++) {
        const struct told *t = h->claims[i];
        GPtrArray *list;

        if (told_denies(t) != denies ||
            !g_hash_table_add(seen, (gpointer)&t->root))
            continue;
        list = happening_root(h, t->root, denies);
        take(list, self);
        g_ptr_array_free(list, TRUE);
    }
    g_hash_table_unref(seen);
}

/* --- one thing that claims tell ------------------------------------------- */

/* What a claim tells of it, or NULL. */
typedef const char *(*teller)(struct arena *a, const struct told *t);

static const char *tell_act(struct arena *a, const struct told *t)
{
    (void)a;
    return t->label;
}

static const char *tell_actor(struct arena *a, const struct told *t)
{
    (void)a;
    return t->parties[0];
}

static const char *tell_target(struct arena *a, const struct told *t)
{
    (void)a;
    return t->parties[1];
}

static const char *tell_place(struct arena *a, const struct told *t)
{
    (void)a;
    return t->place;
}

static const char *tell_day(struct arena *a, const struct told *t)
{
    return t->first ? period_words(a, t->first, t->last) : NULL;
}

const char *const thing_words[] = {"act", "who", "to whom", "place", "day"};
static const teller tellers[] = {
    tell_act, tell_actor, tell_target, tell_place, tell_day};

/* --- what is told of it --------------------------------------------------- */

static void add_voice(struct thing_value *v, const char *voice)
{
    for (uint32_t i = 0; i < v->voice_count; i++)
        if (!strcmp(v->voices[i], voice))
            return;
    if (v->voice_count == VALUE_VOICES)
        v->are_more = true;
    else
        v->voices[v->voice_count++] = voice;
}

uint32_t happening_values(
    struct arena *a, const struct happening *h, int thing,
    struct thing_value *values)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < h->count; i++) {
        const struct told *t = h->claims[i];
        const char *words = tellers[thing](a, t);
        uint32_t at = 0;

        if (!words || told_denies(t))
            continue;
        while (at < count && g_ascii_strcasecmp(values[at].words, words))
            at++;
        if (at == VALUES_MOST)
            continue;
        if (at == count)
            values[count++] = (struct thing_value){.words = words, .first = t};
        add_voice(&values[at], t->voice);
    }
    return count;
}

/* --- figures -------------------------------------------------------------- */

const struct told *
told_of(const struct happening *h, const struct event_claim *c)
{
    uint32_t i = 0;

    while (h->claims[i]->claim != c)
        i++;
    return h->claims[i];
}

struct toll *happening_figures(
    struct arena *a, const struct event_rules *r, const struct happening *h,
    uint32_t *count)
{
    const struct event_claim **claims =
        arena_make(a, const struct event_claim *, h->count);

    for (uint32_t i = 0; i < h->count; i++)
        claims[i] = h->claims[i]->claim;
    return tolls_find(a, r, claims, h->count, count);
}
