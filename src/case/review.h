/*
 * review.h - what the files that keep reviewers' records share.  They write
 * between ruling_open and ruling_close.
 */
#ifndef REVIEW_H
#define REVIEW_H

#include "case/store.h"

/* May it be decided on by one who saw it in that version (0: any)?  Else
   ATTEST_ERROR_INPUT or _CONFLICT. */
MUST_CHECK bool
claim_check(struct kase *k, int64_t claim, int64_t version, GError **error);
/* The row that stands in a claim's place, or 0: no current document has it. */
MUST_CHECK bool
claim_current(struct kase *k, int64_t claim, int64_t *out, GError **error);
/* Opens the transaction and checks the claim in it; ruling_close ends it,
   whatever came of this. */
MUST_CHECK bool review_open(
    struct kase *k, const struct review *r, int64_t *run, GError **error);
MUST_CHECK bool decision_add(
    struct kase *k, const struct review *r, int64_t run, enum verdict verdict,
    GError **error);

/* Adds a row that replaces the claim of `r` and differs from it as told;
   `repeats` is the correction that it carries over, or 0. */
MUST_CHECK bool correction_add(
    struct kase *k, const struct review *r, int64_t run,
    const struct correction *c, int64_t repeats, int64_t *out, GError **error);
/* Adds to a claim the decisions of another that hold, each reviewer's. */
MUST_CHECK bool decisions_repeat(
    struct kase *k, int64_t from, int64_t to, int64_t run, GError **error);

#endif
