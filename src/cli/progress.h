/*
 * progress.h - how far a long reading is, on a terminal; or, with
 * ATTEST_PROGRESS=lines in the environment, for a program that runs this
 * one: lines "progress DONE TOTAL WORDS" and "failure DOCUMENT: WHY" on
 * standard error.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "intake/intake.h"

/* Is it for a program? */
bool progress_is_lines(void);

/* Shows nothing unless standard error is a terminal or lines are asked for.
   `in` has not been asked for a source yet; where it is NULL, `size` bytes are
   to be read. */
struct progress;
struct progress *progress_new(struct intake *in, uint64_t size);
void progress_free(struct progress *p); /* wipes the line, or tells the end */
/* Some times a second at most. */
void progress_show(
    struct progress *p, uint64_t documents, uint64_t claims, uint64_t bytes);

#endif
