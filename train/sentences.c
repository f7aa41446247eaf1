/*
 * Prints the words of every sentence that can be read from files and folders,
 * a sentence a line, words apart by a space: what train/train.py fills gaps
 * in.  Documents that cannot be read are passed over.
 *
 * usage: sentences MODELS LEXICON PATH...
 */
#include "formats/formats.h"
#include "language/language.h"

#include <stdio.h>

static int fail(GError *error)
{
    fprintf(stderr, "%s\n", error->message);
    g_error_free(error);
    return 1;
}

static void print_text(const struct text *t)
{
    for (uint32_t i = 0; i < t->count; i++)
        for (uint32_t k = 0; k < t->sentences[i].token_count; k++)
            printf(
                "%s%c", t->sentences[i].tokens[k].form,
                k + 1 < t->sentences[i].token_count ? ' ' : '\n');
}

static void print_document(
    const struct reader *r, const struct intake_options *o,
    const struct source *s)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct document *d = document_read(a, s, o, &error);

    if (d)
        print_text(language_break(r, a, d->text, d->body));
    g_clear_error(&error);
    arena_free(a);
}

int main(int argc, char **argv)
{
    struct intake_options o = {.size_most = 1 << 30};
    GError *error = NULL;
    struct formats *formats;
    struct reader *r;
    struct source *s;
    struct intake *in;

    if (argc < 4) {
        fprintf(stderr, "usage: %s MODELS LEXICON PATH...\n", argv[0]);
        return 2;
    }
    r = reader_load(argv[1], argv[2], &error);
    if (!r || !(o.words = intake_words_load(argv[2], &error)) ||
        !(formats = formats_new(false, &error)))
        return fail(error);
    o.opener = formats_opener(formats);
    in = intake_open((const char *const *)argv + 3, NULL, 0);
    for (; (s = intake_next(in)); source_free(s))
        if (!s->error)
            print_document(r, &o, s);
    intake_close(in);
    formats_free(formats);
    return 0;
}
