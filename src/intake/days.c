#include "intake/parts.h"

#include <stdio.h>
#include <string.h>

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static bool exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_of(year, month);
}

static int digits(const char *at, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(at[i]))
            return -1;
        value = value * 10 + at[i] - '0';
    }
    return value;
}

/* "2012-02-21" at the start. */
static bool parse_iso(const char *s, int *year, int *month, int *day)
{
    *year = digits(s, 4);
    if (*year < 0 || s[4] != '-')
        return false;
    *month = digits(s + 5, 2);
    if (*month < 0 || s[7] != '-')
        return false;
    *day = digits(s + 8, 2);
    return *day >= 0 && exists(*year, *month, *day);
}

bool date_is(const char *day)
{
    int y, m, d;

    return strlen(day) == 10 && parse_iso(day, &y, &m, &d);
}

/* 1..12 for a month's name or its first three letters, else 0. */
static int month_of(const char *word, size_t len)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};

    for (int i = 0; len >= 3 && i < 12; i++)
        if (len <= strlen(names[i]) &&
            !g_ascii_strncasecmp(word, names[i], len))
            return i + 1;
    return 0;
}

/* Day, month's name and year in any order, other words passed over; what
   comes after the year is a time of day. */
static bool parse_words(const char *s, int *year, int *month, int *day)
{
    *year = *month = *day = 0;
    while (*s && !(*year && *month && *day)) {
        size_t len = 0;

        if (g_ascii_isdigit(*s)) {
            while (g_ascii_isdigit(s[len]))
                len++;
            if (len == 4 && !*year)
                *year = digits(s, 4);
            else if (len <= 2 && !*day)
                *day = digits(s, (int)len);
        } else if (g_ascii_isalpha(*s)) {
            while (g_ascii_isalpha(s[len]))
                len++;
            if (!*month)
                *month = month_of(s, len);
        } else {
            len = 1;
        }
        s += len;
    }
    return exists(*year, *month, *day);
}

const char *day_find(struct arena *a, const char *words)
{
    int year, month, day;

    while (g_ascii_isspace(*words))
        words++;
    if (strlen(words) >= 8 && digits(words, 8) >= 0 &&
        !g_ascii_isdigit(words[8]) &&
        exists(digits(words, 4), digits(words + 4, 2), digits(words + 6, 2)))
        return arena_print(a, "%.4s-%.2s-%.2s", words, words + 4, words + 6);
    if ((strlen(words) >= 10 && parse_iso(words, &year, &month, &day)) ||
        parse_words(words, &year, &month, &day))
        return arena_print(a, "%04d-%02d-%02d", year, month, day);
    return NULL;
}
