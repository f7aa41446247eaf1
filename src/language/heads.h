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

/* Sentences that went through the network together, and what it made of
   them: `in`, [tokens][2 * hidden] in STEPS_LAYER. */
struct batch {
    struct sentence *sentences;
    uint32_t count, tokens; /* tokens of all sentences */
    const uint8_t *in;
};

/* In this order: names help trees, tags help names.  heads_said may come
   anywhere behind heads_name. */
void heads_tag(struct heads *h, struct arena *a, const struct batch *b);
void heads_name(struct heads *h, struct arena *a, const struct batch *b);
void heads_said(struct heads *h, const struct batch *b);
void heads_parse(struct heads *h, const struct batch *b);

#endif
