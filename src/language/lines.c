/*
 * lines.c - paragraphs.  A blank line ends one; a line break does where each
 * line is a paragraph, and does not where lines were wrapped at a column.
 */
#include "language/break_parts.h"

#include <string.h>

/* Narrower than the first, lines are verse or a list; wider than the second,
   nobody wrapped them. */
enum { WIDTH_LEAST = 40, WIDTH_MOST = 120, WIDTH_COUNT = WIDTH_MOST + 2 };

static uint32_t line_end(struct str text, uint32_t at, uint32_t end)
{
    const char *newline = memchr(text.at + at, '\n', end - at);

    return newline ? (uint32_t)(newline - text.at) : end;
}

static bool is_blank(struct str text, uint32_t from, uint32_t to)
{
    uint32_t next;

    while (from < to) {
        if (sign_at(text.at, from, to, &next) != SIGN_SPACE)
            return false;
        from = next;
    }
    return true;
}

static uint32_t count_columns(struct str text, uint32_t from, uint32_t to)
{
    uint32_t columns = 0;

    while (to > from && g_ascii_isspace(text.at[to - 1]))
        to--;
    for (; from < to && columns <= WIDTH_MOST; from++)
        columns += ((unsigned char)text.at[from] & 0xC0) != 0x80;
    return columns;
}

/* The column that 95 of 100 lines which another follows keep to. */
static uint32_t find_width(struct str text, struct span body)
{
    uint32_t counts[WIDTH_COUNT] = {0}, total = 0, seen = 0;
    uint32_t at = body.from;

    while (at < body.to) {
        uint32_t end = line_end(text, at, body.to);
        uint32_t next = end < body.to ? end + 1 : end;

        if (next < body.to && !is_blank(text, at, end) &&
            !is_blank(text, next, line_end(text, next, body.to))) {
            counts[MIN(count_columns(text, at, end), WIDTH_MOST + 1)]++;
            total++;
        }
        at = next;
    }
    for (uint32_t width = 0; width < WIDTH_COUNT; width++) {
        seen += counts[width];
        if (total && seen * 100ull >= total * 95ull)
            return width < WIDTH_LEAST || width > WIDTH_MOST ? 0 : width;
    }
    return 0;
}

void paragraphs_open(struct paragraphs *p, struct str text, struct span body)
{
    *p = (struct paragraphs){text, body.from, body.to, find_width(text, body)};
}

/* Columns of the first word of a line. */
static uint32_t first_word(struct str text, uint32_t at, uint32_t end)
{
    uint32_t from = at, next;

    while (at < end && sign_at(text.at, at, end, &next) != SIGN_SPACE &&
           at - from < WIDTH_MOST)
        at = next;
    return at - from;
}

static uint32_t skip_spaces(struct str text, uint32_t at, uint32_t end)
{
    while (at < end && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    return at;
}

/* Does the line [next, next_end) go on with the paragraph of [from, end)? */
static bool goes_on(
    const struct paragraphs *p, uint32_t from, uint32_t end, uint32_t next,
    uint32_t next_end)
{
    uint32_t columns = count_columns(p->text, from, end);
    uint32_t word = skip_spaces(p->text, next, next_end);
    char first = p->text.at[word];
    char last;

    while (end > from && g_ascii_isspace(p->text.at[end - 1]))
        end--;
    last = end > from ? p->text.at[end - 1] : '\0';
    if (strchr("*-+>", first) && word + 1 < next_end &&
        p->text.at[word + 1] == ' ')
        return false;
    if (g_ascii_islower(first) && !strchr(".!?:;", last))
        return true;
    return p->width &&
           columns + 1 + first_word(p->text, word, next_end) > p->width;
}

bool paragraphs_read(struct paragraphs *p, struct span *paragraph)
{
    uint32_t from = p->at, end = 0;

    while (from < p->end) {
        end = line_end(p->text, from, p->end);
        if (!is_blank(p->text, from, end))
            break;
        from = end < p->end ? end + 1 : end;
    }
    if (from >= p->end)
        return false;
    paragraph->from = from;
    while (end < p->end) {
        uint32_t next = end + 1, next_end;

        if (next >= p->end)
            break;
        next_end = line_end(p->text, next, p->end);
        if (is_blank(p->text, next, next_end) ||
            !goes_on(p, from, end, next, next_end))
            break;
        from = next;
        end = next_end;
    }
    paragraph->to = end;
    p->at = end < p->end ? end + 1 : end;
    return true;
}
