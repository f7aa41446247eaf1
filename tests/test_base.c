/* The base room: arenas, offsets, tables. */
#include "base/base.h"

#include <glib/gstdio.h>
#include <string.h>

static void arena_gives_zeroed_memory_after_reset(void)
{
    struct arena *a = arena_new();
    char *first = arena_alloc(a, 100);

    memset(first, 'x', 100);
    arena_reset(a);
    g_assert_cmpuint(arena_used(a), ==, 0);
    for (size_t i = 1; i < 5000; i++) {
        char *p = arena_alloc(a, i);

        g_assert_true(p[0] == 0 && p[i - 1] == 0);
        memset(p, 'x', i);
    }
    arena_free(a);
}

static void arena_prints_and_copies(void)
{
    struct arena *a = arena_new();

    g_assert_cmpstr(arena_print(a, "%s-%d", "c", 3), ==, "c-3");
    g_assert_cmpstr(arena_copy(a, "abcdef", 3), ==, "abc");
    g_assert_cmpstr(arena_copy(a, NULL, 0), ==, "");
    arena_free(a);
}

static void offsets_count_code_points(void)
{
    GString *text = g_string_new(NULL);
    struct offsets *o;

    for (int i = 0; i < 500; i++)
        g_string_append(text, i % 3 ? "é" : i % 2 ? "a" : "\xF0\x9F\x8C\x8D");
    o = offsets_new((struct str){text->str, text->len});
    for (const char *p = text->str;; p = g_utf8_next_char(p)) {
        g_assert_cmpuint(
            offsets_find(o, (uint32_t)(p - text->str)), ==,
            (guint)g_utf8_pointer_to_offset(text->str, p));
        if (!*p)
            break;
    }
    offsets_free(o);
    g_string_free(text, TRUE);
}

/* Writes `content` as a table and loads it with the columns "a<tab>b". */
static struct table *load(const char *content, GError **error)
{
    char *dir = g_dir_make_tmp("attest-XXXXXX", NULL);
    char *path = g_build_filename(dir, "t.tsv", NULL);
    struct table *t;

    g_assert_true(g_file_set_contents(path, content, -1, NULL));
    t = table_load(dir, "t.tsv", "a\tb", error);
    g_unlink(path);
    g_rmdir(dir);
    g_free(path);
    g_free(dir);
    return t;
}

static void table_reads_rows(void)
{
    GError *error = NULL;
    struct table *t = load("# note\na\tb\n\n1\t2\r\n-\tx y", &error);

    g_assert_no_error(error);
    g_assert_cmpuint(table_count(t), ==, 2);
    g_assert_cmpstr(table_cell(t, 0, 1), ==, "2");
    g_assert_cmpstr(table_cell(t, 1, 0), ==, "");
    g_assert_cmpstr(table_cell(t, 1, 1), ==, "x y");
    g_assert_false(table_complain(t, 1, &error, "unknown role"));
    g_assert_true(g_str_has_suffix(error->message, "t.tsv:5: unknown role"));
    g_error_free(error);
    table_free(t);
}

static void table_names_the_faulty_line(void)
{
    static const char *const faults[] = {
        "a\tb\n1\t2\t3\n", ":2: 3 cells",
        "a\tb\n\n1\n",     ":3: 1 cells",
        "a\tc\n",          ":1: the columns",
        "a\tb\n\xff\t2\n", "is not UTF-8",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(faults); i += 2) {
        GError *error = NULL;

        g_assert_null(load(faults[i], &error));
        g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
        g_assert_nonnull(strstr(error->message, faults[i + 1]));
        g_error_free(error);
    }
}

/* The examples of FIPS 180-4, in one piece and in many. */
static void hashes_are_sha_256(void)
{
    static const struct {
        const char *text, *hash;
    } known[] = {
        {"",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        struct str text = {known[i].text, strlen(known[i].text)};
        struct hashing *pieces = hashing_new();
        char hash[HASH_HEX];

        hash_print(hash_of(text), hash);
        g_assert_cmpstr(hash, ==, known[i].hash);
        for (size_t at = 0; at < text.len; at++)
            hashing_add(pieces, text.at + at, 1);
        hash_print(hashing_end(pieces), hash);
        g_assert_cmpstr(hash, ==, known[i].hash);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/arena/zeroed", arena_gives_zeroed_memory_after_reset);
    g_test_add_func("/base/arena/text", arena_prints_and_copies);
    g_test_add_func("/base/offsets", offsets_count_code_points);
    g_test_add_func("/base/hashes", hashes_are_sha_256);
    g_test_add_func("/base/table/rows", table_reads_rows);
    g_test_add_func("/base/table/faults", table_names_the_faulty_line);
    return g_test_run();
}
