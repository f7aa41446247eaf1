#include "cli/cli.h"

#include <stdio.h>

static char *format;
static gboolean totals;

static const GOptionEntry entries[] = {
    {"totals", 0, 0, G_OPTION_ARG_NONE, &totals,
     "how many documents, tokens, claims there are in all", NULL},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] = "WORDS pick documents by parts of their names.\n"
                            "\n"
                            "Examples:\n"
                            "  attest documents press\n"
                            "  attest documents --totals";

static const struct column columns[] = {
    {"name", false, 3, 0},      {"date", false, 0, 0},
    {"publisher", false, 2, 0}, {"title", false, 4, 1},
    {"language", false, 0, 9},  {"sentences", true, 0, 5},
    {"claims", true, 0, 0},     {"version", true, 0, 4},
    {"copy of", false, 2, 2},   {"notes", false, 2, 3},
    {"date from", false, 2, 6}, {"publisher from", false, 2, 7},
    {"container", false, 2, 8},
};

struct listing {
    struct list *list;
    struct arena *cells;
    struct kase *k;
    GError *error;
};

static const char *number(struct arena *a, int64_t n)
{
    return arena_print(a, "%" G_GINT64_FORMAT, n);
}

static bool take(const struct document_row *d, void *self)
{
    struct listing *l = self;
    const char *copied = NULL;

    if (d->copy_of) {
        struct document_row *first =
            case_find_document(l->k, l->cells, d->copy_of, &l->error);

        if (l->error)
            return false;
        copied = first ? first->name : NULL;
    }
    list_add(
        l->list,
        (const char *[]){
            d->name, d->date, d->publisher, d->title, d->language,
            number(l->cells, d->sentences), number(l->cells, d->claims),
            number(l->cells, d->version), copied, d->notes, d->date_from,
            d->publisher_from, d->container});
    arena_reset(l->cells);
    return true;
}

static const struct column total_columns[] = {
    {"documents", true, 0, 0},  {"versions", true, 0, 0},
    {"copies", true, 0, 0},     {"unread", true, 0, 0},
    {"text_bytes", true, 0, 0}, {"sentences", true, 0, 0},
    {"tokens", true, 0, 0},     {"mentions", true, 0, 0},
    {"entities", true, 0, 0},   {"attributions", true, 0, 0},
    {"claims", true, 0, 0},     {"first_date", false, 0, 0},
    {"last_date", false, 0, 0},
};

static bool list_totals(struct listing *l)
{
    struct case_totals t;
    struct arena *a = l->cells;

    if (!case_sum(l->k, a, &t, &l->error))
        return false;
    list_add(
        l->list,
        (const char *[]){
            number(a, t.documents), number(a, t.versions), number(a, t.copies),
            number(a, t.unread), number(a, t.text_bytes),
            number(a, t.sentences), number(a, t.tokens), number(a, t.mentions),
            number(a, t.entities), number(a, t.attributions),
            number(a, t.claims), t.first_date, t.last_date});
    return true;
}

int command_documents(int argc, char **argv)
{
    struct listing l = {0};
    struct arena *a;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "[WORDS...] - list the documents", about,
        entries);
    l.k = open_case(CASE_READ);
    l.list = totals ? list_new(
                          format ? format : "jsonl", total_columns,
                          G_N_ELEMENTS(total_columns))
                    : list_new(format, columns, G_N_ELEMENTS(columns));
    l.cells = arena_new();
    a = arena_new();
    good = totals ? list_totals(&l)
                  : case_find_documents(
                        l.k, a, argc > 1 ? (const char *const *)argv + 1 : NULL,
                        false, take, &l, &l.error) &&
                        !l.error;
    list_end(l.list, "no documents match");
    arena_free(a);
    arena_free(l.cells);
    close_case(l.k);
    return good ? STATUS_DONE : fail(l.error);
}
