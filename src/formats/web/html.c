/* Web pages: their main text, and what they tell of themselves. */
#include "formats/web/blocks.h"
#include "formats/web/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum { ELEMENTS_DEEP = 512 };

/* --- parsing ------------------------------------------------------------------ */

const char *element_says(const struct element *e, const char *name)
{
    for (const char *const *at = e->attributes; at && *at; at += 2)
        if (!strcmp(at[0], name))
            return at[1] ? at[1] : "";
    return NULL;
}

struct page {
    htmlParserCtxt *parser;
    struct blocking *blocks;
    struct telling *telling; /* NULL if nobody asks for it */
    uint32_t depth;
};

/* The parser looks through all open elements at each end tag. */
static void
begin_element(void *self, const xmlChar *name, const xmlChar **attributes)
{
    struct page *p = self;
    const struct element e = {
        (const char *)name, (const char *const *)attributes};

    if (p->parser->nameNr > ELEMENTS_DEEP) {
        xmlStopParser(p->parser);
        return;
    }
    p->depth++;
    blocking_begin(p->blocks, &e);
    if (p->telling)
        telling_begin(p->telling, &e);
}

static void take_words(void *self, const xmlChar *at, int size)
{
    struct page *p = self;
    const struct str words = {(const char *)at, (size_t)size};

    blocking_take_words(p->blocks, words);
    if (p->telling)
        telling_take_words(p->telling, words);
}

static void end_element(void *self, const xmlChar *name)
{
    struct page *p = self;

    (void)name;
    if (!p->depth)
        return;
    p->depth--;
    blocking_end(p->blocks);
    if (p->telling)
        telling_end(p->telling);
}

/* False if it is nested too deep. */
static bool parse(struct page *p, struct str text)
{
    htmlParserCtxt *c = htmlCreateMemoryParserCtxt(text.at, (int)text.len);
    bool is_good;

    if (!c)
        return false;
    htmlCtxtUseOptions(
        c, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
               HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    c->options |= XML_PARSE_HUGE; /* long texts */
    *c->sax = (xmlSAXHandler){
        .startElement = begin_element,
        .endElement = end_element,
        .characters = take_words,
        .cdataBlock = take_words};
    c->userData = p;
    p->parser = c;
    xmlSwitchEncoding(c, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(c);
    is_good = c->errNo != XML_ERR_USER_STOP;
    htmlFreeParserCtxt(c);
    return is_good;
}

/* NULL if it is built too oddly. */
static struct blocks *
parse_page(struct making *m, struct str text, struct telling *telling)
{
    GString *cut = g_string_sized_new(text.len);
    struct page p = {.blocks = blocking_new(m->words), .telling = telling};
    struct blocks *b;
    struct str rest;
    bool is_good;

    cut_scripts(text, cut);
    rest = (struct str){cut->str, cut->len};
    is_good = rest.len <= G_MAXINT / 4 && !is_odd_html(rest) && parse(&p, rest);
    b = blocking_take(p.blocks);
    g_string_free(cut, TRUE);
    if (is_good && b->parts->len)
        return b;
    blocks_free(b);
    return NULL;
}

/* --- the page -------------------------------------------------------------------- */

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

static void read_site(
    struct making *m, struct blocks *b, struct telling *telling, GString *out)
{
    struct page_tells tells = telling_read(telling, m);
    bool is_told = keep_main_text(b, m->words);

    read_lines(m, b);
    field_set(m, FIELD_DATE, tells.modified, "date of the last change");
    blocks_write(b, out);
    if (!is_told)
        making_note(
            m, "no main text could be told on the page: all of it is kept");
    take_article(m, tells.article, out);
}

/* What it tells of itself, and whether some of it is not text, are asked only
   of a site's page. */
static void read_page(struct making *m, struct str text, bool is_site)
{
    struct telling *telling = is_site ? telling_new(m->words) : NULL;
    struct blocks *b = text.len ? parse_page(m, text, telling) : NULL;
    GString *out = g_string_new(NULL);

    if (b && is_site)
        read_site(m, b, telling, out);
    else if (b)
        blocks_write(b, out);
    if (text.len && !out->len) {
        making_note(
            m, "the page is built too oddly: read without its structure");
        strip_tags(text, out);
    }
    g_clear_pointer(&b, blocks_free);
    g_clear_pointer(&telling, telling_free);
    if (!g_utf8_validate(out->str, (gssize)out->len, NULL))
        g_string_truncate(out, 0); /* libxml2 only hands out UTF-8 */
    set_text(m, out);
}

void read_html(struct making *m, struct str text)
{
    read_page(m, text, true);
}

void read_html_part(struct making *m, struct str text)
{
    read_page(m, text, false);
}

struct str read_fragment(struct making *m, struct str page)
{
    struct document of = {.media_type = "text/html"};
    struct making inner = *m;

    inner.document = &of;
    read_html_part(&inner, page);
    return of.text;
}
