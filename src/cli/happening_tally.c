/*
 * Tallies that claims tell ("the ninth member to flee this month") beside what
 * the case itself can name.
 */
#include "cli/happening.h"

#include <stdlib.h>
#include <string.h>

/* --- "the ninth member" --------------------------------------------------- */

/* The number that the table gives for an ordinal, or 0. */
static int64_t table_ordinal(const struct table *t, const char *word)
{
    enum { WORDS, KIND, VALUE };

    for (size_t i = 0; i < table_count(t); i++)
        if (!strcmp(table_cell(t, i, KIND), "ordinal") &&
            !g_ascii_strcasecmp(table_cell(t, i, WORDS), word))
            return g_ascii_strtoll(table_cell(t, i, VALUE), NULL, 10);
    return 0;
}

/* "9th" */
static int64_t figure_ordinal(const char *word)
{
    char *end;
    int64_t value = g_ascii_strtoll(word, &end, 10);
    bool is_ending = !strcmp(end, "st") || !strcmp(end, "nd") ||
                     !strcmp(end, "rd") || !strcmp(end, "th");

    return end > word && is_ending ? value : 0;
}

/* Of "the ninth member" 9; of what tells no place in a count 0. */
static int64_t find_ordinal(const struct table *t, const char *phrase)
{
    g_auto(GStrv) words = g_strsplit(phrase, " ", 4);
    int64_t value = 0;

    if (!words[0] || g_ascii_strcasecmp(words[0], "the"))
        return 0;
    if (words[1] && words[2])
        value = figure_ordinal(words[1]);
    if (!value && words[1] && words[2])
        value = table_ordinal(t, words[1]);
    return value > 1 ? value : 0;
}

/* --- whom the case names -------------------------------------------------- */

static bool days_exclude(const struct told *a, const struct told *b)
{
    return a->first && a->last && b->first && b->last &&
           (strcmp(a->last, b->first) < 0 || strcmp(b->last, a->first) < 0);
}

/* Is it the same act, by or to a named one, against the same other party? */
static bool is_counted(const struct told *tally, const struct told *t, int role)
{
    const char *other = tally->keys[1 - role];

    return t->keys[role] && !told_denies(t) &&
           t->claim->stance == tally->claim->stance &&
           !strcmp(t->act, tally->act) && !days_exclude(tally, t) &&
           (!other || !t->keys[1 - role] || !strcmp(other, t->keys[1 - role]));
}

static const char *name_all(
    struct arena *a, const struct digest *d, const struct told *tally, int role,
    uint32_t *count)
{
    enum { NAMES_TOLD = 12 };
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    const char *names = "";

    for (uint32_t i = 0; i < d->count; i++) {
        const struct told *t = &d->told[i];

        if (!is_counted(tally, t, role) ||
            !g_hash_table_add(seen, (gpointer)t->keys[role]))
            continue;
        if (g_hash_table_size(seen) <= NAMES_TOLD)
            names = arena_print(
                a, "%s%s%s [c%" G_GINT64_FORMAT "]", names,
                *names ? ", " : ": ", t->parties[role], t->id);
    }
    *count = g_hash_table_size(seen);
    g_hash_table_unref(seen);
    return *count > NAMES_TOLD ? arena_print(a, "%s, ...", names) : names;
}

static void print_tally(
    struct arena *a, const struct digest *d, const struct told *t, int role)
{
    uint32_t count;
    const char *names = name_all(a, d, t, role, &count);

    print_field(
        "tally",
        arena_print(
            a,
            "“%s” [c%" G_GINT64_FORMAT "], according to %s: a count; of this "
            "act%s%s the case itself names %u%s",
            t->parties[role], t->id, t->voice, t->first ? " in " : "",
            t->first ? period_words(a, t->first, t->last) : "", count, names));
}

void happening_tallies(
    struct arena *a, const struct digest *d, const struct happening *h)
{
    g_autofree char *folder = lexicon_folder();
    struct table *t =
        table_load(folder, "numbers.tsv", "words\tkind\tvalue\texample", NULL);

    for (uint32_t i = 0; t && i < h->count; i++)
        for (int role = 0; role < 2; role++) {
            const char *party = h->claims[i]->claim->parties[role];

            if (party && find_ordinal(t, party))
                print_tally(a, d, h->claims[i], role);
        }
    table_free(t);
}
