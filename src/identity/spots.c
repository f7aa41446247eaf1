/*
 * spots.c - which places on earth a document means: by name, by the
 * countries it speaks of, by what it says they lie in, and by how many people
 * live there.  What stays open, stays open.
 */
#include "identity/gazetteer.h"

#include <math.h>
#include <string.h>

enum { CODES = 26 * 26, PHRASE_WORDS = 4 };

struct search {
    const struct gazetteer *g;
    struct arena *a;
    double votes[CODES], all; /* for countries, by their codes */
    struct whereabout *places;
    uint32_t count;
    struct spots *found;
};

static uint32_t code_of(const char *country)
{
    if (!g_ascii_isupper(country[0]) || !g_ascii_isupper(country[1]))
        return 0;
    return (uint32_t)(country[0] - 'A') * 26 + (uint32_t)(country[1] - 'A');
}

static void vote(struct search *s, uint32_t spot, double weight)
{
    s->votes[code_of(s->g->spots[spot].country)] += weight;
    s->all += weight;
}

/* --- countries that the text speaks of ------------------------------------------ */

/* Do words that begin with a capital, together, tell a country? */
static void vote_phrase(struct search *s, const struct str *words, int count)
{
    for (int n = count; n > 0; n--) {
        struct str phrase = {
            words[0].at,
            (size_t)(words[n - 1].at + words[n - 1].len - words[0].at)};
        guint spot = GPOINTER_TO_UINT(
            g_hash_table_lookup(s->g->countries, place_fold(s->a, phrase)));

        if (!spot)
            continue;
        vote(s, spot - 1, 1);
        return;
    }
}

static struct str next_word(struct str *rest)
{
    size_t from = 0, to;

    while (from < rest->len && !g_ascii_isalpha(rest->at[from]) &&
           (unsigned char)rest->at[from] < 0x80)
        from++;
    for (to = from; to < rest->len && (g_ascii_isalpha(rest->at[to]) ||
                                       (unsigned char)rest->at[to] >= 0x80);)
        to++;
    *rest = (struct str){rest->at + to, rest->len - to};
    return (struct str){rest->at - (to - from), to - from};
}

static void drop_first(struct str *words, int *count)
{
    for (int i = 1; i < *count; i++)
        words[i - 1] = words[i];
    (*count)--;
}

/* Every few words in a row, the first with a capital. */
static void vote_text(struct search *s, struct str text)
{
    struct str words[PHRASE_WORDS], w;
    int count = 0;

    do {
        w = next_word(&text);
        if (count == PHRASE_WORDS || (count && !w.len)) {
            vote_phrase(s, words, count);
            drop_first(words, &count);
        }
        if (w.len)
            words[count++] = w;
        while (count && !g_ascii_isupper(words[0].at[0]))
            drop_first(words, &count);
    } while (w.len || count);
}

/* --- candidates ------------------------------------------------------------------ */

static const struct spot *spot_at(const struct search *s, uint32_t spot)
{
    return &s->g->spots[spot];
}

/* Does the text say that it lies in a place of that country or region? */
static bool is_said_in(const struct search *s, uint32_t place, uint32_t spot)
{
    uint32_t other = s->places[place].beside;
    const struct spot *in;

    if ((s->places[place].link != PLACE_IN &&
         s->places[place].link != PLACE_LISTED) ||
        other == NOWHERE)
        return false;
    for (uint32_t i = 0; i < s->found[other].count; i++) {
        in = spot_at(s, s->found[other].at[i]);
        if (in->kind != SPOT_TOWN &&
            !strcmp(in->country, spot_at(s, spot)->country) &&
            (in->kind == SPOT_COUNTRY ||
             !strcmp(in->region, spot_at(s, spot)->region)))
            return true;
    }
    return false;
}

static double rate(const struct search *s, uint32_t place, uint32_t spot)
{
    static const double by_kind[] = {0, -2, 8};
    const struct spot *x = spot_at(s, spot);
    double share = s->all > 0 ? s->votes[code_of(x->country)] / s->all : 0;
    double size =
        x->kind == SPOT_COUNTRY ? 0 : log10((double)x->population + 1);

    return by_kind[x->kind] + size + 4 * share +
           (is_said_in(s, place, spot) ? 4 : 0);
}

/* Is one the region that the other lies in? */
static bool are_nested(const struct search *s, uint32_t one, uint32_t other)
{
    const struct spot *x = spot_at(s, one), *y = spot_at(s, other);

    return (x->kind == SPOT_REGION || y->kind == SPOT_REGION) &&
           !strcmp(x->country, y->country) && !strcmp(x->region, y->region);
}

/* Is there reason enough to take the best for what is meant? */
static bool
is_sure(const struct search *s, uint32_t place, uint32_t best, double lead)
{
    static const int64_t known = 100000, famous = 500000;
    const struct spot *x = spot_at(s, best);
    bool spoken_of = s->votes[code_of(x->country)] > 0;

    if (x->kind == SPOT_COUNTRY || is_said_in(s, place, best))
        return lead >= 0.5;
    if (spoken_of)
        return lead >= 1;
    /* Nothing else in the text points to that country. */
    return x->kind == SPOT_TOWN && lead >= 0.8 &&
           x->population >= (s->all > 0 ? known : famous);
}

static void order_spots(struct search *s, uint32_t place)
{
    struct spots *f = &s->found[place];

    for (uint32_t i = 1; i < f->count; i++) {
        uint32_t spot = f->at[i], k = i;

        for (; k && rate(s, place, f->at[k - 1]) < rate(s, place, spot); k--)
            f->at[k] = f->at[k - 1];
        f->at[k] = spot;
    }
}

static void settle_place(struct search *s, uint32_t place)
{
    struct spots *f = &s->found[place];
    struct whereabout *w = &s->places[place];
    double lead = 9;

    if (!f->count)
        return;
    order_spots(s, place);
    for (uint32_t i = 1; i < f->count; i++)
        if (!are_nested(s, f->at[0], f->at[i])) {
            lead = rate(s, place, f->at[0]) - rate(s, place, f->at[i]);
            break;
        }
    w->spot = is_sure(s, place, f->at[0], lead) ? f->at[0] : NOWHERE;
    w->candidate_count = MIN(f->count, WHEREABOUT_CANDIDATES);
    memcpy(w->candidates, f->at, w->candidate_count * sizeof *f->at);
}

/* A country lies in nothing; a place lies in one of its own country. */
static bool may_lie_in(const struct search *s, const struct whereabout *w)
{
    const struct spot *x = gazetteer_spot(s->g, w->spot);
    const struct spot *y = gazetteer_spot(s->g, s->places[w->beside].spot);

    if (x &&
        (x->kind == SPOT_COUNTRY || (y && strcmp(x->country, y->country) != 0)))
        return false;
    return w->link == PLACE_IN || (y && y->kind != SPOT_TOWN);
}

static void settle_links(struct search *s)
{
    for (uint32_t i = 0; i < s->count; i++) {
        struct whereabout *w = &s->places[i];

        if (w->link != PLACE_IN && w->link != PLACE_LISTED)
            continue;
        w->link =
            w->beside != NOWHERE && may_lie_in(s, w) ? PLACE_IN : PLACE_ALONE;
        if (!w->link)
            w->beside = NOWHERE;
    }
}

void places_find(
    const struct gazetteer *g, struct arena *a, struct str text,
    struct whereabout *places, uint32_t count)
{
    enum { ROUNDS = 2 };
    struct search s = {.g = g, .a = a, .places = places, .count = count};

    s.found = arena_make(a, struct spots, count);
    for (uint32_t i = 0; i < count; i++) {
        places[i].spot = NOWHERE;
        s.found[i] = spots_find(g, a, places[i].name);
    }
    vote_text(&s, text);
    /* What is settled in the first round tells of which country the rest
       is. */
    for (int round = 0; round < ROUNDS; round++) {
        for (uint32_t i = 0; i < count; i++)
            settle_place(&s, i);
        for (uint32_t i = 0; !round && i < count; i++)
            if (places[i].spot != NOWHERE)
                vote(&s, places[i].spot, 0.5);
    }
    settle_links(&s);
}

enum place_relation place_relation_find(
    const struct gazetteer *g, struct arena *a, struct str between)
{
    return link_find(g, a, between);
}
