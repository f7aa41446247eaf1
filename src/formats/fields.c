#include "formats/page.h"

#include <string.h>

enum { WORDS_MOST = 1000, METAS_MOST = 1000, ITEMS_MOST = 100 };

/* Where a page tells something of itself; lists of xmlNode, in its order. */
struct places {
    GPtrArray *metas, *scripts, *links, *items;
    xmlNode *heading, *title, *time; /* the first, or NULL */
};

static void keep_first(xmlNode **at, xmlNode *node)
{
    if (!*at)
        *at = node;
}

static void take_place(struct places *p, xmlNode *node)
{
    const char *name = (const char *)node->name;

    if (!strcmp(name, "meta"))
        g_ptr_array_add(p->metas, node);
    else if (!strcmp(name, "script"))
        g_ptr_array_add(p->scripts, node);
    else if (!strcmp(name, "link"))
        g_ptr_array_add(p->links, node);
    else if (!strcmp(name, "h1"))
        keep_first(&p->heading, node);
    else if (!strcmp(name, "title"))
        keep_first(&p->title, node);
    else if (!strcmp(name, "time"))
        keep_first(&p->time, node);
    if (node->properties && p->items->len < ITEMS_MOST &&
        xmlHasProp(node, (const xmlChar *)"itemprop"))
        g_ptr_array_add(p->items, node);
}

static struct places find_places(xmlNode *page)
{
    struct places p = {
        g_ptr_array_new(),
        g_ptr_array_new(),
        g_ptr_array_new(),
        g_ptr_array_new(),
        NULL,
        NULL,
        NULL};

    for (xmlNode *n = page; n; n = page_step(n, page, false))
        if (n->type == XML_ELEMENT_NODE)
            take_place(&p, n);
    return p;
}

static void free_places(struct places *p)
{
    g_ptr_array_unref(p->metas);
    g_ptr_array_unref(p->scripts);
    g_ptr_array_unref(p->links);
    g_ptr_array_unref(p->items);
}

/* What the metas of one name say. */
struct metas {
    GHashTable *values; /* name in lower case -> content, the first of it */
};

static void take_meta(struct metas *metas, xmlNode *node)
{
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
}

static void
read_metas(struct making *m, const GPtrArray *nodes, struct page_tells *tells)
{
    const GPtrArray *modified = m->words->modified;
    struct metas metas = {
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};

    for (guint i = 0; i < MIN(nodes->len, METAS_MOST); i++)
        take_meta(&metas, g_ptr_array_index(nodes, i));
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
    for (guint i = 0; i < modified->len && !tells->modified; i++) {
        const char *day =
            g_hash_table_lookup(metas.values, g_ptr_array_index(modified, i));

        if (day)
            tells->modified = arena_copy(m->a, day, strlen(day));
    }
    g_hash_table_unref(metas.values);
}

/* --- microdata (https://schema.org in attributes) ------------------------------ */

/* What an element says: in an attribute, or in its words. */
static char *said_by(xmlNode *node)
{
    char *value = page_attribute(node, "content");
    xmlChar *words;

    if (!value)
        value = page_attribute(node, "datetime");
    if (value)
        return value;
    words = xmlNodeGetContent(node);
    value = g_strndup(words ? (const char *)words : "", WORDS_MOST);
    xmlFree(words);
    return value;
}

/* Of a thing that has a name, the name. */
static char *name_of(xmlNode *thing)
{
    for (xmlNode *n = thing; n; n = page_step(n, thing, false)) {
        char *name =
            n->type == XML_ELEMENT_NODE ? page_attribute(n, "itemprop") : NULL;
        bool is_it = name && !strcmp(name, "name");

        g_free(name);
        if (is_it)
            return said_by(n);
    }
    return said_by(thing);
}

static void read_item(struct making *m, xmlNode *node, const char *property)
{
    static const struct {
        const char *property;
        enum field field;
    } known[] = {
        {"headline", FIELD_TITLE},
        {"datePublished", FIELD_DATE},
        {"publisher", FIELD_PUBLISHER},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        char *value;

        if (strcmp(property, known[i].property) != 0)
            continue;
        value = xmlHasProp(node, (const xmlChar *)"itemscope") ? name_of(node)
                                                               : said_by(node);
        field_set(m, known[i].field, value, "microdata");
        g_free(value);
    }
}

static void read_items(struct making *m, const GPtrArray *nodes)
{
    for (guint i = 0; i < nodes->len; i++) {
        xmlNode *node = g_ptr_array_index(nodes, i);
        char *property = page_attribute(node, "itemprop");

        read_item(m, node, property);
        g_free(property);
    }
}

/* --- what only readers see ---------------------------------------------------- */

static void read_canonical(struct making *m, const GPtrArray *links)
{
    for (guint i = 0; i < links->len && !m->document->url; i++) {
        char *rel = page_attribute(g_ptr_array_index(links, i), "rel");
        char *href = page_attribute(g_ptr_array_index(links, i), "href");

        if (rel && !g_ascii_strcasecmp(rel, "canonical"))
            field_set(m, FIELD_URL, href, "canonical link");
        g_free(rel);
        g_free(href);
    }
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
static void read_title_element(struct making *m, xmlNode *node)
{
    xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
    char **parts, *best = NULL;
    const char *end;

    if (!content)
        return;
    if (strlen((const char *)content) > WORDS_MOST)
        content[WORDS_MOST] = 0;
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

static void read_time(struct making *m, xmlNode *node)
{
    char *day = node ? page_attribute(node, "datetime") : NULL;

    field_set(m, FIELD_DATE, day, "time on the page");
    g_free(day);
}

struct page_tells page_read_fields(struct making *m, xmlNode *page)
{
    struct page_tells tells = {NULL, NULL};
    struct places p = find_places(page);

    read_metas(m, p.metas, &tells);
    page_read_linked(m, p.scripts, &tells);
    read_canonical(m, p.links);
    read_items(m, p.items);
    if (!m->document->title)
        read_content(m, FIELD_TITLE, p.heading, "heading");
    if (!m->document->title)
        read_title_element(m, p.title);
    if (!m->document->date)
        read_time(m, p.time);
    free_places(&p);
    return tells;
}
