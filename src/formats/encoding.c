/* Bytes of any encoding become clean UTF-8. */
#include "formats/parts.h"
#include "formats/unpack.h"

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

    if (!count || !memchr(s.at, 0, count))
        return NULL;
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
    size_t count = MIN(bytes.len, LOOKED_AT), mark;
    uint32_t zeros = 0, odd = 0; /* narrow, for a loop that is made wide */
    const char *name = find_mark(bytes, &mark);

    if ((name && strcmp(name, "UTF-8") != 0) || find_wide(bytes))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)bytes.at[i];

        zeros += !c;
        odd += (c != 0) & (c < 0x20) & ((c < '\t') | (c > '\r')) & (c != 0x1B);
    }
    return (odd > 2 && odd * 20 > count) || zeros * 10 > count * 3;
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
        making_note(
            m, "%" G_GUINT64_FORMAT " unknown characters replaced", unknown);
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

char *find_charset(struct str s)
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

/* False where no encoding but UTF-8 is likely. */
static bool decode_guessed(
    struct making *m, struct str bytes, bool ask_bytes, struct str *text)
{
    bool is_page = !g_strcmp0(m->document->media_type, "text/html");
    char *name = is_page ? find_charset(bytes) : NULL;
    const char *why = name ? "it says itself" : "its bytes suggest";
    bool good;

    if (!name && ask_bytes)
        name = guess_encoding(bytes);
    good = name && *name && g_ascii_strncasecmp(name, "UTF", 3) != 0 &&
           convert(m, bytes, name, text);
    if (good) {
        m->document->encoding = arena_copy(m->a, name, strlen(name));
        making_note(m, "decoded from %s, as %s", name, why);
    }
    g_free(name);
    return good;
}

/* UTF-8 is looked at first, whatever is said. */
static bool is_other(const char *encoding)
{
    return encoding && *encoding &&
           g_ascii_strncasecmp(encoding, "UTF-8", 5) != 0 &&
           g_ascii_strcasecmp(encoding, "US-ASCII") != 0;
}

/* ICU knows an encoding whatever else, that is no letter, stands in its name. */
static const char *tidy_name(struct arena *a, const char *name)
{
    char *tidy = arena_keep(a, name), *out = tidy;

    for (; *name; name++)
        if (g_ascii_isalnum(*name) || strchr("-_", *name))
            *out++ = *name;
    *out = '\0';
    return tidy;
}

struct str decode_as(struct making *m, struct str bytes, const char *encoding)
{
    struct str text;

    size_t mark;

    if (!is_other(encoding) || find_mark(bytes, &mark) ||
        !convert(m, bytes, encoding, &text))
        return decode(m, bytes);
    m->document->encoding = tidy_name(m->a, encoding);
    return text_tidy(m, text);
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
    if (name && strcmp(name, "UTF-8") != 0 && convert(m, bytes, name, &text)) {
        m->document->encoding = name;
        return text_tidy(m, text);
    }
    m->document->encoding = "UTF-8";
    utf8_count(bytes, &invalid, &letters);
    if (invalid && decode_guessed(m, bytes, letters <= invalid, &text))
        return text_tidy(m, text);
    return text_mend_counted(m, bytes, invalid);
}

/* --- of a feed ------------------------------------------------------------------- */

/* Without a letter that is cut off at the end. */
static size_t whole_letters(const char *at, size_t len)
{
    for (size_t back = 1; back <= MIN(len, 3); back++)
        if ((at[len - back] & 0xC0) == 0xC0)
            return (size_t)g_utf8_skip[(guchar)at[len - back]] > back
                       ? len - back
                       : len;
    return len;
}

/* What the first stretch that is no UTF-8 is taken for, or NULL. */
static char *guess_feed(struct feed *in)
{
    char *piece = g_malloc(LOOKED_AT), *name = NULL;
    uint64_t invalid = 0, letters;
    size_t kept = 0, got;

    feed_seek(in, 0);
    while (!invalid && (got = feed_read(in, piece + kept, LOOKED_AT - kept))) {
        size_t len = kept + got, whole = whole_letters(piece, len);

        utf8_count((struct str){piece, whole}, &invalid, &letters);
        if (invalid && letters <= invalid)
            name = guess_encoding((struct str){piece, len});
        kept = len - whole;
        memmove(piece, piece + whole, kept);
    }
    g_free(piece);
    return name;
}

char *find_encoding(struct feed *in, const char *declared, size_t *mark)
{
    struct str start = feed_start(in);
    const char *name = find_mark(start, mark);
    char *guess;

    if (!name)
        name = find_wide(start);
    if (!name && is_other(declared))
        name = declared;
    guess = name ? g_strdup(name) : guess_feed(in);
    return guess ? guess : g_strdup("UTF-8");
}
