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

static bool is_stop(const struct ends *e, size_t i)
{
    struct piece p = e->pieces[i];
    char c = e->text[p.from];

    return c == '.' || c == '!' || c == '?' ||
           (p.to - p.from == 3 &&
            memcmp(e->text + p.from, "\xE2\x80\xA6", 3) == 0);
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

static bool stops(const struct ends *e, size_t i)
{
    size_t after = i + 1;

    if (e->pieces[i].flags & PIECE_STOPPED)
        return false;
    if (!is_stop(e, i))
        return false;
    while (after < e->count && is_closer(e, after))
        after++;
    if (after < e->count && e->pieces[after].from == e->pieces[after - 1].to &&
        !is_word(e, after))
        return false;
    if (first_char(e, i) != '.' && first_char(e, i) != '!' &&
        first_char(e, i) != '?')
        return begins(e, after);
    if (e->pieces[i].to - e->pieces[i].from > 1 && first_char(e, i) == '.')
        return begins(e, after);
    return begins(e, after);
}

void find_ends(
    const struct break_rules *r, const char *text, struct piece *pieces,
    size_t count)
{
    struct ends e = {r, text, pieces, count};

    for (size_t i = 0; i < count; i++) {
        if (!stops(&e, i))
            continue;
        while (i + 1 < count && is_closer(&e, i + 1))
            i++;
        pieces[i].flags |= PIECE_ENDS;
    }
    if (count)
        pieces[count - 1].flags |= PIECE_ENDS;
}
