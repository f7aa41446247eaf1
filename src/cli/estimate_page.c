/* An estimate as a page that needs no statistics to be read. */
#include "cli/estimate.h"

#include <math.h>

enum { ALIKE_SHOWN = 2 };

static const char *
limit_words(struct arena *a, double limit, double (*towards)(double))
{
    if (isfinite(limit) && limit < 1e15)
        return arena_print(a, "%.0f", towards(limit));
    return "no limit";
}

static const char *range_words(struct arena *a, const struct range *r)
{
    return arena_print(
        a, "%s to %s", limit_words(a, r->low, floor),
        limit_words(a, r->high, ceil));
}

static void print_paragraph(const char *words, int indent)
{
    GString *plain = g_string_new(NULL), *out = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(out, plain->str, indent);
    fputs(out->str, stdout);
    g_string_free(plain, TRUE);
    g_string_free(out, TRUE);
}

static void print_title(const char *words)
{
    printf(
        "\n%s%s%s\n", use_colour() ? "\033[1m" : "", words,
        use_colour() ? "\033[0m" : "");
}

/* --- parts ---------------------------------------------------------------- */

static double count_list(const struct captures *c, uint32_t list)
{
    double sum = 0;

    for (uint32_t set = 1; set < 1U << c->lists; set++)
        if (set >> list & 1)
            sum += c->counts[set];
    return sum;
}

static void print_lists(
    struct arena *a, const struct captures *c, const struct enrolled *from)
{
    for (uint32_t i = 0; i < c->lists; i++) {
        GString *name = g_string_new(NULL);

        append_plain(name, c->names[i]);
        printf(
            "  %6.0f  %s%s\n", count_list(c, i), name->str,
            c->pooled && i + 1 == c->lists ? " (the smallest, taken as one)"
                                           : "");
        g_string_free(name, TRUE);
    }
    print_paragraph(
        arena_print(
            a,
            "%" G_GUINT64_FORMAT " %s read; %" G_GUINT64_FORMAT
            " say again what another says, %" G_GUINT64_FORMAT " %s.",
            from->rows, from->is_case ? "claims" : "lines", from->repeated,
            from->passed,
            from->is_case ? "name no person to whom it was done, do not say "
                            "that it was, or stand in a copy"
                          : "put nobody on a list"),
        2);
}

static void print_answer(struct arena *a, const struct estimate *e)
{
    double seen = captures_sum(&e->captures);

    print_paragraph(
        arena_print(
            a,
            "%.0f people are on at least one of %u lists. Reckoned from how "
            "far the lists overlap there were about %.0f in all, most likely "
            "from %s (95 %% confidence); so about %.0f are on no list.",
            seen, e->captures.lists, e->total.value, range_words(a, &e->total),
            MAX(e->total.value - seen, 0)),
        0);
}

/* Of its kind. */
static bool is_last(const struct estimate *e, uint32_t at)
{
    for (uint32_t i = at + 1; i < e->warning_count; i++)
        if (e->warnings[i].kind == e->warnings[at].kind)
            return false;
    return true;
}

static void print_warnings(struct arena *a, const struct estimate *e)
{
    uint32_t told[WARNING_WIDE + 1] = {0};

    print_title("Before you use this number");
    for (uint32_t i = 0; i < e->warning_count; i++) {
        enum warning_kind kind = e->warnings[i].kind;

        if (told[kind]++ < ALIKE_SHOWN)
            print_paragraph(
                arena_print(
                    a, "- %s", warning_words(a, &e->captures, &e->warnings[i])),
                2);
        else if (is_last(e, i))
            printf(
                "  - likewise %u more pairs of lists\n",
                told[kind] - ALIKE_SHOWN);
    }
    if (e->captures.lists == 2)
        print_paragraph(
            "- Two lists cannot tell whether they depend on each other. If "
            "who is on one is more often on the other, there were more than "
            "this; if less often, fewer.",
            2);
    if (!told[WARNING_UNEVEN])
        print_paragraph(
            "- If some people are harder to find than others, for all the "
            "lists alike (strangers, the poor, those without family), there "
            "were more than this: in trials a seventh to a fifth more.",
            2);
    print_paragraph(
        "- It holds if each person is told apart rightly on every list, if "
        "the lists are of the same time, place and act, and if everybody had "
        "some chance to be on each. Whoever could be on no list is not "
        "counted. One person taken for two makes the number too high, two "
        "taken for one too low.",
        2);
}

static void print_models(struct arena *a, const struct estimate *e)
{
    print_title("Models");
    print_paragraph(
        "Each takes some lists as dependent on each other (A + B). The number "
        "above is their average, by weight; the better a model fits, and the "
        "less it assumes, the more it weighs (BIC).",
        2);
    printf(
        "  %6s  %8s  %-20s  %8s  %8s\n", "weight", "in all", "from", "AIC",
        "BIC");
    for (uint32_t i = 0; i < MIN(e->models->fitted, MODELS_SHOWN); i++) {
        const struct model *m = &e->models->at[i];

        printf(
            "  %6.2f  %8.0f  %-20s  %8.1f  %8.1f\n", m->weight, m->total.value,
            range_words(a, &m->total), m->aic, m->bic);
        print_paragraph(model_words(a, &e->captures, m), 10);
    }
    if (e->models->fitted > MODELS_SHOWN)
        printf("  and %u more\n", e->models->fitted - MODELS_SHOWN);
}

static void print_pairs(struct arena *a, const struct estimate *e)
{
    print_title("Two by two");
    print_paragraph("As if these two were all there is (Chapman).", 2);
    printf("  %6s  %8s  %s\n", "both", "in all", "from");
    for (uint32_t i = 0; i < e->pair_count; i++) {
        const struct pair_count *p = &e->pairs[i];

        printf(
            "  %6.0f  %8.0f  %s\n", p->both, p->total.value,
            range_words(a, &p->total));
        print_paragraph(pair_words(a, &e->captures, p->a, p->b), 10);
    }
}

void estimate_print(
    struct arena *a, const struct estimate *e, const struct enrolled *from)
{
    print_answer(a, e);
    print_title("Lists");
    print_lists(a, &e->captures, from);
    print_warnings(a, e);
    if (e->models)
        print_models(a, e);
    print_pairs(a, e);
    print_title("How");
    print_paragraph(
        e->models ? estimate_method_models : estimate_method_pair, 2);
}
