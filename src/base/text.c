#include "base/base.h"

#include <string.h>

bool str_is(struct str s, const char *literal)
{
    return s.len == strlen(literal) &&
           (s.len == 0 || memcmp(s.at, literal, s.len) == 0);
}

struct str str_trim(struct str s)
{
    while (s.len && g_ascii_isspace(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len && g_ascii_isspace(s.at[s.len - 1]))
        s.len--;
    return s;
}

/*
 * Every STEP bytes the count of code points so far; within a step the bytes
 * are counted.  A table of 1/16 of the text instead of one four times it.
 */
enum { STEP = 64 };

struct offsets {
    struct str text;
    uint32_t before[]; /* code points that start before byte i * STEP */
};

static bool starts_code_point(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

struct offsets *offsets_new(struct str text)
{
    size_t steps = text.len / STEP + 1;
    struct offsets *o = g_malloc(sizeof *o + steps * sizeof o->before[0]);
    uint32_t count = 0;

    o->text = text;
    for (size_t i = 0; i < text.len; i++) {
        if (i % STEP == 0)
            o->before[i / STEP] = count;
        count += starts_code_point(text.at[i]);
    }
    if (text.len % STEP == 0)
        o->before[text.len / STEP] = count;
    return o;
}

void offsets_free(struct offsets *o)
{
    g_free(o);
}

uint32_t offsets_find(const struct offsets *o, uint32_t byte)
{
    size_t start = byte / STEP * STEP;
    uint32_t count;

    g_assert(byte <= o->text.len);
    count = o->before[byte / STEP];
    for (size_t i = start; i < byte; i++)
        count += starts_code_point(o->text.at[i]);
    return count;
}

/* --- extracts --- */

const char *
snippet_words(struct arena *a, const char *text, struct span s, uint32_t around)
{
    uint32_t len = (uint32_t)strlen(text), from, to;

    from = s.from > around ? s.from - around : 0;
    to = MIN(len, s.to + around);
    while (from && from < s.from && text[from - 1] != ' ')
        from++;
    while (to < len && to > s.to && text[to] != ' ')
        to--;
    /* What has no spaces is cut between code points. */
    while (from && from < s.from && (text[from] & 0xC0) == 0x80)
        from++;
    return arena_print(
        a, "%s%.*s%s", from ? "… " : "", (int)(to - from), text + from,
        to < len ? " …" : "");
}
