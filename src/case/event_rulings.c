/* What reviewers hold of two claims: one event, or two. */
#include "case/review.h"

#include <string.h>

static bool add_word(
    struct kase *k, const struct event_word *w, int64_t run, const char *why,
    GError **error)
{
    return claim_check(k, w->one, 0, error) &&
           claim_check(k, w->other, 0, error) &&
           row_add(
               k,
               "INSERT INTO event_ruling (run, one, other, verdict, why) "
               "VALUES (?, ?, ?, ?, ?)",
               error, "iiitt", run, w->one, w->other, ruling_word(w->verdict),
               why);
}

bool case_rule_events(
    struct kase *k, const struct event_word *words, uint32_t count,
    const char *who, const char *why, int64_t *out, GError **error)
{
    int64_t run;
    bool good = ruling_open(k, who, &run, error);

    for (uint32_t i = 0; good && i < count; i++)
        good = add_word(k, &words[i], run, why, error);
    if (good && out)
        *out = sqlite3_last_insert_rowid(k->db);
    return ruling_close(k, good, error);
}

/* --- taking back ---------------------------------------------------------- */

#define ARE_THE_TWO(x)                                                         \
    "((" x ".one = r.one AND " x ".other = r.other) OR "                       \
    "(" x ".one = r.other AND " x ".other = r.one))"

static bool
take_back(struct kase *k, int64_t of_run, int64_t run, GError **error)
{
    return row_add(
        k,
        "INSERT INTO event_ruling (run, one, other, verdict) "
        "SELECT ?2, r.one, r.other, coalesce((SELECT p.verdict FROM "
        "event_ruling p WHERE p.id < r.id AND " ARE_THE_TWO(
            "p") " ORDER BY p.id DESC LIMIT 1), 'open') FROM event_ruling r "
                 "WHERE r.run = ?1 AND NOT EXISTS (SELECT 1 FROM event_ruling "
                 "n WHERE "
                 "n.id > r.id AND " ARE_THE_TWO(
                     "n") ") AND NOT EXISTS (SELECT 1 FROM "
                          "claim c JOIN document n ON n.replaces = c.document "
                          "WHERE c.id IN "
                          "(r.one, r.other)) ORDER BY r.id",
        error, "ii", of_run, run);
}

static bool
check_undone(struct kase *k, int64_t of_run, uint32_t undone, GError **error)
{
    if (undone)
        return true;
    g_set_error(
        error, ATTEST_ERROR,
        of_run ? ATTEST_ERROR_CONFLICT : ATTEST_ERROR_INPUT, "%s: %s", k->path,
        of_run ? "somebody has ruled on these events since"
               : "there is no such ruling");
    return false;
}

bool case_undo_event_ruling(
    struct kase *k, int64_t ruling, const char *who, uint32_t *undone,
    GError **error)
{
    int64_t run, of_run = 0;
    bool good = ruling_open(k, who, &run, error) &&
                number_find(
                    k,
                    "SELECT run FROM event_ruling WHERE id = ? AND repeats IS "
                    "NULL",
                    &of_run, error, "i", ruling) &&
                take_back(k, of_run, run, error);

    *undone = good ? (uint32_t)sqlite3_changes(k->db) : 0;
    good = good && check_undone(k, of_run, *undone, error);
    return ruling_close(k, good, error);
}

/* --- asking --------------------------------------------------------------- */

bool claim_current(struct kase *k, int64_t claim, int64_t *out, GError **error)
{
    return number_find(
        k,
        "WITH RECURSIVE chain (id) AS (SELECT ? UNION SELECT n.id "
        "FROM chain x JOIN claim n ON n.replaces = x.id) "
        "SELECT c.id FROM chain x JOIN claim c ON c.id = x.id WHERE NOT EXISTS "
        "(SELECT 1 FROM claim n WHERE n.replaces = c.id) AND NOT EXISTS "
        "(SELECT 1 FROM document n WHERE n.replaces = c.document)",
        out, error, "i", claim);
}

struct pair {
    int64_t low, high;
};

static guint hash_pair(const void *at)
{
    const struct pair *p = at;

    return (guint)p->low * 31 + (guint)p->high;
}

static gboolean is_same_pair(const void *x, const void *y)
{
    return !memcmp(x, y, sizeof(struct pair));
}

/* Is it the first on its pair?  Rows come newest first. */
static bool is_first(GHashTable *pairs, const struct event_ruling_row *row)
{
    struct pair p = {MIN(row->one, row->other), MAX(row->one, row->other)};

    return g_hash_table_add(pairs, g_memdup2(&p, sizeof p));
}

static bool load_rows(
    struct kase *k, struct arena *a, GHashTable *pairs, GArray *rows,
    GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT x.id, x.one, x.other, x.verdict, n.who, n.at, x.why "
        "FROM event_ruling x JOIN run n ON n.id = coalesce((SELECT run FROM "
        "event_ruling o WHERE o.id = x.repeats), x.run) ORDER BY x.id DESC",
        error, "");

    while (rows_take(&l, error)) {
        struct event_ruling_row row = {
            .id = sqlite3_column_int64(l.at, 0),
            .verdict = ruling_find((const char *)sqlite3_column_text(l.at, 3)),
            .who = column_text(a, &l, 4),
            .at = column_text(a, &l, 5),
            .why = column_text(a, &l, 6),
        };

        if (!claim_current(k, sqlite3_column_int64(l.at, 1), &row.one, error) ||
            !claim_current(k, sqlite3_column_int64(l.at, 2), &row.other, error))
            return false;
        if (row.one && row.other && is_first(pairs, &row) &&
            row.verdict != RULING_OPEN)
            g_array_append_val(rows, row);
    }
    return !l.failed;
}

bool case_find_event_rulings(
    struct kase *k, struct arena *a, struct event_ruling_row **out,
    uint32_t *count, GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct event_ruling_row));
    GHashTable *pairs =
        g_hash_table_new_full(hash_pair, is_same_pair, g_free, NULL);
    bool good = load_rows(k, a, pairs, rows, error);

    *out = arena_take(a, rows, count);
    g_hash_table_unref(pairs);
    return good;
}
