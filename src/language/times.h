/*
 * times.h - when, and how many: finds time expressions and numbers in
 * tokens and works out what they stand for.
 *
 * The words are tables (lexicon/times.tsv, lexicon/numbers.tsv).  Tags and
 * lemmas are used where the tokens have them; without them tense is read
 * from the words alone ("will", "going to").
 */
#ifndef TIMES_H
#define TIMES_H

#include "language/language.h"

struct time_words;

MUST_CHECK struct time_words *
time_words_load(const char *lexicon_dir, GError **error);
void time_words_free(struct time_words *w); /* accepts NULL */

/*
 * Fills `times` and `numbers` of every sentence of `t`, in `a`.  `date` is
 * the document's day (ISO 8601) or NULL; what is relative to it then stays
 * unresolved.
 */
void times_find(
    const struct time_words *w, struct arena *a, struct text *t,
    const char *date);

#endif
