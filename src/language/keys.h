/*
 * keys.h - the 32-bit keys of what training saw, and the tables that the
 * model file keeps of them.  train/features.py makes the same keys (FNV-1a of
 * the text, begun with the kind of feature).
 */
#ifndef KEYS_H
#define KEYS_H

#include "base/base.h"

/* Pairs of key and value; an empty place has key 0. */
struct key_table {
    uint32_t size; /* of pairs, a power of two */
    const uint32_t *pairs;
};

static inline uint32_t key_begin(uint32_t kind)
{
    return 2166136261u ^ (kind + 1) * 0x9E3779B1u;
}

static inline uint32_t key_add(uint32_t key, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        key = (key ^ (unsigned char)text.at[i]) * 16777619u;
    return key;
}

static inline uint32_t key_end(uint32_t key)
{
    key ^= key >> 15;
    return key ? key : 1;
}

static inline uint32_t
key_lookup(const struct key_table *t, uint32_t key, uint32_t otherwise)
{
    for (uint32_t at = key;; at++) {
        const uint32_t *pair = &t->pairs[2 * (at & (t->size - 1))];

        if (pair[0] == key)
            return pair[1];
        if (!pair[0])
            return otherwise;
    }
}

#endif
