#include "cli/cli.h"

static char *format;

static const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Whoever claims are ascribed to, as the last link of the chain, and each\n"
    "publisher for what its documents say themselves; with the people and\n"
    "groups that they speak of most.\n"
    "\n"
    "Examples:\n"
    "  attest sources\n"
    "  attest sources --format jsonl | head -n 5";

static const struct column columns[] = {
    {"source", false, 3, 0},      {"is", false, 0, 0},
    {"attributions", true, 0, 1}, {"claims", true, 0, 0},
    {"documents", true, 0, 0},    {"about", false, 5, 0},
};

static void add(struct list *list, struct arena *a, const struct speaker_row *s)
{
    list_add(
        list, (const char *[]){
                  s->name, s->is_publisher ? "publisher" : "source",
                  arena_print(a, "%" G_GINT64_FORMAT, s->attributions),
                  arena_print(a, "%" G_GINT64_FORMAT, s->claims),
                  arena_print(a, "%" G_GINT64_FORMAT, s->documents), s->about});
}

int command_sources(int argc, char **argv)
{
    struct speaker_row *rows;
    GError *error = NULL;
    struct list *list;
    uint32_t count;
    struct arena *a;
    struct kase *k;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "- list who says how much", about, entries);
    options_end(argc, argv);
    k = open_case(CASE_READ);
    list = list_new(format, columns, G_N_ELEMENTS(columns));
    a = arena_new();
    good = case_find_speakers(k, a, &rows, &count, &error);
    for (uint32_t i = 0; good && i < count; i++)
        add(list, a, &rows[i]);
    list_end(list, "nobody is said to say anything");
    arena_free(a);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
