/*
 * events.h - which documents copy each other, which claims are about one
 * happening, and how many independent voices say so.
 *
 * Thin for now: copies are found by shingles of words (Broder 1997), events
 * by act, parties and time; a copy's voice counts with its original's.
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

/* What events_group needs to know of a claim. */
struct event_claim {
    uint32_t act;
    const char *actor, *target; /* entity keys, or NULL */
    const char *first, *last;   /* days or NULL */
    const char *voice;          /* who says so: the key of the root source, or
                                   of the publisher, or of the document */
    bool voice_is_source;       /* `voice` is a source that the text names or
                                   describes, not the document or publisher */
    uint32_t copy_of;           /* group of copies that its document is in, as
                                   sketch_group numbers them */
    uint32_t event;             /* out: number of its event, from 0 */
};
struct event {
    uint32_t claims;  /* how many claims */
    uint32_t support; /* how many independent voices: a voice counts once, and
                         the documents of a group of copies speak with one */
};
/*
 * Sets `event` of each claim; returns the events (length in *count), in `a`.
 * Claims join if acts are equal, neither party contradicts, one party at
 * least is known and shared, and their times can be the same.
 */
struct event *events_group(
    struct arena *a, struct event_claim *claims, uint32_t claim_count,
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
