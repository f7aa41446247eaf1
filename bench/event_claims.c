/*
 * event_claims.c - how long grouping takes: claims made up, grouped, timed.
 *
 * usage: event_claims LEXICON COUNT...
 *
 * Happenings of 1 to 8 claims, in documents of 10 claims that tell of up to
 * three happenings each, by a few hundred groups over as many people as a
 * tenth of the claims; one name in a hundred is the same for a thousand
 * people, and one happening in a thousand is told by a hundred documents.
 */
#include "events/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { IN_DOCUMENT = 10, GROUPS = 400, PLACES = 900 };

static uint64_t state;
static uint32_t words; /* rare ones: new names come with new documents */

static uint32_t random_below(uint32_t most)
{
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)((state >> 33) % most);
}

static const char *const acts[] = {
    "life.kill",      "liberty.arrest",   "liberty.detain", "liberty.abduct",
    "violence.beat",  "violence.torture", "movement.flee",  "life.die",
    "justice.charge", "property.destroy", "other.act",      "politics.protest",
};

struct happening {
    uint32_t act, actor, target, place, words[4];
    const char *day;
    bool is_dated;
};

static const char *make_day(struct arena *a)
{
    return arena_print(
        a, "20%02u-%02u-%02u", 10 + random_below(15), 1 + random_below(12),
        1 + random_below(28));
}

static struct happening make_happening(struct arena *a, uint32_t people)
{
    struct happening h = {
        .act = random_below(G_N_ELEMENTS(acts)),
        .actor = random_below(GROUPS),
        .target = random_below(100) ? random_below(people) : 0,
        .place = random_below(PLACES),
        .day = make_day(a),
        .is_dated = random_below(4) > 0,
    };

    for (int i = 0; i < 4; i++)
        h.words[i] = random_below(words);
    return h;
}

static void
tell(struct arena *a, const struct happening *h, struct event_claim *c)
{
    bool knows_actor = random_below(3) > 0, knows_target = random_below(4) > 0;

    c->act = acts[h->act];
    c->trigger = c->act + 5;
    c->stance = random_below(12) ? STANCE_SAID : STANCE_DENIED;
    if (knows_actor)
        c->parties[0] = c->keys[0] = arena_print(a, "group%u", h->actor);
    if (knows_target)
        c->parties[1] = c->keys[1] = arena_print(a, "person%u", h->target);
    if (random_below(2))
        c->place = c->place_key = arena_print(a, "place%u", h->place);
    if (h->is_dated && random_below(3))
        c->first = c->last = h->day;
    c->sentence = arena_print(
        a, "wa%u wb%u wc%u wd%u person%u in place%u wx%u wy%u", h->words[0],
        h->words[1], h->words[2], h->words[3], h->target, h->place,
        random_below(words), random_below(words));
    c->source = c->source_key =
        random_below(2) ? arena_print(a, "source%u", random_below(5000)) : NULL;
}

static uint32_t size_of(void)
{
    return random_below(1000) ? 1 + random_below(8) : 100;
}

/* A case lists claims document by document. */
static int by_document(const void *x, const void *y)
{
    const struct event_claim *a = x, *b = y;

    return a->document < b->document ? -1 : a->document > b->document;
}

static struct event_claim *make_claims(struct arena *a, uint32_t count)
{
    struct event_claim *claims = arena_make(a, struct event_claim, count);
    uint32_t documents = count / IN_DOCUMENT + 1, people = count / 10 + 10;
    struct happening h = {0};
    uint32_t left = 0;

    state = 1;
    words = count;
    for (uint32_t i = 0; i < count; i++) {
        struct event_claim *c = &claims[i];

        if (!left) {
            h = make_happening(a, people);
            left = size_of();
        }
        left--;
        tell(a, &h, c);
        /* Accounts of one happening stand in documents apart. */
        c->document = (uint32_t)((uint64_t)i * 7919 % documents);
        c->copy_of = c->document;
        c->reported = h.day;
        c->publisher = arena_print(a, "paper%u", c->document % 300);
    }
    qsort(claims, count, sizeof(*claims), by_document);
    for (uint32_t i = 0; i < count; i++)
        claims[i].id = i + 1;
    return claims;
}

static void time_grouping(const struct event_rules *r, uint32_t count)
{
    struct arena *a = arena_new();
    struct event_claim *claims = make_claims(a, count);
    clock_t start = clock();
    uint32_t events;

    events_group(a, r, claims, count, &events);
    printf(
        "%u claims: %u events, %.2f s of processor time\n", count, events,
        (double)(clock() - start) / CLOCKS_PER_SEC);
    arena_free(a);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    struct event_rules *r;

    if (argc < 3) {
        fprintf(stderr, "usage: event_claims LEXICON COUNT...\n");
        return 2;
    }
    r = event_rules_load(argv[1], &error);
    if (!r) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    for (int i = 2; i < argc; i++)
        time_grouping(r, (uint32_t)atol(argv[i]));
    event_rules_free(r);
    return 0;
}
