/*
 * events.h - which documents copy each other, which claims are about one
 * happening, how many independent voices say so, and where they differ.
 *
 * Copies are found by shingles of words (Broder 1997).  Claims are held
 * against each other in pairs, by features that a person can read and whose
 * weights stand in lexicon/event-weights.tsv; docs/events.md has the rules.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include "identity/identity.h"

/* Bottom-k sketch of a document's word shingles: equal for equal wording. */
enum { SKETCH_SIZE = 64, SHINGLE_WORDS = 5 };
struct sketch {
    uint64_t hashes[SKETCH_SIZE]; /* ascending; UINT64_MAX where fewer */
};
void sketch_make(struct sketch *out, const struct text *t);
/* Estimated share of common shingles, 0..1 (Jaccard). */
double sketch_likeness(const struct sketch *a, const struct sketch *b);

/*
 * Which documents of a case copy each other: sets copy_of[i] to the first
 * document (lowest index) of i's group of copies, which is i itself where it
 * copies none before it.  Documents in no wording alike are never grouped; an
 * empty sketch is nobody's copy.  Time and memory grow with `count` only.
 */
void sketch_group(const struct sketch *all, uint32_t count, uint32_t *copy_of);

/* --- claims about one happening ---------------------------------------- */

/* Which acts can be told of one happening, and what each likeness weighs:
   event-acts.tsv, event-weights.tsv, event-stops.tsv. */
struct event_rules;
MUST_CHECK struct event_rules *
event_rules_load(const char *lexicon_dir, GError **error);
void event_rules_free(struct event_rules *r); /* accepts NULL */

/* How a claim puts its act.  What is only wanted, planned or feared is never
   of one event with what is said to have happened. */
enum event_stance { STANCE_SAID, STANCE_DENIED, STANCE_WANTED };

/* What grouping needs to know of a claim; NULL wherever the text is silent. */
struct event_claim {
    int64_t id;
    uint32_t document;   /* any number that tells documents apart */
    const char *act;     /* code */
    const char *trigger; /* its words */
    enum event_stance stance;
    const char *parties[2], *keys[2]; /* actor and target: words, entity key */
    const char *place, *place_key;
    const char *first, *last; /* days of the happening */
    const char *reported;     /* day of the document */
    const char *sentence;
    bool has_value; /* a figure: */
    double value;
    const char *unit, *compare, *population;
    /* Who says so: the innermost source of the chain, by key or, where the
       text only describes it, by its words; then who published it. */
    const char *source, *source_key;
    const char *publisher; /* by key too, so that a paper that quotes another
                              shares its voice */
    uint32_t copy_of;      /* group of copies that its document is in */
    /* out: */
    uint32_t event;    /* number of its event, from 0 */
    double confidence; /* that it belongs with the event's other claims;
                             1 where there are none */
    uint32_t root;     /* the first claim that rests on the same source */
};

/* By whom accounts of an event are at odds; a bit each. */
enum event_contest {
    CONTEST_DENIED = 1, /* one says so, an independent one denies it */
    CONTEST_FIGURE = 2, /* figures for the same thing exclude each other */
    CONTEST_DAY = 4,
    CONTEST_ACTOR = 8,
};

struct event {
    uint32_t claims, first; /* how many; the first, as an index */
    uint32_t documents;
    uint32_t publishers; /* that say so: those without one are told apart
                               by their documents */
    uint32_t support;    /* independent sources that say so */
    uint32_t deniers;    /* independent sources that deny it */
    unsigned contests;   /* enum event_contest */
};

/*
 * Sets the out fields of each claim; returns the events (length in *count),
 * numbered by their first claim, in `a`.  The same claims in the same order
 * give the same events.
 */
struct event *events_group(
    struct arena *a, const struct event_rules *r, struct event_claim *claims,
    uint32_t claim_count, uint32_t *count);

/* What pairs are weighed by, for training and for telling why: the values of
   the features in the order of event_features, and the sum of their weights.
   Takes each pair of claims that grouping would weigh, once. */
extern const char *const event_features[];
enum { EVENT_FEATURES_MOST = 32 };
typedef void (*event_pair_taker)(
    uint32_t a, uint32_t b, const float *features, double sum, void *self);
void events_weigh(
    const struct event_rules *r, const struct event_claim *claims,
    uint32_t claim_count, event_pair_taker take, void *self);

/* --- figures ------------------------------------------------------------ */

/* What a figure leaves possible: "at least 39" is 39 and more. */
struct toll_range {
    double low, high;
};
struct toll_range toll_range_of(double value, const char *compare);

/* What claims of one event say of how many, of one kind of act and people. */
struct toll {
    const struct event_claim **claims; /* in their order */
    uint32_t count;
    double low, high; /* of all; infinite where one says "at least" */
    double best;      /* of most independent sources, then the latest */
};
/* All figures of claims of one event; denials have none. */
struct toll *tolls_find(
    struct arena *a, const struct event_rules *r,
    const struct event_claim *const *claims, uint32_t claim_count,
    uint32_t *count);

#endif
