/*
 * connections.h - how many may be open, and how long they may be silent.
 *
 * Where there are too many, the oldest that has not said yet what it wants is
 * cut; a request that is being read or answered never is.
 */
#ifndef SERVER_CONNECTIONS_H
#define SERVER_CONNECTIONS_H

#include "server/serving.h"

void connections_watch(struct server *s);

#endif
