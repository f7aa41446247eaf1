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

/* Kinds: "clutter", "unless", "element", "head FIELD", "meta FIELD". */
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

static void
add_words(struct intake_words *w, const char *code, const char *words)
{
    char **all = g_strsplit(words, " ", -1);

    for (char **at = all; *at; at++)
        g_hash_table_insert(w->languages, g_strdup(*at), (gpointer)code);
    g_strfreev(all);
}

static bool
load_languages(struct intake_words *w, const char *dir, GError **error)
{
    struct table *t = table_load(dir, "languages.tsv", "code\twords", error);

    w->language_table = t;
    for (size_t i = 0; t && i < table_count(t); i++)
        add_words(w, table_cell(t, i, 0), table_cell(t, i, 1));
    return t != NULL;
}

struct intake_words *intake_words_load(const char *dir, GError **error)
{
    struct intake_words *w = g_new0(struct intake_words, 1);

    w->clutter = g_hash_table_new(g_str_hash, g_str_equal);
    w->unless = g_hash_table_new(g_str_hash, g_str_equal);
    w->clutter_elements = g_hash_table_new(g_str_hash, g_str_equal);
    w->heads = g_hash_table_new(g_str_hash, g_str_equal);
    w->languages = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < FIELD_COUNT; i++)
        w->metas[i] = g_ptr_array_new();
    for (int i = 0; i < COLUMN_COUNT; i++)
        w->columns[i] = g_ptr_array_new_with_free_func(g_free);
    if (load_html(w, dir, error) && load_languages(w, dir, error) &&
        columns_load(w, dir, error))
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
    g_hash_table_unref(w->heads);
    g_hash_table_unref(w->languages);
    for (int i = 0; i < FIELD_COUNT; i++)
        g_ptr_array_free(w->metas[i], TRUE);
    for (int i = 0; i < COLUMN_COUNT; i++)
        g_ptr_array_free(w->columns[i], TRUE);
    table_free(w->html);
    table_free(w->language_table);
    g_free(w);
}

enum { WORDS_LOOKED_AT = 600, WORD_MOST = 24, LANGUAGES_MOST = 64 };

struct tally {
    const char *codes[LANGUAGES_MOST];
    uint32_t counts[LANGUAGES_MOST], languages, words;
};

static void
tally_word(const struct intake_words *w, struct tally *t, const char *word)
{
    char low[WORD_MOST + 1], *folded;
    const char *code;
    bool is_ascii = true;
    uint32_t i = 0;

    for (; word[i]; i++) {
        low[i] = g_ascii_tolower(word[i]);
        is_ascii = is_ascii && !(word[i] & 0x80);
    }
    low[i] = 0;
    folded = is_ascii ? NULL : g_utf8_strdown(low, -1);
    code = g_hash_table_lookup(w->languages, folded ? folded : low);
    g_free(folded);
    i = 0;
    t->words++;
    if (!code)
        return;
    while (i < t->languages && t->codes[i] != code)
        i++;
    if (i == LANGUAGES_MOST)
        return;
    if (i == t->languages) {
        t->codes[t->languages++] = code;
        t->counts[i] = 0;
    }
    t->counts[i]++;
}

/* One word in twelve must be a frequent one of that language. */
const char *guess_language(const struct intake_words *w, struct str text)
{
    struct tally t = {.languages = 0};
    char word[WORD_MOST + 1];
    uint32_t best = 0;
    size_t len = 0;

    for (size_t i = 0; i <= text.len && t.words < WORDS_LOOKED_AT; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.at[i] : ' ';

        if (c >= 0x80 || g_ascii_isalpha((char)c)) {
            if (len < WORD_MOST)
                word[len] = (char)c;
            len++;
            continue;
        }
        word[MIN(len, WORD_MOST)] = 0;
        if (len && len <= WORD_MOST)
            tally_word(w, &t, word);
        else if (len)
            t.words++;
        len = 0;
    }
    for (uint32_t i = 1; i < t.languages; i++)
        if (t.counts[i] > t.counts[best])
            best = i;
    return t.languages && t.counts[best] * 12 >= t.words ? t.codes[best] : NULL;
}
