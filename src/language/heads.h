/*
 * heads.h - reads tags, lemmas, names and trees off the network's last layer.
 */
#ifndef HEADS_H
#define HEADS_H

#include "language/model.h"
#include "language/word_map.h"

struct heads;
/* `clause_verbs` holds "verb preposition" of lexicon/clause-verbs.tsv. */
struct heads *
heads_new(const struct model *m, const struct word_map *clause_verbs);
void heads_free(struct heads *h); /* accepts NULL */

/* `in` is the last layer, [tokens][2 * hidden] in STEPS_LAYER. */
void heads_run(
    struct heads *h, struct arena *a, const int16_t *in,
    struct sentence *sentences, uint32_t count, uint32_t tokens);

#endif
