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
MUST_CHECK struct kase *
case_open(const char *path, case_mode mode, const char *now, GError **error);
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
    int64_t again; /* the row of the document that is read once more as it
                      stands in the case; 0: from outside */
};

/* What became of a document.  Nothing: it is in the case already or, if it was
   read once more, comes out as before or is not current any more. */
typedef enum { ADDED_NEW, ADDED_VERSION, ADDED_NOTHING } case_added;

/* Is a current document of that id and these bytes in the case already? */
bool case_has(struct kase *k, const char *id, const char *sha256);
/*
 * Adds one document whole or not at all.  What reviewers held of the version
 * that it replaces goes over to its claims of the same words: notes and
 * requests, and decisions where the act is the same; what was confirmed or
 * corrected is read as it was then.  Writes are batched: a transaction
 * holds up to some hundred documents, and a killed process leaves those of
 * committed transactions.  Two writers wait for each other.
 */
MUST_CHECK bool case_add(
    struct kase *k, const struct reading *r, case_added *added, GError **error);
/* Commits what is pending. */
MUST_CHECK bool case_save(struct kase *k, GError **error);
/* Appends an entry to the log: what was done, and particulars (JSON). */
MUST_CHECK bool case_log(
    struct kase *k, const char *what, const char *particulars, GError **error);

/* What a reviewer holds of a claim as read, not of whether it is true. */
#define VERDICTS(X)                                                            \
    X(CONFIRMED, "confirmed") X(REJECTED, "rejected") X(OPEN, "open")
enum verdict {
#define X(name, word) VERDICT_##name,
    VERDICTS(X)
#undef X
        VERDICT_COUNT
};
const char *verdict_word(enum verdict v);

/* --- asking: every pointer in a row lives in the arena handed in ------ */

/* As it is held to be: what somebody described (case_describe) stands in the
   place of what was read, and date_from, publisher_from tell by whom. */
struct document_row {
    int64_t id;
    const char *name; /* struct document's id */
    int64_t version;  /* 1, 2, ... */
    const char *sha256, *media_type, *encoding, *title, *date, *date_from,
        *publisher, *publisher_from, *url, *language, *read_at, *notes;
    struct str text;
    struct span body;
    int64_t size, sentences, claims;
    int64_t first_sentence; /* its row; those of the document follow it */
    int64_t copy_of;        /* id of the first document it copies, or 0 */
    const char *container;  /* SHA-256 of the file in which it was found */
};

/* A phrase as stored: `text` is its spans' words joined by " ... ". */
struct phrase_row {
    struct spans spans;
    const char *text, *name;  /* NULL where there is none */
    int64_t entity;           /* 0 where not known */
    const char *key;          /* the entity's, or NULL */
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
    const char *act; /* code */
    struct spans trigger;
    const char *trigger_text;
    int64_t sentence_row;
    struct span sentence; /* in the document's text */
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
    enum verdict verdict; /* VERDICT_OPEN where nobody decided */
    /* The last that stand before the sentence or at its begin, one a unit. */
    const struct milestone *milestones;
    uint32_t milestone_count;
};

/* Those who are meant, by document and entity, whatever they are called. */
struct kin;
struct kin *kin_new(void);
void kin_free(struct kin *k); /* accepts NULL */
void kin_add(struct kin *k, int64_t document, int64_t entity);
bool kin_has(const struct kin *k, int64_t document, int64_t entity);

/*
 * NULL-terminated lists, NULL for "any"; a claim must match one of each list
 * given.  Texts match where they stand inside the field, case and accents
 * aside.  Parties and places match by their words, name or abbreviation,
 * `sources` any link of the chain and the publisher as its outermost, `places`
 * also origin and destination; `acts` also a family ("liberty").  Dates are
 * ISO days, inclusive, and match claims whose time (or else whose document's
 * date) may fall in them; claims without either do not match.  A party fits
 * that is of the kin given, or whose words fit.
 */
struct claim_filter {
    const char *const *acts,
        *const *actors, *const *targets, *const *sources,
                                             *const *places,
                                                 *const *modalities,
                                                     *const *labels,
                                                         *const *texts,
                                                             *const *documents;
    const struct kin *actor_kin, *target_kin, *source_kin, *place_kin;
    const char *since, *until;
    int64_t id;       /* one claim, or 0 */
    int64_t document; /* one document's, or 0 */
    int64_t limit;    /* 0: all */
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
struct document_row *
case_find_document(struct kase *k, struct arena *a, int64_t id, GError **error);

/* All attributions of one document, in the order of their cues. */
MUST_CHECK bool case_find_attributions(
    struct kase *k, struct arena *a, int64_t document, struct source_row **out,
    uint32_t *count, GError **error);

/* The sentences of one document, in their order. */
MUST_CHECK bool case_find_sentences(
    struct kase *k, struct arena *a, int64_t document, struct span **out,
    uint32_t *count, GError **error);

/* All versions of a document, by the id of any of them, the first first; none
   where there is no such document. */
struct version_row {
    int64_t id, version;
    const char *read_at;
};
MUST_CHECK bool case_find_versions(
    struct kase *k, struct arena *a, int64_t document, struct version_row **out,
    uint32_t *count, GError **error);

/* The milestones of one document, in their order. */
MUST_CHECK bool case_find_milestones(
    struct kase *k, struct arena *a, int64_t document, struct milestone **out,
    uint32_t *count, GError **error);

/* Where one document mentions people, groups and places, in their order. */
struct mention_row {
    int64_t referent;
    struct span span;
};
MUST_CHECK bool case_find_mentions(
    struct kase *k, struct arena *a, int64_t document, struct mention_row **out,
    uint32_t *count, GError **error);

/* Is that entity a person, and one whom a name tells apart from others? */
MUST_CHECK bool
case_has_person(struct kase *k, int64_t entity, bool *has, GError **error);

/*
 * Who says how much, and about whom: the last sources of the chains, and each
 * publisher for what its documents say themselves.
 */
struct speaker_row {
    bool is_publisher;
    const char *name; /* fullest name, or the words that stand for it */
    int64_t attributions, claims, documents;
    const char *about; /* the parties most spoken of, "A (4), B (2)" */
};
/* Most claims first. */
MUST_CHECK bool case_find_speakers(
    struct kase *k, struct arena *a, struct speaker_row **out, uint32_t *count,
    GError **error);

/* --- people, groups and places across documents ----------------------- */

/* What a reviewer holds of two. */
#define RULINGS(X) X(SAME, "same") X(APART, "apart") X(OPEN, "open")
enum ruling_verdict {
#define X(name, word) RULING_##name,
    RULINGS(X)
#undef X
        RULING_COUNT
};
const char *ruling_word(enum ruling_verdict v);

/*
 * Appends a ruling on two referents; the newest of two holds, RULING_OPEN takes
 * back what was held.  Fails with ATTEST_ERROR_INPUT where there is no such
 * referent.
 */
MUST_CHECK bool case_rule(
    struct kase *k, int64_t one, int64_t other, enum ruling_verdict verdict,
    const char *who, const char *why, GError **error);

struct ruling_row {
    int64_t id, one, other; /* referents as they were named */
    enum ruling_verdict verdict;
    const char *who, *at, *why;
    /* The sightings that they stand for now, or NOWHERE: no current document
       has them any more. */
    uint32_t sightings[2];
};

/* A name that someone is called by, and in how many documents. */
struct persona_name {
    uint32_t spelling;
    uint32_t documents;
};

/* A person, group or place across documents. */
struct persona {
    int64_t id; /* the first referent of that name; any referent that is them
                   leads to them as well */
    enum name_kind kind;
    const char *name;           /* the most used, if it can be a full one */
    struct persona_name *names; /* the most used first */
    uint32_t name_count;
    uint32_t *sightings, sighting_count; /* ascending */
    uint32_t documents;
    int64_t mentions;
    int64_t acting, suffering; /* current claims with them as actor, target */
    int64_t saying;            /* attributions */
    int64_t happening;         /* current claims that place something there */
    uint32_t first_year, last_year; /* of what is told of them; 0: unknown */
    enum gender gender;
    /* Of places: where on earth, or NOWHERE (gazetteer_spot); what may be meant
       where that is open; and the place that they are said to lie in or near. */
    uint32_t spot;
    const uint32_t *candidates;
    uint32_t candidate_count;
    enum place_relation relation;
    uint32_t beside; /* a sighting, or NOWHERE */
};

/* What is known of where a sighting lies. */
struct sighted_place {
    uint32_t sighting;
    struct whereabout at; /* `beside` counts sightings */
};

/*
 * Who is who in the case as it is now: found on asking, never stored.  All that
 * it points to lives as long as itself.
 */
struct roster {
    struct arena *arena;
    struct sightings sightings;
    struct joined joined;
    const int64_t *referents; /* by sighting */
    const int64_t *entities;  /* rows, by spelling */
    const int64_t *mentions;  /* how many there are, by sighting */
    const int64_t *documents; /* row of a document, by its number */
    const char *const *document_names, *const *publishers; /* NULL: unknown */
    struct sighted_place *places;                          /* by sighting */
    uint32_t place_count;
    struct persona *parties; /* by first sighting */
    uint32_t party_count;
    const uint32_t *party_of;   /* by sighting */
    struct ruling_row *rulings; /* that hold, newest first; the indices of
                                   joined.clashes count these */
    struct ruling_row *lost;    /* on someone whom no current document has */
    uint32_t ruling_count, lost_count;
    GHashTable *by_referent; /* of current documents -> 1 + sighting */
};

/* `g` may be NULL: then no place is looked for on earth. */
MUST_CHECK struct roster *case_roster(
    struct kase *k, const struct likeness *l, const struct gazetteer *g,
    GError **error);
void roster_free(struct roster *r); /* accepts NULL */
/* The sighting that a referent of a current document stands for, or NOWHERE. */
uint32_t roster_sighting(const struct roster *r, int64_t referent);
/* Of a referent of an older version of a document: the one of that name in the
   newest version; 0 where there is none. */
MUST_CHECK bool case_find_successor(
    struct kase *k, int64_t referent, int64_t *out, GError **error);

/* --- reviewing --------------------------------------------------------- */

/*
 * Of many reviewers the newest decision on a claim tells its verdict; what each
 * of them holds is kept (case_find_readers).
 *
 * Each call below that adds something is a transaction: it commits what is
 * pending, waits for another writer, and is kept whole or not at all.  They
 * fail with ATTEST_ERROR_INPUT where there is no such thing, and with
 * ATTEST_ERROR_CONFLICT where it is not any more what the reviewer saw: then
 * ask for it again.  `out` gets the id of the new row, and may be NULL where
 * not said otherwise.
 */

/* What is recorded as the time of what is added from now on; see case_open. */
void case_set_time(struct kase *k, const char *now);

/* Who says something about a claim, and why. */
struct review {
    int64_t claim;   /* current; an older one is a conflict */
    int64_t version; /* in which it was seen (case_find_version); 0: any */
    const char *who;
    const char *why; /* NULL where nothing is said */
};
/* From 1; grows by one with each decision, note or request on the claim.  A
   correction ends a claim: the new row has a version of its own. */
MUST_CHECK bool
case_find_version(struct kase *k, int64_t claim, int64_t *out, GError **error);

MUST_CHECK bool case_decide(
    struct kase *k, const struct review *r, enum verdict verdict, int64_t *out,
    GError **error);
/* Those of the claims that are current and open; marked as decided in bulk for
   ever.  All in one transaction. */
MUST_CHECK bool case_decide_all(
    struct kase *k, const int64_t *claims, uint32_t count, enum verdict verdict,
    const char *who, const char *why, uint32_t *decided, GError **error);
/*
 * Takes a decision back, if made in bulk then all that were made with it, by
 * whomever: each claim gets a row whose verdict is what holds without it.
 * `undone` (not NULL) tells how many; none is a conflict.
 */
MUST_CHECK bool case_undo_decision(
    struct kase *k, int64_t decision, const char *who, uint32_t *undone,
    GError **error);
/* A note, `why` (not NULL); it belongs to the claim whatever that is corrected
   to. */
MUST_CHECK bool
case_note(struct kase *k, const struct review *r, int64_t *out, GError **error);
/* That a second reader is asked for, or no longer; the newest of a claim, and
   of those that it replaces, holds. */
MUST_CHECK bool case_ask_second(
    struct kase *k, const struct review *r, bool asked, int64_t *out,
    GError **error);

/* How a claim should have been read.  CORRECTION_NONE leaves all as it is. */
enum amend { AMEND_KEEP, AMEND_CLEAR, AMEND_SET };
struct correction {
    const char *act;        /* a code of acts.tsv (not checked), or NULL */
    int modality, negative; /* -1: as it is */
    struct {
        enum amend how;
        struct spans spans; /* in the document's text, where SET */
    } roles[ROLE_COUNT];
    enum amend time;
    const char *first, *last; /* days, where SET; one may be NULL: open */
};
#define CORRECTION_NONE                                                        \
    {                                                                          \
        .modality = -1, .negative = -1                                         \
    }

/*
 * Adds the claim as it should have been read; it takes the place of the old
 * one, and `out` (not NULL) gets its id.  It is confirmed by the reviewer.  A
 * role gets the referent of the mention that covers its words best, if any does
 * well.  ATTEST_ERROR_INPUT where spans are no words of the text, or days no
 * days.
 */
MUST_CHECK bool case_correct(
    struct kase *k, const struct review *r, const struct correction *c,
    int64_t *out, GError **error);
/*
 * Takes the correction back that made the claim `claim`: `out` (not NULL) gets
 * the id of a new claim in its place, which is as the corrected one was, the
 * decisions on it among that.  Undoing an undoing corrects again.
 */
MUST_CHECK bool case_undo_correction(
    struct kase *k, int64_t claim, const char *who, int64_t *out,
    GError **error);

/* That each two claims are about one event or not; RULING_OPEN takes back what
   was held.  The newest of two claims holds.  All in one transaction, so that a
   merge or a split of events is one thing; `out` gets the id of the last. */
struct event_word {
    int64_t one, other; /* claims, current */
    enum ruling_verdict verdict;
};
MUST_CHECK bool case_rule_events(
    struct kase *k, const struct event_word *words, uint32_t count,
    const char *who, const char *why, int64_t *out, GError **error);
/* Takes a ruling back, and all that were made with it: what held of each two
   before holds again, but where somebody ruled since.  `undone` (not NULL) tells
   how many; none is a conflict. */
MUST_CHECK bool case_undo_event_ruling(
    struct kase *k, int64_t ruling, const char *who, uint32_t *undone,
    GError **error);
struct event_ruling_row {
    int64_t id, one, other;      /* claims: the current rows of those named */
    enum ruling_verdict verdict; /* never RULING_OPEN */
    const char *who, *at, *why;
};
/* Those that hold on current claims, newest first. */
MUST_CHECK bool case_find_event_rulings(
    struct kase *k, struct arena *a, struct event_ruling_row **out,
    uint32_t *count, GError **error);

/* --- describing documents ---------------------------------------------- */

/* What may be known of a document better than it was read. */
#define DESCRIBED(X)                                                           \
    X(TITLE, "title")                                                          \
    X(DATE, "date") X(PUBLISHER, "publisher") X(URL, "url")                    \
        X(LANGUAGE, "language")
enum described {
#define X(name, word) DESCRIBED_##name,
    DESCRIBED(X)
#undef X
        DESCRIBED_COUNT
};
const char *described_word(enum described f);
bool described_find(const char *word, enum described *out);

struct description {
    int64_t version; /* in which it was seen (below); 0: any */
    const char *who;
    const char *why; /* NULL where nothing is said */
    struct {
        enum amend how;    /* CLEAR: it is not known */
        const char *value; /* where SET */
    } fields[DESCRIBED_COUNT];
};
/* From 1; grows with each field that somebody describes. */
MUST_CHECK bool case_find_description_version(
    struct kase *k, int64_t document, int64_t *out, GError **error);
/*
 * Says what documents are: of each field the newest word holds, also of newer
 * versions of a document; what was read stays.  All in one transaction.
 * ATTEST_ERROR_INPUT where a value is none of its field.
 */
MUST_CHECK bool case_describe(
    struct kase *k, const int64_t *documents, uint32_t count,
    const struct description *said, GError **error);

struct description_row {
    int64_t id, run;
    enum described field;
    const char *value; /* NULL: not known */
    const char *who, *at, *why;
};
/* All that was said of the document of that name, whichever version, in order
   of time. */
MUST_CHECK bool case_find_descriptions(
    struct kase *k, struct arena *a, const char *name,
    struct description_row **out, uint32_t *count, GError **error);

/* --- the record --------------------------------------------------------- */

/* What is on record. */
#define RECORDS(X)                                                             \
    X(READING, "reading")                                                      \
    X(CORRECTION, "correction") X(DECISION, "decision") X(NOTE, "note")        \
        X(SECOND, "second") X(EVENTS, "events") X(PARTIES, "parties")          \
            X(DESCRIPTION, "description")
enum record {
#define X(name, word) RECORD_##name,
    RECORDS(X)
#undef X
        RECORD_COUNT
};
struct record_row {
    enum record what;
    int64_t id;      /* among those of its kind; of readings and corrections
                        the claim that they made */
    int64_t one;     /* the claim; of PARTIES a referent, of DESCRIPTION a
                        document */
    int64_t other;   /* of a correction the claim replaced; of rulings the other
                        claim or referent; else 0 */
    const char *who; /* NULL: attest */
    const char *at;
    const char *words;          /* why, or a note's words; or NULL */
    enum verdict verdict;       /* of decisions */
    enum ruling_verdict ruling; /* of rulings */
    bool bulk;                  /* of decisions */
    bool asked;                 /* of SECOND */
    bool undone;                /* of decisions and corrections */
    int64_t undoes;             /* what it takes back, of its kind; or 0 */
    int64_t repeats; /* what it carries over to a newer version of the
                               document, or to a claim whose correction was taken
                               back; or 0.  `who` and `at` are of that. */
};
const char *record_word(enum record r);

/* All on a claim, and on those it replaced or that replaced it, in order of
   time. */
MUST_CHECK bool case_find_history(
    struct kase *k, struct arena *a, int64_t claim, struct record_row **out,
    uint32_t *count, GError **error);
/* What each reviewer holds of a claim: the newest decision of each that was not
   taken back, in their order. */
MUST_CHECK bool case_find_readers(
    struct kase *k, struct arena *a, int64_t claim, struct record_row **out,
    uint32_t *count, GError **error);

/* The rows that somebody has seen last, of each kind. */
struct review_cursor {
    int64_t document; /* the newest version of any, for comparing */
    int64_t last[RECORD_COUNT];
};
/*
 * Calls `take` for each record that is newer than the cursor, kind by kind in
 * the order of enum record, each in the order of its ids; readings are not
 * among them.  Sets the cursor to the newest, so that the next call brings what
 * anybody added since.  A cursor of zeros brings all.  `a` is reset between
 * calls of `take`.
 */
MUST_CHECK bool case_each_review(
    struct kase *k, struct arena *a, struct review_cursor *cursor,
    void (*take)(const struct record_row *row, void *self), void *self,
    GError **error);

/* A sentence that a search found. */
struct hit_row {
    int64_t document, sentence_row;
    const char *document_name, *document_date, *title;
    struct span sentence;
    const char *sentence_text;
    struct spans words; /* the matches, relative to sentence_text */
};
/* Best first (BM25).  `words` are plain words and "quoted phrases"; nothing
   in them is read as FTS5 syntax.  Fails with ATTEST_ERROR_INPUT where they are
   too many. */
MUST_CHECK bool case_search(
    struct kase *k, struct arena *a, const char *words, int64_t limit,
    struct hit_row **out, uint32_t *count, GError **error);

/*
 * A page of what a search finds in current documents.  `total` counts all of it
 * up to SEARCH_COUNTED: then there may be more.  Up to SEARCH_RANKED the best
 * come first; of more, the sentences come in their order, as ranking them all
 * would take too long.
 */
enum { SEARCH_RANKED = 2000, SEARCH_COUNTED = 20000 };
MUST_CHECK bool case_search_page(
    struct kase *k, struct arena *a, const char *words, int64_t offset,
    int64_t limit, struct hit_row **out, uint32_t *count, uint32_t *total,
    GError **error);

/* The rows of all sentences that have the words, in their order. */
MUST_CHECK bool case_search_rows(
    struct kase *k, const char *words, bool (*take)(int64_t row, void *self),
    void *self, GError **error);

struct case_totals {
    int64_t documents, versions, copies, unread, sentences, tokens,
        attributions, claims, entities, mentions, text_bytes;
    const char *first_date, *last_date; /* of documents */
};
MUST_CHECK bool case_sum(
    struct kase *k, struct arena *a, struct case_totals *out, GError **error);

/* What tells one state of a case from another, as far as documents go. */
struct case_state {
    char birth[96]; /* when it was begun, and with which text */
    int64_t last_document;
};
MUST_CHECK bool
case_find_state(struct kase *k, struct case_state *out, GError **error);

/* Between the two, every question sees the case as it was at the first. */
MUST_CHECK bool case_begin_reading(struct kase *k, GError **error);
void case_end_reading(struct kase *k);

/* --- custody ---------------------------------------------------------- */

/*
 * Each transaction that adds to a case closes with an entry of its log; entries
 * name what was added, and the entry before, by hashes, and are the leaves of a
 * Merkle tree (docs/custody.md).
 */

/* What stands for a log of `size` entries: nobody can make another with it. */
struct tree_head {
    uint64_t size;
    const char *root; /* 64 hex digits */
};

struct verified {
    struct tree_head head; /* of the entries that hold */
    const char *since;     /* when the log was begun; NULL if its begin does not
                              hold */
    const char *fault;     /* the first thing that does not hold, in words; or
                              NULL */
    int64_t fault_entry;   /* where that is an entry; else 0 */
};
/*
 * Recomputes all of it: whatever was changed, dropped or put elsewhere since it
 * was added is found.  `known` is a head of this case that somebody kept
 * (NULL: none), for a log that was shortened or rewritten whole.  Returns false
 * only where verifying itself was impossible.
 */
MUST_CHECK bool case_verify(
    struct kase *k, struct arena *a, const struct tree_head *known,
    struct verified *out, GError **error);

/* That a document stands in the log, for one who has only the head. */
struct proof {
    const char *statement; /* of its entry; NULL: no such document */
    uint64_t index;        /* of the entry among the leaves, from 0 */
    const char **path;     /* hashes, 64 hex digits, the lowest first */
    uint32_t path_count;
    struct tree_head head;
};
MUST_CHECK bool case_prove(
    struct kase *k, struct arena *a, int64_t document, struct proof *out,
    GError **error);

/* The newest version of the document of that name, or 0. */
MUST_CHECK bool
case_find_named(struct kase *k, const char *name, int64_t *out, GError **error);

/* What reviewers did with the claims of a version of a document. */
struct reviewer_sum {
    const char *who;
    int64_t decisions, corrections, notes;
};
struct life_row {
    int64_t id, version, claims;
    int64_t run; /* in which it was added; runs grow with time */
    const char *name, *at, *program, *sha256;
    const char *container; /* as in struct document */
    bool is_kept;          /* are its bytes in the case? */
    int64_t entry;         /* of the log */
    struct reviewer_sum *reviewers;
    uint32_t reviewer_count;
};
/* All versions of the document of which `document` is one, oldest first. */
MUST_CHECK bool case_find_life(
    struct kase *k, struct arena *a, int64_t document, struct life_row **out,
    uint32_t *count, GError **error);

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
