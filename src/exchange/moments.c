/*
 * When: the times that claims tell, and the document's own.
 */
#include "exchange/incident.h"

#include <stdio.h>
#include <string.h>

struct day {
    int year, month, day;
};

static bool day_read(const char *text, struct day *out)
{
    return text &&
           sscanf(text, "%d-%d-%d", &out->year, &out->month, &out->day) == 3;
}

static int days_of(struct day d)
{
    GDate date;

    if (!g_date_valid_dmy(
            (GDateDay)d.day, (GDateMonth)d.month, (GDateYear)d.year))
        return 0;
    g_date_set_dmy(
        memset(&date, 0, sizeof(date)), (GDateDay)d.day, (GDateMonth)d.month,
        (GDateYear)d.year);
    return (int)g_date_get_julian(&date);
}

static const char *span_words(const struct moment *m, int length)
{
    return m->day         ? "day"
           : m->month     ? "month"
           : length > 400 ? "years"
           : m->year      ? "year"
                          : "none";
}

static const char *distance(int days)
{
    return days < 0       ? "to come"
           : days == 0    ? "today"
           : days <= 7    ? "a week"
           : days <= 31   ? "a month"
           : days <= 183  ? "half a year"
           : days <= 400  ? "a year"
           : days <= 1100 ? "three years"
                          : "long ago";
}

static void
add_roles(const struct report *r, const struct told *t, struct traits *traits)
{
    for (uint32_t i = 0; i < r->part_count; i++) {
        const struct part *p = &r->parts[i];

        if (&r->page.at[p->told] == t && p->role == ROLE_TARGET &&
            r->named[p->named].harmed > 1)
            trait_add(traits, "of someone harmed");
    }
}

static struct traits moment_traits(
    const struct report *r, const struct told *t, const struct moment *m,
    const int *ago, int length)
{
    struct traits traits = {.a = r->a};

    trait_add(&traits, "act %s", t->act);
    trait_add(&traits, "span %s", span_words(m, length));
    trait_add(&traits, "depth %s", sentence_depth(t->sentence));
    trait_add(&traits, "%s", t->stance);
    if (ago)
        trait_add(
            &traits, "ago %s, span %s", distance(*ago), span_words(m, length));
    if (told_harms(r, t)) {
        trait_add(&traits, "harm");
        trait_add(&traits, "harm, span %s", span_words(m, length));
        trait_add(&traits, "harm, depth %s", sentence_depth(t->sentence));
    }
    add_roles(r, t, &traits);
    traits_of_sentence(r, t->sentence, &traits);
    return traits;
}

static bool
moment_read(const struct report *r, const struct told *t, struct moment *out)
{
    struct day first, last, today;
    int length, ago;
    bool has_today = day_read(r->page.document->date, &today);

    if (!t->id || !day_read(t->first, &first) || !day_read(t->last, &last) ||
        first.year < 1)
        return false;
    length = days_of(last) - days_of(first);
    *out = (struct moment){.told = t, .year = first.year};
    if (first.year == last.year && first.month == last.month) {
        out->month = first.month;
        out->day = first.day == last.day ? first.day : 0;
    }
    if (has_today)
        ago = days_of(today) - days_of(first);
    out->traits = moment_traits(r, t, out, has_today ? &ago : NULL, length);
    return true;
}

static void add_first(struct moments *all)
{
    for (uint32_t i = 0; i < all->count; i++) {
        struct moment *m = &all->at[i];
        uint32_t same_month = 0, same_year = 0;

        for (uint32_t n = 0; n < all->count; n++) {
            same_year += all->at[n].year == m->year;
            same_month +=
                all->at[n].year == m->year && all->at[n].month == m->month;
        }
        trait_add(&m->traits, "of its year %s", count_size(same_year));
        trait_add(&m->traits, "of its month %s", count_size(same_month));
        if (i == 0)
            trait_add(&m->traits, "first time told");
    }
}

static void add_own(const struct report *r, struct moments *all)
{
    struct moment *m = &all->at[all->count];
    struct day today;

    if (!day_read(r->page.document->date, &today))
        return;
    *m = (struct moment){
        .year = today.year, .month = today.month, .traits = {.a = r->a}};
    trait_add(&m->traits, "the document's own");
    trait_add(&m->traits, "own, beside %s", count_size(all->count));
    all->count++;
}

struct moments moments_find(const struct report *r)
{
    struct moments all = {
        arena_make(r->a, struct moment, r->page.count + 1), 0};

    for (uint32_t i = 0; i < r->page.count; i++)
        if (moment_read(r, &r->page.at[i], &all.at[all.count]))
            all.count++;
    add_first(&all);
    add_own(r, &all);
    return all;
}
