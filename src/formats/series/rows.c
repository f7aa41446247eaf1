/* Rows by libcsv, which is given one line after the other, so that it is known
   on which a row begins. */
#include "formats/series/rows.h"

#include <csv.h>
#include <string.h>

enum { PIECE = 1 << 14, GROWTH = 1 << 14 };

struct rows {
    struct transcoder *in;
    struct csv_parser parser;
    char piece[PIECE];
    size_t from, to; /* of it: what was not looked at yet */
    bool after_cr;   /* "\r" ended a line: "\n" would be the same end */
    size_t row_most;
    uint64_t line, row_line;
    GString *cells; /* of the row at hand, each with its NUL */
    GArray *starts; /* of these, size_t */
    bool is_whole, is_over;
};

/* --- what the parser finds ------------------------------------------------------- */

static void take_cell(void *at, size_t len, void *self)
{
    struct rows *r = self;
    size_t start = r->cells->len;

    g_array_append_val(r->starts, start);
    g_string_append_len(r->cells, at, (gssize)len);
    g_string_append_c(r->cells, 0);
}

static void take_end(int end, void *self)
{
    (void)end;
    ((struct rows *)self)->is_whole = true;
}

/* --- lines ------------------------------------------------------------------------- */

static bool refill(struct rows *r)
{
    r->from = 0;
    r->to = transcoder_read(r->in, r->piece, PIECE);
    return r->to;
}

/* Bytes up to the end of a line or of what is at hand, which is there. */
static struct str next_stretch(struct rows *r, bool *is_end)
{
    struct str s = {r->piece + r->from, 0};
    char *at = r->piece + r->from, *end = r->piece + r->to;

    for (; at < end && *at != '\n' && *at != '\r'; at++)
        if (!*at)
            *at = ' ';
    s.len = (size_t)(at - s.at);
    *is_end = at < end;
    r->after_cr = *is_end && *at == '\r';
    r->from += s.len + *is_end;
    return s;
}

static void parse(struct rows *r, const char *at, size_t len)
{
    if (csv_parse(&r->parser, at, len, take_cell, take_end, r) != len)
        r->is_over = true;
}

static void parse_end(struct rows *r)
{
    r->is_over = true;
    csv_fini(&r->parser, take_cell, take_end, r);
}

/* Gives the parser a stretch of a line. */
static void parse_stretch(struct rows *r)
{
    struct str s;
    bool is_end;

    if (r->from == r->to && !refill(r)) {
        parse_end(r);
        return;
    }
    if (r->after_cr && r->piece[r->from] == '\n') {
        r->after_cr = false;
        r->from++;
        return;
    }
    s = next_stretch(r, &is_end);
    parse(r, s.at, s.len);
    if (!is_end)
        return;
    parse(r, "\n", 1);
    r->line++;
    if (!r->is_whole && !r->starts->len && !r->parser.quoted)
        r->row_line = r->line; /* that line was blank */
}

/* --- the separator ------------------------------------------------------------------ */

/* That which stands most often in the first line, outside of quotes. */
static char find_separator(const struct rows *r)
{
    static const char separators[] = ",;\t|";
    size_t counts[sizeof(separators)] = {0}, best = 0;
    bool is_quoted = false;

    for (size_t i = r->from; i < r->to; i++) {
        char c = r->piece[i];
        const char *found = c ? strchr(separators, c) : NULL;

        if (c == '"')
            is_quoted = !is_quoted;
        else if (found && !is_quoted)
            counts[found - separators]++;
        else if ((c == '\n' || c == '\r') && !is_quoted && i > r->from)
            break;
    }
    for (size_t i = 1; separators[i]; i++)
        if (counts[i] > counts[best])
            best = i;
    return separators[best];
}

/* A first line "sep=;" is no row: spreadsheets write it. */
static char take_separator(struct rows *r)
{
    bool is_end;
    char told;

    refill(r);
    if (r->to < 6 || memcmp(r->piece, "sep=", 4) != 0 ||
        !strchr("\r\n", r->piece[5]))
        return find_separator(r);
    told = r->piece[4];
    next_stretch(r, &is_end);
    r->line = r->row_line = 2;
    return told;
}

/* --- rows ------------------------------------------------------------------------- */

struct rows *rows_new(struct feed *in, const char *declared, size_t row_most)
{
    struct rows *r = g_new0(struct rows, 1);

    r->in = transcoder_new(in, declared);
    r->row_most = row_most;
    r->line = r->row_line = 1;
    r->cells = g_string_new(NULL);
    r->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
    csv_init(&r->parser, 0);
    csv_set_blk_size(&r->parser, GROWTH);
    csv_set_delim(&r->parser, (unsigned char)take_separator(r));
    return r;
}

void rows_free(struct rows *r)
{
    csv_free(&r->parser);
    transcoder_free(r->in);
    g_string_free(r->cells, TRUE);
    g_array_free(r->starts, TRUE);
    g_free(r);
}

const char *rows_encoding(const struct rows *r)
{
    return transcoder_encoding(r->in);
}

static bool is_big(const struct rows *r)
{
    return r->cells->len + r->parser.entry_pos > r->row_most;
}

bool rows_next(struct rows *r, GError **error)
{
    g_string_truncate(r->cells, 0);
    g_array_set_size(r->starts, 0);
    r->is_whole = false;
    r->row_line = r->line;
    while (!r->is_whole && !r->is_over && !is_big(r))
        parse_stretch(r);
    if (!is_big(r))
        return r->is_whole;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
        "the row that begins on line %" G_GUINT64_FORMAT " has more than the "
        "%.0f MB that one document may have; is a quote (\") missing there?",
        r->row_line, (double)r->row_most / 1048576);
    r->is_over = true;
    return false;
}

uint64_t rows_line(const struct rows *r)
{
    return r->row_line;
}

guint rows_count(const struct rows *r)
{
    return r->starts->len;
}

const char *rows_cell(const struct rows *r, guint i)
{
    return r->cells->str + g_array_index(r->starts, size_t, i);
}

static void write_cell(const char *cell, GString *out)
{
    size_t len = strlen(cell), from = out->len;
    size_t size = csv_write(NULL, 0, cell, len);

    g_string_set_size(out, from + size);
    csv_write(out->str + from, size, cell, len);
}

void rows_write(const struct rows *r, GString *out)
{
    for (guint i = 0; i < r->starts->len; i++) {
        if (i)
            g_string_append_c(out, ',');
        write_cell(rows_cell(r, i), out);
    }
    g_string_append(out, "\r\n");
}
