#include "base/base.h"

#include <string.h>

struct table {
    char *path;
    char *content;   /* cells point into it */
    size_t columns;
    GPtrArray *cells; /* of char *, row by row */
    GArray *lines;    /* of guint: the line each row stands on */
};

GQuark attest_error_quark(void)
{
    return g_quark_from_static_string("attest-error");
}

void table_free(struct table *t)
{
    if (!t)
        return;
    g_free(t->path);
    g_free(t->content);
    g_ptr_array_unref(t->cells);
    g_array_unref(t->lines);
    g_free(t);
}

static struct table *table_new(char *path, char *content, size_t columns)
{
    struct table *t = g_new0(struct table, 1);

    t->path = path;
    t->content = content;
    t->columns = columns;
    t->cells = g_ptr_array_new();
    t->lines = g_array_new(FALSE, FALSE, sizeof(guint));
    return t;
}

static size_t count_cells(const char *line)
{
    size_t count = 1;

    for (; *line; line++)
        count += *line == '\t';
    return count;
}

static void add_cells(struct table *t, char *line, guint number)
{
    g_array_append_val(t->lines, number);
    for (size_t i = 0; i < t->columns; i++) {
        char *end = strchr(line, '\t');

        if (end)
            *end = '\0';
        g_ptr_array_add(t->cells, strcmp(line, "-") ? line : line + 1);
        line = end ? end + 1 : line;
    }
}

static bool add_line(
    struct table *t, char *line, guint number, const char *columns,
    bool *named, GError **error)
{
    if (line[0] == '#' || line[0] == '\0')
        return true;
    if (!*named) {
        *named = true;
        if (strcmp(line, columns) == 0)
            return true;
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s:%u: the columns must be \"%s\"", t->path, number, columns);
        return false;
    }
    if (count_cells(line) != t->columns) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s:%u: %zu cells where the table has %zu columns (cells are "
            "separated by one tab, an empty one is \"-\")",
            t->path, number, count_cells(line), t->columns);
        return false;
    }
    add_cells(t, line, number);
    return true;
}

static bool add_lines(struct table *t, const char *columns, GError **error)
{
    bool named = false;
    guint number = 0;
    char *line = t->content;

    while (line) {
        char *end = strchr(line, '\n');

        if (end) {
            *end = '\0';
            if (end > line && end[-1] == '\r')
                end[-1] = '\0';
        }
        if (!add_line(t, line, ++number, columns, &named, error))
            return false;
        line = end ? end + 1 : NULL;
    }
    return true;
}

struct table *table_load(
    const char *dir, const char *file, const char *columns, GError **error)
{
    char *path = g_build_filename(dir, file, NULL);
    char *content = NULL;
    gsize len = 0;
    struct table *t;

    if (!g_file_get_contents(path, &content, &len, error)) {
        g_prefix_error(error, "%s: ", path);
        g_free(path);
        return NULL;
    }
    t = table_new(path, content, count_cells(columns));
    if (!g_utf8_validate(content, (gssize)len, NULL)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA, "%s: is not UTF-8 text",
            path);
        table_free(t);
        return NULL;
    }
    if (!add_lines(t, columns, error)) {
        table_free(t);
        return NULL;
    }
    return t;
}

size_t table_count(const struct table *t)
{
    return t->lines->len;
}

const char *table_cell(const struct table *t, size_t row, size_t column)
{
    g_assert(row < t->lines->len && column < t->columns);
    return t->cells->pdata[row * t->columns + column];
}

const char *table_name(const struct table *t)
{
    const char *slash = strrchr(t->path, G_DIR_SEPARATOR);

    return slash ? slash + 1 : t->path;
}

uint32_t table_line(const struct table *t, size_t row)
{
    return g_array_index(t->lines, guint, row);
}

bool table_complain(
    const struct table *t, size_t row, GError **error, const char *format, ...)
{
    va_list args;
    char *what;

    va_start(args, format);
    what = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_DATA, "%s:%u: %s", t->path,
        table_line(t, row), what);
    g_free(what);
    return false;
}
