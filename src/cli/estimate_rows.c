/* An estimate as rows for programs. */
#include "cli/estimate.h"

#include <math.h>
#include <string.h>

enum {
    WHAT,
    LISTS,
    PEOPLE,
    TOTAL,
    LOW,
    HIGH,
    ERROR,
    AIC,
    BIC,
    WEIGHT,
    WORDS,
    CELLS
};

static const struct column columns[CELLS] = {
    {"what", false, 0, 0},  {"lists", false, 3, 0}, {"people", true, 0, 0},
    {"total", true, 0, 0},  {"low", true, 0, 0},    {"high", true, 0, 0},
    {"error", true, 0, 0},  {"aic", true, 0, 0},    {"bic", true, 0, 0},
    {"weight", true, 0, 0}, {"words", false, 5, 0},
};

struct writing {
    struct list *list;
    struct arena *a;
    const struct estimate *e;
};

/* NULL where there is none, so that no program takes it for a number. */
static const char *number(struct arena *a, double x, int digits)
{
    return isfinite(x) ? arena_print(a, "%.*f", digits, x) : NULL;
}

static void put_json(struct writing *w, const char *const *cells)
{
    GString *json = g_string_new("{");

    for (int i = 0; i < CELLS; i++) {
        g_autofree char *text =
            cells[i] && !columns[i].is_number ? json_text(cells[i]) : NULL;

        g_string_append_printf(
            json, "%s\"%s\":%s", i ? "," : "", columns[i].name,
            text       ? text
            : cells[i] ? cells[i]
                       : "null");
    }
    g_string_append_c(json, '}');
    list_add_json(w->list, json->str);
    g_string_free(json, TRUE);
}

static void put(struct writing *w, const char *const *cells)
{
    if (list_format(w->list) == LIST_TSV)
        list_add(w->list, cells);
    else
        put_json(w, cells);
}

static void
put_range(struct writing *w, const struct range *r, const char **cells)
{
    cells[TOTAL] = number(w->a, r->value, 2);
    cells[LOW] = number(w->a, r->low, 2);
    cells[HIGH] = number(w->a, r->high, 2);
}

static void put_total(struct writing *w)
{
    const struct captures *c = &w->e->captures;
    const char *cells[CELLS] = {
        [WHAT] = "estimate",
        [PEOPLE] = number(w->a, captures_sum(c), 0),
        [WORDS] = w->e->models ? estimate_method_models : estimate_method_pair};

    put_range(w, &w->e->total, cells);
    put(w, cells);
}

static void put_histories(struct writing *w)
{
    const struct captures *c = &w->e->captures;

    for (uint32_t set = 1; set < 1U << c->lists; set++) {
        const char *cells[CELLS] = {
            [WHAT] = "history", [PEOPLE] = number(w->a, c->counts[set], 0)};
        const char *names = "";

        for (uint32_t i = 0; i < c->lists; i++)
            if (set >> i & 1)
                names = arena_print(
                    w->a, "%s%s%s", names, *names ? "; " : "", c->names[i]);
        cells[LISTS] = names;
        put(w, cells);
    }
}

static void put_pairs(struct writing *w)
{
    for (uint32_t i = 0; i < w->e->pair_count; i++) {
        const struct pair_count *p = &w->e->pairs[i];
        const char *cells[CELLS] = {
            [WHAT] = "pair",
            [LISTS] = arena_print(
                w->a, "%s; %s", w->e->captures.names[p->a],
                w->e->captures.names[p->b]),
            [PEOPLE] = number(w->a, p->both, 0),
            [ERROR] = number(w->a, sqrt(p->variance), 2)};

        if (isfinite(p->odds.value))
            cells[WORDS] = arena_print(
                w->a, "odds ratio %.2f (%.2f to %.2f)", p->odds.value,
                p->odds.low, p->odds.high);
        put_range(w, &p->total, cells);
        put(w, cells);
    }
}

static void put_models(struct writing *w)
{
    for (uint32_t i = 0; i < w->e->models->fitted; i++) {
        const struct model *m = &w->e->models->at[i];
        const char *cells[CELLS] = {
            [WHAT] = "model",
            [ERROR] = number(w->a, m->error, 2),
            [AIC] = number(w->a, m->aic, 3),
            [BIC] = number(w->a, m->bic, 3),
            [WEIGHT] = number(w->a, m->weight, 4),
            [WORDS] = model_words(w->a, &w->e->captures, m)};

        put_range(w, &m->total, cells);
        put(w, cells);
    }
}

static void put_warnings(struct writing *w)
{
    for (uint32_t i = 0; i < w->e->warning_count; i++)
        put(w, (const char *[CELLS]){
                   [WHAT] = "warning",
                   [WORDS] = warning_words(
                       w->a, &w->e->captures, &w->e->warnings[i])});
}

int estimate_list(struct arena *a, const struct estimate *e, const char *format)
{
    struct writing w = {list_new(format, columns, CELLS), a, e};

    put_total(&w);
    put_warnings(&w);
    put_pairs(&w);
    if (e->models)
        put_models(&w);
    put_histories(&w);
    return list_end(w.list, "");
}
