/* The command that counts a case once, for the page. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "index/index.h"

#include <stdio.h>
#include <unistd.h>

static const char about[] =
    "Counts the case once, so that 'attest serve' answers at once: who is who,\n"
    "which claims are one event, how many voices speak for it. What it counts\n"
    "is kept in CASE.index beside the case, which holds nothing that the case\n"
    "does not tell and may be deleted. 'attest serve' does it by itself when\n"
    "documents were added; do it by hand after the tables were changed, or\n"
    "before the page is opened on a large case.\n"
    "\n"
    "Example:\n"
    "  attest index --case oil.attest";

static void show(const char *what, uint64_t done, uint64_t all, void *self)
{
    (void)self;
    if (progress_is_lines())
        fprintf(
            stderr,
            "progress %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %s\n", done,
            all, what);
    else if (isatty(STDERR_FILENO) && all)
        fprintf(
            stderr, "\r\033[K%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
            what, done, all);
    else if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s ...", what);
}

int command_index(int argc, char **argv)
{
    g_autofree char *lexicon = NULL, *models = NULL;
    GError *error = NULL;
    struct kase *k;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "- count a case once, for the page", about, NULL);
    options_end(argc, argv);
    lexicon = lexicon_folder();
    models = models_folder();
    k = open_case(CASE_READ);
    good = index_build(k, case_path(), lexicon, models, show, NULL, &error);
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
