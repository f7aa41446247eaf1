#include "cli/cli.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So many rows of a table decide how wide its columns are. */
enum { ROWS_LOOKED_AT = 200, COLUMNS_MOST = 16 };
/* Columns that share what is left of the screen are worth no less than this. */
enum { SHARED_LEAST = 10, SHARED_NARROW = 8, WIDTH_LEAST = 6 };

struct list {
    enum list_format format;
    const struct column *columns;
    int count;
    uint64_t rows;
    GPtrArray *waiting; /* char **: rows of a table whose widths are open */
    int widths[COLUMNS_MOST];
    bool hidden[COLUMNS_MOST];
    GString *line;
};

static enum list_format parse_format(const char *word)
{
    static const char *const words[] = {
        "auto", "table", "tsv", "json", "jsonl"};

    if (!word)
        return isatty(STDOUT_FILENO) ? LIST_TABLE : LIST_TSV;
    for (int i = LIST_TABLE; i <= LIST_JSONL; i++)
        if (!strcmp(word, words[i]))
            return (enum list_format)i;
    complain("--format: '%s' is none of table, tsv, json and jsonl", word);
    exit(STATUS_FAILED);
}

struct list *
list_new(const char *format, const struct column *columns, int count)
{
    struct list *l = g_new0(struct list, 1);

    g_assert(count <= COLUMNS_MOST);
    l->format = parse_format(format);
    l->columns = columns;
    l->count = count;
    l->waiting = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    l->line = g_string_new(NULL);
    if (l->format == LIST_TSV)
        for (int i = 0; i < count; i++)
            printf("%s%c", columns[i].name, i + 1 < count ? '\t' : '\n');
    return l;
}

enum list_format list_format(const struct list *l)
{
    return l->format;
}

static void put_line(struct list *l)
{
    puts(l->line->str);
    g_string_truncate(l->line, 0);
}

/* --- tables ----------------------------------------------------------- */

static void measure(struct list *l, const char *const *cells)
{
    for (int i = 0; i < l->count; i++)
        l->widths[i] = MAX(l->widths[i], text_columns(cells[i]));
}

/* What the columns of no fixed width have together; their count and the sum
   of their shares come with it. */
static int shared_room(const struct list *l, int *count, int *shares)
{
    int room = screen_width() + 2;

    *count = *shares = 0;
    for (int i = 0; i < l->count; i++) {
        if (l->hidden[i])
            continue;
        room -= 2; /* between columns */
        *shares += l->columns[i].share;
        *count += l->columns[i].share > 0;
        if (!l->columns[i].share)
            room -= l->widths[i];
    }
    return MAX(room, 0);
}

/* The shown column that can best be left out, or -1. */
static int find_dispensable(const struct list *l)
{
    int best = -1;

    for (int i = 0; i < l->count; i++)
        if (!l->hidden[i] && l->columns[i].rank &&
            (best < 0 || l->columns[i].rank > l->columns[best].rank))
            best = i;
    return best;
}

/* Takes a column off the widest of fixed width; false if all are narrow. */
static bool narrow_fixed(struct list *l)
{
    int best = -1;

    for (int i = 0; i < l->count; i++)
        if (!l->hidden[i] && !l->columns[i].share &&
            (best < 0 || l->widths[i] > l->widths[best]))
            best = i;
    if (best < 0 || l->widths[best] <= WIDTH_LEAST)
        return false;
    l->widths[best]--;
    return true;
}

static void leave_out(struct list *l)
{
    int count, shares, column;

    while (shared_room(l, &count, &shares) < count * SHARED_LEAST) {
        column = find_dispensable(l);
        if (column < 0)
            break;
        l->hidden[column] = true;
    }
    while (shared_room(l, &count, &shares) < count * SHARED_NARROW)
        if (!narrow_fixed(l))
            break;
}

/* Narrows what is too wide, by the columns' shares of the screen; what needs
   less than its share leaves the rest to the others. */
static void fit(struct list *l)
{
    bool settled[COLUMNS_MOST] = {false}, changed = true;
    int count, shares, room = shared_room(l, &count, &shares);

    while (changed) {
        changed = false;
        for (int i = 0; i < l->count; i++) {
            int share = l->hidden[i] ? 0 : l->columns[i].share;

            if (!share || settled[i] || l->widths[i] * shares > room * share)
                continue;
            settled[i] = changed = true;
            room -= l->widths[i];
            shares -= share;
        }
    }
    for (int i = 0; i < l->count; i++)
        if (l->columns[i].share && !l->hidden[i] && !settled[i])
            l->widths[i] =
                MAX(WIDTH_LEAST, room * l->columns[i].share / shares);
}

static void put_table_row(struct list *l, const char *const *cells)
{
    int left = 0; /* spaces owed before the next cell */

    for (int i = 0; i < l->count; i++) {
        int pad = l->widths[i] - MIN(text_columns(cells[i]), l->widths[i]);
        bool right = l->columns[i].is_number;

        if (l->hidden[i])
            continue;
        g_string_append_printf(l->line, "%*s", left + (right ? pad : 0), "");
        append_cut(l->line, cells[i], l->widths[i]);
        left = 2 + (right ? 0 : pad);
    }
    put_line(l);
}

static void put_table_head(struct list *l)
{
    const char *names[COLUMNS_MOST];

    for (int i = 0; i < l->count; i++)
        names[i] = l->columns[i].name;
    if (use_colour())
        fputs("\033[1m", stdout);
    put_table_row(l, names);
    if (use_colour())
        fputs("\033[0m", stdout);
}

/* Columns that no row fills are not shown; `is_whole`: all rows wait. */
static void hide_empty(struct list *l, bool is_whole)
{
    for (int i = 0; i < l->count; i++)
        l->hidden[i] = is_whole && l->waiting->len && !l->widths[i];
}

static void settle_table(struct list *l, bool is_whole)
{
    const char *names[COLUMNS_MOST];

    if (!l->waiting)
        return;
    for (int i = 0; i < l->count; i++)
        names[i] = l->columns[i].name;
    for (guint i = 0; i < l->waiting->len; i++)
        measure(l, g_ptr_array_index(l->waiting, i));
    hide_empty(l, is_whole);
    measure(l, names);
    leave_out(l);
    fit(l);
    put_table_head(l);
    for (guint i = 0; i < l->waiting->len; i++)
        put_table_row(l, g_ptr_array_index(l->waiting, i));
    g_ptr_array_free(l->waiting, TRUE);
    l->waiting = NULL;
}

/* --- rows ------------------------------------------------------------- */

/* Cells on one line each, harmless. */
static char **clean(struct list *l, const char *const *cells)
{
    char **out = g_new0(char *, l->count + 1);
    GString *cell = g_string_new(NULL);

    for (int i = 0; i < l->count; i++) {
        append_plain(cell, cells[i] ? cells[i] : "");
        out[i] = g_strdup(cell->str);
        g_string_truncate(cell, 0);
    }
    g_string_free(cell, TRUE);
    return out;
}

static void add_lines(struct list *l, const char *const *cells)
{
    char **row = clean(l, cells);

    if (l->format == LIST_TABLE && l->waiting &&
        l->waiting->len < ROWS_LOOKED_AT) {
        g_ptr_array_add(l->waiting, row);
        return;
    }
    if (l->format == LIST_TABLE) {
        settle_table(l, false);
        put_table_row(l, (const char *const *)row);
    } else {
        char *line = g_strjoinv("\t", row);

        puts(line);
        g_free(line);
    }
    g_strfreev(row);
}

char *json_text(const char *words)
{
    JsonNode *node = json_node_new(JSON_NODE_VALUE);
    char *text;

    json_node_set_string(node, words);
    text = json_to_string(node, FALSE);
    json_node_unref(node);
    return text;
}

static void add_member(JsonBuilder *b, const struct column *c, const char *cell)
{
    json_builder_set_member_name(b, c->name);
    if (!cell)
        json_builder_add_null_value(b);
    else if (c->is_number)
        json_builder_add_int_value(b, g_ascii_strtoll(cell, NULL, 10));
    else
        json_builder_add_string_value(b, cell);
}

static void add_object(struct list *l, const char *const *cells)
{
    JsonGenerator *generator = json_generator_new();
    JsonBuilder *b = json_builder_new();
    JsonNode *root;
    char *json;

    json_builder_begin_object(b);
    for (int i = 0; i < l->count; i++)
        add_member(b, &l->columns[i], cells[i]);
    json_builder_end_object(b);
    root = json_builder_get_root(b);
    json_generator_set_root(generator, root);
    json = json_generator_to_data(generator, NULL);
    list_add_json(l, json);
    g_free(json);
    json_node_unref(root);
    g_object_unref(b);
    g_object_unref(generator);
}

void list_add(struct list *l, const char *const *cells)
{
    if (l->format == LIST_JSON || l->format == LIST_JSONL) {
        add_object(l, cells);
        return;
    }
    l->rows++;
    add_lines(l, cells);
}

void list_add_json(struct list *l, const char *json)
{
    if (l->format == LIST_JSON)
        fputs(l->rows ? ",\n " : "[", stdout);
    /* JSON leaves some controls as they are. */
    if (isatty(STDOUT_FILENO))
        append_plain(l->line, json);
    else
        g_string_append(l->line, json);
    if (l->format == LIST_JSON)
        fputs(l->line->str, stdout);
    else
        puts(l->line->str);
    g_string_truncate(l->line, 0);
    l->rows++;
}

int list_end(struct list *l, const char *none)
{
    if (l->format == LIST_JSON)
        puts(l->rows ? "]" : "[]");
    else if (l->format == LIST_TABLE && !l->rows)
        puts(none);
    else if (l->format == LIST_TABLE)
        settle_table(l, true);
    if (l->waiting)
        g_ptr_array_free(l->waiting, TRUE);
    g_string_free(l->line, TRUE);
    g_free(l);
    return STATUS_DONE;
}
