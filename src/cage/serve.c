/* The program in the cage: a question, an answer, until nobody asks. */
#include "cage/cage.h"

#include "cage/doors.h"
#include "cage/ends.h"
#include "cage/message.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool read_all(char *at, size_t len)
{
    while (len) {
        ssize_t got = read(0, at, len);

        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            len -= (size_t)got;
        }
    }
    return true;
}

static void send(GByteArray *message)
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
    struct str id = asked->parts[TAG_ID];
    struct source source = {
        .id = arena_copy(a, id.at, id.len),
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
    send(out);
}

static void
serve_one(const struct opener *opener, const struct intake_words *words)
{
    struct message asked;
    uint32_t length;
    char *bytes;

    if (!read_all((char *)&length, sizeof(length)))
        _exit(0);
    bytes = g_malloc(length);
    if (!read_all(bytes, length))
        _exit(0);
    if (!message_parse(&asked, (struct str){bytes, length}) ||
        !asked.parts[TAG_ID].at || !asked.parts[TAG_BYTES].at)
        _exit(END_QUESTION);
    answer(opener, words, &asked);
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
    const struct opener *opener, const struct intake_words *words,
    uint64_t memory)
{
    GByteArray *hello = message_new();
    uint32_t held;

    g_log_set_default_handler(take_log, NULL);
    held = doors_shut(memory);
    message_add(hello, TAG_DOORS, &held, sizeof(held));
    send(hello); /* who hears it asks nothing where a door is open */
    for (;;)
        serve_one(opener, words);
}
