/*
 * unpack.h - one file holds many documents: archives, mailboxes, mails with
 * what is attached, saved sites, tables, feeds.
 *
 * What is in it is not read here: each thing is given away as bytes under a
 * name, and comes back as a document of its own, or to be taken apart in its
 * turn.  So no format here knows another, and what one thing does to its
 * reader costs that thing only.
 */
#ifndef UNPACK_H
#define UNPACK_H

#include "formats/formats.h"

/* --- where the bytes come from ------------------------------------------------ */

/* A file of any size, of which at most a window is in memory. */
struct feed;
/* Of a descriptor, which stays the caller's; of memory, likewise. */
struct feed *feed_of_file(int descriptor);
struct feed *feed_of_bytes(struct str bytes);
void feed_free(struct feed *f);
uint64_t feed_size(const struct feed *f);
/* The next bytes, at most so many; 0 at the end, and where it cannot be read. */
size_t feed_read(struct feed *f, void *at, size_t most);
void feed_seek(struct feed *f, uint64_t at); /* from the start */
uint64_t feed_tell(const struct feed *f);
/* The first bytes (as many as there are, up to 64 kB); borrowed. */
struct str feed_start(const struct feed *f);
/* The whole of it, if it is no bigger than that; g_free it.  NULL with
   ATTEST_ERROR_LIMIT. */
MUST_CHECK char *
feed_all(struct feed *f, size_t most, size_t *len, GError **error);

/* --- what an unpacker does ----------------------------------------------------- */

struct unpacking {
    struct arena *a; /* reset after each member is given */
    struct feed *in;
    const char *id;         /* the file's name, for its extension */
    const char *media_type; /* what it is, until a member is given */
    const char *charset;    /* as its container has it, or NULL */
    const struct intake_words *words;
    uint64_t member_most; /* no member may be bigger */
    const struct member_taker *taker;
};

/* Gives a member away. */
void unpack_give(struct unpacking *u, const struct member *p);
/* What a container says of a member, in the arena, as long as it may be; NULL
   where it says nothing. */
const char *unpack_words(struct unpacking *u, struct str words);
/* Says why a member is not given, by its name; "": the file itself. */
void unpack_refuse(struct unpacking *u, const char *name, const char *why);
#define LARGER_THAN_ONE                                                        \
    "it is larger than one document may be; split it, or raise --max-size"
/* The file is a document of its own, beside what is in it. */
void unpack_itself(struct unpacking *u);

/*
 * Names of members are only names, nothing is ever opened by them.  All the
 * same ".." and the like, controls and what is not UTF-8 are not kept, and of
 * those that are alike the second is "/list (2).pdf".
 */
struct names;
struct names *names_new(void);
void names_free(struct names *n);
/* "/a/list.pdf" of a path as a file tells it; in `a`. */
const char *names_add(struct names *n, struct arena *a, const char *path);

/*
 * Each gives what it finds, in its order, and tells by `false` and an error
 * that it cannot go on: what was given before stands.
 */
typedef bool unpacker(struct unpacking *u, GError **error);

/* By the one who knows the kind; of other kinds nothing is given. */
unpacker unpack_by_kind;

/* Of a ZIP file that is a document nothing is given. */
unpacker unpack_zip, unpack_tar, unpack_7z;
/* A single file that is compressed, or a TAR file. */
unpacker unpack_compressed;
/* What is attached, and the mail itself; of a mail alone nothing is given. */
unpacker unpack_mail;
unpacker unpack_mailbox;

#endif
