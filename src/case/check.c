/* Is the case what it should be? */
#include "case/store.h"

#include <string.h>

struct checking {
    struct kase *k;
    void (*fault)(const char *words, void *self);
    void *self;
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
            w, "%s: row %" G_GINT64_FORMAT " names a row of %s that is not there",
            (const char *)sqlite3_column_text(l.at, 0),
            (int64_t)sqlite3_column_int64(l.at, 1),
            (const char *)sqlite3_column_text(l.at, 2));
    return !l.failed;
}

/* --- one document --------------------------------------------------------- */

static const struct counted {
    const char *what, *sql;
} counted[] = {
    {"sentences", "SELECT count(s.id), d.sentences FROM document d LEFT JOIN "
                  "sentence s ON s.document = d.id WHERE d.id = ?"},
    {"referents", "SELECT count(r.id), d.referents FROM document d LEFT JOIN "
                  "referent r ON r.document = d.id WHERE d.id = ?"},
    {"mentions", "SELECT count(m.number), d.mentions FROM document d LEFT "
                 "JOIN mention m ON m.document = d.id WHERE d.id = ?"},
    {"attributions", "SELECT count(a.id), d.attributions FROM document d LEFT "
                     "JOIN attribution a ON a.document = d.id WHERE d.id = ?"},
    {"claims", "SELECT count(c.id), d.claims FROM document d LEFT JOIN claim "
               "c ON c.document = d.id AND c.replaces IS NULL WHERE d.id = ?"},
    {"roles", "SELECT (SELECT count(*) FROM role r JOIN claim c ON c.id = "
              "r.claim WHERE c.document = d.id AND c.replaces IS NULL), "
              "d.roles FROM document d WHERE d.id = ?"},
    {"labels", "SELECT (SELECT count(*) FROM label x JOIN claim c ON c.id = "
               "x.claim WHERE c.document = d.id AND c.replaces IS NULL), "
               "d.labels FROM document d WHERE d.id = ?"},
};

static bool
check_count(struct checking *w, const struct counted *c, int64_t id, const char *name)
{
    LEASE l = rows_open(w->k, c->sql, w->error, "i", id);
    int64_t found, told;

    if (!rows_take(&l, w->error))
        return !l.failed;
    found = sqlite3_column_int64(l.at, 0);
    told = sqlite3_column_int64(l.at, 1);
    if (found != told)
        tell(
            w, "%s: %" G_GINT64_FORMAT " %s, but %" G_GINT64_FORMAT
            " were added",
            name, found, c->what, told);
    return true;
}

/* Positions that are kept as numbers, and those that are lists. */
static bool
check_ranges(struct checking *w, const struct page *p, const char *sql,
             const char *what, const char *name)
{
    LEASE l = rows_open(w->k, sql, w->error, "i", p->document);

    while (rows_take(&l, w->error)) {
        char *words = g_strdup_printf(
            "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
            (int64_t)sqlite3_column_int64(l.at, 1),
            (int64_t)sqlite3_column_int64(l.at, 2));
        struct arena *a = arena_new();
        struct spans s;

        if (!spans_parse(a, words, p->text.len, &s) ||
            (p->text.at[s.at[0].from] & 0xC0) == 0x80)
            tell(
                w, "%s: %s %" G_GINT64_FORMAT " stands at %s, which is no "
                "place in the text",
                name, what, (int64_t)sqlite3_column_int64(l.at, 0), words);
        arena_free(a);
        g_free(words);
    }
    return !l.failed;
}

static bool
check_lists(struct checking *w, const struct page *p, const char *sql,
            const char *what, const char *name)
{
    LEASE l = rows_open(w->k, sql, w->error, "i", p->document);

    while (rows_take(&l, w->error)) {
        struct arena *a = arena_new();

        for (int i = 1; i < sqlite3_column_count(l.at); i++) {
            struct spans s;

            if (!spans_load(p, a, &l, i, &s, NULL))
                tell(
                    w, "%s: %s %" G_GINT64_FORMAT " has '%s', which is no "
                    "place in the text",
                    name, what, (int64_t)sqlite3_column_int64(l.at, 0),
                    (const char *)sqlite3_column_text(l.at, i));
        }
        arena_free(a);
    }
    return !l.failed;
}

static bool check_text(
    struct checking *w, const struct page *p, const char *name,
    const char *sha256)
{
    char *hash = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)p->text.at, p->text.len);

    if (g_strcmp0(hash, sha256) != 0)
        tell(w, "%s: the text is not the one that was added", name);
    g_free(hash);
    return true;
}

static bool
check_document(struct checking *w, int64_t id, const char *name, const char *sha256)
{
    GError *fault = NULL;
    struct page p;
    bool good = true;

    if (!page_open(&p, w->k, id, &fault)) {
        tell(w, "%s: its text cannot be had", name);
        g_error_free(fault);
        return true;
    }
    for (size_t i = 0; good && i < G_N_ELEMENTS(counted); i++)
        good = check_count(w, &counted[i], id, name);
    good = good && check_text(w, &p, name, sha256) &&
           check_ranges(
               w, &p, "SELECT id, start, stop FROM sentence WHERE document = ?",
               "sentence", name) &&
           check_ranges(
               w, &p,
               "SELECT number, start, stop FROM mention WHERE document = ?",
               "mention", name) &&
           check_lists(
               w, &p,
               "SELECT id, source, cue, content FROM attribution WHERE "
               "document = ?",
               "attribution", name) &&
           check_lists(
               w, &p,
               "SELECT id, words, time, figure, figure_of FROM claim WHERE "
               "document = ?",
               "claim", name) &&
           check_lists(
               w, &p,
               "SELECT r.claim, r.spans FROM role r JOIN claim c ON c.id = "
               "r.claim WHERE c.document = ?",
               "a role of claim", name) &&
           check_lists(
               w, &p,
               "SELECT x.claim, x.spans, x.of_spans FROM label x JOIN claim c "
               "ON c.id = x.claim WHERE c.document = ?",
               "a label of claim", name);
    page_close(&p);
    return good;
}

static bool check_documents(struct checking *w)
{
    LEASE l = rows_open(
        w->k, "SELECT id, name, text_sha256 FROM document ORDER BY id",
        w->error, "");

    while (rows_take(&l, w->error))
        if (!check_document(
                w, sqlite3_column_int64(l.at, 0),
                (const char *)sqlite3_column_text(l.at, 1),
                (const char *)sqlite3_column_text(l.at, 2)))
            return false;
    return !l.failed;
}

static bool check_search(struct checking *w)
{
    int64_t sentences, words;

    if (!number_find(
            w->k, "SELECT count(*) FROM sentence", &sentences, w->error, "") ||
        !number_find(
            w->k, "SELECT count(*) FROM search_docsize", &words, w->error, ""))
        return false;
    if (sentences != words)
        tell(
            w, "the search index holds %" G_GINT64_FORMAT " of %"
            G_GINT64_FORMAT " sentences",
            words, sentences);
    return true;
}

bool case_check(
    struct kase *k, void (*fault)(const char *words, void *self), void *self,
    GError **error)
{
    struct checking w = {
        .k = k, .fault = fault, .self = self, .error = error};

    return check_file(&w) && check_references(&w) && check_documents(&w) &&
           check_search(&w);
}
