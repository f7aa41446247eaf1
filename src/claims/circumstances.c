/* circumstances.c - where and how many; when.c tells when. */
#include <string.h>

#include "claims/finder.h"

/* --- place ------------------------------------------------------------ */

static bool is_locative(const struct scene *v, uint32_t token)
{
    return scene_led_by(v, token, CLASS_PLACING);
}

/* Where names of bodies stand for where they are: "at Camp Orlan", "in the
   Strait"; a person is no place. */
static bool is_site(const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];

    return n->in_name && n->name_kind == NAME_GROUP &&
           scene_led_by(v, token, CLASS_SITING);
}

static bool is_where(const struct scene *v, uint32_t token)
{
    return is_locative(v, token) &&
           (scene_is_place(v, token) || is_site(v, token));
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
    uint32_t object = NO_TOKEN;

    for (uint32_t k = v->nodes[head].first; k != NO_TOKEN;
         k = v->nodes[k].next) {
        enum relation r = scene_token(v, k)->relation;

        if ((r == RELATION_obl || r == RELATION_nmod) && is_where(v, k) &&
            !is_taken(c, k))
            return k;
        if (v->nodes[k].slot == SLOT_OBJ)
            object = k;
    }
    /* "arrested two men in Port Sol" is often read as the men's home */
    if (object != NO_TOKEN && object > head)
        for (uint32_t k = v->nodes[object].first; k != NO_TOKEN;
             k = v->nodes[k].next)
            if (scene_token(v, k)->relation == RELATION_nmod &&
                is_where(v, k) && !is_taken(c, k))
                return k;
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
    return where != NO_TOKEN && t->relation == RELATION_acl ? t->head
                                                            : NO_TOKEN;
}

/* "whose stronghold is in Myrland" */
static uint32_t predicated_place(const struct scene *v, uint32_t noun)
{
    uint32_t head = scene_token(v, noun)->head;

    return scene_token(v, noun)->relation == RELATION_nsubj &&
                   v->nodes[noun].noun && is_locative(v, head) &&
                   scene_is_place(v, head)
               ? head
               : NO_TOKEN;
}

static void find_place(const struct scene *v, struct claim *c)
{
    uint32_t token = c->head;
    uint32_t found;

    if (c->roles[ROLE_PLACE].spans.count)
        return;
    found = relative_place(v, token);
    if (found == NO_TOKEN)
        found = predicated_place(v, token);
    for (int i = 0; i < WHEN_STEPS && found == NO_TOKEN; i++) {
        found = place_below(v, token, c);
        if (found == NO_TOKEN && scene_token(v, token)->relation ==
                                     RELATION_conj && i == 0) {
            token = scene_token(v, token)->head;
            found = place_below(v, token, c);
        }
        token = when_lender(v, token);
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

/* Not the year of a date, nor "the third". */
static bool is_figure(const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];

    return n->number && !n->in_time && strcmp(n->number->unit, "th") != 0;
}

/* The number that counts the phrase: "two men", "95% of the men". */
static const struct number *number_of(const struct scene *v, uint32_t head)
{
    uint32_t above = scene_token(v, head)->head;

    if (is_figure(v, head))
        return v->nodes[head].number;
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        enum relation r = scene_token(v, c)->relation;

        if (is_figure(v, c) &&
            (r == RELATION_nummod || r == RELATION_det || r == RELATION_amod))
            return v->nodes[c].number;
    }
    if (above != NO_TOKEN && v->nodes[above].number &&
        phrase_counted(v, above) == head)
        return v->nodes[above].number;
    return NULL;
}

static void find_count(const struct scene *v, struct claim *c)
{
    static const enum role order[] = {ROLE_TARGET, ROLE_ACTOR};

    for (size_t r = 0; r < G_N_ELEMENTS(order); r++) {
        const struct phrase *p = &c->roles[order[r]];
        const struct number *n;

        if (!p->spans.count || p->sentence != v->index)
            continue;
        n = number_of(v, p->head);
        if (n) {
            set_count(v, c, n, p);
            return;
        }
    }
}

void circumstances_find(const struct scene *v, struct claim *c)
{
    when_find(v, c);
    find_place(v, c);
    if (!c->count.spans.count)
        find_count(v, c);
}
