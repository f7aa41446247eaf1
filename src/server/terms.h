/* terms.h - what the queries of lists have in common. */
#ifndef SERVER_TERMS_H
#define SERVER_TERMS_H

#include "server/call.h"

/* The place of the value in NULL-terminated `words`, 0 where it is not given;
   refuses any other. */
MUST_CHECK bool call_choice(
    struct call *c, const char *name, const char *const *words, int *out);
/* A value folded for finding it in names; NULL where there is none. */
const char *call_folded(struct call *c, const char *name);
/* "kind": an enum name_kind, or KIND_ANY. */
MUST_CHECK bool call_kind(struct call *c, int *out);
/* Beyond all there is stays beyond. */
uint32_t page_offset(const struct page *p);

#endif
