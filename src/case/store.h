/*
 * store.h - what the files of this room share: the open case, its statements
 * and its errors.  All SQL goes through here; values are always bound.
 */
#ifndef STORE_H
#define STORE_H

#include "case/case.h"

#include <sqlite3.h>

enum { CASE_APPLICATION_ID = 0x41747374 }; /* "Atst" */

struct kase {
    sqlite3 *db;
    char *path; /* as messages show it */
    char *now;
    case_mode mode;
    GHashTable *idle; /* SQL text -> a prepared statement that nobody uses */
    struct arena *scratch; /* dies with each document added */
    int64_t run;           /* row of this opening, or 0 as yet */
    GHashTable *acts;      /* code -> row, of what this opening added */
    uint32_t pending;      /* documents not yet committed */
    uint64_t pending_size;
    int64_t begun;         /* when the batch was, by a clock that tells only
                              how long others have been kept out */
    int64_t unsearchable;  /* first document that search does not know, or 0 */
    struct sames *sames;   /* the last answer of sames_load, or NULL */
    struct ledger *ledger; /* what the log of entries covers, or NULL */
};

/* --- statements ------------------------------------------------------ */

/*
 * A statement for `sql`, given back at the end of its block.  `sql` must be a
 * literal: its address is the key of the prepared statement.  Taken twice at
 * once (a question within a question) there are two of it.
 */
struct lease {
    struct kase *k;
    const char *sql;
    sqlite3_stmt *at; /* NULL: failed */
    bool failed;      /* the error is set */
};
void lease_reset(struct lease *l);
GHashTable *idle_new(void); /* of struct kase */
#define LEASE __attribute__((cleanup(lease_reset))) struct lease

/*
 * Runs a statement that yields nothing.  `types` has a letter for each value
 * that follows: i int64_t, r double, t text or NULL, s struct str, z int64_t
 * where 0 stands for NULL, b struct str as a BLOB.
 */
MUST_CHECK bool row_add(
    struct kase *k, const char *sql, GError **error, const char *types, ...);
/* The one integer that a question gives, or 0 where it gives no row. */
MUST_CHECK bool number_find(
    struct kase *k, const char *sql, int64_t *out, GError **error,
    const char *types, ...);
/* A statement with values bound as in row_add, ready to be stepped. */
struct lease rows_open(
    struct kase *k, const char *sql, GError **error, const char *types, ...);
/* Steps to the next row: false at the end, and where it `failed`. */
bool rows_take(struct lease *l, GError **error);

/* Runs statements that bind nothing. */
MUST_CHECK bool run_sql(struct kase *k, const char *sql, GError **error);

/* --- schema ---------------------------------------------------------- */

int64_t schema_newest(void);
/* Brings the schema from one version to the newest, in the transaction open. */
MUST_CHECK bool schema_make(struct kase *k, int64_t from, GError **error);
/*
 * Is every table, index, view and trigger in the file one that attest makes?
 * Refuses others, which would run when the case is asked, and missing tables.
 * `missing` (may be NULL) is told of each trigger, index or view that is gone.
 */
MUST_CHECK bool schema_check(
    struct kase *k, int64_t version,
    void (*missing)(const char *what, const char *name, void *self), void *self,
    GError **error);

/* Sets `error` by what the database says last; returns false. */
bool store_complain(struct kase *k, GError **error);
/* Likewise for contents that this program never wrote. */
bool store_damaged(
    struct kase *k, GError **error, const char *what, int64_t id);

/* Adds to the error how many documents a rollback has taken back. */
void complain_lost(struct kase *k, GError **error);

/* Opens a transaction for writing, if none is open, and the run's row. */
MUST_CHECK bool batch_open(struct kase *k, GError **error);
/* Commits what is pending and opens a batch with a run of its own, which tells
   who decided what follows; then ends it: all of it is kept, or nothing where
   it is not `good` (the error is set). */
MUST_CHECK bool
ruling_open(struct kase *k, const char *who, int64_t *run, GError **error);
MUST_CHECK bool ruling_close(struct kase *k, bool good, GError **error);
/* Tells search of the documents added since it was last told.  All at once,
   because FTS5 writes out what it holds at every savepoint. */
MUST_CHECK bool search_add(struct kase *k, GError **error);
/* Forgets what a rollback has taken back. */
void batch_reset(struct kase *k);
/* Commits once enough is pending, and lets other writers in. */
MUST_CHECK bool batch_close_if_full(struct kase *k, GError **error);

/* --- values ---------------------------------------------------------- */

/* "12-19 30-41" or NULL for none; in `a`. */
const char *spans_print(struct arena *a, struct spans s);
/* False if that is no list of spans in order that ends by `size`. */
bool spans_parse(
    struct arena *a, const char *from, uint64_t size, struct spans *out);
/* The words of the spans, joined by " ... ". */
const char *spans_words(struct arena *a, struct str text, struct spans s);

/* A column's text in `a`, or NULL; valid UTF-8 whatever the file holds. */
const char *column_text(struct arena *a, struct lease *l, int column);

/* Without case and accents: what two spellings of a word share. */
char *text_fold(struct arena *a, const char *text, size_t size);
/* As it is told to FTS5: the letters of scripts without spaces between words
   stand apart, so that any words of theirs are found as a phrase.  The text
   itself where it has none. */
struct str text_space(struct arena *a, struct str text);
/* The folded words of a text, and where in it they stand; such letters are
   words. */
struct folded_word {
    const char *word;
    struct span span;
};
struct folded_words {
    struct folded_word *at;
    uint32_t count;
};
struct folded_words words_fold(struct arena *a, struct str text);

/* Back from their words; OPEN for any other. */
enum verdict verdict_find(const char *word);
enum ruling_verdict ruling_find(const char *word);

/* The row of an act, made if it is new. */
MUST_CHECK bool
act_add(struct kase *k, const char *code, int64_t *out, GError **error);

/* --- parts ----------------------------------------------------------- */

/* Adds what the rooms before found.  `first_referent` is the row of entity 0,
   and so on. */
struct added_rows {
    int64_t document, first_sentence, first_referent, first_attribution,
        first_claim;
};
MUST_CHECK bool findings_add(
    struct kase *k, const struct reading *r, const struct added_rows *at,
    GError **error);

/*
 * The current documents that copy each other.  Found on asking: it takes one
 * pass over the sketches, and what is stored stays free of conclusions.
 */
struct sames;
MUST_CHECK bool sames_load(struct kase *k, GError **error);
void sames_free(struct sames *s); /* accepts NULL */
/* The first document (lowest id) that `document` copies, or 0. */
int64_t sames_lookup(const struct sames *s, int64_t document);
int64_t sames_count(const struct sames *s);

/*
 * What claims and attributions of one document are read with: its text, and
 * rows turned into phrases.  Everything read lives in the arena given.
 */
struct page {
    struct kase *k;
    int64_t document;
    struct lease holder; /* keeps `text` alive */
    struct str text;
};
MUST_CHECK bool
page_open(struct page *p, struct kase *k, int64_t document, GError **error);
void page_close(struct page *p);
/* Does it lie in the text, on the starts of code points? */
bool page_has(const struct page *p, struct span s);
/* Two columns from `column`: where a part of the text starts and stops. */
MUST_CHECK bool span_load(
    const struct page *p, struct lease *l, int column, struct span *out,
    GError **error);
/* The claims `c` of the document bound to ?1: its own and their corrections. */
#define CLAIMS_OF_DOCUMENT                                                     \
    "(c.id BETWEEN (SELECT first_claim FROM document WHERE id = ?1) AND "      \
    "(SELECT first_claim + claims - 1 FROM document WHERE id = ?1) OR "        \
    "(c.replaces IS NOT NULL AND c.document = ?1)) "
/* Columns from `column`: spans, name, entity, key, abbreviation. */
#define PHRASE_COLUMNS(row)                                                    \
    row ".spans, coalesce(" row ".name, f.name), f.entity, e.key, "            \
        "f.abbreviation"
#define PHRASE_JOINS(row)                                                      \
    " LEFT JOIN referent f ON f.id = " row ".referent"                         \
    " LEFT JOIN entity e ON e.id = f.entity "
MUST_CHECK bool phrase_load(
    const struct page *p, struct arena *a, struct lease *l, int column,
    struct phrase_row *out, GError **error);
MUST_CHECK bool spans_load(
    const struct page *p, struct arena *a, struct lease *l, int column,
    struct spans *out, GError **error);

/* The attributions of a document by row. */
struct stored_source {
    int64_t id, parent;
    struct source_row row;
};
struct stored_sources {
    struct stored_source *at; /* by ascending id */
    uint32_t count;
};
MUST_CHECK bool sources_load(
    const struct page *p, struct arena *a, struct stored_sources *out,
    GError **error);
const struct stored_source *
sources_lookup(const struct stored_sources *s, int64_t id);

/*
 * The current documents, with what people said of them in the place of what was
 * read: "FROM " CURRENT_DOCUMENT " d".  The same as the schema's view of that
 * name, but views of a case, which anybody may have made, are never opened.
 */
#define SAID_OF(alias, field)                                                 \
    " LEFT JOIN description " alias " ON " alias ".id = "                     \
    "(SELECT max(x.id) FROM document o CROSS JOIN description x "             \
    "ON x.document = o.id AND x.field = '" field "' WHERE o.name = d.name)"
#define SAID_OR_READ(alias, column)                                           \
    "iif(" alias ".id IS NULL, d." column ", " alias ".value) AS " column ", "
#define SAID_BY_OR_READ(alias, column)                                        \
    "iif(" alias ".id IS NULL, d." column ", 'described by ' || "             \
    "(SELECT who FROM run WHERE id = " alias ".run)) AS " column ", "
#define CURRENT_DOCUMENT                                                      \
    "(SELECT d.id, d.name, d.version, d.run, d.sha256, d.container, "         \
    SAID_OR_READ("t", "title")                                                \
    SAID_OR_READ("y", "date") SAID_BY_OR_READ("y", "date_from")               \
    SAID_OR_READ("p", "publisher") SAID_BY_OR_READ("p", "publisher_from")     \
    SAID_OR_READ("u", "url") SAID_OR_READ("l", "language")                    \
    "d.media_type, d.encoding, d.notes, d.size, d.text_size, d.body_start, "  \
    "d.body_stop, d.tokens, d.mentions, d.attributions, d.claims, "           \
    "d.sentences, d.first_sentence FROM document d"                           \
    SAID_OF("t", "title") SAID_OF("y", "date") SAID_OF("p", "publisher")      \
    SAID_OF("u", "url") SAID_OF("l", "language")                              \
    " WHERE NOT EXISTS (SELECT 1 FROM document n WHERE n.replaces = d.id))"

/* What a document's readers count by; in the order of their places. */
MUST_CHECK bool milestones_add(
    struct kase *k, const struct document *d, int64_t document,
    GError **error);
MUST_CHECK bool milestones_load(
    const struct page *p, struct arena *a, struct milestone **out,
    uint32_t *count, GError **error);

/* The current documents by name, or that one; `a` is reset for each, copies
   are not told. */
MUST_CHECK bool documents_each(
    struct kase *k, struct arena *a, int64_t id, bool with_text,
    bool (*take)(const struct document_row *row, void *self), void *self,
    GError **error);

/* A claim_filter made ready: what it looks for is folded once. */
struct sieve;
struct sieve *sieve_new(struct arena *a, const struct claim_filter *f);
/* By what the claim's own row tells, before its roles are loaded. */
bool sieve_has_act(const struct sieve *s, const struct claim_row *c);
bool sieve_has_words(
    const struct sieve *s, struct arena *a, const struct claim_row *c);
bool sieve_has_document(
    const struct sieve *s, struct arena *a, const char *name);

/*
 * Compares the search index with the texts, word by word.  Sets how many words
 * each holds, and whether they are the same at the same places.
 */
struct search_sum {
    int64_t stored, expected;
    bool is_same;
};
MUST_CHECK bool
search_compare(struct kase *k, struct search_sum *out, GError **error);

#endif
