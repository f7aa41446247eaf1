/* The case: adding, asking, versions, decisions, sharing, faults. */
#include "case/case.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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
    static const char *const ends[] = {"", "-wal", "-shm"};
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

static struct spans spans_at(struct arena *a, const char *text, const char *words)
{
    const char *at = strstr(text, words);
    struct spans s = {arena_make(a, struct span, 1), 1};

    g_assert_nonnull(at);
    s.at[0] = (struct span){
        (uint32_t)(at - text), (uint32_t)(at - text + (ptrdiff_t)strlen(words))};
    return s;
}

static struct phrase
phrase_at(struct arena *a, const char *text, const char *words, uint32_t entity)
{
    return (struct phrase){
        .spans = spans_at(a, text, words), .entity = entity};
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
    char *text = arena_print(
        a, "The radio said that soldiers beat %s on Monday.", name);
    struct document *d = arena_make(a, struct document, 1);
    struct text *t = arena_make(a, struct text, 1);
    struct findings *f = arena_make(a, struct findings, 1);
    struct entities *e = arena_make(a, struct entities, 1);
    struct reading r = {d, t, f, e, lexicon, {{0}}};
    char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

    *d = (struct document){
        .id = id,
        .sha256 = arena_copy(a, hash, strlen(hash)),
        .media_type = "text/plain",
        .encoding = "UTF-8",
        .date = "2019-05-06",
        .publisher = "The Lantern",
        .text = {text, strlen(text)},
        .body = {0, (uint32_t)strlen(text)},
        .size = strlen(text)};
    g_free(hash);
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
    f->claims[0].roles[ROLE_ACTOR] =
        phrase_at(a, text, "soldiers", NO_ENTITY);
    f->claims[0].roles[ROLE_TARGET] = phrase_at(a, text, name, 0);
    memset(r.sketch.hashes, 0xFF, sizeof(r.sketch.hashes));
    return r;
}

static case_added add(struct fixture *f, const char *id, const char *name)
{
    struct reading r = make_reading(f->a, id, name);
    GError *error = NULL;
    case_added added;

    g_assert_true(case_add(f->k, &r, &added, &error));
    g_assert_no_error(error);
    return added;
}

/* --- claims --------------------------------------------------------------- */

struct counting {
    int rows;
    int64_t last_id;
    char *last;
};

/* "beat: soldiers > Zoë Ruiz; The radio" */
static bool count_claim(const struct claim_row *c, void *self)
{
    struct counting *n = self;

    n->rows++;
    n->last_id = c->id;
    g_free(n->last);
    n->last = g_strdup_printf(
        "%s: %s > %s; %s", c->trigger_text, c->roles[ROLE_ACTOR].text,
        c->roles[ROLE_TARGET].name,
        c->source_count ? c->sources[0].source.text : "-");
    return true;
}

static int find(struct fixture *f, const struct claim_filter *filter, char **last)
{
    struct counting n = {0};
    struct arena *rows = arena_new();
    GError *error = NULL;

    g_assert_true(
        case_find_claims(f->k, rows, filter, count_claim, &n, &error));
    g_assert_no_error(error);
    arena_free(rows);
    if (last)
        *last = n.last;
    else
        g_free(n.last);
    return n.rows;
}

static void claims_come_back(struct fixture *f, const void *unused)
{
    char *last;

    (void)unused;
    g_assert_cmpint(add(f, "a.txt", "Zoë Ruiz"), ==, ADDED_NEW);
    g_assert_cmpint(find(f, &(struct claim_filter){0}, &last), ==, 1);
    g_assert_cmpstr(last, ==, "beat: soldiers > Zoë Ruiz; The radio");
    g_free(last);
}

#define ONE(word) (const char *const[]){word, NULL}

static void filters_pick(struct fixture *f, const void *unused)
{
    const struct {
        struct claim_filter filter;
        int rows;
    } cases[] = {
        {{.acts = ONE("violence")}, 2},
        {{.acts = ONE("violence.beat")}, 2},
        {{.acts = ONE("viol")}, 0},
        {{.acts = ONE("life")}, 0},
        {{.targets = ONE("zoe")}, 1}, /* case and accents aside */
        {{.targets = (const char *const[]){"ZOË", "ana", NULL}}, 2},
        {{.actors = ONE("zoe")}, 0},
        {{.sources = ONE("radio")}, 2},
        {{.sources = ONE("lantern")}, 2}, /* the publisher */
        {{.places = ONE("a")}, 0},
        {{.since = "2019-05-06", .until = "2019-05-06"}, 2},
        {{.since = "2019-05-07"}, 0},
        {{.until = "2019-05-05"}, 0},
        {{.modalities = ONE("asserted")}, 2},
        {{.modalities = ONE("denied")}, 0},
        {{.texts = ONE("on monday")}, 2},
        {{.documents = ONE("b.txt")}, 1},
        {{.limit = 1}, 1},
        {{.acts = ONE("violence"), .targets = ONE("ana")}, 1},
    };

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    add(f, "b.txt", "Ana Keld");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(find(f, &cases[i].filter, NULL), ==, cases[i].rows);
}

/* --- versions, decisions -------------------------------------------------- */

static void versions_replace_each_other(struct fixture *f, const void *unused)
{
    struct reading r = make_reading(f->a, "a.txt", "Zoë Ruiz");
    struct case_totals t;
    GError *error = NULL;

    (void)unused;
    g_assert_cmpint(add(f, "a.txt", "Zoë Ruiz"), ==, ADDED_NEW);
    g_assert_true(case_has(f->k, "a.txt", r.document->sha256));
    g_assert_cmpint(add(f, "a.txt", "Zoë Ruiz"), ==, ADDED_NOTHING);
    g_assert_cmpint(add(f, "a.txt", "Ana Keld"), ==, ADDED_VERSION);
    g_assert_false(case_has(f->k, "a.txt", r.document->sha256));
    g_assert_cmpint(find(f, &(struct claim_filter){0}, NULL), ==, 1);
    g_assert_true(case_sum(f->k, f->a, &t, &error));
    g_assert_cmpint(t.documents, ==, 1);
    g_assert_cmpint(t.versions, ==, 2);
}

static bool take_verdict(const struct claim_row *c, void *self)
{
    *(enum verdict *)self = c->verdict;
    return false;
}

static void the_newest_decision_holds(struct fixture *f, const void *unused)
{
    struct claim_filter all = {0};
    enum verdict verdict = VERDICT_COUNT;
    struct arena *rows = arena_new();
    GError *error = NULL;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(
        case_decide(f->k, 1, VERDICT_REJECTED, "ana", "misread", &error));
    g_assert_true(
        case_decide(f->k, 1, VERDICT_CONFIRMED, "eva", NULL, &error));
    g_assert_true(
        case_find_claims(f->k, rows, &all, take_verdict, &verdict, &error));
    g_assert_cmpint(verdict, ==, VERDICT_CONFIRMED);
    g_assert_false(
        case_decide(f->k, 77, VERDICT_CONFIRMED, "ana", NULL, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_error_free(error);
    arena_free(rows);
}

/* --- search, speakers ------------------------------------------------------ */

static void sentences_are_found(struct fixture *f, const void *unused)
{
    struct hit_row *hits;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(
        case_search(f->k, f->a, "zoe \"soldiers beat\"", 0, &hits, &count, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpstr(hits[0].document_name, ==, "a.txt");
    g_assert_cmpuint(hits[0].words.count, ==, 3);
    g_assert_true(case_search(
        f->k, f->a, "\"beat soldiers\" OR *", 0, &hits, &count, &error));
    g_assert_cmpuint(count, ==, 0);
}

static void speakers_are_summed(struct fixture *f, const void *unused)
{
    struct speaker_row *rows;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    add(f, "b.txt", "Zoë Ruiz");
    g_assert_true(case_find_speakers(f->k, f->a, &rows, &count, &error));
    g_assert_cmpuint(count, >=, 1);
    g_assert_cmpstr(rows[0].name, ==, "The radio");
    g_assert_cmpint(rows[0].documents, ==, 2);
}

/* --- checking --------------------------------------------------------------- */

static void collect(const char *words, void *self)
{
    g_string_append_printf(self, "%s\n", words);
}

static char *check(struct kase *k)
{
    GString *faults = g_string_new(NULL);
    GError *error = NULL;

    g_assert_true(case_check(k, collect, faults, &error));
    g_assert_no_error(error);
    return g_string_free(faults, FALSE);
}

static void spoil(const char *path, const char *sql)
{
    sqlite3 *db;
    char *words = NULL;

    g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
    sqlite3_exec(db, "DROP TRIGGER claim_stays; DROP TRIGGER sentence_stays;"
                     "DROP TRIGGER role_remains;", NULL, NULL, NULL);
    sqlite3_exec(db, sql, NULL, NULL, &words);
    g_assert_cmpstr(words, ==, NULL);
    sqlite3_close(db);
}

static void planted_faults_are_found(struct fixture *f, const void *unused)
{
    GError *error = NULL;
    char *faults;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_save(f->k, &error));
    faults = check(f->k);
    g_assert_cmpstr(faults, ==, "");
    g_free(faults);
    /* "Zoë" ends inside a letter; a sentence outside; a role gone. */
    spoil(
        f->path, "UPDATE claim SET words = '34-37';"
                 "UPDATE sentence SET stop = 9999;"
                 "DELETE FROM role WHERE part = 0");
    faults = check(f->k);
    g_assert_nonnull(strstr(faults, "claim 1 has '34-37'"));
    g_assert_nonnull(strstr(faults, "sentence 1 stands at 0-9999"));
    g_assert_nonnull(strstr(faults, "1 roles, but 2 were added"));
    g_free(faults);
}

/* --- others who use the file ------------------------------------------------- */

static void a_killed_writer_leaves_whole_documents(
    struct fixture *f, const void *unused)
{
    struct case_totals t;
    GError *error = NULL;
    int status;
    pid_t child;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_save(f->k, &error));
    child = fork();
    if (child == 0) {
        struct kase *k = case_open(f->path, CASE_CREATE, now, NULL);
        struct reading r = make_reading(f->a, "b.txt", "Ana Keld");
        case_added added;

        _exit(k && case_add(k, &r, &added, NULL) ? 0 : 1);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_assert_true(case_sum(f->k, f->a, &t, &error));
    g_assert_cmpint(t.documents, ==, 1);
    g_assert_cmpint(add(f, "b.txt", "Ana Keld"), ==, ADDED_NEW);
}

static void readers_see_what_is_committed(struct fixture *f, const void *unused)
{
    struct kase *other;
    struct case_totals t;
    GError *error = NULL;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    other = case_open(f->path, CASE_READ, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(case_sum(other, f->a, &t, &error));
    g_assert_cmpint(t.documents, ==, 0);
    g_assert_true(case_save(f->k, &error));
    g_assert_true(case_sum(other, f->a, &t, &error));
    g_assert_cmpint(t.documents, ==, 1);
    g_assert_false(case_log(other, "x", NULL, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_clear_error(&error);
    g_assert_true(case_close(other, &error));
}

static void files_that_are_no_case_are_refused(
    struct fixture *f, const void *unused)
{
    char *path = g_build_filename(f->dir, "other", NULL);
    GError *error = NULL;

    (void)unused;
    g_assert_null(case_open(path, CASE_READ, NULL, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_clear_error(&error);
    g_assert_true(g_file_set_contents(path, "no case, but text", -1, NULL));
    g_assert_null(case_open(path, CASE_CREATE, now, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_true(g_str_has_prefix(error->message, path));
    g_clear_error(&error);
    g_assert_null(case_open(f->dir, CASE_CREATE, now, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_clear_error(&error);
    g_unlink(path);
    g_free(path);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(struct fixture *, const void *);
    } tests[] = {
        {"/case/claims", claims_come_back},
        {"/case/filters", filters_pick},
        {"/case/versions", versions_replace_each_other},
        {"/case/decisions", the_newest_decision_holds},
        {"/case/search", sentences_are_found},
        {"/case/speakers", speakers_are_summed},
        {"/case/check", planted_faults_are_found},
        {"/case/killed", a_killed_writer_leaves_whole_documents},
        {"/case/shared", readers_see_what_is_committed},
        {"/case/none", files_that_are_no_case_are_refused},
    };
    GError *error = NULL;
    int failed;

    g_test_init(&argc, &argv, NULL);
    lexicon = lexicon_load(TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(
            tests[i].name, struct fixture, NULL, set_up, tests[i].run,
            tear_down);
    failed = g_test_run();
    lexicon_free(lexicon);
    return failed;
}
