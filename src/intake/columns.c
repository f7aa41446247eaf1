/* What columns of tables are for, by the names at their heads. */
#include "intake/parts.h"

#include <string.h>

static const char *const roles[COLUMN_COUNT] = {"title", "date", "publisher",
                                                "url",   "text", "id"};

static int find_role(const char *word)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (!strcmp(word, roles[i]))
            return i;
    return -1;
}

char *column_fold(const char *name)
{
    char *valid = g_utf8_make_valid(name, -1);
    char *folded = g_utf8_casefold(g_strstrip(valid), -1);

    g_free(valid);
    return folded;
}

bool columns_load(struct intake_words *w, const char *dir, GError **error)
{
    struct table *t = table_load(dir, "columns.tsv", "field\tname", error);
    bool good = t;

    for (size_t i = 0; good && i < table_count(t); i++) {
        int role = find_role(table_cell(t, i, 0));

        if (role < 0)
            good = table_complain(
                t, i, error, "no field '%s'", table_cell(t, i, 0));
        else
            g_ptr_array_add(w->columns[role], column_fold(table_cell(t, i, 1)));
    }
    table_free(t);
    return good;
}

static bool complain(const char *columns, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "'%s' does not tell which columns are what: write them as "
        "text=Narrative,date=Reported on; several for the text as "
        "text=Narrative+Notes (text, title, date, publisher, url, id)",
        columns);
    return false;
}

/* "Narrative+Notes": these and no others. */
static bool
set_columns(struct intake_words *w, enum column_role role, const char *names)
{
    char **all = g_strsplit(names, "+", -1);
    bool good = *all;

    g_ptr_array_set_size(w->columns[role], 0);
    for (char **at = all; *at; at++) {
        char *folded = column_fold(*at);

        good = good && *folded;
        g_ptr_array_add(w->columns[role], folded);
    }
    g_strfreev(all);
    return good && (role == COLUMN_TEXT || w->columns[role]->len == 1);
}

bool intake_words_set_columns(
    struct intake_words *w, const char *columns, GError **error)
{
    char **parts = g_strsplit(columns, ",", -1);
    bool good = *parts;

    for (char **at = parts; *at && good; at++) {
        char *equals = strchr(*at, '=');
        int role;

        if (equals)
            *equals = 0;
        role = find_role(g_strstrip(*at));
        good = equals && role >= 0 &&
               set_columns(w, (enum column_role)role, equals + 1);
        w->is_text_told = w->is_text_told || role == COLUMN_TEXT;
    }
    g_strfreev(parts);
    return good || complain(columns, error);
}
