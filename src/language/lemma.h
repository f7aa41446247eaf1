/*
 * lemma.h - lemmas: known ones by word and tag, others by an edit of the
 * word (train/lemmas.py).
 */
#ifndef LEMMA_H
#define LEMMA_H

#include "language/model.h"

/* The lemma of a tagged token; `edit` is what the network would do. */
const char *lemma_find(
    const struct model *m, struct arena *a, const struct token *t,
    uint32_t edit);

#endif
