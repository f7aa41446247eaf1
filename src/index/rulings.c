/*
 * What reviewers hold of two since the file was made: which claims are one
 * event, which sightings one party.
 *
 * A new ruling is applied to what there is.  Where one is taken back, or
 * another verdict takes its place, all are applied anew to what the file has,
 * so that it leaves nothing behind.  Taking back one that is older than the
 * file takes a new file: is_stale tells.
 */
#include "index/inside.h"

#include <string.h>

struct held {
    int64_t one, other;
    enum ruling_verdict verdict;
};

/* --- holding -------------------------------------------------------------- */

static bool is_of(const struct held *h, const struct record_row *r)
{
    return (h->one == r->one && h->other == r->other) ||
           (h->one == r->other && h->other == r->one);
}

void rulings_hold(
    struct index *x, struct rulings *all, const struct record_row *r)
{
    struct held new = {r->one, r->other, r->ruling};
    bool is_known = false;

    for (guint i = 0; i < all->held->len && !is_known; i++) {
        if (!is_of(&g_array_index(all->held, struct held, i), r))
            continue;
        g_array_remove_index(all->held, i);
        is_known = all->begins_anew = true;
    }
    if (r->ruling != RULING_OPEN)
        g_array_append_val(all->held, new);
    else if (!is_known)
        x->is_stale = true;
}

static const struct held *held_at(const struct rulings *all, guint i)
{
    return &g_array_index(all->held, struct held, i);
}

/* --- rings ---------------------------------------------------------------- */

static void ring_leave(uint32_t *next, uint32_t at)
{
    uint32_t before = at;

    while (next[before] != at)
        before = next[before];
    next[before] = next[at];
    next[at] = at;
}

/* Two rings become one. */
static void ring_join(uint32_t *next, uint32_t one, uint32_t other)
{
    uint32_t after = next[one];

    next[one] = next[other];
    next[other] = after;
}

/* --- events --------------------------------------------------------------- */

static void touch(GHashTable *touched, uint32_t event)
{
    g_hash_table_add(touched, GUINT_TO_POINTER(event + 1));
}

/* `first` leads into the ring of an event, also of one that is new. */
static void
move_claim(struct index *x, uint32_t claim, uint32_t event, GHashTable *touched)
{
    uint32_t from = x->claims[claim].event;

    if (from != NOWHERE && x->events[from].first == claim)
        x->events[from].first = x->next_of_event[claim];
    ring_leave(x->next_of_event, claim);
    if (x->events[event].claims)
        ring_join(x->next_of_event, claim, x->events[event].first);
    else
        x->events[event] =
            (struct index_event){.first = claim, .head = claim, .claims = 1};
    x->claims[claim].event = event;
    touch(touched, event);
    if (from != NOWHERE)
        touch(touched, from);
}

static void
merge_events(struct index *x, uint32_t a, uint32_t b, GHashTable *touched)
{
    uint32_t first = x->events[b].first, at = first;

    do {
        x->claims[at].event = a;
        at = x->next_of_event[at];
    } while (at != first);
    ring_join(x->next_of_event, x->events[a].first, first);
    x->events[b] = (struct index_event){.first = first, .head = first};
    touch(touched, a);
}

/* Does a ruling stand between the two events? */
static bool are_apart(const struct index *x, uint32_t a, uint32_t b)
{
    const struct rulings *all = &x->inside->of_events;

    for (guint i = 0; i < all->held->len; i++) {
        const struct held *h = held_at(all, i);
        uint32_t p, q;

        if (h->verdict != RULING_APART)
            continue;
        p = index_find_event(x, (uint64_t)h->one);
        q = index_find_event(x, (uint64_t)h->other);
        if ((p == a && q == b) || (p == b && q == a))
            return true;
    }
    return false;
}

static void
apply_event(struct index *x, const struct held *h, GHashTable *touched)
{
    uint32_t one = index_find_claim(x, (uint64_t)h->one);
    uint32_t other = index_find_claim(x, (uint64_t)h->other);
    uint32_t a = one == NOWHERE ? NOWHERE : x->claims[one].event;
    uint32_t b = other == NOWHERE ? NOWHERE : x->claims[other].event;

    if (a == NOWHERE || b == NOWHERE)
        return;
    if (h->verdict == RULING_APART && a == b)
        move_claim(x, one, index_grow_events(x), touched);
    if (h->verdict == RULING_APART)
        return;
    x->claims[one].sure = x->claims[other].sure = 1; /* by decree */
    touch(touched, a);
    if (a == b)
        return;
    if (are_apart(x, a, b))
        move_claim(x, other, a, touched);
    else
        merge_events(x, a, b, touched);
}

/* What tells one set of claims from another. */
static uint64_t *sum_events(const struct index *x)
{
    uint64_t *sums = g_new0(uint64_t, (gsize)x->events_count + 1);

    for (uint32_t i = 0; i < x->claims_count; i++)
        if (x->claims[i].event != NOWHERE)
            sums[x->claims[i].event] +=
                ((i + 1) * 0x9E3779B97F4A7C15ULL ^ (uint64_t)i << 32) +
                (uint64_t)(x->claims[i].sure * 1000);
    return sums;
}

/* Every claim back to where the file has it. */
static void restore_events(struct index *x)
{
    struct index_inside *in = x->inside;

    x->events_count = in->events_built;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        x->claims[i].event = in->event_built[i];
        x->claims[i].sure = in->sure_built[i];
    }
    g_free(x->next_of_event);
    index_link_events(x);
    for (uint32_t i = x->claims_count; i-- > 0;)
        if (x->claims[i].event != NOWHERE) {
            struct index_event *e = &x->events[x->claims[i].event];

            e->first = i;
            e->claims = MAX(e->claims, 1);
        }
    in->of_events.applied = 0;
}

/* Each an event of its own: what was rejected when the file was made, and is no
   longer. */
static void house_orphans(struct index *x, GHashTable *touched)
{
    for (uint32_t i = 0; i < x->claims_count; i++)
        if (x->claims[i].event == NOWHERE &&
            x->claims[i].verdict != VERDICT_REJECTED)
            move_claim(x, i, index_grow_events(x), touched);
}

static void apply_new_events(struct index *x, GHashTable *touched)
{
    struct rulings *all = &x->inside->of_events;

    for (; all->applied < all->held->len; all->applied++)
        apply_event(x, held_at(all, all->applied), touched);
}

void rulings_apply_events(
    struct index *x, bool has_orphans, GHashTable *touched)
{
    struct rulings *all = &x->inside->of_events;
    g_autofree uint64_t *were = NULL, *are = NULL;
    uint32_t before = x->events_count;

    if (all->begins_anew) {
        were = sum_events(x);
        restore_events(x);
    }
    if (all->begins_anew || has_orphans)
        house_orphans(x, touched);
    apply_new_events(x, touched);
    if (!all->begins_anew)
        return;
    are = sum_events(x);
    for (uint32_t i = 0; i < x->events_count; i++)
        if (i >= before || were[i] != are[i])
            touch(touched, i);
    all->begins_anew = false;
}

/* --- parties -------------------------------------------------------------- */

/* As the file has it. */
struct party_built {
    uint32_t at;
    struct index_party was;
};

static void keep_party(struct index *x, uint32_t party)
{
    struct party_built kept = {party, x->parties[party]};

    if (party < x->inside->parties_built)
        g_array_append_val(x->inside->parties_changed, kept);
}

static void restore_parties(struct index *x)
{
    struct index_inside *in = x->inside;

    for (guint i = in->parties_changed->len; i-- > 0;) {
        const struct party_built *p =
            &g_array_index(in->parties_changed, struct party_built, i);

        x->parties[p->at] = p->was;
    }
    g_array_set_size(in->parties_changed, 0);
    x->parties_count = in->parties_built;
    for (uint32_t i = 0; i < x->sightings_count; i++)
        x->sightings[i].party = in->party_built[i];
    g_free(x->next_of_party);
    index_link_parties(x);
    in->of_parties.applied = 0;
}

/* One whose mention it was called by has left is called by another. */
static void rename_party(struct index *x, uint32_t party, uint32_t left)
{
    const struct index_sighting *gone = &x->sightings[left];
    uint32_t first = x->first_of_party[party], at = first;
    struct index_party *p = &x->parties[party];
    bool is_named = false;

    do {
        is_named |= x->spellings[x->sightings[at].spelling].words == p->name;
        at = x->next_of_party[at];
    } while (at != first && !is_named);
    if (!is_named)
        p->name = x->spellings[x->sightings[first].spelling].words;
    if (p->id == gone->referent)
        p->id = x->sightings[first].referent;
}

/* A party of its own for one sighting. */
static void part(struct index *x, uint32_t sighting)
{
    struct index_sighting *s = &x->sightings[sighting];
    uint32_t from = s->party, made;

    keep_party(x, from);
    made = index_grow_parties(x);
    x->parties[made] = x->parties[from];
    x->parties[made].id = s->referent;
    x->parties[made].name = x->spellings[s->spelling].words;
    if (x->first_of_party[from] == sighting)
        x->first_of_party[from] = x->next_of_party[sighting];
    ring_leave(x->next_of_party, sighting);
    x->first_of_party[made] = sighting;
    s->party = made;
    rename_party(x, from, sighting);
}

static void unite(struct index *x, uint32_t a, uint32_t b)
{
    uint32_t first = x->first_of_party[b], at = first;

    keep_party(x, b);
    do {
        x->sightings[at].party = a;
        at = x->next_of_party[at];
    } while (at != first);
    ring_join(x->next_of_party, x->first_of_party[a], first);
    x->first_of_party[b] = NOWHERE;
    x->parties[b].is_gone = 1;
}

static void apply_party(struct index *x, const struct held *h)
{
    uint32_t one = index_find_sighting(x, (uint64_t)h->one);
    uint32_t other = index_find_sighting(x, (uint64_t)h->other);
    uint32_t a = index_party_of(x, one), b = index_party_of(x, other);

    if (a == NOWHERE || b == NOWHERE)
        return;
    if (h->verdict == RULING_APART && a == b && one != other)
        part(x, one);
    else if (h->verdict == RULING_SAME && a != b)
        unite(x, a, b);
}

void rulings_apply_parties(struct index *x)
{
    struct rulings *all = &x->inside->of_parties;

    if (all->begins_anew)
        restore_parties(x);
    all->begins_anew = false;
    for (; all->applied < all->held->len; all->applied++)
        apply_party(x, held_at(all, all->applied));
}

bool index_holds_apart(const struct index *x, uint32_t one, uint32_t other)
{
    const struct rulings *all = &x->inside->of_parties;

    for (guint i = 0; i < all->held->len; i++) {
        const struct held *h = held_at(all, i);
        uint32_t p = index_find_party(x, (uint64_t)h->one);
        uint32_t q = index_find_party(x, (uint64_t)h->other);

        if (h->verdict == RULING_APART &&
            ((p == one && q == other) || (p == other && q == one)))
            return true;
    }
    return false;
}

/* --- their life ----------------------------------------------------------- */

void rulings_begin(struct index *x)
{
    struct index_inside *in = x->inside;

    in->of_events.held = g_array_new(FALSE, FALSE, sizeof(struct held));
    in->of_parties.held = g_array_new(FALSE, FALSE, sizeof(struct held));
    in->parties_changed = g_array_new(FALSE, FALSE, sizeof(struct party_built));
    in->events_built = x->events_count;
    in->parties_built = x->parties_count;
    in->event_built = g_new(uint32_t, (gsize)x->claims_count + 1);
    in->party_built = g_new(uint32_t, (gsize)x->sightings_count + 1);
    in->sure_built = g_new(float, (gsize)x->claims_count + 1);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        in->event_built[i] = x->claims[i].event;
        in->sure_built[i] = x->claims[i].sure;
    }
    for (uint32_t i = 0; i < x->sightings_count; i++)
        in->party_built[i] = x->sightings[i].party;
}

void rulings_end(struct index_inside *in)
{
    if (!in->of_events.held)
        return;
    g_array_free(in->of_events.held, TRUE);
    g_array_free(in->of_parties.held, TRUE);
    g_array_free(in->parties_changed, TRUE);
    g_free(in->event_built);
    g_free(in->sure_built);
    g_free(in->party_built);
}
