/*
 * split.c - cuts the words of a paragraph.  A chunk, which is what stands
 * between white space, is scanned once from left to right; what the scanner
 * must look ahead for (an address, a file name) is looked for once a chunk.
 */
#include "language/splitter.h"

#include <string.h>
#include <unicode/utext.h>

bool sign_is(const struct splitter *s, uint32_t at, enum sign a, enum sign b)
{
    uint32_t next;
    enum sign sign;

    if (at >= s->end)
        return false;
    sign = sign_at(s->text, at, s->end, &next);
    return sign == a || sign == b;
}

bool is_word_char(const struct splitter *s, uint32_t at)
{
    return sign_is(s, at, SIGN_LETTER, SIGN_DIGIT);
}

uint32_t apostrophe_at(const struct splitter *s, uint32_t at)
{
    const char *t = s->text + at;

    if (at >= s->end)
        return 0;
    if (*t == '\'' || *t == '`')
        return 1;
    if (at + 2 < s->end && memcmp(t, "\xE2\x80\x99", 3) == 0)
        return 3;
    return 0;
}

uint32_t lookup(
    const struct splitter *s, const struct word_map *m, uint32_t from,
    uint32_t to)
{
    char buffer[LOOKUP_MOST];
    size_t len = 0;

    if (to - from > LOOKUP_MOST)
        return WORD_MAP_NONE;
    while (from < to) {
        uint32_t apostrophe = apostrophe_at(s, from);

        buffer[len++] = apostrophe ? '\'' : g_ascii_tolower(s->text[from]);
        from += apostrophe ? apostrophe : 1;
    }
    return word_map_lookup(m, (struct str){buffer, len});
}

bool is_kind(
    const struct splitter *s, enum word_kind kind, uint32_t from, uint32_t to)
{
    return lookup(s, s->rules->words[kind], from, to) != WORD_MAP_NONE;
}

uint32_t skip_word_chars(const struct splitter *s, uint32_t at)
{
    uint32_t next;

    while (at < s->end) {
        enum sign sign = sign_at(s->text, at, s->end, &next);

        if (sign != SIGN_LETTER && sign != SIGN_DIGIT)
            break;
        at = next;
    }
    return at;
}

/* --- emitting -------------------------------------------------------- */

void emit(struct splitter *s, uint32_t from, uint32_t to)
{
    while (to - from > WORD_MOST) {
        uint32_t cut = from + WORD_MOST;

        while (((unsigned char)s->text[cut] & 0xC0) == 0x80)
            cut--;
        add_piece(s->out, from, cut);
        from = cut;
    }
    add_piece(s->out, from, to);
}

void emit_part(struct splitter *s, uint32_t from, uint32_t to)
{
    add_piece(s->out, from, to)->flags |= PIECE_MWT_NEXT;
}

/* --- scripts without spaces ------------------------------------------ */

static uint32_t split_ideographs(struct splitter *s, uint32_t at)
{
    UErrorCode status = U_ZERO_ERROR;
    uint32_t to = at;
    UText text = UTEXT_INITIALIZER;

    while (to < s->end && to - at < WORD_MOST &&
           sign_is(s, to, SIGN_IDEOGRAPH, SIGN_IDEOGRAPH))
        sign_at(s->text, to, s->end, &to);
    if (!s->ideographs)
        s->ideographs = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
    utext_openUTF8(&text, s->text + at, (int64_t)(to - at), &status);
    ubrk_setUText(s->ideographs, &text, &status);
    if (U_SUCCESS(status)) {
        int32_t from = 0, end;

        while ((end = ubrk_next(s->ideographs)) != UBRK_DONE) {
            emit(s, at + (uint32_t)from, at + (uint32_t)end);
            from = end;
        }
    } else {
        emit(s, at, to);
    }
    utext_close(&text);
    return to;
}

/* --- chunks ---------------------------------------------------------- */

static void split_chunk(struct splitter *s)
{
    uint32_t at = s->from, next;

    s->no_address = s->no_file = at;
    while (at < s->end) {
        switch (sign_at(s->text, at, s->end, &next)) {
        case SIGN_LETTER:
            at = split_word(s, at);
            break;
        case SIGN_DIGIT:
            at = g_ascii_isdigit(s->text[at]) ? split_number(s, at)
                                              : split_word(s, at);
            break;
        case SIGN_IDEOGRAPH:
            at = split_ideographs(s, at);
            break;
        case SIGN_SPACE:
            at = next;
            break;
        case SIGN_PUNCT:
        default:
            at = split_punct(s, at);
        }
    }
}

void split_words(
    const struct break_rules *r, const char *text, struct span paragraph,
    struct pieces *out)
{
    struct splitter s = {.rules = r, .text = text, .out = out};
    uint32_t at = paragraph.from, next;

    s.stop = paragraph.to;
    while (at < paragraph.to) {
        bool plain = true;

        if (sign_at(text, at, paragraph.to, &next) == SIGN_SPACE) {
            at = next;
            continue;
        }
        s.from = at;
        while (at < paragraph.to) {
            enum sign sign = sign_at(text, at, paragraph.to, &next);

            if (sign == SIGN_SPACE)
                break;
            plain &= sign == SIGN_LETTER;
            at = next;
        }
        s.end = at;
        if (plain)
            emit_word(&s, s.from, s.end, false);
        else
            split_chunk(&s);
    }
    if (s.ideographs)
        ubrk_close(s.ideographs);
}
