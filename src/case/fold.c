/* Words as they are compared: without case and accents. */
#include "case/store.h"

#include <string.h>

char *text_fold(struct arena *a, const char *text, size_t size)
{
    char *apart = g_utf8_normalize(text, (gssize)size, G_NORMALIZE_ALL);
    char *low = apart ? g_utf8_casefold(apart, -1) : NULL;
    GString *out = g_string_sized_new(size + 1);
    char *kept;

    for (const char *p = low ? low : ""; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_type(c) != G_UNICODE_NON_SPACING_MARK)
            g_string_append_unichar(out, c);
    }
    kept = arena_copy(a, out->str, out->len);
    g_string_free(out, TRUE);
    g_free(low);
    g_free(apart);
    return kept;
}

/* Does its script put no spaces between words? */
static bool is_unspaced(gunichar c)
{
    if (c < 0x0E00 || !g_unichar_isalpha(c))
        return false;
    switch ((int)g_unichar_get_script(c)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_TIBETAN:
        return true;
    default:
        return false;
    }
}

struct str text_space(struct arena *a, struct str text)
{
    const char *at = text.at, *end = text.at + text.len, *done = text.at;
    GString *out = NULL;
    struct str spaced = text;

    for (; at < end; at = g_utf8_next_char(at)) {
        if ((unsigned char)*at < 0xE0 || !is_unspaced(g_utf8_get_char(at)))
            continue;
        out = out ? out : g_string_sized_new(text.len * 2);
        g_string_append_len(out, done, at - done);
        g_string_append_c(out, ' ');
        g_string_append_len(out, at, g_utf8_next_char(at) - at);
        g_string_append_c(out, ' ');
        done = g_utf8_next_char(at);
    }
    if (out) {
        g_string_append_len(out, done, end - done);
        spaced = (struct str){arena_copy(a, out->str, out->len), out->len};
        g_string_free(out, TRUE);
    }
    return spaced;
}

/* A letter or digit of FTS5's tokenizer unicode61. */
static bool is_letter(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static const char *end_of_word(const char *at, const char *end)
{
    while (at < end && is_letter(g_utf8_get_char(at)) &&
           !is_unspaced(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return at;
}

/* A letter and the marks on it. */
static const char *end_of_sign(const char *at, const char *end)
{
    at = g_utf8_next_char(at);
    while (at < end && g_unichar_ismark(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return at;
}

struct folded_words words_fold(struct arena *a, struct str text)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct folded_word));
    const char *at = text.at, *end = text.at + text.len;
    struct folded_words out = {0};

    while (at < end) {
        const char *stop = at;

        if (is_unspaced(g_utf8_get_char(at)))
            stop = end_of_sign(at, end);
        else
            stop = end_of_word(at, end);
        if (stop > at) {
            struct folded_word w = {
                text_fold(a, at, (size_t)(stop - at)),
                {(uint32_t)(at - text.at), (uint32_t)(stop - text.at)}};

            g_array_append_val(found, w);
            at = stop;
        } else {
            at = g_utf8_next_char(at);
        }
    }
    out.count = found->len;
    out.at = arena_make(a, struct folded_word, found->len);
    if (found->len)
        memcpy(out.at, found->data, found->len * sizeof(*out.at));
    g_array_free(found, TRUE);
    return out;
}
