#include "language/listed.h"

#include <string.h>

enum {
    LONGEST = 4, /* words of a name */
    KINDS = (1 << LISTED_KINDS) - 1,
    BEGINS = 1 << LISTED_KINDS, /* in a value: longer names begin so */
    KEY_KIND = MODEL_SLOTS,     /* after those of the features */
};

/* Marks the words of longer names that begin at `from`, whose key so far is
   `key`. */
static void mark_longer(
    const struct model *m, const struct sentence *s, uint32_t from,
    uint32_t key, struct mark *marks)
{
    uint32_t end = MIN(s->token_count, from + LONGEST);

    for (uint32_t to = from + 1; to < end; to++) {
        const char *word = s->tokens[to].lower;
        uint32_t kinds;

        key = key_add(key, (struct str){" ", 1});
        key = key_add(key, (struct str){word, strlen(word)});
        kinds = key_lookup(&m->lists, key_end(key), 0) & KINDS;
        for (uint32_t t = from; kinds && t <= to; t++)
            marks[t].longer |= (uint8_t)kinds;
    }
}

void listed_mark(
    const struct model *m, const struct sentence *s, struct mark *marks)
{
    memset(marks, 0, s->token_count * sizeof(*marks));
    for (uint32_t t = 0; t < s->token_count; t++) {
        const char *word = s->tokens[t].lower;
        uint32_t key =
            key_add(key_begin(KEY_KIND), (struct str){word, strlen(word)});
        uint32_t found = key_lookup(&m->lists, key_end(key), 0);

        marks[t].alone = found & KINDS;
        if (found & BEGINS)
            mark_longer(m, s, t, key, marks);
    }
}
