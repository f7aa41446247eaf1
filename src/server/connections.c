#include "server/connections.h"

#include "server/call.h"

enum {
    CONNECTIONS_MOST = 200,
    SILENT_MOST = 60, /* seconds */
};

static void cut(SoupServerMessage *m)
{
    g_socket_shutdown(soup_server_message_get_socket(m), TRUE, TRUE, NULL);
}

/* One that is waiting for its headers, the oldest first. */
static GList *find_waiting(struct server *s)
{
    GList *l = s->connections.head;

    while (l && call_lookup(l->data))
        l = l->next;
    return l;
}

static void take_one(SoupServer *soup, SoupServerMessage *m, void *self)
{
    struct server *s = self;

    (void)soup;
    g_socket_set_timeout(soup_server_message_get_socket(m), SILENT_MOST);
    g_queue_push_tail(&s->connections, m);
    if (s->connections.length > CONNECTIONS_MOST) {
        GList *l = find_waiting(s);

        cut(l->data);
        g_queue_delete_link(&s->connections, l);
    }
}

static void forget_one(SoupServer *soup, SoupServerMessage *m, void *self)
{
    struct server *s = self;

    (void)soup;
    g_queue_remove(&s->connections, m);
}

void connections_watch(struct server *s)
{
    g_signal_connect(s->soup, "request-started", G_CALLBACK(take_one), s);
    g_signal_connect(s->soup, "request-finished", G_CALLBACK(forget_one), s);
    g_signal_connect(s->soup, "request-aborted", G_CALLBACK(forget_one), s);
}
