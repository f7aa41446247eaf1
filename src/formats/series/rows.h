/*
 * rows.h - tables in text files, row by row: CSV and its kin.
 */
#ifndef ROWS_H
#define ROWS_H

#include "formats/series/transcode.h"

/* A table being read, and its row at hand. */
struct rows;
/* The separator is looked for in the first line; no row may be bigger. */
struct rows *rows_new(struct feed *in, const char *declared, size_t row_most);
void rows_free(struct rows *r);
const char *rows_encoding(const struct rows *r);

/* The next row that is not blank; false at the end, or with ATTEST_ERROR_LIMIT
   where it is too big. */
MUST_CHECK bool rows_next(struct rows *r, GError **error);
/* Of the row at hand: the line on which it begins, and its cells, valid UTF-8
   without NUL, each with a NUL after it. */
uint64_t rows_line(const struct rows *r);
guint rows_count(const struct rows *r);
const char *rows_cell(const struct rows *r, guint i);
/* Appends the row as a line of CSV. */
void rows_write(const struct rows *r, GString *out);

#endif
