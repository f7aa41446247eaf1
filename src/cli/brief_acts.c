/* The brief by act: happenings with those who tell them, family by family. */
#include "cli/brief.h"
#include "cli/happening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- who says so ---------------------------------------------------------- */

enum { VOICES_TOLD = 4 };

struct voices {
    struct arena *a;
    const char *words;
    uint32_t count;
    bool sure; /* only those that surely tell of it */
};

static bool any_sure(const struct told *const *claims, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (event_claim_is_sure(claims[i]->claim))
            return true;
    return false;
}

/* "two former members, in Northern Gazette (3 documents)" */
static void take_voice(const GPtrArray *claims, void *self)
{
    struct voices *v = self;
    const struct told *first = g_ptr_array_index(claims, 0);
    uint32_t documents = root_documents(claims);
    const char *voice = root_words(claims);

    if (v->sure &&
        !any_sure((const struct told *const *)claims->pdata, claims->len))
        return;
    if (v->count++ >= VOICES_TOLD)
        return;
    if (first->claim->source && !first->claim->source_key && first->outlet)
        voice = arena_print(v->a, "%s, in %s", voice, first->outlet);
    if (documents > 1)
        voice = arena_print(v->a, "%s (%u documents)", voice, documents);
    v->words =
        arena_print(v->a, "%s%s%s", v->words, *v->words ? "; " : "", voice);
}

static const char *
voices_words(struct arena *a, const struct happening *h, bool denies)
{
    struct voices v = {a, "", 0, any_sure(h->claims, h->count)};

    happening_each_root(h, denies, take_voice, &v);
    return v.count > VOICES_TOLD ? arena_print(a, "%s; and others", v.words)
                                 : v.words;
}

/* --- happenings ----------------------------------------------------------- */

/* "e12, 5 claims", or the one claim */
static const char *ids(struct arena *a, const struct happening *h)
{
    if (h->count == 1)
        return arena_print(a, "c%" G_GINT64_FORMAT, h->claims[0]->id);
    return arena_print(a, "e%" G_GINT64_FORMAT ", %u claims", h->id, h->count);
}

static void print_happening(struct arena *a, const struct happening *h)
{
    const char *voices = voices_words(a, h, false);
    const char *denials = voices_words(a, h, true);

    brief_line(
        2, arena_print(
               a, "%s  [%s]", told_words(a, happening_fullest(h)), ids(a, h)));
    if (*voices)
        brief_line(
            6, h->event->support > 1
                   ? arena_print(a, "%u voices: %s", h->event->support, voices)
                   : arena_print(a, "according to %s", voices));
    if (*denials)
        brief_line(6, arena_print(a, "denied by %s", denials));
}

static bool is_asserted(const struct happening *h)
{
    const struct told *t = happening_fullest(h);

    return t->modality == MODALITY_ASSERTED && !t->negative;
}

/* Most voices first, then what is asserted, then what is told most fully. */
static int by_weight(const void *x, const void *y)
{
    const struct happening *a = *(struct happening *const *)x;
    const struct happening *b = *(struct happening *const *)y;
    int full = told_fullness(happening_fullest(a)),
        fuller = told_fullness(happening_fullest(b));

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
            "  and %u more: attest events --act %s\n", all->len - most, family);
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
