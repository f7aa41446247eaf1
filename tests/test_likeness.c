/* Likeness of names: tests/data/names.tsv, and what holds of any two names. */
#include "identity/identity.h"

#include <glib/gstdio.h>
#include <string.h>

static struct identity_words *words;
static struct likeness *likeness;

static double score(struct str left, struct str right, enum name_kind kind)
{
    struct arena *a = arena_new();
    const struct name_form *x = name_form_make(likeness, a, left, kind);
    const struct name_form *y = name_form_make(likeness, a, right, kind);
    double forward = names_likeness(likeness, x, y);
    double backward = names_likeness(likeness, y, x);

    g_assert_cmpfloat(forward, ==, backward);
    g_assert_true(forward >= 0 && forward <= 1);
    arena_free(a);
    return forward;
}

static double
score_words(const char *left, const char *right, enum name_kind kind)
{
    return score(
        (struct str){left, strlen(left)}, (struct str){right, strlen(right)},
        kind);
}

static enum name_kind kind_of(const char *word)
{
    if (!strcmp(word, "person"))
        return NAME_PERSON;
    return strcmp(word, "group") ? NAME_PLACE : NAME_GROUP;
}

static char **read_pairs(void)
{
    g_autofree char *content = NULL;

    g_assert_true(
        g_file_get_contents(TEST_DIR "/data/names.tsv", &content, NULL, NULL));
    return g_strsplit(content, "\n", -1);
}

static void test_pairs(void)
{
    g_auto(GStrv) lines = read_pairs();

    for (char **line = lines; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);
        double s;

        if (!**line || **line == '#')
            continue;
        g_assert_cmpuint(g_strv_length(cells), ==, 5);
        s = score_words(cells[1], cells[2], kind_of(cells[0]));
        if ((s >= 0.5) != (*cells[3] == '1'))
            g_test_message("%s: %.3f", *line, s);
        g_assert_true((s >= 0.5) == (*cells[3] == '1'));
    }
}

/* Of every name in the table: none is nearer to it than itself. */
static void test_same_is_top(void)
{
    g_auto(GStrv) lines = read_pairs();

    for (char **line = lines; *line; line++) {
        g_auto(GStrv) cells = g_strsplit(*line, "\t", -1);

        if (!**line || **line == '#')
            continue;
        for (int i = 1; i <= 2; i++)
            g_assert_cmpfloat(
                score_words(cells[i], cells[i], kind_of(cells[0])), ==, 1);
    }
}

/* Every name with every other: in range, and the same both ways round. */
static void test_any_two(void)
{
    g_auto(GStrv) lines = read_pairs();
    guint count = g_strv_length(lines);

    for (guint i = 0; i < count; i++)
        for (guint k = i % 7; k < count; k += 7) {
            score_words(lines[i], lines[k], NAME_PERSON);
            score_words(lines[i], lines[k], NAME_GROUP);
        }
}

static void test_reasons_add_up(void)
{
    struct likeness_reason reasons[LIKENESS_REASONS], none[LIKENESS_REASONS];
    struct arena *a = arena_new();
    GString *answers = g_string_new(NULL);
    const struct name_form *x = name_form_make(
        likeness, a, (struct str){"Selim Karun", 11}, NAME_PERSON);
    const struct name_form *y = name_form_make(
        likeness, a, (struct str){"Saleem Tarvin", 13}, NAME_PERSON);

    names_explain(likeness, x, y, reasons);
    names_explain(likeness, y, x, none);
    for (int i = 0; i < LIKENESS_REASONS; i++) {
        g_assert_true(*reasons[i].name && *reasons[i].words);
        g_assert_cmpfloat(reasons[i].weight, ==, none[i].weight);
    }
    names_answers(likeness, x, y, answers);
    g_assert_true(g_str_has_prefix(answers->str, "selim ~ salim 0."));
    g_assert_true(g_str_has_suffix(answers->str, "; left: karun, tarvin"));
    g_string_free(answers, TRUE);
    arena_free(a);
}

static void test_empty(void)
{
    score_words("", "", NAME_PERSON);
    score_words("", "Selim", NAME_PERSON);
    score_words("...", "---", NAME_GROUP);
    score_words("()", "[", NAME_PLACE);
    g_assert_cmpfloat(score_words("", "Selim", NAME_PERSON), <, 0.5);
    g_assert_cmpfloat(score_words("", "", NAME_PERSON), <, 0.5);
}

static void test_not_text(void)
{
    static const char bytes[] = "Selim\0Karun\xFF\xC3\x28 Rafi\xE2\x82";
    const struct str name = {bytes, sizeof bytes - 1};

    score(name, name, NAME_PERSON);
    score(name, (struct str){"Selim Karun", 11}, NAME_GROUP);
    for (size_t i = 0; i < name.len; i++)
        score((struct str){bytes + i, name.len - i}, name, NAME_PLACE);
}

static void test_long(void)
{
    static const char *const parts[] = {
        "Selim ", "A", "\xD8\xA7\xD9\x84", "\xE9\x87\x91", "(x) ",
        "abdul",  "1", "\xCC\x81"};

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        GString *name = g_string_new(NULL);

        for (int k = 0; k < 10000; k++)
            g_string_append(name, parts[i]);
        for (int kind = NAME_PERSON; kind <= NAME_PLACE; kind++)
            score(
                (struct str){name->str, name->len},
                (struct str){name->str + 3, name->len - 3},
                (enum name_kind)kind);
        g_string_free(name, TRUE);
    }
}

/* Random bytes and letters of several scripts. */
static void test_noise(void)
{
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    static const char *const scraps[] = {
        "a",
        "k",
        "sh",
        " ",
        "-",
        ".",
        ",",
        "(",
        ")",
        "II",
        "7",
        "'",
        "\xD8\xB4",
        "\xD9\x88",
        "\xD0\xB6",
        "\xD1\x8F",
        "\xCE\xBE",
        "\xD7\xA9",
        "\xED\x95\x9C",
        "\xFF",
        "\xC3",
        "Ltd",
        "al-",
        "abd"};

    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) left = g_string_new(NULL);
        g_autoptr(GString) right = g_string_new(NULL);

        for (int k = g_rand_int_range(chance, 0, 40); k > 0; k--) {
            int at = g_rand_int_range(chance, 0, G_N_ELEMENTS(scraps));

            g_string_append(left, scraps[at]);
            if (g_rand_boolean(chance))
                g_string_append(right, scraps[at]);
        }
        score(
            (struct str){left->str, left->len},
            (struct str){right->str, right->len}, (enum name_kind)(i % 3));
    }
}

/* --- faults ------------------------------------------------------------- */

static void copy_folder(const char *from, const char *to)
{
    static const char *const files[] = {"letters.tsv",   "name-variants.tsv",
                                        "countries.tsv", "name-weights.tsv",
                                        "sounds.tsv",    "names.tsv"};

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *source = g_build_filename(from, files[i], NULL);
        g_autofree char *target = g_build_filename(to, files[i], NULL);
        g_autofree char *content = NULL;
        gsize size;

        if (g_file_get_contents(source, &content, &size, NULL))
            g_assert_true(
                g_file_set_contents(target, content, (gssize)size, NULL));
    }
}

static void expect_fault(const char *file, const char *content)
{
    g_autofree char *dir = g_dir_make_tmp("attest-likeness-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(dir, file, NULL);
    g_autofree char *remove = g_strdup_printf("rm -rf '%s'", dir);
    g_autoptr(GError) error = NULL;

    copy_folder(TEST_LEXICON, dir);
    copy_folder(TEST_MODELS, dir);
    g_assert_true(g_file_set_contents(path, content, -1, NULL));
    g_assert_null(likeness_load(words, dir, dir, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, file));
    g_assert_cmpint(
        g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL), ==, TRUE);
}

static void test_faults(void)
{
    expect_fault("letters.tsv", "letters\tsounds\texample\nq\tabcd\t-\n");
    expect_fault("letters.tsv", "letters\tsounds\texample\nq\t?\t-\n");
    expect_fault(
        "letters.tsv", "letters\tsounds\texample\n\xE9\x87\x91\ta\t-\n");
    expect_fault(
        "name-variants.tsv", "word\tkind\tsame_as\texample\nltd\tform\t-\t-\n");
    expect_fault(
        "name-variants.tsv",
        "word\tkind\tsame_as\texample\ntwo words\tword\t-\t-\n");
    expect_fault(
        "name-weights.tsv", "word\tperson\tgroup\tplace\na\t1\t2\t256\n");
    expect_fault(
        "sounds.tsv", "scripts\tsound\tother\tscore\ngreek\ta\ta\t1\n");
    expect_fault(
        "sounds.tsv", "scripts\tsound\tother\tscore\nlatin\taa\ta\t1\n");
    expect_fault(
        "sounds.tsv", "scripts\tsound\tother\tscore\nlatin\ta\ta\tnan\n");
    expect_fault(
        "names.tsv", "kind\tfigure\tfrom\tweight\nperson\tluck\t1\t1\n");
    expect_fault(
        "names.tsv", "kind\tfigure\tfrom\tweight\nperson\torder\t1\t1\nperson\t"
                     "order\t1\t2\n");
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    words = identity_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    likeness = likeness_load(words, TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    g_test_add_func("/likeness/pairs", test_pairs);
    g_test_add_func("/likeness/same-is-top", test_same_is_top);
    g_test_add_func("/likeness/any-two", test_any_two);
    g_test_add_func("/likeness/reasons", test_reasons_add_up);
    g_test_add_func("/likeness/empty", test_empty);
    g_test_add_func("/likeness/not-text", test_not_text);
    g_test_add_func("/likeness/long", test_long);
    g_test_add_func("/likeness/noise", test_noise);
    g_test_add_func("/likeness/faults", test_faults);
    status = g_test_run();
    likeness_free(likeness);
    identity_free(words);
    return status;
}
