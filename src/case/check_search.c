/*
 * Does the search index hold the words of the texts?  The index keeps no text,
 * so both sides are summed: each word at its place gives a number, and sums
 * do not depend on order.  Takes memory for one sentence only.
 */
#include "case/store.h"

#include <string.h>

/* FTS5 cuts longer words; its own header does not tell. */
enum { WORD_MOST = 32768 };

struct word_sum {
    uint64_t sum;
    int64_t count, sentence, place;
};

/* Mixes well enough that no likely damage leaves a sum as it was (the finisher
   of MurmurHash3, by Austin Appleby). */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdU;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53U;
    return x ^ x >> 33;
}

static void add_word(
    struct word_sum *w, const char *word, size_t size, int64_t sentence,
    int64_t place)
{
    uint64_t h = 0;

    for (size_t i = 0; i < size; i++)
        h = h * 0x100000001b3U + (unsigned char)word[i] + 1;
    w->sum += mix(h ^ mix((uint64_t)sentence ^ mix((uint64_t)place)));
    w->count++;
}

static int
take_word(void *self, int flags, const char *word, int size, int from, int to)
{
    struct word_sum *w = self;

    (void)from;
    (void)to;
    if (!(flags & FTS5_TOKEN_COLOCATED))
        w->place++;
    add_word(w, word, (size_t)MIN(size, WORD_MOST), w->sentence, w->place - 1);
    return SQLITE_OK;
}

static bool sum_index(struct kase *k, struct word_sum *w, GError **error)
{
    LEASE l = {0};

    /* A table of ours, seen by this connection only. */
    if (!run_sql(
            k,
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING "
            "fts5vocab(main, search, instance)",
            error))
        return false;
    l = rows_open(
        k, "SELECT term, doc, offset FROM temp.search_words", error, "");
    while (rows_take(&l, error))
        add_word(
            w, (const char *)sqlite3_column_text(l.at, 0),
            (size_t)sqlite3_column_bytes(l.at, 0),
            sqlite3_column_int64(l.at, 1), sqlite3_column_int64(l.at, 2));
    return !l.failed;
}

/* --- the words of the texts, broken as FTS5 breaks them --------------- */

struct breaker {
    fts5_tokenizer calls;
    Fts5Tokenizer *at;
};

static bool breaker_open(struct kase *k, struct breaker *b, GError **error)
{
    /* As the table search has it. */
    const char *options[] = {"remove_diacritics", "2"};
    sqlite3_stmt *ask = NULL;
    fts5_api *api = NULL;
    void *own = NULL;

    if (sqlite3_prepare_v2(k->db, "SELECT fts5(?)", -1, &ask, NULL) ==
        SQLITE_OK) {
        sqlite3_bind_pointer(ask, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(ask);
    }
    sqlite3_finalize(ask);
    if (api &&
        api->xFindTokenizer(api, "unicode61", &own, &b->calls) == SQLITE_OK &&
        b->calls.xCreate(own, options, 2, &b->at) == SQLITE_OK)
        return true;
    return store_complain(k, error);
}

static bool sum_document(
    struct kase *k, const struct breaker *b, struct word_sum *w,
    int64_t document, GError **error)
{
    LEASE l = {0};
    struct page p;
    struct arena *a;
    bool good = true;

    if (!page_open(&p, k, document, NULL))
        return true; /* told of by the documents' own check */
    a = arena_new();
    l = rows_open(
        k,
        "SELECT s.start, s.stop, s.id FROM document d JOIN sentence s ON "
        "s.id >= d.first_sentence AND s.id < d.first_sentence + d.sentences "
        "WHERE d.id = ?",
        error, "i", document);
    while (good && rows_take(&l, error)) {
        struct str words;
        struct span at;

        arena_reset(a);
        if (!span_load(&p, &l, 0, &at, NULL))
            continue;
        words = text_space(a, span_text(p.text, at));
        w->sentence = sqlite3_column_int64(l.at, 2);
        w->place = 0;
        good = b->calls.xTokenize(
                   b->at, w, FTS5_TOKENIZE_DOCUMENT, words.at, (int)words.len,
                   take_word) == SQLITE_OK ||
               store_complain(k, error);
    }
    page_close(&p);
    arena_free(a);
    return good && !l.failed;
}

static bool sum_texts(struct kase *k, struct word_sum *w, GError **error)
{
    struct breaker b = {.at = NULL};
    LEASE l = {0};
    bool good;

    if (!breaker_open(k, &b, error))
        return false;
    l = rows_open(k, "SELECT id FROM document", error, "");
    good = !l.failed;
    while (good && rows_take(&l, error))
        good = sum_document(k, &b, w, sqlite3_column_int64(l.at, 0), error);
    b.calls.xDelete(b.at);
    return good && !l.failed;
}

bool search_compare(struct kase *k, struct search_sum *out, GError **error)
{
    struct word_sum stored = {0}, expected = {0};

    if (!sum_index(k, &stored, error) || !sum_texts(k, &expected, error))
        return false;
    *out = (struct search_sum){
        stored.count, expected.count,
        stored.count == expected.count && stored.sum == expected.sum};
    return true;
}
