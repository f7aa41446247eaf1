/*
 * Where accounts differ: claims of one act and alike parties that deny each
 * other, or tell other figures or other days.
 */
#include "cli/brief.h"
#include "cli/cli.h"

#include <string.h>

/* --- two claims ----------------------------------------------------------- */

static bool is_denial(const struct told *t)
{
    return t->negative || t->modality == MODALITY_DENIED;
}

/* What is only planned, demanded, ... contradicts nothing. */
static bool is_plain(const struct told *t)
{
    return t->modality == MODALITY_ASSERTED || t->modality == MODALITY_DENIED;
}

/* Do both tell how one known person died? Nobody dies twice. */
static bool are_one_death(const struct told *a, const struct told *b)
{
    int role = strcmp(a->act, "life.die") ? 1 : 0;

    return g_str_has_prefix(a->act, "life.") &&
           strcmp(a->act, "life.condemn") != 0 && a->keys[role] &&
           !g_strcmp0(a->keys[role], b->keys[role]);
}

/* Otherwise different days of one month are taken for one event. */
static bool days_differ(const struct told *a, const struct told *b)
{
    size_t month = strlen("2012-02");

    if (!a->first || !b->first || !a->last || !b->last ||
        (strcmp(a->last, b->first) >= 0 && strcmp(b->last, a->first) >= 0))
        return false;
    return are_one_death(a, b) || (!strncmp(a->first, b->first, month) &&
                                   !strncmp(a->last, b->last, month));
}

/* Words of a phrase that can stand for it: what is shorter says little. */
enum { WORD_LEAST = 4, WORDS_SHARED = 2 };

static uint32_t count_shared(const struct told *a, const struct told *b, int i)
{
    uint32_t shared = 0;

    for (char **word = a->words[i]; word && *word; word++)
        shared += b->words[i] &&
                  g_strv_contains((const char *const *)b->words[i], *word);
    return shared;
}

/* 1: the same, 0: perhaps, -1: another. */
static int compare_party(const struct told *a, const struct told *b, int i)
{
    if (a->keys[i] && b->keys[i])
        return strcmp(a->keys[i], b->keys[i]) ? -1 : 1;
    if (a->keys[i] || b->keys[i] || !a->parties[i] || !b->parties[i])
        return 0;
    return count_shared(a, b, i) >= WORDS_SHARED ? 1 : 0;
}

/* Is one the denial of the other?  Whoever denies may use other words; that
   something "did not happen" contradicts only what is told of the same. */
static bool do_deny(const struct told *a, const struct told *b)
{
    if (is_denial(a) == is_denial(b))
        return false;
    for (int i = 0; i < 2; i++)
        if ((a->parties[i] || b->parties[i]) && compare_party(a, b, i) < 1 &&
            a->modality != MODALITY_DENIED && b->modality != MODALITY_DENIED)
            return false;
    return true;
}

static const char *difference(const struct told *a, const struct told *b)
{
    if (do_deny(a, b))
        return "one says so, one denies it";
    if (a->has_value && b->has_value && a->value != b->value &&
        !g_strcmp0(a->unit, b->unit))
        return "the figures differ";
    return days_differ(a, b) ? "the days differ" : NULL;
}

static bool are_alike(const struct told *a, const struct told *b)
{
    int actor = compare_party(a, b, 0), target = compare_party(a, b, 1);

    return actor >= 0 && target >= 0 && actor + target > 0;
}

/* May they speak independently? One voice can contradict itself, but not in
   the copies of one text. */
static bool are_apart(const struct told *a, const struct told *b)
{
    return a->copies != b->copies || strcmp(a->voice, b->voice) != 0;
}

/* --- all of them ---------------------------------------------------------- */

/* A case of many claims must not cost their square: only the first of each act
   and party are held against later ones. */
enum { COMPARED_MOST = 32 };

struct search {
    const struct brief *brief;
    GHashTable *alike; /* act, role and party or word -> claims */
    GHashTable *told;  /* what was printed, so that it is once */
    uint32_t shown;
};

static void print_difference(
    struct search *s, const struct told *x, const struct told *y,
    const char *what)
{
    const struct told *both[] = {x, y};
    struct arena *a = s->brief->arena;

    if (!s->shown++)
        brief_title("Where accounts differ");
    brief_line(2, arena_print(a, "%s: %s", x->label, what));
    for (int i = 0; i < 2; i++)
        brief_line(
            6, arena_print(
                   a, "%s: %s%s%s  [c%" G_GINT64_FORMAT "]",
                   told_voice(a, both[i]), told_words(a, both[i]),
                   both[i]->count ? ": " : "",
                   both[i]->count ? both[i]->count : "", both[i]->id));
}

static GPtrArray *
find_bucket(struct search *s, const struct told *t, int role, const char *party)
{
    char *key = g_strdup_printf("%s %d %s", t->act, role, party);
    GPtrArray *bucket = g_hash_table_lookup(s->alike, key);

    if (bucket) {
        g_free(key);
        return bucket;
    }
    bucket = g_ptr_array_new();
    g_hash_table_insert(s->alike, key, bucket);
    return bucket;
}

static bool try_pair(
    struct search *s, const struct told *x, const struct told *y,
    const char *party)
{
    const char *what;

    if (x == y || !is_plain(x) || !is_plain(y) || !are_apart(x, y) ||
        !are_alike(x, y))
        return false;
    what = difference(x, y);
    if (!what ||
        !g_hash_table_add(s->told, g_strjoin("\t", x->act, party, what, NULL)))
        return false;
    print_difference(s, x, y, what);
    return true;
}

/* Holds a claim against earlier ones with that party; true if it differs. */
static bool
hold(struct search *s, const struct told *t, int role, const char *party)
{
    GPtrArray *bucket = find_bucket(s, t, role, party);
    bool found = false;

    for (guint i = 0; i < bucket->len && !found; i++)
        found = try_pair(s, g_ptr_array_index(bucket, i), t, party);
    if (bucket->len < COMPARED_MOST)
        g_ptr_array_add(bucket, (gpointer)t);
    return found;
}

static void hold_claim(struct search *s, const struct told *t)
{
    for (int role = 0; role < 2; role++) {
        char **word = t->words[role];
        bool found = t->keys[role] && hold(s, t, role, t->keys[role]);

        for (; !found && !t->keys[role] && word && *word; word++)
            found = hold(s, t, role, *word);
        if (found)
            return;
    }
}

void brief_differences(const struct brief *b)
{
    struct search s = {
        .brief = b,
        .alike = g_hash_table_new_full(
            g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref),
        .told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };

    for (uint32_t i = 0; i < b->digest->count && s.shown < b->most; i++)
        if (!g_str_has_prefix(b->digest->told[i].act, "other."))
            hold_claim(&s, &b->digest->told[i]);
    g_hash_table_unref(s.alike);
    g_hash_table_unref(s.told);
}
