#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *case_option;
static char *lexicon_option;
static char *models_option;

static const GOptionEntry option_case[] = {
    {"case", 'c', 0, G_OPTION_ARG_FILENAME, &case_option,
     "the case file (default: case.attest)", "FILE"},
    G_OPTION_ENTRY_NULL,
};

static const GOptionEntry option_data[] = {
    {"lexicon", 0, 0, G_OPTION_ARG_FILENAME, &lexicon_option,
     "folder of tables to use instead of attest's own", "DIR"},
    {"models", 0, 0, G_OPTION_ARG_FILENAME, &models_option,
     "folder of trained models, likewise", "DIR"},
    G_OPTION_ENTRY_NULL,
};

void complain(const char *format, ...)
{
    GString *words = g_string_new(NULL);
    char *message;
    va_list args;

    va_start(args, format);
    message = g_strdup_vprintf(format, args);
    va_end(args);
    append_plain(words, message);
    fprintf(stderr, "attest: %s\n", words->str);
    g_string_free(words, TRUE);
    g_free(message);
}

int fail(GError *error)
{
    complain("%s", error->message);
    g_error_free(error);
    return STATUS_FAILED;
}

void options_parse(
    int *argc, char ***argv, unsigned sets, const char *usage,
    const char *about, const GOptionEntry *entries)
{
    GOptionContext *context = g_option_context_new(usage);
    GError *error = NULL;

    g_option_context_set_description(context, about);
    if (sets & OPTIONS_CASE)
        g_option_context_add_main_entries(context, option_case, NULL);
    if (sets & OPTIONS_DATA)
        g_option_context_add_main_entries(context, option_data, NULL);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, argc, argv, &error)) {
        complain("%s", error->message);
        fprintf(stderr, "Try '%s --help'.\n", g_get_prgname());
        exit(STATUS_FAILED);
    }
    if (*argc > 1 && !g_strcmp0((*argv)[1], "--")) {
        (*argv)++;
        (*argc)--;
    }
    g_option_context_free(context);
}

void options_end(int argc, char **argv)
{
    if (argc < 2)
        return;
    complain("what to do with '%s'?", argv[1]);
    fprintf(stderr, "Try '%s --help'.\n", g_get_prgname());
    exit(STATUS_FAILED);
}

void check_day(const char *option, const char *day)
{
    if (!day || date_is(day))
        return;
    complain("%s: '%s' is no day; write it as 2012-02-21", option, day);
    exit(STATUS_FAILED);
}

void check_jobs(int *jobs)
{
    enum { JOBS_MOST = 256 };

    if (*jobs < 0 || *jobs > JOBS_MOST) {
        complain("--jobs: from 1 to %d", JOBS_MOST);
        exit(STATUS_FAILED);
    }
    if (!*jobs)
        *jobs = MIN((int)g_get_num_processors(), JOBS_MOST);
}

const char *case_path(void)
{
    return case_option ? case_option : "case.attest";
}

char *now_words(void)
{
    GDateTime *time = g_date_time_new_now_utc();
    char *words = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

    g_date_time_unref(time);
    return words;
}

struct kase *open_case(case_mode mode)
{
    GError *error = NULL;
    char *time = now_words();
    struct kase *k = case_open(case_path(), mode, time, &error);

    g_free(time);
    if (!k)
        exit(fail(error));
    return k;
}

void close_case(struct kase *k)
{
    GError *error = NULL;

    if (!case_close(k, &error))
        exit(fail(error));
}

/* `path` below the folder of the program, so that an installed tree can be
   moved; "" if that cannot be told. */
static char *beside_program(const char *path)
{
    char *program = g_file_read_link("/proc/self/exe", NULL);
    char *bin = program ? g_path_get_dirname(program) : NULL;
    char *found = bin ? g_build_filename(bin, path, NULL) : g_strdup("");

    g_free(bin);
    g_free(program);
    return found;
}

/* The first of these folders that is there, with `name` below it; that of the
   installation if none is, for the message. */
static char *data_folder(const char *name)
{
    const char *given = g_getenv("ATTEST_DATA");
    char *beside = beside_program("../share/attest");
    const char *const roots[] = {beside, ATTEST_SOURCE_DIR, ATTEST_DATA_DIR};
    char *path = given ? g_build_filename(given, name, NULL) : NULL;

    for (size_t i = 0; !path && i < G_N_ELEMENTS(roots); i++) {
        path = g_build_filename(roots[i], name, NULL);
        if (i + 1 < G_N_ELEMENTS(roots) &&
            !g_file_test(path, G_FILE_TEST_IS_DIR))
            g_clear_pointer(&path, g_free);
    }
    g_free(beside);
    return path;
}

char *lexicon_folder(void)
{
    return lexicon_option ? g_strdup(lexicon_option) : data_folder("lexicon");
}

char *models_folder(void)
{
    return models_option ? g_strdup(models_option) : data_folder("models");
}

char *converter_path(void)
{
    char *path = beside_program("attest-intake");

    if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
        return path;
    g_free(path);
    return beside_program("../libexec/attest-intake");
}
