/* How claims spread over time, places and company. */
#include "index/inside.h"

#include <stdlib.h>
#include <string.h>

/* --- time ----------------------------------------------------------------- */

enum unit { UNIT_DAY, UNIT_MONTH, UNIT_YEAR };
enum {
    EPOCH = 719163,
    DAY_FIRST = 1 - EPOCH,      /* 0001-01-01 */
    DAY_LAST = 3652059 - EPOCH, /* 9999-12-31 */
    DAYS_MOST = BUCKETS_MOST,
    MONTHS_MOST_DAYS = 31 * 360,
    YEARS_MOST_DAYS = 365 * BUCKETS_MOST
};

/* Days of what is counted, in any order. */
struct days_counted {
    int32_t *days;
    uint32_t count;
};

/* The first day of the month or year after that of `day`. */
static int32_t unit_end(int32_t day, enum unit unit)
{
    GDate date;

    if (unit == UNIT_DAY)
        return day + 1;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + EPOCH));
    g_date_set_day(&date, 1);
    if (unit == UNIT_YEAR) {
        g_date_set_month(&date, G_DATE_JANUARY);
        g_date_add_years(&date, 1);
    } else {
        g_date_add_months(&date, 1);
    }
    return (int32_t)g_date_get_julian(&date) - EPOCH;
}

static int32_t unit_start(int32_t day, enum unit unit)
{
    GDate date;

    if (unit == UNIT_DAY)
        return day;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(day + EPOCH));
    g_date_set_day(&date, 1);
    if (unit == UNIT_YEAR)
        g_date_set_month(&date, G_DATE_JANUARY);
    return (int32_t)g_date_get_julian(&date) - EPOCH;
}

static enum unit unit_for(int64_t days)
{
    return days <= DAYS_MOST          ? UNIT_DAY
           : days <= MONTHS_MOST_DAYS ? UNIT_MONTH
                                      : UNIT_YEAR;
}

/* How many there are of each day from the first to the last. */
static uint32_t *count_days(const struct days_counted *d, struct timeline *out)
{
    uint32_t *counts;

    out->first = out->last = d->days[0];
    for (uint32_t i = 1; i < d->count; i++) {
        out->first = MIN(out->first, d->days[i]);
        out->last = MAX(out->last, d->days[i]);
    }
    counts = g_new0(uint32_t, (gsize)(out->last - out->first) + 1);
    for (uint32_t i = 0; i < d->count; i++)
        counts[d->days[i] - out->first]++;
    return counts;
}

/* Buckets without anything stand too; what comes before the last BUCKETS_MOST
   is in the first. */
static void fill_buckets(const uint32_t *counts, struct timeline *out)
{
    static const char *const units[] = {"day", "month", "year"};
    enum unit unit = unit_for((int64_t)out->last - out->first + 1);
    int32_t from = unit_start(out->first, unit), day = out->first;

    if (unit == UNIT_YEAR && out->last - from >= YEARS_MOST_DAYS)
        from = unit_start(out->last - 365 * (BUCKETS_MOST - 2), unit);
    out->unit = units[unit];
    while (from <= out->last && out->count < BUCKETS_MOST) {
        int32_t end = unit_end(from, unit);

        out->buckets[out->count].from = from;
        out->buckets[out->count].to = end - 1;
        for (; day <= out->last && day < end; day++)
            out->buckets[out->count].count += counts[day - out->first];
        out->count++;
        from = end;
    }
}

static void make_timeline(struct days_counted *d, struct timeline *out)
{
    out->unit = "day";
    out->first = out->last = DAY_NONE;
    if (d->count) {
        g_autofree uint32_t *counts = count_days(d, out);

        fill_buckets(counts, out);
    }
    g_free(d->days);
}

static struct days_counted days_new(struct timeline *out, uint32_t most)
{
    memset(out, 0, sizeof *out);
    return (struct days_counted){g_new(int32_t, (gsize)most + 1), 0};
}

/* Days that GDate cannot count are none. */
static void take_day(struct days_counted *d, struct timeline *out, int32_t day)
{
    if (day == DAY_NONE || day < DAY_FIRST || day > DAY_LAST)
        out->undated++;
    else
        d->days[d->count++] = day;
}

void index_count_time(const struct filter *f, struct timeline *out)
{
    const struct index *x = filter_index(f);
    struct days_counted d = days_new(out, x->claims_count);

    for (uint32_t i = 0; i < x->claims_count; i++)
        if (!filter_misses(f, i))
            take_day(&d, out, x->claims[i].first);
    make_timeline(&d, out);
}

void index_count_days(
    const struct index *x, const uint32_t *claims, uint32_t count,
    struct timeline *out)
{
    struct days_counted d = days_new(out, count);

    for (uint32_t i = 0; i < count; i++)
        take_day(&d, out, x->claims[claims[i]].first);
    make_timeline(&d, out);
}

void index_count_documents(const struct index *x, struct timeline *out)
{
    struct days_counted d = days_new(out, x->documents_count);

    for (uint32_t i = 0; i < x->documents_count; i++)
        take_day(&d, out, x->documents[i].day);
    make_timeline(&d, out);
}

/* --- tallies -------------------------------------------------------------- */

int index_tally_cmp(const void *x, const void *y)
{
    const struct index_tally *a = x, *b = y;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Those counted at all, most first. */
static struct index_tally *list_tallies(
    struct arena *a, const uint32_t *counts, uint32_t all, uint32_t *count)
{
    struct index_tally *out;

    *count = 0;
    for (uint32_t i = 0; i < all; i++)
        *count += counts[i] > 0;
    out = arena_make(a, struct index_tally, *count);
    *count = 0;
    for (uint32_t i = 0; i < all; i++)
        if (counts[i])
            out[(*count)++] = (struct index_tally){i, counts[i]};
    array_sort(out, *count, sizeof *out, index_tally_cmp);
    return out;
}

struct index_tally *index_count_places(
    const struct filter *f, struct arena *a, uint32_t *count,
    uint32_t *unplaced)
{
    const struct index *x = filter_index(f);
    g_autofree uint32_t *counts = g_new0(uint32_t, (gsize)x->parties_count + 1);

    *unplaced = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        const struct index_claim *c = &x->claims[i];
        bool is_placed = false;

        if (filter_misses(f, i))
            continue;
        for (int r = ROLE_PLACE; r < ROLE_COUNT; r++) {
            uint32_t party = index_party_of(x, c->roles[r]);

            if (party == NOWHERE || !x->parties[party].precision)
                continue;
            counts[party]++;
            is_placed = true;
        }
        *unplaced += !is_placed;
    }
    return list_tallies(a, counts, x->parties_count, count);
}

/* --- company -------------------------------------------------------------- */

void index_mark_sightings(
    const struct index *x, uint32_t party, uint8_t mark, uint8_t *marks)
{
    uint32_t first = x->first_of_party[party], at = first;

    if (first == NOWHERE)
        return;
    do {
        marks[at] = mark;
        at = x->next_of_party[at];
    } while (at != first);
}

static unsigned
part_of(const uint8_t *marks, uint32_t sighting, enum told_part part)
{
    return sighting != NOWHERE && marks[sighting] ? part : 0;
}

static unsigned parts_of(const uint8_t *marks, const struct index_claim *c)
{
    const uint32_t *r = c->roles;

    return part_of(marks, r[ROLE_ACTOR], TOLD_BY) |
           part_of(marks, r[ROLE_TARGET], TOLD_ON) |
           part_of(marks, c->source, TOLD_OF) |
           part_of(marks, r[ROLE_PLACE], TOLD_THERE) |
           part_of(marks, r[ROLE_ORIGIN], TOLD_THERE) |
           part_of(marks, r[ROLE_DESTINATION], TOLD_THERE);
}

void index_list_told(
    const struct index *x, struct arena *a, uint32_t party,
    struct index_told *out)
{
    g_autofree uint8_t *marks = g_new0(uint8_t, (gsize)x->sightings_count + 1);
    GArray *claims = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GByteArray *parts = g_byte_array_new();

    index_mark_sightings(x, party, 1, marks);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint8_t part = (uint8_t)parts_of(marks, &x->claims[i]);

        if (!part)
            continue;
        g_array_append_val(claims, i);
        g_byte_array_append(parts, &part, 1);
    }
    *out = (struct index_told){
        arena_make(a, uint32_t, claims->len + 1),
        arena_make(a, uint8_t, claims->len + 1), claims->len};
    if (claims->len) {
        memcpy(out->claims, claims->data, claims->len * sizeof(uint32_t));
        memcpy(out->parts, parts->data, parts->len);
    }
    g_array_free(claims, TRUE);
    g_byte_array_unref(parts);
}

struct index_tally *index_count_ties(
    const struct index *x, struct arena *a, uint32_t party, uint32_t limit,
    uint32_t *count)
{
    g_autofree uint32_t *counts = g_new0(uint32_t, (gsize)x->parties_count + 1);
    struct index_told told;
    struct index_tally *out;

    index_list_told(x, a, party, &told);
    for (uint32_t i = 0; i < told.count; i++) {
        const struct index_claim *c = &x->claims[told.claims[i]];
        const uint32_t who[] = {
            c->roles[ROLE_ACTOR], c->roles[ROLE_TARGET], c->source};

        if (c->verdict == VERDICT_REJECTED || told.parts[i] == TOLD_THERE)
            continue;
        for (int k = 0; k < 3; k++) {
            uint32_t other = index_party_of(x, who[k]);

            if (other != NOWHERE && other != party)
                counts[other]++;
        }
    }
    out = list_tallies(a, counts, x->parties_count, count);
    *count = MIN(*count, limit);
    return out;
}
