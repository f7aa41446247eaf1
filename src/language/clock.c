/*
 * clock.c - times of day: "5 pm", "10:30 a.m.", "half past nine", "from 2:00
 * to 2:30 pm", "in the morning".  Only their extent matters: days are what
 * expressions stand for.
 */
#include "language/lexemes.h"

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

/* "pm", "o'clock" behind an hour; "hours" only behind four digits. */
static uint32_t parse_half(const struct scan *s, uint32_t i)
{
    const struct sense *half = sense_at(s, i, SENSE_clock);

    if (!half || *half->text)
        return i;
    return i + half->count;
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

/* "5 pm", "5:30", "five o'clock", "0530 hours" */
static uint32_t parse_hour(const struct scan *s, uint32_t i)
{
    uint32_t end;

    if (has_kind(s, i, SENSE(figure))) {
        if (is_military(s, i))
            return i + 2;
        if (has_colon(s->tokens[i].form))
            return parse_half(s, i + 1);
        end = is_hour(s->tokens[i].form, 4, true) ? i + 1 : i;
    } else {
        end = parse_bare_hour(s, i);
    }
    return end > i && parse_half(s, end) > end ? parse_half(s, end) : i;
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
        return i;
    end = parse_hour(s, at + 1);
    if (end == at + 1)
        end = parse_bare_hour(s, at + 1);
    return end > at + 1 ? end : i;
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
    return part ? at + part->count : i;
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

    if (end == at || !joins_hours(s, end, between))
        return i;
    from = end + 1;
    end = parse_end(s, from, &second);
    if (end == from || (!first && !second && !(loose && opened)))
        return i;
    return end;
}

/* "before 5 pm", "after midnight", "from 9:30" */
static uint32_t parse_open_hour(const struct scan *s, uint32_t i)
{
    uint32_t at = i + 1, end;

    if (!has_kind(
            s, i, SENSE(before) | SENSE(after) | SENSE(until) | SENSE(since)))
        return i;
    at += has_kind(s, at, SENSE(around));
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

/* A number that nothing counts: "on Saturday at 5". */
uint32_t parse_hour_alone(const struct scan *s, uint32_t i)
{
    uint32_t end = parse_bare_hour(s, i);
    const char *xpos = end < s->count ? s->tokens[end].xpos : NULL;

    if (end == i)
        return i;
    if (end >= s->count || strchr(".,;:!?)", s->tokens[end].form[0]))
        return end;
    if (is_joined(s, end) || has_kind(s, end, SENSE(unit) | SENSE(scale)))
        return i;
    return xpos && !strchr("NJCD$", xpos[0]) ? end : i;
}
