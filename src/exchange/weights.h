/*
 * weights.h - a linear model that can be read: models/incidents.tsv, a weight
 * a row for what speaks for a choice; and the traits that are weighed.
 */
#ifndef WEIGHTS_H
#define WEIGHTS_H

#include "base/base.h"

/* What is to be seen of a candidate, in plain words: "target of life.kill".
   None stands there twice. */
struct traits {
    struct arena *a;
    const char **at;
    uint32_t count, room;
};
void trait_add(struct traits *t, const char *format, ...) G_GNUC_PRINTF(2, 3);

struct weights;
MUST_CHECK struct weights *weights_load(const char *dir, GError **error);
void weights_free(struct weights *w); /* accepts NULL */
/* How much the traits speak for the choice; unknown traits say nothing. */
double weights_sum(
    const struct weights *w, const char *choice, const struct traits *t);
/* What a sum must exceed for a choice that may be left. */
double weights_threshold(const struct weights *w, const char *choice);

#endif
