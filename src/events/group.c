/*
 * Claims about one happening.  Claims that name both parties make the first
 * clusters; those that name one join a cluster where only one fits, and those
 * whose days fit into several stay apart, so that a vague claim never ties two
 * happenings together.  All claims of an event
 * have a day in common.  Everything is sorting and looking up: n log n.
 */
#include "events/events.h"
#include "events/union.h"
#include "events/voices.h"

#include <string.h>

/* Days as numbers, yyyymmdd; an open end is the least or greatest. */
struct days {
    int32_t first, last;
};

struct cluster {
    const struct event_claim *key; /* act and parties */
    struct days days;              /* common to all its claims */
    uint32_t event;
    uint32_t candidates, candidate; /* clusters of both parties that fit */
    bool vague; /* may be about more than one other cluster */
};

static int32_t day_number(const char *day, int32_t otherwise)
{
    int32_t number = 0;

    if (!day || !*day)
        return otherwise;
    for (; *day; day++)
        if (g_ascii_isdigit(*day) && number < 100000000)
            number = number * 10 + (*day - '0');
    return number;
}

static struct days days_of(const struct event_claim *c)
{
    struct days d = {
        day_number(c->first, INT32_MIN), day_number(c->last, INT32_MAX)};

    if (d.first > d.last) /* a source's slip: take the first */
        d.last = d.first;
    return d;
}

static const char *party(const char *key)
{
    return key && *key ? key : NULL;
}

/* Clusters by how many parties they name, so that the full come first. */
static int parties_of(const struct event_claim *c)
{
    return (party(c->actor) ? 1 : 0) + (party(c->target) ? 2 : 0);
}

static int
compare_keys(const struct event_claim *a, const struct event_claim *b)
{
    int order = parties_of(b) - parties_of(a);

    if (!order)
        order = a->act < b->act ? -1 : a->act > b->act;
    if (!order)
        order = g_strcmp0(party(a->actor), party(b->actor));
    return order ? order : g_strcmp0(party(a->target), party(b->target));
}

static int compare_claims(const void *x, const void *y, void *self)
{
    const struct event_claim *claims = self;
    uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
    struct days a = days_of(&claims[i]), b = days_of(&claims[k]);
    int order = compare_keys(&claims[i], &claims[k]);

    if (order)
        return order;
    if (a.last != b.last)
        return a.last < b.last ? -1 : 1;
    if (a.first != b.first)
        return a.first < b.first ? -1 : 1;
    return i < k ? -1 : i > k;
}

static bool days_meet(struct days a, struct days b)
{
    return a.first <= b.last && b.first <= a.last;
}

static struct days days_common(struct days a, struct days b)
{
    return (struct days){MAX(a.first, b.first), MIN(a.last, b.last)};
}

static bool
same_happening(const struct cluster *cluster, const struct event_claim *c)
{
    return parties_of(c) && !compare_keys(cluster->key, c) &&
           days_meet(cluster->days, days_of(c));
}

/*
 * Cuts the sorted claims into clusters with a common day, from the `made`th
 * on; claims that name nobody stay alone.  Sets each claim's event to its
 * cluster.
 */
static uint32_t cut_clusters(
    struct event_claim *claims, const uint32_t *order, uint32_t count,
    struct cluster *out, uint32_t made)
{
    uint32_t first = made;

    for (uint32_t i = 0; i < count; i++) {
        struct event_claim *c = &claims[order[i]];
        struct days days = days_of(c);
        struct cluster *last = made > first ? &out[made - 1] : NULL;

        if (last && same_happening(last, c))
            last->days = days_common(last->days, days);
        else
            out[made++] = (struct cluster){.key = c, .days = days};
        c->event = made - 1;
    }
    return made;
}

/* Moves the claims that fit into two clusters to the end of `order`; returns
   how many are left.  The first of a cluster fits into no other. */
static uint32_t part_vague(
    const struct event_claim *claims, uint32_t *order, uint32_t count,
    const struct cluster *clusters, uint32_t cluster_count)
{
    g_autofree uint32_t *vague = g_new(uint32_t, count);
    uint32_t clear_count = 0, vague_count = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct event_claim *c = &claims[order[i]];
        uint32_t at = c->event;

        if ((at && same_happening(&clusters[at - 1], c)) ||
            (at + 1 < cluster_count && same_happening(&clusters[at + 1], c)))
            vague[vague_count++] = order[i];
        else
            order[clear_count++] = order[i];
    }
    memcpy(order + clear_count, vague, vague_count * sizeof(*vague));
    return clear_count;
}

/* Vague claims make clusters of their own: to tell which happening is meant
   would be a guess. */
static uint32_t make_clusters(
    struct event_claim *claims, uint32_t *order, uint32_t count,
    struct cluster *out)
{
    uint32_t made = cut_clusters(claims, order, count, out, 0);
    uint32_t clear = part_vague(claims, order, count, out, made);
    uint32_t clear_made = cut_clusters(claims, order, clear, out, 0);

    made = cut_clusters(claims, order + clear, count - clear, out, clear_made);
    for (uint32_t i = 0; i < made; i++) {
        out[i].event = i;
        out[i].vague = i >= clear_made;
    }
    return made;
}

/* --- joining what names one party to what names both ------------------ */

/* A cluster's end on the line of days of one party, for sweeping. */
struct mark {
    uint32_t act;
    const char *party;
    int32_t day;
    uint32_t kind; /* at one day: starts, then questions, then ends */
    uint32_t cluster;
};
enum { MARK_START, MARK_ASK, MARK_ASK_END, MARK_END };

static int compare_marks(const void *x, const void *y)
{
    const struct mark *a = x, *b = y;
    int order;

    if (a->act != b->act)
        return a->act < b->act ? -1 : 1;
    order = strcmp(a->party, b->party);
    if (order)
        return order;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->cluster < b->cluster ? -1 : a->cluster > b->cluster;
}

static void add_marks(
    struct mark *marks, size_t *count, const struct cluster *c, uint32_t at,
    const char *name)
{
    bool full = parties_of(c->key) == 3;
    struct mark m = {.act = c->key->act, .party = name, .cluster = at};

    m.day = c->days.first;
    m.kind = full ? MARK_START : MARK_ASK;
    marks[(*count)++] = m;
    m.day = c->days.last;
    m.kind = full ? MARK_END : MARK_ASK_END;
    marks[(*count)++] = m;
}

/*
 * How many full clusters meet a half one, and which if one: those started by
 * its last day less those ended before its first.  Sums of their numbers
 * stand for lists of them, so that one sweep answers all.
 */
static void
sweep(struct cluster *clusters, const struct mark *marks, size_t count)
{
    uint32_t started = 0, ended = 0, started_sum = 0, ended_sum = 0;

    for (size_t i = 0; i < count; i++) {
        struct cluster *c = &clusters[marks[i].cluster];

        if (!i || marks[i].act != marks[i - 1].act ||
            strcmp(marks[i].party, marks[i - 1].party))
            started = ended = started_sum = ended_sum = 0;
        switch (marks[i].kind) {
        case MARK_START:
            started++, started_sum += marks[i].cluster;
            break;
        case MARK_END:
            ended++, ended_sum += marks[i].cluster;
            break;
        case MARK_ASK: /* those ended before this day do not fit */
            c->candidates -= ended;
            c->candidate -= ended_sum;
            break;
        default:
            c->candidates += started;
            c->candidate += started_sum;
        }
    }
}

/* `side` 1: clusters that name only the actor; 2: only the target. */
static void join_side(struct cluster *clusters, uint32_t count, int side)
{
    g_autofree struct mark *marks = g_new(struct mark, (size_t)count * 2);
    size_t mark_count = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct event_claim *key = clusters[i].key;
        int parties = parties_of(key);

        if ((parties == 3 && !clusters[i].vague) || parties == side)
            add_marks(
                marks, &mark_count, &clusters[i], i,
                side == 1 ? key->actor : key->target);
    }
    qsort(marks, mark_count, sizeof(*marks), compare_marks);
    sweep(clusters, marks, mark_count);
    for (uint32_t i = 0; i < count; i++) {
        struct cluster *c = &clusters[i], *full;

        if (parties_of(c->key) != side || c->candidates != 1)
            continue;
        full = &clusters[c->candidate];
        if (!days_meet(full->days, c->days))
            continue; /* narrowed by one that joined before */
        full->days = days_common(full->days, c->days);
        c->event = c->candidate;
    }
}

/* Numbers events by their first claim. */
static uint32_t number_events(
    struct event_claim *claims, uint32_t count, const struct cluster *clusters,
    uint32_t cluster_count)
{
    g_autofree uint32_t *numbers = g_new0(uint32_t, cluster_count + 1);
    uint32_t made = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t event = clusters[claims[i].event].event;

        if (!numbers[event])
            numbers[event] = ++made;
        claims[i].event = numbers[event] - 1;
    }
    return made;
}

struct event *events_group(
    struct arena *a, struct event_claim *claims, uint32_t claim_count,
    uint32_t *count)
{
    g_autofree uint32_t *order = g_new(uint32_t, claim_count);
    g_autofree struct cluster *clusters = g_new(struct cluster, claim_count);
    uint32_t cluster_count;
    struct event *events;

    *count = 0;
    if (!claim_count)
        return NULL;
    for (uint32_t i = 0; i < claim_count; i++)
        order[i] = i;
    g_qsort_with_data(
        order, (int)claim_count, sizeof(*order), compare_claims, claims);
    cluster_count = make_clusters(claims, order, claim_count, clusters);
    join_side(clusters, cluster_count, 1);
    join_side(clusters, cluster_count, 2);
    *count = number_events(claims, claim_count, clusters, cluster_count);
    events = arena_make(a, struct event, *count);
    for (uint32_t i = 0; i < claim_count; i++)
        events[claims[i].event].claims++;
    count_voices(claims, claim_count, events);
    return events;
}
