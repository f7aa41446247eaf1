/*
 * package.h - documents that are ZIP files of XML: DOCX, ODT, EPUB.
 */
#ifndef PACKAGE_H
#define PACKAGE_H

#include "formats/parts.h"

#include <libxml/xmlreader.h>

/* To be called while files can be read. */
void package_prepare(void);
/* Does a file of that path make a ZIP file a document (be it one that is not
   read: a table, slides) and no folder of files? */
bool package_is_marked_by(const char *path);
/* What is in it that may be text: a table of path -> GBytes, or NULL with an
   error where it is damaged, locked or grows too big. */
MUST_CHECK GHashTable *package_open(struct str bytes, GError **error);

/* A reader of one file that resolves no entities and opens nothing; NULL if
   there is no such file. */
xmlTextReader *package_read(GHashTable *package, const char *path);
/* The next element that begins; false at the end, or where it is damaged. */
bool package_next(xmlTextReader *reader);
bool package_is_at(xmlTextReader *reader, const char *local_name);

/* Where a file of a package tells a field: in the element's words. */
struct package_field {
    const char *element, *where;
    enum field field;
};
/* Of several for one field the first that is there. */
void package_read_fields(
    struct making *m, GHashTable *package, const char *path,
    const struct package_field *fields, size_t count);

/* Each sets text, body and fields. */
void read_docx(struct making *m, GHashTable *package);
void read_odt(struct making *m, GHashTable *package);
void read_epub(struct making *m, GHashTable *package);

#endif
