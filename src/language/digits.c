/*
 * digits.c - figures in digits: "1,234.5", "2 300 000", "1 4/5", "1e6".
 */
#include "language/numerals.h"

#include <stdlib.h>
#include <string.h>

/* Groups between commas are of three digits, or of two before the last, as
   in India: "12,34,567". */
static bool is_group(uint32_t len, bool first, bool last)
{
    return len == 3 || (!last && len == 2) || (first && len && len <= 3);
}

/* "1.000.000" as in much of Europe: how long it is.  One point alone may be
   that of a decimal, three are of an address. */
static size_t pointed_length(const char *form, double *value)
{
    size_t len = strspn(form, "0123456789"), points = 0;

    *value = atoi(form);
    if (!len || len > 3 || form[0] == '0')
        return 0;
    for (; form[len] == '.' && strspn(form + len + 1, "0123456789") == 3;
         len += 4, points++)
        *value = *value * 1000 + atoi(form + len + 1);
    return points == 2 && form[len] != '.' ? len : 0;
}

/* "1,234.5": the value, or false for what is a clock time, a date, ... */
static bool read_digits(const char *form, double *value, const char **rest)
{
    char digits[40];
    uint32_t group = 0, len = 0, groups = 0;
    size_t pointed = pointed_length(form, value);

    if (pointed) {
        *rest = form + pointed;
        return true;
    }
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

bool all_digits(const char *form, size_t from, size_t to)
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

/* "^ 23", "^ - 1": a whole power of the figure before. */
static uint32_t parse_power(const struct scan *s, uint32_t i, double *value)
{
    double base = *value, all = 1;
    uint32_t at = i + 1;
    bool minus = token_is(s, at, "-");

    at += minus || token_is(s, at, "+");
    if (!token_is(s, i, "^") || !is_joined(s, i) || !is_joined(s, at) ||
        !has_kind(s, at, SENSE(figure)) ||
        !all_digits(s->tokens[at].form, 1, 2))
        return i;
    for (int power = atoi(s->tokens[at].form); power; power--)
        all *= base;
    if (!(all > 1e-300 && all < 1e300))
        return i;
    *value = minus ? 1 / all : all;
    return at + 1;
}

/* "x10^-4", "x 10 ^ 6" */
static uint32_t
parse_power_of_ten(const struct scan *s, uint32_t i, double *value)
{
    double power = 10;
    uint32_t at = i + 1, end;

    if (!token_is(s, i, "x10")) {
        if (!(token_is(s, i, "x") || token_is(s, i, "\xC3\x97")) ||
            !token_is(s, at, "10"))
            return i;
        at++;
    }
    end = parse_power(s, at, &power);
    if (end == at)
        return i;
    *value *= power;
    return end;
}

/* "- 1" behind "12e" */
static uint32_t
parse_split_exponent(const struct scan *s, uint32_t i, double *value)
{
    char exponent[8];

    if (!(token_is(s, i, "-") || token_is(s, i, "+")) || !is_joined(s, i) ||
        !is_joined(s, i + 1) || !all_digits(s->tokens[i + 1].form, 1, 2))
        return i;
    g_snprintf(
        exponent, sizeof exponent, "e%s%s", s->tokens[i].form,
        s->tokens[i + 1].form);
    return *read_exponent(exponent, value) ? i : i + 2;
}

/* ",5" of "2,5 %", "2,5 million": a comma for a point, where no list can
   be. */
static uint32_t
parse_decimal_comma(const struct scan *s, uint32_t i, double *value)
{
    const char *form;

    if (!token_is(s, i, ",") || !is_joined(s, i) || !is_joined(s, i + 1) ||
        !has_kind(s, i + 1, SENSE(figure)) ||
        !has_kind(s, i + 2, SENSE(percent) | SENSE(scale) | SENSE(currency)))
        return i;
    form = s->tokens[i + 1].form;
    if (!all_digits(form, 1, 2))
        return i;
    *value += form[1] ? atoi(form) / 100.0 : atoi(form) / 10.0;
    return i + 2;
}

static bool is_ordinal_end(const char *rest)
{
    return strcmp(rest, "st") == 0 || strcmp(rest, "nd") == 0 ||
           strcmp(rest, "rd") == 0 || strcmp(rest, "th") == 0;
}

uint32_t parse_digits(const struct scan *s, uint32_t i, struct figure *f)
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
    if (g_ascii_strcasecmp(rest, "e") == 0)
        return (end = parse_split_exponent(s, i + 1, &f->value)) > i + 1 ? end
                                                                         : i;
    if (!f->ordinal && *read_exponent(rest, &f->value))
        return i;
    end = parse_power(s, i + 1, &f->value);
    if (end == i + 1)
        end = parse_power_of_ten(s, i + 1, &f->value);
    if (end > i + 1)
        return end;
    end = parse_decimal_comma(s, i + 1, &f->value);
    if (end > i + 1)
        return end;
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
