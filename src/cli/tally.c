#include "cli/brief.h"

#include <string.h>

struct tally {
    GHashTable *counts; /* word -> how often */
};

struct tally *tally_new(void)
{
    struct tally *t = g_new(struct tally, 1);

    t->counts = g_hash_table_new(g_str_hash, g_str_equal);
    return t;
}

void tally_free(struct tally *t)
{
    g_hash_table_unref(t->counts);
    g_free(t);
}

static guint count_of(const struct tally *t, const char *word)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(t->counts, word));
}

void tally_add(struct tally *t, const char *word)
{
    guint count = count_of(t, word) + 1;

    g_hash_table_insert(t->counts, (gpointer)word, GUINT_TO_POINTER(count));
}

static int by_count(const void *x, const void *y, void *self)
{
    const char *a = *(const char *const *)x, *b = *(const char *const *)y;
    guint n = count_of(self, a), m = count_of(self, b);

    return n != m ? (n < m ? 1 : -1) : strcmp(a, b);
}

const char *tally_words(const struct tally *t, struct arena *a, uint32_t most)
{
    guint count;
    void **words = g_hash_table_get_keys_as_array(t->counts, &count);
    const char *out = "";

    g_qsort_with_data(words, (int)count, sizeof(*words), by_count, (gpointer)t);
    for (guint i = 0; i < count && i < most; i++)
        out = arena_print(
            a, "%s%s%s %u", out, i ? ", " : "", (char *)words[i],
            count_of(t, words[i]));
    g_free(words);
    return count > most ? arena_print(a, "%s, ...", out) : out;
}
