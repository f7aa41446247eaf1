/*
 * Which of its readings a cue has.
 */
#include "claims/attribution.h"

#include <stdlib.h>

/* A reading is taken above the least score; set on PolNeAR's dev part.  A
   weight of 1 is WEIGHT_SCALE in the file. */
enum { WEIGHT_SCALE = 24, WEIGHT_LEAST = -42 };

/* Who says it is no part of what is said. */
static bool holds_source(
    const struct view *v, const struct candidate *c, const struct option *o)
{
    const struct token *tokens = v->tree->s->tokens;
    struct span source;

    if (c->source_head == NO_TOKEN || c->source.from > c->source.to)
        return false;
    source = (struct span){
        tokens[c->source.from].span.from, tokens[c->source.to].span.to};
    for (uint32_t i = 0; i < o->part_count; i++)
        if (span_has(o->parts[i], source))
            return true;
    return false;
}

uint32_t option_choose(
    const struct view *v, const struct candidate *c, float *confidence)
{
    const int8_t *weights = cues_weights(v->cues);
    uint32_t best = OPTIONS_MOST;
    int most = WEIGHT_LEAST;
    struct cue_features cue;
    struct features f;

    features_start(&cue, v, c);
    for (uint32_t i = 0; i < c->option_count; i++) {
        int score = 0;

        if (holds_source(v, c, &c->options[i]))
            continue;
        features_find(&f, v, c, &cue, &c->options[i]);
        for (uint32_t k = 0; k < f.count; k++)
            score += weights[f.at[k]];
        if (score > most) {
            most = score;
            best = i;
        }
    }
    /* An algebraic curve from 0 to 1: the same on every machine. */
    *confidence = 0.5f + 0.5f * (float)most / (WEIGHT_SCALE + abs(most));
    return best;
}
