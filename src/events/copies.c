/*
 * Copies over a whole case.  Documents that share a hash are candidates; in
 * the list of a hash, ordered by content, each is compared with its nearest
 * neighbours only, so that a thousand reprints of one story cost no more than
 * a thousand different ones.  What is found does not depend on the order of
 * the documents, as all choices are made by content.
 */
#include "events/sketch_parts.h"
#include "events/union.h"

#include <string.h>

/*
 * Measured on pairs of news stories with their exact shingles (bench of the
 * room's test): half of the smaller text in the larger, or three tenths of
 * both in common.  Fewer shared hashes than SHARED_LEAST are chance.
 */
static const double LIKENESS_LEAST = 0.3, CONTAINMENT_LEAST = 0.5;
enum { SHARED_LEAST = 8, NEIGHBOURS = 4 };

/* A hash and the place of its document in the order of content. */
struct posting {
    uint64_t hash;
    uint32_t rank;
};

static int compare_sketches(const void *x, const void *y, void *self)
{
    const struct sketch *all = self;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    for (uint32_t i = 0; i < SKETCH_SIZE; i++)
        if (all[a].hashes[i] != all[b].hashes[i])
            return all[a].hashes[i] < all[b].hashes[i] ? -1 : 1;
    return a < b ? -1 : a > b;
}

static int compare_postings(const void *x, const void *y)
{
    const struct posting *a = x, *b = y;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* Short texts hold fewer hashes than SHARED_LEAST: all must then agree. */
static bool is_copy(const struct sketch *a, const struct sketch *b)
{
    struct overlap o = sketch_compare(a, b);
    uint32_t least = MIN(sketch_count(a), sketch_count(b));

    if (o.shared < MIN(SHARED_LEAST, least))
        return false;
    if (least < SHARED_LEAST)
        return o.likeness > 0.999;
    return o.likeness >= LIKENESS_LEAST || o.containment >= CONTAINMENT_LEAST;
}

/* Joins equal documents; of each kind one posting a hash is left. */
static size_t list_hashes(
    const struct sketch *all, const uint32_t *order, uint32_t count,
    uint32_t *copy_of, struct posting *out)
{
    size_t made = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct sketch *s = &all[order[i]];

        if (s->hashes[0] == UINT64_MAX)
            continue;
        if (i && !memcmp(s, &all[order[i - 1]], sizeof(*s))) {
            set_join(copy_of, order[i - 1], order[i]);
            continue;
        }
        for (uint32_t k = 0; k < SKETCH_SIZE; k++)
            if (s->hashes[k] != UINT64_MAX)
                out[made++] = (struct posting){s->hashes[k], i};
    }
    return made;
}

static void join_neighbours(
    const struct sketch *all, const uint32_t *order,
    const struct posting *postings, size_t at, uint32_t *copy_of)
{
    uint32_t document = order[postings[at].rank];

    for (size_t k = 1; k <= NEIGHBOURS && k <= at; k++) {
        uint32_t other = order[postings[at - k].rank];

        if (postings[at - k].hash != postings[at].hash)
            return;
        if (set_find(copy_of, document) != set_find(copy_of, other) &&
            is_copy(&all[document], &all[other]))
            set_join(copy_of, document, other);
    }
}

void sketch_group(const struct sketch *all, uint32_t count, uint32_t *copy_of)
{
    g_autofree uint32_t *order = g_new(uint32_t, count);
    g_autofree struct posting *postings =
        g_new(struct posting, (size_t)count * SKETCH_SIZE);
    size_t posting_count;

    for (uint32_t i = 0; i < count; i++)
        order[i] = copy_of[i] = i;
    if (!count)
        return;
    g_qsort_with_data(
        order, (int)count, sizeof(*order), compare_sketches, (void *)all);
    posting_count = list_hashes(all, order, count, copy_of, postings);
    qsort(postings, posting_count, sizeof(*postings), compare_postings);
    for (size_t i = 0; i < posting_count; i++)
        join_neighbours(all, order, postings, i, copy_of);
    for (uint32_t i = 0; i < count; i++)
        copy_of[i] = set_find(copy_of, i);
}
