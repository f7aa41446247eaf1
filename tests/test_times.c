/*
 * Times and numbers: the cases of data/times.cases, each a text with what is
 * found in it, and what holds for any text.
 */
#include "language/times.h"

#include "language/break.h"

#include <stdio.h>
#include <string.h>

static struct break_rules *rules;
static struct time_words *words;

static struct text *
find_all(struct arena *a, const char *text, const char *date)
{
    struct str str = {text, strlen(text)};
    struct text *t =
        break_text(rules, a, str, (struct span){0, (uint32_t)str.len});

    times_find(words, a, t, date);
    return t;
}

/* --- the cases ------------------------------------------------------- */

static void print_words(
    GString *out, const char *text, const struct sentence *s, uint32_t from,
    uint32_t to)
{
    uint32_t first = s->tokens[from].span.from;

    g_string_append_c(out, '\t');
    g_string_append_len(
        out, text + first, (gssize)(s->tokens[to - 1].span.to - first));
    g_string_append(out, " = ");
}

static void print_time(
    GString *out, const char *text, const struct sentence *s,
    const struct time_expression *t)
{
    static const char *const kinds[] = {"date", "duration", "set"};

    print_words(out, text, s, t->from, t->to);
    g_string_append(out, kinds[t->kind]);
    if (*t->first && strcmp(t->first, t->last) == 0)
        g_string_append_printf(out, " %s", t->first);
    else if (*t->first || *t->last)
        g_string_append_printf(out, " %s..%s", t->first, t->last);
    g_string_append_c(out, '\n');
}

static void print_number(
    GString *out, const char *text, const struct sentence *s,
    const struct number *n)
{
    print_words(out, text, s, n->from, n->to);
    g_string_append(out, "number");
    if (*n->compare)
        g_string_append_printf(out, " %s", n->compare);
    if (!n->has_value)
        g_string_append(out, " ?");
    else
        g_string_append_printf(out, " %.10g", n->value);
    if (n->has_value && n->most > n->value)
        g_string_append_printf(out, "..%.10g", n->most);
    if (*n->unit)
        g_string_append_printf(out, " %s", n->unit);
    g_string_append_c(out, '\n');
}

static char *print_found(const char *text, const struct text *t)
{
    GString *out = g_string_new(NULL);

    for (uint32_t i = 0; i < t->count; i++) {
        const struct sentence *s = &t->sentences[i];

        for (uint32_t k = 0; k < s->time_count; k++)
            print_time(out, text, s, &s->times[k]);
        for (uint32_t k = 0; k < s->number_count; k++)
            print_number(out, text, s, &s->numbers[k]);
    }
    return g_strchomp(g_string_free(out, FALSE));
}

struct time_case {
    char *date, *text, *expected;
};

static void free_case(gpointer data)
{
    struct time_case *c = data;

    g_free(c->date);
    g_free(c->text);
    g_free(c->expected);
    g_free(c);
}

static void check_case(gconstpointer data)
{
    const struct time_case *c = data;
    struct arena *a = arena_new();
    char *found = print_found(c->text, find_all(a, c->text, c->date));

    if (strcmp(found, c->expected) != 0) {
        g_test_message("found\n%s\nnot\n%s", found, c->expected);
        g_test_fail();
    }
    g_free(found);
    arena_free(a);
}

/* "@ date" sets the document's date; a case is its text on a line and, each
   on a line behind a tab, what is found. */
static void add_cases(void)
{
    GError *error = NULL;
    char *content, **blocks, *date = NULL;

    g_file_get_contents(TEST_DIR "/data/times.cases", &content, NULL, &error);
    g_assert_no_error(error);
    blocks = g_strsplit(content, "\n\n", -1);
    for (size_t i = 0; blocks[i]; i++) {
        char **parts = g_strsplit(g_strchomp(blocks[i]), "\n", 2);
        struct time_case *c;
        char *path;

        if (g_str_has_prefix(blocks[i], "@ ")) {
            g_free(date);
            date = strcmp(blocks[i], "@ -") ? g_strdup(blocks[i] + 2) : NULL;
        } else if (blocks[i][0] && blocks[i][0] != '#') {
            c = g_new0(struct time_case, 1);
            c->date = g_strdup(date);
            c->text = g_strdup(parts[0]);
            c->expected = g_strdup(parts[1] ? parts[1] : "");
            path = g_strdup_printf("/times/case/%zu %s", i, c->text);
            g_strdelimit(path + strlen("/times/case/"), "/", '|');
            g_test_add_data_func_full(path, c, check_case, free_case);
            g_free(path);
        }
        g_strfreev(parts);
    }
    g_free(date);
    g_strfreev(blocks);
    g_free(content);
}

/* --- what holds for any text ----------------------------------------- */

static bool is_day(const char *day)
{
    GDate date;
    unsigned year, month, of_month;

    if (!*day)
        return true;
    if (sscanf(day, "%4u-%2u-%2u", &year, &month, &of_month) != 3 ||
        !g_date_valid_dmy(
            (GDateDay)of_month, (GDateMonth)month, (GDateYear)year))
        return false;
    g_date_set_dmy(
        &date, (GDateDay)of_month, (GDateMonth)month, (GDateYear)year);
    return g_date_valid(&date);
}

static void check_sentence(const struct sentence *s)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < s->time_count; i++) {
        const struct time_expression *t = &s->times[i];

        g_assert_cmpuint(t->from, >=, at);
        g_assert_cmpuint(t->from, <, t->to);
        g_assert_true(is_day(t->first) && is_day(t->last));
        if (*t->first && *t->last)
            g_assert_cmpstr(t->first, <=, t->last);
        at = t->to;
    }
    g_assert_cmpuint(at, <=, s->token_count);
    at = 0;
    for (uint32_t i = 0; i < s->number_count; i++) {
        const struct number *n = &s->numbers[i];

        g_assert_cmpuint(n->from, >=, at);
        g_assert_cmpuint(n->from, <, n->to);
        g_assert_nonnull(n->unit);
        g_assert_nonnull(n->compare);
        at = n->to;
    }
    g_assert_cmpuint(at, <=, s->token_count);
}

/* Words of times and numbers in every order, with days at the calendar's
   edges. */
static void holds_for_mixed_words(void)
{
    static const char *const pieces[] = {
        "the",
        "a",
        "of",
        "in",
        "from",
        "to",
        "and",
        "-",
        "/",
        ",",
        ".",
        "5",
        "31",
        "2011",
        "9999",
        "1000",
        "0",
        "May",
        "March",
        "Monday",
        "year",
        "years",
        "week",
        "days",
        "ago",
        "later",
        "last",
        "next",
        "this",
        "every",
        "early",
        "late",
        "mid-July",
        "first",
        "third",
        "half",
        "quarter",
        "million",
        "billion",
        "two",
        "twenty",
        "hundred",
        "between",
        "before",
        "after",
        "since",
        "until",
        "about",
        "aged",
        "%",
        "$",
        "dollars",
        "minus",
        "century",
        "1990s",
        "decades",
        "summer",
        "weekend",
        "99999999999999999999",
        "today",
        "within",
        "12/31/9999",
        "2011-02-30",
        "5:30",
        "pm",
        "night",
        "dozen",
        "several",
        "^",
        "x10",
        "2/29",
        "5/1-5/7",
        "2019/Aug/01",
        "12-2015",
        "February",
        "30",
        "fifths",
        "USD5",
        "MUSD",
        "h",
        "0730",
        "business",
        "day",
        "Easter",
        "for",
        "starting",
        "around",
        "rest",
        "Sundays",
        "to date",
        "Q3",
        "'09",
        "twice",
    };
    static const char *const dates[] = {
        NULL, "2024-02-29", "0001-01-01", "9999-12-31", "nonsense"};
    GRand *random = g_rand_new_with_seed(2031);

    for (int round = 0; round < 6000; round++) {
        struct arena *a = arena_new();
        GString *text = g_string_new(NULL);
        int count = g_rand_int_range(random, 1, 16);
        struct text *t;

        while (count--)
            g_string_append_printf(
                text, "%s ",
                pieces[g_rand_int_range(random, 0, (int)G_N_ELEMENTS(pieces))]);
        t = find_all(a, text->str, dates[round % 5]);
        for (uint32_t i = 0; i < t->count; i++)
            check_sentence(&t->sentences[i]);
        arena_free(a);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

static void costs_what_is_read(void)
{
    static const char *const pieces[] = {
        "a million ",
        "two ",
        "first ",
        "5 ",
        "2011 ",
        "1/2 ",
        "and a half ",
        "5 to ",
        "May ",
        "last ",
        "the ",
        "early ",
        "years ",
        "- ",
        "from ",
        "every ",
        "million ",
        "mid-July ",
        "of the ",
        "5 May to ",
        "Monday two days starting ",
        "two days after Monday ",
        "two days starting ",
        "for two days from ",
        "Monday in two days from ",
        "two days before Monday two days after ",
        "for a day from Monday ",
        "last Monday, 5 May ",
        "two thirty to ",
        "twenty ",
        "2^2",
        "5/1-",
        "the first two days of ",
        "ten to ",
        "around ",
        "one hundred and ",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *text = g_string_new(NULL);
        struct arena *a = arena_new();
        GTimer *timer = g_timer_new();
        struct text *t;

        while (text->len < 200000)
            g_string_append(text, pieces[i]);
        t = find_all(a, text->str, "2024-05-15");
        for (uint32_t k = 0; k < t->count; k++)
            check_sentence(&t->sentences[k]);
        g_test_message("%s: %.3f s", pieces[i], g_timer_elapsed(timer, NULL));
        g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <, 20);
        g_timer_destroy(timer);
        arena_free(a);
        g_string_free(text, TRUE);
    }
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    int result;

    g_test_init(&argc, &argv, NULL);
    rules = break_rules_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    words = time_words_load(TEST_LEXICON, &error);
    g_assert_no_error(error);
    add_cases();
    g_test_add_func("/times/mixed-words", holds_for_mixed_words);
    g_test_add_func("/times/linear", costs_what_is_read);
    result = g_test_run();
    break_rules_free(rules);
    time_words_free(words);
    return result;
}
