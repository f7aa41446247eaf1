/*
 * units.h - what the files share that count in days, weeks, months, years:
 * lengths.c, relatives.c, parts.c.
 */
#ifndef UNITS_H
#define UNITS_H

#include "language/lexemes.h"

struct unit {
    char of; /* days, business days, months, a weekend, or a part of a day */
    int count;
};

/* The value of a unit in times.tsv: "d7", "m12", "w", "t". */
struct unit unit_of(const struct sense *sense);
enum grain grain_of(struct unit u);
/* NO_DAY where that is out of all calendars. */
int32_t add_units(int32_t day, struct unit u, double count);
/* The week, month, year, ... of the calendar that `day` is in, `offset`
   further. */
bool calendar_unit(int32_t day, struct unit u, int offset, struct when *w);

/* "a", "two", "several", "half a" before a unit. */
uint32_t
parse_count(const struct scan *s, uint32_t i, double *count, bool *vague);
/* "years", "- year": returns its end, or 0 for none. */
uint32_t parse_unit_of_time(const struct scan *s, uint32_t i, struct unit *u);
/* "three months", "two days ago", "within a week": returns its end, or i. */
uint32_t parse_lengths(const struct scan *s, uint32_t i, struct when *w);
/* "for three days from 5 May": the span, likewise. */
uint32_t parse_for_length(const struct scan *s, uint32_t i, struct when *w);
/* "last week", "the next two days", "this Monday": likewise. */
uint32_t parse_directed(const struct scan *s, uint32_t i, struct when *w);

#endif
