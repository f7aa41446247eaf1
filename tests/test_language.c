/* The reader: trees, tags, names, CoNLL-U, and models that are none. */
#include "language/kernels.h"
#include "language/language.h"
#include "language/pairs.h"
#include "language/stops.h"
#include "trees.h"

#include <glib/gstdio.h>
#include <string.h>

static struct reader *reader;

static const char story[] =
    "The guards of Camp Meridian beat Teodor Brask for eleven nights. "
    "\"They didn't stop,\" he said on Monday. His sister, who lives in "
    "Orhem, hasn't seen him since 2007!\n\nThe ministry denied it.";

static struct text *read_story(struct arena *a, const char *story_text)
{
    struct str text = {story_text, strlen(story_text)};

    return language_read(
        reader, a, text, (struct span){0, (uint32_t)text.len}, "2019-05-06");
}

/* Every token leads to the one root. */
static void check_tree(const struct sentence *s)
{
    uint32_t roots = 0;

    for (uint32_t i = 0; i < s->token_count; i++) {
        uint32_t at = i, steps = 0;

        roots += s->tokens[i].head == NO_TOKEN;
        g_assert_true(
            (s->tokens[i].relation == RELATION_root) ==
            (s->tokens[i].head == NO_TOKEN));
        for (; s->tokens[at].head != NO_TOKEN; steps++) {
            g_assert_cmpuint(steps, <, s->token_count);
            at = s->tokens[at].head;
            g_assert_cmpuint(at, <, s->token_count);
        }
    }
    g_assert_cmpuint(roots, ==, 1);
}

static void check_text(const struct text *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct sentence *s = &t->sentences[i];
        uint32_t at = 0;

        g_assert_cmpuint(s->token_count, >, 0);
        g_assert_cmpuint(s->token_count, <=, LANGUAGE_SENTENCE_MOST);
        check_tree(s);
        for (uint32_t k = 0; k < s->token_count; k++) {
            const struct token *token = &s->tokens[k];

            g_assert_true(token->lemma && token->xpos && token->feats);
            g_assert_true(
                token->arc_confidence > 0 && token->arc_confidence <= 1);
            g_assert_cmpuint(token->span.from, >=, at);
            g_assert_cmpuint(token->span.to, <=, t->str.len);
            at = token->span.to;
        }
        for (uint32_t k = 0; k < s->name_count; k++) {
            g_assert_cmpuint(s->names[k].from, <, s->names[k].to);
            g_assert_cmpuint(s->names[k].to, <=, s->token_count);
        }
    }
}

static const struct token *
find_token(const struct text *t, uint32_t sentence, const char *form)
{
    const struct sentence *s = &t->sentences[sentence];

    for (uint32_t i = 0; i < s->token_count; i++)
        if (!strcmp(s->tokens[i].form, form))
            return &s->tokens[i];
    g_assert_not_reached();
}

static void sentences_become_trees(void)
{
    struct arena *a = arena_new();
    struct text *t = read_story(a, story);
    const struct sentence *s = t->sentences;
    const struct token *beat = find_token(t, 0, "beat");

    check_text(t);
    g_assert_cmpuint(t->count, ==, 4);
    g_assert_cmpint(beat->relation, ==, RELATION_root);
    g_assert_cmpint(beat->upos, ==, UPOS_VERB);
    g_assert_cmpstr(find_token(t, 0, "guards")->lemma, ==, "guard");
    g_assert_cmpstr(find_token(t, 0, "guards")->deprel, ==, "nsubj");
    g_assert_true(
        token_under(s, 0, find_token(t, 0, "guards")->head == NO_TOKEN
                              ? 0
                              : (uint32_t)(beat - s->tokens)));
    g_assert_cmpstr(find_token(t, 2, "seen")->lemma, ==, "see");
    g_assert_true(find_token(t, 1, "did")->mwt_next);
    g_assert_cmpuint(t->sentences[3].paragraph, ==, 1);
    arena_free(a);
}

static void names_have_kinds(void)
{
    struct arena *a = arena_new();
    struct text *t = read_story(
        a, "Maria Lopez told the European Union that she had left Berlin.");
    const struct sentence *s = t->sentences;

    g_assert_cmpuint(s->name_count, ==, 3);
    g_assert_cmpint(s->names[0].kind, ==, NAME_PERSON);
    g_assert_cmpuint(s->names[0].to - s->names[0].from, ==, 2);
    g_assert_cmpint(s->names[1].kind, ==, NAME_GROUP);
    g_assert_cmpint(s->names[2].kind, ==, NAME_PLACE);
    arena_free(a);
}

static char *print_story(struct arena *a, const char *story_text)
{
    GString *out = g_string_new(NULL);

    conllu_write(read_story(a, story_text), out);
    return g_string_free(out, FALSE);
}

static void reading_is_repeatable(void)
{
    struct arena *a = arena_new();
    char *first = print_story(a, story), *second;

    /* Another document in between leaves no trace. */
    g_free(print_story(a, "Rain fell on the camp, and nobody came."));
    second = print_story(a, story);
    g_assert_cmpstr(first, ==, second);
    g_free(first);
    g_free(second);
    arena_free(a);
}

static void odd_texts_become_trees(void)
{
    struct arena *a = arena_new();
    GString *odd = g_string_new("\"\"\"((( ...... \xf0\x9f\x98\x80 \xc2\xa0");

    for (int i = 0; i < 4000; i++)
        g_string_append_printf(odd, " a%d,", i % 97);
    g_string_append(odd, " \xd8\xb9\xd9\x84\xdb\x8c \xe2\x80\x8f!?!? Dr. x");
    check_text(read_story(a, odd->str));
    check_text(read_story(a, ""));
    check_text(read_story(a, "."));
    g_string_free(odd, TRUE);
    arena_free(a);
}

static void products_are_the_same_everywhere(void)
{
    enum { ROWS = 64, INPUTS = 96, TOKENS = 29 };
    static int8_t weights[ROWS * INPUTS];
    static uint8_t in[TOKENS * INPUTS];
    static int32_t fast[TOKENS * ROWS], plain[TOKENS * ROWS];
    struct matrix m = {ROWS, INPUTS, weights, NULL, NULL};
    matrix_way *ways[MATRIX_WAYS];
    uint32_t count = matrix_ways(ways);
    GRand *dice = g_rand_new_with_seed(7);

    for (int i = 0; i < ROWS * INPUTS; i++)
        weights[i] = (int8_t)g_rand_int_range(
            dice, -WEIGHT_MOST, WEIGHT_MOST + 1);
    for (int i = 0; i < TOKENS * INPUTS; i++)
        in[i] = (uint8_t)g_rand_int_range(dice, 0, 256);
    memset(in, 255, INPUTS); /* the largest sums */
    memset(weights, WEIGHT_MOST, INPUTS);
    ways[count - 1](&m, in, TOKENS, plain);
    for (uint32_t i = 0; i < count; i++) {
        ways[i](&m, in, TOKENS, fast);
        g_assert_cmpmem(fast, sizeof(fast), plain, sizeof(plain));
    }
    g_rand_free(dice);
}

static const char conllu[] =
    "# newpar\n# sent_id = a-1\n# text = I don't know.\n"
    "1\tI\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\tknow\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
    "5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

/* Column COLUMN of every line, with the comments. */
static char *forms_of(const char *file)
{
    char **lines = g_strsplit(file, "\n", -1);
    GString *out = g_string_new(NULL);

    for (char **at = lines; *at; at++) {
        char **cells = g_strsplit(*at, "\t", 3);

        if (**at == '#' || !cells[0])
            g_string_append_printf(out, "%s\n", *at);
        else
            g_string_append_printf(out, "%s %s\n", cells[0], cells[1]);
        g_strfreev(cells);
    }
    g_strfreev(lines);
    return g_string_free(out, FALSE);
}

static void conllu_keeps_tokens_and_comments(void)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct text *t =
        conllu_read(a, (struct str){conllu, sizeof(conllu) - 1}, &error);
    GString *out = g_string_new(NULL);
    char *before = forms_of(conllu), *after;

    g_assert_no_error(error);
    g_assert_cmpuint(t->token_count, ==, 5);
    g_assert_true(str_is(
        span_text(t->str, t->sentences[0].span), "I don't know."));
    language_tag_and_parse(reader, a, t);
    check_text(t);
    conllu_write(t, out);
    after = forms_of(out->str);
    g_assert_cmpstr(before, ==, after);
    g_free(before);
    g_free(after);
    g_string_free(out, TRUE);
    arena_free(a);
}

static void a_document_has_one_kind_of_a_name(void)
{
    enum { COUNT = 5 };
    static const enum name_kind before[COUNT] = {
        NAME_PLACE, NAME_GROUP, NAME_GROUP, NAME_PERSON, NAME_PLACE};
    static const enum name_kind after[COUNT] = {
        NAME_GROUP, NAME_GROUP, NAME_GROUP, NAME_PERSON, NAME_PLACE};
    struct token token = {.form = "Meridian", .lower = "meridian"};
    struct name names[COUNT];
    struct sentence sentences[COUNT];
    struct text t = {.sentences = sentences, .count = COUNT};

    for (int i = 0; i < COUNT; i++) {
        names[i] = (struct name){0, 1, before[i]};
        sentences[i] = (struct sentence){
            .tokens = &token, .token_count = 1, .names = &names[i],
            .name_count = 1, .comments = i == 3 ? "# newdoc id = b\n" : NULL};
    }
    language_settle_names(&t);
    for (int i = 0; i < COUNT; i++)
        g_assert_cmpint(names[i].kind, ==, after[i]);
}

/* Hangs the marks of a tree anew: pairs, and all else by the guidelines. */
static void hang_marks(struct sentence *s)
{
    uint32_t heads[64], better[64];

    g_assert_cmpuint(s->token_count, <=, G_N_ELEMENTS(heads));
    for (uint32_t t = 0; t < s->token_count; t++)
        heads[t] = s->tokens[t].head == NO_TOKEN ? 0 : s->tokens[t].head + 1;
    stops_find(s, heads, better);
    for (uint32_t t = 0; t < s->token_count; t++)
        if (better[t])
            s->tokens[t].head = better[t] - 1;
    pairs_attach(s);
}

static void marks_hang_where_they_should(void)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct text *want, *got;
    char *trees;

    g_file_get_contents(TEST_DIR "/data/marks.conllu", &trees, NULL, &error);
    g_assert_no_error(error);
    want = trees_parse(a, trees);
    got = trees_parse(a, trees);
    g_assert_cmpuint(want->count, >, 5);
    for (uint32_t i = 0; i < want->count; i++) {
        hang_marks(&got->sentences[i]);
        for (uint32_t t = 0; t < want->sentences[i].token_count; t++)
            g_assert_cmpuint(
                got->sentences[i].tokens[t].head, ==,
                want->sentences[i].tokens[t].head);
    }
    g_free(trees);
    arena_free(a);
}

static void bad_conllu_names_the_line(void)
{
    static const struct {
        const char *file, *message;
    } cases[] = {
        {"1\ta\n", "line 1: not ten columns"},
        {"# c\nx\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 2: the first column"},
        {"2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 1: token numbers"},
        {"1\t\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 1: a token without"},
        {"1-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n", "line 2: a multiword"},
        {"3-2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", "line 1: the first column"},
        {"1\t\xff\t_\t_\t_\t_\t_\t_\t_\t_\n", "it is not UTF-8"},
    };
    struct arena *a = arena_new();

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        GError *error = NULL;
        struct str file = {cases[i].file, strlen(cases[i].file)};

        g_assert_null(conllu_read(a, file, &error));
        g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_INPUT);
        g_assert_true(g_str_has_prefix(error->message, cases[i].message));
        g_error_free(error);
    }
    arena_free(a);
}

/* Loads a model of these bytes, which must not do. */
static void refuse_model(const char *bytes, gsize size)
{
    char *dir = g_dir_make_tmp("attest-test-XXXXXX", NULL);
    char *path = g_build_filename(dir, "en.model", NULL);
    GError *error = NULL;

    g_assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    g_assert_null(reader_load(dir, TEST_LEXICON, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_true(g_str_has_prefix(error->message, path));
    g_error_free(error);
    g_unlink(path);
    g_rmdir(dir);
    g_free(path);
    g_free(dir);
}

static void broken_models_are_refused(void)
{
    GError *error = NULL;
    char *bytes;
    gsize size;

    g_file_get_contents(TEST_MODELS "/en.model", &bytes, &size, &error);
    g_assert_no_error(error);
    refuse_model("", 0);
    refuse_model("no model at all", 15);
    refuse_model(bytes, 15);
    refuse_model(bytes, 400);
    refuse_model(bytes, size / 2);
    bytes[8] = 9; /* another version */
    refuse_model(bytes, size);
    bytes[8] = 1;
    memset(bytes + 16 + 16, 0xFF, 8); /* a section far outside */
    refuse_model(bytes, size);
    g_free(bytes);
    g_assert_null(reader_load("/nowhere", TEST_LEXICON, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_clear_error(&error);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int failed;

    g_test_init(&argc, &argv, NULL);
    reader = reader_load(TEST_MODELS, TEST_LEXICON, &error);
    g_assert_no_error(error);
    g_test_add_func("/language/trees", sentences_become_trees);
    g_test_add_func("/language/names", names_have_kinds);
    g_test_add_func("/language/repeatable", reading_is_repeatable);
    g_test_add_func("/language/odd", odd_texts_become_trees);
    g_test_add_func("/language/products", products_are_the_same_everywhere);
    g_test_add_func("/language/conllu", conllu_keeps_tokens_and_comments);
    g_test_add_func("/language/names/kinds", a_document_has_one_kind_of_a_name);
    g_test_add_func("/language/marks", marks_hang_where_they_should);
    g_test_add_func("/language/conllu/bad", bad_conllu_names_the_line);
    g_test_add_func("/language/models", broken_models_are_refused);
    failed = g_test_run();
    reader_free(reader);
    return failed;
}
