#include "formats/series/transcode.h"

#include "formats/parts.h"

#include <unicode/ucnv.h>

enum { PIECE = 1 << 14, PIVOT = 1 << 12 };

struct transcoder {
    struct feed *in;
    char *encoding;
    UConverter *from, *to;
    char piece[PIECE];
    const char *at, *end; /* of it: what is not converted yet */
    UChar pivot[PIVOT], *pivot_at, *pivot_end;
    bool is_over;
};

static UConverter *open_converter(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *c = ucnv_open(name, &status);

    return U_SUCCESS(status) ? c : NULL;
}

struct transcoder *transcoder_new(struct feed *in, const char *declared)
{
    struct transcoder *t = g_new0(struct transcoder, 1);
    size_t mark;

    t->in = in;
    t->encoding = find_encoding(in, declared, &mark);
    t->from = open_converter(t->encoding);
    if (!t->from) {
        g_free(t->encoding);
        t->encoding = g_strdup("UTF-8");
        t->from = open_converter(t->encoding);
    }
    t->to = open_converter("UTF-8");
    t->at = t->end = t->piece;
    t->pivot_at = t->pivot_end = t->pivot;
    feed_seek(in, mark);
    return t;
}

void transcoder_free(struct transcoder *t)
{
    ucnv_close(t->from);
    ucnv_close(t->to);
    g_free(t->encoding);
    g_free(t);
}

const char *transcoder_encoding(const struct transcoder *t)
{
    return t->encoding;
}

static void refill(struct transcoder *t)
{
    size_t got = feed_read(t->in, t->piece, PIECE);

    t->at = t->piece;
    t->end = t->piece + got;
    t->is_over = !got;
}

size_t transcoder_read(struct transcoder *t, char *at, size_t most)
{
    char *out = at;
    UErrorCode status;

    do {
        status = U_ZERO_ERROR;
        if (t->at == t->end && !t->is_over)
            refill(t);
        ucnv_convertEx(
            t->to, t->from, &out, at + most, &t->at, t->end, t->pivot,
            &t->pivot_at, &t->pivot_end, t->pivot + PIVOT, false, t->is_over,
            &status);
    } while (out == at && !t->is_over &&
             (U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR));
    return (size_t)(out - at);
}
