/* What files hold, listed through a cage whose converter takes them apart by a
   rule of its own (hostile_intake.c), and does harm where it is told to. */
#include "cage/cage.h"

#include <glib/gstdio.h>
#include <string.h>

static struct cage *cage;
static char *dir;

/* "ID=BYTES" or "ID: FAULT" for each source in files of these contents ("a",
   "b", ...), a line each. */
static char *list(const char *const *contents)
{
    GString *told = g_string_new(NULL);
    const char *paths[] = {dir, NULL};
    struct intake *in;
    struct source *s;

    for (int i = 0; contents[i]; i++) {
        char *path = g_strdup_printf("%s/%c", dir, 'a' + i);

        g_assert_true(g_file_set_contents(path, contents[i], -1, NULL));
        g_free(path);
    }
    in = intake_open(paths, cage_opener(cage), 1 << 20);
    while ((s = intake_next(in))) {
        gsize len = 0;
        const char *bytes = s->bytes ? g_bytes_get_data(s->bytes, &len) : "";

        if (s->error)
            g_string_append_printf(told, "%s: %s\n", s->id, s->error->message);
        else
            g_string_append_printf(told, "%s=%.*s\n", s->id, (int)len, bytes);
        g_assert_true(!s->container || strlen(s->container) == 64);
        source_free(s);
    }
    intake_close(in);
    return g_string_free(told, FALSE);
}

static void check(const char *const *contents, const char *expected)
{
    char *told = list(contents);

    g_assert_cmpstr(told, ==, expected);
    g_free(told);
}

static void test_order(void)
{
    check(
        (const char *const[]){
            "no container", "holds\n/x One.\n/y Two.", "nor this", NULL},
        "a=\nb/x=One.\nb/y=Two.\nc=\n");
}

static void test_itself(void)
{
    check(
        (const char *const[]){"holds\nitself\n/x One.", "-", "-", NULL},
        "a=\na/x=One.\nb=\nc=\n");
}

static void test_nested(void)
{
    check(
        (const char *const[]){
            "holds\n/x holds|/y One.|without|/z Two.\n/w "
            "Three.",
            "-", "-", NULL},
        "a/x/y=One.\na/x/bad: it is bad\na/x/z=Two.\na/w=Three.\nb=\nc=\n");
}

static void test_records(void)
{
    check(
        (const char *const[]){
            "holds\n/r.jsonl {}|[]\n/e.jsonl ", "-", "-", NULL},
        "a/r.jsonl:1={}\na/r.jsonl:2=[]\nb=\nc=\n");
}

static void test_damage(void)
{
    check(
        (const char *const[]){
            "holds\n/x One.\ndamaged", "holds\ndamaged", "-", NULL},
        "a/x=One.\na: the rest is damaged\nb: the rest is damaged\nc=\n");
}

/* A file that holds itself without end: the ninth is taken as it is. */
static void test_depth(void)
{
    check(
        (const char *const[]){"holds\nmirror", "-", "-", NULL},
        "a/m/m/m/m/m/m/m/m=holds\nmirror\nb=\nc=\n");
}

static void test_harm(void)
{
    static const char *const deeds[] = {"socket", "list",  "remove", "exec",
                                        "fork",   "kill",  "code",   "loop",
                                        "flood",  "crash", "leave",  "spoil"};

    for (size_t i = 0; i < G_N_ELEMENTS(deeds); i++) {
        char *bad = g_strdup_printf("holds\n/x One.\nhostile %s\n/y", deeds[i]);
        char *told =
            list((const char *const[]){bad, "holds\n/x Two.", "-", NULL});

        g_assert_true(g_str_has_prefix(told, "a/x=One.\na: "));
        g_assert_nonnull(strstr(told, "\nb/x=Two.\nc=\n"));
        g_assert_null(strstr(told, "a/y"));
        g_free(told);
        g_free(bad);
    }
}

int main(int argc, char **argv)
{
    const struct cage_options options = {
        .program = TEST_HOSTILE,
        .lexicon = TEST_LEXICON,
        .size_most = 1 << 20,
        .seconds = 2,
    };
    int status;

    g_test_init(&argc, &argv, NULL);
    cage = cage_new(&options);
    dir = g_dir_make_tmp("attest-members-XXXXXX", NULL);
    g_test_add_func("/members/order", test_order);
    g_test_add_func("/members/itself", test_itself);
    g_test_add_func("/members/nested", test_nested);
    g_test_add_func("/members/records", test_records);
    g_test_add_func("/members/damage", test_damage);
    g_test_add_func("/members/depth", test_depth);
    g_test_add_func("/members/harm", test_harm);
    status = g_test_run();
    cage_free(cage);
    for (const char *name = "abc"; *name; name++) {
        char *path = g_strdup_printf("%s/%c", dir, *name);

        g_unlink(path);
        g_free(path);
    }
    g_rmdir(dir);
    g_free(dir);
    return status;
}
