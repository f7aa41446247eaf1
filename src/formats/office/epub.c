/* Books: EPUB, a list of web pages in the order of reading. */
#include "formats/office/package.h"

#include <string.h>

enum { PAGES_MOST = 2000 };

static char *attribute(xmlTextReader *reader, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    char *copy = value ? g_strdup((const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

/* The path of the file that lists the others, or NULL. */
static char *find_list(GHashTable *package)
{
    xmlTextReader *reader = package_read(package, "META-INF/container.xml");
    char *path = NULL;

    while (reader && !path && package_next(reader))
        if (package_is_at(reader, "rootfile"))
            path = attribute(reader, "full-path");
    xmlFreeTextReader(reader);
    return path;
}

/* "a%20b.xhtml" beside "OPS/book.opf" -> "OPS/a b.xhtml"; or NULL. */
static char *path_beside(const char *list, const char *href)
{
    char *name = g_uri_unescape_string(href, "/");
    const char *slash = strrchr(list, '/');
    char *path =
        name ? g_strdup_printf(
                   "%.*s%s", (int)(slash ? slash + 1 - list : 0), list, name)
             : NULL;

    g_free(name);
    return path;
}

static void
add_page(struct making *m, GHashTable *package, const char *path, GString *text)
{
    GBytes *bytes = path ? g_hash_table_lookup(package, path) : NULL;
    struct document page = {.media_type = "text/html"};
    struct making inner = *m;
    gsize len;
    const char *at = bytes ? g_bytes_get_data(bytes, &len) : NULL;

    if (!at)
        return;
    inner.document = &page; /* its title is a chapter's */
    read_html_part(&inner, decode(&inner, (struct str){at, len}));
    if (text->len && page.text.len)
        g_string_append(text, "\n\n");
    g_string_append_len(text, page.text.at, (gssize)page.text.len);
}

/* The spine names items of the manifest, which stands before it. */
static void add_pages(
    struct making *m, GHashTable *package, const char *list, GString *text)
{
    GHashTable *paths =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    xmlTextReader *reader = package_read(package, list);
    int pages = 0;

    while (reader && pages < PAGES_MOST && package_next(reader)) {
        char *id = attribute(reader, "id"), *ref = attribute(reader, "idref");
        char *href = attribute(reader, "href");

        if (package_is_at(reader, "item") && id && href) {
            g_hash_table_insert(paths, g_strdup(id), path_beside(list, href));
        } else if (package_is_at(reader, "itemref") && ref) {
            add_page(m, package, g_hash_table_lookup(paths, ref), text);
            g_hash_table_remove(paths, ref); /* each page once */
            pages++;
        }
        g_free(id);
        g_free(ref);
        g_free(href);
    }
    xmlFreeTextReader(reader);
    g_hash_table_unref(paths);
}

void read_epub(struct making *m, GHashTable *package)
{
    static const struct package_field fields[] = {
        {"title", "title of the book", FIELD_TITLE},
        {"date", "date of the book", FIELD_DATE},
        {"publisher", "publisher of the book", FIELD_PUBLISHER},
        {"creator", "author of the book", FIELD_PUBLISHER},
    };
    GString *text = g_string_new(NULL);
    char *list = find_list(package);

    if (list) {
        package_read_fields(m, package, list, fields, G_N_ELEMENTS(fields));
        add_pages(m, package, list, text);
    }
    set_text(m, text);
    g_free(list);
}
