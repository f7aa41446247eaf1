/* Standard output that lets nothing of a document act on a terminal. */
#define _GNU_SOURCE
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What the stream was given and has no end yet. */
struct waiting {
    GString *bytes, *plain;
};

/* Puts out all that stands before a tab or newline, and these as they are: a
   code point is never cut in two. */
static bool put_pieces(struct waiting *w)
{
    const char *at = w->bytes->str, *end = at + w->bytes->len, *stop;

    g_string_truncate(w->plain, 0);
    for (; at < end; at = stop + 1) {
        char *piece;

        stop = at;
        while (stop < end && *stop != '\t' && *stop != '\n')
            stop++;
        if (stop == end)
            break;
        piece = g_strndup(at, (size_t)(stop - at));
        append_plain(w->plain, piece);
        g_string_append_c(w->plain, *stop);
        g_free(piece);
    }
    g_string_erase(w->bytes, 0, at - w->bytes->str);
    return fwrite(w->plain->str, 1, w->plain->len, stdout) == w->plain->len;
}

static ssize_t write_plain(void *self, const char *bytes, size_t size)
{
    struct waiting *w = self;

    g_string_append_len(w->bytes, bytes, (gssize)size);
    if (memchr(bytes, '\n', size) && !put_pieces(w))
        return 0;
    return (ssize_t)size;
}

static int close_plain(void *self)
{
    struct waiting *w = self;
    bool good;

    /* A text may end without a newline; a terminal wants one. */
    if (w->bytes->len)
        g_string_append_c(w->bytes, '\n');
    good = put_pieces(w);
    g_string_free(w->bytes, TRUE);
    g_string_free(w->plain, TRUE);
    g_free(w);
    return good ? 0 : EOF;
}

FILE *output_open(void)
{
    cookie_io_functions_t functions = {
        .write = write_plain, .close = close_plain};
    struct waiting *w;

    if (!isatty(STDOUT_FILENO))
        return stdout;
    w = g_new(struct waiting, 1);
    w->bytes = g_string_new(NULL);
    w->plain = g_string_new(NULL);
    return fopencookie(w, "w", functions);
}

bool output_close(FILE *out)
{
    /* main tells of faults of standard output itself. */
    return out == stdout || fclose(out) == 0;
}
