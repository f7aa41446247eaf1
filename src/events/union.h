/* union.h - disjoint sets of numbers; the smallest stands for its set. */
#ifndef UNION_H
#define UNION_H

#include <stdint.h>

static inline uint32_t set_find(uint32_t *parents, uint32_t at)
{
    while (parents[at] != at)
        at = parents[at] = parents[parents[at]];
    return at;
}

static inline void set_join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = set_find(parents, a);
    b = set_find(parents, b);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

#endif
