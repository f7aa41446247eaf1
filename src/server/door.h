/* door.h - who may come in. */
#ifndef SERVER_DOOR_H
#define SERVER_DOOR_H

#include "server/call.h"

/* By the request's headers alone.  A refusal, and a file of the page, are
   answered at once; false if it was refused. */
bool door_admit(struct call *c);
/* Is its session still there, once the body has come?  Refuses if not. */
bool door_has_session(struct call *c);

#endif
