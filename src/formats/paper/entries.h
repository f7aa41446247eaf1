/*
 * entries.h - what was typed into a page: the fields of forms, and text laid
 * over it.  Poppler keeps it apart from the page's own text, and so would a
 * form be read without what was filled in.
 */
#ifndef ENTRIES_H
#define ENTRIES_H

#include "formats/paper/layout.h"

#include <poppler.h>

/* Where it is read: with a letter of the page's text, by its number, or last. */
enum place { PLACE_ABOVE, PLACE_BEFORE, PLACE_AFTER, PLACE_LAST };

struct entry {
    char *words; /* valid UTF-8, controls too; lines of them */
    struct box box;
    guint letter;
    enum place place;
    float distance; /* from it, the less the better */
};

/* Of a page with that text, whose letters stand there; struct entry, in the
   order in which they are read; g_array_unref. */
GArray *entries_of(
    PopplerPage *page, const char *text, const PopplerRectangle *letters,
    guint count);
#endif
