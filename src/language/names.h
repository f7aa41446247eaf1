/*
 * names.h - the chain over the name tags that the network leaves.
 */
#ifndef NAMES_H
#define NAMES_H

#include "language/model.h"

/*
 * The best tags (Viterbi) become the sentence's names, in `a`.
 * moves[before * NAME_TAGS + tag], scores[token * NAME_TAGS + tag].
 */
void names_decode(
    const float *moves, const float *scores, struct arena *a,
    struct sentence *s);

/*
 * Gives the mentions of a name in one document the kind that most of them
 * have.  A document ends where CoNLL-U comments begin a new one.
 */
void names_settle(struct text *t);

#endif
