#include "server/headers.h"

#include <string.h>

static const struct {
    const char *name, *value;
} guards[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; "
     "img-src 'self' data:; connect-src 'self'; font-src 'self'; "
     "manifest-src 'self'; base-uri 'none'; form-action 'none'; "
     "frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy",
     "camera=(), microphone=(), geolocation=(), display-capture=(), "
     "payment=(), usb=(), serial=(), bluetooth=(), midi=()"},
    {"Cache-Control", "no-store"},
    {"Connection", "close"},
};

void headers_add(SoupServerMessage *m, const char *name, const char *value)
{
    soup_message_headers_replace(
        soup_server_message_get_response_headers(m), name, value);
}

void headers_add_guards(SoupServerMessage *m)
{
    for (size_t i = 0; i < G_N_ELEMENTS(guards); i++)
        headers_add(m, guards[i].name, guards[i].value);
}

void headers_add_type(SoupServerMessage *m, const char *media_type)
{
    headers_add(m, "Content-Type", media_type);
}

const char *headers_lookup(SoupServerMessage *m, const char *name)
{
    return soup_message_headers_get_list(
        soup_server_message_get_request_headers(m), name);
}

bool headers_take_gzip(SoupServerMessage *m)
{
    const char *accepted = headers_lookup(m, "Accept-Encoding");
    GSList *refused = NULL, *list, *found;

    if (!accepted)
        return false;
    list = soup_header_parse_quality_list(accepted, &refused);
    found = g_slist_find_custom(list, "gzip", (GCompareFunc)strcmp);
    soup_header_free_list(list);
    soup_header_free_list(refused);
    return found != NULL;
}

GBytes *headers_pack(SoupServerMessage *m, GBytes *bytes)
{
    enum { FAST = 1 };
    g_autoptr(GConverter) packer =
        G_CONVERTER(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, FAST));
    g_autoptr(GBytes) whole = bytes;
    gsize size = g_bytes_get_size(whole), room = size + size / 1000 + 64;
    gsize read, written;
    char *packed = g_malloc(room);

    /* There is room for whatever deflate makes of it: it ends in one step. */
    if (g_converter_convert(
            packer, g_bytes_get_data(whole, NULL), size, packed, room,
            G_CONVERTER_INPUT_AT_END, &read, &written,
            NULL) != G_CONVERTER_FINISHED) {
        g_free(packed);
        return g_steal_pointer(&whole);
    }
    headers_add(m, "Content-Encoding", "gzip");
    headers_add(m, "Vary", "Accept-Encoding");
    return g_bytes_new_take(packed, written);
}
