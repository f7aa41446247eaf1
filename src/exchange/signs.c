#include "exchange/signs.h"

#include <string.h>

static const char *const kind_words[] = {
#define X(name, word) word,
    SIGN_KINDS(X)
#undef X
};

struct signs {
    struct table *words, *regions, *titles, *acts;
    GHashTable *breaches;                   /* act -> breach */
    struct forms *of_kind[SIGN_KIND_COUNT]; /* number: row of its table */
    struct forms *of_region;
};

/* Titles have a table of their own. */
static int kind_find(const char *word)
{
    for (int i = 0; i < SIGN_TITLE; i++)
        if (!strcmp(kind_words[i], word))
            return i;
    return -1;
}

static bool load_words(struct signs *s, const char *dir, GError **error)
{
    s->words =
        table_load(dir, "incident-words.tsv", "kind\tvalue\twords", error);
    if (!s->words)
        return false;
    for (size_t i = 0; i < table_count(s->words); i++) {
        const char *cell = table_cell(s->words, i, 0);
        int kind = kind_find(cell);

        if (kind < 0)
            return table_complain(
                s->words, i, error, "unknown kind \"%s\"", cell);
        forms_add(s->of_kind[kind], table_cell(s->words, i, 2), (int)i);
    }
    return true;
}

static bool load_regions(struct signs *s, const char *dir, GError **error)
{
    s->regions = table_load(dir, "regions.tsv", "country\tregions", error);
    if (!s->regions)
        return false;
    for (size_t i = 0; i < table_count(s->regions); i++)
        forms_add(s->of_region, table_cell(s->regions, i, 1), (int)i);
    return true;
}

static bool load_titles(struct signs *s, const char *dir, GError **error)
{
    s->titles = table_load(dir, "titles.tsv", "title\tgender\texample", error);
    if (!s->titles)
        return false;
    for (size_t i = 0; i < table_count(s->titles); i++) {
        char *bare = g_strdup(table_cell(s->titles, i, 0));

        if (g_str_has_suffix(bare, "."))
            bare[strlen(bare) - 1] = '\0';
        forms_add(s->of_kind[SIGN_TITLE], bare, (int)i);
        g_free(bare);
    }
    return true;
}

static bool load_acts(struct signs *s, const char *dir, GError **error)
{
    s->acts = table_load(dir, "incident-acts.tsv", "act\tbreach", error);
    if (!s->acts)
        return false;
    for (size_t i = 0; i < table_count(s->acts); i++)
        g_hash_table_insert(
            s->breaches, (void *)table_cell(s->acts, i, 0),
            (void *)table_cell(s->acts, i, 1));
    return true;
}

struct signs *signs_load(const char *dir, GError **error)
{
    struct signs *s = g_new0(struct signs, 1);

    for (int i = 0; i < SIGN_KIND_COUNT; i++)
        s->of_kind[i] = forms_new();
    s->of_region = forms_new();
    s->breaches = g_hash_table_new(g_str_hash, g_str_equal);
    if (load_words(s, dir, error) && load_regions(s, dir, error) &&
        load_titles(s, dir, error) && load_acts(s, dir, error))
        return s;
    signs_free(s);
    return NULL;
}

void signs_free(struct signs *s)
{
    if (!s)
        return;
    for (int i = 0; i < SIGN_KIND_COUNT; i++)
        forms_free(s->of_kind[i]);
    forms_free(s->of_region);
    g_hash_table_unref(s->breaches);
    table_free(s->acts);
    table_free(s->words);
    table_free(s->regions);
    table_free(s->titles);
    g_free(s);
}

static const char *title_value(const struct signs *s, int row)
{
    const char *gender = table_cell(s->titles, (size_t)row, 1);

    return !strcmp(gender, "male")     ? "man"
           : !strcmp(gender, "female") ? "woman"
                                       : "";
}

const char *signs_find(
    const struct signs *s, enum sign_kind kind, const struct words *w,
    uint32_t i, uint32_t *length)
{
    int row = forms_find(s->of_kind[kind], w, i, length);

    if (row < 0)
        return NULL;
    return kind == SIGN_TITLE ? title_value(s, row)
                              : table_cell(s->words, (size_t)row, 1);
}

const char *signs_region(
    const struct signs *s, const struct words *w, uint32_t i, uint32_t *length)
{
    int row = forms_find(s->of_region, w, i, length);

    return row < 0 ? NULL : table_cell(s->regions, (size_t)row, 0);
}

const char *signs_breach(const struct signs *s, const char *act)
{
    return g_hash_table_lookup(s->breaches, act);
}
