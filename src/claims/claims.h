/*
 * claims.h - who says what, and what is claimed: attributions with their
 * source chains, and claims with act, roles, time, count, polarity, modality.
 *
 * Trees in, findings out.  Finding is pure: the same text and lexicon always
 * give the same findings.  What words mean which act, who plays which role,
 * which words make a source: all that is in lexicon/, and this room only
 * applies it.  Attributions follow PARC 3.0 and PolNeAR (Newell et al. 2018),
 * acts and roles the table lexicon/acts.tsv.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "language/language.h"

/* The closed sets, each with the word that files show. */
#define MODALITIES(X)                                                         \
    X(ASSERTED, "asserted") X(DENIED, "denied") X(POSSIBLE, "possible")       \
    X(PLANNED, "planned") X(ORDERED, "ordered") X(DEMANDED, "demanded")       \
    X(THREATENED, "threatened") X(CONDITIONAL, "conditional")

enum modality {
#define X(name, word) MODALITY_##name,
    MODALITIES(X)
#undef X
        MODALITY_COUNT
};

/* The roles a phrase can play in a claim. */
#define ROLES(X)                                                              \
    X(ACTOR, "actor") X(TARGET, "target") X(PLACE, "place")                   \
    X(ORIGIN, "origin") X(DESTINATION, "destination")

enum role {
#define X(name, word) ROLE_##name,
    ROLES(X)
#undef X
        ROLE_COUNT
};

const char *modality_word(enum modality m);
const char *role_word(enum role r);
bool modality_find(const char *word, enum modality *out);

/* A row of a table of lexicon/, for telling why. */
struct lexicon_row {
    const char *table; /* the file's name */
    uint32_t line;     /* counted from 1 */
    const char *words; /* the row's first cell */
};

/* A noun phrase that names a participant, a source or a place. */
struct phrase {
    struct spans spans;    /* none: the text does not say */
    uint32_t sentence;     /* where its head stands; NO_TOKEN if no spans */
    uint32_t head;         /* token index in that sentence */
    const char *name;      /* the entity's fullest name in the document, set by
                              identity; NULL until known */
    uint32_t entity;       /* the document's entity, set by identity; else
                              NO_ENTITY */
};
#define NO_ENTITY UINT32_MAX

struct attribution {
    struct phrase source;  /* no spans: "allegedly", "it is said" */
    struct spans cue, content;
    uint32_t parent;       /* the attribution whose content holds this one, in
                              the same list; or NO_ATTRIBUTION */
    uint32_t sentence;     /* where the cue stands */
    const struct lexicon_row *row; /* the cue's, or NULL: no table knows it */
    const char *reading;   /* what was taken for the content, as words for a
                              person: "the clause below the cue" */
    float confidence;
};
#define NO_ATTRIBUTION UINT32_MAX

struct count {
    struct spans spans;    /* none: no figure */
    bool has_value;
    double value;
    const char *unit, *compare; /* as in struct number */
    struct spans of;       /* whom it counts, or none */
};

struct claim_time {
    struct spans spans;    /* none: no time */
    const char *first, *last; /* ISO days or NULL */
};

/* How the claim's words characterise an entity in it. */
struct label {
    struct spans spans;    /* "the terrorist group" */
    const char *words;     /* "terrorist group": what is said of it */
    struct phrase of;      /* the entity so called */
};

/* What made a claim what it is, beside its tree. */
#define REASONS(X)                                                            \
    X(ACT)      /* the trigger's row; none where the tree alone tells it */   \
    X(SUPPORT)  /* a verb that lends a noun its roles */                      \
    X(GOVERNOR) /* a word that changes what it governs: "plan to" */          \
    X(WORD)     /* an auxiliary, adverb or conjunction: "may", "if" */        \
    X(NEGATION)

enum reason_kind {
#define X(name) REASON_##name,
    REASONS(X)
#undef X
};

struct reason {
    enum reason_kind kind;
    uint32_t token;                /* in the claim's sentence */
    const struct lexicon_row *row; /* or NULL */
};

/* In the order in which they were found; more than fit are not kept. */
enum { REASONS_MOST = 8 };
struct reasons {
    struct reason at[REASONS_MOST];
    uint32_t count;
};

struct claim {
    uint32_t act;          /* row of the lexicon's acts */
    struct spans trigger;
    uint32_t sentence, head; /* the trigger's head token */
    struct phrase roles[ROLE_COUNT];
    struct claim_time time;
    struct count count;
    bool negative;         /* polarity */
    enum modality modality;
    uint32_t attribution;  /* the innermost that holds the claim: its chain of
                              parents is the source chain; NO_ATTRIBUTION where
                              the document itself speaks */
    struct label *labels;
    uint32_t label_count;
    struct reasons reasons;
    float plainness;       /* 0..1: how plainly such words tell the act */
    float weakest_arc;     /* 0..1: the least sure arc to a participant */
    float confidence;      /* 0..1 */
};

struct findings {
    struct attribution *attributions;
    struct claim *claims;  /* in the order of their triggers */
    uint32_t attribution_count, claim_count;
};

/* The tables of lexicon/ that tell acts, roles, cues and labels. */
struct lexicon;

/* `dir` and `models` are folders.  Fails with ATTEST_ERROR_DATA that names file
   and line, or GLib's file errors. */
MUST_CHECK struct lexicon *lexicon_load(
    const char *dir, const char *models, GError **error);
void lexicon_free(struct lexicon *lex);
uint32_t lexicon_act_count(const struct lexicon *lex);
const char *lexicon_act_code(const struct lexicon *lex, uint32_t act);
const char *lexicon_act_label(const struct lexicon *lex, uint32_t act);
/* Is the phrase headed by a title, rank, kinship or office word?  For
   identity: "the minister", "his daughter". */
bool lexicon_is_title(const struct lexicon *lex, const char *lemma);

/*
 * Every span of a finding lies inside the text read; a claim's trigger is
 * never empty; every attribution has a cue or a content.  `date` is the
 * document's day or NULL.
 */
struct findings *claims_find(
    const struct lexicon *lex, struct arena *a, const struct text *t,
    const char *date);

#endif
