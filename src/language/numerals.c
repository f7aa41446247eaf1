/*
 * numerals.c - figures in words: "twenty-five thousand", "nine point five",
 * "several hundred"; and all figures together.
 */
#include "language/numerals.h"

#include <stdlib.h>
#include <string.h>

/* --- words ----------------------------------------------------------- */

static bool fits(const struct counting *c, double value)
{
    if (c->term == 0)
        return c->group == 0 || c->last > value;
    return !c->figures && c->term >= 20 && c->term < 100 && c->last >= 20 &&
           value < 10 && value >= 1;
}

static void add_term(struct counting *c, double value)
{
    c->term += value;
    c->last = value;
    c->scale = 0;
    c->any = true;
}

static void add_scale(struct counting *c, double scale)
{
    if (scale < 1000) {
        c->group += (c->term > 0 ? c->term : 1) * scale;
    } else if (c->group + c->term > 0) {
        c->total += (c->group + c->term) * scale;
        c->group = 0;
    } else if (c->total > 0) {
        c->total *= scale; /* "three lakh crore" */
    }
    c->term = 0;
    c->last = c->scale = scale;
}

static uint32_t count_word(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *sense = sense_at(s, i, SENSE_digit);

    if (!sense)
        sense = sense_at(s, i, SENSE_ten);
    if (sense) {
        if (!fits(c, sense->value))
            return i;
        add_term(c, sense->value);
        return i + sense->count;
    }
    sense = sense_at(s, i, SENSE_scale);
    if (!sense || !c->any)
        return i;
    add_scale(c, sense->value);
    return i + sense->count;
}

/* "and 21" in "3 hundred and 21", "3 hundred" in "4 thousand 3 hundred". */
static uint32_t count_figure(
    const struct scan *s, uint32_t i, bool after_and, struct counting *c)
{
    double value;

    if (!c->figures || c->term > 0 || !has_kind(s, i, SENSE(figure)) ||
        !all_digits(s->tokens[i].form, 1, 3) ||
        after_and == has_kind(s, i + 1, SENSE(scale)))
        return i;
    value = atoi(s->tokens[i].form);
    if (value >= c->last)
        return i;
    add_term(c, value);
    return i + 1;
}

/* "twenty-first", "hundredth": the ordinal ends the number. */
static uint32_t
count_ordinal(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *sense = sense_at(s, i, SENSE_ordinal);
    double value = sense ? sense->value : 0;

    if (!sense && c->below && c->any && !has_kind(s, i, SENSE(unit)) &&
        (sense = sense_at(s, i, SENSE_fraction))) {
        value = (double)(int64_t)(1 / sense->value + 0.5);
        c->plural = true;
    }
    if (value < 1) /* "first aid" */
        return i;
    if (value >= 100 && c->any) {
        c->total = counted(c) * value;
        c->group = c->term = 0;
    } else if (fits(c, value)) {
        add_term(c, value);
    } else {
        return i;
    }
    c->any = c->ordinal = true;
    return i + sense->count;
}

uint32_t parse_scales(const struct scan *s, uint32_t i, double *value)
{
    const struct sense *scale;

    while ((scale = sense_at(s, i, SENSE_scale))) {
        *value *= scale->value;
        i += scale->count;
    }
    return i;
}

bool is_number_word(const struct scan *s, uint32_t i)
{
    return has_kind(s, i, SENSE(digit) | SENSE(ten));
}

/* Steps over the hyphen of "twenty-five", "5-million", the "and" of "a
   hundred and one". */
static uint32_t
skip_joint(const struct scan *s, uint32_t i, const struct counting *c)
{
    if (!c->any)
        return i;
    if (is_dash(s, i) && is_joined(s, i) == is_joined(s, i + 1) &&
        (c->last >= 20 ? is_number_word(s, i + 1) && c->last < 100
                       : has_kind(s, i + 1, SENSE(scale))))
        return i + 1;
    if (is_dash(s, i) && is_joined(s, i) && c->last >= 10)
        return i + 1;
    /* "six million and two thirds" is not of two thirds of a number, "one
       hundred and thirty fifths" is. */
    if (c->last >= 100 && has_kind(s, i, SENSE(and)) &&
        !(has_kind(s, i + 1, SENSE(digit)) &&
          has_kind(s, i + 2, SENSE(fraction))) &&
        (is_number_word(s, i + 1) ||
         has_kind(s, i + 1, SENSE(figure) | SENSE(ordinal))))
        return i + 1;
    return i;
}

static uint32_t count_next(const struct scan *s, uint32_t i, struct counting *c)
{
    uint32_t from = skip_joint(s, i, c);
    uint32_t end = count_ordinal(s, from, c);

    if (end == from)
        end = count_word(s, from, c);
    if (end == from && c->any)
        end = count_figure(s, from, from > i, c);
    return end > from ? end : i;
}

/* "point five": digits behind a point that is a word. */
static uint32_t
parse_point(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *digit;
    double place = 1;
    uint32_t at = i + 1;

    if (!has_kind(s, i, SENSE(point)) || !c->any || c->ordinal)
        return i;
    while ((digit = sense_at(s, at, SENSE_digit)) && digit->value < 10) {
        place /= 10;
        c->term += digit->value * place;
        at += digit->count;
    }
    return at > i + 1 ? at : i;
}

/* "score of" counts people, but not points: "a score of 20". */
static bool is_counting_scale(const struct scan *s, uint32_t i)
{
    const struct sense *scale = sense_at(s, i, SENSE_scale);

    return scale && (scale->count == 1 ||
                     !has_kind(
                         s, i + scale->count,
                         SENSE(figure) | SENSE(digit) | SENSE(ten)));
}

uint32_t parse_words(const struct scan *s, uint32_t i, struct counting *c)
{
    uint32_t at = i, end;

    if (!c->any && has_kind(s, i, SENSE(article)) &&
        is_counting_scale(s, i + 1)) {
        c->any = true;
        c->term = 1;
        at = i + 1;
    }
    while (!c->ordinal && (end = count_next(s, at, c)) > at)
        at = end;
    end = parse_point(s, at, c);
    while (end > at && has_kind(s, end, SENSE(scale))) {
        at = end;
        end = count_word(s, at, c);
    }
    return c->any ? MAX(at, end) : i;
}

/* --- all together ---------------------------------------------------- */

static uint32_t parse_minus(const struct scan *s, uint32_t i)
{
    const struct sense *minus = sense_at(s, i, SENSE_minus);

    if (minus)
        return i + minus->count;
    if (token_is(s, i, "-") && is_joined(s, i + 1) &&
        has_kind(s, i + 1, SENSE(figure)) &&
        (!is_joined(s, i) || has_kind(s, i - 1, SENSE(compare))))
        return i + 1;
    return i;
}

/* "several", "a few hundred", "a couple of dozen" */
static uint32_t parse_some(const struct scan *s, uint32_t i, struct figure *f)
{
    const struct sense *some = sense_at(s, i, SENSE_some);

    if (!some)
        return i;
    f->has_value = *some->text != '\0';
    f->value = some->value;
    return parse_scales(s, i + some->count, &f->value);
}

/* "20k", "$5mm"; false for "9mm", "5km": a measure counts nothing. */
static bool
add_suffix(const struct scan *s, uint32_t i, uint32_t *at, struct counting *c)
{
    const struct sense *suffix = sense_at(s, *at, SENSE_suffix);
    bool money = i && has_kind(s, i - 1, SENSE(currency));

    if (!suffix || !is_joined(s, *at))
        return true;
    money |= g_ascii_isupper(s->tokens[*at].form[0]); /* "10MM" */
    if (suffix->value < 1 || (strchr(suffix->text, '?') && !money))
        return false;
    add_scale(c, suffix->value);
    *at += suffix->count;
    return true;
}

/* Is the last word of the number [i, end) of the parts behind it: "one hundred
   thirty-fifths"?  Behind "and" it is not. */
static bool lends_ten(const struct scan *s, uint32_t i, uint32_t end)
{
    uint32_t parts = end + (is_dash(s, end) && is_joined(s, end));

    return end > i + 1 && has_kind(s, end - 1, SENSE(ten)) &&
           !has_kind(s, end - 2, SENSE(and)) &&
           has_kind(s, parts, SENSE(fraction)) &&
           !has_kind(s, parts, SENSE(unit));
}

static uint32_t
parse_numerator(const struct scan *s, uint32_t i, struct counting *c)
{
    struct counting before = *c;
    uint32_t end = parse_words(s, i, c);
    struct scan shorter = *s;

    if (!lends_ten(s, i, end))
        return end;
    *c = before;
    shorter.count = end - 1;
    return parse_words(&shorter, i, c);
}

/* Digits or words with their scales and fractions. */
static uint32_t
parse_counted(const struct scan *s, uint32_t i, struct figure *f)
{
    struct counting c = {0};
    uint32_t at = parse_digits(s, i, f), end;

    if (at > i && f->ordinal)
        return at;
    if (at > i) {
        c = (struct counting){.term = f->value, .any = true, .figures = true};
        c.last = f->value;
        end = at;
        if (!add_suffix(s, i, &at, &c))
            return i;
        f->plain &= end == at;
    }
    end = parse_numerator(s, at, &c);
    f->plain &= end == at;
    if (end == i)
        return i;
    f->value = counted(&c);
    f->ordinal = c.ordinal;
    if (f->ordinal)
        return end;
    at = parse_and_fraction(s, end, c.scale, &f->value);
    if (at > end)
        at = parse_scales(s, at, &f->value);
    f->plain &= at == end;
    end = parse_fraction(s, at, true, f);
    return end > at ? end : parse_ratio(s, at, f);
}

uint32_t parse_figure(const struct scan *s, uint32_t i, struct figure *f)
{
    uint32_t from = parse_minus(s, i), at;

    *f = (struct figure){.has_value = true};
    at = parse_some(s, i, f);
    if (at > i)
        return at;
    at = parse_fraction(s, from, false, f);
    if (at == from)
        at = parse_counted(s, from, f);
    if (at == from)
        return i;
    if (from > i)
        f->value = -f->value;
    return at;
}
