#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static char *head;

static const GOptionEntry entries[] = {
    {"head", 0, 0, G_OPTION_ARG_STRING, &head,
     "a head of this case that was kept elsewhere: is the log still its own?",
     "SIZE:ROOT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Recomputes the hashes of all documents, of all that was read from them, "
    "of\n"
    "what reviewers decided and of the log, and names the first entry that "
    "does\n"
    "not hold. Exit status: 0 all holds, 1 something does not, 2 it could not\n"
    "be opened. Write the head down, or keep a receipt: who rewrites the "
    "whole\n"
    "case cannot make that head again. docs/custody.md tells what this shows.\n"
    "\n"
    "Examples:\n"
    "  attest verify\n"
    "  attest verify --head "
    "12:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b8\\\n"
    "22cd15d6c15b0f00a08";

enum { ROOT_DIGITS = 64 };

/* False if that is no head. */
static bool parse_head(const char *word, struct tree_head *out)
{
    char *end;

    out->size = g_ascii_strtoull(word, &end, 10);
    if (end == word || *end != ':')
        return false;
    out->root = end + 1;
    return strlen(out->root) == ROOT_DIGITS &&
           strspn(out->root, "0123456789abcdefABCDEF") == ROOT_DIGITS;
}

static int tell(const struct verified *v)
{
    GString *line = g_string_new(NULL);

    if (v->fault) {
        append_plain(line, v->fault);
        printf("%s: %s\n", case_path(), line->str);
    } else {
        printf(
            "%s: all holds that was put into it since %s\n"
            "entries  %" G_GUINT64_FORMAT "\n"
            "head     %" G_GUINT64_FORMAT ":%s\n",
            case_path(), v->since ? v->since : "its begin", v->head.size,
            v->head.size, v->head.root);
    }
    g_string_free(line, TRUE);
    return v->fault ? STATUS_PARTLY : STATUS_DONE;
}

int command_verify(int argc, char **argv)
{
    struct tree_head known;
    struct verified v;
    struct arena *a;
    GError *error = NULL;
    struct kase *k;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "- verify the chain of custody", about,
        entries);
    options_end(argc, argv);
    if (head && !parse_head(head, &known)) {
        complain("--head: SIZE:ROOT, as 'attest verify' prints it");
        return STATUS_FAILED;
    }
    k = open_case(CASE_READ);
    a = arena_new();
    status = case_verify(k, a, head ? &known : NULL, &v, &error) ? tell(&v)
                                                                 : fail(error);
    arena_free(a);
    close_case(k);
    return status;
}
