#include "server/body.h"

#include "server/routes.h"
#include "server/uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

enum {
    JSON_MOST = 1 << 20,
    JSON_DEEP = 32, /* objects in objects: the parser calls itself */
    FILE_MOST = 64 << 20,
    DROPPED_MOST = 256 << 20, /* of a body that was refused, then it is cut */
};

struct incoming {
    char *path;
    int file;
};

void incoming_free(struct incoming *i)
{
    if (!i)
        return;
    close(i->file);
    if (i->path)
        g_unlink(i->path);
    g_free(i->path);
    g_free(i);
}

static void refuse_write(struct call *c)
{
    call_refuse(
        c, REFUSAL_BROKEN, "the file cannot be kept: %s", g_strerror(errno));
}

static void incoming_open(struct call *c)
{
    struct incoming *i = g_new0(struct incoming, 1);

    i->path = uploads_room(c->server->uploads);
    i->file = g_mkstemp_full(i->path, O_WRONLY | O_CLOEXEC, 0600);
    if (i->file < 0) {
        refuse_write(c);
        g_free(i->path);
        g_free(i);
        return;
    }
    c->incoming = i;
}

static void incoming_write(struct call *c, const char *at, gsize size)
{
    while (size) {
        ssize_t written = write(c->incoming->file, at, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            refuse_write(c);
            return;
        }
        at += written;
        size -= (gsize)written;
    }
}

bool body_keep(struct call *c, const char *path, GError **error)
{
    if (g_rename(c->incoming->path, path) != 0) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO, "the file cannot be kept: %s",
            g_strerror(errno));
        return false;
    }
    g_clear_pointer(&c->incoming->path, g_free);
    return true;
}

/* --- while it comes ------------------------------------------------------- */

static bool is_file(const struct call *c)
{
    return c->route && c->route->needs & NEEDS_FILE;
}

static void refuse_size(struct call *c)
{
    if (is_file(c))
        call_refuse(
            c, REFUSAL_TOO_LARGE, "a file may have %d MB at most",
            FILE_MOST >> 20);
    else
        call_refuse(
            c, REFUSAL_TOO_LARGE, "a request may have %d kB at most",
            JSON_MOST >> 10);
}

static void drop(struct call *c)
{
    SoupMessageBody *body = soup_server_message_get_request_body(c->message);

    soup_message_body_set_accumulate(body, FALSE);
    soup_message_body_truncate(body);
}

static void take_chunk(SoupServerMessage *m, GBytes *chunk, void *self)
{
    struct call *c = self;
    gsize size;
    const char *at = g_bytes_get_data(chunk, &size);

    c->received += size;
    if (!c->is_refused && c->received > (is_file(c) ? FILE_MOST : JSON_MOST)) {
        refuse_size(c);
        drop(c);
    }
    if (c->is_refused && c->received > DROPPED_MOST)
        g_socket_shutdown(soup_server_message_get_socket(m), TRUE, TRUE, NULL);
    else if (!c->is_refused && c->incoming)
        incoming_write(c, at, size);
}

static void check_length(struct call *c)
{
    goffset length = soup_message_headers_get_content_length(
        soup_server_message_get_request_headers(c->message));

    if (length > (is_file(c) ? FILE_MOST : JSON_MOST))
        refuse_size(c);
}

void body_await(struct call *c)
{
    if (!c->is_refused)
        check_length(c);
    if (!c->is_refused && is_file(c))
        incoming_open(c);
    if (c->is_refused || is_file(c))
        drop(c);
    g_signal_connect(c->message, "got-chunk", G_CALLBACK(take_chunk), c);
}

/* --- when it is there ----------------------------------------------------- */

/* Is nothing nested without end?  Brackets in texts count as well if a
   quotation mark is missing: then it is no JSON anyway. */
static bool is_shallow(const char *text, gsize length)
{
    int depth = 0;
    bool is_quoted = false;

    for (gsize i = 0; i < length && depth <= JSON_DEEP; i++) {
        char c = text[i];

        if (is_quoted && c == '\\')
            i++;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted)
            depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    }
    return depth <= JSON_DEEP;
}

static JsonObject *read_object(const char *text, gsize length)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonNode *root;

    if (!g_utf8_validate_len(text, length, NULL) || !is_shallow(text, length) ||
        !json_parser_load_from_data(parser, text, (gssize)length, NULL))
        return NULL;
    root = json_parser_get_root(parser);
    return root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_dup_object(root)
                                                : NULL;
}

void body_parse(struct call *c, const char *text, gsize length)
{
    c->body = length ? read_object(text, length) : NULL;
    if (!c->body)
        call_refuse(
            c, REFUSAL_BAD_REQUEST, "the request's body is no JSON object");
}

void body_read(struct call *c)
{
    SoupMessageBody *body = soup_server_message_get_request_body(c->message);
    g_autoptr(GBytes) bytes = NULL;
    gsize length;
    const char *text;

    if (is_file(c) ||
        soup_server_message_get_method(c->message) != SOUP_METHOD_POST)
        return;
    bytes = soup_message_body_flatten(body);
    text = g_bytes_get_data(bytes, &length);
    body_parse(c, text, length);
}
