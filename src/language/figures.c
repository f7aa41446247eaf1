/*
 * figures.c - cuts what begins with a digit: numbers, dates, telephone
 * numbers, and units that are written on to their number.
 */
#include "language/splitter.h"

#include <stdlib.h>
#include <string.h>

uint32_t skip_digits(const struct splitter *s, uint32_t at)
{
    while (at < s->end && g_ascii_isdigit(s->text[at]))
        at++;
    return at;
}

/* "9/11", "11/02": a month and a day rather than "1/2" or "2001/02". */
static bool is_month_and_day(
    const struct splitter *s, uint32_t from, uint32_t sep, uint32_t to)
{
    int month = atoi(s->text + from);
    int day = atoi(s->text + sep + 1);

    return sep - from <= 2 && to - sep <= 3 && month >= 1 && month <= 12 &&
           day <= 31 && (day >= 6 || s->text[sep + 1] == '0');
}

/* "5/1/2019-5/7/2020" is two dates: the group at which the second begins, or
   `count`. */
static uint32_t
second_date(const struct splitter *s, const uint32_t *ends, uint32_t count)
{
    for (uint32_t i = 1; i + 2 < count; i++)
        if (s->text[ends[i - 1]] == '/' && s->text[ends[i]] == '-' &&
            s->text[ends[i + 1]] == '/')
            return i + 1;
    return count;
}

/*
 * Telephone numbers and dates stay whole, ranges do not: from the end of the
 * first group of digits to the end of the groups that belong to it.
 */
static uint32_t groups_end(const struct splitter *s, uint32_t from, uint32_t at)
{
    uint32_t ends[6], count = 1, dates;

    ends[0] = at;
    while (count < G_N_ELEMENTS(ends) && ends[count - 1] + 1 < s->end &&
           in_set(s->text[ends[count - 1]], "-/") &&
           g_ascii_isdigit(s->text[ends[count - 1] + 1])) {
        ends[count] = skip_digits(s, ends[count - 1] + 1);
        count++;
    }
    dates = second_date(s, ends, count);
    if (dates < count)
        return ends[dates - 1];
    if (count >= 3)
        return ends[count - 1];
    if (count == 2) {
        uint32_t first = at - from, second = ends[1] - at - 1;

        if (s->text[at] == '/'
                ? is_month_and_day(s, from, at, ends[1])
                : second == 4 && (first == 1 || first == 3 || first == 5))
            return ends[1];
    }
    return at;
}

static bool is_ordinal_end(const struct splitter *s, uint32_t from, uint32_t to)
{
    static const char *const ends[] = {"st", "nd", "rd", "th", "s"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (to - from == strlen(ends[i]) &&
            !g_ascii_strncasecmp(s->text + from, ends[i], to - from))
            return true;
    return false;
}

/* Groups of two digits, then one of three: "12,34,567". */
static bool is_indian(const struct splitter *s, uint32_t at, uint32_t group)
{
    while (group - at == 3 && group < s->end && s->text[group] == ',') {
        at = group;
        group = skip_digits(s, at + 1);
    }
    return group - at == 4;
}

/* "14h30" */
static bool is_hour_mark(const struct splitter *s, uint32_t at, uint32_t to)
{
    return to == at + 1 && (s->text[at] | 0x20) == 'h' && to < s->end &&
           g_ascii_isdigit(s->text[to]);
}

uint32_t split_number(struct splitter *s, uint32_t from)
{
    uint32_t at = skip_digits(s, from), to;
    struct word w;

    to = groups_end(s, from, at);
    if (to == at) {
        while (at + 1 < s->end && in_set(s->text[at], ".,:") &&
               g_ascii_isdigit(s->text[at + 1])) {
            uint32_t group = skip_digits(s, at + 1);

            /* "13,14" is a list, "12,34,567" a number. */
            if (s->text[at] == ',' && group - at != 4 &&
                !is_indian(s, at, group))
                break;
            at = group;
        }
        to = at;
    }
    at = to;
    w = (struct word){.from = from, .at = at, .part = at};
    if (!is_word_char(s, at) && !apostrophe_at(s, at)) {
        to = address_end(s, from);
        to = MAX(to, at);
        emit_address(s, from, to);
        return to;
    }
    to = at;
    while (to < s->end && g_ascii_isalpha(s->text[to]))
        to++;
    if (to > at && !is_ordinal_end(s, at, to) && !is_hour_mark(s, at, to) &&
        is_kind(s, WORD_unit, at, to)) {
        emit(s, from, at);
        return at;
    }
    to = address_end(s, from);
    if (to > at) {
        emit_address(s, from, to);
        return to;
    }
    return split_from(s, &w);
}
