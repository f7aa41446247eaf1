/*
 * numbers.c - figures with their unit and the words that compare ("nearly
 * 70 %", "between three and five million dollars", "in her thirties").
 */
#include "language/lexemes.h"

#include <stdlib.h>
#include <string.h>

uint32_t parse_compare(const struct scan *s, uint32_t i, const char **compare)
{
    const struct sense *sense = sense_at(s, i, SENSE_compare);

    if (!sense)
        return i;
    *compare = sense->text;
    return i + sense->count;
}

/* --- units ----------------------------------------------------------- */

/* "million" behind a currency: "75 USD million". */
static uint32_t
parse_late_scale(const struct scan *s, uint32_t i, struct figure *f)
{
    const struct sense *scale = sense_at(s, i, SENSE_scale);

    if (!scale || scale->value < 1000 || f->value >= 1000)
        return i;
    f->value *= scale->value;
    return i + scale->count;
}

/* "and 45 cents" behind dollars; "and 45" where nothing follows. */
static uint32_t
parse_small_coins(const struct scan *s, uint32_t i, struct figure *f)
{
    struct figure coins;
    uint32_t at = i + has_kind(s, i, SENSE(and)), end;
    const struct sense *coin;

    end = parse_figure(s, at, &coins);
    coin = sense_at(s, end, SENSE_coin);
    if (end == at || coins.ordinal || !(coins.value < 100) ||
        (!coin && (at == i || coins.value < 1 || f->value >= 1000 ||
                   has_kind(s, end, SENSE(of)) || !ends_phrase(s, end))))
        return i;
    f->value += coins.value / 100;
    return coin ? end + coin->count : end;
}

/* "30 MUSD", "5 kEUR": thousands or millions and a code in one token. */
static uint32_t parse_scaled_code(
    const struct scan *s, uint32_t i, struct figure *f, const char **unit)
{
    const struct token *t = i < s->count ? &s->tokens[i] : NULL;
    const struct sense *code;

    if (!t || !t->form[0] || !strchr("MkK", t->form[0]) ||
        !g_ascii_isupper(t->form[1]) || strlen(t->form) != 4)
        return i;
    code = word_sense(s->words, t->lower + 1, SENSE_currency);
    if (!code || strcmp(code->text, t->form + 1) != 0)
        return i;
    f->value *= t->form[0] == 'M' ? 1e6 : 1e3;
    *unit = code->text;
    return i + 1;
}

/* "%", "dollars", "years old" behind a figure; `i` where there is none. */
static uint32_t parse_unit(
    const struct scan *s, uint32_t i, struct figure *f, const char **unit)
{
    const struct sense *sense;
    uint32_t at = i;

    if (is_dash(s, at) && is_joined(s, at) && is_joined(s, at + 1))
        at++;
    if ((sense = sense_at(s, at, SENSE_percent))) {
        *unit = "%";
    } else if ((sense = sense_at(s, at, SENSE_currency))) {
        /* "5 $10 notes" */
        if (is_joined(s, at + sense->count) &&
            has_kind(s, at + sense->count, SENSE(figure)))
            return i;
        *unit = sense->text;
        at = parse_late_scale(s, at + sense->count, f);
        return parse_small_coins(s, at, f);
    } else if ((sense = sense_at(s, at, SENSE_coin))) {
        *unit = sense->text;
        f->value /= 100;
    } else if ((sense = sense_at(s, at, SENSE_old))) {
        *unit = sense->text;
    } else {
        return parse_scaled_code(s, i, f, unit);
    }
    return at + sense->count;
}

/* "$", "US $", "Rs." before a figure; of "MXN$" the code tells more. */
static uint32_t
parse_money_sign(const struct scan *s, uint32_t i, const char **unit)
{
    const struct sense *sense = sense_at(s, i, SENSE_currency), *more;
    uint32_t end;

    if (!sense)
        return i;
    end = i + sense->count;
    if (is_joined(s, end) && (more = sense_at(s, end, SENSE_currency)))
        end += more->count;
    if (!has_kind(s, end, SENSE(figure)))
        return i;
    *unit = sense->text;
    return end;
}

/* The figure of "Rs2,500.50" without its sign, which the word breaker cuts at
   commas and points: how many tokens it is. */
static uint32_t join_figure(
    const struct scan *s, uint32_t i, size_t letters, char *form, size_t size)
{
    uint32_t at = i + 1;

    g_strlcpy(form, s->tokens[i].form + letters, size);
    while (token_is(s, at, ",") && is_joined(s, at) && is_joined(s, at + 1) &&
           strspn(s->tokens[at + 1].form, "0123456789") == 3) {
        g_strlcat(form, ",", size);
        g_strlcat(form, s->tokens[at + 1].form, size);
        at += 2;
    }
    if (is_joined(s, at) && s->tokens[at].form[0] == '.' &&
        g_ascii_isdigit(s->tokens[at].form[1]))
        g_strlcat(form, s->tokens[at++].form, size);
    return at - i;
}

/* "USD115", "Rs500.50", "USD5m": the sign and the figure are one token. */
static uint32_t parse_glued_money(
    const struct scan *s, uint32_t i, struct figure *f, const char **unit)
{
    struct token tokens[4];
    uint64_t kinds[G_N_ELEMENTS(tokens)] = {SENSE(figure)};
    struct scan few = *s;
    char sign[8] = "", form[40];
    size_t letters = 0;
    uint32_t rest, end;

    if (has_kind(s, i, SENSE(currency)))
        letters = money_sign_length(s->words, &s->tokens[i]);
    if (!letters || letters >= sizeof sign)
        return i;
    memcpy(sign, s->tokens[i].lower, letters);
    *unit = word_sense(s->words, sign, SENSE_currency)->text;
    rest = i + join_figure(s, i, letters, form, sizeof form);
    few.tokens = tokens;
    few.firsts = NULL;
    few.kinds = kinds;
    few.count = MIN(1 + s->count - rest, (uint32_t)G_N_ELEMENTS(tokens));
    tokens[0] = s->tokens[rest - 1];
    tokens[0].form = tokens[0].lower = form;
    memcpy(tokens + 1, s->tokens + rest, (few.count - 1) * sizeof tokens[0]);
    memcpy(kinds + 1, s->kinds + rest, (few.count - 1) * sizeof kinds[0]);
    end = parse_figure(&few, 0, f);
    return end ? rest + end - 1 : i;
}

/* A figure with its unit: [from, ->to). */
static uint32_t parse_amount(
    const struct scan *s, uint32_t i, struct figure *f, const char **unit)
{
    uint32_t at = parse_money_sign(s, i, unit);
    uint32_t end = parse_figure(s, at, f), more;

    if (end == at)
        return parse_glued_money(s, i, f, unit);
    more = parse_unit(s, end, f, unit);
    return more == end && at > i ? parse_small_coins(s, end, f) : more;
}

/* --- ages in decades ------------------------------------------------- */

/* "thirties", "30s": 30, or -1. */
static int decade_age(const struct token *t, const struct sense *decade)
{
    int age, to = 0;
    char *end;

    if (decade)
        return (int)decade->value;
    age = (int)strtol(t->form, &end, 10);
    to = (int)(end - t->form);
    return to == 2 && strcmp(end, "s") == 0 && age % 10 == 0 ? age : -1;
}

/* "thirties", "late forties", "mid-20s" behind "in her". */
static uint32_t
parse_age_decade(const struct scan *s, uint32_t i, struct number *n)
{
    static const int8_t firsts[] = {0, 0, 4, 7}, lasts[] = {9, 3, 6, 9};
    int part = has_kind(s, i, SENSE(early))  ? 1
               : has_kind(s, i, SENSE(mid))  ? 2
               : has_kind(s, i, SENSE(late)) ? 3
                                             : 0;
    uint32_t at =
        i + (part > 0 && !g_str_has_prefix(s->tokens[i].lower, "mid-"));
    int age;

    if (!i || !has_kind(s, i - 1, SENSE(owner)))
        return i;
    at += part && is_dash(s, at);
    if (at >= s->count)
        return i;
    if (at == i && part) {
        struct token few = s->tokens[i];
        struct scan one = {.words = s->words, .tokens = &few, .count = 1};
        uint64_t kinds = SENSE(decade);

        few.form += strlen("mid-");
        few.lower += strlen("mid-");
        one.kinds = &kinds;
        age = decade_age(&few, sense_at(&one, 0, SENSE_decade));
    } else {
        age = decade_age(&s->tokens[at], sense_at(s, at, SENSE_decade));
    }
    if (age < 10)
        return i;
    n->has_value = true;
    n->value = age + firsts[part];
    n->most = age + lasts[part];
    n->unit = "year old";
    return at + 1;
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

/* "the" in "between the tenth and the fifteenth" */
static uint32_t skip_the(const struct scan *s, uint32_t i)
{
    return i + (token_is(s, i, "the") &&
                has_kind(s, i + 1, SENSE(ordinal) | SENSE(ten)));
}

/* "3 to 5", "between 20 and 30", "$3-5 million" */
static uint32_t parse_range(const struct scan *s, uint32_t i, struct number *n)
{
    struct figure low = {0}, high = {0};
    const char *unit = "", *high_unit = "";
    bool between = has_kind(s, i, SENSE(between));
    uint32_t at = i + (between || has_kind(s, i, SENSE(from)));
    uint32_t end, from;

    at = between ? skip_the(s, at) : at;
    end = parse_amount(s, at, &low, &unit);
    if (end == at)
        return i;
    from = parse_joiner(s, end, between);
    if (from == end)
        return i;
    from = between ? skip_the(s, from) : from;
    end = parse_amount(s, from, &high, &high_unit);
    if (end == from || !low.has_value || !high.has_value ||
        low.ordinal != high.ordinal ||
        (*unit && *high_unit && strcmp(unit, high_unit)))
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

/* --- a number -------------------------------------------------------- */

/* "one" that stands for a noun ("the other one", "no one") counts nothing. */
static bool counts(const struct scan *s, uint32_t from, uint32_t to)
{
    const char *xpos = s->tokens[from].xpos;

    if (to - from > 1 || !token_is(s, from, "one"))
        return true;
    if (from && token_is(s, from - 1, "no"))
        return false;
    return !xpos || strcmp(xpos, "CD") == 0;
}

/* "more than 5 or equal": the word before says the rest. */
static const char *compare_both(const char *before, const char *behind)
{
    if (!before || strcmp(behind, "=") != 0)
        return behind;
    return *before == '>' ? ">=" : *before == '<' ? "<=" : "=";
}

/* "and below" goes with what follows in "above a quarter and below a half". */
static bool is_amount(const struct scan *s, uint32_t i)
{
    struct figure f;
    const char *unit;

    return parse_amount(s, i, &f, &unit) > i;
}

/* A number with the words before and behind it that compare. */
static uint32_t
parse_compared(const struct scan *s, uint32_t i, struct number *n)
{
    const struct sense *aged = sense_at(s, i, SENSE_aged), *behind;
    const char *compare = NULL;
    uint32_t at = aged ? i + aged->count : i, end;

    at = parse_compare(s, at, &compare);
    if (!aged && (aged = sense_at(s, at, SENSE_aged)))
        at += aged->count;
    at = compare ? skip_the(s, at) : at;
    *n = (struct number){.from = i, .unit = "", .compare = ""};
    end = parse_age_decade(s, at, n);
    if (end == at)
        end = parse_range(s, at, n);
    if (end == at)
        end = parse_single(s, at, n);
    if (end == at || !counts(s, at, end))
        return i;
    if (aged && !*n->unit)
        n->unit = aged->text;
    behind = sense_at(s, end, SENSE_behind);
    if (behind && !token_is(s, end + behind->count, "than") &&
        !is_amount(s, end + behind->count)) {
        compare = compare_both(compare, behind->text);
        end += behind->count;
    }
    if (compare)
        n->compare = compare;
    n->to = end;
    return end;
}

static bool bounds_below(const struct number *n)
{
    return n->compare[0] == '>' && n->has_value && n->most <= n->value;
}

static bool bounds_above(const struct number *n)
{
    return n->compare[0] == '<' && n->has_value && n->most <= n->value;
}

/* "more than 10 but fewer than 20" are the two ends of one range. */
static uint32_t
parse_other_bound(const struct scan *s, uint32_t i, struct number *n)
{
    struct number other;
    uint32_t at = i + token_is(s, i, ","), end;

    at += has_kind(s, at, SENSE(and)) || token_is(s, at, "but");
    if (at == i || !(bounds_below(n) || bounds_above(n)))
        return i;
    end = parse_compared(s, at, &other);
    if (end == at || (*other.unit && *n->unit && strcmp(other.unit, n->unit)))
        return i;
    if (bounds_below(n) && bounds_above(&other) && n->value < other.value)
        n->most = other.value;
    else if (bounds_above(n) && bounds_below(&other) && other.value < n->value)
        n->value = other.value;
    else
        return i;
    n->compare = "";
    n->unit = *n->unit ? n->unit : other.unit;
    return n->to = end;
}

/* "second to last", "third from the end" are counted from there. */
static uint32_t
parse_from_last(const struct scan *s, uint32_t i, const struct number *n)
{
    uint32_t at = i + 1;

    if (strcmp(n->unit, "th") != 0 ||
        !(token_is(s, i, "to") || token_is(s, i, "from")))
        return i;
    at += token_is(s, at, "the");
    return token_is(s, at, "last") || token_is(s, at, "end") ? at + 1 : i;
}

static uint32_t parse_number(const struct scan *s, uint32_t i, GArray *out)
{
    struct number n;
    uint32_t end = parse_compared(s, i, &n), last;

    if (end == i)
        return i;
    last = parse_from_last(s, end, &n);
    if (last > end)
        return last;
    end = parse_other_bound(s, end, &n);
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
