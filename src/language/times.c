/*
 * times.c - walks a text's sentences, joins dates to ranges and hands out
 * what was found.
 */
#include "language/times.h"

#include "language/units.h"

#include <stdlib.h>
#include <string.h>

/* --- ranges ---------------------------------------------------------- */

static bool is_date_like(const struct when *w)
{
    return w->kind == TIME_DATE && w->grain >= GRAIN_DAY;
}

/* "1998-99", "2001/02": the second year is short. */
static uint32_t
parse_short_year(const struct scan *s, uint32_t i, struct when *a)
{
    const char *form;
    int year;

    if (a->grain != GRAIN_YEAR || !is_joined(s, i) || !is_joined(s, i + 1) ||
        !(is_dash(s, i) || token_is(s, i, "/")))
        return i;
    form = s->tokens[i + 1].form;
    if (strlen(form) != 2 || strspn(form, "0123456789") != 2)
        return i;
    year = atoi(form);
    if (year <= a->year % 100)
        return i;
    a->last = days_make(a->year - a->year % 100 + year, 12, 31);
    return i + 2;
}

/* Gives the first end the year of the second: "from May to October 2020". */
static void share_year(const struct scan *s, struct when *a, struct when *b)
{
    (void)s;
    if (a->first == NO_DAY || b->first == NO_DAY)
        return;
    if (!a->year && b->year > 1) {
        move_to_year(a, b->year);
        if (a->first > b->first)
            move_to_year(a, b->year - 1);
    } else if (!b->year && a->first > b->last) {
        move_to_year(b, days_date(a->first).year);
        if (a->first > b->last)
            move_to_year(b, days_date(a->first).year + 1);
    } else if (a->year == 1 && b->year == 1 && b->first < a->first) {
        b->first += 7;
        b->last += 7;
    }
}

static bool joins(const struct scan *s, uint32_t i, bool between)
{
    if (between && has_kind(s, i, SENSE(and)))
        return true;
    return is_dash(s, i) || has_kind(s, i, SENSE(to) | SENSE(until));
}

/* "present", "date" behind "from May 2005 to [the]". */
static uint32_t parse_present(const struct scan *s, uint32_t i, struct when *w)
{
    if (!token_is(s, i, "present") && !token_is(s, i, "date"))
        return i;
    if (token_is(s, i, "present") && token_is(s, i + 1, "day"))
        i++;
    when_set(w, s->today, s->today, GRAIN_DAY);
    w->year = 1;
    return i + 1;
}

/* The rest of a range that begins with `a` and goes on at token i. */
static uint32_t
parse_range_end(const struct scan *s, uint32_t i, bool between, struct when *a)
{
    struct when b;
    uint32_t end, from;

    end = parse_short_year(s, i, a);
    if (end > i)
        return end;
    if (!joins(s, i, between))
        return i;
    from = i + 1;
    end = parse_when(s, from, &b);
    if (end == from && token_is(s, from, "the"))
        end = parse_when(s, ++from, &b);
    if (end == from)
        end = parse_present(s, from, &b);
    if (end == from || !is_date_like(&b))
        return i;
    share_year(s, a, &b);
    if (a->first != NO_DAY && b.last != NO_DAY && a->first > b.last)
        return i;
    if (b.last == NO_DAY)
        a->first = NO_DAY;
    a->last = a->first == NO_DAY ? NO_DAY : b.last;
    a->year = a->year ? a->year : b.year;
    return end;
}

static uint32_t parse_range(const struct scan *s, uint32_t i, struct when *w)
{
    bool between = has_kind(s, i, SENSE(between));
    bool opened = between || has_kind(s, i, SENSE(from));
    uint32_t at = i + opened;
    uint32_t end = parse_when(s, at, w), range;

    if (opened && parse_clock(s, i, true) > i && parse_clock(s, at, true) > at)
        return i; /* "from 5 to 6 pm" is of a day */
    if (end == at && token_is(s, at, "the"))
        end = parse_when(s, ++at, w);
    if (end == at)
        return i;
    if (!is_date_like(w))
        return opened ? i : end;
    range = parse_range_end(s, end, between, w);
    if (range > end)
        return range;
    /* "between the ninth and the seventeenth of April" */
    if (between && w->grain == GRAIN_DAY && w->first != w->last)
        return end;
    return opened ? i : end;
}

uint32_t parse_opener(const struct scan *s, uint32_t i, enum sense_kind *kind)
{
    static const enum sense_kind kinds[] = {
        SENSE_since, SENSE_until, SENSE_before, SENSE_after};
    const struct sense *sense = NULL;

    for (size_t k = 0; !sense && k < G_N_ELEMENTS(kinds); k++)
        sense = sense_at(s, i, *kind = kinds[k]);
    return sense ? i + sense->count : i;
}

/* "since 2009", "before Monday": open on one side. */
static uint32_t parse_open(const struct scan *s, uint32_t i, struct when *w)
{
    enum sense_kind kind;
    uint32_t at = parse_opener(s, i, &kind), end;
    bool ends;

    if (at == i || (kind == SENSE_after && parse_directed(s, i, w) > at))
        return i;
    at += token_is(s, at, "on");
    ends = token_is(s, at + token_is(s, at, "the"), "end");
    /* "after 5 pm on Monday" is on Monday. */
    if (parse_clock(s, at, true) > at)
        return i;
    end = parse_when(s, at, w);
    if (end == at && token_is(s, at, "the"))
        end = parse_when(s, ++at, w);
    if (end == at || !is_date_like(w) || w->first == NO_DAY)
        return i;
    /* "from 3 to 5 June" is closed. */
    if (w->grain == GRAIN_DAY && w->first != w->last)
        return has_kind(s, i, SENSE(from)) ? end : i;
    if (kind == SENSE_since) {
        w->last =
            s->today != NO_DAY && w->first <= s->today ? s->today : NO_DAY;
    } else if (kind == SENSE_until) {
        w->first = NO_DAY;
    } else if (kind == SENSE_before) {
        /* "before the end of May" may be in May. */
        w->last = ends ? w->last : w->first - 1;
        w->first = NO_DAY;
    } else {
        w->first = w->last + 1;
        w->last = NO_DAY;
    }
    return end;
}

/* --- a sentence ------------------------------------------------------ */

struct finder {
    struct scan scan;
    GArray *times, *numbers;
    struct arena *arena;
};

/* An hour is of the last day told. */
static void date_hour(const struct scan *s, struct when *w)
{
    if (w->kind == TIME_DATE && w->grain == GRAIN_PART && w->first == NO_DAY &&
        s->anchor != NO_DAY && s->anchor == s->anchor_end &&
        s->anchor_age <= ANCHOR_NEAR)
        w->first = w->last = s->anchor;
}

static void set_anchor(struct scan *s, const struct when *w)
{
    bool goes_on = w->kind == TIME_DATE && w->grain == GRAIN_PART;

    if (w->first == NO_DAY || (!w->calendar && !goes_on))
        return;
    s->anchor = w->first;
    s->anchor_end = w->last;
    s->anchor_year = w->year > 1 || (goes_on && s->anchor_year);
    s->anchor_age = 0;
}

static void
add_time(struct finder *f, uint32_t from, uint32_t to, struct when *w)
{
    struct time_expression t = {.from = from, .to = to, .kind = w->kind};

    date_hour(&f->scan, w);
    days_print(w->first, t.first);
    days_print(w->last, t.last);
    if (w->kind == TIME_DURATION)
        days_print(w->back, t.back);
    g_array_append_val(f->times, t);
    set_anchor(&f->scan, w);
}

/* "as early as 7:00", "around the 21st"; but hours leave their "around", and
   what is told about a day is not about that day. */
static uint32_t parse_around(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = skip_around(s, i), end = parse_when(s, at, w);

    if (end == at || w->kind != TIME_DATE || w->grain == GRAIN_NONE)
        return i;
    if (at == i + 1 && (w->grain < GRAIN_DAY || !token_is(s, i, "around") ||
                        parse_clock(s, at, true) > at))
        return i;
    return end;
}

static uint32_t parse_time(const struct scan *s, uint32_t i, struct when *w)
{
    struct when range = {.first = NO_DAY, .last = NO_DAY};
    uint32_t end, more;

    if (token_is(s, i, "for"))
        return parse_for_length(s, i, w);
    end = parse_open(s, i, w);
    more = parse_range(s, i, &range);

    /* "from May to July" is more than "from May". */
    if (more > end) {
        *w = range;
        end = more;
    }
    if (end == i && has_kind(s, i, SENSE(around)))
        return parse_around(s, i, w);
    if (!has_kind(
            s, i,
            SENSE(from) | SENSE(between) | SENSE(before) | SENSE(after) |
                SENSE(until) | SENSE(since)))
        return end;
    /* "between two and three weeks" */
    more = parse_lengths(s, i, &range);
    if (more > i && more >= end) {
        *w = range;
        return more;
    }
    /* "from 5 to 6 pm" */
    more = parse_when(s, i, &range);
    if (more <= end)
        return end;
    *w = range;
    return more;
}

static void find_in_sentence(struct finder *f)
{
    struct scan *s = &f->scan;
    uint32_t i = 0, counted = 0;

    while (i < s->count) {
        struct when w;
        uint32_t end =
            s->kinds[i] || token_is(s, i, "the") || token_is(s, i, "for")
                ? parse_time(s, i, &w)
                : i;

        if (end == i) {
            i++;
            continue;
        }
        find_numbers(s, counted, i, f->numbers);
        add_time(f, i, end, &w);
        i = counted = end;
    }
    find_numbers(s, counted, s->count, f->numbers);
}

static void *copy_array(struct arena *a, GArray *array, size_t size)
{
    void *copy;

    if (!array->len)
        return NULL;
    copy = arena_alloc(a, array->len * size);
    memcpy(copy, array->data, array->len * size);
    return copy;
}

static void keep_found(struct finder *f, struct sentence *sentence)
{
    sentence->times =
        copy_array(f->arena, f->times, sizeof(struct time_expression));
    sentence->time_count = f->times->len;
    sentence->numbers = copy_array(f->arena, f->numbers, sizeof(struct number));
    sentence->number_count = f->numbers->len;
    g_array_set_size(f->times, 0);
    g_array_set_size(f->numbers, 0);
}

void times_find(
    const struct time_words *w, struct arena *a, struct text *t,
    const char *date)
{
    struct finder f = {.arena = a};

    f.scan.words = w;
    f.scan.today = days_read(date);
    f.scan.anchor = f.scan.anchor_end = NO_DAY;
    f.times = g_array_new(FALSE, FALSE, sizeof(struct time_expression));
    f.numbers = g_array_new(FALSE, FALSE, sizeof(struct number));
    for (uint32_t i = 0; i < t->count; i++) {
        if (scan_sentence(&f.scan, &t->sentences[i]))
            find_in_sentence(&f);
        f.scan.anchor_age++;
        keep_found(&f, &t->sentences[i]);
    }
    g_array_free(f.times, TRUE);
    g_array_free(f.numbers, TRUE);
    g_free(f.scan.kinds);
    g_free(f.scan.firsts);
}
