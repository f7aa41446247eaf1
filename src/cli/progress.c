#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { EVERY = 200 * 1000 }; /* microseconds */

struct progress {
    uint64_t size; /* of all that will be read; 0 if not known */
    bool is_shown;
    int64_t start, last;
};

struct progress *progress_new(struct intake *in, uint64_t size)
{
    struct progress *p = g_new0(struct progress, 1);

    p->is_shown = isatty(STDERR_FILENO);
    p->size = p->is_shown && in ? intake_size(in) : size;
    p->start = p->last = g_get_monotonic_time();
    return p;
}

void progress_free(struct progress *p)
{
    if (p->is_shown)
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

void progress_show(
    struct progress *p, uint64_t documents, uint64_t claims, uint64_t bytes)
{
    int64_t now = g_get_monotonic_time();
    double seconds = (double)(now - p->start) / 1e6;

    if (!p->is_shown || now - p->last < EVERY)
        return;
    p->last = now;
    fprintf(
        stderr,
        "\r\033[K%" G_GUINT64_FORMAT " documents, %" G_GUINT64_FORMAT
        " claims, %.1f MB/s",
        documents, claims, (double)bytes / 1e6 / seconds);
    if (p->size > bytes && bytes > 0)
        print_left(seconds * (double)(p->size - bytes) / (double)bytes);
    fflush(stderr);
}
