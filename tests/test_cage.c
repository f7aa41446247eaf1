/* The cage: what a hostile document makes its converter do is stopped, the
   reason told, and the next document read. */
#include "cage/cage.h"

#include <string.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
enum { IS_SANITIZED = true };
#else
enum { IS_SANITIZED = false };
#endif

static struct intake_words *words;
static struct arena *arena;

static struct cage *make_cage(const char *program, unsigned documents_most)
{
    const struct cage_options options = {
        .program = program,
        .lexicon = TEST_LEXICON,
        .size_most = 1 << 20,
        .seconds = 2,
        .documents_most = documents_most,
    };

    return cage_new(&options);
}

/* Under a name that says nothing, so that it must be opened. */
static struct document *
read_in(const struct cage *c, const char *bytes, GError **error)
{
    const struct intake_options o = {
        .words = words,
        .opener = cage_opener(c),
        .size_most = 1 << 20,
    };
    struct source s = {
        .id = (char *)"x", .bytes = g_bytes_new_static(bytes, strlen(bytes))};
    struct document *d;

    arena_reset(arena);
    d = document_read(arena, &s, &o, error);
    g_bytes_unref(s.bytes);
    return d;
}

static void check_reads(const struct cage *c)
{
    GError *error = NULL;
    struct document *d = read_in(
        c,
        "<html><head><title>The fire</title><meta name=date "
        "content=2012-02-21></head><body><p>Caf&eacute; burned.</body></html>",
        &error);

    g_assert_no_error(error);
    g_assert_cmpstr(d->text.at, ==, "Caf\xC3\xA9 burned.");
    g_assert_cmpstr(d->title, ==, "The fire");
    g_assert_cmpstr(d->date, ==, "2012-02-21");
    g_assert_cmpstr(d->media_type, ==, "text/html");
    g_assert_cmpuint(d->body.to, ==, d->text.len);
}

static void test_honest(void)
{
    struct cage *c = make_cage(TEST_INTAKE, 2); /* replaced on the way */

    for (int i = 0; i < 5; i++)
        check_reads(c);
    cage_free(c);
}

/* Encodings of headers are files that must have been read before. */
static void test_mail(void)
{
    static const char *const subjects[] = {
        "=?windows-1251?B?z/Do4uXy?=",
        "=?gb18030?B?xOO6ww==?=",
        "=?shift_jis?B?k/qWew==?=",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=",
        "=?koi8-r?B?8NLJ18XU?=",
        "=?iso-8859-15?Q?=A4?=",
        "=?no-such?Q?a?=",
        "=?utf-8?Q?=FF?=",
    };
    static const char *const zones[] = {"", " GMT", " EST", " +0330", " XYZ"};
    struct cage *c = make_cage(TEST_INTAKE, 0);

    for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
        const char *zone = zones[i % G_N_ELEMENTS(zones)];
        char *mail = g_strdup_printf(
            "Return-Path: <a@example.org>\nFrom: a@example.org\n"
            "Date: Tue, 21 Feb 2012 10:00:00%s\nSubject: %s\n\nHe left.\n",
            zone, subjects[i]);
        GError *error = NULL;
        struct document *d = read_in(c, mail, &error);

        g_assert_no_error(error);
        g_assert_cmpstr(d->media_type, ==, "message/rfc822");
        g_assert_cmpstr(d->date, ==, "2012-02-21");
        g_assert_cmpstr(d->text.at, ==, "He left.\n");
        g_assert_nonnull(d->title);
        g_free(mail);
    }
    cage_free(c);
}

static void test_refusal(void)
{
    struct cage *c = make_cage(TEST_INTAKE, 0);
    GError *error = NULL;

    g_assert_null(read_in(
        c,
        "\x7F"
        "ELF\x02\x01\x01\x03\x04\x05",
        &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_assert_nonnull(strstr(error->message, "which attest does not read yet"));
    g_error_free(error);
    check_reads(c);
    cage_free(c);
}

static void test_doors(void)
{
    struct cage *c = make_cage(TEST_INTAKE, 0);
    bool holds[DOOR_COUNT];
    GError *error = NULL;

    g_assert_true(cage_look(c, holds, &error));
    g_assert_no_error(error);
    g_assert_true(cage_is_shut(holds));
    holds[DOOR_FILES] = holds[DOOR_NETWORK] = false;
    g_assert_true(cage_is_shut(holds));
    holds[DOOR_CALLS] = false;
    g_assert_false(cage_is_shut(holds));
    cage_free(c);
}

/* Neither a program that is not there nor one that is another is waited for. */
static void test_no_program(gconstpointer program)
{
    struct cage *c = make_cage(program, 0);
    bool holds[DOOR_COUNT];
    GError *error = NULL;

    g_assert_null(read_in(c, "<html>x</html>", &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_clear_error(&error);
    g_assert_false(cage_look(c, holds, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_IO);
    g_error_free(error);
    cage_free(c);
}

struct attack {
    const char *word;
    const char *reason; /* part of what is told; NULL: it comes to nothing */
};

static const struct attack attacks[] = {
    {"socket", "what no document may do"},
    {"file", NULL}, /* it is told that there is none */
    {"find", NULL},
    {"put", NULL},
    {"list", "what no document may do"},
    {"remove", "what no document may do"},
    {"exec", "what no document may do"},
    {"fork", "what no document may do"},
    {"code", "what no document may do"},
    {"kill", "what no document may do"},
    {"memory", "more memory than one document may have"},
    {"loop", "took too long"},
    {"garbage", "not one that attest can believe"},
    {"flood", "it grows to"},
    {"crash", "crashed over it (Aborted)"},
    {"leave", "ended over it (status 3)"},
    {"bytes", "not one that attest can believe"},
    {"zero", "not one that attest can believe"},
    {"body", "not one that attest can believe"},
    {"order", "not one that attest can believe"},
    {"day", "not one that attest can believe"},
    {"kind", "not one that attest can believe"},
    {"title", "not one that attest can believe"},
};

static void test_attack(gconstpointer data)
{
    const struct attack *attack = data;
    struct cage *c = make_cage(TEST_HOSTILE, 0);
    char *bytes = g_strconcat("hostile ", attack->word, NULL);
    GError *error = NULL;

    if (IS_SANITIZED && !strcmp(attack->word, "memory")) {
        g_test_skip("the address sanitizer allows no bound of memory");
    } else {
        check_reads(c); /* so that it is one that has served before */
        if (attack->reason) {
            g_assert_null(read_in(c, bytes, &error));
            g_assert_nonnull(strstr(error->message, attack->reason));
            g_error_free(error);
        } else {
            g_assert_nonnull(read_in(c, bytes, &error));
            g_assert_no_error(error);
        }
        check_reads(c);
    }
    g_free(bytes);
    cage_free(c);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int result;

    g_test_init(&argc, &argv, NULL);
    words = intake_words_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    arena = arena_new();
    g_test_add_func("/cage/honest", test_honest);
    g_test_add_func("/cage/mail", test_mail);
    g_test_add_func("/cage/refusal", test_refusal);
    g_test_add_func("/cage/doors", test_doors);
    g_test_add_data_func("/cage/no-program", "/no/such", test_no_program);
    g_test_add_data_func("/cage/other-program", "/bin/true", test_no_program);
    for (size_t i = 0; i < G_N_ELEMENTS(attacks); i++) {
        char *path = g_strconcat("/cage/hostile/", attacks[i].word, NULL);

        g_test_add_data_func(path, &attacks[i], test_attack);
        g_free(path);
    }
    result = g_test_run();
    arena_free(arena);
    intake_words_free(words);
    return result;
}
