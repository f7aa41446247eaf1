/*
 * What became of one text in another, by words.  Long texts are tied together
 * first at words that stand once in each ("patience", Bram Cohen); what lies
 * between is compared by its longest common subsequence, if it is not too long.
 */
#include "events/events.h"

#include <string.h>

enum {
    CELLS_MOST = 1 << 20, /* of a table of two parts */
    DEPTH_MOST = 40,
};
#define NOWHERE UINT32_MAX

struct alignment {
    const struct wording_word *first, *second;
    uint32_t *match; /* of each word of the first: where in the second */
};

/* Words [from, to) of both. */
struct range2 {
    uint32_t from1, to1, from2, to2;
};

static bool is_same(const struct alignment *al, uint32_t x, uint32_t y)
{
    return al->first[x].exact == al->second[y].exact;
}

static struct range2 trim(struct alignment *al, struct range2 r)
{
    while (r.from1 < r.to1 && r.from2 < r.to2 && is_same(al, r.from1, r.from2))
        al->match[r.from1++] = r.from2++;
    while (r.from1 < r.to1 && r.from2 < r.to2 &&
           is_same(al, r.to1 - 1, r.to2 - 1))
        al->match[--r.to1] = --r.to2;
    return r;
}

/* --- short parts -------------------------------------------------------- */

/* table[i * (m + 1) + k]: how many are common from i and k on. */
static void fill(const struct alignment *al, struct range2 r, uint32_t *table)
{
    uint32_t n = r.to1 - r.from1, m = r.to2 - r.from2;

    for (uint32_t i = n; i-- > 0;)
        for (uint32_t k = m; k-- > 0;) {
            uint32_t *at = &table[i * (m + 1) + k];

            *at = is_same(al, r.from1 + i, r.from2 + k) ? 1 + at[m + 2]
                                                        : MAX(at[1], at[m + 1]);
        }
}

static void align_short(struct alignment *al, struct range2 r)
{
    uint32_t n = r.to1 - r.from1, m = r.to2 - r.from2, i = 0, k = 0;
    g_autofree uint32_t *table = g_new0(uint32_t, ((size_t)n + 1) * (m + 1));

    fill(al, r, table);
    while (i < n && k < m) {
        const uint32_t *at = &table[i * (m + 1) + k];

        if (is_same(al, r.from1 + i, r.from2 + k))
            al->match[r.from1 + i++] = r.from2 + k++;
        else if (at[m + 1] >= at[1])
            i++;
        else
            k++;
    }
}

/* --- long parts --------------------------------------------------------- */

/* A word that stands once in each part. */
struct anchor {
    uint32_t at1, at2;
    uint32_t before; /* the anchor before it in the chain that ends here */
};

struct seen {
    uint32_t exact, at;
};

static int compare_seen(const void *x, const void *y)
{
    const struct seen *a = x, *b = y;

    if (a->exact != b->exact)
        return a->exact < b->exact ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* The words that stand once in [from, to), by hash. */
static struct seen *list_single(
    const struct wording_word *words, uint32_t from, uint32_t to,
    uint32_t *count)
{
    struct seen *all = g_new(struct seen, to - from + 1);
    uint32_t made = to - from, kept = 0;

    for (uint32_t i = from; i < to; i++)
        all[i - from] = (struct seen){words[i].exact, i};
    qsort(all, made, sizeof(*all), compare_seen);
    for (uint32_t i = 0; i < made; i++)
        if ((!i || all[i].exact != all[i - 1].exact) &&
            (i + 1 == made || all[i].exact != all[i + 1].exact))
            all[kept++] = all[i];
    *count = kept;
    return all;
}

static int compare_anchors(const void *x, const void *y)
{
    const struct anchor *a = x, *b = y;

    return a->at1 < b->at1 ? -1 : a->at1 > b->at1;
}

static struct anchor *
list_anchors(const struct alignment *al, struct range2 r, uint32_t *count)
{
    uint32_t n, m, i = 0, k = 0;
    g_autofree struct seen *x = list_single(al->first, r.from1, r.to1, &n);
    g_autofree struct seen *y = list_single(al->second, r.from2, r.to2, &m);
    struct anchor *out = g_new(struct anchor, MIN(n, m) + 1);

    *count = 0;
    while (i < n && k < m) {
        if (x[i].exact == y[k].exact)
            out[(*count)++] = (struct anchor){x[i].at, y[k].at, NOWHERE};
        if (x[i].exact < y[k].exact)
            i++;
        else
            k++;
    }
    qsort(out, *count, sizeof(*out), compare_anchors);
    return out;
}

/* The longest chain of anchors in the order of both texts: its last one. */
static uint32_t chain_anchors(struct anchor *all, uint32_t count)
{
    g_autofree uint32_t *ends = g_new(uint32_t, count + 1);
    uint32_t length = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = 0, high = length;

        while (low < high) {
            uint32_t middle = (low + high) / 2;

            if (all[ends[middle]].at2 < all[i].at2)
                low = middle + 1;
            else
                high = middle;
        }
        all[i].before = low ? ends[low - 1] : NOWHERE;
        ends[low] = i;
        length = MAX(length, low + 1);
    }
    return length ? ends[length - 1] : NOWHERE;
}

static void align(struct alignment *al, struct range2 r, int depth);

/* What lies between the anchors, from the last to the first. */
static void align_long(struct alignment *al, struct range2 r, int depth)
{
    uint32_t count;
    g_autofree struct anchor *all = list_anchors(al, r, &count);
    uint32_t at = chain_anchors(all, count);

    if (at == NOWHERE)
        return;
    for (; at != NOWHERE; at = all[at].before) {
        struct range2 after = {all[at].at1 + 1, r.to1, all[at].at2 + 1, r.to2};

        al->match[all[at].at1] = all[at].at2;
        align(al, after, depth + 1);
        r.to1 = all[at].at1;
        r.to2 = all[at].at2;
    }
    align(al, r, depth + 1);
}

static void align(struct alignment *al, struct range2 r, int depth)
{
    r = trim(al, r);
    if (r.from1 == r.to1 || r.from2 == r.to2 || depth > DEPTH_MOST)
        return;
    if ((uint64_t)(r.to1 - r.from1 + 1) * (r.to2 - r.from2 + 1) <= CELLS_MOST)
        align_short(al, r);
    else
        align_long(al, r, depth);
}

/* --- pieces --------------------------------------------------------------- */

/* Takes back matches of one or two words between parts that differ: "the" in
   another sentence is not the same "the". */
static void
drop_islands(uint32_t *match, uint32_t count1, const struct wording_word *first)
{
    for (uint32_t i = 0; i < count1;) {
        uint32_t from = i, words = 0;
        bool apart = !i || match[i - 1] == NOWHERE;

        if (match[i] == NOWHERE) {
            i++;
            continue;
        }
        for (; i < count1 && match[i] != NOWHERE &&
               (i == from || match[i] == match[i - 1] + 1);
             i++)
            words += first[i].folded != 0;
        apart = apart && i < count1 && match[i] == NOWHERE && from;
        for (uint32_t k = from; apart && words <= 1 && k < i; k++)
            match[k] = NOWHERE;
    }
}

struct pieces {
    struct piece *at;
    uint32_t count;
};

static void
add_word(struct pieces *p, enum piece_kind kind, const struct wording_word *w)
{
    struct piece *last = p->count ? &p->at[p->count - 1] : NULL;

    if (last && last->kind == kind)
        last->span.to = w->span.to;
    else
        p->at[p->count++] = (struct piece){kind, w->span, 0};
    p->at[p->count - 1].words += w->folded != 0;
}

struct piece *wording_compare(
    struct arena *a, const struct wording *first, const struct wording *second,
    uint32_t *count)
{
    g_autofree uint32_t *match = g_new(uint32_t, first->count + 1);
    struct alignment al = {first->at, second->at, match};
    struct pieces p = {
        arena_make(a, struct piece, first->count + second->count + 1), 0};
    uint32_t k = 0;

    memset(match, 0xFF, (first->count + 1) * sizeof(*match));
    align(&al, (struct range2){0, first->count, 0, second->count}, 0);
    drop_islands(match, first->count, first->at);
    for (uint32_t i = 0; i < first->count; i++) {
        if (match[i] == NOWHERE) {
            add_word(&p, PIECE_GONE, &first->at[i]);
            continue;
        }
        while (k < match[i])
            add_word(&p, PIECE_NEW, &second->at[k++]);
        add_word(&p, PIECE_SAME, &second->at[k++]);
    }
    while (k < second->count)
        add_word(&p, PIECE_NEW, &second->at[k++]);
    *count = p.count;
    return p.at;
}
