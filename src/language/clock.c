/*
 * clock.c - times of day: "5 pm", "10:30 a.m.", "at noon", "in the morning".
 */
#include "language/lexemes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_hour(const char *form)
{
    int hour, minute, to = 0;

    if (sscanf(form, "%2d:%2d%n", &hour, &minute, &to) >= 2 && to >= 4)
        return hour <= 24 && minute < 60 && (!form[to] || form[to] == ':');
    return strlen(form) <= 4 && strspn(form, "0123456789") == strlen(form) &&
           atoi(form) <= 2400;
}

/* "5 pm", "5:30", "five o'clock" */
static uint32_t parse_hour(const struct scan *s, uint32_t i)
{
    bool colon =
        has_kind(s, i, SENSE(figure)) && strchr(s->tokens[i].form, ':');
    const struct sense *half = sense_at(s, i + 1, SENSE_clock);

    if (has_kind(s, i, SENSE(figure)) ? !is_hour(s->tokens[i].form)
                                      : !has_kind(s, i, SENSE(digit)))
        return i;
    if (half)
        return i + 1 + half->count;
    return colon ? i + 1 : i;
}

static uint32_t parse_part(const struct scan *s, uint32_t i)
{
    const struct sense *part;
    uint32_t at = i;

    if (has_kind(s, at, SENSE(in)) && token_is(s, at + 1, "the"))
        at += 2;
    else if (has_kind(s, at, SENSE(in)))
        at++;
    if (has_kind(s, at, SENSE(early) | SENSE(late) | SENSE(mid)))
        at++;
    part = sense_at(s, at, SENSE_part);
    return part ? at + part->count : i;
}

uint32_t parse_clock(const struct scan *s, uint32_t i)
{
    uint32_t end, part;

    if (!has_kind(
            s, i,
            SENSE(figure) | SENSE(digit) | SENSE(part) | SENSE(in) |
                SENSE(early) | SENSE(late) | SENSE(mid)))
        return i;
    end = parse_hour(s, i);
    if (end == i)
        return parse_part(s, i);
    part = parse_part(s, end);
    return part;
}
