/* Tables of documents: which column tells what, by the first row. */
#include "formats/series/sheet.h"

#include "formats/series/rows.h"

#include <string.h>

struct sheet {
    struct rows *rows;
    GPtrArray *names;     /* heads of the columns */
    GString *head;        /* the first row, as CSV */
    GArray *texts;        /* of guint: columns that are the text */
    int at[COLUMN_COUNT]; /* the column for each, or -1 */
};

/* --- which column is what ------------------------------------------------------- */

/* The first column of each name: folded -> its number + 1. */
static GHashTable *index_names(const GPtrArray *names)
{
    GHashTable *index =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < names->len; i++) {
        char *folded = column_fold(g_ptr_array_index(names, i));

        if (g_hash_table_contains(index, folded))
            g_free(folded);
        else
            g_hash_table_insert(index, folded, GUINT_TO_POINTER(i + 1));
    }
    return index;
}

/* Of the names for this the next that the table has from *i on; or -1. */
static int next_column(GHashTable *index, const GPtrArray *names, guint *i)
{
    while (*i < names->len) {
        gpointer found =
            g_hash_table_lookup(index, g_ptr_array_index(names, (*i)++));

        if (found)
            return GPOINTER_TO_INT(found) - 1;
    }
    return -1;
}

static void find_columns(struct sheet *s, const struct intake_words *words)
{
    GHashTable *index = index_names(s->names);
    int column;

    for (int role = 0; role < COLUMN_COUNT; role++) {
        guint i = 0;

        column = next_column(index, words->columns[role], &i);
        s->at[role] = column;
        while (role == COLUMN_TEXT && column >= 0) {
            g_array_append_val(s->texts, column);
            column = words->is_text_told
                         ? next_column(index, words->columns[role], &i)
                         : -1;
        }
    }
    g_hash_table_unref(index);
}

/* The head of the column that has most to say in the next row. */
static const char *likely_text(struct sheet *s)
{
    const char *best = g_ptr_array_index(s->names, 0);
    size_t most = 0;

    if (!rows_next(s->rows, NULL))
        return best;
    for (guint i = 0; i < MIN(rows_count(s->rows), s->names->len); i++) {
        size_t len = strlen(rows_cell(s->rows, i));

        if (len > most && *(char *)g_ptr_array_index(s->names, i)) {
            most = len;
            best = g_ptr_array_index(s->names, i);
        }
    }
    return best;
}

/* As much of a head as goes into a message. */
static char *short_name(const char *name)
{
    enum { NAME_MOST = 60 };

    return g_utf8_strlen(name, -1) > NAME_MOST
               ? g_utf8_substring(name, 0, NAME_MOST)
               : g_strdup(name);
}

static bool complain_columns(struct sheet *s, GError **error)
{
    enum { TOLD_MOST = 300 };
    GString *told = g_string_new(NULL);
    char *text = short_name(likely_text(s));
    guint i = 0;

    for (; i < s->names->len && told->len < TOLD_MOST; i++) {
        char *name = short_name(g_ptr_array_index(s->names, i));

        g_string_append_printf(told, "%s%s", i ? ", " : "", name);
        g_free(name);
    }
    if (i < s->names->len)
        g_string_append_printf(told, " and %u more", s->names->len - i);
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "none of its columns is known to hold the text: %s. Say which does: "
        "--columns 'text=%s'",
        told->str, text);
    g_string_free(told, TRUE);
    g_free(text);
    return false;
}

/* --- a table ------------------------------------------------------------------------ */

static void sheet_close(struct sheet *s)
{
    rows_free(s->rows);
    g_ptr_array_free(s->names, TRUE);
    g_string_free(s->head, TRUE);
    g_array_free(s->texts, TRUE);
}

static bool read_head_row(struct sheet *s, GError **error)
{
    GError *fault = NULL;

    if (!rows_next(s->rows, &fault)) {
        if (!fault)
            return complain(
                error, ATTEST_ERROR_INPUT, "there is nothing in the table");
        g_propagate_error(error, fault);
        return false;
    }
    for (guint i = 0; i < rows_count(s->rows); i++)
        g_ptr_array_add(s->names, g_strdup(rows_cell(s->rows, i)));
    rows_write(s->rows, s->head);
    return true;
}

/* Closed by the caller also where it fails. */
static bool sheet_open(
    struct sheet *s, const struct intake_words *words, struct feed *in,
    const char *charset, size_t row_most, GError **error)
{
    *s = (struct sheet){
        .rows = rows_new(in, charset, row_most),
        .names = g_ptr_array_new_with_free_func(g_free),
        .head = g_string_new(NULL),
        .texts = g_array_new(FALSE, FALSE, sizeof(int)),
    };
    if (!read_head_row(s, error))
        return false;
    find_columns(s, words);
    return s->texts->len || complain_columns(s, error);
}

/* A cell of the row at hand; "" where the row is too short, or there is no
   such column. */
static const char *cell_of(const struct sheet *s, int column)
{
    return column >= 0 && (guint)column < rows_count(s->rows)
               ? rows_cell(s->rows, (guint)column)
               : "";
}

static bool is_blank(const char *cell)
{
    return !cell[strspn(cell, " \t\r\n\f\v")];
}

static bool has_text(const struct sheet *s)
{
    for (guint i = 0; i < s->texts->len; i++)
        if (!is_blank(cell_of(s, g_array_index(s->texts, int, i))))
            return true;
    return false;
}

/* --- its rows, one by one ------------------------------------------------------------ */

struct giving {
    struct unpacking *u;
    struct sheet *sheet;
    GHashTable *seen; /* hashes of ids */
    uint64_t rows, given;
};

/* By the user's id where there is one, and it is new; else by the line. */
static const char *name_row(struct giving *g)
{
    const char *id = cell_of(g->sheet, g->sheet->at[COLUMN_ID]);
    const char *line =
        arena_print(g->u->a, ":%" G_GUINT64_FORMAT, rows_line(g->sheet->rows));

    if (is_blank(id))
        return line;
    id = unpack_words(g->u, str_trim((struct str){id, strlen(id)}));
    if (g_hash_table_add(g->seen, GUINT_TO_POINTER(g_str_hash(id))))
        return arena_print(g->u->a, ":%s", id);
    return arena_print(g->u->a, ":%s%s", id, line);
}

static void give_row(struct giving *g)
{
    GString *bytes = g_string_new_len(g->sheet->head->str, g->sheet->head->len);
    struct member p = {
        .name = name_row(g), .media_type = "text/csv", .is_alone = true};

    rows_write(g->sheet->rows, bytes);
    p.bytes = (struct str){bytes->str, bytes->len};
    unpack_give(g->u, &p);
    g->given++;
    g_string_free(bytes, TRUE);
}

static bool give_rows(struct giving *g, GError **error)
{
    GError *fault = NULL;

    while (rows_next(g->sheet->rows, &fault)) {
        g->rows++;
        if (has_text(g->sheet))
            give_row(g);
    }
    if (fault)
        g_propagate_error(error, fault);
    else if (!g->given)
        unpack_refuse(
            g->u, "",
            "in none of its rows there is anything in the column "
            "of the text; --columns tells another");
    return !fault;
}

/* At most one row below the heads? */
static bool is_single(struct unpacking *u)
{
    struct rows *r = rows_new(u->in, u->charset, u->member_most);
    GError *fault = NULL;
    int count = 0;

    while (count < 3 && rows_next(r, &fault))
        count++;
    rows_free(r);
    if (!fault)
        return count < 3;
    g_error_free(fault);
    return false;
}

bool csv_unpack(struct unpacking *u, GError **error)
{
    struct sheet s;
    struct giving g = {.u = u, .sheet = &s};
    bool good;

    if (is_single(u))
        return true;
    g.seen = g_hash_table_new(NULL, NULL);
    good = sheet_open(&s, u->words, u->in, u->charset, u->member_most, error) &&
           give_rows(&g, error);
    sheet_close(&s);
    g_hash_table_unref(g.seen);
    return good;
}

/* --- a row as a document ---------------------------------------------------------------- */

static void take_fields(struct making *m, const struct sheet *s)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        int column = s->at[f];
        char *where =
            column < 0
                ? NULL
                : g_strdup_printf(
                      "column %s", (char *)g_ptr_array_index(s->names, column));

        field_set(m, (enum field)f, cell_of(s, column), where ? where : "");
        g_free(where);
    }
}

/* Each column of the text a paragraph. */
static void take_text(struct making *m, const struct sheet *s)
{
    struct document *d = m->document;
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < s->texts->len; i++) {
        const char *cell = cell_of(s, g_array_index(s->texts, int, i));

        if (!is_blank(cell))
            g_string_append_printf(text, "%s%s", text->len ? "\n\n" : "", cell);
    }
    d->text = text_mend(m, (struct str){text->str, text->len});
    d->body = (struct span){0, (uint32_t)d->text.len};
    g_string_free(text, TRUE);
}

static bool take_row(struct making *m, struct sheet *s, GError **error)
{
    if (!rows_next(s->rows, NULL))
        return complain(
            error, ATTEST_ERROR_INPUT,
            "there is no row below the heads of the table");
    take_fields(m, s);
    take_text(m, s);
    m->document->encoding = arena_keep(m->a, rows_encoding(s->rows));
    return !rows_next(s->rows, NULL) ||
           complain(error, ATTEST_ERROR_INPUT, "it is a table of several rows");
}

bool read_csv(
    struct making *m, struct str bytes, const char *charset, GError **error)
{
    struct feed *in = feed_of_bytes(bytes);
    struct sheet s;
    bool good = sheet_open(&s, m->words, in, charset, bytes.len, error) &&
                take_row(m, &s, error);

    sheet_close(&s);
    feed_free(in);
    return good;
}
