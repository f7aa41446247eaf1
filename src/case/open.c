/*
 * Opening and closing: is this file a case, of which schema, and who may
 * write to it now.  Writers hold the case for one batch at a time.
 */
#include "case/custody.h"

#include <glib/gstdio.h>
#include <string.h>

enum {
    POLL_MICROSECONDS = 2000,
    POLLS_MOST = 30000, /* a minute of waiting for another writer */
    BATCH_DOCUMENTS = 200,
    BATCH_SIZE = 16 << 20,
    /* So long a reviewer's decision may wait for documents being read. */
    BATCH_MICROSECONDS = 250000,
};

/* Short, even waits: a writer that commits lets go for longer than this. */
static int wait_for_writer(void *unused, int polls)
{
    (void)unused;
    if (polls >= POLLS_MOST)
        return 0;
    g_usleep(POLL_MICROSECONDS);
    return 1;
}

/* What the file says it is. */
struct marks {
    int64_t application, version, tables;
};

static bool read_marks(struct kase *k, struct marks *out, GError **error)
{
    return number_find(
               k, "PRAGMA application_id", &out->application, error, "") &&
           number_find(k, "PRAGMA user_version", &out->version, error, "") &&
           number_find(
               k, "SELECT count(*) FROM sqlite_schema", &out->tables, error,
               "");
}

static bool complain(
    struct kase *k, GError **error, attest_error_code code, const char *words)
{
    g_set_error(error, ATTEST_ERROR, code, "%s: %s", k->path, words);
    return false;
}

/* Is it ours, and of a schema that we know? */
static bool check_marks(struct kase *k, const struct marks *m, GError **error)
{
    if (m->application != CASE_APPLICATION_ID)
        return complain(k, error, ATTEST_ERROR_DATA, "is not an attest case");
    if (m->version > schema_newest()) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s: made by a newer attest (schema %d; this one knows %d): "
            "install the newer one",
            k->path, (int)m->version, (int)schema_newest());
        return false;
    }
    if (m->version < schema_newest() && k->mode == CASE_READ) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s: made by an older attest (schema %d; this one knows %d): "
            "`attest read --case` on it brings it up to date",
            k->path, (int)m->version, (int)schema_newest());
        return false;
    }
    return true;
}

/* SQLite asks no busy handler here: two programs that make one case at once
   have to wait by themselves. */
static bool turn_on_log(struct kase *k, GError **error)
{
    for (int polls = 0; polls < POLLS_MOST; polls++) {
        int code =
            sqlite3_exec(k->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);

        if (code == SQLITE_OK)
            return true;
        if ((code & 0xff) != SQLITE_BUSY)
            break;
        g_usleep(POLL_MICROSECONDS);
    }
    return store_complain(k, error);
}

static bool make_case(struct kase *k, GError **error)
{
    struct marks m;

    if (!turn_on_log(k, error) || !run_sql(k, "BEGIN IMMEDIATE", error) ||
        !read_marks(k, &m, error))
        return false;
    /* Another process may have been faster. */
    return (m.tables ? check_marks(k, &m, error)
                     : schema_make(k, 0, error) && custody_start(k, error)) &&
           run_sql(k, "COMMIT", error);
}

/* The schema since which a case keeps a log. */
enum { LOG_SINCE = 4 };

static bool migrate_case(struct kase *k, GError **error)
{
    struct marks m;

    if (!run_sql(k, "BEGIN IMMEDIATE", error) || !read_marks(k, &m, error))
        return false;
    /* Another process may have been faster. */
    return (m.version == schema_newest() ||
            (schema_make(k, m.version, error) &&
             (m.version >= LOG_SINCE || custody_start(k, error)))) &&
           run_sql(k, "COMMIT", error);
}

static bool check_or_make(struct kase *k, GError **error)
{
    struct marks m;

    if (!read_marks(k, &m, error))
        return false;
    if (k->mode == CASE_CREATE && !m.application && !m.tables)
        return make_case(k, error);
    return check_marks(k, &m, error) &&
           schema_check(k, m.version, NULL, NULL, error) &&
           (m.version == schema_newest() || migrate_case(k, error));
}

/* A case may come from anyone: what its schema holds must not run. */
static void distrust_schema(struct kase *k)
{
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

static bool prepare_connection(struct kase *k, GError **error)
{
    sqlite3_busy_handler(k->db, wait_for_writer, NULL);
    sqlite3_extended_result_codes(k->db, 1);
    distrust_schema(k);
    if (k->mode != CASE_READ && sqlite3_db_readonly(k->db, "main") == 1)
        return complain(
            k, error, ATTEST_ERROR_IO,
            "the case cannot be written to: its file is read-only");
    /* Commits are few, so each may wait for the disk; what is sorted stays out
       of folders for temporary files. */
    return run_sql(
        k,
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -32768; PRAGMA cell_size_check = ON;"
        "PRAGMA recursive_triggers = ON; PRAGMA temp_store = MEMORY",
        error);
}

/*
 * A case in a folder that cannot be written to has no place for SQLite's
 * files beside it; without a writer's log there it can be read all the same.
 */
static bool open_unchanging(struct kase *k, const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *escaped = g_uri_escape_string(path, "/", TRUE);
    g_autofree char *uri = g_strdup_printf("file:%s?immutable=1", escaped);
    GStatBuf at;

    if (k->mode != CASE_READ || (g_stat(log, &at) == 0 && at.st_size > 0))
        return false;
    g_hash_table_remove_all(k->idle);
    sqlite3_close_v2(k->db);
    k->db = NULL;
    return sqlite3_open_v2(
               uri, &k->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) ==
           SQLITE_OK;
}

static bool lacks_place(struct kase *k)
{
    int code = sqlite3_errcode(k->db) & 0xff;

    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
}

static bool open_checked(struct kase *k, const char *path, GError **error)
{
    static const int flags[] = {
        [CASE_READ] = SQLITE_OPEN_READONLY,
        [CASE_WRITE] = SQLITE_OPEN_READWRITE,
        [CASE_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    };
    int64_t unused;

    if (sqlite3_open_v2(path, &k->db, flags[k->mode], NULL) != SQLITE_OK)
        return store_complain(k, error);
    if (!number_find(k, "PRAGMA application_id", &unused, NULL, "") &&
        lacks_place(k) && !open_unchanging(k, path))
        return store_complain(k, error);
    return prepare_connection(k, error) && check_or_make(k, error);
}

/* What can be told without SQLite is told in better words. */
static bool check_path(struct kase *k, const char *path, GError **error)
{
    GStatBuf at;

    if (g_stat(path, &at) != 0) {
        if (errno == ENOENT && k->mode == CASE_CREATE)
            return true;
        return complain(
            k, error, ATTEST_ERROR_IO,
            errno == ENOENT ? "no such case: `attest read` makes one"
                            : g_strerror(errno));
    }
    if (S_ISDIR(at.st_mode))
        return complain(
            k, error, ATTEST_ERROR_IO, "is a folder, not an attest case");
    if (!S_ISREG(at.st_mode))
        return complain(k, error, ATTEST_ERROR_DATA, "is not an attest case");
    return true;
}

static void kase_free(struct kase *k)
{
    g_hash_table_destroy(k->idle);
    g_hash_table_destroy(k->acts);
    sqlite3_close_v2(k->db);
    sames_free(k->sames);
    ledger_free(k->ledger); /* after the statements of its SQL */
    arena_free(k->scratch);
    g_free(k->path);
    g_free(k->now);
    g_free(k);
}

struct kase *
case_open(const char *path, case_mode mode, const char *now, GError **error)
{
    struct kase *k = g_new0(struct kase, 1);
    /* Names that SQLite would take for something else become plain files. */
    g_autofree char *plain =
        path[0] == '/' ? g_strdup(path) : g_strconcat("./", path, NULL);

    k->path = g_filename_display_name(path);
    k->now = g_strdup(now);
    k->mode = mode;
    k->scratch = arena_new();
    k->idle = idle_new();
    k->acts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!check_path(k, plain, error) || !open_checked(k, plain, error)) {
        kase_free(k);
        return NULL;
    }
    return k;
}

bool case_close(struct kase *k, GError **error)
{
    bool saved;

    if (!k)
        return true;
    saved = case_save(k, error);
    kase_free(k);
    return saved;
}

/* --- batches --------------------------------------------------------- */

void batch_reset(struct kase *k)
{
    k->run = 0;
    k->pending = 0;
    k->pending_size = 0;
    k->unsearchable = 0;
    g_hash_table_remove_all(k->acts);
    custody_close(k);
}

static bool begin(struct kase *k, GError **error)
{
    if (k->mode == CASE_READ || !k->now)
        return complain(
            k, error, ATTEST_ERROR_IO, "the case is open for reading only");
    if (!sqlite3_get_autocommit(k->db))
        return true;
    if (!run_sql(k, "BEGIN IMMEDIATE", error))
        return false;
    k->begun = g_get_monotonic_time();
    return custody_open(k, error);
}

static bool
add_run(struct kase *k, const char *who, int64_t *run, GError **error)
{
    if (!row_add(
            k, "INSERT INTO run (at, program, who) VALUES (?, ?, ?)", error,
            "ttt", k->now, "attest " ATTEST_VERSION, who))
        return false;
    *run = sqlite3_last_insert_rowid(k->db);
    return true;
}

bool batch_open(struct kase *k, GError **error)
{
    return begin(k, error) && (k->run || add_run(k, NULL, &k->run, error));
}

bool ruling_open(struct kase *k, const char *who, int64_t *run, GError **error)
{
    return case_save(k, error) && begin(k, error) &&
           add_run(k, who, run, error);
}

bool ruling_close(struct kase *k, bool good, GError **error)
{
    if (good)
        return case_save(k, error);
    sqlite3_exec(k->db, "ROLLBACK", NULL, NULL, NULL);
    batch_reset(k);
    return false;
}

void case_set_time(struct kase *k, const char *now)
{
    g_free(k->now);
    k->now = g_strdup(now);
    k->run = 0;
}

bool case_save(struct kase *k, GError **error)
{
    if (sqlite3_get_autocommit(k->db)) {
        /* After some failures SQLite itself has rolled back. */
        k->pending = 0;
        return true;
    }
    if (!search_add(k, error) || !custody_take(k, error) ||
        !run_sql(k, "COMMIT", error)) {
        complain_lost(k, error);
        sqlite3_exec(k->db, "ROLLBACK", NULL, NULL, NULL);
        batch_reset(k);
        return false;
    }
    k->pending = 0;
    k->pending_size = 0;
    custody_close(k);
    return true;
}

bool batch_close_if_full(struct kase *k, GError **error)
{
    if (k->pending < BATCH_DOCUMENTS && k->pending_size < BATCH_SIZE &&
        g_get_monotonic_time() - k->begun < BATCH_MICROSECONDS)
        return true;
    if (!case_save(k, error))
        return false;
    g_usleep(POLL_MICROSECONDS * 2); /* let another writer in */
    return true;
}

bool case_log(
    struct kase *k, const char *what, const char *particulars, GError **error)
{
    return batch_open(k, error) &&
           row_add(
               k, "INSERT INTO log (run, what, particulars) VALUES (?, ?, ?)",
               error, "itt", k->run, what, particulars) &&
           case_save(k, error);
}
