#include "index/best.h"

static bool
is_before(const struct best *b, uint64_t key, uint32_t at, uint32_t other)
{
    int tied;

    if (key != b->keys[other])
        return key < b->keys[other];
    tied = b->tie ? b->tie(b->x, at, b->at[other]) : 0;
    return tied ? tied < 0 : at < b->at[other];
}

static bool comes_after(const struct best *b, uint32_t x, uint32_t y)
{
    return is_before(b, b->keys[y], b->at[y], x);
}

static void swap(struct best *b, uint32_t x, uint32_t y)
{
    uint64_t key = b->keys[x];
    uint32_t at = b->at[x];

    b->keys[x] = b->keys[y];
    b->at[x] = b->at[y];
    b->keys[y] = key;
    b->at[y] = at;
}

static void sift_up(struct best *b, uint32_t i)
{
    for (; i && comes_after(b, i, (i - 1) / 2); i = (i - 1) / 2)
        swap(b, i, (i - 1) / 2);
}

static void sift_down(struct best *b, uint32_t i, uint32_t count)
{
    for (;;) {
        uint32_t largest = i;

        for (uint32_t k = 2 * i + 1; k <= 2 * i + 2 && k < count; k++)
            if (comes_after(b, k, largest))
                largest = k;
        if (largest == i)
            return;
        swap(b, i, largest);
        i = largest;
    }
}

/* Far into a list a heap costs more than keeping all. */
enum { HEAP_MOST = 4096 };

void best_add(struct best *b, uint64_t key, uint32_t at)
{
    if (b->keeps_all) {
        b->keys[b->count] = key;
        b->at[b->count++] = at;
    } else if (b->count < b->room) {
        b->keys[b->count] = key;
        b->at[b->count] = at;
        sift_up(b, b->count++);
    } else if (b->room && is_before(b, key, at, 0)) {
        b->keys[0] = key;
        b->at[0] = at;
        sift_down(b, 0, b->count);
    }
}

static void best_sort(struct best *b)
{
    for (uint32_t i = b->count; i-- > 1;) {
        swap(b, 0, i);
        sift_down(b, 0, i);
    }
}

/* Quickselect (Hoare 1961): brings the first `count` of those from `from` to
   `to` before the others. */
static void
best_part(struct best *b, uint32_t from, uint32_t to, uint32_t count)
{
    while (to - from > 1 && count > from && count < to) {
        uint32_t pivot = from + (to - from) / 2, kept = from;

        swap(b, pivot, to - 1);
        for (uint32_t i = from; i + 1 < to; i++)
            if (comes_after(b, to - 1, i))
                swap(b, i, kept++);
        swap(b, kept, to - 1);
        if (kept >= count)
            to = kept;
        else
            from = kept + 1;
    }
}

static uint32_t *
best_slice(struct best *b, uint32_t offset, uint32_t limit, uint32_t *count)
{
    struct best page = *b;

    best_part(b, 0, b->count, offset);
    best_part(b, offset, b->count, offset + limit);
    *count = MIN(limit, b->count - offset);
    page.keys = b->keys + offset;
    page.at = b->at + offset;
    page.count = *count;
    for (uint32_t i = *count / 2; i-- > 0;)
        sift_down(&page, i, *count);
    best_sort(&page);
    return page.at;
}

struct best best_new(struct arena *a, uint64_t end, uint32_t all)
{
    struct best b = {
        .room = end > HEAP_MOST ? all : (uint32_t)MIN(end, all),
        .keeps_all = end > HEAP_MOST};

    b.keys = arena_make(a, uint64_t, b.room);
    b.at = arena_make(a, uint32_t, b.room);
    return b;
}

uint32_t *
best_page(struct best *b, uint32_t offset, uint32_t limit, uint32_t *count)
{
    if (b->keeps_all && b->count > offset)
        return best_slice(b, offset, limit, count);
    best_sort(b);
    *count = b->count > offset ? MIN(limit, b->count - offset) : 0;
    return b->at + MIN(offset, b->count);
}

uint64_t best_day_key(int32_t day, bool down)
{
    if (day == DAY_NONE)
        return UINT64_MAX;
    return down ? (uint64_t)(INT32_MAX - (int64_t)day)
                : (uint64_t)((int64_t)day - INT32_MIN);
}
