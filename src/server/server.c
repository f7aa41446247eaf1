/* The server's life: where it listens, requests in and out, its end. */
#include "server/server.h"

#include "server/connections.h"
#include "server/door.h"
#include "server/jobs.h"
#include "server/uploads.h"

#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* --- where it listens ----------------------------------------------------- */

/* "127.0.0.1", "[::1]" */
static char *host_words(GInetAddress *address)
{
    g_autofree char *words = g_inet_address_to_string(address);

    return g_inet_address_get_family(address) == G_SOCKET_FAMILY_IPV6
               ? g_strdup_printf("[%s]", words)
               : g_steal_pointer(&words);
}

/* In words that say what to do. */
static void explain(GError **error, const char *address, int port)
{
    GError *cause = *error;

    *error = NULL;
    if (g_error_matches(cause, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "port %d is in use, perhaps by another attest: name another with "
            "--port, or leave it out",
            port);
    else
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "cannot listen at %s, port %d: %s", address, port, cause->message);
    g_error_free(cause);
}

static bool
open_at(struct server *s, GInetAddress *address, int port, GError **error)
{
    s->port = connections_open(s->connections, address, (guint16)port, error);
    return s->port != 0;
}

static bool
open_somewhere(struct server *s, GInetAddress *address, GError **error)
{
    int port = s->options->port;

    if (port < 0 && open_at(s, address, SERVER_PORT, NULL))
        return true;
    if (open_at(s, address, MAX(port, 0), error))
        return true;
    explain(error, s->options->listen, MAX(port, 0));
    return false;
}

static bool open_port(struct server *s, GError **error)
{
    g_autoptr(GInetAddress) address =
        g_inet_address_new_from_string(s->options->listen);

    if (!address) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "'%s' is no address of a network: write one like 127.0.0.1 or "
            "192.168.1.20",
            s->options->listen);
        return false;
    }
    if (!open_somewhere(s, address, error))
        return false;
    s->is_any = g_inet_address_get_is_any(address);
    s->host = s->is_any ? g_strdup("127.0.0.1") : host_words(address);
    return true;
}

/* "NAME:80" is sent as "NAME". */
static char *without_port(const struct server *s, const char *host)
{
    g_autofree char *end = g_strdup_printf(":%d", s->port);

    if (g_str_has_suffix(host, end))
        return g_strndup(host, strlen(host) - strlen(end));
    return s->port == 80 ? g_strdup(host) : NULL;
}

bool server_has_host(const struct server *s, const char *host)
{
    g_autofree char *name = without_port(s, host);

    return name &&
           (!strcmp(name, s->host) || !g_ascii_strcasecmp(name, "localhost") ||
            (s->is_any && g_hostname_is_ip_address(name)));
}

char *server_link(const struct server *s, const char *reviewer)
{
    g_autofree char *token = sessions_invite(s->sessions, reviewer);

    return g_strdup_printf("http://%s:%d/?token=%s", s->host, s->port, token);
}

/* --- changes -------------------------------------------------------------- */

/* Once until it is there: what follows from a job that failed, people see. */
static void ask_index(struct server *s)
{
    s->index_is_asked = true;
    jobs_add(s->jobs, JOB_PREPARE, NULL);
}

/* The index as it is on the disk; one that is older than the documents serves
   until there is another. */
static void open_index(struct server *s)
{
    GError *error = NULL;
    struct index *x =
        index_open(s->k, s->options->case_path, s->tables, &error);

    g_clear_error(&error);
    if (!x)
        return;
    index_close(s->index);
    s->index = x;
    s->index_is_asked = false;
    s->revision++;
    if (x->is_stale)
        ask_index(s);
}

void server_look(struct server *s)
{
    uint64_t before = s->index ? s->index->revision : 0;
    GError *error = NULL;

    if (!s->index)
        return;
    if (!index_follow(s->index, s->k, &error)) {
        g_printerr("attest: %s\n", error->message);
        g_clear_error(&error);
    }
    s->revision += (int64_t)(s->index->revision - before);
    if (s->index->is_stale && !s->index_is_asked)
        ask_index(s);
}

static void take_job_end(enum job_kind kind, void *self)
{
    struct server *s = self;

    if (s->is_ending)
        return;
    if (kind == JOB_PREPARE) {
        open_index(s);
        return;
    }
    server_look(s);
    /* The tables may be others, even where no document reads otherwise. */
    if (kind == JOB_REREAD)
        ask_index(s);
}

/* --- requests ------------------------------------------------------------- */

static void take_head(
    SoupServer *soup, SoupServerMessage *m, const char *path, GHashTable *query,
    void *self)
{
    struct server *s = self;

    (void)soup;
    (void)path;
    (void)query;
    if (door_admit(call_new(s, m)))
        connections_keep(s->connections, m);
}

static void take_whole(
    SoupServer *soup, SoupServerMessage *m, const char *path, GHashTable *query,
    void *self)
{
    (void)soup;
    (void)path;
    (void)query;
    (void)self;
    call_answer(call_lookup(m));
}

/* --- its end -------------------------------------------------------------- */

static void quit(void *self)
{
    struct server *s = self;

    g_main_loop_quit(s->loop);
}

/* The first signal lets a job end as it should, the second does not wait. */
static gboolean take_signal(void *self)
{
    struct server *s = self;

    if (s->is_ending)
        jobs_kill(s->jobs);
    else
        jobs_end(s->jobs, quit, s);
    s->is_ending = true;
    return G_SOURCE_CONTINUE;
}

/* --- links ---------------------------------------------------------------- */

/* NULL if it cannot be written. */
static char *write_page(struct server *s, const char *link)
{
    g_autofree char *page = g_strdup_printf(
        "<!doctype html><title>attest</title>"
        "<meta http-equiv=\"refresh\" content=\"0;url=%s\">",
        link);
    g_autofree char *path =
        g_build_filename(uploads_folder(s->uploads), "open.html", NULL);

    return g_file_set_contents_full(
               path, page, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL)
               ? g_steal_pointer(&path)
               : NULL;
}

static void show_first(struct server *s)
{
    g_autofree char *link = server_link(s, s->options->reviewer);
    g_autofree char *page = write_page(s, link);

    s->options->show(link, page, s->options->self);
}

static gboolean take_line(int file, GIOCondition condition, void *self)
{
    struct server *s = self;
    char line[256];
    ssize_t length = read(file, line, sizeof line);

    (void)condition;
    if (length > 0 && line[length - 1] == '\n') {
        g_autofree char *link = server_link(s, NULL);

        s->options->show(link, NULL, s->options->self);
    }
    return length > 0;
}

static void serve(struct server *s)
{
    signal(SIGXFSZ, SIG_IGN); /* what is too long fails to be written */
    g_unix_signal_add(SIGINT, take_signal, s);
    g_unix_signal_add(SIGTERM, take_signal, s);
    if (isatty(STDIN_FILENO))
        g_unix_fd_add(STDIN_FILENO, G_IO_IN, take_line, s);
    show_first(s);
    g_main_loop_run(s->loop);
}

/* --- its parts ------------------------------------------------------------ */

static struct kase *open_case(const struct server_options *o, GError **error)
{
    g_autoptr(GDateTime) time = g_date_time_new_now_utc();
    g_autofree char *now = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

    return case_open(
        o->case_path, o->is_read_only ? CASE_READ : CASE_WRITE, now, error);
}

static void remember_place(struct server *s)
{
    GStatBuf at;

    if (g_stat(s->options->case_path, &at) != 0)
        return;
    s->device = at.st_dev;
    s->node = at.st_ino;
}

bool server_has_case(const struct server *s)
{
    GStatBuf at;

    return g_stat(s->options->case_path, &at) == 0 && at.st_dev == s->device &&
           at.st_ino == s->node;
}

static bool
server_open(struct server *s, const struct server_options *o, GError **error)
{
    s->options = o;
    s->k = open_case(o, error);
    if (!s->k)
        return false;
    remember_place(s);
    s->acts = table_load(
        o->lexicon, "acts.tsv", "code\tlabel\tcovers\tactor\ttarget\tplover",
        error);
    s->tables =
        s->acts ? digest_tables_load(o->lexicon, o->models, error) : NULL;
    s->uploads = s->tables ? uploads_new(error) : NULL;
    if (!s->uploads)
        return false;
    s->loop = g_main_loop_new(NULL, FALSE);
    s->sessions = sessions_new();
    s->jobs = jobs_new(o, take_job_end, s);
    s->revision = g_get_real_time() / G_USEC_PER_SEC;
    s->soup = soup_server_new("raw-paths", TRUE, NULL);
    soup_server_add_early_handler(s->soup, NULL, take_head, s, NULL);
    soup_server_add_handler(s->soup, NULL, take_whole, s, NULL);
    s->connections = connections_new(s->soup);
    open_index(s);
    if (!s->index)
        ask_index(s);
    return open_port(s, error);
}

static bool server_close(struct server *s, GError **error)
{
    connections_free(s->connections);
    if (s->soup)
        soup_server_disconnect(s->soup);
    g_clear_object(&s->soup);
    jobs_free(s->jobs);
    uploads_free(s->uploads);
    sessions_free(s->sessions);
    g_clear_pointer(&s->loop, g_main_loop_unref);
    table_free(s->acts);
    index_close(s->index);
    g_clear_pointer(&s->kept, g_bytes_unref);
    digest_tables_free(s->tables);
    g_free(s->host);
    return case_close(s->k, error);
}

bool server_run(const struct server_options *o, GError **error)
{
    struct server s = {0};
    bool good = server_open(&s, o, error);

    if (good)
        serve(&s);
    return server_close(&s, good ? error : NULL) && good;
}
