#include "server/connections.h"

enum {
    WAITING_MOST = 100, /* connections with no request that was let in */
    SILENT_MOST = 60,   /* seconds */
    BACKLOG = 512,      /* that the system keeps until they are taken */
};

struct connections {
    SoupServer *soup;
    GSocketService *service;
    GQueue waiting; /* GSocket, the oldest first, none of them owned */
};

static void forget(void *self, GObject *gone)
{
    struct connections *c = self;

    g_queue_remove(&c->waiting, gone);
}

static void stop_waiting(struct connections *c, GSocket *socket)
{
    if (g_queue_remove(&c->waiting, socket))
        g_object_weak_unref(G_OBJECT(socket), forget, c);
}

static void wait_for(struct connections *c, GSocket *socket)
{
    if (c->waiting.length == WAITING_MOST) {
        GSocket *oldest = c->waiting.head->data;

        stop_waiting(c, oldest);
        g_socket_shutdown(oldest, TRUE, TRUE, NULL);
    }
    g_object_weak_ref(G_OBJECT(socket), forget, c);
    g_queue_push_tail(&c->waiting, socket);
}

static gboolean take_connection(
    GSocketService *service, GSocketConnection *connection, GObject *source,
    void *self)
{
    struct connections *c = self;
    GSocket *socket = g_socket_connection_get_socket(connection);
    g_autoptr(GSocketAddress) here = g_socket_get_local_address(socket, NULL);
    g_autoptr(GSocketAddress) there = g_socket_get_remote_address(socket, NULL);

    (void)service;
    (void)source;
    g_socket_set_timeout(socket, SILENT_MOST);
    if (here && there &&
        soup_server_accept_iostream(
            c->soup, G_IO_STREAM(connection), here, there, NULL))
        wait_for(c, socket);
    return TRUE;
}

struct connections *connections_new(SoupServer *soup)
{
    struct connections *c = g_new0(struct connections, 1);

    c->soup = soup;
    c->service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(c->service), BACKLOG);
    g_signal_connect(c->service, "incoming", G_CALLBACK(take_connection), c);
    return c;
}

guint16 connections_open(
    struct connections *c, GInetAddress *address, guint16 port, GError **error)
{
    g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new(address, port);
    g_autoptr(GSocketAddress) found = NULL;

    if (!g_socket_listener_add_address(
            G_SOCKET_LISTENER(c->service), wanted, G_SOCKET_TYPE_STREAM,
            G_SOCKET_PROTOCOL_TCP, NULL, &found, error))
        return 0;
    return g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(found));
}

void connections_keep(struct connections *c, SoupServerMessage *message)
{
    stop_waiting(c, soup_server_message_get_socket(message));
}

void connections_free(struct connections *c)
{
    if (!c)
        return;
    g_socket_service_stop(c->service);
    g_socket_listener_close(G_SOCKET_LISTENER(c->service));
    g_object_unref(c->service);
    while (c->waiting.length)
        stop_waiting(c, c->waiting.head->data);
    g_free(c);
}
