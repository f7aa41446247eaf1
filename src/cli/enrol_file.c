/* People by list from a table: a line for each name on a list, or a line for
   each person with a column of 0 and 1 for each list. */
#include "cli/estimate.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_MOST = 1 << 28, COLUMNS_MOST = 1000 };

struct sheet {
    char separator;
    GPtrArray *rows; /* GPtrArray of char *; the first names the columns */
};

/* Which columns hold what; -1: none. */
struct layout {
    int name, list, count;
    GArray *lists; /* int: columns of 0 and 1 */
};

char *fold_name(const char *name)
{
    g_autofree char *whole = g_utf8_normalize(name, -1, G_NORMALIZE_ALL);
    g_autofree char *lower = g_utf8_casefold(whole ? whole : name, -1);
    GString *out = g_string_new(NULL);

    for (const char *p = lower; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isalnum(c))
            g_string_append_unichar(out, c);
        else if (
            !g_unichar_ismark(c) && out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    if (out->len && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* --- the sheet ---------------------------------------------------------- */

static char *load_bytes(const char *path, GError **error)
{
    GString *bytes = g_string_new(NULL);
    FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    char block[65536];
    size_t size;

    while (in && bytes->len < SIZE_MOST &&
           (size = fread(block, 1, sizeof(block), in)) > 0)
        g_string_append_len(bytes, block, (gssize)size);
    if (!in || ferror(in))
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO, "%s: %s", path,
            g_strerror(errno));
    else if (bytes->len >= SIZE_MOST)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_LIMIT, "%s: larger than %d MB",
            path, SIZE_MOST >> 20);
    else if (memchr(bytes->str, 0, bytes->len))
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "%s: no text; save the table as CSV", path);
    if (in && in != stdin)
        fclose(in);
    return g_string_free(bytes, FALSE);
}

/* What separates the names of the columns. */
static char find_separator(const char *text)
{
    const char *end = text + strcspn(text, "\r\n");
    int commas = 0, semicolons = 0;

    for (const char *p = text; p < end; p++) {
        if (*p == '\t')
            return '\t';
        commas += *p == ',';
        semicolons += *p == ';';
    }
    return semicolons > commas ? ';' : ',';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* A cell from `at`; where it ends. */
static const char *parse_cell(const char *at, char separator, GString *cell)
{
    g_string_truncate(cell, 0);
    if (*at != '"') {
        while (*at && *at != separator && !is_line_end(*at))
            g_string_append_c(cell, *at++);
        return at;
    }
    for (at++; *at; at++) {
        if (*at == '"' && *++at != '"')
            break;
        g_string_append_c(cell, *at);
    }
    while (*at && *at != separator && !is_line_end(*at))
        at++;
    return at;
}

static const char *parse_row(struct sheet *s, const char *at)
{
    GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
    GString *cell = g_string_new(NULL);

    for (;;) {
        at = parse_cell(at, s->separator, cell);
        g_ptr_array_add(row, g_strdup(g_strstrip(cell->str)));
        if (*at != s->separator || row->len >= COLUMNS_MOST)
            break;
        at++;
    }
    g_string_free(cell, TRUE);
    while (*at && !is_line_end(*at))
        at++;
    while (is_line_end(*at)) /* blank lines go with it */
        at++;
    g_ptr_array_add(s->rows, row);
    return at;
}

static void free_row(void *row)
{
    g_ptr_array_unref(row);
}

static struct sheet parse_sheet(const char *bytes)
{
    g_autofree char *text = g_utf8_make_valid(bytes, -1);
    const char *at = text;
    struct sheet s = {.rows = g_ptr_array_new_with_free_func(free_row)};

    if (g_str_has_prefix(at, "\xEF\xBB\xBF"))
        at += 3;
    at += strspn(at, "\r\n");
    s.separator = find_separator(at);
    while (*at)
        at = parse_row(&s, at);
    return s;
}

static const char *cell(const struct sheet *s, guint row, int column)
{
    const GPtrArray *cells = g_ptr_array_index(s->rows, row);

    return column >= 0 && (guint)column < cells->len
               ? g_ptr_array_index(cells, (guint)column)
               : "";
}

static int column_count(const struct sheet *s)
{
    return s->rows->len ? (int)((GPtrArray *)g_ptr_array_index(s->rows, 0))->len
                        : 0;
}

/* --- the layout ----------------------------------------------------------- */

static const char *const name_columns[] = {
    "id", "key", "name", "person", "victim", "person id", "victim id", NULL};
static const char *const list_columns[] = {
    "list", "source", "publisher", "dataset", NULL};
static const char *const count_columns[] = {"count", "freq",   "frequency",
                                            "n",     "people", NULL};

/* The column of that name, the names' order deciding; -1: none. */
static int find_column(const struct sheet *s, const char *const *names)
{
    for (; *names; names++)
        for (int i = 0; i < column_count(s); i++) {
            g_autofree char *folded = fold_name(cell(s, 0, i));

            if (!strcmp(folded, *names))
                return i;
        }
    return -1;
}

static bool is_binary(const struct sheet *s, int column)
{
    for (guint i = 1; i < s->rows->len; i++) {
        const char *value = cell(s, i, column);

        if (strcmp(value, "0") && strcmp(value, "1"))
            return false;
    }
    return s->rows->len > 1;
}

static bool has_prefix_in(const struct sheet *s)
{
    for (int i = 0; i < column_count(s); i++)
        if (g_str_has_prefix(cell(s, 0, i), "in_") && is_binary(s, i))
            return true;
    return false;
}

/* Columns "in_..." where there are any, as other 0 and 1 may mean anything. */
static void find_lists(const struct sheet *s, struct layout *l)
{
    bool prefixed = has_prefix_in(s);

    for (int i = 0; i < column_count(s); i++)
        if (i != l->name && i != l->count && is_binary(s, i) &&
            (!prefixed || g_str_has_prefix(cell(s, 0, i), "in_")))
            g_array_append_val(l->lists, i);
}

static bool find_layout(const struct sheet *s, struct layout *l)
{
    l->name = find_column(s, name_columns);
    l->list = find_column(s, list_columns);
    l->count = find_column(s, count_columns);
    l->lists = g_array_new(FALSE, FALSE, sizeof(int));
    if (l->list >= 0 && !is_binary(s, l->list)) {
        if (l->name < 0 && column_count(s) == 2)
            l->name = !l->list;
        return l->name >= 0;
    }
    l->list = -1;
    find_lists(s, l);
    if (l->lists->len)
        return true;
    if (column_count(s) == 2) { /* whatever they are called */
        l->name = 0;
        l->list = 1;
    }
    return l->list >= 0;
}

/* --- people --------------------------------------------------------------- */

static void enrol_line(
    const struct sheet *s, const struct layout *l, guint row,
    struct enrolled *out)
{
    g_autofree char *name = fold_name(cell(s, row, l->name));
    const char *list = cell(s, row, l->list);

    if (!*name || !*list)
        out->passed++;
    else if (!roll_add(
                 out->roll, roll_add_person(out->roll, name),
                 roll_add_list(out->roll, list)))
        out->repeated++;
}

/* What a person is known by: a name may stand in several rows. */
static char *row_name(const struct sheet *s, const struct layout *l, guint row)
{
    g_autofree char *name = fold_name(cell(s, row, l->name));

    if (*name && l->count < 0)
        return g_steal_pointer(&name);
    return g_strdup_printf("row %u", row);
}

static void enrol_history(
    const struct sheet *s, const struct layout *l, guint row,
    struct enrolled *out)
{
    g_autofree char *name = row_name(s, l, row);
    double count =
        l->count < 0 ? 1 : g_ascii_strtod(cell(s, row, l->count), NULL);
    uint32_t person, lists = 0;

    if (!(count >= 0 && count < 1e12))
        count = 0;
    person = roll_add_person(out->roll, name);
    for (guint i = 0; i < l->lists->len; i++) {
        int column = g_array_index(l->lists, int, i);
        const char *title = cell(s, 0, column);
        uint32_t list = roll_add_list(
            out->roll, title + (g_str_has_prefix(title, "in_") ? 3 : 0));

        if (strcmp(cell(s, row, column), "1"))
            continue;
        lists++;
        roll_add(out->roll, person, list);
    }
    out->passed += !lists || count <= 0;
    roll_add_weight(out->roll, person, count);
}

static void
enrol_rows(const struct sheet *s, const struct layout *l, struct enrolled *out)
{
    for (guint i = 1; i < s->rows->len; i++) {
        out->rows++;
        if (l->list >= 0)
            enrol_line(s, l, i, out);
        else
            enrol_history(s, l, i, out);
    }
}

bool enrol_file(const char *path, struct enrolled *out)
{
    GError *error = NULL;
    g_autofree char *bytes = load_bytes(path, &error);
    struct layout l = {0};
    struct sheet s;
    bool good;

    if (error) {
        fail(error);
        return false;
    }
    s = parse_sheet(bytes);
    good = find_layout(&s, &l);
    if (good)
        enrol_rows(&s, &l, out);
    else if (s.rows->len)
        complain(
            "%s: no columns 'name' and 'list', and none of 0 and 1; see "
            "'attest estimate --help'",
            path);
    else
        complain("%s: is empty", path);
    g_array_unref(l.lists);
    g_ptr_array_unref(s.rows);
    return good;
}
