/*
 * pattern.c - the notation of the tables' cells: "take into:custody" and
 * "subj=actor from=origin".
 */
#include "claims/pattern.h"

#include <string.h>

struct word *word_intern(struct lexicon *lex, const char *text)
{
    struct word *w = g_hash_table_lookup(lex->words, text);

    if (w)
        return w;
    w = arena_make(lex->arena, struct word, 1);
    w->text = arena_copy(lex->arena, text, strlen(text));
    g_hash_table_insert(lex->words, (char *)w->text, w);
    return w;
}

uint16_t slot_intern(struct lexicon *lex, const char *name)
{
    static const char *const fixed[SLOT_NAMED] = {
        [SLOT_SUBJ] = "subj", [SLOT_OBJ] = "obj",         [SLOT_IOBJ] = "iobj",
        [SLOT_POSS] = "poss", [SLOT_MOD] = "mod",
        [SLOT_NEGATION] = "negation",
    };
    struct word *w;

    for (uint16_t i = SLOT_SUBJ; i < SLOT_NAMED; i++)
        if (fixed[i] && strcmp(fixed[i], name) == 0)
            return i;
    w = word_intern(lex, name);
    if (w->slot == SLOT_NONE)
        w->slot = lex->slot_count++;
    return w->slot;
}

static bool parse_class(const char *text, uint32_t *out)
{
    static const char *const names[] = {
#define X(name, word) word,
        CLASSES(X)
#undef X
    };

    for (uint32_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i], text) == 0) {
            *out |= 1U << i;
            return true;
        }
    return false;
}

bool class_find(const char *text, uint32_t *out)
{
    *out = 0;
    return parse_class(text, out);
}

/* The part after the colon: "custody|@place|*". */
static bool parse_alternatives(
    struct lexicon *lex, const char *text, struct need *need)
{
    char **parts = g_strsplit(text, "|", -1);
    bool fine = parts[0] != NULL;

    need->words = (const struct word **)arena_make(
        lex->arena, struct word *, g_strv_length(parts));
    for (char **p = parts; *p && fine; p++) {
        if (strcmp(*p, "*") == 0)
            need->any = true;
        else if (**p == '@')
            fine = parse_class(*p + 1, &need->classes);
        else if (**p)
            need->words[need->word_count++] = word_intern(lex, *p);
        else
            fine = false;
    }
    g_strfreev(parts);
    return fine;
}

static bool parse_need(
    struct lexicon *lex, const char *text, struct need *need)
{
    const char *colon = strchr(text, ':');
    char *name;

    if (!colon) {
        need->slot = SLOT_PARTICLE;
        return parse_alternatives(lex, text, need);
    }
    if (g_str_has_prefix(text, "no:")) {
        need->absent = true;
        need->any = true;
        need->slot = slot_intern(lex, colon + 1);
        return colon[1] != '\0';
    }
    name = g_strndup(text, (gsize)(colon - text));
    need->slot = slot_intern(lex, name);
    g_free(name);
    return parse_alternatives(lex, colon + 1, need);
}

bool pattern_parse_needs(
    struct lexicon *lex, const char *cell, struct pattern *out,
    struct word **head)
{
    char **parts = g_strsplit(cell, " ", -1);
    uint32_t count = g_strv_length(parts);
    bool fine = count > 0 && *parts[0];

    if (fine) {
        *head = word_intern(lex, parts[0]);
        out->need_count = count - 1;
        out->needs = arena_make(lex->arena, struct need, count);
    }
    for (uint32_t i = 1; i < count && fine; i++)
        fine = *parts[i] && parse_need(lex, parts[i], &out->needs[i - 1]);
    g_strfreev(parts);
    return fine;
}

static bool parse_role(const char *text, uint8_t *out)
{
    static const char *const names[] = {
#define X(name, word) word,
        ROLES(X)
#undef X
        [FILL_AFFECTED] = "affected",
        [FILL_NONE] = "none",
    };

    for (uint8_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i], text) == 0) {
            *out = i;
            return true;
        }
    return false;
}

/* Later fills of a slot replace earlier ones: a row refines the default. */
static void clear_slot(struct pattern *p, uint16_t slot)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < p->fill_count; i++)
        if (p->fills[i].slot != slot)
            p->fills[kept++] = p->fills[i];
    p->fill_count = kept;
}

/* "to=destination+target" */
static bool parse_fill(
    struct lexicon *lex, const char *text, struct pattern *out)
{
    char **sides = g_strsplit(text, "=", 2), **roles;
    bool fine = sides[0] && *sides[0] && sides[1];
    struct fill fill;

    if (!fine) {
        g_strfreev(sides);
        return false;
    }
    fill.slot = slot_intern(lex, sides[0]);
    clear_slot(out, fill.slot);
    roles = g_strsplit(sides[1], "+", -1);
    for (char **r = roles; *r && fine; r++) {
        fine = parse_role(*r, &fill.role);
        if (fine)
            out->fills[out->fill_count++] = fill;
    }
    g_strfreev(roles);
    g_strfreev(sides);
    return fine;
}

bool pattern_parse_fills(
    struct lexicon *lex, const char *cell, const struct pattern *base,
    struct pattern *out, pattern_flag take_flag, void *self)
{
    char **parts = g_strsplit(cell, " ", -1);
    uint32_t most = (base ? base->fill_count : 0) + (uint32_t)strlen(cell) + 1;
    bool fine = true;

    out->fills = arena_make(lex->arena, struct fill, most);
    for (uint32_t i = 0; base && i < base->fill_count; i++)
        out->fills[out->fill_count++] = base->fills[i];
    for (char **p = parts; *p && fine; p++)
        if (**p)
            fine = (take_flag && take_flag(self, *p)) ||
                   parse_fill(lex, *p, out);
    g_strfreev(parts);
    return fine;
}
