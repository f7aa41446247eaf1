/* What reviewers rule on events and parties, in any order: the input is a kind,
   two claims or mentions, and a verdict, a byte each. */
#include "fuzz.h"
#include "index/inside.h"
#include "served.h"

/* Every claim stands in the ring of its event, every sighting in that of its
   party. */
static void check_rings(const struct index *x)
{
    for (uint32_t i = 0; i < x->claims_count; i++)
        if (x->claims[x->next_of_event[i]].event != x->claims[i].event)
            g_error("claim %u is in another's ring", i);
    for (uint32_t i = 0; i < x->events_count; i++)
        if (x->events[i].claims && x->claims[x->events[i].first].event != i)
            g_error("event %u has another's claim", i);
    for (uint32_t i = 0; i < x->sightings_count; i++)
        if (x->sightings[x->next_of_party[i]].party != x->sightings[i].party)
            g_error("sighting %u is in another's ring", i);
    for (uint32_t i = 0; i < x->parties_count; i++) {
        uint32_t first = x->first_of_party[i];

        if (first != NOWHERE && x->sightings[first].party != i)
            g_error("party %u has another's sighting", i);
    }
}

static void rule(struct index *x, const uint8_t *at)
{
    bool is_of_events = at[0] & 1;
    struct record_row r = {
        .what = is_of_events ? RECORD_EVENTS : RECORD_PARTIES,
        .one = is_of_events ? x->claims[at[1] % x->claims_count].id
                            : x->sightings[at[1] % x->sightings_count].referent,
        .other = is_of_events
                     ? x->claims[at[2] % x->claims_count].id
                     : x->sightings[at[2] % x->sightings_count].referent,
        .ruling = (enum ruling_verdict)(at[3] % RULING_COUNT)};

    rulings_hold(
        x, is_of_events ? &x->inside->of_events : &x->inside->of_parties, &r);
}

static void apply(struct server *s)
{
    GHashTable *touched = g_hash_table_new(NULL, NULL);
    GHashTableIter each;
    gpointer event;

    rulings_apply_parties(s->index);
    rulings_apply_events(s->index, false, touched);
    g_hash_table_iter_init(&each, touched);
    while (g_hash_table_iter_next(&each, &event, NULL)) {
        uint32_t number = GPOINTER_TO_UINT(event) - 1;

        if (number < s->index->events_count &&
            !index_recount_event(s->index, s->k, number, NULL))
            g_error("event %u cannot be counted", number);
    }
    index_count(s->index);
    check_rings(s->index);
    g_hash_table_unref(touched);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    enum { RULING = 4, RULINGS_MOST = 64 };
    struct server *s = served();

    for (int i = 0; size >= RULING && i < RULINGS_MOST; i++) {
        rule(s->index, at);
        if (at[0] & 2)
            apply(s);
        at += RULING;
        size -= RULING;
    }
    apply(s);
    served_ask("overview", NULL, 0);
    served_ask("proposals", NULL, 0);
    if (!served_from(
            g_bytes_get_data(served_index(), NULL),
            g_bytes_get_size(served_index())))
        g_error("the index does not open");
    return 0;
}
