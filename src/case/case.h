/*
 * case.h - the case: one SQLite file that holds documents and all that was
 * read from them, only ever added to.
 *
 * Positions are byte offsets into the document's text.  A document that is
 * read again with other bytes becomes a new version that names the old one;
 * a corrected claim is a new row that names the old.  "Current" below means
 * newest version, not replaced.  The schema is src/case/schema/NNN.sql, one
 * numbered file a migration; docs/case.md explains the tables.
 */
#ifndef CASE_H
#define CASE_H

#include "events/events.h"
#include "intake/intake.h"

/* `case` is a word of C. */
struct kase;

typedef enum {
    CASE_READ,   /* must exist; opened read-only */
    CASE_WRITE,  /* must exist; for decisions */
    CASE_CREATE, /* made if missing; for `attest read` */
} case_mode;

/*
 * `now` is the time that is recorded of whatever is added, ISO 8601 in UTC
 * ("2026-01-31T09:05:00Z"): the room has no clock, so that the same input
 * makes the same case.  It may be NULL with CASE_READ.
 *
 * Fails with ATTEST_ERROR_IO (cannot be opened or written; in use), or _DATA
 * (no attest case; made by a newer attest; damaged).  Older schemas are
 * migrated on opening for writing, and refused with the remedy on reading.
 * Messages begin with the path.
 */
MUST_CHECK struct kase *case_open(
    const char *path, case_mode mode, const char *now, GError **error);
/* Commits what is pending; false with the error if that fails.  Frees `k` in
   any case; accepts NULL. */
bool case_close(struct kase *k, GError **error);

/* --- adding ---------------------------------------------------------- */

/* All that was read from one document. */
struct reading {
    const struct document *document;
    const struct text *text;
    const struct findings *findings;
    const struct entities *entities;
    const struct lexicon *lexicon;
    struct sketch sketch;
};

/* What became of a document. */
typedef enum { ADDED_NEW, ADDED_VERSION, ADDED_NOTHING } case_added;

/* Is a current document of that id and these bytes in the case already? */
bool case_has(struct kase *k, const char *id, const char *sha256);
/*
 * Adds one document whole or not at all.  Writes are batched: a transaction
 * holds up to some hundred documents, and a killed process leaves those of
 * committed transactions.  Two writers wait for each other.
 */
MUST_CHECK bool case_add(
    struct kase *k, const struct reading *r, case_added *added,
    GError **error);
/* Commits what is pending. */
MUST_CHECK bool case_save(struct kase *k, GError **error);
/* Appends an entry to the log: what was done, and particulars (JSON). */
MUST_CHECK bool case_log(
    struct kase *k, const char *what, const char *particulars, GError **error);

/* What a reviewer holds of a claim as read, not of whether it is true. */
#define VERDICTS(X)                                                           \
    X(CONFIRMED, "confirmed") X(REJECTED, "rejected") X(OPEN, "open")
enum verdict {
#define X(name, word) VERDICT_##name,
    VERDICTS(X)
#undef X
        VERDICT_COUNT
};
/* Appends a decision; the newest of a claim holds.  `why` may be NULL.  Fails
   with ATTEST_ERROR_INPUT where there is no such claim. */
MUST_CHECK bool case_decide(
    struct kase *k, int64_t claim, enum verdict verdict, const char *who,
    const char *why, GError **error);

/* --- asking: every pointer in a row lives in the arena handed in ------ */

struct document_row {
    int64_t id;
    const char *name;     /* struct document's id */
    int64_t version;      /* 1, 2, ... */
    const char *sha256, *media_type, *encoding, *title, *date, *date_from,
        *publisher, *publisher_from, *url, *language, *read_at, *notes;
    struct str text;
    struct span body;
    int64_t size, sentences, claims;
    int64_t copy_of;      /* id of the first document it copies, or 0 */
};

/* A phrase as stored: `text` is its spans' words joined by " ... ". */
struct phrase_row {
    struct spans spans;
    const char *text, *name; /* NULL where there is none */
    int64_t entity;          /* 0 where not known */
    const char *key;         /* the entity's, or NULL */
    const char *abbreviation; /* that the document gives it, or NULL */
};

struct source_row {
    struct phrase_row source; /* no spans: unnamed */
    struct spans cue, content;
};

struct label_row {
    struct spans spans;
    const char *words;
    struct phrase_row of;
};

struct claim_row {
    int64_t id, document;
    const char *document_name, *document_date, *publisher;
    const char *act;         /* code */
    struct spans trigger;
    const char *trigger_text;
    struct span sentence;    /* in the document's text */
    const char *sentence_text;
    struct phrase_row roles[ROLE_COUNT];
    struct spans time_spans;
    const char *time_text, *first, *last; /* days; NULL where none */
    struct spans count_spans;
    const char *count_text, *count_unit, *count_compare, *count_of;
    bool count_has_value;
    double count_value;
    bool negative;
    enum modality modality;
    struct source_row *sources; /* outermost first; publisher not listed */
    uint32_t source_count;
    struct label_row *labels;
    uint32_t label_count;
    double confidence;
    enum verdict verdict;    /* VERDICT_OPEN where nobody decided */
};

/*
 * NULL-terminated lists, NULL for "any"; a claim must match one of each list
 * given.  Texts match where they stand inside the field, case and accents
 * aside.  Parties and places match by their words, name or abbreviation,
 * `sources` any link of the chain and the publisher as its outermost, `places`
 * also origin and destination; `acts` also a family ("liberty").  Dates are
 * ISO days, inclusive, and match claims whose time (or else whose document's
 * date) may fall in them; claims without either do not match.
 */
struct claim_filter {
    const char *const *acts, *const *actors, *const *targets, *const *sources,
        *const *places, *const *modalities, *const *labels, *const *texts,
        *const *documents;
    const char *since, *until;
    int64_t id;        /* one claim, or 0 */
    int64_t document;  /* one document's, or 0 */
    int64_t limit;     /* 0: all */
};

/*
 * Calls `take` for each current claim in the order of documents' names, then
 * of triggers.  `a` is reset between calls of `take`.  Stops with no error
 * where `take` returns false.
 */
MUST_CHECK bool case_find_claims(
    struct kase *k, struct arena *a, const struct claim_filter *filter,
    bool (*take)(const struct claim_row *row, void *self), void *self,
    GError **error);

/* Current documents by name; `names` as in struct claim_filter.  `text` is
   loaded only if `with_text`. */
MUST_CHECK bool case_find_documents(
    struct kase *k, struct arena *a, const char *const *names, bool with_text,
    bool (*take)(const struct document_row *row, void *self), void *self,
    GError **error);
/* One document by id, with text; NULL and no error where there is none. */
struct document_row *case_find_document(
    struct kase *k, struct arena *a, int64_t id, GError **error);

/* All attributions of one document, in the order of their cues. */
MUST_CHECK bool case_find_attributions(
    struct kase *k, struct arena *a, int64_t document,
    struct source_row **out, uint32_t *count, GError **error);

/* The sentences of one document, in their order. */
MUST_CHECK bool case_find_sentences(
    struct kase *k, struct arena *a, int64_t document, struct span **out,
    uint32_t *count, GError **error);

/* Is that entity a person, and one whom a name tells apart from others? */
MUST_CHECK bool case_has_person(
    struct kase *k, int64_t entity, bool *has, GError **error);

/*
 * Who says how much, and about whom: the last sources of the chains, and each
 * publisher for what its documents say themselves.
 */
struct speaker_row {
    bool is_publisher;
    const char *name;      /* fullest name, or the words that stand for it */
    int64_t attributions, claims, documents;
    const char *about;     /* the parties most spoken of, "A (4), B (2)" */
};
/* Most claims first. */
MUST_CHECK bool case_find_speakers(
    struct kase *k, struct arena *a, struct speaker_row **out,
    uint32_t *count, GError **error);

/* A sentence that a search found. */
struct hit_row {
    int64_t document;
    const char *document_name, *document_date, *title;
    struct span sentence;
    const char *sentence_text;
    struct spans words;    /* the matches, relative to sentence_text */
};
/* Best first (BM25).  `words` are plain words and "quoted phrases"; nothing
   in them is read as FTS5 syntax. */
MUST_CHECK bool case_search(
    struct kase *k, struct arena *a, const char *words, int64_t limit,
    struct hit_row **out, uint32_t *count, GError **error);

struct case_totals {
    int64_t documents, versions, copies, sentences, tokens, attributions,
        claims, entities, mentions, text_bytes;
    const char *first_date, *last_date; /* of documents */
};
MUST_CHECK bool case_sum(
    struct kase *k, struct arena *a, struct case_totals *out, GError **error);

/* --- checking -------------------------------------------------------- */

/*
 * Verifies the file (SQLite's integrity and foreign keys), that texts match
 * what is recorded of them, that all spans lie in their texts on code point
 * starts, and that the search index agrees.  Calls `fault` for each fault in
 * words; returns false only where checking itself was impossible.
 */
MUST_CHECK bool case_check(
    struct kase *k, void (*fault)(const char *words, void *self), void *self,
    GError **error);

#endif
