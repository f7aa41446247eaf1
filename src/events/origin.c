/* Where a text says that it was taken from. */
#define _GNU_SOURCE /* memmem */
#include "events/events.h"

#include <string.h>

enum { DATELINE_MOST = 200, CREDIT_MOST = 40, INITIALS_LEAST = 3 };

static bool is_word_byte(char c)
{
    return g_ascii_isalnum(c) || (c & 0x80);
}

/* Stands it in the text as whole words, in that case? */
static bool has_words(struct str text, const char *words)
{
    size_t len = strlen(words);
    const char *at = text.at, *end = text.at + text.len;

    while (len && (size_t)(end - at) >= len) {
        at = memmem(at, (size_t)(end - at), words, len);
        if (!at)
            return false;
        if ((at == text.at || !is_word_byte(at[-1])) &&
            (at + len == end || !is_word_byte(at[len])))
            return true;
        at++;
    }
    return false;
}

/* Of the words that begin with a capital; "" for fewer than three. */
static char *initials(const char *name)
{
    GString *out = g_string_new(NULL);
    bool starts = true;

    for (const char *p = name; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (starts && g_unichar_isupper(c))
            g_string_append_unichar(out, c);
        starts = !g_unichar_isalnum(c);
    }
    if (g_utf8_strlen(out->str, -1) < INITIALS_LEAST)
        g_string_truncate(out, 0);
    return g_string_free(out, FALSE);
}

bool origin_names(struct str text, const char *publisher)
{
    g_autofree char *letters = initials(publisher);
    const char *name = publisher;

    if (g_str_has_prefix(name, "The ") || g_str_has_prefix(name, "the "))
        name += strlen("The ");
    return has_words(text, name) || has_words(text, letters);
}

/* A dash or colon, which ends a dateline. */
static bool is_dash(const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    if (at < end && (*at == '-' || *at == ':'))
        return true;
    return end - at >= 3 && !memcmp(at, "\xE2\x80", 2) &&
           (at[2] == '\x93' || at[2] == '\x94');
}

/* "(VNA) -" at `at`: the length between the brackets, or 0. */
static uint32_t credit_length(const char *at, const char *end)
{
    const char *p = at + 1;

    if (*at != '(' || p >= end || !g_ascii_isupper(*p))
        return 0;
    while (p < end && *p != ')' && *p != '\n' && p - at <= CREDIT_MOST)
        p++;
    if (p >= end || *p != ')' || !is_dash(p + 1, end))
        return 0;
    return (uint32_t)(p - at) - 1;
}

struct span origin_credit(struct str text, struct span body)
{
    const char *at = text.at + body.from;
    const char *end = text.at + MIN(body.to, body.from + DATELINE_MOST);

    for (; at < end; at++) {
        uint32_t length = credit_length(at, end);
        uint32_t from = (uint32_t)(at + 1 - text.at);

        if (length)
            return (struct span){from, from + length};
    }
    return (struct span){0, 0};
}
