/*
 * Prints what train/attribution.py learns from: for each document of a JSON
 * Lines file the words that may be cues, their readings and features.
 *
 * usage: attribution-features MODELS LEXICON FILE.jsonl
 */
#include "claims/attribution.h"
#include "formats/formats.h"

#include <stdio.h>

static int fail(GError *error)
{
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
    return 1;
}

static bool print_document(
    const struct reader *r, const struct cues *c,
    const struct intake_options *o, const struct source *s, GError **error)
{
    struct arena *a = arena_new();
    GString *out = g_string_new(NULL);
    struct document *d = document_read(a, s, o, error);
    struct text *t;

    if (d) {
        t = language_read(r, a, d->text, d->body, d->date);
        attributions_print_features(c, a, t, out);
        printf("D %s\n%s", d->id, out->str);
    }
    g_string_free(out, TRUE);
    arena_free(a);
    return d != NULL;
}

int main(int argc, char **argv)
{
    struct intake_options o = {.size_most = 1 << 30};
    GError *error = NULL;
    struct formats *formats;
    struct reader *r;
    struct source *s;
    struct intake *in;
    struct cues *c;

    if (argc != 4) {
        fprintf(stderr, "usage: %s MODELS LEXICON FILE.jsonl\n", argv[0]);
        return 2;
    }
    r = reader_load(argv[1], argv[2], &error);
    if (!r || !(c = cues_load(argv[2], NULL, &error)) ||
        !(o.words = intake_words_load(argv[2], &error)) ||
        !(formats = formats_new(false, &error)))
        return fail(error);
    o.opener = formats_opener(formats);
    in = intake_open((const char *const[]){argv[3], NULL}, NULL, 0);
    for (; (s = intake_next(in)); source_free(s))
        if (!print_document(r, c, &o, s, &error))
            return fail(error);
    intake_close(in);
    formats_free(formats);
    return 0;
}
