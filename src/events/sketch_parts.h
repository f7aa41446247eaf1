/* sketch_parts.h - what two sketches tell of their documents' wording. */
#ifndef SKETCH_PARTS_H
#define SKETCH_PARTS_H

#include "events/events.h"

struct overlap {
    uint32_t limit;      /* hashes below were compared: both have them all */
    uint32_t of_a, of_b; /* how many each has */
    uint32_t shared;     /* and how many both */
    double likeness;     /* estimated Jaccard index */
    double containment;  /* estimated share of the smaller in the larger */
};

struct overlap sketch_compare(const struct sketch *a, const struct sketch *b);

#endif
