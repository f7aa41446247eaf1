/* Loading the tables of identity. */
#include "identity/words.h"

#include <string.h>

static bool find_word(
    const struct table *t, size_t row, size_t column, const char *const *words,
    int *out, GError **error)
{
    const char *cell = table_cell(t, row, column);

    *out = 0;
    for (int i = 0; words[i]; i++)
        if (!strcmp(words[i], cell)) {
            *out = i;
            return true;
        }
    return table_complain(t, row, error, "unknown word \"%s\"", cell);
}

static bool add_row(
    const struct table *t, size_t row, GHashTable *to, struct arena *a,
    const char *word, void *value, GError **error)
{
    if (!*word)
        return table_complain(t, row, error, "the word is missing");
    if (!g_hash_table_insert(to, arena_copy(a, word, strlen(word)), value))
        return table_complain(t, row, error, "\"%s\" stands twice", word);
    return true;
}

static const char *const gender_words[] = {"", "male", "female", NULL};

static bool read_title(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    struct noun *title = arena_make(w->arena, struct noun, 1);
    int gender;

    if (!find_word(t, row, 1, gender_words, &gender, error))
        return false;
    title->gender = (enum gender)gender;
    return add_row(
        t, row, w->titles, w->arena, table_cell(t, row, 0), title, error);
}

static bool read_noun(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    static const char *const kinds[] = {"person", "group",   "place",
                                        "part",   "carrier", NULL};
    static const char *const matches[] = {
        "any", "named", "called", "site", NULL};
    struct noun *noun = arena_make(w->arena, struct noun, 1);
    int kind, match = MATCH_CALLED, gender;

    if (!strcmp(table_cell(t, row, 1), "blocker"))
        return add_row(
            t, row, w->blockers, w->arena, table_cell(t, row, 0), noun, error);
    if (!strcmp(table_cell(t, row, 1), "teller"))
        return add_row(
            t, row, w->tellers, w->arena, table_cell(t, row, 0), noun, error);
    if (!find_word(t, row, 1, kinds, &kind, error) ||
        (*table_cell(t, row, 2) &&
         !find_word(t, row, 2, matches, &match, error)) ||
        !find_word(t, row, 3, gender_words, &gender, error))
        return false;
    noun->kind = (enum noun_kind)kind;
    noun->match = (enum noun_match)match;
    noun->gender = (enum gender)gender;
    return add_row(
        t, row, w->nouns, w->arena, table_cell(t, row, 0), noun, error);
}

static bool read_pronoun(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    static const char *const persons[] = {
        "relative", "first", "second", "third", NULL};
    static const char *const numbers[] = {"", "singular", "plural", NULL};
    static const char *const genders[] = {"", "male", "female", "neuter", NULL};
    static const char *const uses[] = {"", "reflexive", NULL};
    struct pronoun *pronoun = arena_make(w->arena, struct pronoun, 1);
    int person, number, gender, use;

    if (!find_word(t, row, 1, persons, &person, error) ||
        !find_word(t, row, 2, numbers, &number, error) ||
        !find_word(t, row, 3, genders, &gender, error) ||
        !find_word(t, row, 4, uses, &use, error))
        return false;
    pronoun->person = (uint8_t)person;
    pronoun->plural = number == 2;
    pronoun->neuter = gender == 3;
    pronoun->reflexive = use == 1;
    pronoun->gender = gender == 3 ? GENDER_OPEN : (enum gender)gender;
    return add_row(
        t, row, w->pronouns, w->arena, table_cell(t, row, 0), pronoun, error);
}

static bool read_part(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    static const char *const kinds[] = {
        "", "article", "particle", "inner", "small", "spelling", NULL};
    struct name_part *part = arena_make(w->arena, struct name_part, 1);
    const char *folded = table_cell(t, row, 2);
    int kind;

    if (!find_word(t, row, 1, kinds, &kind, error))
        return false;
    if ((kind == PART_SPELLING) != (*folded != '\0'))
        return table_complain(
            t, row, error, "a spelling, and only it, needs a folded form");
    part->kind = (enum part_kind)kind;
    part->folded = arena_copy(w->arena, folded, strlen(folded));
    return add_row(
        t, row, w->parts, w->arena, table_cell(t, row, 0), part, error);
}

static bool read_opposite(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    const char *means = table_cell(t, row, 1);

    if (!*means)
        return table_complain(t, row, error, "means nothing");
    return add_row(
        t, row, w->opposites, w->arena, table_cell(t, row, 0),
        arena_copy(w->arena, means, strlen(means)), error);
}

static bool read_body(
    struct identity_words *w, const struct table *t, size_t row, GError **error)
{
    return add_row(
        t, row, w->bodies, w->arena, table_cell(t, row, 0), w, error);
}

static bool read_table(
    struct identity_words *w, const char *dir, const char *file,
    const char *columns,
    bool (*read_row)(
        struct identity_words *, const struct table *, size_t, GError **),
    GError **error)
{
    struct table *t = table_load(dir, file, columns, error);
    bool good = t != NULL;

    for (size_t row = 0; good && row < table_count(t); row++)
        good = read_row(w, t, row, error);
    table_free(t);
    return good;
}

struct identity_words *identity_load(const char *lexicon_dir, GError **error)
{
    struct identity_words *w = g_new0(struct identity_words, 1);

    w->arena = arena_new();
    w->titles = g_hash_table_new(g_str_hash, g_str_equal);
    w->nouns = g_hash_table_new(g_str_hash, g_str_equal);
    w->pronouns = g_hash_table_new(g_str_hash, g_str_equal);
    w->parts = g_hash_table_new(g_str_hash, g_str_equal);
    w->blockers = g_hash_table_new(g_str_hash, g_str_equal);
    w->tellers = g_hash_table_new(g_str_hash, g_str_equal);
    w->opposites = g_hash_table_new(g_str_hash, g_str_equal);
    w->bodies = g_hash_table_new(g_str_hash, g_str_equal);
    w->scripts = scripts_new();
    if (read_table(
            w, lexicon_dir, "titles.tsv", "title\tgender\texample", read_title,
            error) &&
        read_table(
            w, lexicon_dir, "descriptions.tsv",
            "noun\tkind\tmatch\tgender\texample", read_noun, error) &&
        read_table(
            w, lexicon_dir, "pronouns.tsv",
            "pronoun\tperson\tnumber\tgender\tuse", read_pronoun, error) &&
        read_table(
            w, lexicon_dir, "name-words.tsv", "word\tkind\tfolded\texample",
            read_part, error) &&
        read_table(
            w, lexicon_dir, "name-opposites.tsv", "word\tmeans\texample",
            read_opposite, error) &&
        read_table(
            w, lexicon_dir, "common-bodies.tsv", "word\texample", read_body,
            error))
        return w;
    identity_free(w);
    return NULL;
}

void identity_free(struct identity_words *w)
{
    if (!w)
        return;
    g_hash_table_unref(w->titles);
    g_hash_table_unref(w->nouns);
    g_hash_table_unref(w->pronouns);
    g_hash_table_unref(w->parts);
    g_hash_table_unref(w->blockers);
    g_hash_table_unref(w->tellers);
    g_hash_table_unref(w->opposites);
    g_hash_table_unref(w->bodies);
    scripts_free(w->scripts);
    arena_free(w->arena);
    g_free(w);
}

const struct noun *title_lookup(const struct identity_words *w, const char *at)
{
    return g_hash_table_lookup(w->titles, at);
}

const struct noun *
noun_lookup(const struct identity_words *w, const struct token *token)
{
    const struct noun *noun = g_hash_table_lookup(w->nouns, token->lemma);

    return noun ? noun : g_hash_table_lookup(w->nouns, token->lower);
}

const struct pronoun *
pronoun_lookup(const struct identity_words *w, const char *lower)
{
    return g_hash_table_lookup(w->pronouns, lower);
}

struct name_part part_lookup(const struct identity_words *w, const char *word)
{
    const struct name_part *part = g_hash_table_lookup(w->parts, word);

    return part ? *part : (struct name_part){PART_NONE, NULL};
}
