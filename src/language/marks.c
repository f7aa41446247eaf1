/*
 * marks.c - cuts what begins with punctuation: marks and runs of them,
 * apostrophes, emoticons, hash tags.
 */
#include "language/splitter.h"

#include <string.h>

/* The end of the emoticon that begins at `at`, or `at`. */
static uint32_t emoticon_end(const struct splitter *s, uint32_t at)
{
    uint32_t most = MIN(s->end - at, 5);

    for (uint32_t len = most; len > 1; len--)
        if (!is_word_char(s, at + len) && word_map_lookup(
                                              s->rules->words[WORD_emoticon],
                                              (struct str){s->text + at, len}))
            return at + len;
    return at;
}

static uint32_t punct_end(const struct splitter *s, uint32_t at)
{
    uint32_t to = at;

    while (to < s->end && to - at < WORD_MOST &&
           sign_is(s, to, SIGN_PUNCT, SIGN_PUNCT))
        sign_at(s->text, to, s->end, &to);
    return to;
}

/* The end of a run that is one token: "...", "!?", "--", "=====". */
static uint32_t run_end(const struct splitter *s, uint32_t at)
{
    char first = s->text[at];
    const char *set = in_set(first, ".!?") ? ".!?" : "";
    uint32_t to = at, next;

    if (in_set(first, "()[]{}\",;:$%&@/\\"))
        return at + 1;
    sign_at(s->text, at, s->end, &next);
    if ((unsigned char)first >= 128) {
        uint32_t len = next - at;

        to = next;
        while (to + len <= s->end &&
               memcmp(s->text + to, s->text + at, len) == 0 && len > 2 &&
               (unsigned char)first != 0xE2)
            to += len;
        return to;
    }
    while (to < s->end && s->text[to] == first)
        to++;
    /* "...?" is two tokens. */
    if (first == '.' && to - at > 1)
        return to;
    while (to < s->end && (s->text[to] == first || in_set(s->text[to], set)))
        to++;
    return to;
}

static bool is_drawing(const struct splitter *s, uint32_t at, uint32_t to)
{
    if (to - at < 4)
        return false;
    while (at < to)
        if (!in_set(s->text[at++], "-=_*+|<>~#^/\\{}"))
            return false;
    return true;
}

static uint32_t opened_end(struct splitter *s, uint32_t at, uint32_t len)
{
    uint32_t to = at + len;
    uint32_t letters = skip_word_chars(s, to);

    if (is_kind(s, WORD_whole, at, letters))
        return letters;
    /* '90s */
    if (to + 1 < s->end && g_ascii_isdigit(s->text[to]) &&
        g_ascii_isdigit(s->text[to + 1]) && letters <= to + 3)
        return letters;
    return at;
}

static uint32_t split_apostrophe(struct splitter *s, uint32_t at, uint32_t len)
{
    bool begins = at == s->from || !is_word_char(s, at - 1);
    uint32_t to = run_end(s, at);

    if (begins && is_word_char(s, at + len)) {
        to = opened_end(s, at, len);
        if (to > at) {
            emit(s, at, to);
            return to;
        }
        s->quote_open = true;
        to = at + len;
    } else {
        s->quote_open = false;
    }
    emit(s, at, to);
    return to;
}

static uint32_t
punct_token_end(struct splitter *s, uint32_t at, uint32_t *flags)
{
    char c = s->text[at];
    uint32_t all = punct_end(s, at), to;

    if (all - at >= PUNCT_RUN || is_drawing(s, at, all))
        return all;
    if ((unsigned char)c < 128 && s->rules->emoticon_start[(unsigned char)c]) {
        to = emoticon_end(s, at);
        if (to > at) {
            *flags = PIECE_EMOTICON;
            return to;
        }
    }
    if (s->end - at >= 5 && memcmp(s->text + at, "[...]", 5) == 0)
        return at + 5;
    if (in_set(c, "#@") && all == at + 1 &&
        (at == s->from || !is_word_char(s, at - 1)) &&
        sign_is(s, at + 1, SIGN_LETTER, SIGN_LETTER)) {
        to = skip_word_chars(s, at + 1);
        while (to < s->end && s->text[to] == '_' && is_word_char(s, to + 1))
            to = skip_word_chars(s, to + 1);
        return to;
    }
    return run_end(s, at);
}

uint32_t split_punct(struct splitter *s, uint32_t at)
{
    uint32_t len = apostrophe_at(s, at);
    uint32_t to, flags = 0;
    char c = s->text[at];

    if (len && punct_end(s, at) == at + len)
        return split_apostrophe(s, at, len);
    if (c == '.' && at + 1 < s->end && g_ascii_isdigit(s->text[at + 1])) {
        to = skip_digits(s, at + 1);
        emit(s, at, to);
        return to;
    }
    if (s->end - at > 2 && memcmp(s->text + at, "\xE2\x80\x98", 3) == 0)
        s->quote_open = true;
    to = punct_token_end(s, at, &flags);
    emit(s, at, to);
    s->out->at[s->out->count - 1].flags |= flags;
    return to;
}
