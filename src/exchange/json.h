/*
 * json.h - the pieces that the JSON formats share.  Positions become code
 * points here.
 */
#ifndef JSON_H
#define JSON_H

#include "exchange/exchange.h"

#include <json-glib/json-glib.h>

/* A member with a value, or null where `value` is NULL. */
void json_add_text(JsonBuilder *b, const char *name, const char *value);
/* A member [[begin, end], ...]. */
void json_add_spans(
    JsonBuilder *b, const char *name, struct spans s, const struct offsets *o);
/* The object of a claim, begin to end. */
void json_add_claim(
    JsonBuilder *b, const struct claim_row *c, const struct offsets *o);
/* Appends what was built on one line, without its end. */
void json_print(JsonBuilder *b, GString *out);

#endif
