/*
 * event_pairs.c - the pairs of a case's claims that grouping weighs, with what
 * they have in common: one line a pair, for bench/events.py --train.
 *
 * usage: event_pairs --case FILE
 */
#include "cli/cli.h"

#include <stdio.h>

static void
print_pair(int64_t a, int64_t b, const float *features, double sum, void *self)
{
    (void)self;
    printf("c%" G_GINT64_FORMAT "\tc%" G_GINT64_FORMAT "\t%.3f", a, b, sum);
    for (int i = 0; event_features[i]; i++)
        printf("\t%.4g", (double)features[i]);
    putchar('\n');
}

static void print_head(void)
{
    printf("a\tb\tsum");
    for (int i = 0; event_features[i]; i++)
        printf("\t%s", event_features[i]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct lexicon *lexicon;
    char *tables, *models;
    struct kase *k;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, "- pairs of claims", "",
        NULL);
    k = open_case(CASE_READ);
    tables = lexicon_folder();
    models = models_folder();
    lexicon = lexicon_load(tables, models, &error);
    print_head();
    good = lexicon && digest_weigh(k, lexicon, tables, a, print_pair, NULL, &error);
    g_free(tables);
    g_free(models);
    lexicon_free(lexicon);
    arena_free(a);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
