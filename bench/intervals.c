/*
 * How often does the interval of an estimate hold the truth?  Draws people and
 * lists by known chances and estimates from the lists: bench/intervals [TABLES]
 */
#include "events/events.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* How lists are made.  `first` and `other` are chances to be on the second
   list for those who are on the first and who are not, relative to the chance
   to be on any; half of the people have `easy` times it, the others `hard`. */
struct making {
    const char *words;
    double first, other, easy, hard;
};
static const struct making makings[] = {
    {"independent lists", 1, 1, 1, 1},
    {"two lists together", 2.2, 0.7, 1, 1},
    {"two lists apart", 0.3, 1.2, 1, 1},
    {"people uneven, 3:1", 1, 1, 1.5, 0.5},
};

static uint32_t draw_person(
    GRand *random, uint32_t lists, double chance, const struct making *m)
{
    double own = chance * (g_rand_double(random) < 0.5 ? m->easy : m->hard);
    uint32_t set = 0;

    for (uint32_t i = 0; i < lists; i++) {
        double times = i != 1 ? 1 : set & 1 ? m->first : m->other;

        if (g_rand_double(random) < MIN(own * times, 0.95))
            set |= 1U << i;
    }
    return set;
}

static struct captures draw(
    GRand *random, uint32_t lists, uint32_t people, double chance,
    const struct making *m)
{
    struct captures c = {.lists = lists};

    for (uint32_t i = 0; i < people; i++)
        c.counts[draw_person(random, lists, chance, m)]++;
    c.counts[0] = 0;
    return c;
}

static struct range estimate(struct arena *a, const struct captures *c)
{
    struct pair_count p;

    if (c->lists > 2)
        return models_fit(a, c)->total;
    pair_take(c, 0, 1, &p);
    return p.total;
}

static void measure(
    uint32_t lists, uint32_t people, double chance, const struct making *m,
    int tables)
{
    GRand *random = g_rand_new_with_seed(5);
    struct arena *a = arena_new();
    double off = 0, width = 0;
    int held = 0;

    for (int i = 0; i < tables; i++) {
        struct captures c = draw(random, lists, people, chance, m);
        struct range r = estimate(a, &c);

        held += r.low <= people && people <= r.high;
        off += log(r.value / people);
        width += log(r.high / r.low);
        arena_reset(a);
    }
    printf(
        "%u lists, %4u people, chance %.2f, %-20s holds %3.0f %%, off %+3.0f "
        "%%, ends %.1f times apart\n",
        lists, people, chance, m->words, 100.0 * held / tables,
        100 * (exp(off / tables) - 1), exp(width / tables));
    arena_free(a);
    g_rand_free(random);
}

int main(int argc, char **argv)
{
    int tables = argc > 1 ? atoi(argv[1]) : 300;

    for (uint32_t lists = 2; lists <= 4; lists++)
        for (uint32_t people = 200; people <= 1000; people += 800)
            for (size_t i = 0; i < G_N_ELEMENTS(makings); i++)
                measure(lists, people, 0.25, &makings[i], tables);
    return 0;
}
