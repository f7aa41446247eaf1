/* In what the claims of an event agree and in what they differ, with who says
   which. */
#include "cli/happening.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- one thing that claims tell ------------------------------------------- */

/* What a claim tells of it, or NULL. */
typedef const char *(*teller)(struct arena *a, const struct told *t);

static const char *tell_act(struct arena *a, const struct told *t)
{
    (void)a;
    return t->label;
}

static const char *tell_actor(struct arena *a, const struct told *t)
{
    (void)a;
    return t->parties[0];
}

static const char *tell_target(struct arena *a, const struct told *t)
{
    (void)a;
    return t->parties[1];
}

static const char *tell_place(struct arena *a, const struct told *t)
{
    (void)a;
    return t->place;
}

static const char *tell_day(struct arena *a, const struct told *t)
{
    return t->first ? period_words(a, t->first, t->last) : NULL;
}

static const struct {
    const char *name;
    teller tell;
} things[] = {
    {"act", tell_act},     {"who", tell_actor}, {"to whom", tell_target},
    {"place", tell_place}, {"day", tell_day},
};

/* --- what is told of it --------------------------------------------------- */

enum { VALUES_MOST = 8, VOICES_TOLD = 3 };

struct value {
    const char *words;
    const char *voices[VOICES_TOLD];
    uint32_t voice_count;
    bool are_more;
};

static void add_voice(struct value *v, const char *voice)
{
    for (uint32_t i = 0; i < v->voice_count; i++)
        if (!strcmp(v->voices[i], voice))
            return;
    if (v->voice_count == VOICES_TOLD)
        v->are_more = true;
    else
        v->voices[v->voice_count++] = voice;
}

/* Sets what is told; returns how many different values. */
static uint32_t list_values(
    struct arena *a, const struct happening *h, teller tell,
    struct value *values)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < h->count; i++) {
        const struct told *t = h->claims[i];
        const char *words = tell(a, t);
        uint32_t at = 0;

        if (!words || told_denies(t))
            continue;
        while (at < count && g_ascii_strcasecmp(values[at].words, words))
            at++;
        if (at == VALUES_MOST)
            continue;
        if (at == count)
            values[count++] = (struct value){.words = words};
        add_voice(&values[at], t->voice);
    }
    return count;
}

static const char *value_words(struct arena *a, const struct value *v)
{
    const char *words = arena_print(a, "%s: according to", v->words);

    for (uint32_t i = 0; i < v->voice_count; i++)
        words = arena_print(a, "%s%s %s", words, i ? "," : "", v->voices[i]);
    return v->are_more ? arena_print(a, "%s and others", words) : words;
}

void happening_differences(struct arena *a, const struct happening *h)
{
    struct value values[VALUES_MOST];
    bool differs = false;

    putchar('\n');
    for (size_t i = 0; i < G_N_ELEMENTS(things); i++)
        if (list_values(a, h, things[i].tell, values) == 1)
            print_field(
                "all agree",
                arena_print(a, "%s: %s", things[i].name, values[0].words));
    /* Acts are told in many ways that are no difference. */
    for (size_t i = 1; i < G_N_ELEMENTS(things); i++) {
        uint32_t count = list_values(a, h, things[i].tell, values);

        if (count < 2)
            continue;
        if (!differs)
            puts("  told differently");
        differs = true;
        for (uint32_t k = 0; k < count; k++)
            print_field(k ? "" : things[i].name, value_words(a, &values[k]));
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

static const struct told *
told_of(const struct happening *h, const struct event_claim *c)
{
    uint32_t i = 0;

    while (h->claims[i]->claim != c)
        i++;
    return h->claims[i];
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
    const struct event_claim **claims =
        arena_make(a, const struct event_claim *, h->count);
    struct toll *tolls;
    uint32_t count;

    for (uint32_t i = 0; i < h->count; i++)
        claims[i] = h->claims[i]->claim;
    tolls = tolls_find(a, d->rules, claims, h->count, &count);
    for (uint32_t i = 0; i < count; i++)
        print_toll(a, h, &tolls[i]);
}
