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

/* Kinds: "clutter", "unless", "element", "number", "head FIELD", "meta FIELD". */
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

struct intake_words *intake_words_load(const char *dir, GError **error)
{
    struct intake_words *w = g_new0(struct intake_words, 1);

    w->clutter = g_hash_table_new(g_str_hash, g_str_equal);
    w->unless = g_hash_table_new(g_str_hash, g_str_equal);
    w->clutter_elements = g_hash_table_new(g_str_hash, g_str_equal);
    w->page_words = g_hash_table_new(g_str_hash, g_str_equal);
    w->heads = g_hash_table_new(g_str_hash, g_str_equal);
    for (int i = 0; i < FIELD_COUNT; i++)
        w->metas[i] = g_ptr_array_new();
    for (int i = 0; i < COLUMN_COUNT; i++)
        w->columns[i] = g_ptr_array_new_with_free_func(g_free);
    if (load_html(w, dir, error) && columns_load(w, dir, error))
        return w;
    intake_words_free(w);
    return NULL;
}

void intake_words_free(struct intake_words *w)
{
    if (!w)
        return;
    g_hash_table_unref(w->clutter);
    g_hash_table_unref(w->unless);
    g_hash_table_unref(w->clutter_elements);
    g_hash_table_unref(w->page_words);
    g_hash_table_unref(w->heads);
    for (int i = 0; i < FIELD_COUNT; i++)
        g_ptr_array_free(w->metas[i], TRUE);
    for (int i = 0; i < COLUMN_COUNT; i++)
        g_ptr_array_free(w->columns[i], TRUE);
    table_free(w->html);
    g_free(w);
}
