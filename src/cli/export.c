#include "cli/happening.h"

#include <stdio.h>

static char *format;
static char **documents;

static const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "claims, events, attributions, text, csv, plover or incidents", "FORMAT"},
    {"document", 0, 0, G_OPTION_ARG_STRING_ARRAY, &documents,
     "only documents with these words in their name", "WORDS"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "claims and attributions are JSON Lines, a document a line; events has\n"
    "what 'attest events' lists, an event a line; csv has a claim a row, for\n"
    "spreadsheets; plover has an event a line, coded after the PLOVER\n"
    "ontology; incidents has a document a line, what it mainly reports;\n"
    "text gives the documents' texts back.\n"
    "docs/formats.md describes every field.\n"
    "\n"
    "Examples:\n"
    "  attest export --format csv > claims.csv\n"
    "  attest export --format claims --document letter-7";

/* What was handed out is on record; a case that cannot be written to is handed
   out all the same. */
static void log_export(void)
{
    g_autofree char *now = now_words();
    g_autofree char *particulars =
        g_strdup_printf("{\"format\":\"%s\"}", format);
    GError *error = NULL;
    struct kase *k = case_open(case_path(), CASE_WRITE, now, &error);
    bool good = k && case_log(k, "export", particulars, &error);

    if (!case_close(k, good ? &error : NULL) || !good) {
        complain("this export is not in the case's log: %s", error->message);
        g_error_free(error);
    }
}

/* Events are worked out from all documents: --document picks none. */
static bool write_events(struct kase *k, FILE *out, GError **error)
{
    struct arena *a = arena_new(), *line = arena_new();
    struct digest d = {0};
    bool good = digest_open(k, a, &d, error);

    for (uint32_t i = 0; good && i < d.happening_count; i++) {
        fprintf(out, "%s\n", happening_json(line, &d.happenings[i]));
        arena_reset(line);
    }
    digest_close(&d);
    arena_free(line);
    arena_free(a);
    return good;
}

static bool
write_other(struct kase *k, enum export_format which, FILE *out, GError **error)
{
    g_autofree char *lexicon = lexicon_folder();
    g_autofree char *models = models_folder();
    const struct export_tables tables = {lexicon, models};

    return export_write(
        k, which, (const char *const *)documents, &tables, out, error);
}

int command_export(int argc, char **argv)
{
    enum export_format which = EXPORT_COUNT;
    GError *error = NULL;
    bool are_events, good;
    struct kase *k;
    FILE *out;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "--format FORMAT - hand out a case", about, entries);
    are_events = !g_strcmp0(format, "events");
    if (!are_events && (!format || !export_format_find(format, &which))) {
        complain("--format: claims, events, attributions, text, csv, plover or "
                 "incidents; see 'attest export --help'");
        return STATUS_FAILED;
    }
    options_end(argc, argv);
    k = open_case(CASE_READ);
    out = output_open();
    good = are_events ? write_events(k, out, &error)
                      : write_other(k, which, out, &error);
    close_case(k);
    if (good)
        log_export();
    if (!output_close(out) && good)
        return STATUS_FAILED;
    return good ? STATUS_DONE : fail(error);
}
