/* Where on earth places are, by what a document says. */
#include "identity/identity.h"

#include <glib/gstdio.h>
#include <string.h>

static struct identity_words *words;
static struct gazetteer *gazetteer;

enum { NAMES_MOST = 8 };

/* The country of the first of the names in that text, and its kind; NULL: not
   found. */
static const struct spot *find_first(const char *text, const char *const *names)
{
    struct arena *a = arena_new();
    struct whereabout places[NAMES_MOST] = {{0}};
    const struct spot *found;
    uint32_t count = 0;

    for (; names[count]; count++) {
        places[count].name = names[count];
        places[count].beside = NOWHERE;
    }
    places_find(gazetteer, a, (struct str){text, strlen(text)}, places, count);
    found = gazetteer_spot(gazetteer, places[0].spot);
    arena_free(a);
    return found;
}

static void expect(const char *text, const char *name, const char *country)
{
    const struct spot *found =
        find_first(text, (const char *const[]){name, NULL});

    if (g_utf8_validate(text, -1, NULL))
        g_test_message("%s: %s", text, name);
    g_assert_cmpstr(found ? found->country : NULL, ==, country);
}

static bool is_empty(void)
{
    if (gazetteer_spot(gazetteer, 0))
        return false;
    g_test_skip("built without GeoNames");
    return true;
}

static void test_countries(void)
{
    if (is_empty())
        return;
    expect("Syrian forces shelled Aleppo.", "Aleppo", "SY");
    expect("Libyan police were in Tripoli.", "Tripoli", "LY");
    expect("Lebanese police were in Tripoli.", "Tripoli", "LB");
    expect("He went to Paris.", "Paris", "FR");
    expect("Syria", "Syria", "SY");
    expect("The Syrian town of حمص", "حمص", "SY");
    expect("In Syria, fighting went on in al-Hasakah.", "al-Hasakah", "SY");
}

static void test_open(void)
{
    if (is_empty())
        return;
    expect("He went to Meridian.", "Meridian", NULL);
    expect("Syrian forces shelled Kafr Nowhere.", "Kafr Nowhere", NULL);
    expect("He went to Port Selm in Velmara.", "Port Selm", NULL);
}

static void test_inside(void)
{
    struct arena *a = arena_new();
    struct whereabout places[] = {
        {.name = "Tripoli", .link = PLACE_IN, .beside = 1},
        {.name = "Lebanon", .beside = NOWHERE}};
    const char text[] = "Libyan and Syrian men met in Tripoli, Lebanon.";
    const struct spot *found;

    places_find(
        gazetteer, a, (struct str){text, strlen(text)}, places,
        G_N_ELEMENTS(places));
    found = gazetteer_spot(gazetteer, places[0].spot);
    if (!is_empty())
        g_assert_cmpstr(found ? found->country : NULL, ==, "LB");
    arena_free(a);
}

static void test_links(void)
{
    static const struct {
        const char *words;
        enum place_relation relation;
    } cases[] = {
        {", a village near ", PLACE_NEAR},
        {" in ", PLACE_IN},
        {", ", PLACE_LISTED},
        {", 12 km north of the ", PLACE_NEAR},
        {" and ", PLACE_ALONE},
        {". In ", PLACE_ALONE},
        {"", PLACE_ALONE},
        {" was shelled from ", PLACE_ALONE},
    };
    struct arena *a = arena_new();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct str s = {cases[i].words, strlen(cases[i].words)};

        g_test_message("'%s'", cases[i].words);
        g_assert_cmpint(
            place_relation_find(gazetteer, a, s), ==, cases[i].relation);
    }
    arena_free(a);
}

static void test_hostile(void)
{
    static const char *const names[] = {"",    " ",        "a",    "the",
                                        "al-", "\xff\xfe", "\t\n", "---"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        expect("Text without \xff sense", names[i], NULL);
}

/* --- faults ------------------------------------------------------------------ */

static void expect_fault(const char *file, const char *content)
{
    g_autofree char *dir = g_dir_make_tmp("attest-places-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(dir, file, NULL);
    g_autofree char *copy =
        g_strdup_printf("sh -c 'cp %s/*.tsv %s'", TEST_LEXICON, dir);
    g_autofree char *remove = g_strdup_printf("rm -rf '%s'", dir);
    g_autoptr(GError) error = NULL;
    struct identity_words *w;

    g_assert_true(g_spawn_command_line_sync(copy, NULL, NULL, NULL, NULL));
    g_assert_true(g_file_set_contents(path, content, -1, NULL));
    w = identity_load(dir, &error);
    if (w)
        g_assert_null(gazetteer_load(w, dir, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, file));
    identity_free(w);
    g_assert_true(g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL));
}

static void test_faults(void)
{
    expect_fault("place-links.tsv", "words\tmeans\texample\nby\taside\t-\n");
    expect_fault("name-opposites.tsv", "word\tmeans\texample\nnorth\t-\t-\n");
    expect_fault("common-bodies.tsv", "word\texample\narmy\t-\narmy\t-\n");
    expect_fault("countries.tsv", "code\tnames\nSYR\tSyria\n");
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    words = identity_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    gazetteer = gazetteer_load(words, TEST_LEXICON, &error);
    g_assert_no_error(error);
    g_test_add_func("/places/countries", test_countries);
    g_test_add_func("/places/open", test_open);
    g_test_add_func("/places/inside", test_inside);
    g_test_add_func("/places/links", test_links);
    g_test_add_func("/places/hostile", test_hostile);
    g_test_add_func("/places/faults", test_faults);
    status = g_test_run();
    gazetteer_free(gazetteer);
    identity_free(words);
    return status;
}
