#define _GNU_SOURCE
#include "formats/sites/http.h"

#include "formats/head.h"
#include "formats/sites/stream.h"

#include <string.h>

/* --- the head ------------------------------------------------------------------ */

static struct str line_at(struct str s, size_t from)
{
    const char *end = memchr(s.at + from, '\n', s.len - from);

    return (struct str){
        s.at + from, end ? (size_t)(end - s.at) - from : s.len - from};
}

unsigned http_status(struct str head)
{
    struct str line = line_at(head, 0);
    const char *gap = memchr(line.at, ' ', line.len);
    unsigned status = 0;

    if (line.len < 5 || memcmp(line.at, "HTTP/", 5) != 0)
        return 0;
    for (; gap && gap < line.at + line.len && *gap == ' '; gap++)
        ;
    for (; gap && gap < line.at + line.len && g_ascii_isdigit(*gap) &&
           status < 1000;
         gap++)
        status = status * 10 + (unsigned)(*gap - '0');
    return status;
}

/* --- chunks ---------------------------------------------------------------------- */

/* The length that a chunk begins with, and where its bytes begin; false where
   that is not what stands there. */
static bool chunk_at(struct str s, size_t *at, size_t *len)
{
    struct str line = line_at(s, *at);
    size_t i = 0;

    *len = 0;
    for (; i < line.len && g_ascii_isxdigit(line.at[i]) && i < 15; i++)
        *len = *len * 16 + (size_t)g_ascii_xdigit_value(line.at[i]);
    *at += line.len + 1;
    return i && (i == line.len || strchr("; \t\r", line.at[i]));
}

/* In place.  Who saves a page may have done that already, and left the header:
   then nothing is to do. */
static void undo_chunks(GByteArray *body)
{
    struct str s = {(char *)body->data, body->len};
    size_t at = 0, kept = 0, len;

    while (at < s.len && chunk_at(s, &at, &len) && len && at < s.len) {
        len = MIN(len, s.len - at);
        memmove(body->data + kept, body->data + at, len);
        kept += len;
        at += len;
        at += line_at(s, MIN(at, s.len)).len + 1; /* the line's end */
    }
    if (kept)
        g_byte_array_set_size(body, (guint)kept);
}

/* --- packing ----------------------------------------------------------------------- */

static bool find_packing(struct str word, enum packing *how)
{
    static const struct {
        const char *word;
        enum packing how;
    } words[] = {
        {"gzip", PACKED_GZIP},
        {"x-gzip", PACKED_GZIP},
        {"deflate", PACKED_DEFLATE},
        {"br", PACKED_BROTLI},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        *how = words[i].how;
        if (word.len == strlen(words[i].word) &&
            !g_ascii_strncasecmp(word.at, words[i].word, word.len))
            return true;
    }
    return false;
}

static bool complain_size(size_t most, GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
        "it unpacks to more than the %.0f MB that one document may have; "
        "raise --max-size",
        (double)most / 1048576);
    return false;
}

/* Undoes one packing.  Who saves a page may have done that already: what is
   not packed so is as it should be. */
static bool
undo_one(GByteArray **body, struct str word, size_t most, GError **error)
{
    struct str packed = {(char *)(*body)->data, (*body)->len};
    bool is_big = false;
    enum packing how;
    GByteArray *out;

    if (!word.len || (word.len == 8 && !memcmp(word.at, "identity", 8)))
        return true;
    if (!find_packing(word, &how)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "it is packed in a way that attest does not know");
        return false;
    }
    out = packed.len ? unpack_bytes(how, packed, most, &is_big) : NULL;
    if (is_big)
        return complain_size(most, error);
    if (out) {
        g_byte_array_unref(*body);
        *body = out;
    }
    return true;
}

/* "gzip, br": the last was done last. */
static bool
undo_packing(GByteArray **body, struct str words, size_t most, GError **error)
{
    enum { TIMES_MOST = 4 };

    for (int i = 0; i < TIMES_MOST && words.len; i++) {
        const char *comma = memrchr(words.at, ',', words.len);
        size_t from = comma ? (size_t)(comma - words.at) + 1 : 0;
        struct str word = {words.at + from, words.len - from};

        if (!undo_one(body, str_trim(word), most, error))
            return false;
        words.len = comma ? from - 1 : 0;
    }
    return true;
}

GByteArray *
http_undo(struct str head, GByteArray *body, size_t most, GError **error)
{
    bool good;

    if (head_value(head, "Transfer-Encoding").len)
        undo_chunks(body);
    good =
        undo_packing(&body, head_value(head, "Content-Encoding"), most, error);
    if (good && body->len > most)
        good = complain_size(most, error);
    if (!good)
        g_clear_pointer(&body, g_byte_array_unref);
    return body;
}
