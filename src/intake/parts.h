/*
 * parts.h - what the files of this room share.
 */
#ifndef PARTS_H
#define PARTS_H

#include "intake/intake.h"

#include <magic.h>

/* Where pages and heads of texts tell a thing. */
enum field { FIELD_TITLE, FIELD_DATE, FIELD_PUBLISHER, FIELD_URL, FIELD_COUNT };

struct intake_words {
    GHashTable *clutter;           /* words of class and id attributes */
    GHashTable *unless;            /* "with": no clutter word after it */
    GHashTable *clutter_elements;  /* "nav" */
    GPtrArray *metas[FIELD_COUNT]; /* names of <meta>, the best first */
    GHashTable *heads;             /* "title" -> enum field + 1 */
    GHashTable *languages;         /* word -> code */
    GPtrArray *codes;              /* of languages */
    struct table *html, *language_table;
    GAsyncQueue *idle_magic; /* libmagic's cookies that no thread uses */
};

/* A document in the making. */
struct making {
    struct arena *a;
    const struct intake_options *options;
    struct document *document;
    GPtrArray *notes;
};

void note(struct making *m, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Sets a field, if it is not set yet and the value says something; dates are
   brought to ISO 8601 or refused.  `where` is told of dates and publishers. */
void field_set(
    struct making *m, enum field f, const char *value, const char *where);

/* Bytes -> valid UTF-8 without controls; sets encoding and notes. */
struct str decode(struct making *m, struct str bytes);
/* Do these bytes look like anything but text? */
bool is_binary(struct str bytes);

/* "2012-02-21", "21 February 2012", "Tue, 21 Feb 2012 ...": the ISO day in
   `a`, or NULL. */
const char *day_find(struct arena *a, const char *words);

/* Each takes the decoded text and sets text, body and fields. */
void read_plain(struct making *m, struct str text);
void read_markdown(struct making *m, struct str text);
void read_html(struct making *m, struct str text);
/* Would the HTML parser take too long for it? */
bool is_odd_html(struct str text);
/* The words between the tags, of a page that no parser may be given. */
void strip_tags(struct str text, GString *out);
/* A record of a JSON Lines file. */
MUST_CHECK bool read_record(struct making *m, struct str bytes, GError **error);

/* The JSON parser recurses; what is deeper is not given to it. */
enum { JSON_DEEP = 64 };
bool is_deep_json(struct str s);

/* Reads "Title: ..." lines at the start; returns where the rest begins. */
uint32_t read_head(struct making *m, struct str text);
/* ISO 639-1 or NULL. */
const char *guess_language(const struct intake_words *w, struct str text);

#endif
