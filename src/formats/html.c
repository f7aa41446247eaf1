/* Web pages: their main text, and what they tell of themselves. */
#include "formats/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { ELEMENTS_DEEP = 512 };

/* --- walking without recursion: pages may be nested without end ------------ */

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

/* --- clutter ---------------------------------------------------------------- */

static bool has_clutter_word(const struct intake_words *w, const char *value)
{
    char **words;
    bool found = false, is_had = false;

    if (!value || strnlen(value, 1001) > 1000)
        return false;
    words = g_strsplit_set(value, " \t\n-_", -1);
    for (char **at = words; *at && !found; at++) {
        char *low = g_ascii_strdown(*at, -1);

        found = !is_had && g_hash_table_contains(w->clutter, low);
        is_had = g_hash_table_contains(w->unless, low);
        g_free(low);
    }
    g_strfreev(words);
    return found;
}

static bool has_clutter_attribute(const struct intake_words *w, xmlNode *node)
{
    static const char *const roles[] = {
        "navigation", "banner", "complementary", "contentinfo", "search"};
    char *class = page_attribute(node, "class");
    char *id = page_attribute(node, "id");
    char *role = page_attribute(node, "role");
    bool found = has_clutter_word(w, class) || has_clutter_word(w, id) ||
                 xmlHasProp(node, (const xmlChar *)"hidden");

    for (size_t i = 0; role && i < G_N_ELEMENTS(roles); i++)
        found = found || !strcmp(role, roles[i]);
    g_free(class);
    g_free(id);
    g_free(role);
    return found;
}

/* The head of the whole page, unless the heading of its text is in it. */
static bool is_masthead(xmlNode *node)
{
    return is_element(node, "header") && node->parent &&
           is_element(node->parent, "body") && !page_find(node, "h1");
}

static bool is_main(const xmlNode *node)
{
    return is_element(node, "article") || is_element(node, "main") ||
           is_element(node, "body") || is_element(node, "html");
}

static bool is_clutter_element(const struct intake_words *w, xmlNode *node)
{
    if (node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE)
        return true;
    return node->type == XML_ELEMENT_NODE && !is_main(node) &&
           (g_hash_table_contains(w->clutter_elements, node->name) ||
            is_masthead(node));
}

/* Classes and ids are words of the page's makers and only a hint: `strict`
   is to heed them. */
static bool is_clutter(const struct intake_words *w, xmlNode *node, bool strict)
{
    return is_clutter_element(w, node) ||
           (strict && node->type == XML_ELEMENT_NODE && node->properties &&
            !is_main(node) && has_clutter_attribute(w, node));
}

/* --- which part is the text --------------------------------------------------- */

static size_t
text_length(const struct intake_words *w, xmlNode *root, bool strict)
{
    size_t total = 0;
    bool over;

    for (xmlNode *n = root; n; n = page_step(n, root, over)) {
        over = n != root && is_clutter(w, n, strict);
        if (!over && n->type == XML_TEXT_NODE && n->content)
            total += strlen((const char *)n->content);
    }
    return total;
}

/* The largest <article> or <main> if it holds a good part of the page, else
   its body. */
static xmlNode *
find_main(const struct intake_words *w, xmlNode *page, bool *strict)
{
    enum { CANDIDATES_MOST = 16 };
    xmlNode *best = page, *body = page;
    size_t most = 0, candidates = 0, whole;

    for (xmlNode *n = page; n; n = page_step(n, page, false)) {
        size_t length;

        if (is_element(n, "body"))
            body = n;
        if ((!is_element(n, "article") && !is_element(n, "main")) ||
            ++candidates > CANDIDATES_MOST)
            continue;
        length = text_length(w, n, false);
        if (length > most) {
            most = length;
            best = n;
        }
    }
    whole = text_length(w, body, false);
    if (!most || most * 3 < whole)
        best = body;
    *strict = text_length(w, best, true) * 4 >= text_length(w, best, false);
    return best;
}

/* --- the text ------------------------------------------------------------------ */

enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

static enum gap gap_of(const xmlNode *node)
{
    static const char *const paragraphs[] = {
        "p",       "h1",         "h2",    "h3",     "h4",     "h5",
        "h6",      "div",        "table", "ul",     "ol",     "section",
        "article", "blockquote", "pre",   "main",   "figure", "figcaption",
        "header",  "dl",         "hr",    "address"};
    static const char *const lines[] = {"li", "tr", "br", "dt", "dd"};

    if (node->type != XML_ELEMENT_NODE)
        return GAP_NONE;
    for (size_t i = 0; i < G_N_ELEMENTS(paragraphs); i++)
        if (is_element(node, paragraphs[i]))
            return GAP_PARAGRAPH;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        if (is_element(node, lines[i]))
            return GAP_LINE;
    return is_element(node, "td") || is_element(node, "th") ? GAP_SPACE
                                                            : GAP_NONE;
}

struct writing {
    GString *out;
    enum gap gap; /* owed before the next words */
};

static void owe(struct writing *w, enum gap gap)
{
    w->gap = MAX(w->gap, gap);
}

static void write_words(struct writing *w, const char *words)
{
    static const char *const gaps[] = {"", " ", "\n", "\n\n"};

    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " \t\r\n\f");

        if (len) {
            if (w->out->len)
                g_string_append(w->out, gaps[w->gap]);
            w->gap = GAP_NONE;
            g_string_append_len(w->out, p, (gssize)len);
        }
        p += len;
        if (*p) {
            owe(w, GAP_SPACE);
            p++;
        }
    }
}

static void write_text(
    const struct intake_words *words, xmlNode *root, bool strict, GString *out)
{
    struct writing w = {.out = out};
    xmlNode *n = root;

    for (;;) {
        bool over = n != root && is_clutter(words, n, strict);

        owe(&w, gap_of(n));
        if (!over && n->content &&
            (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE))
            write_words(&w, (const char *)n->content);
        if (!over && n->children) {
            n = n->children;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            owe(&w, gap_of(n));
        }
        if (n == root)
            return;
        owe(&w, gap_of(n));
        n = n->next;
    }
}

/* --- the page -------------------------------------------------------------------- */

xmlNode *page_find(xmlNode *root, const char *name)
{
    for (xmlNode *n = root; n; n = page_step(n, root, false))
        if (is_element(n, name))
            return n;
    return NULL;
}

void page_each(
    xmlNode *root, const char *name, bool (*take)(xmlNode *node, void *self),
    void *self)
{
    for (xmlNode *n = root; n; n = page_step(n, root, false))
        if (is_element(n, name) && !take(n, self))
            return;
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

void read_html(struct making *m, struct str text)
{
    const struct intake_words *w = m->words;
    bool is_odd = text.len > G_MAXINT / 4 || is_odd_html(text), strict;
    xmlDoc *doc = text.len && !is_odd ? parse(text) : NULL;
    xmlNode *page = doc ? xmlDocGetRootElement(doc) : NULL, *best;
    GString *out = g_string_new(NULL);

    if (page) {
        page_read_fields(m, page);
        best = find_main(w, page, &strict);
        write_text(w, best, strict, out);
    } else if (text.len && !doc) {
        making_note(
            m, "the page is built too oddly: read without its structure");
        strip_tags(text, out);
    }
    xmlFreeDoc(doc);
    if (!g_utf8_validate(out->str, (gssize)out->len, NULL))
        g_string_truncate(out, 0); /* libxml2 only hands out UTF-8 */
    set_text(m, out);
}

struct str read_fragment(struct making *m, struct str page)
{
    struct document of = {.media_type = "text/html"};
    struct making inner = *m;

    inner.document = &of;
    read_html(&inner, page);
    return of.text;
}
