/* What makes an estimate from lists doubtful. */
#include "events/estimate.h"

#include <math.h>

/*
 * With seven on both lists Chapman's estimate is off by less than 2 %, unless
 * they depend on each other (Robson and Regier 1964).  The other limits are
 * this program's: where two careful people would no longer call two figures
 * the same answer.
 */
static const double OVERLAP_LEAST = 7, PEOPLE_LEAST = 30, TIMES_APART = 2,
                    TIMES_WIDE = 4, FIT_LEAST = 0.01, WEIGHT_LEAST = 0.05,
                    UNEVEN_LEAST = 0.25;

struct doubts {
    struct warning *at;
    uint32_t count;
};

static void note(
    struct doubts *d, enum warning_kind kind, uint32_t a, uint32_t b,
    double figure)
{
    d->at[d->count++] = (struct warning){kind, a, b, figure};
}

/* How two lists lie to each other. */
static void judge_pair(struct doubts *d, const struct pair_count *p)
{
    if (!p->both)
        note(d, WARNING_NO_OVERLAP, p->a, p->b, 0);
    else if (!p->only_a && !p->only_b)
        note(d, WARNING_SAME, p->a, p->b, p->both);
    else if (!p->only_a)
        note(d, WARNING_NESTED, p->a, p->b, p->both);
    else if (!p->only_b)
        note(d, WARNING_NESTED, p->b, p->a, p->both);
    else if (p->both < OVERLAP_LEAST)
        note(d, WARNING_THIN, p->a, p->b, p->both);
    if (p->odds.low > 1)
        note(d, WARNING_TOGETHER, p->a, p->b, p->odds.value);
    if (p->odds.high < 1)
        note(d, WARNING_APART, p->a, p->b, p->odds.value);
}

/* Were all lists independent, all pairs would tell about the same. */
static void judge_pairs(struct doubts *d, const struct captures *c)
{
    struct range least = {INFINITY, 0, INFINITY}, most = {0, 0, 0};

    for (uint32_t a = 0; a < c->lists; a++)
        for (uint32_t b = a + 1; b < c->lists; b++) {
            struct pair_count p;

            pair_take(c, a, b, &p);
            judge_pair(d, &p);
            if (p.total.value < least.value)
                least = p.total;
            if (p.total.value > most.value)
                most = p.total;
        }
    if (most.value > TIMES_APART * least.value && most.low > least.high)
        note(d, WARNING_PAIRS_DIFFER, 0, 0, most.value / least.value);
}

/* How often chi-square is greater, by Wilson and Hilferty's cube root. */
static double chi_square_tail(double x, uint32_t freedom)
{
    double part = 2.0 / (9.0 * freedom);
    double z = (cbrt(x / freedom) - (1 - part)) / sqrt(part);

    return erfc(z / sqrt(2)) / 2;
}

static void judge_models(struct doubts *d, const struct models *models)
{
    const struct model *best = &models->at[0];
    double least = INFINITY, most = 0, tail;

    if (models->fitted < models->count)
        note(d, WARNING_UNFITTED, 0, 0, models->count - models->fitted);
    if (!models->fitted)
        return;
    tail = best->freedom ? chi_square_tail(best->deviance, best->freedom) : 1;
    if (tail < FIT_LEAST)
        note(d, WARNING_BAD_FIT, 0, 0, tail);
    for (uint32_t i = 0; i < models->fitted; i++) {
        const struct model *m = &models->at[i];

        if (m->pairs == PAIRS_UNEVEN && m->weight >= UNEVEN_LEAST)
            note(d, WARNING_UNEVEN, 0, 0, m->weight);
        if (m->weight < WEIGHT_LEAST)
            continue;
        least = MIN(least, m->total.value);
        most = MAX(most, m->total.value);
    }
    if (most > TIMES_APART * least)
        note(d, WARNING_MODELS_DIFFER, 0, 0, most / least);
}

static struct range
range_of(const struct captures *c, const struct models *models)
{
    struct pair_count p;

    if (models)
        return models->total;
    pair_take(c, 0, 1, &p);
    return p.total;
}

struct warning *warnings_find(
    struct arena *a, const struct captures *c, const struct models *models,
    uint32_t *count)
{
    struct doubts d = {arena_make(a, struct warning, 2 * PAIRS_MOST + 8), 0};
    struct range total = range_of(c, models);

    if (captures_sum(c) < PEOPLE_LEAST)
        note(&d, WARNING_FEW, 0, 0, captures_sum(c));
    if (total.high > TIMES_WIDE * total.low)
        note(&d, WARNING_WIDE, 0, 0, total.high / total.low);
    if (models)
        judge_models(&d, models);
    judge_pairs(&d, c);
    *count = d.count;
    return d.at;
}
