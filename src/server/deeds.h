/*
 * deeds.h - what a session did to the case, so that it can be undone: the last
 * first.
 */
#ifndef SERVER_DEEDS_H
#define SERVER_DEEDS_H

#include "server/call.h"

/* `id` is a row of the kind `what`: of a correction the claim it made; of
   rulings there are several pairs. */
struct deed {
    enum record what;
    int64_t id, claim;
    GArray *pairs; /* struct held_pair; NULL but of rulings on parties */
};
/* What was held of two before the deed. */
struct held_pair {
    int64_t one, other;
    enum ruling_verdict before;
};

struct deed *
deed_add(struct call *c, enum record what, int64_t id, int64_t claim);
void deed_add_pair(struct deed *d, struct held_pair pair);
/* The last, or NULL. */
struct deed *deed_lookup(struct call *c);
void deed_drop(struct call *c); /* forgets the last */
void deeds_free(GArray *deeds); /* accepts NULL */

/* Sets the time that is recorded of what the call adds. */
void call_begin_change(struct call *c);

/* Takes rulings on parties back. */
bool rulings_undo(struct call *c, const struct deed *d);

#endif
