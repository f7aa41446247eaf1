/*
 * years.c - what is as long as a season or longer, and feasts: "2011", "the
 * 1990s", "the 19th century", "the spring of 2003", "Christmas 2009".
 */
#include "language/dates.h"

#include <stdio.h>
#include <string.h>

uint32_t parse_decade(const struct scan *s, uint32_t i, struct when *w)
{
    const char *form = s->tokens[i].form;
    int year = 0, to = 0;
    uint32_t end = i + 1;
    const struct sense *sense = sense_at(s, i, SENSE_decade);

    form += strspn(form, "'`");
    if (g_str_has_prefix(s->tokens[i].form, "\xE2\x80\x99"))
        form += 3;
    if (sense) {
        year = 1900 + (int)sense->value;
    } else if (sscanf(form, "%4d%n", &year, &to) == 1 && to && year % 10 == 0) {
        bool apart = !form[to] && is_joined(s, end) &&
                     (token_is(s, end, "'s") || token_is(s, end, "s"));

        if (strcmp(form + to, "s") && !apart)
            return i;
        end += apart;
        if (to == 2)
            year += 1900;
    } else {
        return i;
    }
    if (year < YEAR_LEAST || year > YEAR_MOST)
        return i;
    /* "The 1800s" are a century, "the 2000s" are not yet. */
    when_set(
        w, days_make(year, 1, 1),
        days_make(year + (year % 100 || year >= 2000 ? 9 : 99), 12, 31),
        GRAIN_LONG);
    w->year = year;
    w->calendar = true;
    return end;
}

/* "the 19th century" */
uint32_t parse_century(const struct scan *s, uint32_t i, struct when *w)
{
    struct figure f;
    uint32_t end;
    int year;

    if (!has_kind(s, i, SENSE(figure) | SENSE(ordinal) | SENSE(ten)))
        return i;
    end = parse_figure(s, i, &f);
    if (end == i || !f.ordinal || f.value < 1 || f.value > 30)
        return i;
    if (is_dash(s, end))
        end++;
    if (!token_is(s, end, "century"))
        return i;
    year = (int)(f.value - 1) * 100;
    when_set(
        w, days_make(MAX(year, 1), 1, 1), days_make(year + 99, 12, 31),
        GRAIN_LONG);
    w->year = year;
    w->calendar = true;
    return end + 1;
}

uint32_t parse_season(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *season = named_at(s, i, SENSE_season);
    int month;
    uint32_t end, at;

    if (!season)
        return i;
    /* Many seasons are no date by themselves: "spring" may be a well. */
    end = i + season->count;
    month = (int)season->value;
    when_set(
        w, days_make(2000, month, 1),
        days_make(2000 + (month + 2) / 13, (month + 1) % 12 + 1, 31),
        GRAIN_MONTH);
    w->year = 0;
    w->calendar = true;
    at = parse_its_year(s, end, w);
    if (at > end)
        return at;
    if (!(i && (has_kind(
                    s, i - 1,
                    SENSE(this) | SENSE(early) | SENSE(late) | SENSE(mid) |
                        SENSE(since)) ||
                (token_is(s, i - 1, "the") && has_kind(s, i - 2, SENSE(in)) &&
                 i >= 2))))
        return i;
    choose_year(s, i, end, w);
    return end;
}

uint32_t parse_feast(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *feast = sense_at(s, i, SENSE_feast);
    int month, day;
    uint32_t end, at;

    if (!feast || sscanf(feast->text, "%2d-%2d", &month, &day) != 2)
        return i;
    end = i + feast->count;
    if (!set_day(w, 0, month, day))
        return i;
    at = parse_its_year(s, end, w);
    if (at > end)
        return at;
    choose_year(s, i, end, w);
    return end;
}

/* "2011", "the year 2011"; "2011/12" and "1998-99" are ranges. */
uint32_t parse_plain_year(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i, end;
    int year;

    if (token_is(s, at, "the") && has_kind(s, at + 1, SENSE(year)))
        at++;
    if (has_kind(s, at, SENSE(year))) {
        at++;
        at += has_kind(s, at, SENSE(of));
    }
    end = parse_year(s, at, &year);
    if (end == at)
        return i;
    when_set(w, days_make(year, 1, 1), days_make(year, 12, 31), GRAIN_YEAR);
    w->year = year;
    w->calendar = true;
    at = end;
    if (named_at(s, at, SENSE_month) && !has_kind(s, at + 1, SENSE(figure))) {
        int month = (int)sense_at(s, at, SENSE_month)->value;

        when_set(
            w, days_make(year, month, 1), days_make(year, month, 31),
            GRAIN_MONTH);
        return at + 1;
    }
    return end;
}
