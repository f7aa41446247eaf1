/* The command that opens a case as a page in the browser. */
#include "cli/cli.h"
#include "server/server.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *listen_at, *reviewer;
static int port = -1;
static gboolean is_read_only, has_no_browser;

static const GOptionEntry entries[] = {
    {"port", 'p', 0, G_OPTION_ARG_INT, &port,
     "the port to listen at, 0 for any (default: 7171, or any)", "N"},
    {"listen", 0, 0, G_OPTION_ARG_STRING, &listen_at,
     "let other machines in: listen at this address (default: 127.0.0.1)",
     "ADDRESS"},
    {"read-only", 'r', 0, G_OPTION_ARG_NONE, &is_read_only,
     "nobody can decide or add anything", NULL},
    {"as", 0, 0, G_OPTION_ARG_STRING, &reviewer,
     "your name, which stands with what you decide (else the page asks)",
     "NAME"},
    {"no-browser", 0, 0, G_OPTION_ARG_NONE, &has_no_browser,
     "print the link only", NULL},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Opens the case as a page in your browser: read, ask, review, add\n"
    "documents. The link that is printed works once and for one browser;\n"
    "press Enter here for another. Ctrl-C ends it; what was decided is kept.\n"
    "\n"
    "Only this machine can connect. With --listen others of the network can,\n"
    "who have a link; what they read and write then crosses the network\n"
    "unencrypted, so use it only where nobody listens in, or connect by\n"
    "'ssh -L 7171:127.0.0.1:7171' to the machine instead.\n"
    "\n"
    "Examples:\n"
    "  attest serve --case oil.attest\n"
    "  attest serve --case oil.attest --as 'Ana Ruiz'\n"
    "  attest serve --read-only --no-browser --port 8000\n"
    "\n"
    "Exit status: 0 it was ended, 2 wrong use, or it cannot serve.";

static bool has_screen(void)
{
    return g_getenv("DISPLAY") || g_getenv("WAYLAND_DISPLAY");
}

static void open_browser(const char *page)
{
    const char *const args[] = {"xdg-open", page, NULL};
    g_autoptr(GSubprocess) opener = g_subprocess_newv(
        args,
        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
        NULL);

    if (!opener)
        complain("there is no xdg-open: open the link in a browser yourself");
}

static void show(const char *link, const char *page, void *self)
{
    (void)self;
    puts(link);
    fflush(stdout);
    if (page && !has_no_browser && has_screen())
        open_browser(page);
}

static void check_options(void)
{
    if (port < -1 || port > 65535)
        complain("--port: from 1 to 65535, or 0 for any that is free");
    else if (reviewer && !reviewer[strspn(reviewer, " \t")])
        complain("--as: what is your name?");
    else
        return;
    exit(STATUS_FAILED);
}

static int serve(const struct server_options *o)
{
    GError *error = NULL;

    if (listen_at)
        complain("whoever is in the network can connect; without a link nobody "
                 "is let in, but what is read and written crosses the network "
                 "unencrypted");
    return server_run(o, &error) ? STATUS_DONE : fail(error);
}

int command_serve(int argc, char **argv)
{
    g_autofree char *lexicon = NULL, *models = NULL;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "- open the case as a page in the browser", about, entries);
    options_end(argc, argv);
    check_options();
    lexicon = lexicon_folder();
    models = models_folder();
    return serve(&(struct server_options){
        .case_path = case_path(),
        .listen = listen_at ? listen_at : "127.0.0.1",
        .port = port,
        .is_read_only = is_read_only,
        .reviewer = reviewer,
        .lexicon = lexicon,
        .models = models,
        .program = "/proc/self/exe",
        .show = show,
    });
}
