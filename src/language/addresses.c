/*
 * addresses.c - web and mail addresses, and the names of files and sites,
 * which stay whole.
 */
#include "language/splitter.h"

#include <string.h>

static bool is_ascii_word(char c)
{
    return g_ascii_isalnum(c) || in_set(c, "._%+-~");
}

/* Without the punctuation that closes a sentence or a bracket. */
static uint32_t
trim_address(const struct splitter *s, uint32_t from, uint32_t to)
{
    while (to > from + 1 && in_set(s->text[to - 1], ".,;:!?'\")]}>*"))
        to--;
    return to;
}

/* The end of the web address that begins at `at`, or `at`. */
static uint32_t web_end(const struct splitter *s, uint32_t at)
{
    static const char *const starts[] = {"http://", "https://", "ftp://",
                                         "www.",    "mailto:",  "doi:"};
    uint32_t to = at;

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        size_t len = strlen(starts[i]);

        if (s->end - at <= len ||
            g_ascii_strncasecmp(s->text + at, starts[i], len))
            continue;
        while (to < s->end && !in_set(s->text[to], "<>\"|"))
            to++;
        return trim_address(s, at, to);
    }
    return at;
}

/* The end of the e-mail address that begins at `at`, or `at`. */
static uint32_t mail_end(struct splitter *s, uint32_t at)
{
    uint32_t to = at;

    if (at < s->no_address)
        return at;
    while (to < s->end && is_ascii_word(s->text[to]))
        to++;
    s->no_address = to + 1;
    if (to == at || to + 1 >= s->end || s->text[to] != '@' ||
        !g_ascii_isalnum(s->text[to + 1]))
        return at;
    to++;
    while (to < s->end && is_ascii_word(s->text[to]))
        to++;
    return trim_address(s, at, to);
}

/* The end of the name of a file or site ("report.doc"), or `at`. */
static uint32_t file_end(struct splitter *s, uint32_t at)
{
    uint32_t to = at, dot = 0;

    if (at < s->no_file)
        return at;
    while (to < s->end && is_ascii_word(s->text[to])) {
        if (s->text[to] == '.' && to > at && to + 1 < s->end &&
            g_ascii_isalnum(s->text[to + 1]))
            dot = to;
        to++;
    }
    s->no_file = to;
    to = dot;
    while (dot && ++to < s->end && g_ascii_isalnum(s->text[to]))
        continue;
    if (!dot || !is_kind(s, WORD_ending, dot + 1, to))
        return at;
    if (to + 1 < s->end && s->text[to] == '/' &&
        g_ascii_isalnum(s->text[to + 1])) {
        while (to < s->end && !in_set(s->text[to], "<>\"|"))
            to++;
        to = trim_address(s, at, to);
    }
    s->no_file = to;
    return to;
}

void emit_address(struct splitter *s, uint32_t from, uint32_t to)
{
    emit(s, from, to);
    if (to - from > 4 && (!g_ascii_strncasecmp(s->text + from, "http", 4) ||
                          !g_ascii_strncasecmp(s->text + from, "www.", 4)))
        s->out->at[s->out->count - 1].flags |= PIECE_WEB;
}

uint32_t address_end(struct splitter *s, uint32_t at)
{
    uint32_t to = web_end(s, at);

    if (to == at)
        to = mail_end(s, at);
    if (to == at)
        to = file_end(s, at);
    return to;
}
