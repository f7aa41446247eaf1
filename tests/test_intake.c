/* Intake: files with expected results beside them, and hostile bytes. */
#include "formats/formats.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static struct intake_words *words;
static struct formats *formats;
static struct arena *arena;

enum { SIZE_MOST = 64 << 20 };

static struct intake_options usual(void)
{
    return (struct intake_options){
        .words = words,
        .opener = formats_opener(formats),
        .size_most = SIZE_MOST,
    };
}

static struct document *
read_as(const char *id, const char *bytes, size_t len, GError **error)
{
    struct intake_options o = usual();
    struct source s = {
        .id = (char *)id, .bytes = g_bytes_new_static(bytes, len)};
    struct document *d;

    arena_reset(arena);
    d = document_read(arena, &s, &o, error);
    g_bytes_unref(s.bytes);
    if (d) {
        g_assert_true(g_utf8_validate(d->text.at, (gssize)d->text.len, NULL));
        g_assert_null(memchr(d->text.at, 0, d->text.len));
        g_assert_cmpuint(d->body.from, <=, d->body.to);
        g_assert_cmpuint(d->body.to, <=, d->text.len);
    }
    return d;
}

static struct document *read_text(const char *id, const char *text)
{
    GError *error = NULL;
    struct document *d = read_as(id, text, strlen(text), &error);

    g_assert_no_error(error);
    return d;
}

static char *body_of(const struct document *d)
{
    struct str s = span_text(d->text, d->body);

    return g_strndup(s.at, s.len);
}

static bool has_note(const struct document *d, const char *words_of_it)
{
    for (const char *const *n = d->notes; *n; n++)
        if (strstr(*n, words_of_it))
            return true;
    return false;
}

/* --- files with expected results -------------------------------------------- */

static void add_field(GString *out, const char *name, const char *value)
{
    if (value)
        g_string_append_printf(out, "%s: %s\n", name, value);
}

/* What a .expected file holds. */
static char *describe(const struct document *d)
{
    GString *out = g_string_new(NULL);
    char *body = body_of(d);

    add_field(out, "title", d->title);
    add_field(out, "date", d->date);
    add_field(out, "publisher", d->publisher);
    add_field(out, "url", d->url);
    add_field(out, "language", d->language);
    g_string_append_printf(out, "\n%s", body);
    if (!g_str_has_suffix(out->str, "\n"))
        g_string_append_c(out, '\n');
    g_free(body);
    return g_string_free(out, FALSE);
}

static void test_expected(gconstpointer data)
{
    const char *path = data;
    struct intake_options o = usual();
    struct source s = {.id = (char *)path, .path = (char *)path};
    char *expected_path = g_strconcat(path, ".expected", NULL);
    char *expected, *actual;
    GError *error = NULL;
    struct document *d;

    arena_reset(arena);
    d = document_read(arena, &s, &o, &error);
    g_assert_no_error(error);
    actual = describe(d);
    g_assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
    g_assert_cmpstr(actual, ==, expected);
    g_free(actual);
    g_free(expected);
    g_free(expected_path);
}

static void add_expected(void)
{
    const char *folder = TEST_DIR "/data/intake", *name;
    GDir *dir = g_dir_open(folder, 0, NULL);

    while ((name = g_dir_read_name(dir))) {
        char *stem, *test;

        if (!g_str_has_suffix(name, ".expected"))
            continue;
        stem = g_strndup(name, strlen(name) - strlen(".expected"));
        test = g_strconcat("/intake/expected/", stem, NULL);
        g_test_add_data_func_full(
            test, g_build_filename(folder, stem, NULL), test_expected, g_free);
        g_free(stem);
        g_free(test);
    }
    g_dir_close(dir);
}

/* --- bytes ------------------------------------------------------------------- */

static void test_sha256(void)
{
    struct document *d = read_text("a.txt", "abc");

    g_assert_cmpstr(
        d->sha256, ==,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    g_assert_cmpuint(d->size, ==, 3);
}

static void test_controls(void)
{
    static const char bytes[] = "a\0b\r\nc\rd\x01";
    struct document *d = read_as("a.txt", bytes, sizeof(bytes) - 1, NULL);

    g_assert_nonnull(d);
    g_assert_cmpuint(d->text.len, ==, 8);
    g_assert_true(!memcmp(d->text.at, "a b\nc\nd ", 8));
    g_assert_true(has_note(d, "1 zero bytes"));
    g_assert_true(has_note(d, "1 control characters"));
}

static void test_invalid_utf8(void)
{
    struct document *d =
        read_text("a.txt", "\xC5\xBB\xC5\xBB\xC5\xBB\xC5\xBB told \xFF us\xC5");

    g_assert_cmpstr(d->encoding, ==, "UTF-8");
    g_assert_true(has_note(d, "2 invalid bytes"));
    g_assert_true(g_str_has_suffix(
        d->text.at, " told \xEF\xBF\xBD us"
                    "\xEF\xBF\xBD"));
}

static void test_refused(void)
{
    static const struct {
        const char *id, *bytes;
        size_t len;
        int code;
        const char *says;
    } cases[] = {
        {"a.txt", "", 0, ATTEST_ERROR_INPUT, "empty"},
        {"a.txt", " \n\t", 3, ATTEST_ERROR_INPUT, "no text"},
        {"a", "%PDF-1.4\n%x\n1 0 obj", 20, ATTEST_ERROR_INPUT,
         "the PDF is damaged"},
        {"a", "GIF89a\1\0\1\0\0\0\0;", 14, ATTEST_ERROR_INPUT, "image/gif"},
        {"a.txt", "\1\2\3\4\5\6\7\1\2\3\4", 11, ATTEST_ERROR_INPUT, "binary"},
        {"a", "<?xml version=\"1.0\"?>\n<a>b</a>\n", 31, ATTEST_ERROR_INPUT,
         "/xml"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;

        g_assert_null(
            read_as(cases[i].id, cases[i].bytes, cases[i].len, &error));
        g_assert_error(error, ATTEST_ERROR, cases[i].code);
        g_assert_nonnull(strstr(error->message, cases[i].says));
        g_error_free(error);
    }
}

static void test_too_big(void)
{
    char *bytes = g_malloc0(SIZE_MOST + 1);
    GError *error = NULL;

    g_assert_null(read_as("a.txt", bytes, SIZE_MOST + 1, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_LIMIT);
    g_error_free(error);
    g_free(bytes);
}

static void test_options(void)
{
    struct intake_options o = usual();
    struct source s = {
        .id = (char *)"a.txt",
        .bytes = g_bytes_new_static("Date: 2010-10-10\n\nHe left.", 26)};
    struct document *d;

    o.publisher = "The Desk";
    o.date = "2011-01-01";
    arena_reset(arena);
    d = document_read(arena, &s, &o, NULL);
    g_assert_cmpstr(d->publisher, ==, "The Desk");
    g_assert_cmpstr(d->publisher_from, ==, "option");
    g_assert_cmpstr(d->date, ==, "2010-10-10");
    g_assert_cmpstr(d->date_from, ==, "head of the text");
    g_bytes_unref(s.bytes);
}

static void test_dates(void)
{
    g_assert_true(date_is("2012-02-29"));
    g_assert_false(date_is("2011-02-29"));
    g_assert_false(date_is("2011-13-01"));
    g_assert_false(date_is("2011-1-01"));
    g_assert_false(date_is(""));
    g_assert_true(has_note(
        read_text("a.txt", "Date: soon\n\nHe left."), "the date 'soon'"));
    g_assert_cmpstr(
        read_text("a.txt", "Date: Tue, 21 Feb 2012 10:00\n\nHe left.")->date,
        ==, "2012-02-21");
}

/* --- hostile bytes ------------------------------------------------------------- */

static char *repeat(const char *part, size_t times, const char *end)
{
    GString *all = g_string_new("<html><body><p>Words stay.</p>");

    while (times--)
        g_string_append(all, part);
    g_string_append(all, end);
    return g_string_free(all, FALSE);
}

static void test_hostile_page(gconstpointer part)
{
    char *page = repeat(part, 200000, "<p>End stays.");
    struct document *d = read_text("a.html", page);
    char *body = body_of(d);

    g_assert_nonnull(strstr(body, "Words stay."));
    g_free(body);
    g_free(page);
}

static void test_hostile_tag(gconstpointer part)
{
    GString *page = g_string_new("<html><body><p>Words stay.</p><i ");
    struct document *d;

    for (int i = 0; i < 200000; i++)
        g_string_append_printf(page, "a%d%s ", i, (const char *)part);
    g_string_append(page, ">x</i></body>");
    d = read_text("a.html", page->str);
    g_assert_nonnull(
        g_strstr_len(d->text.at, (gssize)d->text.len, "Words stay."));
    g_string_free(page, TRUE);
}

/* Any cut of a page, and any one byte of it wrong. */
static void test_mutations(void)
{
    static const char *const names[] = {
        "article.html", "json-ld.html", "letter.txt", "report.md"};

    for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
        char *path =
            g_build_filename(TEST_DIR, "data", "intake", names[n], NULL);
        char *bytes;
        gsize len;

        g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
        for (gsize i = 0; i < len; i += 7) {
            char was = bytes[i];

            read_as(names[n], bytes, i, NULL);
            bytes[i] = "<>\"&[\xFF`\n"[i & 7];
            read_as(names[n], bytes, len, NULL);
            bytes[i] = was;
        }
        g_free(bytes);
        g_free(path);
    }
}

static void test_deep_record(void)
{
    GString *line = g_string_new("{\"text\": \"x\", \"more\": ");
    struct intake_options o = usual();
    struct source s = {.id = (char *)"r", .is_record = true};
    GError *error = NULL;

    for (int i = 0; i < 500000; i++)
        g_string_append_c(line, '[');
    s.bytes = g_string_free_to_bytes(line);
    arena_reset(arena);
    g_assert_null(document_read(arena, &s, &o, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
    g_error_free(error);
    g_bytes_unref(s.bytes);
}

/* --- sources ---------------------------------------------------------------------- */

/* "id" or "id!" where it failed, with spaces between them. */
static char *list(const char *const *paths)
{
    struct intake_options o = usual();
    struct intake *in = intake_open(paths, NULL, 0);
    GString *out = g_string_new(NULL);
    struct source *s;

    while ((s = intake_next(in))) {
        GError *error = NULL;
        struct document *d = NULL;

        arena_reset(arena);
        if (!s->error)
            d = document_read(arena, s, &o, &error);
        g_string_append_printf(
            out, "%s%s%s", out->len ? " " : "", d ? d->id : s->id,
            d ? "" : "!");
        g_clear_error(&error);
        source_free(s);
    }
    intake_close(in);
    return g_string_free(out, FALSE);
}

static void
put_bytes(const char *folder, const char *name, const char *bytes, gssize len)
{
    char *path = g_build_filename(folder, name, NULL);

    g_assert_true(g_file_set_contents(path, bytes, len, NULL));
    g_free(path);
}

static void put(const char *folder, const char *name, const char *bytes)
{
    put_bytes(folder, name, bytes, -1);
}

static void clear_folder(const char *folder)
{
    char *argv[] = {(char *)"rm", (char *)"-rf", (char *)folder, NULL};

    g_assert_true(g_spawn_sync(
        NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
        NULL));
}

static void test_folder(void)
{
    char *folder = g_dir_make_tmp("intake-XXXXXX", NULL);
    char *inner = g_build_filename(folder, "b", NULL);
    char *loop = g_build_filename(inner, "loop", NULL);
    const char *paths[] = {folder, NULL};
    char *found;

    g_assert_cmpint(g_mkdir(inner, 0700), ==, 0);
    g_assert_cmpint(symlink(folder, loop), ==, 0);
    put(folder, "a.txt", "He left.");
    put(folder, "c.txt", "She left.");
    put(folder, ".hidden.txt", "Not this.");
    put(folder, "case.attest", "Nor this.");
    put_bytes(folder, "old", "SQLite format 3", 16);
    put(inner, "x.txt", "They left.");
    put(inner, "y.txt", "");
    found = list(paths);
    g_assert_cmpstr(found, ==, "a.txt b/loop! b/x.txt b/y.txt! c.txt");
    g_free(found);
    clear_folder(folder);
    g_free(loop);
    g_free(inner);
    g_free(folder);
}

static void test_records(void)
{
    const char *paths[] = {
        TEST_DIR "/data/intake/records.jsonl", "/no/such/path", NULL};
    char *found = list(paths);
    char *expected = g_strdup_printf(
        "a1 7 %s:4 %s:5! %s:6! %s:7! %s:8! /no/such/path!", paths[0], paths[0],
        paths[0], paths[0], paths[0]);

    g_assert_cmpstr(found, ==, expected);
    g_free(expected);
    g_free(found);
}

/* --- milestones --------------------------------------------------------------- */

/* "0 00:00:01.000\n" for each. */
static char *milestones_of(const struct document *d)
{
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < d->milestone_count; i++) {
        const struct milestone *m = &d->milestones[i];

        g_assert_cmpstr(m->unit, ==, "time");
        g_string_append_printf(out, "%u %s\n", m->at, m->n);
    }
    return g_string_free(out, FALSE);
}

static void test_cues_are_milestones(void)
{
    const struct document *d = read_text(
        "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nCaf\xC3\xA9.\n\n"
                 "00:02.000 --> 00:03.000\nCaf\xC3\xA9.\n\n"
                 "00:03.000 --> 00:04.000\n<v Ana>One\n<v Ivo>two\n\n"
                 "00:03.500 --> 00:04.500\n<i></i>\n\n"
                 "123:59:59.999 --> 124:00:00.000\n- Three.\n");
    char *body = body_of(d), *milestones = milestones_of(d);

    g_assert_cmpstr(body, ==, "Caf\xC3\xA9.\n\nAna: One\n\nIvo: two\n\nThree.");
    g_assert_cmpstr(
        milestones, ==, "0 00:00:01.000\n8 00:00:03.000\n28 123:59:59.999\n");
    g_free(body);
    g_free(milestones);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int result;

    g_test_init(&argc, &argv, NULL);
    words = intake_words_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    formats = formats_new(false, &error);
    g_assert_no_error(error);
    arena = arena_new();
    add_expected();
    g_test_add_func("/intake/sha256", test_sha256);
    g_test_add_func("/intake/controls", test_controls);
    g_test_add_func("/intake/invalid-utf8", test_invalid_utf8);
    g_test_add_func("/intake/refused", test_refused);
    g_test_add_func("/intake/too-big", test_too_big);
    g_test_add_func("/intake/options", test_options);
    g_test_add_func("/intake/dates", test_dates);
    g_test_add_func("/intake/mutations", test_mutations);
    g_test_add_data_func("/intake/deep", "<div>", test_hostile_page);
    g_test_add_data_func("/intake/ends", "<b></i>", test_hostile_page);
    g_test_add_data_func("/intake/opens", "<", test_hostile_page);
    g_test_add_data_func("/intake/quotes", "<a b=\"", test_hostile_page);
    g_test_add_data_func("/intake/comments", "<!-- ", test_hostile_page);
    g_test_add_data_func("/intake/scripts", "<script>", test_hostile_page);
    g_test_add_data_func("/intake/articles", "<article>", test_hostile_page);
    g_test_add_data_func("/intake/roots", "<html a=1>", test_hostile_page);
    g_test_add_data_func("/intake/entities", "&amp;&#", test_hostile_page);
    g_test_add_data_func("/intake/attributes", "=1", test_hostile_tag);
    g_test_add_data_func("/intake/values", "=\"< >\"", test_hostile_tag);
    g_test_add_func("/intake/deep-record", test_deep_record);
    g_test_add_func("/intake/folder", test_folder);
    g_test_add_func("/intake/records", test_records);
    g_test_add_func("/intake/milestones", test_cues_are_milestones);
    result = g_test_run();
    arena_free(arena);
    formats_free(formats);
    intake_words_free(words);
    return result;
}
