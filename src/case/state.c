/* What a case is, as against itself later, and how to see it standing still. */
#include "case/store.h"

#include <string.h>

bool case_find_state(struct kase *k, struct case_state *out, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT (SELECT at FROM run ORDER BY id LIMIT 1), "
        "(SELECT sha256 FROM document ORDER BY id LIMIT 1), "
        "(SELECT coalesce(max(id), 0) FROM document)",
        error, "");
    struct arena *a;

    memset(out, 0, sizeof *out);
    if (!rows_take(&l, error))
        return false;
    a = arena_new();
    for (int i = 0; i < 2; i++) {
        const char *words = column_text(a, &l, i);

        g_strlcat(out->birth, words ? words : "", sizeof out->birth);
    }
    out->last_document = sqlite3_column_int64(l.at, 2);
    arena_free(a);
    return true;
}

bool case_begin_reading(struct kase *k, GError **error)
{
    return run_sql(k, "BEGIN", error);
}

void case_end_reading(struct kase *k)
{
    if (!sqlite3_get_autocommit(k->db))
        sqlite3_exec(k->db, "COMMIT", NULL, NULL, NULL);
}
