/*
 * stream.h - bytes that come one after the other and are never all in memory.
 */
#ifndef STREAM_H
#define STREAM_H

#include "formats/unpack.h"

/* Where they come from. */
struct stream {
    void *self;
    /* The next, at most so many; 0 at the end, and where it cannot go on. */
    size_t (*read)(void *self, void *at, size_t most);
};
struct stream stream_of_feed(struct feed *in);

/*
 * The same bytes unpacked, if they are of gzip, whose files are any number of
 * members one after the other; else as they are.
 */
struct gunzip;
struct gunzip *gunzip_new(struct stream in);
void gunzip_free(struct gunzip *g);
size_t gunzip_read(struct gunzip *g, void *at, size_t most);
/* Was it damage, or a cut, at which it stopped? */
bool gunzip_is_broken(const struct gunzip *g);
/* Goes on at the next member after damage; false where there is none. */
bool gunzip_resume(struct gunzip *g);

/* What is packed in memory, as it was before; NULL where it is not packed so,
   is damaged, or (*is_big) grows beyond `most`. */
enum packing { PACKED_GZIP, PACKED_DEFLATE, PACKED_BROTLI };
MUST_CHECK GByteArray *
unpack_bytes(enum packing how, struct str packed, size_t most, bool *is_big);

#endif
