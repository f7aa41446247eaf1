/*
 * Attributions: the cases of data/attribution, what holds of any of them,
 * hostile trees, and files with faults.
 */
#include <glib/gstdio.h>
#include <stdio.h>

#include "claims/claims.h"
#include "trees.h"

static struct lexicon *lexicon;
static struct reader *reader;

/* --- attributions as the case files show them ---------------------------- */

static void print_spans(
    GString *out, const struct text *t, const struct spans *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        struct str words = span_text(t->str, s->at[i]);

        g_string_append(out, i ? " + " : "");
        g_string_append_len(out, words.at, (gssize)words.len);
    }
}

static void print_sources(
    GString *out, const struct text *t, const struct findings *f, uint32_t i)
{
    const struct attribution *at = &f->attributions[i];

    if (at->parent != NO_ATTRIBUTION) {
        print_sources(out, t, f, at->parent);
        g_string_append(out, " > ");
    }
    if (at->source.spans.count)
        print_spans(out, t, &at->source.spans);
    else
        g_string_append(out, "unnamed");
}

static char *print_all(const struct text *t, const struct findings *f)
{
    GString *out = g_string_new(f->attribution_count ? "" : "none\n");

    for (uint32_t i = 0; i < f->attribution_count; i++) {
        print_sources(out, t, f, i);
        g_string_append(out, " | ");
        print_spans(out, t, &f->attributions[i].cue);
        g_string_append(out, " | ");
        print_spans(out, t, &f->attributions[i].content);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* --- what holds of any attributions --------------------------------------- */

static uint64_t check_spans(const struct text *t, const struct spans *s)
{
    uint64_t size = 0;

    for (uint32_t i = 0; i < s->count; i++) {
        g_assert_cmpuint(s->at[i].from, <, s->at[i].to);
        g_assert_cmpuint(s->at[i].to, <=, t->str.len);
        if (i)
            g_assert_cmpuint(s->at[i - 1].to, <, s->at[i].from);
        size += s->at[i].to - s->at[i].from;
    }
    return size;
}

static bool holds(const struct spans *outer, struct span inner)
{
    for (uint32_t i = 0; i < outer->count; i++)
        if (span_has(outer->at[i], inner))
            return true;
    return false;
}

/* A parent holds its child's cue, and its content is larger: so that chains
   end. */
static void check_parent(
    const struct text *t, const struct findings *f,
    const struct attribution *at)
{
    const struct attribution *parent;

    if (at->parent == NO_ATTRIBUTION)
        return;
    g_assert_cmpuint(at->parent, <, f->attribution_count);
    parent = &f->attributions[at->parent];
    g_assert_true(holds(&parent->content, at->cue.at[0]));
    g_assert_cmpuint(
        check_spans(t, &parent->content), >, check_spans(t, &at->content));
}

static void check_findings(const struct text *t, const struct findings *f)
{
    for (uint32_t i = 0; i < f->attribution_count; i++) {
        const struct attribution *at = &f->attributions[i];

        g_assert_cmpuint(at->cue.count + at->content.count, >, 0);
        check_spans(t, &at->source.spans);
        check_spans(t, &at->cue);
        check_spans(t, &at->content);
        check_parent(t, f, at);
        g_assert_cmpuint(at->sentence, <, t->count);
        g_assert_true(at->confidence > 0 && at->confidence <= 1);
        if (i)
            g_assert_cmpuint(
                at[-1].cue.at[0].from, <=, at->cue.at[0].from);
        if (!at->source.spans.count)
            continue;
        g_assert_cmpuint(at->source.sentence, <, t->count);
        g_assert_cmpuint(
            at->source.head, <,
            t->sentences[at->source.sentence].token_count);
    }
}

/* --- cases ---------------------------------------------------------------- */

struct one_case {
    char *tree, *attributions;
    bool todo;
};

static void run_case(gconstpointer data)
{
    const struct one_case *one = data;
    struct arena *a = arena_new();
    struct text *t = trees_parse(a, one->tree);
    struct findings *f;
    char *found;

    trees_look(reader, a, t);
    f = claims_find(lexicon, a, t, NULL);
    found = print_all(t, f);

    check_findings(t, f);
    if ((strcmp(found, one->attributions) == 0) == one->todo) {
        g_test_message(
            "expected%s\n%sfound\n%s", one->todo ? " to fail" : "",
            one->attributions, found);
        g_test_fail();
    }
    g_free(found);
    arena_free(a);
}

static void free_case(gpointer data)
{
    struct one_case *one = data;

    g_free(one->tree);
    g_free(one->attributions);
    g_free(one);
}

/* "== title", the trees, "-- attributions", the attributions. */
static void add_case(const char *file, char *part)
{
    static const char mark[] = "\n-- attributions\n";
    struct one_case *one = g_new0(struct one_case, 1);
    char *attributions = strstr(part, mark), *tree, *title, *path;

    g_assert_nonnull(attributions);
    *attributions = '\0';
    attributions += strlen(mark);
    one->attributions = g_strconcat(g_strstrip(attributions), "\n", NULL);
    title = g_strndup(part, strcspn(part, "\n"));
    tree = part + strcspn(part, "\n");
    one->todo = g_str_has_prefix(tree, "\n: todo\n");
    one->tree = g_strdup(tree + (one->todo ? strlen("\n: todo") : 0));
    path = g_strdup_printf("/attribution/%s/%s", file, title);
    g_test_add_data_func_full(path, one, run_case, free_case);
    g_free(path);
    g_free(title);
}

static void add_file(const char *name)
{
    char *path = g_build_filename(TEST_DIR, "data/attribution", name, NULL);
    char *content, **parts;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    parts = g_strsplit(content, "\n== ", -1);
    for (size_t i = 1; parts[i]; i++)
        add_case(name, parts[i]);
    g_strfreev(parts);
    g_free(content);
    g_free(path);
}

static void add_files(void)
{
    static const char *const files[] = {
        "clauses.txt", "sources.txt", "chains.txt", "quotations.txt",
        "none.txt"};

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        add_file(files[i]);
}

/* --- texts made of words and trees at random or in bad faith --------------- */

struct word {
    const char *form, *lemma, *xpos;
    enum upos upos;
};

static const struct word words[] = {
    {"said", "say", "VBD", UPOS_VERB},
    {"accused", "accuse", "VBN", UPOS_VERB},
    {"claim", "claim", "NN", UPOS_NOUN},
    {"she", "she", "PRP", UPOS_PRON},
    {"\"", "\"", "``", UPOS_PUNCT},
    {"\xe2\x80\x9d", "\"", "''", UPOS_PUNCT},
    {",", ",", ",", UPOS_PUNCT},
    {":", ":", ":", UPOS_PUNCT},
    {"Vel", "Vel", "NNP", UPOS_PROPN},
    {"according", "accord", "VBG", UPOS_VERB},
    {"to", "to", "IN", UPOS_ADP},
    {"allegedly", "allegedly", "RB", UPOS_ADV},
    {"clear", "clear", "JJ", UPOS_ADJ},
    {"by", "by", "IN", UPOS_ADP},
};

static const char *const relations[] = {
    "ccomp", "nsubj", "obj",  "xcomp",     "parataxis", "obl", "case",
    "advcl", "acl",   "conj", "nmod:poss", "nsubj:pass", "aux", "flat"};

static void set_token(
    struct token *t, const struct word *w, const char *deprel, uint32_t head)
{
    *t = (struct token){
        .head = head,
        .relation = head == NO_TOKEN ? RELATION_root : trees_relation(deprel),
        .upos = w->upos,
        .space_after = true,
        .form = w->form,
        .lower = w->form,
        .lemma = w->lemma,
        .xpos = w->xpos,
        .feats = "_",
        .deprel = head == NO_TOKEN ? "root" : deprel,
    };
}

static struct text *make_text(struct arena *a, uint32_t count)
{
    struct text *t = arena_make(a, struct text, 1);

    t->sentences = arena_make(a, struct sentence, count);
    t->count = count;
    return t;
}

static void make_tokens(struct arena *a, struct sentence *s, uint32_t count)
{
    s->tokens = arena_make(a, struct token, count);
    s->token_count = count;
}

/* Gives all tokens their places. */
static void lay_out(struct arena *a, struct text *t)
{
    GString *text = g_string_new(NULL);

    for (uint32_t i = 0; i < t->count; i++) {
        struct sentence *s = &t->sentences[i];

        for (uint32_t k = 0; k < s->token_count; k++) {
            s->tokens[k].span.from = (uint32_t)text->len;
            g_string_append(text, s->tokens[k].form);
            s->tokens[k].span.to = (uint32_t)text->len;
            g_string_append_c(text, ' ');
        }
        s->span.from = s->tokens[0].span.from;
        s->span.to = s->tokens[s->token_count - 1].span.to;
        t->token_count += s->token_count;
    }
    t->str.at = arena_copy(a, text->str, text->len);
    t->str.len = text->len;
    g_string_free(text, TRUE);
}

/* A tree in which every word hangs on one that was placed before it. */
static void make_random(GRand *rand, struct arena *a, struct sentence *s)
{
    uint32_t count = (uint32_t)g_rand_int_range(rand, 1, 40);
    uint32_t placed[40];

    make_tokens(a, s, count);
    for (uint32_t i = 0; i < count; i++)
        placed[i] = i;
    for (uint32_t i = count - 1; i > 0; i--) {
        uint32_t k = g_rand_int(rand) % (i + 1), swapped = placed[k];

        placed[k] = placed[i];
        placed[i] = swapped;
    }
    for (uint32_t i = 0; i < count; i++)
        set_token(
            &s->tokens[placed[i]],
            &words[g_rand_int(rand) % G_N_ELEMENTS(words)],
            relations[g_rand_int(rand) % G_N_ELEMENTS(relations)],
            i ? placed[g_rand_int(rand) % i] : NO_TOKEN);
}

static void test_random(void)
{
    GRand *rand = g_rand_new_with_seed(7);

    for (int round = 0; round < 2000; round++) {
        struct arena *a = arena_new();
        struct text *t =
            make_text(a, (uint32_t)g_rand_int_range(rand, 1, 6));
        char *once, *again;

        for (uint32_t i = 0; i < t->count; i++) {
            make_random(rand, a, &t->sentences[i]);
            if (i)
                t->sentences[i].paragraph = t->sentences[i - 1].paragraph +
                                            g_rand_int(rand) % 2;
        }
        lay_out(a, t);
        check_findings(t, claims_find(lexicon, a, t, NULL));
        once = print_all(t, claims_find(lexicon, a, t, NULL));
        again = print_all(t, claims_find(lexicon, a, t, NULL));
        g_assert_cmpstr(once, ==, again);
        g_free(once);
        g_free(again);
        arena_free(a);
    }
    g_rand_free(rand);
}

/* One sentence: `period` of words over and over, each on the word `back`
   before it, or on the root where `back` is 0. */
struct shape {
    const char *title;
    uint32_t period[3], count, back;
    const char *deprel;
};

static const struct shape shapes[] = {
    {"verbs that govern each other", {0}, 1, 1, "xcomp"},
    {"clauses within clauses", {3, 0}, 2, 2, "ccomp"},
    {"clauses after commas", {0, 6}, 2, 2, "ccomp"},
    {"everything on one word", {0}, 1, 0, "ccomp"},
    {"quotations in one sentence", {4, 0, 5}, 3, 3, "conj"},
    {"marks that only open", {4, 0}, 2, 1, "parataxis"},
    {"according to according to", {9, 10}, 2, 1, "flat"},
    {"nouns of nouns", {2}, 1, 1, "acl"},
};

static struct text *
make_shape(struct arena *a, const struct shape *shape, uint32_t count)
{
    struct text *t = make_text(a, 1);
    struct sentence *s = t->sentences;

    make_tokens(a, s, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t head = shape->back > i || !shape->back ? 0 : i - shape->back;

        set_token(
            &s->tokens[i], &words[shape->period[i % shape->count]],
            shape->deprel, i ? head : NO_TOKEN);
    }
    lay_out(a, t);
    return t;
}

/* Microseconds, the best of three. */
static gint64 time_of(const struct shape *shape, uint32_t count)
{
    gint64 best = G_MAXINT64;

    for (int round = 0; round < 3; round++) {
        struct arena *a = arena_new();
        struct text *t = make_shape(a, shape, count);
        gint64 start = g_get_monotonic_time();
        struct findings *f = claims_find(lexicon, a, t, NULL);

        best = MIN(best, g_get_monotonic_time() - start);
        check_findings(t, f);
        arena_free(a);
    }
    return best;
}

/* Four times the words may not take sixteen times as long; a tenth of a
   second is let pass for busy machines. */
static void run_shape(gconstpointer data)
{
    const struct shape *shape = data;
    gint64 few = time_of(shape, 12500), many = time_of(shape, 50000);

    g_test_message("%d us, %d us", (int)few, (int)many);
    g_assert_cmpint(many, <, 10 * few + 100000);
}

/* Sentences of one quotation or half of one each, in one paragraph. */
static void test_long_speech(void)
{
    static const uint32_t whole[] = {4, 3, 5, 0}, half[] = {4, 3, 6, 0};
    const uint32_t *sentences[] = {whole, half};

    for (int h = 0; h < 2; h++) {
        struct arena *a = arena_new();
        struct text *t = make_text(a, 10000);
        struct findings *f;

        for (uint32_t i = 0; i < t->count; i++) {
            struct sentence *s = &t->sentences[i];

            make_tokens(a, s, 4);
            for (uint32_t k = 0; k < 4; k++)
                set_token(
                    &s->tokens[k], &words[sentences[h][k]], "ccomp",
                    k < 3 ? 3 : NO_TOKEN);
        }
        lay_out(a, t);
        f = claims_find(lexicon, a, t, NULL);
        check_findings(t, f);
        arena_free(a);
    }
}

/* --- files with faults ------------------------------------------------------ */

static void expect_fault(
    const char *lexicon_dir, const char *models_dir, const char *says)
{
    GError *error = NULL;

    g_assert_null(lexicon_load(lexicon_dir, models_dir, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, says));
    g_clear_error(&error);
}

static void test_weights(void)
{
    char *dir = g_dir_make_tmp("attest-weights-XXXXXX", NULL);
    char *path = g_build_filename(dir, "attribution.bin", NULL);
    char *from = g_build_filename(TEST_MODELS, "attribution.bin", NULL);
    GError *error = NULL;
    char *content;
    gsize size;

    g_assert_null(lexicon_load(TEST_LEXICON, dir, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
    g_clear_error(&error);
    g_assert_true(g_file_get_contents(from, &content, &size, NULL));
    g_assert_true(
        g_file_set_contents(path, content, (gssize)size - 1, NULL));
    expect_fault(TEST_LEXICON, dir, "attribution.bin");
    content[0] ^= 1;
    g_assert_true(g_file_set_contents(path, content, (gssize)size, NULL));
    expect_fault(TEST_LEXICON, dir, "attribution.bin");
    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    expect_fault(TEST_LEXICON, dir, "attribution.bin");
    g_remove(path);
    g_rmdir(dir);
    g_free(content);
    g_free(from);
    g_free(path);
    g_free(dir);
}

/* All tables but cues.tsv are the program's own. */
static void link_tables(const char *to)
{
    GDir *dir = g_dir_open(TEST_LEXICON, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        char *from = g_build_filename(TEST_LEXICON, name, NULL);
        char *at = g_build_filename(to, name, NULL);
        char *content;
        gsize size;

        g_assert_true(g_file_get_contents(from, &content, &size, NULL));
        g_assert_true(g_file_set_contents(at, content, (gssize)size, NULL));
        g_free(content);
        g_free(from);
        g_free(at);
    }
    g_dir_close(dir);
}

static void remove_tables(const char *at)
{
    GDir *dir = g_dir_open(at, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        char *path = g_build_filename(at, name, NULL);

        g_remove(path);
        g_free(path);
    }
    g_dir_close(dir);
    g_rmdir(at);
}

static void test_tables(void)
{
    static const char *const faults[][2] = {
        {"lie\tnoun phrase\tthat\tX.\n", "cues.tsv:2"},
        {"lie\tverb\tthat,which\tX.\n", "cues.tsv:2"},
        {"-\tverb\tthat\tX.\n", "needs a lemma"},
        {"lie\tverb\t+a,+b,+c,+d,+e,+f,+g\tX.\n", "too many"},
        {"lie\tverb\tthat\n", "cues.tsv:2"},
    };
    char *dir = g_dir_make_tmp("attest-cues-XXXXXX", NULL);
    char *path = g_build_filename(dir, "cues.tsv", NULL);

    link_tables(dir);
    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        char *table = g_strconcat(
            "lemma\tpos\tframes\texample\n", faults[i][0], NULL);

        g_assert_true(g_file_set_contents(path, table, -1, NULL));
        expect_fault(dir, TEST_MODELS, faults[i][1]);
        g_free(table);
    }
    remove_tables(dir);
    g_free(path);
    g_free(dir);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    lexicon = lexicon_load(TEST_LEXICON, TEST_MODELS, &error);
    g_assert_no_error(error);
    reader = reader_load(TEST_MODELS, TEST_LEXICON, &error);
    g_assert_no_error(error);
    add_files();
    g_test_add_func("/attribution/random", test_random);
    for (size_t i = 0; i < G_N_ELEMENTS(shapes); i++) {
        char *path =
            g_strdup_printf("/attribution/hostile/%s", shapes[i].title);

        g_test_add_data_func(path, &shapes[i], run_shape);
        g_free(path);
    }
    g_test_add_func("/attribution/hostile/long speech", test_long_speech);
    g_test_add_func("/attribution/weights", test_weights);
    g_test_add_func("/attribution/tables", test_tables);
    status = g_test_run();
    lexicon_free(lexicon);
    reader_free(reader);
    return status;
}
