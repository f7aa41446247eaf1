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

static void print_hit(const struct hit_row *h)
{
    GString *line = g_string_new(NULL), *wrapped = g_string_new(NULL);
    struct mark *marks = g_new(struct mark, h->words.count + 1);

    append_plain(line, h->document_name);
    puts(line->str);
    g_string_truncate(line, 0);
    for (uint32_t i = 0; i < h->words.count; i++)
        marks[i] = (struct mark){h->words.at[i], "\033[1m", ""};
    append_marked(
        line, (struct str){h->sentence_text, strlen(h->sentence_text)}, marks,
        h->words.count);
    append_wrapped(wrapped, line->str, 4);
    fputs(wrapped->str, stdout);
    g_free(marks);
    g_string_free(line, TRUE);
    g_string_free(wrapped, TRUE);
}

static void list_hits(const struct hit_row *rows, uint32_t count)
{
    struct list *list = list_new(format, columns, G_N_ELEMENTS(columns));

    for (uint32_t i = 0; i < count; i++)
        list_add(
            list,
            (const char *[]){
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
