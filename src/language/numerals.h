/*
 * numerals.h - what the files of figures share: digits.c, numerals.c,
 * fractions.c.  A parser returns the end of what begins at token i, or i for
 * none.
 */
#ifndef NUMERALS_H
#define NUMERALS_H

#include "language/lexemes.h"

/*
 * "two million three hundred and twenty-one" is total 2000000, group 300,
 * term 21.  Figures may stand for words: "3 hundred and 21".
 */
struct counting {
    double total, group, term;
    double last;  /* the value of the last word, for the order of words */
    double scale; /* the last scale, where the number ends with one */
    bool any, ordinal, figures;
    bool below, plural; /* counts parts, and "thirds" ended it */
};

static inline double counted(const struct counting *c)
{
    return c->total + c->group + c->term;
}

/* As many digits and nothing else. */
bool all_digits(const char *form, size_t from, size_t to);
/* "1,234.5", "2 300 000", "4/5", "21st" */
uint32_t parse_digits(const struct scan *s, uint32_t i, struct figure *f);
/* Number words, behind what is counted already. */
uint32_t parse_words(const struct scan *s, uint32_t i, struct counting *c);
bool is_number_word(const struct scan *s, uint32_t i);
/* "million" behind a number: multiplies it. */
uint32_t parse_scales(const struct scan *s, uint32_t i, double *value);

/* "and a half", "and two thirds": of the scale before, if there is one. */
uint32_t parse_and_fraction(
    const struct scan *s, uint32_t i, double scale, double *value);
/* "half a million", "a quarter", "two thirds", "one fifth": behind `f`, or
   by itself. */
uint32_t
parse_fraction(const struct scan *s, uint32_t i, bool behind, struct figure *f);
/* "nine out of ten", "one in every five", "one over twenty". */
uint32_t parse_ratio(const struct scan *s, uint32_t i, struct figure *f);

#endif
