/*
 * The schema: made by the numbered files embedded in the program, and compared
 * with them, because a file that says it is a case may have been prepared by
 * anyone.
 */
#include "case/store.h"

#include <gio/gio.h>
#include <string.h>

#include "case_schema.h"

static GBytes *migration_to(int64_t version)
{
    g_autofree char *path =
        g_strdup_printf("/attest/case/%03d.sql", (int)version);

    return g_resource_lookup_data(
        case_schema_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

int64_t schema_newest(void)
{
    int64_t version = 0;

    for (;;) {
        g_autoptr(GBytes) sql = migration_to(version + 1);

        if (!sql)
            return version;
        version++;
    }
}

static bool run_migration(struct kase *k, int64_t version, GError **error)
{
    g_autoptr(GBytes) sql = migration_to(version);
    gsize size;
    const char *bytes = g_bytes_get_data(sql, &size);
    g_autofree char *text = g_strndup(bytes, size);

    return run_sql(k, text, error);
}

bool schema_make(struct kase *k, int64_t from, GError **error)
{
    g_autofree char *mark = g_strdup_printf(
        "PRAGMA application_id = %d; PRAGMA user_version = %d;",
        CASE_APPLICATION_ID, (int)schema_newest());

    for (int64_t version = from + 1; version <= schema_newest(); version++)
        if (!run_migration(k, version, error))
            return false;
    return run_sql(k, mark, error);
}

/* --- comparing -------------------------------------------------------- */

/*
 * FTS5 makes the tables that hold its index, in words of its own that change
 * with its version; so of those only the kind is compared.
 */
#define SCHEMA_ROWS                                                            \
    "SELECT type, name, CASE WHEN name LIKE 'search\\_%' ESCAPE '\\' "         \
    "THEN rootpage > 0 ELSE coalesce(sql, '') END FROM sqlite_schema "         \
    "WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"

/* "type name" -> sql */
static GHashTable *load_schema(struct kase *k, GError **error)
{
    GHashTable *all =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    LEASE l = rows_open(k, SCHEMA_ROWS, error, "");

    while (rows_take(&l, error))
        g_hash_table_insert(
            all,
            g_strdup_printf(
                "%s %s", (const char *)sqlite3_column_text(l.at, 0),
                (const char *)sqlite3_column_text(l.at, 1)),
            g_strdup((const char *)sqlite3_column_text(l.at, 2)));
    if (!l.failed)
        return all;
    g_hash_table_unref(all);
    return NULL;
}

/* What the schema of that version should be: an empty case in memory. */
static GHashTable *
make_expected(struct kase *k, int64_t version, GError **error)
{
    GHashTable *all = NULL;
    struct kase model = {.path = k->path, .idle = idle_new()};
    bool good = sqlite3_open(":memory:", &model.db) == SQLITE_OK ||
                store_complain(&model, error);

    for (int64_t v = 1; good && v <= version; v++)
        good = run_migration(&model, v, error);
    if (good)
        all = load_schema(&model, error);
    g_hash_table_unref(model.idle);
    sqlite3_close(model.db);
    return all;
}

static bool refuse_strange(
    struct kase *k, GHashTable *expected, GHashTable *found, GError **error)
{
    GHashTableIter iter;
    void *key, *sql;

    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, &key, &sql)) {
        const char *own = g_hash_table_lookup(expected, key);

        if (own && g_str_equal(own, sql))
            continue;
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s: holds a %s that attest did not make, so it is not opened: "
            "drop that with sqlite3 if it is yours, else ask who gave you "
            "the case",
            k->path, (const char *)key);
        return false;
    }
    return true;
}

static bool find_missing(
    struct kase *k, GHashTable *expected, GHashTable *found,
    void (*missing)(const char *what, const char *name, void *self), void *self,
    GError **error)
{
    g_autoptr(GList) keys =
        g_list_sort(g_hash_table_get_keys(expected), (GCompareFunc)strcmp);

    for (GList *at = keys; at; at = at->next) {
        g_auto(GStrv) parts = g_strsplit(at->data, " ", 2);

        if (g_hash_table_contains(found, at->data))
            continue;
        if (!strcmp(parts[0], "table")) {
            g_set_error(
                error, ATTEST_ERROR, ATTEST_ERROR_DATA,
                "%s: its table %s is missing: restore the case from a copy",
                k->path, parts[1]);
            return false;
        }
        if (missing)
            missing(parts[0], parts[1], self);
    }
    return true;
}

bool schema_check(
    struct kase *k, int64_t version,
    void (*missing)(const char *what, const char *name, void *self), void *self,
    GError **error)
{
    GHashTable *expected = make_expected(k, version, error);
    GHashTable *found = expected ? load_schema(k, error) : NULL;
    bool good = found && refuse_strange(k, expected, found, error) &&
                find_missing(k, expected, found, missing, self, error);

    g_clear_pointer(&expected, g_hash_table_unref);
    g_clear_pointer(&found, g_hash_table_unref);
    return good;
}
