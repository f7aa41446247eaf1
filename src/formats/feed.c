/* Bytes of a file that may be larger than memory; only read and lseek, which
   is all that the cage leaves. */
#include "formats/unpack.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { START_MOST = 1 << 16 };

struct feed {
    int descriptor;   /* -1: of memory */
    struct str bytes; /* likewise */
    uint64_t at, size;
    char start[START_MOST];
    size_t start_len;
};

static struct feed *begin(struct feed *f)
{
    f->start_len = feed_read(f, f->start, sizeof(f->start));
    feed_seek(f, 0);
    return f;
}

struct feed *feed_of_file(int descriptor)
{
    struct feed *f = g_new0(struct feed, 1);
    off_t size = lseek(descriptor, 0, SEEK_END);

    f->descriptor = descriptor;
    f->size = size > 0 ? (uint64_t)size : 0;
    feed_seek(f, 0);
    return begin(f);
}

struct feed *feed_of_bytes(struct str bytes)
{
    struct feed *f = g_new0(struct feed, 1);

    f->descriptor = -1;
    f->bytes = bytes;
    f->size = bytes.len;
    return begin(f);
}

void feed_free(struct feed *f)
{
    g_free(f);
}

uint64_t feed_size(const struct feed *f)
{
    return f->size;
}

static size_t read_file(struct feed *f, void *at, size_t most)
{
    ssize_t got;

    do
        got = read(f->descriptor, at, most);
    while (got < 0 && errno == EINTR);
    return got > 0 ? (size_t)got : 0;
}

static size_t read_memory(struct feed *f, void *at, size_t most)
{
    size_t len = MIN(most, f->bytes.len - f->at);

    if (len)
        memcpy(at, f->bytes.at + f->at, len);
    return len;
}

size_t feed_read(struct feed *f, void *at, size_t most)
{
    size_t got =
        f->descriptor < 0 ? read_memory(f, at, most) : read_file(f, at, most);

    f->at += got;
    return got;
}

void feed_seek(struct feed *f, uint64_t at)
{
    f->at = MIN(at, f->size);
    if (f->descriptor >= 0)
        lseek(f->descriptor, (off_t)f->at, SEEK_SET);
}

uint64_t feed_tell(const struct feed *f)
{
    return f->at;
}

struct str feed_start(const struct feed *f)
{
    return (struct str){f->start, f->start_len};
}

char *feed_all(struct feed *f, size_t most, size_t *len, GError **error)
{
    char *all;
    size_t got = 1;

    if (f->size > most) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
            "it has %.1f MB, more than the %.0f MB that one document may "
            "have; split it, or raise --max-size",
            (double)f->size / 1048576, (double)most / 1048576);
        return NULL;
    }
    all = g_malloc(f->size + 1);
    feed_seek(f, 0);
    for (*len = 0; *len < f->size && got; *len += got)
        got = feed_read(f, all + *len, f->size - *len);
    return all;
}
