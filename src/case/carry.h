/* carry.h - a document's new version beside the one before it. */
#ifndef CARRY_H
#define CARRY_H

#include "case/store.h"

/* Adds what reviewers held of the older version to the newer one's claims.
   Both are in the case, with all that was read from them; `run` is
   that of the newer. */
MUST_CHECK bool reviews_carry(
    struct kase *k, int64_t older, int64_t newer, int64_t run, GError **error);

/* Is all the same in both versions, but for where it stands in the case? */
MUST_CHECK bool versions_compare(
    struct kase *k, int64_t older, int64_t newer, bool *are_alike,
    GError **error);

#endif
