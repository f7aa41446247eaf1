#include "opened.h"

#include "cage/answer.h"
#include "cage/reply.h"

/* As fuzzers take note of it: g_error would end them. */
static void wrong(const char *what, const char *words)
{
    g_printerr("%s: %s\n", what, words);
    abort();
}

const struct intake_words *opened_words(void)
{
    static struct intake_words *words;
    GError *error = NULL;

    if (!words)
        words = intake_words_load(FUZZ_LEXICON, &error);
    if (!words)
        g_error("%s", error->message);
    return words;
}

struct making opened_begin(void)
{
    struct arena *a = arena_new();

    return (struct making){
        .a = a,
        .words = opened_words(),
        .document = arena_make(a, struct document, 1),
        .notes = g_ptr_array_new(),
    };
}

static struct str end_message(GByteArray *out)
{
    enum { LENGTH = 4 };

    message_close(out);
    return (struct str){(char *)out->data + LENGTH, out->len - LENGTH};
}

void opened_end(struct making *m, GError *error)
{
    GByteArray *out = message_new();
    struct message answer;

    if (error)
        reply_fault(out, error);
    else
        reply_document(out, m);
    if (!answer_parse(&answer, end_message(out)))
        wrong(
            "nobody would believe this",
            error ? error->message : m->document->text.at);
    g_byte_array_unref(out);
    g_clear_error(&error);
    g_ptr_array_free(m->notes, TRUE);
    arena_free(m->a);
}

void opened_check_member(const struct member *p)
{
    GByteArray *out = message_new();
    struct message answer;

    reply_member(out, p);
    if (!member_parse(&answer, end_message(out)))
        wrong("nobody would believe this member", p->name);
    g_byte_array_unref(out);
}
