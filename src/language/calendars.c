#include "language/calendars.h"

#include "base/base.h"

#include <math.h>
#include <unicode/ucal.h>

enum { MONTHS = (FOREIGN_YEAR_MOST - FOREIGN_YEAR_LEAST + 1) * 12 };

struct calendars {
    /* The first day of each month, and of the month after the last. */
    int32_t starts[CALENDAR_COUNT][MONTHS + 1];
};

static bool fill_months(const char *locale, int32_t *starts, GError **error)
{
    static const UChar utc[] = {'U', 'T', 'C', 0};
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *u = ucal_open(utc, 3, locale, UCAL_TRADITIONAL, &status);

    for (int i = 0; i <= MONTHS && U_SUCCESS(status); i++) {
        ucal_clear(u);
        ucal_set(u, UCAL_EXTENDED_YEAR, FOREIGN_YEAR_LEAST + i / 12);
        ucal_set(u, UCAL_MONTH, i % 12);
        ucal_set(u, UCAL_DATE, 1);
        starts[i] = (int32_t)floor(ucal_getMillis(u, &status) / 86400000);
    }
    ucal_close(u);
    if (U_SUCCESS(status))
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_DATA, "ICU has no calendar %s: %s",
        locale, u_errorName(status));
    return false;
}

struct calendars *calendars_load(GError **error)
{
    static const char *const locales[] = {
        "en@calendar=persian", "en@calendar=islamic-umalqura"};
    struct calendars *c = g_new(struct calendars, 1);

    for (int k = 0; k < CALENDAR_COUNT; k++)
        if (!fill_months(locales[k], c->starts[k], error)) {
            g_free(c);
            return NULL;
        }
    return c;
}

void calendars_free(struct calendars *c)
{
    g_free(c);
}

/* The place of a month in the table, or -1. */
static int month_at(int year, int month)
{
    if (year < FOREIGN_YEAR_LEAST || year > FOREIGN_YEAR_MOST || month < 1 ||
        month > 12)
        return -1;
    return (year - FOREIGN_YEAR_LEAST) * 12 + month - 1;
}

int32_t calendar_day(
    const struct calendars *c, enum calendar calendar, int year, int month,
    int day)
{
    const int32_t *starts = c->starts[calendar];
    int at = month_at(year, month);

    if (at < 0 || day < 1 || day > starts[at + 1] - starts[at])
        return NO_DAY;
    return starts[at] + day - 1;
}

int32_t calendar_month_end(
    const struct calendars *c, enum calendar calendar, int year, int month)
{
    int at = month_at(year, month);

    return at < 0 ? NO_DAY : c->starts[calendar][at + 1] - 1;
}

int calendar_year(
    const struct calendars *c, enum calendar calendar, int32_t day)
{
    const int32_t *starts = c->starts[calendar];
    int low = 0, high = MONTHS;

    if (day < starts[low] || day >= starts[high])
        return 0;
    while (high - low > 1) {
        int middle = (low + high) / 2;

        if (starts[middle] <= day)
            low = middle;
        else
            high = middle;
    }
    return FOREIGN_YEAR_LEAST + low / 12;
}
