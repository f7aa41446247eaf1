/*
 * All log-linear models with any of the pairs of lists dependent, weighed
 * against each other.  Averaging is of the logarithm of those on no list,
 * which is the models' constant (Buckland, Burnham and Augustin 1997).
 */
#include "events/estimate.h"

#include <math.h>
/* What the deviance lacks of minus twice the logarithm of the likelihood, as
   R's glm counts it. */
static double saturated_part(const struct design *d)
{
    double sum = 0;

    for (uint32_t i = 0; i < d->cells; i++) {
        double y = d->counts[i];

        sum += 2 * (y - (y > 0 ? y * log(y) : 0) + lgamma(y + 1));
    }
    return sum;
}

static uint32_t count_pairs(uint32_t pairs)
{
    uint32_t count = 0;

    if (pairs == PAIRS_UNEVEN)
        return 1;
    for (; pairs; pairs &= pairs - 1)
        count++;
    return count;
}

/* Of the total: those unseen vary too (Cormack 1989). */
static void take_total(const struct captures *c, struct model *m)
{
    double unseen = exp(m->log_unseen), seen = captures_sum(c);
    double width = exp(NORMAL_95 * sqrt(m->log_variance));

    m->error = unseen * sqrt(m->log_variance);
    m->total = (struct range){
        seen + unseen, seen + unseen / width, seen + unseen * width};
}

static void fit_model(const struct captures *c, struct model *m)
{
    struct design d;
    struct fit f;
    double twice;

    design_make(&d, c, m->pairs, NAN);
    m->parameters = 1 + c->lists + count_pairs(m->pairs);
    m->freedom =
        (1U << c->lists) - 1 - MIN(m->parameters, (1U << c->lists) - 1);
    m->is_fitted = design_fit(&d, &f);
    if (!m->is_fitted)
        return;
    m->deviance = MAX(f.deviance, 0);
    twice = m->deviance + saturated_part(&d);
    m->aic = twice + 2 * m->parameters;
    m->bic = twice + log(captures_sum(c)) * m->parameters;
    m->log_unseen = f.beta[0];
    m->log_variance = f.variance + exp(-f.beta[0]);
    take_total(c, m);
}

static int compare_models(const void *x, const void *y)
{
    const struct model *a = x, *b = y;

    if (a->is_fitted != b->is_fitted)
        return a->is_fitted ? -1 : 1;
    if (a->is_fitted && a->bic != b->bic)
        return a->bic < b->bic ? -1 : 1;
    return a->pairs < b->pairs ? -1 : a->pairs > b->pairs;
}

static void weigh(struct models *all)
{
    double sum = 0;

    for (uint32_t i = 0; i < all->fitted; i++) {
        all->at[i].weight = exp((all->at[0].bic - all->at[i].bic) / 2);
        sum += all->at[i].weight;
    }
    for (uint32_t i = 0; i < all->fitted; i++)
        all->at[i].weight /= sum;
}

static void average(const struct captures *c, struct models *all)
{
    double mean = 0, deviation = 0, width, seen = captures_sum(c);

    for (uint32_t i = 0; i < all->fitted; i++)
        mean += all->at[i].weight * all->at[i].log_unseen;
    for (uint32_t i = 0; i < all->fitted; i++) {
        const struct model *m = &all->at[i];
        double apart = m->log_unseen - mean;

        deviation += m->weight * sqrt(m->log_variance + apart * apart);
    }
    width = exp(NORMAL_95 * deviation);
    all->total = (struct range){
        seen + exp(mean), seen + exp(mean) / width, seen + exp(mean) * width};
}

struct models *models_fit(struct arena *a, const struct captures *c)
{
    struct models *all = arena_make(a, struct models, 1);

    g_assert(c->lists >= 3 && c->lists <= LISTS_MOST);
    all->count = 1 + (1U << c->lists * (c->lists - 1) / 2);
    all->at = arena_make(a, struct model, all->count);
    for (uint32_t i = 0; i < all->count; i++) {
        all->at[i].pairs = i + 1 < all->count ? i : PAIRS_UNEVEN;
        fit_model(c, &all->at[i]);
        all->fitted += all->at[i].is_fitted;
    }
    qsort(all->at, all->count, sizeof(*all->at), compare_models);
    if (all->fitted) {
        weigh(all);
        average(c, all);
    }
    return all;
}
