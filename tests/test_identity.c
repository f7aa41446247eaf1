/*
 * Identity: the cases of data/identity, what holds of any resolution, big and
 * hostile texts, and tables with faults.
 */
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "identity/identity.h"

static struct identity_words *words;

/* --- passages ----------------------------------------------------------- */

struct passage {
    struct arena *arena;
    GString *text;
    GArray *tokens, *names, *sentences, *attributions;
    uint32_t paragraph;
    struct text *t;
    struct findings *f;
};

static enum relation relation_of(const char *deprel)
{
    static const char *const all[] = {
#define X(name) #name,
        RELATIONS(X)
#undef X
    };
    size_t len = strcspn(deprel, ":");

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (strlen(all[i]) == len && !strncmp(all[i], deprel, len))
            return (enum relation)i;
    g_error("no relation \"%s\"", deprel);
}

static enum upos upos_of(const char *xpos)
{
    static const struct {
        const char *start;
        enum upos upos;
    } tags[] = {
        {"NNP", UPOS_PROPN}, {"NN", UPOS_NOUN},  {"VB", UPOS_VERB},
        {"PRP", UPOS_PRON},  {"W", UPOS_PRON},   {"DT", UPOS_DET},
        {"IN", UPOS_ADP},    {"CC", UPOS_CCONJ}, {"RB", UPOS_ADV},
        {"JJ", UPOS_ADJ},    {"POS", UPOS_PART},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
        if (g_str_has_prefix(xpos, tags[i].start))
            return tags[i].upos;
    return UPOS_PUNCT;
}

static const char *keep(struct passage *p, const char *s)
{
    return arena_copy(p->arena, s, strlen(s));
}

static void add_to_name(struct passage *p, char sign, uint32_t token)
{
    struct name n = {token, token + 1, NAME_PERSON};
    char kind = g_ascii_toupper(sign);

    n.kind = kind == 'G' ? NAME_GROUP : kind == 'L' ? NAME_PLACE : n.kind;
    if (p->names->len && g_ascii_isupper(sign)) {
        struct name *last =
            &g_array_index(p->names, struct name, p->names->len - 1);

        if (last->to == token && last->kind == n.kind) {
            last->to++;
            return;
        }
    }
    g_array_append_val(p->names, n);
}

static void add_word(struct passage *p, const char *word)
{
    g_auto(GStrv) f = g_strsplit(word, "/", -1);
    g_autofree char *lower = NULL;
    struct token t = {.feats = "_", .space_after = true};
    unsigned long head;

    g_assert_cmpuint(g_strv_length(f), >=, 4);
    lower = g_utf8_strdown(f[0], -1);
    head = strtoul(f[2], NULL, 10);
    t.form = keep(p, f[0]);
    t.lower = keep(p, lower);
    t.lemma =
        f[1][0] == 'V' && g_str_has_suffix(lower, "ied")
            ? arena_print(p->arena, "%.*sy", (int)strlen(lower) - 3, lower)
            : t.lower;
    t.xpos = keep(p, f[1]);
    t.upos = upos_of(f[1]);
    t.head = head ? (uint32_t)head - 1 : NO_TOKEN;
    t.deprel = keep(p, f[3]);
    t.relation = relation_of(f[3]);
    t.span.from = (uint32_t)p->text->len;
    g_string_append(p->text, f[0]);
    t.span.to = (uint32_t)p->text->len;
    g_string_append_c(p->text, ' ');
    if (f[4])
        add_to_name(p, f[4][0], p->tokens->len);
    g_array_append_val(p->tokens, t);
}

static void *copy_array(struct passage *p, GArray *from, uint32_t *count)
{
    size_t size = (size_t)from->len * g_array_get_element_size(from);
    void *to = arena_alloc(p->arena, size + 1);

    *count = from->len;
    if (size)
        memcpy(to, from->data, size);
    g_array_set_size(from, 0);
    return to;
}

static void add_sentence(struct passage *p, const char *line)
{
    g_auto(GStrv) parts = g_strsplit(line, " ", -1);
    struct sentence s = {.paragraph = p->paragraph};

    for (char **part = parts; *part; part++)
        if (**part)
            add_word(p, *part);
    s.tokens = copy_array(p, p->tokens, &s.token_count);
    s.names = copy_array(p, p->names, &s.name_count);
    for (uint32_t i = 0; i < s.token_count; i++)
        g_assert_true(
            s.tokens[i].head == NO_TOKEN || s.tokens[i].head < s.token_count);
    s.span.from = s.tokens[0].span.from;
    s.span.to = s.tokens[s.token_count - 1].span.to;
    g_array_append_val(p->sentences, s);
}

static const struct token *
token_of(const struct passage *p, uint32_t sentence, uint32_t token)
{
    const struct sentence *s;

    g_assert_cmpuint(sentence - 1, <, p->sentences->len);
    s = &g_array_index(p->sentences, struct sentence, sentence - 1);
    g_assert_cmpuint(token - 1, <, s->token_count);
    return &s->tokens[token - 1];
}

static struct phrase
phrase_of(struct passage *p, uint32_t sentence, uint32_t token)
{
    struct phrase phrase = {
        .sentence = sentence - 1, .head = token - 1, .entity = NO_ENTITY};

    phrase.spans.at = arena_make(p->arena, struct span, 1);
    phrase.spans.count = 1;
    phrase.spans.at[0] = token_of(p, sentence, token)->span;
    return phrase;
}

/* says 1:5 1:7-2:4 */
static void add_attribution(struct passage *p, const char *line)
{
    unsigned int n[6];
    struct attribution a = {.parent = NO_ATTRIBUTION};

    g_assert_cmpint(
        sscanf(
            line, "says %u:%u %u:%u-%u:%u", &n[0], &n[1], &n[2], &n[3], &n[4],
            &n[5]),
        ==, 6);
    a.source = phrase_of(p, n[0], n[1]);
    a.sentence = n[0] - 1;
    a.content.at = arena_make(p->arena, struct span, 1);
    a.content.count = 1;
    a.content.at[0].from = token_of(p, n[2], n[3])->span.from;
    a.content.at[0].to = token_of(p, n[4], n[5])->span.to;
    g_array_append_val(p->attributions, a);
}

static void passage_open(struct passage *p)
{
    *p = (struct passage){.arena = arena_new(), .text = g_string_new(NULL)};
    p->tokens = g_array_new(FALSE, TRUE, sizeof(struct token));
    p->names = g_array_new(FALSE, TRUE, sizeof(struct name));
    p->sentences = g_array_new(FALSE, TRUE, sizeof(struct sentence));
    p->attributions = g_array_new(FALSE, TRUE, sizeof(struct attribution));
}

static void passage_close(struct passage *p)
{
    g_array_unref(p->tokens);
    g_array_unref(p->names);
    g_array_unref(p->sentences);
    g_array_unref(p->attributions);
    g_string_free(p->text, TRUE);
    arena_free(p->arena);
}

static void passage_add(struct passage *p, const char *line)
{
    if (!*line)
        p->paragraph++;
    else if (g_str_has_prefix(line, "says "))
        add_attribution(p, line);
    else
        add_sentence(p, line);
}

/* A claim for each line of phrases: its actor is that phrase. */
static void passage_finish(struct passage *p, char **phrases)
{
    uint32_t count = phrases ? g_strv_length(phrases) : 0;

    p->f = arena_make(p->arena, struct findings, 1);
    p->f->claims = arena_make(p->arena, struct claim, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        unsigned int sentence, token;

        if (sscanf(phrases[i], "%u:%u", &sentence, &token) == 2)
            p->f->claims[i].roles[ROLE_ACTOR] = phrase_of(p, sentence, token);
    }
    p->f->claim_count = count;
    p->f->attributions =
        copy_array(p, p->attributions, &p->f->attribution_count);
    p->t = arena_make(p->arena, struct text, 1);
    p->t->str.at = arena_copy(p->arena, p->text->str, p->text->len);
    p->t->str.len = p->text->len;
    p->t->sentences = copy_array(p, p->sentences, &p->t->count);
    for (uint32_t i = 0; i < p->t->count; i++)
        p->t->token_count += p->t->sentences[i].token_count;
}

/* --- what holds of any resolution --------------------------------------- */

static void check_phrase(const struct phrase *p, const struct entities *e)
{
    if (p->entity == NO_ENTITY || !p->spans.count) {
        g_assert_null(p->name);
        return;
    }
    g_assert_cmpuint(p->entity, <, e->count);
    g_assert_cmpstr(p->name, ==, e->entities[p->entity].name);
}

static void
check_mention(const struct passage *p, const struct entities *e, uint32_t i)
{
    const struct mention *m = &e->mentions[i];
    const struct sentence *s;

    g_assert_cmpuint(m->entity, <, e->count);
    g_assert_cmpuint(m->sentence, <, p->t->count);
    s = &p->t->sentences[m->sentence];
    g_assert_cmpuint(m->head, <, s->token_count);
    g_assert_true(m->span.from < m->span.to && span_has(s->span, m->span));
    g_assert_true(span_has(m->span, s->tokens[m->head].span));
    if (i)
        g_assert_cmpuint(e->mentions[i - 1].span.from, <=, m->span.from);
}

static void check_entities(const struct passage *p, const struct entities *e)
{
    g_autofree bool *named = g_new0(bool, e->count + 1);
    g_autofree bool *meant = g_new0(bool, e->count + 1);

    for (uint32_t i = 0; i < e->mention_count; i++) {
        check_mention(p, e, i);
        meant[e->mentions[i].entity] = true;
        named[e->mentions[i].entity] |= e->mentions[i].is_name;
    }
    for (uint32_t i = 0; i < e->count; i++) {
        g_assert_true(meant[i] && *e->entities[i].name);
        g_assert_true(named[i] == (*e->entities[i].key != '\0'));
    }
    for (uint32_t i = 0; i < p->f->claim_count; i++)
        for (int r = 0; r < ROLE_COUNT; r++)
            check_phrase(&p->f->claims[i].roles[r], e);
    for (uint32_t i = 0; i < p->f->attribution_count; i++)
        check_phrase(&p->f->attributions[i].source, e);
}

/* --- cases -------------------------------------------------------------- */

static void print_chain(
    GString *out, const struct passage *p, const struct entities *e,
    uint32_t entity)
{
    const struct entity *of = &e->entities[entity];
    const char *before = ": ";

    g_string_append(out, of->name);
    if (of->abbreviation)
        g_string_append_printf(out, " (%s)", of->abbreviation);
    for (uint32_t i = 0; i < e->mention_count; i++) {
        struct str at = span_text(p->t->str, e->mentions[i].span);

        if (e->mentions[i].entity != entity)
            continue;
        g_string_append_printf(out, "%s%.*s", before, (int)at.len, at.at);
        before = " | ";
    }
    g_string_append_c(out, '\n');
}

static char *print_chains(const struct passage *p, const struct entities *e)
{
    g_autofree bool *done = g_new0(bool, e->count + 1);
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < e->mention_count; i++)
        if (!done[e->mentions[i].entity]) {
            done[e->mentions[i].entity] = true;
            print_chain(out, p, e, e->mentions[i].entity);
        }
    return g_string_free(out, FALSE);
}

static char *print_phrases(const struct passage *p, char **lines)
{
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; lines && lines[i]; i++) {
        const struct phrase *phrase = &p->f->claims[i].roles[ROLE_ACTOR];
        unsigned int source;

        if (sscanf(lines[i], "source %u", &source) == 1) {
            g_assert_cmpuint(source - 1, <, p->f->attribution_count);
            phrase = &p->f->attributions[source - 1].source;
            g_string_append_printf(out, "source %u", source);
        } else {
            g_string_append_printf(
                out, "%u:%u", phrase->sentence + 1, phrase->head + 1);
        }
        g_string_append_printf(out, " %s\n", phrase->name ? phrase->name : "-");
    }
    return g_string_free(out, FALSE);
}

struct test_case {
    char *passage, *chains, *phrases;
};

static void case_free(void *data)
{
    struct test_case *c = data;

    g_free(c->passage);
    g_free(c->chains);
    g_free(c->phrases);
    g_free(c);
}

/* Lines that say something. */
static char **lines_of(const char *text)
{
    GStrvBuilder *b = g_strv_builder_new();
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);
    char **out;

    for (char **line = all; *line; line++)
        if (*g_strstrip(*line))
            g_strv_builder_add(b, *line);
    out = g_strv_builder_end(b);
    g_strv_builder_unref(b);
    return out;
}

static void run_case(const void *data)
{
    const struct test_case *c = data;
    g_auto(GStrv) lines = g_strsplit(g_strchomp(c->passage), "\n", -1);
    g_auto(GStrv) phrases = lines_of(c->phrases);
    g_auto(GStrv) chain_lines = lines_of(c->chains);
    g_autofree char *joined = g_strjoinv("\n", chain_lines);
    g_autofree char *expected = g_strconcat(joined, *joined ? "\n" : "", NULL);
    g_autofree char *chains = NULL, *found = NULL, *wanted = NULL;
    struct passage p;
    struct entities *e;

    passage_open(&p);
    for (char **line = lines; *line; line++)
        passage_add(&p, *line);
    passage_finish(&p, phrases);
    e = identity_resolve(words, p.arena, p.t, p.f);
    check_entities(&p, e);
    chains = print_chains(&p, e);
    g_assert_cmpstr(chains, ==, expected);
    found = print_phrases(&p, phrases);
    joined = (g_free(joined), g_strjoinv("\n", phrases));
    wanted = g_strconcat(joined, *joined ? "\n" : "", NULL);
    g_assert_cmpstr(found, ==, wanted);
    passage_close(&p);
}

/* The part between two marks; without the first, nothing. */
static char *part_of(const char *text, const char *from, const char *to)
{
    const char *start = *from ? strstr(text, from) : text, *end;

    if (!start)
        return g_strdup("");
    start += strlen(from);
    end = strstr(start, to);
    return end ? g_strndup(start, (gsize)(end - start)) : g_strdup(start);
}

static void add_file(const char *name)
{
    g_autofree char *path =
        g_build_filename(TEST_DIR, "data", "identity", name, NULL);
    g_autofree char *content = NULL;
    g_auto(GStrv) cases = NULL;

    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    cases = g_strsplit(content, "\n== ", -1);
    for (char **text = cases + 1; *text; text++) {
        struct test_case *c = g_new0(struct test_case, 1);
        g_autofree char *title = part_of(*text, "", "\n");
        g_autofree char *test = g_strdup_printf(
            "/identity/%.*s/%s", (int)strcspn(name, "."), name, title);

        c->passage = part_of(*text, "\n", "-- chains");
        c->chains = part_of(*text, "-- chains", "-- phrases");
        c->phrases = part_of(*text, "-- phrases", "\n==");
        g_test_add_data_func_full(test, c, run_case, case_free);
    }
}

static void test_keys(void)
{
    static const char *const kinds[] = {"person", "group", "place"};
    g_autofree char *path =
        g_build_filename(TEST_DIR, "data", "identity", NULL);
    g_autoptr(GError) error = NULL;
    struct table *t = table_load(path, "keys.txt", "kind\tname\tkey", &error);
    struct arena *a = arena_new();

    g_assert_no_error(error);
    for (size_t i = 0; i < table_count(t); i++) {
        int kind = 0;

        while (strcmp(kinds[kind], table_cell(t, i, 0)))
            kind++;
        g_assert_cmpstr(
            identity_key(words, a, table_cell(t, i, 1), (enum name_kind)kind),
            ==, table_cell(t, i, 2));
    }
    arena_free(a);
    table_free(t);
}

/* --- big and hostile texts ---------------------------------------------- */

/* Sentences of many names, nouns and pronouns, and whatever tree. */
static void add_noise(struct passage *p, GRand *random, uint32_t sentences)
{
    static const char *const forms[] = {
        "Karun/NNP", "Lena/NNP",     "Front/NNP", "the/DT",   "group/NN",
        "he/PRP",    "they/PRP",     "who/WP",    "said/VBD", "(/-LRB-",
        ")/-RRB-",   "\"/``",        "I/PRP",     "men/NNS",  "'s/POS",
        "./.",       "\xD0\x92/NNP", "'/NNP",     "its/PRP$", "President/NNP",
    };
    static const char *const relations[] = {
        "nsubj", "obj", "conj",      "appos", "flat",     "compound",
        "cop",   "det", "acl:relcl", "nmod",  "nmod:poss"};
    static const char *const kinds[] = {"", "", "/P", "/G", "/L", "/p"};

    for (uint32_t i = 0; i < sentences; i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        int count = g_rand_int_range(random, 1, 40);

        for (int k = 0; k < count; k++)
            g_string_append_printf(
                line, "%s/%d/%s%s ",
                forms[g_rand_int_range(random, 0, G_N_ELEMENTS(forms))],
                g_rand_int_range(random, 0, count + 1),
                relations[g_rand_int_range(random, 0, G_N_ELEMENTS(relations))],
                kinds[g_rand_int_range(random, 0, G_N_ELEMENTS(kinds))]);
        passage_add(p, line->str);
    }
}

static void test_noise(void)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (int round = 0; round < 200; round++) {
        g_autofree char *first = NULL, *second = NULL;
        struct passage p;
        struct entities *e;

        passage_open(&p);
        add_noise(&p, random, 20);
        for (int i = 0; i < 10; i++) {
            g_autofree char *says = g_strdup_printf(
                "says %d:1 %d:1-%d:1", g_rand_int_range(random, 1, 21), i + 1,
                g_rand_int_range(random, i + 1, 21));

            passage_add(&p, says);
        }
        passage_finish(&p, NULL);
        e = identity_resolve(words, p.arena, p.t, p.f);
        check_entities(&p, e);
        first = print_chains(&p, e);
        e = identity_resolve(words, p.arena, p.t, p.f);
        second = print_chains(&p, e);
        g_assert_cmpstr(first, ==, second);
        passage_close(&p);
    }
}

/* Ends in good time though every name is new and shares its words. */
static void test_many_names(void)
{
    struct passage p;
    struct entities *e;
    gint64 start;

    passage_open(&p);
    for (int i = 0; i < 50000; i++) {
        g_autofree char *line = g_strdup_printf(
            "Ali/NNP/3/nsubj/P Karun%d/NNP/1/flat/P fled/VBD/0/root "
            "././3/punct he/PRP/6/nsubj wept/VBD/3/conj the/DT/8/det "
            "group/NN/6/obj",
            i);

        passage_add(&p, line);
    }
    passage_finish(&p, NULL);
    start = g_get_monotonic_time();
    e = identity_resolve(words, p.arena, p.t, p.f);
    g_test_message(
        "%" G_GUINT64_FORMAT " tokens in %d ms", p.t->token_count,
        (int)((g_get_monotonic_time() - start) / 1000));
    /* and "the group" */
    g_assert_cmpuint(e->count, ==, 50001);
    check_entities(&p, e);
    passage_close(&p);
}

/* Many quotations within each other. */
static void test_nested_quotations(void)
{
    enum { DEPTH = 20000 };
    struct passage p;

    passage_open(&p);
    for (int i = 0; i < DEPTH; i++)
        passage_add(&p, "Ali/NNP/2/nsubj/P said/VBD/0/root \"/``/2/punct");
    for (int i = 0; i < DEPTH; i++) {
        g_autofree char *says =
            g_strdup_printf("says %d:1 %d:3-%d:3", i + 1, i + 1, DEPTH);

        passage_add(&p, says);
    }
    passage_finish(&p, NULL);
    check_entities(&p, identity_resolve(words, p.arena, p.t, p.f));
    passage_close(&p);
}

static void test_empty(void)
{
    struct passage p;
    struct entities *e;

    passage_open(&p);
    passage_finish(&p, NULL);
    e = identity_resolve(words, p.arena, p.t, p.f);
    g_assert_cmpuint(e->count + e->mention_count, ==, 0);
    passage_close(&p);
}

static void test_hostile_names(void)
{
    static const char *const names[] = {
        "",
        " ",
        ",",
        ", ,",
        "'",
        "the",
        "-",
        "al",
        ".",
        "a,b,c",
        "\xF0\x9F\x92\xA3",
        "\xE2\x80\x99s",
        "Dr. Dr. Dr.",
        "\xEF\xBF\xBD",
        "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF"};
    struct arena *a = arena_new();
    g_autofree char *long_name = g_strnfill(1 << 20, 'x');
    g_autofree char *wide_name = NULL;
    g_autoptr(GString) wide = g_string_new(NULL);

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (int kind = 0; kind < 3; kind++)
            g_assert_nonnull(
                identity_key(words, a, names[i], (enum name_kind)kind));
    g_assert_nonnull(identity_key(words, a, long_name, NAME_PERSON));
    for (int i = 0; i < 100000; i++)
        g_string_append(wide, "\xD0\x92 ");
    wide_name = g_strdup(wide->str);
    g_assert_nonnull(identity_key(words, a, wide_name, NAME_GROUP));
    arena_free(a);
}

/* A key is its own key: what cases keep can be folded again. */
static void test_keys_are_stable(void)
{
    static const char *const names[] = {
        "Col. Jam\xC3\xADl al-Mans\xC3\xBAr", "Karun, Mustafa",
        "The Front of Sorvia", "F.S.", "Mohammed Ahmed"};
    struct arena *a = arena_new();

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        for (int kind = 0; kind < 3; kind++) {
            const char *key =
                identity_key(words, a, names[i], (enum name_kind)kind);

            g_assert_cmpstr(
                identity_key(words, a, key, (enum name_kind)kind), ==, key);
        }
    arena_free(a);
}

/* --- tables with faults ------------------------------------------------- */

static void expect_fault(const char *file, const char *content)
{
    static const char *const files[] = {
        "titles.tsv", "descriptions.tsv", "pronouns.tsv", "name-words.tsv"};
    g_autofree char *dir = g_dir_make_tmp("identity-XXXXXX", NULL);
    g_autoptr(GError) error = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *from = g_build_filename(TEST_LEXICON, files[i], NULL);
        g_autofree char *to = g_build_filename(dir, files[i], NULL);
        g_autofree char *good = NULL;

        g_assert_true(g_file_get_contents(from, &good, NULL, NULL));
        g_assert_true(g_file_set_contents(
            to, strcmp(file, files[i]) ? good : content, -1, NULL));
    }
    g_assert_null(identity_load(dir, &error));
    g_assert_error(error, ATTEST_ERROR, ATTEST_ERROR_DATA);
    g_assert_nonnull(strstr(error->message, file));
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(dir, files[i], NULL);

        g_remove(path);
    }
    g_rmdir(dir);
}

static void test_faults(void)
{
    expect_fault("titles.tsv", "title\tgender\texample\nmr\tmanly\t-\n");
    expect_fault("titles.tsv", "title\tgender\texample\n-\tmale\t-\n");
    expect_fault(
        "titles.tsv", "title\tgender\texample\nmr\tmale\t-\nmr\tmale\t-\n");
    expect_fault(
        "descriptions.tsv",
        "noun\tkind\tmatch\tgender\texample\ngroup\tbunch\tany\t-\t-\n");
    expect_fault(
        "pronouns.tsv",
        "pronoun\tperson\tnumber\tgender\tuse\nhe\tthird\tdual\tmale\t-\n");
    expect_fault(
        "name-words.tsv",
        "word\tkind\tfolded\texample\nahmed\tspelling\t-\t-\n");
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    int status;

    g_test_init(&argc, &argv, NULL);
    g_test_set_nonfatal_assertions();
    words = identity_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    add_file("names.txt");
    add_file("descriptions.txt");
    add_file("pronouns.txt");
    add_file("speakers.txt");
    g_test_add_func("/identity/keys", test_keys);
    g_test_add_func("/identity/keys/stable", test_keys_are_stable);
    g_test_add_func("/identity/empty", test_empty);
    g_test_add_func("/identity/noise", test_noise);
    g_test_add_func("/identity/many-names", test_many_names);
    g_test_add_func("/identity/nested-quotations", test_nested_quotations);
    g_test_add_func("/identity/hostile-names", test_hostile_names);
    g_test_add_func("/identity/faults", test_faults);
    status = g_test_run();
    identity_free(words);
    return status;
}
