/*
 * Pairs worth weighing.  Each claim is posted under what could bring it
 * together with others: its act with each party, its act or its word with the
 * rarest words of its sentence, and its act in the stories nearest to its own.
 * Under each key claims stand by their days, and each is paired with those
 * that stand nearest.  The bound on that is what keeps a thousand people of
 * one name, or one attack in ten thousand reports, from costing their square:
 * accounts of one happening stand near each other there, and what the window
 * misses is joined through those between.
 */
#include "events/candidates.h"
#include "events/stories.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 8,         /* neighbours under a key */
    RARE_WORDS = 3,     /* keys of a claim's sentence */
    RARE_MOST = 200,    /* a word in more documents is no key */
    STORY_WINDOW = 12,  /* stories under a key */
    STORY_NEAREST = 24, /* stories whose claims are paired */
    STORY_CLAIMS = 6,   /* of one act in the other story, at most */
};

struct posting {
    uint64_t key;
    int32_t day;
    uint32_t at;
};

static uint64_t mix(uint64_t h)
{
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdULL;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

static uint64_t key_of(uint32_t kind, uint32_t group, uint32_t what)
{
    return mix(mix((uint64_t)kind << 32 | group) ^ what);
}

static int compare_postings(const void *x, const void *y)
{
    const struct posting *a = x, *b = y;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static void post(GArray *postings, uint64_t key, int32_t day, uint32_t at)
{
    struct posting p = {key, day, at};

    g_array_append_val(postings, p);
}

/* Wanted acts stand under keys of their own. */
static uint32_t group_of(const struct facts *f)
{
    uint32_t group = f->group ? f->group : (1U << 20) + f->act_name;

    return 2 * group + f->wanted;
}

static int32_t day_of(const struct facts *f)
{
    return f->days.first != DAY_UNKNOWN ? f->days.first : f->reported;
}

/* Puts a word among the rarest so far, which stand in order. */
static uint32_t insert_word(
    const struct vocabulary *v, uint32_t word, uint32_t *out, uint32_t count,
    uint32_t most)
{
    uint32_t at = count;

    while (at && word_documents(v, out[at - 1]) > word_documents(v, word))
        at--;
    if (at == most)
        return count;
    count = MIN(count + 1, most);
    memmove(out + at + 1, out + at, (count - at - 1) * sizeof(*out));
    out[at] = word;
    return count;
}

/* The rarest words of a bag that others have too, rarest first. */
static uint32_t rarest(
    const struct vocabulary *v, const struct bag *b, uint32_t *out,
    uint32_t most)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < b->count; i++) {
        uint32_t in = word_documents(v, b->words[i]);

        if (in > 1 && in <= RARE_MOST)
            count = insert_word(v, b->words[i], out, count, most);
    }
    return count;
}

static void post_claim(const struct facts_set *s, uint32_t at, GArray *postings)
{
    enum { BY_PARTY, BY_WORD, BY_TRIGGER };
    const struct facts *f = &s->all[at];
    uint32_t rare[RARE_WORDS], group = group_of(f);
    uint32_t count = rarest(s->vocabulary, &f->sentence, rare, RARE_WORDS);

    for (int i = 0; i < 2; i++)
        if (f->keys[i])
            post(postings, key_of(BY_PARTY, group, f->keys[i]), day_of(f), at);
    for (uint32_t i = 0; i < count; i++) {
        post(postings, key_of(BY_WORD, group, rare[i]), day_of(f), at);
        if (f->word)
            post(
                postings, key_of(BY_TRIGGER, 2 * f->word + f->wanted, rare[i]),
                day_of(f), at);
    }
}

/* --- pairs -------------------------------------------------------------- */

struct gathering {
    const struct facts_set *s;
    GArray *pairs; /* struct pair, some twice */
    float least;   /* pairs below this are left out */
};

/* What was only wanted is never of one event with what happened; acts must be
   alike, or told by one word. */
static bool may_pair(const struct facts *a, const struct facts *b)
{
    if (a->wanted != b->wanted)
        return false;
    if (a->word && a->word == b->word)
        return true;
    if (a->act_name == b->act_name)
        return !a->open;
    return a->group && a->group == b->group;
}

static void add_pair(struct gathering *g, uint32_t x, uint32_t y)
{
    struct pair p = {MIN(x, y), MAX(x, y), 0};

    if (x != y && may_pair(&g->s->all[x], &g->s->all[y]) &&
        facts_reach(g->s, p.a, p.b, g->least, &p.sum))
        g_array_append_val(g->pairs, p);
}

static void pair_neighbours(struct gathering *g, GArray *postings)
{
    const struct posting *all = (const struct posting *)(void *)postings->data;

    qsort(
        postings->data, postings->len, sizeof(struct posting),
        compare_postings);
    for (guint i = 0; i < postings->len; i++)
        for (guint k = 1; k <= WINDOW && k <= i; k++) {
            const struct facts *facts = g->s->all;

            if (all[i - k].key != all[i].key)
                break;
            if (facts[all[i - k].at].story != facts[all[i].at].story)
                add_pair(g, all[i - k].at, all[i].at);
        }
}

static void pair_by_keys(struct gathering *g)
{
    GArray *postings = g_array_new(FALSE, FALSE, sizeof(struct posting));

    for (uint32_t i = 0; i < g->s->count; i++)
        post_claim(g->s, i, postings);
    pair_neighbours(g, postings);
    g_array_free(postings, TRUE);
}

/* --- stories ------------------------------------------------------------ */

struct near_story {
    uint32_t story, other;
    float likeness;
};

static int compare_near(const void *x, const void *y)
{
    const struct near_story *a = x, *b = y;

    if (a->story != b->story)
        return a->story < b->story ? -1 : 1;
    if (a->likeness != b->likeness)
        return a->likeness > b->likeness ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static GArray *post_stories(const struct facts_set *s)
{
    GArray *postings = g_array_new(FALSE, FALSE, sizeof(struct posting));

    for (uint32_t i = 0; i < s->story_count; i++) {
        const struct story *t = &s->stories[i];

        for (uint32_t k = 0; k < t->key_count; k++)
            post(postings, t->keys[k], t->reported, i);
    }
    qsort(
        postings->data, postings->len, sizeof(struct posting),
        compare_postings);
    return postings;
}

static void
add_near(const struct facts_set *s, GArray *near, uint32_t x, uint32_t y)
{
    static const float LIKENESS_LEAST = 0.05F;
    struct near_story n = {x, y, 0};

    n.likeness = stories_likeness(s, x, y);
    if (n.likeness < LIKENESS_LEAST)
        return;
    g_array_append_val(near, n);
    n.story = y;
    n.other = x;
    g_array_append_val(near, n);
}

static GArray *find_near_stories(const struct facts_set *s)
{
    GArray *near = g_array_new(FALSE, FALSE, sizeof(struct near_story));
    GArray *postings = post_stories(s);
    const struct posting *all = (const struct posting *)(void *)postings->data;

    for (guint i = 0; i < postings->len; i++)
        for (guint k = 1; k <= STORY_WINDOW && k <= i; k++) {
            if (all[i - k].key != all[i].key)
                break;
            add_near(s, near, all[i - k].at, all[i].at);
        }
    g_array_free(postings, TRUE);
    qsort(near->data, near->len, sizeof(struct near_story), compare_near);
    return near;
}

/* Each claim of one story with the first few of the other's that it may be
   one with. */
static void
pair_claims(struct gathering *g, const struct story *t, const struct story *u)
{
    const struct facts_set *s = g->s;

    for (uint32_t i = 0; i < t->count; i++) {
        uint32_t x = s->by_story[t->first + i], found = 0;

        for (uint32_t k = 0; k < u->count && found < STORY_CLAIMS; k++) {
            uint32_t y = s->by_story[u->first + k];

            if (!may_pair(&s->all[x], &s->all[y]))
                continue;
            found++;
            add_pair(g, x, y);
        }
    }
}

static void pair_by_stories(struct gathering *g)
{
    GArray *near = find_near_stories(g->s);
    const struct near_story *all =
        (const struct near_story *)(void *)near->data;
    uint32_t taken = 0;

    for (guint i = 0; i < near->len; i++) {
        if (!i || all[i].story != all[i - 1].story)
            taken = 0;
        else if (all[i].other == all[i - 1].other)
            continue;
        if (taken++ < STORY_NEAREST)
            pair_claims(
                g, &g->s->stories[all[i].story], &g->s->stories[all[i].other]);
    }
    g_array_free(near, TRUE);
}

/* Within a document each claim is paired with those not far before it. */
static void pair_within(struct gathering *g)
{
    for (uint32_t i = 0; i < g->s->story_count; i++) {
        const struct story *t = &g->s->stories[i];
        const uint32_t *claims = g->s->by_story + t->first;

        for (uint32_t k = 1; k < t->count; k++)
            for (uint32_t back = 1; back <= 4 * WINDOW && back <= k; back++)
                add_pair(g, claims[k - back], claims[k]);
    }
}

static int compare_pairs(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;

    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    return p->b < q->b ? -1 : p->b > q->b;
}

static size_t sort_pairs(struct pair *pairs, size_t count)
{
    size_t kept = 0;

    qsort(pairs, count, sizeof(*pairs), compare_pairs);
    for (size_t i = 0; i < count; i++)
        if (!i || compare_pairs(&pairs[i], &pairs[i - 1]))
            pairs[kept++] = pairs[i];
    return kept;
}

static struct pair *take_pairs(struct gathering *g, size_t *count)
{
    size_t found = g->pairs->len;
    struct pair *pairs = (struct pair *)(void *)g_array_free(g->pairs, FALSE);

    *count = sort_pairs(pairs, found);
    return pairs;
}

struct pair *pairs_within(const struct facts_set *s, float least, size_t *count)
{
    struct gathering g = {
        s, g_array_new(FALSE, FALSE, sizeof(struct pair)), least};

    pair_within(&g);
    return take_pairs(&g, count);
}

struct pair *pairs_across(const struct facts_set *s, float least, size_t *count)
{
    struct gathering g = {
        s, g_array_new(FALSE, FALSE, sizeof(struct pair)), least};

    pair_by_keys(&g);
    pair_by_stories(&g);
    return take_pairs(&g, count);
}
