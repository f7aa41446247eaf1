/* Is the case what it should be? */
#include "case/store.h"

#include <string.h>

struct checking {
    struct kase *k;
    void (*fault)(const char *words, void *self);
    void *self;
    struct arena *row; /* of one row */
    GError **error;
};

static void G_GNUC_PRINTF(2, 3)
    tell(struct checking *w, const char *format, ...)
{
    va_list args;
    char *words;

    va_start(args, format);
    words = g_strdup_vprintf(format, args);
    va_end(args);
    w->fault(words, w->self);
    g_free(words);
}

static bool check_file(struct checking *w)
{
    LEASE l = rows_open(w->k, "PRAGMA integrity_check(100)", w->error, "");

    while (rows_take(&l, w->error)) {
        const char *words = (const char *)sqlite3_column_text(l.at, 0);

        if (g_strcmp0(words, "ok") != 0)
            tell(w, "the file: %s", words);
    }
    return !l.failed;
}

static bool check_references(struct checking *w)
{
    LEASE l = rows_open(w->k, "PRAGMA foreign_key_check", w->error, "");
    int told = 0;

    while (rows_take(&l, w->error) && told++ < 100)
        tell(
            w,
            "%s: row %" G_GINT64_FORMAT " names a row of %s that is not there",
            (const char *)sqlite3_column_text(l.at, 0),
            (int64_t)sqlite3_column_int64(l.at, 1),
            (const char *)sqlite3_column_text(l.at, 2));
    return !l.failed;
}

/* --- one document --------------------------------------------------------- */

/* The rows `x` of a table that stand where the document bound to ?1 says. */
#define ROWS_OF(table, first, count)                                           \
    "document d JOIN " table " x ON x.id >= d." first " AND x.id < d." first   \
    " + d." count " AND x.document = d.id WHERE d.id = ?1"
#define OWN_CLAIMS ROWS_OF("claim", "first_claim", "claims")

static const struct counted {
    const char *what, *found, *told;
} counted[] = {
    {"sentences",
     "SELECT count(*) FROM " ROWS_OF("sentence", "first_sentence", "sentences"),
     "SELECT sentences FROM document WHERE id = ?"},
    {"referents",
     "SELECT count(*) FROM " ROWS_OF("referent", "first_referent", "referents"),
     "SELECT referents FROM document WHERE id = ?"},
    {"mentions", "SELECT count(*) FROM mention WHERE document = ?",
     "SELECT mentions FROM document WHERE id = ?"},
    {"attributions",
     "SELECT count(*) FROM " ROWS_OF(
         "attribution", "first_attribution", "attributions"),
     "SELECT attributions FROM document WHERE id = ?"},
    {"claims", "SELECT count(*) FROM " OWN_CLAIMS,
     "SELECT claims FROM document WHERE id = ?"},
    {"roles",
     "SELECT count(*) FROM role WHERE claim IN (SELECT x.id FROM " OWN_CLAIMS
     ")",
     "SELECT roles FROM document WHERE id = ?"},
    {"labels",
     "SELECT count(*) FROM label WHERE claim IN (SELECT x.id FROM " OWN_CLAIMS
     ")",
     "SELECT labels FROM document WHERE id = ?"},
};

/* Rows that no document claims as its own would escape the counts above. */
static const struct counted all_counted[] = {
    {"sentences", "SELECT count(*) FROM sentence",
     "SELECT sum(sentences) FROM document"},
    {"referents", "SELECT count(*) FROM referent",
     "SELECT sum(referents) FROM document"},
    {"attributions", "SELECT count(*) FROM attribution",
     "SELECT sum(attributions) FROM document"},
    {"claims", "SELECT count(*) FROM claim WHERE replaces IS NULL",
     "SELECT sum(claims) FROM document"},
};

/* Where positions stand: in two columns, or as lists in any number. */
static const struct placed {
    const char *what, *sql;
} ranges[] =
    {
        {"sentence", "SELECT x.id, x.start, x.stop FROM " ROWS_OF(
                         "sentence", "first_sentence", "sentences")},
        {"mention",
         "SELECT number, start, stop FROM mention WHERE document = ?1"},
        {"milestone",
         "SELECT number, at, at FROM milestone WHERE document = ?1"},
        {"the part that was read",
         "SELECT id, body_start, body_stop FROM document WHERE id = ?1"},
},
  lists[] = {
      {"attribution", "SELECT x.id, x.source, x.cue, x.content FROM " ROWS_OF(
                          "attribution", "first_attribution", "attributions")},
      {"claim", "SELECT c.id, c.words FROM claim c WHERE " CLAIMS_OF_DOCUMENT},
      {"the time of claim",
       "SELECT c.id, nullif(x.words, '') FROM claim c JOIN moment x ON x.claim = c.id "
       "WHERE " CLAIMS_OF_DOCUMENT},
      {"the figure of claim",
       "SELECT c.id, x.words, x.population FROM claim c JOIN figure x ON "
       "x.claim = c.id WHERE " CLAIMS_OF_DOCUMENT},
      {"a role of claim",
       "SELECT c.id, x.spans FROM claim c JOIN role x ON x.claim = c.id "
       "WHERE " CLAIMS_OF_DOCUMENT},
      {"a label of claim",
       "SELECT c.id, x.spans, x.of_spans FROM claim c JOIN label x ON "
       "x.claim = c.id WHERE " CLAIMS_OF_DOCUMENT},
};

/* `id` 0: all documents. */
static bool check_count(
    struct checking *w, const struct counted *c, int64_t id, const char *name)
{
    const char *types = id ? "i" : "";
    int64_t found, told;

    if (!number_find(w->k, c->found, &found, w->error, types, id) ||
        !number_find(w->k, c->told, &told, w->error, types, id))
        return false;
    if (found != told)
        tell(
            w,
            "%s: %" G_GINT64_FORMAT " %s, but %" G_GINT64_FORMAT " were added",
            name, found, c->what, told);
    return true;
}

static bool check_ranges(
    struct checking *w, const struct page *p, const struct placed *x,
    const char *name)
{
    LEASE l = rows_open(w->k, x->sql, w->error, "i", p->document);

    while (rows_take(&l, w->error)) {
        struct span at;

        if (!span_load(p, &l, 1, &at, NULL))
            tell(
                w,
                "%s: %s %" G_GINT64_FORMAT " stands at %" G_GINT64_FORMAT
                "-%" G_GINT64_FORMAT ", which is no place in the text",
                name, x->what, (int64_t)sqlite3_column_int64(l.at, 0),
                (int64_t)sqlite3_column_int64(l.at, 1),
                (int64_t)sqlite3_column_int64(l.at, 2));
    }
    return !l.failed;
}

static bool check_lists(
    struct checking *w, const struct page *p, const struct placed *x,
    const char *name)
{
    LEASE l = rows_open(w->k, x->sql, w->error, "i", p->document);

    while (rows_take(&l, w->error)) {
        arena_reset(w->row);
        for (int i = 1; i < sqlite3_column_count(l.at); i++) {
            struct spans s;

            if (!spans_load(p, w->row, &l, i, &s, NULL))
                tell(
                    w,
                    "%s: %s %" G_GINT64_FORMAT " has '%s', which is no "
                    "place in the text",
                    name, x->what, (int64_t)sqlite3_column_int64(l.at, 0),
                    (const char *)sqlite3_column_text(l.at, i));
        }
    }
    return !l.failed;
}

static void check_text(
    struct checking *w, const struct page *p, const char *name,
    const char *sha256)
{
    char hash[HASH_HEX];

    hash_print(hash_of(p->text), hash);
    if (g_strcmp0(hash, sha256) != 0)
        tell(w, "%s: the text is not the one that was added", name);
}

static bool check_document(
    struct checking *w, int64_t id, const char *name, const char *sha256)
{
    GError *fault = NULL;
    struct page p;
    bool good = true;

    if (!page_open(&p, w->k, id, &fault)) {
        tell(w, "%s: its text cannot be had", name);
        g_error_free(fault);
        return true;
    }
    check_text(w, &p, name, sha256);
    for (size_t i = 0; good && i < G_N_ELEMENTS(counted); i++)
        good = check_count(w, &counted[i], id, name);
    for (size_t i = 0; good && i < G_N_ELEMENTS(ranges); i++)
        good = check_ranges(w, &p, &ranges[i], name);
    for (size_t i = 0; good && i < G_N_ELEMENTS(lists); i++)
        good = check_lists(w, &p, &lists[i], name);
    page_close(&p);
    return good;
}

static bool check_documents(struct checking *w)
{
    LEASE l = rows_open(
        w->k, "SELECT id, name, text_sha256 FROM document ORDER BY id",
        w->error, "");

    while (rows_take(&l, w->error)) {
        struct arena *a = arena_new();
        const char *name = column_text(a, &l, 1);
        bool good = check_document(
            w, sqlite3_column_int64(l.at, 0), name ? name : "(no name)",
            column_text(a, &l, 2));

        arena_free(a);
        if (!good)
            return false;
    }
    for (size_t i = 0; !l.failed && i < G_N_ELEMENTS(all_counted); i++)
        if (!check_count(w, &all_counted[i], 0, "all documents"))
            return false;
    return !l.failed;
}

static bool check_search(struct checking *w)
{
    struct search_sum sum;

    if (!search_compare(w->k, &sum, w->error))
        return false;
    if (!sum.is_same)
        tell(
            w,
            "the search index differs from the texts: it holds "
            "%" G_GINT64_FORMAT " words, the texts %" G_GINT64_FORMAT,
            sum.stored, sum.expected);
    return true;
}

static void tell_missing(const char *what, const char *name, void *self)
{
    tell(
        self,
        "the %s %s is missing: someone changed the case with another "
        "program",
        what, name);
}

static bool check_all(struct checking *w)
{
    return check_file(w) &&
           schema_check(w->k, schema_newest(), tell_missing, w, w->error) &&
           check_references(w) && check_documents(w) && check_search(w);
}

bool case_check(
    struct kase *k, void (*fault)(const char *words, void *self), void *self,
    GError **error)
{
    struct checking w = {
        .k = k,
        .fault = fault,
        .self = self,
        .row = arena_new(),
        .error = error};
    bool alone = sqlite3_get_autocommit(k->db), good;

    /* One view of the case, whatever others write meanwhile. */
    good = search_add(k, error) && (!alone || run_sql(k, "BEGIN", error)) &&
           check_all(&w);
    if (alone)
        sqlite3_exec(k->db, "ROLLBACK", NULL, NULL, NULL);
    arena_free(w.row);
    return good;
}
