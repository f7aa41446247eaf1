/*
 * best.h - the first of many, without sorting the rest.
 *
 * What comes first has the smallest key; of equal keys `tie` tells, else the
 * smaller number.  The first offset + limit of all are kept in a heap whose
 * top is the last of them, so that a page costs one pass.
 */
#ifndef INDEX_BEST_H
#define INDEX_BEST_H

#include "index/index.h"

struct best {
    uint64_t *keys;
    uint32_t *at;
    uint32_t count, room;
    bool keeps_all; /* for a page far down: parted at the end */
    /* Below 0 where `one` comes before; NULL: none does. */
    int (*tie)(const struct index *x, uint32_t one, uint32_t other);
    const struct index *x;
};

/* For a page that ends at `end`, of `all`. */
struct best best_new(struct arena *a, uint64_t end, uint32_t all);
void best_add(struct best *b, uint64_t key, uint32_t at);
/* The page, in the heap's own memory. */
uint32_t *
best_page(struct best *b, uint32_t offset, uint32_t limit, uint32_t *count);
/* A day as a key; none comes last, whichever way. */
uint64_t best_day_key(int32_t day, bool down);

#endif
