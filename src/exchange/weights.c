#include "exchange/weights.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct weights {
    GHashTable *by_trait; /* "choice\ttrait" -> double */
};

void trait_add(struct traits *t, const char *format, ...)
{
    char buffer[160];
    va_list list;

    va_start(list, format);
    g_vsnprintf(buffer, sizeof(buffer), format, list);
    va_end(list);
    for (uint32_t i = 0; i < t->count; i++)
        if (!strcmp(t->at[i], buffer))
            return;
    if (t->count == t->room) {
        const char **old = t->at;

        t->room = t->room ? 2 * t->room : 32;
        t->at = arena_make(t->a, const char *, t->room);
        if (t->count)
            memcpy(t->at, old, t->count * sizeof(*old));
    }
    t->at[t->count++] = arena_copy(t->a, buffer, strlen(buffer));
}

static bool
take_weights(struct weights *w, const struct table *t, GError **error)
{
    for (size_t i = 0; i < table_count(t); i++) {
        const char *cell = table_cell(t, i, 2);
        double *weight = g_new(double, 1);
        char *end;

        *weight = g_ascii_strtod(cell, &end);
        g_hash_table_insert(
            w->by_trait,
            g_strconcat(table_cell(t, i, 0), "\t", table_cell(t, i, 1), NULL),
            weight);
        if (!*cell || *end)
            return table_complain(t, i, error, "\"%s\" is no weight", cell);
    }
    return true;
}

struct weights *weights_load(const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "incidents.tsv", "choice\ttrait\tweight", error);
    struct weights *w;
    bool good;

    if (!t)
        return NULL;
    w = g_new0(struct weights, 1);
    w->by_trait =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    good = take_weights(w, t, error);
    table_free(t);
    if (good)
        return w;
    weights_free(w);
    return NULL;
}

void weights_free(struct weights *w)
{
    if (!w)
        return;
    g_hash_table_unref(w->by_trait);
    g_free(w);
}

static double
weight_of(const struct weights *w, const char *choice, const char *trait)
{
    char *key = g_strconcat(choice, "\t", trait, NULL);
    const double *found = g_hash_table_lookup(w->by_trait, key);

    g_free(key);
    return found ? *found : 0;
}

double
weights_sum(const struct weights *w, const char *choice, const struct traits *t)
{
    double sum = weight_of(w, choice, "always");

    for (uint32_t i = 0; i < t->count; i++)
        sum += weight_of(w, choice, t->at[i]);
    return sum;
}

double weights_threshold(const struct weights *w, const char *choice)
{
    return weight_of(w, choice, "threshold");
}
