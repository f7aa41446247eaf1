/*
 * intake.h - files, folders and streams become documents: clean UTF-8 text
 * with metadata, and the SHA-256 of the bytes as received.
 *
 * Two steps, so that the cheap one can stay in order and the costly one run
 * in parallel: a `struct intake` lists sources one after the other (a file,
 * or a record of a JSON Lines file); `document_read` turns one source into a
 * document and is pure but for reading the source's file.
 */
#ifndef INTAKE_H
#define INTAKE_H

#include "base/base.h"

/*
 * What intake knows of words: which parts of a page are not its text, where
 * pages tell title, date and publisher (a table of lexicon/).  Threads may
 * share it.
 */
struct intake_words;
/* Fails with ATTEST_ERROR_DATA that names file and line. */
MUST_CHECK struct intake_words *
intake_words_load(const char *lexicon_dir, GError **error);
void intake_words_free(struct intake_words *w); /* accepts NULL */
/* Sets which columns of tables tell what: "text=Narrative+Notes,date=When".
   Fails with ATTEST_ERROR_INPUT where it is not written so. */
MUST_CHECK bool intake_words_set_columns(
    struct intake_words *w, const char *columns, GError **error);

struct opener; /* below */

struct intake_options {
    struct intake_words *words;
    const struct opener *opener; /* of all that is not text of our own */
    const char *publisher; /* for documents that do not tell theirs, or NULL */
    const char *date;      /* ISO 8601 day, likewise */
    uint64_t size_most;    /* bytes of one document; more is an error */
    bool keeps_bytes;      /* `received` is set */
};

/* Where pages and heads of texts tell a thing. */
enum field { FIELD_TITLE, FIELD_DATE, FIELD_PUBLISHER, FIELD_URL, FIELD_COUNT };

/* What a column of a table may tell: one of these, or ... */
enum column_role { COLUMN_TEXT = FIELD_COUNT, COLUMN_ID, COLUMN_COUNT };

/* Something that may become a document. */
struct source {
    char *id;         /* the path as given, or below the one folder given; of a
                       JSON Lines record "path:line", until it tells its own */
    char *path;       /* the file to open; NULL where `bytes` is set */
    GBytes *bytes;    /* the bytes themselves (standard input, a record) */
    bool is_record;   /* `bytes` is one JSON Lines record */
    bool is_apart;    /* what it holds was listed already */
    char *container;  /* SHA-256 of the file on disk that it was found in */
    char *media_type; /* as the container has it: "text/html; charset=x" */
    char *values[FIELD_COUNT]; /* likewise; of a document that tells none */
    char *from[FIELD_COUNT];   /* where the container tells it: "WARC-Date" */
    uint64_t size; /* bytes on disk that it stands for, for showing progress */
    GError *error; /* the source could not be had: report it, take the next */
};
void source_free(struct source *s);

struct intake;

/*
 * `paths` is NULL-terminated and outlives the intake; "-" is standard input.
 * Folders are walked in the byte order of their names, each once; hidden files
 * and cases of attest's own are passed over.  A folder inside itself is a
 * source with an error.  What files hold, and what that holds in its turn, are
 * sources of their own, by means of `opener`; where it is NULL, or cannot do
 * that, each file is one.  No member may have more bytes than `member_most`.
 */
struct intake *intake_open(
    const char *const *paths, const struct opener *opener,
    uint64_t member_most);
void intake_close(struct intake *in);
/* The next source, caller frees; NULL at the end. */
struct source *intake_next(struct intake *in);
/* Bytes of all files that will be listed, for showing progress; to be asked
   before the first source is taken. */
uint64_t intake_size(struct intake *in);

/* A point in a text where something begins that its readers count by: as TEI's
   milestones, "page" 3, "time" 00:01:02.500. */
struct milestone {
    uint32_t at; /* byte offset into the text; they are in order */
    const char *unit, *n;
};

/* What a document is known to be; every string lives in the arena. */
struct document {
    const char *id;
    const char *sha256;     /* of the bytes as received, 64 hex digits */
    const char *media_type; /* text/plain, text/markdown, text/html,
                               application/json */
    const char *encoding;   /* as decoded from: "UTF-8", "windows-1252" */
    const char *title, *date, *publisher, *url; /* NULL where not known */
    const char *date_from, *publisher_from; /* where that was read: "option",
                               "head of the text", "meta article:published",
                               ... ; NULL with the value */
    const char *language;     /* ISO 639-1 of what it is read as, or NULL */
    const char *container;    /* as in struct source */
    struct str text;          /* valid UTF-8 without NUL */
    struct span body;         /* the part to read: without a metadata head */
    const char *const *notes; /* what was mended ("3 invalid bytes replaced"),
                               NULL-terminated */
    const struct milestone *milestones;
    uint32_t milestone_count;
    uint64_t size;       /* of the bytes as received */
    struct str received; /* these bytes, where they are asked for */
};

/*
 * NULL with ATTEST_ERROR_INPUT (cannot be made text), _LIMIT (too big) or a
 * file error.  Messages do not repeat the source's id.  An empty document is
 * an error; one whose bytes are not text (binary) too.
 */
MUST_CHECK struct document *document_read(
    struct arena *a, const struct source *s, const struct intake_options *o,
    GError **error);

/*
 * Finds out by a document's text what it is written in, and notes what of it
 * attest does not read; document_read has done so.  A document that is in
 * English by a third or more is in English.
 */
void document_find_language(struct arena *a, struct document *d);
/* Are claims looked for in a document in that language?  Also where it is not
   known. */
bool language_is_read(const char *language);

/* Is it an ISO 8601 calendar day that exists? */
bool date_is(const char *day);

/* --- for those who open foreign bytes ------------------------------------- */

/*
 * Text in UTF-8 that its name says to be plain or Markdown, and records of
 * JSON Lines, are read here, by code of our own and json-glib.  All else is
 * foreign: its bytes go to an opener.  Declared here, by who asks: attest
 * gives one that asks a program in a cage, tests one that opens in place.
 */
struct making;
struct opener {
    void *self;
    /* Sets media type, encoding, text, body, fields and notes; false with an
       error as of document_read. */
    bool (*open)(
        void *self, struct making *m, const struct source *s, struct str bytes,
        GError **error);
    /* Begins to take apart what is open at this descriptor; no member may be
       bigger than that.  NULL with an error as of document_read.  May be NULL:
       then every file is one document. */
    struct unpacked *(*unpack)(
        void *self, const struct source *s, int descriptor,
        uint64_t member_most, GError **error);
};

/* A file being taken apart. */
struct member;
struct unpacked {
    /* The next member, borrowed until it is asked again, or NULL: at the end, or
       with an error where it cannot go on.  Where there was no member at all,
       the file is a document. */
    const struct member *(*next)(struct unpacked *u, GError **error);
    void (*free)(struct unpacked *u);
};

/* What a short piece of a page begins with. */
enum furniture {
    FURNITURE_NONE,
    FURNITURE_LINE,   /* "Share this": it alone is not the text */
    FURNITURE_SECTION /* "Related": nor is what follows it */
};

/* What words in such lines tell. */
enum cue {
    CUE_NONE,
    CUE_PUBLISHED, /* "posted on": a date follows */
    CUE_UPDATED,   /* "last updated" */
    CUE_BY,        /* who wrote it */
    CUE_PASS,      /* before a date: "on", "Monday" */
    CUE_OUTLET     /* the last word of a publisher's name: "Gazette" */
};

struct intake_words {
    GHashTable *furniture;         /* words in lower case -> enum furniture */
    GHashTable *clutter;           /* words of class and id attributes */
    GHashTable *unless;            /* "with": no clutter word after it */
    GHashTable *clutter_elements;  /* "nav" */
    GPtrArray *metas[FIELD_COUNT]; /* names of <meta>, the best first */
    GPtrArray *modified;           /* of those that tell the last change */
    GHashTable *heads;             /* "title" -> enum field + 1 */
    GHashTable *bylines;           /* words in lower case -> enum cue */
    GHashTable *page_words;        /* "of": beside the number of a page */
    struct table *html, *byline_table;
    GPtrArray *columns[COLUMN_COUNT]; /* heads of columns, folded; the best
                                         first, or, ... */
    bool is_text_told; /* ... as the user has told it, all of the text's */
};

/* The head of a column as it is looked up; g_free it. */
char *column_fold(const char *name);

/* A document in the making. */
struct making {
    struct arena *a;
    const struct intake_words *words;
    struct document *document;
    GPtrArray *notes;
};

void making_note(struct making *m, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Sets a field, if it is not set yet and the value says something; dates are
   brought to ISO 8601 or refused.  `where` is told of dates and publishers. */
void field_set(
    struct making *m, enum field f, const char *value, const char *where);

/* --- and for those who take files apart ------------------------------------- */

/* Something that a file holds; borrowed from who tells it. */
struct member {
    const char *name;       /* what follows the file's: "/a/b.pdf", ":17"; ""
                               where it is the file itself, a document too */
    bool is_alone;          /* nothing in it can be told apart */
    const char *fault;      /* why it cannot be had; then nothing else is set */
    const char *media_type; /* as in struct source */
    const char *values[FIELD_COUNT], *from[FIELD_COUNT];
    struct str bytes;
};
struct member_taker {
    void *self;
    void (*take)(void *self, const struct member *p);
};
/* Tells a taker all that is in a file; false with an error where it cannot go
   on. */
struct unpack_asked {
    const char *id, *media_type; /* as in struct source */
    int descriptor;
    uint64_t member_most; /* bytes of one member */
    const struct intake_words *words;
};
struct unpacker {
    void *self;
    bool (*unpack)(
        void *self, const struct unpack_asked *asked,
        const struct member_taker *taker, GError **error);
};

/* What the name and the first bytes tell: "text/html", "text/markdown",
   "text/plain", or NULL. */
const char *text_kind(const char *id, struct str bytes);
/* Fills in a document of clean text: of a record, of Markdown, or plain. */
MUST_CHECK bool text_read(
    struct making *m, const struct source *s, struct str text, GError **error);

/* Sets date and publisher by what lines of a text tell, at its head and its
   foot: "By Ana Ruiz, The Selm Gazette", "Posted on 3 March 2012",
   "PORT SELM, March 3 (Reuters) -". */
void bylines_read(struct making *m, struct str text);

/* What a table has of the words at the start of a text, of the longest that it
   has; 0 if it has none.  `len` is how much of the text they are. */
int phrase_find(GHashTable *table, struct str text, size_t *len);

/* How many bytes are part of no UTF-8 letter, and how many letters beyond
   ASCII there are. */
void utf8_count(struct str s, uint64_t *invalid, uint64_t *letters);
/* A copy that is clean, each byte that is not UTF-8 replaced. */
struct str text_mend(struct making *m, struct str bytes);
struct str
text_mend_counted(struct making *m, struct str bytes, uint64_t invalid);
/* CR LF and CR become LF, other controls spaces; in place. */
struct str text_tidy(struct making *m, struct str text);

/* The JSON parser recurses; what is deeper is not given to it. */
enum { RECORD_DEEP = 64 };
bool is_deep_json(struct str s);

#endif
