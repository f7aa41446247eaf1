/*
 * finder.h - the steps of claims_find, sentence by sentence: which words
 * tell an act (triggers.c, states.c), who plays which role (roles.c), when
 * (when.c), where and how many (circumstances.c), how it is called (labels.c), and
 * whose word it is (spoken.c).
 */
#ifndef CLAIMS_FINDER_H
#define CLAIMS_FINDER_H

#include "claims/phrases.h"
#include "claims/scene.h"

struct finder {
    const struct lexicon *lex;
    struct arena *arena;
    const struct text *text;
    struct findings *findings;
    GArray *claims; /* of struct claim */
};

/* How plainly words tell an act: how often such claims were right on the texts
   of tests/data/texts and five reports (bench/calibration.py), over what the
   tree's doubt takes off again. */
#define EVIDENCE_OTHER 0.45f  /* a verb that no table knows */
#define EVIDENCE_VERB 0.75f
#define EVIDENCE_NOUN 0.5f
#define EVIDENCE_BACKED 0.68f /* a noun that a verb or its row's needs back */
#define EVIDENCE_ADJECTIVE 0.7f
#define EVIDENCE_TIE 0.82f    /* office, kinship, home */
#define EVIDENCE_FIGURE 0.6f

/* A claim in the making. */
struct draft {
    struct claim claim;
    const struct entry *entry; /* or NULL: a state read from the tree */
    float evidence;
};

/* A claim told by `head`, with no role yet. */
struct draft draft_start(
    const struct scene *v, uint32_t head, uint32_t act, float evidence);
/* Fills what all claims have, and adds it unless something swallows it. */
void draft_finish(struct finder *f, const struct scene *v, struct draft *d);

/* Sets a role unless it is filled or `token` is NO_TOKEN. */
void role_set(
    const struct scene *v, struct claim *c, enum role role, uint32_t token);
void roles_of_verb(const struct scene *v, struct draft *d);
void roles_of_noun(const struct scene *v, struct draft *d);

/* Which nouns tell acts, which verbs only lend them their roles. */
void triggers_mark(const struct finder *f, struct scene *v);
void triggers_find(struct finder *f, struct scene *v);
void states_find(struct finder *f, struct scene *v);

/* Which word each time expression dates; after triggers_mark. */
void when_mark(struct scene *v);
void when_find(const struct scene *v, struct claim *c);
/* What lends an act its time and place: the verb that it is joined to, the
   noun or verb that carries it; or NO_TOKEN.  Asked so often at most. */
enum { WHEN_STEPS = 6 };
uint32_t when_lender(const struct scene *v, uint32_t token);
void circumstances_find(const struct scene *v, struct claim *c);
/* Sets the attribution of every claim. */
void claims_attribute(struct finder *f);
void labels_find(const struct scene *v, struct claim *c);

#endif
