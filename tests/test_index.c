/* The index: does it tell what the case tells, whatever is asked, and whatever
   stands in its file? */
#include "index_fixture.h"

#include <stdio.h>

/* --- agreeing with the case --------------------------------------------- */

static const char *called(const struct index *x, uint32_t sighting)
{
    uint32_t party = index_party_of(x, sighting);

    return party == NOWHERE ? NULL : index_string(x, x->parties[party].name);
}

static void compare_claim(
    const struct index *x, const struct index_claim *c, const struct fact *f)
{
    g_assert_cmpuint(c->id, ==, f->id);
    g_assert_cmpuint(x->documents[c->document].id, ==, f->document);
    g_assert_cmpstr(index_act(x, c->act), ==, f->act);
    g_assert_cmpuint(c->modality, ==, f->modality);
    g_assert_cmpuint(c->verdict, ==, f->verdict);
    g_assert_cmpuint(c->confidence, ==, f->confidence);
    g_assert_cmpint(c->first, ==, f->first);
    g_assert_cmpint(c->last, ==, f->last);
    g_assert_cmpint(!!(c->marks & MARK_NEGATIVE), ==, f->negative);
    for (int r = 0; r < ROLE_COUNT; r++)
        g_assert_cmpstr(called(x, c->roles[r]), ==, f->roles[r]);
    g_assert_cmpstr(index_voice(x, c), ==, f->source);
}

static void compare_event(
    const struct index *x, const struct index_claim *c, const struct fact *f)
{
    const struct index_event *e;

    if (!f->event) {
        g_assert_cmpuint(c->event, ==, NOWHERE);
        return;
    }
    g_assert_cmpuint(c->event, <, x->events_count);
    e = &x->events[c->event];
    g_assert_cmpuint(x->claims[e->first].id, ==, f->event);
    g_assert_cmpuint(e->claims, ==, f->counts->claims);
    g_assert_cmpuint(e->documents, ==, f->counts->documents);
    g_assert_cmpuint(e->publishers, ==, f->counts->publishers);
    g_assert_cmpuint(e->support, ==, f->counts->support);
    g_assert_cmpuint(e->deniers, ==, f->counts->deniers);
    g_assert_cmpuint(e->contests, ==, f->counts->contests);
}

static void reject(struct fixture *f, int64_t claim)
{
    struct review r = {.claim = claim, .who = "Eva", .why = "not said"};
    GError *error = NULL;

    g_assert_true(case_decide(f->k, &r, VERDICT_REJECTED, NULL, &error));
    g_assert_no_error(error);
}

static void note(struct fixture *f, int64_t claim)
{
    struct review r = {.claim = claim, .who = "Eva", .why = "see the letter"};
    GError *error = NULL;

    g_assert_true(case_note(f->k, &r, NULL, &error));
    g_assert_no_error(error);
}

static void ask_second(struct fixture *f, int64_t claim)
{
    struct review r = {.claim = claim, .who = "Eva"};
    GError *error = NULL;

    g_assert_true(case_ask_second(f->k, &r, true, NULL, &error));
    g_assert_no_error(error);
}

static void test_agrees(struct fixture *f, const void *unused)
{
    struct facts facts;
    struct index *x;

    (void)unused;
    add_stories(f, 9, 30);
    reject(f, 3);
    reject(f, 50);
    build(f);
    facts = find_facts(f);
    x = open_index(f);
    g_assert_cmpuint(x->claims_count, ==, facts.all->len);
    g_assert_cmpuint(x->claims_count, ==, 270);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        const struct fact *fact = fact_at(&facts, i);

        compare_claim(x, &x->claims[i], fact);
        compare_event(x, &x->claims[i], fact);
        g_assert_cmpuint(index_find_claim(x, fact->id), ==, i);
    }
    g_assert_cmpuint(index_sum(x).events, ==, facts.digest.happening_count);
    g_assert_cmpuint(
        x->claims[index_find_claim(x, 3)].event, ==, NOWHERE);
    index_close(x);
    free_facts(&facts);
}

/* Two times the same case: the same bytes. */
static void test_same_bytes(struct fixture *f, const void *unused)
{
    g_autofree char *path = index_path(f->path), *one = NULL, *other = NULL;
    gsize sizes[2];

    (void)unused;
    add_stories(f, 5, 20);
    build(f);
    g_assert_true(g_file_get_contents(path, &one, &sizes[0], NULL));
    build(f);
    g_assert_true(g_file_get_contents(path, &other, &sizes[1], NULL));
    g_assert_cmpmem(one, sizes[0], other, sizes[1]);
}

/* --- everything that can be asked --------------------------------------- */

static void ask_lists(struct index *x, struct arena *a, struct filter *f)
{
    uint32_t count, total;

    for (int order = ORDER_DOCUMENT; order <= ORDER_PARTY; order++) {
        index_list_claims(
            f, a, (enum claim_order)order, 1, 20, &count, &total);
        index_list_following(
            f, a, (enum claim_order)order, NOWHERE, 2, &count, &total);
    }
    for (int order = EVENTS_SUPPORT; order <= EVENTS_CLAIMS; order++)
        index_list_events(
            f, a, (enum event_order)order, 0, 20, &count, &total);
    for (int order = DOCUMENTS_NAME; order <= DOCUMENTS_CLAIMS; order++)
        index_list_documents(
            x, a, "0", (enum document_order)order, 0, 20, &count, &total);
    for (int order = PARTIES_DOCUMENTS; order <= PARTIES_SAYING; order++)
        index_list_parties(
            x, a, KIND_ANY, "a", (enum party_order)order, 0, 20, &count,
            &total);
    index_list_bonds(x, a, KIND_ANY, 0, 20, &count, &total);
    index_list_voices(x, a, NULL, 0, 20, &count, &total);
    index_list_voices(x, a, "guard", 0, 20, &count, &total);
}

static void ask_counts(struct index *x, struct arena *a, struct filter *f)
{
    struct facet facets[FACET_COUNT];
    struct timeline *t = arena_make(a, struct timeline, 1);
    uint32_t count, unplaced;

    index_count_facets(f, a, (1U << FACET_COUNT) - 1, 12, NULL, facets);
    index_count_facets(f, a, (1U << FACET_COUNT) - 1, 12, "a", facets);
    index_count_time(f, t);
    index_count_documents(x, t);
    index_count_places(f, a, &count, &unplaced);
    index_sum(x);
}

static void ask_parties(struct index *x, struct arena *a)
{
    for (uint32_t i = 0; i < MIN(x->parties_count, 20); i++) {
        struct index_told told;
        struct index_speaker speaker;
        uint32_t counts[SUPPORT_COUNT], count;

        index_count_ties(x, a, i, 8, &count);
        index_list_told(x, a, i, &told);
        index_sum_events(
            x, a, told.claims, told.count, counts, 5, &count);
        index_find_voice(x, a, i, "", &speaker);
        index_holds_apart(x, i, 0);
    }
}

static void ask_ids(struct index *x, struct arena *a)
{
    for (uint64_t id = 0; id < 40; id++) {
        index_find_claim(x, id);
        index_find_event(x, id);
        index_find_document(x, id);
        index_find_party(x, id);
    }
    for (uint32_t i = 0; i < x->claims_count; i++) {
        index_voice(x, &x->claims[i]);
        index_act_label(x, x->claims[i].act);
        index_support(x, &x->claims[i]);
        index_day_words(a, x->claims[i].first);
    }
}

static void ask_everything(struct fixture *f, struct index *x)
{
    static const struct {
        enum filter_kind kind;
        const char *value;
    } values[] = {
        {FILTER_ACT, "violence"},    {FILTER_TEXT, "hurt"},
        {FILTER_PARTY, "keld"},      {FILTER_SOURCE, "guard"},
        {FILTER_SUPPORT, "single"},  {FILTER_PUBLISHER, "Coast Radio"},
        {FILTER_SINCE, "2001-01-01"}};
    struct arena *a = arena_new();

    ask_lists(x, a, filter_new(a, x, f->k));
    ask_counts(x, a, filter_new(a, x, f->k));
    ask_parties(x, a);
    ask_ids(x, a);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        struct filter *one = filter_new(a, x, f->k);
        uint32_t count, total;

        if (filter_add(one, values[i].kind, values[i].value, NULL))
            index_list_claims(
                one, a, ORDER_TIME, 0, 20, &count, &total);
    }
    for (uint32_t i = 0; i < MIN(x->events_count, 3); i++) {
        struct digest d = {0};

        if (index_digest_event(x, f->k, a, i, &d, NULL))
            digest_close(&d);
    }
    arena_free(a);
}

/* --- files that are damaged --------------------------------------------- */

static void write_bytes(const char *path, const char *bytes, gsize size)
{
    FILE *file = fopen(path, "wb");

    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(bytes, 1, size, file), ==, size);
    g_assert_cmpint(fclose(file), ==, 0);
}

static bool open_bytes(
    struct fixture *f, const char *path, const char *bytes, gsize size)
{
    GError *error = NULL;
    struct index *x;

    write_bytes(path, bytes, size);
    x = index_open(f->k, f->path, tables, &error);
    if (!x) {
        g_assert_nonnull(error);
        g_assert_nonnull(strstr(error->message, path));
        g_clear_error(&error);
        return false;
    }
    g_assert_no_error(error);
    ask_everything(f, x);
    index_close(x);
    return true;
}

/* One to four bytes become others; now and then a number becomes one that leads
   just out, or far out. */
static void damage(GRand *chance, char *bytes, gsize size)
{
    static const uint32_t numbers[] = {
        0, 1, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    gsize at = (gsize)g_rand_int(chance) % size;

    if (g_rand_int_range(chance, 0, 3) == 0 && size > 8) {
        at = at / 4 * 4 % (size - 4);
        memcpy(bytes + at, &numbers[g_rand_int_range(chance, 0, 6)], 4);
        return;
    }
    for (int i = g_rand_int_range(chance, 1, 5); i-- > 0;)
        bytes[(at + (gsize)i) % size] = (char)g_rand_int(chance);
}

static void test_damaged(struct fixture *f, const void *unused)
{
    enum { TRIALS = 2000, HEAD = 600 };
    g_autofree char *path = index_path(f->path), *good = NULL;
    GRand *chance = g_rand_new_with_seed(6);
    uint32_t opened = 0;
    gsize size;

    (void)unused;
    add_stories(f, 2, 8);
    build(f);
    g_assert_true(g_file_get_contents(path, &good, &size, NULL));
    for (int i = 0; i < TRIALS; i++) {
        g_autofree char *bad = g_memdup2(good, size);

        damage(chance, bad, i % 3 ? size : MIN(size, HEAD));
        opened += open_bytes(f, path, bad, size);
    }
    for (gsize end = 0; end < size; end += 97)
        g_assert_false(open_bytes(f, path, good, end));
    g_assert_true(open_bytes(f, path, good, size));
    g_test_message("%u of %d were opened", opened, TRIALS);
    g_assert_cmpuint(opened, >, 100);
    g_assert_cmpuint(opened, <, TRIALS);
    g_rand_free(chance);
}

static void expect_refused(
    struct fixture *f, const char *bytes, gsize size, const char *words)
{
    g_autofree char *path = index_path(f->path);
    GError *error = NULL;

    write_bytes(path, bytes, size);
    g_assert_null(index_open(f->k, f->path, tables, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, words));
    g_assert_nonnull(strstr(error->message, "'attest index'"));
    g_clear_error(&error);
}

/* The claims of an index in the bytes of its file. */
static struct index_claim *
find_claims(const struct index *x, char *bytes, gsize size)
{
    gsize length = sizeof *x->claims * x->claims_count, at = 0;

    while (at + length <= size && memcmp(bytes + at, x->claims, length) != 0)
        at += 8;
    g_assert_cmpuint(at + length, <=, size);
    return (struct index_claim *)(void *)(bytes + at);
}

/* Ids that all fall into one place would make looking for them take long. */
static void test_colliding(struct fixture *f, const void *unused)
{
    g_autofree char *path = index_path(f->path), *bytes = NULL;
    struct index_claim *claims;
    struct index *x;
    gsize size;

    (void)unused;
    add_stories(f, 4, 100);
    build(f);
    g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    x = open_index(f);
    g_assert_cmpuint(x->claims_count, ==, 400);
    claims = find_claims(x, bytes, size);
    for (uint32_t i = 0; i < x->claims_count; i++)
        claims[i].id = 1 + (i << 16);
    index_close(x);
    expect_refused(f, bytes, size, "is damaged");
}

static void test_refused(struct fixture *f, const void *unused)
{
    g_autofree char *path = index_path(f->path), *good = NULL;
    struct fixture other;
    GError *error = NULL;
    gsize size;

    (void)unused;
    add_stories(f, 2, 5);
    g_assert_null(index_open(f->k, f->path, tables, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_clear_error(&error);
    build(f);
    g_assert_true(g_file_get_contents(path, &good, &size, NULL));
    expect_refused(f, "", 0, "is no index");
    expect_refused(f, "attest", 6, "is no index");
    good[0] = 'x';
    expect_refused(f, good, size, "is no index");
    good[0] = 'a';
    good[8]++;
    expect_refused(f, good, size, "another attest");
    good[8]--;
    expect_refused(f, good, size - 1, "is damaged");

    set_up(&other, NULL);
    add_story(&other, 7, 5);
    g_assert_true(case_save(other.k, &error));
    build(&other);
    {
        g_autofree char *theirs = index_path(other.path), *bytes = NULL;

        g_assert_true(g_file_get_contents(theirs, &bytes, &size, NULL));
        expect_refused(f, bytes, size, "another case");
    }
    tear_down(&other, NULL);
}

/* --- filters against a recount ------------------------------------------ */

struct sieve {
    enum filter_kind kind;
    const char *value;
    bool (*takes)(const struct fact *f);
};

static bool is(const char *one, const char *other)
{
    return !g_strcmp0(one, other);
}

static bool is_of_violence(const struct fact *f)
{
    return g_str_has_prefix(f->act, "violence.");
}

static bool is_by_guard(const struct fact *f)
{
    return is(f->roles[ROLE_ACTOR], "Red Guard");
}

static bool is_on_omar(const struct fact *f)
{
    return is(f->roles[ROLE_TARGET], "Omar Deen");
}

static bool is_with_police(const struct fact *f)
{
    return is(f->roles[ROLE_ACTOR], "Border Police") ||
           is(f->roles[ROLE_TARGET], "Border Police");
}

static bool is_in_homs(const struct fact *f)
{
    return is(f->roles[ROLE_PLACE], "Homs") ||
           is(f->roles[ROLE_ORIGIN], "Homs") ||
           is(f->roles[ROLE_DESTINATION], "Homs");
}

static bool is_guards_word(const struct fact *f)
{
    return is(f->source, "A guard");
}

static bool is_of_radio(const struct fact *f)
{
    return is(f->house, "Coast Radio");
}

static bool is_in_second(const struct fact *f)
{
    return f->document == 2;
}

static bool is_of_first_event(const struct fact *f)
{
    return f->event == 1;
}

static bool is_asserted(const struct fact *f)
{
    return f->modality == MODALITY_ASSERTED;
}

static bool is_open(const struct fact *f)
{
    return f->verdict == VERDICT_OPEN;
}

static bool is_single(const struct fact *f)
{
    return f->counts && f->counts->support + f->counts->deniers == 1 &&
           !f->counts->contests;
}

static bool is_noted(const struct fact *f)
{
    return f->id == 7 || f->id == 8;
}

static bool is_since(const struct fact *f)
{
    return f->last != DAY_NONE && f->last >= index_day("2019-05-07");
}

static bool is_until(const struct fact *f)
{
    return f->first != DAY_NONE && f->first <= index_day("2019-06-02");
}

static bool is_wounded(const struct fact *f)
{
    return is(f->trigger, "wounded");
}

static bool is_unsure(const struct fact *f)
{
    return f->confidence >= 100 && f->confidence <= 500;
}

static const struct sieve sieves[] = {
    {FILTER_ACT, "violence", is_of_violence},
    {FILTER_ACTOR, "RED gua", is_by_guard},
    {FILTER_TARGET, "deen", is_on_omar},
    {FILTER_PARTY, "border", is_with_police},
    {FILTER_PLACE, "homs", is_in_homs},
    {FILTER_SOURCE, "n:A guard", is_guards_word},
    {FILTER_PUBLISHER, "Coast Radio", is_of_radio},
    {FILTER_DOCUMENT, "d2", is_in_second},
    {FILTER_EVENT, "e1", is_of_first_event},
    {FILTER_MODALITY, "asserted", is_asserted},
    {FILTER_VERDICT, "open", is_open},
    {FILTER_SUPPORT, "single", is_single},
    {FILTER_MARK, "noted", is_noted},
    {FILTER_SINCE, "2019-05-07", is_since},
    {FILTER_UNTIL, "2019-06-02", is_until},
    {FILTER_TEXT, "wounded", is_wounded},
    {FILTER_CONFIDENCE, "0.1-0.5", is_unsure}};

static void add_sieve(struct filter *f, const struct sieve *s)
{
    GError *error = NULL;

    g_assert_true(filter_add(f, s->kind, s->value, &error));
    g_assert_no_error(error);
}

static void compare_two(
    struct fixture *f, struct index *x, const struct facts *facts,
    const struct sieve *one, const struct sieve *other)
{
    struct arena *a = arena_new();
    struct filter *filter = filter_new(a, x, f->k);
    uint32_t count, total, taken = 0, *claims;

    add_sieve(filter, one);
    if (other != one)
        add_sieve(filter, other);
    claims = index_list_claims(
        filter, a, ORDER_DOCUMENT, 0, x->claims_count, &count, &total);
    for (guint i = 0; i < facts->all->len; i++)
        if (one->takes(fact_at(facts, i)) && other->takes(fact_at(facts, i))) {
            g_assert_cmpuint(taken, <, count);
            g_assert_cmpuint(claims[taken++], ==, i);
        }
    g_assert_cmpuint(taken, ==, total);
    if (one == other) {
        g_assert_cmpuint(taken, >, 0);
        g_assert_cmpuint(taken, <, x->claims_count);
    }
    arena_free(a);
}

static void test_filters(struct fixture *f, const void *unused)
{
    struct facts facts;
    struct index *x;

    (void)unused;
    G_STATIC_ASSERT(G_N_ELEMENTS(sieves) == FILTER_COUNT);
    add_stories(f, 9, 30);
    note(f, 7);
    note(f, 8);
    reject(f, 12);
    build(f);
    facts = find_facts(f);
    x = open_index(f);
    for (size_t i = 0; i < G_N_ELEMENTS(sieves); i++)
        for (size_t k = i; k < G_N_ELEMENTS(sieves); k++)
            compare_two(f, x, &facts, &sieves[i], &sieves[k]);
    index_close(x);
    free_facts(&facts);
}

/* Several of one kind: any will do. */
static void expect_either(
    struct fixture *f, struct index *x, enum filter_kind kind, const char *one,
    const char *other)
{
    struct arena *a = arena_new();
    struct filter *both = filter_new(a, x, f->k);
    struct filter *each[] = {filter_new(a, x, f->k), filter_new(a, x, f->k)};

    g_assert_true(filter_add(both, kind, one, NULL));
    g_assert_true(filter_add(both, kind, other, NULL));
    g_assert_true(filter_add(each[0], kind, one, NULL));
    g_assert_true(filter_add(each[1], kind, other, NULL));
    for (uint32_t i = 0; i < x->claims_count; i++)
        g_assert_cmpint(
            !filter_misses(both, i), ==,
            !filter_misses(each[0], i) || !filter_misses(each[1], i));
    arena_free(a);
}

static void test_any_value(struct fixture *f, const void *unused)
{
    struct index *x;

    (void)unused;
    add_stories(f, 6, 20);
    build(f);
    x = open_index(f);
    expect_either(f, x, FILTER_ACT, "violence", "liberty");
    expect_either(f, x, FILTER_ACTOR, "red", "border");
    expect_either(f, x, FILTER_DOCUMENT, "d1", "d3");
    expect_either(f, x, FILTER_EVENT, "e1", "e2");
    expect_either(f, x, FILTER_PUBLISHER, "Coast Radio", "");
    expect_either(f, x, FILTER_TEXT, "wounded", "guard");
    expect_either(f, x, FILTER_CONFIDENCE, "0.1-0.2", "0.7-0.9");
    expect_either(f, x, FILTER_SINCE, "2019-05-07", "2019-05-06");
    expect_either(f, x, FILTER_SINCE, "2019-05-06", "2019-05-07");
    expect_either(f, x, FILTER_UNTIL, "2018-12-31", "2019-06-02");
    expect_either(f, x, FILTER_UNTIL, "2019-06-02", "2018-12-31");
    index_close(x);
}

static void test_bad_values(struct fixture *f, const void *unused)
{
    static const struct {
        enum filter_kind kind;
        const char *value;
    } bad[] = {
        {FILTER_ACT, ""},          {FILTER_ACT, "violen"},
        {FILTER_ACT, "violence.sing"}, {FILTER_ACTOR, ""},
        {FILTER_PARTY, "p9999"},   {FILTER_TARGET, "p0"},
        {FILTER_DOCUMENT, "12"},   {FILTER_DOCUMENT, "d9999"},
        {FILTER_EVENT, "e"},       {FILTER_EVENT, "c1"},
        {FILTER_MODALITY, "sure"}, {FILTER_VERDICT, "maybe"},
        {FILTER_SUPPORT, "none"},  {FILTER_MARK, "negative"},
        {FILTER_SINCE, "2019"},    {FILTER_UNTIL, "2019-02-30"},
        {FILTER_SINCE, "0000-01-01"}, {FILTER_CONFIDENCE, "0.5"},
        {FILTER_CONFIDENCE, "0.2-1.5"}, {FILTER_CONFIDENCE, "nan-1"},
        {FILTER_CONFIDENCE, "0.1-0.2x"}};
    struct index *x;

    (void)unused;
    add_stories(f, 1, 5);
    build(f);
    x = open_index(f);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct filter *one = filter_new(f->a, x, f->k);
        GError *error = NULL;

        g_assert_false(filter_add(one, bad[i].kind, bad[i].value, &error));
        g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
        g_assert_nonnull(strstr(error->message, filter_words[bad[i].kind]));
        g_clear_error(&error);
    }
    index_close(x);
}

/* --- pages -------------------------------------------------------------- */

static void expect_pages(const struct filter *f, enum claim_order order)
{
    enum { PAGE = 613 };
    struct arena *a = arena_new(), *pages = arena_new();
    uint32_t count, total, part, *all;

    all = index_list_claims(f, a, order, 0, UINT32_MAX / 4, &count, &total);
    g_assert_cmpuint(count, ==, total);
    for (uint32_t at = 0; at < total + PAGE; at += PAGE) {
        uint32_t *page = index_list_claims(
            f, pages, order, at, PAGE, &part, &count);

        g_assert_cmpuint(count, ==, total);
        g_assert_cmpuint(part, ==, at < total ? MIN(PAGE, total - at) : 0);
        for (uint32_t i = 0; i < part; i++)
            g_assert_cmpuint(page[i], ==, all[at + i]);
        arena_reset(pages);
    }
    arena_free(pages);
    arena_free(a);
}

/* One after the other, each is what follows the last. */
static void expect_queue(const struct filter *f, enum claim_order order)
{
    struct arena *a = arena_new();
    uint32_t count, total, found, remaining, at = NOWHERE, *all;

    all = index_list_claims(f, a, order, 0, 300, &count, &total);
    for (uint32_t i = 0; i < count; i++) {
        at = *index_list_following(f, a, order, at, 1, &found, &remaining);
        g_assert_cmpuint(found, ==, 1);
        g_assert_cmpuint(at, ==, all[i]);
        g_assert_cmpuint(remaining, ==, total - i);
    }
    arena_free(a);
}

static void test_pages(struct fixture *f, const void *unused)
{
    struct filter *all, *some;
    struct index *x;
    uint32_t count, total;

    (void)unused;
    add_stories(f, 60, 90);
    build(f);
    x = open_index(f);
    g_assert_cmpuint(x->claims_count, ==, 5400);
    all = filter_new(f->a, x, f->k);
    some = filter_new(f->a, x, f->k);
    g_assert_true(filter_add(some, FILTER_ACTOR, "guard", NULL));
    for (int order = ORDER_DOCUMENT; order <= ORDER_PARTY; order++) {
        expect_pages(all, (enum claim_order)order);
        expect_pages(some, (enum claim_order)order);
        expect_queue(all, (enum claim_order)order);
    }
    for (int order = EVENTS_SUPPORT; order <= EVENTS_CLAIMS; order++) {
        uint32_t *whole = index_list_events(
            all, f->a, (enum event_order)order, 0, x->events_count, &count,
            &total);

        g_assert_cmpuint(count, ==, total);
        for (uint32_t at = 0; at < total; at += 97) {
            uint32_t part, *page = index_list_events(
                all, f->a, (enum event_order)order, at, 97, &part, &total);

            g_assert_cmpuint(part, ==, MIN(97, count - at));
            g_assert_cmpmem(page, part * 4, whole + at, part * 4);
        }
    }
    index_close(x);
}

/* --- facets ------------------------------------------------------------- */

/* Each value has as many claims as its filter alone would take, whatever else
   of its own kind is asked for. */
static void expect_facet(
    struct fixture *f, struct index *x, enum facet_kind facet,
    enum filter_kind kind, const char *chosen)
{
    struct facet facets[FACET_COUNT];
    struct filter *filter = filter_new(f->a, x, f->k);
    uint32_t fitting;

    g_assert_true(filter_add(filter, FILTER_TEXT, "hurt", NULL));
    g_assert_true(filter_add(filter, kind, chosen, NULL));
    fitting = index_count_facets(
        filter, f->a, 1U << facet, 500, NULL, facets);
    g_assert_cmpuint(facets[facet].count, >, 1);
    for (uint32_t i = 0; i < facets[facet].count; i++) {
        const struct facet_value *v = &facets[facet].values[i];
        struct filter *one = filter_new(f->a, x, f->k);
        uint32_t count, total;

        g_assert_true(filter_add(one, FILTER_TEXT, "hurt", NULL));
        g_assert_true(filter_add(one, kind, v->value, NULL));
        index_list_claims(one, f->a, ORDER_DOCUMENT, 0, 1, &count, &total);
        g_assert_cmpuint(v->count, ==, total);
        g_assert_cmpint(v->is_chosen, ==, i == 0);
        if (v->is_chosen)
            g_assert_cmpuint(fitting, ==, total);
    }
}

static void test_facets(struct fixture *f, const void *unused)
{
    static const enum filter_kind kinds[] = {
#define X(name, word, filter) FILTER_##filter,
        FACETS(X)
#undef X
    };
    static const char *const chosen[FACET_COUNT] = {
        [FACET_FAMILY] = "violence",    [FACET_ACTOR] = "red guard",
        [FACET_TARGET] = "omar deen",   [FACET_SOURCE] = "n:A guard",
        [FACET_PLACE] = "nairobi",      [FACET_PUBLISHER] = "Coast Radio",
        [FACET_MODALITY] = "possible",  [FACET_VERDICT] = "rejected",
        [FACET_SUPPORT] = "single",     [FACET_MARK] = "noted"};
    struct index *x;

    (void)unused;
    add_stories(f, 9, 40);
    reject(f, 10);
    reject(f, 11);
    for (int64_t id = 20; id < 30; id++)
        note(f, id);
    ask_second(f, 41);
    ask_second(f, 42);
    ask_second(f, 43);
    build(f);
    x = open_index(f);
    expect_facet(f, x, FACET_ACT, FILTER_ACT, index_act(x, 3));
    for (int i = FACET_FAMILY; i < FACET_COUNT; i++)
        expect_facet(f, x, (enum facet_kind)i, kinds[i], chosen[i]);
    index_close(x);
}

/* --- days --------------------------------------------------------------- */

static uint32_t sum_buckets(const struct timeline *t)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        g_assert_cmpint(t->buckets[i].from, <=, t->buckets[i].to);
        if (i)
            g_assert_cmpint(
                t->buckets[i].from, ==, t->buckets[i - 1].to + 1);
        sum += t->buckets[i].count;
    }
    return sum;
}

static void expect_days(
    struct fixture *f, struct index *x, const char *since, const char *until,
    const char *unit)
{
    struct filter *filter = filter_new(f->a, x, f->k);
    struct timeline *t = arena_make(f->a, struct timeline, 1);
    uint32_t count, total;

    if (since)
        g_assert_true(filter_add(filter, FILTER_SINCE, since, NULL));
    if (until)
        g_assert_true(filter_add(filter, FILTER_UNTIL, until, NULL));
    index_list_claims(filter, f->a, ORDER_DOCUMENT, 0, 1, &count, &total);
    index_count_time(filter, t);
    g_assert_cmpstr(t->unit, ==, unit);
    g_assert_cmpuint(total, >, 0);
    g_assert_cmpuint(sum_buckets(t) + t->undated, ==, total);
    g_assert_cmpint(t->first, <=, t->last);
    g_assert_cmpint(t->buckets[t->count - 1].to, >=, t->last);
}

static void test_days(struct fixture *f, const void *unused)
{
    struct filter *all;
    struct timeline *t = arena_make(f->a, struct timeline, 1);
    struct index *x;
    uint32_t undated = 0;

    (void)unused;
    add_stories(f, 9, 30);
    build(f);
    x = open_index(f);
    expect_days(f, x, "2019-05-06", "2019-12-31", "day");
    expect_days(f, x, "2018-01-01", "2019-12-31", "month");
    expect_days(f, x, "2018-01-01", NULL, "year");
    expect_days(f, x, NULL, "0001-01-01", "day");
    all = filter_new(f->a, x, f->k);
    index_count_time(all, t);
    g_assert_cmpstr(index_day_words(f->a, t->first), ==, "0001-01-01");
    g_assert_cmpstr(index_day_words(f->a, t->last), ==, "9999-12-31");
    for (uint32_t i = 0; i < x->claims_count; i++)
        undated += x->claims[i].first == DAY_NONE;
    g_assert_cmpuint(undated, >, 0);
    g_assert_cmpuint(t->undated, ==, undated);
    g_assert_null(index_day_words(f->a, t->last + 1));
    g_assert_null(index_day_words(f->a, t->first - 1));
    index_close(x);
}

/* However far apart two days are, no claim falls between the buckets. */
static void test_spans_of_days(struct fixture *f, const void *unused)
{
    struct timeline *t = arena_make(f->a, struct timeline, 1);
    const uint32_t claims[] = {0, 1};
    struct index *x;

    (void)unused;
    add_stories(f, 1, 5);
    build(f);
    x = open_index(f);
    x->claims[0].first = index_day("1600-12-31");
    for (int32_t i = 0; i < 3 * 146097; i += i < 1000 ? 1 : 61) {
        x->claims[1].first = x->claims[0].first + i;
        index_count_days(x, claims, 2, t);
        g_assert_cmpuint(sum_buckets(t), ==, 2);
    }
    index_close(x);
}

static const struct case_test all_tests[] = {
    {"/index/agrees", test_agrees},
    {"/index/same-bytes", test_same_bytes},
    {"/index/damaged", test_damaged},
    {"/index/colliding", test_colliding},
    {"/index/refused", test_refused},
    {"/index/filters", test_filters},
    {"/index/any-value", test_any_value},
    {"/index/bad-values", test_bad_values},
    {"/index/pages", test_pages},
    {"/index/facets", test_facets},
    {"/index/days", test_days},
    {"/index/spans-of-days", test_spans_of_days},
};

int main(int argc, char **argv)
{
    return run_index_tests(argc, argv, all_tests, G_N_ELEMENTS(all_tests));
}
