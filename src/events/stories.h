/* stories.h - the claims of one document, and the words that make it out. */
#ifndef STORIES_H
#define STORIES_H

#include "events/facts.h"

/* Sets the stories of facts whose words are known, and weighs all words by in
   how many stories they are. */
void stories_find(struct facts_set *s, const struct event_claim *claims);

/* Rare words that both stories share, by how many: 0 to 1. */
float stories_likeness(const struct facts_set *s, uint32_t x, uint32_t y);

#endif
