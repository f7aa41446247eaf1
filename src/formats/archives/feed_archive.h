/*
 * feed_archive.h - archives of any size, read by libarchive.
 */
#ifndef FEED_ARCHIVE_H
#define FEED_ARCHIVE_H

#include "formats/unpack.h"

struct archive;

/* Begins to read a feed from its start, by the formats and filters that the
   caller has allowed the reader; the feed outlives it.  False where it is none
   of these. */
MUST_CHECK bool feed_archive_open(struct archive *reader, struct feed *in);

#endif
