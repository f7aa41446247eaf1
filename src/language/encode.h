/*
 * encode.h - what the network sees of a word: the rows of its features.
 * train/features.py does the same.
 */
#ifndef ENCODE_H
#define ENCODE_H

#include "language/model.h"

/* Sets rows[token][MODEL_SLOTS] of a sentence. */
void encode_sentence(
    const struct model *m, const struct sentence *s, uint32_t *rows);

/* Are most of the words in small letters, of at least four, unknown? */
bool encode_is_foreign(const struct sentence *s, const uint32_t *rows);

/* Sums the rows of `count` tokens: out[token][m->width]. */
void encode_sum(
    const struct model *m, const uint32_t *rows, uint32_t count, uint8_t *out);

#endif
