/* roles.c - who plays which role, by the frame of the entry. */
#include <string.h>

#include "claims/finder.h"

void role_set(
    const struct scene *v, struct claim *c, enum role role, uint32_t token)
{
    if (token == NO_TOKEN || token == c->head || c->roles[role].spans.count)
        return;
    c->roles[role] = phrase_make(v, token, c->head);
}

static enum role role_of_fill(
    const struct lexicon *lex, uint32_t act, uint8_t role)
{
    if (role == FILL_AFFECTED)
        return lex->acts[act].has_target && !lex->acts[act].is_mutual
                   ? ROLE_TARGET
                   : ROLE_ACTOR;
    return (enum role)role;
}

/* Words that stand for nobody: "there", "it" of "it is said", times. */
static bool can_fill(const struct scene *v, uint32_t token, enum role role)
{
    const struct token *t = scene_token(v, token);

    if (t->relation == RELATION_expl || v->nodes[token].in_time ||
        word_in(v->nodes[token].word, CLASS_MEASURE))
        return false;
    if (t->upos == UPOS_VERB && t->relation != RELATION_nsubj &&
        t->relation != RELATION_obj)
        return false;
    if (role >= ROLE_PLACE)
        return scene_is_place(v, token) || scene_is_party(v, token);
    return strcmp(t->lower, "there") != 0;
}

/* "mounted an attack on the post": what the row's own noun brings. */
static void fill_from_noun(
    const struct scene *v, struct draft *d, const struct pattern *p,
    uint32_t verb)
{
    uint32_t noun = scene_slot(v, verb, SLOT_OBJ);

    if (noun == NO_TOKEN || !v->nodes[noun].used)
        return;
    for (uint32_t i = 0; i < p->fill_count; i++) {
        uint32_t found;

        if (p->fills[i].slot < SLOT_NAMED || p->fills[i].role >= ROLE_COUNT)
            continue;
        found = scene_slot(v, noun, p->fills[i].slot);
        if (found != NO_TOKEN && can_fill(v, found, p->fills[i].role))
            role_set(v, &d->claim, p->fills[i].role, found);
    }
}

static void fill_from(
    const struct scene *v, struct draft *d, const struct pattern *p,
    uint32_t token)
{
    for (uint32_t i = 0; i < p->fill_count; i++) {
        const struct fill *fill = &p->fills[i];
        enum role role;
        uint32_t found;

        if (fill->role == FILL_NONE)
            continue;
        role = role_of_fill(v->lex, d->claim.act, fill->role);
        found = scene_argument(v, token, fill->slot);
        if (found != NO_TOKEN && can_fill(v, found, role))
            role_set(v, &d->claim, role, found);
    }
}

/* "they had been given creams": the subject is the one given to. */
static bool is_receiver_passive(
    const struct scene *v, const struct pattern *p, uint32_t verb)
{
    bool has_iobj = false;

    for (uint32_t i = 0; i < p->fill_count; i++)
        has_iobj |= p->fills[i].slot == SLOT_IOBJ &&
                    p->fills[i].role != FILL_NONE;
    return has_iobj && scene_is_passive(v, verb);
}

/* "blocked the members' departure": the members are prevented. */
static void turn_to_prevented(const struct scene *v, struct claim *c)
{
    struct phrase *target = &c->roles[ROLE_TARGET];
    uint32_t owner;

    if (!target->spans.count || !v->nodes[target->head].noun)
        return;
    owner = scene_slot(v, target->head, SLOT_POSS);
    if (owner == NO_TOKEN)
        owner = scene_slot(v, target->head, v->lex->of);
    if (owner == NO_TOKEN || v->nodes[owner].in_time ||
        !scene_is_party(v, owner))
        return;
    *target = phrase_none();
    role_set(v, c, ROLE_TARGET, scene_resolve(v, owner));
}

void roles_of_verb(const struct scene *v, struct draft *d)
{
    const struct pattern *p = &d->entry->pattern;
    uint32_t verb = d->claim.head;

    if (is_receiver_passive(v, p, verb)) {
        uint32_t subject = scene_subject(v, verb);

        if (subject != NO_TOKEN && scene_is_party(v, subject))
            role_set(v, &d->claim, ROLE_TARGET, subject);
    }
    fill_from(v, d, p, verb);
    fill_from_noun(v, d, p, verb);
    if (d->claim.act == v->lex->prevent_act)
        turn_to_prevented(v, &d->claim);
    /* the group that members are said to be leaving etc. is never both */
    if (d->claim.roles[ROLE_ACTOR].head == d->claim.roles[ROLE_TARGET].head &&
        d->claim.roles[ROLE_ACTOR].spans.count)
        d->claim.roles[ROLE_TARGET] = phrase_none();
}

/* --- nouns ------------------------------------------------------------ */

static bool starts_upper(const struct token *t)
{
    return g_ascii_isupper(t->form[0]);
}

/* "the Northland raid", "prisoner abuse", but not "military raid". */
static bool can_modify(const struct scene *v, uint32_t token, uint32_t noun)
{
    const struct token *t = scene_token(v, token);

    if (v->nodes[token].in_time || v->nodes[token].noun ||
        t->upos == UPOS_NUM)
        return false;
    if (t->relation == RELATION_amod)
        return starts_upper(t) && token != 0;
    (void)noun;
    return scene_is_party(v, token) || t->upos == UPOS_NOUN;
}

/* "the attack in the valley" tells where; "on the valley", whom it hit. */
static bool tells_where(const struct scene *v, uint32_t token)
{
    return scene_is_place(v, token) && !scene_is_party(v, token) &&
           scene_led_by(v, token, CLASS_SITING);
}

/* "manslaughter by negligence" names no actor. */
static bool can_act(const struct scene *v, uint32_t token)
{
    return scene_is_party(v, token) || v->nodes[token].word ||
           scene_token(v, token)->upos == UPOS_PRON;
}

/* Of "the Port Sol crane collapse" the modifier next to the noun plays the
   role; a place before it is the place. */
static void fill_from_modifiers(
    const struct scene *v, struct draft *d, enum role role)
{
    uint32_t noun = d->claim.head, nearest = NO_TOKEN, place = NO_TOKEN;

    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        if (v->nodes[c].slot != SLOT_MOD || !can_modify(v, c, noun))
            continue;
        if (v->nodes[c].in_name && v->nodes[c].name_kind == NAME_PLACE &&
            scene_token(v, c)->relation == RELATION_compound)
            place = c;
        else
            nearest = c;
    }
    role_set(v, &d->claim, role, nearest);
    role_set(v, &d->claim, ROLE_PLACE, place);
}

static void fill_noun_slot(
    const struct scene *v, struct draft *d, const struct fill *fill)
{
    uint32_t noun = d->claim.head;
    enum role role = role_of_fill(v->lex, d->claim.act, fill->role);

    if (fill->slot == SLOT_MOD) {
        fill_from_modifiers(v, d, role);
        return;
    }
    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        if (v->nodes[c].slot != fill->slot)
            continue;
        if (fill->slot >= SLOT_NAMED && !can_fill(v, c, role))
            continue;
        if (fill->slot > SLOT_NAMED && role < ROLE_PLACE &&
            d->entry->pattern.need_count == 0 && tells_where(v, c))
            continue;
        if (fill->slot == v->lex->by && !can_act(v, c))
            continue;
        if (fill->slot == v->lex->in && role < ROLE_PLACE &&
            d->claim.act != v->lex->reside_act && scene_is_place(v, c))
            continue;
        if (v->nodes[c].in_time)
            continue;
        role_set(v, &d->claim, role, scene_resolve(v, c));
    }
}

/* "the sect's recruitment campaign", "the king's execution orders" */
static void fill_from_carrier(const struct scene *v, struct draft *d)
{
    uint32_t noun = d->claim.head, carrier = scene_token(v, noun)->head;

    if (carrier == NO_TOKEN || !scene_is_carrier(v, carrier) ||
        (v->nodes[noun].slot != SLOT_MOD &&
         v->nodes[noun].slot != v->lex->of))
        return;
    for (uint32_t c = v->nodes[carrier].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (c != noun && (v->nodes[c].slot == SLOT_POSS ||
                          v->nodes[c].slot == SLOT_MOD) &&
            scene_is_party(v, c) && !v->nodes[c].noun &&
            scene_token(v, c)->upos != UPOS_NUM)
            role_set(v, &d->claim, ROLE_ACTOR, scene_resolve(v, c));
}

void roles_of_noun(const struct scene *v, struct draft *d)
{
    const struct pattern *p = &d->entry->pattern;
    const struct node *n = &v->nodes[d->claim.head];

    if (n->support)
        fill_from(v, d, &n->support->pattern, n->supporter);
    for (uint32_t i = 0; i < p->fill_count; i++)
        if (p->fills[i].role != FILL_NONE)
            fill_noun_slot(v, d, &p->fills[i]);
    fill_from_carrier(v, d);
}
