/* Full-text search. */
#include "case/store.h"

#include <string.h>

/*
 * What was asked as an FTS5 query: each word, and each "quoted phrase", as a
 * quoted string, so that nothing in it is syntax.
 */
static const char *make_query(struct arena *a, const char *words)
{
    GString *query = g_string_new(NULL);
    const char *kept;

    while (*words) {
        bool quoted = *words == '"';
        size_t len = strcspn(words += quoted, quoted ? "\"" : " \t\n\"");

        if (words_fold(a, (struct str){words, len}).count) {
            g_string_append(query, query->len ? " \"" : "\"");
            g_string_append_len(query, words, (gssize)len);
            g_string_append_c(query, '"');
        }
        words += len;
        if (*words && (quoted || *words != '"'))
            words++;
    }
    kept = arena_copy(a, query->str, query->len);
    g_string_free(query, TRUE);
    return kept;
}

/* Where words of the question stand in the sentence. */
static struct spans find_matches(
    struct arena *a, const char *sentence, const struct folded_words *asked)
{
    struct folded_words own =
        words_fold(a, (struct str){sentence, strlen(sentence)});
    struct spans out = {arena_make(a, struct span, own.count), 0};

    for (uint32_t i = 0; i < own.count; i++)
        for (uint32_t k = 0; k < asked->count; k++)
            if (!strcmp(own.at[i].word, asked->at[k].word)) {
                out.at[out.count++] = own.at[i].span;
                break;
            }
    return out;
}

static bool load_hit(
    struct kase *k, struct arena *a, struct lease *l,
    const struct folded_words *asked, struct hit_row *h, GError **error)
{
    int64_t from = sqlite3_column_int64(l->at, 4);
    int64_t to = sqlite3_column_int64(l->at, 5);
    struct page p;

    h->document = sqlite3_column_int64(l->at, 0);
    h->document_name = column_text(a, l, 1);
    h->document_date = column_text(a, l, 2);
    h->title = column_text(a, l, 3);
    if (!page_open(&p, k, h->document, error))
        return false;
    if (from < 0 || from > to || (uint64_t)to > p.text.len) {
        page_close(&p);
        return store_damaged(k, error, "document", h->document);
    }
    h->sentence = (struct span){(uint32_t)from, (uint32_t)to};
    h->sentence_text = arena_copy(a, p.text.at + from, (size_t)(to - from));
    h->words = find_matches(a, h->sentence_text, asked);
    page_close(&p);
    return true;
}

bool case_search(
    struct kase *k, struct arena *a, const char *words, int64_t limit,
    struct hit_row **out, uint32_t *count, GError **error)
{
    const char *query = make_query(a, words);
    struct folded_words asked =
        words_fold(a, (struct str){words, strlen(words)});
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct hit_row));
    bool good = true;
    LEASE l = {0};

    if (*query)
        l = rows_open(
            k,
            "SELECT d.id, d.name, d.date, d.title, s.start, s.stop "
            "FROM search JOIN sentence s ON s.id = search.rowid "
            "JOIN document d ON d.id = s.document "
            "WHERE search MATCH ?1 AND NOT EXISTS "
            "(SELECT 1 FROM document n WHERE n.replaces = d.id) "
            "ORDER BY search.rank, s.id LIMIT ?2",
            error, "ti", query, limit ? limit : INT64_MAX);
    while (*query && good && rows_take(&l, error)) {
        struct hit_row h = {0};

        good = load_hit(k, a, &l, &asked, &h, error);
        g_array_append_val(found, h);
    }
    good = good && !l.failed;
    *count = found->len;
    *out = arena_make(a, struct hit_row, found->len);
    if (found->len)
        memcpy(*out, found->data, found->len * sizeof(**out));
    g_array_free(found, TRUE);
    return good;
}
