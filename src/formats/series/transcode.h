/*
 * transcode.h - text of any size and encoding, as UTF-8.
 */
#ifndef TRANSCODE_H
#define TRANSCODE_H

#include "formats/unpack.h"

struct transcoder;
/* Of a feed from its start; `declared` is what it is said to be in, or NULL.
   A mark of byte order tells more than that, and zero bytes of UTF-16 too. */
struct transcoder *transcoder_new(struct feed *in, const char *declared);
void transcoder_free(struct transcoder *t);
/* The next bytes of clean UTF-8, at most so many; 0 at the end.  A letter may
   be cut in two. */
size_t transcoder_read(struct transcoder *t, char *at, size_t most);
/* What it is taken to be in. */
const char *transcoder_encoding(const struct transcoder *t);

#endif
