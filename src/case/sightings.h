/*
 * sightings.h - loading who is named in each document: sightings.c goes through
 * documents, names and mentions, sighted_places.c looks at their places.
 */
#ifndef SIGHTINGS_H
#define SIGHTINGS_H

#include "case/roster.h"

struct loading {
    struct kase *k;
    struct roster *r;
    const struct identity_words *words;
    const struct gazetteer *g;              /* or NULL */
    struct arena *a;                        /* of one document */
    GHashTable *spellings;                  /* entity -> 1 + spelling */
    GArray *all_spellings, *entities;       /* side by side */
    GArray *sightings, *referents;          /* side by side */
    GArray *mentions;                       /* by sighting: int64_t */
    GArray *documents, *names, *publishers; /* side by side */
    GArray *places;                         /* of struct sighted_place */
    uint32_t first_place;                   /* of the document */
    GError **error;
};

/* The name of a place that was mentioned last. */
struct last_place {
    uint32_t sighting, to;
};

/* Lists the places among the sightings from `first` on, still to be found. */
void places_list(struct loading *w, uint32_t first);
/* Learns from what stands between two places. */
void place_see(
    struct loading *w, const struct page *p, struct last_place *last,
    uint32_t at, struct span s);
/* Finds where those of the document are. */
void places_settle(struct loading *w, struct str text);

#endif
