/*
 * What intake costs: opens each file so many times in place, then in the cage,
 * and prints the milliseconds of processor time that a document takes, of all
 * processes together, with the megabytes a second in the cage.  Of pages also what libxml2 takes to make a tree of them.
 * A name that does not end in .txt says nothing, so that the file is opened by
 * the converter; a .txt of clean UTF-8 is read by attest itself.
 *
 * usage: cage ATTEST-INTAKE LEXICON TIMES FILE...
 */
#include "cage/cage.h"
#include "formats/formats.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <sys/resource.h>

enum { SIZE_MOST = 64 << 20 };

/* Of this process and those that it has waited for. */
static double milliseconds(void)
{
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    double total = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(whose); i++) {
        struct rusage used;

        getrusage(whose[i], &used);
        total += (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
                 (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
    }
    return total;
}

struct file {
    const char *id;
    GBytes *bytes;
};

static bool open_once(
    const struct intake_options *o, const struct file *file, GError **error)
{
    struct source s = {.id = (char *)file->id, .bytes = file->bytes};
    struct arena *a = arena_new();
    bool good = document_read(a, &s, o, error) != NULL;

    arena_free(a);
    return good;
}

/* Milliseconds each; ends the program where it cannot be opened. */
static double time_opening(
    struct intake_words *words, const struct opener *opener,
    const struct file *file, int times)
{
    const struct intake_options o = {
        .words = words, .opener = opener, .size_most = SIZE_MOST};
    double start = milliseconds();
    GError *error = NULL;

    for (int i = 0; i < times; i++)
        if (!open_once(&o, file, &error)) {
            fprintf(stderr, "%s\n", error->message);
            exit(1);
        }
    return (milliseconds() - start) / times;
}

/* Milliseconds that libxml2 alone takes; 0 of what is no page. */
static double time_parsing(GBytes *bytes, int times)
{
    gsize len;
    const char *at = g_bytes_get_data(bytes, &len);
    double start = milliseconds();

    if (!len || *at != '<')
        return 0;
    for (int i = 0; i < times; i++)
        xmlFreeDoc(htmlReadMemory(
            at, (int)len, NULL, "UTF-8",
            HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
    return (milliseconds() - start) / times;
}

/* The cage is ended so that its processes can be counted. */
static double time_caged(
    struct intake_words *words, const struct cage_options *o,
    const struct file *file, int times)
{
    double start = milliseconds();
    struct cage *cage = cage_new(o);

    (void)time_opening(words, cage_opener(cage), file, times);
    cage_free(cage);
    return (milliseconds() - start) / times;
}

static void measure(
    struct intake_words *words, const struct formats *formats,
    const struct cage_options *o, const struct file *file, int times)
{
    size_t size = g_bytes_get_size(file->bytes);
    double in_place = time_opening(words, formats_opener(formats), file, times);
    double caged = time_caged(words, o, file, times);

    printf(
        "%zu\t%.3f\t%.3f\t%.1f\t%.3f\n", size, in_place, caged,
        (double)size / 1000 / caged, time_parsing(file->bytes, times));
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    struct intake_words *words;
    struct formats *formats;
    struct cage_options options = {.size_most = SIZE_MOST};

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
    options.program = argv[1];
    options.lexicon = argv[2];
    puts("bytes\tin place, ms\tcaged, ms\tMB/s\tlibxml2, ms");
    for (int i = 4; i < argc; i++) {
        char *at;
        gsize len;
        struct file file = {
            g_str_has_suffix(argv[i], ".txt") ? "x.txt" : "x", NULL};

        if (!g_file_get_contents(argv[i], &at, &len, &error)) {
            fprintf(stderr, "%s\n", error->message);
            return 1;
        }
        file.bytes = g_bytes_new_take(at, len);
        measure(words, formats, &options, &file, atoi(argv[3]));
        g_bytes_unref(file.bytes);
    }
    formats_free(formats);
    intake_words_free(words);
    return 0;
}
