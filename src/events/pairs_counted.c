/* Two lists: Chapman's estimate, and whether one list depends on the other. */
#include "events/estimate.h"

#include <math.h>

/* People of a 2x2 table: [on a][on b]. */
struct table22 {
    double at[2][2];
};

/* `others`: only those that a third list names. */
static struct table22
count_table(const struct captures *c, uint32_t a, uint32_t b, bool others)
{
    uint32_t pair = 1U << a | 1U << b;
    struct table22 t = {{{0}}};

    for (uint32_t set = 1; set < 1U << c->lists; set++)
        if (!others || (set & ~pair))
            t.at[set >> a & 1][set >> b & 1] += c->counts[set];
    return t;
}

/* Chapman 1951 and Seber 1970, as in Seber, The estimation of animal
   abundance (1982), 3.1. */
static void take_total(struct pair_count *p)
{
    double n = p->both + p->only_a, m = p->both + p->only_b, k = p->both;

    p->total.value = (n + 1) * (m + 1) / (k + 1) - 1;
    p->variance =
        (n + 1) * (m + 1) * (n - k) * (m - k) / ((k + 1) * (k + 1) * (k + 2));
}

/* The transformed logit's interval with 1/2 added to each count. */
static void take_limits(struct pair_count *p)
{
    double k = p->both + 0.5, a = p->only_a + 0.5, b = p->only_b + 0.5;
    double seen = p->both + p->only_a + p->only_b, unseen = a * b / k;
    double width = exp(NORMAL_95 * sqrt(1 / k + 1 / a + 1 / b + k / (a * b)));

    p->total.low = MAX(seen, seen - 0.5 + unseen / width);
    p->total.high = seen - 0.5 + unseen * width;
}

/* Woolf's interval with 1/2 added to each count. */
static struct range take_odds(const struct table22 *t)
{
    double x = t->at[1][1] + 0.5, y = t->at[0][0] + 0.5;
    double a = t->at[1][0] + 0.5, b = t->at[0][1] + 0.5;
    double odds = x * y / (a * b);
    double width = exp(NORMAL_95 * sqrt(1 / x + 1 / y + 1 / a + 1 / b));

    return (struct range){odds, odds / width, odds * width};
}

void pair_take(
    const struct captures *c, uint32_t a, uint32_t b, struct pair_count *out)
{
    struct table22 all = count_table(c, a, b, false);
    struct table22 others = count_table(c, a, b, true);

    *out = (struct pair_count){
        .a = a,
        .b = b,
        .both = all.at[1][1],
        .only_a = all.at[1][0],
        .only_b = all.at[0][1],
        .odds = {NAN, NAN, NAN}};
    take_total(out);
    take_limits(out);
    if (c->lists > 2)
        out->odds = take_odds(&others);
}

uint32_t pair_bit(uint32_t lists, uint32_t a, uint32_t b)
{
    uint32_t bit = 0;

    for (uint32_t i = 0; i < a; i++)
        bit += lists - 1 - i;
    return 1U << (bit + b - a - 1);
}
