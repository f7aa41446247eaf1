/*
 * How near two words sound: the best alignment of their sounds, each pair and
 * each gap scored by how much more often it is seen between spellings of one
 * name than by chance (models/sounds.tsv; Needleman & Wunsch 1970, with the
 * scores of Ristad & Yianilos 1998), as a share of the best score possible.
 */
#include "identity/likeness.h"

struct costs_side
costs_between(const struct likeness *l, uint8_t script, uint8_t other)
{
    /* The second side of the costs is that of the Semitic word, else of the
       Cyrillic one. */
    if (script == other)
        return (struct costs_side){&l->costs[SCRIPT_LATIN], 0};
    if (script == SCRIPT_SEMITIC || other == SCRIPT_SEMITIC)
        return (struct costs_side){
            &l->costs[SCRIPT_SEMITIC], script == SCRIPT_SEMITIC};
    return (struct costs_side){
        &l->costs[SCRIPT_CYRILLIC], script == SCRIPT_CYRILLIC};
}

/* What such sounds score on average where they are answered rightly. */
static int usual_score(const struct costs_side *side, const struct sounding *s)
{
    const int16_t *usual = side->costs->usual[side->side];
    int sum = 0;

    for (size_t i = 0; i < s->count; i++)
        sum += usual[s->at[i]];
    return sum;
}

static int
align(const struct costs *c, const struct sounding *a, const struct sounding *b)
{
    enum { MOST = FORM_SOUNDS };
    int row[MOST + 1];

    row[0] = 0;
    for (size_t k = 0; k < b->count; k++)
        row[k + 1] = row[k] + c->at[0][b->at[k]];
    for (size_t i = 0; i < a->count; i++) {
        const int16_t *scores = c->at[a->at[i]];
        int gap = scores[0], above = row[0];
        int left = row[0] += gap;

        for (size_t k = 0; k < b->count; k++) {
            uint8_t sound = b->at[k];
            int best = above + scores[sound];

            above = row[k + 1];
            best = MAX(best, above + gap);
            best = MAX(best, left + c->at[0][sound]);
            left = row[k + 1] = best;
        }
    }
    return row[b->count];
}

double
sounds_likeness(const struct likeness *l, struct sounding a, struct sounding b)
{
    struct costs_side of_a = costs_between(l, a.script, b.script);
    struct costs_side of_b = costs_between(l, b.script, a.script);
    int usual, score;

    usual = usual_score(&of_a, &a) + usual_score(&of_b, &b);
    score = of_a.side ? align(of_a.costs, &b, &a) : align(of_a.costs, &a, &b);
    if (score <= 0 || usual <= 0)
        return 0;
    return MIN(1.0, 2.0 * score / usual);
}
