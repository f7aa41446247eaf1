/*
 * Prints who is meant by which words: reads the tokens of one document in
 * CoNLL-U, and prints for each mention its sentence and its head word, both
 * counted from 1, the number of its entity and the entity's kind.
 *
 * usage: mentions MODELS LEXICON < FILE
 */
#include "identity/identity.h"

#include <stdio.h>

struct tools {
    struct reader *reader;
    struct lexicon *lexicon;
    struct identity_words *words;
};

static bool load(struct tools *t, char **argv, GError **error)
{
    return (t->reader = reader_load(argv[1], argv[2], error)) &&
           (t->lexicon = lexicon_load(argv[2], argv[1], error)) &&
           (t->words = identity_load(argv[2], error));
}

static void print_mentions(const struct entities *e)
{
    static const char *const kinds[NAME_KINDS] = {"person", "group", "place"};

    for (uint32_t i = 0; i < e->mention_count; i++) {
        const struct mention *m = &e->mentions[i];

        printf(
            "%u\t%u\t%u\t%s\n", m->sentence + 1, m->head + 1, m->entity,
            kinds[e->entities[m->entity].kind]);
    }
}

static bool
read_text(const struct tools *t, struct arena *a, struct str in, GError **error)
{
    struct text *text = conllu_read(a, in, error);
    struct findings *f;

    if (!text)
        return false;
    language_tag_and_parse(t->reader, a, text);
    language_settle_names(text);
    language_find_times(t->reader, a, text, NULL);
    f = claims_find(t->lexicon, a, text, NULL);
    print_mentions(identity_resolve(t->words, a, text, f));
    return true;
}

int main(int argc, char **argv)
{
    GError *error = NULL;
    struct tools t = {0};
    struct arena *a = arena_new();
    GIOChannel *in = g_io_channel_unix_new(0);
    char *bytes = NULL;
    gsize size = 0;
    bool fine;

    g_io_channel_set_encoding(in, NULL, NULL);
    fine = argc == 3 && load(&t, argv, &error) &&
           g_io_channel_read_to_end(in, &bytes, &size, &error) ==
               G_IO_STATUS_NORMAL &&
           read_text(
               &t, a, (struct str){bytes, (uint32_t)size}, &error);
    if (!fine)
        fprintf(
            stderr, "mentions: %s\n",
            error ? error->message : "give the folders of models and tables");
    g_clear_error(&error);
    g_free(bytes);
    g_io_channel_unref(in);
    identity_free(t.words);
    lexicon_free(t.lexicon);
    reader_free(t.reader);
    arena_free(a);
    return !fine;
}
