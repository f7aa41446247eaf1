/*
 * served.h - a case that is asked as by the API, without a socket.
 *
 * The case that the variable ATTEST_FUZZ_CASE names, with its index, is copied
 * and served; whatever was done to it, served_anew has it as it was.
 */
#ifndef FUZZ_SERVED_H
#define FUZZ_SERVED_H

#include "server/serving.h"

/* The server, made at the first call. */
struct server *served(void);
/* The copy as it was at first. */
void served_anew(void);
/* Its index anew, from these bytes; false where they do not open. */
bool served_from(const void *index, size_t size);
/* The index as it was at first. */
GBytes *served_index(void);

/* Asks for "documents?limit=3"; a body makes it a POST.  What is answered must
   be JSON. */
void served_ask(const char *address, const char *body, size_t length);
/* Everything that can be asked without changing anything. */
void served_ask_all(void);

#endif
