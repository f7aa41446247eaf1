/*
 * layout.h - lines as they stand on pages become paragraphs.
 *
 * A page knows no paragraphs, only lines in the order in which they are read:
 * where one ends is told by gaps, by what stands further in, by a line that
 * the next word would have fitted into.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "formats/parts.h"

/* To the right and down, in any unit that all of a page shares. */
struct box {
    float left, top, right, bottom;
};

struct line {
    uint32_t from, to; /* of the words */
    struct box box;
    float size;      /* of its letters; 0 where not known */
    uint32_t column; /* lines below each other share it */
    bool is_running; /* a head or foot that is left out */
};

/* A page, with its lines from `first` to the next page's. */
struct page {
    char *label;
    uint32_t first;
};

struct layout {
    GString *words;
    GArray *lines; /* struct line */
    GArray *pages; /* struct page */
};

struct layout *layout_new(void);
/* Pages are called by their label, or where it is none by their number. */
void layout_add_page(struct layout *l, const char *label);
/* Adds a line to the last page, valid UTF-8 without controls; of nothing but
   white space none is made. */
void layout_add_line(
    struct layout *l, struct str words, const struct box *box, float size);
/* Takes back the lines of the last page. */
void layout_clear_page(struct layout *l);
/* Makes it the document's text, each page a milestone; frees it. */
void layout_set_text(struct layout *l, struct making *m);
void layout_free(struct layout *l);

/* Where the lines of a page end. */
uint32_t layout_page_end(const struct layout *l, uint32_t page);

/*
 * running.c: marks what stands at the edge of most pages: page numbers, and
 * heads and feet after the first time, so that nothing is lost that somebody
 * wrote once.
 */
void mark_running(const struct layout *l, const struct intake_words *words);

#endif
