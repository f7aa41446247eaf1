/* tools.c - what reading a document takes: tables and weights, loaded. */
#include "cli/cli.h"
#include "cli/journey.h"

/* Where foreign documents are opened. */
static void build_cage(struct tools *t, const char *lexicon)
{
    char *program = converter_path();
    struct cage_options options = {
        .program = program,
        .lexicon = lexicon,
        .columns = t->columns,
        .size_most = t->options.size_most,
        .ocr = t->ocr,
    };

    t->cage = cage_new(&options);
    t->options.opener = cage_opener(t->cage);
    g_free(program);
}

bool tools_load(struct tools *t, GError **error)
{
    char *lexicon = lexicon_folder();
    char *models = models_folder();

    t->reader = reader_load(models, lexicon, error);
    if (t->reader)
        t->lexicon = lexicon_load(lexicon, models, error);
    if (t->lexicon)
        t->words = identity_load(lexicon, error);
    if (t->words)
        t->options.words = intake_words_load(lexicon, error);
    if (t->options.words &&
        (!t->columns ||
         intake_words_set_columns(t->options.words, t->columns, error)))
        build_cage(t, lexicon);
    g_free(lexicon);
    g_free(models);
    return t->cage != NULL;
}

void tools_unload(struct tools *t)
{
    reader_free(t->reader);
    lexicon_free(t->lexicon);
    identity_free(t->words);
    intake_words_free(t->options.words);
    cage_free(t->cage);
}
