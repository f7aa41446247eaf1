/*
 * Which pairs of names are worth comparing: those that share the consonants of
 * a word, or of two words where many names have the one.  Each list of names
 * that share something is short or cut, so that the pairs grow with the names
 * and not with their square.
 */
#include "identity/crowd.h"

#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_MOST = 40, /* names of which all pairs are taken */
    NEIGHBOURS = 8,  /* in longer lists, the next ones */
    WORDS_LOOKED_AT = 6,
};

struct entry {
    uint64_t code;
    uint32_t order; /* alike in the whole name: neighbours in long lists */
    uint32_t name;
};

static int by_code(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;

    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

/* Codes begin with the kind, so that kinds do not meet. */
static uint64_t word_code(const struct name_form *f, uint32_t code)
{
    return ((uint64_t)(f->kind + 1) << 60) | code;
}

static uint64_t pair_code(const struct name_form *f, uint32_t x, uint32_t y)
{
    uint64_t low = MIN(x, y), high = MAX(x, y);
    uint64_t mixed = (low * UINT64_C(0x9E3779B97F4A7C15)) ^
                     (high * UINT64_C(0xC2B2AE3D27D4EB4F));

    return ((uint64_t)(f->kind + 1) << 60) | UINT64_C(1) << 59 | mixed >> 5;
}

static uint32_t list_codes(const struct name_form *f, uint32_t *out)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < f->count && count < WORDS_LOOKED_AT; i++) {
        uint32_t code = f->words[i].weight ? word_skeleton(f, i) : 0;

        if (code)
            out[count++] = code;
    }
    return count;
}

static void
add_entry(GArray *entries, uint64_t code, uint32_t order, uint32_t name)
{
    struct entry e = {code, order, name};

    g_array_append_val(entries, e);
}

static void add_spellings(
    GArray *entries, const struct name_form *f, uint32_t order, uint32_t name)
{
    for (uint8_t i = 0; i < f->count; i++)
        if (f->words[i].spelling && f->words[i].weight)
            add_entry(
                entries,
                word_code(f, UINT32_C(0x80000000) | f->words[i].spelling),
                order, name);
}

static void add_entries(const struct crowd *c, GArray *entries, uint32_t name)
{
    const struct name_form *f = c->forms[name];
    uint32_t codes[WORDS_LOOKED_AT], count = list_codes(f, codes), order = 0;

    if (c->traits[name] & TRAIT_INITIALS)
        return;
    for (uint32_t i = 0; i < count; i++)
        order = order * 31 + codes[i];
    for (uint32_t i = 0; i < count; i++) {
        add_entry(entries, word_code(f, codes[i]), order, name);
        for (uint32_t k = i + 1; k < count; k++)
            add_entry(entries, pair_code(f, codes[i], codes[k]), order, name);
    }
    add_spellings(entries, f, order, name);
}

/* --- abbreviations and spots ----------------------------------------------- */

static void add_pair(GArray *pairs, uint32_t x, uint32_t y)
{
    struct pair p = {MIN(x, y), MAX(x, y), 0};

    if (x != y)
        g_array_append_val(pairs, p);
}

/* Short names of groups, by their keys. */
static GHashTable *index_short_names(const struct crowd *c)
{
    GHashTable *groups = g_hash_table_new(g_str_hash, g_str_equal);
    const struct spelling *all = c->s->spellings;

    for (uint32_t i = 0; i < c->s->spelling_count; i++)
        if (all[i].kind == NAME_GROUP && c->traits[i] & TRAIT_SINGLE)
            g_hash_table_insert(
                groups, (char *)all[i].key, GUINT_TO_POINTER(i + 1));
    return groups;
}

static void add_short_name(
    GHashTable *groups, GArray *pairs, uint32_t name, const char *words)
{
    char *low = g_ascii_strdown(words, -1);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(groups, low));

    if (at)
        add_pair(pairs, name, at - 1);
    g_free(low);
}

/* The first letters of its words; of words like "of" those whose bits are in
   `kept`. */
static void add_initials(
    GHashTable *groups, GArray *pairs, const struct name_form *f, uint32_t name,
    uint32_t kept)
{
    char initials[FORM_WORDS + 1];
    int count = 0;

    for (uint8_t i = 0, small = 0; i < f->initial_count; i++)
        if (!f->small_initials[i] || kept >> small++ & 1)
            initials[count++] = f->initials[i];
    initials[count] = '\0';
    if (count >= 2)
        add_short_name(groups, pairs, name, initials);
}

static uint32_t count_small(const struct name_form *f)
{
    uint32_t count = 0;

    for (uint8_t i = 0; i < f->initial_count; i++)
        count += f->small_initials[i];
    return count;
}

/* Names that are what another is abbreviated to. */
static void add_short_names(const struct crowd *c, GArray *pairs)
{
    enum { SMALL_MOST = 3 };
    GHashTable *groups = index_short_names(c);
    const struct spelling *all = c->s->spellings;
    uint32_t small;

    for (uint32_t i = 0; i < c->s->spelling_count; i++) {
        if (all[i].kind != NAME_GROUP || c->traits[i] & TRAIT_SINGLE)
            continue;
        if (all[i].abbreviation)
            add_short_name(groups, pairs, i, all[i].abbreviation);
        small = MIN(count_small(c->forms[i]), SMALL_MOST);
        for (uint32_t kept = 0; kept < UINT32_C(1) << small; kept++)
            add_initials(groups, pairs, c->forms[i], i, kept);
    }
    g_hash_table_unref(groups);
}

/* Names of one spot on earth. */
static void add_sites(const struct crowd *c, GArray *pairs)
{
    GHashTable *first = g_hash_table_new(NULL, NULL);

    for (uint32_t i = 0; i < c->s->count; i++) {
        const struct sighting *s = &c->s->at[i];
        void *site = GUINT_TO_POINTER(s->site + 1), *name;

        if (s->site == NOWHERE)
            continue;
        if (g_hash_table_lookup_extended(first, site, NULL, &name))
            add_pair(pairs, GPOINTER_TO_UINT(name), s->spelling);
        else
            g_hash_table_insert(first, site, GUINT_TO_POINTER(s->spelling));
    }
    g_hash_table_unref(first);
}

/* --- pairs ------------------------------------------------------------------ */

static void add_block(GArray *pairs, const struct entry *e, uint32_t count)
{
    uint32_t reach = count <= BLOCK_MOST ? count : NEIGHBOURS;

    /* Of a word that many bear, only names that share another are compared;
       single words of that kind are left to themselves. */
    if (count > BLOCK_MOST && !(e->code >> 59 & 1))
        return;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count && k - i <= reach; k++)
            add_pair(pairs, e[i].name, e[k].name);
}

static void add_blocks(GArray *pairs, const GArray *entries)
{
    const struct entry *e = (const void *)entries->data;

    for (uint32_t i = 0, next; i < entries->len; i = next) {
        for (next = i + 1; next < entries->len && e[next].code == e[i].code;)
            next++;
        add_block(pairs, e + i, next - i);
    }
}

static int by_names(const void *x, const void *y)
{
    const struct pair *a = x, *b = y;

    if (a->one != b->one)
        return a->one < b->one ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static void drop_twins(GArray *pairs)
{
    struct pair *p = (void *)pairs->data;
    guint kept = 0;

    for (guint i = 0; i < pairs->len; i++)
        if (!i || by_names(&p[i], &p[kept - 1]))
            p[kept++] = p[i];
    g_array_set_size(pairs, kept);
}

GArray *pairs_find(const struct crowd *c)
{
    GArray *entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));

    for (uint32_t i = 0; i < c->s->spelling_count; i++)
        add_entries(c, entries, i);
    if (entries->len)
        qsort(entries->data, entries->len, sizeof(struct entry), by_code);
    add_blocks(pairs, entries);
    g_array_free(entries, TRUE);
    add_short_names(c, pairs);
    add_sites(c, pairs);
    if (pairs->len)
        qsort(pairs->data, pairs->len, sizeof(struct pair), by_names);
    drop_twins(pairs);
    return pairs;
}
