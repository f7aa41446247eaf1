/* What the claims tell of those who are named: with whom, and when. */
#include "case/roster.h"

#include <stdlib.h>
#include <string.h>

static int16_t year_of(struct lease *l, int column)
{
    const char *day = (const char *)sqlite3_column_text(l->at, column);

    return day ? (int16_t)CLAMP(atoi(day), 0, 9999) : 0;
}

static void add_years(struct sighting *s, int16_t first, int16_t last)
{
    if (!first || !last)
        return;
    s->first_year = s->first_year ? MIN(s->first_year, first) : first;
    s->last_year = MAX(s->last_year, last);
}

bool years_load(
    struct kase *k, struct roster *r, struct sighting *at, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT r.referent, m.first, m.last FROM moment m "
        "JOIN role r ON r.claim = m.claim "
        "WHERE r.referent IS NOT NULL AND m.first IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM claim n WHERE n.replaces = m.claim)",
        error, "");

    while (rows_take(&l, error)) {
        uint32_t i = roster_sighting(r, sqlite3_column_int64(l.at, 0));

        if (i != NOWHERE)
            add_years(&at[i], year_of(&l, 1), year_of(&l, 2));
    }
    return !l.failed;
}

static int by_sighting(const void *x, const void *y)
{
    const struct tie *a = x, *b = y;

    if (a->sighting != b->sighting)
        return a->sighting < b->sighting ? -1 : 1;
    return a->spelling < b->spelling ? -1 : a->spelling > b->spelling;
}

static void
add_tie(const struct roster *r, GArray *ties, uint32_t one, uint32_t other)
{
    struct tie t = {one, r->sightings.at[other].spelling};

    g_array_append_val(ties, t);
}

bool ties_load(struct kase *k, struct roster *r, GError **error)
{
    GArray *ties = g_array_new(FALSE, FALSE, sizeof(struct tie));
    struct tie *kept;
    LEASE l = rows_open(
        k,
        "SELECT x.referent, y.referent FROM role x "
        "JOIN role y ON y.claim = x.claim AND y.part > x.part "
        "WHERE x.referent IS NOT NULL AND y.referent IS NOT NULL AND NOT "
        "EXISTS (SELECT 1 FROM claim n WHERE n.replaces = x.claim)",
        error, "");

    while (rows_take(&l, error)) {
        uint32_t one = roster_sighting(r, sqlite3_column_int64(l.at, 0));
        uint32_t other = roster_sighting(r, sqlite3_column_int64(l.at, 1));

        if (one == NOWHERE || other == NOWHERE || one == other)
            continue;
        add_tie(r, ties, one, other);
        add_tie(r, ties, other, one);
    }
    r->sightings.tie_count = ties->len;
    r->sightings.ties = kept = arena_make(r->arena, struct tie, ties->len);
    if (ties->len)
        memcpy(kept, ties->data, ties->len * sizeof *kept);
    qsort(kept, ties->len, sizeof *kept, by_sighting);
    g_array_free(ties, TRUE);
    return !l.failed;
}
