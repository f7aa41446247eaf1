/*
 * blocks.h - a web page as blocks of text in the order of reading.
 *
 * A block is text that no element parts: a paragraph, a cell, a heading.  Parts
 * are the elements around them, each a run of blocks, so that how much text is
 * in a part is a difference of two sums.  What never is text (scripts, menus)
 * is in no block.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

#include "formats/web/page.h"

/* What separates words; the greater wins. */
enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_PARAGRAPH };

struct block {
    uint32_t from, to; /* bytes of the page's text */
    uint32_t linked;   /* how many of them are words of links */
    uint32_t part;     /* the innermost around it */
    uint8_t gap;       /* enum gap, before it */
    uint8_t heading;   /* 1 to 6, 0 if it is none */
    bool is_term;      /* a word that is explained, a cell, a caption */
    bool is_kept;      /* all are, at first */
};

struct part {
    const char *name, *class; /* of its element; class may be NULL */
    uint32_t parent;          /* UINT32_MAX of the page */
    uint32_t end;             /* the next part that is not inside it */
    uint32_t from, to;        /* blocks */
    bool is_hinted; /* its class, id or style suggests that it is not text */
};

struct blocks {
    GString *text;
    GArray *blocks, *parts; /* parts in document order, the whole page first */
    GStringChunk *names;    /* of parts */
};

/* They are made as the page is told. */
struct blocking;

struct blocking *blocking_new(const struct intake_words *words);
void blocking_begin(struct blocking *w, const struct element *e);
void blocking_take_words(struct blocking *w, struct str words);
void blocking_end(struct blocking *w);
struct blocks *blocking_take(struct blocking *w); /* frees it */

void blocks_free(struct blocks *b);
/* Writes what is kept. */
void blocks_write(const struct blocks *b, GString *out);
/* Writes all from the first block that is kept to the last, a line each. */
void blocks_write_lines(const struct blocks *b, GString *out);

/* Drops what is not the page's main text; false where that cannot be told, and
   all is kept. */
bool keep_main_text(struct blocks *b, const struct intake_words *w);

#endif
