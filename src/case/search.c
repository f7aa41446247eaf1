/* Full-text search: what it is told of, and what it finds. */
#include "case/store.h"

#include <stdlib.h>
#include <string.h>

static bool add_document(struct kase *k, int64_t document, GError **error)
{
    LEASE l = {0};
    struct page p;
    bool good = page_open(&p, k, document, error);
    struct arena *a;

    if (!good)
        return false;
    a = arena_new();
    l = rows_open(
        k,
        "SELECT s.start, s.stop, s.id FROM document d JOIN sentence s ON "
        "s.id >= d.first_sentence AND s.id < d.first_sentence + d.sentences "
        "WHERE d.id = ?",
        error, "i", document);
    while (good && rows_take(&l, error)) {
        struct span at;

        good = span_load(&p, &l, 0, &at, error) &&
               row_add(
                   k, "INSERT INTO search (rowid, text) VALUES (?, ?)", error,
                   "is", (int64_t)sqlite3_column_int64(l.at, 2),
                   text_space(a, span_text(p.text, at)));
        arena_reset(a);
    }
    page_close(&p);
    arena_free(a);
    return good && !l.failed;
}

bool search_add(struct kase *k, GError **error)
{
    LEASE l = {0};

    if (!k->unsearchable)
        return true;
    l = rows_open(
        k, "SELECT id FROM document WHERE id >= ? ORDER BY id", error, "i",
        k->unsearchable);
    while (rows_take(&l, error))
        if (!add_document(k, sqlite3_column_int64(l.at, 0), error))
            return false;
    if (l.failed)
        return false;
    k->unsearchable = 0;
    return true;
}

/* Each word takes a look at all sentences that have it. */
static bool check_words(struct arena *a, const char *words, GError **error)
{
    enum { ASKED_MOST = 64 };

    if (words_fold(a, (struct str){words, strlen(words)}).count <= ASKED_MOST)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "a search takes %d words at most", ASKED_MOST);
    return false;
}

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
            struct str spaced = text_space(a, (struct str){words, len});

            g_string_append(query, query->len ? " \"" : "\"");
            g_string_append_len(query, spaced.at, (gssize)spaced.len);
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

static GHashTable *make_set(const struct folded_words *asked)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);

    for (uint32_t i = 0; i < asked->count; i++)
        g_hash_table_add(set, (gpointer)asked->at[i].word);
    return set;
}

/* Where words of the question stand in the sentence. */
static struct spans
find_matches(struct arena *a, const char *sentence, GHashTable *asked)
{
    struct folded_words own =
        words_fold(a, (struct str){sentence, strlen(sentence)});
    struct spans out = {arena_make(a, struct span, own.count), 0};

    for (uint32_t i = 0; i < own.count; i++)
        if (g_hash_table_contains(asked, own.at[i].word))
            out.at[out.count++] = own.at[i].span;
    return out;
}

/* What a hit is of, as far as its row tells; of current documents. */
#define HITS                                                                   \
    "SELECT d.id, s.id, d.name, d.date, d.title, s.start, s.stop "             \
    "FROM search JOIN sentence s ON s.id = search.rowid "                      \
    "JOIN " CURRENT_DOCUMENT " d ON d.id = s.document "                        \
    "WHERE search MATCH ?1 "

static bool take_hits(
    struct kase *k, struct arena *a, struct lease *l, GArray *found,
    GError **error)
{
    while (rows_take(l, error)) {
        int64_t from = sqlite3_column_int64(l->at, 5);
        int64_t to = sqlite3_column_int64(l->at, 6);
        struct hit_row h = {
            .document = sqlite3_column_int64(l->at, 0),
            .sentence_row = sqlite3_column_int64(l->at, 1),
            .document_name = column_text(a, l, 2),
            .document_date = column_text(a, l, 3),
            .title = column_text(a, l, 4)};

        if (!h.document_name || from < 0 || from > to || to > G_MAXUINT32)
            return store_damaged(k, error, "document", h.document);
        h.sentence = (struct span){(uint32_t)from, (uint32_t)to};
        g_array_append_val(found, h);
    }
    return !l->failed;
}

static bool take_best(
    struct kase *k, struct arena *a, const char *query, int64_t offset,
    int64_t limit, GArray *found, GError **error)
{
    LEASE l = rows_open(
        k, HITS "ORDER BY search.rank, s.id LIMIT ?2 OFFSET ?3", error, "tii",
        query, limit, offset);

    return take_hits(k, a, &l, found, error);
}

static bool take_in_order(
    struct kase *k, struct arena *a, const char *query, int64_t offset,
    int64_t limit, GArray *found, GError **error)
{
    LEASE l = rows_open(
        k, HITS "ORDER BY search.rowid LIMIT ?2 OFFSET ?3", error, "tii", query,
        limit, offset);

    return take_hits(k, a, &l, found, error);
}

static bool load_hit(
    const struct page *p, struct arena *a, GHashTable *asked, struct hit_row *h,
    GError **error)
{
    if (!page_has(p, h->sentence))
        return store_damaged(p->k, error, "document", h->document);
    h->sentence_text = arena_copy(
        a, p->text.at + h->sentence.from, h->sentence.to - h->sentence.from);
    h->words = find_matches(a, h->sentence_text, asked);
    return true;
}

static int by_document(const void *x, const void *y)
{
    const struct hit_row *a = *(struct hit_row *const *)x;
    const struct hit_row *b = *(struct hit_row *const *)y;

    return a->document < b->document ? -1 : a->document > b->document;
}

/* Takes each document's text once, however many of its sentences are hits. */
static bool load_hits(
    struct kase *k, struct arena *a, GHashTable *asked, GArray *found,
    GError **error)
{
    struct hit_row **order = g_new(struct hit_row *, found->len + 1);
    bool good = true;

    for (guint i = 0; i < found->len; i++)
        order[i] = &g_array_index(found, struct hit_row, i);
    qsort(order, found->len, sizeof(*order), by_document);
    for (guint i = 0; good && i < found->len;) {
        int64_t document = order[i]->document;
        struct page p;

        good = page_open(&p, k, document, error);
        if (!good)
            break;
        for (; good && i < found->len && order[i]->document == document; i++)
            good = load_hit(&p, a, asked, order[i], error);
        page_close(&p);
    }
    g_free(order);
    return good;
}

/* What a question asks for, made ready. */
struct asking {
    const char *query; /* "": no word */
    GHashTable *words;
    GArray *found;
};

static struct asking asking_begin(struct arena *a, const char *words)
{
    struct folded_words asked =
        words_fold(a, (struct str){words, strlen(words)});

    return (struct asking){
        make_query(a, words), make_set(&asked),
        g_array_new(FALSE, TRUE, sizeof(struct hit_row))};
}

static void asking_end(
    struct asking *w, struct arena *a, struct hit_row **out, uint32_t *count)
{
    *count = w->found->len;
    *out = arena_make(a, struct hit_row, w->found->len);
    if (w->found->len)
        memcpy(*out, w->found->data, w->found->len * sizeof(**out));
    g_array_free(w->found, TRUE);
    g_hash_table_unref(w->words);
}

bool case_search(
    struct kase *k, struct arena *a, const char *words, int64_t limit,
    struct hit_row **out, uint32_t *count, GError **error)
{
    struct asking w = asking_begin(a, words);
    bool good = check_words(a, words, error) &&
                (!*w.query || (search_add(k, error) &&
                               take_best(
                                   k, a, w.query, 0, limit ? limit : INT64_MAX,
                                   w.found, error) &&
                               load_hits(k, a, w.words, w.found, error)));

    asking_end(&w, a, out, count);
    return good;
}

static bool
count_hits(struct kase *k, const char *query, int64_t *total, GError **error)
{
    return number_find(
        k,
        "SELECT count(*) FROM (SELECT 1 FROM search "
        "JOIN sentence s ON s.id = search.rowid WHERE search MATCH ?1 AND "
        "NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = s.document) "
        "LIMIT ?2)",
        total, error, "ti", query, (int64_t)SEARCH_COUNTED);
}

static bool take_page(
    struct kase *k, struct arena *a, struct asking *w, int64_t offset,
    int64_t limit, int64_t *total, GError **error)
{
    if (!*w->query)
        return true;
    if (!search_add(k, error) || !count_hits(k, w->query, total, error))
        return false;
    return (*total > SEARCH_RANKED
                ? take_in_order(k, a, w->query, offset, limit, w->found, error)
                : take_best(k, a, w->query, offset, limit, w->found, error)) &&
           load_hits(k, a, w->words, w->found, error);
}

bool case_search_page(
    struct kase *k, struct arena *a, const char *words, int64_t offset,
    int64_t limit, struct hit_row **out, uint32_t *count, uint32_t *total,
    GError **error)
{
    struct asking w = asking_begin(a, words);
    int64_t all = 0;
    bool good = check_words(a, words, error) &&
                take_page(k, a, &w, offset, limit, &all, error);

    *total = (uint32_t)all;
    asking_end(&w, a, out, count);
    return good;
}

bool case_search_rows(
    struct kase *k, const char *words, bool (*take)(int64_t row, void *self),
    void *self, GError **error)
{
    struct arena *a = arena_new();
    bool good = check_words(a, words, error);
    const char *query = good ? make_query(a, words) : "";

    good = good && (!*query || search_add(k, error));
    if (good && *query) {
        LEASE l = rows_open(
            k, "SELECT rowid FROM search WHERE search MATCH ?", error, "t",
            query);

        while (rows_take(&l, error) &&
               take(sqlite3_column_int64(l.at, 0), self)) {
        }
        good = !l.failed;
    }
    arena_free(a);
    return good;
}
