/*
 * exchange.h - a case in other programs' formats.  Positions in what is
 * handed out count Unicode code points (docs/formats.md is the contract).
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "case/case.h"

#include <stdio.h>

#define EXPORT_FORMATS(X)                                                      \
    X(CLAIMS, "claims")                                                        \
    X(ATTRIBUTIONS, "attributions")                                            \
    X(TEXT, "text")                                                            \
    X(CSV, "csv") X(PLOVER, "plover") X(INCIDENTS, "incidents")

enum export_format {
#define X(name, word) EXPORT_##name,
    EXPORT_FORMATS(X)
#undef X
        EXPORT_COUNT
};

/* Folders; only some formats look into them. */
struct export_tables {
    const char *lexicon; /* for plover and incidents */
    const char *models;  /* for incidents */
};

bool export_format_find(const char *word, enum export_format *out);

/*
 * Writes the current documents, in the order of their names:
 * claims and attributions as JSON Lines, one document a line; text as the
 * documents' texts (of one document raw; of several as JSON Lines of doc and
 * text); csv as one claim a row (RFC 4180; cells that a spreadsheet would
 * take for a formula get a leading apostrophe); plover as one event a line;
 * incidents as what each document mainly reports, one a line, or null.
 */
MUST_CHECK bool export_write(
    struct kase *k, enum export_format format, const char *const *documents,
    const struct export_tables *tables, FILE *out, GError **error);

/*
 * Rows of CSV (RFC 4180), safe to open in a spreadsheet: a cell that it would
 * take for a formula gets a leading apostrophe.  Cells are appended one by one,
 * NULL is an empty one, and csv_end_row ends the row; csv_append_claim appends
 * the cells of csv_append_head.
 */
void csv_append_cell(GString *out, const char *value);
void csv_append_number(GString *out, double value);
void csv_append_head(GString *out);
void csv_append_claim(GString *out, const struct claim_row *c);
void csv_end_row(GString *out);

/* "page 4, time 00:02:10": where a claim stands, as readers count. */
void append_milestones(GString *out, const struct claim_row *c);

/* One claim as the JSON object of the claims format, without a newline.
   `o` maps its document's text. */
void export_claim_json(
    const struct claim_row *c, const struct offsets *o, GString *out);

#endif
