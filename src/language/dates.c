/*
 * dates.c - dates that name themselves by the calendar: "12/03/2011", "Monday,
 * 5 March", "May 2005", "the spring of 2003", "the 1990s".
 */
#include "language/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- tense ----------------------------------------------------------- */

static bool is_past_verb(const struct scan *s, uint32_t i)
{
    const char *xpos = s->tokens[i].xpos;

    return xpos && (strcmp(xpos, "VBD") == 0 || strcmp(xpos, "VBN") == 0);
}

/* How far from an expression a verb may stand that dates it. */
enum { TENSE_WINDOW = 14 };

enum tense find_tense(const struct scan *s, uint32_t from, uint32_t to)
{
    for (uint32_t step = 1; step <= TENSE_WINDOW; step++) {
        uint32_t left = from >= step ? from - step : NO_TOKEN;
        uint32_t right = to + step - 1;

        if (left != NO_TOKEN && has_kind(s, left, SENSE(future)))
            return TENSE_FUTURE;
        if (left != NO_TOKEN && is_past_verb(s, left))
            return has_kind(s, left - 1, SENSE(future)) ||
                           has_kind(s, left - 2, SENSE(future))
                       ? TENSE_FUTURE
                       : TENSE_PAST;
        if (has_kind(s, right, SENSE(future)))
            return TENSE_FUTURE;
        if (right < s->count && is_past_verb(s, right))
            return TENSE_PAST;
    }
    return TENSE_NONE;
}

bool looks_ahead(const struct scan *s, uint32_t from, uint32_t to)
{
    return find_tense(s, from, to) == TENSE_FUTURE;
}

/* --- days without a year --------------------------------------------- */

static bool moves(const struct when *w, int32_t today, bool ahead)
{
    return ahead ? w->last < today : w->first > today;
}

void move_to_year(struct when *w, int year)
{
    struct date first, last;
    int years;

    if (w->first == NO_DAY) /* there is no such day: "30 February" */
        return;
    first = days_date(w->first);
    last = days_date(w->last);
    years = last.year - first.year;
    w->first = days_make(year, first.month, first.day);
    w->last = w->grain == GRAIN_DAY
                  ? days_make(year + years, last.month, last.day)
                  : days_make(year + years, last.month, 31);
    if (w->grain == GRAIN_DAY && first.month == last.month &&
        first.day == last.day)
        w->last = w->first;
}

/* "On 17 June 2009 they came ... On 20 June he was seen": a date that goes on
   telling of a time long past. */
static bool goes_on(const struct scan *s)
{
    enum { LONG = 183, MONTH = 31 };

    return s->anchor_year && s->anchor_age <= ANCHOR_NEAR &&
           s->anchor_end != NO_DAY && s->anchor_end - s->anchor < MONTH &&
           s->today - s->anchor > LONG;
}

static bool is_leap_day(const struct when *w)
{
    struct date d = days_date(w->first);

    return w->grain == GRAIN_DAY && w->first == w->last && d.month == 2 &&
           d.day == 29;
}

/* The last or the next 29 February. */
static void move_to_leap_year(struct when *w, int32_t today, bool ahead)
{
    int year = days_date(today).year;

    do {
        w->first = days_make(year, 2, 29);
        year += ahead ? 1 : -1;
    } while (days_date(w->first).day != 29 ||
             (ahead ? w->first < today : w->first > today));
    w->last = w->first;
}

/* Puts a date in the nearest year that its verb's tense allows. */
void choose_year(
    const struct scan *s, uint32_t from, uint32_t to, struct when *w)
{
    int year;
    bool ahead;

    if (w->year)
        return;
    if (s->today == NO_DAY) {
        w->first = w->last = NO_DAY;
        return;
    }
    if (goes_on(s)) {
        year = days_date(s->anchor).year;
        move_to_year(w, year);
        if (w->last < s->anchor)
            move_to_year(w, year + 1);
        return;
    }
    ahead = looks_ahead(s, from, to);
    year = days_date(s->today).year;
    if (is_leap_day(w)) {
        move_to_leap_year(w, s->today, ahead);
        return;
    }
    move_to_year(w, year);
    if (moves(w, s->today, ahead))
        move_to_year(w, w->first > s->today ? year - 1 : year + 1);
}

/* --- figures of dates ------------------------------------------------ */

bool plain_int(const struct scan *s, uint32_t i, size_t most, int *value)
{
    const char *form = i < s->count ? s->tokens[i].form : "";
    size_t len = strlen(form);

    if (!len || len > most || strspn(form, "0123456789") != len)
        return false;
    *value = atoi(form);
    return true;
}

/* Units that follow a count: "2000 dollars" is no year. */
#define COUNTED                                                                \
    (SENSE(percent) | SENSE(currency) | SENSE(coin) | SENSE(scale) |           \
     SENSE(unit) | SENSE(old))

uint32_t parse_year(const struct scan *s, uint32_t i, int *year)
{
    const char *next = i + 1 < s->count ? s->tokens[i + 1].xpos : NULL;
    bool told =
        i && has_kind(
                 s, i - 1,
                 SENSE(in) | SENSE(of) | SENSE(since) | SENSE(until) |
                     SENSE(year) | SENSE(month) | SENSE(season) | SENSE(from) |
                     SENSE(before) | SENSE(after) | SENSE(early) | SENSE(late) |
                     SENSE(mid) | SENSE(between));
    uint32_t end;

    if (told && (end = parse_spoken_year(s, i, year)) > i)
        return end;
    if (!plain_int(s, i, 4, year) || *year < YEAR_LEAST || *year > YEAR_MOST)
        return i;
    if (!told && (*year < YEAR_PLAIN || (next && strcmp(next, "NNS") == 0)))
        return i;
    if (has_kind(s, i + 1, COUNTED) ||
        (i && has_kind(s, i - 1, SENSE(currency))))
        return i;
    return i + 1;
}

uint32_t parse_day(const struct scan *s, uint32_t i, int *day, bool *ordinal)
{
    struct figure f;
    uint32_t end;

    if (!has_kind(s, i, SENSE(figure) | SENSE(ordinal) | SENSE(ten)))
        return i;
    if (plain_int(s, i, 2, day)) {
        *ordinal = false;
        return *day >= 1 && *day <= 31 ? i + 1 : i;
    }
    end = parse_figure(s, i, &f);
    if (end == i || !f.ordinal || f.value < 1 || f.value > 31)
        return i;
    *ordinal = true;
    *day = (int)f.value;
    return end;
}

bool set_day(struct when *w, int year, int month, int day)
{
    if (!days_exist(year ? year : 2000, month, day))
        return false;
    when_set(w, days_make(year ? year : 2000, month, day), 0, GRAIN_DAY);
    w->last = w->first;
    w->year = year;
    w->calendar = true;
    return true;
}

/* "week 10": of the year of the document's day (ISO 8601). */
static uint32_t parse_week(const struct scan *s, uint32_t i, struct when *w)
{
    int32_t fourth;
    int week;

    if (!token_is(s, i, "week") || !plain_int(s, i + 1, 2, &week) || week < 1 ||
        week > 53 || s->today == NO_DAY)
        return i;
    fourth = days_make(days_date(s->today).year, 1, 4); /* is in week 1 */
    fourth += 7 * (week - 1) - days_weekday(fourth);    /* the Sunday before */
    when_set(w, fourth + 1, fourth + 7, GRAIN_WEEK);
    w->year = days_date(s->today).year;
    w->calendar = true;
    return i + 2;
}

/* --- months ---------------------------------------------------------- */

/* Words that are other words too, written small: "may", "march", "sat". */
const struct sense *
named_at(const struct scan *s, uint32_t i, enum sense_kind kind)
{
    const struct sense *sense = sense_at(s, i, kind);
    const char *xpos = i < s->count ? s->tokens[i].xpos : NULL;

    if (!sense || g_ascii_isupper(s->tokens[i].form[0])) {
        if (sense && xpos && strcmp(xpos, "MD") == 0)
            return NULL;
        return sense;
    }
    return strchr(sense->text, '?') ? NULL : sense;
}

/* The second mark of "22-Mar-2011", "22/Mar/2011". */
static bool is_date_dash(const struct scan *s, uint32_t i)
{
    return (is_dash(s, i) || token_is(s, i, "/")) && is_joined(s, i) &&
           is_joined(s, i + 1);
}

/* "'87" in one token */
static bool is_short_year(const struct scan *s, uint32_t i, int *year)
{
    const char *form;

    if (i >= s->count)
        return false;
    form = s->tokens[i].form;
    if (*form == '\'')
        form++;
    else if (g_str_has_prefix(form, "\xE2\x80\x99"))
        form += strlen("\xE2\x80\x99");
    else
        return false;
    *year = atoi(form);
    return strlen(form) == 2 && strspn(form, "0123456789") == 2;
}

/* "of 2011", ", 2011", "2011", "last year" after a month or a day. */
uint32_t parse_its_year(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i, end;
    int year, offset = 0;

    if (token_is(s, at, ",") || has_kind(s, at, SENSE(of)) ||
        has_kind(s, at, SENSE(in)) || is_date_dash(s, at))
        at++;
    if ((end = parse_spoken_year(s, at, &year)) > at) {
        move_to_year(w, year);
        w->year = year;
        return end;
    }
    if (plain_int(s, at, 4, &year) && year >= YEAR_LEAST && year <= YEAR_MOST &&
        (!has_kind(s, at + 1, COUNTED) || token_is(s, at + 1, "weekend"))) {
        move_to_year(w, year);
        w->year = year;
        return at + 1;
    }
    if (is_short_year(s, at, &year)) { /* "April '87" */
        w->year = full_year(s, year, 2);
        move_to_year(w, w->year);
        return at + 1;
    }
    /* "in April of 87", "April ' 87" */
    if ((has_kind(s, i, SENSE(of)) || token_is(s, at, "'")) &&
        plain_int(s, at + token_is(s, at, "'"), 2, &year)) {
        w->year = full_year(s, year, 2);
        move_to_year(w, w->year);
        return at + 1 + token_is(s, at, "'");
    }
    if (token_is(s, at, "the"))
        at++;
    if (has_kind(s, at, SENSE(last)))
        offset = -1;
    else if (has_kind(s, at, SENSE(next)))
        offset = 1;
    else if (!has_kind(s, at, SENSE(this)))
        return i;
    end = at + 1;
    if (s->today == NO_DAY || !has_kind(s, end, SENSE(year)) ||
        token_is(s, i, ","))
        return i;
    w->year = days_date(s->today).year + offset;
    move_to_year(w, w->year);
    return end + 1;
}

static bool is_time_of_day(const struct scan *s, uint32_t i)
{
    const struct sense *clock = sense_at(s, i, SENSE_clock);

    return clock && !*clock->text;
}

uint32_t parse_second_day(const struct scan *s, uint32_t i, int first, int *day)
{
    uint32_t at = i + 1, end;
    bool ordinal;

    if (!is_dash(s, i) &&
        !has_kind(s, i, SENSE(to) | SENSE(and) | SENSE(until)))
        return i;
    if (token_is(s, at, "the"))
        at++;
    end = parse_day(s, at, day, &ordinal);
    return end > at && *day > first ? end : i;
}

/* "twenty five" behind a month, before a year or where nothing follows. */
static uint32_t parse_day_in_words(const struct scan *s, uint32_t i, int *day)
{
    struct figure f;
    uint32_t end;
    int year;

    if (!has_kind(s, i, SENSE(digit) | SENSE(ten)))
        return i;
    end = parse_figure(s, i, &f);
    if (end == i || f.value < 1 || f.value > 31 || f.value != (int)f.value ||
        f.ordinal)
        return i;
    *day = (int)f.value;
    if (parse_spoken_year(s, end, &year) > end)
        return end;
    return ends_phrase(s, end) && !has_kind(s, end, SENSE(of)) ? end : i;
}

/* "In June 30 people fled": behind "in" a month has no day. */
static bool counts_people(const struct scan *s, uint32_t i, uint32_t end)
{
    const char *xpos = end < s->count ? s->tokens[end].xpos : NULL;

    return i > 1 && has_kind(s, i - 2, SENSE(in)) && xpos &&
           strcmp(xpos, "NNS") == 0;
}

/* "February 30": a day that no year has stays open, but is one time. */
static uint32_t
parse_no_day(const struct scan *s, uint32_t i, uint32_t end, struct when *w)
{
    int year;

    when_set(w, NO_DAY, NO_DAY, GRAIN_DAY);
    w->year = 1;
    if (plain_int(s, end, 4, &year) && year >= YEAR_PLAIN && year <= YEAR_MOST)
        return end + 1;
    return ends_phrase(s, end) ? end : i;
}

static uint32_t
parse_month_day(const struct scan *s, uint32_t i, int month, struct when *w)
{
    uint32_t at = i, end, more;
    int day, second = 0;
    bool ordinal = false;

    if (token_is(s, at, "the") || is_dash(s, at) || token_is(s, at, "/"))
        at++;
    end = parse_day(s, at, &day, &ordinal);
    if (end == at)
        end = parse_day_in_words(s, at, &day);
    if (end == at || is_time_of_day(s, end))
        return i;
    if (!ordinal && (has_kind(s, end, COUNTED) || counts_people(s, i, end)))
        return i;
    if (!set_day(w, 0, month, day))
        return parse_no_day(s, i, end, w);
    if (!has_kind(s, end, SENSE(and)) &&
        (more = parse_second_day(s, end, day, &second)) > end &&
        days_exist(2000, month, second)) {
        w->last = days_make(2000, month, second);
        end = more;
    }
    return end;
}

/* "and July 2008" behind a month: both are of that year. */
static uint32_t parse_second_month(
    const struct scan *s, uint32_t i, const struct sense *first, struct when *w)
{
    const struct sense *second;
    struct when both = *w;
    uint32_t at, end;

    if (!has_kind(s, i, SENSE(and)) ||
        !(second = named_at(s, i + 1, SENSE_month)) ||
        second->value <= first->value)
        return i;
    at = i + 1 + second->count;
    both.last = days_make(2000, (int)second->value, 31);
    end = parse_its_year(s, at, &both);
    if (end == at)
        return i;
    *w = both;
    return end;
}

/* "March", "March 15", "March 15, 2011", "March 2011". */
uint32_t parse_month(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *month = named_at(s, i, SENSE_month);
    uint32_t at, end;

    /* "$DEC" is a share. */
    if (!month || (is_joined(s, i) && has_kind(s, i - 1, SENSE(currency))))
        return i;
    at = i + month->count;
    end = parse_month_day(s, at, (int)month->value, w);
    if (end == at) {
        when_set(
            w, days_make(2000, (int)month->value, 1),
            days_make(2000, (int)month->value, 31), GRAIN_MONTH);
        w->year = 0;
        w->calendar = true;
        end = parse_second_month(s, at, month, w);
        if (end > at)
            return end;
        if (is_dash(s, at) && is_joined(s, at) &&
            parse_its_year(s, at + 1, w) > at + 1)
            at++;
        else if (token_is(s, at, ",") && !has_kind(s, at + 1, SENSE(figure)))
            goto chosen;
        end = at;
    }
    at = parse_its_year(s, end, w);
    if (at > end)
        return at;
chosen:
    end = MAX(end, at);
    choose_year(s, i, end, w);
    return end;
}

/* "15 March", "the 15th of March 2011", "3-5 June". */
uint32_t parse_day_month(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end, more;
    const struct sense *month;
    int day, second = 0;
    bool ordinal;

    end = parse_day(s, at, &day, &ordinal);
    if (end == at)
        return i;
    if (token_is(s, end, "day") && ordinal)
        end++;
    more = parse_second_day(s, end, day, &second);
    if (more > end)
        end = more;
    if (has_kind(s, end, SENSE(of)) || is_dash(s, end) || token_is(s, end, "/"))
        end++;
    month = named_at(s, end, SENSE_month);
    if (!month || !set_day(w, 0, (int)month->value, day) ||
        (i && has_kind(s, i - 1, SENSE(currency))))
        return i;
    if (second && days_exist(2000, (int)month->value, second))
        w->last = days_make(2000, (int)month->value, second);
    end += month->count;
    more = parse_its_year(s, end, w);
    if (more > end)
        return more;
    choose_year(s, i, end, w);
    return end;
}

/* --- all together ---------------------------------------------------- */

uint32_t parse_date(const struct scan *s, uint32_t i, struct when *w)
{
    static uint32_t (*const parsers[])(
        const struct scan *, uint32_t, struct when *) = {
        parse_foreign, parse_fiscal,  parse_piece,      parse_weekday,
        parse_feast,   parse_month,   parse_day_month,  parse_season,
        parse_week,    parse_century, parse_plain_year, parse_bare_day};
    bool figure = has_kind(s, i, SENSE(figure));
    uint32_t end = i;

    if (i >= s->count)
        return i;
    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    if (figure && !has_kind(s, i + 1, SENSE(era)))
        end = parse_numeric(s, i, w);
    if (end == i && (figure || has_kind(s, i, SENSE(decade))))
        end = parse_decade(s, i, w);
    for (size_t k = 0; end == i && k < G_N_ELEMENTS(parsers); k++)
        end = parsers[k](s, i, w);
    if (end > i && w->grain == GRAIN_DAY && token_is(s, end, "(") &&
        has_kind(s, end + 1, SENSE(weekday)) && token_is(s, end + 2, ")"))
        return end + 3; /* "22 May (Tue)" */
    return end;
}
