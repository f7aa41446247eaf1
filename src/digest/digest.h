/*
 * digest.h - all claims of a case in short, grouped into events: what `attest
 * brief`, `attest events` and the page show.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "case/case.h"

struct told {
    int64_t id;
    const char *act;          /* code */
    const char *label;        /* the act in words */
    const char *parties[2];   /* actor and target, by fullest name or words;
                               NULL where not told */
    const char *keys[2];      /* of their entities, or NULL */
    char **words[2];          /* of parties without a key, the longer ones in
                               small letters; NULL where there are none */
    const char *snippet;      /* of the sentence, where no party is told */
    const char *first, *last; /* days or NULL */
    const char *count;        /* the words of a figure and of whom, or NULL */
    const char *count_of, *unit;
    bool has_value, negative;
    double value;
    enum modality modality;
    const char *voice;  /* who says so, to show */
    const char *outlet; /* where a voice without a name of its own is heard */
    int64_t document;
    uint32_t copies; /* group of copies that the document is in */
    const char *document_name, *document_date, *publisher;
    const char *place;
    bool is_own; /* said by the document itself, on no source's word */
    const struct event_claim *claim; /* as it was grouped */
    int64_t root; /* the first claim that rests on the same source */
    uint32_t event;
};

/* What several claims say of one happening. */
struct happening {
    const struct told **claims; /* in the order of the case */
    uint32_t count;
    int64_t id; /* of its first claim, by which `attest show` finds it */
    const struct event *event;
};

struct digest {
    struct told *told; /* but for rejected claims */
    struct happening *happenings;
    uint32_t count, happening_count;
    struct event_rules *rules; /* by which they were grouped */
};

/* Does the claim deny, or say that it did not happen? */
bool told_denies(const struct told *t);

/* How much of who and when a claim tells, to put the fullest first. */
int told_fullness(const struct told *t);

/*
 * Of the whole case.  Lives in `a`, but for what digest_close frees; close it
 * also where loading failed.  `lex` tells the acts' labels; the tables by which
 * claims are grouped are of the folder `tables`.  `watch` (may be NULL) sees
 * each claim, rejected ones too, in the order of the case.
 */
typedef void (*digest_watch)(const struct claim_row *row, void *self);
MUST_CHECK bool digest_load(
    struct kase *k, const struct lexicon *lex, const char *tables,
    struct arena *a, digest_watch watch, void *self, struct digest *out,
    GError **error);
void digest_close(struct digest *d);

/* The pairs that grouping weighs (see events_weigh), by the ids of their
   claims; for measuring. */
typedef void (*digest_pair_taker)(
    int64_t a, int64_t b, const float *features, double sum, void *self);
MUST_CHECK bool digest_weigh(
    struct kase *k, const struct lexicon *lex, const char *tables,
    struct arena *a, digest_pair_taker take, void *self, GError **error);

/* --- a few claims --------------------------------------------------------- */

/*
 * What a claim's document is beside others, for whoever knows it already: the
 * group of copies that it is in (its own id if it copies none), and the agency
 * whose line it stands under, or NULL.
 */
struct surroundings {
    void *self;
    int64_t (*copies)(void *self, int64_t document);
    const char *(*credit)(void *self, int64_t document);
};

/* What digesting takes, loaded once; read only. */
struct digest_tables;
MUST_CHECK struct digest_tables *digest_tables_load(
    const char *lexicon_dir, const char *models_dir, GError **error);
void digest_tables_free(struct digest_tables *t); /* accepts NULL */
const struct lexicon *digest_lexicon(const struct digest_tables *t);

/*
 * Those claims as one event by decree; what is not there any more is left out.
 * `sure` tells how surely each belongs to it (event_claim.confidence), NULL:
 * all of them.  out->rules stays NULL: digest_tables has them.
 */
MUST_CHECK bool digest_event(
    struct kase *k, const struct digest_tables *t, struct arena *a,
    const int64_t *claims, const double *sure, uint32_t count,
    const struct surroundings *around, struct digest *out, GError **error);

/* --- one event ------------------------------------------------------------ */

/* The claim that tells most of it; one that says so, if any does. */
const struct told *happening_fullest(const struct happening *h);
/* "beat: guards -> Teodor Brask": one line, in `a`. */
const char *told_title(struct arena *a, const struct told *t);
/* The event with that claim, or NULL. */
const struct happening *happening_find(const struct digest *d, int64_t claim);
/* The claims that rest on a root, denials or all others, by the day of their
   report: told ones; free with g_ptr_array_free. */
GPtrArray *happening_root(const struct happening *h, int64_t root, bool denies);
/* The claim whose words say best whose word these claims are: a name before a
   description, that before the document's publisher. */
const struct told *root_best(const GPtrArray *claims);
const char *root_words(const GPtrArray *claims);
/* In how many documents they stand. */
uint32_t root_documents(const GPtrArray *claims);
/* Calls `take` for the claims of each root, in the order of the case. */
void happening_each_root(
    const struct happening *h, bool denies,
    void (*take)(const GPtrArray *claims, void *self), void *self);

/* In what the claims that say so may differ, and what they tell of it. */
enum { THING_ACT, THING_WHO, THING_WHOM, THING_PLACE, THING_DAY, THING_COUNT };
extern const char *const thing_words[THING_COUNT]; /* "to whom" */
enum { VALUES_MOST = 8, VALUE_VOICES = 3 };
struct thing_value {
    const char *words;
    const char *voices[VALUE_VOICES];
    uint32_t voice_count;
    bool are_more;
    const struct told *first; /* that tells it */
};
/* Sets at most VALUES_MOST; returns how many. */
uint32_t happening_values(
    struct arena *a, const struct happening *h, int thing,
    struct thing_value *values);
/* What its figures are; tolls_find of its claims. */
struct toll *happening_figures(
    struct arena *a, const struct event_rules *r, const struct happening *h,
    uint32_t *count);
/* Whose claim it is of the event's. */
const struct told *
told_of(const struct happening *h, const struct event_claim *c);
const struct event_rules *digest_rules(const struct digest_tables *t);

/* "2012-02-21", "2012-02", "2012-02..2012-04", whole months and years being
   shortened; NULL where the days are not known; in `a`. */
const char *period_words(struct arena *a, const char *first, const char *last);

#endif
