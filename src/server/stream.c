/* Long answers: a piece is made when the one before it is on its way. */
#include "server/call.h"
#include "server/headers.h"

struct stream {
    bool (*more)(GString *out, void *self);
    void *self;
    GDestroyNotify done;
    bool is_over;
};

static void stream_free(void *self, GClosure *closure)
{
    struct stream *s = self;

    (void)closure;
    s->done(s->self);
    g_free(s);
}

/* The next piece with something in it. */
static void send_next(SoupServerMessage *m, void *self)
{
    struct stream *s = self;
    SoupMessageBody *body = soup_server_message_get_response_body(m);
    GString *piece = g_string_new(NULL);

    while (!s->is_over && !piece->len)
        s->is_over = !s->more(piece, s->self);
    if (piece->len)
        soup_message_body_append(
            body, SOUP_MEMORY_COPY, piece->str, piece->len);
    g_string_free(piece, TRUE);
    if (s->is_over)
        soup_message_body_complete(body);
}

static void take_sent(SoupServerMessage *m, void *self)
{
    struct stream *s = self;

    if (!s->is_over)
        send_next(m, s);
}

void call_stream(
    struct call *c, const char *media_type, const char *file_name,
    bool (*more)(GString *out, void *self), void *self, GDestroyNotify done)
{
    struct stream *s = g_new0(struct stream, 1);

    *s = (struct stream){.more = more, .self = self, .done = done};
    headers_add_type(c->message, media_type);
    headers_add(
        c->message, "Content-Disposition",
        arena_print(c->arena, "attachment; filename=\"%s\"", file_name));
    soup_message_headers_set_encoding(
        soup_server_message_get_response_headers(c->message),
        SOUP_ENCODING_CHUNKED);
    soup_message_body_set_accumulate(
        soup_server_message_get_response_body(c->message), FALSE);
    c->is_given = true;
    send_next(c->message, s);
    g_signal_connect_data(
        c->message, "wrote-chunk", G_CALLBACK(take_sent), s, stream_free, 0);
}
