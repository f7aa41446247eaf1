/* Words that set two names apart however much else they share. */
#include "identity/crowd.h"

#include <string.h>

enum { MEANINGS_MOST = 16 };

struct meanings {
    char *at[MEANINGS_MOST];
    uint32_t count;
};

/* What the word means that sets names apart, or NULL: a number is itself. */
static char *meaning_of(const struct identity_words *w, const char *word)
{
    const char *known = g_hash_table_lookup(w->opposites, word);
    size_t digits = strspn(word, "0123456789");

    if (known)
        return g_strdup(known);
    return digits ? g_strndup(word, digits) : NULL;
}

static struct meanings
find_meanings(const struct identity_words *w, const char *name)
{
    char *low = g_utf8_strdown(name, -1);
    char **words = g_strsplit_set(low, " -,./()\n\t", -1);
    struct meanings m = {.count = 0};

    for (char **at = words; *at && m.count < MEANINGS_MOST; at++) {
        m.at[m.count] = meaning_of(w, *at);
        m.count += m.at[m.count] != NULL;
    }
    g_strfreev(words);
    g_free(low);
    return m;
}

static bool has_meaning(const struct meanings *m, const char *meaning)
{
    for (uint32_t i = 0; i < m->count; i++)
        if (!strcmp(m->at[i], meaning))
            return true;
    return false;
}

static bool lacks_some(const struct meanings *x, const struct meanings *y)
{
    for (uint32_t i = 0; i < x->count; i++)
        if (!has_meaning(y, x->at[i]))
            return true;
    return false;
}

bool names_oppose(
    const struct identity_words *w, const char *one, const char *other)
{
    struct meanings x = find_meanings(w, one), y = find_meanings(w, other);
    bool oppose = lacks_some(&x, &y) || lacks_some(&y, &x);

    for (uint32_t i = 0; i < x.count; i++)
        g_free(x.at[i]);
    for (uint32_t i = 0; i < y.count; i++)
        g_free(y.at[i]);
    return oppose;
}
