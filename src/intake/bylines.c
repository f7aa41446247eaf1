/*
 * Bylines and datelines: who published a text, and when, by lines at its head
 * and foot.  A wrong day is worse than none: only a whole day that stands
 * right after words that announce it is taken.
 */
#include "intake/parts.h"

#include <string.h>

enum {
    HEAD_LINES = 25,
    FOOT_LINES = 5,
    DATELINE_MOST = 140, /* bytes before its dash */
    NAME_MOST = 60,      /* bytes of a publisher's name */
    DATE_TOKENS = 3
};

struct found {
    struct making *m;
    const char *updated,
        *agency;      /* of use only where nothing better is found */
    const char *lone; /* a day that a line consists of */
    bool has_byline;
};

static struct str rest_of(struct str s, size_t at)
{
    return (struct str){s.at + at, s.len - at};
}

static enum cue cue_of(const struct making *m, struct str s, size_t *len)
{
    return (enum cue)phrase_find(m->words->bylines, s, len);
}

/* --- days ---------------------------------------------------------------------- */

static struct str pass_marks(struct str s)
{
    while (s.len && (g_ascii_isspace(*s.at) || strchr(":,.|-", *s.at)))
        s = rest_of(s, 1);
    return s;
}

/* The day at the start, after "on Monday,"; its length is added to what `len`
   is.  "3 March 2012", "March 3, 2012", "2012-03-03". */
static const char *day_at(struct making *m, struct str s, size_t *len)
{
    const char *start = s.at;
    size_t size, tokens = 0, end = 0;
    char *words;
    const char *day;

    s = pass_marks(s);
    while (cue_of(m, s, &size) == CUE_PASS)
        s = pass_marks(rest_of(s, size));
    while (end < s.len && tokens < DATE_TOKENS) {
        while (end < s.len && !g_ascii_isspace(s.at[end]))
            end++;
        tokens++;
        while (end < s.len && g_ascii_isspace(s.at[end]) &&
               tokens < DATE_TOKENS)
            end++;
    }
    words = g_strndup(s.at, MIN(end, NAME_MOST));
    day = g_ascii_isalnum(*words) ? day_find(m->a, words) : NULL;
    g_free(words);
    *len = (size_t)(s.at - start) + end;
    return day;
}

/* The year in "https://x.org/2012/03/y", or NULL. */
static char *year_of_address(const char *url)
{
    for (const char *p = url; (p = strchr(p, '/')); p++)
        if (strspn(p + 1, "0123456789") == 4 && p[5] == '/' &&
            (p[1] == '1' || p[1] == '2'))
            return g_strndup(p + 1, 4);
    return NULL;
}

/* Of a day and a month without a year, that of the document's address. */
static const char *day_of_year(struct making *m, struct str s)
{
    char *year = m->document->url ? year_of_address(m->document->url) : NULL;
    char *words =
        year ? g_strdup_printf("%.*s %s", (int)s.len, s.at, year) : NULL;
    const char *day = words ? day_find(m->a, words) : NULL;

    g_free(words);
    g_free(year);
    return day;
}

/* --- datelines -------------------------------------------------------------------- */

/* Where the dash begins that ends a dateline; 0 if there is none. */
static size_t find_dash(struct str s)
{
    static const char *const dashes[] = {
        " - ", " -- ", "\xE2\x80\x93", "\xE2\x80\x94"};
    size_t best = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++) {
        const char *at =
            g_strstr_len(s.at, (gssize)MIN(s.len, DATELINE_MOST), dashes[i]);

        if (at && (!best || (size_t)(at - s.at) < best))
            best = (size_t)(at - s.at);
    }
    return best;
}

/* "PORT SELM": three capitals at least, no small letter. */
static bool is_place(struct str s)
{
    size_t capitals = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (g_ascii_islower(s.at[i]) || g_ascii_isdigit(s.at[i]))
            return false;
        capitals += g_ascii_isupper(s.at[i]) || (s.at[i] & 0x80);
    }
    return capitals >= 3;
}

/* Takes "(Reuters)" or "/PressLine/" off the end; empty if there is none. */
static struct str take_agency(struct str *s)
{
    struct str agency = {NULL, 0};
    char open, last = s->len ? s->at[s->len - 1] : 0;
    size_t from = s->len;

    if (last != ')' && last != '/')
        return agency;
    open = last == ')' ? '(' : '/';
    for (from = s->len - 1; from > 0 && s->at[from - 1] != open;)
        from--;
    if (!from || s->len - from > NAME_MOST || !g_ascii_isalpha(s->at[from]))
        return agency;
    agency = (struct str){s->at + from, s->len - 1 - from};
    *s = str_trim((struct str){s->at, from - 1});
    return agency;
}

static const char *find_day_after(struct making *m, struct str s)
{
    const char *day = NULL;
    size_t len;

    for (size_t i = 0; i < s.len && !day; i++)
        if (i == 0 || s.at[i - 1] == ' ')
            day = day_at(m, rest_of(s, i), &len);
    for (size_t i = 0; i < s.len && !day; i++)
        if (s.at[i] == ',')
            day = day_of_year(m, rest_of(s, i + 1));
    return day;
}

/* "PORT SELM, Velmora, March 3 (Reuters) -" */
static void read_dateline(struct found *f, struct str line)
{
    struct str head = str_trim((struct str){line.at, find_dash(line)});
    struct str agency = take_agency(&head);
    const char *comma = head.len ? memchr(head.at, ',', head.len) : NULL;
    size_t place = comma ? (size_t)(comma - head.at) : head.len;
    const char *day;

    if (!is_place((struct str){head.at, place}) || (!agency.len && !comma))
        return;
    day = comma ? find_day_after(f->m, rest_of(head, place)) : NULL;
    if (day)
        field_set(f->m, FIELD_DATE, day, "dateline");
    if (agency.len && !f->agency)
        f->agency = arena_copy(f->m->a, agency.at, agency.len);
}

/* --- bylines ------------------------------------------------------------------------ */

/* "The Selm Gazette", "Radio Tarn": begins or ends with such a word. */
static bool is_outlet(const struct making *m, struct str name)
{
    size_t len, last = name.len;

    if (str_trim(name).len == 0 || name.len > NAME_MOST ||
        !g_ascii_isupper(*name.at))
        return false;
    while (last && name.at[last - 1] != ' ')
        last--;
    return last && (cue_of(m, rest_of(name, last), &len) == CUE_OUTLET ||
                    cue_of(m, name, &len) == CUE_OUTLET);
}

/* What a comma parts from the name of who wrote it. */
static void read_byline(struct found *f, struct str s)
{
    const char *end = s.at + s.len, *at;

    f->has_byline = true;
    if (s.len > 2 * NAME_MOST)
        return;
    for (at = s.at; (at = memchr(at, ',', (size_t)(end - at))); at++) {
        const char *stop = memchr(at + 1, ',', (size_t)(end - at - 1));
        struct str part = str_trim(
            (struct str){at + 1, (size_t)((stop ? stop : end) - at - 1)});
        char *name;

        if (!is_outlet(f->m, part))
            continue;
        name = g_strndup(part.at, part.len);
        field_set(f->m, FIELD_PUBLISHER, name, "byline");
        g_free(name);
    }
}

static void read_line(struct found *f, struct str line)
{
    size_t len;
    enum cue cue = cue_of(f->m, line, &len);
    const char *day;

    if (cue == CUE_BY)
        read_byline(f, rest_of(line, len));
    day = day_at(f->m, cue == CUE_NONE ? line : rest_of(line, len), &len);
    if (cue == CUE_PUBLISHED && day)
        field_set(f->m, FIELD_DATE, day, "line of its publication");
    else if (cue == CUE_UPDATED && day && !f->updated)
        f->updated = day;
    else if (cue == CUE_NONE && day && len >= line.len && !f->lone)
        f->lone = day;
    read_dateline(f, line);
}

/* --- the lines ------------------------------------------------------------------------ */

static struct str line_from(struct str text, size_t from)
{
    const char *end = memchr(text.at + from, '\n', text.len - from);

    return (struct str){
        text.at + from, (end ? (size_t)(end - text.at) : text.len) - from};
}

/* The start of the last lines that say something. */
static size_t find_foot(struct str text)
{
    size_t at = text.len, lines = 0, end = text.len;

    while (at > 0 && lines <= FOOT_LINES) {
        at--;
        if (at && text.at[at - 1] != '\n')
            continue;
        lines += str_trim((struct str){text.at + at, end - at}).len > 0;
        end = at;
    }
    return at;
}

static size_t read_lines(struct found *f, struct str text, size_t at, int most)
{
    while (at < text.len && most > 0) {
        struct str line = line_from(text, at), words = str_trim(line);

        at += line.len + 1;
        if (!words.len)
            continue;
        read_line(f, words);
        most--;
    }
    return at;
}

void bylines_read(struct making *m, struct str text)
{
    struct found f = {.m = m};
    size_t at;

    if (m->document->date && m->document->publisher)
        return;
    at = read_lines(&f, text, 0, HEAD_LINES);
    if (f.has_byline)
        field_set(m, FIELD_DATE, f.lone, "line below the headline");
    if (at < text.len)
        read_lines(&f, text, MAX(at, find_foot(text)), FOOT_LINES + 1);
    field_set(m, FIELD_DATE, f.updated, "line of its last change");
    field_set(m, FIELD_PUBLISHER, f.agency, "dateline");
}
