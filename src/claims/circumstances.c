/* circumstances.c - when, where and how many. */
#include <string.h>

#include "claims/finder.h"

enum { CLIMB_MOST = 6 };

/* --- time ------------------------------------------------------------- */

static uint32_t head_of_range(
    const struct scene *v, uint32_t from, uint32_t to)
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

    for (int i = 0; i < CLIMB_MOST && token != NO_TOKEN; i++) {
        if (v->nodes[token].noun || scene_is_predicate(v, token))
            return token;
        token = scene_token(v, token)->head;
    }
    return NO_TOKEN;
}

static const struct time_expression *time_of(
    const struct scene *v, uint32_t token)
{
    const struct time_expression *best = NULL;

    for (uint32_t i = 0; i < v->s->time_count; i++) {
        const struct time_expression *t = &v->s->times[i];

        if (t->from >= v->count || t->to > v->count || t->from >= t->to)
            continue;
        if (dated_by(v, head_of_range(v, t->from, t->to)) != token)
            continue;
        if (!best || (!best->first[0] && t->first[0]))
            best = t;
    }
    return best;
}

/* Verbs that happen together: joined, participles, silent governors. */
static uint32_t lender_of_time(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    switch ((int)t->relation) {
    case RELATION_conj:
    case RELATION_xcomp:
        return t->head;
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

static const struct time_expression *borrowed_time(
    const struct scene *v, uint32_t token)
{
    for (int i = 0; i < CLIMB_MOST; i++) {
        uint32_t lender = lender_of_time(v, token);
        const struct time_expression *found;

        if (lender == NO_TOKEN)
            return NULL;
        found = time_of(v, lender);
        if (found &&
            (scene_token(v, token)->relation != RELATION_conj ||
             found->from < lender))
            return found;
        token = lender;
    }
    return NULL;
}

static void find_time(const struct scene *v, struct claim *c)
{
    const struct time_expression *t = time_of(v, c->head);

    if (!t)
        t = borrowed_time(v, c->head);
    if (!t)
        return;
    c->time.spans = spans_of_range(v, t->from, t->to);
    c->time.first = t->first[0] ? t->first : NULL;
    c->time.last = t->last[0] ? t->last : NULL;
}

/* --- place ------------------------------------------------------------ */

static bool is_locative(const struct scene *v, uint32_t token)
{
    uint32_t c = scene_child(v, token, RELATION_case);

    return c != NO_TOKEN &&
           word_in(
               lexicon_find(v->lex, scene_token(v, c)->lower), CLASS_PLACING);
}

static bool is_taken(const struct claim *c, uint32_t token)
{
    for (int r = 0; r < ROLE_COUNT; r++)
        if (c->roles[r].spans.count && c->roles[r].head == token)
            return true;
    return false;
}

static uint32_t place_below(
    const struct scene *v, uint32_t head, const struct claim *c)
{
    for (uint32_t k = v->nodes[head].first; k != NO_TOKEN;
         k = v->nodes[k].next) {
        enum relation r = scene_token(v, k)->relation;

        if ((r == RELATION_obl || r == RELATION_nmod) && is_locative(v, k) &&
            scene_is_place(v, k) && !is_taken(c, k))
            return k;
    }
    return NO_TOKEN;
}

/* "the building where he was held" */
static uint32_t relative_place(const struct scene *v, uint32_t verb)
{
    const struct token *t = scene_token(v, verb);
    uint32_t where = scene_form(v, verb, "where");

    if (where == NO_TOKEN && t->relation == RELATION_conj &&
        t->head != NO_TOKEN) {
        where = scene_form(v, t->head, "where");
        t = scene_token(v, t->head);
    }
    if (where == NO_TOKEN || strcmp(t->deprel, "acl:relcl"))
        return NO_TOKEN;
    return t->head;
}

static void find_place(const struct scene *v, struct claim *c)
{
    uint32_t token = c->head;
    uint32_t found;

    if (c->roles[ROLE_PLACE].spans.count)
        return;
    found = relative_place(v, token);
    for (int i = 0; i < CLIMB_MOST && found == NO_TOKEN; i++) {
        found = place_below(v, token, c);
        if (found == NO_TOKEN && scene_token(v, token)->relation ==
                                     RELATION_conj && i == 0) {
            token = scene_token(v, token)->head;
            found = place_below(v, token, c);
        }
        token = lender_of_time(v, token);
        if (token == NO_TOKEN)
            break;
    }
    role_set(v, c, ROLE_PLACE, found);
}

/* --- count ------------------------------------------------------------ */

static void set_count(
    const struct scene *v, struct claim *c, const struct number *n,
    const struct phrase *of)
{
    c->count.spans = spans_of_range(v, n->from, n->to);
    c->count.has_value = n->has_value;
    c->count.value = n->value;
    c->count.unit = n->unit;
    c->count.compare = n->compare;
    c->count.of = of->spans;
}

/* Does the number count the phrase: "two men", "95% of the men"? */
static bool counts(
    const struct scene *v, const struct number *n, uint32_t head)
{
    if (n->from >= v->count || n->to > v->count || n->from >= n->to)
        return false;
    for (uint32_t i = n->from; i < n->to; i++) {
        const struct token *t = scene_token(v, i);

        if (v->nodes[i].in_time)
            return false;
        if (i == head)
            return true;
        if (t->head == head && (t->relation == RELATION_nummod ||
                                t->relation == RELATION_det ||
                                t->relation == RELATION_amod))
            return true;
        if (phrase_counted(v, i) == head)
            return true;
    }
    return false;
}

static void find_count(const struct scene *v, struct claim *c)
{
    static const enum role order[] = {ROLE_TARGET, ROLE_ACTOR};

    for (size_t r = 0; r < G_N_ELEMENTS(order); r++) {
        const struct phrase *p = &c->roles[order[r]];

        if (!p->spans.count || p->sentence != v->index)
            continue;
        for (uint32_t i = 0; i < v->s->number_count; i++)
            if (counts(v, &v->s->numbers[i], p->head)) {
                set_count(v, c, &v->s->numbers[i], p);
                return;
            }
    }
}

void circumstances_find(const struct scene *v, struct claim *c)
{
    find_time(v, c);
    find_place(v, c);
    if (!c->count.spans.count)
        find_count(v, c);
}
