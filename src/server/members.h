/* members.h - members of a JSON object being built, and its text. */
#ifndef SERVER_MEMBERS_H
#define SERVER_MEMBERS_H

#include <json-glib/json-glib.h>
#include <stdbool.h>
#include <stdint.h>

/* NULL becomes null, and so does a number that is infinite or none. */
void member_text(JsonBuilder *b, const char *name, const char *value);
void member_number(JsonBuilder *b, const char *name, int64_t value);
void member_real(JsonBuilder *b, const char *name, double value);
void member_truth(JsonBuilder *b, const char *name, bool value);

/* What was built, as JSON that every parser takes; g_string_free it. */
GString *members_print(JsonBuilder *b);

#endif
