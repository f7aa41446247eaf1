#include "language/word_map.h"

#include <string.h>

struct slot {
    char *word;
    uint32_t len, hash, value; /* value 0: the slot is free */
};

/* Open addressing; at most half full, so that a miss is one look. */
struct word_map {
    struct slot *slots;
    uint32_t size, count, longest;
};

enum { SIZE_LEAST = 64 };

struct word_map *word_map_new(void)
{
    struct word_map *m = g_new0(struct word_map, 1);

    m->size = SIZE_LEAST;
    m->slots = g_new0(struct slot, m->size);
    return m;
}

void word_map_free(struct word_map *m)
{
    if (!m)
        return;
    for (uint32_t i = 0; i < m->size; i++)
        g_free(m->slots[i].word);
    g_free(m->slots);
    g_free(m);
}

static struct slot *
find_slot(const struct word_map *m, struct str word, uint32_t hash)
{
    uint32_t at = hash & (m->size - 1);

    while (m->slots[at].value) {
        struct slot *s = &m->slots[at];

        if (s->hash == hash && s->len == word.len &&
            memcmp(s->word, word.at, word.len) == 0)
            break;
        at = (at + 1) & (m->size - 1);
    }
    return &m->slots[at];
}

static void double_size(struct word_map *m)
{
    struct slot *old = m->slots;
    uint32_t count = m->size;

    m->size *= 2;
    m->slots = g_new0(struct slot, m->size);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].value)
            *find_slot(m, (struct str){old[i].word, old[i].len}, old[i].hash) =
                old[i];
    g_free(old);
}

bool word_map_add(struct word_map *m, const char *word, uint32_t value)
{
    struct str str = {word, strlen(word)};
    struct slot *s = find_slot(m, str, word_hash(str));

    if (s->value)
        return false;
    *s =
        (struct slot){g_strdup(word), (uint32_t)str.len, word_hash(str), value};
    m->longest = MAX(m->longest, s->len);
    if (++m->count * 2 > m->size)
        double_size(m);
    return true;
}

uint32_t
word_map_lookup_hash(const struct word_map *m, struct str word, uint32_t hash)
{
    return find_slot(m, word, hash)->value;
}

uint32_t word_map_lookup(const struct word_map *m, struct str word)
{
    if (word.len > m->longest)
        return WORD_MAP_NONE;
    return find_slot(m, word, word_hash(word))->value;
}
