#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { EVERY = 200 * 1000 }; /* microseconds */

struct progress {
    uint64_t size; /* of all that will be read; 0 if not known */
    bool is_shown, is_lines;
    int64_t start, last;
    uint64_t documents, claims, bytes;
};

bool progress_is_lines(void)
{
    return !g_strcmp0(g_getenv("ATTEST_PROGRESS"), "lines");
}

struct progress *progress_new(struct intake *in, uint64_t size)
{
    struct progress *p = g_new0(struct progress, 1);

    p->is_lines = progress_is_lines();
    p->is_shown = p->is_lines || isatty(STDERR_FILENO);
    p->size = p->is_shown && in ? intake_size(in) : size;
    p->start = p->last = g_get_monotonic_time();
    return p;
}

static void print_line(const struct progress *p)
{
    fprintf(
        stderr,
        "progress %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
        " %" G_GUINT64_FORMAT " documents, %" G_GUINT64_FORMAT " claims\n",
        p->bytes, MAX(p->size, p->bytes), p->documents, p->claims);
}

void progress_free(struct progress *p)
{
    if (p->is_lines)
        print_line(p);
    else if (p->is_shown)
        fputs("\r\033[K", stderr);
    g_free(p);
}

static void print_left(double seconds)
{
    unsigned left = (unsigned)MIN(seconds, 360000);

    if (left >= 3600)
        fprintf(stderr, ", %u h %02u min left", left / 3600, left / 60 % 60);
    else
        fprintf(stderr, ", %u:%02u left", left / 60, left % 60);
}

static void print_screen(const struct progress *p)
{
    double seconds = (double)(p->last - p->start) / 1e6;

    fprintf(
        stderr,
        "\r\033[K%" G_GUINT64_FORMAT " documents, %" G_GUINT64_FORMAT
        " claims, %.1f MB/s",
        p->documents, p->claims, (double)p->bytes / 1e6 / seconds);
    if (p->size > p->bytes && p->bytes > 0)
        print_left(seconds * (double)(p->size - p->bytes) / (double)p->bytes);
}

void progress_show(
    struct progress *p, uint64_t documents, uint64_t claims, uint64_t bytes)
{
    int64_t now = g_get_monotonic_time();

    p->documents = documents;
    p->claims = claims;
    p->bytes = bytes;
    if (!p->is_shown || now - p->last < EVERY)
        return;
    p->last = now;
    if (p->is_lines)
        print_line(p);
    else
        print_screen(p);
    fflush(stderr);
}
