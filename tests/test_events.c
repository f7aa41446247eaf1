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

/* --- claims ------------------------------------------------------------- */

static struct event_rules *rules;

/* What is told in a sentence of a document; "" is not known. */
struct row {
    const char *act, *actor, *target, *place, *day;
    const char *source; /* by key where it begins with a capital */
    uint32_t document;
    enum event_stance stance;
    double figure;    /* 0: none */
    uint32_t copy_of; /* 0: the document itself */
    uint32_t event;   /* expected */
};

static const char *known(const char *cell)
{
    return cell && *cell ? cell : NULL;
}

static struct event_claim
make_claim(struct arena *a, const struct row *row, uint32_t at)
{
    const char *source = known(row->source);

    return (struct event_claim){
        .id = at + 1,
        .document = row->document,
        .act = row->act,
        .trigger = strchr(row->act, '.') + 1,
        .stance = row->stance,
        .parties = {known(row->actor), known(row->target)},
        .keys = {known(row->actor), known(row->target)},
        .place = known(row->place),
        .place_key = known(row->place),
        .first = known(row->day),
        .last = known(row->day),
        .reported = "2031-05-07",
        .sentence = arena_print(
            a, "%s did %s to %s at %s", row->actor, row->act, row->target,
            row->place),
        .has_value = row->figure > 0,
        .value = row->figure,
        .source = source,
        .source_key = source && g_ascii_isupper(*source) ? source : NULL,
        .publisher = arena_print(a, "paper%u", row->document),
        .copy_of = row->copy_of ? row->copy_of : row->document,
    };
}

struct grouping {
    struct arena *a;
    struct event_claim *claims;
    struct event *events;
    uint32_t count, event_count;
};

static struct grouping group_ruled(
    const struct row *rows, uint32_t count, const struct event_ruling *rulings,
    uint32_t ruling_count)
{
    struct grouping g = {.a = arena_new(), .count = count};

    g.claims = arena_make(g.a, struct event_claim, count);
    for (uint32_t i = 0; i < count; i++)
        g.claims[i] = make_claim(g.a, &rows[i], i);
    g.events = events_group(
        g.a, rules, g.claims, count, rulings, ruling_count, &g.event_count);
    return g;
}

static struct grouping group_rows(const struct row *rows, uint32_t count)
{
    return group_ruled(rows, count, NULL, 0);
}

#define GROUP(rows) group_rows(rows, G_N_ELEMENTS(rows))

static void check_events(const struct grouping *g, const struct row *rows)
{
    for (uint32_t i = 0; i < g->count; i++) {
        if (g->claims[i].event != rows[i].event)
            g_test_message("claim %u", i);
        g_assert_cmpuint(g->claims[i].event, ==, rows[i].event);
    }
}

/* --- events ------------------------------------------------------------- */

#define SELM "Upper Selm"
#define DAY "2031-05-05"

static void test_one_happening(void)
{
    static const struct row rows[] = {
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, "Forum", 1,
         0, 0, 0, 0},
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, "", "Mayor", 2,
         0, 0, 0, 0},
        {"liberty.abduct", "", "ivo karel", SELM, DAY, "", 3, 0, 0, 0, 0},
        /* Denied: of the same event.  Wanted: of another. */
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY,
         "Sorvian Front", 4, STANCE_DENIED, 0, 0, 0},
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, "Forum", 5,
         STANCE_WANTED, 0, 0, 1},
        /* What follows stands beside it. */
        {"liberty.release", "sorvian front", "ivo karel", SELM, "2031-05-06",
         "Forum", 1, 0, 0, 0, 2},
    };
    struct grouping g = GROUP(rows);

    check_events(&g, rows);
    g_assert_cmpuint(g.events[0].claims, ==, 4);
    g_assert_cmpuint(g.events[0].documents, ==, 4);
    g_assert_cmpuint(g.events[0].publishers, ==, 3);
    /* The third has the words of the first, and names nobody for them. */
    g_assert_cmpuint(g.events[0].support, ==, 2);
    g_assert_cmpuint(g.events[0].deniers, ==, 1);
    g_assert_cmpuint(g.events[0].contests, ==, CONTEST_DENIED);
    arena_free(g.a);
}

/* The same done to another, on another day, or elsewhere. */
static void test_lookalikes(void)
{
    static const struct row rows[] = {
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, "", 1, 0, 0,
         0, 0},
        {"liberty.abduct", "sorvian front", "ana ruiz", SELM, DAY, "", 2, 0, 0,
         0, 1},
        {"liberty.abduct", "sorvian front", "ivo karel", SELM, "2031-03-02", "",
         3, 0, 0, 0, 2},
        {"violence.attack", "sorvian front", "", "Tarn Bridge", DAY, "", 4, 0,
         0, 0, 3},
        {"violence.attack", "sorvian front", "", "Orhem Mill", DAY, "", 5, 0, 0,
         0, 4},
    };
    struct grouping g = GROUP(rows);

    check_events(&g, rows);
    for (uint32_t i = 0; i < g.count; i++)
        g_assert_cmpfloat(g.claims[i].confidence, ==, 1);
    arena_free(g.a);
}

/* Nothing but the act, no time, days that are none: alone, and no crash. */
static void test_bad_claims(void)
{
    static const struct row rows[] = {
        {"liberty.abduct", "", "", "", "", "", 1, 0, 0, 0, 0},
        {"liberty.abduct", "", "", "", "", "", 2, 0, 0, 0, 0},
        {"liberty.abduct", "", "ivo karel", "", "0001-01-01", "", 3, 0, 0, 0,
         0},
        {"liberty.abduct", "", "ivo karel", "", "9999-12-31", "", 4, 0, 0, 0,
         0},
        {"liberty.abduct", "", "ivo karel", "", "99999999999", "", 5, 0, 0, 0,
         0},
        {"no.such", "", "", "", "2031-02-30", "", 6, 0, 0, 0, 0},
    };
    struct grouping g = GROUP(rows);

    g_assert_cmpuint(g.claims[2].event, !=, g.claims[3].event);
    for (uint32_t i = 0; i < g.count; i++) {
        g_assert_cmpfloat(g.claims[i].confidence, >=, 0);
        g_assert_cmpfloat(g.claims[i].confidence, <=, 1);
    }
    arena_free(g.a);
    g.events = events_group(NULL, rules, NULL, 0, NULL, 0, &g.event_count);
    g_assert_cmpuint(g.event_count, ==, 0);
}

/* --- figures, days, who ------------------------------------------------- */

static const struct row blast[] = {
    {"violence.attack", "", "", SELM, DAY, "Colonel", 1, 0, 0, 0, 0},
    {"life.kill", "", "", SELM, DAY, "Colonel", 1, 0, 39, 0, 0},
    {"violence.attack", "", "", SELM, DAY, "Forum", 2, 0, 0, 0, 0},
    {"life.kill", "", "", SELM, DAY, "Forum", 2, 0, 41, 0, 0},
    {"life.kill", "", "", SELM, DAY, "Mayor", 3, 0, 41, 0, 0},
};

static void test_figures_differ(void)
{
    struct grouping g = GROUP(blast);
    const struct event_claim *claims[G_N_ELEMENTS(blast)];
    struct toll *tolls;
    uint32_t count;

    check_events(&g, blast);
    g_assert_cmpuint(g.events[0].contests, ==, CONTEST_FIGURE);
    for (uint32_t i = 0; i < g.count; i++)
        claims[i] = &g.claims[i];
    tolls = tolls_find(g.a, rules, claims, g.count, &count);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpuint(tolls[0].count, ==, 3);
    g_assert_cmpfloat(tolls[0].low, ==, 39);
    g_assert_cmpfloat(tolls[0].best, ==, 41);
    g_assert_cmpfloat(tolls[0].high, ==, 41);
    arena_free(g.a);
}

/* The children among the dead are a figure of their own, never added. */
static void test_figures_apart(void)
{
    struct grouping g = GROUP(blast);
    const struct event_claim *claims[G_N_ELEMENTS(blast)];
    struct toll *tolls;
    uint32_t count;

    g.claims[4].population = "children";
    g.claims[4].value = 9;
    g.claims[1].compare = ">=";
    for (uint32_t i = 0; i < g.count; i++)
        claims[i] = &g.claims[i];
    tolls = tolls_find(g.a, rules, claims, g.count, &count);
    g_assert_cmpuint(count, ==, 2);
    g_assert_true(tolls[0].high > 1000);
    g_assert_cmpfloat(tolls[1].best, ==, 9);
    arena_free(g.a);
}

/* One source may correct itself; who names nothing contradicts nobody. */
static void test_silence_is_no_contest(void)
{
    static const struct row rows[] = {
        {"life.kill", "army", "", SELM, DAY, "Colonel", 1, 0, 39, 0, 0},
        {"life.kill", "army", "", SELM, DAY, "Colonel", 2, 0, 41, 0, 0},
        {"life.kill", "", "", SELM, "", "Forum", 3, 0, 0, 0, 0},
    };
    struct grouping g = GROUP(rows);

    check_events(&g, rows);
    g_assert_cmpuint(g.events[0].contests, ==, 0);
    g_assert_cmpuint(g.events[0].support, ==, 2);
    arena_free(g.a);
}

/* --- voices --------------------------------------------------------------- */

static uint32_t count_support(const struct row *rows, uint32_t count)
{
    struct grouping g = group_rows(rows, count);
    uint32_t support = g.events[0].support;

    g_assert_cmpuint(g.event_count, ==, 1);
    arena_free(g.a);
    return support;
}

#define SUPPORT(rows) count_support(rows, G_N_ELEMENTS(rows))
#define TOLD(source, document, copy)                                           \
    {                                                                          \
        "liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, source,     \
            document, 0, 0, copy, 0                                            \
    }

static void test_voices(void)
{
    static const struct row copies[] = {
        TOLD("", 1, 1), TOLD("", 2, 1), TOLD("", 3, 1)};
    static const struct row one_source[] = {
        TOLD("Forum", 1, 0), TOLD("Forum", 2, 0)};
    static const struct row two_in_one_story[] = {
        TOLD("Colonel", 1, 0), TOLD("residents", 1, 0)};
    static const struct row two_in_copies[] = {
        TOLD("Forum", 1, 1), TOLD("Mayor", 1, 1), TOLD("Forum", 2, 1)};
    static const struct row pronoun[] = {TOLD("he", 1, 0), TOLD("", 1, 0)};

    g_assert_cmpuint(SUPPORT(copies), ==, 1);
    g_assert_cmpuint(SUPPORT(one_source), ==, 1);
    g_assert_cmpuint(SUPPORT(two_in_one_story), ==, 2);
    g_assert_cmpuint(SUPPORT(two_in_copies), ==, 2);
    g_assert_cmpuint(SUPPORT(pronoun), ==, 1);
}

/* "The Courier reported": the Courier's own report is the same voice; and a
   publisher that quotes itself is one. */
static void test_voices_of_publishers(void)
{
    static const struct row rows[] = {
        TOLD("", 1, 0), TOLD("Paper1", 2, 0), TOLD("Paper2", 2, 0)};
    struct grouping g = GROUP(rows);

    g.claims[1].source = g.claims[1].source_key = "paper1";
    g.claims[2].source = g.claims[2].source_key = "paper2";
    g.claims[2].sentence = "Ivo Karel vanished, taken by the Sorvian Front";
    g.events =
        events_group(g.a, rules, g.claims, g.count, NULL, 0, &g.event_count);
    g_assert_cmpuint(g.events[0].support, ==, 2);
    g_assert_cmpuint(g.claims[1].root, ==, g.claims[0].root);
    g_assert_cmpuint(g.events[0].publishers, ==, 2);
    arena_free(g.a);
}

/* A sentence that copies another without its source shares the source. */
static void test_copied_sentences(void)
{
    static const struct row rows[] = {TOLD("Forum", 1, 0), TOLD("", 2, 0)};
    struct grouping g = GROUP(rows);

    g_assert_cmpuint(g.events[0].support, ==, 1);
    g.claims[1].sentence = "Ivo Karel vanished from Upper Selm, taken by armed "
                           "men of the Sorvian Front";
    g.events =
        events_group(g.a, rules, g.claims, g.count, NULL, 0, &g.event_count);
    g_assert_cmpuint(g.events[0].support, ==, 2);
    arena_free(g.a);
}

/* --- rulings ---------------------------------------------------------------- */

/* Two abductions that two papers tell each, and a killing. */
static const struct row raids[] = {
    {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, "", 1, 0, 0, 0,
     0},
    {"liberty.abduct", "sorvian front", "ivo karel", SELM, DAY, "", 2, 0, 0, 0,
     0},
    {"liberty.abduct", "river guard", "mara dunn", "Port Selm", "2031-02-01",
     "", 3, 0, 0, 0, 1},
    {"liberty.abduct", "river guard", "mara dunn", "Port Selm", "2031-02-01",
     "", 4, 0, 0, 0, 1},
    {"life.kill", "", "lena moss", "Oldbridge", "2030-01-01", "", 5, 0, 0, 0,
     2},
};

static void expect_events(
    const struct event_ruling *rulings, uint32_t count, const char *expected)
{
    struct grouping g = group_ruled(raids, G_N_ELEMENTS(raids), rulings, count);
    GString *found = g_string_new(NULL);

    for (uint32_t i = 0; i < g.count; i++)
        g_string_append_printf(found, "%u", g.claims[i].event);
    g_assert_cmpstr(found->str, ==, expected);
    g_string_free(found, TRUE);
    arena_free(g.a);
}

#define EXPECT(expected, ...)                                                  \
    expect_events(                                                             \
        (const struct event_ruling[]){__VA_ARGS__},                            \
        G_N_ELEMENTS(((const struct event_ruling[]){__VA_ARGS__})), expected)

static void test_rulings(void)
{
    expect_events(NULL, 0, "00112");
    /* Each brings what is grouped with it. */
    EXPECT("00001", {1, 2, true});
    EXPECT("00010", {0, 4, true}, {2, 4, true}, {3, 0, false});
    EXPECT("01223", {0, 1, false});
    /* The newest word, which comes first, holds. */
    EXPECT("01223", {0, 1, false}, {1, 0, true});
    EXPECT("00112", {0, 1, true}, {1, 0, false});
    EXPECT("01221", {4, 0, false}, {4, 1, true}, {1, 0, true});
    /* Those that are one are apart from what either is apart from. */
    EXPECT("01110", {0, 4, true}, {4, 2, false}, {1, 2, true});
    EXPECT("00000", {0, 2, true}, {2, 4, true}, {0, 4, false});
}

static void test_ruled_claims_are_sure(void)
{
    static const struct event_ruling one[] = {{4, 0, true}};
    struct grouping g = group_ruled(raids, G_N_ELEMENTS(raids), one, 1);

    g_assert_cmpfloat(g.claims[0].confidence, ==, 1);
    g_assert_cmpfloat(g.claims[4].confidence, ==, 1);
    g_assert_cmpfloat(g.claims[1].confidence, <, 1);
    g_assert_cmpuint(g.events[0].support, ==, 2);
    arena_free(g.a);
}

/* Six claims of one event by ruling, and older rulings that keep claims apart:
   they hold but where both claims are among the six. */
static void test_any_rulings(void)
{
    enum { COUNT = 40, TOGETHER = 6, RULINGS = 40 };
    g_autoptr(GRand) random = g_rand_new_with_seed(17);
    struct event_ruling rulings[RULINGS];
    struct row rows[COUNT];

    for (int round = 0; round < 100; round++) {
        struct grouping g;

        for (uint32_t i = 0; i < COUNT; i++)
            rows[i] = raids[g_rand_int_range(random, 0, 5)];
        for (uint32_t i = 0; i < RULINGS; i++)
            rulings[i] =
                i < TOGETHER - 1
                    ? (struct event_ruling){i, i + 1, true}
                    : (struct event_ruling){
                          (uint32_t)g_rand_int_range(random, 0, COUNT / 2),
                          (uint32_t)g_rand_int_range(random, 0, COUNT), false};
        g = group_ruled(rows, COUNT, rulings, RULINGS);
        for (uint32_t i = 0; i < RULINGS; i++) {
            const struct event_ruling *r = &rulings[i];
            bool is_one =
                MAX(r->one, r->other) < TOGETHER || r->one == r->other;

            g_assert_cmpuint(
                g.claims[r->one].event == g.claims[r->other].event, ==, is_one);
        }
        arena_free(g.a);
    }
}

static void test_one_event_counted(void)
{
    static const struct event_ruling one[] = {{1, 2, true}};
    struct grouping g = group_ruled(raids, G_N_ELEMENTS(raids), one, 1);
    struct event *e;

    for (uint32_t i = 0; i < 4; i++)
        g.claims[i].root = 99;
    e = events_count(g.a, rules, g.claims, 4);
    g_assert_cmpuint(e->claims, ==, 4);
    g_assert_cmpuint(e->first, ==, 0);
    g_assert_cmpuint(e->documents, ==, g.events[0].documents);
    g_assert_cmpuint(e->support, ==, g.events[0].support);
    g_assert_cmpuint(e->contests, ==, g.events[0].contests);
    g_assert_cmpuint(g.claims[3].root, ==, 2);
    arena_free(g.a);
}

/* --- what holds of any grouping ------------------------------------------ */

static const char *pick(GRand *random, const char *const *all, int count)
{
    return all[g_rand_int_range(random, 0, count)];
}

static struct row random_row(GRand *random)
{
    static const char *const acts[] = {
        "life.kill", "life.die", "liberty.arrest", "other.act", "no.act"};
    static const char *const parties[] = {"", "", "a man", "bo", "cal", "dee"};
    static const char *const days[] = {
        "",           "",           "2031-05-05", "2031-05-06",
        "2031-05-31", "0001-01-01", "what?",      "99999999999999"};
    struct row row = {
        .act = pick(random, acts, 5),
        .actor = pick(random, parties, 6),
        .target = pick(random, parties, 6),
        .place = pick(random, parties, 6),
        .day = pick(random, days, 8),
        .source = pick(random, parties, 6),
        .document = (uint32_t)g_rand_int_range(random, 1, 9),
        .stance = (enum event_stance)g_rand_int_range(random, 0, 3),
        .figure = g_rand_int_range(random, 0, 3) * 20,
    };

    return row;
}

static void check_grouping(const struct grouping *g)
{
    uint32_t claims = 0;

    for (uint32_t i = 0; i < g->event_count; i++) {
        const struct event *e = &g->events[i];

        claims += e->claims;
        g_assert_cmpuint(e->support + e->deniers, >=, 1);
        g_assert_cmpuint(e->support, <=, e->claims);
        g_assert_cmpuint(e->publishers, <=, e->documents);
        g_assert_cmpuint(g->claims[e->first].event, ==, i);
    }
    g_assert_cmpuint(claims, ==, g->count);
    for (uint32_t i = 0; i < g->count; i++) {
        const struct event_claim *c = &g->claims[i];

        g_assert_cmpuint(g->claims[c->root].event, ==, c->event);
        g_assert_cmpuint(g->claims[c->root].root, ==, c->root);
        g_assert_true(c->confidence >= 0 && c->confidence <= 1);
        g_assert_cmpuint(
            c->stance == STANCE_WANTED, ==,
            g->claims[g->events[c->event].first].stance == STANCE_WANTED);
    }
}

static void test_any_claims(void)
{
    enum { COUNT = 80 };
    g_autoptr(GRand) random = g_rand_new_with_seed(13);
    struct row rows[COUNT];

    for (int round = 0; round < 100; round++) {
        struct grouping g, again;

        for (uint32_t i = 0; i < COUNT; i++)
            rows[i] = random_row(random);
        g = GROUP(rows);
        again = GROUP(rows);
        check_grouping(&g);
        for (uint32_t i = 0; i < COUNT; i++)
            g_assert_cmpuint(g.claims[i].event, ==, again.claims[i].event);
        arena_free(g.a);
        arena_free(again.a);
    }
}

/* A thousand people of one name, and as many claims of nobody: no square. */
static void test_many_of_one_name(void)
{
    enum { COUNT = 20000 };
    g_autofree struct row *rows = g_new(struct row, COUNT);
    struct grouping g;

    for (uint32_t i = 0; i < COUNT; i++)
        rows[i] = (struct row){"liberty.arrest",
                               "",
                               i % 2 ? "jo ma" : "",
                               "",
                               "",
                               "",
                               i / 10 + 1,
                               0,
                               0,
                               0,
                               0};
    g = group_rows(rows, COUNT);
    check_grouping(&g);
    arena_free(g.a);
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
    g_test_add_func("/events/one-happening", test_one_happening);
    g_test_add_func("/events/lookalikes", test_lookalikes);
    g_test_add_func("/events/bad-claims", test_bad_claims);
    g_test_add_func("/events/figures-differ", test_figures_differ);
    g_test_add_func("/events/figures-apart", test_figures_apart);
    g_test_add_func("/events/silence", test_silence_is_no_contest);
    g_test_add_func("/voices/counted", test_voices);
    g_test_add_func("/voices/of-publishers", test_voices_of_publishers);
    g_test_add_func("/voices/of-copied-sentences", test_copied_sentences);
    g_test_add_func("/events/rulings", test_rulings);
    g_test_add_func("/events/ruled-are-sure", test_ruled_claims_are_sure);
    g_test_add_func("/events/any-rulings", test_any_rulings);
    g_test_add_func("/events/counted", test_one_event_counted);
    g_test_add_func("/events/any-claims", test_any_claims);
    g_test_add_func("/events/many-of-one-name", test_many_of_one_name);
    rules = event_rules_load(TEST_LEXICON, NULL);
    g_assert_nonnull(rules);
    status = g_test_run();
    event_rules_free(rules);
    arena_free(sketches);
    return status;
}
