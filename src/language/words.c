/*
 * words.c - cuts words: what signs may stand inside one, and which are
 * several tokens ("don't", "cannot").
 */
#include "language/splitter.h"

#include <string.h>

/* --- several tokens -------------------------------------------------- */

/* Where the last clitic of the word begins ("n't", "'s"), else `to`. */
static uint32_t
find_clitic(const struct splitter *s, uint32_t from, uint32_t to)
{
    uint32_t most = MIN(to - from, 8);

    for (uint32_t len = 1; len < most; len++)
        if (lookup(s, s->rules->clitics, to - len, to))
            return apostrophe_at(s, to - len) || apostrophe_at(s, to - len + 1)
                       ? to - len
                       : to;
    return to;
}

/* A word and its clitics, each a piece of one multiword token. */
static void emit_clitics(struct splitter *s, uint32_t from, uint32_t to)
{
    uint32_t cuts[4], count = 0, end = to;

    while (count < G_N_ELEMENTS(cuts)) {
        uint32_t cut = find_clitic(s, from, end);

        if (cut == end)
            break;
        cuts[count++] = cut;
        end = cut;
    }
    while (count) {
        emit_part(s, from, cuts[--count]);
        from = cuts[count];
    }
    emit(s, from, to);
}

void emit_word(struct splitter *s, uint32_t from, uint32_t to, bool apostrophe)
{
    uint32_t cuts;

    if (apostrophe && !is_kind(s, WORD_whole, from, to)) {
        emit_clitics(s, from, to);
        return;
    }
    cuts = lookup(s, s->rules->contractions, from, to);
    while (cuts) {
        uint32_t len = cuts & 0xFF;

        emit_part(s, from, from + len);
        from += len;
        cuts >>= 8;
    }
    emit(s, from, to);
}

/* --- signs inside a word --------------------------------------------- */

static uint32_t count_letters(const struct splitter *s, uint32_t at)
{
    uint32_t count = 0, next;

    while (at < s->end && sign_at(s->text, at, s->end, &next) == SIGN_LETTER &&
           count < 8) {
        count++;
        at = next;
    }
    return count;
}

/* The first character of the next chunk, or NUL. */
static char after_chunk(const struct splitter *s)
{
    uint32_t at = s->end, next;

    while (at < s->stop && at < s->end + 8) {
        if (sign_at(s->text, at, s->stop, &next) != SIGN_SPACE)
            return s->text[at];
        at = next;
    }
    return '\0';
}

/* Is the stop at the end of this word an abbreviation's? */
static bool keeps_stop(const struct splitter *s, const struct word *w)
{
    uint32_t kind;
    char first = s->text[w->from];

    if (w->dotted)
        return true;
    if (w->at - w->from == 1 && g_ascii_isupper(first))
        return w->at + 1 == s->end && g_ascii_isalpha(after_chunk(s)) &&
               first != 'I';
    kind = lookup(s, s->rules->abbreviations, w->from, w->at);
    if (kind == ABBREVIATION_NUMBER)
        return g_ascii_isdigit(
            w->at + 1 < s->end ? s->text[w->at + 1] : after_chunk(s));
    if (kind == ABBREVIATION_TITLE || kind == ABBREVIATION_INNER)
        return w->at + 1 < s->end || after_chunk(s);
    if (kind == ABBREVIATION_MID)
        return w->at + 1 < s->end ||
               (after_chunk(s) && !g_ascii_isupper(after_chunk(s)));
    return kind != WORD_MAP_NONE;
}

static bool pass_stop(struct splitter *s, struct word *w)
{
    uint32_t letters = count_letters(s, w->at + 1);
    uint32_t before = count_letters(s, w->part);

    if (letters == 0) {
        if (w->at + 1 < s->end && s->text[w->at + 1] == '.')
            return false;
        if (!keeps_stop(s, w))
            return false;
        w->at++;
        w->stopped = true;
        /* U.S.'s */
        return apostrophe_at(s, w->at) != 0;
    }
    /* U.S., e.g., Ph.D. */
    if ((before == 1 || w->dotted || letters == 1) && letters <= 2 &&
        before <= 2) {
        w->dotted = true;
        w->at++;
        w->part = w->at;
        return true;
    }
    if (keeps_stop(s, w)) {
        w->at++;
        w->stopped = true;
    }
    return false;
}

/* Letters of a word broken off. */
enum { STUTTER_MOST = 3 };

/* Does the hyphen at w->at stay inside the word? */
static bool pass_hyphen(struct splitter *s, struct word *w)
{
    uint32_t after = skip_word_chars(s, w->at + 1);

    if (after == w->at + 1) {
        /* A word broken off: "th- there". */
        if (after == s->end && w->at - w->from <= STUTTER_MOST &&
            count_letters(s, w->from) == w->at - w->from)
            w->at++;
        return false;
    }
    if (!is_kind(s, WORD_prefix, w->part, w->at) &&
        !is_kind(s, WORD_whole, w->from, after))
        return false;
    w->at++;
    w->part = w->at;
    return true;
}

static bool pass_apostrophe(struct splitter *s, struct word *w, uint32_t len)
{
    char last = g_ascii_tolower(s->text[w->at - 1]);

    if (sign_is(s, w->at + len, SIGN_LETTER, SIGN_LETTER)) {
        w->apostrophe = true;
        w->at += len;
        return true;
    }
    if (s->text[w->at] != '`' && !s->quote_open && in_set(last, "sxz") &&
        !is_word_char(s, w->at + len)) {
        w->apostrophe = true;
        w->at += len;
    }
    return false;
}

/* Passes over a sign inside the word; false if the word ends before it. */
static bool pass_sign(struct splitter *s, struct word *w)
{
    uint32_t len = apostrophe_at(s, w->at);
    char c = s->text[w->at];
    uint32_t after;

    if (len)
        return pass_apostrophe(s, w, len);
    if (c == '.')
        return pass_stop(s, w);
    if (c == '-')
        return pass_hyphen(s, w);
    if (c == '_' || (c == '&' && g_ascii_isupper(s->text[w->at - 1]))) {
        if (c == '&' && w->at + 1 < s->end &&
            !g_ascii_isupper(s->text[w->at + 1]))
            return false;
        after = w->at + 1;
        if (!is_word_char(s, after))
            return false;
        w->at = after;
        return true;
    }
    if (c == '/' || c == '$') {
        after = skip_word_chars(s, w->at + 1);
        if (c == '$')
            after = w->at + 1;
        if (!is_kind(s, WORD_whole, w->from, after))
            return false;
        w->at = after;
        return c == '/';
    }
    return false;
}

uint32_t split_from(struct splitter *s, struct word *w)
{
    do {
        w->at = skip_word_chars(s, w->at);
    } while (w->at < s->end && pass_sign(s, w));
    emit_word(s, w->from, w->at, w->apostrophe);
    if (w->stopped)
        s->out->at[s->out->count - 1].flags |= PIECE_STOPPED;
    return w->at;
}

uint32_t split_word(struct splitter *s, uint32_t at)
{
    struct word w = {.from = at, .at = at, .part = at};
    uint32_t to = address_end(s, at);

    if (to == at)
        return split_from(s, &w);
    emit_address(s, at, to);
    return to;
}
