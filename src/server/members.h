/* members.h - members of a JSON object being built. */
#ifndef SERVER_MEMBERS_H
#define SERVER_MEMBERS_H

#include <json-glib/json-glib.h>
#include <stdbool.h>
#include <stdint.h>

/* NULL becomes null. */
void member_text(JsonBuilder *b, const char *name, const char *value);
void member_number(JsonBuilder *b, const char *name, int64_t value);
void member_real(JsonBuilder *b, const char *name, double value);
void member_truth(JsonBuilder *b, const char *name, bool value);

#endif
