/*
 * sessions.h - who is let in.
 *
 * A link carries a token that opens one session, once; the browser keeps the
 * session's key in a cookie.  Both are 256 random bits, live in memory only,
 * are compared in constant time, and end after half a day without use.
 */
#ifndef SERVER_SESSIONS_H
#define SERVER_SESSIONS_H

#include "base/base.h"

struct session {
    char *key;
    char *reviewer; /* who decides; NULL until told */
    int64_t used;   /* monotonic time, microseconds */
    GArray *deeds;  /* what it did, for undoing (deeds.h); NULL: nothing */
};

/* Does it look like a token or key? */
bool secret_is(const char *word);

struct sessions;

struct sessions *sessions_new(void);
void sessions_free(struct sessions *s);
/* A new token, to be freed; `reviewer` may be NULL. */
char *sessions_invite(struct sessions *s, const char *reviewer);
/* The session that the token opens; NULL if it opens none (any more). */
struct session *sessions_open(struct sessions *s, const char *token);
/* NULL if there is none (any more).  What is returned lives until control
   goes back to the main loop. */
struct session *sessions_lookup(struct sessions *s, const char *key);
void sessions_end(struct sessions *s, struct session *session);

#endif
