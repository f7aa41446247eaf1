/* headers.h - what every answer says of itself. */
#ifndef SERVER_HEADERS_H
#define SERVER_HEADERS_H

#include "server/serving.h"

/* What keeps a browser from doing anything else with an answer than to show
   it in the page; that answers are not kept, and connections neither. */
void headers_add_guards(SoupServerMessage *m);
void headers_add(SoupServerMessage *m, const char *name, const char *value);
void headers_add_type(SoupServerMessage *m, const char *media_type);
/* The value of a header of the request; of several ones joined by commas. */
const char *headers_lookup(SoupServerMessage *m, const char *name);

/* Can the client unpack gzip? */
bool headers_take_gzip(SoupServerMessage *m);
/* The bytes packed, and the header that says so.  Takes: bytes. */
GBytes *headers_pack(SoupServerMessage *m, GBytes *bytes);

#endif
