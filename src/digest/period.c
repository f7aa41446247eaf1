/* Days in words. */
#include "digest/digest.h"

#include <stdio.h>
#include <string.h>

/* Is the day the last of its month? */
static bool is_month_end(const char *day)
{
    int year, month, number;

    return sscanf(day, "%d-%d-%d", &year, &month, &number) == 3 &&
           g_date_valid_month((GDateMonth)month) && year > 0 &&
           number ==
               g_date_get_days_in_month((GDateMonth)month, (GDateYear)year);
}

const char *period_words(struct arena *a, const char *first, const char *last)
{
    size_t year = strlen("2012"), month = strlen("2012-02");
    int length = (int)strlen("2012-02-21");

    if (!first || !last)
        return NULL;
    if (strlen(first) == (size_t)length && g_str_has_suffix(first, "-01") &&
        is_month_end(last))
        length = g_str_has_suffix(first, "-01-01") &&
                         g_str_has_suffix(last, "-12-31")
                     ? (int)year
                     : (int)month;
    if (!strncmp(first, last, (size_t)length))
        return arena_print(a, "%.*s", length, first);
    return arena_print(a, "%.*s..%.*s", length, first, length, last);
}
