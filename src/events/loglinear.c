/*
 * Fitting one log-linear model to counts: Poisson likelihood, logarithmic
 * link, Newton's method as iterated weighted least squares (Nelder and
 * Wedderburn 1972).  The systems are at most 16 x 16, solved by Cholesky.
 */
#include "events/estimate.h"

#include <math.h>
#include <string.h>

enum { ROUNDS_MOST = 60 };
/* A cell of nobody whose expectation falls so low has none: the likelihood
   grows without end as a term goes to minus infinity. */
static const double VANISHED = 1e-6;
static const double SETTLED = 1e-11, SINGULAR = 1e-11;

/* --- cells and terms -------------------------------------------------- */

static double margin(const struct captures *c, uint32_t both)
{
    double sum = 0;

    for (uint32_t set = 1; set < 1U << c->lists; set++)
        if ((set & both) == both)
            sum += c->counts[set];
    return sum;
}

/* The pairs of a model as sets of two lists; those on which nobody stands
   come in `empty`. */
static uint32_t list_pairs(
    const struct captures *c, uint32_t pairs, uint32_t *sets, uint32_t *empty,
    uint32_t *empty_count)
{
    uint32_t count = 0;

    *empty_count = 0;
    for (uint32_t a = 0; a < c->lists; a++)
        for (uint32_t b = a + 1; b < c->lists; b++) {
            uint32_t both = 1U << a | 1U << b;

            if (!(pairs & pair_bit(c->lists, a, b)))
                continue;
            if (margin(c, both) > 0)
                sets[count++] = both;
            else
                empty[(*empty_count)++] = both;
        }
    return count;
}

static bool
is_left_out(uint32_t set, const uint32_t *empty, uint32_t empty_count)
{
    for (uint32_t i = 0; i < empty_count; i++)
        if ((set & empty[i]) == empty[i])
            return true;
    return false;
}

static uint32_t count_bits(uint32_t set)
{
    uint32_t count = 0;

    for (; set; set &= set - 1)
        count++;
    return count;
}

/* As if people differed in how easily they are found: the same term for each
   pair of lists that somebody is on (Darroch and others 1993). */
static void add_uneven(struct design *d, uint32_t row, uint32_t set)
{
    uint32_t on = count_bits(set);

    d->at[row][d->terms - 1] = on * (on - 1) / 2.0;
}

void design_make(
    struct design *d, const struct captures *c, uint32_t pairs, double unseen)
{
    uint32_t sets[PAIRS_MOST], empty[PAIRS_MOST], empty_count;
    bool uneven = pairs == PAIRS_UNEVEN;
    uint32_t count =
        list_pairs(c, uneven ? 0 : pairs, sets, empty, &empty_count);

    d->cells = 0;
    d->terms = 1 + c->lists + count + uneven;
    for (uint32_t set = isnan(unseen); set < 1U << c->lists; set++) {
        double *row = d->at[d->cells];

        if (is_left_out(set, empty, empty_count))
            continue;
        row[0] = 1;
        for (uint32_t i = 0; i < c->lists; i++)
            row[1 + i] = set >> i & 1;
        for (uint32_t i = 0; i < count; i++)
            row[1 + c->lists + i] = (set & sets[i]) == sets[i];
        if (uneven)
            add_uneven(d, d->cells, set);
        d->counts[d->cells++] = set ? c->counts[set] : unseen;
    }
}

/* --- solving ------------------------------------------------------------ */

struct system {
    uint32_t size;
    double at[TERMS_MOST][TERMS_MOST]; /* the lower triangle */
    double right[TERMS_MOST];
};

/* Into the factor of Cholesky; false if a term depends on those before it. */
static bool factor(struct system *s)
{
    for (uint32_t i = 0; i < s->size; i++) {
        double diagonal = s->at[i][i];

        for (uint32_t k = 0; k <= i; k++) {
            double sum = s->at[i][k];

            for (uint32_t j = 0; j < k; j++)
                sum -= s->at[i][j] * s->at[k][j];
            if (k < i)
                s->at[i][k] = sum / s->at[k][k];
            else if (sum > diagonal * SINGULAR)
                s->at[i][i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

static void solve(const struct system *s, double *x)
{
    for (uint32_t i = 0; i < s->size; i++) {
        for (uint32_t k = 0; k < i; k++)
            x[i] -= s->at[i][k] * x[k];
        x[i] /= s->at[i][i];
    }
    for (uint32_t i = s->size; i-- > 0;) {
        for (uint32_t k = i + 1; k < s->size; k++)
            x[i] -= s->at[k][i] * x[k];
        x[i] /= s->at[i][i];
    }
}

/* The weighted normal equations at the expectations of `f`. */
static void add_cells(
    const struct design *d, const struct fit *f, const double *eta,
    struct system *s)
{
    memset(s, 0, sizeof(*s));
    s->size = d->terms;
    for (uint32_t i = 0; i < d->cells; i++) {
        double weight = f->expected[i];
        double aim = eta[i] * weight + d->counts[i] - weight;

        for (uint32_t k = 0; k < d->terms; k++) {
            s->right[k] += d->at[i][k] * aim;
            for (uint32_t j = 0; j <= k; j++)
                s->at[k][j] += weight * d->at[i][k] * d->at[i][j];
        }
    }
}

/* --- iterating ---------------------------------------------------------- */

static double deviance(const struct design *d, const double *expected)
{
    double sum = 0;

    for (uint32_t i = 0; i < d->cells; i++) {
        double y = d->counts[i], mu = expected[i];

        sum += (y > 0 ? y * log(y / mu) : 0) - (y - mu);
    }
    return 2 * sum;
}

/* Expectations at `beta`; NAN as deviance where they overflow. */
static void expect(const struct design *d, struct fit *f, double *eta)
{
    for (uint32_t i = 0; i < d->cells; i++) {
        eta[i] = 0;
        for (uint32_t k = 0; k < d->terms; k++)
            eta[i] += d->at[i][k] * f->beta[k];
        f->expected[i] = exp(eta[i]);
    }
    f->deviance = deviance(d, f->expected);
}

static void start(const struct design *d, struct fit *f, double *eta)
{
    for (uint32_t i = 0; i < d->cells; i++) {
        f->expected[i] = d->counts[i] + 0.1;
        eta[i] = log(f->expected[i]);
    }
    f->deviance = INFINITY;
}

/* Goes from `before` to the next, by half as far while that makes it worse. */
static void advance(
    const struct design *d, const struct fit *before, struct fit *f,
    double *eta)
{
    for (int halves = 0; halves < 20; halves++) {
        expect(d, f, eta);
        if (isinf(before->deviance) ||
            f->deviance <= before->deviance * (1 + 1e-9) + 1e-9)
            return;
        for (uint32_t k = 0; k < d->terms; k++)
            f->beta[k] = (f->beta[k] + before->beta[k]) / 2;
    }
}

static bool has_vanished(const struct design *d, const struct fit *f)
{
    for (uint32_t i = 0; i < d->cells; i++)
        if (!(f->expected[i] > VANISHED))
            return true;
    return false;
}

/* The first of the inverse, which is the variance of the constant. */
static double constant_variance(const struct system *s)
{
    double x[TERMS_MOST] = {1};

    solve(s, x);
    return x[0];
}

bool design_fit(const struct design *d, struct fit *out)
{
    struct fit before;
    struct system s;
    double eta[HISTORIES_MOST];

    if (d->terms > d->cells)
        return false;
    start(d, out, eta);
    for (int round = 0; round < ROUNDS_MOST; round++) {
        before = *out;
        add_cells(d, out, eta, &s);
        if (!factor(&s))
            return false;
        memcpy(out->beta, s.right, sizeof(out->beta));
        solve(&s, out->beta);
        advance(d, &before, out, eta);
        if (!isfinite(out->deviance))
            return false;
        if (fabs(out->deviance - before.deviance) <=
            SETTLED * (fabs(out->deviance) + 0.1)) {
            add_cells(d, out, eta, &s);
            out->variance = factor(&s) ? constant_variance(&s) : NAN;
            return out->variance > 0 && !has_vanished(d, out);
        }
    }
    return false;
}
