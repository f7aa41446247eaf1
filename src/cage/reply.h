/*
 * reply.h - what a converter says of a document, a member, a fault: parts of a
 * message, which answer.h believes or not.
 */
#ifndef REPLY_H
#define REPLY_H

#include "cage/message.h"
#include "intake/intake.h"

void reply_document(GByteArray *out, const struct making *m);
void reply_member(GByteArray *out, const struct member *p);
void reply_fault(GByteArray *out, const GError *error);

#endif
