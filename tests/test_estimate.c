/*
 * Estimates from lists, against published examples and fits of R; where the
 * figures come from stands in the files of tests/data/estimate.
 */
#include <math.h>
#include <string.h>

#include "events/events.h"

static struct table *open_table(const char *name, const char *columns)
{
    GError *error = NULL;
    struct table *t =
        table_load(TEST_DIR "/data/estimate", name, columns, &error);

    g_assert_no_error(error);
    return t;
}

static double number(const struct table *t, size_t row, size_t column)
{
    return g_ascii_strtod(table_cell(t, row, column), NULL);
}

static struct captures load_captures(const char *name)
{
    struct table *t = open_table("tables.tsv", "table\tlists\tset\tcount");
    struct captures c = {0};

    for (size_t i = 0; i < table_count(t); i++)
        if (!strcmp(table_cell(t, i, 0), name)) {
            c.lists = (uint32_t)number(t, i, 1);
            c.counts[(int)number(t, i, 2)] = number(t, i, 3);
        }
    table_free(t);
    g_assert_cmpuint(c.lists, >, 0);
    return c;
}

static struct captures two_lists(double only_a, double only_b, double both)
{
    return (struct captures){.lists = 2, .counts = {0, only_a, only_b, both}};
}

static struct pair_count take(double only_a, double only_b, double both)
{
    struct captures c = two_lists(only_a, only_b, both);
    struct pair_count p;

    pair_take(&c, 0, 1, &p);
    return p;
}

/* --- two lists ----------------------------------------------------------- */

static void check_rounded(const struct table *t, size_t row, int at, double x)
{
    if (*table_cell(t, row, (size_t)at))
        g_assert_cmpfloat(round(x), ==, number(t, row, (size_t)at));
}

static void test_published_pairs(void)
{
    struct table *t = open_table(
        "chapman.tsv", "origin\tfirst\tsecond\tboth\ttotal\terror\tlow\thigh");

    for (size_t i = 0; i < table_count(t); i++) {
        double both = number(t, i, 3);
        struct pair_count p =
            take(number(t, i, 1) - both, number(t, i, 2) - both, both);

        check_rounded(t, i, 4, p.total.value);
        check_rounded(t, i, 5, sqrt(p.variance));
        check_rounded(t, i, 6, p.total.low);
        check_rounded(t, i, 7, p.total.high);
    }
    table_free(t);
}

static void test_pairs_at_the_edge(void)
{
    static const double counts[][3] = {{0, 0, 0}, {5, 7, 0}, {0, 0, 9},
                                       {0, 4, 9}, {1, 1, 1}, {1e6, 1e6, 0}};

    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        struct pair_count p = take(counts[i][0], counts[i][1], counts[i][2]);
        double seen = counts[i][0] + counts[i][1] + counts[i][2];

        g_assert_true(isfinite(p.total.value) && isfinite(p.total.high));
        g_assert_cmpfloat(p.total.value, >=, seen);
        g_assert_cmpfloat(p.total.low, >=, seen);
        g_assert_cmpfloat(p.total.low, <=, p.total.high);
        g_assert_cmpfloat(p.variance, >=, 0);
    }
}

/* --- log-linear models ---------------------------------------------------- */

static const struct model *find_model(const struct models *all, uint32_t pairs)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (all->at[i].pairs == pairs)
            return &all->at[i];
    g_assert_not_reached();
}

#define CHECK_NEAR(a, b, part)                                                 \
    g_assert_cmpfloat_with_epsilon(a, b, (part) * (1 + fabs((double)(b))))

static void test_fits_of_r(void)
{
    struct table *t =
        open_table("glm.tsv", "table\tpairs\tdeviance\taic\ttotal\tse");
    struct arena *a = arena_new();
    const struct models *all = NULL;

    for (size_t i = 0; i < table_count(t); i++) {
        struct captures c = load_captures(table_cell(t, i, 0));
        const struct model *m;
        double variance;

        if (!i || strcmp(table_cell(t, i, 0), table_cell(t, i - 1, 0)))
            all = models_fit(a, &c);
        m = find_model(all, (uint32_t)number(t, i, 1));
        variance = m->log_variance - exp(-m->log_unseen);
        g_assert_true(m->is_fitted);
        CHECK_NEAR(m->deviance, number(t, i, 2), 2e-6);
        CHECK_NEAR(m->aic, number(t, i, 3), 2e-6);
        CHECK_NEAR(m->total.value, number(t, i, 4), 2e-6);
        CHECK_NEAR(sqrt(variance), number(t, i, 5), 2e-6);
    }
    arena_free(a);
    table_free(t);
}

static void test_profiles(void)
{
    struct table *t = open_table("profile.tsv", "table\tpairs\tlow\thigh");
    struct arena *a = arena_new();

    for (size_t i = 0; i < table_count(t); i++) {
        struct captures c = load_captures(table_cell(t, i, 0));
        struct model m =
            *find_model(models_fit(a, &c), (uint32_t)number(t, i, 1));

        model_range(&c, &m);
        CHECK_NEAR(m.total.low, number(t, i, 2), 1e-5);
        CHECK_NEAR(m.total.high, number(t, i, 3), 1e-5);
        arena_reset(a);
    }
    arena_free(a);
    table_free(t);
}

static void test_weights(void)
{
    struct captures c = load_captures("diabetes");
    struct arena *a = arena_new();
    const struct models *all = models_fit(a, &c);
    double sum = 0;

    g_assert_cmpuint(all->count, ==, 65);
    g_assert_cmpuint(all->fitted, ==, 65);
    for (uint32_t i = 0; i < all->count; i++) {
        sum += all->at[i].weight;
        g_assert_true(!i || all->at[i].bic >= all->at[i - 1].bic);
    }
    CHECK_NEAR(sum, 1, 1e-9);
    g_assert_cmpfloat(all->total.low, <, all->total.value);
    g_assert_cmpfloat(all->total.value, <, all->total.high);
    arena_free(a);
}

/* Nothing is certain of tables like these; nothing may fail either. */
static void test_models_at_the_edge(void)
{
    struct arena *a = arena_new();

    for (uint32_t seed = 0; seed < 300; seed++) {
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        struct captures c = {.lists = 3 + seed % 3};
        struct models *all;
        uint32_t count;

        for (uint32_t i = 1; i < 1U << c.lists; i++)
            c.counts[i] = seed == 0 ? 0
                                    : g_rand_int_range(random, 0, 3) / 2 *
                                          g_rand_int_range(random, 0, 9);
        all = models_fit(a, &c);
        for (uint32_t i = 0; i < MIN(all->fitted, 5); i++) {
            model_range(&c, &all->at[i]);
            g_assert_cmpfloat(all->at[i].total.low, >=, captures_sum(&c));
            g_assert_cmpfloat(all->at[i].total.low, <=, all->at[i].total.high);
            g_assert_true(isfinite(all->at[i].total.value));
        }
        warnings_find(a, &c, all, &count);
        arena_reset(a);
    }
    arena_free(a);
}

/* Lists of whom nobody is on both tell of that pair only that it is apart. */
static void test_pair_without_overlap(void)
{
    struct arena *a = arena_new();
    struct captures c = {.lists = 3, .counts = {0, 60, 50, 0, 40, 9, 8, 0}};
    struct models *all = models_fit(a, &c);
    const struct model *m = find_model(all, 1);

    /* Without the cells of both: 60 and 50 against 9 and 8 of the 40. */
    g_assert_true(m->is_fitted);
    CHECK_NEAR(m->total.value, 167 + 110.0 * 40 / 17, 1e-6);
    arena_free(a);
}

/* --- lists ------------------------------------------------------------------ */

static void test_roll(void)
{
    struct roll *r = roll_new();
    struct arena *a = arena_new();
    const char *const some[] = {"l0", "l3", NULL}, *const none[] = {"x", NULL};
    const char *unknown = NULL;
    struct captures c;

    for (uint32_t person = 0; person < 40; person++)
        for (uint32_t list = 0; list < 8; list++) {
            g_autofree char *name = g_strdup_printf("p%u", person);
            g_autofree char *on = g_strdup_printf("l%u", list);
            uint32_t p = roll_add_person(r, name), l = roll_add_list(r, on);

            if (person % (list + 2) == 0) {
                g_assert_true(roll_add(r, p, l));
                g_assert_false(roll_add(r, p, l));
            }
        }
    roll_add_list(r, "nobody's");
    g_assert_true(roll_count(r, a, NULL, &c, &unknown));
    g_assert_cmpuint(c.lists, ==, LISTS_MOST);
    g_assert_cmpuint(c.pooled, ==, 4);
    g_assert_cmpstr(c.names[0], ==, "l0");
    g_assert_cmpstr(c.names[4], ==, "the 4 others");
    g_assert_true(roll_count(r, a, some, &c, &unknown));
    g_assert_cmpuint(c.lists, ==, 2);
    g_assert_cmpfloat(c.counts[1], ==, 16); /* even, not by five */
    g_assert_cmpfloat(c.counts[2], ==, 4);
    g_assert_cmpfloat(c.counts[3], ==, 4);
    g_assert_false(roll_count(r, a, none, &c, &unknown));
    g_assert_cmpstr(unknown, ==, "x");
    roll_free(r);
    arena_free(a);
}

/* --- warnings --------------------------------------------------------------- */

static bool warns(const struct captures *c, enum warning_kind kind)
{
    struct arena *a = arena_new();
    const struct models *all = c->lists > 2 ? models_fit(a, c) : NULL;
    uint32_t count;
    const struct warning *w = warnings_find(a, c, all, &count);
    bool found = false;

    for (uint32_t i = 0; i < count; i++)
        found = found || w[i].kind == kind;
    arena_free(a);
    return found;
}

static void test_warnings(void)
{
    struct captures apart = two_lists(50, 60, 0), thin = two_lists(50, 60, 3);
    struct captures same = two_lists(0, 0, 9), nested = two_lists(0, 30, 20);
    struct captures good = two_lists(50, 60, 40);
    struct captures hav = load_captures("hav");
    struct captures spina = load_captures("spina");

    g_assert_true(warns(&apart, WARNING_NO_OVERLAP));
    g_assert_true(warns(&apart, WARNING_WIDE));
    g_assert_true(warns(&thin, WARNING_THIN));
    g_assert_true(warns(&same, WARNING_SAME) && warns(&same, WARNING_FEW));
    g_assert_true(warns(&nested, WARNING_NESTED));
    for (int kind = 0; kind <= WARNING_WIDE; kind++)
        g_assert_false(warns(&good, (enum warning_kind)kind));
    g_assert_true(warns(&hav, WARNING_TOGETHER));
    g_assert_true(warns(&spina, WARNING_APART)); /* death, rehabilitation */
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    g_test_add_func("/estimate/published-pairs", test_published_pairs);
    g_test_add_func("/estimate/pairs-at-the-edge", test_pairs_at_the_edge);
    g_test_add_func("/estimate/fits-of-r", test_fits_of_r);
    g_test_add_func("/estimate/profiles", test_profiles);
    g_test_add_func("/estimate/weights", test_weights);
    g_test_add_func("/estimate/models-at-the-edge", test_models_at_the_edge);
    g_test_add_func("/estimate/no-overlap", test_pair_without_overlap);
    g_test_add_func("/estimate/roll", test_roll);
    g_test_add_func("/estimate/warnings", test_warnings);
    return g_test_run();
}
