/*
 * relatives.c - times told from another: "last week", "two days ago", "the
 * next month", "the first week of March"; lengths and repetitions.
 */
#include "language/lexemes.h"

#include <stdlib.h>
#include <string.h>

/* --- units ----------------------------------------------------------- */

struct unit {
    char of; /* days, months, a weekend, or a part of a day */
    int count;
};

/* The value of a unit in times.tsv: "d7", "m12", "w", "t". */
static struct unit unit_of(const struct sense *sense)
{
    return (struct unit){sense->text[0], atoi(sense->text + 1)};
}

static int32_t add_units(int32_t day, struct unit u, double count)
{
    double all = count * u.count;

    if (day == NO_DAY || all > 1e6 || all < -1e6)
        return NO_DAY;
    switch (u.of) {
    case 'd':
        return day + (int32_t)all;
    case 'w':
        return day + (int32_t)(count * 7);
    case 'm':
        day = days_add_months(day, (int)all);
        return day + (int32_t)((all - (int)all) * 30);
    default:
        return day;
    }
}

static enum grain grain_of(struct unit u)
{
    if (u.of == 'm')
        return u.count >= 120 ? GRAIN_LONG
                              : (u.count == 12 ? GRAIN_YEAR : GRAIN_MONTH);
    if (u.of == 't')
        return GRAIN_PART;
    return u.of == 'w' || u.count >= 7 ? GRAIN_WEEK : GRAIN_DAY;
}

/* The week, month, year, ... of the calendar that `day` is in, `offset`
   further. */
static bool
calendar_unit(int32_t day, struct unit u, int offset, struct when *w)
{
    int32_t first = day, last;

    if (day == NO_DAY || u.of == 't')
        return false;
    if (u.of == 'm') {
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
    double months, days;
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
    else
        l->days += count * (u.of == 'w' ? 7 : u.count);
}

/* "a", "two", "several", "half a" before a unit. */
static uint32_t
parse_count(const struct scan *s, uint32_t i, double *count, bool *vague)
{
    struct figure f;
    uint32_t end = parse_figure(s, i, &f);

    *vague = false;
    *count = 1;
    if (end > i && !f.ordinal) {
        *count = f.value;
        *vague = !f.has_value;
        if (has_kind(s, end, SENSE(article)))
            end++;
        if (has_kind(s, end, SENSE(of)))
            end++;
        return end;
    }
    if (has_kind(s, i, SENSE(article) | SENSE(all)))
        return i + 1 +
               (has_kind(s, i, SENSE(all)) && token_is(s, i + 1, "the"));
    return i;
}

static uint32_t
parse_unit_of_time(const struct scan *s, uint32_t i, struct unit *u)
{
    const struct sense *sense;

    if (is_dash(s, i) && is_joined(s, i))
        i++;
    if (has_kind(s, i, SENSE(old)))
        return 0;
    sense = sense_at(s, i, SENSE_unit);
    if (!sense)
        return 0;
    *u = unit_of(sense);
    return i + sense->count;
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
    /* "a year and a half" */
    if (has_kind(s, end, SENSE(and)) && has_kind(s, end + 1, SENSE(article)) &&
        token_is(s, end + 2, "half")) {
        count += 0.5;
        end += 3;
    }
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
    if (l->days > 1e6)
        return NO_DAY;
    day = add_units(day, month, sign * l->months);
    return day == NO_DAY ? day : day + sign * (int32_t)l->days;
}

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
    const struct scan *s, uint32_t i, const struct length *l, struct when *w)
{
    const struct sense *sense;
    struct when base;
    uint32_t end;
    int sign = has_kind(s, i, SENSE(before)) ? -1 : 1;

    if ((sense = sense_at(s, i, SENSE_ago))) {
        set_point(w, add_length_to(s->today, l, (int)sense->value), l);
        return i + sense->count;
    }
    if (has_kind(
            s, i, SENSE(before) | SENSE(after) | SENSE(from) | SENSE(since))) {
        end = parse_base(s, i + 1, &base);
        if (end > i + 1 && base.grain != GRAIN_NONE) {
            set_point(w, add_length_to(base.first, l, sign), l);
            return end;
        }
    }
    sense = sense_at(s, i, SENSE_earlier);
    if (!sense)
        sense = sense_at(s, i, SENSE_later);
    if (sense) {
        sign = sense->kind == SENSE_earlier ? -1 : 1;
        set_point(w, l->part ? NO_DAY : add_length_to(s->anchor, l, sign), l);
        return i + sense->count;
    }
    return i;
}

static uint32_t
parse_in_length(const struct scan *s, uint32_t i, struct when *w)
{
    struct length l;
    bool within = has_kind(s, i, SENSE(within));
    uint32_t end;

    if (!has_kind(s, i, SENSE(in) | SENSE(within)))
        return i;
    end = parse_length(s, i + 1, &l);
    if (end == i + 1 || is_dash(s, i + 2))
        return i;
    if (!within && find_tense(s, i, end) == TENSE_PAST)
        return i;
    set_point(w, add_length_to(s->today, &l, 1), &l);
    if (within && w->last != NO_DAY)
        w->first = s->today;
    return end;
}

static uint32_t parse_lengths(const struct scan *s, uint32_t i, struct when *w)
{
    struct length l;
    uint32_t end, at;

    end = parse_in_length(s, i, w);
    if (end > i)
        return end;
    end = parse_length(s, i, &l);
    if (end == i)
        return i;
    at = parse_from_length(s, end, &l, w);
    if (at > end)
        return at;
    when_set(w, NO_DAY, NO_DAY, GRAIN_NONE);
    w->kind = TIME_DURATION;
    return end;
}

/* --- last, this, next ------------------------------------------------ */

struct direction {
    int offset;    /* -1, 0, 1 */
    bool rolling;  /* "the past week": up to today */
    bool anchored; /* "the next day": from the last date told */
};

static uint32_t
parse_direction(const struct scan *s, uint32_t i, struct direction *d)
{
    const struct sense *sense = NULL;
    uint32_t at = i;

    *d = (struct direction){0};
    if (has_kind(s, at, SENSE(this)) &&
        has_kind(s, at + 1, SENSE(last) | SENSE(next)))
        at++;
    if (!(sense = sense_at(s, at, SENSE_last)) &&
        !(sense = sense_at(s, at, SENSE_next)) &&
        !(sense = sense_at(s, at, SENSE_this)) &&
        !(sense = sense_at(s, at, SENSE_same)))
        return i;
    d->offset = sense->kind == SENSE_last ? -1 : sense->kind == SENSE_next;
    d->rolling = strchr(sense->text, 'r') != NULL || at > i;
    d->anchored = sense->kind == SENSE_same ||
                  (i && token_is(s, i - 1, "the") &&
                   sense->kind == SENSE_next && s->anchor != NO_DAY);
    return at + sense->count;
}

/* "the last two years", "next few months" */
static bool count_units(
    const struct scan *s, const struct direction *d, double count, bool vague,
    struct unit u, struct when *w)
{
    when_set(w, NO_DAY, NO_DAY, grain_of(u));
    if (vague || s->today == NO_DAY || u.of == 't')
        return true;
    if (d->offset < 0)
        when_set(w, add_units(s->today, u, -count), s->today, grain_of(u));
    else if (d->offset > 0)
        when_set(w, s->today + 1, add_units(s->today, u, count), grain_of(u));
    if (w->first == NO_DAY)
        w->last = NO_DAY;
    return true;
}

static void one_unit(
    const struct scan *s, uint32_t i, const struct direction *d, struct unit u,
    struct when *w)
{
    int32_t base = d->anchored ? s->anchor : s->today;
    bool rolling = d->rolling || (d->offset < 0 && i &&
                                  token_is(s, i - 1, "the") && u.of != 'w');

    when_set(w, NO_DAY, NO_DAY, grain_of(u));
    if (rolling && d->offset && u.of != 'w' && u.count != 3)
        count_units(s, d, 1, false, u, w);
    else
        calendar_unit(base, u, d->offset, w);
    w->calendar = w->first != NO_DAY;
}

static void directed_weekday(
    const struct scan *s, const struct direction *d, int weekday,
    struct when *w)
{
    int today;
    int32_t base = d->anchored ? s->anchor : s->today;

    when_set(w, NO_DAY, NO_DAY, GRAIN_DAY);
    if (base == NO_DAY)
        return;
    today = days_weekday(base);
    w->first = base - today + weekday + 7 * d->offset;
    if (d->rolling && d->offset < 0)
        w->first = base - (today - weekday + 6) % 7 - 1;
    else if ((d->rolling && d->offset > 0) || d->anchored)
        w->first = base + (weekday - today + 6) % 7 + 1;
    w->last = w->first;
    w->calendar = true;
    w->year = 1;
}

/* "last May", "next spring", "last Christmas" */
static uint32_t directed_date(
    const struct scan *s, uint32_t i, const struct direction *d, struct when *w)
{
    uint32_t end;
    struct date today;

    if (!has_kind(s, i, SENSE(month) | SENSE(season) | SENSE(feast)))
        return i;
    end = parse_date(s, i, w);
    if (end == i || w->year || s->today == NO_DAY)
        return end;
    today = days_date(s->today);
    move_to_year(w, today.year);
    if (d->offset < 0 && w->last >= s->today)
        move_to_year(w, today.year - 1);
    if (d->offset > 0 && w->first <= s->today)
        move_to_year(w, today.year + 1);
    w->year = today.year;
    return end;
}

static uint32_t parse_directed(const struct scan *s, uint32_t i, struct when *w)
{
    struct direction d;
    const struct sense *sense;
    uint32_t at = parse_direction(s, i, &d), end;
    double count;
    bool vague;
    struct unit u;

    if (at == i)
        return i;
    if ((sense = named_at(s, at, SENSE_weekday))) {
        directed_weekday(s, &d, (int)sense->value, w);
        return at + sense->count;
    }
    if ((sense = sense_at(s, at, SENSE_part))) {
        when_set(w, NO_DAY, NO_DAY, GRAIN_PART);
        if (s->today != NO_DAY && !d.anchored)
            w->first = w->last = s->today + d.offset;
        return at + sense->count;
    }
    if ((sense = sense_at(s, at, SENSE_unit))) {
        one_unit(s, i, &d, unit_of(sense), w);
        at += sense->count;
        /* "next week Wednesday", "next week on Tuesday" */
        end = at + (token_is(s, at, "on") || token_is(s, at, "'s"));
        if (w->grain == GRAIN_WEEK && w->first != NO_DAY &&
            (sense = named_at(s, end, SENSE_weekday))) {
            w->first += (int)sense->value - 1;
            w->last = w->first;
            w->grain = GRAIN_DAY;
            return end + sense->count;
        }
        return at;
    }
    end = directed_date(s, at, &d, w);
    if (end > at)
        return end;
    end = parse_count(s, at, &count, &vague);
    if (end == at || !d.offset)
        return i;
    at = parse_unit_of_time(s, end, &u);
    return at && count_units(s, &d, count, vague, u, w) ? at : i;
}

/* "2 upcoming months", "5 past years" */
static uint32_t
parse_counted_direction(const struct scan *s, uint32_t i, struct when *w)
{
    struct direction d;
    struct unit u;
    double count;
    bool vague;
    uint32_t at = parse_count(s, i, &count, &vague), end;

    if (at == i || has_kind(s, i, SENSE(article)))
        return i;
    end = parse_direction(s, at, &d);
    if (end == at || !d.offset)
        return i;
    at = parse_unit_of_time(s, end, &u);
    return at && count_units(s, &d, count, vague, u, w) ? at : i;
}

/* --- day words, repetitions ------------------------------------------ */

static uint32_t parse_day_word(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *sense = sense_at(s, i, SENSE_day);

    if (!sense)
        sense = sense_at(s, i, SENSE_now);
    if (sense) {
        when_set(w, s->today, s->today, GRAIN_DAY);
        if (s->today != NO_DAY)
            w->first = w->last = s->today + (int)sense->value;
        w->calendar = sense->kind == SENSE_day;
        return i + sense->count;
    }
    sense = sense_at(s, i, SENSE_vague);
    if (!sense)
        return i;
    when_set(w, NO_DAY, NO_DAY, GRAIN_NONE);
    return i + sense->count;
}

static uint32_t parse_repeated(const struct scan *s, uint32_t i)
{
    uint32_t end = i;
    const struct sense *sense;
    struct figure f;

    if (token_is(s, i, "other"))
        end = i + 1;
    else
        end = parse_figure(s, i, &f);
    if ((sense = named_at(s, end, SENSE_weekday)) ||
        (sense = sense_at(s, end, SENSE_unit)) ||
        (sense = sense_at(s, end, SENSE_part)) ||
        (sense = sense_at(s, end, SENSE_month)))
        return end + sense->count;
    return i;
}

/* "every Monday", "daily", "twice a week", "on Mondays" */
static uint32_t parse_set(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *sense;
    uint32_t end = i, at;

    if ((sense = sense_at(s, i, SENSE_often)) ||
        (sense = sense_at(s, i, SENSE_weekdays))) {
        end = i + sense->count;
    } else if (has_kind(s, i, SENSE(every))) {
        at = parse_repeated(s, i + 1);
        end = at > i + 1 ? at : i;
    } else if ((sense = sense_at(s, i, SENSE_times))) {
        at = i + sense->count;
        if (has_kind(s, at, SENSE(article) | SENSE(every)) &&
            (sense = sense_at(s, at + 1, SENSE_unit)))
            end = at + 1 + sense->count;
    }
    if (end > i) {
        when_set(w, NO_DAY, NO_DAY, GRAIN_NONE);
        w->kind = TIME_SET;
    }
    return end;
}

/* --- parts of a longer time ------------------------------------------ */

static uint32_t parse_whole(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *unit;

    end = parse_date(s, i, w);
    if (end == i && at > i)
        end = parse_date(s, at, w) > at ? parse_date(s, at, w) : i;
    if (end == i) {
        end = parse_directed(s, at, w);
        end = end > at ? end : i;
    }
    /* "the end of the month" */
    if (end == i && (unit = sense_at(s, at, SENSE_unit)) &&
        calendar_unit(s->today, unit_of(unit), 0, w))
        end = at + unit->count;
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
    if (end == at || !(unit = sense_at(s, end, SENSE_unit)))
        return i;
    u = unit_of(unit);
    end += unit->count;
    if (u.of == 't' || !has_kind(s, end, SENSE(of) | SENSE(in)))
        return i;
    at = parse_whole(s, end + 1, &whole);
    if (at == end + 1 || whole.grain <= grain_of(u) || whole.first == NO_DAY)
        return i;
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

/* "the week of 18 July", "the weekend of Christmas" */
static uint32_t parse_unit_of(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *unit = sense_at(s, at, SENSE_unit);
    struct when base;

    if (!unit || unit->text[0] == 't' || strcmp(unit->text, "d1") == 0 ||
        at == i)
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
    w->calendar = true;
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

/* "mid-1980s", "mid-July" are one token. */
static bool parse_mid_token(const struct scan *s, uint32_t i, struct when *w)
{
    struct token t = s->tokens[i];
    uint64_t kinds = SENSE(month) | SENSE(decade) | SENSE(figure);
    struct scan one = *s;

    if (!g_str_has_prefix(t.lower, "mid-"))
        return false;
    t.lower += 4;
    t.form += 4;
    one.tokens = &t;
    one.count = 1;
    one.kinds = &kinds;
    if (!g_ascii_isdigit(t.form[0]))
        kinds &= ~SENSE(figure);
    if (!parse_date(&one, 0, w))
        return false;
    return true;
}

static uint32_t parse_part_of(const struct scan *s, uint32_t i, struct when *w)
{
    const struct sense *sense;
    uint32_t at = i + token_is(s, i, "the"), end;
    int part = 0;

    if (has_kind(s, at, SENSE(mid)) && parse_mid_token(s, at, w)) {
        narrow(w, 1);
        return at + 1;
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

uint32_t parse_relative(const struct scan *s, uint32_t i, struct when *w)
{
    static uint32_t (*const parsers[])(
        const struct scan *, uint32_t, struct when *) = {
        parse_set,     parse_day_word,          parse_directed,
        parse_lengths, parse_counted_direction,
    };
    uint32_t end = i;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    for (size_t k = 0; end == i && k < G_N_ELEMENTS(parsers); k++)
        end = parsers[k](s, i, w);
    return end;
}

/* "at 5 pm", ", in the morning" behind a day. */
static uint32_t parse_trailing_clock(const struct scan *s, uint32_t i)
{
    uint32_t at = i + token_is(s, i, ","), end;

    at += token_is(s, at, "at") || has_kind(s, at, SENSE(around));
    end = parse_clock(s, at);
    return end > at ? end : i;
}

static uint32_t
parse_leading_clock(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t end = parse_clock(s, i), at, date;

    if (end == i)
        return i;
    at = end + (token_is(s, end, ",") || token_is(s, end, "on") ||
                has_kind(s, end, SENSE(of)));
    date = parse_date(s, at, w);
    if (date == at)
        date = parse_relative(s, at, w);
    if (date > at && w->kind == TIME_DATE &&
        (w->grain == GRAIN_DAY || w->grain == GRAIN_PART))
        return date;
    *w = (struct when){.first = NO_DAY, .last = NO_DAY, .grain = GRAIN_PART};
    return end;
}

uint32_t parse_when(const struct scan *s, uint32_t i, struct when *w)
{
    static uint32_t (*const parsers[])(
        const struct scan *, uint32_t, struct when *) = {
        parse_nth, parse_unit_of, parse_part_of, parse_date, parse_relative,
    };
    uint32_t end = i, clock;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    for (size_t k = 0; end == i && k < G_N_ELEMENTS(parsers); k++)
        end = parsers[k](s, i, w);
    if (end == i || (w->kind == TIME_DURATION))
        clock = parse_leading_clock(s, i, w);
    else
        clock = i;
    if (clock > end)
        return clock;
    if (end > i && w->grain == GRAIN_DAY && w->kind == TIME_DATE)
        end = parse_trailing_clock(s, end);
    return end;
}
