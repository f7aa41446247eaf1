/* What a page tells of itself in JSON-LD (https://schema.org/Article). */
#include "formats/web/page.h"

#include <json-glib/json-glib.h>
#include <string.h>

enum { LIST_MOST = 100, DEPTH_MOST = 3 };

struct linked {
    struct making *m;
    struct page_tells *tells;
};

/* A text; of an object its name; of a list its first. */
static const char *text_of(JsonNode *node, int depth)
{
    if (!node || depth > DEPTH_MOST)
        return NULL;
    if (JSON_NODE_HOLDS_OBJECT(node))
        return text_of(
            json_object_get_member(json_node_get_object(node), "name"),
            depth + 1);
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *list = json_node_get_array(node);

        return json_array_get_length(list)
                   ? text_of(json_array_get_element(list, 0), depth + 1)
                   : NULL;
    }
    return JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static const char *member_text(JsonObject *o, const char *name)
{
    return text_of(json_object_get_member(o, name), 0);
}

/* The first that says it stands. */
static void keep(struct making *m, const char **at, const char *value)
{
    if (value && !*at)
        *at = arena_copy(m->a, value, strlen(value));
}

static void read_object(struct linked *l, JsonObject *o)
{
    struct making *m = l->m;

    if (!json_object_has_member(o, "headline") &&
        !json_object_has_member(o, "datePublished"))
        return;
    field_set(m, FIELD_TITLE, member_text(o, "headline"), "JSON-LD");
    field_set(m, FIELD_DATE, member_text(o, "datePublished"), "JSON-LD");
    field_set(m, FIELD_PUBLISHER, member_text(o, "publisher"), "JSON-LD");
    field_set(
        m, FIELD_PUBLISHER, member_text(o, "sourceOrganization"), "JSON-LD");
    field_set(m, FIELD_URL, member_text(o, "url"), "JSON-LD");
    keep(m, &l->tells->modified, member_text(o, "dateModified"));
    keep(m, &l->tells->article, member_text(o, "articleBody"));
}

static void read_node(struct linked *l, JsonNode *node, int depth);

static void read_list(struct linked *l, JsonArray *list, int depth)
{
    guint count = MIN(json_array_get_length(list), LIST_MOST);

    for (guint i = 0; i < count; i++)
        read_node(l, json_array_get_element(list, i), depth + 1);
}

/* An object, or the objects of a list, of "@graph", or what a page is about. */
static void read_node(struct linked *l, JsonNode *node, int depth)
{
    if (!node || depth > DEPTH_MOST)
        return;
    if (JSON_NODE_HOLDS_ARRAY(node)) {
        read_list(l, json_node_get_array(node), depth);
    } else if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *o = json_node_get_object(node);

        read_object(l, o);
        read_node(l, json_object_get_member(o, "@graph"), depth + 1);
        read_node(l, json_object_get_member(o, "mainEntity"), depth + 1);
    }
}

void page_read_linked(
    struct making *m, struct str script, struct page_tells *tells)
{
    struct linked l = {m, tells};
    JsonParser *parser = json_parser_new();

    if (!is_deep_json(script) &&
        json_parser_load_from_data(parser, script.at, (gssize)script.len, NULL))
        read_node(&l, json_parser_get_root(parser), 0);
    g_object_unref(parser);
}
