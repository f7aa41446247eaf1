/* records.h - what parties' pages share: reasons and rulings. */
#ifndef SERVER_RECORDS_H
#define SERVER_RECORDS_H

#include "server/call.h"

/* A member "reasons" of lines "+1.5 the same name". */
void member_reasons(struct call *c, const char *lines);
/* A member "rulings": what reviewers held of a party and anyone or, unless that
   is NOWHERE, the other party; false: refused. */
bool member_rulings(struct call *c, uint32_t party, uint32_t other);

/* A cursor that has seen all but rulings on parties. */
struct review_cursor cursor_of_parties(void);

#endif
