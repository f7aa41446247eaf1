/*
 * scene.h - one sentence as the finder of claims sees it: its tree with
 * children threaded, each token's word of the lexicon, and the slot in which
 * it hangs on its head.  On top of that the questions of grammar: who is the
 * subject of a verb that shows none, is it passive, what fills a slot.
 */
#ifndef CLAIMS_SCENE_H
#define CLAIMS_SCENE_H

#include "claims/lexicon.h"

struct node {
    const struct word *word;      /* or NULL */
    uint32_t first, next;         /* child and sibling, in text order; only
                                     the first CHILDREN_MOST have a place */
    uint16_t slot;
    bool in_time, in_name;
    const struct time_expression *time; /* that dates it, or NULL */
    const struct number *number;  /* of which it is a part, or NULL */
    enum name_kind name_kind;     /* where in_name */
    enum { SUBJECT_UNKNOWN, SUBJECT_KNOWN } subject_state;
    uint32_t subject;             /* what scene_subject found */
    bool used;                    /* tells part of another trigger */
    bool told;                    /* is the head of a claim */
    const struct entry *noun;     /* as a noun that tells an act, or NULL */
    const struct support *support; /* what backs that noun ... */
    uint32_t supporter;           /* ... and the token it belongs to */
    bool is_silent;               /* a verb that only backs a noun */
};

struct scene {
    const struct lexicon *lex;
    struct arena *arena;
    const struct text *text;
    const struct sentence *s;
    uint32_t index; /* of the sentence in the text */
    const char *date; /* the document's day, or NULL */
    struct node *nodes;
    uint32_t count;
    uint32_t *asking; /* how deep scene_subject asks just now */
};

struct scene scene_make(
    const struct lexicon *lex, struct arena *a, const struct text *t,
    uint32_t sentence);

static inline const struct token *scene_token(const struct scene *v, uint32_t i)
{
    return &v->s->tokens[i];
}

/* The first child with that relation, or NO_TOKEN. */
uint32_t scene_child(const struct scene *v, uint32_t head, enum relation r);
/* The first child in that slot, or NO_TOKEN. */
uint32_t scene_slot(const struct scene *v, uint32_t head, uint16_t slot);
/* The first child of that form in lower case, or NO_TOKEN. */
uint32_t scene_form(const struct scene *v, uint32_t head, const char *lower);

bool scene_is_passive(const struct scene *v, uint32_t verb);
/* "who fled", "where he was held": a clause on a noun. */
bool scene_is_relative_clause(const struct scene *v, uint32_t token);
bool scene_is_relative(const struct scene *v, uint32_t token);
/* "took place", "was brief": what is said of a happening, not an act. */
bool scene_is_happening(const struct scene *v, uint32_t token);
/* "series of", "campaign": a noun about an act that is not the act. */
bool scene_is_carrier(const struct scene *v, uint32_t token);
bool scene_is_predicate(const struct scene *v, uint32_t token);
/* Is it a person, people or a body that can act? */
bool scene_is_party(const struct scene *v, uint32_t token);
bool scene_is_place(const struct scene *v, uint32_t token);
bool scene_is_proper(const struct scene *v, uint32_t token);
/* Is the word that introduces `token` ("at") of one of these classes? */
bool scene_led_by(const struct scene *v, uint32_t token, uint32_t classes);

/* The token that is the grammatical subject of a verb, also where a governing
   clause or a noun lends it; or NO_TOKEN. */
uint32_t scene_subject(const struct scene *v, uint32_t verb);
/* What a relative pronoun stands for; others stand for themselves. */
uint32_t scene_resolve(const struct scene *v, uint32_t token);
/* What fills a slot of a verb in active terms: the object of a passive is its
   grammatical subject.  NO_TOKEN if nothing does. */
uint32_t scene_argument(const struct scene *v, uint32_t verb, uint16_t slot);

/* The governor that rules over `child` from `head`, or NULL. */
const struct governor *scene_governor(
    const struct scene *v, uint32_t head, uint32_t child);

/* What a need of a verb asks for where the tree hangs it on the object: "to
   death" of "sentenced [the miner to death]"; or NO_TOKEN. */
uint32_t scene_strayed(
    const struct scene *v, uint32_t head, const struct need *need);
bool scene_fits(
    const struct scene *v, uint32_t head, const struct pattern *pattern);
/* Of the entries that fit, the one that asks most; or NULL. */
const struct entry *scene_entry(
    const struct scene *v, uint32_t head, enum part part);

#endif
