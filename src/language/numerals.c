/*
 * numerals.c - figures in digits and words: "1,234.5", "2 300 000",
 * "twenty-five thousand", "two thirds", "half a million", "nine point five".
 */
#include "language/lexemes.h"

#include <stdlib.h>
#include <string.h>

/* --- digits ---------------------------------------------------------- */

/* Groups between commas are of three digits, or of two before the last, as
   in India: "12,34,567". */
static bool is_group(uint32_t len, bool first, bool last)
{
    return len == 3 || (!last && len == 2) || (first && len && len <= 3);
}

/* "1,234.5": the value, or false for what is a clock time, a date, ... */
static bool read_digits(const char *form, double *value, const char **rest)
{
    char digits[40];
    uint32_t group = 0, len = 0, groups = 0;

    for (; g_ascii_isdigit(*form) || *form == ','; form++) {
        if (len + 2 > sizeof digits)
            return false;
        if (*form == ',') {
            if (!g_ascii_isdigit(form[1]) || !is_group(group, !groups, false))
                return false;
            groups++;
            group = 0;
            continue;
        }
        group++;
        digits[len++] = *form;
    }
    if (groups && !is_group(group, false, true))
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

static bool all_digits(const char *form, size_t from, size_t to)
{
    size_t len = strlen(form);

    return len >= from && len <= to && strspn(form, "0123456789") == len;
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

/* "2 300 000": thousands with spaces between, where no other figure stands
   beside them as in a table. */
static uint32_t parse_spaced(const struct scan *s, uint32_t i, double *value)
{
    const char *rest = "";
    double group;
    uint32_t at = i + 1;

    if (!all_digits(s->tokens[i].form, 1, 3) || s->tokens[i].form[0] == '0' ||
        (i && has_kind(s, i - 1, SENSE(figure))))
        return i;
    while (!*rest && has_kind(s, at, SENSE(figure)) && !is_joined(s, at) &&
           strspn(s->tokens[at].form, "0123456789") == 3 &&
           s->tokens[at].form[3] != ',' &&
           read_digits(s->tokens[at].form, &group, &rest) && !*rest) {
        *value = *value * 1000 + group;
        rest = s->tokens[at].form + 3;
        at++;
    }
    if (has_kind(s, at, SENSE(figure)) && !is_joined(s, at))
        return i;
    return at > i + 1 ? at : i;
}

/* "1e6" behind digits. */
static const char *read_exponent(const char *rest, double *value)
{
    size_t sign;

    if (rest[0] != 'e' && rest[0] != 'E')
        return rest;
    sign = rest[1] == '+' || rest[1] == '-';
    if (!all_digits(rest + 1 + sign, 1, 2))
        return rest;
    for (int power = atoi(rest + 1 + sign); power; power--)
        *value = rest[1] == '-' ? *value / 10 : *value * 10;
    return rest + strlen(rest);
}

static bool is_ordinal_end(const char *rest)
{
    return strcmp(rest, "st") == 0 || strcmp(rest, "nd") == 0 ||
           strcmp(rest, "rd") == 0 || strcmp(rest, "th") == 0;
}

static uint32_t parse_digits(const struct scan *s, uint32_t i, struct figure *f)
{
    const char *rest;
    double more = 0;
    uint32_t end;

    if (!has_kind(s, i, SENSE(figure)) ||
        !read_digits(s->tokens[i].form, &f->value, &rest))
        return i;
    end = parse_slash(s, i, rest, &f->value);
    if (end > i)
        return end;
    f->ordinal = is_ordinal_end(rest);
    if (!f->ordinal && *read_exponent(rest, &f->value))
        return i;
    f->plain = all_digits(s->tokens[i].form, 1, 40);
    if (!f->plain || is_joined(s, i + 1) || !has_kind(s, i + 1, SENSE(figure)))
        return i + 1;
    more = f->value;
    end = parse_spaced(s, i, &more);
    if (end > i) {
        f->value = more;
        f->plain = false;
        return end;
    }
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

/*
 * "two million three hundred and twenty-one" is total 2000000, group 300,
 * term 21.  Figures may stand for words: "3 hundred and 21".
 */
struct counting {
    double total, group, term;
    double last;  /* the value of the last word, for the order of words */
    double scale; /* the last scale, where the number ends with one */
    bool any, ordinal, figures;
};

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
    const char *rest;

    if (!c->figures || c->term > 0 || !has_kind(s, i, SENSE(figure)) ||
        !all_digits(s->tokens[i].form, 1, 3) ||
        !read_digits(s->tokens[i].form, &value, &rest) || value >= c->last ||
        after_and == has_kind(s, i + 1, SENSE(scale)))
        return i;
    add_term(c, value);
    return i + 1;
}

/* "twenty-first", "hundredth": the ordinal ends the number. */
static uint32_t
count_ordinal(const struct scan *s, uint32_t i, struct counting *c)
{
    const struct sense *sense = sense_at(s, i, SENSE_ordinal);

    if (!sense)
        return i;
    if (sense->value >= 100 && c->any) {
        c->total = (c->total + c->group + c->term) * sense->value;
        c->group = c->term = 0;
    } else if (fits(c, sense->value)) {
        add_term(c, sense->value);
    } else {
        return i;
    }
    c->any = c->ordinal = true;
    return i + sense->count;
}

static bool is_number_word(const struct scan *s, uint32_t i)
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
    /* "six million and two thirds" is not of two thirds of a number. */
    if (c->last >= 100 && has_kind(s, i, SENSE(and)) &&
        !has_kind(s, i + 2, SENSE(fraction)) &&
        (is_number_word(s, i + 1) || has_kind(s, i + 1, SENSE(figure))))
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

static uint32_t
parse_words(const struct scan *s, uint32_t i, struct counting *c)
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

/* --- fractions ------------------------------------------------------- */

bool ends_phrase(const struct scan *s, uint32_t i)
{
    return i >= s->count || has_kind(s, i, SENSE(of)) ||
           (s->tokens[i].span.to - s->tokens[i].span.from == 1 &&
            strchr(".,;:!?)", s->tokens[i].form[0]));
}

/* "thirds", and behind one or an article "third". */
static uint32_t parse_below(
    const struct scan *s, uint32_t i, bool one, bool must_end, double *part)
{
    const struct sense *sense = sense_at(s, i, SENSE_fraction);

    if (sense) {
        *part = sense->value;
        return i + sense->count;
    }
    sense = one ? sense_at(s, i, SENSE_ordinal) : NULL;
    if (!sense || sense->value < 3 ||
        (must_end && !ends_phrase(s, i + sense->count)))
        return i;
    *part = 1 / sense->value;
    return i + sense->count;
}

/* "and a half", "and two thirds": of the scale before, if there is one. */
static uint32_t parse_and_fraction(
    const struct scan *s, uint32_t i, double scale, double *value)
{
    struct counting c = {0};
    double part = 0;
    uint32_t at = i + 1, end;

    if (!has_kind(s, i, SENSE(and)))
        return i;
    c.term = 1;
    if (has_kind(s, at, SENSE(article)))
        at++;
    else if (is_number_word(s, at)) {
        c.term = 0;
        at = parse_words(s, at, &c);
    }
    end = parse_below(s, at, at > i + 1 && c.term == 1, true, &part);
    if (end == at || c.term * part >= 1)
        return i;
    *value += c.term * part * (scale >= 1000 ? scale : 1);
    return end;
}

static uint32_t parse_scales(const struct scan *s, uint32_t i, double *value)
{
    const struct sense *scale;

    while ((scale = sense_at(s, i, SENSE_scale))) {
        *value *= scale->value;
        i += scale->count;
    }
    return i;
}

/* "half a million", "a quarter", "two thirds", "one fifth": after `f`, or by
   itself. */
static uint32_t
parse_fraction(const struct scan *s, uint32_t i, bool counted, struct figure *f)
{
    double part;
    uint32_t at = i, end;
    bool article = !counted && has_kind(s, at, SENSE(article));

    if (counted && is_dash(s, at) && is_joined(s, at) == is_joined(s, at + 1))
        at++;
    at += article;
    end = parse_below(
        s, at, counted ? f->value == 1 && !f->plain : article, article, &part);
    /* "the next 7 quarters" are of years. */
    if (end == at ||
        (counted && has_kind(s, at, SENSE(unit)) && f->value * part >= 1))
        return i;
    f->value = (counted ? f->value : 1) * part;
    f->plain = f->ordinal = false;
    at = end;
    at += has_kind(s, at, SENSE(of)) && has_kind(s, at + 1, SENSE(article)) &&
          has_kind(s, at + 2, SENSE(scale));
    at += has_kind(s, at, SENSE(article)) && has_kind(s, at + 1, SENSE(scale));
    return parse_scales(s, at, &f->value);
}

/* "nine out of ten", "one in every five", "one over twenty". */
static uint32_t parse_ratio(const struct scan *s, uint32_t i, struct figure *f)
{
    const struct sense *sense = sense_at(s, i, SENSE_ratio);
    struct figure below = {0};
    struct counting c = {0};
    uint32_t at, end;

    if (!sense || f->ordinal || f->value < 1)
        return i;
    at = i + sense->count;
    end = parse_digits(s, at, &below);
    if (end == at) {
        end = parse_words(s, at, &c);
        below.value = c.total + c.group + c.term;
        below.ordinal = c.ordinal;
    }
    if (end == at || below.ordinal || below.value <= f->value)
        return i;
    /* "over" is "more than" but for "one over twenty" by itself. */
    if (strcmp(sense->text, "1") == 0 &&
        (f->value != 1 || !ends_phrase(s, end)))
        return i;
    f->value /= below.value;
    f->plain = false;
    return end;
}

/* --- all together ---------------------------------------------------- */

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

/* Digits or words with their scales and fractions. */
static uint32_t
parse_counted(const struct scan *s, uint32_t i, struct figure *f)
{
    struct counting c = {0};
    const struct sense *suffix;
    uint32_t at = parse_digits(s, i, f), end;

    if (at > i && f->ordinal)
        return at;
    if (at > i) {
        c = (struct counting){.term = f->value, .any = true, .figures = true};
        c.last = f->value;
        if (is_joined(s, at) && (suffix = sense_at(s, at, SENSE_suffix))) {
            add_scale(&c, suffix->value);
            at += suffix->count;
            f->plain = false;
        }
    }
    end = parse_words(s, at, &c);
    f->plain &= end == at;
    if (end == i)
        return i;
    f->value = c.total + c.group + c.term;
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
