/*
 * The peer of bench/match.sh: Jaro-Winkler over sorted words, as matchers of
 * names commonly do it (Winkler 1990), in lower case, accents taken off.
 *
 * usage: jaro <PAIRS   (columns left, right, ...; a score is put behind)
 */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LETTERS_MOST = 256 };

struct letters {
    gunichar at[LETTERS_MOST];
    size_t count;
};

static int compare_words(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* "Karun, Selím" -> "karun selim" */
static void sort_words(const char *name, struct letters *out)
{
    g_autofree char *flat = g_str_to_ascii(name, "C");
    g_autofree char *plain =
        g_utf8_strdown(g_str_is_ascii(name) ? name : flat, -1);
    g_auto(GStrv) words = g_strsplit_set(plain, " ,.-'()/", -1);
    guint count = g_strv_length(words);

    qsort(words, count, sizeof *words, compare_words);
    out->count = 0;
    for (guint i = 0; i < count; i++) {
        if (!*words[i])
            continue;
        if (out->count && out->count < LETTERS_MOST)
            out->at[out->count++] = ' ';
        for (const char *p = words[i]; *p && out->count < LETTERS_MOST;
             p = g_utf8_next_char(p))
            out->at[out->count++] = g_utf8_get_char(p);
    }
}

static size_t find_common(
    const struct letters *a, const struct letters *b, bool *in_a, bool *in_b)
{
    size_t most = MAX(a->count, b->count), common = 0;
    size_t window = most > 3 ? most / 2 - 1 : 0;

    for (size_t i = 0; i < a->count; i++) {
        size_t from = i > window ? i - window : 0;
        size_t to = MIN(i + window + 1, b->count);

        for (size_t k = from; k < to; k++)
            if (!in_b[k] && a->at[i] == b->at[k]) {
                in_a[i] = in_b[k] = true;
                common++;
                break;
            }
    }
    return common;
}

static double jaro_winkler(const struct letters *a, const struct letters *b)
{
    bool in_a[LETTERS_MOST] = {false}, in_b[LETTERS_MOST] = {false};
    double common = (double)find_common(a, b, in_a, in_b), moved = 0, jaro;
    size_t k = 0, start = 0;

    if (common == 0)
        return 0;
    for (size_t i = 0; i < a->count; i++) {
        if (!in_a[i])
            continue;
        while (!in_b[k])
            k++;
        moved += a->at[i] != b->at[k++];
    }
    jaro = (common / (double)a->count + common / (double)b->count +
            (common - moved / 2) / common) /
           3;
    while (start < 4 && start < a->count && start < b->count &&
           a->at[start] == b->at[start])
        start++;
    return jaro + (double)start * 0.1 * (1 - jaro);
}

int main(void)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t size;

    while ((size = getline(&line, &room, stdin)) > 0) {
        struct letters a, b;
        g_auto(GStrv) cells = NULL;

        line[size - 1] = '\0';
        cells = g_strsplit(line, "\t", 3);
        if (g_strv_length(cells) < 2)
            continue;
        sort_words(cells[0], &a);
        sort_words(cells[1], &b);
        printf("%s\t%.5f\n", line, jaro_winkler(&a, &b));
    }
    return 0;
}
