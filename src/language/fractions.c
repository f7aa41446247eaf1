/*
 * fractions.c - "two thirds", "half a million", "two and a half", "nine out of
 * ten".
 */
#include "language/numerals.h"

#include <string.h>

bool ends_phrase(const struct scan *s, uint32_t i)
{
    return i >= s->count || has_kind(s, i, SENSE(of)) ||
           (s->tokens[i].span.to - s->tokens[i].span.from == 1 &&
            strchr(".,;:!?)", s->tokens[i].form[0]));
}

/* "twenty-firsts", "hundred and fifth": a part that many words tell. */
static uint32_t
parse_long_below(const struct scan *s, uint32_t i, bool one, double *part)
{
    struct counting c = {.below = true};
    uint32_t end;

    if (!is_number_word(s, i))
        return i;
    end = parse_words(s, i, &c);
    if (!c.ordinal || counted(&c) < 3 ||
        (!c.plural && !(one && ends_phrase(s, end))))
        return i;
    *part = 1 / counted(&c);
    return end;
}

/* "thirds", and behind one or an article "third". */
static uint32_t parse_below(
    const struct scan *s, uint32_t i, bool one, bool must_end, double *part)
{
    const struct sense *sense = sense_at(s, i, SENSE_fraction);

    if (sense && sense->value < 1) {
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

uint32_t parse_and_fraction(
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

uint32_t
parse_fraction(const struct scan *s, uint32_t i, bool behind, struct figure *f)
{
    double part;
    uint32_t at = i, end;
    bool article = !behind && has_kind(s, at, SENSE(article));

    if (behind && is_dash(s, at) && is_joined(s, at) == is_joined(s, at + 1))
        at++;
    at += article;
    end = parse_below(
        s, at, behind ? f->value == 1 && !f->plain : article, article, &part);
    if (end == at && (behind || article))
        end = parse_long_below(
            s, at, article || (f->value == 1 && !f->plain), &part);
    /* "the next 7 quarters" are of years. */
    if (end == at ||
        (behind && has_kind(s, at, SENSE(unit)) && f->value * part >= 1))
        return i;
    f->value = (behind ? f->value : 1) * part;
    f->plain = f->ordinal = false;
    at = end;
    at += has_kind(s, at, SENSE(of)) && has_kind(s, at + 1, SENSE(article)) &&
          has_kind(s, at + 2, SENSE(scale));
    at += has_kind(s, at, SENSE(article)) && has_kind(s, at + 1, SENSE(scale));
    return parse_scales(s, at, &f->value);
}

uint32_t parse_ratio(const struct scan *s, uint32_t i, struct figure *f)
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
        below.value = counted(&c);
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
