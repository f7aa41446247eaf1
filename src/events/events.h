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

/*
 * Sketch of a document's word shingles: the smallest of their hashes, at least
 * SKETCH_LEAST and at least one in SKETCH_SHARE, so that a long text can be
 * asked whether it holds a short one.  Equal for equal wording.
 */
enum { SKETCH_LEAST = 128, SKETCH_SHARE = 8, SHINGLE_WORDS = 5 };
struct sketch {
    uint32_t *hashes; /* ascending: all of the text's that are < limit */
    uint32_t count;
    uint32_t limit; /* UINT32_MAX: no shingle is left out */
};
void sketch_make(struct arena *a, struct sketch *out, const struct text *t);
/* As bytes that are the same on each machine, and back; false if those bytes
   are no sketch.  Sketches that older cases hold are understood. */
struct str sketch_print(struct arena *a, const struct sketch *s);
bool sketch_parse(struct arena *a, struct str bytes, struct sketch *out);
/* Estimated share of common shingles, 0..1 (Jaccard). */
double sketch_likeness(const struct sketch *a, const struct sketch *b);

/*
 * Which documents of a case copy each other: sets copy_of[i] to the first
 * document (lowest index) of i's group of copies, which is i itself where it
 * copies none before it.  An excerpt is a copy: about half of the smaller
 * document has to stand in the larger.  Documents in no wording alike are
 * never grouped; an empty sketch is nobody's copy.  Time and memory grow with
 * the sketches only.
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

/* A claim that belongs to its event less surely is shown with it, but counts
   nothing in its support. */
#define EVENT_SURE 0.5
static inline bool event_claim_is_sure(const struct event_claim *c)
{
    return c->confidence >= EVENT_SURE;
}

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

/* What a reviewer decreed of two claims: of one event, or of two. */
struct event_ruling {
    uint32_t one, other; /* indices of claims */
    bool is_same;
};

/*
 * Sets the out fields of each claim; returns the events (length in *count),
 * numbered by their first claim, in `a`.  The same claims in the same order
 * give the same events.
 *
 * Rulings hold whatever the claims tell; newest first, and one that a newer one
 * contradicts does not hold.  Those that are the same bring what attest groups
 * with each of them into one event; a claim so ruled is sure.
 */
struct event *events_group(
    struct arena *a, const struct event_rules *r, struct event_claim *claims,
    uint32_t claim_count, const struct event_ruling *rulings,
    uint32_t ruling_count, uint32_t *count);

/*
 * The claims as one event by decree, one at least: sets their roots and
 * `event` (0), leaves their confidence.  What it counts depends on these claims
 * alone; so one event can be counted anew without grouping all.
 */
struct event *events_count(
    struct arena *a, const struct event_rules *r, struct event_claim *claims,
    uint32_t claim_count);

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

/* --- copies compared ----------------------------------------------------- */

/* The words and signs of a text, for comparing it with another. */
struct wording_word {
    struct span span;
    uint32_t exact;  /* hash; quotation marks and dashes are all alike */
    uint32_t folded; /* hash of a word without case; 0: a sign */
    bool is_quoted;  /* between quotation marks */
};
struct wording {
    struct str text;
    struct wording_word *at;
    uint32_t count, words; /* with signs, without */
};
void wording_make(
    struct arena *a, struct wording *out, struct str text, struct span body);

/*
 * How much of `of` stands in `in`, 0..1: its words that are part of runs of
 * SHINGLE_WORDS words which both have.  `covered` (may be NULL) tells it of
 * each word and sign of `of`.
 */
double wording_share(
    const struct wording *of, const struct wording *in, bool *covered);
/* Which part of what `of` shares with `in` it has between quotation marks. */
double wording_quoted(const struct wording *of, const struct wording *in);

/* What became of one text in another: the parts of both, in their order. */
enum piece_kind { PIECE_SAME, PIECE_GONE, PIECE_NEW };
struct piece {
    enum piece_kind kind;
    struct span span; /* in the first text where GONE, else in the second */
    uint32_t words;
};
/* What is moved is GONE and NEW.  Time and memory grow little faster than the
   texts, with less thorough results where long parts have nothing alike. */
struct piece *wording_compare(
    struct arena *a, const struct wording *first, const struct wording *second,
    uint32_t *count);

/* Does the text name that publisher, in full or, where the name has three
   words or more, by its initials? */
bool origin_names(struct str text, const char *publisher);
/* The agency that a dateline credits, "Velmara (VNA) -": the words between the
   brackets, empty if there is none. */
struct span origin_credit(struct str text, struct span body);

/* --- how many there were ----------------------------------------------- */

/*
 * Who stands on which list.  People and lists are told apart by their names as
 * given; saying the same twice changes nothing.
 */
struct roll;
struct roll *roll_new(void);
void roll_free(struct roll *r); /* accepts NULL */
/* The number of a person or list, from 0; new names get the next. */
uint32_t roll_add_person(struct roll *r, const char *name);
uint32_t roll_add_list(struct roll *r, const char *name);
/* False if that was known. */
bool roll_add(struct roll *r, uint32_t person, uint32_t list);
/* That person stands for so many with the same history. */
void roll_add_weight(struct roll *r, uint32_t person, double weight);

/* How many people stand on each set of lists. */
enum { LISTS_MOST = 5, PAIRS_MOST = 10, HISTORIES_MOST = 1 << LISTS_MOST };
struct captures {
    uint32_t lists;
    const char *names[LISTS_MOST]; /* the rest is the last, as "N others" */
    uint32_t pooled;               /* lists that the last one holds, or 0 */
    double counts[HISTORIES_MOST]; /* by the set's bits; [0] is 0 */
};
/*
 * Counts the lists `wanted` (NULL-terminated names, NULL: all).  Of more than
 * LISTS_MOST the largest stay and the rest become one list.  Lists on which
 * nobody stands are left out.  False where there is no list of a name, which
 * comes in *unknown.
 */
bool roll_count(
    const struct roll *r, struct arena *a, const char *const *wanted,
    struct captures *out, const char **unknown);
double captures_sum(const struct captures *c);

/* An estimate with a 95 % interval; `high` is INFINITY where nothing limits
   it. */
struct range {
    double value, low, high;
};

/*
 * Two lists, whoever is on others too.  The total is Chapman's (1951), its
 * variance Seber's (1970), its interval the transformed logit's (Sadinle
 * 2009), which needs no overlap.  `odds` tells whether the lists depend on each
 * other: the odds ratio among people that a third list names; NAN where there
 * is no third.
 */
struct pair_count {
    uint32_t a, b; /* lists */
    double both, only_a, only_b, variance;
    struct range total, odds;
};
void pair_take(
    const struct captures *c, uint32_t a, uint32_t b, struct pair_count *out);

/* Bit of the pair (a, b), a < b, in a model's `pairs`. */
uint32_t pair_bit(uint32_t lists, uint32_t a, uint32_t b);

/* Stands for the model in which lists are independent, but some people are
   easier to find than others, for all lists alike. */
#define PAIRS_UNEVEN UINT32_MAX

/*
 * Log-linear models of three or more lists (Fienberg 1972): how likely it is
 * to stand on a list may differ from list to list and, for the pairs that a
 * model names, depend on standing on the other.  All such models are fitted,
 * and the one of uneven people.
 */
struct model {
    uint32_t pairs; /* which pairs depend on each other, by pair_bit */
    bool is_fitted; /* false: these counts tell nothing in this model */
    uint32_t parameters, freedom;
    double deviance, aic, bic;
    double weight;      /* among all, by BIC */
    double error;       /* standard error of the total */
    struct range total; /* by profile likelihood once model_range was called */
    double log_unseen, log_variance;
};
struct models {
    struct model *at; /* fitted ones first, by ascending BIC */
    uint32_t count, fitted;
    struct range total; /* their average by weight, see docs/estimate.md */
};
/* Needs three lists or more; all memory in `a`. */
struct models *models_fit(struct arena *a, const struct captures *c);
/* The interval of profile likelihood (Cormack 1992) for one fitted model. */
void model_range(const struct captures *c, struct model *m);

/* What makes an estimate doubtful.  `a` and `b` are lists where it is about
   lists, `figure` is the number that goes with it. */
enum warning_kind {
    WARNING_NO_OVERLAP,    /* nobody is on both */
    WARNING_THIN,          /* `figure` people are on both: too few */
    WARNING_SAME,          /* both hold the same people */
    WARNING_NESTED,        /* all of `a` are on `b` */
    WARNING_TOGETHER,      /* who is on one is more often on the other */
    WARNING_APART,         /* ... less often */
    WARNING_PAIRS_DIFFER,  /* pairs of lists give totals `figure` times apart */
    WARNING_UNEVEN,        /* some people seem easier to find than others */
    WARNING_FEW,           /* `figure` people in all */
    WARNING_UNFITTED,      /* `figure` models of all tell nothing */
    WARNING_BAD_FIT,       /* even the best model does not fit; p = `figure` */
    WARNING_MODELS_DIFFER, /* good models give totals `figure` times apart */
    WARNING_WIDE,          /* the interval's ends are `figure` times apart */
};
struct warning {
    enum warning_kind kind;
    uint32_t a, b;
    double figure;
};
/* `models` is NULL for two lists.  Length in *count. */
struct warning *warnings_find(
    struct arena *a, const struct captures *c, const struct models *models,
    uint32_t *count);

#endif
