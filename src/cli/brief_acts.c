/* The brief by act: happenings with those who tell them, family by family. */
#include "cli/brief.h"
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- who says so ---------------------------------------------------------- */

enum { VOICES_TOLD = 4 };

/* The first claim of each voice, and in how many documents it speaks. */
struct voices {
    const struct told *first[VOICES_TOLD];
    uint32_t documents[VOICES_TOLD], count;
    bool are_more;
    int64_t last[VOICES_TOLD]; /* document counted last */
};

static uint32_t find_voice(const struct voices *v, const struct told *t)
{
    uint32_t i = 0;

    while (i < v->count && strcmp(v->first[i]->voice, t->voice) != 0)
        i++;
    return i;
}

static void add_voice(struct voices *v, const struct told *t)
{
    uint32_t at = find_voice(v, t);

    if (at == VOICES_TOLD) {
        v->are_more = true;
        return;
    }
    if (at == v->count)
        v->first[v->count++] = t;
    if (v->last[at] == t->document)
        return;
    v->last[at] = t->document; /* claims come document by document */
    v->documents[at]++;
}

static const char *voices_words(struct arena *a, const struct happening *h)
{
    struct voices v = {.count = 0};
    const char *words = "";

    for (uint32_t i = 0; i < h->count; i++)
        add_voice(&v, h->claims[i]);
    for (uint32_t i = 0; i < v.count; i++) {
        const char *voice = told_voice(a, v.first[i]);

        if (v.documents[i] > 1)
            voice = arena_print(a, "%s (%u documents)", voice, v.documents[i]);
        words = arena_print(a, "%s%s%s", words, i ? "; " : "", voice);
    }
    return v.are_more ? arena_print(a, "%s; and others", words) : words;
}

/* --- happenings ----------------------------------------------------------- */

static const char *ids(struct arena *a, const struct happening *h)
{
    enum { IDS_TOLD = 4 };
    const char *words = "";

    for (uint32_t i = 0; i < h->count && i < IDS_TOLD; i++)
        words = arena_print(
            a, "%s%sc%" G_GINT64_FORMAT, words, i ? " " : "", h->claims[i]->id);
    return h->count > IDS_TOLD ? arena_print(a, "%s ...", words) : words;
}

/* The claim that tells most of it. */
static const struct told *fullest(const struct happening *h)
{
    const struct told *best = h->claims[0];

    for (uint32_t i = 1; i < h->count; i++)
        if (told_fullness(h->claims[i]) > told_fullness(best))
            best = h->claims[i];
    return best;
}

static void print_happening(struct arena *a, const struct happening *h)
{
    const char *voices = voices_words(a, h);

    brief_line(
        2, arena_print(a, "%s  [%s]", told_words(a, fullest(h)), ids(a, h)));
    brief_line(
        6, h->event->support > 1 ? arena_print(a, "%u voices: %s", h->event->support, voices)
                          : arena_print(a, "according to %s", voices));
}

static bool is_asserted(const struct happening *h)
{
    return h->claims[0]->modality == MODALITY_ASSERTED &&
           !h->claims[0]->negative;
}

/* Most voices first, then what is asserted, then what is told most fully. */
static int by_weight(const void *x, const void *y)
{
    const struct happening *a = *(struct happening *const *)x;
    const struct happening *b = *(struct happening *const *)y;
    int full = told_fullness(fullest(a)), fuller = told_fullness(fullest(b));

    if (a->event->support != b->event->support)
        return a->event->support < b->event->support ? 1 : -1;
    if (is_asserted(a) != is_asserted(b))
        return is_asserted(a) ? -1 : 1;
    if (full != fuller)
        return full < fuller ? 1 : -1;
    if (a->count != b->count)
        return a->count < b->count ? 1 : -1;
    return a->claims[0]->id < b->claims[0]->id ? -1 : 1;
}

/* --- families ------------------------------------------------------------- */

static void print_family(const struct brief *b, GPtrArray *all)
{
    const struct happening *first = g_ptr_array_index(all, 0);
    char *family =
        g_strndup(first->claims[0]->act, strcspn(first->claims[0]->act, "."));
    char *title = g_strdup_printf("%s: %u", family, all->len);
    /* What fits no act fills no page. */
    uint32_t most = strcmp(family, "other") ? b->most : 0;

    *title = g_ascii_toupper(*title);
    brief_title(title);
    g_ptr_array_sort(all, by_weight);
    for (uint32_t i = 0; i < all->len && i < most; i++)
        print_happening(b->arena, g_ptr_array_index(all, i));
    if (!most)
        printf("  attest claims --act %s\n", family);
    else if (all->len > most)
        printf(
            "  and %u more: attest claims --act %s\n", all->len - most, family);
    g_free(title);
    g_free(family);
}

static GHashTable *sort_by_family(const struct digest *d)
{
    GHashTable *families = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);

    for (uint32_t i = 0; i < d->happening_count; i++) {
        const char *act = d->happenings[i].claims[0]->act;
        char *family = g_strndup(act, strcspn(act, "."));
        GPtrArray *all = g_hash_table_lookup(families, family);

        if (!all) {
            all = g_ptr_array_new();
            g_hash_table_insert(families, g_strdup(family), all);
        }
        g_ptr_array_add(all, &d->happenings[i]);
        g_free(family);
    }
    return families;
}

/* Families in the order of the table of acts. */
void brief_acts(const struct brief *b)
{
    GHashTable *families = sort_by_family(b->digest);

    for (uint32_t i = 0; i < lexicon_act_count(b->lexicon); i++) {
        const char *code = lexicon_act_code(b->lexicon, i);
        char *family = g_strndup(code, strcspn(code, "."));
        GPtrArray *all = g_hash_table_lookup(families, family);

        if (all) {
            print_family(b, all);
            g_hash_table_remove(families, family);
        }
        g_free(family);
    }
    g_hash_table_unref(families);
}
