#include "language/lemma.h"

#include <string.h>

/* The rest of `row` after `word` and a tab, or NULL if it begins otherwise. */
static const char *after_cell(const char *row, struct str word)
{
    if (strncmp(row, word.at, word.len) != 0 || row[word.len] != '\t')
        return NULL;
    return row + word.len + 1;
}

static const char *find_known(const struct model *m, const struct token *t)
{
    enum { KEY_KIND = MODEL_SLOTS + 1 }; /* after that of lists */
    struct str form = {t->lower, strlen(t->lower)};
    struct str tag = {t->xpos, strlen(t->xpos)};
    uint32_t key = key_add(key_begin(KEY_KIND), form);
    const char *row = m->word_lemmas;

    key = key_add(key_add(key, (struct str){"\t", 1}), tag);
    row += key_lookup(&m->lemma_keys, key_end(key), 0);
    row = after_cell(row, form);
    return row ? after_cell(row, tag) : NULL;
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
