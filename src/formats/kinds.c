/* What kind of document bytes are. */
#include "formats/kinds.h"

#include "formats/parts.h"
#include "formats/series/syndication.h"
#include "formats/sites/warc.h"

#include <string.h>

/* libmagic's answer, in the arena, or NULL. */
static const char *ask_magic(magic_t magic, struct arena *a, struct str bytes)
{
    const char *type = magic_buffer(magic, bytes.at, MIN(bytes.len, 1 << 16));

    return arena_keep(a, type);
}

/* What a text must not be taken for: it would be read with its markup. */
static bool is_markup(const char *type)
{
    return g_str_has_suffix(type, "/xml") || g_str_has_suffix(type, "/rtf") ||
           g_str_has_suffix(type, "+xml");
}

/* What a container may say that a member is, and what that is here. */
static const char *kind_told(const char *media_type)
{
    static const struct {
        const char *told, *kind;
    } kinds[] = {
        {"text/html", "text/html"},
        {"application/xhtml+xml", "text/html"},
        {"text/markdown", "text/markdown"},
        {"text/plain", "text/plain"},
        {"text/csv", "text/csv"},
        {"application/csv", "text/csv"},
        {"text/tab-separated-values", "text/csv"},
    };
    size_t len = media_type ? strcspn(media_type, "; \t") : 0;

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (len == strlen(kinds[i].told) &&
            !g_ascii_strncasecmp(media_type, kinds[i].told, len))
            return kinds[i].kind;
    return NULL;
}

/* What the end of its name says, beside those of text_kind. */
static const char *kind_named(const char *id)
{
    static const struct {
        const char *end, *kind;
    } kinds[] = {
        {".csv", "text/csv"},
        {".tsv", "text/csv"},
        {".tab", "text/csv"},
    };
    size_t len = strlen(id);

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (len > 4 && !g_ascii_strcasecmp(id + len - 4, kinds[i].end))
            return kinds[i].kind;
    return NULL;
}

/* By its first lines: what comes after may be bytes of any kind. */
static const char *kind_by_head(const char *id, struct str bytes)
{
    if (is_mhtml(id, bytes))
        return "multipart/related";
    if (g_str_has_suffix(id, ".eml") || is_mail(bytes))
        return "message/rfc822";
    if (is_mailbox(bytes))
        return "application/mbox";
    return warc_is(bytes) ? "application/warc" : NULL;
}

static const char *
binary_kind(magic_t magic, struct arena *a, const char *id, struct str bytes)
{
    const char *kind = kind_by_head(id, bytes);

    if (!kind)
        kind = ask_magic(magic, a, bytes);
    return kind && !g_str_has_prefix(kind, "text/")
               ? kind
               : "application/octet-stream";
}

static const char *
kind_of_text(const char *id, const char *media_type, struct str bytes)
{
    const char *kind = text_kind(id, bytes);

    if (!kind)
        kind = kind_named(id);
    if (!kind)
        kind = kind_by_head(id, bytes);
    if (!kind)
        kind = syndication_kind(bytes);
    return kind ? kind : kind_told(media_type);
}

const char *kind_of(
    magic_t magic, struct arena *a, const char *id, const char *media_type,
    struct str bytes)
{
    const char *kind;

    if (is_rtf(bytes))
        return "text/rtf";
    if (is_binary(bytes))
        return binary_kind(magic, a, id, bytes);
    kind = kind_of_text(id, media_type, bytes);
    if (kind)
        return kind;
    kind = ask_magic(magic, a, bytes);
    if (!kind || !strcmp(kind, "application/octet-stream") ||
        !strcmp(kind, "application/x-subrip") ||
        (g_str_has_prefix(kind, "text/") && !is_markup(kind)))
        return kind && !strcmp(kind, "text/html") ? kind : "text/plain";
    return kind;
}

bool is_zip(struct str bytes)
{
    return bytes.len > 4 &&
           (!memcmp(bytes.at, "PK\3\4", 4) || !memcmp(bytes.at, "PK\5\6", 4));
}
