/* pattern.h - reads the notation of the tables' cells (see pattern.c). */
#ifndef CLAIMS_PATTERN_H
#define CLAIMS_PATTERN_H

#include "claims/lexicon.h"

struct word *word_intern(struct lexicon *lex, const char *text);
uint16_t slot_intern(struct lexicon *lex, const char *name);
bool class_find(const char *text, uint32_t *out);

/* "take into:custody": sets the head word and the needs of `out`. */
bool pattern_parse_needs(
    struct lexicon *lex, const char *cell, struct pattern *out,
    struct word **head);

/* Takes a cell's word that is no fill ("swallow"); false: not known. */
typedef bool (*pattern_flag)(void *self, const char *word);

/* "obj=target from=origin" on top of the fills of `base` (or NULL). */
bool pattern_parse_fills(
    struct lexicon *lex, const char *cell, const struct pattern *base,
    struct pattern *out, pattern_flag take_flag, void *self);

#endif
