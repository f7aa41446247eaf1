/* Web pages: their main text, and what they tell of themselves. */
#include "formats/blocks.h"
#include "formats/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { ELEMENTS_DEEP = 512 };

/* --- walking without recursion: pages may be nested without end ------------ */

/* The next node in document order inside `root`; past a node's children if
   `over`. */
xmlNode *page_step(xmlNode *node, const xmlNode *root, bool over)
{
    /* What a reference to an entity has below it is not in the tree. */
    if (!over && node->children && node->type != XML_ENTITY_REF_NODE)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The parser has brought names to lower case. */
static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           !strcmp((const char *)node->name, name);
}

char *page_attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    char *copy = value ? g_strdup((const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

/* --- the page -------------------------------------------------------------------- */

xmlNode *page_find(xmlNode *root, const char *name)
{
    for (xmlNode *n = root; n; n = page_step(n, root, false))
        if (is_element(n, name))
            return n;
    return NULL;
}

/* The parser looks through all open elements at each end tag. */
static void
begin_element(void *self, const xmlChar *name, const xmlChar **attributes)
{
    htmlParserCtxt *c = self;

    if (c->nameNr > ELEMENTS_DEEP)
        xmlStopParser(c);
    else
        xmlSAX2StartElement(self, name, attributes);
}

/* NULL if it is nested too deep. */
static xmlDoc *parse(struct str text)
{
    htmlParserCtxt *c = htmlCreateMemoryParserCtxt(text.at, (int)text.len);
    xmlDoc *doc;
    bool stopped;

    if (!c)
        return NULL;
    htmlCtxtUseOptions(
        c, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
               HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    c->options |= XML_PARSE_HUGE;  /* long texts in one piece */
    c->loadsubset |= XML_SKIP_IDS; /* their table is slow when large */
    c->sax->startElement = begin_element;
    xmlSwitchEncoding(c, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(c);
    stopped = c->errNo == XML_ERR_USER_STOP;
    doc = c->myDoc;
    c->myDoc = NULL;
    htmlFreeParserCtxt(c);
    if (stopped)
        g_clear_pointer(&doc, xmlFreeDoc);
    return doc;
}

/* NULL if it is built too oddly. */
static xmlDoc *parse_page(struct str text)
{
    GString *cut = g_string_sized_new(text.len);
    xmlDoc *doc = NULL;
    struct str rest;

    cut_scripts(text, cut);
    rest = (struct str){cut->str, cut->len};
    if (rest.len <= G_MAXINT / 4 && !is_odd_html(rest))
        doc = parse(rest);
    g_string_free(cut, TRUE);
    return doc;
}

/* Lines at the head and foot of its text that tell who published it, when. */
static void read_lines(struct making *m, const struct blocks *b)
{
    GString *lines = g_string_new(NULL);

    blocks_write_lines(b, lines);
    bylines_read(m, (struct str){lines->str, lines->len});
    g_string_free(lines, TRUE);
}

/* A page may show only the beginning of what its JSON-LD tells in full. */
static void take_article(struct making *m, const char *article, GString *out)
{
    if (!article || strlen(article) < 2 * out->len)
        return;
    g_string_truncate(out, 0);
    if (m->document->title)
        g_string_printf(out, "%s\n\n", m->document->title);
    g_string_append(out, article);
    making_note(m, "the page shows less: its text is that of its JSON-LD");
}

static void read_site(struct making *m, xmlNode *page, GString *out)
{
    struct page_tells tells = page_read_fields(m, page);
    struct blocks *b = blocks_of(m->words, page);
    bool is_told = keep_main_text(b, m->words);

    read_lines(m, b);
    field_set(m, FIELD_DATE, tells.modified, "date of the last change");
    blocks_write(b, out);
    if (!is_told)
        making_note(
            m, "no main text could be told on the page: all of it is kept");
    take_article(m, tells.article, out);
    blocks_free(b);
}

static void read_markup(struct making *m, xmlNode *page, GString *out)
{
    struct blocks *b = blocks_of(m->words, page);

    blocks_write(b, out);
    blocks_free(b);
}

static void read_page(
    struct making *m, struct str text,
    void (*read)(struct making *m, xmlNode *page, GString *out))
{
    xmlDoc *doc = text.len ? parse_page(text) : NULL;
    xmlNode *page = doc ? xmlDocGetRootElement(doc) : NULL;
    GString *out = g_string_new(NULL);

    if (page)
        read(m, page, out);
    if (text.len && (!doc || !out->len)) {
        making_note(
            m, "the page is built too oddly: read without its structure");
        strip_tags(text, out);
    }
    xmlFreeDoc(doc);
    if (!g_utf8_validate(out->str, (gssize)out->len, NULL))
        g_string_truncate(out, 0); /* libxml2 only hands out UTF-8 */
    set_text(m, out);
}

void read_html(struct making *m, struct str text)
{
    read_page(m, text, read_site);
}

void read_html_part(struct making *m, struct str text)
{
    read_page(m, text, read_markup);
}

struct str read_fragment(struct making *m, struct str page)
{
    struct document of = {.media_type = "text/html"};
    struct making inner = *m;

    inner.document = &of;
    read_html_part(&inner, page);
    return of.text;
}
