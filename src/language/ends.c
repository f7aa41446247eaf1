/*
 * ends.c - where sentences end: after a stop and what closes with it, where
 * what follows looks like a beginning.
 */
#include "language/break_parts.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

struct ends {
    const struct break_rules *rules;
    const char *text;
    struct piece *pieces;
    size_t count;
};

static char first_char(const struct ends *e, size_t i)
{
    return e->text[e->pieces[i].from];
}

/* Stops of any script, and dots. */
static bool is_stop(const struct ends *e, size_t i)
{
    uint32_t at = e->pieces[i].from;
    UChar32 c = (unsigned char)e->text[at];

    if (c < 128)
        return c == '.' || c == '!' || c == '?';
    U8_NEXT(e->text, at, e->pieces[i].to, c);
    return c >= 0 && (c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM));
}

static bool is_word(const struct ends *e, size_t i)
{
    uint32_t next;
    enum sign sign =
        sign_at(e->text, e->pieces[i].from, e->pieces[i].to, &next);

    return sign == SIGN_LETTER || sign == SIGN_DIGIT || sign == SIGN_IDEOGRAPH;
}

static bool is_lower(const struct ends *e, size_t i)
{
    uint32_t at = e->pieces[i].from;
    UChar32 c;

    U8_NEXT(e->text, at, e->pieces[i].to, c);
    return c >= 0 && u_islower(c);
}

/* A quotation mark or bracket that closes: written on to what is before. */
static bool is_closer(const struct ends *e, size_t i)
{
    const char *t = e->text + e->pieces[i].from;
    size_t len = e->pieces[i].to - e->pieces[i].from;

    if (i == 0 || e->pieces[i - 1].to != e->pieces[i].from)
        return false;
    if (len == 1)
        return strchr("\"')]}", *t) != NULL;
    return len <= 3 &&
           (memcmp(t, "''", 2) == 0 || memcmp(t, "\xE2\x80\x9D", len) == 0 ||
            memcmp(t, "\xE2\x80\x99", len) == 0 ||
            memcmp(t, "\xC2\xBB", 2) == 0);
}

/* The first word at or after `i`, behind quotation marks and brackets. */
static size_t next_word(const struct ends *e, size_t i)
{
    size_t most = MIN(e->count, i + 4);

    while (i < most && !is_word(e, i))
        i++;
    return i;
}

static bool begins(const struct ends *e, size_t i)
{
    size_t word = next_word(e, i);

    if (word >= e->count || !is_word(e, word))
        return true;
    return !is_lower(e, word);
}

static bool is_joined(const struct ends *e, size_t i)
{
    return i > 0 && i < e->count && e->pieces[i - 1].to == e->pieces[i].from;
}

static bool is_char(const struct ends *e, size_t i, char c)
{
    return i < e->count && e->pieces[i].to - e->pieces[i].from == 1 &&
           first_char(e, i) == c;
}

static bool is_digit(const struct ends *e, size_t i)
{
    return i < e->count && g_ascii_isdigit(first_char(e, i));
}

static bool is_kind(const struct ends *e, enum word_kind kind, size_t i)
{
    struct piece p;
    char lower[32];
    size_t len;

    if (i >= e->count)
        return false;
    p = e->pieces[i];
    len = p.to - p.from;
    if (len > sizeof lower)
        return false;
    for (size_t k = 0; k < len; k++)
        lower[k] = g_ascii_tolower(e->text[p.from + k]);
    return word_map_lookup(e->rules->words[kind], (struct str){lower, len});
}

/* --- what goes with a stop ------------------------------------------- */

/* The marks of notes behind a stop: "They left.[14] [15]" */
static size_t skip_notes(const struct ends *e, size_t i)
{
    while (is_char(e, i, '[') && is_digit(e, i + 1) && is_joined(e, i + 1) &&
           is_char(e, i + 2, ']'))
        i += 3;
    return i;
}

/* The first piece behind a stop at `i` - 1 and all that goes with it. */
static size_t skip_closers(const struct ends *e, size_t i)
{
    while (i < e->count) {
        if (e->pieces[i].flags & PIECE_EMOTICON)
            i++;
        else if (is_stop(e, i) && !is_joined(e, i) && is_stop(e, i - 1))
            i++;
        else if (is_closer(e, i))
            i++;
        else
            break;
    }
    return skip_notes(e, i);
}

/* "1." that begins a sentence is the number of a list's item. */
static bool is_item_number(const struct ends *e, size_t first, size_t i)
{
    return i == first + 1 && is_joined(e, i) && is_char(e, i, '.') &&
           (is_digit(e, first) ||
            e->pieces[first].to - e->pieces[first].from == 1);
}

/* "...", and the sign of it. */
static bool is_dots(const struct ends *e, size_t i)
{
    return e->pieces[i].to - e->pieces[i].from > 1 &&
           (first_char(e, i) == '.' || first_char(e, i) == '\xE2');
}

/* Where the sentence from `first` goes on behind a stop at `i`; 0: it does
   not end there. */
static size_t pass_stop(const struct ends *e, size_t first, size_t i)
{
    size_t after;

    if (e->pieces[i].flags & PIECE_STOPPED)
        return is_kind(e, WORD_starter, i + 1) && begins(e, i + 1) ? i + 1 : 0;
    if (!is_stop(e, i) || is_item_number(e, first, i))
        return 0;
    after = skip_closers(e, i + 1);
    if (is_joined(e, after) && !is_word(e, after))
        return 0;
    /* Not everybody writes capitals; but dots only pause. */
    if (after == i + 1 && after < e->count && !is_joined(e, after) &&
        is_word(e, after) && !is_dots(e, i))
        return after;
    return begins(e, after) ? after : 0;
}

/* --- ends without a stop --------------------------------------------- */

/* "05/12/2004 10:30 AM" of a mail's head: the end of it, or `i`. */
static size_t skip_stamp(const struct ends *e, size_t i)
{
    struct piece p = e->pieces[i];

    if (i + 1 >= e->count || !is_digit(e, i) || !is_digit(e, i + 1) ||
        p.to - p.from < 6 || !memchr(e->text + p.from, '/', 3) ||
        !memchr(e->text + e->pieces[i + 1].from, ':', 3))
        return i;
    i += 2;
    if (i < e->count && e->pieces[i].to - e->pieces[i].from == 2 &&
        strchr("AP", first_char(e, i)) && e->text[e->pieces[i].from + 1] == 'M')
        i++;
    return i;
}

static bool is_upper(const struct ends *e, size_t i)
{
    return i < e->count && is_word(e, i) && !is_lower(e, i) && !is_digit(e, i);
}

static bool is_web(const struct ends *e, size_t i)
{
    return i < e->count && e->pieces[i].flags & PIECE_WEB;
}

static bool is_long_dash(const struct ends *e, size_t i)
{
    const char *t = e->text + e->pieces[i].from;
    size_t len = e->pieces[i].to - e->pieces[i].from;

    return len == 3 && (memcmp(t, "\xE2\x80\x93", 3) == 0 ||
                        memcmp(t, "\xE2\x80\x94", 3) == 0);
}

/* Where the sentence goes on behind piece `i` that is no stop; 0: it does
   not end there. */
static size_t pass_other(const struct ends *e, size_t i)
{
    size_t after = i + 1;

    if (e->pieces[i].flags & PIECE_EMOTICON)
        return is_upper(e, after) ? after : 0;
    if (is_web(e, i))
        return is_upper(e, after) || is_web(e, after) ? after : 0;
    if (is_kind(e, WORD_closing, i) && is_char(e, after, ',') &&
        is_upper(e, after + 1))
        return after + 1;
    if (is_digit(e, i) && skip_stamp(e, i) > i) {
        after = skip_stamp(e, i);
        return is_upper(e, after) ? after : 0;
    }
    /* Somebody breaks off and begins again: "I saw – We saw them." */
    if (is_long_dash(e, i) && !is_joined(e, after) && is_upper(e, after) &&
        is_kind(e, WORD_starter, after) && !is_char(e, after, 'I'))
        return after;
    /* A caption's or heading's number, before what it is the head of. */
    if (is_digit(e, i) && !is_joined(e, after) && is_upper(e, after) &&
        is_kind(e, WORD_starter, after) && !is_char(e, after, 'I'))
        return after;
    return is_upper(e, i) && is_digit(e, after) && skip_stamp(e, after) > after
               ? after
               : 0;
}

void find_ends(
    const struct break_rules *r, const char *text, struct piece *pieces,
    size_t count)
{
    struct ends e = {r, text, pieces, count};
    size_t first = 0, i = 0;

    while (i < count) {
        size_t after = pass_stop(&e, first, i);

        if (!after)
            after = pass_other(&e, i);
        if (after) {
            pieces[after - 1].flags |= PIECE_ENDS;
            first = after;
        }
        i = after ? after : i + 1;
    }
    if (count)
        pieces[count - 1].flags |= PIECE_ENDS;
}
