/* Spans as text columns: '12-19 30-41'. */
#include "case/store.h"

#include <string.h>

const char *spans_print(struct arena *a, struct spans s)
{
    GString *out;
    const char *kept;

    if (!s.count)
        return NULL;
    out = g_string_new(NULL);
    for (uint32_t i = 0; i < s.count; i++)
        g_string_append_printf(
            out, "%s%u-%u", i ? " " : "", s.at[i].from, s.at[i].to);
    kept = arena_copy(a, out->str, out->len);
    g_string_free(out, TRUE);
    return kept;
}

/* "12-19"; moves *at behind it. */
static bool parse_span(const char **at, struct span *out)
{
    char *end;
    guint64 from, to;

    if (!g_ascii_isdigit(**at))
        return false;
    from = g_ascii_strtoull(*at, &end, 10);
    if (*end != '-' || !g_ascii_isdigit(end[1]))
        return false;
    to = g_ascii_strtoull(end + 1, &end, 10);
    if (to > G_MAXUINT32 || from >= to)
        return false;
    *out = (struct span){(uint32_t)from, (uint32_t)to};
    *at = end;
    return true;
}

bool spans_parse(
    struct arena *a, const char *from, uint64_t size, struct spans *out)
{
    uint32_t most = 1, last = 0;

    *out = (struct spans){NULL, 0};
    if (!from)
        return true;
    for (const char *p = from; *p; p++)
        most += *p == ' ';
    out->at = arena_make(a, struct span, most);
    for (;;) {
        struct span *s = &out->at[out->count];

        if (!parse_span(&from, s) || s->from < last || s->to > size)
            return false;
        last = s->to;
        out->count++;
        if (!*from)
            return true;
        if (*from++ != ' ' || out->count == most)
            return false;
    }
}

const char *spans_words(struct arena *a, struct str text, struct spans s)
{
    GString *out;
    const char *kept;

    if (!s.count)
        return NULL;
    out = g_string_new(NULL);
    for (uint32_t i = 0; i < s.count; i++) {
        struct str part = span_text(text, s.at[i]);

        if (i)
            g_string_append(out, " ... ");
        for (size_t k = 0; k < part.len; k++)
            g_string_append_c(
                out,
                part.at[k] == '\n' || part.at[k] == '\t' ? ' ' : part.at[k]);
    }
    kept = arena_copy(a, out->str, out->len);
    g_string_free(out, TRUE);
    return kept;
}
