/* Bytes that are UTF-8, or nearly, become clean text: code of our own, which
   needs no cage. */
#include "intake/parts.h"

#include <string.h>

/* Past bytes of ASCII, eight at a time. */
static const char *pass_ascii(const char *at, const char *end)
{
    uint64_t eight;

    while (end - at >= 8) {
        memcpy(&eight, at, sizeof(eight));
        if (eight & UINT64_C(0x8080808080808080))
            break;
        at += 8;
    }
    while (at < end && !(*at & 0x80))
        at++;
    return at;
}

void utf8_count(struct str s, uint64_t *invalid, uint64_t *letters)
{
    const char *at = s.at, *end = s.at + s.len;

    *invalid = *letters = 0;
    while ((at = pass_ascii(at, end)) < end) {
        gunichar c = g_utf8_get_char_validated(at, end - at);

        if (c >= (gunichar)-2) {
            ++*invalid;
            at++;
        } else {
            ++*letters;
            at = g_utf8_next_char(at);
        }
    }
}

static struct str replace_invalid(struct making *m, struct str s)
{
    GString *out = g_string_sized_new(s.len + 16);
    const char *at = s.at, *end = s.at + s.len;
    struct str mended;

    while (at < end) {
        const char *stop = at;

        while (stop < end) {
            gunichar c = (*stop & 0x80)
                             ? g_utf8_get_char_validated(stop, end - stop)
                             : 'a';

            if (c >= (gunichar)-2)
                break;
            stop = g_utf8_next_char(stop);
        }
        g_string_append_len(out, at, stop - at);
        if (stop < end)
            g_string_append(out, "\xEF\xBF\xBD");
        at = stop + 1;
    }
    mended = (struct str){arena_copy(m->a, out->str, out->len), out->len};
    g_string_free(out, TRUE);
    return mended;
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* Is there nothing to tidy?  A loop that compilers make wide. */
static bool is_tidy(struct str s)
{
    unsigned char odd = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];

        odd |= ((c < 0x20) & (c != '\n') & (c != '\t')) | (c == 0x7F);
    }
    return !odd;
}

struct str text_tidy(struct making *m, struct str s)
{
    char *text = (char *)s.at, *out = text;
    uint64_t zeros = 0, others = 0;

    if (is_tidy(s))
        return s;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c == '\r') {
            if (i + 1 == s.len || text[i + 1] != '\n')
                *out++ = '\n';
            continue;
        }
        zeros += !c;
        others += c && is_control(c) && c != '\f' && c != '\v';
        *out++ = c == '\f' ? '\n' : is_control(c) ? ' ' : (char)c;
    }
    if (zeros)
        making_note(m, "%" G_GUINT64_FORMAT " zero bytes replaced", zeros);
    if (others)
        making_note(
            m, "%" G_GUINT64_FORMAT " control characters replaced", others);
    return (struct str){text, (size_t)(out - text)};
}

struct str text_mend(struct making *m, struct str bytes)
{
    uint64_t invalid, letters;

    utf8_count(bytes, &invalid, &letters);
    return text_mend_counted(m, bytes, invalid);
}

struct str
text_mend_counted(struct making *m, struct str bytes, uint64_t invalid)
{
    struct str text;

    if (invalid) {
        text = replace_invalid(m, bytes);
        making_note(m, "%" G_GUINT64_FORMAT " invalid bytes replaced", invalid);
    } else {
        text = (struct str){arena_copy(m->a, bytes.at, bytes.len), bytes.len};
    }
    return text_tidy(m, text);
}
