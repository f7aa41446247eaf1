/* What two names have in common, in figures that a person can read. */
#include "identity/likeness.h"

#include <string.h>

/* How far a word counts as answered: nothing at .3, all at .9. */
static float answered(const struct answer *a)
{
    float share = (a->likeness - 0.4F) / 0.55F;

    return a->word < 0 ? 0 : CLAMP(share, 0.0F, 1.0F);
}

/* Sums over the words of one form. */
struct sums {
    float weight, covered, left, rarest, worst;
    float likeness; /* weighed */
    float letters;
    int initials, answered;
};

static void add_up(const struct pairing *p, int side, struct sums *out)
{
    const struct name_form *f = p->forms[side];

    *out = (struct sums){.worst = 1};
    for (int i = 0; i < f->count; i++) {
        const struct answer *a = &p->answers[side][i];
        float weight = (float)f->words[i].weight / 255, share = answered(a);

        out->weight += weight;
        out->covered += weight * share;
        out->left += weight * (1 - share);
        if (share <= 0)
            continue;
        out->answered++;
        out->likeness += weight * a->likeness;
        out->rarest = MAX(out->rarest, weight * share);
        out->worst = MIN(out->worst, a->likeness);
        out->letters += weight * share * (float)f->words[i].length;
        out->initials += f->words[i].duty == DUTY_INITIAL;
    }
}

static float share(float part, float whole)
{
    return whole > 0 ? part / whole : 0;
}

static void compare_sums(const struct sums *a, const struct sums *b, float *out)
{
    float x = share(a->covered, a->weight), y = share(b->covered, b->weight);

    out[FIGURE_SHORT_COVERED] = MAX(x, y);
    out[FIGURE_LONG_COVERED] = MIN(x, y);
    out[FIGURE_BOTH_LEFT] = MIN(a->left, b->left);
    out[FIGURE_ONE_LEFT] = MAX(a->left, b->left);
    out[FIGURE_EVIDENCE] = MIN(a->covered, b->covered);
    out[FIGURE_RAREST] = MIN(a->rarest, b->rarest);
    out[FIGURE_WORST] = a->answered ? MIN(a->worst, b->worst) : 0;
    out[FIGURE_MEAN] = share(
        a->likeness + b->likeness,
        a->weight + b->weight - a->left - b->left + 0.01F);
    out[FIGURE_LETTERS] = MIN(a->letters, b->letters);
    out[FIGURE_INITIALS] = (float)(a->initials + b->initials);
}

/* Share of the answered words that stand in the same order in both. */
static float same_order(const struct pairing *p)
{
    const struct name_form *f = p->forms[0];
    int pairs = 0, kept = 0;

    for (int i = 0; i < f->count; i++)
        for (int k = i + 1; k < f->count; k++) {
            int x = p->answers[0][i].word, y = p->answers[0][k].word;

            if (x < 0 || y < 0)
                continue;
            pairs++;
            kept += x <= y;
        }
    return pairs ? (float)kept / (float)pairs : 1;
}

/* The first or last word that counts; -1 of a name without words. */
static int end_word(const struct name_form *f, bool last)
{
    for (int i = 0; i < f->count; i++) {
        int at = last ? f->count - 1 - i : i;

        if (f->words[at].weight)
            return at;
    }
    return -1;
}

static float ends_answer(const struct pairing *p, bool last)
{
    const struct name_form *f = p->forms[0], *g = p->forms[1];
    const struct answer *a, *b;
    int x = end_word(f, last), y = end_word(g, last);

    if (x < 0 || y < 0)
        return 0;
    a = &p->answers[0][x];
    b = &p->answers[1][y];
    if (a->word != y && b->word != x)
        return 0;
    return (float)MIN(f->words[x].weight, g->words[y].weight) / 255 *
           answered(a->word == y ? a : b);
}

/* Words of a duty that have no equal in the other name, as they mean. */
static int count_apart(const struct pairing *p, int side, enum duty duty)
{
    const struct name_form *f = p->forms[side], *g = p->forms[!side];
    int apart = 0;

    for (int i = 0; i < f->count; i++) {
        bool found = f->words[i].duty != duty;

        for (int k = 0; !found && k < g->count; k++)
            found =
                g->words[k].duty == duty && g->words[k].kin == f->words[i].kin;
        apart += !found;
    }
    return apart;
}

static float legal_conflict(const struct pairing *p)
{
    return count_apart(p, 0, DUTY_LEGAL) && count_apart(p, 1, DUTY_LEGAL);
}

/* Is the short name of f made of g's initials, all or without small words? */
static bool is_acronym(const struct name_form *f, const struct name_form *g)
{
    int all = 0, big = 0;
    bool is_all, is_big;

    if (f->short_count < 2 || g->initial_count < 2)
        return false;
    is_all = f->short_count == g->initial_count;
    is_big = true;
    for (int i = 0; i < g->initial_count; i++) {
        is_all = is_all && f->short_name[all++] == g->initials[i];
        if (g->small_initials[i])
            continue;
        is_big = is_big && big < f->short_count &&
                 f->short_name[big] == g->initials[i];
        big++;
    }
    return is_all || (is_big && big == f->short_count);
}

/* The best likeness among words that answer nothing. */
static float left_likeness(const struct pairing *p)
{
    float best = 0;

    for (int i = 0; i < p->forms[0]->count; i++)
        if (p->answers[0][i].likeness < 0.6F)
            best = MAX(best, p->answers[0][i].likeness);
    return best;
}

void figures_find(const struct pairing *p, float *out)
{
    const struct name_form *a = p->forms[0], *b = p->forms[1];
    struct sums x, y;

    memset(out, 0, sizeof *out * FIGURE_COUNT);
    add_up(p, 0, &x);
    add_up(p, 1, &y);
    compare_sums(&x, &y, out);
    out[FIGURE_LEFT_LIKENESS] = left_likeness(p);
    out[FIGURE_ORDER] = same_order(p);
    out[FIGURE_WORDS] = (float)MIN(a->plain, b->plain);
    out[FIGURE_MORE_WORDS] = (float)ABS(a->plain - b->plain);
    out[FIGURE_NUMBERS] =
        (float)(count_apart(p, 0, DUTY_NUMBER) + count_apart(p, 1, DUTY_NUMBER));
    out[FIGURE_LEGAL] = legal_conflict(p);
    out[FIGURE_ACRONYM] = is_acronym(a, b) || is_acronym(b, a);
    out[FIGURE_SCRIPTS] = !(a->scripts & b->scripts);
    out[FIGURE_SAME_END] = ends_answer(p, true);
    out[FIGURE_SAME_START] = ends_answer(p, false);
}
