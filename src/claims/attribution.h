/*
 * attribution.h - who says what: from cue words to source chains.
 *
 * Private to the room.  The steps, each in its own file: quotations of the
 * document (quotation.c), the shape of one sentence (clause.c), what each
 * cue could say (content.c) and who says it (source.c), the choice among
 * that (scorer.c), and the chain of attributions within attributions
 * (attribution.c).  Which words are cues, and what may follow them, stands
 * in lexicon/cues.tsv.
 */
#ifndef ATTRIBUTION_H
#define ATTRIBUTION_H

#include "claims/claims.h"

/* --- cues ------------------------------------------------------------ */

#define CUE_KINDS(X)                                                          \
    X(VERB, "verb") X(NOUN, "noun") X(ADJ, "adj") X(ADV, "adv")               \
    X(PREP, "prep") X(MARK, "mark")

enum cue_kind {
#define X(name, word) CUE_##name,
    CUE_KINDS(X)
#undef X
        CUE_KIND_COUNT
};

/* How a cue takes what is said. */
#define FRAMES(X)                                                             \
    X(THAT, "that")   /* a finite clause, also put before or around the cue */ \
    X(QUOTE, "quote") /* words between quotation marks */                     \
    X(TO, "to")       /* an infinitive */                                     \
    X(ING, "ing")     /* a participle */                                      \
    X(NP, "np")       /* an object */                                         \
    X(NPTO, "npto")   /* an object and what it is to do or to be */

enum frame {
#define X(name, word) FRAME_##name,
    FRAMES(X)
#undef X
        FRAME_COUNT
};

enum { CUE_PREPS_MOST = 6 };

/* One row of lexicon/cues.tsv. */
struct cue {
    struct lexicon_row row;
    const char *lemma;
    enum cue_kind kind;
    uint32_t frames;                   /* bits of enum frame */
    const char *preps[CUE_PREPS_MOST]; /* "+for": what is said after "for" */
    const struct cue *next;            /* the lemma's next row */
};

struct cues;

/*
 * Loads cues.tsv, and from the models attribution.bin: weights that choose
 * among a cue's readings, made by train/attribution.py.  `models_dir` is NULL
 * only for printing what that learns from.  Fails with ATTEST_ERROR_DATA that
 * names the file, and the line of the table, or GLib's file errors.
 */
MUST_CHECK struct cues *cues_load(
    const char *lexicon_dir, const char *models_dir, GError **error);
void cues_free(struct cues *c); /* accepts NULL */
/* FEATURE_MASK + 1 weights, or NULL if none were loaded. */
const int8_t *cues_weights(const struct cues *c);
/* The row for a lemma as that kind of word, or NULL. */
const struct cue *cues_lookup(
    const struct cues *c, const char *lemma, enum cue_kind kind);
bool cue_takes(const struct cue *cue, enum frame frame);
bool cue_takes_prep(const struct cue *cue, const char *prep);

/*
 * Fills the attributions of `f`, in the order of their cues.  Every one has
 * a cue and a content; a parent's content holds its children's cues and is
 * larger than theirs, so that chains end.
 */
void attributions_find(
    const struct cues *c, struct arena *a, const struct text *t,
    struct findings *f);

/*
 * For train/attribution.py: each word that may be a cue, with its readings
 * and their features, a line each: "C from to" (the cue's bytes), "S from to"
 * (the source, if any), "O from-to,... feature ...".
 */
void attributions_print_features(
    const struct cues *c, struct arena *a, const struct text *t,
    GString *out);

/* --- quotations ------------------------------------------------------ */

/*
 * Words between quotation marks, marks included; one that runs on over
 * paragraphs is one.  `owner` is the attribution whose content it is.
 */
struct quotation {
    struct span span;
    uint32_t first, last; /* the sentences that it meets */
    uint32_t owner;       /* or NO_ATTRIBUTION */
    bool continues;       /* nobody is named beside it: its owner goes on */
};

struct quotations {
    struct quotation *at;
    uint32_t count;
    uint32_t *of_sentence; /* the first that ends after the sentence's start;
                              one entry a sentence */
};

void quotations_find(
    struct quotations *q, struct arena *a, const struct text *t);
/* The first quotation that ends after the byte, which lies in the sentence
   or later; q->count if none does. */
uint32_t quotation_after(
    const struct quotations *q, uint32_t sentence, uint32_t byte);
/* The quotation that holds the byte, or NULL. */
const struct quotation *quotation_at(
    const struct quotations *q, uint32_t sentence, uint32_t byte);

/* --- the shape of a sentence ----------------------------------------- */

/* Children in text order and the extent of each subtree, in linear time;
   the arrays are reused from sentence to sentence. */
struct tree {
    const struct sentence *s;
    uint32_t index;               /* of the sentence in its text */
    uint32_t *child, *next;       /* first child, next sibling, NO_TOKEN */
    uint32_t *first, *last;       /* extent of the subtree, inclusive */
    uint32_t *scratch;
    struct said_sum *said;        /* of the words before each token */
};

/* Sums over words that are no punctuation. */
struct said_sum {
    float of[SAID_PARTS];
    uint32_t words;
};

void tree_reserve(struct tree *tree, struct arena *a, const struct text *t);
void tree_build(struct tree *tree, const struct text *t, uint32_t sentence);
uint32_t tree_child(
    const struct tree *tree, uint32_t head, enum relation relation);
/* The same, by relation and subtype: "nmod:poss". */
uint32_t tree_child_typed(
    const struct tree *tree, uint32_t head, const char *deprel);
/* The word that introduces `token`: its case or mark child's lower form, or
   NULL. */
const char *tree_marker(
    const struct tree *tree, uint32_t token, enum relation relation);
/* The first token that begins at the byte or after it, or the count. */
uint32_t tree_token_from(const struct tree *tree, uint32_t byte);
/* The sums over the tokens that begin in the span, within the sentence. */
struct said_sum tree_said(const struct tree *tree, struct span span);
bool token_reads(const struct token *t, const char *lower);
bool token_is_mark(const struct token *t); /* quotation mark */
bool token_is_punct(const struct token *t);

/* The colon of "MARA VEL:" with which the sentence begins on a line of its own,
   or NO_TOKEN: in a transcript another one takes the floor. */
uint32_t sentence_turn(const struct text *t, uint32_t sentence);

/* A stretch of tokens, inclusive. */
struct stretch {
    uint32_t from, to;
};

/* --- contents and sources -------------------------------------------- */

/* Each with what it takes for the content, in words for a person. */
#define OPTIONS(X)                                                            \
    X(CCOMP, "the clause below the cue")                                      \
    X(HOST, "the clause that the cue stands in")                              \
    X(XCOMP, "the infinitive or participle below the cue")                    \
    X(OBJ, "the cue's object")                                                \
    X(OBJ_XCOMP, "the cue's object and what it is to do")                     \
    X(OBJ_INNER, "what the cue's object holds")                               \
    X(OBJ_REST, "the cue's object without its head")                          \
    X(PREP, "what a preposition after the cue brings")                        \
    X(OBJ_PREP, "the cue's object and what a preposition brings")             \
    X(SUBJ, "the cue's subject")                                              \
    X(SUBJ_XCOMP, "the cue's subject and what it is to do")                   \
    X(ADVCL, "the clause beside the cue")                                     \
    X(BEFORE, "all before the cue")                                           \
    X(AFTER, "all behind the cue")                                            \
    X(QUOTE_BEFORE, "the quotation before the cue")                           \
    X(QUOTE_AFTER, "the quotation behind the cue")                            \
    X(QUOTE_BOTH, "the quotation on both sides of the cue")                   \
    X(AROUND, "the sentence round the cue")                                   \
    X(PARAGRAPH, "the rest of the paragraph")

enum option_kind {
#define X(name, words) OPTION_##name,
    OPTIONS(X)
#undef X
        OPTION_KIND_COUNT
};

enum { OPTION_PARTS_MOST = 4, OPTIONS_MOST = 40 };

/* One way to read what a cue says. */
struct option {
    enum option_kind kind;
    uint32_t base;       /* the word it hangs on: the cue, or what the cue
                            governs ("went on to say", "made it clear") */
    uint32_t head;       /* the token that decided, or NO_TOKEN */
    const char *prep;    /* its preposition or mark, or NULL */
    bool cut;            /* without what a comma sets off at its end */
    struct span parts[OPTION_PARTS_MOST]; /* in text order */
    uint32_t part_count;
};

/* A word that may be a cue, with all that it may say. */
struct candidate {
    uint32_t token;
    const struct cue *cue;   /* its row, or NULL */
    enum cue_kind kind;
    bool passive;
    struct stretch words;    /* the cue with its auxiliaries and adverbs */
    struct stretch source;   /* from > to: nobody is named */
    uint32_t source_head;    /* or NO_TOKEN */
    enum relation source_by; /* how it hangs on the cue */
    struct option options[OPTIONS_MOST];
    uint32_t option_count;
};

/* What every step looks at: one sentence within its text. */
struct view {
    const struct cues *cues;
    const struct text *t;
    const struct quotations *q;
    struct tree *tree;
};

/* Who says it: sets the source of a candidate; see source.c. */
void source_find(const struct view *v, struct candidate *c);

/* What may be said: fills the options of a candidate; see content.c. */
void content_find(const struct view *v, struct candidate *c);

/* --- the choice ------------------------------------------------------- */

enum { FEATURE_MASK = (1 << 20) - 1, FEATURES_MOST = 64 };

struct features {
    uint32_t at[FEATURES_MOST];
    uint32_t count, seed;
};

/* Hashes of what all readings of a cue share. */
struct cue_features {
    uint32_t lemma, tag, kinds, source, source_word, auxiliaries, object;
    uint32_t prep, head, next, before, particle;
    bool quoted;
};

void features_start(
    struct cue_features *f, const struct view *v, const struct candidate *c);
void features_find(
    struct features *f, const struct view *v, const struct candidate *c,
    const struct cue_features *cue, const struct option *o);

/* Which option the cue says, or OPTIONS_MOST: none, it is no cue. */
uint32_t option_choose(
    const struct view *v, const struct candidate *c, float *confidence);

#endif
