/*
 * numeric.c - dates in figures: "2011-03-15", "12/03/2011", "15.3.2011", "03/15",
 * "2019/Aug/01", "12-2015", "2020-01-15T10:20:00Z".
 */
#include "language/dates.h"

#include <stdlib.h>
#include <string.h>

/* --- what stands without spaces -------------------------------------- */

/* The word breaker leaves some dates whole and cuts others: the text of the
   tokens that hang together, and where each ends in it. */
struct glued {
    char text[48];
    size_t ends[12];
    uint32_t count;
};

static void glue(const struct scan *s, uint32_t i, struct glued *g)
{
    size_t len = 0, more;

    *g = (struct glued){.count = 0};
    for (; i < s->count && g->count < G_N_ELEMENTS(g->ends); i++) {
        more = strlen(s->tokens[i].form);
        if ((g->count && !is_joined(s, i)) || len + more >= sizeof g->text)
            return;
        memcpy(g->text + len, s->tokens[i].form, more + 1);
        len += more;
        g->ends[g->count++] = len;
    }
}

/* The token behind the first `len` bytes; i where that is inside of one. */
static uint32_t glued_end(const struct glued *g, uint32_t i, size_t len)
{
    for (uint32_t k = 0; k < g->count; k++)
        if (g->ends[k] == len)
            return i + k + 1;
    return i;
}

/* --- fields ---------------------------------------------------------- */

struct field {
    int value;
    size_t digits; /* 0: the name of a month */
};

static const char *
read_field(const struct scan *s, const char *at, struct field *f)
{
    char name[12];
    size_t len = strspn(at, "0123456789");
    const struct sense *month;

    *f = (struct field){.digits = len};
    if (len) {
        f->value = len <= 4 ? atoi(at) : 0;
        return len <= 4 ? at + len : NULL;
    }
    while (len + 1 < sizeof name && g_ascii_isalpha(at[len])) {
        name[len] = g_ascii_tolower(at[len]);
        len++;
    }
    name[len] = '\0';
    month = len >= 3 ? word_sense(s->words, name, SENSE_month) : NULL;
    f->value = month ? (int)month->value : 0;
    return month ? at + len : NULL;
}

/* Up to three fields between marks of one kind: how many they are. */
static int read_fields(
    const struct scan *s, const char *text, struct field *f, size_t *ends)
{
    const char *at = text;
    char mark = '\0';
    int count = 0;

    while (count < 3 && (at = read_field(s, at, &f[count]))) {
        ends[count++] = (size_t)(at - text);
        if (!*at || !strchr("-/.", *at) || (mark && *at != mark))
            break;
        mark = *at++;
    }
    return count;
}

/* Does a figure go on: "2.1.3.4" is no date, "5/1/2019-5/7/2019" are two. */
static bool figure_goes_on(const char *text, char mark)
{
    return g_ascii_isalnum(*text) ||
           (*text && strchr("-/.", *text) && g_ascii_isdigit(text[1]) &&
            (*text == mark || mark != '/'));
}

/* Two digits tell a year that is past, or soon. */
int full_year(const struct scan *s, int year, size_t digits)
{
    enum { SOON = 10, UNDATED = 2040 };
    int most = s->today == NO_DAY ? UNDATED : days_date(s->today).year + SOON;

    if (digits > 2)
        return year;
    return 2000 + year < most ? 2000 + year : 1900 + year;
}

/* --- three fields ---------------------------------------------------- */

static bool set_ymd(
    const struct scan *s, struct field year, int month, struct field day,
    struct when *w)
{
    if (!day.digits || day.digits > 2 || (year.digits != 2 && year.digits != 4))
        return false;
    return set_day(w, full_year(s, year.value, year.digits), month, day.value);
}

/* "22/Mar/2011", "2019/Aug/01", "2020/23/Sep", "Mar/22/2011" */
static bool
set_named(const struct scan *s, const struct field f[3], struct when *w)
{
    int at = !f[0].digits ? 0 : !f[1].digits ? 1 : 2;
    struct field a = f[at == 0], b = f[at == 2 ? 1 : 2];

    if (!a.digits || !b.digits)
        return false;
    return a.digits == 4 ? set_ymd(s, a, f[at].value, b, w)
                         : set_ymd(s, b, f[at].value, a, w);
}

/* The month first, as in America, where it can be and no points part them. */
static bool set_figures(
    const struct scan *s, const struct field f[3], char mark, struct when *w)
{
    if (f[0].digits == 4)
        return f[1].digits <= 2 && set_ymd(s, f[0], f[1].value, f[2], w);
    if (f[0].digits > 2 || f[1].digits > 2 || f[2].digits < 2)
        return false;                        /* "version 2.1.3" */
    if (f[0].value > 31 && f[2].digits == 2) /* "98-03-15" */
        return set_ymd(s, f[0], f[1].value, f[2], w);
    return (f[0].value <= 12 && mark != '.' &&
            set_ymd(s, f[2], f[0].value, f[1], w)) ||
           set_ymd(s, f[2], f[1].value, f[0], w);
}

/* "T10:20:00Z", "T10:20:00.5+01:00": how long it is. */
static size_t hour_length(const char *text)
{
    size_t len;

    if (*text != 'T' || !g_ascii_isdigit(text[1]))
        return 0;
    len = 1 + strspn(text + 1, "0123456789:.+-Z");
    while (strchr(":.+-", text[len - 1]))
        len--;
    return len;
}

/* --- two fields ------------------------------------------------------ */

static bool is_whole(const struct field *f)
{
    return f->digits == 1 || f->digits == 2;
}

/* "10/1" may be a fraction: is there anything that makes it a day? */
static bool is_slash_day(
    const struct scan *s, uint32_t i, uint32_t end, const struct field f[2])
{
    bool to = is_dash(s, end) || has_kind(s, end, SENSE(to) | SENSE(until));

    if (end == i + 1 || s->tokens[end - 1].form[0] == '0' ||
        s->tokens[i].form[0] == '0')
        return true; /* one token: the word breaker thought so too */
    if (f[0].value <= f[1].value)
        return false;
    if (f[0].value > 12 && f[1].digits == 2) /* "23/12" */
        return true;
    return (to && strchr(s->tokens[MIN(end + 1, s->count - 1)].form, '/')) ||
           (i && (token_is(s, i - 1, "on") || token_is(s, i - 1, "by") ||
                  has_kind(
                      s, i - 1,
                      SENSE(from) | SENSE(to) | SENSE(since) | SENSE(until) |
                          SENSE(before) | SENSE(after) | SENSE(this) |
                          SENSE(weekday)))) ||
           (i && is_dash(s, i - 1) && is_joined(s, i));
}

/* "22/04", "12/27, 2019" */
static uint32_t parse_slash_day(
    const struct scan *s, uint32_t i, uint32_t end, const struct field f[2],
    struct when *w)
{
    uint32_t year;

    if (!is_whole(&f[0]) || !is_whole(&f[1]) ||
        !(set_day(w, 0, f[0].value, f[1].value) ||
          set_day(w, 0, f[1].value, f[0].value)) ||
        !is_slash_day(s, i, end, f))
        return i;
    year = token_is(s, end, ",") ? parse_its_year(s, end, w) : end;
    if (year > end)
        return year;
    choose_year(s, i, end, w);
    return end;
}

static bool set_month(struct when *w, int year, int month)
{
    if (month < 1 || month > 12 || year < YEAR_PLAIN || year > YEAR_MOST)
        return false;
    when_set(
        w, days_make(year, month, 1), days_make(year, month, 31), GRAIN_MONTH);
    w->year = year;
    w->calendar = true;
    return true;
}

/* "12-2015"; "2015-12" where it can be no range of years. */
static bool set_year_month(const struct field f[2], struct when *w)
{
    if (f[0].digits == 4 && is_whole(&f[1]))
        return f[1].value <= f[0].value % 100 &&
               set_month(w, f[0].value, f[1].value);
    return is_whole(&f[0]) && f[1].digits == 4 &&
           set_month(w, f[1].value, f[0].value);
}

/* --- all together ---------------------------------------------------- */

static uint32_t parse_three(
    const struct scan *s, uint32_t i, const struct glued *g,
    const struct field f[3], size_t len, struct when *w)
{
    char mark = g->text[strcspn(g->text, "-/.")];
    bool named = !f[0].digits || !f[1].digits || !f[2].digits;

    if (named ? !set_named(s, f, w) : !set_figures(s, f, mark, w))
        return i;
    if (f[0].digits == 4)
        len += hour_length(g->text + len);
    return figure_goes_on(g->text + len, mark) ? i : glued_end(g, i, len);
}

uint32_t parse_numeric(const struct scan *s, uint32_t i, struct when *w)
{
    struct glued g;
    struct field f[3];
    size_t ends[3];
    int count;
    uint32_t end;
    char mark;

    if (!strpbrk(s->tokens[i].form, "-/.") && !is_joined(s, i + 1))
        return i;
    if (i && is_joined(s, i) && token_is(s, i - 1, "/"))
        return i;
    glue(s, i, &g);
    count = read_fields(s, g.text, f, ends);
    if (count == 3) {
        end = parse_three(s, i, &g, f, ends[2], w);
        if (end > i)
            return end;
    }
    if (count < 2 || !f[1].digits)
        return i;
    mark = g.text[ends[0]];
    end = glued_end(&g, i, ends[1]);
    if (end == i || mark == '.' || (mark == '/' && g.text[ends[1]] == '/'))
        return i;
    if (set_year_month(f, w))
        return figure_goes_on(g.text + ends[1], mark) ? i : end;
    return mark == '/' ? parse_slash_day(s, i, end, f, w) : i;
}
