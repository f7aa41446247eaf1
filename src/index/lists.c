/* Lists of claims and events, a page of them at a time. */
#include "index/best.h"
#include "index/inside.h"

#include <stdlib.h>
#include <string.h>

/* --- claims --------------------------------------------------------------- */

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
        return best_day_key(c->first, false);
    case ORDER_TIME_DOWN:
        return best_day_key(c->first, true);
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
    struct best b = best_new(a, (uint64_t)offset + limit, x->claims_count);

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        if (filter_misses(f, i))
            continue;
        (*total)++;
        best_add(&b, claim_key(x, i, order), i);
    }
    return best_page(&b, offset, limit, count);
}

uint32_t *index_list_following(
    const struct filter *f, struct arena *a, enum claim_order order,
    uint32_t after, uint32_t limit, uint32_t *count, uint32_t *total)
{
    const struct index *x = filter_index(f);
    uint64_t least = after == NOWHERE ? 0 : claim_key(x, after, order);
    struct best b = best_new(a, limit, x->claims_count);

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint64_t key;

        if (filter_misses(f, i))
            continue;
        key = claim_key(x, i, order);
        if (after != NOWHERE && (key < least || (key == least && i <= after)))
            continue;
        (*total)++;
        best_add(&b, key, i);
    }
    return best_page(&b, 0, limit, count);
}

/* --- events --------------------------------------------------------------- */

static uint64_t
event_key(const struct index *x, uint32_t at, enum event_order order)
{
    const struct index_event *e = &x->events[at];

    switch (order) {
    case EVENTS_SUPPORT:
        return (uint64_t)(UINT32_MAX - e->support) << 32 |
               (UINT32_MAX - e->documents);
    case EVENTS_TIME:
        return best_day_key(x->claims[e->head].first, false);
    case EVENTS_TIME_DOWN:
        return best_day_key(x->claims[e->head].first, true);
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
    struct best b = best_new(a, (uint64_t)offset + limit, x->events_count);

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t event = index_event_of(&x->claims[i]);

        if (event == NOWHERE || seen[event] || !x->events[event].claims ||
            filter_misses(f, i))
            continue;
        seen[event] = 1;
        (*total)++;
        best_add(&b, event_key(x, event, order), event);
    }
    return best_page(&b, offset, limit, count);
}

uint32_t *index_sum_events(
    const struct index *x, struct arena *a, const uint32_t *claims,
    uint32_t claim_count, uint32_t counts[SUPPORT_COUNT], uint32_t most,
    uint32_t *count)
{
    g_autofree uint8_t *seen = g_new0(uint8_t, (gsize)x->events_count + 1);
    struct best b = best_new(a, most, x->events_count);

    memset(counts, 0, SUPPORT_COUNT * sizeof *counts);
    for (uint32_t i = 0; i < claim_count; i++) {
        const struct index_claim *c = &x->claims[claims[i]];
        unsigned kinds = index_support(x, c);

        if (!kinds || seen[c->event])
            continue;
        seen[c->event] = 1;
        for (int k = 0; k < SUPPORT_COUNT; k++)
            counts[k] += kinds >> k & 1;
        if (kinds & 1U << SUPPORT_CONTESTED)
            best_add(&b, event_key(x, c->event, EVENTS_SUPPORT), c->event);
    }
    return best_page(&b, 0, most, count);
}
