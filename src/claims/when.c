/* when.c - when an act is said to happen: its own words, or those of what it
   happens together with. */
#include <string.h>

#include "claims/finder.h"

static uint32_t head_of_range(const struct scene *v, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        uint32_t head = scene_token(v, i)->head;

        if (head == NO_TOKEN || head < from || head >= to)
            return i;
    }
    return from;
}

/* The word whose happening a time expression dates. */
static uint32_t dated_by(const struct scene *v, uint32_t time_head)
{
    uint32_t token = scene_token(v, time_head)->head;

    for (int i = 0; i < WHEN_STEPS && token != NO_TOKEN; i++) {
        if (v->nodes[token].noun || scene_is_predicate(v, token))
            return token;
        token = scene_token(v, token)->head;
    }
    return NO_TOKEN;
}

/* "kept her from meeting him for two years": she was kept so long. */
static bool is_swallowed(const struct scene *v, uint32_t token)
{
    uint32_t head = scene_token(v, token)->head;
    const struct governor *g;

    if (head == NO_TOKEN)
        return false;
    g = scene_governor(v, head, token);
    return g && g->swallows;
}

/* "PORT SELM, Aug. 17 - " in a document of that day: when the report was sent,
   not when anything that it tells happened. */
static bool is_dateline(const struct scene *v, const struct time_expression *t)
{
    enum { BEFORE_MOST = 8, BEHIND_MOST = 4 };
    bool first = v->index == 0 || v->s[-1].paragraph != v->s->paragraph;

    if (!first || t->from > BEFORE_MOST ||
        (v->date && strcmp(t->first, v->date) != 0))
        return false;
    for (uint32_t i = 0; i < t->from; i++)
        if (scene_token(v, i)->upos != UPOS_PROPN &&
            scene_token(v, i)->upos != UPOS_PUNCT)
            return false;
    for (uint32_t i = t->to; i < MIN(t->to + BEHIND_MOST, v->count); i++)
        if (token_is_dash(scene_token(v, i)))
            return true;
    return false;
}

void when_mark(struct scene *v)
{
    for (uint32_t i = 0; i < v->s->time_count; i++) {
        const struct time_expression *t = &v->s->times[i];
        uint32_t token;

        if (t->to > v->count || t->from >= t->to || is_dateline(v, t))
            continue;
        token = dated_by(v, head_of_range(v, t->from, t->to));
        while (token != NO_TOKEN && is_swallowed(v, token))
            token = scene_token(v, token)->head;
        if (token == NO_TOKEN)
            continue;
        if (!v->nodes[token].time ||
            (!v->nodes[token].time->first[0] && t->first[0]))
            v->nodes[token].time = t;
    }
}

/* Verbs that happen together: joined, participles, silent governors. */
uint32_t when_lender(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    switch ((int)t->relation) {
    case RELATION_conj:
    case RELATION_parataxis:
    case RELATION_xcomp:
        return t->head;
    case RELATION_compound:
    case RELATION_nmod:
        return v->nodes[token].noun && scene_is_carrier(v, t->head) ? t->head
                                                                    : NO_TOKEN;
    case RELATION_nsubj:
        return (v->nodes[token].noun || scene_is_carrier(v, token)) &&
                       scene_is_happening(v, t->head)
                   ? t->head
                   : NO_TOKEN;
    case RELATION_advcl:
        return scene_form(v, token, "to") == NO_TOKEN &&
                       scene_child(v, token, RELATION_mark) == NO_TOKEN
                   ? t->head
                   : NO_TOKEN;
    default:
        return v->nodes[token].supporter != token ? v->nodes[token].supporter
                                                  : NO_TOKEN;
    }
}

/* "On Monday they marched, and two were arrested": the day of both is told
   before the first. */
static bool is_joined(const struct scene *v, uint32_t token)
{
    enum relation r = scene_token(v, token)->relation;

    return r == RELATION_conj || r == RELATION_parataxis;
}

static const struct time_expression *
borrowed_time(const struct scene *v, uint32_t token)
{
    for (int i = 0; i < WHEN_STEPS; i++) {
        uint32_t lender = when_lender(v, token);
        const struct time_expression *found;

        if (lender == NO_TOKEN)
            return NULL;
        found = v->nodes[lender].time;
        if (found && (!is_joined(v, token) || found->from < lender))
            return found;
        token = lender;
    }
    return NULL;
}

/* --- from then on -------------------------------------------------------- */

/* Does "since" begin the phrase or clause? */
static bool begins_since(const struct scene *v, uint32_t phrase)
{
    uint32_t by = scene_form(v, phrase, "since");

    return by != NO_TOKEN && (scene_token(v, by)->relation == RELATION_case ||
                              scene_token(v, by)->relation == RELATION_mark);
}

/* The first time told from `from` to `to`, or NULL. */
static const struct time_expression *
time_within(const struct scene *v, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < v->s->time_count; i++) {
        const struct time_expression *t = &v->s->times[i];

        if (t->from >= from && t->to <= to + 1 && t->first[0])
            return t;
    }
    return NULL;
}

/* "since the ceasefire of March", "since the mine closed in 2009": until the
   document's day. */
static bool find_since(const struct scene *v, struct claim *c)
{
    for (uint32_t k = v->nodes[c->head].first; k != NO_TOKEN;
         k = v->nodes[k].next) {
        const struct time_expression *t;
        uint32_t first, last;

        if (!v->date || !begins_since(v, k))
            continue;
        token_subtree(v->s, k, &first, &last);
        while (last > first && scene_token(v, last)->upos == UPOS_PUNCT)
            last--;
        t = time_within(v, first, last);
        if (!t || strcmp(t->first, v->date) > 0)
            continue;
        c->time.spans = spans_of_range(v, first, last + 1);
        c->time.first = t->first;
        c->time.last = v->date;
        return true;
    }
    return false;
}

/* "has fought for ten years": so long until the document's day. */
static bool lasts_until_now(
    const struct scene *v, uint32_t verb, const struct time_expression *t)
{
    uint32_t aux = scene_child(v, verb, RELATION_aux);
    const struct token *has = aux == NO_TOKEN ? NULL : scene_token(v, aux);

    return v->date && t->kind == TIME_DURATION && t->back[0] && has &&
           !strcmp(has->lemma, "have") && strcmp(has->lower, "had") &&
           t->from > 0 && !strcmp(scene_token(v, t->from - 1)->lower, "for");
}

void when_find(const struct scene *v, struct claim *c)
{
    const struct time_expression *t = v->nodes[c->head].time;

    if (find_since(v, c))
        return;
    if (!t)
        t = borrowed_time(v, c->head);
    if (!t)
        return;
    c->time.spans = spans_of_range(v, t->from, t->to);
    c->time.first = t->first[0] ? t->first : NULL;
    c->time.last = t->last[0] ? t->last : NULL;
    if (lasts_until_now(v, c->head, t)) {
        c->time.first = t->back;
        c->time.last = v->date;
    }
}
