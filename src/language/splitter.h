/*
 * splitter.h - what the files share that cut the words of a paragraph:
 * addresses.c, words.c, figures.c, marks.c, and split.c that calls them.
 *
 * A chunk is what stands between white space.  Each split_*() emits the
 * tokens that begin at `at` and returns where it stopped, further on.
 */
#ifndef SPLITTER_H
#define SPLITTER_H

#include "language/break_parts.h"

#include <string.h>
#include <unicode/ubrk.h>

/* Longer runs are no words: they are cut, so that no token grows beyond. */
enum { WORD_MOST = 1024, LOOKUP_MOST = 32, PUNCT_RUN = 12 };

struct splitter {
    const struct break_rules *rules;
    const char *text;
    struct pieces *out;
    uint32_t end;        /* of the chunk */
    uint32_t stop;       /* of the paragraph */
    uint32_t from;       /* of the chunk */
    uint32_t no_address; /* no address begins before this */
    uint32_t no_file;    /* no file name begins before this */
    bool quote_open;     /* a single quotation mark waits for its fellow */
    UBreakIterator *ideographs; /* opened on demand */
};

static inline bool in_set(char c, const char *set)
{
    return c && strchr(set, c);
}

bool sign_is(const struct splitter *s, uint32_t at, enum sign a, enum sign b);
bool is_word_char(const struct splitter *s, uint32_t at);
/* Bytes of the apostrophe at `at`: ', ` or U+2019; 0 if it is none. */
uint32_t apostrophe_at(const struct splitter *s, uint32_t at);
uint32_t skip_word_chars(const struct splitter *s, uint32_t at);
uint32_t skip_digits(const struct splitter *s, uint32_t at);
/* Looks up [from, to) in lower case, with straight apostrophes. */
uint32_t lookup(
    const struct splitter *s, const struct word_map *m, uint32_t from,
    uint32_t to);
bool is_kind(
    const struct splitter *s, enum word_kind kind, uint32_t from, uint32_t to);

void emit(struct splitter *s, uint32_t from, uint32_t to);
/* A piece of a multiword token, not its last. */
void emit_part(struct splitter *s, uint32_t from, uint32_t to);
/* A word, in its parts where it has them; `apostrophe`: there is one. */
void emit_word(struct splitter *s, uint32_t from, uint32_t to, bool apostrophe);

void emit_address(struct splitter *s, uint32_t from, uint32_t to);
/* The end of the address that begins at `at`, or `at`. */
uint32_t address_end(struct splitter *s, uint32_t at);

/* A word on its way: [from, at) is scanned. */
struct word {
    uint32_t from, at;
    uint32_t part;   /* where the part after the last hyphen or stop begins */
    bool dotted;     /* an acronym with stops inside */
    bool apostrophe; /* has one inside or at its end */
    bool stopped;
};

uint32_t split_word(struct splitter *s, uint32_t at);
/* Goes on with a word whose first part is scanned. */
uint32_t split_from(struct splitter *s, struct word *w);
uint32_t split_number(struct splitter *s, uint32_t from);
uint32_t split_punct(struct splitter *s, uint32_t at);

#endif
