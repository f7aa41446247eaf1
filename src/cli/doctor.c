/* Does the cage shut in which foreign documents are opened? */
#include "cage/cage.h"
#include "cli/cli.h"

static const char about[] =
    "Formats that strangers could have made to do harm (a web page, a text in\n"
    "an unknown encoding) are opened by a program of their own, "
    "attest-intake,\n"
    "which may touch nothing on this machine. This tells what keeps it so.\n"
    "Plain text and Markdown in UTF-8, and JSON Lines, are read without it.\n"
    "\n"
    "Exit status: 0 the doors that are needed hold, 1 they do not: such\n"
    "documents are then not opened at all.";

static const struct {
    const char *title, *words;
    bool is_essential;
} doors[DOOR_COUNT] = {
#define X(name, essential, title, words) {title, words, essential},
    DOORS(X)
#undef X
};

static void print_doors(const bool holds[DOOR_COUNT])
{
    for (int i = 0; i < DOOR_COUNT; i++)
        printf(
            "  %-4s %-13s %s%s\n", holds[i] ? "yes" : "NO", doors[i].title,
            doors[i].words,
            holds[i] || doors[i].is_essential ? "" : " (good to have)");
}

static int look(struct cage *c)
{
    bool holds[DOOR_COUNT];
    GError *error = NULL;

    if (!cage_look(c, holds, &error)) {
        printf("Foreign documents cannot be opened: %s\n", error->message);
        g_error_free(error);
        return STATUS_PARTLY;
    }
    print_doors(holds);
    if (cage_is_shut(holds)) {
        puts("Foreign documents are opened in a cage that holds.");
        return STATUS_DONE;
    }
    puts("Foreign documents are not opened: a door that is needed is open.");
    return STATUS_PARTLY;
}

int command_doctor(int argc, char **argv)
{
    static const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};
    struct cage_options options = {.size_most = 16 << 20};
    char *program, *lexicon;
    struct cage *c;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_DATA,
        "- tell whether documents are opened safely", about, entries);
    options_end(argc, argv);
    program = converter_path();
    lexicon = lexicon_folder();
    options.program = program;
    options.lexicon = lexicon;
    c = cage_new(&options);
    printf("%s\n", program);
    status = look(c);
    cage_free(c);
    g_free(lexicon);
    g_free(program);
    return status;
}
