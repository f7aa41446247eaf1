/* The tables by which claims are held against each other. */
#include "events/rules.h"
#include "events/union.h"

#include <stdlib.h>
#include <string.h>

const char *const event_features[] = {
#define X(name, word) word,
    FEATURES(X)
#undef X
        NULL,
};

static struct act_rule *find_act(struct event_rules *r, const char *code)
{
    struct act_rule *act = g_hash_table_lookup(r->acts, code);

    if (act)
        return act;
    act = arena_make(r->arena, struct act_rule, 1);
    act->number = g_hash_table_size(r->acts) + 1;
    act->group = act->number;
    g_hash_table_insert(r->acts, arena_copy(r->arena, code, strlen(code)), act);
    return act;
}

/* All acts that hang together get the number of the first. */
static void join_groups(struct event_rules *r, uint32_t from, uint32_t to)
{
    GHashTableIter iter;
    gpointer act;

    g_hash_table_iter_init(&iter, r->acts);
    while (g_hash_table_iter_next(&iter, NULL, &act))
        if (((struct act_rule *)act)->group == from)
            ((struct act_rule *)act)->group = to;
}

static bool load_acts(struct event_rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "event-acts.tsv", "act\tother\texample", error);

    for (size_t i = 0; t && i < table_count(t); i++) {
        struct act_rule *act = find_act(r, table_cell(t, i, 0)), *other;

        act->turned |= !strcmp(table_cell(t, i, 1), "turned");
        act->open |= !strcmp(table_cell(t, i, 1), "open");
        if (act->turned || act->open)
            continue;
        other = find_act(r, table_cell(t, i, 1));
        join_groups(
            r, MAX(act->group, other->group), MIN(act->group, other->group));
    }
    table_free(t);
    return t != NULL;
}

static bool read_weight(
    const struct table *t, size_t row, size_t column, double *out,
    GError **error)
{
    const char *weight = table_cell(t, row, column);
    char *end;

    *out = g_ascii_strtod(weight, &end);
    return !*end || table_complain(t, row, error, "'%s' is no number", weight);
}

static bool load_weight(
    struct event_rules *r, const struct table *t, size_t row, GError **error)
{
    const char *name = table_cell(t, row, 0);

    for (int i = 0; i < FEATURE_COUNT; i++)
        if (!strcmp(name, event_features[i]))
            return read_weight(t, row, 1, &r->weights[0][i], error) &&
                   read_weight(t, row, 2, &r->weights[1][i], error);
    return table_complain(t, row, error, "there is no likeness '%s'", name);
}

static void sum_words(struct event_rules *r)
{
    static const enum feature of_words[] = {
        FEATURE_ACTOR_SAME,   FEATURE_ACTOR_WORDS,   FEATURE_ACTOR_OTHER,
        FEATURE_ACTOR_UNLIKE, FEATURE_TARGET_SAME,   FEATURE_TARGET_WORDS,
        FEATURE_TARGET_OTHER, FEATURE_TARGET_UNLIKE, FEATURE_PLACE_SAME,
        FEATURE_PLACE_OTHER,  FEATURE_SCENE,         FEATURE_WORDING,
        FEATURE_MENTIONED,    FEATURE_STORY,
    };

    for (int within = 0; within < 2; within++)
        for (size_t i = 0; i < G_N_ELEMENTS(of_words); i++)
            r->words_most[within] += MAX(r->weights[within][of_words[i]], 0);
}

static bool load_weights(struct event_rules *r, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "event-weights.tsv", "likeness\tacross\twithin\tmeaning", error);
    bool good = t != NULL;

    for (size_t i = 0; good && i < table_count(t); i++)
        good = load_weight(r, t, i, error);
    table_free(t);
    sum_words(r);
    return good;
}

static bool load_stops(struct event_rules *r, const char *dir, GError **error)
{
    struct table *t = table_load(dir, "event-stops.tsv", "word", error);

    for (size_t i = 0; t && i < table_count(t); i++) {
        const char *word = table_cell(t, i, 0);

        g_hash_table_add(r->stops, arena_copy(r->arena, word, strlen(word)));
    }
    table_free(t);
    return t != NULL;
}

struct event_rules *event_rules_load(const char *dir, GError **error)
{
    struct event_rules *r = g_new0(struct event_rules, 1);

    r->arena = arena_new();
    r->acts = g_hash_table_new(g_str_hash, g_str_equal);
    r->stops = g_hash_table_new(g_str_hash, g_str_equal);
    if (load_acts(r, dir, error) && load_weights(r, dir, error) &&
        load_stops(r, dir, error))
        return r;
    event_rules_free(r);
    return NULL;
}

void event_rules_free(struct event_rules *r)
{
    if (!r)
        return;
    g_hash_table_unref(r->acts);
    g_hash_table_unref(r->stops);
    arena_free(r->arena);
    g_free(r);
}

const struct act_rule *
act_rule_lookup(const struct event_rules *r, const char *code)
{
    return g_hash_table_lookup(r->acts, code);
}
