/* What is told of an estimate, in words. */
#include "cli/estimate.h"

#include <math.h>

const char estimate_method_pair[] =
    "Chapman's estimate from two lists; interval by the transformed logit";
const char estimate_method_models[] =
    "average of log-linear models weighed by BIC; interval over all of them";

const char *
pair_words(struct arena *a, const struct captures *c, uint32_t x, uint32_t y)
{
    return arena_print(a, "%s and %s", c->names[x], c->names[y]);
}

const char *
model_words(struct arena *a, const struct captures *c, const struct model *m)
{
    const char *words = "";

    if (m->pairs == PAIRS_UNEVEN)
        return "some people are easier to find than others";
    if (!m->pairs)
        return "no list depends on another";
    for (uint32_t x = 0; x < c->lists; x++)
        for (uint32_t y = x + 1; y < c->lists; y++)
            if (m->pairs & pair_bit(c->lists, x, y))
                words = arena_print(
                    a, "%s%s%s + %s", words, *words ? "; " : "", c->names[x],
                    c->names[y]);
    return words;
}

/* How two lists lie to each other. */
static const char *overlap_words(
    struct arena *a, const struct captures *c, const struct warning *w)
{
    const char *x = c->names[w->a], *y = c->names[w->b];

    switch ((int)w->kind) {
    case WARNING_NO_OVERLAP:
        return arena_print(
            a,
            "Nobody is both on %s and on %s: between these two the number is "
            "little more than a guess. Are names spelled alike on both?",
            x, y);
    case WARNING_THIN:
        return arena_print(
            a,
            "%s and %s have few names in common (%.0f): with fewer than seven, "
            "one more or less changes the number much.",
            x, y, w->figure);
    case WARNING_SAME:
        return arena_print(
            a,
            "%s and %s hold the same people (%.0f): one may be a copy of the "
            "other, and then they are one list.",
            x, y, w->figure);
    default:
        return arena_print(
            a,
            "Everybody on %s (%.0f) is on %s too: one may have been made from "
            "the other, and then it tells nothing of those on no list.",
            x, w->figure, y);
    }
}

static const char *
lean_words(struct arena *a, const struct captures *c, const struct warning *w)
{
    bool together = w->kind == WARNING_TOGETHER;

    return arena_print(
        a,
        "%s and %s seem to depend on each other: among people on a further "
        "list, the odds of being on one are %.1f times %s for those on the "
        "other. From these two alone the number would come out too %s.",
        c->names[w->a], c->names[w->b], together ? w->figure : 1 / w->figure,
        together ? "higher" : "lower", together ? "low" : "high");
}

/* What concerns all lists. */
static const char *whole_words(struct arena *a, const struct warning *w)
{
    switch ((int)w->kind) {
    case WARNING_PAIRS_DIFFER:
        return arena_print(
            a,
            "Taken two by two the lists give numbers that lie %.1f times "
            "apart: they cannot all be independent.",
            w->figure);
    case WARNING_UNEVEN:
        return "Some people seem easier to find than others. The number "
               "allows for that in one way of several, and may be far off.";
    case WARNING_FEW:
        return arena_print(
            a,
            "There are few people on the lists (%.0f): an estimate from so few "
            "says "
            "little.",
            w->figure);
    case WARNING_UNFITTED:
        return arena_print(
            a,
            "%.0f of the models could not be fitted, because too few people "
            "are on several lists.",
            w->figure);
    case WARNING_BAD_FIT:
        return "Even the best model does not fit these lists well: how they "
               "were made is more entangled than any of them allows for.";
    case WARNING_MODELS_DIFFER:
        return arena_print(
            a,
            "Models that fit about equally well give numbers that lie %.1f "
            "times apart: the lists do not tell which holds.",
            w->figure);
    default:
        return arena_print(
            a,
            "The interval's upper end is %.1f times its lower one: this is an "
            "order of magnitude, not a number.",
            w->figure);
    }
}

const char *warning_words(
    struct arena *a, const struct captures *c, const struct warning *w)
{
    if (w->kind <= WARNING_NESTED)
        return overlap_words(a, c, w);
    if (w->kind <= WARNING_APART)
        return lean_words(a, c, w);
    return whole_words(a, w);
}
