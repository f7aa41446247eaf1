/*
 * clock.c - times of day: "5 pm", "10:30 a.m.", "half past nine", "from 2:00
 * to 2:30 pm", "in the morning".  Only their extent matters: days are what
 * expressions stand for.
 */
#include "language/numerals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- hours ----------------------------------------------------------- */

static bool has_colon(const char *form)
{
    int hour, minute, to = 0;

    return sscanf(form, "%2d:%2d%n", &hour, &minute, &to) >= 2 && to >= 4 &&
           hour <= 24 && minute < 60 && (!form[to] || form[to] == ':');
}

/* "5", "0530", and before "pm" also "5.30". */
static bool is_hour(const char *form, size_t digits, bool point)
{
    size_t len = strspn(form, "0123456789");

    if (point && form[len] == '.' && len && len <= 2)
        return strspn(form + len + 1, "0123456789") == 2 && !form[len + 3];
    return len && len <= digits && !form[len] && atoi(form) <= 2400 &&
           (len > 2 || atoi(form) <= 24);
}

/* "pm", "o'clock", "pm GMT" behind an hour; "hours" only behind four
   digits. */
static uint32_t parse_half(const struct scan *s, uint32_t i)
{
    const struct sense *half;

    for (int words = 0; words < 2; words++) {
        half = sense_at(s, i, SENSE_clock);
        if (!half || *half->text)
            break;
        i += half->count;
    }
    return i;
}

/* "9:00a", "8p.m.", "14h30": one token; "9p" only behind "at". */
static bool is_glued_hour(const struct scan *s, uint32_t i)
{
    static const char *const halves[] = {"am",   "pm",  "a.m.",
                                         "p.m.", "a.m", "p.m"};
    int hour, minute = 0, to = 0, more = 0;
    const char *form = s->tokens[i].lower;

    if (sscanf(form, "%2d%n", &hour, &to) != 1 || hour > 24)
        return false;
    form += to;
    if (form[0] == 'h')
        return all_digits(form + 1, 2, 2) && atoi(form + 1) < 60;
    if (sscanf(form, ":%2d%n", &minute, &more) == 1 && more == 3)
        form += more;
    for (size_t k = 0; k < G_N_ELEMENTS(halves); k++)
        if (strcmp(form, halves[k]) == 0)
            return hour <= 12;
    return (form[0] == 'a' || form[0] == 'p') && !form[1] && hour <= 12 &&
           (more || (i && token_is(s, i - 1, "at")));
}

/* The word between minutes and hour: "past". */
static bool is_past(const struct scan *s, uint32_t i)
{
    const struct sense *past = sense_at(s, i, SENSE_clock);

    return past && *past->text;
}

/* An hour that may be a mere number: "5", "seven". */
static uint32_t parse_bare_hour(const struct scan *s, uint32_t i)
{
    const struct sense *digit = sense_at(s, i, SENSE_digit);

    if (digit)
        return digit->value >= 1 && digit->value <= 12 ? i + digit->count : i;
    return has_kind(s, i, SENSE(figure)) && is_hour(s->tokens[i].form, 2, false)
               ? i + 1
               : i;
}

static bool is_military(const struct scan *s, uint32_t i)
{
    const char *form = s->tokens[i].form;

    return strlen(form) == 4 && is_hour(form, 4, false) &&
           atoi(form + 2) < 60 &&
           (token_is(s, i + 1, "hours") || token_is(s, i + 1, "hrs"));
}

/* "seven twenty-seven", "six forty-three minutes", "two thirty" */
static uint32_t parse_spoken_hour(const struct scan *s, uint32_t i)
{
    const struct sense *hour = sense_at(s, i, SENSE_digit);
    struct figure f;
    uint32_t at, end;

    if (!hour || hour->value < 1 || hour->value > 12)
        return i;
    at = i + hour->count;
    if (!has_kind(s, at, SENSE(digit) | SENSE(ten)))
        return i;
    end = parse_figure(s, at, &f);
    if (f.ordinal || !(f.value >= 10 && f.value < 60))
        return i;
    return end + (token_is(s, end, "minutes") || token_is(s, end, "minute"));
}

/* "took 3 h" is a length, "at 3 h" is none. */
static bool is_length(const struct scan *s, uint32_t i)
{
    return i && token_is(s, i + 1, "h") && !token_is(s, i - 1, "at") &&
           !token_is(s, i - 1, "by") && !token_is(s, i - 1, ",") &&
           !is_dash(s, i - 1) &&
           !has_kind(
               s, i - 1,
               SENSE(to) | SENSE(from) | SENSE(since) | SENSE(until) |
                   SENSE(before) | SENSE(after) | SENSE(between) |
                   SENSE(around) | SENSE(weekday) | SENSE(month) |
                   SENSE(figure));
}

/* "5 pm", "5:30", "five o'clock", "0530 hours", "one thirty pm" */
static uint32_t parse_hour(const struct scan *s, uint32_t i)
{
    uint32_t end;

    if (has_kind(s, i, SENSE(figure))) {
        if (is_length(s, i))
            return i;
        if (is_glued_hour(s, i))
            return parse_half(s, i + 1);
        if (is_military(s, i))
            return i + 2;
        if (has_colon(s->tokens[i].form))
            return parse_half(s, i + 1);
        end = is_hour(s->tokens[i].form, 4, true) ? i + 1 : i;
    } else {
        end = parse_spoken_hour(s, i);
        if (end == i)
            end = parse_bare_hour(s, i);
    }
    return end > i && parse_half(s, end) > end ? parse_half(s, end) : i;
}

/* "in the early morning", "noon" */
static uint32_t parse_part(const struct scan *s, uint32_t i)
{
    const struct sense *part;
    uint32_t at = i;

    if (has_kind(
            s, at,
            SENSE(early) | SENSE(late) | SENSE(earlier) | SENSE(later)) &&
        has_kind(s, at + 1, SENSE(in)))
        at++;
    if (has_kind(s, at, SENSE(in)) && token_is(s, at + 1, "the"))
        at += 2;
    else if (
        has_kind(s, at, SENSE(in)) &&
        !has_kind(s, at + 1, SENSE(early) | SENSE(late)))
        at++;
    if (!has_kind(s, at, SENSE(part)) &&
        has_kind(s, at, SENSE(early) | SENSE(late) | SENSE(mid)))
        at++;
    part = sense_at(s, at, SENSE_part);
    /* "the dawn of a new age" */
    if (!part || (has_kind(s, at + part->count, SENSE(of)) &&
                  has_kind(s, at + part->count + 1, SENSE(article))))
        return i;
    return at + part->count;
}

/* "to" before an hour, where what is before or behind tells that it is one:
   "at ten to nine", "a quarter to eight in the morning". */
static uint32_t
parse_minutes_to(const struct scan *s, uint32_t i, uint32_t at, double minutes)
{
    uint32_t end = parse_bare_hour(s, at + 1);
    bool told = i && (token_is(s, i - 1, "at") || token_is(s, i - 1, "by") ||
                      has_kind(
                          s, i - 1,
                          SENSE(around) | SENSE(until) | SENSE(before) |
                              SENSE(after) | SENSE(since)));

    if (!token_is(s, at, "to") || end == at + 1 ||
        !(minutes == 0.25 || minutes == 5 || minutes == 10 || minutes == 20 ||
          minutes == 25))
        return i;
    if (parse_half(s, end) > end)
        return parse_half(s, end);
    return (told && ends_phrase(s, end)) || parse_part(s, end) > end ? end : i;
}

/* "half past nine", "10 past 9", "twenty minutes past eight" */
static uint32_t parse_minutes_past(const struct scan *s, uint32_t i)
{
    struct figure f;
    uint32_t at, end;

    if (!has_kind(
            s, i,
            SENSE(figure) | SENSE(digit) | SENSE(ten) | SENSE(fraction) |
                SENSE(article)))
        return i;
    at = parse_figure(s, i, &f);
    if (at == i || !(f.value < 60))
        return i;
    at += has_kind(s, at, SENSE(unit)) && !is_past(s, at);
    if (!is_past(s, at))
        return parse_minutes_to(s, i, at, f.value);
    end = parse_hour(s, at + 1);
    if (end == at + 1)
        end = parse_bare_hour(s, at + 1);
    return end > at + 1 ? end : i;
}

/* A time that is surely one of day: returns its end, or i. */
static uint32_t parse_moment(const struct scan *s, uint32_t i)
{
    uint32_t end = parse_minutes_past(s, i), part;

    if (end == i)
        end = parse_hour(s, i);
    if (end > i)
        return parse_part(s, end);
    part = parse_bare_hour(s, i);
    if (part > i && has_kind(s, part, SENSE(in)) &&
        (end = parse_part(s, part)) > part)
        return end;
    return i;
}

/* --- spans ----------------------------------------------------------- */

static bool joins_hours(const struct scan *s, uint32_t i, bool between)
{
    return is_dash(s, i) || has_kind(s, i, SENSE(to) | SENSE(until)) ||
           (between && has_kind(s, i, SENSE(and)));
}

/* "0730" where a span is told */
static bool is_bare_military(const struct scan *s, uint32_t i)
{
    const char *form = i < s->count ? s->tokens[i].form : "";

    return all_digits(form, 4, 4) && atoi(form) <= 2400 && atoi(form + 2) < 60;
}

/* Both ends of "from 0730 to 1600": the nought tells that they are hours. */
static uint32_t parse_military_span(const struct scan *s, uint32_t i)
{
    if (!is_bare_military(s, i) || !joins_hours(s, i + 1, true) ||
        !is_bare_military(s, i + 2) ||
        (s->tokens[i].form[0] != '0' && s->tokens[i + 2].form[0] != '0'))
        return i;
    return parse_half(s, i + 3);
}

/* "two thirty to two forty five" */
static uint32_t parse_spoken_span(const struct scan *s, uint32_t i)
{
    uint32_t end = parse_spoken_hour(s, i), last;

    if (end == i || !joins_hours(s, end, false))
        return i;
    last = parse_spoken_hour(s, end + 1);
    return last > end + 1 ? last : i;
}

/* A moment, or a word as "noon", or a mere number; is it sure? */
static uint32_t parse_end(const struct scan *s, uint32_t i, bool *sure)
{
    uint32_t end = parse_moment(s, i);

    *sure = true;
    if (end == i && has_kind(s, i, SENSE(part)))
        end = parse_part(s, i);
    if (end > i)
        return end;
    *sure = false;
    return parse_bare_hour(s, i);
}

/* "from 2:00 to 2:30 pm", "5-6 pm"; `loose`: "from 7 to 9" beside a day. */
static uint32_t parse_hours(const struct scan *s, uint32_t i, bool loose)
{
    bool between = has_kind(s, i, SENSE(between));
    bool opened = between || has_kind(s, i, SENSE(from)), first, second;
    uint32_t at = i + opened, end = parse_end(s, at, &first), from;

    if (opened && ((from = parse_military_span(s, at)) > at ||
                   (from = parse_spoken_span(s, at)) > at))
        return from;
    if (end == at || !joins_hours(s, end, between))
        return i;
    from = end + 1;
    end = parse_end(s, from, &second);
    if (end == from || (!first && !second && !(loose && opened)))
        return i;
    return second ? end : parse_half(s, end);
}

/* "Monday 12-4" */
uint32_t parse_hours_alone(const struct scan *s, uint32_t i)
{
    uint32_t end = parse_bare_hour(s, i), last;

    if (end == i || !is_dash(s, end) || !is_joined(s, end))
        return i;
    last = parse_bare_hour(s, end + 1);
    return last > end + 1 && ends_phrase(s, last) ? last : i;
}

/* "before 5 pm", "after midnight", "from 9:30" */
static uint32_t parse_open_hour(const struct scan *s, uint32_t i)
{
    enum sense_kind kind;
    uint32_t at = parse_opener(s, i, &kind), end;

    if (at == i)
        return i;
    at = skip_around(s, at);
    end = parse_moment(s, at);
    if (end == at && has_kind(s, at, SENSE(part)))
        end = parse_part(s, at);
    return end > at ? end : i;
}

uint32_t parse_clock(const struct scan *s, uint32_t i, bool loose)
{
    uint32_t end, at;

    if (!has_kind(
            s, i,
            SENSE(figure) | SENSE(digit) | SENSE(ten) | SENSE(fraction) |
                SENSE(part) | SENSE(in) | SENSE(early) | SENSE(late) |
                SENSE(mid) | SENSE(from) | SENSE(between) | SENSE(before) |
                SENSE(after) | SENSE(until) | SENSE(since) | SENSE(article) |
                SENSE(earlier) | SENSE(later)))
        return i;
    end = parse_hours(s, i, loose);
    if (end == i)
        end = parse_open_hour(s, i);
    if (end == i)
        end = parse_moment(s, i);
    if (end > i)
        return end;
    end = parse_part(s, i);
    if (end == i)
        return i;
    /* "in the morning at 7" */
    at = end + token_is(s, end, "at");
    if (parse_moment(s, at) > at)
        return parse_moment(s, at);
    return at > end && parse_hour_alone(s, at) > at ? at + 1 : end;
}

uint32_t skip_around(const struct scan *s, uint32_t i)
{
    const struct sense *around = sense_at(s, i, SENSE_around);

    return around ? i + around->count : i;
}

static bool is_counted(const struct scan *s, uint32_t i)
{
    return (is_joined(s, i) && !ends_phrase(s, i)) ||
           has_kind(
               s, i,
               SENSE(unit) | SENSE(scale) | SENSE(percent) | SENSE(currency));
}

/* A number that nothing counts: "on Saturday at 5", "at 17.30", "at seven
   twenty-seven". */
uint32_t parse_hour_alone(const struct scan *s, uint32_t i)
{
    uint32_t end = parse_spoken_hour(s, i);
    const char *xpos;

    if (end > i && ends_phrase(s, end))
        return end;
    if (has_kind(s, i, SENSE(figure)) && strchr(s->tokens[i].form, '.') &&
        is_hour(s->tokens[i].form, 2, true) && !is_counted(s, i + 1))
        return i + 1;
    end = parse_bare_hour(s, i);
    xpos = end < s->count ? s->tokens[end].xpos : NULL;
    if (end == i)
        return i;
    if (end >= s->count || strchr(".,;:!?)", s->tokens[end].form[0]))
        return end;
    if (is_counted(s, end))
        return i;
    return xpos && !strchr("NJCD$", xpos[0]) ? end : i;
}
