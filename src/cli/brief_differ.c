/* Where accounts differ: events that independent sources are at odds about. */
#include "cli/brief.h"
#include "cli/happening.h"

#include <stdlib.h>
#include <string.h>

/* --- what is told, and by whom -------------------------------------------- */

/* Denials by their words, the rest by what it tells of the matter. */
static const char *
matter_words(struct arena *a, const struct told *t, unsigned contest)
{
    switch (contest) {
    case CONTEST_DENIED:
        return told_denies(t) ? "denies it" : "says so";
    case CONTEST_FIGURE:
        return t->has_value ? t->count : NULL;
    case CONTEST_DAY:
        return t->first ? period_words(a, t->first, t->last) : NULL;
    default:
        return t->keys[0] ? t->parties[0] : NULL;
    }
}

static bool was_told(
    struct arena *a, const struct happening *h, uint32_t before,
    const char *words, unsigned contest)
{
    for (uint32_t i = 0; i < before; i++) {
        const char *other = matter_words(a, h->claims[i], contest);

        if (other && !strcmp(other, words))
            return true;
    }
    return false;
}

/* Each thing told once, by the first that tells it. */
static void
print_matter(const struct brief *b, const struct happening *h, unsigned contest)
{
    enum { LINES_MOST = 4 };
    struct arena *a = b->arena;
    uint32_t shown = 0;

    for (uint32_t i = 0; i < h->count && shown < LINES_MOST; i++) {
        const struct told *t = h->claims[i];
        const char *words = matter_words(a, t, contest);

        if (!words || (contest != CONTEST_DENIED && told_denies(t)) ||
            was_told(a, h, i, words, contest))
            continue;
        shown++;
        brief_line(
            6, arena_print(
                   a, "%s: %s  [c%" G_GINT64_FORMAT "]", told_voice(a, t),
                   words, t->id));
    }
}

static void print_contest(const struct brief *b, const struct happening *h)
{
    static const char *const words[] = {
        "one says so, one denies it", "the figures differ", "the days differ",
        "who did it differs"};
    struct arena *a = b->arena;

    for (int i = 0; i < (int)G_N_ELEMENTS(words); i++) {
        if (!(h->event->contests & 1U << i))
            continue;
        brief_line(
            2, arena_print(
                   a, "%s: %s  [e%" G_GINT64_FORMAT "]",
                   told_words(a, happening_fullest(h)), words[i], h->id));
        print_matter(b, h, 1U << i);
    }
}

/* --- all of them ---------------------------------------------------------- */

static bool is_telling(const struct happening *h)
{
    return h->event->contests && h->claims[0]->claim->stance != STANCE_WANTED &&
           !g_str_has_prefix(h->claims[0]->act, "other.");
}

static int by_voices(const void *x, const void *y)
{
    const struct happening *a = *(struct happening *const *)x;
    const struct happening *b = *(struct happening *const *)y;
    uint32_t of_a = a->event->support + a->event->deniers;
    uint32_t of_b = b->event->support + b->event->deniers;

    if (of_a != of_b)
        return of_a > of_b ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

void brief_differences(const struct brief *b)
{
    GPtrArray *all = g_ptr_array_new();

    for (uint32_t i = 0; i < b->digest->happening_count; i++)
        if (is_telling(&b->digest->happenings[i]))
            g_ptr_array_add(all, &b->digest->happenings[i]);
    g_ptr_array_sort(all, by_voices);
    if (all->len)
        brief_title("Where accounts differ");
    for (guint i = 0; i < all->len && i < b->most; i++)
        print_contest(b, g_ptr_array_index(all, i));
    if (all->len > b->most)
        brief_line(
            2, arena_print(
                   b->arena, "and %u more: attest events --contested",
                   all->len - b->most));
    g_ptr_array_free(all, TRUE);
}
