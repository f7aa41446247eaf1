/* estimate.h - what the files that estimate share. */
#ifndef ESTIMATE_H
#define ESTIMATE_H

#include "events/events.h"

/* Of the normal distribution: 95 % lie within so many standard deviations. */
#define NORMAL_95 1.959963984540054
/* Half of what chi-square of one degree exceeds in 5 % of cases. */
#define PROFILE_DROP 1.920729410347062

enum { TERMS_MOST = 1 + LISTS_MOST + PAIRS_MOST };

/*
 * A model's cells and terms: the logarithm of what is expected in cell i is
 * the sum of terms[i][k] * beta[k], of which the first is the constant, that
 * is the logarithm of those on no list.
 */
struct design {
    uint32_t cells, terms;
    double counts[HISTORIES_MOST];
    double at[HISTORIES_MOST][TERMS_MOST];
};
/* `unseen` adds the cell of those on no list, with that count; NAN: without.
   A pair on which nobody stands is fitted by leaving out its cells. */
void design_make(
    struct design *d, const struct captures *c, uint32_t pairs, double unseen);

struct fit {
    double beta[TERMS_MOST], expected[HISTORIES_MOST];
    double deviance;
    double variance; /* of beta[0] */
};
/* Maximum likelihood by iterated least squares; false where there is none. */
bool design_fit(const struct design *d, struct fit *out);

#endif
