/*
 * years.c - what is as long as a quarter or longer: "2011", "the 1990s", "the
 * 19th century", "the spring of 2003", "fiscal year 2019", "H1 2020".
 */
#include "language/dates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "her thirties", "his late 40s" are an age. */
static bool is_age(const struct scan *s, uint32_t i)
{
    i -= i && has_kind(s, i - 1, SENSE(early) | SENSE(mid) | SENSE(late));
    return i && has_kind(s, i - 1, SENSE(owner));
}

uint32_t parse_decade(const struct scan *s, uint32_t i, struct when *w)
{
    const char *form = s->tokens[i].form;
    int year = 0, to = 0;
    uint32_t end = i + 1;
    const struct sense *sense = sense_at(s, i, SENSE_decade);

    if (is_age(s, i))
        return i;
    form += strspn(form, "'`");
    if (g_str_has_prefix(s->tokens[i].form, "\xE2\x80\x99"))
        form += 3;
    if (sense) {
        year = 1900 + (int)sense->value;
    } else if (sscanf(form, "%4d%n", &year, &to) == 1 && to && year % 10 == 0) {
        bool apart =
            !form[to] && ((is_joined(s, end) && token_is(s, end, "'s")) ||
                          token_is(s, end, "s"));

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

/* Many seasons are no date by themselves: "spring" may be a well. */
static bool is_season_of(const struct scan *s, uint32_t i)
{
    bool the = false;

    if (i && has_kind(
                 s, i - 1,
                 SENSE(this) | SENSE(early) | SENSE(late) | SENSE(mid) |
                     SENSE(since)))
        return true;
    for (; i && (token_is(s, i - 1, "the") || has_kind(s, i - 1, SENSE(all)));
         i--)
        the = true;
    return the && i &&
           (has_kind(s, i - 1, SENSE(in) | SENSE(since) | SENSE(until)) ||
            token_is(s, i - 1, "throughout") || token_is(s, i - 1, "over"));
}

uint32_t parse_season(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *season = named_at(s, i, SENSE_season);
    int month;
    uint32_t end, at;

    if (!season)
        return i;
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
    if (i && has_kind(s, i - 1, SENSE(last) | SENSE(next)))
        return end;
    if (!is_season_of(s, i))
        return i;
    choose_year(s, i, end, w);
    return end;
}

/* --- fiscal years, halves and quarters ------------------------------- */

/* The fiscal year that is named `year`: that in which it ends. */
static void set_fiscal(const struct sense *fiscal, int year, struct when *w)
{
    int month = 1, day = 1;

    if (sscanf(fiscal->text, "%2d-%2d", &month, &day) != 2 ||
        (month == 1 && day == 1)) {
        when_set(w, days_make(year, 1, 1), days_make(year, 12, 31), GRAIN_YEAR);
    } else {
        int32_t first = days_make(year - 1, month, day);

        when_set(w, first, days_add_months(first, 12) - 1, GRAIN_YEAR);
    }
    w->year = year;
    w->calendar = true;
}

/* "19" and "2019", and the end of "2018-19": 2019. */
static int named_year(int first, size_t digits, int second)
{
    int year = digits == 2 ? 2000 + first : first;

    if (second < 0)
        return year;
    return second < 100 ? year - year % 100 + second : second;
}

static int read_year(const char *form, size_t *digits)
{
    *digits = strlen(form);
    if ((*digits != 2 && *digits != 4) || strspn(form, "0123456789") != *digits)
        return -1;
    return atoi(form);
}

/* "2019", "2018-19", "18/19" behind the words for a fiscal year. */
static uint32_t
parse_fiscal_name(const struct scan *s, uint32_t i, const char *form, int *year)
{
    size_t digits, second_digits;
    int first = read_year(form, &digits), second = -1;
    uint32_t end = i + 1;

    if (first < 0)
        return i;
    if ((is_dash(s, end) || token_is(s, end, "/")) && is_joined(s, end) &&
        is_joined(s, end + 1)) {
        second = read_year(s->tokens[end + 1].form, &second_digits);
        if (second == (first + 1) % (second_digits == 2 ? 100 : 10000))
            end += 2;
        else
            second = -1;
    }
    *year = named_year(first, digits, second);
    return *year >= YEAR_PLAIN && *year <= YEAR_MOST ? end : i;
}

/* "fiscal year 2019", "FY 2018-19", "FY19" */
uint32_t parse_fiscal(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *fiscal = sense_at(s, at, SENSE_fiscal);
    int year;

    if (!has_kind(s, at, SENSE(fiscal)))
        return i;
    if (fiscal) {
        at += fiscal->count;
        end = at < s->count
                  ? parse_fiscal_name(s, at, s->tokens[at].form, &year)
                  : at;
    } else {
        fiscal = word_sense(s->words, "fy", SENSE_fiscal);
        end =
            parse_fiscal_name(s, at, s->tokens[at].form + strlen("fy"), &year);
    }
    if (end == at || !fiscal)
        return i;
    set_fiscal(fiscal, year, w);
    return end;
}

/* "the last fiscal year": `offset` from that of the document's day. */
bool fiscal_near(
    const struct scan *s, const struct sense *fiscal, int offset,
    struct when *w)
{
    int year;

    when_set(w, NO_DAY, NO_DAY, GRAIN_YEAR);
    if (s->today == NO_DAY)
        return false;
    year = days_date(s->today).year;
    set_fiscal(fiscal, year, w);
    set_fiscal(fiscal, year + (s->today > w->last) + offset, w);
    return true;
}

/* The n-th half or quarter of a year, also of one that begins in October. */
static bool set_piece(const struct sense *piece, struct when *w)
{
    int months = 0, n = 0;
    int32_t first = w->first;

    if (sscanf(piece->text, "m%2d %2d", &months, &n) != 2 || first == NO_DAY)
        return false;
    w->first = days_add_months(first, months * (n - 1));
    w->last = days_add_months(first, months * n) - 1;
    w->grain = GRAIN_MONTH;
    return true;
}

/* "in Q3": of the year that tense allows. */
static uint32_t parse_bare_piece(
    const struct scan *s, uint32_t i, const struct sense *piece, struct when *w)
{
    uint32_t end = i + piece->count;

    if (!i || !has_kind(
                  s, i - 1,
                  SENSE(in) | SENSE(since) | SENSE(until) | SENSE(before) |
                      SENSE(after) | SENSE(this)))
        return i;
    when_set(w, days_make(2000, 1, 1), days_make(2000, 12, 31), GRAIN_YEAR);
    w->year = 0;
    w->calendar = true;
    if (!set_piece(piece, w))
        return i;
    choose_year(s, i, end, w);
    return end;
}

/* "H1 2020", "Q3 of FY 2019", "2019 Q3" */
uint32_t parse_piece(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *piece = sense_at(s, i, SENSE_piece);
    uint32_t at = i, end;
    bool before = piece != NULL;

    if (before) {
        at += piece->count;
        at += has_kind(s, at, SENSE(of)) || token_is(s, at, ",") ||
              is_dash(s, at);
    }
    if (!has_kind(s, at, SENSE(figure) | SENSE(fiscal)))
        return before ? parse_bare_piece(s, i, piece, w) : i;
    end = parse_fiscal(s, at, w);
    if (end == at)
        end = parse_plain_year(s, at, w);
    if (end > at && !before) {
        at = end + (is_dash(s, end) && is_joined(s, end));
        piece = sense_at(s, at, SENSE_piece);
        end = piece ? at + piece->count : i;
    } else if (end == at) {
        end = i;
    }
    return end > i && set_piece(piece, w) ? end : i;
}

/* --- years ----------------------------------------------------------- */

uint32_t parse_spoken_year(const struct scan *s, uint32_t i, int *year)
{
    const struct sense *century = sense_at(s, i, SENSE_digit);
    struct figure f;
    uint32_t end;

    if (!century)
        century = sense_at(s, i, SENSE_ten);
    if (!century)
        return i;
    if (century->value >= 18 && century->value <= 20) {
        uint32_t from = i + century->count;

        from += is_dash(s, from);
        end = parse_figure(s, from, &f);
        if (end > from && !f.ordinal && f.value >= 10 && f.value < 100 &&
            has_kind(s, from, SENSE(digit) | SENSE(ten))) {
            *year = (int)(century->value * 100 + f.value);
            return end;
        }
    }
    end = parse_figure(s, i, &f);
    if (f.ordinal || f.value < 2000 || f.value >= 2100 ||
        f.value != (int)f.value || has_kind(s, end, SENSE(unit)) ||
        (!ends_phrase(s, end) && !has_kind(s, end, SENSE(and))))
        return i;
    *year = (int)f.value;
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
        at += sense_at(s, at, SENSE_year)->count;
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
