/* News feeds, item by item, by libxml2's reader: so a feed may be of any size.
   Entities are not resolved, nothing is opened. */
#include "formats/series/syndication.h"

#include "formats/series/transcode.h"

#include <libxml/xmlreader.h>
#include <string.h>

/* A feed being read. */
struct channel {
    xmlTextReader *reader;
    bool is_broken;          /* reading ended before the feed did */
    char *title, *publisher; /* of the whole, as far as it is read; or NULL */
};

/* --- the reader ------------------------------------------------------------------ */

static int read_piece(void *self, char *at, int len)
{
    return (int)transcoder_read(self, at, (size_t)len);
}

static int end(void *self)
{
    transcoder_free(self);
    return 0;
}

/* What the XML declaration says, g_free it; or NULL. */
static char *declared_encoding(struct str start)
{
    char *head = g_strndup(start.at, MIN(start.len, 200));
    char *at =
        g_str_has_prefix(head, "<?xml") ? strstr(head, "encoding=") : NULL;
    char *name = NULL;

    if (at)
        at += strlen("encoding=");
    if (at && (*at == '"' || *at == '\'') && strchr(at + 1, *at))
        name = g_strndup(at + 1, (gsize)(strchr(at + 1, *at) - at - 1));
    g_free(head);
    return name;
}

/* Encodings are ICU's work: libxml2 would open files for some. */
static xmlTextReader *open_reader(struct feed *in)
{
    char *encoding = declared_encoding(feed_start(in));
    struct transcoder *text = transcoder_new(in, encoding);

    g_free(encoding);
    return xmlReaderForIO(
        read_piece, end, text, NULL, "UTF-8",
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
            XML_PARSE_IGNORE_ENC);
}

/* --- items ------------------------------------------------------------------------ */

/* The next node in document order inside `root`; past a node's children if
   `over`. */
static xmlNode *step(xmlNode *node, const xmlNode *root, bool over)
{
    /* What a reference to an entity has below it is not in the tree. */
    if (!over && node->children && node->type != XML_ENTITY_REF_NODE)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* An attribute's value, g_free it; or NULL. */
static char *attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    char *copy = value ? g_strdup((const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           !strcmp((const char *)node->name, name);
}

static void append_text(xmlNode *root, GString *out)
{
    for (xmlNode *n = root; n; n = step(n, root, false))
        if ((n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) &&
            n->content)
            g_string_append(out, (const char *)n->content);
}

/* Its words without what is round them; g_free it. */
static char *text_of(xmlNode *node)
{
    GString *out = g_string_new(NULL);

    append_text(node, out);
    return g_string_free(out, FALSE);
}

static bool is_at(xmlTextReader *r, const char *name)
{
    return !strcmp((const char *)xmlTextReaderConstLocalName(r), name);
}

/* What a feed says of itself stands before its items, or is not known. */
static void take_of_channel(struct channel *c)
{
    char **kept = is_at(c->reader, "title")       ? &c->title
                  : is_at(c->reader, "publisher") ? &c->publisher
                                                  : NULL;
    xmlNode *node = kept && !*kept ? xmlTextReaderExpand(c->reader) : NULL;

    if (node)
        *kept = text_of(node);
}

/* The next item, or NULL; `more` is what the reader said last. */
static xmlNode *find_item(struct channel *c, int more)
{
    xmlTextReader *r = c->reader;

    for (; more == 1; more = xmlTextReaderRead(r)) {
        int depth = xmlTextReaderDepth(r);

        if (xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT || depth < 1 ||
            depth > 2)
            continue;
        if (is_at(r, "item") || is_at(r, "entry")) {
            xmlNode *item = xmlTextReaderExpand(r);

            c->is_broken = !item;
            return item;
        }
        take_of_channel(c);
    }
    c->is_broken = more < 0;
    return NULL;
}

static xmlNode *first_item(struct channel *c)
{
    return find_item(c, xmlTextReaderRead(c->reader));
}

static xmlNode *next_item(struct channel *c)
{
    return find_item(c, xmlTextReaderNext(c->reader));
}

static void channel_open(struct channel *c, struct feed *in)
{
    *c = (struct channel){.reader = open_reader(in)};
}

static void channel_close(struct channel *c)
{
    xmlFreeTextReader(c->reader);
    g_free(c->title);
    g_free(c->publisher);
}

/* --- what is a feed ------------------------------------------------------------------- */

static bool is_rss_1(xmlTextReader *r)
{
    xmlChar *space = xmlTextReaderLookupNamespace(r, NULL);
    bool found = space && (strstr((char *)space, "purl.org/rss/1.") ||
                           strstr((char *)space, "my.netscape.com/rdf/"));

    xmlFree(space);
    return found;
}

static const char *kind_of_root(xmlTextReader *r)
{
    const xmlChar *space = xmlTextReaderConstNamespaceUri(r);

    if (is_at(r, "rss"))
        return "application/rss+xml";
    if (is_at(r, "feed") && space && strstr((const char *)space, "/Atom"))
        return "application/atom+xml";
    if (is_at(r, "feed") && space && strstr((const char *)space, "/atom/"))
        return "application/atom+xml";
    return is_at(r, "RDF") && is_rss_1(r) ? "application/rss+xml" : NULL;
}

/* By its first byte: else no parser need be asked. */
static bool may_be_xml(struct str start)
{
    return start.len > 1 && memchr("< \r\n\t\xEF\xFE\xFF", *start.at, 8);
}

const char *syndication_kind(struct str start)
{
    struct feed *in = may_be_xml(start) ? feed_of_bytes(start) : NULL;
    xmlTextReader *r = in ? open_reader(in) : NULL;
    const char *kind = NULL;
    int more = r ? xmlTextReaderRead(r) : 0;

    while (more == 1 && xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT)
        more = xmlTextReaderRead(r);
    if (more == 1)
        kind = kind_of_root(r);
    if (r)
        xmlFreeTextReader(r);
    feed_free(in);
    return kind;
}

/* --- an item as a feed of its own --------------------------------------------------------- */

static bool has_reference(const xmlAttr *a)
{
    for (const xmlNode *n = a->children; n; n = n->next)
        if (n->type == XML_ENTITY_REF_NODE)
            return true;
    return false;
}

/* References to entities mean nothing without what declares them. */
static void drop_references(xmlNode *root)
{
    xmlNode *next;

    for (xmlNode *n = root; n; n = next) {
        next = step(n, root, false);
        for (xmlAttr *a = n->type == XML_ELEMENT_NODE ? n->properties : NULL,
                     *b;
             a; a = b) {
            b = a->next;
            if (has_reference(a))
                xmlRemoveProp(a);
        }
        if (n->type == XML_ENTITY_REF_NODE) {
            xmlUnlinkNode(n);
            xmlFreeNode(n);
        }
    }
}

/* What an item is in, without all else that is in there. */
static xmlNode *copy_shell(xmlDoc *doc, xmlNode *node)
{
    xmlNode *shell = xmlDocCopyNode(node, doc, 2);

    xmlFreePropList(shell->properties);
    shell->properties = NULL;
    return shell;
}

static void add_word(xmlNode *to, const char *name, const char *words)
{
    if (words)
        xmlNewTextChild(
            to, to->ns, (const xmlChar *)name, (const xmlChar *)words);
}

static xmlDoc *copy_item(const struct channel *c, xmlNode *item)
{
    xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
    xmlNode *copy = xmlDocCopyNode(item, doc, 1);

    drop_references(copy);
    for (xmlNode *up = item->parent; up && up->type == XML_ELEMENT_NODE;
         up = up->parent) {
        xmlNode *shell = copy_shell(doc, up);

        if (up == item->parent) {
            add_word(shell, "title", c->title);
            add_word(shell, "publisher", c->publisher);
        }
        xmlAddChild(shell, copy);
        copy = shell;
    }
    xmlDocSetRootElement(doc, copy);
    return doc;
}

static void give_item(
    struct unpacking *u, const struct channel *c, xmlNode *item,
    uint64_t number)
{
    xmlDoc *doc = copy_item(c, item);
    xmlChar *bytes = NULL;
    int len = 0;
    struct member p = {
        .name = arena_print(u->a, ":%" G_GUINT64_FORMAT, number),
        .media_type = "application/rss+xml",
        .is_alone = true,
    };

    xmlDocDumpMemoryEnc(doc, &bytes, &len, "UTF-8");
    p.bytes = (struct str){(const char *)bytes, (size_t)len};
    if (p.bytes.len > u->member_most)
        unpack_refuse(u, p.name, LARGER_THAN_ONE);
    else
        unpack_give(u, &p);
    xmlFree(bytes);
    xmlFreeDoc(doc);
}

static bool is_single(struct feed *in)
{
    struct channel c;
    bool single;

    channel_open(&c, in);
    single = !first_item(&c) || (!next_item(&c) && !c.is_broken);
    channel_close(&c);
    return single;
}

bool syndication_unpack(struct unpacking *u, GError **error)
{
    struct channel c;
    uint64_t number = 0;
    bool good;

    if (is_single(u->in))
        return true;
    channel_open(&c, u->in);
    for (xmlNode *item = first_item(&c); item; item = next_item(&c))
        give_item(u, &c, item, ++number);
    good = !c.is_broken;
    channel_close(&c);
    if (!good)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "what comes after its item %" G_GUINT64_FORMAT
            " is damaged or cut off, and not read",
            number);
    return good;
}

/* --- an item as a document -------------------------------------------------------------- */

static bool is_own(const xmlNode *item, const xmlNode *child)
{
    return item->ns && child->ns ? xmlStrEqual(item->ns->href, child->ns->href)
                                 : !item->ns && !child->ns;
}

/* The first child of a name: of the feed's own language, or of another. */
static xmlNode *find_child(xmlNode *item, const char *name, bool own)
{
    for (xmlNode *n = item->children; n; n = n->next)
        if (is_named(n, name) && is_own(item, n) == own)
            return n;
    return NULL;
}

static void
set_words(struct making *m, enum field f, const char *words, const char *where)
{
    struct str text = {words, words ? strlen(words) : 0};

    if (text.len && strpbrk(words, "<&"))
        text = read_fragment(m, text);
    field_set(m, f, text.len ? text.at : NULL, where);
}

static void take_words(
    struct making *m, enum field f, xmlNode *item, const char *name, bool own,
    const char *where)
{
    xmlNode *child = find_child(item, name, own);
    char *words = child ? text_of(child) : NULL;

    set_words(m, f, words, where);
    g_free(words);
}

/* <link href="..."/> of Atom, the one for readers. */
static void take_link(struct making *m, xmlNode *item)
{
    for (xmlNode *n = item->children; n; n = n->next) {
        char *rel, *href;

        if (!is_named(n, "link") || !is_own(item, n))
            continue;
        rel = attribute(n, "rel");
        href = attribute(n, "href");
        if (!rel || !strcmp(rel, "alternate"))
            field_set(m, FIELD_URL, href, "link");
        g_free(rel);
        g_free(href);
    }
}

static void take_fields(struct making *m, xmlNode *item)
{
    static const struct {
        enum field field;
        const char *name, *where;
        bool own;
    } fields[] = {
        {FIELD_TITLE, "title", "title", true},
        {FIELD_URL, "link", "link", true},
        {FIELD_DATE, "pubDate", "pubDate", true},
        {FIELD_DATE, "published", "published", true},
        {FIELD_DATE, "issued", "issued", true},
        {FIELD_DATE, "date", "dc:date", false},
        {FIELD_DATE, "updated", "updated", true},
        {FIELD_DATE, "modified", "modified", true},
        {FIELD_PUBLISHER, "publisher", "dc:publisher", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        take_words(
            m, fields[i].field, item, fields[i].name, fields[i].own,
            fields[i].where);
    take_link(m, item);
}

/* Markup, where there is some inside, else words, which may be markup. */
static char *content_of(xmlNode *node)
{
    xmlBuffer *out;
    char *markup;

    if (!xmlFirstElementChild(node))
        return text_of(node);
    out = xmlBufferCreate();
    xmlNodeDump(out, node->doc, node, 0, 0);
    markup = g_strdup((const char *)xmlBufferContent(out));
    xmlBufferFree(out);
    return markup;
}

/* Atom says of its texts what they are; other feeds have HTML. */
static bool is_plain(xmlNode *node, bool is_atom, const char *words)
{
    char *type = is_atom ? attribute(node, "type") : NULL;
    bool plain = !strpbrk(words, "<&") ||
                 (is_atom && (!type || !g_ascii_strcasecmp(type, "text") ||
                              !strcmp(type, "text/plain")));

    g_free(type);
    return plain;
}

/* The item's words there; false where there are none. */
static bool
take_content(struct making *m, xmlNode *item, const char *name, bool own)
{
    xmlNode *node = find_child(item, name, own);
    char *words = node ? content_of(node) : NULL;
    struct str text = {words, words ? strlen(words) : 0};

    if (text.len)
        text = is_plain(node, own && is_named(item, "entry"), words)
                   ? text_mend(m, text)
                   : read_fragment(m, text);
    g_free(words);
    text = str_trim(text);
    m->document->text = text;
    m->document->body = (struct span){0, (uint32_t)text.len};
    return text.len;
}

/* The fullest; of an item that has but a title, this. */
static void take_text(struct making *m, xmlNode *item)
{
    if (!take_content(m, item, "encoded", false) &&
        !take_content(m, item, "content", true) &&
        !take_content(m, item, "description", true) &&
        !take_content(m, item, "summary", true))
        take_content(m, item, "title", true);
}

static bool take_item(struct making *m, struct channel *c, GError **error)
{
    xmlNode *item = first_item(c);
    const char *fault = NULL;

    if (item) {
        take_fields(m, item);
        set_words(m, FIELD_PUBLISHER, c->publisher, "publisher of the feed");
        set_words(m, FIELD_PUBLISHER, c->title, "title of the feed");
        take_text(m, item);
        if (next_item(c))
            fault = "it is a feed of several items";
    } else {
        fault = c->is_broken
                    ? "it is a feed that is damaged: no item of it can "
                      "be read"
                    : "it is a feed without items";
    }
    if (fault)
        g_set_error_literal(error, ATTEST_ERROR, ATTEST_ERROR_INPUT, fault);
    return !fault;
}

bool read_syndication(struct making *m, struct str bytes, GError **error)
{
    struct feed *in = feed_of_bytes(bytes);
    struct channel c;
    bool good;

    m->document->encoding = "UTF-8";
    channel_open(&c, in);
    good = take_item(m, &c, error);
    channel_close(&c);
    feed_free(in);
    return good;
}
