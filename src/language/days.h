/*
 * days.h - the calendar: days counted from 1970-01-01 (Gregorian, also
 * before 1582), and spans of them.
 */
#ifndef DAYS_H
#define DAYS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define NO_DAY INT32_MIN

struct date {
    int year, month, day;
};

/* Month and day are clamped to such as exist: 31 February is its last day. */
int32_t days_make(int year, int month, int day);
struct date days_date(int32_t day);
int days_in_month(int year, int month);
bool days_exist(int year, int month, int day);
/* 1 is Monday. */
int days_weekday(int32_t day);
int32_t days_add_months(int32_t day, int months);
int32_t days_month_start(int32_t day);
int32_t days_month_end(int32_t day);
/* NO_DAY where `text` is no ISO 8601 day. */
int32_t days_read(const char *text);
/* "" for NO_DAY and for years ISO 8601 writes with more than four digits. */
void days_print(int32_t day, char out[11]);

#endif
