/* happening.h - an event in words. */
#ifndef HAPPENING_H
#define HAPPENING_H

#include "cli/cli.h"
#include "cli/digest.h"

/* The digest of a case, with the tables that it takes; in `a`. */
MUST_CHECK bool digest_open(
    struct kase *k, struct arena *a, struct digest *out, GError **error);

/* The claim that tells most of it; one that says so, if any does. */
const struct told *happening_fullest(const struct happening *h);
/* "single source", "denied; figures differ": what to know before using it. */
const char *happening_note(struct arena *a, const struct happening *h);
/* Days in full: "2012-02-20..2012-02-21", or NULL. */
const char *days_words(struct arena *a, const char *first, const char *last);
/* One line of JSON: docs/formats.md tells its fields. */
const char *happening_json(struct arena *a, const struct happening *h);

/* The event with that claim, or NULL. */
const struct happening *happening_find(const struct digest *d, int64_t claim);
/* The claims that rest on a root, denials or all others, by the day of their
   report: told ones; free with g_ptr_array_free. */
GPtrArray *happening_root(const struct happening *h, int64_t root, bool denies);
/* Whose word these claims are: a name before a description, that before the
   document's publisher. */
const char *root_words(const GPtrArray *claims);
/* Calls `take` for the claims of each root, in the order of the case. */
void happening_each_root(
    const struct happening *h, bool denies,
    void (*take)(const GPtrArray *claims, void *self), void *self);

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
