/* The case: adding, asking, versions, decisions. */
#include "case_fixture.h"

#include <sqlite3.h>

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

static int
find(struct fixture *f, const struct claim_filter *filter, char **last)
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
    const struct review ana = {.claim = 1, .who = "ana", .why = "misread"};
    const struct review eva = {.claim = 1, .who = "eva"};
    const struct review none = {.claim = 77, .who = "ana"};
    struct claim_filter all = {0};
    enum verdict verdict = VERDICT_COUNT;
    struct arena *rows = arena_new();
    GError *error = NULL;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_decide(f->k, &ana, VERDICT_REJECTED, NULL, &error));
    g_assert_true(case_decide(f->k, &eva, VERDICT_CONFIRMED, NULL, &error));
    g_assert_true(
        case_find_claims(f->k, rows, &all, take_verdict, &verdict, &error));
    g_assert_cmpint(verdict, ==, VERDICT_CONFIRMED);
    g_assert_false(case_decide(f->k, &none, VERDICT_CONFIRMED, NULL, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_error_free(error);
    arena_free(rows);
}

/* A reviewer's correction is a row that names the old one. */
static void
corrections_take_their_claims_place(struct fixture *f, const void *unused)
{
    static const char correction[] =
        "INSERT INTO claim (document, sentence, run, replaces, act, words, "
        "modality, negative, confidence) SELECT document, sentence, run, id, "
        "act, words, 1, negative, 1000 FROM claim WHERE id = 1";
    struct claim_filter denied = {.modalities = ONE("denied")};
    GError *error = NULL;
    sqlite3 *db;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    add(f, "b.txt", "Ana Keld");
    g_assert_true(case_save(f->k, &error));
    g_assert_cmpint(sqlite3_open(f->path, &db), ==, SQLITE_OK);
    g_assert_cmpint(
        sqlite3_exec(db, correction, NULL, NULL, NULL), ==, SQLITE_OK);
    /* Nothing that is there can be changed or taken away. */
    g_assert_cmpint(
        sqlite3_exec(db, "DELETE FROM claim", NULL, NULL, NULL), ==,
        SQLITE_CONSTRAINT);
    g_assert_cmpint(
        sqlite3_exec(db, "UPDATE document SET date = ''", NULL, NULL, NULL), ==,
        SQLITE_CONSTRAINT);
    sqlite3_close(db);
    g_assert_cmpint(find(f, &denied, NULL), ==, 1);
    g_assert_cmpint(find(f, &(struct claim_filter){0}, NULL), ==, 2);
    g_assert_cmpint(find(f, &(struct claim_filter){.id = 1}, NULL), ==, 0);
    g_assert_cmpint(find(f, &(struct claim_filter){.id = 3}, NULL), ==, 1);
}

static bool print_document(const struct document_row *d, void *self)
{
    g_string_append_printf(
        self, "%s %d %s %s %.*s\n", d->name, (int)d->version, d->date,
        d->publisher, (int)MIN(d->text.len, 9), d->text.len ? d->text.at : "");
    return true;
}

static void documents_come_back(struct fixture *f, const void *unused)
{
    GString *out = g_string_new(NULL);
    struct arena *rows = arena_new();
    struct document_row *d;
    struct source_row *sources;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    add(f, "b.txt", "Zoë Ruiz");
    add(f, "Ä.txt", "Zoë Ruiz");
    add(f, "b.txt", "Ana Keld");
    g_assert_true(case_find_documents(
        f->k, rows, NULL, true, print_document, out, &error));
    g_assert_true(case_find_documents(
        f->k, rows, ONE("a.TXT"), false, print_document, out, &error));
    g_assert_cmpstr(
        out->str, ==,
        "b.txt 2 2019-05-06 The Lantern The radio\n"
        "Ä.txt 1 2019-05-06 The Lantern The radio\n"
        "Ä.txt 1 2019-05-06 The Lantern \n");
    d = case_find_document(f->k, f->a, 3, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(d->read_at, ==, now);
    g_assert_null(case_find_document(f->k, f->a, 99, &error));
    g_assert_no_error(error);
    g_assert_true(
        case_find_attributions(f->k, f->a, 3, &sources, &count, &error));
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpstr(sources[0].source.text, ==, "The radio");
    arena_free(rows);
    g_string_free(out, TRUE);
}

static bool print_act(const struct claim_row *c, void *self)
{
    g_string_append_printf(self, "%s ", c->act);
    return true;
}

/* Neither rows nor what the program remembers of them. */
static void
failed_documents_leave_nothing(struct fixture *f, const void *unused)
{
    struct reading r = make_reading(f->a, "bad.txt", "Zoë Ruiz");
    struct claim_filter all = {0};
    GString *acts = g_string_new(NULL);
    struct arena *rows = arena_new();
    struct claim two[2];
    GError *error = NULL;
    case_added added;

    (void)unused;
    two[0] = two[1] = r.findings->claims[0];
    two[0].act = find_act("life.kill");
    two[1].sentence = 99; /* there is one only */
    ((struct findings *)r.findings)->claims = two;
    ((struct findings *)r.findings)->claim_count = 2;
    g_assert_false(case_add(f->k, &r, &added, &error));
    g_clear_error(&error);
    ((struct text *)r.text)->sentences[0].span.to = 9999;
    g_assert_false(case_add(f->k, &r, &added, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_clear_error(&error);
    g_assert_false(case_has(f->k, "bad.txt", r.document->sha256));
    add(f, "beaten.txt", "Zoë Ruiz");
    r = make_reading(f->a, "killed.txt", "Zoë Ruiz");
    r.findings->claims[0].act = find_act("life.kill");
    g_assert_true(case_add(f->k, &r, &added, &error));
    g_assert_true(case_save(f->k, &error));
    g_assert_true(case_find_claims(f->k, rows, &all, print_act, acts, &error));
    g_assert_cmpstr(acts->str, ==, "violence.beat life.kill ");
    arena_free(rows);
    g_string_free(acts, TRUE);
}

/* --- search, speakers ------------------------------------------------------ */

static void sentences_are_found(struct fixture *f, const void *unused)
{
    struct hit_row *hits;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_search(
        f->k, f->a, "zoe \"soldiers beat\"", 0, &hits, &count, &error));
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

int main(int argc, char **argv)
{
    static const struct case_test tests[] = {
        {"/case/claims", claims_come_back},
        {"/case/filters", filters_pick},
        {"/case/versions", versions_replace_each_other},
        {"/case/corrections", corrections_take_their_claims_place},
        {"/case/decisions", the_newest_decision_holds},
        {"/case/documents", documents_come_back},
        {"/case/failed", failed_documents_leave_nothing},
        {"/case/search", sentences_are_found},
        {"/case/speakers", speakers_are_summed},
    };

    return run_case_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
