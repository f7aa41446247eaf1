/* Documents of word processors: DOCX and ODT. */
#include "formats/office/package.h"

#include <string.h>

/* What an element is for the text. */
enum {
    IS_PARAGRAPH = 1,
    HAS_WORDS = 2, /* only words in such are of the text */
    IS_SPACE = 4,
    IS_LINE = 8,
    IS_SKIPPED = 16, /* with all that is in it */
};

struct element {
    const char *name; /* without its prefix */
    unsigned is;
};

static const struct element docx_elements[] = {
    {"p", IS_PARAGRAPH}, {"t", HAS_WORDS},         {"tab", IS_SPACE},
    {"br", IS_LINE},     {"cr", IS_LINE},          {"tabs", IS_SKIPPED},
    {"del", IS_SKIPPED}, {"moveFrom", IS_SKIPPED}, {"Fallback", IS_SKIPPED},
    {NULL, 0},
};

static const struct element odt_elements[] = {
    {"p", IS_PARAGRAPH | HAS_WORDS},
    {"h", IS_PARAGRAPH | HAS_WORDS},
    {"s", IS_SPACE},
    {"tab", IS_SPACE},
    {"line-break", IS_LINE},
    {"annotation", IS_SKIPPED},
    {"note-citation", IS_SKIPPED},
    {"tracked-changes", IS_SKIPPED},
    {NULL, 0},
};

/* A file being read. */
struct prose {
    const struct element *elements;
    xmlTextReader *reader;
    GString *text;
    int words;   /* open elements that have them */
    int skipped; /* depth of the one that is passed over, or -1 */
};

static unsigned kind_of(const struct prose *p)
{
    const struct element *e = p->elements;

    while (e->name && !package_is_at(p->reader, e->name))
        e++;
    return e->is;
}

static void begin_element(struct prose *p)
{
    unsigned is = kind_of(p);
    bool is_empty = xmlTextReaderIsEmptyElement(p->reader);

    if ((is & IS_SKIPPED) && !is_empty)
        p->skipped = xmlTextReaderDepth(p->reader);
    if (is & IS_PARAGRAPH)
        end_paragraph(p->text);
    if (is & IS_SPACE)
        g_string_append_c(p->text, ' ');
    if (is & IS_LINE)
        g_string_append_c(p->text, '\n');
    p->words += (is & HAS_WORDS) && !is_empty;
}

static void end_element(struct prose *p)
{
    unsigned is = kind_of(p);

    if (is & IS_PARAGRAPH)
        end_paragraph(p->text);
    p->words -= (is & HAS_WORDS) != 0;
}

/* Lines of the file mean nothing. */
static void add_words(GString *text, const char *words)
{
    for (; *words; words++)
        g_string_append_c(text, g_ascii_isspace(*words) ? ' ' : *words);
}

static void take_node(struct prose *p)
{
    int type = xmlTextReaderNodeType(p->reader);

    if (p->skipped >= 0) {
        if (type == XML_READER_TYPE_END_ELEMENT &&
            xmlTextReaderDepth(p->reader) == p->skipped)
            p->skipped = -1;
    } else if (type == XML_READER_TYPE_ELEMENT) {
        begin_element(p);
    } else if (type == XML_READER_TYPE_END_ELEMENT) {
        end_element(p);
    } else if (
        p->words > 0 &&
        (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
         type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
        add_words(p->text, (const char *)xmlTextReaderConstValue(p->reader));
    }
}

static void read_prose(
    struct making *m, GHashTable *package, const char *path,
    const struct element *elements, GString *text)
{
    struct prose p = {
        .elements = elements,
        .reader = package_read(package, path),
        .text = text,
        .skipped = -1,
    };
    int more = 0;

    if (!p.reader)
        return;
    end_paragraph(text);
    while ((more = xmlTextReaderRead(p.reader)) == 1)
        take_node(&p);
    if (more < 0)
        making_note(m, "%s in it is damaged: read as far as it goes", path);
    xmlFreeTextReader(p.reader);
}

void read_docx(struct making *m, GHashTable *package)
{
    static const struct package_field fields[] = {
        {"title", "title of the file", FIELD_TITLE},
        {"modified", "day it was last saved", FIELD_DATE},
        {"creator", "author of the file", FIELD_PUBLISHER},
    };
    static const char *const files[] = {
        "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"};
    GString *text = g_string_new(NULL);

    package_read_fields(
        m, package, "docProps/core.xml", fields, G_N_ELEMENTS(fields));
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        read_prose(m, package, files[i], docx_elements, text);
    set_text(m, text);
}

void read_odt(struct making *m, GHashTable *package)
{
    static const struct package_field fields[] = {
        {"title", "title of the file", FIELD_TITLE},
        {"date", "day it was last saved", FIELD_DATE},
        {"initial-creator", "author of the file", FIELD_PUBLISHER},
        {"creator", "author of the file", FIELD_PUBLISHER},
    };
    GString *text = g_string_new(NULL);

    package_read_fields(m, package, "meta.xml", fields, G_N_ELEMENTS(fields));
    read_prose(m, package, "content.xml", odt_elements, text);
    set_text(m, text);
}
