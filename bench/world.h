/*
 * world.h - a world in which things happen, none of which ever did.
 *
 * Nothing is kept of it: what happens follows from its number.  People are
 * born into places and groups of their own, and a few are spoken of most.
 */
#ifndef WORLD_H
#define WORLD_H

#include "invented.h"

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
/* When a document is published; days as in day_print. */
uint32_t world_day(const struct world *w, uint32_t document);

/* Someone by number; papers are groups from PAPER on. */
struct party {
    enum name_kind kind;
    uint32_t number;
    bool is_known;
};
enum { PAPER = 1 << 30 };

/* Drawn, those of a low number more often. */
struct party person_draw(const struct world *w, struct dice *d);
struct party group_draw(const struct world *w, struct dice *d);
struct party paper_draw(const struct world *w, struct dice *d);

struct deed {
    const char *act;
    uint32_t weight;
    enum { TO_PEOPLE, TO_GROUPS, TO_THINGS } whom;
    const char *past, *participle, *base, *crowd; /* no crowd of groups */
};

struct happening {
    const struct deed *deed;
    uint32_t act;               /* the lexicon's row of the deed's */
    struct party actor, target; /* no target: a crowd */
    uint32_t place, crowd, day;
};

/* Something of late, or what all the papers write about. */
struct happening
happening_near(const struct world *w, struct dice *d, uint32_t day);

GDate day_date(uint32_t day);
const char *day_print(struct arena *a, uint32_t day); /* ISO 8601 */

#endif
