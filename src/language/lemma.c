#include "language/lemma.h"

#include <string.h>

enum { KEY_MOST = 64 }; /* longer words are in no list */

static const char *find_known(const struct model *m, const struct token *t)
{
    char key[KEY_MOST];
    int len = g_snprintf(key, sizeof(key), "%s\t%s", t->lower, t->xpos);

    if (len >= KEY_MOST)
        return NULL;
    return g_hash_table_lookup(m->word_lemmas, key);
}

/* Bytes of `word` but for its last `cut` code points; all of it if it has
   no more than these. */
static size_t length_without(const char *word, uint32_t cut, bool *too_short)
{
    const char *end = word + strlen(word);

    *too_short = false;
    for (; cut; cut--) {
        if (end == word) {
            *too_short = true;
            return strlen(word);
        }
        end = g_utf8_prev_char(end);
    }
    return (size_t)(end - word);
}

/* First letter as written in capitals, the rest in lower case. */
static const char *capitalise(struct arena *a, const struct token *t)
{
    gunichar first = g_unichar_toupper(g_utf8_get_char(t->form));
    char letter[7] = {0};

    if (!*t->lower)
        return t->lower;
    g_unichar_to_utf8(first, letter);
    return arena_print(a, "%s%s", letter, g_utf8_next_char(t->lower));
}

const char *lemma_find(
    const struct model *m, struct arena *a, const struct token *t,
    uint32_t edit)
{
    const struct lemma_edit *e = &m->edits[edit];
    const char *word = find_known(m, t);
    bool too_short;
    size_t len;

    if (word)
        return word;
    word = e->letters == 'l'   ? t->lower
           : e->letters == 'k' ? t->form
                               : capitalise(a, t);
    len = length_without(word, e->cut, &too_short);
    if (too_short || (!e->cut && !*e->add))
        return word;
    if (!len && !*e->add)
        return word;
    return arena_print(a, "%.*s%s", (int)len, word, e->add);
}
