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

/* A letter or digit of FTS5's tokenizer unicode61. */
static bool is_letter(gunichar c)
{
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

struct folded_words words_fold(struct arena *a, struct str text)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct folded_word));
    const char *at = text.at, *end = text.at + text.len;
    struct folded_words out = {0};

    while (at < end) {
        const char *stop = at;

        while (stop < end && is_letter(g_utf8_get_char(stop)))
            stop = g_utf8_next_char(stop);
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
