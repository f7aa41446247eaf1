/*
 * message.h - what goes through the socket.
 *
 * A message is its length (32 bits, of what follows), then parts: a tag (one
 * byte), a length (32 bits), bytes.  Numbers are as the machine has them: both
 * ends are on one.  No part comes twice but notes; both ends refuse a message
 * that is not exactly so.
 *
 *   hello     DOORS                        once, when all doors are shut
 *   question  ID MEDIA_TYPE? RECORD? BYTES
 *   answer    FAULT                        or
 *             MEDIA_TYPE ENCODING? TITLE? ... NOTE* BODY MILESTONES? TEXT
 *   question  ID MEDIA_TYPE? MEMBER_MOST   and a descriptor of the file
 *   answers   NAME FAULT                   or
 *             NAME MEDIA_TYPE? TITLE? ... ALONE? BYTES   for each member, then
 *             END or FAULT
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "base/base.h"

enum tag {
    TAG_DOORS,  /* 32 bits: 1 << enum door for each that holds */
    TAG_ID,     /* the name of the document, for its extension */
    TAG_RECORD, /* empty: the bytes are a record of JSON Lines */
    TAG_BYTES,
    TAG_FAULT, /* a letter, I or L for the error's code, then its message */
    TAG_MEDIA_TYPE,
    TAG_ENCODING,
    TAG_TITLE,
    TAG_DATE,
    TAG_DATE_FROM,
    TAG_PUBLISHER,
    TAG_PUBLISHER_FROM,
    TAG_URL,
    TAG_NOTE,
    TAG_BODY,             /* two numbers of 32 bits: a span of the text */
    TAG_MILESTONE_PLACES, /* a number of 32 bits for each, not falling */
    TAG_MILESTONE_NAMES,  /* "UNIT N", a line each, as many */
    TAG_TEXT,
    TAG_MEMBER_MOST, /* a number of 32 bits */
    TAG_NAME,        /* what follows the file's, of a member; perhaps empty */
    TAG_ALONE,       /* empty: nothing in it can be told apart */
    TAG_END,         /* likewise */
    TAG_COUNT
};

enum { NOTES_MOST = 100 };

/* A message taken apart; borrowed from its bytes. */
struct message {
    struct str parts[TAG_COUNT]; /* at is NULL where there is none */
    struct str notes[NOTES_MOST];
    uint32_t note_count;
};

/* Begins a message; adds a part; makes it whole. */
GByteArray *message_new(void);
void message_add(GByteArray *out, enum tag tag, const void *at, size_t len);
void message_add_words(GByteArray *out, enum tag tag, const char *words);
void message_close(GByteArray *out);
/* Takes apart what follows the length; false where it is no message. */
MUST_CHECK bool message_parse(struct message *m, struct str bytes);
/* Numbers of 32 bits in a part; false where it holds not exactly so many. */
MUST_CHECK bool part_numbers(struct str part, uint32_t *out, size_t count);

#endif
