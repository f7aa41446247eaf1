/*
 * parts.c - parts of a longer time ("the first week of March", "early 2011"),
 * and every way to tell a time together.
 */
#include "language/dates.h"
#include "language/units.h"

#include <string.h>

/* --- parts of a longer time ------------------------------------------ */

static uint32_t parse_whole(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *unit, *day;

    end = parse_date(s, i, w);
    if (end == i && at > i)
        end = parse_date(s, at, w) > at ? parse_date(s, at, w) : i;
    if (end == i) {
        end = parse_directed(s, at, w);
        end = end > at ? end : i;
    }
    /* "the end of today" */
    if (end == i && (day = sense_at(s, at, SENSE_day))) {
        when_set(w, s->today, s->today, GRAIN_DAY);
        if (s->today != NO_DAY)
            w->first = w->last = s->today + (int)day->value;
        end = at + day->count;
    }
    /* "the end of the month" */
    if (end == i && (unit = sense_at(s, at, SENSE_unit)) &&
        calendar_unit(s->today, unit_of(unit), 0, w))
        end = at + unit->count;
    return end;
}

/* The n-th month, quarter, half, ... of a longer time, the last for -1, from
   where that begins: a fiscal year does in October.  Half is also that of a
   month or of a decade. */
static bool set_nth_months(
    const struct when *whole, struct unit u, double n, struct when *w)
{
    int months = u.count, nth = (int)CLAMP(n, -1, 1200);

    if (u.count == 6 && whole->grain == GRAIN_MONTH && nth <= 2) {
        *w = *whole;
        if (nth == 1)
            w->last = whole->first + (whole->last - whole->first + 1) / 2 - 1;
        else
            w->first += (whole->last - whole->first + 1) / 2;
        return true;
    }
    if (u.count == 6 && whole->grain == GRAIN_LONG)
        months =
            (days_date(whole->last).year - days_date(whole->first).year + 1) *
            6;
    when_set(
        w, days_add_months(whole->first, months * (nth - 1)),
        days_add_months(whole->first, months * nth) - 1, grain_of(u));
    if (nth < 0) {
        w->first = days_add_months(whole->last + 1, -months);
        w->last = whole->last;
    }
    w->calendar = true;
    return w->first >= whole->first && w->last <= whole->last;
}

/* "today pm"; but "today am I" */
static uint32_t parse_half_alone(const struct scan *s, uint32_t i)
{
    const char *xpos = i < s->count ? s->tokens[i].xpos : NULL;
    bool am = token_is(s, i, "am");

    if (!(am || token_is(s, i, "pm")) || (am && xpos && xpos[0] == 'V'))
        return i;
    return i + 1;
}

/* "at 5 pm", ", in the morning" behind a day. */
static uint32_t parse_trailing_clock(const struct scan *s, uint32_t i)
{
    uint32_t at = i + (token_is(s, i, ",") || is_dash(s, i)), end;
    bool by_hour = token_is(s, at, "at");
    uint32_t hour;

    at += by_hour;
    hour = skip_around(s, at);
    by_hour |= hour > at;
    at = hour;
    end = parse_clock(s, at, true);
    if (end == at)
        end = by_hour ? parse_hour_alone(s, at) : parse_hours_alone(s, at);
    if (end == at && at == i)
        end = parse_half_alone(s, at);
    return end > at ? end : i;
}

/* "Monday of next month" behind "first": returns its end, or i. */
static uint32_t
parse_nth_weekday(const struct scan *s, uint32_t i, int n, struct when *w)
{
    const struct sense *weekday = named_at(s, i, SENSE_weekday);
    uint32_t at = i + weekday->count, end;
    struct when whole;
    int32_t day;

    at = parse_trailing_clock(s, at);
    if (!has_kind(s, at, SENSE(of) | SENSE(in)))
        return i;
    end = parse_whole(s, ++at, &whole);
    if (end == at || whole.first == NO_DAY || whole.grain < GRAIN_MONTH)
        return i;
    if (n < 0)
        day = whole.last -
              (days_weekday(whole.last) - (int)weekday->value + 7) % 7;
    else
        day = whole.first +
              ((int)weekday->value - days_weekday(whole.first) + 7) % 7 +
              7 * (MIN(n, 400) - 1);
    if (day > whole.last)
        return i;
    when_set(w, day, day, GRAIN_DAY);
    w->calendar = true;
    w->year = whole.year;
    return end;
}

/* "the first week of March", "third quarter of 2008", "the last week of
   July" */
static uint32_t parse_nth(const struct scan *s, uint32_t i, struct when *w)
{
    struct figure f = {0};
    uint32_t at = i + token_is(s, i, "the"), end = at;
    const struct sense *unit;
    struct unit u;
    struct when whole, part = {0};
    int32_t base;

    if (has_kind(s, at, SENSE(last)) && token_is(s, at, "last")) {
        f.value = -1;
        end = at + 1;
    } else if (has_kind(s, at, SENSE(ordinal) | SENSE(figure) | SENSE(ten))) {
        end = parse_figure(s, at, &f);
        if (!f.ordinal)
            return i;
    }
    if (end > at && named_at(s, end, SENSE_weekday)) {
        at = parse_nth_weekday(s, end, (int)f.value, w);
        return at > end ? at : i;
    }
    if (end == at || !(unit = sense_at(s, end, SENSE_unit)))
        return i;
    u = unit_of(unit);
    end += unit->count;
    if (u.of == 't' ||
        !has_kind(
            s, end, SENSE(of) | SENSE(in) | SENSE(figure) | SENSE(fiscal)))
        return i;
    end += has_kind(s, end, SENSE(of) | SENSE(in));
    at = parse_whole(s, end, &whole);
    if (at == end || whole.first == NO_DAY ||
        (whole.grain <= grain_of(u) && u.count != 6))
        return i;
    if (u.of == 'm') {
        if (!set_nth_months(&whole, u, f.value, w))
            return i;
        w->year = whole.year;
        return at;
    }
    base = f.value < 0 ? whole.last : whole.first;
    /* A week is its Thursday's. */
    if (u.of == 'd' && u.count == 7)
        base += f.value < 0 ? -3 : 3;
    if (!calendar_unit(
            base, u, f.value < 0 ? 0 : (int)MIN(f.value, 400) - 1, &part))
        return i;
    *w = part;
    w->calendar = true;
    w->year = whole.year;
    return at;
}

/* "the first two weeks of May", "last 3 days of 2019" */
static uint32_t
parse_nth_units(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    bool last = token_is(s, at, "last");
    struct when whole;
    struct unit u;
    double count;
    bool vague;

    if (!last && !token_is(s, at, "first"))
        return i;
    end = parse_count(s, ++at, &count, &vague);
    if (end == at || has_kind(s, at, SENSE(article)) || count < 1)
        return i;
    at = parse_unit_of_time(s, end, &u);
    if (!at || !has_kind(s, at, SENSE(of) | SENSE(in)))
        return i;
    end = parse_whole(s, ++at, &whole);
    if (end == at || whole.first == NO_DAY || whole.grain <= grain_of(u))
        return i;
    *w = whole;
    w->grain = grain_of(u);
    if (vague || u.of == 't')
        return i;
    if (last)
        w->first = add_units(whole.last + 1, u, -count);
    else
        w->last = add_units(whole.first, u, count) - 1;
    return w->first >= whole.first && w->last <= whole.last ? end : i;
}

/* "the week of 18 July", "the weekend of Christmas" */
static uint32_t parse_unit_of(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *unit = sense_at(s, at, SENSE_unit);
    struct when base;

    if (!unit || strchr("tb", unit->text[0]) || strcmp(unit->text, "d1") == 0)
        return i;
    at += unit->count;
    if (!has_kind(s, at, SENSE(of) | SENSE(since)))
        return i;
    at++;
    at += token_is(s, at, "on");
    end = parse_date(s, at, &base);
    if (end == at || base.grain != GRAIN_DAY ||
        !calendar_unit(base.first, unit_of(unit), 0, w))
        return i;
    if (unit->text[0] == 'w' && has_kind(s, at, SENSE(feast)))
        set_weekend_of(base.first, w);
    w->calendar = true;
    return end;
}

/* "Monday of the following week", "Friday last week" */
static uint32_t
parse_weekday_of(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *weekday = named_at(s, i, SENSE_weekday);
    uint32_t at, end;

    if (!weekday)
        return i;
    at = i + weekday->count;
    at += has_kind(s, at, SENSE(of));
    at += token_is(s, at, "the");
    end = parse_directed(s, at, w);
    if (end == at || w->grain != GRAIN_WEEK || w->first == NO_DAY ||
        w->last != w->first + 6)
        return i;
    w->first += (int)weekday->value - 1;
    w->last = w->first;
    w->grain = GRAIN_DAY;
    return end;
}

/* Narrows a time to its early (0), middle (1) or late (2) part. */
static void narrow(struct when *w, int part)
{
    int32_t days = w->last - w->first + 1, third;

    if (w->first == NO_DAY || w->grain <= GRAIN_DAY)
        return;
    if (w->grain == GRAIN_YEAR && part < 3) {
        struct date d = days_date(w->first);

        w->first = days_make(d.year, 1 + part * 4, 1);
        w->last = days_make(d.year, 4 + part * 4, 31);
        return;
    }
    third = w->grain >= GRAIN_YEAR ? days / 3 : days / 2;
    if (part == 0)
        w->last = w->first + third;
    else if (part == 2)
        w->first = w->last - third + 1;
    else if (w->grain == GRAIN_MONTH) {
        w->first += days / 3 - 1;
        w->last -= days / 3;
    } else {
        w->first += third;
        w->last -= third;
    }
}

/* "mid-1980s", "mid-July" are one token: how many it is with its year. */
static uint32_t
parse_mid_token(const struct scan *s, uint32_t i, struct when *w)
{
    struct token tokens[3];
    uint64_t kinds[3];
    struct scan few = *s;

    if (!g_str_has_prefix(s->tokens[i].lower, "mid-"))
        return 0;
    few.tokens = tokens;
    few.firsts = NULL;
    few.kinds = kinds;
    few.count = MIN(s->count - i, (uint32_t)G_N_ELEMENTS(tokens));
    memcpy(tokens, s->tokens + i, few.count * sizeof tokens[0]);
    memcpy(kinds, s->kinds + i, few.count * sizeof kinds[0]);
    tokens[0].lower += 4;
    tokens[0].form += 4;
    kinds[0] = g_ascii_isdigit(tokens[0].form[0])
                   ? SENSE(figure)
                   : SENSE(month) | SENSE(decade);
    return parse_date(&few, 0, w);
}

static uint32_t parse_part_of(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *sense;
    uint32_t at = i + token_is(s, i, "the"), end;
    int part = 0;

    if (has_kind(s, at, SENSE(mid)) && (end = parse_mid_token(s, at, w))) {
        narrow(w, 1);
        return at + end;
    }
    if ((sense = sense_at(s, at, SENSE_early)))
        part = 0;
    else if ((sense = sense_at(s, at, SENSE_mid)))
        part = 1;
    else if ((sense = sense_at(s, at, SENSE_late)))
        part = 2;
    else if ((sense = sense_at(s, at, SENSE_earlier)))
        part = 3;
    else if ((sense = sense_at(s, at, SENSE_later)))
        part = 4;
    else
        return i;
    at += sense->count;
    if (is_dash(s, at) || has_kind(s, at, SENSE(in)))
        at++;
    end = parse_whole(s, at, w);
    if (end == at || w->grain == GRAIN_NONE ||
        (w->grain == GRAIN_DAY && part >= 3))
        return i;
    if (part < 3)
        narrow(w, part);
    else if (s->today >= w->first && s->today <= w->last && part == 3)
        w->last = s->today;
    else if (s->today >= w->first && s->today <= w->last)
        w->first = s->today;
    return end;
}

/* --- all together ---------------------------------------------------- */

static uint32_t
parse_leading_clock(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t end = parse_clock(s, i, true), at, date;

    if (end == i)
        return i;
    at = end + (token_is(s, end, ",") || token_is(s, end, "on") ||
                has_kind(s, end, SENSE(of)));
    date = parse_date(s, at, w);
    if (date == at)
        date = parse_relative(s, at, w);
    if (date > at && (w->kind == TIME_SET ||
                      (w->kind == TIME_DATE &&
                       (w->grain == GRAIN_DAY || w->grain == GRAIN_PART))))
        /* "3-8 pm yesterday afternoon" */
        return has_kind(s, date, SENSE(part)) ? parse_clock(s, date, true)
                                              : date;
    end = parse_clock(s, i, false);
    *w = (struct when){.first = NO_DAY, .last = NO_DAY, .grain = GRAIN_PART};
    return end;
}

uint32_t parse_when(const struct scan *s, uint32_t i, struct when *w)
{
    static uint32_t (*const parsers[])(
        const struct scan *, uint32_t, struct when *) = {
        parse_nth,        parse_nth_units, parse_unit_of,  parse_part_of,
        parse_weekday_of, parse_date,      parse_relative,
    };
    uint32_t end = i, clock;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    if (i && has_kind(s, i, SENSE(part)) && token_is(s, i - 1, "good"))
        return i; /* "good evening" */
    for (size_t k = 0; end == i && k < G_N_ELEMENTS(parsers); k++)
        end = parsers[k](s, i, w);
    if (end == i || (w->kind == TIME_DURATION))
        clock = parse_leading_clock(s, i, w);
    else
        clock = i;
    /* "at 3 h" is no length. */
    if (clock > end || (clock > i && clock == end && token_is(s, end - 1, "h")))
        return clock;
    if (end > i && w->kind == TIME_DATE)
        end = parse_on_weekday(s, end, w);
    if (end > i && w->kind != TIME_DURATION &&
        (w->kind == TIME_SET || w->grain == GRAIN_DAY ||
         (w->grain == GRAIN_PART && w->first != NO_DAY)))
        end = parse_trailing_clock(s, end);
    return end;
}
