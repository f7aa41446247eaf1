/*
 * connections.h - how many may be open, and how long they may be silent.
 *
 * A connection is for one request: libsoup 3.2 keeps those that a client
 * leaves open and then closes for ever.  Where there are too many, the oldest
 * that has not asked for anything that it may have is cut; a request that was
 * let in never is.
 */
#ifndef SERVER_CONNECTIONS_H
#define SERVER_CONNECTIONS_H

#include <libsoup/soup.h>
#include <stdbool.h>

struct connections;

/* Those of `soup`, which outlives them. */
struct connections *connections_new(SoupServer *soup);
/* Takes them at that address; the port that it has got, or 0. */
guint16 connections_open(
    struct connections *c, GInetAddress *address, guint16 port, GError **error);
/* A request is let in: its connection is not cut any more. */
void connections_keep(struct connections *c, SoupServerMessage *message);
void connections_free(struct connections *c); /* accepts NULL; takes no more */

#endif
