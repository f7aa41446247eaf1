/* The command that reads; journey.c holds the way of a document. */
#include "cli/cli.h"
#include "cli/journey.h"
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- options ------------------------------------------------------ */

static volatile sig_atomic_t stopped;

static gboolean again, no_originals, ocr;
static char *publisher, *date, *columns;
static int jobs;
static int size_most = 16;

static const GOptionEntry entries[] = {
    {"again", 0, 0, G_OPTION_ARG_NONE, &again,
     "read every document of the case anew, with the tables as they are now",
     NULL},
    {"publisher", 'p', 0, G_OPTION_ARG_STRING, &publisher,
     "who put the documents out, where they do not tell", "NAME"},
    {"date", 'd', 0, G_OPTION_ARG_STRING, &date,
     "the day they were put out (YEAR-MONTH-DAY), likewise", "DAY"},
    {"columns", 0, 0, G_OPTION_ARG_STRING, &columns,
     "which columns of tables tell what, as text=Narrative+Notes,date=When",
     "FIELD=NAME,..."},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs,
     "threads (default: one for each processor)", "N"},
    {"no-originals", 0, 0, G_OPTION_ARG_NONE, &no_originals,
     "keep no copy of the documents' bytes in the case", NULL},
    {"max-size", 0, 0, G_OPTION_ARG_INT, &size_most,
     "pass over documents larger than this (default: 16)", "MB"},
    {"ocr", 0, 0, G_OPTION_ARG_NONE, &ocr,
     "read pictures and scanned pages of PDF too (slow; needs the Debian "
     "package tesseract-ocr-eng)",
     NULL},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Reads files and folders (and what is in them) into a case: plain text,\n"
    "Markdown, HTML, PDF, RTF, DOCX, ODT, EPUB, subtitles (.srt, .vtt), mail\n"
    "and mailboxes, archives (ZIP, TAR, 7z), saved sites (WARC, WACZ), tables\n"
    "(CSV, TSV), news feeds (RSS, Atom), and JSON Lines ({\"id\",\n"
    "\"text\",\"title\",\"date\",\"publisher\",\"url\"} a line); with --ocr "
    "also\n"
    "pictures (PNG, JPEG, TIFF) and pages that were scanned; '-' is standard\n"
    "input. A text may begin with lines 'Title:', 'Date:', 'Publisher:',\n"
    "'URL:' before a blank line. What is in the case already is passed over;\n"
    "what has changed becomes a new version. Nothing is ever removed. After a\n"
    "change of the tables, --again reads what is in the case anew: what comes\n"
    "out otherwise becomes a new version, and what reviewers\n"
    "decided goes over to it.\n"
    "\n"
    "Examples:\n"
    "  attest read reports/ letters/\n"
    "  attest read --case oil.attest --publisher 'The Courier' *.html\n"
    "  attest read --columns 'text=Narrative,date=Reported on' incidents.csv\n"
    "  attest read --again --case oil.attest --lexicon my-tables\n"
    "\n"
    "Exit status: 0 all was read, 1 some documents were not, 2 wrong use, or\n"
    "the case cannot be written.";

static bool check_options(int argc)
{
    check_day("--date", date);
    check_jobs(&jobs);
    if (size_most < 1 || size_most > 1024)
        complain("--max-size: from 1 to 1024 (MB)");
    else if (again && (argc > 1 || publisher || date || columns))
        complain(
            "--again reads what is in the case as it is: no PATH, --publisher, "
            "--date or --columns goes with it");
    else if (!again && argc < 2)
        complain(
            "what shall be read? Name files or folders, or '-' for standard "
            "input; see 'attest read --help'");
    else
        return true;
    return false;
}

/* --- what became of it --- */

static void tell_failures(const struct outcome *o)
{
    const char *before = progress_is_lines() ? "failure " : "  ";
    GString *line = g_string_new(NULL);

    for (guint i = 0; i < o->failures->len; i++) {
        g_string_assign(line, before);
        append_plain(line, g_ptr_array_index(o->failures, i));
        fprintf(stderr, "%s\n", line->str);
    }
    if (o->failed > FAILURES_TOLD)
        fprintf(
            stderr, "%sand %" G_GUINT64_FORMAT " more\n", before,
            o->failed - FAILURES_TOLD);
    g_string_free(line, TRUE);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static bool
is_same_family(const struct lexicon *lexicon, uint32_t a, uint32_t b)
{
    const char *x = lexicon_act_code(lexicon, a);
    const char *y = lexicon_act_code(lexicon, b);
    size_t length = strcspn(x, ".");

    return length == strcspn(y, ".") && !strncmp(x, y, length);
}

/* "  liberty 23, violence 23, movement 20, ...", in the order of the acts. */
static void tell_acts(const struct outcome *o, const struct lexicon *lexicon)
{
    GString *words = g_string_new(NULL), *wrapped = g_string_new(NULL);
    uint32_t count = lexicon_act_count(lexicon);
    uint64_t *families = g_new0(uint64_t, count + 1);

    /* A family counts at its first act. */
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = 0;

        while (!is_same_family(lexicon, first, i))
            first++;
        families[first] += o->acts[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        const char *code = lexicon_act_code(lexicon, i);

        if (families[i])
            g_string_append_printf(
                words, "%s%.*s %" G_GUINT64_FORMAT, words->len ? ", " : "",
                (int)strcspn(code, "."), code, families[i]);
    }
    append_wrapped(wrapped, words->str, 2);
    if (words->len)
        fputs(wrapped->str, stdout);
    g_free(families);
    g_string_free(words, TRUE);
    g_string_free(wrapped, TRUE);
}

static void tell_next(void)
{
    char *path = g_shell_quote(case_path());

    puts("What they claim:");
    printf("  attest brief --case %s\n", path);
    g_free(path);
}

static void tell_unread(const struct outcome *o)
{
    if (o->unread)
        printf(
            "%" G_GUINT64_FORMAT " document%s not in English: kept and "
            "searchable, without claims\n",
            o->unread, plural(o->unread));
}

static void tell_again(const struct outcome *o)
{
    uint64_t count = o->versions + o->known;

    printf(
        "%" G_GUINT64_FORMAT " document%s read again: %" G_GUINT64_FORMAT
        " came out otherwise, with %" G_GUINT64_FORMAT " claim%s\n",
        count, plural(count), o->versions, o->claims, plural(o->claims));
    tell_unread(o);
}

static void tell_read(const struct outcome *o, const struct lexicon *lexicon)
{
    printf(
        "%" G_GUINT64_FORMAT " document%s read, %" G_GUINT64_FORMAT
        " claim%s found\n",
        o->documents + o->versions, plural(o->documents + o->versions),
        o->claims, plural(o->claims));
    tell_acts(o, lexicon);
    if (o->versions)
        printf(
            "%" G_GUINT64_FORMAT " of them new version%s of documents in the "
            "case\n",
            o->versions, plural(o->versions));
    if (o->known)
        printf(
            "%" G_GUINT64_FORMAT " document%s in the case already\n", o->known,
            plural(o->known));
    if (o->mended)
        printf(
            "%" G_GUINT64_FORMAT " document%s mended: see the notes in "
            "'attest documents'\n",
            o->mended, plural(o->mended));
    tell_unread(o);
    if (isatty(STDOUT_FILENO) && o->claims)
        tell_next();
}

static void tell(const struct outcome *o, const struct lexicon *lexicon)
{
    if (again)
        tell_again(o);
    else
        tell_read(o, lexicon);
    fflush(stdout);
    if (o->failed) {
        fprintf(stderr, "%" G_GUINT64_FORMAT " not read:\n", o->failed);
        tell_failures(o);
    }
}

static bool log_outcome(struct kase *k, const struct outcome *o, GError **error)
{
    char *particulars = g_strdup_printf(
        "{\"documents\":%" G_GUINT64_FORMAT ",\"versions\":%" G_GUINT64_FORMAT
        ",\"known\":%" G_GUINT64_FORMAT ",\"failed\":%" G_GUINT64_FORMAT
        ",\"claims\":%" G_GUINT64_FORMAT "}",
        o->documents, o->versions, o->known, o->failed, o->claims);
    bool good = case_log(k, again ? "read again" : "read", particulars, error);

    g_free(particulars);
    return good;
}

/* --- the command --- */

static int read_paths(const struct tools *t, struct kase *k, char **paths)
{
    struct outcome o = {
        .acts = g_new0(uint64_t, lexicon_act_count(t->lexicon)),
        .failures = g_ptr_array_new_with_free_func(g_free)};
    struct intake *in = again ? NULL
                              : intake_open(
                                    (const char *const *)paths,
                                    t->options.opener, t->options.size_most);
    struct kase *look = open_case(CASE_READ);
    GError *error = NULL;
    int status = STATUS_DONE;

    bool good = again ? journey_again(t, k, look, jobs, &stopped, &o, &error)
                      : journey_run(t, k, look, in, jobs, &stopped, &o, &error);

    if (!good || !log_outcome(k, &o, &error) || !case_save(k, &error))
        status = fail(error);
    if (in)
        intake_close(in);
    close_case(look);
    if (status == STATUS_DONE) /* else it is not known what was kept */
        tell(&o, t->lexicon);
    if (stopped)
        complain("stopped; what was read is in the case");
    if (status == STATUS_DONE && (o.failed || stopped))
        status = STATUS_PARTLY;
    g_ptr_array_free(o.failures, TRUE);
    g_free(o.acts);
    return status;
}

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* The first time Ctrl-C lets what is begun be finished; the second ends the
   program at once, which costs the last batch, not the case. */
static void catch_signals(void)
{
    struct sigaction action = {
        .sa_handler = stop, .sa_flags = SA_RESTART | (int)SA_RESETHAND};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int command_read(int argc, char **argv)
{
    struct tools t = {0};
    GError *error = NULL;
    int status = STATUS_FAILED;
    struct kase *k;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "PATH... - read documents into a case", about, entries);
    if (!check_options(argc))
        return STATUS_FAILED;
    t.options.publisher = publisher;
    t.options.date = date;
    t.columns = columns;
    t.options.size_most = (uint64_t)size_most << 20;
    t.options.keeps_bytes = !no_originals;
    t.ocr = ocr;
    catch_signals();
    if (tools_load(&t, &error)) {
        k = open_case(again ? CASE_WRITE : CASE_CREATE);
        status = read_paths(&t, k, argv + 1);
        close_case(k);
    } else {
        fail(error);
    }
    tools_unload(&t);
    return status;
}
