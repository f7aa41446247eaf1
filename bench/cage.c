/*
 * What the cage costs: opens each file so many times in place, then in the
 * cage, and prints the milliseconds of processor time that a document takes,
 * the converter's start among them.  A file is shown under a name that says
 * nothing, so that none is read without being opened.
 *
 * usage: cage ATTEST-INTAKE LEXICON TIMES FILE...
 */
#include "cage/cage.h"
#include "formats/formats.h"

#include <stdio.h>
#include <sys/resource.h>

enum { SIZE_MOST = 64 << 20 };

static bool
open_once(const struct intake_options *o, GBytes *bytes, GError **error)
{
    struct source s = {.id = (char *)"x", .bytes = bytes};
    struct arena *a = arena_new();
    bool good = document_read(a, &s, o, error) != NULL;

    arena_free(a);
    return good;
}

/* Of this process, or of those that it started and that have ended. */
static double milliseconds(__rusage_who_t whose)
{
    struct rusage used;

    getrusage(whose, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

static double milliseconds_of_all(void)
{
    return milliseconds(RUSAGE_SELF) + milliseconds(RUSAGE_CHILDREN);
}

/* Ends the program where it cannot be opened. */
static void open_often(
    struct intake_words *words, const struct opener *opener, GBytes *bytes,
    int times)
{
    const struct intake_options o = {
        .words = words, .opener = opener, .size_most = SIZE_MOST};
    GError *error = NULL;

    for (int i = 0; i < times; i++)
        if (!open_once(&o, bytes, &error)) {
            fprintf(stderr, "%s\n", error->message);
            exit(1);
        }
}

static void time_file(
    struct intake_words *words, const struct formats *formats,
    const struct cage_options *o, GBytes *bytes, int times)
{
    double start = milliseconds_of_all(), middle;
    struct cage *cage;

    open_often(words, formats_opener(formats), bytes, times);
    middle = milliseconds_of_all();
    cage = cage_new(o);
    open_often(words, cage_opener(cage), bytes, times);
    cage_free(cage); /* what it took is told when it has ended */
    printf(
        "%zu\t%.3f\t%.3f\n", g_bytes_get_size(bytes), (middle - start) / times,
        (milliseconds_of_all() - middle) / times);
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    struct intake_words *words;
    struct formats *formats;

    if (argc < 5) {
        fprintf(stderr, "usage: cage ATTEST-INTAKE LEXICON TIMES FILE...\n");
        return 2;
    }
    words = intake_words_load(argv[2], &error);
    formats = words ? formats_new(false, &error) : NULL;
    if (!formats) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    puts("bytes\tin place, ms\tcaged, ms");
    for (int i = 4; i < argc; i++) {
        char *at;
        gsize len;
        GBytes *bytes;

        if (!g_file_get_contents(argv[i], &at, &len, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        bytes = g_bytes_new_take(at, len);
        time_file(
            words, formats,
            &(struct cage_options){
                .program = argv[1], .lexicon = argv[2], .size_most = SIZE_MOST},
            bytes, atoi(argv[3]));
        g_bytes_unref(bytes);
    }
    formats_free(formats);
    intake_words_free(words);
    return 0;
}
