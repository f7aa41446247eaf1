/*
 * The interval of profile likelihood: for each number of people on no list the
 * model is fitted as if it were known, and the numbers stay that make what was
 * seen not much less likely than the best does (Cormack 1992).  The likelihood
 * is the multinomial's, with the total as a parameter.
 */
#include "events/estimate.h"

#include <math.h>

enum { SEARCH_ROUNDS = 60 };
/* Numbers of unseen people tried: none, and as good as without limit. */
static const double LEAST = 0.01, MOST_TIMES = 1e6;

struct profile {
    const struct captures *c;
    uint32_t pairs;
    double seen;
};

/* The logarithm of the likelihood, up to what does not depend on `unseen`. */
static double likelihood(const struct profile *p, double unseen)
{
    double total = p->seen + unseen, sum;
    struct design d;
    struct fit f;

    design_make(&d, p->c, p->pairs, unseen);
    if (!design_fit(&d, &f))
        return -INFINITY;
    sum = lgamma(total + 1) - lgamma(unseen + 1);
    for (uint32_t i = 0; i < d.cells; i++)
        if (d.counts[i] > 0)
            sum += d.counts[i] * log(f.expected[i] / total);
    return sum;
}

/* The best within e^3 of where the model has it, by golden section. */
static double find_peak(const struct profile *p, double middle, double *height)
{
    const double golden = 0.6180339887498949;
    double low = MAX(log(middle) - 3, log(LEAST)), high = low + 6;
    double x = high - golden * (high - low), y = low + golden * (high - low);
    double at_x = likelihood(p, exp(x)), at_y = likelihood(p, exp(y));

    for (int i = 0; i < SEARCH_ROUNDS && high - low > 1e-7; i++) {
        if (at_x > at_y) {
            high = y;
            y = x;
            at_y = at_x;
            x = high - golden * (high - low);
            at_x = likelihood(p, exp(x));
        } else {
            low = x;
            x = y;
            at_x = at_y;
            y = low + golden * (high - low);
            at_y = likelihood(p, exp(y));
        }
    }
    *height = MAX(at_x, at_y);
    return exp((low + high) / 2);
}

/* Where the likelihood crosses `floor` between two logarithms. */
static double
cross(const struct profile *p, double above, double below, double floor)
{
    for (int i = 0; i < SEARCH_ROUNDS && fabs(above - below) > 1e-7; i++) {
        double middle = (above + below) / 2;

        if (likelihood(p, exp(middle)) >= floor)
            above = middle;
        else
            below = middle;
    }
    return exp((above + below) / 2);
}

static double find_low(const struct profile *p, double peak, double floor)
{
    if (likelihood(p, LEAST) >= floor)
        return 0;
    return cross(p, log(peak), log(LEAST), floor);
}

static double find_high(const struct profile *p, double peak, double floor)
{
    double most = MOST_TIMES * (p->seen + peak), above = peak, below = peak * 2;

    while (likelihood(p, below) >= floor) {
        above = below;
        below *= 2;
        if (below > most)
            return INFINITY;
    }
    return cross(p, log(above), log(below), floor);
}

void model_range(const struct captures *c, struct model *m)
{
    struct profile p = {c, m->pairs, captures_sum(c)};
    double peak, height;

    if (!m->is_fitted)
        return;
    peak = find_peak(&p, MAX(exp(m->log_unseen), 2 * LEAST), &height);
    if (!isfinite(height))
        return;
    m->total.low = p.seen + find_low(&p, peak, height - PROFILE_DROP);
    m->total.high = p.seen + find_high(&p, peak, height - PROFILE_DROP);
}
