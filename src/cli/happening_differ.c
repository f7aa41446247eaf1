/* In what the claims of an event agree and in what they differ, with who says
   which. */
#include "cli/happening.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *value_words(struct arena *a, const struct thing_value *v)
{
    const char *words = arena_print(a, "%s: according to", v->words);

    for (uint32_t i = 0; i < v->voice_count; i++)
        words = arena_print(a, "%s%s %s", words, i ? "," : "", v->voices[i]);
    return v->are_more ? arena_print(a, "%s and others", words) : words;
}

void happening_differences(struct arena *a, const struct happening *h)
{
    struct thing_value values[VALUES_MOST];
    bool differs = false;

    putchar('\n');
    for (int i = 0; i < THING_COUNT; i++)
        if (happening_values(a, h, i, values) == 1)
            print_field(
                "all agree",
                arena_print(a, "%s: %s", thing_words[i], values[0].words));
    /* Acts are told in many ways that are no difference. */
    for (int i = THING_ACT + 1; i < THING_COUNT; i++) {
        uint32_t count = happening_values(a, h, i, values);

        if (count < 2)
            continue;
        if (!differs)
            puts("  told differently");
        differs = true;
        for (uint32_t k = 0; k < count; k++)
            print_field(k ? "" : thing_words[i], value_words(a, &values[k]));
    }
}

/* --- figures -------------------------------------------------------------- */

static const char *range_words(struct arena *a, const struct toll *t)
{
    if (isinf(t->high))
        return arena_print(
            a, "%.10g or more; best supported: %.10g", t->low, t->best);
    if (t->low == t->high)
        return arena_print(a, "%.10g", t->best);
    return arena_print(
        a, "%.10g to %.10g; best supported: %.10g", t->low, t->high, t->best);
}

/* Copies say it again in the same words: once is enough. */
static bool was_printed(
    const struct happening *h, const struct toll *t, const struct told *told,
    uint32_t before)
{
    for (uint32_t i = 0; i < before; i++) {
        const struct told *other = told_of(h, t->claims[i]);

        if (other->root == told->root && !strcmp(other->count, told->count))
            return true;
    }
    return false;
}

static void
print_toll(struct arena *a, const struct happening *h, const struct toll *t)
{
    const struct told *first = told_of(h, t->claims[0]);

    print_field(
        "figure", arena_print(
                      a, "%s, %s: %s", first->label,
                      first->count_of ? first->count_of : "of people",
                      range_words(a, t)));
    for (uint32_t i = 0; i < t->count; i++) {
        const struct told *told = told_of(h, t->claims[i]);

        if (was_printed(h, t, told, i))
            continue;
        print_field(
            " ", arena_print(
                     a, "%s  [c%" G_GINT64_FORMAT "], according to %s",
                     told->count, told->id, told->voice));
    }
}

void happening_tolls(
    struct arena *a, const struct digest *d, const struct happening *h)
{
    uint32_t count;
    struct toll *tolls = happening_figures(a, d->rules, h, &count);

    for (uint32_t i = 0; i < count; i++)
        print_toll(a, h, &tolls[i]);
}
