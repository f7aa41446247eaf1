#include "server/members.h"

#include <math.h>
#include <string.h>

void member_text(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    if (value)
        json_builder_add_string_value(b, value);
    else
        json_builder_add_null_value(b);
}

void member_number(JsonBuilder *b, const char *name, int64_t value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_int_value(b, value);
}

void member_real(JsonBuilder *b, const char *name, double value)
{
    json_builder_set_member_name(b, name);
    if (isfinite(value))
        json_builder_add_double_value(b, value);
    else
        json_builder_add_null_value(b);
}

void member_truth(JsonBuilder *b, const char *name, bool value)
{
    json_builder_set_member_name(b, name);
    json_builder_add_boolean_value(b, value);
}

/* A damaged case or index may tell what is no UTF-8; and the generator leaves
   U+001F as it is, which JSON forbids. */
GString *members_print(JsonBuilder *b)
{
    g_autoptr(JsonGenerator) generator = json_generator_new();
    g_autoptr(JsonNode) root = json_builder_get_root(b);
    GString *out = g_string_new(NULL);

    json_generator_set_root(generator, root);
    json_generator_to_gstring(generator, out);
    if (!g_utf8_validate_len(out->str, out->len, NULL)) {
        g_autofree char *mended = g_utf8_make_valid(out->str, (gssize)out->len);

        g_string_assign(out, mended);
    }
    if (memchr(out->str, '\x1f', out->len))
        g_string_replace(out, "\x1f", "\\u001f", 0);
    return out;
}
