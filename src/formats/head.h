/*
 * head.h - lines "Name: value" before an empty one, as mail, HTTP and WARC have.
 */
#ifndef HEAD_H
#define HEAD_H

#include "base/base.h"

/* Takes the first line off, without its end. */
struct str head_line(struct str *rest);
/* What a field says, without white space around it; at is NULL where the head
   with which these bytes begin has none of that name, in any case. */
struct str head_value(struct str start, const char *name);

#endif
