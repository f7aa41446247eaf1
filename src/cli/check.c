#include "cli/cli.h"

#include <stdio.h>

static const char about[] =
    "Verifies the file itself, that texts and sentences are as recorded, that\n"
    "every position lies in its text, and that the search index agrees. Exit\n"
    "status: 0 sound, 1 faults found, 2 it could not be opened.\n"
    "\n"
    "Example:\n"
    "  attest check --case oil.attest";

static void tell_fault(const char *words, void *self)
{
    uint64_t *faults = self;
    GString *line = g_string_new(NULL);

    append_plain(line, words);
    puts(line->str);
    g_string_free(line, TRUE);
    ++*faults;
}

int command_check(int argc, char **argv)
{
    uint64_t faults = 0;
    GError *error = NULL;
    struct kase *k;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "- verify a case file", about, NULL);
    options_end(argc, argv);
    k = open_case(CASE_READ);
    good = case_check(k, tell_fault, &faults, &error);
    close_case(k);
    if (!good)
        return fail(error);
    if (!faults) {
        printf("%s: sound\n", case_path());
        return STATUS_DONE;
    }
    printf(
        "%" G_GUINT64_FORMAT " fault%s; the documents can be read again into "
        "a new case\n",
        faults, faults == 1 ? "" : "s");
    return STATUS_PARTLY;
}
