/*
 * parts.h - what the files of this room share.
 */
#ifndef PARTS_H
#define PARTS_H

#include "intake/intake.h"

/* "2012-02-21", "21 February 2012", "Tue, 21 Feb 2012 ...": the ISO day in
   `a`, or NULL. */
const char *day_find(struct arena *a, const char *words);

/* Each takes clean text and sets text, body and fields. */
void read_plain(struct making *m, struct str text);
void read_markdown(struct making *m, struct str text);
/* A record of a JSON Lines file. */
MUST_CHECK bool read_record(struct making *m, struct str text, GError **error);

/* Reads "Title: ..." lines at the start; returns where the rest begins. */
uint32_t read_head(struct making *m, struct str text);
/* ISO 639-1 or NULL. */
const char *guess_language(const struct intake_words *w, struct str text);

#endif
