/*
 * uploads.h - documents on their way into the case: a private folder for
 * each batch, below one of the server's own, removed at its end.
 */
#ifndef SERVER_UPLOADS_H
#define SERVER_UPLOADS_H

#include "base/base.h"

struct uploads;
struct batch;

MUST_CHECK struct uploads *uploads_new(GError **error);
void uploads_free(struct uploads *u); /* with all that was not taken */

/* The server's own folder, which nobody else can look into. */
const char *uploads_folder(const struct uploads *u);
/* A path "...XXXXXX" for a file that is coming; free it. */
char *uploads_room(const struct uploads *u);

/* The batch of that name of that session, made if it is new; NULL if there are
   too many. */
MUST_CHECK struct batch *uploads_batch(
    struct uploads *u, const char *session, const char *name, GError **error);
/* Where in the batch a file of that name goes: the name made harmless, with a
   number if there is one already; free it.  NULL if it is full. */
MUST_CHECK char *batch_place(struct batch *b, const char *name, GError **error);
uint32_t batch_count(const struct batch *b);
/* Ends the batch; the folder with its files is the caller's, and the string to
   be freed. */
char *uploads_take(struct uploads *u, struct batch *b);
void folder_remove(const char *path);

#endif
