/* Pages that are built to keep a parser busy, or by accident do. */
#include "formats/parts.h"

#include <string.h>

enum { ATTRIBUTES_MOST = 128, ROOTS_MOST = 8 };

/* Past the tag at `at`; counts what may be its attributes. */
static size_t pass_tag(struct str s, size_t at, size_t *attributes)
{
    char quote = 0, before = 0;

    for (*attributes = 0; at < s.len; before = s.at[at++]) {
        char c = s.at[at];

        if (quote) {
            quote = c == quote ? 0 : quote;
            continue;
        }
        if (c == '>')
            return at + 1;
        if ((c == '"' || c == '\'') && before == '=')
            quote = c;
        else if (
            !g_ascii_isspace(c) && c != '/' &&
            (g_ascii_isspace(before) || before == '/' || before == '"' ||
             before == '\''))
            ++*attributes;
        if (*attributes > ATTRIBUTES_MOST)
            break;
    }
    return at;
}

/*
 * libxml2 compares each attribute of a tag with those before it, and those of
 * each <html> with all of the root's.  Every "<" is tried, as this does not
 * know which of them are in scripts or comments; the steps are bounded.
 */
bool is_odd_html(struct str s)
{
    size_t steps = 0, most = s.len * 8 + (1 << 20), roots = 0, attributes;
    const char *end = s.at + s.len, *at = s.at;

    while (at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        size_t from = (size_t)(at++ - s.at);

        if (at == end || !g_ascii_isalpha(*at))
            continue;
        roots += end - at > 4 && !g_ascii_strncasecmp(at, "html", 4);
        steps += pass_tag(s, from + 1, &attributes) - from;
        if (attributes > ATTRIBUTES_MOST || steps > most || roots > ROOTS_MOST)
            return true;
    }
    return false;
}

/* Where a script's or style's end tag begins; the end if it has none. */
static const char *find_close(const char *at, const char *end, const char *name)
{
    size_t len = strlen(name);

    while ((at = memchr(at, '<', (size_t)(end - at)))) {
        if ((size_t)(end - at) > len + 2 && at[1] == '/' &&
            !g_ascii_strncasecmp(at + 2, name, len))
            return at;
        at++;
    }
    return end;
}

static bool opens(const char *at, const char *end, const char *name)
{
    size_t len = strlen(name);

    return (size_t)(end - at) > len && !g_ascii_strncasecmp(at + 1, name, len);
}

enum { TAG_MOST = 1024 };

/* Past the end tag of the script or style that begins here; NULL if none ends
   any more.  JSON-LD is none that may go. */
static const char *
pass_script(const char *at, const char *end, const char *name, bool *may_go)
{
    size_t most = (size_t)MIN(end - at, TAG_MOST);
    const char *tag = memchr(at, '>', most), *stop;

    *may_go = tag && !g_strstr_len(at, tag - at, "ld+json");
    if (!tag)
        return at + 1;
    stop = find_close(tag, end, name);
    stop = stop < end ? memchr(stop, '>', (size_t)(end - stop)) : NULL;
    return stop ? stop + 1 : NULL;
}

/* Past the comment, script or style that begins here, or past its "<". */
static const char *pass_piece(const char *at, const char *end, bool *may_go)
{
    const char *stop;

    *may_go = true;
    if (opens(at, end, "script"))
        return pass_script(at, end, "script", may_go);
    if (opens(at, end, "style"))
        return pass_script(at, end, "style", may_go);
    if (opens(at, end, "!--")) {
        stop = g_strstr_len(at + 4, end - at - 4, "-->");
        return stop ? stop + 3 : NULL;
    }
    *may_go = false;
    return at + 1;
}

void cut_scripts(struct str s, GString *out)
{
    const char *at = s.at, *end = s.at + s.len, *from = at;

    while (at && at < end && (at = memchr(at, '<', (size_t)(end - at)))) {
        bool may_go;
        const char *stop = pass_piece(at, end, &may_go);

        if (stop && may_go) {
            g_string_append_len(out, from, at - from);
            from = stop;
        }
        at = stop;
    }
    g_string_append_len(out, from, end - from);
}

void strip_tags(struct str s, GString *out)
{
    const char *at = s.at, *end = s.at + s.len, *stop;

    while (at < end) {
        stop = memchr(at, '<', (size_t)(end - at));
        g_string_append_len(out, at, (stop ? stop : end) - at);
        if (!stop)
            return;
        at = stop;
        if (opens(at, end, "script"))
            at = find_close(at, end, "script");
        else if (opens(at, end, "style"))
            at = find_close(at, end, "style");
        stop = at < end ? memchr(at, '>', (size_t)(end - at)) : NULL;
        if (!stop)
            return;
        at = stop + 1;
        if (out->len && out->str[out->len - 1] != '\n')
            g_string_append_c(out, '\n');
    }
}
