/*
 * Which of its readings a cue has.
 */
#include "claims/attribution.h"

#include <stdlib.h>
#include <string.h>

/* A reading is taken above the least score; set on PolNeAR's dev part.  A
   weight of 1 is WEIGHT_SCALE in the file. */
enum { WEIGHT_SCALE = 24 };
#define WEIGHT_LEAST (getenv("TH")?atoi(getenv("TH")):0)

/* Is there nothing but punctuation and at most `most` words between a
   quotation and the cue with its sayer? */
static bool stands_by(
    const struct view *v, const struct candidate *c, struct span quotation,
    uint32_t most)
{
    const struct sentence *s = v->tree->s;
    uint32_t from = c->token, to = c->token, words = 0;

    if (c->source_head != NO_TOKEN && c->source.from <= c->source.to) {
        from = MIN(from, c->source.from);
        to = MAX(to, c->source.to);
    }
    while (from-- > 0 && s->tokens[from].span.from >= quotation.to)
        words += !token_is_punct(&s->tokens[from]);
    if (quotation.from < s->tokens[c->token].span.from)
        return words <= most;
    words = 0;
    while (++to < s->token_count &&
           s->tokens[to].span.to <= quotation.from)
        words += !token_is_punct(&s->tokens[to]);
    return words <= most;
}

static int quote_score(
    const struct view *v, const struct candidate *c, const struct option *o)
{
    if (!cue_takes(c->cue, FRAME_QUOTE))
        return 0;
    for (uint32_t i = 0; i < o->part_count; i++)
        if (!stands_by(v, c, o->parts[i], i + 1 == o->part_count ? 4 : 1))
            return 0;
    return o->part_count == 2 ? 95 : 90;
}

static int option_score(
    const struct view *v, const struct candidate *c, const struct option *o)
{
    const struct cue *cue = c->cue;

    if (o->base != c->token)
        return 0;
    switch (o->kind) {
    case OPTION_QUOTE_BEFORE:
    case OPTION_QUOTE_AFTER:
    case OPTION_QUOTE_BOTH:
        return quote_score(v, c, o);
    case OPTION_CCOMP:
        return cue_takes(cue, FRAME_THAT) ? 80 : 0;
    case OPTION_HOST:
        if (c->kind == CUE_PREP || c->kind == CUE_ADV)
            return 80;
        return cue_takes(cue, FRAME_THAT) ? 75 : 0;
    case OPTION_XCOMP:
        if (o->prep && strcmp(o->prep, "to") == 0)
            return cue_takes(cue, FRAME_TO) ? 60 : 0;
        return cue_takes(cue, FRAME_ING) ? 60 : 0;
    case OPTION_OBJ_XCOMP:
        return cue_takes(cue, FRAME_NPTO) ? 65 : 0;
    case OPTION_SUBJ_XCOMP:
        return cue_takes(cue, FRAME_NPTO) || cue_takes(cue, FRAME_TO) ? 65
                                                                      : 0;
    case OPTION_SUBJ:
    case OPTION_OBJ:
        return cue_takes(cue, FRAME_NP) ? 50 : 0;
    case OPTION_PREP:
        return cue_takes_prep(cue, o->prep) ? 55 : 0;
    case OPTION_ADVCL:
        return cue_takes(cue, FRAME_THAT) && c->kind == CUE_NOUN ? 40 : 0;
    case OPTION_PARAGRAPH:
    case OPTION_AFTER:
    case OPTION_BEFORE:
    case OPTION_AROUND:
    case OPTION_OBJ_INNER:
    case OPTION_OBJ_REST:
    case OPTION_OBJ_PREP:
    case OPTION_KIND_COUNT:
        break;
    }
    return 0;
}

static uint32_t choose_by_table(
    const struct view *v, const struct candidate *c, float *confidence)
{
    uint32_t best = OPTIONS_MOST;
    int most = 0;

    for (uint32_t i = 0; c->cue && i < c->option_count; i++) {
        int score = option_score(v, c, &c->options[i]);

        if (score > most) {
            most = score;
            best = i;
        }
    }
    *confidence = (float)most / 100.0f;
    return best;
}

static uint32_t choose_by_weights(
    const struct view *v, const struct candidate *c, const int8_t *weights,
    float *confidence)
{
    uint32_t best = OPTIONS_MOST;
    int most = WEIGHT_LEAST;
    struct cue_features cue;
    struct features f;

    features_start(&cue, v, c);
    for (uint32_t i = 0; i < c->option_count; i++) {
        int score = 0;

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

uint32_t option_choose(
    const struct view *v, const struct candidate *c, float *confidence)
{
    const int8_t *weights = cues_weights(v->cues);

    if (weights)
        return choose_by_weights(v, c, weights, confidence);
    return choose_by_table(v, c, confidence);
}
