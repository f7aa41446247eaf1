/*
 * story.h - a world in which things happen, and the documents that tell of
 * them: text and what was read from it, made by hand.
 *
 * Nothing is kept: what happens and what a document says follow from their
 * numbers, so that a case of any size is written in the memory of one document.
 * People are born into places and groups of their own, a few are spoken of
 * most, accounts of one happening stand in documents of its time, and what
 * one document knows of it another leaves out, has otherwise or denies.
 */
#ifndef STORY_H
#define STORY_H

#include "case/case.h"

enum { DEEDS_MOST = 32 };

struct world {
    uint64_t seed;
    uint32_t documents, claims; /* wanted; claims come out nearly so many */
    uint32_t happenings, people, groups, places, papers;
    const struct lexicon *lexicon;
    const struct identity_words *words;
    const char *const *towns;  /* on earth, for one place in three */
    uint32_t town_count;       /* may be 0 */
    uint32_t acts[DEEDS_MOST]; /* of the deeds: rows of the lexicon's */
};

/* The sizes that go with so many documents and claims, and the acts. */
void world_make(struct world *w, uint32_t documents, uint32_t claims);

/* What was read from a document, counted from 0; everything lives in `a`. */
struct reading
story_make(const struct world *w, struct arena *a, uint32_t document);

#endif
