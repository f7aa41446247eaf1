/* What is on record of claims, and what is new. */
#include "case/review.h"

static const char *const record_words[] = {
#define X(name, word) word,
    RECORDS(X)
#undef X
};

const char *record_word(enum record r)
{
    return record_words[r];
}

/*
 * One question a kind, all with the same columns: the kind, its id, one, other,
 * the run in which it was said, what was said (a verdict, or 0 and 1), bulk,
 * undone, undoes, repeats, words; then who and at.
 */
#define SAID_IN(table, own)                                                    \
    " JOIN run n ON n.id = coalesce((SELECT o.run FROM " table                 \
    " o WHERE o.id = x.repeats), " own ".run) "
#define RECORD_OF(kind, columns, rest)                                         \
    "SELECT " kind " AS kind, " columns ", n.who, n.at, n.id AS said " rest

#define READINGS                                                               \
    RECORD_OF(                                                                 \
        "0", "x.id AS id, x.id, 0, NULL, 0, 0, 0, 0, NULL",                    \
        "FROM claim x JOIN run n ON n.id = x.run WHERE x.replaces IS NULL "    \
        "AND ")
#define CORRECTIONS                                                            \
    RECORD_OF(                                                                 \
        "1",                                                                   \
        "c.id, c.id, c.replaces, NULL, 0, EXISTS (SELECT 1 FROM claim u JOIN " \
        "correction v ON v.claim = u.id WHERE u.replaces = c.id AND v.undoes " \
        "= c.id), x.undoes, x.repeats, x.why",                                 \
        "FROM correction x JOIN claim c ON c.id = x.claim" SAID_IN(            \
            "claim", "c") "WHERE ")
#define DECISIONS                                                              \
    RECORD_OF(                                                                 \
        "2",                                                                   \
        "x.id, x.claim, 0, x.verdict, x.bulk, EXISTS (SELECT 1 FROM decision " \
        "u WHERE u.undoes = x.id), x.undoes, x.repeats, x.why",                \
        "FROM decision x" SAID_IN("decision", "x") "WHERE ")
#define NOTES                                                                  \
    RECORD_OF(                                                                 \
        "3", "x.id, x.claim, 0, NULL, 0, 0, 0, x.repeats, x.words",            \
        "FROM note x" SAID_IN("note", "x") "WHERE ")
#define SECONDS                                                                \
    RECORD_OF(                                                                 \
        "4", "x.id, x.claim, 0, x.asked, 0, 0, 0, x.repeats, x.why",           \
        "FROM second x" SAID_IN("second", "x") "WHERE ")
#define EVENTS                                                                 \
    RECORD_OF(                                                                 \
        "5", "x.id, x.one, x.other, x.verdict, 0, 0, 0, x.repeats, x.why",     \
        "FROM event_ruling x" SAID_IN("event_ruling", "x") "WHERE ")
#define PARTIES                                                                \
    RECORD_OF(                                                                 \
        "6", "x.id, x.one, x.other, x.verdict, 0, 0, 0, 0, x.why",             \
        "FROM ruling x JOIN run n ON n.id = x.run WHERE ")
#define DESCRIPTIONS                                                           \
    RECORD_OF(                                                                 \
        "7", "x.id, x.document, 0, NULL, 0, 0, 0, 0, x.why",                   \
        "FROM description x JOIN run n ON n.id = x.run WHERE ")

static struct record_row load_row(struct arena *a, struct lease *l)
{
    struct record_row row = {
        .what = (enum record)sqlite3_column_int64(l->at, 0),
        .id = sqlite3_column_int64(l->at, 1),
        .one = sqlite3_column_int64(l->at, 2),
        .other = sqlite3_column_int64(l->at, 3),
        .bulk = sqlite3_column_int64(l->at, 5),
        .undone = sqlite3_column_int64(l->at, 6),
        .undoes = sqlite3_column_int64(l->at, 7),
        .repeats = sqlite3_column_int64(l->at, 8),
        .words = column_text(a, l, 9),
        .who = column_text(a, l, 10),
        .at = column_text(a, l, 11),
        .verdict = VERDICT_OPEN,
        .ruling = RULING_OPEN,
    };
    const char *said = (const char *)sqlite3_column_text(l->at, 4);

    if (row.what == RECORD_DECISION)
        row.verdict = verdict_find(said);
    else if (row.what == RECORD_SECOND)
        row.asked = sqlite3_column_int64(l->at, 4);
    else
        row.ruling = ruling_find(said);
    return row;
}

static bool load_rows(
    struct lease *l, struct arena *a, struct record_row **out, uint32_t *count,
    GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct record_row));

    while (rows_take(l, error)) {
        struct record_row row = load_row(a, l);

        g_array_append_val(rows, row);
    }
    *out = arena_take(a, rows, count);
    return !l->failed;
}

bool case_find_history(
    struct kase *k, struct arena *a, int64_t claim, struct record_row **out,
    uint32_t *count, GError **error)
{
#define OF_CHAIN(column) column " IN chain"
    LEASE l = rows_open(
        k,
        "WITH RECURSIVE chain (id) AS (SELECT ? "
        "UNION SELECT n.id FROM chain x JOIN claim n ON n.replaces = x.id "
        "UNION SELECT o.replaces FROM chain x JOIN claim o ON o.id = x.id "
        "WHERE o.replaces IS NOT NULL) " READINGS OF_CHAIN(
            "x.id") " UNION ALL " CORRECTIONS
            OF_CHAIN("x.claim") " UNION ALL " DECISIONS OF_CHAIN(
                "x.claim") " UNION ALL " NOTES
                OF_CHAIN("x.claim") " UNION ALL " SECONDS OF_CHAIN(
                    "x.claim") " UNION ALL " EVENTS
                               "(" OF_CHAIN("x.one") " OR " OF_CHAIN(
                                   "x.other") ") "
                                              "ORDER BY said, kind, id",
        error, "i", claim);

    return load_rows(&l, a, out, count, error);
}

bool case_find_readers(
    struct kase *k, struct arena *a, int64_t claim, struct record_row **out,
    uint32_t *count, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT r.*, max(r.id) FROM (" DECISIONS
        "x.claim = ? AND x.undoes IS NULL AND NOT EXISTS (SELECT 1 FROM "
        "decision u WHERE u.undoes = x.id)) r GROUP BY r.who ORDER BY r.id",
        error, "i", claim);

    return load_rows(&l, a, out, count, error);
}

/* --- what is new ---------------------------------------------------------- */

static const char *const newer[RECORD_COUNT] = {
    [RECORD_CORRECTION] = CORRECTIONS "x.claim > ? ORDER BY x.claim",
    [RECORD_DECISION] = DECISIONS "x.id > ? ORDER BY x.id",
    [RECORD_NOTE] = NOTES "x.id > ? ORDER BY x.id",
    [RECORD_SECOND] = SECONDS "x.id > ? ORDER BY x.id",
    [RECORD_EVENTS] = EVENTS "x.id > ? ORDER BY x.id",
    [RECORD_PARTIES] = PARTIES "x.id > ? ORDER BY x.id",
    [RECORD_DESCRIPTION] = DESCRIPTIONS "x.id > ? ORDER BY x.id",
};

static bool take_newer(
    struct kase *k, struct arena *a, enum record kind, int64_t *last,
    void (*take)(const struct record_row *row, void *self), void *self,
    GError **error)
{
    LEASE l = rows_open(k, newer[kind], error, "i", *last);

    while (rows_take(&l, error)) {
        struct record_row row;

        arena_reset(a);
        row = load_row(a, &l);
        *last = row.id;
        take(&row, self);
    }
    return !l.failed;
}

bool case_each_review(
    struct kase *k, struct arena *a, struct review_cursor *cursor,
    void (*take)(const struct record_row *row, void *self), void *self,
    GError **error)
{
    /* One view of the case, whatever others write meanwhile. */
    bool alone = sqlite3_get_autocommit(k->db);
    bool good =
        (!alone || run_sql(k, "BEGIN", error)) &&
        number_find(
            k, "SELECT max(id) FROM document", &cursor->document, error, "");

    for (int kind = RECORD_CORRECTION; good && kind < RECORD_COUNT; kind++)
        good = take_newer(
            k, a, (enum record)kind, &cursor->last[kind], take, self, error);
    if (alone)
        sqlite3_exec(k->db, "ROLLBACK", NULL, NULL, NULL);
    return good;
}
