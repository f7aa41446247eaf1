/* serving.h - what all answers stand on. */
#ifndef SERVER_SERVING_H
#define SERVER_SERVING_H

#include "index/index.h"
#include "server/server.h"
#include "server/sessions.h"

#include <libsoup/soup.h>
#include <sys/types.h>

struct connections;
struct jobs;
struct uploads;

struct server {
    const struct server_options *options;
    SoupServer *soup;
    GMainLoop *loop;
    int port;
    char *host;  /* of its links: "127.0.0.1" */
    bool is_any; /* it listens at all addresses of this machine */
    bool is_ending;
    struct connections *connections;
    struct sessions *sessions;
    struct jobs *jobs;
    struct uploads *uploads;
    struct kase *k;
    dev_t device; /* where its file is */
    ino_t node;
    struct table *acts;
    struct digest_tables *tables;
    struct index *index;   /* NULL while the case was never counted */
    GBytes *kept;          /* the last answer of a route that is kept */
    int64_t kept_revision; /* of the case, when it was made */
    int64_t revision;      /* grows with each change to the case */
    bool index_is_asked;   /* is it being made anew? */
};

/* Is a request's Host this server?  A name would be, if it led here, also one
   that somebody else made lead here: only "localhost" is. */
bool server_has_host(const struct server *s, const char *host);
/* Is the case's file still where it was opened?  What is kept in one that was
   moved or replaced nobody would find again. */
bool server_has_case(const struct server *s);
/* A link that opens a session; g_free it. */
char *server_link(const struct server *s, const char *reviewer);
/* Brings in what was changed, by others or by us: then `revision` grows. */
void server_look(struct server *s);

#endif
