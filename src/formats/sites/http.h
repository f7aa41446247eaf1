/*
 * http.h - answers of web servers, as saved sites keep them.
 */
#ifndef HTTP_H
#define HTTP_H

#include "base/base.h"

/* The number in the first line of an answer, or 0. */
unsigned http_status(struct str head);
/* The body of an answer as it was before it was sent: in one piece, unpacked.
   Takes `body`; NULL with an error where it cannot be had, or has more than
   `most` bytes. */
MUST_CHECK GByteArray *
http_undo(struct str head, GByteArray *body, size_t most, GError **error);

#endif
