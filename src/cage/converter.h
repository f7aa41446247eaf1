/*
 * converter.h - one process in the cage, as seen from outside.
 */
#ifndef CONVERTER_H
#define CONVERTER_H

#include "cage/cage.h"

struct converter;

/* Starts it and hears which doors hold; NULL with ATTEST_ERROR_IO. */
struct converter *converter_start(
    const char *program, const char *lexicon, uint64_t memory, uint32_t *held,
    GError **error);
void converter_end(struct converter *c); /* accepts NULL */

/*
 * Sends a whole message and takes the answer, without its length, of at most
 * `most` bytes; g_free it.  NULL with ATTEST_ERROR_INPUT that says what became
 * of the converter, which is then good for nothing but its end.
 */
MUST_CHECK char *converter_ask(
    struct converter *c, const GByteArray *question, size_t most,
    unsigned seconds, size_t *len, GError **error);
/* How many questions it has answered. */
unsigned converter_answers(const struct converter *c);

#endif
