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

/* Sets the error; false. */
bool complain(GError **error, attest_error_code code, const char *words);

/* Makes this the document's text, all of it its body; frees it. */
void set_text(struct making *m, GString *text);
/* A blank line after what there is. */
void end_paragraph(GString *text);

/* Sets text, body and fields of a web page: its main text. */
void read_html(struct making *m, struct str text);
/* Sets text and body of what is no site's page: a chapter, a mail. */
void read_html_part(struct making *m, struct str text);
/* The text of a page, or of a piece of one, that is part of a document: what it
   tells of itself is not the document's. */
struct str read_fragment(struct making *m, struct str page);
/* Would the HTML parser take too long for it? */
bool is_odd_html(struct str text);
/* A page without what its scripts, but those of JSON-LD, and styles hold: to a
   parser they are slow. */
void cut_scripts(struct str text, GString *out);
/* The words between the tags, of a page that no parser may be given. */
void strip_tags(struct str text, GString *out);

/* Do these first bytes begin as a mail does, or as a mailbox? */
bool is_mail(struct str start);
bool is_mailbox(struct str start);
/* A page as browsers save it with all that belongs to it, in one file. */
bool is_mhtml(const char *id, struct str start);
MUST_CHECK bool read_mhtml(struct making *m, struct str bytes, GError **error);

/* Rich Text Format, from its bytes: sets text, body and fields. */
bool is_rtf(struct str bytes);
void read_rtf(struct making *m, struct str bytes);

/* "text/vtt" or "application/x-subrip", by name and content, or NULL. */
const char *subtitles_kind(const char *id, struct str text);
/* Of one of these: sets text, body and milestones. */
void read_subtitles(struct making *m, struct str text);

/* A mail, from its bytes; false if it is none.  mail_prepare is called first,
   while files can be read; what it gives is kept as long as mail is read. */
MUST_CHECK bool read_mail(struct making *m, struct str bytes, GError **error);
GPtrArray *mail_prepare(void);

/* Pages that are pictures are read by OCR, where it is there; may be NULL.
   pdf_prepare is called first, while files can be read; g_object_unref what
   it gives when no PDF is read any more. */
struct ocr;
MUST_CHECK bool
read_pdf(struct making *m, struct ocr *ocr, struct str bytes, GError **error);
void *pdf_prepare(void);
/* What is written in a picture. */
MUST_CHECK bool read_picture(
    struct making *m, struct ocr *ocr, struct str bytes, GError **error);

#endif
