/* Events: copies of one story, claims about one happening, and voices. */
#include <string.h>

#include "events/events.h"

/* --- texts of words ----------------------------------------------------- */

static struct text *make_text(struct arena *a, const char *words)
{
    struct text *t = arena_make(a, struct text, 1);
    g_auto(GStrv) parts = g_strsplit(words, " ", -1);
    struct sentence *s = arena_make(a, struct sentence, 1);

    t->sentences = s;
    t->count = 1;
    s->tokens = arena_make(a, struct token, g_strv_length(parts) + 1);
    for (char **part = parts; *part; part++) {
        g_autofree char *lower = g_utf8_strdown(*part, -1);

        if (**part)
            s->tokens[s->token_count++].lower =
                arena_copy(a, lower, strlen(lower));
    }
    t->token_count = s->token_count;
    return t;
}

static struct arena *sketches; /* of all tests */

static struct sketch make_sketch(const char *words)
{
    struct arena *a = arena_new();
    struct sketch out;

    sketch_make(sketches, &out, make_text(a, words));
    arena_free(a);
    return out;
}

static void check_same(const struct sketch *a, const struct sketch *b)
{
    g_assert_cmpmem(
        a->hashes, a->count * sizeof(uint32_t), b->hashes,
        b->count * sizeof(uint32_t));
    g_assert_cmpuint(a->limit, ==, b->limit);
}

/* A story of its own: words that depend on `seed` alone. */
static char *make_story(uint32_t seed, int words)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    GString *out = g_string_new(NULL);

    for (int i = 0; i < words; i++)
        g_string_append_printf(out, "w%d ", g_rand_int_range(random, 0, 5000));
    return g_string_free(out, FALSE);
}

static const char agency[] =
    "SELM - Soldiers of the Sorvian Front entered the village of Upper Selm "
    "on Monday and took nine miners from the night shift , residents said . "
    "The men were led to the quarry with their hands bound . Two of them came "
    "back on Wednesday and told relatives that they had been beaten in the "
    "old brickworks . The Front said that it knew nothing of the miners and "
    "that its men had not left their barracks . The Forum for the Rights of "
    "Miners asked the governor to let its doctors see the brickworks . The "
    "governor has not answered so far .";

/* Replaces one word or phrase in the story. */
static char *edit(const char *text, const char *from, const char *to)
{
    g_auto(GStrv) parts = g_strsplit(text, from, -1);

    g_assert_cmpuint(g_strv_length(parts), >, 1);
    return g_strjoinv(to, parts);
}

/* --- sketches ----------------------------------------------------------- */

static void test_sketch_of_one(void)
{
    struct sketch a = make_sketch(agency), b = make_sketch(agency);
    struct sketch none = make_sketch("");

    check_same(&a, &b);
    g_assert_cmpfloat(sketch_likeness(&a, &b), ==, 1);
    g_assert_cmpfloat(sketch_likeness(&a, &none), ==, 0);
    g_assert_cmpfloat(sketch_likeness(&none, &none), ==, 0);
    g_assert_cmpuint(none.count, ==, 0);
    for (uint32_t i = 1; i < a.count; i++)
        g_assert_cmpuint(a.hashes[i - 1], <, a.hashes[i]);
}

static void test_sketch_as_bytes(void)
{
    g_autofree char *story = make_story(1, 4000);
    const char *const texts[] = {agency, story, "", "one two"};

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct sketch a = make_sketch(texts[i]), b;
        struct str bytes = sketch_print(sketches, &a);

        g_assert_true(sketch_parse(sketches, bytes, &b));
        check_same(&a, &b);
        bytes.len--;
        g_assert_false(sketch_parse(sketches, bytes, &b));
    }
}

/* Cases before sketches grew with the text hold the 64 smallest of 64 bits. */
static void test_sketch_of_older_cases(void)
{
    struct sketch now = make_sketch(agency), old;
    uint64_t hashes[64];
    struct str bytes = {(const char *)hashes, sizeof(hashes)};

    g_assert_cmpuint(now.count, >, 64);
    for (int i = 0; i < 64; i++)
        hashes[i] = (uint64_t)now.hashes[i] << 32 | 7;
    g_assert_true(sketch_parse(sketches, bytes, &old));
    g_assert_cmpuint(old.count, ==, 63);
    g_assert_cmpfloat(sketch_likeness(&now, &old), ==, 1);
    hashes[5] = UINT64_MAX;
    g_assert_true(sketch_parse(sketches, bytes, &old));
    g_assert_cmpuint(old.count, ==, 5);
    hashes[3] = 0;
    g_assert_false(sketch_parse(sketches, bytes, &old));
}

static void test_sketch_without_signs(void)
{
    struct sketch a = make_sketch("\" They took nine miners , \" she said .");
    struct sketch b =
        make_sketch("\xE2\x80\x9C they took nine miners \xE2\x80\x9D she SAID");

    check_same(&a, &b);
}

/* The estimate is near the true share of shingles, whatever the length. */
static void test_sketch_estimate(void)
{
    static const int lengths[] = {400, 4000, 40000};

    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autofree char *common = make_story(1, lengths[i]);
        g_autofree char *tail = make_story(2, lengths[i] / 2);
        g_autofree char *other = make_story(3, lengths[i] / 2);
        g_autofree char *x = g_strconcat(common, tail, NULL);
        g_autofree char *y = g_strconcat(common, other, NULL);
        struct sketch a = make_sketch(x), b = make_sketch(y);

        /* One of two halves beside what is common: 1 / (1 + 1/2 + 1/2). */
        g_assert_cmpfloat_with_epsilon(sketch_likeness(&a, &b), 0.5, 0.2);
        g_assert_cmpfloat(sketch_likeness(&a, &b), ==, sketch_likeness(&b, &a));
    }
}

/* --- copies ------------------------------------------------------------- */

static void test_copies_of_an_agency(void)
{
    g_autofree char *courier = edit(agency, "nine miners", "9 miners");
    g_autofree char *herald = edit(
        agency, " The governor has not answered so far .",
        " Selm lies north of the capital .");
    g_autofree char *daily = edit(agency, "SELM - ", "By our correspondent : ");
    g_autofree char *other = make_story(9, 120);
    struct sketch all[] = {
        make_sketch(other),   make_sketch(agency), make_sketch(""),
        make_sketch(courier), make_sketch(herald), make_sketch(daily),
        make_sketch(""),
    };
    static const uint32_t expected[] = {0, 1, 2, 1, 1, 1, 6};
    uint32_t copy_of[G_N_ELEMENTS(all)];

    sketch_group(all, G_N_ELEMENTS(all), copy_of);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_assert_cmpuint(copy_of[i], ==, expected[i]);
}

/* A long report that quotes two sentences of a story is no copy of it. */
static void test_quoting_is_no_copy(void)
{
    g_autofree char *story = make_story(4, 400);
    g_autofree char *own = make_story(5, 1200);
    g_autofree char *quoted = g_strndup(story, 200);
    g_autofree char *report = g_strconcat(own, quoted, NULL);
    struct sketch all[] = {make_sketch(story), make_sketch(report)};
    uint32_t copy_of[2];

    sketch_group(all, 2, copy_of);
    g_assert_cmpuint(copy_of[1], ==, 1);
}

/* A story that stands whole in a longer page is a copy. */
static void test_story_in_a_page(void)
{
    g_autofree char *story = make_story(4, 400);
    g_autofree char *own = make_story(5, 300);
    g_autofree char *page = g_strconcat(own, story, NULL);
    struct sketch all[] = {make_sketch(page), make_sketch(story)};
    uint32_t copy_of[2];

    sketch_group(all, 2, copy_of);
    g_assert_cmpuint(copy_of[1], ==, 0);
}

/* Also a short one in a long one, of which a sketch keeps a small part. */
static void test_excerpt_of_a_report(void)
{
    g_autofree char *before = make_story(6, 6000);
    g_autofree char *story = make_story(4, 150);
    g_autofree char *after = make_story(5, 3000);
    g_autofree char *report = g_strconcat(before, story, after, NULL);
    g_autofree char *other = make_story(7, 150);
    struct sketch all[] = {
        make_sketch(report), make_sketch(story), make_sketch(other)};
    uint32_t copy_of[3];

    sketch_group(all, 3, copy_of);
    g_assert_cmpuint(copy_of[1], ==, 0);
    g_assert_cmpuint(copy_of[2], ==, 2);
}

static void shuffle(GRand *random, uint32_t *order, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = (uint32_t)g_rand_int_range(random, 0, (gint32)i);
        uint32_t kept = order[i - 1];

        order[i - 1] = order[k];
        order[k] = kept;
    }
}

/* Stories in several versions each; their groups in any order are the same. */
static void test_copies_in_any_order(void)
{
    enum { STORIES = 30, VERSIONS = 5, COUNT = STORIES * VERSIONS };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    g_autofree struct sketch *all = g_new(struct sketch, COUNT);
    g_autofree struct sketch *turned = g_new(struct sketch, COUNT);
    uint32_t order[COUNT], copy_of[COUNT], turned_of[COUNT];

    for (uint32_t i = 0; i < COUNT; i++) {
        g_autofree char *story = make_story(i / VERSIONS, 300);
        g_autofree char *tail =
            make_story(1000 + i, (int)(i % VERSIONS) * 40 + 1);
        g_autofree char *both = g_strconcat(story, tail, NULL);

        all[i] = make_sketch(both);
    }
    sketch_group(all, COUNT, copy_of);
    for (uint32_t i = 0; i < COUNT; i++)
        g_assert_cmpuint(copy_of[i], ==, i / VERSIONS * VERSIONS);
    for (int round = 0; round < 20; round++) {
        shuffle(random, order, COUNT);
        for (uint32_t i = 0; i < COUNT; i++)
            turned[i] = all[order[i]];
        sketch_group(turned, COUNT, turned_of);
        for (uint32_t i = 0; i < COUNT; i++) {
            g_assert_cmpuint(turned_of[i], <=, i);
            g_assert_cmpuint(
                copy_of[order[turned_of[i]]], ==, copy_of[order[i]]);
        }
    }
}

/* Ends in good time: one text ten thousand times, with small edits. */
static void test_many_copies(void)
{
    enum { COUNT = 10000 };
    g_autofree struct sketch *all = g_new(struct sketch, COUNT);
    g_autofree uint32_t *copy_of = g_new(uint32_t, COUNT);
    g_autofree char *story = make_story(1, 80);

    for (uint32_t i = 0; i < COUNT; i++) {
        g_autofree char *text = g_strdup_printf("%s e%u", story, i);

        all[i] = make_sketch(text);
    }
    sketch_group(all, COUNT, copy_of);
    for (uint32_t i = 0; i < COUNT; i++)
        g_assert_cmpuint(copy_of[i], ==, 0);
    sketch_group(all, 0, copy_of);
}

/* --- events ------------------------------------------------------------- */

/* actor, target, first, last, voice, copy, event; "" is not known. */
struct row {
    const char *actor, *target, *first, *last, *voice;
    bool is_source;
    uint32_t act, copy_of, event;
};

static const char *known(const char *cell)
{
    return *cell ? cell : NULL;
}

static struct event_claim make_claim(const struct row *row)
{
    return (struct event_claim){
        .act = row->act,
        .actor = known(row->actor),
        .target = known(row->target),
        .first = known(row->first),
        .last = known(row->last),
        .voice = known(row->voice),
        .voice_is_source = row->is_source,
        .copy_of = row->copy_of,
    };
}

static const struct row rows[] = {
    /* One happening: a day, its month, no day; both parties, or one. */
    {"front", "miners", "2031-05-05", "2031-05-05", "residents", true, 1, 0, 0},
    {"front", "miners", "2031-05-01", "2031-05-31", "forum", true, 1, 1, 0},
    {"front", "miners", "", "", "residents", true, 1, 2, 0},
    {"", "miners", "2031-05-05", "2031-05-05", "courier", false, 1, 3, 0},
    {"front", "", "2031-05-05", "2031-05-05", "herald", false, 1, 3, 0},
    /* Another act, another day, another target. */
    {"front", "miners", "2031-05-05", "2031-05-05", "forum", true, 2, 1, 1},
    {"army", "miners", "2031-06-20", "2031-06-20", "forum", true, 1, 1, 2},
    {"front", "nurses", "2031-08-08", "2031-08-08", "forum", true, 1, 1, 3},
    /* Nobody is named: alone. */
    {"", "", "2031-05-05", "2031-05-05", "forum", true, 1, 1, 4},
    {"", "", "2031-05-05", "2031-05-05", "forum", true, 1, 1, 5},
    /* May be the Front's or the army's: alone. */
    {"army", "nurses", "2031-09-09", "2031-09-09", "forum", true, 1, 1, 6},
    {"", "nurses", "2031-01-01", "2031-12-31", "forum", true, 1, 1, 7},
};

static void test_events(void)
{
    struct event_claim claims[G_N_ELEMENTS(rows)];
    struct arena *a = arena_new();
    struct event *events;
    uint32_t count;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        claims[i] = make_claim(&rows[i]);
    events = events_group(a, claims, G_N_ELEMENTS(rows), &count);
    g_assert_cmpuint(count, ==, 8);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpuint(claims[i].event, ==, rows[i].event);
    g_assert_cmpuint(events[0].claims, ==, 5);
    /* The residents, the Forum, and one text in two newspapers. */
    g_assert_cmpuint(events[0].support, ==, 3);
    g_assert_cmpuint(events[1].support, ==, 1);
    arena_free(a);
}

/* A claim of some day of the year may be about either day. */
static void test_vague_claims(void)
{
    static const struct row all[] = {
        {"front", "miners", "2031-05-05", "2031-05-05", "forum", true, 1, 0, 0},
        {"front", "miners", "2031-01-01", "2031-12-31", "mayor", true, 1, 0, 1},
        {"front", "miners", "2031-06-20", "2031-06-20", "forum", true, 1, 0, 2},
        {"front", "miners", "", "", "residents", true, 1, 0, 1},
        {"front", "", "2031-06-20", "2031-06-20", "judge", true, 1, 0, 2},
    };
    struct event_claim claims[G_N_ELEMENTS(all)];
    struct arena *a = arena_new();
    uint32_t count;

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        claims[i] = make_claim(&all[i]);
    events_group(a, claims, G_N_ELEMENTS(all), &count);
    g_assert_cmpuint(count, ==, 3);
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        g_assert_cmpuint(claims[i].event, ==, all[i].event);
    arena_free(a);
}

static void check_voices(const struct row *all, uint32_t count, uint32_t voices)
{
    struct arena *a = arena_new();
    struct event_claim *claims = arena_make(a, struct event_claim, count);
    struct event *events;
    uint32_t event_count;

    for (uint32_t i = 0; i < count; i++)
        claims[i] = make_claim(&all[i]);
    events = events_group(a, claims, count, &event_count);
    g_assert_cmpuint(event_count, ==, 1);
    g_assert_cmpuint(events[0].claims, ==, count);
    g_assert_cmpuint(events[0].support, ==, voices);
    arena_free(a);
}

static void test_voices(void)
{
    static const struct row copies[] = {
        {"front", "miners", "", "", "courier", false, 1, 0, 0},
        {"front", "miners", "", "", "herald", false, 1, 0, 0},
        {"front", "miners", "", "", "daily", false, 1, 0, 0},
    };
    static const struct row one_source[] = {
        {"front", "miners", "", "", "forum", true, 1, 0, 0},
        {"front", "miners", "", "", "forum", true, 1, 1, 0},
    };
    static const struct row two_sources_in_copies[] = {
        {"front", "miners", "", "", "forum", true, 1, 0, 0},
        {"front", "miners", "", "", "residents", true, 1, 0, 0},
        {"front", "miners", "", "", "forum", true, 1, 0, 0},
    };
    static const struct row one_publisher[] = {
        {"front", "miners", "", "", "courier", false, 1, 0, 0},
        {"front", "miners", "", "", "courier", false, 1, 1, 0},
    };
    static const struct row own_words[] = {
        {"front", "miners", "", "", "", false, 1, 0, 0},
        {"front", "miners", "", "", "", false, 1, 1, 0},
        {"front", "miners", "", "", "", false, 1, 1, 0},
    };

    check_voices(copies, G_N_ELEMENTS(copies), 1);
    check_voices(one_source, G_N_ELEMENTS(one_source), 1);
    check_voices(two_sources_in_copies, 3, 2);
    check_voices(one_publisher, G_N_ELEMENTS(one_publisher), 1);
    check_voices(own_words, G_N_ELEMENTS(own_words), 2);
}

/* --- what holds of any grouping ----------------------------------------- */

static const char *pick(GRand *random, const char *const *all, int count)
{
    return all[g_rand_int_range(random, 0, count)];
}

static struct event_claim random_claim(GRand *random)
{
    static const char *const parties[] = {NULL, "", "a", "b", "c", "d"};
    static const char *const days[] = {
        NULL,         "",           "2031-05-05", "2031-05-06",
        "2031-05-31", "2031-12-31", "what?",      "99999999999999"};
    struct event_claim c = {
        .act = (uint32_t)g_rand_int_range(random, 0, 3),
        .actor = pick(random, parties, 6),
        .target = pick(random, parties, 6),
        .first = pick(random, days, 8),
        .last = pick(random, days, 8),
        .voice = pick(random, parties, 6),
        .voice_is_source = g_rand_boolean(random),
        .copy_of = (uint32_t)g_rand_int_range(random, 0, 5)};

    return c;
}

static bool same_party(const char *x, const char *y)
{
    return !x || !*x || !y || !*y || !strcmp(x, y);
}

static void check_grouping(
    const struct event_claim *claims, uint32_t count,
    const struct event *events, uint32_t event_count)
{
    uint32_t claims_in = 0;

    for (uint32_t i = 0; i < event_count; i++) {
        claims_in += events[i].claims;
        g_assert_cmpuint(events[i].support, >=, 1);
        g_assert_cmpuint(events[i].support, <=, events[i].claims);
    }
    g_assert_cmpuint(claims_in, ==, count);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (claims[i].event == claims[k].event) {
                g_assert_cmpuint(claims[i].act, ==, claims[k].act);
                g_assert_true(same_party(claims[i].actor, claims[k].actor));
                g_assert_true(same_party(claims[i].target, claims[k].target));
            }
}

static void test_grouping_in_any_order(void)
{
    enum { COUNT = 60 };
    g_autoptr(GRand) random = g_rand_new_with_seed(13);
    struct event_claim claims[COUNT], turned[COUNT];
    uint32_t order[COUNT], pairs[COUNT];

    for (int round = 0; round < 200; round++) {
        struct arena *a = arena_new();
        struct event *events, *others;
        uint32_t count, turned_count;

        for (uint32_t i = 0; i < COUNT; i++)
            claims[i] = random_claim(random);
        shuffle(random, order, COUNT);
        for (uint32_t i = 0; i < COUNT; i++)
            turned[i] = claims[order[i]];
        events = events_group(a, claims, COUNT, &count);
        others = events_group(a, turned, COUNT, &turned_count);
        check_grouping(claims, COUNT, events, count);
        g_assert_cmpuint(turned_count, ==, count);
        memset(pairs, 0xff, sizeof(pairs));
        for (uint32_t i = 0; i < COUNT; i++) {
            uint32_t event = claims[order[i]].event;

            if (pairs[event] == UINT32_MAX)
                pairs[event] = turned[i].event;
            g_assert_cmpuint(pairs[event], ==, turned[i].event);
            g_assert_cmpuint(
                events[event].support, ==, others[turned[i].event].support);
        }
        arena_free(a);
    }
}

static void test_many_claims(void)
{
    enum { COUNT = 200000 };
    g_autoptr(GRand) random = g_rand_new_with_seed(17);
    g_autofree struct event_claim *claims = g_new(struct event_claim, COUNT);
    struct arena *a = arena_new();
    uint32_t count;

    for (uint32_t i = 0; i < COUNT; i++)
        claims[i] = random_claim(random);
    g_assert_nonnull(events_group(a, claims, COUNT, &count));
    g_assert_cmpuint(count, >, 0);
    events_group(a, claims, 0, &count);
    g_assert_cmpuint(count, ==, 0);
    arena_free(a);
}

int main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    sketches = arena_new();
    g_test_add_func("/sketch/of-one-text", test_sketch_of_one);
    g_test_add_func("/sketch/as-bytes", test_sketch_as_bytes);
    g_test_add_func("/sketch/of-older-cases", test_sketch_of_older_cases);
    g_test_add_func("/copies/excerpt", test_excerpt_of_a_report);
    g_test_add_func("/sketch/without-signs", test_sketch_without_signs);
    g_test_add_func("/sketch/estimate", test_sketch_estimate);
    g_test_add_func("/copies/of-an-agency", test_copies_of_an_agency);
    g_test_add_func("/copies/quoting", test_quoting_is_no_copy);
    g_test_add_func("/copies/story-in-a-page", test_story_in_a_page);
    g_test_add_func("/copies/any-order", test_copies_in_any_order);
    g_test_add_func("/copies/many", test_many_copies);
    g_test_add_func("/events/grouping", test_events);
    g_test_add_func("/events/vague", test_vague_claims);
    g_test_add_func("/events/voices", test_voices);
    g_test_add_func("/events/any-order", test_grouping_in_any_order);
    g_test_add_func("/events/many", test_many_claims);
    status = g_test_run();
    arena_free(sketches);
    return status;
}
