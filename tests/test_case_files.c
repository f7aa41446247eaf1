/* The file of a case: faults, strangers, other processes, no room. */
#include "case_fixture.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- checking --------------------------------------------------------------- */

static void remove_case(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        char *file = g_strconcat(path, ends[i], NULL);

        g_unlink(file);
        g_free(file);
    }
}

static void copy_file(const char *from, const char *to)
{
    GError *error = NULL;
    char *bytes;
    gsize size;

    g_assert_true(g_file_get_contents(from, &bytes, &size, &error));
    g_assert_true(g_file_set_contents(to, bytes, (gssize)size, &error));
    g_free(bytes);
}

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
    sqlite3_exec(db, sql, NULL, NULL, &words);
    g_assert_cmpstr(words, ==, NULL);
    sqlite3_close(db);
}

#define LET_GO(table)                                                          \
    "DROP TRIGGER " table "_stays; DROP TRIGGER " table "_remains;"

/* Each fault by itself: what is done to the file, and what check says. */
static const struct {
    const char *sql, *told;
} plants[] = {
    {"DROP TRIGGER claim_stays", "the trigger claim_stays is missing"},
    /* "Zoë" ends inside a letter */
    {LET_GO("claim") "UPDATE claim SET words = '34-37'",
     "claim 1 has '34-37', which is no place"},
    {LET_GO("claim") "UPDATE claim SET words = 'x'", "claim 1 has 'x'"},
    {LET_GO("claim") "UPDATE claim SET sentence = 7",
     "claim: row 1 names a row of sentence that is not there"},
    {LET_GO("sentence") "UPDATE sentence SET stop = 9999",
     "sentence 1 stands at 0-9999"},
    {LET_GO("sentence") "UPDATE sentence SET stop = 10",
     "the search index differs from the texts: it holds 10 words"},
    {LET_GO("sentence") "INSERT INTO sentence VALUES (NULL, 1, 0, 0, 3)",
     "all documents: 2 sentences, but 1 were added"},
    {LET_GO("mention") "UPDATE mention SET start = 50, stop = 40",
     "mention 0 stands at 50-40"},
    {LET_GO("moment") "UPDATE moment SET words = '0-900'",
     "the time of claim 1 has '0-900'"},
    {LET_GO("role") "DELETE FROM role WHERE part = 0",
     "1 roles, but 2 were added"},
    {LET_GO("attribution") "UPDATE attribution SET cue = '9-3'",
     "attribution 1 has '9-3'"},
    {LET_GO("document_text") "UPDATE document_text SET text = replace(text, "
                             "'beat', 'meet')",
     "the text is not the one that was added"},
    {LET_GO("document_text") "UPDATE document_text SET text = replace(text, "
                             "'beat', 'meet')",
     "the search index differs"},
    {LET_GO("document_text") "DELETE FROM document_text",
     "a.txt: its text cannot be had"},
};

static void planted_faults_are_found(struct fixture *f, const void *unused)
{
    GError *error = NULL;
    char *told;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    told = check(f->k);
    g_assert_cmpstr(told, ==, "");
    g_free(told);
    g_assert_true(case_save(f->k, &error));
    g_assert_true(case_close(f->k, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(plants); i++) {
        char *path = g_strdup_printf("%s.%zu", f->path, i);
        struct kase *k;

        copy_file(f->path, path);
        spoil(path, plants[i].sql);
        k = case_open(path, CASE_READ, NULL, &error);
        g_assert_no_error(error);
        told = check(k);
        if (!strstr(told, plants[i].told))
            g_error("%s: told '%s'", plants[i].sql, told);
        g_free(told);
        g_assert_true(case_close(k, &error));
        remove_case(path);
        g_free(path);
    }
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

/* --- hostile files ----------------------------------------------------------- */

static bool take_claim(const struct claim_row *c, void *self)
{
    *(size_t *)self += strlen(c->act) + strlen(c->sentence_text) +
                       strlen(c->trigger_text) + strlen(c->document_name);
    return true;
}

static bool take_document(const struct document_row *d, void *self)
{
    *(size_t *)self += strlen(d->name) + d->text.len;
    return true;
}

static void take_record(const struct record_row *row, void *self)
{
    *(size_t *)self += row->words ? strlen(row->words) : 1;
}

static bool ask_reviews(struct kase *k, struct arena *a, struct arena *rows)
{
    struct review_cursor cursor = {0};
    struct event_ruling_row *rulings;
    struct record_row *records;
    int64_t version;
    uint32_t count;
    size_t sum = 0;
    bool good = false;

    good |= case_find_history(k, a, 1, &records, &count, NULL);
    good |= case_find_readers(k, a, 1, &records, &count, NULL);
    good |= case_find_version(k, 1, &version, NULL);
    good |= case_find_event_rulings(k, a, &rulings, &count, NULL);
    good |= case_each_review(k, rows, &cursor, take_record, &sum, NULL);
    return good;
}

/* Asks all that can be asked; what it says does not matter, that it ends does. */
static void ask_everything(const char *path)
{
    struct kase *k = case_open(path, CASE_READ, NULL, NULL);
    struct claim_filter all = {.texts = ONE("soldiers")};
    struct arena *a = arena_new(), *rows = arena_new();
    GString *faults = g_string_new(NULL);
    struct speaker_row *speakers;
    struct source_row *sources;
    struct case_totals totals;
    struct hit_row *hits;
    uint32_t count;
    size_t sum = 0;
    bool good = false;

    if (k) {
        good |= case_find_claims(k, rows, &all, take_claim, &sum, NULL);
        good |=
            case_find_documents(k, rows, NULL, true, take_document, &sum, NULL);
        good |= case_find_document(k, a, 1, NULL) != NULL;
        good |= case_find_attributions(k, a, 1, &sources, &count, NULL);
        good |= case_find_speakers(k, a, &speakers, &count, NULL);
        good |= case_search(k, a, "soldiers", 0, &hits, &count, NULL);
        good |= case_sum(k, a, &totals, NULL);
        good |= ask_reviews(k, a, rows);
        good |= case_check(k, collect, faults, NULL);
        g_assert_true(case_close(k, NULL));
    }
    arena_free(a);
    arena_free(rows);
    g_string_free(faults, TRUE);
}

/* One record of each kind. */
#define REVIEWED                                                               \
    "INSERT INTO decision (claim, run, verdict) VALUES (1, 1, 'open');"        \
    "INSERT INTO note (claim, run, words) VALUES (1, 1, 'x');"                 \
    "INSERT INTO second (claim, run, asked) VALUES (1, 1, 1);"                 \
    "INSERT INTO correction (claim) VALUES (1);"                               \
    "INSERT INTO event_ruling (run, one, other, verdict) VALUES (1, 1, 1, "    \
    "'same');"

/* A file can hold values that its schema rules out, because whoever made it
   can turn the rules off. */
static void
values_that_cannot_be_are_borne(struct fixture *f, const void *unused)
{
    static const char *const values[] = {
        LET_GO("claim") "UPDATE claim SET modality = 77",
        LET_GO("claim") "UPDATE claim SET modality = -1",
        LET_GO("claim") "UPDATE claim SET act = 99",
        LET_GO("claim") "UPDATE claim SET words = '4294967295-9'",
        LET_GO("claim") "UPDATE claim SET words = ''",
        LET_GO("claim") "UPDATE claim SET attribution = 9",
        LET_GO("attribution") "UPDATE attribution SET parent = 1",
        LET_GO("act") "UPDATE act SET code = CAST(x'80FF' AS TEXT)",
        LET_GO("role") "UPDATE role SET part = part + 40",
        LET_GO("sentence") "UPDATE sentence SET start = -5",
        LET_GO("sentence") "UPDATE sentence SET start = 36, stop = 37",
        LET_GO("sentence") "UPDATE sentence SET stop = 9223372036854775807",
        LET_GO("document") "UPDATE document SET sketch = x'00'",
        LET_GO("document") "UPDATE document SET name = CAST(x'C3' AS TEXT)",
        LET_GO("document") "UPDATE document SET claims = 9223372036854775807",
        LET_GO("document") "UPDATE document SET first_claim = "
                           "-9223372036854775808",
        LET_GO("document_text") "UPDATE document_text SET text = CAST(x'61C3' "
                                "AS TEXT)",
        LET_GO("document_text") "UPDATE document_text SET text = CAST(x'00' AS "
                                "TEXT) || text",
        LET_GO("claim") "UPDATE claim SET replaces = id;" REVIEWED,
        "INSERT INTO claim SELECT 2, document, sentence, run, 1, act, words, "
        "modality, negative, attribution, confidence FROM claim;" LET_GO(
            "claim") "UPDATE claim SET replaces = 2 WHERE id = 1;" REVIEWED,
        REVIEWED LET_GO("decision") "PRAGMA ignore_check_constraints = ON;"
                                    "UPDATE decision SET verdict = 'maybe', "
                                    "repeats = id, undoes = id, run = 99",
        REVIEWED LET_GO("note") "UPDATE note SET words = CAST(x'C3' AS TEXT)",
        "PRAGMA writable_schema = ON;" LET_GO("act") LET_GO(
            "document") "UPDATE sqlite_schema SET sql = replace(sql, 'TEXT NOT "
                        "NULL', "
                        "'TEXT /*any*/') WHERE name IN ('act', 'document');"
                        "PRAGMA writable_schema = RESET; UPDATE act SET code = "
                        "NULL;"
                        "UPDATE document SET name = NULL, sha256 = NULL;"
                        "PRAGMA writable_schema = ON;"
                        "UPDATE sqlite_schema SET sql = replace(sql, "
                        "'TEXT /*any*/', 'TEXT NOT NULL');",
    };
    GError *error = NULL;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_close(f->k, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        char *path = g_strdup_printf("%s.%zu", f->path, i);

        copy_file(f->path, path);
        spoil(path, values[i]);
        ask_everything(path);
        remove_case(path);
        g_free(path);
    }
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

/* Bytes changed here and there, and files that end early. */
static void damaged_bytes_are_borne(struct fixture *f, const void *unused)
{
    char *path = g_strconcat(f->path, ".damaged", NULL);
    GRand *random = g_rand_new_with_seed(20260131);
    GError *error = NULL;
    char *bytes;
    gsize size;

    (void)unused;
    for (int i = 0; i < 30; i++)
        add(f, arena_print(f->a, "%d.txt", i), i % 2 ? "Zoë Ruiz" : "Ana");
    g_assert_true(case_close(f->k, &error));
    g_assert_true(g_file_get_contents(f->path, &bytes, &size, &error));
    for (int round = 0; round < 150; round++) {
        char *spoilt = g_memdup2(bytes, size);
        gsize kept =
            round % 5 ? size : (gsize)g_rand_int_range(random, 1, (gint32)size);

        for (int i = 0; i < 20; i++)
            spoilt[g_rand_int_range(random, 100, (gint32)size)] =
                (char)g_rand_int(random);
        g_assert_true(g_file_set_contents(path, spoilt, (gssize)kept, &error));
        ask_everything(path);
        g_free(spoilt);
    }
    remove_case(path);
    g_free(bytes);
    g_free(path);
    g_rand_free(random);
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

/* --- others who use the file ------------------------------------------------- */

static void
a_killed_writer_leaves_whole_documents(struct fixture *f, const void *unused)
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

static void
files_that_are_no_case_are_refused(struct fixture *f, const void *unused)
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

/* Each changes a case into one that is refused, with these words. */
static void cases_of_others_are_refused(struct fixture *f, const void *unused)
{
    static const struct {
        const char *sql, *words;
    } strange[] = {
        {"PRAGMA application_id = 7", "is not an attest case"},
        {"PRAGMA user_version = 99", "install the newer one"},
        {"CREATE VIEW v AS SELECT 1", "holds a view v that attest did not"},
        {"CREATE TABLE notes (t)", "holds a table notes that attest did not"},
        {"CREATE TRIGGER t AFTER INSERT ON log BEGIN SELECT 1; END",
         "holds a trigger t that"},
        {"DROP TRIGGER log_stays; CREATE TRIGGER log_stays AFTER INSERT ON "
         "log BEGIN SELECT 1; END",
         "holds a trigger log_stays that"},
        {"DROP TABLE log", "its table log is missing"},
        {"ALTER TABLE log RENAME TO old; CREATE VIEW log AS SELECT 1 AS id",
         "that attest did not make"},
    };
    GError *error = NULL;

    (void)unused;
    g_assert_true(case_close(f->k, &error));
    for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
        char *path = g_strdup_printf("%s.%zu", f->path, i);

        copy_file(f->path, path);
        spoil(path, strange[i].sql);
        for (int mode = CASE_READ; mode <= CASE_CREATE; mode++) {
            g_assert_null(case_open(path, (case_mode)mode, now, &error));
            g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
            g_assert_true(g_str_has_prefix(error->message, path));
            if (!strstr(error->message, strange[i].words))
                g_error("%s: %s", strange[i].sql, error->message);
            g_clear_error(&error);
        }
        remove_case(path);
        g_free(path);
    }
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

/* Runs `body` in a process of its own, as nobody where that can be; its
   assertions end it. */
static void
run_apart(void (*body)(const char *path), const char *path, bool as_nobody)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        if (as_nobody && getuid() == 0 && setuid(65534) != 0)
            _exit(1);
        body(path);
        _exit(0);
    }
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
}

static void
expect_words(GError *error, attest_error_code code, const char *words)
{
    if (!g_error_matches(error, ATTEST_ERROR, code) ||
        !strstr(error->message, words)) {
        fprintf(
            stderr, "not '%s' but '%s'\n", words,
            error ? error->message : "no error");
        _exit(1);
    }
    g_error_free(error);
}

static void use_where_nothing_can_be_written(const char *path)
{
    char *other = g_strconcat(path, ".new", NULL);
    struct case_totals t;
    struct arena *a = arena_new();
    GError *error = NULL;
    struct kase *k = case_open(path, CASE_READ, NULL, &error);

    if (!k || !case_sum(k, a, &t, &error) || t.documents != 1) {
        fprintf(stderr, "%s\n", error ? error->message : "no document");
        _exit(2);
    }
    if (case_open(path, CASE_WRITE, now, &error))
        _exit(3);
    expect_words(error, ATTEST_ERROR_IO, "read-only");
    error = NULL;
    if (case_open(other, CASE_CREATE, now, &error))
        _exit(4);
    expect_words(error, ATTEST_ERROR_IO, "its folder is read-only");
}

static void read_only_folders_can_be_read(struct fixture *f, const void *unused)
{
    GError *error = NULL;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_close(f->k, &error));
    g_assert_cmpint(chmod(f->path, 0444), ==, 0);
    g_assert_cmpint(chmod(f->dir, 0555), ==, 0);
    run_apart(use_where_nothing_can_be_written, f->path, true);
    g_assert_cmpint(chmod(f->dir, 0755), ==, 0);
    g_assert_cmpint(chmod(f->path, 0644), ==, 0);
    f->k = case_open(f->path, CASE_CREATE, now, &error);
    g_assert_no_error(error);
}

static void write_until_there_is_no_room(const char *path)
{
    struct rlimit most = {400 << 10, 400 << 10};
    struct arena *a = arena_new();
    GError *error = NULL;
    struct kase *k;
    bool good = true;

    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &most);
    k = case_open(path, CASE_WRITE, now, &error);
    for (int i = 0; k && good && i < 100000; i++) {
        struct reading r =
            make_reading(a, arena_print(a, "n%d.txt", i), "Ana Keld");
        case_added added;

        good = case_add(k, &r, &added, &error);
    }
    if (!k || good)
        _exit(2);
    expect_words(error, ATTEST_ERROR_IO, "room left");
    if (!case_close(k, &error))
        _exit(3);
}

static void
full_disks_keep_whole_documents(struct fixture *f, const void *unused)
{
    struct case_totals t;
    GError *error = NULL;
    char *told;

    (void)unused;
    add(f, "a.txt", "Zoë Ruiz");
    g_assert_true(case_save(f->k, &error));
    run_apart(write_until_there_is_no_room, f->path, false);
    g_assert_true(case_sum(f->k, f->a, &t, &error));
    g_assert_cmpint(t.documents, >=, 1);
    told = check(f->k);
    g_assert_cmpstr(told, ==, "");
    g_free(told);
}

enum { MANY = 450 }; /* more than two batches */

/* Makes the case if it is first. */
static pid_t write_many(const char *path, const char *prefix)
{
    pid_t child = fork();

    if (child == 0) {
        struct kase *k = case_open(path, CASE_CREATE, now, NULL);
        struct arena *a = arena_new();
        bool good = k != NULL;

        for (int i = 0; good && i < MANY; i++) {
            struct reading r = make_reading(
                a, arena_print(a, "%s%d.txt", prefix, i),
                i % 2 ? "Zoë Ruiz" : "Ana Keld");
            case_added added;

            good = case_add(k, &r, &added, NULL) && added == ADDED_NEW;
        }
        _exit(good && case_close(k, NULL) ? 0 : 1);
    }
    return child;
}

static void two_writers_take_turns(struct fixture *f, const void *unused)
{
    char *path = g_strconcat(f->path, ".shared", NULL);
    pid_t first = write_many(path, "a"), second = write_many(path, "b");
    struct case_totals t;
    GError *error = NULL;
    struct kase *k;
    char *told;
    int status;

    (void)unused;
    g_assert_cmpint(waitpid(first, &status, 0), ==, first);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpint(waitpid(second, &status, 0), ==, second);
    g_assert_cmpint(status, ==, 0);
    k = case_open(path, CASE_READ, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(case_sum(k, f->a, &t, &error));
    g_assert_cmpint(t.documents, ==, 2 * MANY);
    g_assert_cmpint(t.entities, ==, 1);
    told = check(k);
    g_assert_cmpstr(told, ==, "");
    g_free(told);
    g_assert_true(case_close(k, &error));
    remove_case(path);
    g_free(path);
}

int main(int argc, char **argv)
{
    static const struct case_test tests[] = {
        {"/case/check", planted_faults_are_found},
        {"/case/values", values_that_cannot_be_are_borne},
        {"/case/bytes", damaged_bytes_are_borne},
        {"/case/killed", a_killed_writer_leaves_whole_documents},
        {"/case/shared", readers_see_what_is_committed},
        {"/case/none", files_that_are_no_case_are_refused},
        {"/case/others", cases_of_others_are_refused},
        {"/case/read-only", read_only_folders_can_be_read},
        {"/case/full", full_disks_keep_whole_documents},
        {"/case/writers", two_writers_take_turns},
    };

    return run_case_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
