/* Does the case still say what was put into it?  Everything is recomputed. */
#include "case/custody.h"

#include <string.h>

struct verifying {
    struct kase *k;
    struct arena *a; /* of the result */
    struct verified *out;
    GArray *leaves;        /* struct hash, of the entries that hold */
    char before[HASH_HEX]; /* the last of them */
    int64_t *ends;         /* by table, of the entry looked at */
    GError **error;
};

/* --- what a statement says -------------------------------------------- */

/* The value of a line that begins with `name`, in `a`; "" where none does. */
static const char *
line_find(struct arena *a, const char *statement, const char *name)
{
    size_t length = strlen(name);
    const char *end;

    for (const char *at = statement; at; at = end ? end + 1 : NULL) {
        end = strchr(at, '\n');
        if (!strncmp(at, name, length) && at[length] == ' ')
            return arena_copy(
                a, at + length + 1,
                (end ? (size_t)(end - at) : strlen(at)) - length - 1);
    }
    return "";
}

/* "claim 52 document 12"; what is no table is found when comparing. */
static void parse_ends(struct verifying *w, const char *rows)
{
    g_auto(GStrv) words = g_strsplit(rows, " ", -1);
    const struct ledger *l = w->k->ledger;

    for (uint32_t i = 0; i < l->count; i++)
        w->ends[i] = NOT_TOLD;
    for (char **at = words; at[0] && at[1]; at += 2)
        for (uint32_t i = 0; i < l->count; i++)
            if (!strcmp(at[0], l->tables[i].name))
                w->ends[i] = g_ascii_strtoll(at[1], NULL, 10);
}

/* --- one entry -------------------------------------------------------- */

struct stored {
    int64_t id, document;
    const char *statement, *what, *at, *after;
    size_t size; /* of the statement as it stands in the file */
    struct str hash;
};

static struct stored load_entry(struct arena *a, struct lease *l)
{
    const char *statement = column_text(a, l, 2);
    struct stored e = {
        .id = sqlite3_column_int64(l->at, 0),
        .document = sqlite3_column_int64(l->at, 1),
        .statement = statement,
        .size = (size_t)sqlite3_column_bytes(l->at, 2),
        .hash = {
            sqlite3_column_blob(l->at, 3),
            (size_t)sqlite3_column_bytes(l->at, 3)}};

    e.what = line_find(a, statement, "what");
    e.at = line_find(a, statement, "at");
    e.after = line_find(a, statement, "after");
    return e;
}

/* "document 12, \"letter-7.txt\"": for who knows no number. */
static const char *name_document(struct verifying *w, int64_t id)
{
    LEASE l = rows_open(
        w->k, "SELECT name, first_claim, claims FROM document WHERE id = ?",
        NULL, "i", id);
    const char *words = "";

    if (id && rows_take(&l, NULL)) {
        int64_t first = sqlite3_column_int64(l.at, 1);
        int64_t count = sqlite3_column_int64(l.at, 2);

        words =
            arena_print(w->a, ", document \"%s\"", column_text(w->a, &l, 0));
        if (count > 0)
            words = arena_print(
                w->a,
                "%s with claims c%" G_GINT64_FORMAT " to c%" G_GINT64_FORMAT,
                words, first, first + count - 1);
    }
    return words;
}

static void blame(struct verifying *w, const struct stored *e, const char *why)
{
    w->out->fault_entry = e->id;
    w->out->fault = arena_print(
        w->a, "entry %" G_GINT64_FORMAT " (%s, of %s%s) does not hold: %s",
        e->id, e->what, e->at, name_document(w, e->document), why);
}

/* Blames the entry if its own row is not as it was made. */
static bool is_itself(struct verifying *w, const struct stored *e)
{
    struct hash hash =
        merkle_leaf((struct str){e->statement, strlen(e->statement)});
    const char *why = NULL;

    if (e->id != (int64_t)w->leaves->len + 1)
        why = arena_print(
            w->a, "entry %u, which comes before it, is missing",
            w->leaves->len + 1);
    else if (
        e->size != strlen(e->statement) || e->hash.len != sizeof hash.at ||
        memcmp(e->hash.at, hash.at, sizeof hash.at) != 0)
        why = "the entry itself was changed";
    else if (strcmp(e->after, w->before) != 0)
        why = "it was made after another entry than the one that stands "
              "before it";
    if (why)
        blame(w, e, why);
    return !why;
}

/* Sums what it covers and says it all again: is that what it says? */
static bool check_rows(struct verifying *w, const struct stored *e)
{
    struct said said = {
        .number = e->id,
        .document = e->document,
        .after = w->before,
        .at = e->at,
        .what = e->what};
    SUMMED s = {0};
    GString *words;

    if (!rows_sum(w->k, w->k->ledger, w->ends, &s, w->error))
        return false;
    words = statement_print(w->k, &said, &s, w->error);
    if (!words)
        return false;
    if (strcmp(words->str, e->statement) != 0)
        blame(
            w, e,
            s.document || e->document
                ? "the document, its text or what was read from it was changed"
                : "what it added was changed");
    ledger_advance(w->k->ledger, &s);
    g_string_free(words, TRUE);
    return true;
}

static bool check_entry(struct verifying *w, struct lease *l, struct arena *row)
{
    struct stored e = load_entry(row, l);
    struct hash hash;

    if (!is_itself(w, &e))
        return true;
    parse_ends(w, line_find(row, e.statement, "rows"));
    if (!check_rows(w, &e))
        return false;
    memcpy(hash.at, e.hash.at, sizeof hash.at);
    hash_print(hash, w->before);
    g_array_append_val(w->leaves, hash);
    if (e.id == 1)
        w->out->since = arena_copy(w->a, e.at, strlen(e.at));
    return true;
}

static bool check_entries(struct verifying *w)
{
    struct arena *row = arena_new();
    LEASE l = rows_open(
        w->k, "SELECT id, document, statement, hash FROM entry ORDER BY id",
        w->error, "");
    bool good = true;

    while (good && !w->out->fault && rows_take(&l, w->error)) {
        arena_reset(row);
        good = check_entry(w, &l, row);
    }
    arena_free(row);
    return good && !l.failed;
}

/* --- what stands outside the entries ----------------------------------- */

static bool has_more(struct verifying *w, const struct covered *t, bool *out)
{
    LEASE l =
        rows_open(w->k, t->rows, w->error, "ii", t->next, (int64_t)G_MAXINT64);

    *out = rows_take(&l, w->error);
    return !l.failed;
}

static bool check_end(struct verifying *w)
{
    for (uint32_t i = 0; !w->out->fault && i < w->k->ledger->count; i++) {
        const struct covered *t = &w->k->ledger->tables[i];
        bool found;

        if (!has_more(w, t, &found))
            return false;
        if (found)
            w->out->fault = arena_print(
                w->a,
                "the log ends too early: after entry %u there is more in "
                "table %s, which no entry covers",
                w->leaves->len, t->name);
    }
    return true;
}

static bool check_originals(struct verifying *w)
{
    int64_t bad = 0;

    if (!w->out->fault && !originals_check(w->k, &bad, w->error))
        return false;
    if (bad)
        w->out->fault = arena_print(
            w->a,
            "the bytes kept in row %" G_GINT64_FORMAT
            " of table original are not those of their SHA-256",
            bad);
    return true;
}

/* Is what somebody knew of the log before still in it? */
static void check_known(struct verifying *w, const struct tree_head *known)
{
    const struct hash *leaves = (const struct hash *)(void *)w->leaves->data;
    char root[HASH_HEX];

    if (w->out->fault)
        return;
    if (known->size > w->leaves->len) {
        w->out->fault = arena_print(
            w->a, "the log has %u entries; it had %" G_GUINT64_FORMAT,
            w->leaves->len, known->size);
        return;
    }
    hash_print(merkle_root(leaves, known->size), root);
    if (g_ascii_strcasecmp(root, known->root) != 0)
        w->out->fault = arena_print(
            w->a,
            "the first %" G_GUINT64_FORMAT " entries are not those of the "
            "head given: the log was rewritten, or it is of another case",
            known->size);
}

static bool check_all(struct verifying *w, const struct tree_head *known)
{
    char root[HASH_HEX];

    if (!check_entries(w) || !check_end(w) || !check_originals(w))
        return false;
    if (known)
        check_known(w, known);
    hash_print(
        merkle_root(
            (const struct hash *)(void *)w->leaves->data, w->leaves->len),
        root);
    w->out->head = (struct tree_head){
        w->leaves->len, arena_copy(w->a, root, strlen(root))};
    return true;
}

bool case_verify(
    struct kase *k, struct arena *a, const struct tree_head *known,
    struct verified *out, GError **error)
{
    struct verifying w = {
        .k = k, .a = a, .out = out, .before = "nothing", .error = error};
    bool good;

    *out = (struct verified){0};
    if (!custody_rewind(k, error) || !case_begin_reading(k, error))
        return false;
    w.leaves = g_array_new(FALSE, FALSE, sizeof(struct hash));
    w.ends = g_new(int64_t, k->ledger->count);
    good = check_all(&w, known);
    case_end_reading(k);
    g_free(w.ends);
    g_array_free(w.leaves, TRUE);
    return good;
}
