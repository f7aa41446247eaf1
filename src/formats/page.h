/*
 * page.h - what a web page tells of itself.
 */
#ifndef PAGE_H
#define PAGE_H

#include "formats/parts.h"

#include <libxml/tree.h>

/* Title, date, publisher and address, from metadata, JSON-LD and headings. */
void page_read_fields(struct making *m, xmlNode *page);

/* The next node in document order inside `root`; past a node's children if
   `over`. */
xmlNode *page_step(xmlNode *node, const xmlNode *root, bool over);
/* The first element of that name in document order, or NULL. */
xmlNode *page_find(xmlNode *root, const char *name);
/* Calls `take` for each until it returns false. */
void page_each(
    xmlNode *root, const char *name, bool (*take)(xmlNode *node, void *self),
    void *self);
/* An attribute's value, g_free it; or NULL. */
char *page_attribute(xmlNode *node, const char *name);

#endif
