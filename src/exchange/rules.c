#include "exchange/rules.h"

#include <string.h>

enum { NEAR = 12 }; /* words to either side that count as near */

#define PLACES(X)                                                              \
    X(TRIGGER, "trigger")                                                      \
    X(NEAR, "near")                                                            \
    X(ACTOR, "actor") X(TARGET, "target") X(STANCE, "stance")                  \
        X(INNER, "inner")
enum place_kind {
#define X(name, word) AT_##name,
    PLACES(X)
#undef X
        AT_COUNT
};

struct condition {
    enum place_kind at;
    char **words; /* alternatives */
};

struct row {
    const char *key; /* act, or type */
    struct condition *conditions;
    uint32_t count;
    struct rule rule;
};

struct stance_row {
    const char *event, *stance, *type, *mode;
};

struct rules {
    struct table *acts_table, *modes_table, *stances_table, *contexts_table;
    GArray *acts, *modes; /* of struct row */
    GArray *stances;      /* of struct stance_row */
    GPtrArray *contexts;  /* of struct forms, one a row of contexts_table */
};

static const struct {
    const char *type, *quad;
} types[] = {
    {"AGREE", "verbal cooperation"},       {"CONSULT", "verbal cooperation"},
    {"SUPPORT", "verbal cooperation"},     {"CONCEDE", "verbal cooperation"},
    {"COOPERATE", "material cooperation"}, {"AID", "material cooperation"},
    {"RETREAT", "material cooperation"},   {"REQUEST", "verbal conflict"},
    {"ACCUSE", "verbal conflict"},         {"REJECT", "verbal conflict"},
    {"THREATEN", "verbal conflict"},       {"PROTEST", "material conflict"},
    {"SANCTION", "material conflict"},     {"MOBILIZE", "material conflict"},
    {"COERCE", "material conflict"},       {"ASSAULT", "material conflict"},
};

const char *rules_quad(const char *type)
{
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (!strcmp(types[i].type, type))
            return types[i].quad;
    return NULL;
}

/* --- loading ---------------------------------------------------------- */

static bool find_place(const char *word, size_t len, enum place_kind *out)
{
    static const char *const words[] = {
#define X(name, word) word,
        PLACES(X)
#undef X
    };

    for (int i = 0; i < AT_COUNT; i++) {
        if (strlen(words[i]) == len && !strncmp(words[i], word, len)) {
            *out = (enum place_kind)i;
            return true;
        }
    }
    return false;
}

static bool parse_condition(
    const struct table *t, size_t line, const char *from, struct condition *out,
    GError **error)
{
    const char *colon = strchr(from, ':');

    if (!colon || !colon[1] ||
        !find_place(from, (size_t)(colon - from), &out->at))
        return table_complain(t, line, error, "\"%s\" is no condition", from);
    out->words = g_strsplit(colon + 1, "|", -1);
    return true;
}

static bool parse_conditions(
    const struct table *t, size_t line, const char *cell, struct row *row,
    GError **error)
{
    char **parts;
    bool good = true;

    if (!*cell)
        return true;
    parts = g_strsplit(cell, " ", -1);
    row->conditions = g_new0(struct condition, g_strv_length(parts));
    for (char **part = parts; good && *part; part++) {
        struct condition *c = &row->conditions[row->count++];

        good = parse_condition(t, line, *part, c, error);
        row->rule.has_stance |= good && c->at == AT_STANCE;
    }
    g_strfreev(parts);
    return good;
}

static bool
check_type(const struct table *t, size_t line, const char *type, GError **error)
{
    return !*type || rules_quad(type) ||
           table_complain(t, line, error, "PLOVER has no \"%s\"", type);
}

static bool find_casting(
    const struct table *t, size_t line, const char *word, enum casting *out,
    GError **error)
{
    static const char *const words[] = {
#define X(name, word) word,
        CASTINGS(X)
#undef X
    };

    for (int i = 0; i < CASTING_COUNT; i++) {
        if (!strcmp(words[i], word)) {
            *out = (enum casting)i;
            return true;
        }
    }
    return table_complain(t, line, error, "unknown casting \"%s\"", word);
}

static bool load_acts(struct rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "plover.tsv", "act\twords\ttype\tmode\tparties", error);

    r->acts_table = t;
    for (size_t i = 0; t && i < table_count(t); i++) {
        struct row row = {
            .key = table_cell(t, i, 0),
            .rule = {.type = table_cell(t, i, 2), .mode = table_cell(t, i, 3)},
        };
        bool good =
            parse_conditions(t, i, table_cell(t, i, 1), &row, error) &&
            check_type(t, i, row.rule.type, error) &&
            find_casting(t, i, table_cell(t, i, 4), &row.rule.casting, error);

        g_array_append_val(r->acts, row);
        if (!good)
            return false;
    }
    return t != NULL;
}

static bool load_modes(struct rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "plover-modes.tsv", "event\twords\tmode", error);

    r->modes_table = t;
    for (size_t i = 0; t && i < table_count(t); i++) {
        struct row row = {
            .key = table_cell(t, i, 0),
            .rule = {.mode = table_cell(t, i, 2)},
        };
        bool good = parse_conditions(t, i, table_cell(t, i, 1), &row, error) &&
                    check_type(t, i, row.key, error);

        g_array_append_val(r->modes, row);
        if (!good)
            return false;
    }
    return t != NULL;
}

static bool load_stances(struct rules *r, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "plover-stances.tsv", "event\tstance\ttype\tmode", error);

    r->stances_table = t;
    for (size_t i = 0; t && i < table_count(t); i++) {
        struct stance_row row = {
            table_cell(t, i, 0), table_cell(t, i, 1), table_cell(t, i, 2),
            table_cell(t, i, 3)};

        if (strcmp(row.event, "any") && !check_type(t, i, row.event, error))
            return false;
        if (!check_type(t, i, row.type, error))
            return false;
        g_array_append_val(r->stances, row);
    }
    return t != NULL;
}

static bool load_contexts(struct rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "plover-contexts.tsv", "context\twords", error);

    r->contexts_table = t;
    for (size_t i = 0; t && i < table_count(t); i++) {
        struct forms *words = forms_new();

        forms_add(words, table_cell(t, i, 1), (int)i);
        g_ptr_array_add(r->contexts, words);
    }
    return t != NULL;
}

static void free_forms(void *self)
{
    forms_free(self);
}

struct rules *rules_load(const char *dir, GError **error)
{
    struct rules *r = g_new0(struct rules, 1);

    r->acts = g_array_new(FALSE, FALSE, sizeof(struct row));
    r->modes = g_array_new(FALSE, FALSE, sizeof(struct row));
    r->stances = g_array_new(FALSE, FALSE, sizeof(struct stance_row));
    r->contexts = g_ptr_array_new_with_free_func(free_forms);
    if (load_acts(r, dir, error) && load_modes(r, dir, error) &&
        load_stances(r, dir, error) && load_contexts(r, dir, error))
        return r;
    rules_free(r);
    return NULL;
}

static void free_rows(GArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = &g_array_index(rows, struct row, i);

        for (uint32_t c = 0; c < row->count; c++)
            g_strfreev(row->conditions[c].words);
        g_free(row->conditions);
    }
    g_array_unref(rows);
}

void rules_free(struct rules *r)
{
    if (!r)
        return;
    free_rows(r->acts);
    free_rows(r->modes);
    g_array_unref(r->stances);
    g_ptr_array_unref(r->contexts);
    table_free(r->acts_table);
    table_free(r->modes_table);
    table_free(r->stances_table);
    table_free(r->contexts_table);
    g_free(r);
}

/* --- matching --------------------------------------------------------- */

static bool stand_between(
    const struct words *w, uint32_t from, uint32_t to, const char *words)
{
    for (uint32_t i = from; i < to; i++)
        if (words_have(w, i, words))
            return true;
    return false;
}

static bool is_in_trigger(const struct view *v, uint32_t i)
{
    for (uint32_t n = 0; n < v->trigger->count; n++)
        if (span_meets(v->trigger->at[n], v->words->at[i].span))
            return true;
    return false;
}

static bool trigger_has(const struct view *v, const char *words)
{
    for (uint32_t i = v->first; i < v->last; i++)
        if (is_in_trigger(v, i) && words_have(v->words, i, words))
            return true;
    return false;
}

static bool near_has(const struct view *v, const char *words)
{
    uint32_t from = v->first > NEAR ? v->first - NEAR : 0;

    return stand_between(
        v->words, from, MIN(v->words->count, v->last + NEAR), words);
}

static bool coding_has(const struct coding *c, const char *asked)
{
    if (!strcmp(asked, "country"))
        return c->code_count > 0;
    if (!strcmp(asked, "none"))
        return !c->code_count && !c->sector_count;
    for (uint32_t i = 0; i < c->sector_count; i++)
        if (!strcmp(c->sectors[i], asked))
            return true;
    return false;
}

static bool
phrase_has(const struct words *w, const struct coding *c, const char *words)
{
    if (*words == '@')
        return c && coding_has(c, words + 1);
    return w && stand_between(w, 0, w->count, words);
}

static bool inner_has(const struct view *v, const char *asked)
{
    const char *point = strchr(asked, '.');
    size_t len = point ? (size_t)(point - asked) : strlen(asked);

    return v->inner && strlen(v->inner) == len &&
           !strncmp(v->inner, asked, len) &&
           (!point || (v->inner_mode && !strcmp(v->inner_mode, point + 1)));
}

static bool stands(const struct view *v, enum place_kind at, const char *words)
{
    switch (at) {
    case AT_TRIGGER:
        return trigger_has(v, words);
    case AT_NEAR:
        return near_has(v, words);
    case AT_ACTOR:
        return phrase_has(v->actor, v->actor_coding, words);
    case AT_TARGET:
        return phrase_has(v->target, v->target_coding, words);
    case AT_STANCE:
        return v->stance && !strcmp(v->stance, words);
    case AT_INNER:
        return inner_has(v, words);
    case AT_COUNT:
        break;
    }
    return false;
}

static bool holds(const struct condition *c, const struct view *v)
{
    for (char **words = c->words; *words; words++)
        if (stands(v, c->at, *words))
            return true;
    return false;
}

static bool fits(const struct row *row, const struct view *v)
{
    for (uint32_t i = 0; i < row->count; i++)
        if (!holds(&row->conditions[i], v))
            return false;
    return true;
}

static bool is_family_of(const char *family, const char *act)
{
    size_t len = strlen(family);

    return !strncmp(family, act, len) && act[len] == '.';
}

/* How much a row asks of an act: conditions first, then the act itself; -1
   if it is about another. */
static int row_weight(const struct row *row, const char *act)
{
    if (!strcmp(row->key, act))
        return (int)row->count * 2 + 1;
    return is_family_of(row->key, act) ? (int)row->count * 2 : -1;
}

const struct rule *
rules_find(const struct rules *r, const char *act, const struct view *v)
{
    const struct rule *best = NULL;
    int most = -1;

    for (guint i = 0; i < r->acts->len; i++) {
        const struct row *row = &g_array_index(r->acts, struct row, i);
        int weight = row_weight(row, act);

        if (weight > most && fits(row, v)) {
            most = weight;
            best = &row->rule;
        }
    }
    return best;
}

const char *
rules_mode(const struct rules *r, const char *type, const struct view *v)
{
    for (guint i = 0; i < r->modes->len; i++) {
        const struct row *row = &g_array_index(r->modes, struct row, i);

        if (!strcmp(row->key, type) && fits(row, v))
            return row->rule.mode;
    }
    return NULL;
}

static bool
is_about(const struct stance_row *row, const char *stance, const char *type)
{
    return !strcmp(row->stance, stance) &&
           (!strcmp(row->event, "any") || !strcmp(row->event, type));
}

bool rules_turn(
    const struct rules *r, const char *stance, const char **type,
    const char **mode)
{
    if (!strcmp(stance, "asserted")) {
        *mode = "=";
        return true;
    }
    for (guint i = 0; i < r->stances->len; i++) {
        const struct stance_row *row =
            &g_array_index(r->stances, struct stance_row, i);

        if (is_about(row, stance, *type)) {
            *type = row->type;
            *mode = *row->mode ? row->mode : NULL;
            return **type;
        }
    }
    return false;
}

/* --- contexts --------------------------------------------------------- */

/* Does the list name this very event ("=COERCE.cyber")? */
static bool names_event(const char *list, const char *type, const char *mode)
{
    char *wanted = g_strdup_printf("=%s.%s", type, mode ? mode : "");
    char **each = g_strsplit(list, "|", -1);
    bool found = g_strv_contains((const char *const *)each, wanted);

    g_strfreev(each);
    g_free(wanted);
    return found;
}

static bool are_told(const struct forms *words, const struct words *w)
{
    uint32_t length;

    for (uint32_t i = 0; i < w->count; i++)
        if (forms_find(words, w, i, &length) >= 0)
            return true;
    return false;
}

const char *const *rules_contexts(
    const struct rules *r, struct arena *a, const struct words *w,
    const char *type, const char *mode, uint32_t *count)
{
    size_t rows = table_count(r->contexts_table);
    const char **out = arena_make(a, const char *, rows + 1);

    *count = 0;
    for (size_t i = 0; i < rows; i++)
        if (are_told(g_ptr_array_index(r->contexts, i), w) ||
            names_event(table_cell(r->contexts_table, i, 1), type, mode))
            out[(*count)++] = table_cell(r->contexts_table, i, 0);
    return out;
}
