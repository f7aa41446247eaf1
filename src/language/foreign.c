/*
 * foreign.c - dates of the Persian and Islamic calendars ("22 Bahman 1357",
 * "Ramadan 1443", "1388 SH"), and feasts, which follow one or another.
 */
#include "language/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A date as its words tell it; 0 is what they do not tell. */
struct foreign {
    enum calendar calendar;
    int month, day, last_day;
    int year;   /* of its calendar */
    int common; /* of ours: "Ramadan 2019" */
};

static enum calendar calendar_of(const struct sense *sense)
{
    return g_str_has_prefix(sense->text, "persian") ? CALENDAR_PERSIAN
                                                    : CALENDAR_ISLAMIC;
}

/* --- what day it is -------------------------------------------------- */

static bool set_days(
    const struct scan *s, const struct foreign *d, int year, struct when *w)
{
    const struct calendars *c = s->words->calendars;
    int first = d->month ? d->month : 1, last = d->month ? d->month : 12;

    w->first = calendar_day(c, d->calendar, year, first, MAX(d->day, 1));
    w->last =
        d->day ? w->first : calendar_month_end(c, d->calendar, year, last);
    if (d->last_day)
        w->last = calendar_day(c, d->calendar, year, d->month, d->last_day);
    return w->first != NO_DAY && w->last != NO_DAY;
}

/* The first such date that begins in a year of ours. */
static bool set_in_common_year(
    const struct scan *s, const struct foreign *d, struct when *w)
{
    int year = calendar_year(
        s->words->calendars, d->calendar, days_make(d->common, 1, 1));

    for (int more = 0; year && more < 3; more++)
        if (set_days(s, d, year + more, w) &&
            days_date(w->first).year == d->common)
            return true;
    return false;
}

/* Looks the date at [i, end) ahead of the document's day? */
static bool is_ahead(const struct scan *s, uint32_t i, uint32_t end)
{
    if (i && has_kind(s, i - 1, SENSE(next)))
        return true;
    return !(i && has_kind(s, i - 1, SENSE(last))) &&
           find_tense(s, i, end) == TENSE_FUTURE;
}

/* Without a year: the nearest that tense allows. */
static bool set_near_today(
    const struct scan *s, const struct foreign *d, bool ahead, struct when *w)
{
    int year = calendar_year(s->words->calendars, d->calendar, s->today);

    for (int step = -1; year && step < 2; step++) {
        int try = ahead ? year + step : year - step;

        if (set_days(s, d, try, w) &&
            (ahead ? w->last >= s->today : w->first <= s->today))
            return true;
    }
    return false;
}

static bool resolve(
    const struct scan *s, uint32_t i, uint32_t end, const struct foreign *d,
    struct when *w)
{
    bool known;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY, .calendar = true};
    w->grain = d->day ? GRAIN_DAY : d->month ? GRAIN_MONTH : GRAIN_YEAR;
    if (d->year)
        known = set_days(s, d, d->year, w);
    else if (d->common)
        known = set_in_common_year(s, d, w);
    else if (s->today != NO_DAY)
        known = set_near_today(s, d, is_ahead(s, i, end), w);
    else
        known = false;
    /* 1: a year that ranges leave as it is. */
    w->year = known ? days_date(w->first).year : 1;
    if (!known)
        w->first = w->last = NO_DAY;
    return known || !(d->year || d->common);
}

/* --- words ----------------------------------------------------------- */

static bool four_digits(const struct scan *s, uint32_t i, int *year)
{
    const char *form = i < s->count ? s->tokens[i].form : "";

    if (strlen(form) != 4 || strspn(form, "0123456789") != 4)
        return false;
    *year = atoi(form);
    return true;
}

static uint32_t skip_era(const struct scan *s, uint32_t i)
{
    const struct sense *era;
    bool open = token_is(s, i, "(");

    era = sense_at(s, i + open, SENSE_era);
    if (!era || (open && !token_is(s, i + 1 + era->count, ")")))
        return i;
    return i + era->count + 2 * open;
}

/* "1357", ", 1357", "of AH 1445", "1443 A.H.", "2019" behind a month. */
static uint32_t
parse_foreign_year(const struct scan *s, uint32_t i, struct foreign *d)
{
    uint32_t at = i + (token_is(s, i, ",") || has_kind(s, i, SENSE(of)) ||
                       has_kind(s, i, SENSE(in)));
    int year;

    at += token_is(s, at, "the") && has_kind(s, at + 1, SENSE(year));
    at += has_kind(s, at, SENSE(year));
    at = skip_era(s, at);
    if (!four_digits(s, at, &year))
        return i;
    if (year >= FOREIGN_YEAR_LEAST && year <= FOREIGN_YEAR_MOST)
        d->year = year;
    else if (year >= YEAR_PLAIN && year <= YEAR_MOST)
        d->common = year;
    else
        return i;
    return d->year ? skip_era(s, at + 1) : at + 1;
}

static uint32_t
parse_month_words(const struct scan *s, uint32_t i, struct foreign *d)
{
    const struct sense *sense = sense_at(s, i, SENSE_foreign);

    if (!sense)
        return i;
    d->calendar = calendar_of(sense);
    d->month = atoi(sense->text + strcspn(sense->text, "0123456789"));
    return i + sense->count;
}

/* "22", "the 22nd of", "1 to 10" before a month, or behind it. */
static uint32_t parse_days(const struct scan *s, uint32_t i, struct foreign *d)
{
    uint32_t at = i + token_is(s, i, "the"), end, more;
    bool ordinal;

    end = parse_day(s, at, &d->day, &ordinal);
    if (end == at)
        return i;
    end += ordinal && token_is(s, end, "day");
    more = parse_second_day(s, end, d->day, &d->last_day);
    return more > end ? more : end;
}

/* "22 Bahman 1357", "Bahman 22, 1357", "Ramadan 1443", "Ramadan". */
static uint32_t parse_words(const struct scan *s, uint32_t i, struct foreign *d)
{
    const struct sense *sense;
    uint32_t at, end;
    bool must;

    *d = (struct foreign){0};
    at = parse_days(s, i, d);
    if (at > i)
        at += has_kind(s, at, SENSE(of)) || is_dash(s, at);
    sense = sense_at(s, at, SENSE_foreign);
    if (!sense)
        return i;
    must = strchr(sense->text, '?') != NULL;
    end = parse_month_words(s, at, d);
    if (!d->day && (at = parse_days(s, end, d)) > end) {
        /* "Muharram 10 people": a day behind its month has the year too. */
        end = parse_foreign_year(s, at, d);
        return end > at ? end : i;
    }
    at = parse_foreign_year(s, end, d);
    return at == end && must && !d->day ? i : at;
}

/* "22 Bahman to 1 Esfand 1357": the year stands with the second. */
static void borrow_year(const struct scan *s, uint32_t i, struct foreign *d)
{
    struct foreign other;

    if (d->year || d->common ||
        !(is_dash(s, i) ||
          has_kind(s, i, SENSE(to) | SENSE(and) | SENSE(until))))
        return;
    if (parse_words(s, i + 1, &other) == i + 1 || other.calendar != d->calendar)
        return;
    d->common = other.common;
    d->year =
        other.year && other.month < d->month ? other.year - 1 : other.year;
}

/* "1388/3/22 SH", "22.3.1388 H.S." */
static uint32_t
parse_numeric_words(const struct scan *s, uint32_t i, struct foreign *d)
{
    const struct sense *era = sense_at(s, i + 1, SENSE_era);
    int a, b, c;
    char sep, sep2, rest;

    if (!era ||
        sscanf(
            s->tokens[i].form, "%4d%c%2d%c%4d%c", &a, &sep, &b, &sep2, &c,
            &rest) != 5 ||
        sep != sep2 || !strchr("/-.", sep))
        return i;
    *d = (struct foreign){
        .calendar = calendar_of(era), .month = b, .year = MAX(a, c)};
    d->day = MIN(a, c);
    return i + 1 + era->count;
}

/* "1388 SH", "AH 1445", "the Persian year 1388" */
static uint32_t
parse_year_words(const struct scan *s, uint32_t i, struct foreign *d)
{
    const struct sense *era = sense_at(s, i, SENSE_era);
    uint32_t at = era ? i + era->count : i;

    *d = (struct foreign){0};
    if (!four_digits(s, at, &d->year))
        return i;
    if (!era && !(era = sense_at(s, at + 1, SENSE_era)) &&
        !(token_is(s, at + 1, "(") && skip_era(s, at + 1) > at + 1 &&
          (era = sense_at(s, at + 2, SENSE_era))))
        return i;
    d->calendar = calendar_of(era);
    return skip_era(s, at + 1);
}

uint32_t parse_foreign(const struct scan *s, uint32_t i, struct when *w)
{
    struct foreign d;
    uint32_t at = i + token_is(s, i, "the"), end;

    if (!has_kind(
            s, at,
            SENSE(figure) | SENSE(foreign) | SENSE(era) | SENSE(ordinal) |
                SENSE(ten)))
        return i;
    end = parse_words(s, at, &d);
    if (end > at)
        borrow_year(s, end, &d);
    else if ((end = parse_numeric_words(s, at, &d)) == at)
        end = parse_year_words(s, at, &d);
    return end > at && resolve(s, i, end, &d, w) ? end : i;
}

/* --- feasts ---------------------------------------------------------- */

/* Easter of the western churches (Meeus, Jones and Butcher). */
static int32_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;

    return days_make(year, f / 31, f % 31 + 1);
}

/* The n-th Monday, ... of a month; the fifth is the last. */
static int32_t nth_weekday(int year, int month, int weekday, int n)
{
    int32_t first = days_make(year, month, 1);
    int32_t day = first + (weekday - days_weekday(first) + 7) % 7 + 7 * (n - 1);

    return day > days_month_end(first) ? day - 7 : day;
}

/* The feast's day in a year of ours; NO_DAY if it is told otherwise. */
static int32_t feast_day(const struct sense *feast, int year)
{
    int a, b, c, more = 0;

    if (sscanf(feast->text, "easter %3d", &a) == 1)
        return easter(year) + a;
    if (sscanf(feast->text, "%2d/%1d/%1d%2d", &a, &b, &c, &more) >= 3)
        return nth_weekday(year, a, b, c) + more;
    if (sscanf(feast->text, "%2d-%2d", &a, &b) == 2)
        return days_make(year, a, b);
    return NO_DAY;
}

static bool is_fixed(const struct sense *feast)
{
    return strlen(feast->text) == strlen("12-25") && feast->text[2] == '-';
}

/* The nearest year whose feast the tense of [i, end) allows. */
static int feast_year(
    const struct scan *s, uint32_t i, uint32_t end, const struct sense *feast)
{
    int year = days_date(s->today).year;
    bool ahead = is_ahead(s, i, end);

    if (ahead && feast_day(feast, year) < s->today)
        return year + 1;
    if (!ahead && feast_day(feast, year) > s->today)
        return year - 1;
    return year;
}

static uint32_t parse_foreign_feast(
    const struct scan *s, uint32_t i, const struct sense *feast, struct when *w)
{
    struct foreign d = {.calendar = calendar_of(feast)};
    uint32_t end = i + feast->count, at;

    if (sscanf(feast->text, "%*s %2d-%2d", &d.month, &d.day) != 2)
        return i;
    at = parse_foreign_year(s, end, &d);
    return resolve(s, i, at, &d, w) ? at : i;
}

/* The day itself, its year told or chosen. */
static uint32_t parse_feast_day(
    const struct scan *s, uint32_t i, const struct sense *feast, struct when *w)
{
    uint32_t end = i + feast->count, at;
    int32_t day = feast_day(feast, 2000);

    when_set(w, day, day, GRAIN_DAY);
    w->calendar = true;
    w->year = 0;
    at = parse_its_year(s, end, w);
    if (at == end && is_fixed(feast)) {
        choose_year(s, i, end, w);
        return end;
    }
    if (at == end && s->today != NO_DAY)
        w->year = feast_year(s, i, end, feast);
    w->first = w->last = w->year ? feast_day(feast, w->year) : NO_DAY;
    return at;
}

/* "weekend", "weekend 2021" behind a feast */
static uint32_t parse_its_weekend(
    const struct scan *s, uint32_t i, const struct sense *feast, struct when *w)
{
    struct when told = *w;
    uint32_t end = w->first != NO_DAY ? parse_its_year(s, i + 1, &told) : i + 1;

    if (end > i + 1)
        w->first = feast_day(feast, told.year);
    if (w->first != NO_DAY)
        set_weekend_of(w->first, w);
    return end;
}

uint32_t parse_feast(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *feast = sense_at(s, i, SENSE_feast);
    uint32_t end;

    if (!feast)
        return i;
    if (feast_day(feast, 2000) == NO_DAY)
        return parse_foreign_feast(s, i, feast, w);
    end = parse_feast_day(s, i, feast, w);
    return token_is(s, end, "weekend") ? parse_its_weekend(s, end, feast, w)
                                       : end;
}
