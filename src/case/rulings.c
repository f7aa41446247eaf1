/* What reviewers hold of people, groups and places. */
#include "case/roster.h"

#include <string.h>

static const char *const ruling_words[] = {
#define X(name, word) word,
    RULINGS(X)
#undef X
};

const char *ruling_word(enum ruling_verdict v)
{
    return ruling_words[v];
}

static bool check_referent(struct kase *k, int64_t id, GError **error)
{
    int64_t there;

    if (!number_find(
            k, "SELECT count(*) FROM referent WHERE id = ?", &there, error, "i",
            id))
        return false;
    if (there)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "%s: there is no p%" G_GINT64_FORMAT, k->path, id);
    return false;
}

bool case_rule(
    struct kase *k, int64_t one, int64_t other, enum ruling_verdict verdict,
    const char *who, const char *why, GError **error)
{
    int64_t run;

    if (!check_referent(k, one, error) || !check_referent(k, other, error))
        return false;
    return ruling_open(k, who, &run, error) &&
           ruling_close(
               k,
               row_add(
                   k,
                   "INSERT INTO ruling (run, one, other, verdict, why) VALUES "
                   "(?, ?, ?, ?, ?)",
                   error, "iiitt", run, one, other, ruling_words[verdict], why),
               error);
}

/* --- asking ---------------------------------------------------------------- */

enum ruling_verdict ruling_find(const char *word)
{
    for (int i = 0; word && i < RULING_COUNT; i++)
        if (!strcmp(word, ruling_words[i]))
            return (enum ruling_verdict)i;
    return RULING_OPEN;
}

bool case_find_successor(
    struct kase *k, int64_t referent, int64_t *out, GError **error)
{
    return number_find(
        k,
        "SELECT coalesce(min(n.id), 0) FROM referent o "
        "JOIN document was ON was.id = o.document "
        "JOIN document d ON d.name = was.name AND NOT EXISTS "
        "(SELECT 1 FROM document x WHERE x.replaces = d.id) "
        "JOIN referent n ON n.id >= d.first_referent AND "
        "n.id < d.first_referent + d.referents AND n.entity = o.entity "
        "WHERE o.id = ?",
        out, error, "i", referent);
}

static bool place_ruling(
    struct kase *k, const struct roster *r, struct ruling_row *row,
    GError **error)
{
    const int64_t ends[] = {row->one, row->other};

    for (int i = 0; i < 2; i++) {
        int64_t successor = 0;

        row->sightings[i] = roster_sighting(r, ends[i]);
        if (row->sightings[i] != NOWHERE)
            continue;
        if (!case_find_successor(k, ends[i], &successor, error))
            return false;
        row->sightings[i] = roster_sighting(r, successor);
    }
    return true;
}

/* Is there a newer ruling on the two? */
static bool is_known(const GArray *rows, const struct ruling_row *row)
{
    for (guint i = 0; i < rows->len; i++) {
        const struct ruling_row *x = &g_array_index(rows, struct ruling_row, i);

        if (MIN(x->one, x->other) == MIN(row->one, row->other) &&
            MAX(x->one, x->other) == MAX(row->one, row->other))
            return true;
    }
    return false;
}

static bool
load_rows(struct kase *k, struct roster *r, GArray *rows, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT x.id, x.one, x.other, x.verdict, n.who, n.at, x.why "
        "FROM ruling x JOIN run n ON n.id = x.run ORDER BY x.id DESC",
        error, "");

    while (rows_take(&l, error)) {
        struct ruling_row row = {
            .id = sqlite3_column_int64(l.at, 0),
            .one = sqlite3_column_int64(l.at, 1),
            .other = sqlite3_column_int64(l.at, 2),
            .verdict = ruling_find((const char *)sqlite3_column_text(l.at, 3)),
            .who = column_text(r->arena, &l, 4),
            .at = column_text(r->arena, &l, 5),
            .why = column_text(r->arena, &l, 6),
        };

        if (!place_ruling(k, r, &row, error))
            return false;
        if (!is_known(rows, &row))
            g_array_append_val(rows, row);
    }
    return !l.failed;
}

static bool is_lost(const struct ruling_row *row)
{
    return row->sightings[0] == NOWHERE || row->sightings[1] == NOWHERE;
}

/* Those taken back are not kept. */
bool rulings_load(struct kase *k, struct roster *r, GError **error)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct ruling_row));
    bool good = load_rows(k, r, rows, error);

    r->rulings = arena_make(r->arena, struct ruling_row, rows->len);
    r->lost = arena_make(r->arena, struct ruling_row, rows->len);
    for (guint i = 0; i < rows->len; i++) {
        struct ruling_row *row = &g_array_index(rows, struct ruling_row, i);

        if (row->verdict == RULING_OPEN)
            continue;
        if (is_lost(row))
            r->lost[r->lost_count++] = *row;
        else
            r->rulings[r->ruling_count++] = *row;
    }
    g_array_free(rows, TRUE);
    return good;
}
