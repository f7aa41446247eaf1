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
 * Chosen on pairs of news stories with their exact shingles (bench/copies.py):
 * half of the smaller text in the larger, or three tenths of both in common;
 * a little less than half, because sketches only estimate it.  Fewer shared
 * hashes than these are chance, more so where nothing is left out.
 */
static const double LIKENESS_LEAST = 0.3, CONTAINMENT_LEAST = 0.45;
enum { SHARED_LEAST = 6, SAMPLED_LEAST = 3, NEIGHBOURS = 6 };

/* A hash and the place of its document in the order of content. */
struct posting {
    uint32_t hash, rank;
};

static int compare_hashes(const struct sketch *a, const struct sketch *b)
{
    for (uint32_t i = 0; i < a->count && i < b->count; i++)
        if (a->hashes[i] != b->hashes[i])
            return a->hashes[i] < b->hashes[i] ? -1 : 1;
    return a->count < b->count ? -1 : a->count > b->count;
}

static int compare_sketches(const void *x, const void *y, void *self)
{
    const struct sketch *all = self;
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    int order = compare_hashes(&all[a], &all[b]);

    return order ? order : a < b ? -1 : a > b;
}

static int compare_postings(const void *x, const void *y)
{
    const struct posting *a = x, *b = y;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* Texts of fewer shingles than SHARED_LEAST must have all in common. */
static bool is_copy(const struct sketch *a, const struct sketch *b)
{
    struct overlap o = sketch_compare(a, b);
    uint32_t smaller = MIN(o.of_a, o.of_b);
    bool is_whole = o.limit == UINT32_MAX;

    if (is_whole && smaller < SHARED_LEAST)
        return o.shared == MAX(o.of_a, o.of_b);
    if (o.shared < (is_whole ? SHARED_LEAST : SAMPLED_LEAST))
        return false;
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

        if (!s->count)
            continue;
        if (i && !compare_hashes(s, &all[order[i - 1]])) {
            set_join(copy_of, order[i - 1], order[i]);
            continue;
        }
        for (uint32_t k = 0; k < s->count; k++)
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

static size_t sum_counts(const struct sketch *all, uint32_t count)
{
    size_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += all[i].count;
    return sum;
}

void sketch_group(const struct sketch *all, uint32_t count, uint32_t *copy_of)
{
    g_autofree uint32_t *order = g_new(uint32_t, count);
    g_autofree struct posting *postings =
        g_new(struct posting, sum_counts(all, count) + 1);
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
