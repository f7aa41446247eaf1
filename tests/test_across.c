/* Who is who across documents: tests/data/identity-across, and what holds of
   names and rulings whatever they are. */
#include "identity/identity.h"

#include <stdlib.h>
#include <string.h>

static struct identity_words *words;
static struct likeness *likeness;

/* Documents made by hand, and who is meant. */
struct cast {
    struct arena *a;
    GArray *sightings, *spellings, *truth; /* truth: 0 nobody knows */
    GHashTable *known;
    uint32_t documents;
    struct sightings all;
};

static struct cast *cast_new(void)
{
    struct cast *c = g_new0(struct cast, 1);

    c->a = arena_new();
    c->sightings = g_array_new(FALSE, FALSE, sizeof(struct sighting));
    c->spellings = g_array_new(FALSE, FALSE, sizeof(struct spelling));
    c->truth = g_array_new(FALSE, FALSE, sizeof(int));
    c->known = g_hash_table_new(g_str_hash, g_str_equal);
    return c;
}

static void cast_free(struct cast *c)
{
    g_array_free(c->sightings, TRUE);
    g_array_free(c->spellings, TRUE);
    g_array_free(c->truth, TRUE);
    g_hash_table_unref(c->known);
    arena_free(c->a);
    g_free(c);
}

static uint32_t
find_spelling(struct cast *c, enum name_kind kind, const char *name)
{
    const char *key = identity_key(words, c->a, name, kind);
    const char *both = arena_print(c->a, "%d %s", (int)kind, key);
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(c->known, both));
    struct spelling s = {kind, arena_copy(c->a, name, strlen(name)), key, NULL};

    if (at)
        return at - 1;
    g_array_append_val(c->spellings, s);
    g_hash_table_insert(
        c->known, (char *)both, GUINT_TO_POINTER(c->spellings->len));
    return c->spellings->len - 1;
}

static uint32_t add_sighting(
    struct cast *c, enum name_kind kind, const char *name, enum gender gender,
    int truth)
{
    struct sighting s = {
        .document = c->documents,
        .spelling = find_spelling(c, kind, name),
        .gender = gender,
        .site = NOWHERE};

    g_array_append_val(c->sightings, s);
    g_array_append_val(c->truth, truth);
    return c->sightings->len - 1;
}

static struct joined
join(struct cast *c, const struct ruling *rulings, uint32_t count)
{
    c->all = (struct sightings){
        .at = (struct sighting *)(void *)c->sightings->data,
        .spellings = (struct spelling *)(void *)c->spellings->data,
        .count = c->sightings->len,
        .spelling_count = c->spellings->len,
        .document_count = c->documents};
    return sightings_join(likeness, c->a, &c->all, rulings, count);
}

/* --- the documents ------------------------------------------------------------ */

/* "p:Sara Ilvik=2/f" */
static void read_name(struct cast *c, const char *cell)
{
    enum name_kind kind = *cell == 'p'   ? NAME_PERSON
                          : *cell == 'g' ? NAME_GROUP
                                         : NAME_PLACE;
    const char *equals = strrchr(cell, '='), *slash = strrchr(cell, '/');
    char *name = g_strndup(cell + 2, (gsize)(equals - cell - 2));
    enum gender gender = !slash || slash < equals ? GENDER_OPEN
                         : slash[1] == 'm'        ? GENDER_MALE
                                                  : GENDER_FEMALE;

    add_sighting(c, kind, name, gender, atoi(equals + 1));
    g_free(name);
}

/* The documents whose names begin with one of the letters. */
static struct cast *read_documents(const char *letters)
{
    struct cast *c = cast_new();
    g_autofree char *content = NULL;
    g_auto(GStrv) lines = NULL;

    g_assert_true(g_file_get_contents(
        TEST_DIR "/data/identity-across/documents.tsv", &content, NULL, NULL));
    lines = g_strsplit(content, "\n", -1);
    for (char **line = lines; *line; line++) {
        const char *tab = strchr(*line, '\t');
        g_auto(GStrv) names = NULL;

        if (!tab || **line == '#' || !strchr(letters, **line) ||
            g_str_has_prefix(*line, "document"))
            continue;
        names = g_strsplit(tab + 1, "; ", -1);
        for (char **name = names; *name; name++)
            read_name(c, *name);
        c->documents++;
    }
    return c;
}

struct score {
    uint32_t right, wrong, missed, proposed;
};

static bool is_true(const struct cast *c, uint32_t i, uint32_t k)
{
    int x = g_array_index(c->truth, int, i),
        y = g_array_index(c->truth, int, k);

    return x && x == y;
}

/* Of pairs that are one and were not joined, are they told of? */
static bool is_proposed(const struct joined *j, uint32_t i, uint32_t k)
{
    uint32_t x = j->first[i], y = j->first[k];

    for (uint32_t b = 0; b < j->bond_count; b++) {
        uint32_t p = j->first[j->bonds[b].one], q = j->first[j->bonds[b].other];

        if ((p == x && q == y) || (p == y && q == x))
            return true;
    }
    return false;
}

static const char *name_at(const struct cast *c, uint32_t i)
{
    return c->all.spellings[c->all.at[i].spelling].words;
}

static struct score score_pairs(const struct cast *c, const struct joined *j)
{
    struct score s = {0};

    for (uint32_t i = 0; i < c->all.count; i++)
        for (uint32_t k = i + 1; k < c->all.count; k++) {
            bool same = j->first[i] == j->first[k];

            if (same && !is_true(c, i, k)) {
                g_test_message("wrong: %s, %s", name_at(c, i), name_at(c, k));
                s.wrong++;
            } else if (same) {
                s.right++;
            } else if (is_true(c, i, k)) {
                s.missed++;
                s.proposed += is_proposed(j, i, k);
                g_test_message(
                    "%s: %s, %s", is_proposed(j, i, k) ? "perhaps" : "missed",
                    name_at(c, i), name_at(c, k));
            }
        }
    return s;
}

/* Names that are written the same, and nothing else. */
static void tell_equal(const struct cast *c, const char *letters)
{
    uint32_t right = 0, wrong = 0;

    for (uint32_t i = 0; i < c->all.count; i++)
        for (uint32_t k = i + 1; k < c->all.count; k++) {
            bool same = c->all.at[i].spelling == c->all.at[k].spelling;

            right += same && is_true(c, i, k);
            wrong += same && !is_true(c, i, k);
        }
    g_test_message(
        "%s: by equal names alone %u right, %u wrong", letters, right, wrong);
}

static void test_documents(const char *letters, double least)
{
    enum { UNTOLD_MOST = 4 };
    struct cast *c = read_documents(letters);
    struct joined j = join(c, NULL, 0);
    struct score s = score_pairs(c, &j);
    double recall = (double)s.right / (s.right + s.missed);
    double precision = (double)s.right / MAX(s.right + s.wrong, 1);

    g_test_message(
        "%s: %u sightings, %u names; pairs joined rightly %u, wrongly %u; "
        "missed %u, of these proposed %u; precision %.3f, recall %.3f, F1 %.3f",
        letters, c->all.count, c->all.spelling_count, s.right, s.wrong,
        s.missed, s.proposed, precision, recall,
        2 * precision * recall / (precision + recall));
    tell_equal(c, letters);
    g_assert_cmpuint(s.wrong, ==, 0);
    g_assert_cmpuint(s.missed, <=, s.proposed + UNTOLD_MOST);
    g_assert_cmpfloat(recall, >=, least);
    cast_free(c);
}

static void test_seen(void)
{
    test_documents("abcd", 0.8);
}

static void test_held_back(void)
{
    test_documents("tu", 0.86);
}

static void test_held_back_again(void)
{
    test_documents("vw", 0.88);
}

static void test_all(void)
{
    test_documents("abcdtuvw", 0.85);
}

/* --- rulings ------------------------------------------------------------------- */

static void test_rulings(void)
{
    struct cast *c = cast_new();
    uint32_t at[4];
    struct joined j;
    struct ruling chain[] = {
        {0, 2, true}, {1, 2, false}, {0, 1, false}, {3, 2, false}};

    for (int i = 0; i < 4; i++) {
        at[i] = add_sighting(
            c, NAME_PERSON, i == 3 ? "Ivo Zander" : "Teodor Brask", GENDER_OPEN,
            0);
        c->documents++;
    }
    j = join(c, NULL, 0);
    g_assert_cmpuint(j.first[at[2]], ==, at[0]);
    g_assert_cmpuint(j.first[at[3]], ==, at[3]);
    /* A split outlives what the names say; newest first of the merges, and the
       one that would cross the split is told of. */
    j = join(c, chain, G_N_ELEMENTS(chain));
    g_assert_cmpuint(j.first[at[2]], ==, j.first[at[1]]);
    g_assert_cmpuint(j.first[at[3]], ==, j.first[at[1]]);
    g_assert_cmpuint(j.first[at[0]], !=, j.first[at[2]]);
    g_assert_cmpuint(j.clash_count, ==, 1);
    g_assert_cmpuint(j.clashes[0].ruling, ==, 2);
    g_assert_cmpuint(j.clashes[0].other, ==, 0);
    cast_free(c);
}

static void test_circle(void)
{
    struct cast *c = cast_new();
    static const char *const names[] = {"Ivo Zander", "Mira Kost", "Tom Ek"};
    struct ruling circle[] = {{0, 1, false}, {1, 2, false}, {2, 0, false}};
    struct joined j;

    for (int i = 0; i < 3; i++, c->documents++)
        add_sighting(c, NAME_PERSON, names[i], GENDER_OPEN, 0);
    j = join(c, circle, G_N_ELEMENTS(circle));
    for (int i = 0; i < 3; i++)
        g_assert_cmpuint(j.first[i], ==, 0);
    g_assert_cmpuint(j.clash_count, ==, 0);
    cast_free(c);
}

/* --- names that tell little ------------------------------------------------------ */

/* Documents that share nothing but the name. */
static struct joined
join_namesakes(struct cast *c, const char *name, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++, c->documents++) {
        add_sighting(c, NAME_PERSON, name, GENDER_OPEN, 0);
        for (int k = 0; k < 4; k++)
            add_sighting(
                c, NAME_PLACE,
                arena_print(
                    c->a, "Place%c%c%c", 'a' + (int)i % 26,
                    'a' + (int)i / 26 % 26, 'a' + (int)i / 676 + 3 * k),
                GENDER_OPEN, 0);
    }
    return join(c, NULL, 0);
}

static void test_namesakes(void)
{
    static const char *const names[] = {"A",   "J. K.",        "Hope",  "May",
                                        "Ali", "Mohammed Ali", "Hassan"};

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        struct cast *c = cast_new();
        struct joined j = join_namesakes(c, names[i], 40);

        for (uint32_t k = 0; k < c->all.count; k++)
            if (c->all.spellings[c->all.at[k].spelling].kind == NAME_PERSON)
                g_assert_cmpuint(j.first[k], ==, k);
        cast_free(c);
    }
}

static void test_thousand(void)
{
    struct cast *c = cast_new();
    gint64 start = g_get_monotonic_time();

    join_namesakes(c, "Mohammed Ali", 1000);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
    cast_free(c);
}

/* The same sightings give the same groups and bonds. */
static void test_stable(void)
{
    struct cast *c = read_documents("abcdtu");
    struct joined x = join(c, NULL, 0), y = join(c, NULL, 0);

    g_assert_cmpuint(x.bond_count, ==, y.bond_count);
    for (uint32_t i = 0; i < c->all.count; i++)
        g_assert_cmpuint(x.first[i], ==, y.first[i]);
    for (uint32_t i = 0; i < x.bond_count; i++) {
        g_assert_cmpuint(x.bonds[i].one, ==, y.bonds[i].one);
        g_assert_cmpuint(x.bonds[i].other, ==, y.bonds[i].other);
        g_assert_cmpfloat(x.bonds[i].score, ==, y.bonds[i].score);
        g_assert_cmpuint(x.bonds[i].one, <, x.bonds[i].other);
    }
    cast_free(c);
}

static void test_nobody(void)
{
    struct cast *c = cast_new();
    struct joined j = join(c, NULL, 0);

    g_assert_cmpuint(j.bond_count, ==, 0);
    add_sighting(c, NAME_PERSON, "", GENDER_OPEN, 0);
    add_sighting(c, NAME_PERSON, "\xff\xfe", GENDER_OPEN, 0);
    add_sighting(c, NAME_GROUP, "...", GENDER_OPEN, 0);
    c->documents++;
    j = join(c, NULL, 0);
    g_assert_cmpuint(j.first[2], ==, 2);
    cast_free(c);
}

/* The remarks of a comparison add up to its score, and are the same both
   ways. */
static void test_remarks(void)
{
    struct cast *c = read_documents("abcd");
    struct joined j = join(c, NULL, 0);
    struct comparison x, y;

    for (uint32_t i = 0; i < j.bond_count; i++) {
        sightings_compare(&j, c->a, j.bonds[i].one, j.bonds[i].other, &x);
        sightings_compare(&j, c->a, j.bonds[i].other, j.bonds[i].one, &y);
        g_assert_cmpfloat_with_epsilon(x.score, y.score, 1e-6);
        g_assert_cmpuint(x.count, >, 0);
        g_assert_cmpuint(x.count, <, REMARKS_MOST);
    }
    cast_free(c);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    words = identity_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    likeness = likeness_load(words, TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    g_test_add_func("/across/seen", test_seen);
    g_test_add_func("/across/held back", test_held_back);
    g_test_add_func("/across/held back again", test_held_back_again);
    g_test_add_func("/across/all", test_all);
    g_test_add_func("/across/rulings", test_rulings);
    g_test_add_func("/across/circle", test_circle);
    g_test_add_func("/across/namesakes", test_namesakes);
    g_test_add_func("/across/thousand", test_thousand);
    g_test_add_func("/across/stable", test_stable);
    g_test_add_func("/across/nobody", test_nobody);
    g_test_add_func("/across/remarks", test_remarks);
    status = g_test_run();
    likeness_free(likeness);
    identity_free(words);
    return status;
}
