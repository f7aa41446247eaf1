/*
 * lexicon.h - the tables of lexicon/ as the finder of claims reads them.
 *
 * Every word that a table mentions is one `struct word`, found by its lemma;
 * a word holds what it can tell: entries (acts with their frames), supports
 * ("carry out"), what it does to the clause it governs ("plan to"), and
 * classes ("person").  lexicon/README.md explains the notation.
 */
#ifndef CLAIMS_LEXICON_H
#define CLAIMS_LEXICON_H

#include "claims/claims.h"

#define NO_ACT UINT32_MAX

/* The table in which an entry stands. */
enum part { PART_VERB, PART_NOUN, PART_ADJECTIVE, PART_COUNT };

/*
 * How a dependent hangs on its head.  Above SLOT_NAMED a slot is a
 * preposition, numbered in the order of the tables.
 */
enum {
    SLOT_NONE,
    SLOT_SUBJ,
    SLOT_OBJ,
    SLOT_IOBJ,
    SLOT_POSS,
    SLOT_MOD,
    SLOT_PARTICLE,
    SLOT_NEGATION,
    SLOT_NAMED,
};

#define CLASSES(X)                                                            \
    X(PERSON, "person") X(GROUP, "group") X(PLACE, "place")                   \
    X(OFFICE, "office") X(KIN, "kin") X(MEMBER, "member") X(RANK, "rank")     \
    X(QUANTITY, "quantity") X(CARRIER, "carrier") X(NEGATION, "negation")     \
    X(SELF, "self") X(PLACING, "placing") X(ABSTRACT, "abstract")             \
    X(LABEL, "label") X(SERVICE, "service") X(INSTEAD, "instead")             \
    X(HAPPENING, "happening") X(POST, "post") X(MEASURE, "measure")         \
    X(SITING, "siting")

enum class_bit {
#define X(name, word) CLASS_BIT_##name,
    CLASSES(X)
#undef X
        CLASS_COUNT
};

enum {
#define X(name, word) CLASS_##name = 1 << CLASS_BIT_##name,
    CLASSES(X)
#undef X
};

struct word;

/* "into:custody|detention": a dependent that an entry asks for. */
struct need {
    uint16_t slot;
    bool absent;      /* "no:obj": there must be none */
    bool any;         /* "for:*" */
    uint32_t classes; /* "obj:@person" */
    const struct word **words;
    uint32_t word_count;
};

/* What a fill may say besides a role. */
enum {
    FILL_AFFECTED = ROLE_COUNT, /* the target, or the actor of an act that has
                                   no target */
    FILL_NONE,                  /* no role at all */
};
/* "from=origin" */
struct fill {
    uint16_t slot;
    uint8_t role;
};

struct pattern {
    struct need *needs;
    struct fill *fills;
    uint32_t need_count, fill_count;
};

/* A row of verbs.tsv, nouns.tsv or adjectives.tsv. */
struct entry {
    struct pattern pattern;
    const struct lexicon_row *row; /* NULL: stands in no table */
    uint32_t act;   /* NO_ACT: the words tell none */
    bool inverse;   /* its negation tells the act: "not allow" */
    bool fallback;  /* counts only where a support or a role backs it */
    bool agent;     /* tells its act of a named party: "the defector Ana" */
};

/* A row of supports.tsv: a verb that lends its roles to a noun. */
struct support {
    struct pattern pattern;
    const struct lexicon_row *row;
    uint16_t noun; /* the slot in which the noun stands */
    bool tells;    /* the verb tells its own act too: "accuse of abuse" */
};

/* What a word does to what it governs; a row of governors.tsv. */
struct governor {
    struct pattern pattern;
    const struct lexicon_row *row;
    enum part part;
    bool clauses, nouns;   /* which dependents it governs */
    bool infinitives;      /* of clauses only "to leave" */
    bool object;           /* whose subject is its object */
    bool negative;
    bool swallows;
    bool has_modality;
    enum modality modality;
};

struct word {
    const char *text;
    const struct entry *entries[PART_COUNT];
    uint32_t entry_counts[PART_COUNT];
    const struct support *supports;
    const struct governor *governors;
    uint32_t support_count, governor_count;
    uint32_t classes;
    uint16_t slot; /* as a preposition, or SLOT_NONE */
    bool has_auxiliary;          /* "may", "should", "if", ... */
    enum modality auxiliary;
    const struct lexicon_row *auxiliary_row;
};

struct act {
    const char *code, *label;
    bool has_target; /* its column says whom a target is */
    bool has_actor;
    bool is_mutual; /* both sides do it: who meets, who fights */
};

struct lexicon {
    struct arena *arena;
    GHashTable *words;      /* const char * -> struct word * */
    GHashTable *forms;      /* of irregular verbs, likewise */
    GHashTable *act_rows;   /* const char * -> row + 1 */
    struct act *acts;
    uint32_t act_count;
    struct cues *cues;
    uint16_t slot_count;
    /* Frames where a row says nothing. */
    struct pattern verb_frame, noun_frame, agentive_frame, affected_frame,
        other_frame;
    uint16_t as, by, of, from, in, at, for_, with, including;
    uint32_t prevent_act, other_act, number_act, reside_act, lead_act,
        member_act, family_act, relation_act;
};

/* The word of that lemma that some table mentions, or NULL. */
const struct word *lexicon_find(const struct lexicon *lex, const char *lemma);

static inline bool word_in(const struct word *w, uint32_t classes)
{
    return w && (w->classes & classes);
}

#endif
