/*
 * lengths.c - lengths of time, and what is told by one: "three months", "two
 * days ago", "a year later", "within a week".
 */
#include "language/units.h"

#include <stdlib.h>
#include <string.h>

/* --- units ----------------------------------------------------------- */

struct unit unit_of(const struct sense *sense)
{
    return (struct unit){sense->text[0], atoi(sense->text + 1)};
}

/* Days from Monday to Friday. */
static int32_t add_business_days(int32_t day, int count)
{
    int step = count < 0 ? -1 : 1;

    day += count / 5 * 7;
    for (count = count % 5 * step; count > 0; count -= days_weekday(day) <= 5)
        day += step;
    return day;
}

int32_t add_units(int32_t day, struct unit u, double count)
{
    double all = count * (u.of == 'w' ? 7 : u.count);

    if (day == NO_DAY || !(all <= 1e6 && all >= -1e6))
        return NO_DAY;
    switch (u.of) {
    case 'd':
    case 'w':
        return day + (int32_t)all;
    case 'b':
        return add_business_days(day, (int)all);
    case 'm':
        day = days_add_months(day, (int)all);
        return day + (int32_t)((all - (int)all) * 30);
    default:
        return day;
    }
}

enum grain grain_of(struct unit u)
{
    if (u.of == 'm')
        return u.count >= 120 ? GRAIN_LONG
                              : (u.count == 12 ? GRAIN_YEAR : GRAIN_MONTH);
    if (u.of == 't')
        return GRAIN_PART;
    return u.of == 'w' || u.count >= 7 ? GRAIN_WEEK : GRAIN_DAY;
}

bool calendar_unit(int32_t day, struct unit u, int offset, struct when *w)
{
    int32_t first = day, last;

    if (day == NO_DAY || u.of == 't')
        return false;
    if (u.of == 'b') {
        first = last = add_business_days(day, offset);
    } else if (u.of == 'm') {
        struct date d = days_date(day);
        int month = ((d.year * 12 + d.month - 1) / u.count + offset) * u.count;
        int end = month + u.count - 1;

        first = days_make(month / 12, month % 12 + 1, 1);
        last = days_make(end / 12, end % 12 + 1, 31);
    } else if (u.of == 'w') {
        first = day - days_weekday(day) + 6 + 7 * offset;
        last = first + 1;
    } else {
        if (u.count == 7)
            first = day - days_weekday(day) + 1;
        first += offset * u.count;
        last = first + u.count - 1;
    }
    when_set(w, first, last, grain_of(u));
    return true;
}

/* --- lengths --------------------------------------------------------- */

struct length {
    double months, days, business;
    bool vague; /* "several years" */
    bool part;  /* hours and less */
    struct unit unit;
    bool bare; /* no count: "week" alone */
};

static void
add_length(struct length *l, struct unit u, double count, bool vague)
{
    l->vague |= vague;
    l->unit = u;
    if (u.of == 'm')
        l->months += count * u.count;
    else if (u.of == 't')
        l->part = true;
    else if (u.of == 'b')
        l->business += count;
    else
        l->days += count * (u.of == 'w' ? 7 : u.count);
}

uint32_t
parse_count(const struct scan *s, uint32_t i, double *count, bool *vague)
{
    struct figure f;
    uint32_t end = parse_figure(s, i, &f);

    *vague = false;
    *count = 1;
    if (end > i && !f.ordinal) {
        *count = f.value;
        *vague = !f.has_value;
        /* "half a year", "three quarters of an hour" */
        end += f.value < 1 && has_kind(s, end, SENSE(of));
        end += f.value < 1 && has_kind(s, end, SENSE(article));
        return end;
    }
    if (has_kind(s, i, SENSE(article) | SENSE(all)))
        return i + 1 +
               (has_kind(s, i, SENSE(all)) && token_is(s, i + 1, "the"));
    return i;
}

/* "a second wave" lasts longer than a second. */
static bool is_ordinal_word(const struct scan *s, uint32_t i)
{
    const char *xpos = s->tokens[i].xpos;

    return has_kind(s, i, SENSE(ordinal)) && i &&
           has_kind(s, i - 1, SENSE(article)) && xpos &&
           strcmp(xpos, "JJ") == 0;
}

uint32_t parse_unit_of_time(const struct scan *s, uint32_t i, struct unit *u)
{
    const struct sense *sense;

    if (is_dash(s, i) && is_joined(s, i))
        i++;
    if (has_kind(s, i, SENSE(old)))
        return 0;
    sense = sense_at(s, i, SENSE_unit);
    if (!sense || is_ordinal_word(s, i))
        return 0;
    *u = unit_of(sense);
    return i + sense->count;
}

/* "and a half", "and a quarter" behind a unit; "and half" at the end. */
static uint32_t parse_half_more(const struct scan *s, uint32_t i, double *count)
{
    uint32_t at = i + 1;
    bool article = has_kind(s, at, SENSE(article));
    const struct sense *part = sense_at(s, at + article, SENSE_fraction);

    if (!has_kind(s, i, SENSE(and)) || !part || part->value >= 1 ||
        !(token_is(s, at + article, "half") ||
          token_is(s, at + article, "quarter")))
        return i;
    at += article + part->count;
    if (!article && (!ends_phrase(s, at) || has_kind(s, at, SENSE(of))))
        return i;
    *count += part->value;
    return at;
}

static uint32_t
parse_one_length(const struct scan *s, uint32_t i, struct length *l)
{
    double count;
    bool vague;
    struct unit u;
    uint32_t at = parse_count(s, i, &count, &vague), end;

    if (at == i)
        return i;
    if (at < s->count && token_is(s, at, "full"))
        at++;
    end = parse_unit_of_time(s, at, &u);
    if (!end)
        return i;
    end = parse_half_more(s, end, &count);
    add_length(l, u, count, vague);
    return end;
}

/* "two years", "1 year 2 months and 3 days" */
static uint32_t parse_length(const struct scan *s, uint32_t i, struct length *l)
{
    uint32_t end, at;

    *l = (struct length){0};
    end = parse_one_length(s, i, l);
    for (int more = 0; end > i && more < 4; more++) {
        at = end + (has_kind(s, end, SENSE(and)) || token_is(s, end, ","));
        if (has_kind(s, at, SENSE(article)))
            break;
        at = parse_one_length(s, at, l);
        if (at <= end + 1)
            break;
        end = at;
    }
    return end;
}

static int32_t add_length_to(int32_t day, const struct length *l, int sign)
{
    struct unit month = {'m', 1};

    if (day == NO_DAY || l->vague)
        return NO_DAY;
    if (!(l->days <= 1e6 && l->business <= 1e6))
        return NO_DAY;
    day = add_units(day, month, sign * l->months);
    if (day == NO_DAY)
        return day;
    return add_business_days(
        day + sign * (int32_t)l->days, sign * (int)l->business);
}

/* Where what is told by a length begins, and which way it goes. */
struct origin {
    int32_t day;
    int sign;
};

static void set_point(struct when *w, int32_t day, const struct length *l)
{
    when_set(w, day, day, l->part ? GRAIN_PART : GRAIN_DAY);
}

/* "after the attack" is no calendar time, "after Monday" is. */
static uint32_t parse_base(const struct scan *s, uint32_t i, struct when *base)
{
    uint32_t end;
    const struct sense *day = sense_at(s, i, SENSE_day);

    if (!day)
        day = sense_at(s, i, SENSE_now);
    if (day) {
        when_set(base, s->today, s->today, GRAIN_DAY);
        if (s->today != NO_DAY)
            base->first = base->last = s->today + (int)day->value;
        return i + day->count;
    }
    end = parse_date(s, i, base);
    return end;
}

/* What may stand behind a length: "ago", "later", "before Monday". */
static uint32_t parse_from_length(
    const struct scan *s, uint32_t i, const struct length *l, struct when *w,
    struct origin *from)
{
    const struct sense *sense;
    struct when base;
    uint32_t end;

    *from = (struct origin){s->today, has_kind(s, i, SENSE(before)) ? -1 : 1};
    if ((sense = sense_at(s, i, SENSE_ago))) {
        from->sign = (int)sense->value;
        set_point(w, add_length_to(s->today, l, from->sign), l);
        return i + sense->count;
    }
    if (has_kind(
            s, i, SENSE(before) | SENSE(after) | SENSE(from) | SENSE(since))) {
        end = parse_base(s, i + 1, &base);
        if (end > i + 1 && base.grain != GRAIN_NONE) {
            from->day = base.first;
            set_point(w, add_length_to(base.first, l, from->sign), l);
            return end;
        }
    }
    sense = sense_at(s, i, SENSE_earlier);
    if (!sense)
        sense = sense_at(s, i, SENSE_later);
    if (sense && sense->count == 1) {
        *from =
            (struct origin){s->anchor, sense->kind == SENSE_earlier ? -1 : 1};
        set_point(
            w, l->part ? NO_DAY : add_length_to(s->anchor, l, from->sign), l);
        return i + sense->count;
    }
    return i;
}

static uint32_t
parse_in_length(const struct scan *s, uint32_t i, struct when *w)
{
    struct length l;
    struct origin from;
    bool within = has_kind(s, i, SENSE(within));
    uint32_t end;

    if (!has_kind(s, i, SENSE(in) | SENSE(within)))
        return i;
    end = parse_length(s, i + 1, &l);
    /* "in two days from today" */
    if (end == i + 1 || is_dash(s, i + 2) ||
        parse_from_length(s, end, &l, w, &from) > end)
        return i;
    if (!within && find_tense(s, i, end) == TENSE_PAST)
        return i;
    set_point(w, add_length_to(s->today, &l, 1), &l);
    if (within && w->last != NO_DAY)
        w->first = s->today;
    return end;
}

/* "ten to fifteen days", "between two and three weeks" */
static uint32_t parse_spread(const struct scan *s, uint32_t i, struct length *l)
{
    bool between = has_kind(s, i, SENSE(between)), vague;
    uint32_t at = i + between, end;
    double count;

    *l = (struct length){0};
    end = parse_count(s, at, &count, &vague);
    if (end == at ||
        !(between ? has_kind(s, end, SENSE(and))
                  : is_dash(s, end) || has_kind(s, end, SENSE(to)) ||
                        token_is(s, end, "or")))
        return i;
    at = end + 1;
    end = parse_one_length(s, at, l);
    l->vague = true;
    return end > at ? end : i;
}

/* "more than a year ago" is before that day, "less than a year after May"
   between it and May. */
static void
open_point(const struct origin *from, const char *compare, struct when *w)
{
    if (w->first == NO_DAY)
        return;
    if (*compare == '>' && from->sign < 0)
        w->first = NO_DAY;
    else if (*compare == '>')
        w->last = NO_DAY;
    else if (*compare == '<' && from->sign < 0)
        w->last = from->day;
    else if (*compare == '<')
        w->first = from->day;
}

/* The span of a length from the date at token i on. */
static uint32_t parse_span_from(
    const struct scan *s, uint32_t i, const struct length *l, struct when *w)
{
    struct when start = {.first = NO_DAY, .last = NO_DAY};
    int32_t end_day;
    uint32_t end = parse_base(s, i, &start);

    if (end == i)
        end = parse_directed(s, i, &start);
    if (end == i || start.kind != TIME_DATE || start.grain < GRAIN_DAY ||
        start.grain > GRAIN_MONTH || l->vague || l->part)
        return i;
    end_day = add_length_to(start.first, l, 1);
    when_set(w, start.first, start.first, GRAIN_WEEK);
    if (end_day != NO_DAY)
        w->last = MAX(end_day - 1, start.first);
    w->calendar = start.calendar;
    return end;
}

/* "starting next Monday", "beginning from 5 May" behind a length. */
static uint32_t parse_started(
    const struct scan *s, uint32_t i, const struct length *l, struct when *w)
{
    uint32_t at = i + token_is(s, i, ","), end;

    if (!token_is(s, at, "starting") && !token_is(s, at, "beginning") &&
        !token_is(s, at, "commencing"))
        return i;
    at++;
    at += has_kind(s, at, SENSE(from)) || token_is(s, at, "on");
    end = parse_span_from(s, at, l, w);
    return end > at ? end : i;
}

uint32_t parse_for_length(const struct scan *s, uint32_t i, struct when *w)
{
    struct length l;
    uint32_t at, end;

    if (!token_is(s, i, "for"))
        return i;
    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    end = parse_length(s, i + 1, &l);
    at = end + token_is(s, end, ",");
    if (end == i + 1 || !token_is(s, at, "from"))
        return i;
    end = parse_span_from(s, ++at, &l, w);
    return end > at ? end : i;
}

/* The day so long before `day`. */
static int32_t length_before(int32_t day, const struct length *l)
{
    static const struct unit month = {'m', 1}, one_day = {'d', 1},
                             business = {'b', 1};

    day = add_units(add_units(day, month, -l->months), one_day, -l->days);
    return add_units(day, business, -l->business);
}

uint32_t parse_lengths(const struct scan *s, uint32_t i, struct when *w)
{
    struct length l;
    const char *compare = "";
    struct origin origin;
    uint32_t end, at, from;

    end = parse_in_length(s, i, w);
    if (end > i)
        return end;
    from = parse_compare(s, i, &compare);
    end = parse_spread(s, from, &l);
    if (end == from)
        end = parse_length(s, from, &l);
    /* "some weeks" */
    if (end == from && from > i) {
        compare = "";
        end = parse_length(s, from = i, &l);
    }
    if (end == from)
        return i;
    at = parse_started(s, end, &l, w);
    if (at > end)
        return at;
    at = parse_from_length(s, end, &l, w, &origin);
    if (at > end) {
        open_point(&origin, compare, w);
        return at;
    }
    when_set(w, NO_DAY, NO_DAY, GRAIN_NONE);
    w->kind = TIME_DURATION;
    w->back = l.vague || l.part ? NO_DAY : length_before(s->today, &l);
    return end;
}
