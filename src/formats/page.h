/*
 * page.h - what a web page tells of itself.
 */
#ifndef PAGE_H
#define PAGE_H

#include "formats/parts.h"

#include <libxml/tree.h>

/* What is of use only where nothing better is found. */
struct page_tells {
    const char *modified; /* when it was last changed, as it says it */
    const char *article;  /* its text, in JSON-LD */
};
/* Title, date, publisher and address, from metadata, JSON-LD, microdata and
   headings. */
struct page_tells page_read_fields(struct making *m, xmlNode *page);
/* Of these <script>s. */
void page_read_linked(
    struct making *m, const GPtrArray *scripts, struct page_tells *tells);

/* The next node in document order inside `root`; past a node's children if
   `over`. */
xmlNode *page_step(xmlNode *node, const xmlNode *root, bool over);

/* The next node in document order inside `root`; past a node's children if
   `over`. */
xmlNode *page_step(xmlNode *node, const xmlNode *root, bool over);
/* The first element of that name in document order, or NULL. */
xmlNode *page_find(xmlNode *root, const char *name);
/* An attribute's value, g_free it; or NULL. */
char *page_attribute(xmlNode *node, const char *name);

#endif
