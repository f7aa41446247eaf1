#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static char *format;
static int64_t limit = 20;

static const GOptionEntry entries[] = {
    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit,
     "no more than these (default: 20; 0: all)", "N"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "tsv, json or jsonl instead of a list to read", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Finds sentences with all the words, the best first; \"several words\" in\n"
    "quotation marks must follow each other.\n"
    "\n"
    "Examples:\n"
    "  attest search container passport\n"
    "  attest search '\"steel container\"'";

static const struct column columns[] = {
    {"document", false, 2, 0},
    {"date", false, 0, 0},
    {"sentence", false, 6, 0},
};

enum { SNIPPET_BEFORE = 200, SNIPPET_MOST = 600 };

/* All of a sentence, or if it is long a part from a space to a space with the
   first match. */
static struct span find_snippet(const struct hit_row *h)
{
    uint32_t size = (uint32_t)strlen(h->sentence_text);
    struct span s = {0, size};
    struct span first = h->words.count ? h->words.at[0] : (struct span){0, 0};

    if (size <= SNIPPET_MOST)
        return s;
    if (first.from > SNIPPET_BEFORE) {
        s.from = first.from - SNIPPET_BEFORE;
        while (s.from < first.from && h->sentence_text[s.from] != ' ')
            s.from++;
    }
    s.to = MAX(first.to, MIN(size, s.from + SNIPPET_MOST));
    while (s.to > first.to && s.to < size && h->sentence_text[s.to] != ' ')
        s.to--;
    return s;
}

static void append_snippet(GString *line, const struct hit_row *h)
{
    struct mark *marks = g_new(struct mark, h->words.count + 1);
    struct span s = find_snippet(h), word;
    struct str text = {h->sentence_text, strlen(h->sentence_text)};
    uint32_t count = 0;

    for (uint32_t i = 0; i < h->words.count; i++) {
        word = h->words.at[i];
        if (span_has(s, word))
            marks[count++] = (struct mark){
                {word.from - s.from, word.to - s.from}, "\033[1m", ""};
    }
    if (s.from)
        g_string_append(line, "… ");
    append_marked(line, span_text(text, s), marks, count);
    if (s.to < text.len)
        g_string_append(line, " …");
    g_free(marks);
}

static void print_hit(const struct hit_row *h)
{
    GString *line = g_string_new(NULL), *wrapped = g_string_new(NULL);

    append_plain(line, h->document_name);
    if (h->document_date)
        g_string_append_printf(line, ", %s", h->document_date);
    puts(line->str);
    g_string_truncate(line, 0);
    append_snippet(line, h);
    append_wrapped(wrapped, line->str, 4);
    fputs(wrapped->str, stdout);
    g_string_free(line, TRUE);
    g_string_free(wrapped, TRUE);
}

static void list_hits(const struct hit_row *rows, uint32_t count)
{
    struct list *list = list_new(format, columns, G_N_ELEMENTS(columns));

    for (uint32_t i = 0; i < count; i++)
        list_add(
            list, (const char *[]){
                      rows[i].document_name, rows[i].document_date,
                      rows[i].sentence_text});
    list_end(list, "nothing found");
}

int command_search(int argc, char **argv)
{
    GError *error = NULL;
    struct hit_row *rows;
    struct arena *a;
    uint32_t count;
    struct kase *k;
    char *words;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "WORDS... - find words in the sentences",
        about, entries);
    if (argc < 2) {
        complain("which words? See 'attest search --help'");
        return STATUS_FAILED;
    }
    if (limit < 0) {
        complain("--limit: 0 (all) or more");
        return STATUS_FAILED;
    }
    k = open_case(CASE_READ);
    a = arena_new();
    words = g_strjoinv(" ", argv + 1);
    good = case_search(k, a, words, limit, &rows, &count, &error);
    if (good && format)
        list_hits(rows, count);
    else
        for (uint32_t i = 0; good && i < count; i++)
            print_hit(&rows[i]);
    if (good && !format && !count)
        puts("nothing found");
    g_free(words);
    arena_free(a);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
