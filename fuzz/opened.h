/*
 * opened.h - documents opened in place, as the program in the cage opens them,
 * and what that answers read as attest reads it.
 */
#ifndef FUZZ_OPENED_H
#define FUZZ_OPENED_H

#include "formats/formats.h"

/* Made at the first call. */
const struct intake_words *opened_words(void);

/* A document to be made, in an arena of its own. */
struct making opened_begin(void);
/* Ends the program where attest would not believe what was made of it, or the
   error if there is one; frees both. */
void opened_end(struct making *m, GError *error);
/* Ends it where attest would not believe this member. */
void opened_check_member(const struct member *p);

#endif
