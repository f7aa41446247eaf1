/*
 * Which word of one name answers which of the other: the nearest first, each
 * once; then words that were written as two ("Khair Ullah", "Khairullah").
 */
#include "identity/likeness.h"

#include <string.h>

enum { NEAR_LEAST = 20 }; /* of 100: below it words do not answer each other */

static struct sounding
sounding_of(const struct name_form *f, const struct name_word *w)
{
    return (struct sounding){f->sounds + w->from, w->length, w->script};
}

/* The word with the article that was taken for none of it. */
static struct sounding
with_article(const struct name_form *f, const struct name_word *w)
{
    return (struct sounding){
        f->sounds + w->from - w->article, (size_t)w->length + w->article,
        w->script};
}

static double heard_likeness(
    const struct likeness *l, const struct name_form *f,
    const struct name_word *x, const struct name_form *g,
    const struct name_word *y)
{
    double near = sounds_likeness(l, sounding_of(f, x), sounding_of(g, y));

    if (x->article != y->article)
        near = MAX(
            near, sounds_likeness(l, with_article(f, x), with_article(g, y)));
    return near;
}

static bool same_sounds(
    const struct name_form *f, const struct name_word *x,
    const struct name_form *g, const struct name_word *y)
{
    return x->length == y->length && x->script == y->script &&
           f->sounds[x->from] == g->sounds[y->from] &&
           !memcmp(f->sounds + x->from, g->sounds + y->from, x->length);
}

static int count_bits(unsigned bits)
{
    int count = 0;

    for (; bits; bits &= bits - 1)
        count++;
    return count;
}

/* Do they share half of their kinds of consonants? */
static bool share_classes(const struct name_word *x, const struct name_word *y)
{
    int most = MAX(count_bits(x->classes), count_bits(y->classes));

    return count_bits(x->classes & y->classes) * 2 >= most;
}

static double initial_likeness(
    const struct likeness *l, const struct name_form *f,
    const struct name_word *x, const struct name_form *g,
    const struct name_word *y)
{
    struct costs_side c = costs_between(l, x->script, y->script);
    uint8_t first = f->sounds[x->from], other = g->sounds[y->from];
    int score = c.side ? c.costs->at[other][first] : c.costs->at[first][other];

    return score > 0 ? 0.6 : 0;
}

/* Words that need no listening: the same, or known to be; -1 for others. */
static double known_likeness(
    const struct name_form *f, const struct name_word *x,
    const struct name_form *g, const struct name_word *y)
{
    if (x->duty == DUTY_NUMBER || y->duty == DUTY_NUMBER)
        return x->duty == y->duty && x->kin == y->kin;
    if (same_sounds(f, x, g, y) || (x->spelling && x->spelling == y->spelling))
        return 1;
    if (x->kin && x->kin == y->kin)
        return x->given ? 0.8 : 0.95;
    return -1;
}

static double words_likeness(
    const struct likeness *l, const struct name_form *f,
    const struct name_word *x, const struct name_form *g,
    const struct name_word *y)
{
    double known = known_likeness(f, x, g, y);

    if (known >= 0)
        return known;
    if (x->duty == DUTY_INITIAL || y->duty == DUTY_INITIAL)
        return initial_likeness(l, f, x, g, y);
    if (!share_classes(x, y))
        return 0;
    return heard_likeness(l, f, x, g, y);
}

/* --- one to one ---------------------------------------------------------- */

struct table_of {
    float near[FORM_WORDS][FORM_WORDS];
};

static void answer(struct pairing *p, int i, int k, float likeness)
{
    p->answers[0][i] = (struct answer){(int8_t)k, 1, likeness};
    p->answers[1][k] = (struct answer){(int8_t)i, 1, likeness};
}

/* Words that are the same answer each other before any are listened to. */
static void answer_same(struct pairing *p)
{
    const struct name_form *a = p->forms[0], *b = p->forms[1];

    for (int i = 0; i < a->count; i++)
        for (int k = 0; a->words[i].weight && k < b->count; k++)
            if (b->words[k].weight && p->answers[1][k].word < 0 &&
                known_likeness(a, &a->words[i], b, &b->words[k]) == 1) {
                answer(p, i, k, 1);
                break;
            }
}

static void compare_words(
    const struct likeness *l, const struct pairing *p, struct table_of *t)
{
    const struct name_form *a = p->forms[0], *b = p->forms[1];

    for (int i = 0; i < a->count; i++) {
        if (p->answers[0][i].word >= 0 || !a->words[i].weight)
            continue;
        for (int k = 0; k < b->count; k++)
            t->near[i][k] =
                b->words[k].weight && p->answers[1][k].word < 0
                    ? (float)words_likeness(l, a, &a->words[i], b, &b->words[k])
                    : 0;
    }
}

/* The nearest two words that are still free; false if none are near. */
static bool answer_nearest(struct pairing *p, const struct table_of *t)
{
    float best = NEAR_LEAST / 100.0F;
    int from = -1, to = -1;

    for (int i = 0; i < p->forms[0]->count; i++) {
        if (p->answers[0][i].word >= 0 || !p->forms[0]->words[i].weight)
            continue;
        for (int k = 0; k < p->forms[1]->count; k++) {
            bool nearer =
                t->near[i][k] > best || (t->near[i][k] == best && from >= 0 &&
                                         ABS(i - k) < ABS(from - to));

            if (p->answers[1][k].word >= 0 || !nearer)
                continue;
            best = t->near[i][k];
            from = i;
            to = k;
        }
    }
    if (from >= 0)
        answer(p, from, to, best);
    return from >= 0;
}

/* --- one to two ---------------------------------------------------------- */

enum { JOIN_LEAST = 65 };

/* Words `first` to `last` of a form as one. */
static struct sounding
joined_sounding(const struct name_form *f, int first, int last)
{
    const struct name_word *x = &f->words[first], *y = &f->words[last];

    return (struct sounding){
        f->sounds + x->from, (size_t)(y->from + y->length - x->from),
        x->script};
}

/* May `word` of the one side answer these of the other together? */
static bool
may_join(const struct pairing *p, int side, int word, int first, int last)
{
    const struct name_word *words = p->forms[!side]->words;
    uint16_t weight = 0;

    for (int i = first; i <= last; i++) {
        const struct answer *a = &p->answers[!side][i];

        if (words[i].script != words[first].script ||
            words[i].duty == DUTY_NUMBER || a->span > 1 ||
            (a->word >= 0 && a->word != word))
            return false;
        weight = (uint16_t)(weight + words[i].weight);
    }
    return weight > 0;
}

static void
join(struct pairing *p, int side, int word, int first, int last, float likeness)
{
    p->answers[side][word] =
        (struct answer){(int8_t)first, (uint8_t)(last - first + 1), likeness};
    for (int i = first; i <= last; i++)
        p->answers[!side][i] = (struct answer){(int8_t)word, 1, likeness};
}

static float joined_likeness(
    const struct likeness *l, const struct pairing *p, int side, int word,
    int first, int last)
{
    const struct name_form *f = p->forms[side], *g = p->forms[!side];
    struct sounding a = sounding_of(f, &f->words[word]);
    struct sounding b = joined_sounding(g, first, last);

    if (b.count > a.count * 2 || a.count > b.count * 2)
        return 0;
    return (float)sounds_likeness(l, a, b);
}

/* Two or three words of the other name that `word` answers together. */
static void
try_joins(const struct likeness *l, struct pairing *p, int side, int word)
{
    enum { SPAN_MOST = 3 };
    int count = p->forms[!side]->count;
    float best =
        MAX(p->answers[side][word].likeness + 0.1F, JOIN_LEAST / 100.0F);
    int from = -1, to = -1;

    for (int first = 0; first + 1 < count; first++)
        for (int last = first + 1; last < count && last < first + SPAN_MOST &&
                                   may_join(p, side, word, first, last);
             last++) {
            float near = joined_likeness(l, p, side, word, first, last);

            if (near <= best)
                continue;
            best = near;
            from = first;
            to = last;
        }
    if (from >= 0)
        join(p, side, word, from, to, best);
}

static void join_words(const struct likeness *l, struct pairing *p)
{
    enum { SURE = 85 };

    for (int side = 0; side < 2; side++)
        for (int i = 0; i < p->forms[side]->count; i++) {
            const struct name_word *x = &p->forms[side]->words[i];
            const struct answer *now = &p->answers[side][i];

            if (x->duty == DUTY_PLAIN && x->weight && now->span < 2 &&
                x->length >= 4 && now->likeness < SURE / 100.0F)
                try_joins(l, p, side, i);
        }
}

void forms_pair(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, struct pairing *out)
{
    struct table_of table;

    out->forms[0] = a;
    out->forms[1] = b;
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < out->forms[side]->count; i++)
            out->answers[side][i] = (struct answer){-1, 0, 0};
    answer_same(out);
    compare_words(l, out, &table);
    while (answer_nearest(out, &table))
        ;
    join_words(l, out);
}
