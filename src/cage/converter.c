#define _GNU_SOURCE
#include "cage/converter.h"

#include "cage/ends.h"
#include "cage/message.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_SECONDS = 30, HELLO_MOST = 64 };

struct converter {
    GPid pid;
    int socket;
    unsigned questions;
    bool is_ended; /* and waited for */
};

/* --- what became of it ------------------------------------------------------- */

static const char *signal_words(int number)
{
    switch (number) {
    case SIGSYS:
        return "opening it was stopped: it made the converter try what no "
               "document may do (see 'attest doctor')";
    case SIGXCPU:
        return "opening it was stopped: it took too much processor time";
    default:
        return NULL;
    }
}

static const char *exit_words(int status)
{
    switch (status) {
    case END_MEMORY:
        return "opening it was stopped: it takes more memory than one "
               "document may have";
    case CAGE_UNREADY:
        return "the converter lacks a file of its own: the tables of attest, "
               "or the database of libmagic";
    default:
        return NULL;
    }
}

/* Ends it, and says why it had ended before, if it had. */
static bool complain_ended(struct converter *c, GError **error)
{
    const char *words = NULL;
    int status = 0;

    kill(c->pid, SIGKILL);
    while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
        ;
    c->is_ended = true;
    if (WIFSIGNALED(status))
        words = signal_words(WTERMSIG(status));
    else
        words = exit_words(WEXITSTATUS(status));
    if (words)
        g_set_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT, "%s", words);
    else if (WIFSIGNALED(status))
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "the converter crashed over it (%s)", strsignal(WTERMSIG(status)));
    else
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "the converter ended over it (status %d)", WEXITSTATUS(status));
    return false;
}

/* --- the socket ---------------------------------------------------------------- */

/* Waits until the socket is ready; false with an error once time is up. */
static bool
wait_for(const struct converter *c, short what, int64_t until, GError **error)
{
    struct pollfd watched = {.fd = c->socket, .events = what};

    for (;;) {
        int64_t left = (until - g_get_monotonic_time()) / 1000;

        if (left <= 0) {
            g_set_error(
                error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
                "opening it was stopped: it took too long");
            return false;
        }
        if (poll(&watched, 1, (int)left) > 0)
            return true;
    }
}

/* What goes with the first bytes of a message: a descriptor, or nothing. */
union beside {
    struct cmsghdr head; /* for its alignment */
    char bytes[CMSG_SPACE(sizeof(int))];
};

static void put_beside(struct msghdr *message, union beside *b, int descriptor)
{
    memset(b, 0, sizeof(*b));
    message->msg_control = b->bytes;
    message->msg_controllen = sizeof(b->bytes);
    b->head.cmsg_level = SOL_SOCKET;
    b->head.cmsg_type = SCM_RIGHTS;
    b->head.cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(&b->head), &descriptor, sizeof(int));
}

static bool send_all(
    struct converter *c, const GByteArray *bytes, int descriptor, int64_t until,
    GError **error)
{
    size_t at = 0;

    while (at < bytes->len) {
        struct iovec part = {bytes->data + at, bytes->len - at};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
        union beside beside;
        ssize_t put;

        if (descriptor >= 0 && !at)
            put_beside(&message, &beside, descriptor);
        put = sendmsg(c->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put > 0)
            at += (size_t)put;
        else if (errno == EAGAIN || errno == EINTR) {
            if (!wait_for(c, POLLOUT, until, error))
                return false;
        } else
            return complain_ended(c, error);
    }
    return true;
}

static bool take_all(
    struct converter *c, char *at, size_t len, int64_t until, GError **error)
{
    while (len) {
        ssize_t got = recv(c->socket, at, len, MSG_DONTWAIT);

        if (got > 0) {
            at += got;
            len -= (size_t)got;
        } else if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
            if (!wait_for(c, POLLIN, until, error))
                return false;
        } else
            return complain_ended(c, error);
    }
    return true;
}

static char *take_message(
    struct converter *c, size_t most, int64_t until, size_t *len,
    GError **error)
{
    uint32_t length;
    char *bytes;

    if (!take_all(c, (char *)&length, sizeof(length), until, error))
        return NULL;
    if (length > most) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
            "opening it was stopped: it grows to %.1f MB, more than the %.1f "
            "MB that may come of it",
            length / 1048576.0, (double)most / 1048576);
        return NULL;
    }
    bytes = g_malloc(length + 1u);
    if (!take_all(c, bytes, length, until, error))
        g_clear_pointer(&bytes, g_free);
    *len = length;
    return bytes;
}

static int64_t after(unsigned seconds)
{
    return g_get_monotonic_time() + seconds * G_TIME_SPAN_SECOND;
}

bool converter_send(
    struct converter *c, const GByteArray *question, int descriptor,
    unsigned seconds, GError **error)
{
    c->questions++;
    return send_all(c, question, descriptor, after(seconds), error);
}

char *converter_take(
    struct converter *c, size_t most, unsigned seconds, size_t *len,
    GError **error)
{
    return take_message(c, most, after(seconds), len, error);
}

unsigned converter_questions(const struct converter *c)
{
    return c->questions;
}

/* --- its life ------------------------------------------------------------------ */

/* Nothing of ours: no threads, which it could not start, and an allocator that
   keeps the many small pieces of a page at hand. */
static const char *const environment[] = {
    "OMP_THREAD_LIMIT=1",
    "GLIBC_TUNABLES=glibc.malloc.tcache_count=60000",
    NULL,
};

static bool spawn(
    struct converter *c, const struct converter_options *o, int end,
    GError **error)
{
    char *memory = g_strdup_printf("%" G_GUINT64_FORMAT, o->memory);
    char *seconds = g_strdup_printf("%" G_GUINT64_FORMAT, o->seconds);
    const char *const argv[] = {o->program, o->lexicon,           memory,
                                seconds,    o->ocr ? "ocr" : "-", o->columns,
                                NULL};
    GError *fault = NULL;
    bool good = g_spawn_async_with_pipes_and_fds(
        NULL, argv, environment,
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
            G_SPAWN_STDERR_TO_DEV_NULL,
        NULL, NULL, end, -1, -1, NULL, NULL, 0, &c->pid, NULL, NULL, NULL,
        &fault);

    g_free(memory);
    g_free(seconds);
    if (!good) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "the converter cannot be started: %s", fault->message);
        g_error_free(fault);
    }
    return good;
}

static bool hear_hello(struct converter *c, uint32_t *held, GError **error)
{
    struct message hello;
    size_t len;
    char *bytes = converter_take(c, HELLO_MOST, START_SECONDS, &len, error);
    bool good = bytes && message_parse(&hello, (struct str){bytes, len}) &&
                part_numbers(hello.parts[TAG_DOORS], held, 1);

    if (bytes && !good)
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "the converter is of another version than attest");
    g_free(bytes);
    return good;
}

struct converter *converter_start(
    const struct converter_options *o, uint32_t *held, GError **error)
{
    struct converter *c = g_new0(struct converter, 1);
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO,
            "the converter cannot be started: %s", g_strerror(errno));
        g_free(c);
        return NULL;
    }
    c->socket = ends[0];
    c->is_ended = !spawn(c, o, ends[1], error);
    close(ends[1]);
    if (!c->is_ended && hear_hello(c, held, error))
        return c;
    if (error && *error)
        (*error)->code = ATTEST_ERROR_IO; /* no document is to blame */
    converter_end(c);
    return NULL;
}

void converter_end(struct converter *c)
{
    if (!c)
        return;
    close(c->socket);
    if (!c->is_ended) {
        kill(c->pid, SIGKILL);
        while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    g_free(c);
}
