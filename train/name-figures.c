/*
 * Prints what train/names.py learns from, a line for each pair of names that
 * standard input holds (kind, name, name; tab-separated).
 *
 * usage: name-figures words|figures LEXICON MODELS <PAIRS
 *
 * words: for each name its words, as SOUNDS/SCRIPT/WEIGHT/SPELLING, after a tab;
 * figures: the figures of the pair, and before the first line their names.
 */
#include "identity/likeness.h"

#include <stdio.h>
#include <string.h>

static void print_words(const struct name_form *f)
{
    for (int i = 0; i < f->count; i++) {
        const struct name_word *w = &f->words[i];

        putchar(i ? ' ' : '\t');
        for (int k = 0; k < w->length; k++)
            putchar(sign_of_sound(f->sounds[w->from + k]));
        printf("/%d/%d/%d", w->script, w->weight, w->spelling);
    }
    if (!f->count)
        putchar('\t');
}

static void print_figures(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b)
{
    float figures[FIGURE_COUNT];

    names_figures(l, a, b, figures);
    for (int i = 0; i < FIGURE_COUNT; i++)
        printf("%s%.4f", i ? "\t" : "", (double)figures[i]);
}

static enum name_kind kind_of(const char *word)
{
    if (!strcmp(word, "person"))
        return NAME_PERSON;
    return strcmp(word, "place") ? NAME_GROUP : NAME_PLACE;
}

static void
print_pair(const struct likeness *l, struct arena *a, char **cells, bool words)
{
    enum name_kind kind = kind_of(cells[0]);
    const struct name_form *x =
        name_form_make(l, a, (struct str){cells[1], strlen(cells[1])}, kind);
    const struct name_form *y =
        name_form_make(l, a, (struct str){cells[2], strlen(cells[2])}, kind);

    if (words) {
        print_words(x);
        print_words(y);
    } else {
        print_figures(l, x, y);
    }
    putchar('\n');
}

static void print_head(void)
{
#define X(id, name, words) fputs(name "\t", stdout);
    FIGURES(X)
#undef X
    putchar('\n');
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    GError *error = NULL;
    struct identity_words *w;
    struct likeness *l;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    if (argc != 4)
        return 2;
    w = identity_load(argv[2], &error);
    l = w ? likeness_load(w, argv[2], argv[3], &error) : NULL;
    if (!l) {
        fprintf(stderr, "%s\n", error->message);
        return 1;
    }
    if (*argv[1] == 'f')
        print_head();
    while ((size = getline(&line, &room, stdin)) > 0) {
        char **cells;

        line[size - 1] = '\0';
        cells = g_strsplit(line, "\t", -1);
        if (g_strv_length(cells) >= 3)
            print_pair(l, a, cells, *argv[1] == 'w');
        g_strfreev(cells);
        arena_reset(a);
    }
    return 0;
}
