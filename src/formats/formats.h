/*
 * formats.h - foreign bytes become text and what they tell of themselves.
 *
 * Parsers of other people stand here, before hostile input: attest itself
 * does not link this room.  The program attest-intake does, in a cage.
 */
#ifndef FORMATS_H
#define FORMATS_H

#include "intake/intake.h"

/* Loads what the libraries must read before no file may be opened any more.
   With OCR pictures are read too.  For one thread; fails with
   ATTEST_ERROR_DATA. */
struct formats;
MUST_CHECK struct formats *formats_new(bool ocr, GError **error);
void formats_free(struct formats *f); /* accepts NULL */
/* Opens in place; borrowed. */
const struct opener *formats_opener(const struct formats *f);
/* Takes apart in place; borrowed. */
const struct unpacker *formats_unpacker(const struct formats *f);

#endif
