/* What the documents of two have in common, beside the two. */
#include "identity/crowd.h"

#include <stdlib.h>

/* Of someone in more documents, the first ones are looked at. */
enum { DOCUMENTS_MOST = 8, NAMES_MOST = 512, TOLD_LEAST = 3 };

struct names {
    uint32_t at[NAMES_MOST], count;
};

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

static void settle(struct names *n, bool was_sorted)
{
    uint32_t kept = 0;

    if (!was_sorted)
        qsort(n->at, n->count, sizeof *n->at, by_number);
    for (uint32_t i = 0; i < n->count; i++)
        if (!i || n->at[i] != n->at[kept - 1])
            n->at[kept++] = n->at[i];
    n->count = kept;
}

static void add_group(struct names *n, const struct index *x, uint32_t group)
{
    for (uint32_t i = x->from[group]; i < x->from[group + 1]; i++)
        if (n->count < NAMES_MOST)
            n->at[n->count++] = x->at[i];
}

static uint32_t document_of(const struct crowd *c, struct bearers x, uint32_t i)
{
    return c->s->at[x.at[i]].document;
}

/* Does one document tell of both? */
static bool
are_together(const struct crowd *c, struct bearers x, struct bearers y)
{
    uint32_t i = 0, k = 0;

    while (i < x.count && k < y.count) {
        uint32_t p = document_of(c, x, i), q = document_of(c, y, k);

        if (p == q)
            return true;
        i += p < q;
        k += q < p;
    }
    return false;
}

static void gather(
    const struct crowd *c, struct bearers x, struct names *all,
    struct names *tied)
{
    uint32_t count = MIN(x.count, DOCUMENTS_MOST);

    all->count = tied->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        add_group(all, &c->contexts, document_of(c, x, i));
        add_group(tied, &c->ties, x.at[i]);
    }
    settle(all, count == 1);
    settle(tied, count == 1);
}

static void add_ground(const struct crowd *c, uint32_t name, struct ground *g)
{
    uint32_t at = g->named;

    g->sum += (double)MIN(c->telling[name], 4.0F);
    while (at && c->telling[g->names[at - 1]] < c->telling[name])
        at--;
    if (at == GROUND_NAMED)
        return;
    g->named = MIN(g->named + 1, GROUND_NAMED);
    for (uint32_t i = g->named - 1; i > at; i--)
        g->names[i] = g->names[i - 1];
    g->names[at] = name;
}

static bool take_shared(
    const struct names *x, const struct names *y, uint32_t *i, uint32_t *k,
    uint32_t *out)
{
    while (*i < x->count && *k < y->count) {
        uint32_t p = x->at[*i], q = y->at[*k];

        *i += p <= q;
        *k += q <= p;
        if (p == q) {
            *out = p;
            return true;
        }
    }
    return false;
}

/* Are both told of with names enough that something shared might be hoped
   for? */
static bool is_told(const struct names *x, const struct names *y)
{
    return x->count > TOLD_LEAST && y->count > TOLD_LEAST;
}

struct ground
ground_find(const struct crowd *c, struct bearers x, struct bearers y)
{
    struct ground g = {.is_together = are_together(c, x, y)};
    struct names all[2], tied[2];
    uint32_t i = 0, k = 0, name;

    if (g.is_together)
        return g;
    gather(c, x, &all[0], &tied[0]);
    gather(c, y, &all[1], &tied[1]);
    g.is_told = is_told(&all[0], &all[1]);
    while (take_shared(&all[0], &all[1], &i, &k, &name))
        if (name != x.spelling && name != y.spelling)
            add_ground(c, name, &g);
    i = k = 0;
    while (take_shared(&tied[0], &tied[1], &i, &k, &name))
        if (name != x.spelling && name != y.spelling)
            g.tied += (double)MIN(c->telling[name], 4.0F);
    return g;
}
