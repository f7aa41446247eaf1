/* Reviewing: decisions, notes, corrections, rulings, and who was faster. */
#include "case_fixture.h"

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#define ON(at, name, ...)                                                      \
    (&(struct review){.claim = at, .who = name, __VA_ARGS__})
#define BY(name, ...) ON(1, name, __VA_ARGS__)

/* Adds a document with one claim, c1, c2, ... */
static void begin(struct fixture *f)
{
    GError *error = NULL;

    add(f, "a.txt", "Zoë Ruiz");
    add(f, "b.txt", "Ana Keld");
    g_assert_true(case_save(f->k, &error));
}

static void expect(bool good, GError *error)
{
    g_assert_no_error(error);
    g_assert_true(good);
}

static void expect_conflict(bool good, GError **error)
{
    g_assert_false(good);
    g_assert_error(*error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT);
    g_clear_error(error);
}

static void expect_bad(bool good, GError **error)
{
    g_assert_false(good);
    g_assert_error(*error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_clear_error(error);
}

static bool print_claim(const struct claim_row *c, void *self)
{
    GString *out = self;

    g_string_append_printf(
        out, "c%d %s %s%s: %s > %s (%s) at %s; %s..%s; %u; %s\n", (int)c->id,
        c->act, modality_word(c->modality), c->negative ? " not" : "",
        c->roles[ROLE_ACTOR].text, c->roles[ROLE_TARGET].text,
        c->roles[ROLE_TARGET].name, c->roles[ROLE_PLACE].text, c->first,
        c->last, c->source_count, verdict_word(c->verdict));
    return true;
}

static void
expect_claims(struct fixture *f, const char *document, const char *expected)
{
    struct claim_filter filter = {.documents = ONE(document)};
    GString *out = g_string_new(NULL);
    struct arena *rows = arena_new();
    GError *error = NULL;

    expect(
        case_find_claims(f->k, rows, &filter, print_claim, out, &error), error);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
    arena_free(rows);
}

static void collect(const char *words, void *self)
{
    g_string_append_printf(self, "%s\n", words);
}

static void expect_sound(struct fixture *f)
{
    GString *faults = g_string_new(NULL);
    GError *error = NULL;

    expect(case_check(f->k, collect, faults, &error), error);
    g_assert_cmpstr(faults->str, ==, "");
    g_string_free(faults, TRUE);
}

static void print_record(const struct record_row *r, GString *out)
{
    g_string_append_printf(
        out, "%s %d c%d", record_word(r->what), (int)r->id, (int)r->one);
    if (r->other)
        g_string_append_printf(out, "/%d", (int)r->other);
    if (r->who)
        g_string_append_printf(out, " %s", r->who);
    if (r->what == RECORD_DECISION)
        g_string_append_printf(out, " %s", verdict_word(r->verdict));
    if (r->what == RECORD_EVENTS || r->what == RECORD_PARTIES)
        g_string_append_printf(out, " %s", ruling_word(r->ruling));
    g_string_append_printf(
        out, "%s%s%s", r->bulk ? " bulk" : "", r->asked ? " asked" : "",
        r->undone ? " undone" : "");
    if (r->undoes)
        g_string_append_printf(out, " undoes %d", (int)r->undoes);
    if (r->repeats)
        g_string_append_printf(out, " repeats %d", (int)r->repeats);
    if (r->words)
        g_string_append_printf(out, ": %s", r->words);
    g_string_append_c(out, '\n');
}

/* A question that gives records of a claim. */
typedef bool (*asker)(
    struct kase *k, struct arena *a, int64_t claim, struct record_row **out,
    uint32_t *count, GError **error);

static void expect_records(
    struct fixture *f, asker ask, int64_t claim, const char *expected)
{
    GString *out = g_string_new(NULL);
    struct record_row *rows;
    GError *error = NULL;
    uint32_t count;

    expect(ask(f->k, f->a, claim, &rows, &count, &error), error);
    for (uint32_t i = 0; i < count; i++)
        print_record(&rows[i], out);
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void
expect_history(struct fixture *f, int64_t claim, const char *expected)
{
    expect_records(f, case_find_history, claim, expected);
}

static void
expect_readers(struct fixture *f, int64_t claim, const char *expected)
{
    expect_records(f, case_find_readers, claim, expected);
}

/* --- decisions -------------------------------------------------------------- */

static void every_reader_counts(struct fixture *f, const void *unused)
{
    GError *error = NULL;
    int64_t id;
    uint32_t undone;

    (void)unused;
    begin(f);
    expect(
        case_decide(f->k, BY("ana"), VERDICT_CONFIRMED, NULL, &error), error);
    expect(
        case_decide(
            f->k, BY("eva", .why = "misread"), VERDICT_REJECTED, &id, &error),
        error);
    expect(case_note(f->k, BY("ana", .why = "ask Ivo"), NULL, &error), error);
    expect(case_ask_second(f->k, BY("ana"), true, NULL, &error), error);
    expect_readers(
        f, 1,
        "decision 1 c1 ana confirmed\n"
        "decision 2 c1 eva rejected: misread\n");
    /* What eva takes back is not what she confirms. */
    expect(case_undo_decision(f->k, id, "eva", &undone, &error), error);
    g_assert_cmpuint(undone, ==, 1);
    expect_readers(f, 1, "decision 1 c1 ana confirmed\n");
    expect_claims(
        f, "a.txt",
        "c1 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at (null); "
        "2019-05-06..2019-05-06; 1; confirmed\n");
    expect_conflict(
        case_undo_decision(f->k, id, "eva", &undone, &error), &error);
    expect_conflict(
        case_undo_decision(f->k, 3, "eva", &undone, &error), &error);
    expect_bad(case_undo_decision(f->k, 99, "eva", &undone, &error), &error);
    expect(case_undo_decision(f->k, 1, "ana", &undone, &error), error);
    expect_readers(f, 1, "");
    expect_history(
        f, 1,
        "reading 1 c1\n"
        "decision 1 c1 ana confirmed undone\n"
        "decision 2 c1 eva rejected undone: misread\n"
        "note 1 c1 ana: ask Ivo\n"
        "second 1 c1 ana asked\n"
        "decision 3 c1 eva confirmed undoes 2\n"
        "decision 4 c1 ana open undoes 1\n");
    expect_history(f, 2, "reading 2 c2\n");
    expect_sound(f);
}

static void bulk_is_marked_for_ever(struct fixture *f, const void *unused)
{
    static const int64_t claims[] = {1, 2, 3, 99};
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    begin(f);
    add(f, "c.txt", "Ivo Lind");
    expect(case_decide(f->k, BY("ana"), VERDICT_REJECTED, NULL, &error), error);
    expect(
        case_decide_all(
            f->k, claims, G_N_ELEMENTS(claims), VERDICT_CONFIRMED, "eva",
            "alike", &count, &error),
        error);
    g_assert_cmpuint(count, ==, 2);
    expect_readers(f, 1, "decision 1 c1 ana rejected\n");
    expect_readers(f, 3, "decision 3 c3 eva confirmed bulk: alike\n");
    /* Undone as it was done. */
    expect(case_undo_decision(f->k, 3, "eva", &count, &error), error);
    g_assert_cmpuint(count, ==, 2);
    expect_history(
        f, 2,
        "reading 2 c2\n"
        "decision 2 c2 eva confirmed bulk undone: alike\n"
        "decision 4 c2 eva open undoes 2\n");
}

static void versions_tell_who_was_faster(struct fixture *f, const void *unused)
{
    GError *error = NULL;
    int64_t seen, now_seen;

    (void)unused;
    begin(f);
    expect(case_find_version(f->k, 1, &seen, &error), error);
    expect(
        case_decide(
            f->k, BY("ana", .version = seen), VERDICT_CONFIRMED, NULL, &error),
        error);
    expect_conflict(
        case_decide(
            f->k, BY("eva", .version = seen), VERDICT_REJECTED, NULL, &error),
        &error);
    expect_conflict(
        case_note(f->k, BY("eva", .version = seen, .why = "no"), NULL, &error),
        &error);
    expect(case_find_version(f->k, 1, &now_seen, &error), error);
    g_assert_cmpint(now_seen, ==, seen + 1);
    expect(
        case_decide(
            f->k, BY("eva", .version = now_seen), VERDICT_REJECTED, NULL,
            &error),
        error);
    /* A newer version of the document has its own claims. */
    g_assert_cmpint(add(f, "a.txt", "Ivo Lind"), ==, ADDED_VERSION);
    expect_conflict(
        case_decide(f->k, BY("ana"), VERDICT_OPEN, NULL, &error), &error);
    /* What failed left the case as it was, and open to others. */
    expect(
        case_decide(f->k, ON(2, "ana"), VERDICT_CONFIRMED, NULL, &error),
        error);
}

static void times_are_told_anew(struct fixture *f, const void *unused)
{
    struct record_row *rows;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    begin(f);
    case_set_time(f->k, "2026-02-01T10:00:00Z");
    expect(case_decide(f->k, BY("ana"), VERDICT_OPEN, NULL, &error), error);
    expect(case_find_history(f->k, f->a, 1, &rows, &count, &error), error);
    g_assert_cmpuint(count, ==, 2);
    g_assert_cmpstr(rows[0].at, ==, now);
    g_assert_cmpstr(rows[1].at, ==, "2026-02-01T10:00:00Z");
}

/* --- corrections ------------------------------------------------------------- */

static void corrections_replace(struct fixture *f, const void *unused)
{
    static const char text[] =
        "The radio said that soldiers beat Zoë Ruiz on Monday.";
    struct correction c = CORRECTION_NONE;
    GError *error = NULL;
    int64_t new, undone;

    (void)unused;
    begin(f);
    expect(case_note(f->k, BY("eva", .why = "see c2"), NULL, &error), error);
    expect(case_decide(f->k, BY("eva"), VERDICT_REJECTED, NULL, &error), error);
    c.act = "violence.torture";
    c.modality = MODALITY_DENIED;
    c.negative = true;
    c.roles[ROLE_ACTOR].how = AMEND_SET;
    c.roles[ROLE_ACTOR].spans = spans_at(f->a, text, "Zoë Ruiz");
    c.roles[ROLE_TARGET].how = AMEND_CLEAR;
    c.roles[ROLE_PLACE].how = AMEND_SET;
    c.roles[ROLE_PLACE].spans = spans_at(f->a, text, "The radio");
    c.time = AMEND_SET;
    c.first = "2019-05-01";
    c.last = "2019-05-02";
    expect(
        case_correct(f->k, BY("ana", .why = "passive"), &c, &new, &error),
        error);
    g_assert_cmpint(new, ==, 3);
    expect_claims(
        f, "a.txt",
        "c3 violence.torture denied not: Zoë Ruiz > (null) ((null)) at The "
        "radio; 2019-05-01..2019-05-02; 1; confirmed\n");
    expect_readers(f, 3, "decision 2 c3 ana confirmed: passive\n");
    expect_sound(f);
    expect_conflict(
        case_decide(f->k, BY("eva"), VERDICT_OPEN, NULL, &error), &error);
    expect_conflict(case_correct(f->k, BY("eva"), &c, &undone, &error), &error);
    /* Taking it back brings the claim as it was, with who held what of it. */
    expect(case_undo_correction(f->k, new, "ana", &undone, &error), error);
    expect_claims(
        f, "a.txt",
        "c4 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at (null); "
        "2019-05-06..2019-05-06; 1; rejected\n");
    expect_readers(f, undone, "decision 3 c4 eva rejected repeats 1\n");
    expect_history(
        f, 3,
        "reading 1 c1\n"
        "note 1 c1 eva: see c2\n"
        "decision 1 c1 eva rejected\n"
        "decision 3 c4 eva rejected repeats 1\n"
        "correction 3 c3/1 ana undone: passive\n"
        "decision 2 c3 ana confirmed: passive\n"
        "correction 4 c4/3 ana undoes 3\n");
    expect(case_undo_correction(f->k, undone, "ana", &new, &error), error);
    expect_claims(
        f, "a.txt",
        "c5 violence.torture denied not: Zoë Ruiz > (null) ((null)) at The "
        "radio; 2019-05-01..2019-05-02; 1; confirmed\n");
    expect_bad(case_undo_correction(f->k, 2, "ana", &new, &error), &error);
    expect_sound(f);
}

static void a_day_needs_no_words(struct fixture *f, const void *unused)
{
    struct correction c = CORRECTION_NONE;
    GError *error = NULL;
    int64_t new;

    (void)unused;
    begin(f);
    c.time = AMEND_CLEAR;
    expect(case_correct(f->k, BY("ana"), &c, &new, &error), error);
    c.time = AMEND_SET;
    c.first = c.last = "2019-05-05";
    expect(case_correct(f->k, ON(new, "ana"), &c, &new, &error), error);
    expect_claims(
        f, "a.txt",
        "c4 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at (null); "
        "2019-05-05..2019-05-05; 1; confirmed\n");
    expect_sound(f);
}

/* Whose words they are is told by the mention that covers them best. */
static void a_role_finds_its_referent(struct fixture *f, const void *unused)
{
    static const char text[] =
        "The radio said that soldiers beat Zoë Ruiz on Monday.";
    static const struct {
        const char *words, *name;
    } cases[] = {
        {"Zoë Ruiz", "Zoë Ruiz"},
        {"Ruiz", "Zoë Ruiz"},
        {"beat Zoë Ruiz", "Zoë Ruiz"},
        {"Ruiz on", NULL},
        {"soldiers beat Zoë Ruiz on Monday", NULL},
        {"soldiers", NULL},
    };
    GString *out = g_string_new(NULL);

    (void)unused;
    begin(f);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct correction c = CORRECTION_NONE;
        GError *error = NULL;
        int64_t at = i ? 2 + (int64_t)i : 1, new;

        c.roles[ROLE_TARGET].how = AMEND_SET;
        c.roles[ROLE_TARGET].spans = spans_at(f->a, text, cases[i].words);
        expect(case_correct(f->k, ON(at, "ana"), &c, &new, &error), error);
        g_string_printf(
            out,
            "c%d violence.beat asserted: soldiers > %s (%s) at (null); "
            "2019-05-06..2019-05-06; 1; confirmed\n",
            (int)new, cases[i].words, cases[i].name ? cases[i].name : "(null)");
        expect_claims(f, "a.txt", out->str);
    }
    g_string_free(out, TRUE);
}

static void bad_corrections_leave_nothing(struct fixture *f, const void *unused)
{
    /* Byte 35 to 38 is "oë": 37 is within the letter. */
    struct span bad[][2] = {
        {{0, 9999}, {0, 0}}, {{5, 5}, {0, 0}},     {{9, 3}, {0, 0}},
        {{35, 37}, {0, 0}},  {{10, 14}, {12, 16}}, {{10, 14}, {0, 4}},
    };
    struct correction bad_day = CORRECTION_NONE;
    GError *error = NULL;
    int64_t new;

    (void)unused;
    begin(f);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct correction c = CORRECTION_NONE;

        c.roles[ROLE_PLACE].how = AMEND_SET;
        c.roles[ROLE_PLACE].spans =
            (struct spans){bad[i], bad[i][1].to ? 2 : 1};
        expect_bad(case_correct(f->k, BY("ana"), &c, &new, &error), &error);
    }
    bad_day.time = AMEND_SET;
    expect_bad(case_correct(f->k, BY("ana"), &bad_day, &new, &error), &error);
    bad_day.first = "2019-05-02";
    bad_day.last = "2019-05-01";
    expect_bad(case_correct(f->k, BY("ana"), &bad_day, &new, &error), &error);
    bad_day.last = "2019-02-30";
    expect_bad(case_correct(f->k, BY("ana"), &bad_day, &new, &error), &error);
    expect_history(f, 1, "reading 1 c1\n");
}

/* --- rulings, what is new ------------------------------------------------------ */

static bool rule_events(
    struct fixture *f, int64_t one, int64_t other, enum ruling_verdict verdict,
    const char *who, const char *why, GError **error)
{
    const struct event_word word = {one, other, verdict};

    return case_rule_events(f->k, &word, 1, who, why, NULL, error);
}

static void event_rulings_follow_claims(struct fixture *f, const void *unused)
{
    struct correction c = {.modality = MODALITY_POSSIBLE, .negative = -1};
    struct event_ruling_row *rows;
    GError *error = NULL;
    int64_t new;
    uint32_t count;

    (void)unused;
    begin(f);
    add(f, "c.txt", "Ivo Lind");
    expect(rule_events(f, 1, 2, RULING_SAME, "ana", "one raid", &error), error);
    expect(rule_events(f, 3, 2, RULING_SAME, "ana", NULL, &error), error);
    expect(case_correct(f->k, BY("ana"), &c, &new, &error), error);
    expect(
        rule_events(f, 2, new, RULING_APART, "eva", "two towns", &error),
        error);
    expect(rule_events(f, 2, 3, RULING_OPEN, "eva", NULL, &error), error);
    expect(case_find_event_rulings(f->k, f->a, &rows, &count, &error), error);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpint(rows[0].one, ==, 2);
    g_assert_cmpint(rows[0].other, ==, new);
    g_assert_cmpint(rows[0].verdict, ==, RULING_APART);
    g_assert_cmpstr(rows[0].who, ==, "eva");
    expect_conflict(
        rule_events(f, 1, 2, RULING_SAME, "ana", NULL, &error),
        &error);
    expect_bad(rule_events(f, 99, 2, RULING_SAME, "ana", NULL, &error), &error);
}

static void expect_rulings(struct fixture *f, const char *expected)
{
    GString *out = g_string_new(NULL);
    struct event_ruling_row *rows;
    GError *error = NULL;
    uint32_t count;

    expect(case_find_event_rulings(f->k, f->a, &rows, &count, &error), error);
    for (uint32_t i = 0; i < count; i++)
        g_string_append_printf(
            out, "c%d c%d %s; ", (int)rows[i].one, (int)rows[i].other,
            ruling_word(rows[i].verdict));
    g_assert_cmpstr(out->str, ==, expected);
    g_string_free(out, TRUE);
}

static void event_rulings_are_taken_back(struct fixture *f, const void *unused)
{
    static const struct event_word split[] = {
        {2, 1, RULING_APART}, {2, 3, RULING_SAME}};
    GError *error = NULL;
    int64_t last;
    uint32_t undone;

    (void)unused;
    begin(f);
    add(f, "c.txt", "Ivo Lind");
    expect(rule_events(f, 1, 2, RULING_SAME, "ana", NULL, &error), error);
    expect(
        case_rule_events(f->k, split, 2, "eva", NULL, &last, &error),
        error);
    expect_rulings(f, "c2 c3 same; c2 c1 apart; ");
    expect(case_undo_event_ruling(f->k, last, "eva", &undone, &error), error);
    g_assert_cmpuint(undone, ==, 2);
    expect_rulings(f, "c2 c1 same; ");
    expect_conflict(
        case_undo_event_ruling(f->k, last, "eva", &undone, &error), &error);
    expect_conflict(
        case_undo_event_ruling(f->k, 1, "ana", &undone, &error), &error);
    expect_bad(
        case_undo_event_ruling(f->k, 99, "ana", &undone, &error), &error);
    expect_rulings(f, "c2 c1 same; ");
    expect_sound(f);
}

static void take_record(const struct record_row *row, void *self)
{
    print_record(row, self);
}

static void what_is_new_can_be_asked(struct fixture *f, const void *unused)
{
    struct correction c = CORRECTION_NONE;
    struct review_cursor cursor = {0};
    struct arena *rows = arena_new();
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    struct kase *other;
    int64_t new;

    (void)unused;
    begin(f);
    expect(case_decide(f->k, BY("ana"), VERDICT_REJECTED, NULL, &error), error);
    other = case_open(f->path, CASE_READ, NULL, &error);
    g_assert_no_error(error);
    expect(
        case_each_review(other, rows, &cursor, take_record, out, &error),
        error);
    g_assert_cmpstr(out->str, ==, "decision 1 c1 ana rejected\n");
    g_assert_cmpint(cursor.document, ==, 2);
    expect(case_correct(f->k, BY("ana"), &c, &new, &error), error);
    expect(case_note(f->k, ON(2, "eva", .why = "x"), NULL, &error), error);
    expect(rule_events(f, new, 2, RULING_APART, "eva", "y", &error), error);
    expect(case_rule(f->k, 1, 2, RULING_SAME, "eva", "z", &error), error);
    g_string_truncate(out, 0);
    expect(
        case_each_review(other, rows, &cursor, take_record, out, &error),
        error);
    g_assert_cmpstr(
        out->str, ==,
        "correction 3 c3/1 ana\n"
        "decision 2 c3 ana confirmed\n"
        "note 1 c2 eva: x\n"
        "events 1 c3/2 eva apart: y\n"
        "parties 1 c1/2 eva same: z\n");
    g_string_truncate(out, 0);
    expect(
        case_each_review(other, rows, &cursor, take_record, out, &error),
        error);
    g_assert_cmpstr(out->str, ==, "");
    expect(case_close(other, &error), error);
    g_string_free(out, TRUE);
    arena_free(rows);
}

/* --- reading again ---------------------------------------------------------------- */

/* a.txt once more, as `change` (may be NULL) has its one claim read now. */
static case_added
read_again(struct fixture *f, int64_t document, void (*change)(struct claim *))
{
    struct reading r = make_reading(f->a, "a.txt", "Zoë Ruiz");
    GError *error = NULL;
    case_added added;

    case_set_time(f->k, now); /* as a program of its own would */
    r.again = document;
    if (change)
        change(r.findings->claims);
    expect(case_add(f->k, &r, &added, &error), error);
    expect(case_save(f->k, &error), error);
    return added;
}

static void doubt(struct claim *c)
{
    c->confidence = 0.5f;
}

static void lose_target(struct claim *c)
{
    c->roles[ROLE_TARGET].spans.count = 0;
    c->roles[ROLE_TARGET].entity = NO_ENTITY;
}

static void change_act(struct claim *c)
{
    c->act = find_act("life.kill");
}

static void
what_comes_out_the_same_is_left(struct fixture *f, const void *unused)
{
    (void)unused;
    begin(f);
    g_assert_cmpint(read_again(f, 1, NULL), ==, ADDED_NOTHING);
    expect_sound(f);
    g_assert_cmpint(read_again(f, 1, doubt), ==, ADDED_VERSION);
    /* That is not the newest any more. */
    g_assert_cmpint(read_again(f, 1, lose_target), ==, ADDED_NOTHING);
    g_assert_cmpint(read_again(f, 3, doubt), ==, ADDED_NOTHING);
    expect_sound(f);
}

static void reviews_outlive_readings(struct fixture *f, const void *unused)
{
    struct event_ruling_row *rulings;
    GError *error = NULL;
    uint32_t count;

    (void)unused;
    begin(f);
    expect(
        case_decide(f->k, BY("ana"), VERDICT_CONFIRMED, NULL, &error), error);
    expect(
        case_decide(
            f->k, BY("eva", .why = "odd"), VERDICT_REJECTED, NULL, &error),
        error);
    expect(case_note(f->k, BY("ana", .why = "ask Ivo"), NULL, &error), error);
    expect(case_ask_second(f->k, BY("ana"), true, NULL, &error), error);
    expect(rule_events(f, 2, 1, RULING_SAME, "ana", "raid", &error), error);
    g_assert_cmpint(read_again(f, 1, doubt), ==, ADDED_VERSION);
    expect_history(
        f, 3,
        "decision 3 c3 ana confirmed repeats 1\n"
        "decision 4 c3 eva rejected repeats 2: odd\n"
        "note 2 c3 ana repeats 1: ask Ivo\n"
        "second 2 c3 ana asked repeats 1\n"
        "events 2 c2/3 ana same repeats 1: raid\n"
        "reading 3 c3\n");
    expect(
        case_find_event_rulings(f->k, f->a, &rulings, &count, &error), error);
    g_assert_cmpuint(count, ==, 1);
    g_assert_cmpint(rulings[0].other, ==, 3);
    g_assert_cmpstr(rulings[0].who, ==, "ana");
    g_assert_cmpstr(rulings[0].at, ==, now);
    /* And the one after it. */
    g_assert_cmpint(read_again(f, 3, lose_target), ==, ADDED_VERSION);
    expect_readers(
        f, 4,
        "decision 5 c4 ana confirmed repeats 1\n"
        "decision 6 c4 eva rejected repeats 2: odd\n");
    expect_sound(f);
}

/* What is confirmed stays as it was then; what is rejected is not looked at
   again as long as the act is the same. */
static void the_confirmed_is_kept(struct fixture *f, const void *unused)
{
    static const char kept[] =
        "c4 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at (null); "
        "2019-05-06..2019-05-06; 1; confirmed\n";
    GError *error = NULL;

    (void)unused;
    begin(f);
    expect(
        case_decide(f->k, BY("ana"), VERDICT_CONFIRMED, NULL, &error), error);
    g_assert_cmpint(read_again(f, 1, lose_target), ==, ADDED_VERSION);
    expect_claims(f, "a.txt", kept);
    expect_history(
        f, 4,
        "decision 2 c4 ana confirmed repeats 1\n"
        "reading 3 c3\n"
        "correction 4 c4/3\n");
    expect_sound(f);
}

static void
of_another_act_the_rejected_is_new(struct fixture *f, const void *unused)
{
    GError *error = NULL;

    (void)unused;
    begin(f);
    expect(case_decide(f->k, BY("ana"), VERDICT_REJECTED, NULL, &error), error);
    expect(case_note(f->k, BY("ana", .why = "killed"), NULL, &error), error);
    g_assert_cmpint(read_again(f, 1, lose_target), ==, ADDED_VERSION);
    expect_readers(f, 3, "decision 2 c3 ana rejected repeats 1\n");
    g_assert_cmpint(read_again(f, 3, change_act), ==, ADDED_VERSION);
    expect_history(
        f, 4,
        "note 3 c4 ana repeats 1: killed\n"
        "reading 4 c4\n");
}

static void corrections_outlive_readings(struct fixture *f, const void *unused)
{
    struct correction c = CORRECTION_NONE;
    GError *error = NULL;
    int64_t new;

    (void)unused;
    begin(f);
    c.act = "violence.torture";
    c.roles[ROLE_ACTOR].how = AMEND_CLEAR;
    c.time = AMEND_CLEAR;
    expect(
        case_correct(f->k, BY("ana", .why = "worse"), &c, &new, &error), error);
    g_assert_cmpint(read_again(f, 1, doubt), ==, ADDED_VERSION);
    expect_claims(
        f, "a.txt",
        "c5 violence.torture asserted: (null) > Zoë Ruiz (Zoë Ruiz) at (null); "
        "(null)..(null); 1; confirmed\n");
    expect_history(
        f, 5,
        "correction 5 c5/4 ana repeats 3\n"
        "decision 2 c5 ana confirmed repeats 1: worse\n"
        "reading 4 c4\n");
    expect(case_undo_correction(f->k, 5, "ana", &new, &error), error);
    expect_claims(
        f, "a.txt",
        "c6 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at (null); "
        "2019-05-06..2019-05-06; 1; open\n");
    expect_sound(f);
}

static void move_spans(struct spans s, uint32_t by)
{
    for (uint32_t i = 0; i < s.count; i++) {
        s.at[i].from += by;
        s.at[i].to += by;
    }
}

/* The reading of a text with another sentence before it. */
static void
move_reading(struct arena *a, struct reading *r, char *text, uint32_t by)
{
    struct document *d = (struct document *)r->document;
    struct text *t = (struct text *)r->text;
    struct claim *c = r->findings->claims;
    struct sentence *old = t->sentences;

    d->text = t->str = (struct str){text, strlen(text)};
    d->body.to = (uint32_t)d->text.len;
    d->sha256 = "another";
    t->count = 2;
    t->sentences = arena_make(a, struct sentence, 2);
    t->sentences[0].span = (struct span){0, by - 1};
    t->sentences[1] = old[0];
    t->sentences[1].span = (struct span){by, d->body.to};
    c->sentence = r->findings->attributions[0].sentence = 1;
    move_spans(c->trigger, by);
    move_spans(c->time.spans, by);
    for (int i = 0; i < ROLE_COUNT; i++)
        move_spans(c->roles[i].spans, by);
    move_spans(r->findings->attributions[0].source.spans, by);
    move_spans(r->findings->attributions[0].cue, by);
    move_spans(r->findings->attributions[0].content, by);
    r->entities->mentions[0].span.from += by;
    r->entities->mentions[0].span.to += by;
}

/* The sentence stands elsewhere in the new text. */
static void
reviews_follow_their_sentences(struct fixture *f, const void *unused)
{
    static const char before[] = "Rain fell. ";
    struct correction c = CORRECTION_NONE;
    struct reading r;
    GError *error = NULL;
    case_added added;
    int64_t new;
    char *text;

    (void)unused;
    begin(f);
    c.roles[ROLE_PLACE].how = AMEND_SET;
    c.roles[ROLE_PLACE].spans = spans_at(
        f->a, "The radio said that soldiers beat Zoë Ruiz on Monday.",
        "The radio");
    expect(case_correct(f->k, BY("ana"), &c, &new, &error), error);
    r = make_reading(f->a, "a.txt", "Zoë Ruiz");
    text = arena_print(
        f->a, "%s%.*s", before, (int)r.document->text.len, r.document->text.at);
    move_reading(f->a, &r, text, (uint32_t)strlen(before));
    expect(case_add(f->k, &r, &added, &error), error);
    g_assert_cmpint(added, ==, ADDED_VERSION);
    expect(case_save(f->k, &error), error);
    expect_claims(
        f, "a.txt",
        "c5 violence.beat asserted: soldiers > Zoë Ruiz (Zoë Ruiz) at The "
        "radio; 2019-05-06..2019-05-06; 1; confirmed\n");
    /* Other words are another claim. */
    g_assert_cmpint(add(f, "a.txt", "Ana Keld"), ==, ADDED_VERSION);
    expect_readers(f, 6, "");
    expect_sound(f);
}

/* --- two programs ---------------------------------------------------------------- */

enum { DECIDED = 40 };

/* Adds documents without pause until the file `done` is there. */
static pid_t write_long(const char *path, const char *done)
{
    pid_t child = fork();

    if (child == 0) {
        struct kase *k = case_open(path, CASE_CREATE, now, NULL);
        struct arena *a = arena_new();
        bool good = k != NULL;

        for (int i = 0; good && !g_file_test(done, G_FILE_TEST_EXISTS); i++) {
            struct reading r =
                make_reading(a, arena_print(a, "long%d.txt", i), "Zoë Ruiz");
            case_added added;

            good = case_add(k, &r, &added, NULL);
            g_usleep(5000); /* as long as reading one takes */
        }
        _exit(good && case_close(k, NULL) ? 0 : 1);
    }
    return child;
}

/* A decision waits for a batch at most, and none is lost. */
static void decisions_wait_for_readings(struct fixture *f, const void *unused)
{
    char *done = g_strconcat(f->path, ".done", NULL);
    GError *error = NULL;
    int64_t longest = 0, version;
    pid_t child;
    int status;

    (void)unused;
    begin(f);
    child = write_long(f->path, done);
    for (int i = 0; i < DECIDED; i++) {
        int64_t from = g_get_monotonic_time();

        expect(
            case_decide(f->k, BY("ana"), VERDICT_REJECTED, NULL, &error),
            error);
        longest = MAX(longest, g_get_monotonic_time() - from);
        g_usleep(10000);
    }
    g_assert_true(g_file_set_contents(done, "", 0, &error));
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_test_message("longest wait %d ms", (int)(longest / 1000));
    g_assert_cmpint(longest, <, 10 * G_USEC_PER_SEC);
    expect(case_find_version(f->k, 1, &version, &error), error);
    g_assert_cmpint(version, ==, 1 + DECIDED);
    expect_sound(f);
    g_unlink(done);
    g_free(done);
}

/* Of two who saw the same version one is told of the other. */
static void two_deciders_lose_nothing(struct fixture *f, const void *unused)
{
    GError *error = NULL;
    int refused = 0, told, status;
    int64_t version;
    pid_t child;

    (void)unused;
    begin(f);
    child = fork();
    for (int i = 0; i < DECIDED; i++) {
        struct kase *k = child ? f->k : NULL;

        if (!child) {
            static struct kase *own;

            own = own ? own : case_open(f->path, CASE_WRITE, now, &error);
            k = own;
        }
        expect(case_find_version(k, 1, &version, &error), error);
        if (case_decide(
                k, BY("ana", .version = version), VERDICT_OPEN, NULL, &error))
            continue;
        refused++;
        g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT);
        g_clear_error(&error);
    }
    if (!child)
        _exit(refused);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    told = refused + WEXITSTATUS(status);
    expect(case_find_version(f->k, 1, &version, &error), error);
    g_assert_cmpint(version, ==, 1 + 2 * DECIDED - told);
    expect_sound(f);
}

int main(int argc, char **argv)
{
    static const struct case_test tests[] = {
        {"/review/readers", every_reader_counts},
        {"/review/bulk", bulk_is_marked_for_ever},
        {"/review/versions", versions_tell_who_was_faster},
        {"/review/times", times_are_told_anew},
        {"/review/corrections", corrections_replace},
        {"/review/days", a_day_needs_no_words},
        {"/review/referents", a_role_finds_its_referent},
        {"/review/bad", bad_corrections_leave_nothing},
        {"/review/events", event_rulings_follow_claims},
        {"/review/events-undone", event_rulings_are_taken_back},
        {"/review/new", what_is_new_can_be_asked},
        {"/review/same", what_comes_out_the_same_is_left},
        {"/review/again", reviews_outlive_readings},
        {"/review/kept", the_confirmed_is_kept},
        {"/review/other-act", of_another_act_the_rejected_is_new},
        {"/review/corrected-again", corrections_outlive_readings},
        {"/review/moved", reviews_follow_their_sentences},
        {"/review/waiting", decisions_wait_for_readings},
        {"/review/deciders", two_deciders_lose_nothing},
    };

    return run_case_tests(argc, argv, tests, G_N_ELEMENTS(tests));
}
