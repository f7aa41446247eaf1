/* seal.h - signatures of this installation (Ed25519). */
#ifndef SEAL_H
#define SEAL_H

#include "base/base.h"

enum { SEAL_KEY_SIZE = 32, SEAL_SIZE = 64 };

struct seal {
    uint8_t key[SEAL_KEY_SIZE]; /* public: who has it can check */
    uint8_t signature[SEAL_SIZE];
};

/* Signs with the key in the user's configuration folder, which is made if it is
   not there, for its owner only. */
MUST_CHECK bool seal_make(struct str words, struct seal *out, GError **error);

#endif
