/*
 * Sentences and words: the cases of data/breaking.cases, and what holds for
 * any text: spans in the body and in order, on code point starts, sentences
 * no longer than the limit, a cost that is linear.
 */
#include "language/break.h"

#include <string.h>

static struct break_rules *rules;

static struct text *break_all(struct arena *a, struct str text)
{
    return break_text(rules, a, text, (struct span){0, (uint32_t)text.len});
}

/* --- the cases ------------------------------------------------------- */

static void print_sentence(GString *out, const struct sentence *s)
{
    for (uint32_t i = 0; i < s->token_count; i++) {
        const char *rest = s->tokens[i].mwt_next ? "|" : " ";

        g_string_append(out, s->tokens[i].form);
        g_string_append(out, i + 1 == s->token_count ? "\n" : rest);
    }
}

static void check_case(gconstpointer data)
{
    char **parts = g_strsplit(data, "-- tokens\n", 2);
    struct arena *a = arena_new();
    char *in = g_strchomp(parts[0]);
    GString *out = g_string_new(NULL);
    struct text *t = break_all(a, (struct str){in, strlen(in)});

    for (uint32_t i = 0; i < t->count; i++) {
        if (i && t->sentences[i].paragraph != t->sentences[i - 1].paragraph)
            g_string_append(out, "--\n");
        print_sentence(out, &t->sentences[i]);
    }
    g_strchomp(parts[1]);
    g_strchomp(out->str);
    g_assert_cmpstr(out->str, ==, parts[1]);
    g_string_free(out, TRUE);
    arena_free(a);
    g_strfreev(parts);
}

/* Each case is "== title", "-- in", the text, "-- tokens", the tokens. */
static void add_cases(void)
{
    GError *error = NULL;
    char *content, **cases;

    g_file_get_contents(
        TEST_DIR "/data/breaking.cases", &content, NULL, &error);
    g_assert_no_error(error);
    cases = g_strsplit(content, "\n== ", -1);
    for (size_t i = 1; cases[i]; i++) {
        char **parts = g_strsplit(cases[i], "\n-- in\n", 2);
        char *path = g_strconcat("/breaking/case/", parts[0], NULL);

        g_assert_nonnull(parts[1]);
        g_assert_nonnull(strstr(parts[1], "-- tokens\n"));
        g_test_add_data_func_full(path, g_strdup(parts[1]), check_case, g_free);
        g_free(path);
        g_strfreev(parts);
    }
    g_strfreev(cases);
    g_free(content);
}

/* --- what holds for any text ----------------------------------------- */

static void check_token(
    struct str text, struct span within, const struct token *t, uint32_t from)
{
    struct str form = span_text(text, t->span);

    g_assert_true(span_has(within, t->span));
    g_assert_cmpuint(t->span.from, <, t->span.to);
    g_assert_cmpuint(t->span.from, >=, from);
    g_assert_cmpuint(form.len, ==, strlen(t->form));
    g_assert_cmpint(memcmp(form.at, t->form, form.len), ==, 0);
    g_assert_true(g_utf8_validate(t->form, -1, NULL));
    g_assert_true(g_utf8_validate(t->lower, -1, NULL));
    g_assert_true(t->head == NO_TOKEN);
}

/* Spans in the body, in order, apart, on code point starts; nothing that is
   not space is left out. */
static void check_text(struct str text, struct span body, const struct text *t)
{
    uint32_t at = body.from;
    uint64_t tokens = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct sentence *s = &t->sentences[i];

        g_assert_cmpuint(s->token_count, >, 0);
        g_assert_cmpuint(s->token_count, <=, LANGUAGE_SENTENCE_MOST);
        g_assert_true(span_has(body, s->span));
        g_assert_cmpuint(s->span.from, ==, s->tokens[0].span.from);
        for (uint32_t k = 0; k < s->token_count; k++) {
            check_token(text, s->span, &s->tokens[k], at);
            for (; at < s->tokens[k].span.from; at++)
                g_assert_false(g_ascii_isgraph(text.at[at]));
            at = s->tokens[k].span.to;
        }
        g_assert_cmpuint(s->span.to, ==, at);
        g_assert_false(s->tokens[s->token_count - 1].mwt_next);
        tokens += s->token_count;
    }
    for (; at < body.to; at++)
        g_assert_false(g_ascii_isgraph(text.at[at]));
    g_assert_cmpuint(tokens, ==, t->token_count);
}

static void check_any(const char *at, size_t len)
{
    struct arena *a = arena_new();
    struct str text = {at, len};

    check_text(text, (struct span){0, (uint32_t)len}, break_all(a, text));
    arena_free(a);
}

static void holds_for_odd_unicode(void)
{
    static const char *const texts[] = {
        "",
        " \n\n\t \n",
        "\xE2\x80\xAE evil \xE2\x80\xAC right",
        "e\xCC\x81\xCC\x81\xCC\x81 \xCC\x81 a",
        "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 left. \xF0\x9F\x98\x80",
        "\xEF\xBB\xBFLord\xC2\xA0Orlo\xE2\x80\x89left\xE2\x80\xA8Nobody came",
        "\xD9\xA1\xD9\xA2\xD9\xA3 \xE0\xA5\xA7\xE0\xA5\xA8 \xC2\xBD",
        "\x01\x02 a\x7F"
        "b \x1B[31m",
        "\xC4\xB0stanbul \xC7\x85 \xE1\xBA\x9E",
        "'''''' \"\"\" ((((( ]]]] . . . ! ? ..... ,,,",
        "a's's's's's's n't 'll''s x-y-z-pre-anti-non-",
        "1.2.3.4.5 1,2,3 1/2/3/4/5/6/7/8 12:12:12:12 1-1-1-1 $-5% -.5",
        "http:// www. @ a@ @b a@b. mailto: . .a .com x.com/ <>",
        "\xEF\xBF\xBD\xEF\xBF\xBE\xF4\x8F\xBF\xBF",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        check_any(texts[i], strlen(texts[i]));
}

/* Texts of pieces that a scanner may stumble over, in every order. */
static void holds_for_mixed_pieces(void)
{
    static const char *const pieces[] = {
        " ",
        "a",
        "B",
        "7",
        ".",
        ",",
        "'",
        "\"",
        "-",
        "\n",
        "/",
        "$",
        "@",
        "[",
        "]",
        ":",
        ")",
        "&",
        "_",
        "#",
        "http://",
        "www.",
        "n't",
        "etc.",
        "U.S.",
        "\xE2\x80\x99",
        "\xE2\x80\x94",
        "\xE2\x80\xA6",
        "\xC3\x89",
        "\xC2\xA0",
        "\xD8\xA3",
        "\xE4\xBB\x96",
        "\xE2\x80\x8F",
        "\xCC\x81",
        "9/11",
        "AM",
    };
    GRand *random = g_rand_new_with_seed(2031);

    for (int round = 0; round < 3000; round++) {
        GString *text = g_string_new(NULL);
        int count = g_rand_int_range(random, 1, 24);

        while (count--)
            g_string_append(
                text,
                pieces[g_rand_int_range(random, 0, (int)G_N_ELEMENTS(pieces))]);
        check_any(text->str, text->len);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

static void stays_in_the_body(void)
{
    static const char text[] = "Head: secret\n\nThey left. Nobody saw it.\n"
                               "Tail of it";
    struct arena *a = arena_new();
    struct str str = {text, strlen(text)};
    struct span body = {14, 40};
    struct text *t = break_text(rules, a, str, body);

    check_text(str, body, t);
    g_assert_cmpuint(t->count, ==, 2);
    g_assert_cmpstr(t->sentences[1].tokens[0].form, ==, "Nobody");
    arena_free(a);
}

static void lowers_and_spaces(void)
{
    static const char text[] = "\xC3\x89LAN didn't, they said.";
    struct arena *a = arena_new();
    struct text *t = break_all(a, (struct str){text, strlen(text)});
    const struct token *tokens = t->sentences[0].tokens;

    g_assert_cmpstr(tokens[0].lower, ==, "\xC3\xA9lan");
    g_assert_true(tokens[0].space_after);
    g_assert_true(tokens[1].mwt_next);
    g_assert_false(tokens[1].space_after);
    g_assert_false(tokens[2].space_after);
    g_assert_true(tokens[3].space_after);
    arena_free(a);
}

/* --- hostile lengths ------------------------------------------------- */

static GString *repeat(const char *piece, size_t bytes)
{
    GString *s = g_string_sized_new(bytes + 64);

    while (s->len < bytes)
        g_string_append(s, piece);
    return s;
}

static void cuts_a_long_sentence(void)
{
    GString *s = repeat("they left the town , ", 50000 * 21 / 5);
    struct arena *a = arena_new();
    struct str text = {s->str, s->len};
    struct text *t = break_all(a, text);

    check_text(text, (struct span){0, (uint32_t)s->len}, t);
    g_assert_cmpuint(t->token_count, >=, 50000);
    g_assert_cmpuint(
        t->count, <=, 2 * t->token_count / LANGUAGE_SENTENCE_MOST + 1);
    /* The best place is behind a comma. */
    for (uint32_t i = 0; i + 1 < t->count; i++) {
        const struct sentence *cut = &t->sentences[i];

        g_assert_cmpstr(cut->tokens[cut->token_count - 1].form, ==, ",");
    }
    arena_free(a);
    g_string_free(s, TRUE);
}

static double seconds_for(const char *piece, size_t bytes)
{
    GString *s = repeat(piece, bytes);
    struct arena *a = arena_new();
    GTimer *timer = g_timer_new();
    double seconds;

    break_all(a, (struct str){s->str, s->len});
    seconds = g_timer_elapsed(timer, NULL);
    g_timer_destroy(timer);
    arena_free(a);
    g_string_free(s, TRUE);
    return seconds;
}

/* Ten megabytes in one line, of what might be looked at again and again. */
static void costs_what_is_read(void)
{
    static const char *const pieces[] = {
        "They left the town. ",
        "a",
        "a.",
        "a-",
        "a'",
        "a@",
        "1",
        "1,",
        "1.",
        "1/",
        "-",
        "'",
        "\"",
        "[1]",
        ". ",
        ":)",
        "www.",
        "http://",
        "(",
        "\xE4\xBB\x96",
        "\xCC\x81",
        "\xE2\x80\xA6",
        "a/",
        "_",
        "U.S.",
        "etc. ",
        "05/05/2031 10:30 AM ",
        "\n",
        "- a\n",
        "a b\n",
        " ",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        size_t most = i ? 1000000 : 10000000;
        double seconds = seconds_for(pieces[i], most);

        g_test_message("%s: %.3f s", pieces[i], seconds);
        /* A quadratic scanner would need minutes; sanitizers are slow. */
        g_assert_cmpfloat(seconds, <, 20);
    }
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int result;

    g_test_init(&argc, &argv, NULL);
    rules = break_rules_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    add_cases();
    g_test_add_func("/breaking/odd-unicode", holds_for_odd_unicode);
    g_test_add_func("/breaking/mixed-pieces", holds_for_mixed_pieces);
    g_test_add_func("/breaking/body", stays_in_the_body);
    g_test_add_func("/breaking/lower-and-space", lowers_and_spaces);
    g_test_add_func("/breaking/long-sentence", cuts_a_long_sentence);
    g_test_add_func("/breaking/linear", costs_what_is_read);
    result = g_test_run();
    break_rules_free(rules);
    return result;
}
