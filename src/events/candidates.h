/*
 * candidates.h - which pairs of claims are worth weighing: those that share
 * something rare, so that no claim is held against all others.
 */
#ifndef CANDIDATES_H
#define CANDIDATES_H

#include "events/facts.h"

struct pair {
    uint32_t a, b; /* a < b */
    float sum;     /* of its features' weights */
};

/* Those within documents, or those across, that weigh `least` or more, each
   once, in the order of a and b; g_free. */
struct pair *
pairs_within(const struct facts_set *s, float least, size_t *count);
struct pair *
pairs_across(const struct facts_set *s, float least, size_t *count);

#endif
