/*
 * csv.h - claims as rows of CSV (RFC 4180), safe to open in a spreadsheet.
 */
#ifndef CSV_H
#define CSV_H

#include "case/case.h"

void csv_append_head(GString *out);
void csv_append_claim(GString *out, const struct claim_row *c);

#endif
