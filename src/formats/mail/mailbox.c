/*
 * Mailboxes (MBOX): messages one after the other, each after a line "From WHO
 * Mon Feb 20 09:30:00 2012".  Where a line of a message begins so, writers put
 * ">" before it (and one more before those that have some), or tell the length
 * of the message in its head.  Which of them wrote it, no file tells: the
 * length is believed where it ends at the next such line.
 */
#include "formats/head.h"
#include "formats/parts.h"
#include "formats/unpack.h"

#include <string.h>

enum { WINDOW = 1 << 16, LOOKED_AT = 256 };

struct mailbox {
    struct unpacking *u;
    GByteArray *message;
    uint64_t number;  /* of the message at hand, from 1 */
    bool is_big;      /* it is more than one may be */
    bool is_in_head;  /* the lines at hand are of its head */
    bool is_new_line; /* the piece at hand begins one */
    uint64_t length;  /* of what follows the head; 0: it does not tell */
    size_t at, end;   /* what is not yet read of the window */
    char window[WINDOW];
};

/* --- lines ------------------------------------------------------------------------ */

static void fill(struct mailbox *b)
{
    b->end -= b->at;
    memmove(b->window, b->window + b->at, b->end);
    b->at = 0;
    b->end += feed_read(b->u->in, b->window + b->end, WINDOW - b->end);
}

/* The next line with its end, or a piece of one that is too long. */
static struct str next_piece(struct mailbox *b)
{
    const char *from = b->window + b->at, *newline;
    struct str piece;

    newline = memchr(from, '\n', b->end - b->at);
    if (!newline) {
        fill(b);
        from = b->window;
        newline = memchr(from, '\n', b->end);
    }
    piece.at = from;
    piece.len = newline ? (size_t)(newline + 1 - from) : b->end - b->at;
    b->at += piece.len;
    return piece;
}

static uint64_t tell(const struct mailbox *b)
{
    return feed_tell(b->u->in) - (b->end - b->at);
}

static bool is_empty(struct str line)
{
    return str_trim(line).len == 0;
}

/* --- where messages begin ---------------------------------------------------------- */

static bool is_among(const char *word, const char *words)
{
    return strlen(word) == 3 && strstr(words, word);
}

/* Does it tell weekday, month and hour?  Sentences begin with "From" too. */
static bool is_separator(struct str line)
{
    bool is_day = false, is_month = false, is_hour = false;
    char *text, **words;

    if (line.len < 5 || line.len > LOOKED_AT || memcmp(line.at, "From ", 5))
        return false;
    text = g_strndup(line.at, line.len);
    words = g_strsplit_set(text, " \t\r\n", -1);
    for (char **w = words; *w; w++) {
        is_day |= is_among(*w, "Mon Tue Wed Thu Fri Sat Sun");
        is_month |=
            is_among(*w, "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec");
        is_hour |= g_ascii_isdigit(**w) && strchr(*w, ':');
    }
    g_strfreev(words);
    g_free(text);
    return is_day && is_month && is_hour;
}

bool is_mailbox(struct str start)
{
    const char *end = memchr(start.at, '\n', start.len);

    return end &&
           is_separator((struct str){start.at, (size_t)(end + 1 - start.at)});
}

/* --- messages ------------------------------------------------------------------------ */

static void add(struct mailbox *b, struct str piece)
{
    b->is_big = b->is_big || b->message->len + piece.len > b->u->member_most;
    if (!b->is_big)
        g_byte_array_append(
            b->message, (const guint8 *)piece.at, (guint)piece.len);
}

/* What was added, without the empty line before the next message. */
static struct str whole(const struct mailbox *b)
{
    struct str s = {(const char *)b->message->data, b->message->len};

    if (s.len > 1 && !memcmp(s.at + s.len - 2, "\n\n", 2))
        s.len -= 1;
    else if (s.len > 2 && !memcmp(s.at + s.len - 3, "\n\r\n", 3))
        s.len -= 2;
    return s;
}

/* Ends the message at hand. */
static void give(struct mailbox *b)
{
    struct member p = {.media_type = "message/rfc822"};

    if (!b->number)
        return;
    p.name = arena_print(b->u->a, ":%" G_GUINT64_FORMAT, b->number);
    if (b->is_big)
        p.fault = LARGER_THAN_ONE;
    else
        p.bytes = whole(b);
    unpack_give(b->u, &p);
}

static void begin(struct mailbox *b)
{
    give(b);
    b->number++;
    g_byte_array_set_size(b->message, 0);
    b->is_big = false;
    b->is_in_head = true;
    b->length = 0;
}

/* Is the end of the file at this place, or the next message, perhaps after
   empty lines? */
static bool is_end(struct mailbox *b, uint64_t at)
{
    struct feed *in = b->u->in;
    uint64_t back = feed_tell(in);
    char start[LOOKED_AT];
    struct str rest = {start, 0};

    if (at > feed_size(in))
        return false;
    feed_seek(in, at);
    rest.len = feed_read(in, start, sizeof(start));
    feed_seek(in, back);
    rest = str_trim(rest);
    return !rest.len || is_mailbox(rest);
}

static void add_body(struct mailbox *b, uint64_t until)
{
    while (tell(b) < until) {
        struct str piece = next_piece(b);
        uint64_t over = tell(b) > until ? tell(b) - until : 0;

        if (!piece.len)
            return;
        b->at -= (size_t)over;
        piece.len -= (size_t)over;
        add(b, piece);
    }
}

/* After the head: its length, if it is told and right, tells where it ends. */
static void end_head(struct mailbox *b)
{
    uint64_t until = tell(b) + b->length;

    b->is_in_head = false;
    if (b->length && b->length < feed_size(b->u->in) && is_end(b, until))
        add_body(b, until);
}

static void read_head_line(struct mailbox *b, struct str line)
{
    struct str length = head_value(line, "Content-Length");

    if (length.at)
        b->length = g_ascii_strtoull(length.at, NULL, 10);
}

/* A line that had to be told from "From " loses one of its marks. */
static struct str unquote(struct str line)
{
    size_t marks = 0;

    while (marks < line.len && line.at[marks] == '>')
        marks++;
    if (marks && line.len - marks >= 5 && !memcmp(line.at + marks, "From ", 5))
        return (struct str){line.at + 1, line.len - 1};
    return line;
}

static void take_piece(struct mailbox *b, struct str piece)
{
    bool is_line = b->is_new_line;

    b->is_new_line = piece.at[piece.len - 1] == '\n';
    if (is_line && is_separator(piece)) {
        begin(b);
        return;
    }
    add(b, is_line ? unquote(piece) : piece);
    if (!b->is_in_head || !is_line)
        return;
    if (is_empty(piece))
        end_head(b);
    else
        read_head_line(b, piece);
}

bool unpack_mailbox(struct unpacking *u, GError **error)
{
    struct mailbox *b = g_new0(struct mailbox, 1);
    struct str piece;

    (void)error; /* whatever is in it, there is a message in it */
    b->u = u;
    b->message = g_byte_array_new();
    b->is_new_line = true;
    feed_seek(u->in, 0);
    while ((piece = next_piece(b)).len)
        take_piece(b, piece);
    give(b);
    g_byte_array_unref(b->message);
    g_free(b);
    return true;
}
