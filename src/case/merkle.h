/* merkle.h - the tree of hashes of RFC 6962, section 2.1, over SHA-256. */
#ifndef MERKLE_H
#define MERKLE_H

#include "base/base.h"

enum { PROOF_MOST = 64 };

struct hash merkle_leaf(struct str content);
/* The root of the tree over the leaves; of none, the hash of nothing. */
struct hash merkle_root(const struct hash *leaves, uint64_t count);
/* The hashes that lead from leaf `index` to the root, the lowest first; `out`
   has room for PROOF_MOST.  Returns how many. */
uint32_t merkle_path(
    const struct hash *leaves, uint64_t count, uint64_t index,
    struct hash *out);

#endif
