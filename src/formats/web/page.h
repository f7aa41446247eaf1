/*
 * page.h - a web page as its parser tells it: elements begin and end, and words
 * stand between.  No tree is made of it.
 */
#ifndef PAGE_H
#define PAGE_H

#include "formats/parts.h"

/* Where one begins; nothing of it outlives the call to which it is given. */
struct element {
    const char *name;              /* in lower case */
    const char *const *attributes; /* name, value or NULL, ..., NULL; or NULL */
};

/* An attribute's value, "" where it has none; NULL if there is no such
   attribute. */
const char *element_says(const struct element *e, const char *name);

/* What a page tells of itself, in metadata, JSON-LD, microdata and headings. */
struct telling;

struct telling *telling_new(const struct intake_words *words);
void telling_free(struct telling *t);
void telling_begin(struct telling *t, const struct element *e);
void telling_take_words(struct telling *t, struct str words);
void telling_end(struct telling *t);

/* What is of use only where nothing better is found. */
struct page_tells {
    const char *modified; /* when it was last changed, as it says it */
    const char *article;  /* its text, in JSON-LD */
};
/* Sets title, date, publisher and address by what was told. */
struct page_tells telling_read(struct telling *t, struct making *m);
/* By one script of JSON-LD. */
void page_read_linked(
    struct making *m, struct str script, struct page_tells *tells);

#endif
