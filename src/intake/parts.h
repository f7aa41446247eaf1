/*
 * parts.h - what the files of this room share.
 */
#ifndef PARTS_H
#define PARTS_H

#include "intake/intake.h"

struct source *source_new(const char *path, const char *id);
struct source *source_failed(const char *id, const char *why);

/* What files hold.  A source that holds nothing that can be told apart is given
   back; else it is taken, and its members come next, NULL where there was
   nothing to tell.  These may hold others: begin with each. */
struct members;
struct members *members_new(const struct opener *opener, uint64_t member_most);
void members_free(struct members *m);
struct source *members_begin(struct members *m, struct source *s);
bool members_are_left(const struct members *m);
struct source *members_next(struct members *m);

/* The table columns.tsv. */
MUST_CHECK bool
columns_load(struct intake_words *w, const char *dir, GError **error);

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

#endif
