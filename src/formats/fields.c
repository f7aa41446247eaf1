#include "formats/page.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* What the metas of one name say. */
struct metas {
    GHashTable *values; /* name in lower case -> content, the first of it */
};

static bool take_meta(xmlNode *node, void *self)
{
    struct metas *metas = self;
    char *name = page_attribute(node, "property");
    char *content = page_attribute(node, "content");

    if (!name)
        name = page_attribute(node, "name");
    if (!name)
        name = page_attribute(node, "itemprop");
    if (name && content && !g_hash_table_contains(metas->values, name)) {
        char *low = g_ascii_strdown(name, -1);

        if (!g_hash_table_contains(metas->values, low))
            g_hash_table_insert(
                metas->values, g_strdup(low), g_strdup(content));
        g_free(low);
    }
    g_free(name);
    g_free(content);
    return g_hash_table_size(metas->values) < 1000;
}

static void read_metas(struct making *m, xmlNode *page)
{
    struct metas metas = {
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};

    page_each(page, "meta", take_meta, &metas);
    for (int f = 0; f < FIELD_COUNT; f++) {
        const GPtrArray *names = m->words->metas[f];

        for (guint i = 0; i < names->len; i++) {
            const char *name = g_ptr_array_index(names, i);
            char *where = g_strdup_printf("meta %s", name);

            field_set(
                m, (enum field)f, g_hash_table_lookup(metas.values, name),
                where);
            g_free(where);
        }
    }
    g_hash_table_unref(metas.values);
}

/* --- JSON-LD (https://schema.org/Article) ----------------------------------- */

static const char *member_text(JsonObject *o, const char *name)
{
    JsonNode *node = json_object_has_member(o, name)
                         ? json_object_get_member(o, name)
                         : NULL;

    if (node && JSON_NODE_HOLDS_OBJECT(node))
        return member_text(json_node_get_object(node), "name");
    return node && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static void read_object(struct making *m, JsonObject *o)
{
    if (!json_object_has_member(o, "headline") &&
        !json_object_has_member(o, "datePublished"))
        return;
    field_set(m, FIELD_TITLE, member_text(o, "headline"), "JSON-LD");
    field_set(m, FIELD_DATE, member_text(o, "datePublished"), "JSON-LD");
    field_set(m, FIELD_PUBLISHER, member_text(o, "publisher"), "JSON-LD");
    field_set(m, FIELD_URL, member_text(o, "url"), "JSON-LD");
}

/* An object, or the objects of a list or of "@graph". */
static void read_node(struct making *m, JsonNode *node, int depth)
{
    if (!node || depth > 2)
        return;
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        JsonObject *o = json_node_get_object(node);

        read_object(m, o);
        if (json_object_has_member(o, "@graph"))
            read_node(m, json_object_get_member(o, "@graph"), depth + 1);
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        JsonArray *list = json_node_get_array(node);

        for (guint i = 0; i < json_array_get_length(list) && i < 100; i++)
            read_node(m, json_array_get_element(list, i), depth + 1);
    }
}

static bool take_script(xmlNode *node, void *self)
{
    struct making *m = self;
    char *type = page_attribute(node, "type");
    xmlChar *content;
    JsonParser *parser;

    if (type && !g_ascii_strcasecmp(type, "application/ld+json")) {
        content = xmlNodeGetContent(node);
        parser = json_parser_new();
        if (content &&
            !is_deep_json((struct str){
                (const char *)content, strlen((const char *)content)}) &&
            json_parser_load_from_data(parser, (const char *)content, -1, NULL))
            read_node(m, json_parser_get_root(parser), 0);
        g_object_unref(parser);
        xmlFree(content);
    }
    g_free(type);
    return true;
}

/* --- what only readers see ---------------------------------------------------- */

static bool take_canonical(xmlNode *node, void *self)
{
    char *rel = page_attribute(node, "rel");
    char *href = page_attribute(node, "href");
    bool found = rel && href && !g_ascii_strcasecmp(rel, "canonical");

    if (found)
        field_set(self, FIELD_URL, href, "canonical link");
    g_free(rel);
    g_free(href);
    return !found;
}

static void
read_content(struct making *m, enum field f, xmlNode *node, const char *where)
{
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;

    if (content)
        field_set(m, f, (const char *)content, where);
    xmlFree(content);
}

/* "Title | The Courier" or "The Courier - Title": the longest part. */
static void read_title_element(struct making *m, xmlNode *page)
{
    xmlNode *node = page_find(page, "title");
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
    char **parts, *best = NULL;
    const char *end;

    if (!content)
        return;
    if (strlen((const char *)content) > 1000)
        content[1000] = 0;
    g_utf8_validate((const char *)content, -1, &end);
    content[end - (const char *)content] = 0;
    parts = g_regex_split_simple(
        " [|\xC2\xB7\xE2\x80\x93\xE2\x80\x94-] ", (const char *)content, 0, 0);
    for (char **at = parts; at && *at; at++)
        if (!best || strlen(*at) > strlen(best))
            best = *at;
    field_set(m, FIELD_TITLE, best, "title of the page");
    g_strfreev(parts);
    xmlFree(content);
}

static bool take_time(xmlNode *node, void *self)
{
    char *day = page_attribute(node, "datetime");

    if (day)
        field_set(self, FIELD_DATE, day, "time on the page");
    g_free(day);
    return false;
}

void page_read_fields(struct making *m, xmlNode *page)
{
    read_metas(m, page);
    page_each(page, "script", take_script, m);
    page_each(page, "link", take_canonical, m);
    if (!m->document->title)
        read_content(m, FIELD_TITLE, page_find(page, "h1"), "heading");
    if (!m->document->title)
        read_title_element(m, page);
    if (!m->document->date)
        page_each(page, "time", take_time, m);
}
