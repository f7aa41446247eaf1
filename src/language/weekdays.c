/*
 * weekdays.c - days by their place in a week or month: "Friday the 26th",
 * "Sunday, 3 May", "on the 18th".
 */
#include "language/dates.h"
#include "language/units.h"

#include <string.h>

/* --- a day of the month ---------------------------------------------- */

static uint32_t
parse_day_of_month(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t end;

    if (!has_kind(
            s, i,
            SENSE(figure) | SENSE(month) | SENSE(ordinal) | SENSE(ten) |
                SENSE(article)))
        return i;
    end = has_kind(s, i, SENSE(figure)) ? parse_numeric(s, i, w) : i;
    if (end == i)
        end = parse_month(s, i, w);
    if (end == i)
        end = parse_day_month(s, i, w);
    return end > i && w->grain == GRAIN_DAY ? end : i;
}

uint32_t parse_its_day(const struct scan *s, uint32_t i, struct when *w)
{
    bool bracket = token_is(s, i, "(");
    uint32_t at = i + (bracket || token_is(s, i, ",")), end;

    at += token_is(s, at, "the") && has_kind(s, at + 1, SENSE(figure));
    end = parse_day_of_month(s, at, w);
    if (end == at)
        return i;
    return end + (bracket && token_is(s, end, ")"));
}

/* --- weekdays -------------------------------------------------------- */

/* The days of a month come round to every weekday within a few years. */
enum { MONTHS_TRIED = 12 * 12 };

/* The nearest day `step` months after or before today's that is so numbered
   and is such a weekday. */
static int32_t find_numbered(int32_t today, int day, int weekday, int step)
{
    struct date d = days_date(today);

    for (int n = 0; n < MONTHS_TRIED; n++) {
        int month = d.year * 12 + d.month - 1 + step * n;
        int year = month / 12, of = month % 12 + 1;
        int32_t found = days_make(year, of, day);

        if (days_exist(year, of, day) && days_weekday(found) == weekday &&
            (step > 0 ? found >= today : found <= today))
            return found;
    }
    return NO_DAY;
}

/* Where tense tells nothing, the nearer of both. */
static int32_t choose_numbered(
    const struct scan *s, uint32_t from, uint32_t to, int day, int weekday)
{
    enum tense tense = find_tense(s, from, to);
    int32_t before = find_numbered(s->today, day, weekday, -1);
    int32_t after = find_numbered(s->today, day, weekday, 1);

    if (before == NO_DAY || after == NO_DAY)
        return before == NO_DAY ? after : before;
    if (tense == TENSE_NONE)
        return s->today - before < after - s->today ? before : after;
    return tense == TENSE_FUTURE ? after : before;
}

/* "Friday the 26th", and "Friday 26" where nothing follows. */
static uint32_t parse_weekday_numbered(
    const struct scan *s, uint32_t i, uint32_t at, int weekday, struct when *w)
{
    uint32_t from = at + token_is(s, at, "the"), end;
    int day;
    bool ordinal;

    end = parse_day(s, from, &day, &ordinal);
    if (end == from || has_kind(s, end, SENSE(of)) ||
        (!ordinal && (from > at || !ends_phrase(s, end))))
        return at;
    when_set(w, NO_DAY, NO_DAY, GRAIN_DAY);
    w->calendar = true;
    w->year = 1;
    if (s->today != NO_DAY)
        w->first = w->last = choose_numbered(s, i, end, day, weekday);
    return end;
}

/* The day of the week of `day` that is such a weekday. */
int32_t weekday_near(int32_t day, int weekday)
{
    return day - days_weekday(day) + weekday;
}

void set_weekend_of(int32_t day, struct when *w)
{
    /* From Monday on: what is before and behind the day. */
    static const int8_t before[] = {2, 3, -3, 0, 0, 0, 1};
    static const int8_t behind[] = {0, -2, 4, 3, 2, 1, 0};
    int weekday = days_weekday(day) - 1;

    when_set(w, day - before[weekday], day + behind[weekday], GRAIN_WEEK);
    w->calendar = true;
    w->year = days_date(day).year;
}

/* "Monday two weeks ago", "on Friday two weeks before Easter" */
static uint32_t parse_weekday_so_far(
    const struct scan *s, uint32_t i, int weekday, struct when *w)
{
    uint32_t end = parse_lengths(s, i, w);

    if (end == i || w->kind != TIME_DATE || w->grain != GRAIN_DAY ||
        w->first != w->last || w->first == NO_DAY ||
        has_kind(s, end - 1, SENSE(earlier) | SENSE(later)))
        return i;
    w->first = w->last = weekday_near(w->first, weekday);
    w->calendar = true;
    w->year = 1;
    return end;
}

/* The weekday next to today that tense looks at. */
static void set_weekday(
    const struct scan *s, uint32_t i, uint32_t end, int weekday, struct when *w)
{
    int32_t day;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY, .grain = GRAIN_DAY};
    w->calendar = true;
    w->year = 1;
    if (s->today == NO_DAY)
        return;
    day = s->today + (weekday - days_weekday(s->today) + 7) % 7;
    if (day > s->today && !looks_ahead(s, i, end))
        day -= 7;
    w->first = w->last = day;
}

uint32_t parse_weekday(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *weekday = named_at(s, i, SENSE_weekday);
    uint32_t end, more;

    if (!weekday)
        return i;
    end = i + weekday->count;
    more = parse_its_day(s, end, w);
    if (more > end)
        return more;
    if (has_kind(s, end, SENSE(weekdays)))
        return i; /* "Friday mornings" */
    more = parse_weekday_numbered(s, i, end, (int)weekday->value, w);
    if (more == end)
        more = parse_weekday_so_far(s, end, (int)weekday->value, w);
    if (more > end)
        return more;
    set_weekday(s, i, end, (int)weekday->value, w);
    return end;
}

/* "on Friday" behind a day or week told otherwise: "in three days on Friday",
   "the first week of October on Friday". */
uint32_t parse_on_weekday(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *weekday = named_at(s, i + 1, SENSE_weekday);
    bool week = w->grain == GRAIN_WEEK && w->last == w->first + 6;

    if (!token_is(s, i, "on") || !weekday || w->first == NO_DAY ||
        !(week ||
          (w->grain == GRAIN_DAY && !w->calendar && w->first == w->last)))
        return i;
    w->first = w->last = weekday_near(w->first, (int)weekday->value);
    w->grain = GRAIN_DAY;
    w->calendar = true;
    return i + 1 + weekday->count;
}

/* --- days of a month not named --------------------------------------- */

/* What a bare day stands behind: "on the 18th", "the night of the 18th". */
static bool may_be_bare(const struct scan *s, uint32_t i)
{
    if (!i)
        return false;
    if (token_is(s, i, "the"))
        return token_is(s, i - 1, "on") ||
               has_kind(
                   s, i - 1,
                   SENSE(since) | SENSE(until) | SENSE(before) | SENSE(after) |
                       SENSE(around)) ||
               (has_kind(s, i - 1, SENSE(of)) && i > 1 &&
                has_kind(s, i - 2, SENSE(unit)));
    return token_is(s, i - 1, "on") && has_kind(s, i, SENSE(figure));
}

/* The month that a bare day is of: so many from this one. */
static int bare_month(const struct scan *s, uint32_t i, uint32_t end, int day)
{
    int today = days_date(s->today).day;

    if (looks_ahead(s, i, end))
        return today > day;
    return today < day ? -1 : 0;
}

/* "on the 18th", "on 18th", "the 4th of this month" */
uint32_t parse_bare_day(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t from = i + token_is(s, i, "the"), end, at;
    int day, months = 0;
    bool ordinal, told;
    int32_t month;

    if (!has_kind(s, from, SENSE(figure)))
        return i;
    end = parse_day(s, from, &day, &ordinal);
    if (end == from || !ordinal)
        return i;
    at = end + has_kind(s, end, SENSE(of));
    told = has_kind(s, at, SENSE(this) | SENSE(last) | SENSE(next)) &&
           token_is(s, at + 1, "month");
    if (!told &&
        (!may_be_bare(s, i) || (!ends_phrase(s, end) && !is_dash(s, end))))
        return i;
    when_set(w, NO_DAY, NO_DAY, GRAIN_DAY);
    w->calendar = true;
    w->year = 1;
    if (told)
        end = at + 2;
    if (s->today == NO_DAY)
        return end;
    months = told ? has_kind(s, at, SENSE(next)) - has_kind(s, at, SENSE(last))
                  : bare_month(s, i, end, day);
    month = days_add_months(days_month_start(s->today), months);
    if (day > days_date(days_month_end(month)).day)
        return i;
    w->first = w->last = month + day - 1;
    return end;
}
