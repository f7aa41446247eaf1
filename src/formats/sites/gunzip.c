/* What gzip, deflate and Brotli have packed. */
#include "formats/sites/stream.h"

#include <brotli/decode.h>
#include <gio/gio.h>
#include <string.h>

enum { PIECE = 1 << 16, RESUMED_MOST = 1000 };

static size_t read_feed(void *self, void *at, size_t most)
{
    return feed_read(self, at, most);
}

struct stream stream_of_feed(struct feed *in)
{
    return (struct stream){in, read_feed};
}

/* --- one piece after the other ------------------------------------------------- */

struct gunzip {
    struct stream in;
    GConverter *inflater;
    char piece[PIECE]; /* bytes as they came, of which ... */
    size_t from, to;   /* ... these are not looked at yet */
    unsigned resumed;  /* times */
    bool is_packed, is_inside, is_broken;
};

/* Reads more behind what is there; false at the end. */
static bool refill(struct gunzip *g)
{
    size_t got;

    memmove(g->piece, g->piece + g->from, g->to - g->from);
    g->to -= g->from;
    g->from = 0;
    got = g->in.read(g->in.self, g->piece + g->to, PIECE - g->to);
    g->to += got;
    return got;
}

struct gunzip *gunzip_new(struct stream in)
{
    struct gunzip *g = g_new0(struct gunzip, 1);

    g->in = in;
    while (g->to < 2 && refill(g))
        ;
    g->is_packed = g->to >= 2 && !memcmp(g->piece, "\x1F\x8B", 2);
    g->inflater =
        G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    return g;
}

void gunzip_free(struct gunzip *g)
{
    g_object_unref(g->inflater);
    g_free(g);
}

bool gunzip_is_broken(const struct gunzip *g)
{
    return g->is_broken;
}

static size_t copy_piece(struct gunzip *g, void *at, size_t most)
{
    size_t len = MIN(most, g->to - g->from);

    memcpy(at, g->piece + g->from, len);
    g->from += len;
    return len;
}

/* Unpacks what is at hand; what comes of it may be nothing. */
static size_t inflate_piece(struct gunzip *g, void *at, size_t most)
{
    gsize used = 0, made = 0;
    GError *error = NULL;
    GConverterResult result = g_converter_convert(
        g->inflater, g->piece + g->from, g->to - g->from, at, most,
        G_CONVERTER_NO_FLAGS, &used, &made, &error);

    g->from += used;
    g->is_inside = result != G_CONVERTER_FINISHED;
    if (result == G_CONVERTER_FINISHED)
        g_converter_reset(g->inflater);
    /* What is at hand may have been too little. */
    g->is_broken =
        error &&
        (g->from < g->to ||
         !g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT));
    g_clear_error(&error);
    return made;
}

size_t gunzip_read(struct gunzip *g, void *at, size_t most)
{
    size_t made = 0;

    while (!made && !g->is_broken) {
        if (g->from == g->to && !refill(g)) {
            g->is_broken = g->is_inside;
            return 0;
        }
        made =
            g->is_packed ? inflate_piece(g, at, most) : copy_piece(g, at, most);
    }
    return made;
}

bool gunzip_resume(struct gunzip *g)
{
    static const char mark[] = {0x1F, (char)0x8B, 8};

    if (!g->is_packed || g->resumed++ == RESUMED_MOST)
        return false;
    g->from += g->from < g->to; /* past the start of what is damaged */
    do {
        while (g->to - g->from >= sizeof(mark)) {
            if (!memcmp(g->piece + g->from, mark, sizeof(mark))) {
                g_converter_reset(g->inflater);
                g->is_broken = g->is_inside = false;
                return true;
            }
            g->from++;
        }
    } while (refill(g));
    g->from = g->to;
    return false;
}

/* --- all at once ------------------------------------------------------------------ */

enum step { STEP_MORE, STEP_END, STEP_BAD };

/* Takes from what is left, and makes at most *len bytes of it. */
typedef enum step
unpack_step(void *self, struct str *left, char *at, size_t *len);

static enum step
inflate_step(void *self, struct str *left, char *at, size_t *len)
{
    gsize used = 0, made = 0;
    GConverterResult result = g_converter_convert(
        self, left->at, left->len, at, *len, G_CONVERTER_INPUT_AT_END, &used,
        &made, NULL);

    left->at += used;
    left->len -= used;
    *len = made;
    if (result == G_CONVERTER_FINISHED)
        return STEP_END;
    return result == G_CONVERTER_ERROR ? STEP_BAD : STEP_MORE;
}

static enum step
unbrotli_step(void *self, struct str *left, char *at, size_t *len)
{
    const uint8_t *from = (const uint8_t *)left->at;
    uint8_t *to = (uint8_t *)at;
    size_t room = *len;
    BrotliDecoderResult result = BrotliDecoderDecompressStream(
        self, &left->len, &from, &room, &to, NULL);

    left->at = (const char *)from;
    *len -= room;
    if (result == BROTLI_DECODER_RESULT_SUCCESS)
        return STEP_END;
    return result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT ? STEP_MORE
                                                             : STEP_BAD;
}

static GByteArray *unpack_by(
    unpack_step *step, void *self, struct str packed, size_t most, bool *is_big)
{
    GByteArray *out = g_byte_array_new();
    char *piece = g_malloc(PIECE);
    enum step how;

    do {
        size_t len = PIECE;

        how = step(self, &packed, piece, &len);
        g_byte_array_append(out, (guint8 *)piece, (guint)len);
    } while (how == STEP_MORE && out->len <= most);
    *is_big = out->len > most;
    g_free(piece);
    if (how != STEP_END || *is_big)
        g_clear_pointer(&out, g_byte_array_unref);
    return out;
}

static GByteArray *inflate(
    GZlibCompressorFormat format, struct str packed, size_t most, bool *is_big)
{
    GZlibDecompressor *inflater = g_zlib_decompressor_new(format);
    GByteArray *out = unpack_by(inflate_step, inflater, packed, most, is_big);

    g_object_unref(inflater);
    return out;
}

static GByteArray *unbrotli(struct str packed, size_t most, bool *is_big)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    GByteArray *out = unpack_by(unbrotli_step, state, packed, most, is_big);

    BrotliDecoderDestroyInstance(state);
    return out;
}

GByteArray *
unpack_bytes(enum packing how, struct str packed, size_t most, bool *is_big)
{
    GByteArray *out;

    if (how == PACKED_BROTLI)
        return unbrotli(packed, most, is_big);
    if (how == PACKED_GZIP)
        return inflate(G_ZLIB_COMPRESSOR_FORMAT_GZIP, packed, most, is_big);
    /* "deflate" is zlib's format, or what some servers take it for. */
    out = inflate(G_ZLIB_COMPRESSOR_FORMAT_ZLIB, packed, most, is_big);
    return out || *is_big
               ? out
               : inflate(G_ZLIB_COMPRESSOR_FORMAT_RAW, packed, most, is_big);
}
