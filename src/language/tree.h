/*
 * tree.h - the best tree over scored arcs.
 */
#ifndef TREE_H
#define TREE_H

#include <stdint.h>

/* Buffers for sentences of up to `most` tokens. */
struct tree_maker;
struct tree_maker *tree_maker_new(uint32_t most);
void tree_maker_free(struct tree_maker *m); /* accepts NULL */

/*
 * The maximum spanning tree with exactly one root (Chu and Liu 1965, Edmonds
 * 1967, in the quadratic form of Tarjan 1977).  arcs[d * (count + 1) + s] is
 * the score of token d's hanging on s: 0 the root, else token s - 1; scores
 * are finite.  Sets heads[d] likewise.  `arcs` is spent.
 */
void tree_make(
    struct tree_maker *m, float *arcs, uint32_t count, uint32_t *heads);

#endif
