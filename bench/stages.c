/*
 * Where the time of reading goes: runs each room in turn over the documents
 * given, on one thread, and prints tokens/s of each stage.
 *
 * usage: stages MODELS LEXICON PATH...
 */
#include "case/case.h"
#include "formats/formats.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>

enum stage {
    STAGE_INTAKE,
    STAGE_BREAK,
    STAGE_PARSE,
    STAGE_TIMES,
    STAGE_CLAIMS,
    STAGE_IDENTITY,
    STAGE_SKETCH,
    STAGE_CASE,
    STAGE_COUNT
};

static const char *const stage_names[] = {
    "intake", "break", "tag, parse, names", "times, numbers", "claims",
    "identity", "sketch", "case",
};

static const char *const part_names[PARSE_PARTS] = {
    "  features", "  layers", "  tags, lemmas", "  names", "  trees",
};

struct bench {
    struct reader *reader;
    struct lexicon *lexicon;
    struct identity_words *words;
    struct intake_words *intake;
    struct formats *formats;
    struct kase *kase;
    struct arena *arena;
    int64_t spent[STAGE_COUNT]; /* microseconds */
    int64_t parts[PARSE_PARTS]; /* of tagging and parsing, nanoseconds */
    struct timespec part_start;
    uint64_t documents, bytes, tokens, claims;
};

/* Adds the time since *start to the stage and starts again. */
static void lap(struct bench *b, enum stage stage, int64_t *start)
{
    int64_t now = g_get_monotonic_time();

    b->spent[stage] += now - *start;
    *start = now;
}

static void part_done(void *data, enum parse_part part)
{
    struct bench *b = data;
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    b->parts[part] += (now.tv_sec - b->part_start.tv_sec) * 1000000000 +
                      now.tv_nsec - b->part_start.tv_nsec;
    b->part_start = now;
}

static bool read_source(
    struct bench *b, const struct source *s, GError **error)
{
    const struct intake_options options = {
        .words = b->intake,
        .opener = formats_opener(b->formats),
        .size_most = 256 * 1024 * 1024};
    const struct parse_watch watch = {part_done, b};
    struct reading r = {.lexicon = b->lexicon};
    struct findings *findings;
    struct document *document;
    struct text *text;
    case_added added;
    int64_t start = g_get_monotonic_time();

    arena_reset(b->arena);
    document = document_read(b->arena, s, &options, error);
    if (!document)
        return false;
    lap(b, STAGE_INTAKE, &start);
    text = language_break(b->reader, b->arena, document->text, document->body);
    lap(b, STAGE_BREAK, &start);
    clock_gettime(CLOCK_MONOTONIC, &b->part_start);
    language_watch(b->reader, b->arena, text, &watch);
    language_settle_names(text);
    part_done(b, PARSE_NAMES);
    lap(b, STAGE_PARSE, &start);
    language_find_times(b->reader, b->arena, text, document->date);
    lap(b, STAGE_TIMES, &start);
    findings = claims_find(b->lexicon, b->arena, text, document->date);
    lap(b, STAGE_CLAIMS, &start);
    r.entities = identity_resolve(b->words, b->arena, text, findings);
    lap(b, STAGE_IDENTITY, &start);
    sketch_make(b->arena, &r.sketch, text);
    lap(b, STAGE_SKETCH, &start);
    r.document = document;
    r.text = text;
    r.findings = findings;
    if (!case_add(b->kase, &r, &added, error))
        return false;
    lap(b, STAGE_CASE, &start);
    b->documents++;
    b->bytes += document->text.len;
    b->tokens += text->token_count;
    b->claims += findings->claim_count;
    return true;
}

static void read_all(struct bench *b, const char *const *paths)
{
    struct intake *in = intake_open(paths, NULL, 0);
    struct source *s;

    while ((s = intake_next(in))) {
        GError *error = s->error ? g_error_copy(s->error) : NULL;

        if (error || !read_source(b, s, &error)) {
            fprintf(stderr, "%s: %s\n", s->id, error->message);
            g_error_free(error);
        }
        source_free(s);
    }
    intake_close(in);
}

static void print_line(
    const struct bench *b, const char *name, double seconds, double total)
{
    printf(
        "%-18s %10.0f tokens/s  %5.1f %%\n", name,
        (double)b->tokens / MAX(seconds, 1e-6), 100 * seconds / total);
}

static void print_stages(const struct bench *b)
{
    int64_t total = 1;

    for (int i = 0; i < STAGE_COUNT; i++)
        total += b->spent[i];
    printf(
        "%" G_GUINT64_FORMAT " documents, %.1f MB, %" G_GUINT64_FORMAT
        " tokens, %" G_GUINT64_FORMAT " claims\n",
        b->documents, (double)b->bytes / 1e6, b->tokens, b->claims);
    for (int i = 0; i < STAGE_COUNT; i++) {
        print_line(
            b, stage_names[i], (double)b->spent[i] / 1e6, (double)total / 1e6);
        for (int k = 0; i == STAGE_PARSE && k < PARSE_PARTS; k++)
            print_line(
                b, part_names[k], (double)b->parts[k] / 1e9,
                (double)total / 1e6);
    }
    printf(
        "%-18s %10.0f tokens/s  %.2f s\n", "all",
        (double)b->tokens * 1e6 / (double)MAX(total, 1), (double)total / 1e6);
}

static bool load(
    struct bench *b, const char *models, const char *lexicon,
    const char *path, GError **error)
{
    b->arena = arena_new();
    b->reader = reader_load(models, lexicon, error);
    if (!b->reader)
        return false;
    b->lexicon = lexicon_load(lexicon, models, error);
    if (!b->lexicon)
        return false;
    b->intake = intake_words_load(lexicon, error);
    if (!b->intake)
        return false;
    b->formats = formats_new(false, error);
    if (!b->formats)
        return false;
    b->words = identity_load(lexicon, error);
    if (!b->words)
        return false;
    b->kase = case_open(
        path, CASE_CREATE, "2000-01-01T00:00:00Z", error);
    return b->kase != NULL;
}

int main(int argc, char **argv)
{
    struct bench b = {0};
    GError *error = NULL;
    char *dir = g_dir_make_tmp("attest-bench-XXXXXX", NULL);
    char *path = g_build_filename(dir, "bench.attest", NULL);
    int64_t start = g_get_monotonic_time();

    if (argc < 4) {
        fprintf(stderr, "usage: stages MODELS LEXICON PATH...\n");
        return 2;
    }
    if (!load(&b, argv[1], argv[2], path, &error)) {
        fprintf(stderr, "stages: %s\n", error->message);
        return 1;
    }
    printf(
        "models and tables loaded in %.1f ms\n",
        (double)(g_get_monotonic_time() - start) / 1e3);
    read_all(&b, (const char *const *)argv + 3);
    start = g_get_monotonic_time();
    if (!case_close(b.kase, &error)) {
        fprintf(stderr, "stages: %s\n", error->message);
        return 1;
    }
    lap(&b, STAGE_CASE, &start);
    print_stages(&b);
    g_unlink(path);
    g_rmdir(dir);
    formats_free(b.formats);
    intake_words_free(b.intake);
    identity_free(b.words);
    lexicon_free(b.lexicon);
    reader_free(b.reader);
    arena_free(b.arena);
    g_free(path);
    g_free(dir);
    return 0;
}
