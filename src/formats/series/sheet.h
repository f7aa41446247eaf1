/*
 * sheet.h - tables of documents: CSV, TSV, one document a row.
 */
#ifndef SHEET_H
#define SHEET_H

#include "formats/parts.h"
#include "formats/unpack.h"

/* Each row as a table of its own, which is a document: nothing is given of a
   table of one row. */
unpacker csv_unpack;
/* A table of one row; `charset` may be NULL. */
MUST_CHECK bool read_csv(
    struct making *m, struct str bytes, const char *charset, GError **error);

#endif
