/*
 * credits.h - texts that stand under the line of an agency: "TARN, May 5 (BW)
 * - Two miners ...".  What such a text says of itself the agency says.
 */
#ifndef CREDITS_H
#define CREDITS_H

#include "case/case.h"

struct credits;

struct credits *credits_new(void);
void credits_free(struct credits *c); /* accepts NULL */
/* Looks at a document, with its text. */
void credits_add(struct credits *c, const struct document_row *d);
/* After all are added: the agency that a document credits, by the name that
   publishers of the case have, else as the line has it; NULL where it credits
   none, or itself. */
const char *credits_lookup(const struct credits *c, int64_t document);

#endif
