#include "case/custody.h"

#include <string.h>

/* --- which tables ----------------------------------------------------- */

/*
 * Every table but that of entries: a new one is covered without being named
 * here.  Its key must be its first column, and grow with each transaction.
 */
#define TABLES                                                                 \
    "SELECT t.name, "                                                          \
    "(SELECT name FROM pragma_table_info(t.name) WHERE pk = 1), "              \
    "(SELECT group_concat(name, ', ') FROM pragma_table_info(t.name) "         \
    "WHERE pk > 0) FROM pragma_table_list t "                                  \
    "WHERE t.schema = 'main' AND t.type = 'table' AND t.name <> 'entry' "      \
    "AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name"

static struct covered load_table(sqlite3_stmt *at)
{
    const char *name = (const char *)sqlite3_column_text(at, 0);
    const char *key = (const char *)sqlite3_column_text(at, 1);
    const char *order = (const char *)sqlite3_column_text(at, 2);

    return (struct covered){
        .name = g_strdup(name),
        .rows = g_strdup_printf(
            "SELECT * FROM %s WHERE %s BETWEEN ? AND ? ORDER BY %s", name, key,
            order),
        .last = g_strdup_printf("SELECT max(%s) FROM %s", key, name),
        .next = NOT_TOLD,
    };
}

static struct ledger *ledger_new(struct kase *k, GError **error)
{
    GArray *tables = g_array_new(FALSE, FALSE, sizeof(struct covered));
    struct ledger *made = g_new0(struct ledger, 1);
    LEASE l = rows_open(k, TABLES, error, "");

    while (rows_take(&l, error)) {
        struct covered t = load_table(l.at);

        g_array_append_val(tables, t);
    }
    made->count = tables->len;
    made->tables = (struct covered *)(void *)g_array_free(tables, FALSE);
    if (!l.failed)
        return made;
    ledger_free(made);
    return NULL;
}

void ledger_free(struct ledger *l)
{
    for (uint32_t i = 0; l && i < l->count; i++) {
        g_free(l->tables[i].name);
        g_free(l->tables[i].rows);
        g_free(l->tables[i].last);
    }
    if (l)
        g_free(l->tables);
    g_free(l);
}

static int64_t key_after(int64_t key)
{
    return key < G_MAXINT64 ? key + 1 : key;
}

void ledger_advance(struct ledger *l, const struct summed *s)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (s->ends[i] != NOT_TOLD)
            l->tables[i].next = key_after(s->ends[i]);
}

/* --- rows as bytes ---------------------------------------------------- */

/* These never begin a column: no table has so many. */
enum { TABLE_MARK = 0xfe, ROW_END = 0xff };

static void append_byte(GByteArray *to, int byte)
{
    const guint8 b = (guint8)byte;

    g_byte_array_append(to, &b, 1);
}

static void append_number(GByteArray *to, uint64_t number)
{
    uint64_t big = GUINT64_TO_BE(number);

    g_byte_array_append(to, (const guint8 *)&big, sizeof big);
}

static void append_bytes(GByteArray *to, const void *at, size_t size)
{
    append_number(to, size);
    if (size)
        g_byte_array_append(to, at, (guint)size);
}

static void append_real(GByteArray *to, double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    append_number(to, bits);
}

/* NULL is told by a column's absence, so that one that a later schema adds
   changes no hash. */
static void append_column(GByteArray *to, sqlite3_stmt *at, int column)
{
    static const char letters[] = {
        [SQLITE_INTEGER] = 'i',
        [SQLITE_FLOAT] = 'r',
        [SQLITE_TEXT] = 't',
        [SQLITE_BLOB] = 'b',
    };
    int type = sqlite3_column_type(at, column);

    if (type == SQLITE_NULL)
        return;
    append_byte(to, column);
    append_byte(to, letters[type]);
    if (type == SQLITE_INTEGER) {
        append_number(to, (uint64_t)sqlite3_column_int64(at, column));
    } else if (type == SQLITE_FLOAT) {
        append_real(to, sqlite3_column_double(at, column));
    } else {
        const void *bytes = sqlite3_column_blob(at, column);

        append_bytes(to, bytes, (size_t)sqlite3_column_bytes(at, column));
    }
}

static void append_row(GByteArray *to, sqlite3_stmt *at)
{
    for (int i = 0; i < sqlite3_column_count(at); i++)
        append_column(to, at, i);
    append_byte(to, ROW_END);
}

/* --- sums ------------------------------------------------------------- */

struct summing {
    struct kase *k;
    struct hashing *sum;
    GByteArray *bytes;
    GError **error;
};

/* Sums the rows of a table up to a key; false if it failed. */
static bool sum_table(
    struct summing *w, const struct covered *t, int64_t to, int64_t *end,
    uint64_t *count)
{
    LEASE l = rows_open(w->k, t->rows, w->error, "ii", t->next, to);

    for (*count = 0; rows_take(&l, w->error); ++*count) {
        g_byte_array_set_size(w->bytes, 0);
        if (!*count) {
            append_byte(w->bytes, TABLE_MARK);
            append_bytes(w->bytes, t->name, strlen(t->name));
        }
        append_row(w->bytes, l.at);
        hashing_add(w->sum, w->bytes->data, w->bytes->len);
        *end = sqlite3_column_int64(l.at, 0);
    }
    return !l.failed;
}

static bool sum_all(
    struct summing *w, const struct ledger *l, const int64_t *ends,
    struct summed *out)
{
    for (uint32_t i = 0; i < l->count; i++) {
        const struct covered *t = &l->tables[i];
        uint64_t count = 0;

        out->ends[i] = NOT_TOLD;
        if (ends[i] != NOT_TOLD &&
            !sum_table(w, t, ends[i], &out->ends[i], &count))
            return false;
        if (!count)
            continue;
        out->is_empty = false;
        g_string_append_printf(
            out->rows, "%s%s %" G_GINT64_FORMAT, out->rows->len ? " " : "",
            t->name, out->ends[i]);
        if (count == 1 && !strcmp(t->name, "document"))
            out->document = out->ends[i];
    }
    return true;
}

bool rows_sum(
    struct kase *k, const struct ledger *l, const int64_t *ends,
    struct summed *out, GError **error)
{
    struct summing w = {
        .k = k,
        .sum = hashing_new(),
        .bytes = g_byte_array_new(),
        .error = error};
    bool good;

    *out = (struct summed){
        .rows = g_string_new(NULL),
        .ends = g_new(int64_t, l->count),
        .is_empty = true};
    good = sum_all(&w, l, ends, out);
    hash_print(hashing_end(w.sum), out->digest);
    g_byte_array_unref(w.bytes);
    return good;
}

void summed_reset(struct summed *s)
{
    if (s->rows)
        g_string_free(s->rows, TRUE);
    g_free(s->ends);
    *s = (struct summed){0};
}

/* --- statements ------------------------------------------------------- */

/* On one line: what comes from outside may hold anything. */
static void append_line(GString *to, const char *name, const char *value)
{
    g_string_append_printf(to, "%s ", name);
    for (; *value; value++) {
        if (*value == '\\')
            g_string_append(to, "\\\\");
        else if (*value == '\n')
            g_string_append(to, "\\n");
        else
            g_string_append_c(to, *value);
    }
    g_string_append_c(to, '\n');
}

/* "document 12 version 1 sha256 9f86... name letter-7.txt" */
static bool
append_document(GString *to, struct kase *k, int64_t id, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT id || ' version ' || version || ' sha256 ' || sha256 || "
        "' name ' || name, container FROM document WHERE id = ?",
        error, "i", id);

    if (rows_take(&l, error)) {
        const char *container = (const char *)sqlite3_column_text(l.at, 1);

        append_line(to, "document", (const char *)sqlite3_column_text(l.at, 0));
        if (container)
            append_line(to, "container", container);
    }
    return !l.failed;
}

GString *statement_print(
    struct kase *k, const struct said *said, const struct summed *s,
    GError **error)
{
    GString *to = g_string_new("attest entry 1\n");

    g_string_append_printf(to, "number %" G_GINT64_FORMAT "\n", said->number);
    append_line(to, "after", said->after);
    append_line(to, "at", said->at);
    append_line(to, "what", said->what);
    if (said->document && !append_document(to, k, said->document, error)) {
        g_string_free(to, TRUE);
        return NULL;
    }
    append_line(to, "rows", s->rows->str);
    append_line(to, "digest", s->digest);
    return to;
}

/* --- entries ---------------------------------------------------------- */

#define AND_MORE                                                               \
    " || iif(count(*) > 1, ' and ' || (count(*) - 1) || ' more', '')"

/* What was done, told by the first table of these that has new rows, from key
   ?1 on. */
static const struct deed {
    const char *table, *words;
} deeds[] = {
    {"document", "SELECT 'reading of d' || min(id)" AND_MORE
                 " FROM document WHERE id >= ?"},
    {"correction",
     "SELECT 'correction of c' || min(c.replaces)" AND_MORE
     " FROM correction x JOIN claim c ON c.id = x.claim WHERE x.claim >= ?"},
    {"decision", "SELECT 'decision on c' || min(claim)" AND_MORE
                 " FROM decision WHERE id >= ?"},
    {"note",
     "SELECT 'note on c' || min(claim)" AND_MORE " FROM note WHERE id >= ?"},
    {"second", "SELECT 'second reader for c' || min(claim)" AND_MORE
               " FROM second WHERE id >= ?"},
    {"ruling", "SELECT 'ruling on p' || one || ' and p' || other FROM ruling "
               "WHERE id >= ?"},
    {"event_ruling",
     "SELECT 'ruling on the events of c' || one || ' and c' || other "
     "FROM event_ruling WHERE id >= ?"},
    {"description",
     "SELECT 'description of d' || min(document) || iif(count(DISTINCT "
     "document) > 1, ' and ' || (count(DISTINCT document) - 1) || ' more', '') "
     "FROM description WHERE id >= ?"},
    {"log", "SELECT what FROM log WHERE id >= ?"},
};

static int64_t
next_if_added(const struct ledger *l, const struct summed *s, const char *table)
{
    for (uint32_t i = 0; i < l->count; i++)
        if (!strcmp(l->tables[i].name, table))
            return s->ends[i] == NOT_TOLD ? NOT_TOLD : l->tables[i].next;
    return NOT_TOLD;
}

/* In words; g_free it.  NULL with the error. */
static char *deed_find(struct kase *k, const struct summed *s, GError **error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
        int64_t from = next_if_added(k->ledger, s, deeds[i].table);
        LEASE l = {0};

        if (from == NOT_TOLD)
            continue;
        l = rows_open(k, deeds[i].words, error, "i", from);
        if (rows_take(&l, error))
            return g_strdup((const char *)sqlite3_column_text(l.at, 0));
        return l.failed ? NULL : g_strdup(deeds[i].table);
    }
    return g_strdup("opening");
}

/* The number and hash of the newest entry; 0 and "nothing" where none is. */
static bool
find_newest(struct kase *k, int64_t *number, char *hash, GError **error)
{
    LEASE l = rows_open(
        k, "SELECT id, lower(hex(hash)) FROM entry ORDER BY id DESC LIMIT 1",
        error, "");

    *number = 0;
    g_strlcpy(hash, "nothing", HASH_HEX);
    if (rows_take(&l, error)) {
        *number = sqlite3_column_int64(l.at, 0);
        g_strlcpy(hash, (const char *)sqlite3_column_text(l.at, 1), HASH_HEX);
    }
    return !l.failed;
}

static bool add_entry(
    struct kase *k, const char *what, const struct summed *s, int64_t document,
    GError **error)
{
    char after[HASH_HEX];
    struct said said = {
        .document = document, .after = after, .at = k->now, .what = what};
    struct hash hash;
    GString *words;
    bool good;

    if (!find_newest(k, &said.number, after, error))
        return false;
    said.number++;
    words = statement_print(k, &said, s, error);
    if (!words)
        return false;
    hash = merkle_leaf((struct str){words->str, words->len});
    good = row_add(
        k,
        "INSERT INTO entry (id, document, statement, hash) VALUES (?, ?, ?, ?)",
        error, "izsb", said.number, document,
        (struct str){words->str, words->len},
        (struct str){(const char *)hash.at, sizeof hash.at});
    g_string_free(words, TRUE);
    return good;
}

/* `what` may be NULL: then it is told by the rows. */
static bool take(struct kase *k, const char *what, GError **error)
{
    g_autofree int64_t *ends = g_new(int64_t, k->ledger->count);
    g_autofree char *found = NULL;
    SUMMED s = {0};

    for (uint32_t i = 0; i < k->ledger->count; i++)
        ends[i] = G_MAXINT64;
    if (!rows_sum(k, k->ledger, ends, &s, error))
        return false;
    if (s.is_empty)
        return true;
    if (!what)
        what = found = deed_find(k, &s, error);
    if (!what || !add_entry(k, what, &s, s.document, error))
        return false;
    ledger_advance(k->ledger, &s);
    return true;
}

bool custody_take(struct kase *k, GError **error)
{
    return !k->ledger || !k->ledger->is_open || take(k, NULL, error);
}

static bool make_ledger(struct kase *k, GError **error)
{
    if (!k->ledger)
        k->ledger = ledger_new(k, error);
    return k->ledger != NULL;
}

bool custody_open(struct kase *k, GError **error)
{
    int64_t last;

    if (!make_ledger(k, error))
        return false;
    for (uint32_t i = 0; i < k->ledger->count; i++) {
        struct covered *t = &k->ledger->tables[i];

        if (!number_find(k, t->last, &last, error, ""))
            return false;
        t->next = key_after(last);
    }
    k->ledger->is_open = true;
    return true;
}

bool custody_rewind(struct kase *k, GError **error)
{
    if (!make_ledger(k, error))
        return false;
    for (uint32_t i = 0; i < k->ledger->count; i++)
        k->ledger->tables[i].next = NOT_TOLD;
    return true;
}

void custody_close(struct kase *k)
{
    if (k->ledger)
        k->ledger->is_open = false;
}

/* --- the first entries -------------------------------------------------- */

/* Each document gets an entry of its own, so that there is a receipt for it. */
static bool name_documents(struct kase *k, GError **error)
{
    LEASE l = rows_open(k, "SELECT id FROM document ORDER BY id", error, "");
    g_autofree int64_t *ends = g_new(int64_t, k->ledger->count);
    SUMMED none = {0};

    for (uint32_t i = 0; i < k->ledger->count; i++)
        ends[i] = NOT_TOLD;
    if (!rows_sum(k, k->ledger, ends, &none, error))
        return false;
    while (rows_take(&l, error)) {
        int64_t id = sqlite3_column_int64(l.at, 0);
        g_autofree char *what =
            g_strdup_printf("taking over of d%" G_GINT64_FORMAT, id);

        if (!add_entry(k, what, &none, id, error))
            return false;
    }
    return !l.failed;
}

bool custody_start(struct kase *k, GError **error)
{
    int64_t documents;
    bool good =
        make_ledger(k, error) &&
        number_find(k, "SELECT count(*) FROM document", &documents, error, "");

    if (!good || !take(
                     k,
                     documents ? "taking over of a case that kept no log"
                               : "beginning of the case",
                     error))
        return false;
    return name_documents(k, error);
}
