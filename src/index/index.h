/*
 * index.h - a case counted once: who is who, which claims are one event and
 * how many voices speak for it, kept in columns that a question runs through
 * in milliseconds.
 *
 * The index is made from the case (index_build) and holds nothing that the
 * case does not tell; it lies beside it as CASE.index, may be deleted and is
 * made anew.  It is mapped into memory as it lies on the disk.  What reviewers
 * decide after it was made is followed in memory (index_follow): columns
 * change, the file does not.
 *
 * Claims, events, documents, sightings, parties are counted from 0 in it;
 * NOWHERE is none of them.  Strings are offsets into `strings`, 0 is "".
 * Days count from 1970-01-01, DAY_NONE is no day.
 */
#ifndef INDEX_H
#define INDEX_H

#include "digest/digest.h"

#define DAY_NONE INT32_MIN

/* What is noted of a claim; a bit each. */
enum index_mark {
    MARK_SECOND = 1,    /* a second reader is asked for */
    MARK_BULK = 2,      /* decided in bulk */
    MARK_CORRECTED = 4, /* a reviewer's reading in place of the first */
    MARK_NOTED = 8,
    MARK_NEGATIVE = 16,
    MARK_REPORTED = 32, /* the days are the document's: the text tells none */
};

struct index_claim {
    uint32_t id, document, sentence; /* sentence: its row */
    uint32_t roles[ROLE_COUNT];      /* sightings */
    uint32_t source;                 /* sighting of who says so, ... */
    uint32_t voice;                  /* ... or its voice; 0 is unnamed */
    int32_t first, last;
    uint32_t event;
    float sure;               /* that it belongs to the event */
    uint16_t act, confidence; /* thousandths */
    uint16_t marks;           /* enum index_mark */
    uint8_t modality, verdict;
};

struct index_event {
    uint32_t first, head; /* claims: by which it is called; the fullest */
    uint32_t claims, documents, publishers, support, deniers;
    uint32_t contests; /* enum event_contest */
};

struct index_document {
    uint32_t id, name, title, publisher, date, language, notes;
    uint32_t folded;  /* name, title and publisher, to find words in */
    uint32_t agency;  /* under whose line it stands */
    uint32_t copy_of; /* the first that it copies, or NOWHERE */
    uint32_t first_claim, claims, first_sentence, sentences;
    int32_t day;
};

struct index_spelling {
    uint32_t words, abbreviation, entity; /* entity: its row */
    uint32_t folded;
};

/* A name that says claims and is no party's. */
struct index_voice {
    uint32_t name, folded;
};

struct index_sighting {
    uint32_t referent, document, spelling, party, mentions;
};

enum { PRECISION_NONE, PRECISION_TOWN, PRECISION_REGION, PRECISION_COUNTRY };

struct index_party {
    uint32_t id, name; /* id: a referent's row */
    uint32_t where;    /* "Homs, SY" */
    uint32_t may_be;   /* what else, "A; B" */
    float latitude, longitude;
    uint16_t first_year, last_year;
    uint8_t kind, gender, precision, is_gone; /* gone: merged into another */
};

/* A claim that was replaced before the index was made. */
struct index_alias {
    uint32_t id, claim; /* its id; what stands in its place */
};

struct index_label {
    uint32_t claim, sighting, words;
};

/* Two sightings that are perhaps one, the likeliest first. */
struct index_bond {
    uint32_t one, other, reasons; /* "a; b": what speaks for it */
    float score;
};

/* The parts of the file: name, type of an element. */
#define INDEX_PARTS(X)                                                         \
    X(claims, struct index_claim)                                              \
    X(events, struct index_event)                                              \
    X(documents, struct index_document)                                        \
    X(voices, struct index_voice)                                              \
    X(spellings, struct index_spelling)                                        \
    X(sightings, struct index_sighting)                                        \
    X(parties, struct index_party)                                             \
    X(labels, struct index_label)                                              \
    X(aliases, struct index_alias)                                             \
    X(bonds, struct index_bond)                                                \
    X(acts, uint32_t)                                                          \
    X(strings, char)

/* What is counted of parties as things are; see index_count. */
struct index_party_counts {
    uint32_t documents, mentions, acting, suffering, happening, saying;
};

struct index {
#define X(name, type)                                                          \
    type *name;                                                                \
    uint32_t name##_count;
    INDEX_PARTS(X)
#undef X
    uint32_t *next_of_event;  /* by claim: rings of those of one event */
    uint32_t *next_of_party;  /* by sighting, likewise */
    uint32_t *first_of_party; /* by party: a sighting, or NOWHERE */
    struct index_party_counts *counts; /* by party */
    uint32_t *houses;   /* publishers: places in the strings, each once */
    uint32_t *house_of; /* by document, one of `houses` */
    uint32_t house_count;
    uint64_t revision; /* grows with each change that was followed */
    bool is_stale;     /* documents were added or described since */
    struct index_inside *inside;
};

/* --- making --------------------------------------------------------------- */

/* Where it lies: beside the case or, where nothing can be written there, in the
   user's cache; free with g_free. */
char *index_path(const char *case_path);

/* Told now and then what is done: "who is who", and how far of how much. */
typedef void (*index_progress)(
    const char *what, uint64_t done, uint64_t all, void *self);

/*
 * Makes the index of the case as it is and puts it in place at once, so that
 * nobody sees half of it.  It has the case's permissions.  `progress` may be
 * NULL.
 */
MUST_CHECK bool index_build(
    struct kase *k, const char *case_path, const char *lexicon_dir,
    const char *models_dir, index_progress progress, void *self,
    GError **error);

/* --- opening -------------------------------------------------------------- */

/*
 * Fails with ATTEST_ERROR_DATA where the file is no index of that case, was
 * made by another version, or is damaged; with _IO where there is none or it
 * cannot be read: index_build helps.  Whatever stands in the file: no number
 * in it leads out of it.  `tables` must outlive it.
 */
MUST_CHECK struct index *index_open(
    struct kase *k, const char *case_path, const struct digest_tables *tables,
    GError **error);
void index_close(struct index *x); /* accepts NULL */

static inline const char *index_string(const struct index *x, uint32_t at)
{
    return x->strings + at;
}

/* Of a claim's or sighting's; NOWHERE for NOWHERE. */
static inline uint32_t index_party_of(const struct index *x, uint32_t sighting)
{
    return sighting == NOWHERE ? NOWHERE : x->sightings[sighting].party;
}

/* A claim's, NOWHERE where it has none: what is rejected keeps its place in an
   event for the day on which that is taken back, but is not of it. */
static inline uint32_t index_event_of(const struct index_claim *c)
{
    return c->verdict == VERDICT_REJECTED ? NOWHERE : c->event;
}

/*
 * Brings in what was decided since, by whomever; nothing is done where the
 * case is unchanged.  Sets is_stale.
 */
MUST_CHECK bool index_follow(struct index *x, struct kase *k, GError **error);

/* --- finding -------------------------------------------------------------- */

/* By the number of "c12", "e12", "d12", "p12"; NOWHERE where there is none.
   Of claims that were replaced the newest; of a party any of its referents'
   rows will do. */
uint32_t index_find_claim(const struct index *x, uint64_t id);
uint32_t index_find_event(const struct index *x, uint64_t id);
uint32_t index_find_document(const struct index *x, uint64_t id);
uint32_t index_find_sighting(const struct index *x, uint64_t id);
uint32_t index_find_party(const struct index *x, uint64_t id);
/* By the row of an entity in a document. */
uint32_t
index_find_entity(const struct index *x, uint32_t document, int64_t entity);

/* The name of who says a claim: a party's, or as the text has it. */
const char *index_voice(const struct index *x, const struct index_claim *c);

/* In `a`. */
const char *index_day_words(struct arena *a, int32_t day); /* NULL: no day */
int32_t index_day(const char *iso); /* DAY_NONE for NULL and what is no day */

/* Text without case and accents, for finding words in it; g_free it. */
char *index_fold(const char *text);
/* By party: has it a name with these folded words?  In `a`. */
uint8_t *
index_find_called(const struct index *x, struct arena *a, const char *folded);
/* By document: is the party named there?  In `a`. */
uint8_t *
index_find_documents(const struct index *x, struct arena *a, uint32_t party);

/* An event as a digest of one happening. */
MUST_CHECK bool index_digest_event(
    struct index *x, struct kase *k, struct arena *a, uint32_t event,
    struct digest *out, GError **error);

/* --- filters -------------------------------------------------------------- */

/* What a claim must have, one kind a bit; docs/api.md tells their values. */
#define FILTERS(X)                                                             \
    X(ACT, "act")                                                              \
    X(ACTOR, "actor")                                                          \
    X(TARGET, "target")                                                        \
    X(PARTY, "party") X(PLACE, "place") X(SOURCE, "source")                    \
        X(PUBLISHER, "publisher") X(DOCUMENT, "document") X(EVENT, "event")    \
            X(MODALITY, "modality") X(VERDICT, "verdict")                      \
                X(SUPPORT, "support") X(MARK, "mark") X(SINCE, "since")        \
                    X(UNTIL, "until") X(TEXT, "text")                          \
                        X(CONFIDENCE, "confidence")

enum filter_kind {
#define X(name, word) FILTER_##name,
    FILTERS(X)
#undef X
        FILTER_COUNT
};
extern const char *const filter_words[FILTER_COUNT];

enum support_kind {
    SUPPORT_SINGLE,
    SUPPORT_SEVERAL,
    SUPPORT_CONTESTED,
    SUPPORT_DENIED,
    SUPPORT_COUNT
};
extern const char *const support_words[SUPPORT_COUNT];
/* Marks that can be asked for, in the order of their bits. */
enum { MARKS_ASKED = 4 };
extern const char *const mark_words[MARKS_ASKED];

struct filter;
/* Takes every claim until something is added.  The index and `a` must outlive
   it. */
struct filter *filter_new(struct arena *a, struct index *x, struct kase *k);
/* One more value that will do; fails with ATTEST_ERROR_INPUT where the value
   is none of its kind, or there are too many. */
MUST_CHECK bool filter_add(
    struct filter *f, enum filter_kind kind, const char *value, GError **error);
/* Has it values of that kind? */
bool filter_has(const struct filter *f, enum filter_kind kind);
/* Was that value added? Of a party by any of its ids. */
bool filter_chose(
    const struct filter *f, enum filter_kind kind, const char *value);
/* The kinds that the claim does not fit, a bit each; 0: it fits. */
uint32_t filter_misses(const struct filter *f, uint32_t claim);
/* Bits of the kinds of support of a claim. */
unsigned index_support(const struct index *x, const struct index_claim *c);

/* --- answers -------------------------------------------------------------- */

struct index_tally {
    uint32_t at, count; /* a party, say */
};
/* Most first; for qsort. */
int index_tally_cmp(const void *x, const void *y);

enum claim_order {
    ORDER_DOCUMENT,
    ORDER_TIME,
    ORDER_TIME_DOWN,
    ORDER_CONFIDENCE,
    ORDER_CONFIDENCE_DOWN,
    ORDER_SUPPORT,
    ORDER_ACT,
    ORDER_PARTY
};

/* The claims (or the events of claims) that fit, in that order, from `offset`
   on at most `limit`; *total is how many fit. */
uint32_t *index_list_claims(
    const struct filter *f, struct arena *a, enum claim_order order,
    uint32_t offset, uint32_t limit, uint32_t *count, uint32_t *total);
enum event_order {
    EVENTS_SUPPORT,
    EVENTS_TIME,
    EVENTS_TIME_DOWN,
    EVENTS_CLAIMS
};
uint32_t *index_list_events(
    const struct filter *f, struct arena *a, enum event_order order,
    uint32_t offset, uint32_t limit, uint32_t *count, uint32_t *total);
/* Documents whose name, title or publisher has `find`, and parties that have a
   name with it; `find` is folded, NULL: all. */
enum document_order {
    DOCUMENTS_NAME,
    DOCUMENTS_DATE,
    DOCUMENTS_DATE_DOWN,
    DOCUMENTS_CLAIMS
};
uint32_t *index_list_documents(
    const struct index *x, struct arena *a, const char *find,
    enum document_order order, uint32_t offset, uint32_t limit, uint32_t *count,
    uint32_t *total);
enum party_order {
    PARTIES_DOCUMENTS,
    PARTIES_NAME,
    PARTIES_ACTING,
    PARTIES_SUFFERING,
    PARTIES_SAYING
};
/* `kind` is an enum name_kind, or KIND_ANY. */
enum { KIND_ANY = -1 };
uint32_t *index_list_parties(
    struct index *x, struct arena *a, int kind, const char *find,
    enum party_order order, uint32_t offset, uint32_t limit, uint32_t *count,
    uint32_t *total);
/* Bonds between parties that are still two and that nobody holds apart, each
   two once, the likeliest first. */
uint32_t *index_list_bonds(
    const struct index *x, struct arena *a, int kind, uint32_t offset,
    uint32_t limit, uint32_t *count, uint32_t *total);
/* Does a reviewer hold the two parties apart, as far as is known since the
   index was made? */
bool index_holds_apart(const struct index *x, uint32_t one, uint32_t other);

/* Who says claims: a party, or a name that is none's ("" is unnamed). */
enum voice_kind {
    VOICE_PERSON,
    VOICE_GROUP,
    VOICE_PUBLISHER, /* the document itself speaks */
    VOICE_DOCUMENT,  /* so too, and no publisher is known */
    VOICE_DESCRIBED, /* "a guard" */
    VOICE_UNNAMED
};
enum { ABOUT_MOST = 5 };
struct index_speaker {
    uint32_t party, name; /* NOWHERE, or a party's number; a string */
    enum voice_kind kind;
    uint32_t claims, documents, publishers;
    struct index_tally *about; /* parties that it speaks of, most first */
    uint32_t about_count;
};
/* Those whose name has `find` (folded, or NULL), most claims first. */
struct index_speaker *index_list_voices(
    const struct index *x, struct arena *a, const char *find, uint32_t offset,
    uint32_t limit, uint32_t *count, uint32_t *total);
/* The voice of a party or, where that is NOWHERE, of a name; false where it
   says nothing. */
bool index_find_voice(
    const struct index *x, struct arena *a, uint32_t party, const char *name,
    struct index_speaker *out);

/* Those that fit and follow the claim `after` (NOWHERE: all) in that order. */
uint32_t *index_list_following(
    const struct filter *f, struct arena *a, enum claim_order order,
    uint32_t after, uint32_t limit, uint32_t *count, uint32_t *total);

#define FACETS(X)                                                              \
    X(ACT, "act", ACT)                                                         \
    X(FAMILY, "family", ACT)                                                   \
    X(ACTOR, "actor", ACTOR)                                                   \
    X(TARGET, "target", TARGET) X(SOURCE, "source", SOURCE)                    \
        X(PLACE, "place", PLACE) X(PUBLISHER, "publisher", PUBLISHER)          \
            X(MODALITY, "modality", MODALITY) X(VERDICT, "verdict", VERDICT)   \
                X(SUPPORT, "support", SUPPORT) X(MARK, "mark", MARK)

enum facet_kind {
#define X(name, word, filter) FACET_##name,
    FACETS(X)
#undef X
        FACET_COUNT
};
extern const char *const facet_words[FACET_COUNT];

struct facet_value {
    const char *value, *label; /* as the filter takes it, and to show */
    uint32_t count;
    bool is_chosen;
};
struct facet {
    struct facet_value *values; /* most first, then those chosen */
    uint32_t count;
};
/*
 * Counts each facet among the claims that fit all kinds but its own; `wanted`
 * has a bit for each facet.  At most `limit` values, and those chosen; only
 * values whose label has `find` (folded, may be NULL).  Returns how many fit.
 */
uint32_t index_count_facets(
    const struct filter *f, struct arena *a, uint32_t wanted, uint32_t limit,
    const char *find, struct facet out[FACET_COUNT]);

enum { BUCKETS_MOST = 400 };
struct timeline {
    const char *unit; /* "day", "month", "year" */
    struct {
        int32_t from, to;
        uint32_t count;
    } buckets[BUCKETS_MOST];
    uint32_t count, undated;
    int32_t first, last; /* DAY_NONE where nothing has a day */
};
/* Claims that fit, by the day from which they are said to have happened. */
void index_count_time(const struct filter *f, struct timeline *out);
/* Likewise of those claims. */
void index_count_days(
    const struct index *x, const uint32_t *claims, uint32_t count,
    struct timeline *out);
/* Documents by their days. */
void index_count_documents(const struct index *x, struct timeline *out);

/* Places on earth of the claims that fit, most first; *unplaced have none. */
struct index_tally *index_count_places(
    const struct filter *f, struct arena *a, uint32_t *count,
    uint32_t *unplaced);

/* The claims in which a party has a part, in their order; a bit each. */
enum told_part { TOLD_BY = 1, TOLD_ON = 2, TOLD_OF = 4, TOLD_THERE = 8 };
struct index_told {
    uint32_t *claims;
    uint8_t *parts; /* by claim of the list */
    uint32_t count;
};
void index_list_told(
    const struct index *x, struct arena *a, uint32_t party,
    struct index_told *out);
/* The events of those claims, by the kinds of their support, and at most `most`
   that are contested, most support first. */
uint32_t *index_sum_events(
    const struct index *x, struct arena *a, const uint32_t *claims,
    uint32_t claim_count, uint32_t counts[SUPPORT_COUNT], uint32_t most,
    uint32_t *count);
/* Sets the bytes of a party's sightings, in an array of all. */
void index_mark_sightings(
    const struct index *x, uint32_t party, uint8_t mark, uint8_t *marks);

/* Those most often in claims with a party, and how often. */
struct index_tally *index_count_ties(
    const struct index *x, struct arena *a, uint32_t party, uint32_t limit,
    uint32_t *count);

/* The acts' codes and labels. */
const char *index_act(const struct index *x, uint32_t act);
const char *index_act_label(const struct index *x, uint32_t act);

/* What there is in the case, as far as it stands in the index. */
struct index_totals {
    uint32_t documents, versions, copies, unread, claims, events, people,
        groups, places;
    int32_t first, last; /* days of documents */
};
struct index_totals index_sum(const struct index *x);
/* Counts parties anew. */
void index_count(struct index *x);

#endif
