/*
 * spoken.c - whose word each claim is: the innermost attribution whose
 * content holds the trigger, but for those that only look like sources.
 */
#include <string.h>

#include "claims/finder.h"

static bool holds(const struct spans *outer, struct span inner)
{
    for (uint32_t i = 0; i < outer->count; i++)
        if (span_has(outer->at[i], inner))
            return true;
    return false;
}

static uint32_t length_of(const struct spans *s)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < s->count; i++)
        sum += s->at[i].to - s->at[i].from;
    return sum;
}

/*
 * Attributions by the sentences that their contents touch: `first[s]` is a
 * list threaded through links.
 */
struct link {
    uint32_t attribution, next;
};

struct reach {
    uint32_t *first;
};

static uint32_t sentence_at(const struct text *t, uint32_t byte)
{
    uint32_t low = 0, high = t->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (t->sentences[middle].span.to <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A content over more sentences than this is a fault, not a quotation; a
   sentence in more contents than this is hostile. */
enum { SENTENCES_MOST = 200, CONTENTS_MOST = 1000 };

static void add_links(
    struct reach *r, GArray *links, const struct text *t, uint32_t number,
    const struct attribution *a)
{
    uint32_t last = NO_TOKEN;

    for (uint32_t i = 0; i < a->content.count; i++) {
        uint32_t s = sentence_at(t, a->content.at[i].from);
        uint32_t most = s + SENTENCES_MOST;

        for (; s < t->count && s < most &&
               t->sentences[s].span.from < a->content.at[i].to;
             s++) {
            struct link link = {number, r->first[s]};

            if (s == last)
                continue;
            last = s;
            r->first[s] = links->len;
            g_array_append_val(links, link);
        }
    }
}

/* --- what is no source of a claim -------------------------------------- */

static const struct word *
word_of_cue(const struct finder *f, const struct attribution *a)
{
    const struct sentence *s = &f->text->sentences[a->sentence];
    const struct word *found = NULL;

    for (uint32_t i = 0; i < s->token_count && a->cue.count; i++) {
        const struct token *t = &s->tokens[i];
        const struct word *w;

        if (t->span.from < a->cue.at[0].from)
            continue;
        if (t->span.from >= a->cue.at[0].to)
            break;
        w = lexicon_find(f->lex, t->lemma);
        if (w && w->governor_count)
            found = w;
    }
    return found;
}

static bool is_resolve(const struct governor *g)
{
    return g->has_modality && (g->modality == MODALITY_PLANNED ||
                               g->modality == MODALITY_ORDERED ||
                               g->modality == MODALITY_THREATENED);
}

/* Whoever orders, plans or threatens an act does not report it: that it is
   ordered is the claim's modality.  "Tell" and the like do both. */
static bool is_modality(
    const struct finder *f, const struct attribution *a, const struct claim *c)
{
    const struct word *w = word_of_cue(f, a);
    bool plain = false, always = true;

    for (uint32_t i = 0; w && i < w->governor_count; i++) {
        const struct governor *g = &w->governors[i];

        if (is_resolve(g) && g->modality == c->modality)
            return true;
        if (g->pattern.need_count)
            continue;
        plain = true;
        always &= is_resolve(g) && !g->infinitives;
    }
    return plain && always;
}

static bool is_first_person(const struct finder *f, const struct attribution *a)
{
    const struct phrase *p = &a->source;
    const struct token *t;

    if (!p->spans.count || p->sentence >= f->text->count)
        return false;
    if (p->head >= f->text->sentences[p->sentence].token_count)
        return false;
    t = &f->text->sentences[p->sentence].tokens[p->head];
    return strcmp(t->lower, "i") == 0 || strcmp(t->lower, "we") == 0;
}

/* "I" and "we" are the document itself or whoever it quotes, but for what they
   ask of others. */
static bool is_own_voice(
    const struct finder *f, const struct attribution *a, const struct claim *c)
{
    return is_first_person(f, a) &&
           (a->parent != NO_ATTRIBUTION || c->modality != MODALITY_DEMANDED);
}

/* "allegedly", as against "he was told that" */
static bool is_hint(const struct finder *f, const struct attribution *a)
{
    const struct sentence *s = &f->text->sentences[a->sentence];

    if (a->source.spans.count)
        return false;
    for (uint32_t i = 0; i < s->token_count; i++)
        if (s->tokens[i].upos == UPOS_VERB &&
            span_has(a->cue.at[0], s->tokens[i].span))
            return false;
    return true;
}

/* Under a named speaker a hint adds nobody. */
static bool adds_source(
    const struct finder *f, const struct attribution *a, const struct claim *c)
{
    if (a->source.spans.count && holds(&a->source.spans, c->trigger.at[0]))
        return false;
    if (is_own_voice(f, a, c))
        return false;
    if (a->parent != NO_ATTRIBUTION && is_hint(f, a))
        return false;
    return !is_modality(f, a, c);
}

/* --- the choice -------------------------------------------------------- */

static uint32_t innermost(
    const struct finder *f, const struct reach *r, const GArray *links,
    const struct claim *c)
{
    uint32_t best = UINT32_MAX, seen = 0, found = NO_ATTRIBUTION;

    for (uint32_t k = r->first[c->sentence];
         k != NO_TOKEN && seen < CONTENTS_MOST; seen++) {
        const struct link *link = &g_array_index(links, struct link, k);
        const struct attribution *a =
            &f->findings->attributions[link->attribution];
        uint32_t length = length_of(&a->content);

        if (length < best && holds(&a->content, c->trigger.at[0]) &&
            adds_source(f, a, c)) {
            best = length;
            found = link->attribution;
        }
        k = link->next;
    }
    return found;
}

void claims_attribute(struct finder *f)
{
    struct reach r;
    GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));

    r.first = arena_make(f->arena, uint32_t, f->text->count + 1);
    for (uint32_t s = 0; s < f->text->count; s++)
        r.first[s] = NO_TOKEN;
    for (uint32_t i = 0; i < f->findings->attribution_count; i++)
        add_links(&r, links, f->text, i, &f->findings->attributions[i]);
    for (guint i = 0; i < f->claims->len; i++) {
        struct claim *c = &g_array_index(f->claims, struct claim, i);

        c->attribution = innermost(f, &r, links, c);
    }
    g_array_free(links, TRUE);
}
