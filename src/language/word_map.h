/*
 * word_map.h - words of a lexicon table, looked up by their bytes: the value
 * is a small number that the table's loader gives them.
 */
#ifndef WORD_MAP_H
#define WORD_MAP_H

#include "base/base.h"

struct word_map;

enum { WORD_MAP_NONE = 0 };

struct word_map *word_map_new(void);
void word_map_free(struct word_map *m); /* accepts NULL */
/* `value` is not WORD_MAP_NONE; the word is copied.  False if it is there. */
bool word_map_add(struct word_map *m, const char *word, uint32_t value);
/* The word's value, or WORD_MAP_NONE. */
uint32_t word_map_lookup(const struct word_map *m, struct str word);
uint32_t
word_map_lookup_hash(const struct word_map *m, struct str word, uint32_t hash);

static inline uint32_t word_hash(struct str word)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (unsigned char)word.at[i]) * 16777619u;
    return hash ^ hash >> 15;
}

#endif
