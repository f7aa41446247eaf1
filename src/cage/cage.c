/*
 * Converters are started when there is something to open and none is idle, so
 * that there are as many as threads that open.
 */
#include "cage/cage.h"

#include "cage/answer.h"
#include "cage/converter.h"

enum {
    DOCUMENTS_MOST = 500, /* of one converter */
    SECONDS = 30,         /* for a document, and ... */
    BYTES_A_SECOND = 1 << 20,
    MEMORY_LEAST = 512 << 20,
    MEMORY_A_BYTE = 32, /* of the largest document */
    ANSWER_LEAST = 64 << 20,
    ANSWER_A_BYTE = 3, /* no encoding grows more in UTF-8 */
    PROCESSOR_SECONDS = 3 * DOCUMENTS_MOST, /* of one converter */
};

/* Where pictures are read, a page takes seconds, and some ten kB. */
enum {
    OCR_SECONDS = 120,
    OCR_BYTES_A_SECOND = 2 << 10,
    OCR_SECONDS_MOST = 3600,
    OCR_DOCUMENTS_MOST = 4,
    OCR_PROCESSOR_SECONDS = OCR_DOCUMENTS_MOST * OCR_SECONDS_MOST,
    OCR_MEMORY = 1 << 30,
};

struct cage {
    struct cage_options options;       /* nothing in it is 0 */
    char *program, *lexicon, *columns; /* whose strings these are */
    struct opener opener;
    GAsyncQueue *idle; /* converters */
};

static uint64_t memory_most(const struct cage *c)
{
    return MEMORY_LEAST + c->options.size_most * MEMORY_A_BYTE +
           (c->options.ocr ? OCR_MEMORY : 0);
}

/* How long a document of that size may take. */
static unsigned seconds_most(const struct cage *c, uint64_t size)
{
    uint64_t seconds = c->options.seconds;

    if (!c->options.ocr)
        return (unsigned)(seconds + size / BYTES_A_SECOND);
    return (unsigned)MIN(seconds + size / OCR_BYTES_A_SECOND, OCR_SECONDS_MOST);
}

static void unfold(uint32_t held, bool holds[DOOR_COUNT])
{
    for (int i = 0; i < DOOR_COUNT; i++)
        holds[i] = held >> i & 1;
}

bool cage_is_shut(const bool holds[DOOR_COUNT])
{
    static const bool essential[DOOR_COUNT] = {
#define X(name, essential, title, words) essential,
        DOORS(X)
#undef X
    };

    for (int i = 0; i < DOOR_COUNT; i++)
        if (essential[i] && !holds[i])
            return false;
    return true;
}

static struct converter *
start(const struct cage *c, bool holds[DOOR_COUNT], GError **error)
{
    const struct converter_options options = {
        .program = c->program,
        .lexicon = c->lexicon,
        .columns = c->columns,
        .memory = memory_most(c),
        .seconds = c->options.ocr ? OCR_PROCESSOR_SECONDS : PROCESSOR_SECONDS,
        .ocr = c->options.ocr,
    };
    uint32_t held = 0;
    struct converter *made = converter_start(&options, &held, error);

    unfold(held, holds);
    return made;
}

static struct converter *take_converter(const struct cage *c, GError **error)
{
    struct converter *taken = g_async_queue_try_pop(c->idle);
    bool holds[DOOR_COUNT];

    if (taken)
        return taken;
    taken = start(c, holds, error);
    if (!taken || cage_is_shut(holds))
        return taken;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_IO,
        "the cage in which it would be opened does not shut on this machine; "
        "see 'attest doctor'");
    converter_end(taken);
    return NULL;
}

/* Back among the idle, unless it has answered enough. */
static void put_converter(const struct cage *c, struct converter *used)
{
    if (converter_questions(used) < c->options.documents_most)
        g_async_queue_push(c->idle, used);
    else
        converter_end(used);
}

static GByteArray *write_question(const struct source *s, struct str bytes)
{
    GByteArray *out = message_new();

    message_add_words(out, TAG_ID, s->id);
    message_add_words(out, TAG_MEDIA_TYPE, s->media_type);
    if (s->is_record)
        message_add(out, TAG_RECORD, "", 0);
    message_add(out, TAG_BYTES, bytes.at, bytes.len);
    message_close(out);
    return out;
}

/* --- one document ------------------------------------------------------------ */

static void complain_answer(GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "the converter's answer is not one that attest can believe");
}

/* Sends a question and takes its one answer; g_free it. */
static char *
ask(const struct cage *c, struct converter *asked, const struct source *s,
    struct str bytes, size_t *len, GError **error)
{
    unsigned seconds = seconds_most(c, bytes.len);
    GByteArray *question = write_question(s, bytes);
    bool good = converter_send(asked, question, -1, seconds, error);

    g_byte_array_unref(question);
    return good ? converter_take(
                      asked, ANSWER_LEAST + bytes.len * ANSWER_A_BYTE, seconds,
                      len, error)
                : NULL;
}

static bool open_caged(
    void *self, struct making *m, const struct source *s, struct str bytes,
    GError **error)
{
    const struct cage *c = self;
    struct converter *asked = take_converter(c, error);
    struct message told;
    size_t len = 0;
    char *answer;
    bool good;

    if (!asked)
        return false;
    answer = ask(c, asked, s, bytes, &len, error);
    good = answer && answer_parse(&told, (struct str){answer, len});
    if (answer && !good)
        complain_answer(error);
    if (good)
        put_converter(c, asked);
    else
        converter_end(asked);
    good = good && answer_take(m, &told, error);
    g_free(answer);
    return good;
}

/* --- a file taken apart --------------------------------------------------------- */

struct unpacked_caged {
    struct unpacked base;
    const struct cage *cage;
    struct converter *asked; /* NULL: it has told all */
    struct arena *a;
    char *answer;
    struct member member;
    size_t most;      /* bytes of one answer, and ... */
    unsigned seconds; /* ... how long it may be waited for */
};

/* The converter has told all, or is good for nothing more. */
static void let_go(struct unpacked_caged *u, bool is_good)
{
    if (u->asked && is_good)
        put_converter(u->cage, u->asked);
    else
        converter_end(u->asked);
    u->asked = NULL;
}

static const struct member *next_caged(struct unpacked *base, GError **error)
{
    struct unpacked_caged *u = (struct unpacked_caged *)base;
    struct message told;
    size_t len = 0;

    if (!u->asked)
        return NULL;
    g_free(u->answer);
    arena_reset(u->a);
    u->answer = converter_take(u->asked, u->most, u->seconds, &len, error);
    if (!u->answer || !member_parse(&told, (struct str){u->answer, len})) {
        if (u->answer)
            complain_answer(error);
        let_go(u, false);
        return NULL;
    }
    if (member_take(u->a, &u->member, &told, error))
        return &u->member;
    let_go(u, true);
    return NULL;
}

static void free_caged(struct unpacked *base)
{
    struct unpacked_caged *u = (struct unpacked_caged *)base;

    let_go(u, false);
    arena_free(u->a);
    g_free(u->answer);
    g_free(u);
}

static GByteArray *
write_unpack_question(const struct source *s, uint32_t member_most)
{
    GByteArray *out = message_new();

    message_add_words(out, TAG_ID, s->id);
    message_add_words(out, TAG_MEDIA_TYPE, s->media_type);
    message_add(out, TAG_MEMBER_MOST, &member_most, sizeof(member_most));
    message_close(out);
    return out;
}

static struct unpacked *unpack_caged(
    void *self, const struct source *s, int descriptor, uint64_t member_most,
    GError **error)
{
    const struct cage *c = self;
    struct converter *asked = take_converter(c, error);
    unsigned seconds = seconds_most(c, member_most);
    struct unpacked_caged *u;
    GByteArray *question;
    bool good;

    if (!asked)
        return NULL;
    question = write_unpack_question(s, (uint32_t)member_most);
    good = converter_send(asked, question, descriptor, seconds, error);
    g_byte_array_unref(question);
    if (!good) {
        converter_end(asked);
        return NULL;
    }
    u = g_new0(struct unpacked_caged, 1);
    u->base = (struct unpacked){next_caged, free_caged};
    u->cage = c;
    u->asked = asked;
    u->a = arena_new();
    u->most = ANSWER_LEAST + member_most;
    u->seconds = seconds;
    return &u->base;
}

/* --- its life ------------------------------------------------------------------ */

struct cage *cage_new(const struct cage_options *o)
{
    struct cage *c = g_new0(struct cage, 1);

    c->options = *o;
    c->program = g_strdup(o->program);
    c->lexicon = g_strdup(o->lexicon);
    c->options.program = c->program;
    c->options.lexicon = c->lexicon;
    c->columns = g_strdup(o->columns);
    c->options.columns = c->columns;
    if (!o->seconds)
        c->options.seconds = o->ocr ? OCR_SECONDS : SECONDS;
    if (!o->documents_most)
        c->options.documents_most =
            o->ocr ? OCR_DOCUMENTS_MOST : DOCUMENTS_MOST;
    c->opener = (struct opener){c, open_caged, unpack_caged};
    c->idle = g_async_queue_new();
    return c;
}

void cage_free(struct cage *c)
{
    struct converter *idle;

    if (!c)
        return;
    while ((idle = g_async_queue_try_pop(c->idle)))
        converter_end(idle);
    g_async_queue_unref(c->idle);
    g_free(c->program);
    g_free(c->lexicon);
    g_free(c->columns);
    g_free(c);
}

const struct opener *cage_opener(const struct cage *c)
{
    return &c->opener;
}

bool cage_look(struct cage *c, bool holds[DOOR_COUNT], GError **error)
{
    struct converter *made = start(c, holds, error);

    converter_end(made);
    return made != NULL;
}
