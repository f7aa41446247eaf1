/* What stands at the edge of most pages and is of no page's text. */
#include "formats/paper/layout.h"

#include <string.h>

enum {
    PAGES_LEAST = 3, /* on which it must stand, and ... */
    SHARE = 40,      /* ... in a hundred of all pages: two for odd and even */
    ROUNDS = 3,      /* lines above each other */
};

struct edges {
    const struct layout *layout;
    const struct intake_words *words;
    GHashTable *heads;   /* words of a line -> pages that have it */
    GHashTable *numbers; /* page number less pages before -> likewise */
    uint32_t least;
};

/* --- page numbers ------------------------------------------------------------------ */

/* A number that has nothing about it but marks and words as "page" and "of". */
static bool is_page_number(
    const struct intake_words *known, const char *words, int64_t *number)
{
    char **parts = g_strsplit_set(words, " .,-|/()[]", -1);
    bool is_one = false, good = true;

    for (char **at = parts; *at && good; at++) {
        char *end, *low;
        int64_t value = g_ascii_strtoll(*at, &end, 10);

        if (!**at)
            continue;
        low = g_utf8_strdown(*at, -1);
        if (g_ascii_isdigit(**at) && !*end && strlen(*at) < 6) {
            *number = is_one ? *number : value;
            is_one = true;
        } else {
            good = g_hash_table_contains(known->page_words, low);
        }
        g_free(low);
    }
    g_strfreev(parts);
    return good && is_one;
}

/* --- the edges of pages ------------------------------------------------------------- */

/* The highest line or the lowest that is not marked yet; NULL if none is. */
static const struct line *
find_edge(const struct line *lines, uint32_t count, bool is_top)
{
    const struct line *edge = NULL;

    for (const struct line *at = lines; at < lines + count; at++)
        if (!at->is_running &&
            (!edge || (is_top ? at->box.top < edge->box.top
                              : at->box.bottom > edge->box.bottom)))
            edge = at;
    return edge;
}

/* What stands at one height at the edge of a page. */
struct band {
    GPtrArray *lines; /* struct line */
    GString *words;   /* of all but the page number */
    bool is_numbered;
    int64_t number; /* the page's, less the pages before */
};

static void add_to_band(
    struct band *b, const struct edges *e, uint32_t page, struct line *line)
{
    const char *at = e->layout->words->str + line->from;
    char *words = g_strndup(at, line->to - line->from);
    int64_t number = 0;

    g_ptr_array_add(b->lines, line);
    if (is_page_number(e->words, words, &number)) {
        b->is_numbered = true;
        b->number = number - page;
    } else {
        g_string_append(b->words, words);
        g_string_append_c(b->words, '\n');
    }
    g_free(words);
}

static void
find_band(struct band *b, const struct edges *e, uint32_t page, bool is_top)
{
    uint32_t first = g_array_index(e->layout->pages, struct page, page).first;
    uint32_t count = layout_page_end(e->layout, page) - first;
    struct line *lines = (struct line *)(void *)e->layout->lines->data + first;
    const struct line *edge = find_edge(lines, count, is_top);

    *b = (struct band){g_ptr_array_new(), g_string_new(NULL), false, 0};
    for (uint32_t i = 0; edge && i < count; i++) {
        float middle = (lines[i].box.top + lines[i].box.bottom) / 2;

        if (!lines[i].is_running && middle >= edge->box.top &&
            middle <= edge->box.bottom)
            add_to_band(b, e, page, &lines[i]);
    }
}

static void clear_band(struct band *b)
{
    g_ptr_array_free(b->lines, TRUE);
    g_string_free(b->words, TRUE);
}

static void add_one(GHashTable *counts, gpointer key)
{
    guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, key));

    g_hash_table_replace(counts, key, GUINT_TO_POINTER(count + 1));
}

static bool is_often(const struct edges *e, GHashTable *counts, gpointer key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(counts, key)) >= e->least;
}

static void count_band(struct edges *e, const struct band *b)
{
    if (b->is_numbered)
        add_one(e->numbers, GINT_TO_POINTER((gint)b->number));
    if (b->words->len)
        add_one(e->heads, g_strdup(b->words->str));
}

/* All of it or nothing: a form's label is no head without what is filled in. */
static void mark_band(struct edges *e, const struct band *b)
{
    const gpointer seen = GUINT_TO_POINTER(G_MAXUINT);
    bool is_first;

    if (b->is_numbered &&
        !is_often(e, e->numbers, GINT_TO_POINTER((gint)b->number)))
        return;
    if (b->words->len) {
        if (!is_often(e, e->heads, b->words->str))
            return;
        is_first = g_hash_table_lookup(e->heads, b->words->str) != seen;
        g_hash_table_replace(e->heads, g_strdup(b->words->str), seen);
        if (is_first)
            return;
    }
    for (guint i = 0; i < b->lines->len; i++)
        ((struct line *)g_ptr_array_index(b->lines, i))->is_running = true;
}

static void
each_band(struct edges *e, void (*take)(struct edges *e, const struct band *b))
{
    for (uint32_t p = 0; p < e->layout->pages->len; p++) {
        struct band top, bottom;

        find_band(&top, e, p, true);
        find_band(&bottom, e, p, false);
        take(e, &top);
        if (top.lines->len && top.lines->pdata[0] != bottom.lines->pdata[0])
            take(e, &bottom); /* a page of one line has one edge */
        clear_band(&top);
        clear_band(&bottom);
    }
}

static void mark_round(struct edges *e)
{
    e->heads = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    e->numbers = g_hash_table_new(g_direct_hash, g_direct_equal);
    each_band(e, count_band);
    each_band(e, mark_band);
    g_hash_table_unref(e->heads);
    g_hash_table_unref(e->numbers);
}

void mark_running(const struct layout *l, const struct intake_words *words)
{
    struct edges e = {
        .layout = l,
        .words = words,
        .least = MAX(PAGES_LEAST, l->pages->len * SHARE / 100),
    };

    if (l->pages->len >= PAGES_LEAST && l->lines->len)
        for (int i = 0; i < ROUNDS; i++)
            mark_round(&e);
}
