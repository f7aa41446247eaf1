/*
 * break_parts.h - what the files of the breaker share: paragraphs (lines.c),
 * words (split.c), sentence ends (ends.c), and break.c that joins them.
 */
#ifndef BREAK_PARTS_H
#define BREAK_PARTS_H

#include "language/break.h"
#include "language/word_map.h"

/* Abbreviations, by what may follow their stop. */
enum abbreviation {
    ABBREVIATION_TITLE = 1, /* a name follows: "Dr." never ends a sentence */
    ABBREVIATION_NUMBER,    /* "No." before a figure */
    ABBREVIATION_INNER,     /* "e.g.", "vs.": the sentence goes on */
    ABBREVIATION_ANY,       /* "Inc.", "a.m.": may end a sentence */
    ABBREVIATION_MID,       /* "etc.": its stop is its own unless it ends a
                               sentence */
};

/* Pieces of writing that the scanner knows, kinds of words.tsv. */
#define WORD_KINDS(X)                                                          \
    X(prefix) X(whole) X(unit) X(ending) X(emoticon) X(starter) X(closing)

enum word_kind {
    WORD_NONE,
#define X(name) WORD_##name,
    WORD_KINDS(X)
#undef X
        WORD_KIND_COUNT
};

struct break_rules {
    struct word_map *abbreviations;
    struct word_map *clitics;      /* "'s", "n't": value 1 */
    struct word_map *contractions; /* "cannot": bytes of the first part */
    struct word_map *words[WORD_KIND_COUNT];
    bool emoticon_start[128];
};

enum {
    PIECE_MWT_NEXT = 1, /* the next piece belongs to the same word */
    PIECE_STOPPED = 2,  /* an abbreviation with its stop */
    PIECE_ENDS = 4,     /* a sentence ends here */
    PIECE_EMOTICON = 8,
    PIECE_WEB = 16, /* a web address */
};

/* A token to be. */
struct piece {
    uint32_t from, to;
    uint32_t flags;
};

struct pieces {
    struct piece *at;
    size_t count, size;
};

static inline struct piece *
add_piece(struct pieces *p, uint32_t from, uint32_t to)
{
    if (p->count == p->size) {
        p->size = p->size ? p->size * 2 : 256;
        p->at = g_renew(struct piece, p->at, p->size);
    }
    p->at[p->count] = (struct piece){from, to, 0};
    return &p->at[p->count++];
}

/* What a character is to the scanner. */
enum sign { SIGN_SPACE, SIGN_LETTER, SIGN_DIGIT, SIGN_PUNCT, SIGN_IDEOGRAPH };

/* The sign at `at` < `end`; *next is where the next character begins. */
enum sign sign_at(const char *text, uint32_t at, uint32_t end, uint32_t *next);

/* Walks the paragraphs of a body. */
struct paragraphs {
    struct str text;
    uint32_t at, end;
    uint32_t width; /* column at which lines were wrapped; 0: not wrapped */
};

void paragraphs_open(struct paragraphs *p, struct str text, struct span body);
bool paragraphs_read(struct paragraphs *p, struct span *paragraph);

/* Appends the words of one paragraph. */
void split_words(
    const struct break_rules *r, const char *text, struct span paragraph,
    struct pieces *out);

/* Marks with PIECE_ENDS where the sentences of one paragraph end. */
void find_ends(
    const struct break_rules *r, const char *text, struct piece *pieces,
    size_t count);

#endif
