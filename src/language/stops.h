/*
 * stops.h - commas, full stops and dashes in a tree.
 */
#ifndef STOPS_H
#define STOPS_H

#include "language/language.h"

/*
 * Where the UD guidelines would hang each mark, were the rest of the tree
 * right (universaldependencies.org/u/dep/punct.html): as high as it can be
 * without crossing an arc, on the head of the clause that it sets off.
 * `heads` and `better` have an entry a token: 0 the root, else token + 1; in
 * `better` 0 means that there is nothing to say.  A word's own head is only
 * looked at where it is no mark (UPOS_PUNCT).
 */
void stops_find(
    const struct sentence *s, const uint32_t *heads, uint32_t *better);

#endif
