/* facts.h - what the tables say of a word in a name. */
#ifndef FACTS_H
#define FACTS_H

#include "identity/likeness.h"

uint64_t sounds_hash(const uint8_t *sounds, size_t count);
const struct fact *
fact_lookup(const struct facts *f, const uint8_t *sounds, size_t count);

/* Of titles.tsv and name-words.tsv in `words`, of name-variants.tsv, and of
   the weights in models/name-weights.tsv. */
MUST_CHECK bool facts_load(
    struct facts *f, struct arena *a, const struct letters *letters,
    const struct identity_words *words, const char *lexicon_dir,
    const char *models_dir, GError **error);

#endif
