/*
 * crowd.h - who is who across documents; the parts, in the order of their work:
 *
 *   skeleton.c  "Yusuf", "Youssef"    -> one number: which consonants
 *   crowd.c     sightings             -> name forms, and who bears which
 *   blocks.c    names                 -> pairs of names worth comparing
 *   context.c   two sightings         -> what their documents have in common
 *   opposites.c two names             -> words that tell them apart
 *   compare.c   all that              -> a score, with remarks
 *   atoms.c     sightings of one name -> bonds among them, and atoms
 *   bonds.c     pairs of names        -> bonds between their atoms
 *   unite.c     bonds and rulings     -> who is one
 */
#ifndef CROWD_H
#define CROWD_H

#include "identity/likeness.h"

enum trait {
    TRAIT_SINGLE = 1,   /* one word that counts */
    TRAIT_INITIALS = 2, /* nothing but single letters */
    TRAIT_COMMON = 4,   /* of a group: every country may have one */
};

/* Indices in groups: those of group g stand at from[g] .. from[g + 1]. */
struct index {
    uint32_t *from, *at;
};

/* Sightings of one name that are taken for one before names are compared. */
struct atom {
    uint32_t spelling;
    uint32_t from, count; /* in crowd.members, ascending */
};

/* Two names that seem alike. */
struct pair {
    uint32_t one, other; /* spellings, the lower first */
    float likeness;
};

struct crowd {
    const struct likeness *l;
    struct arena *a;
    const struct sightings *s;
    const struct name_form **forms; /* by spelling */
    float *rarity;                  /* of its words, by spelling */
    uint8_t *traits;                /* by spelling */
    uint8_t *fuller;                /* by spelling of one word: how many names
                                       hold it beside others; up to 255 */
    float *telling;                 /* by spelling: how rare among documents */
    struct index bearers;           /* spelling -> sightings */
    struct index contexts;          /* document -> spellings, ascending */
    struct index ties;              /* sighting -> spellings, ascending */
    struct index atoms_of;          /* spelling -> atoms */
    struct atom *atoms;
    uint32_t atom_count;
    uint32_t *members;
    uint32_t *atom_of; /* by sighting */
    GArray *bonds;     /* of struct bond */
};

/* Which consonants a word has; 0 if it is nothing to tell by. */
uint32_t word_skeleton(const struct name_form *f, uint32_t word);

/* Groups values by their groups; keeps their order. */
struct index index_make(
    struct arena *a, uint32_t groups, const uint32_t *group_of,
    const uint32_t *values, uint32_t count);

struct crowd *crowd_make(
    const struct likeness *l, struct arena *a, const struct sightings *s);

/* Pairs of different names, each once, sorted; struct pair without likeness. */
GArray *pairs_find(const struct crowd *c);

/* Some sightings of one name. */
struct bearers {
    uint32_t spelling, count;
    const uint32_t *at;
};
static inline struct bearers bearers_of(const struct crowd *c, uint32_t atom)
{
    const struct atom *x = &c->atoms[atom];

    return (struct bearers){x->spelling, x->count, c->members + x->from};
}

/* What two have in common: rarities added up; and which names those are. */
enum { GROUND_NAMED = 4 };
struct ground {
    double sum;       /* of all names that the documents of both hold */
    double tied;      /* of those that claims tie to both */
    bool is_told;     /* there are names enough to expect something */
    bool is_together; /* one document tells of both */
    uint32_t named;
    uint32_t names[GROUND_NAMED]; /* the rarest, spellings */
};
struct ground
ground_find(const struct crowd *c, struct bearers x, struct bearers y);

/* Does a word of name-opposites.tsv, or a number, stand in one of the names
   and not in the other: "North Tarn" and "South Tarn", or "Tarn"? */
bool names_oppose(
    const struct identity_words *w, const char *one, const char *other);

/* `likeness` is that of the names; `a` for words, or NULL for none. */
void bearers_compare(
    const struct crowd *c, struct bearers x, struct bearers y, double likeness,
    struct arena *a, struct comparison *out);
/* Is one made of the first letters of the other's words? */
bool spellings_shorten(const struct crowd *c, uint32_t x, uint32_t y);
double spellings_likeness(const struct crowd *c, uint32_t x, uint32_t y);

enum { SCORE_LEAST = 500, SCORE_SAME = 900 }; /* thousandths */
bool comparison_joins(const struct comparison *x);
/* Adds a bond if the score is worth one. */
void bond_add(
    struct crowd *c, uint32_t one, uint32_t other, const struct comparison *x);

void atoms_make(struct crowd *c);
void bonds_find(struct crowd *c);
void bonds_unite(
    struct crowd *c, const struct ruling *rulings, uint32_t count,
    struct joined *out);

#endif
