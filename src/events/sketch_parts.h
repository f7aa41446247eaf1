/* sketch_parts.h - what two sketches tell of their documents' wording. */
#ifndef SKETCH_PARTS_H
#define SKETCH_PARTS_H

#include "events/events.h"

struct overlap {
    uint32_t shared;    /* hashes found in both, of those compared */
    double likeness;    /* estimated Jaccard index */
    double containment; /* estimated share of the smaller in the larger */
};

uint32_t sketch_count(const struct sketch *s);
struct overlap sketch_compare(const struct sketch *a, const struct sketch *b);

#endif
