/* named.h - a document as an argument names it. */
#ifndef NAMED_H
#define NAMED_H

#include "cli/cli.h"

/* "d12", or a name: then the newest version.  0 where there is none of that
   name; whether d12 is there is not looked up. */
MUST_CHECK bool
document_named(struct kase *k, const char *word, int64_t *out, GError **error);

#endif
