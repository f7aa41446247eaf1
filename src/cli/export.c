#include "cli/cli.h"

#include <stdio.h>

static char *format;
static char **documents;

static const GOptionEntry entries[] = {
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "claims, attributions, text, csv, plover or incidents", "FORMAT"},
    {"document", 0, 0, G_OPTION_ARG_STRING_ARRAY, &documents,
     "only documents with these words in their name", "WORDS"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "claims and attributions are JSON Lines, a document a line; csv has a\n"
    "claim a row, for spreadsheets; plover has an event a line, coded after\n"
    "the PLOVER ontology; incidents has a document a line, what it mainly\n"
    "reports; text gives the documents' texts back.\n"
    "docs/formats.md describes every field.\n"
    "\n"
    "Examples:\n"
    "  attest export --format csv > claims.csv\n"
    "  attest export --format claims --document letter-7";

int command_export(int argc, char **argv)
{
    enum export_format which;
    GError *error = NULL;
    struct kase *k;
    char *lexicon, *models;
    struct export_tables tables;
    FILE *out;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "--format FORMAT - hand out a case", about, entries);
    if (!format || !export_format_find(format, &which)) {
        complain("--format: claims, attributions, text, csv, plover or "
                 "incidents; see 'attest export --help'");
        return STATUS_FAILED;
    }
    options_end(argc, argv);
    k = open_case(CASE_READ);
    out = output_open();
    lexicon = lexicon_folder();
    models = models_folder();
    tables = (struct export_tables){lexicon, models};
    good = export_write(
        k, which, (const char *const *)documents, &tables, out, &error);
    g_free(lexicon);
    g_free(models);
    close_case(k);
    if (!output_close(out) && good)
        return STATUS_FAILED;
    return good ? STATUS_DONE : fail(error);
}
