/*
 * mail.h - MIME messages, for those who read them and who take them apart.
 */
#ifndef MAIL_H
#define MAIL_H

#include "formats/parts.h"

#include <gmime/gmime.h>

/* What is nested deeper, and what comes after so many parts, is left out. */
enum { PARTS_DEEP = 32, PARTS_MOST = 1000 };

/* A message with a part at least, which is the caller's; or NULL. */
GMimeMessage *mail_parse(struct str bytes);
char *mail_day(GMimeMessage *message); /* ISO 8601, g_free it; or NULL */
bool mail_is_type(GMimeObject *part, const char *type, const char *subtype);
/* Is it no text of the message itself? */
bool mail_is_attached(GMimeObject *part);
/* A part's bytes without their transfer encoding, or a message's; the
   caller's. */
GByteArray *mail_bytes(GMimeObject *part);
struct str mail_str(const GByteArray *bytes); /* borrowed; at is never NULL */
/* The part's text, by what it says that it is in. */
struct str mail_text(struct making *m, GMimeObject *part);

#endif
