/*
 * clauses.h - where clauses hang that the network is often wrong about: after
 * "accused him of", "told the agency that" (lexicon/clause-verbs.tsv).
 */
#ifndef CLAUSES_H
#define CLAUSES_H

#include "language/language.h"
#include "language/word_map.h"

/* Raises and lowers the scores of arcs, [dependent][1 + head], so that such a
   clause goes to the verb.  `verbs` holds "verb preposition". */
void clauses_favour(
    const struct word_map *verbs, const struct sentence *s, float *arcs);
/* "that" before the subject of a clause that a verb governs introduces it: it
   is no object. */
void clauses_mark(struct sentence *s);
/* A clause with its own "and" that a verb governs beside another is the other's
   conjunct; so is "and that ..." which hangs on the verb itself. */
void clauses_join(struct sentence *s);
/* A finite root without a subject takes for it what was set beside a phrase
   that opens the sentence; of two that a dash parts the first is none. */
void clauses_find_subject(struct sentence *s);
/* "asked him to stop, to kneel, and to pray": the infinitives are conjuncts of
   the first. */
void clauses_list(struct sentence *s);

#endif
