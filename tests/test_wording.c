/* Copies compared: how much of one text stands in another, which words differ,
   and what a text says of where it was taken from. */
#include <string.h>

#include "events/events.h"

static struct wording make(struct arena *a, const char *text)
{
    struct str str = {text, strlen(text)};
    struct wording w;

    wording_make(a, &w, str, (struct span){0, (uint32_t)str.len});
    return w;
}

/* A text of its own: words that depend on `seed` alone. */
static char *make_story(uint32_t seed, int words, int of)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    GString *out = g_string_new(NULL);

    for (int i = 0; i < words; i++)
        g_string_append_printf(out, "w%d ", g_rand_int_range(random, 0, of));
    return g_string_free(out, FALSE);
}

/* --- words and shares ----------------------------------------------------- */

static void test_words(void)
{
    struct arena *a = arena_new();
    struct wording w = make(
        a, "He\xE2\x80\x99s here \xE2\x80\x93 \xE2\x80\x9CGo,\xE2\x80\x9D she "
           "said.");
    struct wording v = make(a, "He's here - \"Go,\" she said.");

    g_assert_cmpuint(w.count, ==, 10);
    g_assert_cmpuint(w.words, ==, 5);
    g_assert_cmpuint(v.count, ==, w.count);
    for (uint32_t i = 0; i < w.count; i++)
        g_assert_cmpuint(w.at[i].exact, ==, v.at[i].exact);
    g_assert_true(w.at[4].is_quoted && v.at[4].is_quoted);  /* Go */
    g_assert_false(w.at[8].is_quoted || v.at[8].is_quoted); /* said */
    arena_free(a);
}

static void test_shares(void)
{
    static const struct {
        const char *of, *in;
        double share;
    } rows[] = {
        {"a b c d e f g h", "x a b c d e f g h y", 1},
        {"x a b c d e y z", "a b c d e", 5.0 / 8},
        {"A, B; c. D - e!", "a b c d e", 1},
        {"a b c d", "a b c d e", 0}, /* too short to tell */
        {"a b c d", "a b c d", 1},
        {"a b c d e", "", 0},
        {"", "a b c d e", 0},
        {"", "", 0},
    };
    struct arena *a = arena_new();

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct wording of = make(a, rows[i].of), in = make(a, rows[i].in);

        g_assert_cmpfloat_with_epsilon(
            wording_share(&of, &in, NULL), rows[i].share, 1e-9);
    }
    arena_free(a);
}

static void test_quoted(void)
{
    struct arena *a = arena_new();
    struct wording letter =
        make(a, "They took my son at night and nobody says where he is");
    struct wording report = make(
        a, "The father wrote: \"They took my son at night and nobody says "
           "where he is.\" The office did not answer his letter of May.");

    g_assert_cmpfloat(wording_quoted(&report, &letter), ==, 1);
    g_assert_cmpfloat(wording_quoted(&letter, &report), ==, 0);
    arena_free(a);
}

/* --- differences ---------------------------------------------------------- */

/* "same [-gone-] {+new+}" */
static char *print_difference(const char *first, const char *second)
{
    struct arena *a = arena_new();
    struct wording x = make(a, first), y = make(a, second);
    GString *out = g_string_new(NULL);
    static const char *const open[] = {"", "[-", "{+"};
    static const char *const close[] = {"", "-]", "+}"};
    uint32_t count;
    struct piece *p = wording_compare(a, &x, &y, &count);

    for (uint32_t i = 0; i < count; i++) {
        const char *text = p[i].kind == PIECE_GONE ? first : second;

        g_string_append_printf(
            out, "%s%s%.*s%s", i ? " " : "", open[p[i].kind],
            (int)(p[i].span.to - p[i].span.from), text + p[i].span.from,
            close[p[i].kind]);
    }
    arena_free(a);
    return g_string_free(out, FALSE);
}

static void test_differences(void)
{
    static const struct {
        const char *first, *second, *result;
    } rows[] = {
        {"He was beaten.", "He was beaten.", "He was beaten."},
        {"at least 40 men were held", "at least 41 men were held",
         "at least [-40-] {+41+} men were held"},
        {"They left the camp.", "They left the camp on Monday.",
         "They left the camp {+on Monday+} ."},
        {"a b c d", "", "[-a b c d-]"},
        {"", "a b", "{+a b+}"},
        {"", "", ""},
        {"The Union held 40 men", "The terrorist union held 40 men",
         "The [-Union-] {+terrorist union+} held 40 men"},
        /* "the" alone in other words is not what stayed of them */
        {"Police closed the road again", "Nobody saw the guards there",
         "[-Police closed the road again-] {+Nobody saw the guards there+}"},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *result =
            print_difference(rows[i].first, rows[i].second);

        g_assert_cmpstr(result, ==, rows[i].result);
    }
}

/* The pieces put together give both texts, whatever these are. */
static void check_pieces(const char *first, const char *second)
{
    struct arena *a = arena_new();
    struct wording x = make(a, first), y = make(a, second);
    uint32_t count, i1 = 0, i2 = 0;
    struct piece *p = wording_compare(a, &x, &y, &count);

    for (uint32_t i = 0; i < count; i++) {
        bool gone = p[i].kind == PIECE_GONE, new = p[i].kind == PIECE_NEW;
        const struct wording *w = gone ? &x : &y;

        g_assert_cmpuint(w->at[gone ? i1 : i2].span.from, ==, p[i].span.from);
        for (uint32_t k = gone ? i1 : i2;
             k < w->count && w->at[k].span.to <= p[i].span.to; k++) {
            i1 += !new;
            i2 += !gone;
        }
    }
    g_assert_cmpuint(i1, ==, x.count);
    g_assert_cmpuint(i2, ==, y.count);
    arena_free(a);
}

static void test_any_texts(void)
{
    for (uint32_t seed = 0; seed < 200; seed++) {
        g_autofree char *x = make_story(seed, (int)seed % 70, 12);
        g_autofree char *y = make_story(seed + 1000, (int)(seed * 7) % 90, 12);

        check_pieces(x, y);
    }
}

/* In good time also where nothing is alike, or nothing stands once. */
static void test_long_texts(void)
{
    static const int variety[] = {3, 50000};

    for (size_t i = 0; i < G_N_ELEMENTS(variety); i++) {
        g_autofree char *x = make_story(1, 60000, variety[i]);
        g_autofree char *y = make_story(2, 60000, variety[i]);
        g_autofree char *both = g_strconcat(y, x, y, NULL);

        check_pieces(x, y);
        check_pieces(x, both);
    }
}

/* --- origins -------------------------------------------------------------- */

static void test_origins(void)
{
    static const struct {
        const char *text, *publisher;
        bool named;
    } rows[] = {
        {"SELM (VNA) - Two men were taken", "Velmara News Agency", true},
        {"told the Velmara News Agency on Monday", "Velmara News Agency", true},
        {"the CVNAB said", "Velmara News Agency", false},
        {"The Lantern wrote that", "The Lantern", true},
        {"lanterns hung from the wall", "The Lantern", false},
        {"an HP printer", "Harbour Post", false},
        {"", "Harbour Post", false},
        {"anything", "", false},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct str text = {rows[i].text, strlen(rows[i].text)};

        if (origin_names(text, rows[i].publisher) != rows[i].named)
            g_test_message("%s", rows[i].text);
        g_assert_true(origin_names(text, rows[i].publisher) == rows[i].named);
    }
}

static void test_credits(void)
{
    static const struct {
        const char *text, *credit;
    } rows[] = {
        {"ORHEM (VNA) - The Union", "VNA"},
        {"ORHEM (Northern Wire)\xE2\x80\x94The Union", "Northern Wire"},
        {"ORHEM (VNA), The Union", ""},
        {"The Union (the sect) - as", ""},
        {"(", ""},
        {"A (B", ""},
        {"", ""},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct str text = {rows[i].text, strlen(rows[i].text)};
        struct span s =
            origin_credit(text, (struct span){0, (uint32_t)text.len});
        g_autofree char *found = g_strndup(text.at + s.from, s.to - s.from);

        g_assert_cmpstr(found, ==, rows[i].credit);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/wording/words", test_words);
    g_test_add_func("/wording/shares", test_shares);
    g_test_add_func("/wording/quoted", test_quoted);
    g_test_add_func("/difference/short", test_differences);
    g_test_add_func("/difference/any", test_any_texts);
    g_test_add_func("/difference/long", test_long_texts);
    g_test_add_func("/origin/names", test_origins);
    g_test_add_func("/origin/credits", test_credits);
    return g_test_run();
}
