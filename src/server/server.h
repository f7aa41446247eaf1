/*
 * server.h - a case as a page in the browser, and the API under it.
 *
 * One process, one case, one thread: libsoup reads requests without waiting
 * for slow clients, and each is answered whole.  What takes long (reading
 * documents, counting the case) is a job: a run of attest itself, beside
 * the server.  docs/api.md is the contract; docs/serve.md says what keeps
 * others out.
 */
#ifndef SERVER_H
#define SERVER_H

#include "base/base.h"

enum { SERVER_PORT = 7171 }; /* where nobody names one */

struct server_options {
    const char *case_path;
    const char *listen; /* an IP address of this machine */
    int port;           /* 0: any free one; -1: SERVER_PORT, else any */
    bool is_read_only;
    const char *reviewer; /* who comes by the first link; NULL: is asked */
    const char *lexicon;  /* folders of tables and of weights */
    const char *models;
    const char *program; /* attest, for jobs */
    /* Called with the first link once the server listens, and with another for
       each line on standard input, if that is a terminal.  `page` is a file
       only this user can read that leads to the first link (what stands in a
       command line others can read); NULL later. */
    void (*show)(const char *link, const char *page, void *self);
    void *self;
};

/*
 * Serves until SIGINT or SIGTERM; a running job is then stopped and waited
 * for, and a second signal ends that too.  False where it cannot serve: the
 * case cannot be opened, the address or port cannot be had.
 */
MUST_CHECK bool server_run(const struct server_options *o, GError **error);

#endif
