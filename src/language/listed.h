/*
 * listed.h - which words stand in names that lists know: cities, countries,
 * given and family names, people, groups.  train/lists.py makes the lists.
 */
#ifndef LISTED_H
#define LISTED_H

#include "language/model.h"

enum { LISTED_KINDS = 7 }; /* bits of kinds of names */

/* What lists say of a word alone, and of longer names that it stands in. */
struct mark {
    uint8_t alone, longer;
};

/* Sets the marks of a sentence's tokens. */
void listed_mark(
    const struct model *m, const struct sentence *s, struct mark *marks);

#endif
