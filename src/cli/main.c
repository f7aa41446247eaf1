#include "cli/cli.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

struct command {
    const char *name, *words;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
#define X(name, words) {#name, words, command_##name},
    COMMANDS(X)
#undef X
};

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (!strcmp(name, commands[i].name))
            return &commands[i];
    return NULL;
}

static void print_help(FILE *out)
{
    fputs(
        "attest keeps, for everything that documents say, who says it.\n\n"
        "usage: attest COMMAND [--case FILE] ...\n\n",
        out);
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].words);
    fputs(
        "\nA first look:\n"
        "  attest read reports/            reads a folder into case.attest\n"
        "  attest brief                    what these documents claim\n"
        "  attest claims --act liberty     arrests, detentions, releases, ...\n"
        "  attest show c12                 claim 12, with its sentence\n\n"
        "'attest help COMMAND' tells more; so does 'man attest'.\n",
        out);
}

static int run_command(const struct command *c, int argc, char **argv)
{
    char *name = g_strdup_printf("attest %s", c->name);
    int status;

    g_set_prgname(name);
    argv[0] = name;
    status = c->run(argc, argv);
    if (fflush(stdout) || ferror(stdout)) {
        complain("cannot write to standard output");
        status = STATUS_FAILED;
    }
    g_free(name);
    return status;
}

static int help(int argc, char **argv)
{
    const struct command *c = argc > 2 ? find_command(argv[2]) : NULL;
    char option[] = "--help";
    char *args[] = {argv[0], option, NULL};

    if (argc <= 2) {
        print_help(stdout);
        return STATUS_DONE;
    }
    if (c)
        return run_command(c, 2, args);
    complain("there is no command '%s'; see 'attest help'", argv[2]);
    return STATUS_FAILED;
}

int main(int argc, char **argv)
{
    const struct command *c;

    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    if (!g_get_charset(NULL)) /* words in options are UTF-8 everywhere */
        setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_DFL); /* `attest claims | head` ends quietly */
    if (argc < 2) {
        print_help(stderr);
        return STATUS_FAILED;
    }
    if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") ||
        !strcmp(argv[1], "-h"))
        return help(argc, argv);
    if (!strcmp(argv[1], "--version")) {
        puts("attest " ATTEST_VERSION);
        return STATUS_DONE;
    }
    c = find_command(argv[1]);
    if (!c) {
        complain("there is no command '%s'; see 'attest help'", argv[1]);
        return STATUS_FAILED;
    }
    return run_command(c, argc - 1, argv + 1);
}
