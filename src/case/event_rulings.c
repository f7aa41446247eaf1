/* What reviewers hold of two claims: one event, or two. */
#include "case/review.h"

#include <string.h>

bool case_rule_events(
    struct kase *k, int64_t one, int64_t other, enum ruling_verdict verdict,
    const char *who, const char *why, int64_t *out, GError **error)
{
    int64_t run;
    bool good = ruling_open(k, who, &run, error) &&
                claim_check(k, one, 0, error) &&
                claim_check(k, other, 0, error) &&
                row_add(
                    k,
                    "INSERT INTO event_ruling (run, one, other, verdict, why) "
                    "VALUES (?, ?, ?, ?, ?)",
                    error, "iiitt", run, one, other, ruling_word(verdict), why);

    if (good && out)
        *out = sqlite3_last_insert_rowid(k->db);
    return ruling_close(k, good, error);
}

/* --- asking ------------------------------------------------------------- */

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

    *count = rows->len;
    *out = arena_make(a, struct event_ruling_row, rows->len + 1);
    if (rows->len)
        memcpy(*out, rows->data, rows->len * sizeof(**out));
    g_hash_table_unref(pairs);
    g_array_free(rows, TRUE);
    return good;
}
