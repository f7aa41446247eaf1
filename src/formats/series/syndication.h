/*
 * syndication.h - news feeds: RSS and Atom.
 */
#ifndef SYNDICATION_H
#define SYNDICATION_H

#include "formats/parts.h"
#include "formats/unpack.h"

/* The media type of a feed that begins so, or NULL. */
const char *syndication_kind(struct str start);
/* Each item as a feed of its own, which is a document: nothing is given of a
   feed of one item. */
unpacker syndication_unpack;
/* A feed of one item. */
MUST_CHECK bool
read_syndication(struct making *m, struct str bytes, GError **error);

#endif
