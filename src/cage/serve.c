/* The program in the cage: a question, an answer, until nobody asks. */
#include "cage/cage.h"

#include "cage/doors.h"
#include "cage/ends.h"
#include "cage/message.h"

#include <errno.h>
#include <string.h>
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

static void add_milestones(GByteArray *out, const struct document *d)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GString *names = g_string_new(NULL);

    for (uint32_t i = 0; i < d->milestone_count; i++) {
        const struct milestone *m = &d->milestones[i];

        g_array_append_val(places, m->at);
        g_string_append_printf(names, "%s %s\n", m->unit, m->n);
    }
    message_add(
        out, TAG_MILESTONE_PLACES, places->data,
        places->len * sizeof(uint32_t));
    message_add(out, TAG_MILESTONE_NAMES, names->str, names->len);
    g_string_free(names, TRUE);
    g_array_free(places, TRUE);
}

static void add_document(GByteArray *out, const struct making *m)
{
    const struct document *d = m->document;
    const uint32_t body[] = {d->body.from, d->body.to};

    message_add_words(out, TAG_MEDIA_TYPE, d->media_type);
    message_add_words(out, TAG_ENCODING, d->encoding);
    message_add_words(out, TAG_TITLE, d->title);
    message_add_words(out, TAG_DATE, d->date);
    message_add_words(out, TAG_DATE_FROM, d->date_from);
    message_add_words(out, TAG_PUBLISHER, d->publisher);
    message_add_words(out, TAG_PUBLISHER_FROM, d->publisher_from);
    message_add_words(out, TAG_URL, d->url);
    for (guint i = 0; i < MIN(m->notes->len, NOTES_MOST); i++)
        message_add_words(out, TAG_NOTE, g_ptr_array_index(m->notes, i));
    message_add(out, TAG_BODY, body, sizeof(body));
    if (d->milestone_count)
        add_milestones(out, d);
    message_add(out, TAG_TEXT, d->text.at, d->text.len);
}

static void add_fault(GByteArray *out, const GError *error)
{
    bool is_limit = g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
    char *message = g_utf8_make_valid(error->message, -1);
    char *words = g_strconcat(is_limit ? "L" : "I", message, NULL);

    message_add_words(out, TAG_FAULT, words);
    g_free(words);
    g_free(message);
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
        add_document(out, &m);
    else
        add_fault(out, error);
    g_clear_error(&error);
    g_ptr_array_free(m.notes, TRUE);
    arena_free(a);
    tell(out);
}

/* --- files taken apart ------------------------------------------------------- */

static void add_value(
    GByteArray *out, enum tag tag, const char *value, enum tag where_tag,
    const char *where)
{
    message_add_words(out, tag, value);
    if (value)
        message_add_words(out, where_tag, where);
}

static void send_member(void *self, const struct member *p)
{
    GByteArray *out = message_new();
    char *fault = p->fault ? g_strconcat("I", p->fault, NULL) : NULL;

    (void)self;
    message_add_words(out, TAG_NAME, p->name);
    message_add_words(out, TAG_FAULT, fault);
    message_add_words(out, TAG_MEDIA_TYPE, p->media_type);
    message_add_words(out, TAG_TITLE, p->values[FIELD_TITLE]);
    message_add_words(out, TAG_URL, p->values[FIELD_URL]);
    add_value(
        out, TAG_DATE, p->values[FIELD_DATE], TAG_DATE_FROM,
        p->from[FIELD_DATE]);
    add_value(
        out, TAG_PUBLISHER, p->values[FIELD_PUBLISHER], TAG_PUBLISHER_FROM,
        p->from[FIELD_PUBLISHER]);
    if (p->bytes.at)
        message_add(out, TAG_BYTES, p->bytes.at, p->bytes.len);
    g_free(fault);
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
        add_fault(out, error);
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

void cage_serve(
    const struct opener *opener, const struct unpacker *unpacker,
    const struct intake_words *words, uint64_t memory)
{
    const struct service service = {opener, unpacker, words};
    GByteArray *hello = message_new();
    uint32_t held;

    g_log_set_default_handler(take_log, NULL);
    held = doors_shut(memory);
    message_add(hello, TAG_DOORS, &held, sizeof(held));
    tell(hello); /* who hears it asks nothing where a door is open */
    for (;;)
        serve_one(&service);
}
