/* A document's versions, and who did what with each. */
#include "case/store.h"

bool case_find_named(
    struct kase *k, const char *name, int64_t *out, GError **error)
{
    return number_find(
        k,
        "SELECT id FROM document WHERE name = ? ORDER BY version DESC LIMIT 1",
        out, error, "t", name);
}

/* What is carried over from an older version was done there. */
#define OF_DOCUMENT                                                            \
    "JOIN claim c ON c.id = x.claim WHERE c.document = ?1 AND x.repeats IS "   \
    "NULL AND r.who IS NOT NULL"
#define REVIEWERS                                                              \
    "SELECT who, sum(kind = 1), sum(kind = 2), sum(kind = 3) FROM ("           \
    "SELECT r.who, 1 AS kind, r.id FROM decision x JOIN run r ON r.id = "      \
    "x.run " OF_DOCUMENT " UNION ALL "                                         \
    "SELECT r.who, 2, r.id FROM correction x JOIN claim o ON o.id = x.claim "  \
    "JOIN run r ON r.id = o.run " OF_DOCUMENT " UNION ALL "                    \
    "SELECT r.who, 3, r.id FROM note x JOIN run r ON r.id = "                  \
    "x.run " OF_DOCUMENT ") GROUP BY who ORDER BY min(id)"

static bool load_reviewers(
    struct kase *k, struct arena *a, struct life_row *v, GError **error)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct reviewer_sum));
    LEASE l = rows_open(k, REVIEWERS, error, "i", v->id);

    while (rows_take(&l, error)) {
        struct reviewer_sum row = {
            column_text(a, &l, 0), sqlite3_column_int64(l.at, 1),
            sqlite3_column_int64(l.at, 2), sqlite3_column_int64(l.at, 3)};

        g_array_append_val(rows, row);
    }
    v->reviewers = arena_take(a, rows, &v->reviewer_count);
    return !l.failed;
}

static struct life_row load_version(struct arena *a, struct lease *l)
{
    return (struct life_row){
        .id = sqlite3_column_int64(l->at, 0),
        .version = sqlite3_column_int64(l->at, 1),
        .claims = sqlite3_column_int64(l->at, 2),
        .name = column_text(a, l, 3),
        .at = column_text(a, l, 4),
        .program = column_text(a, l, 5),
        .sha256 = column_text(a, l, 6),
        .is_kept = sqlite3_column_int64(l->at, 7),
        .entry = sqlite3_column_int64(l->at, 8),
        .container = column_text(a, l, 9),
        .run = sqlite3_column_int64(l->at, 10),
    };
}

bool case_find_life(
    struct kase *k, struct arena *a, int64_t document, struct life_row **out,
    uint32_t *count, GError **error)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct life_row));
    LEASE l = rows_open(
        k,
        "SELECT d.id, d.version, d.claims, d.name, r.at, r.program, d.sha256, "
        "EXISTS (SELECT 1 FROM original o WHERE o.sha256 = d.sha256), "
        "(SELECT min(e.id) FROM entry e WHERE e.document = d.id), d.container, "
        "d.run "
        "FROM document d JOIN run r ON r.id = d.run WHERE d.name = "
        "(SELECT name FROM document WHERE id = ?) ORDER BY d.version",
        error, "i", document);
    bool good = true;

    while (good && rows_take(&l, error)) {
        struct life_row row = load_version(a, &l);

        good = load_reviewers(k, a, &row, error);
        g_array_append_val(rows, row);
    }
    *out = arena_take(a, rows, count);
    return good && !l.failed;
}
