/*
 * numbers.c - figures in digits and words, with their unit and the words
 * that compare ("nearly 70 %", "between three and five million dollars").
 */
#include "language/lexemes.h"

#include <string.h>

/* --- digits ---------------------------------------------------------- */

/* "1,234.5": the value, or false for what is a clock time, a date, ... */
static bool read_digits(const char *form, double *value, const char **rest)
{
    char digits[40];
    uint32_t group = 0, len = 0;
    bool grouped = false;

    for (; g_ascii_isdigit(*form) || *form == ','; form++) {
        if (len + 2 > sizeof digits)
            return false;
        if (*form == ',') {
            if (!g_ascii_isdigit(form[1]) || (grouped && group != 3))
                return false;
            grouped = true;
            group = 0;
            continue;
        }
        group++;
        digits[len++] = *form;
    }
    if (grouped && group != 3)
        return false;
    if (*form == '.' && g_ascii_isdigit(form[1]))
        do {
            if (len + 2 > sizeof digits)
                return false;
            digits[len++] = *form++;
        } while (g_ascii_isdigit(*form));
    digits[len] = '\0';
    *value = g_ascii_strtod(digits, NULL);
    *rest = form;
    return len > 0;
}

/* "4/5" in one token or three. */
static uint32_t
parse_slash(const struct scan *s, uint32_t i, const char *rest, double *value)
{
    double below;

    if (rest[0] == '/' && read_digits(rest + 1, &below, &rest) && !*rest &&
        below > 0) {
        *value /= below;
        return i + 1;
    }
    if (*rest || !token_is(s, i + 1, "/") || !is_joined(s, i + 1) ||
        !is_joined(s, i + 2) || !has_kind(s, i + 2, SENSE(figure)) ||
        !read_digits(s->tokens[i + 2].form, &below, &rest) || *rest ||
        below <= 0)
        return i;
    *value /= below;
    return i + 3;
}

static uint32_t parse_digits(const struct scan *s, uint32_t i, struct figure *f)
{
    const char *rest;
    double more;
    uint32_t end;

    if (!has_kind(s, i, SENSE(figure)) ||
        !read_digits(s->tokens[i].form, &f->value, &rest))
        return i;
    end = parse_slash(s, i, rest, &f->value);
    if (end > i)
        return end;
    if (strcmp(rest, "st") == 0 || strcmp(rest, "nd") == 0 ||
        strcmp(rest, "rd") == 0 || strcmp(rest, "th") == 0)
        f->ordinal = true;
    else if (*rest)
        return i;
    f->plain =
        strspn(s->tokens[i].form, "0123456789") == strlen(s->tokens[i].form);
    if (!f->plain || is_joined(s, i + 1) || !has_kind(s, i + 1, SENSE(figure)))
        return i + 1;
    /* 1 4/5 */
    if (read_digits(s->tokens[i + 1].form, &more, &rest)) {
        end = parse_slash(s, i + 1, rest, &more);
        if (end > i + 1 && more < 1) {
            f->value += more;
            return end;
        }
    }
    return i + 1;
}

/* --- words ----------------------------------------------------------- */

struct counting {
    double total, current;
    bool any, ordinal;
    double last; /* the value of the last word, for the order of words */
};

static bool fits(const struct counting *c, double value)
{
    double room = value >= 10 ? 100 : 10;

    if (!c->any || c->current == 0)
        return true;
    return (uint64_t)c->current % (uint64_t)room == 0 && c->last > value;
}

static void add_value(struct counting *c, double value)
{
    c->current += value;
    c->last = value;
    c->any = true;
}

static uint32_t count_word(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *sense = sense_at(s, i, SENSE_digit);

    if (!sense)
        sense = sense_at(s, i, SENSE_ten);
    if (sense) {
        if (!fits(c, sense->value))
            return i;
        add_value(c, sense->value);
        return i + sense->count;
    }
    sense = sense_at(s, i, SENSE_scale);
    if (!sense || !c->any)
        return i;
    if (sense->value < 1000 && c->current > 0) {
        c->current *= sense->value;
    } else {
        c->total += (c->current > 0 ? c->current : 1) * sense->value;
        c->current = 0;
    }
    c->last = sense->value;
    return i + sense->count;
}

static bool is_number_word(const struct scan *s, uint32_t i)
{
    return has_kind(s, i, SENSE(digit) | SENSE(ten));
}

/* "twenty-first", "hundredth": the ordinal ends the number. */
static uint32_t
count_ordinal(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *sense = sense_at(s, i, SENSE_ordinal);

    if (!sense)
        return i;
    if (sense->value >= 100 && c->any) {
        c->total = (c->total + c->current) * sense->value;
        c->current = 0;
    } else if (fits(c, sense->value)) {
        add_value(c, sense->value);
    } else {
        return i;
    }
    c->any = c->ordinal = true;
    return i + sense->count;
}

static uint32_t parse_words(const struct scan *s, uint32_t i, struct figure *f)
{
    struct counting c = {0};
    uint32_t at = i;

    if (has_kind(s, i, SENSE(article)) && has_kind(s, i + 1, SENSE(scale))) {
        c.any = true;
        at = i + 1;
    }
    while (at < s->count) {
        uint32_t from = at, end;

        if (c.any && c.last >= 10 && is_dash(s, at) && is_joined(s, at))
            from = at + 1;
        else if (
            c.any && c.last >= 100 && has_kind(s, at, SENSE(and)) &&
            is_number_word(s, at + 1))
            from = at + 1;
        end = count_ordinal(s, from, &c);
        if (end > from) {
            at = end;
            break;
        }
        end = count_word(s, from, &c);
        if (end == from)
            break;
        at = end;
    }
    f->value = c.total + c.current;
    f->ordinal = c.ordinal;
    return c.any ? at : i;
}

/* --- fractions and scales -------------------------------------------- */

/* "and a half", "and two thirds" */
static uint32_t
parse_and_fraction(const struct scan *s, uint32_t i, double *value)
{
    struct figure f = {0};
    const struct sense *fraction;
    uint32_t at = i + 1;

    if (!has_kind(s, i, SENSE(and)))
        return i;
    f.value = 1;
    if (has_kind(s, at, SENSE(article)))
        at++;
    else
        at = parse_words(s, at, &f);
    fraction = sense_at(s, at, SENSE_fraction);
    if (!fraction || f.value * fraction->value >= 1)
        return i;
    *value += f.value * fraction->value;
    return at + fraction->count;
}

/* "million", "k", "hundred thousand" after a figure. */
static uint32_t parse_scales(const struct scan *s, uint32_t i, double *value)
{
    const struct sense *scale;

    if (is_joined(s, i) && (scale = sense_at(s, i, SENSE_suffix))) {
        *value *= scale->value;
        return i + scale->count;
    }
    if (is_dash(s, i) && is_joined(s, i) && has_kind(s, i + 1, SENSE(scale)))
        i++;
    while ((scale = sense_at(s, i, SENSE_scale))) {
        *value *= scale->value;
        i += scale->count;
    }
    return i;
}

/* "half a million", "a quarter", "two thirds": after `f`, or by itself. */
static uint32_t
parse_fraction(const struct scan *s, uint32_t i, bool counted, struct figure *f)
{
    const struct sense *fraction;
    uint32_t at = i;

    if (counted && is_dash(s, at) && is_joined(s, at))
        at++;
    if (!counted && has_kind(s, at, SENSE(article)))
        at++;
    fraction = sense_at(s, at, SENSE_fraction);
    if (!fraction)
        return i;
    f->value = (counted ? f->value : 1) * fraction->value;
    f->plain = f->ordinal = false;
    at += fraction->count;
    if (has_kind(s, at, SENSE(of)) && has_kind(s, at + 1, SENSE(article)) &&
        has_kind(s, at + 2, SENSE(scale)))
        at++;
    if (has_kind(s, at, SENSE(article)) && has_kind(s, at + 1, SENSE(scale)))
        at++;
    return parse_scales(s, at, &f->value);
}

static uint32_t parse_minus(const struct scan *s, uint32_t i)
{
    const struct sense *minus = sense_at(s, i, SENSE_minus);

    if (minus)
        return i + minus->count;
    if (token_is(s, i, "-") && !is_joined(s, i) && is_joined(s, i + 1) &&
        has_kind(s, i + 1, SENSE(figure)))
        return i + 1;
    return i;
}

uint32_t parse_figure(const struct scan *s, uint32_t i, struct figure *f)
{
    uint32_t from = parse_minus(s, i), at, end;
    const struct sense *some = sense_at(s, i, SENSE_some);

    *f = (struct figure){.has_value = true};
    if (some) {
        f->has_value = *some->text != '\0';
        f->value = some->value;
        return i + some->count;
    }
    at = parse_fraction(s, from, false, f);
    if (at == from) {
        at = parse_digits(s, from, f);
        if (at == from)
            at = parse_words(s, from, f);
        if (at == from)
            return i;
        if (!f->ordinal) {
            end = parse_and_fraction(s, at, &f->value);
            f->plain &= end == at;
            at = end;
            end = parse_scales(s, at, &f->value);
            f->plain &= end == at;
            at = parse_fraction(s, end, true, f);
        }
    }
    if (from > i)
        f->value = -f->value;
    return at;
}

uint32_t parse_compare(const struct scan *s, uint32_t i, const char **compare)
{
    const struct sense *sense = sense_at(s, i, SENSE_compare);

    if (!sense)
        return i;
    *compare = sense->text;
    return i + sense->count;
}

/* --- units ----------------------------------------------------------- */

/* "%", "dollars", "years old" behind a figure; `i` where there is none. */
static uint32_t
parse_unit(const struct scan *s, uint32_t i, double *value, const char **unit)
{
    const struct sense *sense;
    uint32_t at = i;

    if (is_dash(s, at) && is_joined(s, at) && is_joined(s, at + 1))
        at++;
    if ((sense = sense_at(s, at, SENSE_percent))) {
        *unit = "%";
    } else if ((sense = sense_at(s, at, SENSE_currency))) {
        *unit = sense->text;
    } else if ((sense = sense_at(s, at, SENSE_coin))) {
        *unit = sense->text;
        *value /= 100;
    } else if ((sense = sense_at(s, at, SENSE_old))) {
        *unit = sense->text;
    } else {
        return i;
    }
    return at + sense->count;
}

static uint32_t
parse_money_sign(const struct scan *s, uint32_t i, const char **unit)
{
    const struct sense *sense = sense_at(s, i, SENSE_currency);

    if (!sense || !has_kind(s, i + sense->count, SENSE(figure)))
        return i;
    *unit = sense->text;
    return i + sense->count;
}

/* A figure with its unit: [from, ->to). */
static uint32_t parse_amount(
    const struct scan *s, uint32_t i, struct figure *f, const char **unit)
{
    uint32_t at = parse_money_sign(s, i, unit);
    uint32_t end = parse_figure(s, at, f);

    if (end == at)
        return i;
    return parse_unit(s, end, &f->value, unit);
}

/* --- ranges ---------------------------------------------------------- */

static uint32_t parse_joiner(const struct scan *s, uint32_t i, bool between)
{
    if (between)
        return has_kind(s, i, SENSE(and)) ? i + 1 : i;
    return is_dash(s, i) || has_kind(s, i, SENSE(to)) ? i + 1 : i;
}

/* "three to five million": the low end is of millions too. */
static void share_scale(double *low, double high)
{
    double scaled = *low;

    while (scaled * 1000 <= high)
        scaled *= 1000;
    if (scaled < high)
        *low = scaled;
}

/* "3 to 5", "between 20 and 30", "$3-5 million" */
static uint32_t parse_range(const struct scan *s, uint32_t i, struct number *n)
{
    struct figure low = {0}, high = {0};
    const char *unit = "", *high_unit = "";
    bool between = has_kind(s, i, SENSE(between));
    uint32_t at = i + (between || has_kind(s, i, SENSE(from)));
    uint32_t end = parse_amount(s, at, &low, &unit), from;

    if (end == at)
        return i;
    from = parse_joiner(s, end, between);
    if (from == end)
        return i;
    end = parse_amount(s, from, &high, &high_unit);
    if (end == from || !low.has_value || !high.has_value ||
        low.ordinal != high.ordinal)
        return i;
    /* "3 to 5 million" */
    if (low.value >= 1 && !high.plain)
        share_scale(&low.value, high.value);
    if (low.value > high.value)
        return i;
    n->value = low.value;
    n->most = high.value;
    n->has_value = true;
    n->unit = *high_unit ? high_unit : unit;
    if (low.ordinal && !*n->unit)
        n->unit = "th";
    return end;
}

static uint32_t parse_single(const struct scan *s, uint32_t i, struct number *n)
{
    struct figure f = {0};
    const char *unit = "";
    uint32_t end = parse_amount(s, i, &f, &unit);

    if (end == i)
        return i;
    n->has_value = f.has_value;
    n->value = n->most = f.has_value ? f.value : 0;
    n->unit = f.ordinal && !*unit ? "th" : unit;
    return end;
}

/* "one" that stands for a noun ("the other one") counts nothing. */
static bool counts(const struct scan *s, uint32_t from, uint32_t to)
{
    const char *xpos = s->tokens[from].xpos;

    return to - from > 1 || !xpos || !token_is(s, from, "one") ||
           strcmp(xpos, "CD") == 0;
}

static uint32_t parse_number(const struct scan *s, uint32_t i, GArray *out)
{
    struct number n = {.from = i, .unit = "", .compare = ""};
    const char *compare = NULL;
    const struct sense *aged = sense_at(s, i, SENSE_aged), *behind;
    uint32_t at = aged ? i + aged->count : i, end;

    at = parse_compare(s, at, &compare);
    end = parse_range(s, at, &n);
    if (end == at)
        end = parse_single(s, at, &n);
    if (end == at || !counts(s, at, end))
        return i;
    if (aged && !*n.unit)
        n.unit = aged->text;
    behind = sense_at(s, end, SENSE_behind);
    if (behind) {
        compare = behind->text;
        end += behind->count;
    }
    if (compare)
        n.compare = compare;
    n.to = end;
    g_array_append_val(out, n);
    return end;
}

void find_numbers(const struct scan *s, uint32_t from, uint32_t to, GArray *out)
{
    uint32_t i = from;

    while (i < to) {
        uint32_t end =
            s->kinds[i] || token_is(s, i, "-") ? parse_number(s, i, out) : i;

        if (end > to) {
            /* It reaches into a time: that has it. */
            g_array_set_size(out, out->len - 1);
            return;
        }
        i = end > i ? end : i + 1;
    }
}
