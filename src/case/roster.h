/*
 * roster.h - the parts of who is who, in the order of their work: sightings.c
 * loads who is named in which document, ties.c which claims tie them and when,
 * rulings.c what reviewers hold; identity joins; roster.c makes parties of the
 * groups and counts.
 */
#ifndef ROSTER_H
#define ROSTER_H

#include "case/store.h"

/* Fills the roster but for what is joined.  `at` are its sightings and
   `mentions` how often each is named, both to be changed still. */
MUST_CHECK bool sightings_load(
    struct kase *k, struct roster *r, const struct identity_words *words,
    const struct gazetteer *g, struct sighting **at, int64_t **mentions,
    GError **error);
/* The years told of the sightings, and who stands in claims with whom. */
MUST_CHECK bool years_load(
    struct kase *k, struct roster *r, struct sighting *at, GError **error);
MUST_CHECK bool ties_load(struct kase *k, struct roster *r, GError **error);
MUST_CHECK bool rulings_load(struct kase *k, struct roster *r, GError **error);

enum name_kind kind_of_word(const char *word); /* of the table entity */

#endif
