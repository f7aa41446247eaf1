/*
 * kinds.h - what kind of document bytes are.
 */
#ifndef KINDS_H
#define KINDS_H

#include "base/base.h"

#include <magic.h>

/* The media type: by the file's name, what its container has it for (or NULL),
   and its first bytes.  Its name tells more than its container, and this more
   than its bytes. */
const char *kind_of(
    magic_t magic, struct arena *a, const char *id, const char *media_type,
    struct str bytes);
/* libmagic goes by the file that comes first in it. */
bool is_zip(struct str bytes);

#endif
