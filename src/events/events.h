/*
 * events.h - which documents copy each other, which claims are about one
 * happening, and how many independent voices say so.
 *
 * Thin for now: copies are found by shingles of words (Broder 1997), events
 * by act, parties and time; a copy's voice counts with its original's.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include "identity/identity.h"

/*
 * Sketch of a document's word shingles: the smallest of their hashes, at least
 * SKETCH_LEAST and at least one in SKETCH_SHARE, so that a long text can be
 * asked whether it holds a short one.  Equal for equal wording.
 */
enum { SKETCH_LEAST = 128, SKETCH_SHARE = 8, SHINGLE_WORDS = 5 };
struct sketch {
    uint32_t *hashes; /* ascending: all of the text's that are < limit */
    uint32_t count;
    uint32_t limit;   /* UINT32_MAX: no shingle is left out */
};
void sketch_make(struct arena *a, struct sketch *out, const struct text *t);
/* As bytes that are the same on each machine, and back; false if those bytes
   are no sketch.  Sketches that older cases hold are understood. */
struct str sketch_print(struct arena *a, const struct sketch *s);
bool sketch_parse(struct arena *a, struct str bytes, struct sketch *out);
/* Estimated share of common shingles, 0..1 (Jaccard). */
double sketch_likeness(const struct sketch *a, const struct sketch *b);

/*
 * Which documents of a case copy each other: sets copy_of[i] to the first
 * document (lowest index) of i's group of copies, which is i itself where it
 * copies none before it.  An excerpt is a copy: about half of the smaller
 * document has to stand in the larger.  Documents in no wording alike are
 * never grouped; an empty sketch is nobody's copy.  Time and memory grow with
 * the sketches only.
 */
void sketch_group(const struct sketch *all, uint32_t count, uint32_t *copy_of);

/* What events_group needs to know of a claim. */
struct event_claim {
    uint32_t act;
    const char *actor, *target; /* entity keys, or NULL */
    const char *first, *last;   /* days or NULL */
    const char *voice;          /* who says so: the key of the root source, or
                                   of the publisher, or of the document */
    bool voice_is_source;       /* `voice` is a source that the text names or
                                   describes, not the document or publisher */
    uint32_t copy_of;           /* group of copies that its document is in, as
                                   sketch_group numbers them */
    uint32_t event;             /* out: number of its event, from 0 */
};
struct event {
    uint32_t claims;  /* how many claims */
    uint32_t support; /* how many independent voices: a voice counts once, and
                         the documents of a group of copies speak with one */
};
/*
 * Sets `event` of each claim; returns the events (length in *count), in `a`.
 * Claims join if acts are equal, neither party contradicts, one party at
 * least is known and shared, and their times can be the same.
 */
struct event *events_group(
    struct arena *a, struct event_claim *claims, uint32_t claim_count,
    uint32_t *count);

#endif
