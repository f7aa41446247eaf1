#include "server/page.h"

#include "page_files.h"
#include "server/headers.h"

#include <string.h>

static const char root[] = "/attest/page";
static const char closed[] = "/closed.html";

static const struct {
    const char *ending, *media_type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
};

/* NULL: no file of the page has such a name. */
static const char *media_type(const char *path)
{
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_has_suffix(path, types[i].ending))
            return types[i].media_type;
    return NULL;
}

/* As packed; NULL where there is no such file. */
static GBytes *file_find(const char *path)
{
    g_autofree char *name = g_strconcat(root, path, NULL);

    return g_resource_lookup_data(
        page_files_get_resource(), name, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static GBytes *unpack(GBytes *packed)
{
    g_autoptr(GConverter) unpacker =
        G_CONVERTER(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
    g_autoptr(GInputStream) from = g_memory_input_stream_new_from_bytes(packed);
    g_autoptr(GInputStream) plain =
        g_converter_input_stream_new(from, unpacker);
    g_autoptr(GOutputStream) into = g_memory_output_stream_new_resizable();

    g_output_stream_splice(
        into, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
    return g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(into));
}

/* Names with a hash in them stay what they are; the rest is asked for again,
   and sent only if it is another. */
static bool is_known(struct call *c, const char *path, GBytes *packed)
{
    gsize size;
    const char *at = g_bytes_get_data(packed, &size);
    const char *sum = hash_keep(c->arena, hash_of((struct str){at, size}));
    const char *tag = arena_print(c->arena, "\"%s\"", sum);
    const char *known = headers_lookup(c->message, "If-None-Match");

    headers_add(c->message, "ETag", tag);
    headers_add(
        c->message, "Cache-Control",
        g_str_has_prefix(path, "/assets/")
            ? "private, max-age=31536000, immutable"
            : "private, no-cache");
    return known && strstr(known, tag);
}

static void give_packed(struct call *c, const char *path, GBytes *packed)
{
    headers_add(c->message, "Vary", "Accept-Encoding");
    if (headers_take_gzip(c->message)) {
        headers_add(c->message, "Content-Encoding", "gzip");
    } else {
        GBytes *plain = unpack(packed);

        g_bytes_unref(packed);
        packed = plain;
    }
    call_give(c, media_type(path), packed);
}

static void give_file(struct call *c, const char *path)
{
    GBytes *packed = file_find(path);

    if (!packed) {
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no such file");
    } else if (is_known(c, path, packed)) {
        g_bytes_unref(packed);
        call_give_nothing(c);
        c->status = SOUP_STATUS_NOT_MODIFIED;
    } else {
        give_packed(c, path, packed);
    }
}

/*
 * A link from another page or program brings no cookie along (SameSite); what
 * a page of ours asks does.  So the closed page asks once more by itself.
 */
static void give_closed(struct call *c)
{
    const char *site = headers_lookup(c->message, "Sec-Fetch-Site");

    if (site && strcmp(site, "same-origin") && strcmp(site, "none"))
        headers_add(c->message, "Refresh", "0");
    give_packed(c, closed, file_find(closed));
    c->status = SOUP_STATUS_UNAUTHORIZED;
}

/* Whoever asks may have the page's own files, which tell nothing of the case.
   A view's address may end as a file's name does: sources are called as
   documents call them. */
static bool is_file(const char *path)
{
    g_autoptr(GBytes) packed = file_find(path);

    return g_str_has_prefix(path, "/assets/") ||
           (packed && !g_str_has_suffix(path, ".html"));
}

void page_answer(struct call *c, const char *path, bool has_session)
{
    if (is_file(path))
        give_file(c, path);
    else if (!has_session)
        give_closed(c);
    else
        give_file(c, "/index.html");
}

void page_move(struct call *c, const char *path)
{
    headers_add(c->message, "Location", path);
    call_give_nothing(c);
    c->status = SOUP_STATUS_SEE_OTHER;
}
