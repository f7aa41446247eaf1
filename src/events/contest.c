/*
 * What accounts of an event are at odds in: a denial, figures, days or actors
 * that exclude each other, by sources that are independent.  Silence is not
 * contest: who names no day contradicts nobody.
 */
#include "events/voices.h"

#include <stdlib.h>

/* Of a longer event only so many claims are held against each other. */
enum { COMPARED_MOST = 64 };

static bool days_exclude(struct days a, struct days b)
{
    return a.first != DAY_UNKNOWN && b.first != DAY_UNKNOWN &&
           (a.last < b.first || b.last < a.first);
}

/* Figures of the same act and of the same people: 27 killed and 9 children
   killed are no contradiction. */
static bool figures_exclude(const struct facts *a, const struct facts *b)
{
    if (!a->has_value || !b->has_value || a->unit != b->unit ||
        a->act_name != b->act_name ||
        a->population.count != b->population.count)
        return false;
    for (uint32_t i = 0; i < a->population.count; i++)
        if (a->population.words[i] != b->population.words[i])
            return false;
    return a->range.high < b->range.low || b->range.high < a->range.low;
}

/* A group has many members and leaders: only of deeds is it one or the other. */
static bool is_deed(const struct event_claim *c)
{
    return !g_str_has_prefix(c->act, "relation") &&
           !g_str_has_prefix(c->act, "state");
}

static bool actors_exclude(
    const struct vocabulary *v, const struct facts *a, const struct facts *b)
{
    return a->keys[0] && b->keys[0] && a->keys[0] != b->keys[0] &&
           a->act_name == b->act_name &&
           bags_overlap(v, &a->parties[0], &b->parties[0]) <= 0;
}

static unsigned contests_of(
    const struct facts_set *s, const struct event_claim *claims, uint32_t x,
    uint32_t y)
{
    const struct facts *a = &s->all[x], *b = &s->all[y];
    bool denies = claims[x].stance == STANCE_DENIED;
    unsigned found = 0;

    if (claims[x].root == claims[y].root || a->wanted)
        return 0;
    if (denies != (claims[y].stance == STANCE_DENIED))
        return CONTEST_DENIED;
    if (denies)
        return 0;
    found |= days_exclude(a->days, b->days) ? CONTEST_DAY : 0;
    found |= figures_exclude(a, b) ? CONTEST_FIGURE : 0;
    if (is_deed(&claims[x]) && actors_exclude(s->vocabulary, a, b))
        found |= CONTEST_ACTOR;
    return found;
}

void find_contests(
    const struct facts_set *s, const struct event_claim *claims,
    const uint32_t *order, struct event *events)
{
    for (uint32_t i = 0; i < s->count;) {
        struct event *e = &events[claims[order[i]].event];
        uint32_t count = MIN(e->claims, COMPARED_MOST);

        for (uint32_t x = 0; x < count; x++)
            for (uint32_t y = 0; y < x; y++)
                e->contests |=
                    contests_of(s, claims, order[i + x], order[i + y]);
        i += e->claims;
    }
}
