/*
 * calendars.h - the calendars beside the Gregorian one: the Persian (Solar
 * Hijri) and the Islamic (Umm al-Qura, and the civil rule in years that it
 * does not tell), as ICU knows them.
 *
 * Their months are worked out once, on loading, so that reading asks nothing
 * of ICU and threads share one table.
 */
#ifndef CALENDARS_H
#define CALENDARS_H

#include "language/days.h"

#include <glib.h>

enum calendar { CALENDAR_PERSIAN, CALENDAR_ISLAMIC, CALENDAR_COUNT };

/* Years of either calendar whose days are known: AD 1785 to 2174 and more. */
enum { FOREIGN_YEAR_LEAST = 1200, FOREIGN_YEAR_MOST = 1599 };

struct calendars;

struct calendars *calendars_load(GError **error);
void calendars_free(struct calendars *c); /* accepts NULL */

/* NO_DAY where there is no such day, or it is not known. */
int32_t calendar_day(
    const struct calendars *c, enum calendar calendar, int year, int month,
    int day);
/* The last day of the month. */
int32_t calendar_month_end(
    const struct calendars *c, enum calendar calendar, int year, int month);
/* The year of the calendar that `day` is in, or 0. */
int calendar_year(
    const struct calendars *c, enum calendar calendar, int32_t day);

#endif
