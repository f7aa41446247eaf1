/*
 * Claims about one happening: pairs are weighed, and groups joined along
 * them, the likeliest first, where all that is in the one group and in the
 * other is on average likelier to be one than not, and their days can meet.
 *
 * Reviewers' rulings stand above that.  Groups are joined as if nothing had
 * been ruled; an event is the groups that rulings hold together, and no two
 * groups are joined whose events rulings keep apart.
 */
#include "events/candidates.h"
#include "events/union.h"
#include "events/voices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs below this are no reason to look at their groups. */
static const float PAIR_LEAST = -0.5F;
/* What the mean over two groups must reach; 0 is as likely as not. */
static const double MEAN_LEAST = 0;
static const double BEST_SHARE = 0.65;
/* Members of a group that stand for all of it, and days by which accounts of
   one happening may differ. */
enum { SAMPLE = 8, DAYS_DIFFER = 1, TRIED_BITS = 18 };

/* A claim that an event must not hold. */
struct banned {
    uint32_t claim;
    struct banned *next;
};

struct groups {
    const struct facts_set *s;
    uint32_t *parents; /* up to the first claim of the group */
    uint32_t *next;    /* rings of members */
    uint32_t *sizes;
    struct days *days; /* that all in the group allow, a little loosened */
    uint64_t
        *tried; /* pairs of groups with their sizes, that were not joined */
    uint32_t *events;       /* up to the first claim of the event */
    struct banned **banned; /* by first claim of the event */
    bool *is_ruled;         /* held in its event by a ruling */
    struct arena *arena;
};

static uint32_t find(struct groups *g, uint32_t at)
{
    while (g->parents[at] != at)
        at = g->parents[at] = g->parents[g->parents[at]];
    return at;
}

static struct groups *groups_new(const struct facts_set *s)
{
    struct groups *g = g_new0(struct groups, 1);

    g->s = s;
    g->arena = arena_new();
    g->parents = arena_make(g->arena, uint32_t, s->count);
    g->next = arena_make(g->arena, uint32_t, s->count);
    g->sizes = arena_make(g->arena, uint32_t, s->count);
    g->days = arena_make(g->arena, struct days, s->count);
    g->tried = arena_make(g->arena, uint64_t, 1U << TRIED_BITS);
    g->events = arena_make(g->arena, uint32_t, s->count);
    g->banned = arena_make(g->arena, struct banned *, s->count);
    g->is_ruled = arena_make(g->arena, bool, s->count);
    for (uint32_t i = 0; i < s->count; i++) {
        g->parents[i] = g->next[i] = g->events[i] = i;
        g->sizes[i] = 1;
        g->days[i] = s->all[i].days;
    }
    return g;
}

static void groups_free(struct groups *g)
{
    arena_free(g->arena);
    g_free(g);
}

/* --- rulings -------------------------------------------------------------- */

static bool bans(struct groups *g, uint32_t event, uint32_t other)
{
    for (const struct banned *b = g->banned[event]; b; b = b->next)
        if (set_find(g->events, b->claim) == other)
            return true;
    return false;
}

/* Bans are mutual: to ask one of the two is enough. */
static bool may_meet(struct groups *g, uint32_t a, uint32_t b)
{
    uint32_t x = set_find(g->events, a), y = set_find(g->events, b);

    return !g->banned[x] || !g->banned[y] || !bans(g, x, y);
}

static void join_events(struct groups *g, uint32_t a, uint32_t b)
{
    uint32_t x = set_find(g->events, a), y = set_find(g->events, b);
    struct banned **end = &g->banned[x];

    if (x == y)
        return;
    while (*end && g->banned[y])
        end = &(*end)->next;
    if (!*end)
        *end = g->banned[y];
    set_join(g->events, x, y);
    g->banned[MIN(x, y)] = g->banned[x];
}

static void ban(struct groups *g, uint32_t at, uint32_t claim)
{
    struct banned **all = &g->banned[set_find(g->events, at)];
    struct banned *b = arena_make(g->arena, struct banned, 1);

    *b = (struct banned){claim, *all};
    *all = b;
}

static void rule(struct groups *g, const struct event_ruling *r)
{
    uint32_t one = set_find(g->events, r->one);
    uint32_t other = set_find(g->events, r->other);

    if (r->is_same && may_meet(g, one, other)) {
        join_events(g, one, other);
        g->is_ruled[r->one] = g->is_ruled[r->other] = true;
    } else if (!r->is_same && one != other) {
        ban(g, one, r->other);
        ban(g, other, r->one);
    }
}

/* --- joining -------------------------------------------------------------- */

/* Members evenly along the ring of a group. */
static uint32_t take_sample(const struct groups *g, uint32_t at, uint32_t *out)
{
    uint32_t size = g->sizes[at], count = MIN(size, SAMPLE), passed = 0;

    for (uint32_t i = 0; i < count; i++) {
        for (; passed < (uint64_t)i * size / count; passed++)
            at = g->next[at];
        out[i] = at;
    }
    return count;
}

/* Two groups held against each other, member by member. */
struct meeting {
    uint32_t of_a[SAMPLE], of_b[SAMPLE], count_a, count_b;
    double sums[SAMPLE][SAMPLE];
    double same_target, other_target, same_place, other_place;
};

static void
meet(const struct groups *g, uint32_t a, uint32_t b, struct meeting *m)
{
    float f[FEATURE_COUNT];

    m->count_a = take_sample(g, a, m->of_a);
    m->count_b = take_sample(g, b, m->of_b);
    m->same_target = m->other_target = m->same_place = m->other_place = 0;
    for (uint32_t i = 0; i < m->count_a; i++)
        for (uint32_t k = 0; k < m->count_b; k++) {
            m->sums[i][k] = facts_weigh(g->s, m->of_a[i], m->of_b[k], f);
            m->same_target +=
                (double)(f[FEATURE_TARGET_SAME] + f[FEATURE_TARGET_WORDS]);
            m->other_target += (double)f[FEATURE_TARGET_OTHER];
            m->same_place += (double)f[FEATURE_PLACE_SAME];
            m->other_place += (double)f[FEATURE_PLACE_OTHER];
        }
}

/* The mean of all pairs, and that of each member's best. */
static double mean_of(const struct meeting *m)
{
    double sum = 0;

    for (uint32_t i = 0; i < m->count_a; i++)
        for (uint32_t k = 0; k < m->count_b; k++)
            sum += m->sums[i][k];
    return sum / (m->count_a * m->count_b);
}

static double best_of(const struct meeting *m)
{
    double by_a = 0, by_b = 0, best;

    for (uint32_t i = 0; i < m->count_a; i++) {
        best = -INFINITY;
        for (uint32_t k = 0; k < m->count_b; k++)
            best = MAX(best, m->sums[i][k]);
        by_a += best / m->count_a;
    }
    for (uint32_t k = 0; k < m->count_b; k++) {
        best = -INFINITY;
        for (uint32_t i = 0; i < m->count_a; i++)
            best = MAX(best, m->sums[i][k]);
        by_b += best / m->count_b;
    }
    return MAX(by_a, by_b);
}

/*
 * Between the mean of all and that of the best, for one account tells of the
 * blast what another tells of the dead.  Never where most pairs that know both
 * targets or places know two: what was done to one, or here, is not what was
 * done to another, or there, however alike the stories.
 */
static bool are_one(const struct groups *g, uint32_t a, uint32_t b)
{
    struct meeting m;

    meet(g, a, b, &m);
    return m.other_target <= m.same_target && m.other_place <= m.same_place &&
           BEST_SHARE * best_of(&m) + (1 - BEST_SHARE) * mean_of(&m) >=
               MEAN_LEAST;
}

static bool days_allow(struct days a, struct days b)
{
    return a.first == DAY_UNKNOWN || b.first == DAY_UNKNOWN ||
           (a.first <= b.last + DAYS_DIFFER && b.first <= a.last + DAYS_DIFFER);
}

/* What both allow; of days that only nearly meet, those between. */
static struct days days_common(struct days a, struct days b)
{
    struct days both = {MAX(a.first, b.first), MIN(a.last, b.last)};

    if (a.first == DAY_UNKNOWN)
        return b;
    if (b.first == DAY_UNKNOWN)
        return a;
    return both.first <= both.last ? both
                                   : (struct days){both.last, both.first};
}

/*
 * Was it tried before, as they are now?  A table of fixed size remembers what
 * was tried last in each of its places: to forget costs only time.
 */
static bool was_refused(struct groups *g, uint32_t a, uint32_t b)
{
    uint64_t key =
        ((uint64_t)a << 32 | b) +
        (((uint64_t)g->sizes[a] << 32) + g->sizes[b]) * 0x9E3779B97F4A7C15ULL;
    uint64_t *place =
        &g->tried[key * 0xff51afd7ed558ccdULL >> (64 - TRIED_BITS)];
    bool was_tried = *place == key;

    *place = key;
    return was_tried;
}

static void join(struct groups *g, uint32_t a, uint32_t b)
{
    uint32_t next = g->next[a];

    g->next[a] = g->next[b];
    g->next[b] = next;
    g->parents[b] = a;
    g->sizes[a] += g->sizes[b];
    g->days[a] = days_common(g->days[a], g->days[b]);
    join_events(g, a, b);
}

static void try_pair(struct groups *g, const struct pair *p)
{
    uint32_t x = find(g, p->a), y = find(g, p->b);
    uint32_t a = MIN(x, y), b = MAX(x, y);

    if (a == b || !days_allow(g->days[a], g->days[b]) || !may_meet(g, a, b))
        return;
    if (!was_refused(g, a, b) && are_one(g, a, b))
        join(g, a, b);
}

static int compare_sums(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;

    if (p->sum != q->sum)
        return p->sum > q->sum ? -1 : 1;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static void join_all(struct groups *g, struct pair *pairs, size_t count)
{
    array_sort(pairs, count, sizeof(*pairs), compare_sums);
    for (size_t i = 0; i < count; i++)
        try_pair(g, &pairs[i]);
}

static void share_facts(struct groups *g, struct facts_set *s)
{
    g_autofree uint32_t *roots = g_new(uint32_t, s->count);

    for (uint32_t i = 0; i < s->count; i++)
        roots[i] = find(g, i);
    facts_share(s, roots);
}

/* --- how sure ------------------------------------------------------------- */

/* The mean over the others of its group. */
static double belonging(const struct groups *g, uint32_t at, uint32_t size)
{
    uint32_t step = MAX(1, size / SAMPLE), count = 0;
    float features[FEATURE_COUNT];
    double sum = 0;

    for (uint32_t other = g->next[at], i = 0; other != at;
         other = g->next[other], i++) {
        if (i % step)
            continue;
        sum += facts_weigh(g->s, at, other, features);
        count++;
    }
    return sum / count;
}

/* Where a claim is likely to be of another event as well, it is less sure to
   be of its own. */
static void set_confidence(
    struct groups *g, struct event_claim *claims, const struct pair *pairs,
    size_t pair_count)
{
    g_autofree float *rivals = g_new(float, g->s->count);

    for (uint32_t i = 0; i < g->s->count; i++)
        rivals[i] = -20;
    for (size_t i = 0; i < pair_count; i++) {
        const struct pair *p = &pairs[i];

        if (set_find(g->events, p->a) == set_find(g->events, p->b))
            continue;
        rivals[p->a] = MAX(rivals[p->a], p->sum);
        rivals[p->b] = MAX(rivals[p->b], p->sum);
    }
    for (uint32_t i = 0; i < g->s->count; i++) {
        uint32_t size = g->is_ruled[i] ? 1 : g->sizes[find(g, i)];
        double own = size > 1 ? exp(belonging(g, i, size)) : 0;

        claims[i].confidence =
            size > 1 ? own / (1 + own + exp((double)rivals[i])) : 1;
    }
}

/* --- numbering ------------------------------------------------------------ */

/* Events are numbered by their first claims. */
static uint32_t
number_events(struct groups *g, struct event_claim *claims, uint32_t count)
{
    g_autofree uint32_t *numbers = g_new(uint32_t, count);
    uint32_t made = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = set_find(g->events, i);

        if (root == i)
            numbers[i] = made++;
        claims[i].event = numbers[root];
    }
    return made;
}

/* First each document by itself, so that its claims share what they tell of
   one happening; then all. */
static void
group_all(struct groups *g, struct facts_set *s, struct event_claim *claims)
{
    struct pair *pairs;
    size_t count;

    pairs = pairs_within(s, PAIR_LEAST, &count);
    join_all(g, pairs, count);
    g_free(pairs);
    share_facts(g, s);
    pairs = pairs_across(s, PAIR_LEAST, &count);
    join_all(g, pairs, count);
    set_confidence(g, claims, pairs, count);
    g_free(pairs);
}

struct event *events_group(
    struct arena *a, const struct event_rules *r, struct event_claim *claims,
    uint32_t claim_count, const struct event_ruling *rulings,
    uint32_t ruling_count, uint32_t *count)
{
    struct facts_set *s;
    struct groups *g;
    struct event *events;

    *count = 0;
    if (!claim_count)
        return NULL;
    s = facts_new(r, claims, claim_count);
    g = groups_new(s);
    for (uint32_t i = 0; i < ruling_count; i++)
        rule(g, &rulings[i]);
    group_all(g, s, claims);
    *count = number_events(g, claims, claim_count);
    events = arena_make(a, struct event, *count);
    count_voices(s, claims, events);
    groups_free(g);
    facts_free(s);
    return events;
}

struct event *events_count(
    struct arena *a, const struct event_rules *r, struct event_claim *claims,
    uint32_t claim_count)
{
    struct event *event = arena_make(a, struct event, 1);
    struct facts_set *s = facts_new(r, claims, claim_count);

    for (uint32_t i = 0; i < claim_count; i++)
        claims[i].event = 0;
    count_voices(s, claims, event);
    facts_free(s);
    return event;
}

static void take_pairs(
    const struct facts_set *s, const struct pair *pairs, size_t count,
    event_pair_taker take, void *self)
{
    float features[FEATURE_COUNT];

    for (size_t i = 0; i < count; i++) {
        double sum = facts_weigh(s, pairs[i].a, pairs[i].b, features);

        take(pairs[i].a, pairs[i].b, features, sum, self);
    }
}

void events_weigh(
    const struct event_rules *r, const struct event_claim *claims,
    uint32_t claim_count, event_pair_taker take, void *self)
{
    struct facts_set *s = facts_new(r, claims, claim_count);
    struct groups *g = groups_new(s);
    struct pair *pairs;
    size_t count;

    pairs = pairs_within(s, -INFINITY, &count);
    take_pairs(s, pairs, count, take, self);
    join_all(g, pairs, count);
    g_free(pairs);
    share_facts(g, s);
    pairs = pairs_across(s, -INFINITY, &count);
    take_pairs(s, pairs, count, take, self);
    g_free(pairs);
    groups_free(g);
    facts_free(s);
}
