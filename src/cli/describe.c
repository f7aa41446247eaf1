/* describe.c - what a reviewer knows of documents better than they tell. */
#include "cli/named.h"

#include <stdio.h>
#include <string.h>

static char *values[DESCRIBED_COUNT], *who, *why;
static char **unknown;

static const GOptionEntry entries[] = {
    {"date", 'd', 0, G_OPTION_ARG_STRING, &values[DESCRIBED_DATE],
     "the day it was put out (YEAR-MONTH-DAY)", "DAY"},
    {"publisher", 'p', 0, G_OPTION_ARG_STRING, &values[DESCRIBED_PUBLISHER],
     "who put it out", "NAME"},
    {"title", 't', 0, G_OPTION_ARG_STRING, &values[DESCRIBED_TITLE],
     "what it is called", "WORDS"},
    {"url", 0, 0, G_OPTION_ARG_STRING, &values[DESCRIBED_URL],
     "where it was found", "URL"},
    {"language", 0, 0, G_OPTION_ARG_STRING, &values[DESCRIBED_LANGUAGE],
     "what it is written in: en", "CODE"},
    {"clear", 0, 0, G_OPTION_ARG_STRING_ARRAY, &unknown,
     "that its date, publisher, title, url or language is not known", "FIELD"},
    {"why", 0, 0, G_OPTION_ARG_STRING, &why, "for those who ask later",
     "WORDS"},
    {"by", 0, 0, G_OPTION_ARG_STRING, &who,
     "who says so (default: the user's login name)", "NAME"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Says what documents are (d12, a name, or a pattern such as 'press/*') "
    "where\n"
    "attest read it wrong or not at all. What was read stays; what you say "
    "holds\n"
    "instead, of later versions of the document too, and everywhere: in "
    "lists,\n"
    "filters, events, exports. The newest word on each field counts.\n"
    "\n"
    "Examples:\n"
    "  attest describe letter-7.txt --date 2012-03-01 --by 'Ana Ruiz'\n"
    "  attest describe 'press/*' --publisher 'Selm Gazette'\n"
    "  attest describe d12 --clear date --why 'that is the day of the scan'\n"
    "\n"
    "'attest history DOC' tells who said what.";

/* --- what is said --------------------------------------------------------- */

static bool take_unknown(struct description *said)
{
    for (char **word = unknown; word && *word; word++) {
        enum described f;

        if (!described_find(*word, &f)) {
            complain("--clear: there is no field '%s'; see --help", *word);
            return false;
        }
        if (values[f]) {
            complain("--clear %s: is it known, or not?", *word);
            return false;
        }
        said->fields[f].how = AMEND_CLEAR;
    }
    return true;
}

static bool take_options(struct description *said)
{
    bool is_said = unknown != NULL;

    said->who = who ? who : g_get_user_name();
    said->why = why;
    for (int i = 0; i < DESCRIBED_COUNT; i++)
        if (values[i]) {
            said->fields[i].how = AMEND_SET;
            said->fields[i].value = g_strstrip(values[i]);
            is_said = true;
        }
    if (is_said)
        return take_unknown(said);
    complain(
        "what is it? Like 'attest describe letter-7.txt --date 2012-03-01'");
    return false;
}

/* --- of which documents --------------------------------------------------- */

struct choice {
    GPatternSpec *pattern;
    GArray *documents; /* int64_t */
};

static bool take_fitting(const struct document_row *d, void *self)
{
    struct choice *c = self;

    if (g_pattern_spec_match_string(c->pattern, d->name))
        g_array_append_val(c->documents, d->id);
    return true;
}

static bool
choose_fitting(struct kase *k, const char *word, GArray *out, GError **error)
{
    struct choice c = {g_pattern_spec_new(word), out};
    struct arena *a = arena_new();
    bool good = case_find_documents(k, a, NULL, false, take_fitting, &c, error);

    arena_free(a);
    g_pattern_spec_free(c.pattern);
    return good;
}

/* Adds those that an argument names. */
static bool choose(struct kase *k, const char *word, GArray *out)
{
    guint before = out->len;
    GError *error = NULL;
    int64_t id = 0;
    bool good = document_named(k, word, &id, &error);

    if (id)
        g_array_append_val(out, id);
    else if (good && strpbrk(word, "*?"))
        good = choose_fitting(k, word, out, &error);
    if (!good)
        fail(error);
    else if (out->len == before)
        complain("%s holds no document '%s'", case_path(), word);
    return out->len > before;
}

/* --- the command ---------------------------------------------------------- */

/* What was read in claims counts from the day that was known then. */
static void tell_next(enum amend how)
{
    char *path = g_shell_quote(case_path());

    if (how != AMEND_KEEP)
        printf(
            "So that \"on Monday\" in its claims is counted from %s:\n"
            "  attest read --again --case %s\n",
            how == AMEND_SET ? "this day" : "no day any more", path);
    g_free(path);
}

static void tell(const struct description *said, guint count)
{
    GString *line = g_string_new(NULL);

    for (int i = 0; i < DESCRIBED_COUNT; i++) {
        if (said->fields[i].how == AMEND_KEEP)
            continue;
        g_string_append_printf(
            line, "%s%s ", line->len ? ", " : "",
            described_word((enum described)i));
        append_plain(
            line, said->fields[i].how == AMEND_SET ? said->fields[i].value
                                                   : "not known");
    }
    printf(
        "%u document%s described: %s\n", count, count == 1 ? "" : "s",
        line->str);
    g_string_free(line, TRUE);
    tell_next(said->fields[DESCRIBED_DATE].how);
}

static int
describe(struct kase *k, char **words, const struct description *said)
{
    GArray *documents = g_array_new(FALSE, FALSE, sizeof(int64_t));
    GError *error = NULL;
    int status = STATUS_DONE;

    for (; *words && status == STATUS_DONE; words++)
        if (!choose(k, *words, documents))
            status = STATUS_FAILED;
    if (status == STATUS_DONE &&
        !case_describe(
            k, (const int64_t *)(void *)documents->data, documents->len, said,
            &error))
        status = fail(error);
    if (status == STATUS_DONE)
        tell(said, documents->len);
    g_array_free(documents, TRUE);
    return status;
}

int command_describe(int argc, char **argv)
{
    struct description said = {0};
    struct kase *k;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "DOC... - say what documents are", about,
        entries);
    if (argc < 2) {
        complain("which document? Like 'attest describe letter-7.txt'");
        return STATUS_FAILED;
    }
    if (!take_options(&said))
        return STATUS_FAILED;
    k = open_case(CASE_WRITE);
    status = describe(k, argv + 1, &said);
    close_case(k);
    return status;
}
