/* Records of JSON Lines files. */
#include "intake/parts.h"

#include <json-glib/json-glib.h>
#include <string.h>

static bool complain(GError **error, const char *name, const char *what)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "\"%s\" %s", name, what);
    return false;
}

/* A member that must be a string, if it is there; else NULL. */
static bool
take_text(JsonObject *o, const char *name, const char **out, GError **error)
{
    JsonNode *node = json_object_get_member(o, name);

    *out = NULL;
    if (!node || JSON_NODE_HOLDS_NULL(node))
        return true;
    if (!JSON_NODE_HOLDS_VALUE(node) ||
        json_node_get_value_type(node) != G_TYPE_STRING)
        return complain(error, name, "is not a string");
    *out = json_node_get_string(node);
    return true;
}

static bool take_id(struct making *m, JsonObject *o, GError **error)
{
    JsonNode *node = json_object_get_member(o, "id");
    const char *id;

    if (node && JSON_NODE_HOLDS_VALUE(node) &&
        json_node_get_value_type(node) == G_TYPE_INT64) {
        m->document->id =
            arena_print(m->a, "%" G_GINT64_FORMAT, json_node_get_int(node));
        return true;
    }
    if (!take_text(o, "id", &id, error))
        return false;
    if (id && *id)
        m->document->id = arena_copy(m->a, id, strlen(id));
    return true;
}

static bool take_record(struct making *m, JsonObject *o, GError **error)
{
    static const char *const names[FIELD_COUNT] = {
        "title", "date", "publisher", "url"};
    struct document *d = m->document;
    const char *value;

    if (!take_id(m, o, error))
        return false;
    for (int f = 0; f < FIELD_COUNT; f++) {
        if (!take_text(o, names[f], &value, error))
            return false;
        field_set(m, (enum field)f, value, "record");
    }
    if (!take_text(o, "text", &value, error))
        return false;
    if (!value)
        return complain(error, "text", "is missing");
    d->text = text_mend(m, (struct str){value, strlen(value)});
    d->body = (struct span){0, (uint32_t)d->text.len};
    return true;
}

bool is_deep_json(struct str s)
{
    size_t depth = 0;
    bool is_quoted = false;

    for (size_t i = 0; i < s.len && depth <= RECORD_DEEP; i++) {
        char c = s.at[i];

        if (is_quoted && c == '\\')
            i++;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '[' || c == '{'))
            depth++;
        else if (!is_quoted && (c == ']' || c == '}') && depth)
            depth--;
    }
    return depth > RECORD_DEEP;
}

static bool parse_record(struct making *m, struct str text, GError **error)
{
    JsonParser *parser = json_parser_new_immutable();
    GError *fault = NULL;
    JsonNode *root;
    bool good = false;

    if (!json_parser_load_from_data(
            parser, text.at, (gssize)text.len, &fault)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "it is no JSON: %s",
            fault->message);
        g_error_free(fault);
    } else {
        root = json_parser_get_root(parser);
        if (root && JSON_NODE_HOLDS_OBJECT(root))
            good = take_record(m, json_node_get_object(root), error);
        else
            g_set_error(
                error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
                "it is no JSON object; a record looks like "
                "{\"id\": \"1\", \"text\": \"...\"}");
    }
    g_object_unref(parser);
    return good;
}

bool read_record(struct making *m, struct str text, GError **error)
{
    if (!is_deep_json(text))
        return parse_record(m, text, error);
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "it is JSON nested more than %d deep", RECORD_DEEP);
    return false;
}
