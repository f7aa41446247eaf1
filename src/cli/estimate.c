#include "cli/estimate.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **acts, **places, **lists;
static char *since, *until, *by, *format;

static const GOptionEntry entries[] = {
    {"list", 'l', 0, G_OPTION_ARG_STRING_ARRAY, &lists,
     "count this list; may be given several times (default: all)", "NAME"},
    {"act", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &acts,
     "from the case: people to whom this was done (life.kill, liberty)", "ACT"},
    {"since", 0, 0, G_OPTION_ARG_STRING, &since, "... on this day or later",
     "DAY"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &until, "... on this day or earlier",
     "DAY"},
    {"place", 0, 0, G_OPTION_ARG_STRING_ARRAY, &places, "... there", "WORDS"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &by,
     "whose lists: source (the last of the chain that has a name; default) or "
     "publisher",
     "WORD"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (a page of words; default), tsv, json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "From lists of people who were killed, taken or the like: how many there\n"
    "were in all, those on no list among them. Where lists that were made\n"
    "apart from each other hold much the same names, few are missing; where\n"
    "they hold different ones, many are (capture-recapture).\n"
    "\n"
    "FILE, or standard input, is a table (CSV or TSV) whose first line names\n"
    "the columns. Either a line for each name on a list:\n"
    "\n"
    "  name,list\n"
    "  Ana Ruiz,Commission\n"
    "  Ana Ruiz,Families\n"
    "\n"
    "with a column name, id, person or victim and a column list, source or\n"
    "publisher; or a line for each person with a column of 0 and 1 for each\n"
    "list (in_NAME, as HRDAG's tables have them, or any name), and if need\n"
    "be a column count. Names that differ only in case and accents are one\n"
    "person; who is who should be settled before.\n"
    "\n"
    "With --act the people are those whom the case names as having suffered\n"
    "it, on the list of whoever says so.\n"
    "\n"
    "Two lists: Chapman's estimate. Three to five: log-linear models, which\n"
    "allow for lists that depend on each other. Of more than five the\n"
    "smallest are taken as one. docs/estimate.md tells more.\n"
    "\n"
    "Examples:\n"
    "  attest estimate victims.csv\n"
    "  attest estimate --list Commission --list Families victims.csv\n"
    "  attest estimate --act life.kill --since 2019-01-01 --by publisher";

static enum enrol_by parse_by(void)
{
    if (!by || !strcmp(by, "source"))
        return BY_SOURCE;
    if (!strcmp(by, "publisher"))
        return BY_PUBLISHER;
    complain("--by: '%s' is neither source nor publisher", by);
    exit(STATUS_FAILED);
}

/* --- reading -------------------------------------------------------------- */

static bool enrol_claims(struct enrolled *out)
{
    struct claim_filter filter = {
        .acts = (const char *const *)acts,
        .places = (const char *const *)places,
        .since = since,
        .until = until};
    enum enrol_by whose = parse_by();
    struct kase *k = open_case(CASE_READ);
    GError *error = NULL;
    bool good = enrol_case(k, &filter, whose, out, &error);

    close_case(k);
    if (!good)
        fail(error);
    return good;
}

static void check_arguments(int argc, char **argv)
{
    check_day("--since", since);
    check_day("--until", until);
    if (argc > 2)
        options_end(argc - 1, argv + 1);
    if (acts && argc > 1) {
        complain("either a file or --act of a case, not both");
        exit(STATUS_FAILED);
    }
    if (!acts && (since || until || places || by)) {
        complain("--since, --until, --place and --by go with --act");
        exit(STATUS_FAILED);
    }
    if (!acts && argc < 2 && isatty(STDIN_FILENO)) {
        complain("which table? Or --act of the case; see --help");
        exit(STATUS_FAILED);
    }
}

/* --- estimating ----------------------------------------------------------- */

static void take_pairs(struct arena *a, struct estimate *e)
{
    e->pairs = arena_make(a, struct pair_count, PAIRS_MOST);
    for (uint32_t x = 0; x < e->captures.lists; x++)
        for (uint32_t y = x + 1; y < e->captures.lists; y++)
            pair_take(&e->captures, x, y, &e->pairs[e->pair_count++]);
}

static void take_models(struct arena *a, struct estimate *e)
{
    e->models = models_fit(a, &e->captures);
    for (uint32_t i = 0; i < MIN(e->models->fitted, MODELS_SHOWN); i++)
        model_range(&e->captures, &e->models->at[i]);
    e->total = e->models->total;
}

/* False, told, where these lists allow for no estimate. */
static bool make_estimate(struct arena *a, struct estimate *e)
{
    if (e->captures.lists < 2) {
        complain(
            e->captures.lists
                ? "there is one list only, '%s': what it misses can be told "
                  "by another list alone"
            : acts ? "no claim that matches tells by name whom it befell"
                   : "there is nobody on any list",
            e->captures.names[0]);
        return false;
    }
    take_pairs(a, e);
    if (e->captures.lists > 2)
        take_models(a, e);
    else
        e->total = e->pairs[0].total;
    if (e->models && !e->models->fitted) {
        complain("no model can be fitted: too few people are on several "
                 "lists; choose two with --list");
        return false;
    }
    e->warnings = warnings_find(a, &e->captures, e->models, &e->warning_count);
    return true;
}

static int tell(const struct enrolled *from)
{
    struct arena *a = arena_new();
    struct estimate e = {0};
    const char *unknown;
    int status = STATUS_PARTLY;

    if (!roll_count(
            from->roll, a, (const char *const *)lists, &e.captures, &unknown)) {
        complain("--list: there is no list '%s'", unknown);
        status = STATUS_FAILED;
    } else if (make_estimate(a, &e)) {
        status = STATUS_DONE;
        if (format && strcmp(format, "table"))
            estimate_list(a, &e, format);
        else
            estimate_print(a, &e, from);
    }
    arena_free(a);
    return status;
}

int command_estimate(int argc, char **argv)
{
    struct enrolled people = {0};
    bool good;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "[FILE] - how many there were, from lists",
        about, entries);
    check_arguments(argc, argv);
    people.roll = roll_new();
    good = acts ? enrol_claims(&people)
                : enrol_file(argc > 1 ? argv[1] : "-", &people);
    status = good ? tell(&people) : STATUS_FAILED;
    roll_free(people.roll);
    return status;
}
