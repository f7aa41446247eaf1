/* Lists of claims and events, a page of them at a time. */
#include "index/inside.h"

#include <stdlib.h>
#include <string.h>

/*
 * What comes first has the smallest key; of equal keys the smaller number.
 * The first offset + limit of all are kept in a heap whose top is the last of
 * them, so that a page costs one pass.
 */
struct best {
    uint64_t *keys;
    uint32_t *at;
    uint32_t count, room;
};

static bool comes_after(const struct best *b, uint32_t x, uint32_t y)
{
    return b->keys[x] != b->keys[y] ? b->keys[x] > b->keys[y]
                                    : b->at[x] > b->at[y];
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

static void best_add(struct best *b, uint64_t key, uint32_t at)
{
    if (b->count < b->room) {
        b->keys[b->count] = key;
        b->at[b->count] = at;
        sift_up(b, b->count++);
    } else if (
        b->room &&
        (key < b->keys[0] || (key == b->keys[0] && at < b->at[0]))) {
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

static struct best best_new(struct arena *a, uint64_t room)
{
    struct best b = {.room = (uint32_t)MIN(room, UINT32_MAX / 2)};

    b.keys = arena_make(a, uint64_t, b.room);
    b.at = arena_make(a, uint32_t, b.room);
    return b;
}

/* The page; frees nothing. */
static uint32_t *best_page(
    struct best *b, uint32_t offset, uint32_t limit, uint32_t *count)
{
    best_sort(b);
    *count = b->count > offset ? MIN(limit, b->count - offset) : 0;
    return b->at + MIN(offset, b->count);
}

/* --- claims ------------------------------------------------------------------ */

/* A day as a key; none comes last, whichever way. */
static uint64_t day_key(int32_t day, bool down)
{
    if (day == DAY_NONE)
        return UINT64_MAX;
    return down ? (uint64_t)(INT32_MAX - (int64_t)day)
                : (uint64_t)((int64_t)day - INT32_MIN);
}

static uint64_t party_key(const struct index *x, uint32_t sighting)
{
    uint32_t party = index_party_of(x, sighting);

    return party == NOWHERE ? UINT64_MAX : party;
}

static uint64_t
claim_key(const struct index *x, uint32_t at, enum claim_order order)
{
    const struct index_claim *c = &x->claims[at];

    switch (order) {
    case ORDER_TIME:
        return day_key(c->first, false);
    case ORDER_TIME_DOWN:
        return day_key(c->first, true);
    case ORDER_CONFIDENCE:
        return c->confidence;
    case ORDER_CONFIDENCE_DOWN:
        return UINT16_MAX - c->confidence;
    case ORDER_SUPPORT:
        return c->event == NOWHERE ? UINT64_MAX
                                   : UINT32_MAX - x->events[c->event].support;
    case ORDER_ACT:
        return c->act;
    case ORDER_PARTY:
        return MIN(
            party_key(x, c->roles[ROLE_TARGET]),
            party_key(x, c->roles[ROLE_ACTOR]));
    case ORDER_DOCUMENT:
        break;
    }
    return 0;
}

uint32_t *index_list_claims(
    const struct filter *f, struct arena *a, enum claim_order order,
    uint32_t offset, uint32_t limit, uint32_t *count, uint32_t *total)
{
    const struct index *x = filter_index(f);
    struct best b =
        best_new(a, MIN((uint64_t)offset + limit, x->claims_count));

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        if (filter_misses(f, i))
            continue;
        (*total)++;
        best_add(&b, claim_key(x, i, order), i);
    }
    return best_page(&b, offset, limit, count);
}

uint32_t index_next_claim(
    const struct filter *f, enum claim_order order, uint32_t after,
    uint32_t *remaining)
{
    const struct index *x = filter_index(f);
    uint64_t least = after == NOWHERE ? 0 : claim_key(x, after, order);
    uint64_t best = 0;
    uint32_t found = NOWHERE;

    *remaining = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint64_t key;

        if (filter_misses(f, i))
            continue;
        key = claim_key(x, i, order);
        if (after != NOWHERE && (key < least || (key == least && i <= after)))
            continue;
        (*remaining)++;
        if (found != NOWHERE && key >= best)
            continue;
        found = i;
        best = key;
    }
    return found;
}

/* --- events ------------------------------------------------------------------ */

static uint64_t
event_key(const struct index *x, uint32_t at, enum event_order order)
{
    const struct index_event *e = &x->events[at];

    switch (order) {
    case EVENTS_SUPPORT:
        return (uint64_t)(UINT32_MAX - e->support) << 32 |
               (UINT32_MAX - e->documents);
    case EVENTS_TIME:
        return day_key(x->claims[e->head].first, false);
    case EVENTS_TIME_DOWN:
        return day_key(x->claims[e->head].first, true);
    case EVENTS_CLAIMS:
        return UINT32_MAX - e->claims;
    }
    return 0;
}

uint32_t *index_list_events(
    const struct filter *f, struct arena *a, enum event_order order,
    uint32_t offset, uint32_t limit, uint32_t *count, uint32_t *total)
{
    const struct index *x = filter_index(f);
    uint8_t *seen = arena_make(a, uint8_t, x->events_count + 1);
    struct best b =
        best_new(a, MIN((uint64_t)offset + limit, x->events_count));

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t event = x->claims[i].event;

        if (event == NOWHERE || seen[event] || !x->events[event].claims ||
            filter_misses(f, i))
            continue;
        seen[event] = 1;
        (*total)++;
        best_add(&b, event_key(x, event, order), event);
    }
    return best_page(&b, offset, limit, count);
}
