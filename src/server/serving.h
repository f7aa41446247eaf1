/* serving.h - what all answers stand on. */
#ifndef SERVER_SERVING_H
#define SERVER_SERVING_H

#include "case/case.h"
#include "server/server.h"
#include "server/sessions.h"

#include <libsoup/soup.h>

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
    struct table *acts;
    bool is_prepared; /* is the index of the case as it is now open? */
    int64_t revision; /* grows with each change to the case */
    int64_t stamp;    /* of the case when `revision` was counted */
};

/* Is a request's Host this server?  A name would be, if it led here, also one
   that somebody else made lead here: only "localhost" is. */
bool server_has_host(const struct server *s, const char *host);
/* A link that opens a session; g_free it. */
char *server_link(const struct server *s, const char *reviewer);
/* Has the case been changed by others?  Then `revision` grows. */
void server_look(struct server *s);
/* The same, after a change of our own. */
void server_touch(struct server *s);

#endif
