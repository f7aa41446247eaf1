/* libarchive over a feed. */
#include "formats/archives/feed_archive.h"

#include <archive.h>
#include <unistd.h>

enum { PIECE = 1 << 16 };

struct reading {
    struct feed *in;
    char piece[PIECE];
};

static la_ssize_t
read_piece(struct archive *reader, void *self, const void **out)
{
    struct reading *r = self;

    (void)reader;
    *out = r->piece;
    return (la_ssize_t)feed_read(r->in, r->piece, PIECE);
}

static la_int64_t skip(struct archive *reader, void *self, la_int64_t most)
{
    struct reading *r = self;
    uint64_t from = feed_tell(r->in);

    (void)reader;
    feed_seek(r->in, from + (uint64_t)MAX(most, 0));
    return (la_int64_t)(feed_tell(r->in) - from);
}

static la_int64_t
seek(struct archive *reader, void *self, la_int64_t by, int from)
{
    struct reading *r = self;
    la_int64_t base = from == SEEK_SET   ? 0
                      : from == SEEK_CUR ? (la_int64_t)feed_tell(r->in)
                                         : (la_int64_t)feed_size(r->in);

    (void)reader;
    if (base + by < 0)
        return ARCHIVE_FATAL;
    feed_seek(r->in, (uint64_t)(base + by));
    return (la_int64_t)feed_tell(r->in);
}

static int end(struct archive *reader, void *self)
{
    (void)reader;
    g_free(self);
    return ARCHIVE_OK;
}

bool feed_archive_open(struct archive *reader, struct feed *in)
{
    struct reading *r = g_new0(struct reading, 1);

    r->in = in;
    feed_seek(in, 0);
    archive_read_set_callback_data(reader, r);
    archive_read_set_read_callback(reader, read_piece);
    archive_read_set_skip_callback(reader, skip);
    archive_read_set_seek_callback(reader, seek);
    archive_read_set_close_callback(reader, end);
    return archive_read_open1(reader) == ARCHIVE_OK;
}
