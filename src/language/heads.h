/*
 * heads.h - reads tags, lemmas, names and trees off the network's last layer.
 */
#ifndef HEADS_H
#define HEADS_H

#include "language/model.h"

struct heads;
struct heads *heads_new(const struct model *m);
void heads_free(struct heads *h); /* accepts NULL */

/* `in` is the last layer, [tokens][2 * hidden] in STEPS_LAYER. */
void heads_run(
    struct heads *h, struct arena *a, const int16_t *in,
    struct sentence *sentences, uint32_t count, uint32_t tokens);

#endif
