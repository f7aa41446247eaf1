/*
 * Figures of an event: what is said of how many, from the lowest to the
 * highest.  "27 killed" and "9 children killed" are two figures, never added;
 * so are the dead and the wounded.
 */
#include "events/rules.h"
#include "events/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Killed, died, executed: all tell the dead.  Other acts stand for
   themselves. */
static bool same_kind(const char *a, const char *b)
{
    static const char dead[] = "life.";

    return !strcmp(a, b) ||
           (g_str_has_prefix(a, dead) && g_str_has_prefix(b, dead));
}

struct figure {
    const struct event_claim *claim;
    struct bag population; /* no words: people, whoever they are */
};

static bool same_figure(const struct figure *x, const struct figure *y)
{
    return same_kind(x->claim->act, y->claim->act) &&
           !g_strcmp0(x->claim->unit, y->claim->unit) &&
           x->population.count == y->population.count &&
           !memcmp(
               x->population.words, y->population.words,
               x->population.count * sizeof(*x->population.words));
}

static bool has_figure(const struct event_claim *c)
{
    return c->has_value && c->stance == STANCE_SAID;
}

/* How many roots give this value, and the latest report of it. */
static uint32_t
count_roots(const struct toll *t, double value, const char **reported)
{
    uint32_t count = 0;

    *reported = "";
    for (uint32_t i = 0; i < t->count; i++) {
        const struct event_claim *c = t->claims[i];
        bool is_new = c->value == value;

        if (is_new && c->reported && strcmp(c->reported, *reported) > 0)
            *reported = c->reported;
        for (uint32_t k = 0; is_new && k < i; k++)
            is_new =
                t->claims[k]->value != value || t->claims[k]->root != c->root;
        count += is_new;
    }
    return count;
}

/* The value of most roots; of as many the one reported last, then the lower. */
static double find_best(const struct toll *t)
{
    double best = t->claims[0]->value;
    const char *best_day, *day;
    uint32_t most = count_roots(t, best, &best_day);

    for (uint32_t i = 1; i < t->count; i++) {
        double value = t->claims[i]->value;
        uint32_t roots = count_roots(t, value, &day);
        int order = strcmp(day, best_day);

        if (roots < most || (roots == most && order < 0) ||
            (roots == most && !order && value >= best))
            continue;
        best = value;
        best_day = day;
        most = roots;
    }
    return best;
}

static void close_toll(struct toll *t)
{
    t->low = INFINITY;
    for (uint32_t i = 0; i < t->count; i++) {
        struct toll_range r =
            toll_range_of(t->claims[i]->value, t->claims[i]->compare);

        t->low = MIN(t->low, r.low);
        t->high = MAX(t->high, r.high);
    }
    t->best = find_best(t);
}

struct toll *tolls_find(
    struct arena *a, const struct event_rules *r,
    const struct event_claim *const *claims, uint32_t claim_count,
    uint32_t *count)
{
    struct vocabulary *v = vocabulary_new(r->stops);
    struct figure *firsts = arena_make(a, struct figure, claim_count);
    struct toll *tolls = arena_make(a, struct toll, claim_count);
    enum { POPULATION_WORDS = 12 };

    *count = 0;
    for (uint32_t i = 0; i < claim_count; i++) {
        struct figure f = {claims[i], {.count = 0}};
        uint32_t at = 0;

        if (!has_figure(claims[i]))
            continue;
        f.population =
            vocabulary_bag(v, a, claims[i]->population, POPULATION_WORDS);
        while (at < *count && !same_figure(&firsts[at], &f))
            at++;
        if (at == *count) {
            firsts[(*count)++] = f;
            tolls[at].claims =
                arena_make(a, const struct event_claim *, claim_count - i);
        }
        tolls[at].claims[tolls[at].count++] = claims[i];
    }
    for (uint32_t i = 0; i < *count; i++)
        close_toll(&tolls[i]);
    vocabulary_free(v);
    return tolls;
}
