/* What the tests of the case share: a folder with a case in it, and readings
   made by hand. */
#ifndef CASE_FIXTURE_H
#define CASE_FIXTURE_H

#include "case/case.h"

#include <glib/gstdio.h>
#include <string.h>

/* A list of one, as filters take them. */
#define ONE(word)                                                              \
    (const char *const[])                                                      \
    {                                                                          \
        word, NULL                                                             \
    }

static struct lexicon *lexicon;
static const char now[] = "2026-01-31T09:05:00Z";

/* A folder with room for a case, and a reading made by hand. */
struct fixture {
    char *dir, *path;
    struct arena *a;
    struct kase *k;
};

static void set_up(struct fixture *f, const void *unused)
{
    GError *error = NULL;

    (void)unused;
    f->dir = g_dir_make_tmp("attest-test-XXXXXX", NULL);
    f->path = g_build_filename(f->dir, "case.attest", NULL);
    f->a = arena_new();
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

static void tear_down(struct fixture *f, const void *unused)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".index"};
    GError *error = NULL;

    (void)unused;
    g_assert_true(case_close(f->k, &error));
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        char *file = g_strconcat(f->path, ends[i], NULL);

        g_unlink(file);
        g_free(file);
    }
    g_rmdir(f->dir);
    arena_free(f->a);
    g_free(f->dir);
    g_free(f->path);
}

static struct spans
spans_at(struct arena *a, const char *text, const char *words)
{
    const char *at = strstr(text, words);
    struct spans s = {arena_make(a, struct span, 1), 1};

    g_assert_nonnull(at);
    s.at[0] = (struct span){
        (uint32_t)(at - text),
        (uint32_t)(at - text + (ptrdiff_t)strlen(words))};
    return s;
}

static struct phrase
phrase_at(struct arena *a, const char *text, const char *words, uint32_t entity)
{
    return (struct phrase){.spans = spans_at(a, text, words), .entity = entity};
}

static uint32_t find_act(const char *code)
{
    for (uint32_t i = 0; i < lexicon_act_count(lexicon); i++)
        if (!strcmp(lexicon_act_code(lexicon, i), code))
            return i;
    g_assert_not_reached();
}

/* "soldiers beat NAME", by the word of the radio. */
static struct reading
make_reading(struct arena *a, const char *id, const char *name)
{
    char *text =
        arena_print(a, "The radio said that soldiers beat %s on Monday.", name);
    struct document *d = arena_make(a, struct document, 1);
    struct text *t = arena_make(a, struct text, 1);
    struct findings *f = arena_make(a, struct findings, 1);
    struct entities *e = arena_make(a, struct entities, 1);
    struct reading r = {d, t, f, e, lexicon, {NULL, 0, UINT32_MAX}, 0};

    *d = (struct document){
        .id = id,
        .sha256 = hash_keep(a, hash_of((struct str){text, strlen(text)})),
        .media_type = "text/plain",
        .encoding = "UTF-8",
        .date = "2019-05-06",
        .publisher = "The Lantern",
        .text = {text, strlen(text)},
        .body = {0, (uint32_t)strlen(text)},
        .size = strlen(text)};
    t->str = d->text;
    t->count = 1;
    t->sentences = arena_make(a, struct sentence, 1);
    t->sentences[0].span = d->body;
    t->token_count = 10;
    e->count = e->mention_count = 1;
    e->entities = arena_make(a, struct entity, 1);
    e->entities[0] = (struct entity){NAME_PERSON, name, "zoe ruiz", NULL};
    e->mentions = arena_make(a, struct mention, 1);
    e->mentions[0] = (struct mention){
        .span = spans_at(a, text, name).at[0], .is_name = true};
    f->attribution_count = f->claim_count = 1;
    f->attributions = arena_make(a, struct attribution, 1);
    f->attributions[0] = (struct attribution){
        .source = phrase_at(a, text, "The radio", NO_ENTITY),
        .cue = spans_at(a, text, "said"),
        .content = spans_at(a, text, "soldiers beat"),
        .parent = NO_ATTRIBUTION,
        .confidence = 1};
    f->claims = arena_make(a, struct claim, 1);
    f->claims[0] = (struct claim){
        .act = find_act("violence.beat"),
        .trigger = spans_at(a, text, "beat"),
        .time = {spans_at(a, text, "on Monday"), "2019-05-06", "2019-05-06"},
        .confidence = 0.75f};
    for (int i = 0; i < ROLE_COUNT; i++)
        f->claims[0].roles[i].entity = NO_ENTITY;
    f->claims[0].roles[ROLE_ACTOR] = phrase_at(a, text, "soldiers", NO_ENTITY);
    f->claims[0].roles[ROLE_TARGET] = phrase_at(a, text, name, 0);
    return r;
}

static G_GNUC_UNUSED case_added
add(struct fixture *f, const char *id, const char *name)
{
    struct reading r = make_reading(f->a, id, name);
    GError *error = NULL;
    case_added added;

    g_assert_true(case_add(f->k, &r, &added, &error));
    g_assert_no_error(error);
    return added;
}

struct case_test {
    const char *name;
    void (*run)(struct fixture *, const void *);
};

static int run_case_tests(
    int argc, char **argv, const struct case_test *tests, size_t count)
{
    GError *error = NULL;
    int failed;

    g_test_init(&argc, &argv, NULL);
    lexicon = lexicon_load(TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < count; i++)
        g_test_add(
            tests[i].name, struct fixture, NULL, set_up, tests[i].run,
            tear_down);
    failed = g_test_run();
    lexicon_free(lexicon);
    return failed;
}

#endif
