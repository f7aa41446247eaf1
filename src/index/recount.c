/* One event unfolded and counted anew, from its claims as the case has them. */
#include "index/inside.h"

#include <stdlib.h>

static int64_t copies_of(void *self, int64_t document)
{
    const struct index *x = self;
    uint32_t at = index_find_document(x, (uint64_t)document);
    uint32_t first = at == NOWHERE ? NOWHERE : x->documents[at].copy_of;

    return first == NOWHERE ? document : x->documents[first].id;
}

static const char *credit_of(void *self, int64_t document)
{
    const struct index *x = self;
    uint32_t at = index_find_document(x, (uint64_t)document);

    return at == NOWHERE || !x->documents[at].agency
               ? NULL
               : index_string(x, x->documents[at].agency);
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

enum { CLAIMS_MOST = 2000 };

/* The claims of an event, in the order of the case. */
static uint32_t *list_members(
    const struct index *x, struct arena *a, uint32_t event, uint32_t *count)
{
    uint32_t *claims = arena_make(a, uint32_t, CLAIMS_MOST);
    uint32_t first = x->events[event].first, at = first;

    *count = 0;
    do {
        claims[(*count)++] = at;
        at = x->next_of_event[at];
    } while (at != first && *count < CLAIMS_MOST);
    qsort(claims, *count, sizeof *claims, by_number);
    return claims;
}

bool index_digest_event(
    struct index *x, struct kase *k, struct arena *a, uint32_t event,
    struct digest *out, GError **error)
{
    struct surroundings around = {x, copies_of, credit_of};
    int64_t *ids = arena_make(a, int64_t, CLAIMS_MOST);
    double *sure = arena_make(a, double, CLAIMS_MOST);
    uint32_t count, *claims = list_members(x, a, event, &count);

    for (uint32_t i = 0; i < count; i++) {
        ids[i] = x->claims[claims[i]].id;
        sure[i] = (double)x->claims[claims[i]].sure;
    }
    return digest_event(
        k, x->inside->tables, a, ids, sure, count, &around, out, error);
}

/* Any claim of the event, or NOWHERE. */
static uint32_t find_member(const struct index *x, uint32_t event)
{
    uint32_t at = x->events[event].first;

    if (at < x->claims_count && x->claims[at].event == event)
        return at;
    for (at = 0; at < x->claims_count; at++)
        if (x->claims[at].event == event)
            return at;
    return NOWHERE;
}

/* The first claim, by which it is called; what is rejected names nothing. */
static uint32_t find_first(const struct index *x, uint32_t event)
{
    uint32_t from = find_member(x, event), at = from, first = NOWHERE;

    if (from == NOWHERE)
        return NOWHERE;
    do {
        if (x->claims[at].verdict != VERDICT_REJECTED)
            first = MIN(first, at);
        at = x->next_of_event[at];
    } while (at != from);
    return first;
}

bool index_recount_event(
    struct index *x, struct kase *k, uint32_t event, GError **error)
{
    uint32_t first = find_first(x, event);
    struct arena *a = arena_new();
    struct index_event *e = &x->events[event];
    struct digest digest;
    bool good;

    if (first == NOWHERE) {
        e->claims = e->support = e->deniers = e->contests = 0;
        arena_free(a);
        return true;
    }
    e->first = first;
    good = index_digest_event(x, k, a, event, &digest, error);
    if (good) {
        *e = (struct index_event){.first = e->first, .head = e->first};
        if (digest.happening_count) {
            const struct event *from = digest.happenings[0].event;

            e->claims = from->claims;
            e->documents = from->documents;
            e->publishers = from->publishers;
            e->support = from->support;
            e->deniers = from->deniers;
            e->contests = from->contests;
            e->head = index_find_claim(
                x, (uint64_t)happening_fullest(&digest.happenings[0])->id);
        }
    }
    arena_free(a);
    return good;
}
