/* What the tests of the index share: a case of many claims, its index, and what
   the case itself tells. */
#ifndef INDEX_FIXTURE_H
#define INDEX_FIXTURE_H

#include "case_fixture.h"
#include "index/index.h"

static struct digest_tables *tables;

/* --- a case of many claims ---------------------------------------------- */

enum { PERSONS = 6, GROUPS = 3, PLACES = 3, NAMED = PERSONS + GROUPS + PLACES };
static const char *const names[NAMED] = {
    "Ana Keld",  "Omar Deen",     "Zoe Ruiz",      "Teo Brask",
    "Lea Hunt",  "Ivo Marn",      "Red Guard",     "Border Police",
    "River Militia", "Port Selm", "Nairobi",       "Homs"};
static const char *const keys[NAMED] = {
    "ana keld",  "omar deen",     "zoe ruiz",      "teo brask",
    "lea hunt",  "ivo marn",      "red guard",     "border police",
    "river militia", "port selm", "nairobi",       "homs"};
static const char *const houses[] = {"The Lantern", "Coast Radio", NULL};
static const char *const days[] = {
    "0001-01-01", "2019-05-06", "2019-05-07", "9999-12-31", NULL, "2018-01-31",
    "2019-05-06"};

struct story {
    struct arena *a;
    GString *text;
    struct entities *e;
    struct findings *f;
    struct text *t;
};

static struct spans write_words(struct story *s, const char *words)
{
    struct spans at = {arena_make(s->a, struct span, 1), 1};

    at.at[0].from = (uint32_t)s->text->len;
    g_string_append(s->text, words);
    at.at[0].to = (uint32_t)s->text->len;
    g_string_append_c(s->text, ' ');
    return at;
}

static struct phrase write_name(struct story *s, uint32_t entity)
{
    struct phrase p = {
        .spans = write_words(s, names[entity]), .entity = entity};

    s->e->mentions[s->e->mention_count++] = (struct mention){
        .span = p.spans.at[0],
        .sentence = s->t->count,
        .entity = entity,
        .is_name = true};
    return p;
}

static uint32_t write_source(struct story *s, uint32_t n)
{
    struct attribution *at = &s->f->attributions[s->f->attribution_count];

    if (n % 3 == 0)
        return NO_ATTRIBUTION;
    *at = (struct attribution){.parent = NO_ATTRIBUTION, .confidence = 1};
    at->source = n % 3 == 1
                     ? write_name(s, n % PERSONS)
                     : (struct phrase){
                           .spans = write_words(s, "A guard"),
                           .entity = NO_ENTITY};
    at->cue = write_words(s, "said");
    return s->f->attribution_count++;
}

/* "Ana Keld said Red Guard hurt Omar Deen in Homs ." */
static void write_claim(struct story *s, uint32_t n)
{
    struct claim *c = &s->f->claims[s->f->claim_count++];
    uint32_t from = (uint32_t)s->text->len;

    *c = (struct claim){
        .act = n * 7 % 12,
        .sentence = s->t->count,
        .attribution = write_source(s, n),
        .modality = (enum modality)(n % 5 ? 0 : n % MODALITY_COUNT),
        .negative = n % 11 == 0,
        .confidence = (float)(n * 37 % 1000) / 1000,
        .time = {.first = days[n % 7], .last = days[n % 7]}};
    for (int i = 0; i < ROLE_COUNT; i++)
        c->roles[i].entity = NO_ENTITY;
    c->roles[ROLE_ACTOR] = write_name(s, PERSONS + n / 2 % GROUPS);
    c->trigger = write_words(s, n % 4 ? "hurt" : "wounded");
    if (n % 13)
        c->roles[ROLE_TARGET] = write_name(s, n / 3 % PERSONS);
    if (n % 2)
        c->roles[n % 3 ? ROLE_PLACE : ROLE_ORIGIN] =
            write_name(s, PERSONS + GROUPS + n / 5 % PLACES);
    if (c->attribution != NO_ATTRIBUTION)
        s->f->attributions[c->attribution].content = (struct spans){
            c->roles[ROLE_ACTOR].spans.at, 1};
    if (days[n % 7])
        c->time.spans = write_words(s, "then");
    s->t->sentences[s->t->count++].span =
        (struct span){from, (uint32_t)s->text->len};
}

static struct story story_begin(struct arena *a, uint32_t claims)
{
    struct story s = {
        a, g_string_new(NULL), arena_make(a, struct entities, 1),
        arena_make(a, struct findings, 1), arena_make(a, struct text, 1)};

    s.e->count = NAMED;
    s.e->entities = arena_make(a, struct entity, NAMED);
    s.e->mentions = arena_make(a, struct mention, claims * 4 + NAMED);
    for (uint32_t i = 0; i < NAMED; i++)
        s.e->entities[i] = (struct entity){
            i < PERSONS            ? NAME_PERSON
            : i < PERSONS + GROUPS ? NAME_GROUP
                                   : NAME_PLACE,
            names[i], keys[i], NULL};
    s.f->attributions = arena_make(a, struct attribution, claims);
    s.f->claims = arena_make(a, struct claim, claims);
    s.t->sentences = arena_make(a, struct sentence, claims + 1);
    return s;
}

static void add_story(struct fixture *f, uint32_t number, uint32_t claims)
{
    struct arena *a = arena_new();
    struct story s = story_begin(a, claims);
    struct document *d = arena_make(a, struct document, 1);
    struct reading r = {
        d, s.t, s.f, s.e, lexicon, {NULL, 0, UINT32_MAX}, 0};
    uint32_t from;
    GError *error = NULL;
    case_added added;

    for (uint32_t i = 0; i < claims; i++)
        write_claim(&s, number * 17 + i);
    from = (uint32_t)s.text->len;
    for (uint32_t i = 0; i < NAMED; i++)
        write_name(&s, i);
    s.t->sentences[s.t->count++].span =
        (struct span){from, (uint32_t)s.text->len};
    *d = (struct document){
        .id = arena_print(a, "%03u.txt", number),
        .sha256 = hash_keep(a, hash_of((struct str){s.text->str, s.text->len})),
        .media_type = "text/plain",
        .encoding = "UTF-8",
        .date = number % 4 ? arena_print(a, "2019-06-%02u", number % 28 + 1)
                           : NULL,
        .publisher = houses[number % 3],
        .text = {s.text->str, s.text->len},
        .body = {0, (uint32_t)s.text->len},
        .size = s.text->len};
    s.t->str = d->text;
    g_assert_true(case_add(f->k, &r, &added, &error));
    g_assert_no_error(error);
    g_string_free(s.text, TRUE);
    arena_free(a);
}

static void add_stories(struct fixture *f, uint32_t documents, uint32_t claims)
{
    GError *error = NULL;

    for (uint32_t i = 0; i < documents; i++)
        add_story(f, i, claims);
    g_assert_true(case_save(f->k, &error));
    g_assert_no_error(error);
}

static void build(struct fixture *f)
{
    GError *error = NULL;

    g_assert_true(index_build(
        f->k, f->path, TEST_LEXICON, TEST_MODELS, NULL, NULL, &error));
    g_assert_no_error(error);
}

static struct index *open_index(struct fixture *f)
{
    GError *error = NULL;
    struct index *x = index_open(f->k, f->path, tables, &error);

    g_assert_no_error(error);
    g_assert_nonnull(x);
    return x;
}

/* --- what the case tells ------------------------------------------------ */

struct fact {
    uint32_t id, document, modality, verdict;
    const char *act, *roles[ROLE_COUNT], *source, *house, *trigger;
    int32_t first, last;
    uint16_t confidence;
    bool negative, is_noted;
    uint32_t event; /* the first claim of it, or 0 */
    const struct event *counts;
};

struct facts {
    struct arena *a;
    GArray *all;
    struct digest digest;
};

static const char *copy(struct facts *f, const char *words)
{
    return words ? arena_copy(f->a, words, strlen(words)) : NULL;
}

static const char *source_of(const struct claim_row *row)
{
    const struct phrase_row *last;

    if (!row->source_count)
        return row->publisher ? row->publisher : row->document_name;
    last = &row->sources[row->source_count - 1].source;
    return last->name ? last->name : last->text;
}

static void take_fact(const struct claim_row *row, void *self)
{
    struct facts *f = self;
    struct fact fact = {
        .id = (uint32_t)row->id,
        .document = (uint32_t)row->document,
        .modality = row->modality,
        .verdict = row->verdict,
        .act = copy(f, row->act),
        .source = copy(f, source_of(row)),
        .house = copy(f, row->publisher),
        .trigger = copy(f, row->trigger_text),
        .first = index_day(row->first ? row->first : row->last),
        .last = index_day(row->last ? row->last : row->first),
        .confidence = (uint16_t)(row->confidence * 1000 + 0.5),
        .negative = row->negative};

    for (int i = 0; i < ROLE_COUNT; i++)
        fact.roles[i] = copy(f, row->roles[i].name);
    if (fact.first == DAY_NONE)
        fact.first = fact.last = index_day(row->document_date);
    g_array_append_val(f->all, fact);
}

static void place_facts(struct facts *f)
{
    for (uint32_t i = 0; i < f->digest.happening_count; i++) {
        const struct happening *h = &f->digest.happenings[i];

        for (uint32_t k = 0; k < h->count; k++)
            for (guint j = 0; j < f->all->len; j++) {
                struct fact *fact = &g_array_index(f->all, struct fact, j);

                if (fact->id != h->claims[k]->id)
                    continue;
                fact->event = (uint32_t)h->id;
                fact->counts = h->event;
            }
    }
}

static G_GNUC_UNUSED struct facts find_facts(struct fixture *f)
{
    struct facts out = {
        .a = arena_new(), .all = g_array_new(FALSE, TRUE, sizeof(struct fact))};
    GError *error = NULL;

    g_assert_true(digest_load(
        f->k, lexicon, TEST_LEXICON, out.a, take_fact, &out, &out.digest,
        &error));
    g_assert_no_error(error);
    place_facts(&out);
    return out;
}

static G_GNUC_UNUSED void free_facts(struct facts *f)
{
    digest_close(&f->digest);
    g_array_free(f->all, TRUE);
    arena_free(f->a);
}

static G_GNUC_UNUSED const struct fact *
fact_at(const struct facts *f, uint32_t i)
{
    return &g_array_index(f->all, struct fact, i);
}

static int run_index_tests(
    int argc, char **argv, const struct case_test *tests, size_t count)
{
    GError *error = NULL;
    int failed;

    tables = digest_tables_load(TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    failed = run_case_tests(argc, argv, tests, count);
    digest_tables_free(tables);
    return failed;
}

#endif
