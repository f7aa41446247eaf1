/*
 * The score: each figure adds the weight of the step that it reaches, and the
 * sum is a log odds (models/names.tsv, learnt by train/names.py).
 */
#include "identity/facts.h"

#include <math.h>
#include <string.h>

static const char *const kind_words[] = {"person", "group", "place"};
static const char *const script_words[] = {"latin", "semitic", "cyrillic"};
static const char *const figure_names[] = {
#define X(id, name, words) name,
    FIGURES(X)
#undef X
};
static const char *const figure_words[] = {
#define X(id, name, words) words,
    FIGURES(X)
#undef X
};

G_STATIC_ASSERT((int)LIKENESS_REASONS == (int)FIGURE_COUNT);

static bool find_word(
    const struct table *t, size_t row, size_t column, const char *const *words,
    size_t count, size_t *out, GError **error)
{
    const char *cell = table_cell(t, row, column);

    for (*out = 0; *out < count; (*out)++)
        if (!strcmp(words[*out], cell))
            return true;
    return table_complain(t, row, error, "unknown word \"%s\"", cell);
}

static bool find_number(
    const struct table *t, size_t row, size_t column, double *out,
    GError **error)
{
    const char *cell = table_cell(t, row, column);
    char *end;

    *out = g_ascii_strtod(cell, &end);
    return (*cell && !*end && isfinite(*out) && fabs(*out) < 1000) ||
           table_complain(t, row, error, "no number: \"%s\"", cell);
}

/* --- costs ---------------------------------------------------------------- */

static void fill_costs(struct costs *c, int16_t score)
{
    for (int i = 0; i < 64; i++)
        for (int k = 0; k < 64; k++)
            c->at[i][k] = score;
}

static bool find_sound(
    const struct table *t, size_t row, size_t column, uint8_t *out,
    GError **error)
{
    const char *cell = table_cell(t, row, column);

    *out = sound_of_sign(*cell);
    return !*cell || (*out && !cell[1]) ||
           table_complain(t, row, error, "no sound: \"%s\"", cell);
}

static bool
read_cost(struct likeness *l, const struct table *t, size_t row, GError **error)
{
    size_t script;
    double nats;
    int16_t score;
    const char *sound = table_cell(t, row, 1), *other = table_cell(t, row, 2);
    uint8_t x = 0, y = 0;

    if (!find_word(t, row, 0, script_words, 3, &script, error) ||
        !find_number(t, row, 3, &nats, error))
        return false;
    score = (int16_t)lround(nats * SCORE_SCALE);
    if (*sound == '*') {
        fill_costs(&l->costs[script], score);
        return true;
    }
    if ((*sound != '=' && !find_sound(t, row, 1, &x, error)) ||
        (*other != '=' && !find_sound(t, row, 2, &y, error)))
        return false;
    if (*sound == '=' || *other == '=')
        l->costs[script].usual[*sound == '='][x + y] = score;
    else
        l->costs[script].at[x][y] = score;
    return true;
}

/* --- weights -------------------------------------------------------------- */

static bool
read_step(struct likeness *l, const struct table *t, size_t row, GError **error)
{
    size_t kind, figure;
    double from, weight;
    struct shape *shape;

    if (!find_word(t, row, 0, kind_words, KINDS, &kind, error) ||
        !find_number(t, row, 3, &weight, error))
        return false;
    if (!strcmp(table_cell(t, row, 1), "bias")) {
        l->bias[kind] = (float)weight;
        return true;
    }
    if (!find_word(t, row, 1, figure_names, FIGURE_COUNT, &figure, error) ||
        !find_number(t, row, 2, &from, error))
        return false;
    shape = &l->shapes[kind][figure];
    if (shape->count == STEPS_MOST ||
        (shape->count && shape->from[shape->count - 1] >= (float)from))
        return table_complain(t, row, error, "steps must rise, up to sixteen");
    shape->from[shape->count] = (float)from;
    shape->weight[shape->count++] = (float)weight;
    return true;
}

static bool read_table(
    struct likeness *l, const char *dir, const char *file, const char *columns,
    bool (*read_row)(
        struct likeness *, const struct table *, size_t, GError **),
    GError **error)
{
    struct table *t = table_load(dir, file, columns, error);
    bool good = t != NULL;

    for (size_t row = 0; good && row < table_count(t); row++)
        good = read_row(l, t, row, error);
    table_free(t);
    return good;
}

struct likeness *likeness_load(
    const struct identity_words *w, const char *lexicon_dir,
    const char *models_dir, GError **error)
{
    struct likeness *l = g_new0(struct likeness, 1);
    bool good;

    l->words = w;
    l->arena = arena_new();
    good = letters_load(&l->letters, l->arena, lexicon_dir, error) &&
           facts_load(
               &l->facts, l->arena, &l->letters, w, lexicon_dir, models_dir,
               error) &&
           read_table(
               l, models_dir, "sounds.tsv", "scripts\tsound\tother\tscore",
               read_cost, error) &&
           read_table(
               l, models_dir, "names.tsv", "kind\tfigure\tfrom\tweight",
               read_step, error);
    if (!good)
        g_clear_pointer(&l, likeness_free);
    return l;
}

void likeness_free(struct likeness *l)
{
    if (!l)
        return;
    arena_free(l->arena);
    g_free(l);
}

const struct identity_words *likeness_words(const struct likeness *l)
{
    return l->words;
}

/* --- scoring -------------------------------------------------------------- */

static float shape_at(const struct shape *s, float figure)
{
    float weight = 0;

    for (uint8_t i = 0; i < s->count && s->from[i] <= figure; i++)
        weight = s->weight[i];
    return weight;
}

/* Which of two forms is taken first, so that their order does not matter. */
static int compare_forms(const struct name_form *a, const struct name_form *b)
{
    if (a->count != b->count)
        return (int)a->count - (int)b->count;
    if (a->sound_count != b->sound_count)
        return (int)a->sound_count - (int)b->sound_count;
    return memcmp(a->sounds, b->sounds, a->sound_count);
}

void names_figures(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, float *out)
{
    struct pairing pairing;

    if (compare_forms(a, b) <= 0)
        forms_pair(l, a, b, &pairing);
    else
        forms_pair(l, b, a, &pairing);
    figures_find(&pairing, out);
}

double names_likeness(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b)
{
    float figures[FIGURE_COUNT], sum = l->bias[a->kind];

    if (a->kind != b->kind)
        return 0;
    if (a->count && !compare_forms(a, b))
        return 1;
    names_figures(l, a, b, figures);
    for (int i = 0; i < FIGURE_COUNT; i++)
        sum += shape_at(&l->shapes[a->kind][i], figures[i]);
    return 1 / (1 + exp(-(double)sum));
}

void names_explain(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, struct likeness_reason out[LIKENESS_REASONS])
{
    float figures[FIGURE_COUNT];

    names_figures(l, a, b, figures);
    for (int i = 0; i < FIGURE_COUNT; i++)
        out[i] = (struct likeness_reason){
            figure_names[i], figure_words[i], (double)figures[i],
            (double)shape_at(&l->shapes[a->kind][i], figures[i])};
}
