/*
 * What the cage costs: opens each file so many times in place, then in the
 * cage, and prints the milliseconds that a document takes.  A file is shown
 * under a name that says nothing, so that none is read without being opened.
 *
 * usage: cage ATTEST-INTAKE LEXICON TIMES FILE...
 */
#include "cage/cage.h"
#include "formats/formats.h"

#include <stdio.h>

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

/* Milliseconds each; ends the program where it cannot be opened. */
static double time_opening(
    struct intake_words *words, const struct opener *opener, GBytes *bytes,
    int times)
{
    const struct intake_options o = {
        .words = words, .opener = opener, .size_most = SIZE_MOST};
    int64_t start = g_get_monotonic_time();
    GError *error = NULL;

    for (int i = 0; i < times; i++)
        if (!open_once(&o, bytes, &error)) {
            fprintf(stderr, "%s\n", error->message);
            exit(1);
        }
    return (double)(g_get_monotonic_time() - start) / 1000 / times;
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    struct intake_words *words;
    struct formats *formats;
    struct cage *cage;

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
    cage = cage_new(&(struct cage_options){
        .program = argv[1], .lexicon = argv[2], .size_most = SIZE_MOST});
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
        printf(
            "%zu\t%.3f\t%.3f\n", len,
            time_opening(words, formats_opener(formats), bytes, atoi(argv[3])),
            time_opening(words, cage_opener(cage), bytes, atoi(argv[3])));
        g_bytes_unref(bytes);
    }
    cage_free(cage);
    formats_free(formats);
    intake_words_free(words);
    return 0;
}
