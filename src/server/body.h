/* body.h - what comes after a request's headers. */
#ifndef SERVER_BODY_H
#define SERVER_BODY_H

#include "server/call.h"

/* A file that a request's bytes go into; removed with the call, unless it was
   taken. */
struct incoming;

/* Before the body comes, once the call is let in or refused: counts it, drops
   what was refused, puts bytes into a file. */
void body_await(struct call *c);
/* When it is there: reads JSON, or refuses. */
void body_read(struct call *c);
void body_parse(struct call *c, const char *text, gsize length);
/* Moves the file with the bytes to `path`. */
MUST_CHECK bool body_keep(struct call *c, const char *path, GError **error);
void incoming_free(struct incoming *i); /* accepts NULL */

#endif
