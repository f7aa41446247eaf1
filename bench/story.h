/*
 * story.h - documents that tell of a world: text and what was read from it,
 * made by hand.
 *
 * A document, too, follows from its number, so that a case of any size is
 * written in the memory of one.  Accounts of one happening stand in documents
 * of its time, and what one knows of it another leaves out, has otherwise or
 * denies.
 */
#ifndef STORY_H
#define STORY_H

#include "world.h"

/* What was read from a document, counted from 0; everything lives in `a`. */
struct reading
story_make(const struct world *w, struct arena *a, uint32_t document);

#endif
