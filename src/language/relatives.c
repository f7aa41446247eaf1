/*
 * relatives.c - times told from another: "last week", "the next two months",
 * "yesterday"; and repetitions.
 */
#include "language/dates.h"
#include "language/units.h"

#include <string.h>

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
        when_set(
            w, add_units(s->today, u, -count),
            u.of == 'b' ? add_units(s->today, u, -1) : s->today, grain_of(u));
    else if (d->offset > 0)
        when_set(w, s->today + 1, add_units(s->today, u, count), grain_of(u));
    /* Less than a day, or more than the calendar has. */
    if (w->first == NO_DAY || w->last < w->first)
        w->first = w->last = NO_DAY;
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

    if (!has_kind(
            s, i,
            SENSE(month) | SENSE(season) | SENSE(feast) | SENSE(figure) |
                SENSE(ordinal)))
        return i;
    end = parse_date(s, i, w);
    if (end == i || w->year || s->today == NO_DAY)
        return has_kind(s, i, SENSE(figure) | SENSE(ordinal)) ? i : end;
    today =
        days_date(d->anchored && s->anchor != NO_DAY ? s->anchor : s->today);
    move_to_year(w, today.year);
    if (d->offset < 0 && w->last >= s->today)
        move_to_year(w, today.year - 1);
    if (d->offset > 0 && w->first <= s->today)
        move_to_year(w, today.year + 1);
    w->year = today.year;
    return end;
}

uint32_t parse_directed(const struct scan *s, uint32_t i, struct when *w)
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
        at += sense->count;
        end = parse_its_day(s, at, w);
        if (end == at)
            directed_weekday(s, &d, (int)sense->value, w);
        return end;
    }
    if ((sense = sense_at(s, at, SENSE_part))) {
        when_set(w, NO_DAY, NO_DAY, GRAIN_PART);
        if (d.anchored && s->anchor != NO_DAY && s->anchor == s->anchor_end)
            w->first = w->last = s->anchor + d.offset;
        else if (s->today != NO_DAY && !d.anchored)
            w->first = w->last = s->today + d.offset;
        return at + sense->count;
    }
    if ((sense = sense_at(s, at, SENSE_fiscal))) {
        fiscal_near(s, sense, d.offset, w);
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

/* "the week after next", "the night before last" */
static uint32_t
parse_after_next(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the"), end;
    const struct sense *unit = sense_at(s, at, SENSE_unit);
    const struct sense *weekday = named_at(s, at, SENSE_weekday);
    struct direction d = {0};

    if (!unit && !weekday)
        return i;
    at += weekday ? weekday->count : unit->count;
    end = at + 2;
    d.offset = token_is(s, at, "after") && token_is(s, at + 1, "next")    ? 2
               : token_is(s, at, "before") && token_is(s, at + 1, "last") ? -2
                                                                          : 0;
    /* "the week before last Christmas" */
    if (!d.offset || has_kind(
                         s, end,
                         SENSE(month) | SENSE(weekday) | SENSE(unit) |
                             SENSE(season) | SENSE(feast) | SENSE(part)))
        return i;
    if (weekday) {
        directed_weekday(s, &d, (int)weekday->value, w);
    } else {
        when_set(w, NO_DAY, NO_DAY, grain_of(unit_of(unit)));
        calendar_unit(s->today, unit_of(unit), d.offset, w);
    }
    w->calendar = w->first != NO_DAY;
    return end;
}

/* "two Sundays ago", "three Mondays from now" */
static uint32_t
parse_weekdays_ago(const struct scan *s, uint32_t i, struct when *w)
{
    double count;
    bool vague;
    uint32_t at = parse_count(s, i, &count, &vague);
    const struct sense *weekday =
        at > i ? sense_at(s, at, SENSE_weekdays) : NULL;
    const struct sense *ago;
    struct direction d = {.rolling = true};

    if (!weekday || vague || weekday->value > 7 || count < 1 || count > 1000 ||
        !(ago = sense_at(s, at + weekday->count, SENSE_ago)))
        return i;
    d.offset = (int)ago->value;
    directed_weekday(s, &d, (int)weekday->value, w);
    if (w->first != NO_DAY)
        w->first = w->last = w->first + d.offset * 7 * ((int)count - 1);
    return at + weekday->count + ago->count;
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
    /* "we were 3 next week" */
    if (!at || (i && has_kind(s, i - 1, SENSE(currency))) ||
        (count > 1 && !g_str_has_suffix(s->tokens[at - 1].lower, "s")))
        return i;
    return count_units(s, &d, count, vague, u, w) ? at : i;
}

/* "the weekend", "weekend": the one that tense looks at. */
static uint32_t parse_weekend(const struct scan *s, uint32_t i, struct when *w)
{
    uint32_t at = i + token_is(s, i, "the");
    const struct sense *unit = sense_at(s, at, SENSE_unit);
    int32_t today = s->today;

    if (!unit || unit->text[0] != 'w' ||
        g_str_has_suffix(s->tokens[at].lower, "s"))
        return i;
    at += unit->count;
    when_set(w, NO_DAY, NO_DAY, GRAIN_WEEK);
    if (today == NO_DAY)
        return at;
    calendar_unit(
        today, unit_of(unit),
        find_tense(s, i, at) == TENSE_PAST && days_weekday(today) < 6 ? -1 : 0,
        w);
    w->calendar = true;
    return at;
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
        if (strcmp(sense->text, "..") == 0) /* "until now" */
            w->first = NO_DAY;
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

/* "a week", "every two weeks", "daily" behind "twice" */
static uint32_t parse_per(const struct scan *s, uint32_t i)
{
    const struct sense *sense = sense_at(s, i, SENSE_often);
    uint32_t end;

    if (sense)
        return i + sense->count;
    if (has_kind(s, i, SENSE(every)) &&
        (end = parse_repeated(s, i + 1)) > i + 1)
        return end;
    if (has_kind(s, i, SENSE(article) | SENSE(every)) &&
        (sense = sense_at(s, i + 1, SENSE_unit)))
        return i + 1 + sense->count;
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
    } else if (
        (sense = named_at(s, i, SENSE_weekday)) &&
        has_kind(s, i + sense->count, SENSE(weekdays))) {
        at = i + sense->count;
        end = at + sense_at(s, at, SENSE_weekdays)->count;
    } else if (has_kind(s, i, SENSE(every))) {
        at = parse_repeated(s, i + 1);
        end = at > i + 1 ? at : i;
    } else if ((sense = sense_at(s, i, SENSE_times))) {
        at = i + sense->count;
        end = parse_per(s, at);
        end = end > at ? end : i;
    }
    if (end > i) {
        when_set(w, NO_DAY, NO_DAY, GRAIN_NONE);
        w->kind = TIME_SET;
    }
    return end;
}

uint32_t parse_relative(const struct scan *s, uint32_t i, struct when *w)
{
    static uint32_t (*const parsers[])(
        const struct scan *, uint32_t, struct when *) = {
        parse_set,
        parse_day_word,
        parse_directed,
        parse_after_next,
        parse_weekdays_ago,
        parse_lengths,
        parse_counted_direction,
        parse_weekend,
    };
    uint32_t end = i;

    *w = (struct when){.first = NO_DAY, .last = NO_DAY};
    for (size_t k = 0; end == i && k < G_N_ELEMENTS(parsers); k++)
        end = parsers[k](s, i, w);
    return end;
}
