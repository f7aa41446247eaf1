/*
 * dates.h - what dates.c, numeric.c, weekdays.c, years.c and foreign.c share.  A
 * parser returns the end of what begins at token i, or i for none.
 */
#ifndef DATES_H
#define DATES_H

#include "language/lexemes.h"

/* Between these a number of four digits is a year without more ado. */
enum { YEAR_LEAST = 1000, YEAR_PLAIN = 1800, YEAR_MOST = 2199 };

/* A day of month `month`; `year` 0: not told.  False if there is none. */
bool set_day(struct when *w, int year, int month, int day);
/* "of 2011", ", 2011", "last year" behind a month or a day. */
uint32_t parse_its_year(const struct scan *s, uint32_t i, struct when *w);
/* Puts a date in the nearest year that its verb's tense allows. */
void choose_year(
    const struct scan *s, uint32_t from, uint32_t to, struct when *w);

/* 1 to 31, in digits or as an ordinal ("15", "15th", "fifteenth"). */
uint32_t parse_day(const struct scan *s, uint32_t i, int *day, bool *ordinal);
/* The second day of "3 - 5 March", "March 3 to 5", or i. */
uint32_t
parse_second_day(const struct scan *s, uint32_t i, int first, int *day);

/* The verb next to [from, to) looks at the future. */
bool looks_ahead(const struct scan *s, uint32_t from, uint32_t to);
/* Digits and nothing else, at most so many. */
bool plain_int(const struct scan *s, uint32_t i, size_t most, int *value);
/* The year that two digits stand for: "87" is 1987. */
int full_year(const struct scan *s, int year, size_t digits);

uint32_t parse_numeric(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_month(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_day_month(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_weekday(const struct scan *s, uint32_t i, struct when *w);
/* ", 15 June", "(Jun-15)" behind a weekday: the day itself. */
uint32_t parse_its_day(const struct scan *s, uint32_t i, struct when *w);
/* "on Friday" behind another day or a week: the Friday of that week. */
uint32_t parse_on_weekday(const struct scan *s, uint32_t i, struct when *w);
/* The weekend that a feast makes long: "Easter weekend". */
void set_weekend_of(int32_t day, struct when *w);
/* The day of the week of `day` that is such a weekday. */
int32_t weekday_near(int32_t day, int weekday);
uint32_t parse_bare_day(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_foreign(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_decade(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_century(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_season(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_feast(const struct scan *s, uint32_t i, struct when *w);
uint32_t parse_fiscal(const struct scan *s, uint32_t i, struct when *w);
bool fiscal_near(
    const struct scan *s, const struct sense *fiscal, int offset,
    struct when *w);
uint32_t parse_piece(const struct scan *s, uint32_t i, struct when *w);
/* "nineteen ninety-six", "two thousand and five" where a year may stand. */
uint32_t parse_spoken_year(const struct scan *s, uint32_t i, int *year);
uint32_t parse_plain_year(const struct scan *s, uint32_t i, struct when *w);

#endif
