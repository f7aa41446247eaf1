/*
 * warc.h - saved sites: WARC files (ISO 28500), plain or packed by gzip.
 */
#ifndef WARC_H
#define WARC_H

#include "formats/sites/stream.h"

/* Does a file that begins so hold WARC records? */
bool warc_is(struct str start);
/* Gives away the pages among the records that come, ":N" after a name; false
   with an error where there is no record at all. */
MUST_CHECK bool warc_take(
    struct unpacking *u, struct stream in, const char *name, GError **error);

unpacker warc_unpack;

/* WACZ: a ZIP file of WARC files and what a player needs beside them. */
bool wacz_is(struct feed *in);
unpacker wacz_unpack;

#endif
