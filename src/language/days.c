#include "language/days.h"

#include <stdio.h>
#include <string.h>

int days_in_month(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return lengths[month - 1] + (month == 2 && leap);
}

bool days_exist(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* Howard Hinnant's days_from_civil: years begin in March. */
int32_t days_make(int year, int month, int day)
{
    int era, of_era, of_year, last;

    month = CLAMP(month, 1, 12);
    last = days_in_month(year, month);
    day = CLAMP(day, 1, last);
    year -= month <= 2;
    era = (year >= 0 ? year : year - 399) / 400;
    of_era = year - era * 400;
    of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

struct date days_date(int32_t day)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int of_era = z - era * 146097;
    int year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year =
        of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * of_year + 2) / 153;
    struct date date = {
        year_of_era + era * 400, month < 10 ? month + 3 : month - 9,
        of_year - (153 * month + 2) / 5 + 1};

    date.year += date.month <= 2;
    return date;
}

int days_weekday(int32_t day)
{
    int of_week = (day + 3) % 7;

    return (of_week < 0 ? of_week + 7 : of_week) + 1;
}

int32_t days_add_months(int32_t day, int months)
{
    struct date d = days_date(day);
    int count = d.year * 12 + d.month - 1 + months;

    return days_make(count / 12, count % 12 + 1, d.day);
}

int32_t days_month_start(int32_t day)
{
    struct date d = days_date(day);

    return days_make(d.year, d.month, 1);
}

int32_t days_month_end(int32_t day)
{
    struct date d = days_date(day);

    return days_make(d.year, d.month, 31);
}

int32_t days_read(const char *text)
{
    int year, month, day;
    char rest;

    if (!text || strlen(text) != 10 ||
        sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3 ||
        !days_exist(year, month, day))
        return NO_DAY;
    return days_make(year, month, day);
}

void days_print(int32_t day, char out[11])
{
    struct date d;

    out[0] = '\0';
    if (day == NO_DAY)
        return;
    d = days_date(day);
    if (d.year < 1 || d.year > 9999)
        return;
    g_snprintf(
        out, 11, "%04u-%02u-%02u", (unsigned)d.year % 10000,
        (unsigned)d.month % 100, (unsigned)d.day % 100);
}
