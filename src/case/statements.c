/*
 * Statements: prepared once, taken, given back.  And what SQLite's error
 * codes mean to the person who asked.
 */
#include "case/store.h"

#include <errno.h>
#include <string.h>

/* A limit on files or a quota stops a writer as a full disk does. */
static bool is_no_room(int number)
{
    return number == ENOSPC || number == EFBIG || number == EDQUOT;
}

bool store_complain(struct kase *k, GError **error)
{
    int code = sqlite3_errcode(k->db) & 0xff;
    const char *words = sqlite3_errmsg(k->db);
    attest_error_code kind = ATTEST_ERROR_IO;

    if (code == SQLITE_FULL || is_no_room(sqlite3_system_errno(k->db))) {
        words = "no room left on the disk: make room and run the same "
                "command again";
    } else if (
        sqlite3_extended_errcode(k->db) == SQLITE_IOERR_WRITE &&
        !sqlite3_system_errno(k->db)) {
        words = "writing failed: see whether there is room left on the disk "
                "and run the same command again";
    } else if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
        words = "another program has been writing to this case for a minute: "
                "try again when it is done";
    } else if (code == SQLITE_READONLY) {
        words = "the case cannot be written to: its file or folder is "
                "read-only";
    } else if (code == SQLITE_NOTADB) {
        kind = ATTEST_ERROR_DATA;
        words = "is not an attest case";
    } else if (code == SQLITE_CORRUPT) {
        kind = ATTEST_ERROR_DATA;
        words = "the file is damaged: `attest check` tells more; restore it "
                "from a copy";
    } else if (code == SQLITE_ERROR || code == SQLITE_CONSTRAINT) {
        kind = ATTEST_ERROR_DATA;
    } else if (code == SQLITE_CANTOPEN && k->mode != CASE_READ) {
        words = "the case cannot be written to: its folder is read-only or "
                "not there";
    } else if (code == SQLITE_CANTOPEN) {
        words = "cannot be opened: its folder is read-only and its last "
                "writer has not finished; copy the case with its -wal file "
                "to another folder";
    } else if (code == SQLITE_TOOBIG) {
        kind = ATTEST_ERROR_LIMIT;
        words = "too big for a case";
    } else if (sqlite3_system_errno(k->db)) {
        words = g_strerror(sqlite3_system_errno(k->db));
    }
    g_set_error(error, ATTEST_ERROR, kind, "%s: %s", k->path, words);
    return false;
}

void complain_lost(struct kase *k, GError **error)
{
    GError *fault = error ? *error : NULL;

    if (!fault || !k->pending)
        return;
    *error = g_error_new(
        fault->domain, fault->code, "%s (the last %u documents were not kept)",
        fault->message, k->pending);
    g_error_free(fault);
}

bool run_sql(struct kase *k, const char *sql, GError **error)
{
    if (sqlite3_exec(k->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_complain(k, error);
    return true;
}

bool store_damaged(struct kase *k, GError **error, const char *what, int64_t id)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_DATA,
        "%s: %s %" G_GINT64_FORMAT " is damaged: `attest check` tells more; "
        "restore the case from a copy",
        k->path, what, id);
    return false;
}

static void finalize(gpointer statement)
{
    sqlite3_finalize(statement);
}

GHashTable *idle_new(void)
{
    return g_hash_table_new_full(NULL, NULL, NULL, finalize);
}

static struct lease lease_take(struct kase *k, const char *sql, GError **error)
{
    struct lease l = {.k = k, .sql = sql};

    l.at = g_hash_table_lookup(k->idle, sql);
    if (l.at) {
        g_hash_table_steal(k->idle, sql);
    } else if (
        sqlite3_prepare_v3(
            k->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &l.at, NULL) !=
        SQLITE_OK) {
        store_complain(k, error);
        l.failed = true;
    }
    return l;
}

void lease_reset(struct lease *l)
{
    if (!l->at)
        return;
    sqlite3_reset(l->at);
    if (g_hash_table_lookup(l->k->idle, l->sql)) {
        sqlite3_finalize(l->at);
    } else {
        sqlite3_clear_bindings(l->at);
        g_hash_table_insert(l->k->idle, (gpointer)l->sql, l->at);
    }
    l->at = NULL;
}

static int bind_str(sqlite3_stmt *at, int place, struct str s, bool blob)
{
    if (blob)
        return sqlite3_bind_blob64(at, place, s.at, s.len, SQLITE_STATIC);
    return sqlite3_bind_text64(
        at, place, s.at ? s.at : "", s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_id(sqlite3_stmt *at, int place, int64_t id)
{
    return id ? sqlite3_bind_int64(at, place, id)
              : sqlite3_bind_null(at, place);
}

static bool
bind_all(struct lease *l, const char *types, va_list values, GError **error)
{
    for (int place = 1; *types; types++, place++) {
        int code = SQLITE_MISUSE;

        if (*types == 'i')
            code = sqlite3_bind_int64(l->at, place, va_arg(values, int64_t));
        else if (*types == 'r')
            code = sqlite3_bind_double(l->at, place, va_arg(values, double));
        else if (*types == 'z')
            code = bind_id(l->at, place, va_arg(values, int64_t));
        else if (*types == 't')
            code = sqlite3_bind_text(
                l->at, place, va_arg(values, const char *), -1, SQLITE_STATIC);
        else if (*types == 's' || *types == 'b')
            code = bind_str(
                l->at, place, va_arg(values, struct str), *types == 'b');
        if (code != SQLITE_OK)
            return store_complain(l->k, error);
    }
    return true;
}

static struct lease take_bound(
    struct kase *k, const char *sql, GError **error, const char *types,
    va_list values)
{
    struct lease l = lease_take(k, sql, error);

    if (!l.failed && !bind_all(&l, types, values, error)) {
        lease_reset(&l);
        l.failed = true;
    }
    return l;
}

struct lease rows_open(
    struct kase *k, const char *sql, GError **error, const char *types, ...)
{
    struct lease l;
    va_list values;

    va_start(values, types);
    l = take_bound(k, sql, error, types, values);
    va_end(values);
    return l;
}

bool rows_take(struct lease *l, GError **error)
{
    int code;

    if (l->failed)
        return false;
    code = sqlite3_step(l->at);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE) {
        store_complain(l->k, error);
        l->failed = true;
    }
    return false;
}

bool row_add(
    struct kase *k, const char *sql, GError **error, const char *types, ...)
{
    LEASE l = {0};
    va_list values;

    va_start(values, types);
    l = take_bound(k, sql, error, types, values);
    va_end(values);
    rows_take(&l, error);
    return !l.failed;
}

bool number_find(
    struct kase *k, const char *sql, int64_t *out, GError **error,
    const char *types, ...)
{
    LEASE l = {0};
    va_list values;

    va_start(values, types);
    l = take_bound(k, sql, error, types, values);
    va_end(values);
    *out = rows_take(&l, error) ? sqlite3_column_int64(l.at, 0) : 0;
    return !l.failed;
}

const char *column_text(struct arena *a, struct lease *l, int column)
{
    const char *text = (const char *)sqlite3_column_text(l->at, column);
    const char *kept;
    char *mended;

    if (!text)
        return NULL;
    if (g_utf8_validate(text, -1, NULL))
        return arena_copy(a, text, strlen(text));
    mended = g_utf8_make_valid(text, -1);
    kept = arena_copy(a, mended, strlen(mended));
    g_free(mended);
    return kept;
}
