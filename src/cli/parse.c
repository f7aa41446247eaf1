#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static char *input, *output, *date;
static int jobs;

static const GOptionEntry entries[] = {
    {"input", 0, 0, G_OPTION_ARG_STRING, &input,
     "text (default), or conllu: its tokens are kept, all else is made anew",
     "FORMAT"},
    {"output", 0, 0, G_OPTION_ARG_STRING, &output, "conllu", "FORMAT"},
    {"date", 'd', 0, G_OPTION_ARG_STRING, &date,
     "the day that 'on Monday' counts from (YEAR-MONTH-DAY)", "DAY"},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs,
     "threads to work in (one for each processor); the output is the same",
     "N"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Prints tokens, tags, lemmas and Universal Dependencies trees as CoNLL-U,\n"
    "with names, times and numbers in the last column. Without FILE it reads\n"
    "standard input.\n"
    "\n"
    "Example:\n"
    "  echo 'She was held for two years.' | attest parse";

static char *read_file(const char *path, gsize *size, GError **error)
{
    GIOChannel *in;
    char *bytes = NULL;

    if (strcmp(path, "-") != 0)
        return g_file_get_contents(path, &bytes, size, error) ? bytes : NULL;
    in = g_io_channel_unix_new(0);
    g_io_channel_set_encoding(in, NULL, NULL);
    if (g_io_channel_read_to_end(in, &bytes, size, error) != G_IO_STATUS_NORMAL)
        bytes = NULL;
    g_io_channel_unref(in);
    return bytes;
}

/* A run of sentences that one thread reads; what it makes lives in its own
   arena, as threads cannot share one. */
struct chunk {
    struct text text;
    struct arena *arena;
};

static void parse_chunk(gpointer chunk, gpointer reader)
{
    struct chunk *c = chunk;

    language_tag_and_parse(reader, c->arena, &c->text);
}

static void free_chunk(gpointer chunk)
{
    arena_free(((struct chunk *)chunk)->arena);
    g_free(chunk);
}

/* Returns the chunks, which what was read needs as long as it is used. */
static GPtrArray *parse_text(struct reader *r, const struct text *t)
{
    enum { CHUNK_SENTENCES = 64 };
    GPtrArray *chunks = g_ptr_array_new_with_free_func(free_chunk);
    GThreadPool *pool = g_thread_pool_new(parse_chunk, r, jobs, FALSE, NULL);

    for (uint32_t i = 0; i < t->count; i += CHUNK_SENTENCES) {
        struct chunk *c = g_new0(struct chunk, 1);

        c->arena = arena_new();
        c->text = *t;
        c->text.sentences += i;
        c->text.count = MIN(t->count - i, CHUNK_SENTENCES);
        g_ptr_array_add(chunks, c);
        g_thread_pool_push(pool, c, NULL);
    }
    g_thread_pool_free(pool, FALSE, TRUE);
    return chunks;
}

static struct text *break_text(
    const struct reader *r, struct arena *a, struct str s, GError **error)
{
    if (input && !strcmp(input, "conllu"))
        return conllu_read(a, s, error);
    if (!g_utf8_validate_len(s.at, s.len, NULL)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "it is not UTF-8 text; 'attest read' takes other encodings");
        return NULL;
    }
    if (s.len > 1u << 30) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_LIMIT, "it is larger than 1 GB");
        return NULL;
    }
    return language_break(r, a, s, (struct span){0, (uint32_t)s.len});
}

static void
write_text(struct reader *r, struct arena *a, struct text *t, FILE *to)
{
    GPtrArray *chunks = parse_text(r, t);
    GString *out = g_string_new(NULL);

    language_settle_names(t);
    language_find_times(r, a, t, date);
    conllu_write(t, out);
    fwrite(out->str, 1, out->len, to);
    g_string_free(out, TRUE);
    g_ptr_array_unref(chunks);
}

static bool parse_file(struct reader *r, const char *path, FILE *to)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct text *t = NULL;
    gsize size;
    char *bytes = read_file(path, &size, &error);

    if (bytes)
        t = break_text(r, a, (struct str){bytes, size}, &error);
    if (t) {
        write_text(r, a, t, to);
    } else {
        complain("%s: %s", path, error->message);
        g_error_free(error);
    }
    g_free(bytes);
    arena_free(a);
    return t != NULL;
}

static bool check_options(void)
{
    if (input && strcmp(input, "text") != 0 && strcmp(input, "conllu") != 0)
        complain("--input: '%s' is neither text nor conllu", input);
    else if (output && strcmp(output, "conllu") != 0)
        complain("--output: '%s' is not conllu", output);
    else
        return true;
    return false;
}

int command_parse(int argc, char **argv)
{
    const char *standard[] = {"-", NULL};
    const char *const *paths;
    int status = STATUS_DONE;
    GError *error = NULL;
    struct reader *r;
    FILE *to;
    char *lexicon, *models;

    options_parse(
        &argc, &argv, OPTIONS_DATA, "[FILE...] - show the trees of a text",
        about, entries);
    check_day("--date", date);
    check_jobs(&jobs);
    if (!check_options())
        return STATUS_FAILED;
    lexicon = lexicon_folder();
    models = models_folder();
    r = reader_load(models, lexicon, &error);
    g_free(lexicon);
    g_free(models);
    if (!r)
        return fail(error);
    paths = argc > 1 ? (const char *const *)argv + 1 : standard;
    to = output_open();
    for (; *paths; paths++)
        if (!parse_file(r, *paths, to))
            status = STATUS_PARTLY;
    reader_free(r);
    if (!output_close(to))
        status = STATUS_FAILED;
    return status;
}
