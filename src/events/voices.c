/*
 * Voices of an event.  Claims rest on one root where the chain ends in one
 * named source, where sources are described in the same words, where a text
 * speaks for itself in the copies of one text or in papers of one publisher,
 * and where a sentence copies another and does not name another source.
 * docs/events.md gives the rule in words.
 */
#include "events/voices.h"
#include "events/union.h"

#include <stdlib.h>
#include <string.h>

/* A sentence by the smallest hashes of its shingles. */
enum { SHINGLE = 3, HASHES = 12, LINE_MOST = 120, KEYS = 4, NEIGHBOURS = 3 };
struct line {
    uint32_t hashes[HASHES]; /* ascending */
    uint8_t count;
};

struct voice {
    uint32_t name; /* of the source, in the vocabulary; 0: the text itself */
    uint32_t outlet;
    bool is_named; /* by key, not only described */
    struct line line;
};

struct voices {
    const struct facts_set *s;
    struct event_claim *claims;
    struct voice *all;
    uint32_t *parents;
    uint32_t *names; /* of a set, by its root: its named source, or 0 */
    struct arena *scratch;
};

/* --- what each claim rests on --------------------------------------------- */

static uint32_t mix(uint32_t h)
{
    h = (h ^ h >> 16) * 0x7feb352dU;
    h = (h ^ h >> 15) * 0x846ca68bU;
    return h ^ h >> 16;
}

static void add_hash(struct line *l, uint32_t hash)
{
    int at = l->count;

    for (int i = 0; i < l->count; i++)
        if (l->hashes[i] == hash)
            return;
    while (at && l->hashes[at - 1] > hash)
        at--;
    if (at == HASHES)
        return;
    l->count = (uint8_t)MIN(l->count + 1, HASHES);
    memmove(
        l->hashes + at + 1, l->hashes + at,
        (size_t)(l->count - at - 1) * sizeof(uint32_t));
    l->hashes[at] = hash;
}

static struct line line_of(struct vocabulary *v, const char *sentence)
{
    uint32_t words[LINE_MOST];
    uint32_t count = vocabulary_line(v, sentence, words, LINE_MOST);
    struct line l = {.count = 0};

    for (uint32_t i = 0; i + SHINGLE <= count; i++)
        add_hash(
            &l, mix(words[i] * 3 + mix(words[i + 1] * 5 + mix(words[i + 2]))));
    return l;
}

/* A source that only a pronoun tells is the text itself. */
static uint32_t described(struct voices *w, const char *source)
{
    g_autofree char *small = g_utf8_strdown(source, -1);
    g_autofree char *words = g_strconcat("\3", small, NULL);

    arena_reset(w->scratch);
    if (!vocabulary_bag(w->s->vocabulary, w->scratch, source, 1).count)
        return 0;
    return vocabulary_name(w->s->vocabulary, words);
}

/* "The court" in a paper of the Regional Court speaks for itself. */
static bool is_publisher(struct voices *w, const struct event_claim *c)
{
    enum { WORDS_MOST = 12 };
    struct vocabulary *v = w->s->vocabulary;
    const char *source = c->source ? c->source : c->source_key;
    struct bag of_source, of_publisher;

    arena_reset(w->scratch);
    of_source = vocabulary_bag(v, w->scratch, source, WORDS_MOST);
    of_publisher = vocabulary_bag(v, w->scratch, c->publisher, WORDS_MOST);
    return of_source.count && bag_has(&of_publisher, &of_source);
}

static void
set_voice(struct voices *w, struct voice *out, const struct event_claim *c)
{
    struct vocabulary *v = w->s->vocabulary;
    g_autofree char *document = g_strdup_printf("\2%u", c->document);

    out->outlet = vocabulary_name(v, c->publisher ? c->publisher : document);
    out->line = line_of(v, c->sentence);
    if ((!c->source && !c->source_key) || is_publisher(w, c))
        return;
    out->is_named = c->source_key != NULL;
    out->name = c->source_key ? vocabulary_name(v, c->source_key)
                              : described(w, c->source);
}

/* --- joining ---------------------------------------------------------- */

/* Two sources that are both named stay two, whatever their words. */
static void join(struct voices *w, uint32_t x, uint32_t y)
{
    uint32_t a = set_find(w->parents, x), b = set_find(w->parents, y);
    uint32_t name = w->names[a] ? w->names[a] : w->names[b];

    if (w->names[a] && w->names[b] && w->names[a] != w->names[b])
        return;
    set_join(w->parents, a, b);
    w->names[MIN(a, b)] = name;
}

struct posting {
    uint32_t event, kind, key, at;
};

static int compare_postings(const void *x, const void *y)
{
    const struct posting *a = x, *b = y;

    if (a->event != b->event)
        return a->event < b->event ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Sources first, so that a copied sentence finds whose words it is. */
enum { BY_SOURCE, BY_COPY, BY_LINE };

static void post_claim(const struct voices *w, uint32_t at, GArray *postings)
{
    const struct voice *v = &w->all[at];
    uint32_t event = w->claims[at].event;
    struct posting p = {event, BY_SOURCE, v->name ? v->name : v->outlet, at};

    g_array_append_val(postings, p);
    if (!v->name) {
        p = (struct posting){event, BY_COPY, w->claims[at].copy_of, at};
        g_array_append_val(postings, p);
    }
    for (int i = 0; i < MIN(v->line.count, KEYS); i++) {
        p = (struct posting){event, BY_LINE, v->line.hashes[i], at};
        g_array_append_val(postings, p);
    }
}

/* Half of both sentences' shingles, as far as their smallest tell. */
static bool are_copies(const struct line *a, const struct line *b)
{
    int shared = 0, all = 0, i = 0, k = 0;

    while (all < HASHES && (i < a->count || k < b->count)) {
        uint32_t x = i < a->count ? a->hashes[i] : UINT32_MAX;
        uint32_t y = k < b->count ? b->hashes[k] : UINT32_MAX;

        shared += x == y;
        i += x <= y;
        k += y <= x;
        all++;
    }
    return shared >= 3 && 2 * shared >= all;
}

/* A copy has the words of another document, and not another source. */
static bool copies_line(const struct voices *w, uint32_t x, uint32_t y)
{
    const struct voice *a = &w->all[x], *b = &w->all[y];

    return w->claims[x].document != w->claims[y].document &&
           (!a->name || !b->name || a->name == b->name) &&
           are_copies(&a->line, &b->line);
}

static void join_posted(struct voices *w, const struct posting *all, guint i)
{
    for (guint k = 1; k <= NEIGHBOURS && k <= i; k++) {
        const struct posting *p = &all[i - k], *q = &all[i];

        if (p->event != q->event || p->kind != q->kind || p->key != q->key)
            return;
        if (p->kind != BY_LINE || copies_line(w, p->at, q->at))
            join(w, p->at, q->at);
    }
}

static void join_all(struct voices *w)
{
    GArray *postings = g_array_new(FALSE, FALSE, sizeof(struct posting));
    const struct posting *all;

    for (uint32_t i = 0; i < w->s->count; i++)
        post_claim(w, i, postings);
    array_sort(
        postings->data, postings->len, sizeof(struct posting),
        compare_postings);
    all = (const struct posting *)(void *)postings->data;
    for (guint i = 0; i < postings->len; i++)
        join_posted(w, all, i);
    g_array_free(postings, TRUE);
    for (uint32_t i = 0; i < w->s->count; i++)
        w->claims[i].root = set_find(w->parents, i);
}

/* --- counting --------------------------------------------------------- */

/* Claims event by event. */
static uint32_t *list_by_event(const struct voices *w, struct event *events)
{
    uint32_t *order = g_new(uint32_t, w->s->count), at = 0, count = 0;

    for (uint32_t i = 0; i < w->s->count; i++) {
        events[w->claims[i].event].claims++;
        count = MAX(count, w->claims[i].event + 1);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t claims = events[i].claims;

        events[i].first = at;
        events[i].claims = 0;
        at += claims;
    }
    for (uint32_t i = 0; i < w->s->count; i++) {
        struct event *e = &events[w->claims[i].event];

        order[e->first + e->claims++] = i;
    }
    return order;
}

static int compare_numbers(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

static uint32_t count_distinct(uint32_t *numbers, uint32_t count)
{
    uint32_t distinct = 0;

    array_sort(numbers, count, sizeof(*numbers), compare_numbers);
    for (uint32_t i = 0; i < count; i++)
        distinct += !i || numbers[i] != numbers[i - 1];
    return distinct;
}

/* What a count is of. */
enum { OF_DOCUMENTS, OF_OUTLETS, OF_SAYERS, OF_DENIERS };

static bool
has_sure(const struct voices *w, const uint32_t *claims, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (event_claim_is_sure(&w->claims[claims[i]]))
            return true;
    return false;
}

/* Claims that only perhaps belong to the event count nothing. */
static uint32_t count_what(
    const struct voices *w, const uint32_t *claims, uint32_t count, int what)
{
    g_autofree uint32_t *numbers = g_new(uint32_t, count);
    bool all = !has_sure(w, claims, count);
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        const struct event_claim *c = &w->claims[claims[i]];
        bool denies = c->stance == STANCE_DENIED;

        if (what == OF_DENIERS ? !denies : what != OF_DOCUMENTS && denies)
            continue;
        if (!all && !event_claim_is_sure(c))
            continue;
        numbers[kept++] = what == OF_DOCUMENTS ? c->document
                          : what == OF_OUTLETS ? w->all[claims[i]].outlet
                                               : c->root;
    }
    return count_distinct(numbers, kept);
}

static void
count_event(const struct voices *w, const uint32_t *claims, struct event *e)
{
    e->documents = count_what(w, claims, e->claims, OF_DOCUMENTS);
    e->publishers = count_what(w, claims, e->claims, OF_OUTLETS);
    e->support = count_what(w, claims, e->claims, OF_SAYERS);
    e->deniers = count_what(w, claims, e->claims, OF_DENIERS);
}

/* The first claim of an event is that of the lowest id. */
static uint32_t first_of(
    const struct event_claim *claims, const uint32_t *listed, uint32_t count)
{
    uint32_t first = listed[0];

    for (uint32_t i = 1; i < count; i++)
        if (claims[listed[i]].id < claims[first].id)
            first = listed[i];
    return first;
}

static void count_all(struct voices *w, struct event *events)
{
    g_autofree uint32_t *order = list_by_event(w, events);

    find_contests(w->s, w->claims, order, events);
    for (uint32_t i = 0; i < w->s->count;) {
        struct event *e = &events[w->claims[order[i]].event];

        count_event(w, order + i, e);
        e->first = first_of(w->claims, order + i, e->claims);
        i += e->claims;
    }
}

void count_voices(
    const struct facts_set *s, struct event_claim *claims, struct event *events)
{
    struct voices w = {
        .s = s,
        .claims = claims,
        .all = g_new0(struct voice, s->count),
        .parents = g_new(uint32_t, s->count),
        .names = g_new0(uint32_t, s->count),
        .scratch = arena_new(),
    };

    for (uint32_t i = 0; i < s->count; i++) {
        set_voice(&w, &w.all[i], &claims[i]);
        w.parents[i] = i;
        if (w.all[i].is_named)
            w.names[i] = w.all[i].name;
    }
    join_all(&w);
    count_all(&w, events);
    arena_free(w.scratch);
    g_free(w.all);
    g_free(w.parents);
    g_free(w.names);
}
