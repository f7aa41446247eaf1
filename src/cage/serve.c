/* The program in the cage: a question, an answer, until nobody asks. */
#include "cage/cage.h"

#include "cage/doors.h"
#include "cage/ends.h"
#include "cage/reply.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* What it answers by. */
struct service {
    const struct opener *opener;
    const struct unpacker *unpacker;
    const struct intake_words *words;
};

/* A descriptor that came with these bytes is kept; a second is never opened,
   for the limit of open files is two. */
static ssize_t hear(char *at, size_t len, int *descriptor)
{
    union {
        struct cmsghdr head; /* for its alignment */
        char bytes[CMSG_SPACE(sizeof(int))];
    } beside;
    struct iovec part = {at, len};
    struct msghdr message = {
        .msg_iov = &part,
        .msg_iovlen = 1,
        .msg_control = beside.bytes,
        .msg_controllen = sizeof(beside.bytes)};
    ssize_t got = recvmsg(0, &message, 0);
    const struct cmsghdr *head = got > 0 ? CMSG_FIRSTHDR(&message) : NULL;

    if (head && head->cmsg_type == SCM_RIGHTS)
        memcpy(descriptor, CMSG_DATA(head), sizeof(int));
    return got;
}

static bool hear_all(char *at, size_t len, int *descriptor)
{
    while (len) {
        ssize_t got = hear(at, len, descriptor);

        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
    return true;
}

static void tell(GByteArray *message)
{
    size_t at = 0;

    message_close(message);
    while (at < message->len) {
        ssize_t put = write(0, message->data + at, message->len - at);

        if (put < 0 && errno != EINTR)
            _exit(0); /* nobody listens any more */
        at += put > 0 ? (size_t)put : 0;
    }
    g_byte_array_unref(message);
}

static void answer(
    const struct opener *opener, const struct intake_words *words,
    const struct message *asked)
{
    struct arena *a = arena_new();
    struct making m = {
        .a = a,
        .words = words,
        .document = arena_make(a, struct document, 1),
        .notes = g_ptr_array_new(),
    };
    struct str id = asked->parts[TAG_ID], type = asked->parts[TAG_MEDIA_TYPE];
    struct source source = {
        .id = arena_copy(a, id.at, id.len),
        .media_type = type.at ? arena_copy(a, type.at, type.len) : NULL,
        .is_record = asked->parts[TAG_RECORD].at != NULL,
    };
    GByteArray *out = message_new();
    GError *error = NULL;

    if (opener->open(
            opener->self, &m, &source, asked->parts[TAG_BYTES], &error))
        reply_document(out, &m);
    else
        reply_fault(out, error);
    g_clear_error(&error);
    g_ptr_array_free(m.notes, TRUE);
    arena_free(a);
    tell(out);
}

/* --- files taken apart ------------------------------------------------------- */

static void send_member(void *self, const struct member *p)
{
    GByteArray *out = message_new();

    (void)self;
    reply_member(out, p);
    tell(out);
}

static void
take_apart(const struct service *s, const struct message *asked, int descriptor)
{
    const struct member_taker taker = {NULL, send_member};
    struct arena *a = arena_new();
    struct str id = asked->parts[TAG_ID], type = asked->parts[TAG_MEDIA_TYPE];
    struct unpack_asked job = {
        .id = arena_copy(a, id.at, id.len),
        .media_type = type.at ? arena_copy(a, type.at, type.len) : NULL,
        .descriptor = descriptor,
        .words = s->words,
    };
    uint32_t most;
    GByteArray *out = message_new();
    GError *error = NULL;

    if (descriptor < 0 ||
        !part_numbers(asked->parts[TAG_MEMBER_MOST], &most, 1))
        _exit(END_QUESTION);
    job.member_most = most;
    if (s->unpacker->unpack(s->unpacker->self, &job, &taker, &error))
        message_add(out, TAG_END, "", 0);
    else
        reply_fault(out, error);
    g_clear_error(&error);
    arena_free(a);
    tell(out);
}

/* --- questions ------------------------------------------------------------------ */

static void serve_one(const struct service *s)
{
    struct message asked;
    uint32_t length;
    int descriptor = -1;
    char *bytes;

    if (!hear_all((char *)&length, sizeof(length), &descriptor))
        _exit(0);
    bytes = g_malloc(length);
    if (!hear_all(bytes, length, &descriptor))
        _exit(0);
    if (!message_parse(&asked, (struct str){bytes, length}) ||
        !asked.parts[TAG_ID].at)
        _exit(END_QUESTION);
    if (asked.parts[TAG_BYTES].at)
        answer(s->opener, s->words, &asked);
    else
        take_apart(s, &asked, descriptor);
    if (descriptor >= 0)
        close(descriptor);
    g_free(bytes);
}

/* GLib ends the program where there is no memory, and tells it here; what
   else libraries have to say nobody could read. */
static void take_log(
    const gchar *domain, GLogLevelFlags level, const gchar *words,
    gpointer self)
{
    (void)domain;
    (void)self;
    if ((level & G_LOG_FLAG_FATAL) && strstr(words, "failed to allocate"))
        _exit(END_MEMORY);
}

static uint64_t memory_most;

/* Libraries in C++ abort where there is no memory: where more than half of it
   is gone, that is why.  Else it returns, and the program is ended. */
static void take_abort(int number)
{
    (void)number;
    if (mmap(
            NULL, memory_most / 2, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
            0) == MAP_FAILED)
        _exit(END_MEMORY);
}

void cage_serve(
    const struct opener *opener, const struct unpacker *unpacker,
    const struct intake_words *words, uint64_t memory, uint64_t seconds)
{
    const struct service service = {opener, unpacker, words};
    GByteArray *hello = message_new();
    uint32_t held;
    g_log_set_default_handler(take_log, NULL);
    memory_most = memory;
    signal(SIGABRT, take_abort);
    held = doors_shut(memory, seconds);
    message_add(hello, TAG_DOORS, &held, sizeof(held));
    tell(hello); /* who hears it asks nothing where a door is open */
    for (;;)
        serve_one(&service);
}
