/* happening.h - an event in words. */
#ifndef HAPPENING_H
#define HAPPENING_H

#include "cli/cli.h"

/* The digest of a case, with the tables that it takes; in `a`. */
MUST_CHECK bool digest_open(
    struct kase *k, struct arena *a, struct digest *out, GError **error);

/* "single source", "denied; figures differ": what to know before using it. */
const char *happening_note(struct arena *a, const struct happening *h);
/* Days in full: "2012-02-20..2012-02-21", or NULL. */
const char *days_words(struct arena *a, const char *first, const char *last);
/* One line of JSON: docs/formats.md tells its fields. */
const char *happening_json(struct arena *a, const struct happening *h);

/* Unfolds it: roots, publishers, documents, claims; what they agree and differ
   in. */
void happening_show(
    struct arena *a, const struct digest *d, const struct happening *h);
/* Its parts: what is agreed and told differently; figures from the lowest to
   the highest; tallies beside those whom the case names. */
void happening_differences(struct arena *a, const struct happening *h);
void happening_tolls(
    struct arena *a, const struct digest *d, const struct happening *h);
void happening_tallies(
    struct arena *a, const struct digest *d, const struct happening *h);
/* Prints who was on which authority's list from when to when, as claims tell;
   `format` as in list_new. */
void list_designations(
    struct arena *a, const struct digest *d, const char *format);

#endif
