/*
 * converter.h - one process in the cage, as seen from outside.
 */
#ifndef CONVERTER_H
#define CONVERTER_H

#include "cage/cage.h"

struct converter;

struct converter_options {
    const char *program, *lexicon;
    const char *columns; /* of tables; or NULL */
    uint64_t memory;     /* bytes, and ... */
    uint64_t seconds;    /* ... of processor time that it may have */
    bool ocr;
};

/* Starts it and hears which doors hold; NULL with ATTEST_ERROR_IO. */
struct converter *converter_start(
    const struct converter_options *o, uint32_t *held, GError **error);
void converter_end(struct converter *c); /* accepts NULL */

/*
 * Sends a whole message, and a descriptor beside it unless that is negative.
 * False with ATTEST_ERROR_INPUT that says what became of the converter, which
 * is then good for nothing but its end.
 */
MUST_CHECK bool converter_send(
    struct converter *c, const GByteArray *question, int descriptor,
    unsigned seconds, GError **error);
/* Takes an answer, without its length, of at most `most` bytes; g_free it.
   NULL likewise. */
MUST_CHECK char *converter_take(
    struct converter *c, size_t most, unsigned seconds, size_t *len,
    GError **error);
/* How many questions it was asked. */
unsigned converter_questions(const struct converter *c);

#endif
