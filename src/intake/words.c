#include "intake/parts.h"

#include <string.h>

static const char *const field_words[FIELD_COUNT] = {
    "title", "date", "publisher", "url"};

static int find_field(const char *word)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (!strcmp(word, field_words[i]))
            return i;
    return -1;
}

/* Kinds: "clutter", "unless", "element", "line", "section", "number",
   "modified", "head FIELD", "meta FIELD". */
static bool add_row(struct intake_words *w, size_t row, GError **error)
{
    const char *kind = table_cell(w->html, row, 0);
    const char *word = table_cell(w->html, row, 1);
    const char *space = strchr(kind, ' ');
    int field = space ? find_field(space + 1) : -1;

    if (!strcmp(kind, "clutter"))
        g_hash_table_add(w->clutter, (gpointer)word);
    else if (!strcmp(kind, "unless"))
        g_hash_table_add(w->unless, (gpointer)word);
    else if (!strcmp(kind, "element"))
        g_hash_table_add(w->clutter_elements, (gpointer)word);
    else if (!strcmp(kind, "line"))
        g_hash_table_insert(
            w->furniture, (gpointer)word, GINT_TO_POINTER(FURNITURE_LINE));
    else if (!strcmp(kind, "section"))
        g_hash_table_insert(
            w->furniture, (gpointer)word, GINT_TO_POINTER(FURNITURE_SECTION));
    else if (!strcmp(kind, "modified"))
        g_ptr_array_add(w->modified, (gpointer)word);
    else if (!strcmp(kind, "number"))
        g_hash_table_add(w->page_words, (gpointer)word);
    else if (g_str_has_prefix(kind, "meta ") && field >= 0)
        g_ptr_array_add(w->metas[field], (gpointer)word);
    else if (g_str_has_prefix(kind, "head ") && field >= 0)
        g_hash_table_insert(
            w->heads, (gpointer)word, GINT_TO_POINTER(field + 1));
    else
        return table_complain(w->html, row, error, "no kind '%s'", kind);
    return true;
}

static bool load_html(struct intake_words *w, const char *dir, GError **error)
{
    w->html = table_load(dir, "pages.tsv", "kind\tword", error);
    for (size_t i = 0; w->html && i < table_count(w->html); i++)
        if (!add_row(w, i, error))
            return false;
    return w->html != NULL;
}

static bool
load_bylines(struct intake_words *w, const char *dir, GError **error)
{
    static const char *const cues[] = {
        [CUE_PUBLISHED] = "published",
        [CUE_UPDATED] = "updated",
        [CUE_BY] = "by",
        [CUE_PASS] = "pass",
        [CUE_OUTLET] = "outlet",
    };
    struct table *t = table_load(dir, "bylines.tsv", "kind\twords", error);

    w->byline_table = t;
    for (size_t i = 0; t && i < table_count(t); i++) {
        size_t cue = 1;

        while (cue < G_N_ELEMENTS(cues) &&
               strcmp(cues[cue], table_cell(t, i, 0)) != 0)
            cue++;
        if (cue == G_N_ELEMENTS(cues))
            return table_complain(
                t, i, error, "no kind '%s'", table_cell(t, i, 0));
        g_hash_table_insert(
            w->bylines, (gpointer)table_cell(t, i, 1), GSIZE_TO_POINTER(cue));
    }
    return t != NULL;
}

struct intake_words *intake_words_load(const char *dir, GError **error)
{
    struct intake_words *w = g_new0(struct intake_words, 1);

    w->furniture = g_hash_table_new(g_str_hash, g_str_equal);
    w->clutter = g_hash_table_new(g_str_hash, g_str_equal);
    w->unless = g_hash_table_new(g_str_hash, g_str_equal);
    w->clutter_elements = g_hash_table_new(g_str_hash, g_str_equal);
    w->page_words = g_hash_table_new(g_str_hash, g_str_equal);
    w->modified = g_ptr_array_new();
    w->bylines = g_hash_table_new(g_str_hash, g_str_equal);
    w->heads = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < FIELD_COUNT; i++)
        w->metas[i] = g_ptr_array_new();
    for (int i = 0; i < COLUMN_COUNT; i++)
        w->columns[i] = g_ptr_array_new_with_free_func(g_free);
    if (load_html(w, dir, error) && load_bylines(w, dir, error) &&
        columns_load(w, dir, error))
        return w;
    intake_words_free(w);
    return NULL;
}

void intake_words_free(struct intake_words *w)
{
    if (!w)
        return;
    g_hash_table_unref(w->furniture);
    g_hash_table_unref(w->clutter);
    g_hash_table_unref(w->unless);
    g_hash_table_unref(w->clutter_elements);
    g_hash_table_unref(w->page_words);
    g_ptr_array_free(w->modified, TRUE);
    g_hash_table_unref(w->bylines);
    g_hash_table_unref(w->heads);
    for (int i = 0; i < FIELD_COUNT; i++)
        g_ptr_array_free(w->metas[i], TRUE);
    for (int i = 0; i < COLUMN_COUNT; i++)
        g_ptr_array_free(w->columns[i], TRUE);
    table_free(w->html);
    table_free(w->byline_table);
    g_free(w);
}

enum { PHRASE_MOST = 64, PHRASE_WORDS = 5 };

static bool is_of_word(char c)
{
    return g_ascii_isalnum(c) || (c & 0x80) || c == '\'';
}

int phrase_find(GHashTable *table, struct str text, size_t *len)
{
    char low[PHRASE_MOST + 1];
    size_t size = 0, at = 0;
    int found = 0;

    *len = 0;
    for (int words = 0; words < PHRASE_WORDS; words++) {
        int value;

        while (at < text.len && !is_of_word(text.at[at]))
            at++;
        if (words && size < PHRASE_MOST)
            low[size++] = ' ';
        for (; at < text.len && is_of_word(text.at[at]); at++)
            if (size < PHRASE_MOST)
                low[size++] = g_ascii_tolower(text.at[at]);
        low[size] = 0;
        value = GPOINTER_TO_INT(g_hash_table_lookup(table, low));
        if (value) {
            found = value;
            *len = at;
        }
        if (at == text.len)
            break;
    }
    return found;
}
