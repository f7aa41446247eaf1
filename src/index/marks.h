/* marks.h - what reviewers noted of claims, from the records of it. */
#ifndef INDEX_MARKS_H
#define INDEX_MARKS_H

#include "index/index.h"

struct marks;
struct marks *marks_new(void);
void marks_free(struct marks *m); /* accepts NULL */

/* All records of the claims asked for, in the order of case_each_review or of
   case_find_history. */
void marks_add(struct marks *m, const struct record_row *r);
/* Bits of enum index_mark that a claim has by those records. */
unsigned marks_of(const struct marks *m, int64_t claim);
/* Calls `take` for each claim that was replaced, with what is in its place. */
void marks_each_replaced(
    const struct marks *m, void (*take)(int64_t old, int64_t new, void *self),
    void *self);

#endif
