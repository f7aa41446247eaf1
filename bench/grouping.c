/* How long grouping copies takes as documents grow in number: bench/grouping */
#include "events/events.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { HASHES = 128, LEAST = 12500, MOST = 100000 };

static int compare(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

/* One in five a copy of the one before, one in three with a common foot. */
static void
make_sketch(struct arena *a, GRand *random, struct sketch *all, uint32_t i)
{
    struct sketch *s = &all[i];

    *s = (struct sketch){arena_make(a, uint32_t, HASHES), HASHES, 1U << 30};
    for (uint32_t k = 0; k < HASHES; k++)
        s->hashes[k] = g_rand_int(random) >> 2;
    if (i % 5 == 4)
        memcpy(s->hashes, all[i - 1].hashes, HASHES / 3 * 2 * sizeof(uint32_t));
    for (uint32_t k = 0; i % 3 == 0 && k < HASHES / 10; k++)
        s->hashes[k] = k;
    qsort(s->hashes, HASHES, sizeof(uint32_t), compare);
}

static void measure(uint32_t count)
{
    struct arena *a = arena_new();
    struct sketch *all = arena_make(a, struct sketch, count);
    uint32_t *copy_of = arena_make(a, uint32_t, count), copies = 0;
    GRand *random = g_rand_new_with_seed(1);
    clock_t start;

    for (uint32_t i = 0; i < count; i++)
        make_sketch(a, random, all, i);
    start = clock();
    sketch_group(all, count, copy_of);
    for (uint32_t i = 0; i < count; i++)
        copies += copy_of[i] != i;
    printf(
        "%6u documents: %.2f s, %u copies\n", count,
        (double)(clock() - start) / CLOCKS_PER_SEC, copies);
    g_rand_free(random);
    arena_free(a);
}

int main(void)
{
    for (uint32_t count = LEAST; count <= MOST; count *= 2)
        measure(count);
    return 0;
}
