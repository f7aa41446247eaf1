/* door.h - who may come in. */
#ifndef SERVER_DOOR_H
#define SERVER_DOOR_H

#include "server/call.h"

/* By the request's headers alone.  A refusal, and a file of the page, are
   answered at once; false if it was refused. */
bool door_admit(struct call *c);
/* Is its session still there, once the body has come?  Refuses if not. */
bool door_has_session(struct call *c);

/* Parts of it that need no message; each refuses what it cannot read.  `path`
   is what follows /api/v1/. */
bool door_read_query(struct call *c, const char *query);
bool door_find_route(struct call *c, const char *method, const char *path);

#endif
