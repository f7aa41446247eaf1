/*
 * parts.h - what the files of this room share.
 */
#ifndef FORMATS_PARTS_H
#define FORMATS_PARTS_H

#include "formats/formats.h"

/* Bytes -> valid UTF-8 without controls; sets encoding and notes. */
struct str decode(struct making *m, struct str bytes);
/* Likewise of bytes that say what they are in; `encoding` may be NULL, or none
   that is known. */
struct str decode_as(struct making *m, struct str bytes, const char *encoding);
/* "charset=..." near the start, g_free it; or NULL. */
char *find_charset(struct str s);
/* What all of a feed is likely to be in, g_free it, and the length of its mark;
   `declared` is what it is said to be in, or NULL. */
struct feed;
char *find_encoding(struct feed *in, const char *declared, size_t *mark);
/* Do these bytes look like anything but text? */
bool is_binary(struct str bytes);

/* Makes this the document's text, all of it its body; frees it. */
void set_text(struct making *m, GString *text);

/* Sets text, body and fields of a web page. */
void read_html(struct making *m, struct str text);
/* The text of a page, or of a piece of one, that is part of a document: what it
   tells of itself is not the document's. */
struct str read_fragment(struct making *m, struct str page);
/* Would the HTML parser take too long for it? */
bool is_odd_html(struct str text);
/* The words between the tags, of a page that no parser may be given. */
void strip_tags(struct str text, GString *out);

/* A mail, from its bytes; false if it is none.  mail_prepare is called first,
   while files can be read; what it gives is kept as long as mail is read. */
MUST_CHECK bool read_mail(struct making *m, struct str bytes, GError **error);
GPtrArray *mail_prepare(void);

#endif
