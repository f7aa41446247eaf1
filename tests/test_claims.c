/*
 * Claims: the cases of data/claims, what holds of any finding, hostile trees,
 * and tables with faults.
 *
 * A case file holds sentences with their trees and the claims expected; its
 * notation is explained in data/claims/README.md.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "claims/claims.h"
#include "trees.h"

static struct lexicon *lexicon;
static struct reader *reader;

/* --- trees of the case files ------------------------------------------- */

static bool find_in(
    const char *const *words, size_t count, const char *word, size_t len,
    size_t *out)
{
    for (*out = 0; *out < count; ++*out)
        if (strlen(words[*out]) == len &&
            strncmp(words[*out], word, len) == 0)
            return true;
    return false;
}

static enum relation relation_of(const char *deprel)
{
    static const char *const words[] = {
#define X(name) #name,
        RELATIONS(X)
#undef X
    };
    size_t i;

    g_assert_true(find_in(
        words, G_N_ELEMENTS(words), deprel, strcspn(deprel, ":"), &i));
    return (enum relation)i;
}

static enum upos upos_of(const char *tag)
{
    static const char *const words[] = {
#define X(name) #name,
        UPOS_TAGS(X)
#undef X
    };
    size_t i;

    g_assert_true(
        find_in(words, G_N_ELEMENTS(words), tag, strlen(tag), &i));
    return (enum upos)i;
}

struct builder {
    struct arena *arena;
    GString *text;
    GArray *tokens, *names, *times, *numbers;
    struct text *out;
};

static char *keep(struct builder *b, const char *s)
{
    return arena_copy(b->arena, s, strlen(s));
}

static bool is_close(const char *xpos)
{
    return strcmp(xpos, ".") == 0 || strcmp(xpos, ",") == 0 ||
           strcmp(xpos, "POS") == 0 || strcmp(xpos, "''") == 0 ||
           strcmp(xpos, "-RRB-") == 0;
}

/* form lemma UPOS XPOS head deprel [person|group|place] */
static void add_token(struct builder *b, char **f)
{
    uint32_t index = b->tokens->len;
    unsigned long head = strtoul(f[4], NULL, 10);
    char *lower = g_ascii_strdown(f[0], -1);
    struct token t = {
        .head = head ? (uint32_t)head - 1 : NO_TOKEN,
        .arc_confidence = 1,
        .relation = relation_of(f[5]),
        .upos = upos_of(f[2]),
        .form = keep(b, f[0]),
        .lower = keep(b, lower),
        .lemma = keep(b, f[1]),
        .xpos = keep(b, f[3]),
        .feats = "_",
        .deprel = keep(b, f[5]),
        .space_after = true,
    };
    bool opened = index && strcmp(g_array_index(
                               b->tokens, struct token, index - 1).xpos,
                           "``") == 0;

    g_free(lower);
    if (b->text->len && !is_close(f[3]) && !opened)
        g_string_append_c(b->text, ' ');
    t.span.from = (uint32_t)b->text->len;
    g_string_append(b->text, f[0]);
    t.span.to = (uint32_t)b->text->len;
    g_array_append_val(b->tokens, t);
    if (f[6]) {
        struct name n = {index, index + 1, NAME_PERSON};
        struct name *last = b->names->len
                                ? &g_array_index(b->names, struct name,
                                                 b->names->len - 1)
                                : NULL;

        n.kind = strcmp(f[6], "group") == 0   ? NAME_GROUP
                 : strcmp(f[6], "place") == 0 ? NAME_PLACE
                                              : NAME_PERSON;
        if (last && last->to == index && last->kind == n.kind)
            last->to++;
        else
            g_array_append_val(b->names, n);
    }
}

/* time 4-5 1999-03-01 1999-03-31, number 1-2 95 % <= */
static bool add_expression(struct builder *b, char **f)
{
    uint32_t from, to;

    if (strcmp(f[0], "time") && strcmp(f[0], "number"))
        return false;
    g_assert_cmpint(sscanf(f[1], "%u-%u", &from, &to), ==, 2);
    if (f[0][0] == 't') {
        struct time_expression t = {
            .from = from - 1, .to = to, .kind = TIME_DATE};

        if (f[2] && f[3]) {
            g_strlcpy(t.first, f[2], sizeof t.first);
            g_strlcpy(t.last, f[3], sizeof t.last);
        }
        g_array_append_val(b->times, t);
    } else {
        struct number n = {
            .from = from - 1, .to = to, .has_value = true,
            .value = g_ascii_strtod(f[2], NULL), .unit = "", .compare = ""};

        if (f[3])
            n.unit = strcmp(f[3], "-") ? keep(b, f[3]) : "";
        if (f[3] && f[4])
            n.compare = keep(b, f[4]);
        g_array_append_val(b->numbers, n);
    }
    return true;
}

static void *copy_array(struct arena *a, GArray *from, uint32_t *count)
{
    guint size = g_array_get_element_size(from);
    void *to = arena_alloc(a, (size_t)(from->len + 1) * size);

    *count = from->len;
    if (from->len)
        memcpy(to, from->data, (size_t)from->len * size);
    g_array_set_size(from, 0);
    return to;
}

static void end_sentence(struct builder *b, GArray *sentences)
{
    struct sentence s = {0};

    if (!b->tokens->len)
        return;
    s.tokens = copy_array(b->arena, b->tokens, &s.token_count);
    s.names = copy_array(b->arena, b->names, &s.name_count);
    s.times = copy_array(b->arena, b->times, &s.time_count);
    s.numbers = copy_array(b->arena, b->numbers, &s.number_count);
    s.span.from = s.tokens[0].span.from;
    s.span.to = s.tokens[s.token_count - 1].span.to;
    b->out->token_count += s.token_count;
    g_array_append_val(sentences, s);
}

static GArray *array_of(size_t size)
{
    return g_array_new(FALSE, TRUE, (guint)size);
}

static char **split_words(const char *line)
{
    char **parts = g_strsplit_set(line, " \t", -1);
    size_t kept = 0;

    for (size_t i = 0; parts[i]; i++)
        if (*parts[i])
            parts[kept++] = parts[i];
        else
            g_free(parts[i]);
    parts[kept] = NULL;
    return parts;
}

/* Lines of tokens; an empty line, or "--", ends a sentence. */
static struct text *build_text(struct arena *a, char **lines)
{
    GArray *sentences = array_of(sizeof(struct sentence));
    struct builder b = {
        .arena = a, .text = g_string_new(NULL),
        .tokens = array_of(sizeof(struct token)),
        .names = array_of(sizeof(struct name)),
        .times = array_of(sizeof(struct time_expression)),
        .numbers = array_of(sizeof(struct number)),
        .out = arena_make(a, struct text, 1),
    };

    for (; *lines; lines++) {
        char **f = split_words(*lines);

        if (!f[0] || strcmp(f[0], "--") == 0) {
            end_sentence(&b, sentences);
        } else if (!add_expression(&b, f)) {
            g_assert_cmpuint(g_strv_length(f), >=, 6);
            add_token(&b, f);
        }
        g_strfreev(f);
    }
    end_sentence(&b, sentences);
    b.out->str.at = arena_copy(a, b.text->str, b.text->len);
    b.out->str.len = b.text->len;
    b.out->sentences = copy_array(a, sentences, &b.out->count);
    g_array_unref(sentences);
    g_array_unref(b.tokens);
    g_array_unref(b.names);
    g_array_unref(b.times);
    g_array_unref(b.numbers);
    g_string_free(b.text, TRUE);
    return b.out;
}

/* --- claims as the case files show them ---------------------------------- */

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
    const struct attribution *a = &f->attributions[i];

    if (a->parent != NO_ATTRIBUTION) {
        print_sources(out, t, f, a->parent);
        g_string_append(out, " > ");
    }
    if (a->source.spans.count)
        print_spans(out, t, &a->source.spans);
    else
        g_string_append(out, "unnamed");
}

static void print_figures(
    GString *out, const struct text *t, const struct claim *c)
{
    char value[G_ASCII_DTOSTR_BUF_SIZE];

    if (c->time.spans.count) {
        g_string_append(out, " | time: ");
        print_spans(out, t, &c->time.spans);
        if (c->time.first)
            g_string_append_printf(
                out, " = %s..%s", c->time.first, c->time.last);
    }
    if (c->count.spans.count) {
        g_string_append_printf(
            out, " | count: %s%s%s of ", c->count.compare,
            g_ascii_dtostr(value, sizeof value, c->count.value),
            c->count.unit);
        print_spans(out, t, &c->count.of);
    }
}

static void print_claim(
    GString *out, const struct text *t, const struct findings *f,
    const struct claim *c)
{
    g_string_append_printf(
        out, "%s: ", lexicon_act_code(lexicon, c->act));
    print_spans(out, t, &c->trigger);
    for (int r = 0; r < ROLE_COUNT; r++)
        if (c->roles[r].spans.count) {
            g_string_append_printf(out, " | %s: ", role_word((enum role)r));
            print_spans(out, t, &c->roles[r].spans);
        }
    print_figures(out, t, c);
    if (c->negative)
        g_string_append(out, " | negative");
    if (c->modality != MODALITY_ASSERTED)
        g_string_append_printf(out, " | %s", modality_word(c->modality));
    if (c->attribution != NO_ATTRIBUTION) {
        g_string_append(out, " | source: ");
        print_sources(out, t, f, c->attribution);
    }
    for (uint32_t i = 0; i < c->label_count; i++)
        g_string_append_printf(out, " | label: %s", c->labels[i].words);
    g_string_append_c(out, '\n');
}

/* --- what holds of any findings ----------------------------------------- */

static void check_spans(const struct text *t, const struct spans *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        g_assert_cmpuint(s->at[i].from, <, s->at[i].to);
        g_assert_cmpuint(s->at[i].to, <=, t->str.len);
        if (i)
            g_assert_cmpuint(s->at[i - 1].to, <=, s->at[i].from);
    }
}

static void check_findings(const struct text *t, const struct findings *f)
{
    for (uint32_t i = 0; i < f->claim_count; i++) {
        const struct claim *c = &f->claims[i];

        g_assert_cmpuint(c->trigger.count, >, 0);
        g_assert_cmpuint(c->act, <, lexicon_act_count(lexicon));
        g_assert_cmpuint(c->sentence, <, t->count);
        g_assert_cmpuint(
            c->head, <, t->sentences[c->sentence].token_count);
        g_assert_true(
            c->attribution == NO_ATTRIBUTION ||
            c->attribution < f->attribution_count);
        g_assert_true(c->confidence > 0 && c->confidence <= 1);
        check_spans(t, &c->trigger);
        check_spans(t, &c->time.spans);
        check_spans(t, &c->count.spans);
        for (int r = 0; r < ROLE_COUNT; r++)
            check_spans(t, &c->roles[r].spans);
        if (i)
            g_assert_cmpuint(
                f->claims[i - 1].trigger.at[0].from, <=,
                c->trigger.at[0].from);
    }
}

/* --- cases ---------------------------------------------------------------- */

struct one_case {
    char *title, *tree, *claims;
};

static void run_case(gconstpointer data)
{
    const struct one_case *one = data;
    struct arena *a = arena_new();
    char **lines = g_strsplit(one->tree, "\n", -1);
    struct text *t = build_text(a, lines);
    struct findings *f;
    GString *out = g_string_new(NULL);

    trees_look(reader, a, t);
    f = claims_find(lexicon, a, t, NULL);
    check_findings(t, f);
    for (uint32_t i = 0; i < f->claim_count; i++)
        print_claim(out, t, f, &f->claims[i]);
    if (!out->len)
        g_string_append(out, "none\n");
    g_assert_cmpstr(g_strchug(out->str), ==, one->claims);
    g_string_free(out, TRUE);
    g_strfreev(lines);
    arena_free(a);
}

static void free_case(gpointer data)
{
    struct one_case *one = data;

    g_free(one->title);
    g_free(one->tree);
    g_free(one->claims);
    g_free(one);
}

/* "== title", the tree, "-- claims", the claims. */
static void add_cases(const char *path, const char *name)
{
    char *content, **parts;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    parts = g_strsplit(content, "\n== ", -1);
    for (size_t i = 1; parts[i]; i++) {
        struct one_case *one = g_new0(struct one_case, 1);
        char *claims = strstr(parts[i], "\n-- claims\n");
        char *path_of_test;

        g_assert_nonnull(claims);
        *claims = '\0';
        claims += strlen("\n-- claims\n");
        one->claims = g_strconcat(g_strstrip(claims), "\n", NULL);
        one->title = g_strndup(parts[i], strcspn(parts[i], "\n"));
        one->tree = g_strdup(parts[i] + strcspn(parts[i], "\n"));
        path_of_test = g_strdup_printf("/claims/%s/%s", name, one->title);
        g_test_add_data_func_full(path_of_test, one, run_case, free_case);
        g_free(path_of_test);
    }
    g_strfreev(parts);
    g_free(content);
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_files(void)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(TEST_DIR "/data/claims", 0, NULL);
    const char *name;

    g_assert_nonnull(dir);
    while ((name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ".txt"))
            g_ptr_array_add(names, g_strdup(name));
    g_dir_close(dir);
    g_ptr_array_sort(names, by_name);
    for (guint i = 0; i < names->len; i++) {
        const char *file = g_ptr_array_index(names, i);
        char *path = g_build_filename(TEST_DIR, "data/claims", file, NULL);
        char *stem = g_strndup(file, strlen(file) - 4);

        add_cases(path, stem);
        g_free(stem);
        g_free(path);
    }
    g_ptr_array_unref(names);
}

/* --- hostile trees --------------------------------------------------------- */

/* One sentence of `count` words, "killed guards" over and over; `head_of`
   gives each its head. */
static struct text *make_hostile(
    struct arena *a, uint32_t count, uint32_t (*head_of)(uint32_t, uint32_t),
    const char *deprel)
{
    struct text *t = arena_make(a, struct text, 1);
    struct sentence *s = arena_make(a, struct sentence, 1);
    char *words = arena_alloc(a, (size_t)count * 7 + 1);

    s->tokens = arena_make(a, struct token, count);
    s->token_count = count;
    for (uint32_t i = 0; i < count; i++) {
        bool verb = i % 2 == 0;

        memcpy(words + (size_t)i * 7, verb ? "killed " : "guards ", 7);
        s->tokens[i] = (struct token){
            .span = {i * 7, i * 7 + 6},
            .head = head_of(i, count),
            .arc_confidence = 1,
            .relation = relation_of(deprel),
            .upos = verb ? UPOS_VERB : UPOS_NOUN,
            .space_after = true,
            .form = verb ? "killed" : "guards",
            .lower = verb ? "killed" : "guards",
            .lemma = verb ? "kill" : "guard",
            .xpos = verb ? "VBD" : "NNS",
            .feats = "_",
            .deprel = deprel,
        };
        if (s->tokens[i].head == NO_TOKEN) {
            s->tokens[i].relation = RELATION_root;
            s->tokens[i].deprel = "root";
        }
    }
    s->span = (struct span){0, count * 7 - 1};
    *t = (struct text){{words, count * 7}, s, 1, count};
    return t;
}

static uint32_t head_first(uint32_t i, uint32_t count)
{
    (void)count;
    return i ? 0 : NO_TOKEN;
}

static uint32_t head_next(uint32_t i, uint32_t count)
{
    return i + 1 < count ? i + 1 : NO_TOKEN;
}

static uint32_t head_previous(uint32_t i, uint32_t count)
{
    (void)count;
    return i ? i - 1 : NO_TOKEN;
}

static void test_hostile(void)
{
    static uint32_t (*const heads[])(uint32_t, uint32_t) = {
        head_first, head_next, head_previous};
    static const char *const relations[] = {
        "conj", "nmod", "xcomp", "acl:relcl"};

    for (size_t h = 0; h < G_N_ELEMENTS(heads); h++)
        for (size_t r = 0; r < G_N_ELEMENTS(relations); r++) {
            struct arena *a = arena_new();
            struct text *t =
                make_hostile(a, 50000, heads[h], relations[r]);
            gint64 start = g_get_monotonic_time();
            struct findings *f = claims_find(lexicon, a, t, NULL);

            check_findings(t, f);
            g_test_message(
                "%s %zu: %u claims, %d ms", relations[r], h, f->claim_count,
                (int)((g_get_monotonic_time() - start) / 1000));
            g_assert_cmpint(
                g_get_monotonic_time() - start, <, 60 * G_USEC_PER_SEC);
            arena_free(a);
        }
}

static void test_empty(void)
{
    struct arena *a = arena_new();
    struct text t = {{"", 0}, NULL, 0, 0};
    struct findings *f = claims_find(lexicon, a, &t, NULL);

    g_assert_cmpuint(f->claim_count, ==, 0);
    g_assert_cmpuint(f->attribution_count, ==, 0);
    arena_free(a);
}

/* --- tables ----------------------------------------------------------------- */

static const char *const tables[] = {
    "acts.tsv",        "verbs.tsv",   "nouns.tsv",    "adjectives.tsv",
    "auxiliaries.tsv", "classes.tsv", "supports.tsv", "governors.tsv",
    "cues.tsv"};

static void copy_tables(const char *dir, const char *changed, const char *row)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        char *from = g_build_filename(TEST_LEXICON, tables[i], NULL);
        char *to = g_build_filename(dir, tables[i], NULL);
        char *content, *longer;

        g_assert_true(g_file_get_contents(from, &content, NULL, NULL));
        longer = g_strconcat(
            content, strcmp(tables[i], changed) == 0 ? row : "", NULL);
        g_assert_true(g_file_set_contents(to, longer, -1, NULL));
        g_free(longer);
        g_free(content);
        g_free(from);
        g_free(to);
    }
}

static void test_faults(void)
{
    static const struct {
        const char *file, *row, *says;
    } faults[] = {
        {"verbs.tsv", "smite\tlife.smite\t-\tX.\n", "life.smite"},
        {"verbs.tsv", "smite\tlife.kill\tsubj\tX.\n", "subj"},
        {"verbs.tsv", "smite obj:\tlife.kill\t-\tX.\n", "smite"},
        {"verbs.tsv", "smite obj:@elf\tlife.kill\t-\tX.\n", "smite"},
        {"nouns.tsv", "smiting\tlife.kill\tof=boss\tX.\n", "of=boss"},
        {"governors.tsv", "hex\tverb\tmagic\tX.\n", "not understood"},
        {"governors.tsv", "hex\tspell\tplanned\tX.\n", "not understood"},
        {"supports.tsv", "hex\tobj\tsubj=nobody\tX.\n", "not understood"},
        {"auxiliaries.tsv", "hex\tmagic\tX.\n", "magic"},
        {"classes.tsv", "elf\tlegolas\n", "elf"},
        {"adjectives.tsv", "smitten\tlife\n", "adjectives.tsv"},
    };
    char *dir = g_dir_make_tmp("attest-claims-XXXXXX", NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(faults); i++) {
        GError *error = NULL;
        char *place = g_strconcat(faults[i].file, ":", NULL);

        copy_tables(dir, faults[i].file, faults[i].row);
        g_assert_null(lexicon_load(dir, TEST_MODELS, &error));
        g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
        g_assert_nonnull(strstr(error->message, place));
        g_assert_nonnull(strstr(error->message, faults[i].says));
        g_clear_error(&error);
        g_free(place);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        char *path = g_build_filename(dir, tables[i], NULL);

        g_remove(path);
        g_free(path);
    }
    g_rmdir(dir);
    g_free(dir);
}

static void test_words(void)
{
    enum modality m;

    g_assert_true(lexicon_is_title(lexicon, "minister"));
    g_assert_true(lexicon_is_title(lexicon, "daughter"));
    g_assert_false(lexicon_is_title(lexicon, "attack"));
    g_assert_true(modality_find("threatened", &m));
    g_assert_cmpint(m, ==, MODALITY_THREATENED);
    g_assert_false(modality_find("sworn", &m));
    for (int i = 0; i < MODALITY_COUNT; i++) {
        g_assert_true(modality_find(modality_word((enum modality)i), &m));
        g_assert_cmpint(m, ==, i);
    }
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
    g_test_add_func("/claims/empty", test_empty);
    g_test_add_func("/claims/hostile", test_hostile);
    g_test_add_func("/claims/faults", test_faults);
    g_test_add_func("/claims/words", test_words);
    status = g_test_run();
    reader_free(reader);
    lexicon_free(lexicon);
    return status;
}
