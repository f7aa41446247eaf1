/*
 * base.h - the little that GLib and ICU do not give: arenas, borrowed
 * strings, spans, errors, and strict tab-separated tables.
 *
 * Text is UTF-8 everywhere inside attest and positions are BYTE offsets into
 * a document's text.  Only src/exchange turns them into code points, with
 * the offset map below, because that is what the export formats count.
 */
#ifndef BASE_H
#define BASE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define MUST_CHECK __attribute__((warn_unused_result))

/* --- errors ---------------------------------------------------------- */

/* The code says what the caller should do, not what went wrong. */
typedef enum {
    ATTEST_ERROR_INPUT, /* this document is broken: report it, take the next */
    ATTEST_ERROR_LIMIT, /* this document is too big: report it, take the next */
    ATTEST_ERROR_DATA,  /* a data file of ours is broken: stop, fix it */
    ATTEST_ERROR_IO,    /* the world outside failed: stop, try again later */
    ATTEST_ERROR_CONFLICT, /* somebody was faster: look at it again, then
                              decide */
} attest_error_code;

#define ATTEST_ERROR (attest_error_quark())
GQuark attest_error_quark(void);

/* --- arenas ---------------------------------------------------------- */

/*
 * Memory whose parts die together: one arena a document, reset for the next.
 * Allocation never fails (out of memory ends the process, as in GLib) and
 * memory comes zeroed.  Configured with -Darena_malloc=true each allocation
 * is a block of its own, so that a sanitizer sees an overrun.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);  /* accepts NULL */
void arena_reset(struct arena *a); /* all that was in it is gone */
void *arena_alloc(struct arena *a, size_t size);
size_t arena_used(const struct arena *a); /* bytes handed out since reset */

/* An array of `count` zeroed `type`s in `a`. */
#define arena_make(a, type, count) \
    ((type *)arena_alloc((a), sizeof(type) * (size_t)(count)))

char *arena_copy(struct arena *a, const char *at, size_t len); /* adds a NUL */
char *arena_keep(struct arena *a, const char *text); /* a copy; NULL of NULL */
/* What is in the array, never NULL, and how much; the array is freed. */
void *arena_take(struct arena *a, GArray *array, uint32_t *count);
char *arena_print(struct arena *a, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* --- strings and spans ----------------------------------------------- */

/* Borrowed bytes; not NUL-terminated. */
struct str {
    const char *at;
    size_t len;
};

/* Bytes [from, to) of a document's text. */
struct span {
    uint32_t from, to;
};

/* Spans in text order, none touching another; count 0 means "nothing". */
struct spans {
    struct span *at;
    uint32_t count;
};

static inline bool span_has(struct span outer, struct span inner)
{
    return outer.from <= inner.from && inner.to <= outer.to;
}

static inline bool span_meets(struct span a, struct span b)
{
    return a.from < b.to && b.from < a.to;
}

static inline struct str span_text(struct str text, struct span s)
{
    return (struct str){text.at + s.from, (size_t)(s.to - s.from)};
}

bool str_is(struct str s, const char *literal);
struct str str_trim(struct str s); /* without ASCII white space around it */

/*
 * Byte offset -> code point offset of one text, in constant time after one
 * pass.  `text` must be valid UTF-8; offsets must lie on code point starts
 * or at the end.
 */
struct offsets;
struct offsets *offsets_new(struct str text);
void offsets_free(struct offsets *o);
uint32_t offsets_find(const struct offsets *o, uint32_t byte);

/* The words of a text round a span, cut at spaces: "... the bombing of ..."; in
   `a`. */
const char *snippet_words(
    struct arena *a, const char *text, struct span s, uint32_t around);

/* --- hashes: SHA-256 (FIPS 180-4) ------------------------------------- */

enum { HASH_SIZE = 32, HASH_HEX = 2 * HASH_SIZE + 1 };

struct hash {
    uint8_t at[HASH_SIZE];
};

struct hash hash_of(struct str bytes);
/* In 64 lower-case hex digits; `out` has room for HASH_HEX. */
void hash_print(struct hash h, char *out);
char *hash_keep(struct arena *a, struct hash h); /* the same, in `a` */

/* Of bytes that come in pieces. */
struct hashing;

struct hashing *hashing_new(void);
void hashing_add(struct hashing *h, const void *at, size_t len);
struct hash hashing_end(struct hashing *h); /* frees it */

/* --- sorting --------------------------------------------------------- */

/* qsort that may be given nothing at all: C asks for an array even then. */
static inline void array_sort(
    void *at, size_t count, size_t size, int (*cmp)(const void *, const void *))
{
    if (count)
        qsort(at, count, size, cmp);
}

/* --- tables ---------------------------------------------------------- */

/*
 * A TSV file of ours: UTF-8, tab-separated, `#` starts a comment line, blank
 * lines are passed over.  The first line that is not a comment names the
 * columns, and must be `columns` (their names joined by tabs).  Every row has exactly that many cells; "-" is an empty cell and
 * comes as "".  Loading is strict: any fault is ATTEST_ERROR_DATA with
 * "file:line: what is wrong".
 */
struct table;

MUST_CHECK struct table *table_load(
    const char *dir, const char *file, const char *columns, GError **error);
void table_free(struct table *t);
size_t table_count(const struct table *t);
/* The cell of a row, never NULL; borrowed from the table. */
const char *table_cell(const struct table *t, size_t row, size_t column);
/* The file's name without its folder, and the line on which a row stands,
   counted from 1. */
const char *table_name(const struct table *t);
uint32_t table_line(const struct table *t, size_t row);
/* Sets ATTEST_ERROR_DATA that names the row's file and line; returns false. */
bool table_complain(
    const struct table *t, size_t row, GError **error, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

#endif
