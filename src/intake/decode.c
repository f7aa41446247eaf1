/* Bytes of any encoding become clean UTF-8. */
#include "intake/parts.h"

#include <string.h>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

enum { LOOKED_AT = 1 << 16 };

static bool begins(struct str s, const char *mark, size_t len)
{
    return s.len >= len && !memcmp(s.at, mark, len);
}

/* The encoding that a byte order mark tells, and its length; or NULL. */
static const char *find_mark(struct str s, size_t *len)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
        {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (begins(s, marks[i].mark, marks[i].len)) {
            *len = marks[i].len;
            return marks[i].name;
        }
    }
    *len = 0;
    return NULL;
}

/* UTF-16 without a mark: every other byte of western text is zero. */
static const char *find_wide(struct str s)
{
    size_t count = MIN(s.len, LOOKED_AT) & ~(size_t)1, zeros[2] = {0, 0};

    for (size_t i = 0; i < count; i++)
        zeros[i & 1] += !s.at[i];
    if (zeros[1] * 10 > count * 4 && zeros[0] * 100 < count)
        return "UTF-16LE";
    if (zeros[0] * 10 > count * 4 && zeros[1] * 100 < count)
        return "UTF-16BE";
    return NULL;
}

/* Zero bytes alone do not tell: archives pad texts with them. */
bool is_binary(struct str bytes)
{
    size_t count = MIN(bytes.len, LOOKED_AT), zeros = 0, odd = 0, mark;
    const char *name = find_mark(bytes, &mark);

    if ((name && strcmp(name, "UTF-8") != 0) || find_wide(bytes))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)bytes.at[i];

        zeros += !c;
        odd += c && c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B;
    }
    return (odd > 2 && odd * 20 > count) || zeros * 10 > count * 3;
}

/* How many bytes are part of no UTF-8 letter, and how many letters beyond
   ASCII there are. */
static void count_utf8(struct str s, uint64_t *invalid, uint64_t *letters)
{
    const char *at = s.at, *end = s.at + s.len;

    *invalid = *letters = 0;
    while (at < end) {
        gunichar c;

        if (!(*at & 0x80)) {
            at++;
            continue;
        }
        c = g_utf8_get_char_validated(at, end - at);
        if (c >= (gunichar)-2) {
            ++*invalid;
            at++;
        } else {
            ++*letters;
            at = g_utf8_next_char(at);
        }
    }
}

static struct str mend_utf8(struct making *m, struct str s)
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

/* What uchardet takes the bytes for, or NULL. */
static char *guess_encoding(struct str s)
{
    uchardet_t guess = uchardet_new();
    char *name;

    uchardet_handle_data(guess, s.at, MIN(s.len, LOOKED_AT * 4));
    uchardet_data_end(guess);
    name = g_strdup(uchardet_get_charset(guess));
    uchardet_delete(guess);
    if (*name && g_ascii_strcasecmp(name, "UTF-8") != 0 &&
        g_ascii_strcasecmp(name, "ASCII") != 0)
        return name;
    g_free(name);
    return NULL;
}

static struct str take_utf16(struct making *m, const UChar *wide, int32_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t size = 0;
    char *out;

    u_strToUTF8(NULL, 0, &size, wide, len, &status);
    out = arena_alloc(m->a, (size_t)size + 1);
    status = U_ZERO_ERROR;
    u_strToUTF8(out, size + 1, &size, wide, len, &status);
    return (struct str){out, (size_t)size};
}

static void note_unknown(struct making *m, const UChar *wide, int32_t len)
{
    uint64_t unknown = 0;

    for (int32_t i = 0; i < len; i++)
        unknown += wide[i] == 0xFFFD;
    if (unknown)
        note(m, "%" G_GUINT64_FORMAT " unknown characters replaced", unknown);
}

/* False where ICU does not know the encoding. */
static bool
convert(struct making *m, struct str s, const char *name, struct str *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *c = ucnv_open(name, &status);
    int32_t len, most = (int32_t)MIN(s.len * 2 + 16, (size_t)INT32_MAX);
    UChar *wide;

    if (U_FAILURE(status) || s.len > INT32_MAX / 4) {
        ucnv_close(c);
        return false;
    }
    wide = g_new(UChar, most);
    len = ucnv_toUChars(c, wide, most, s.at, (int32_t)s.len, &status);
    if (U_SUCCESS(status)) {
        *out = take_utf16(m, wide, len);
        note_unknown(m, wide, len);
    }
    g_free(wide);
    ucnv_close(c);
    return U_SUCCESS(status);
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/* CR LF and CR become LF, other controls spaces; in place. */
static struct str tidy_controls(struct making *m, struct str s)
{
    char *text = (char *)s.at, *out = text;
    uint64_t zeros = 0, others = 0;

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
        note(m, "%" G_GUINT64_FORMAT " zero bytes replaced", zeros);
    if (others)
        note(m, "%" G_GUINT64_FORMAT " control characters replaced", others);
    return (struct str){text, (size_t)(out - text)};
}

/* "charset=..." near the start of a page, or NULL. */
static char *find_charset(struct str s)
{
    const char *at = g_strstr_len(s.at, (gssize)MIN(s.len, 4096), "charset=");
    const char *end = s.at + s.len, *stop;

    if (!at)
        return NULL;
    at += strlen("charset=");
    at += at < end && (*at == '"' || *at == '\'');
    for (stop = at; stop < end && stop - at < 40; stop++)
        if (!g_ascii_isalnum(*stop) && *stop != '-' && *stop != '_')
            break;
    return g_strndup(at, (gsize)(stop - at));
}

static struct str decode_guessed(
    struct making *m, struct str bytes, uint64_t invalid, uint64_t letters)
{
    bool is_page = !g_strcmp0(m->document->media_type, "text/html");
    char *name = is_page ? find_charset(bytes) : NULL;
    const char *why = name ? "it says itself" : "its bytes suggest";
    struct str text;

    if (!name && letters <= invalid)
        name = guess_encoding(bytes);
    if (name && *name && g_ascii_strncasecmp(name, "UTF", 3) != 0 &&
        convert(m, bytes, name, &text)) {
        m->document->encoding = arena_copy(m->a, name, strlen(name));
        note(m, "decoded from %s, as %s", name, why);
    } else {
        m->document->encoding = "UTF-8";
        text = mend_utf8(m, bytes);
        note(m, "%" G_GUINT64_FORMAT " invalid bytes replaced", invalid);
    }
    g_free(name);
    return text;
}

struct str decode(struct making *m, struct str bytes)
{
    uint64_t invalid, letters;
    struct str text;
    size_t mark;
    const char *name = find_mark(bytes, &mark);

    if (!name)
        name = find_wide(bytes);
    bytes.at += mark;
    bytes.len -= mark;
    m->document->encoding = name ? name : "UTF-8";
    if (name && strcmp(name, "UTF-8") != 0 && convert(m, bytes, name, &text))
        return tidy_controls(m, text);
    count_utf8(bytes, &invalid, &letters);
    if (invalid)
        text = decode_guessed(m, bytes, invalid, letters);
    else
        text = (struct str){arena_copy(m->a, bytes.at, bytes.len), bytes.len};
    return tidy_controls(m, text);
}
