/*
 * states.c - who belongs to whom: offices, membership and kinship told by
 * apposition, title or copula; where people are from; figures.
 */
#include <string.h>

#include "claims/finder.h"

static uint32_t act_of_class(const struct scene *v, uint32_t token)
{
    const struct word *w = v->nodes[token].word;

    if (scene_token(v, token)->upos != UPOS_NOUN &&
        scene_token(v, token)->upos != UPOS_PROPN)
        return NO_ACT;
    if (v->nodes[token].in_name && v->nodes[token].name_kind == NAME_PERSON)
        return NO_ACT; /* "Dean" of "Dean Karesh" */
    if (word_in(w, CLASS_OFFICE))
        return v->lex->lead_act;
    if (word_in(w, CLASS_MEMBER))
        return v->lex->member_act;
    if (word_in(w, CLASS_KIN))
        return v->lex->family_act;
    return word_in(w, CLASS_SERVICE) ? v->lex->relation_act : NO_ACT;
}

/* --- who holds it ----------------------------------------------------- */

/* A name that stands to `noun` as title, apposition or predicate. */
struct holder {
    uint32_t token;      /* head of the name; NO_TOKEN: none */
    uint32_t from, to;   /* its tokens, where it is a part of the noun's
                            phrase ("director Ana Ruiz"); else empty */
};

static bool is_named_person(const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];

    return scene_token(v, token)->upos == UPOS_PROPN && !n->in_time &&
           !(n->in_name && n->name_kind != NAME_PERSON) &&
           !word_in(n->word, CLASS_OFFICE | CLASS_GROUP | CLASS_PLACE);
}

static struct holder flat_holder(const struct scene *v, uint32_t noun)
{
    struct holder h = {.token = NO_TOKEN};

    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        if (scene_token(v, c)->relation != RELATION_flat || c < noun ||
            scene_token(v, c)->upos != UPOS_PROPN)
            continue;
        if (h.token == NO_TOKEN) {
            h.token = c;
            h.from = c;
        }
        h.to = c + 1;
    }
    if (h.token != NO_TOKEN)
        while (h.to < v->count && scene_token(v, h.to)->head >= h.from &&
               scene_token(v, h.to)->head < h.to &&
               scene_token(v, h.to)->head != NO_TOKEN &&
               scene_token(v, h.to)->relation == RELATION_flat)
            h.to++;
    return h;
}

/* A name beside a word for people is theirs, whatever the reader took it for:
   "her brother, Davit". */
static bool names_one(const struct scene *v, uint32_t token, uint32_t noun)
{
    return is_named_person(v, token) ||
           (word_in(v->nodes[noun].word, CLASS_KIN) &&
            scene_token(v, token)->upos == UPOS_PROPN &&
            !v->nodes[token].in_time);
}

static uint32_t appositive(const struct scene *v, uint32_t noun)
{
    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (scene_token(v, c)->relation == RELATION_appos &&
            names_one(v, c, noun))
            return c;
    return NO_TOKEN;
}

/* "a spokesman for the Front, Ana Ruiz": her name is often hung on the body
   right before it. */
static uint32_t strayed_appositive(const struct scene *v, uint32_t noun)
{
    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        uint32_t name;

        if (scene_token(v, c)->relation != RELATION_nmod || c < noun ||
            is_named_person(v, c))
            continue;
        name = appositive(v, c);
        if (name != NO_TOKEN)
            return name;
    }
    return NO_TOKEN;
}

/* The name whose title or apposition the noun is. */
static uint32_t titled(const struct scene *v, uint32_t noun)
{
    const struct token *t = scene_token(v, noun);

    if (t->head == NO_TOKEN)
        return NO_TOKEN;
    if (t->relation == RELATION_conj && noun > t->head) {
        /* "X, founder and leader of Y" */
        const struct token *first = scene_token(v, t->head);

        if (first->relation == RELATION_appos && first->head != NO_TOKEN &&
            is_named_person(v, first->head))
            return first->head;
        return NO_TOKEN;
    }
    if (t->relation != RELATION_appos && t->relation != RELATION_compound &&
        t->relation != RELATION_nmod && t->relation != RELATION_flat)
        return NO_TOKEN;
    if (t->relation == RELATION_nmod && strcmp(t->deprel, "nmod:desc"))
        return NO_TOKEN;
    if (t->relation != RELATION_appos && t->head < noun)
        return NO_TOKEN;
    return is_named_person(v, t->head) ? t->head : NO_TOKEN;
}

/* "members Ana Ruiz and Tomas Karesh, the father of ...": an apposition may
   be read as the first member's, but says who stands before it. */
static struct holder name_before(const struct scene *v, uint32_t noun)
{
    struct holder h = {.token = NO_TOKEN};
    uint32_t from, to;

    if (scene_token(v, noun)->relation != RELATION_appos)
        return h;
    phrase_range(v, noun, &from, &to);
    if (from < 2 || scene_token(v, from - 1)->upos != UPOS_PUNCT ||
        !is_named_person(v, from - 2))
        return h;
    h.to = from - 1;
    h.from = h.to;
    while (h.from > 0 && h.to - h.from < 6 && is_named_person(v, h.from - 1))
        h.from--;
    h.token = h.from;
    return h;
}

static uint32_t subject_of_predicate(const struct scene *v, uint32_t noun)
{
    uint32_t subject;

    if (scene_child(v, noun, RELATION_cop) == NO_TOKEN)
        return NO_TOKEN;
    subject = scene_subject(v, noun);
    return subject != NO_TOKEN && scene_is_party(v, subject) ? subject
                                                            : NO_TOKEN;
}

/* "members, including Ana Ruiz" */
static uint32_t included(const struct scene *v, uint32_t noun)
{
    uint32_t c = scene_slot(v, noun, v->lex->including);

    return c != NO_TOKEN && scene_is_party(v, c) ? c : NO_TOKEN;
}

static struct holder find_holder(const struct scene *v, uint32_t noun)
{
    struct holder h = flat_holder(v, noun);

    if (h.token == NO_TOKEN)
        h.token = appositive(v, noun);
    if (h.token == NO_TOKEN)
        h.token = strayed_appositive(v, noun);
    if (h.token == NO_TOKEN)
        h.token = titled(v, noun);
    if (h.token == NO_TOKEN)
        h = name_before(v, noun);
    if (h.token == NO_TOKEN)
        h.token = subject_of_predicate(v, noun);
    if (h.token == NO_TOKEN)
        h.token = included(v, noun);
    return h;
}

/* --- of what ---------------------------------------------------------- */

static bool names_group(const struct scene *v, uint32_t token)
{
    return (scene_is_proper(v, token) && !v->nodes[token].in_time) ||
           word_in(v->nodes[token].word, CLASS_GROUP | CLASS_PLACE);
}

static uint32_t find_of(const struct scene *v, uint32_t noun, uint32_t act)
{
    uint32_t mod = NO_TOKEN;

    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        const struct node *n = &v->nodes[c];

        if (word_in(n->word, CLASS_POST) && n->slot != SLOT_POSS &&
            scene_token(v, c)->upos != UPOS_NOUN)
            continue; /* "Prime Minister", "Secretary of State" */
        if (n->slot == SLOT_POSS || n->slot == v->lex->of)
            return c;
        if (act == v->lex->family_act)
            continue;
        if ((n->slot == v->lex->at || n->slot == v->lex->for_ ||
             n->slot == v->lex->with) &&
            scene_token(v, c)->relation == RELATION_nmod &&
            names_group(v, c))
            return c;
        if (n->slot == SLOT_MOD && names_group(v, c))
            mod = c;
    }
    return mod;
}

/* --- the claims ------------------------------------------------------- */

static void set_holder(
    const struct scene *v, struct claim *c, const struct holder *h,
    enum role role)
{
    if (h->to <= h->from) {
        role_set(v, c, role, h->token);
        return;
    }
    c->roles[role] = phrase_none();
    c->roles[role].sentence = v->index;
    c->roles[role].head = h->token;
    c->roles[role].spans = spans_of_range(v, h->from, h->to);
}

static const struct entry *agent_entry(const struct scene *v, uint32_t noun)
{
    const struct entry *e;

    if (scene_token(v, noun)->upos != UPOS_NOUN || !v->nodes[noun].word)
        return NULL;
    e = scene_entry(v, noun, PART_NOUN);
    return e && e->agent && e->act != NO_ACT ? e : NULL;
}

/* "defectors, including Ana Ruiz": she defected. */
static void find_agent_claim(
    struct finder *f, struct scene *v, uint32_t noun,
    const struct entry *entry, const struct holder *h)
{
    struct draft d = draft_start(v, noun, entry->act, EVIDENCE_TIE);
    enum role role = ROLE_ACTOR;

    for (uint32_t i = 0; i < entry->pattern.fill_count; i++)
        if (entry->pattern.fills[i].slot == SLOT_SUBJ &&
            entry->pattern.fills[i].role < ROLE_COUNT)
            role = (enum role)entry->pattern.fills[i].role;
    d.entry = entry;
    d.claim.trigger = spans_of_range(v, noun, noun + 1);
    set_holder(v, &d.claim, h, role);
    roles_of_noun(v, &d);
    draft_finish(f, v, &d);
}

static void find_tie(struct finder *f, struct scene *v, uint32_t noun)
{
    uint32_t act = act_of_class(v, noun);
    const struct entry *agent = agent_entry(v, noun);
    struct holder h;
    struct draft d;
    uint32_t of;

    if (act == NO_ACT && !agent)
        return;
    h = find_holder(v, noun);
    if (h.token == NO_TOKEN || h.token == noun)
        return;
    if (agent) {
        find_agent_claim(f, v, noun, agent, &h);
        return;
    }
    of = find_of(v, noun, act);
    if (of == NO_TOKEN && act != v->lex->lead_act)
        return;
    d = draft_start(v, noun, act, EVIDENCE_TIE);
    d.claim.trigger = spans_of_range(v, noun, noun + 1);
    set_holder(v, &d.claim, &h, ROLE_ACTOR);
    role_set(v, &d.claim, ROLE_TARGET, of);
    draft_finish(f, v, &d);
}

/* "the village of Sorna", "Port Sol" */
static bool is_named_place(const struct scene *v, uint32_t place)
{
    uint32_t of = scene_slot(v, place, v->lex->of);

    return scene_is_place(v, place) &&
           (scene_is_proper(v, place) ||
            (of != NO_TOKEN && scene_is_proper(v, of)));
}

/* "Karesh, 58, of Port Sol", not "the mayor of Port Sol" */
static bool is_set_off(const struct scene *v, uint32_t by)
{
    return by > 0 && scene_token(v, by - 1)->upos == UPOS_PUNCT;
}

/* "Ana Ruiz, from Port Sol", "Karesh from Myrland" */
static void find_home(struct finder *f, struct scene *v, uint32_t place)
{
    const struct token *t = scene_token(v, place);
    uint32_t by = scene_child(v, place, RELATION_case);
    bool named;
    struct draft d;

    if (t->relation != RELATION_nmod || t->head == NO_TOKEN ||
        by == NO_TOKEN || !is_named_place(v, place))
        return;
    named = is_named_person(v, t->head);
    if (!named && !word_in(v->nodes[t->head].word, CLASS_PERSON | CLASS_KIN))
        return;
    if (v->nodes[place].slot != v->lex->from &&
        (v->nodes[place].slot != v->lex->of || !named || !is_set_off(v, by)))
        return;
    d = draft_start(v, by, v->lex->reside_act, EVIDENCE_TIE);
    d.claim.trigger = spans_of_range(v, by, by + 1);
    role_set(v, &d.claim, ROLE_ACTOR, t->head);
    role_set(v, &d.claim, ROLE_TARGET, place);
    draft_finish(f, v, &d);
}

/* --- figures ---------------------------------------------------------- */

static uint32_t figure_of(const struct scene *v, uint32_t subject)
{
    uint32_t c;

    if (phrase_counted(v, subject) != subject)
        return subject;
    for (c = v->nodes[subject].first; c != NO_TOKEN; c = v->nodes[c].next)
        if (scene_token(v, c)->relation == RELATION_nummod)
            return c;
    return NO_TOKEN;
}

/* "70 %" of "nearly 70 %" */
static struct spans figure_spans(
    const struct scene *v, uint32_t figure, const struct number *n)
{
    uint32_t from;

    if (!n)
        return spans_of_range(v, figure, figure + 1);
    from = n->from;
    while (from + 1 < n->to && from < figure &&
           scene_token(v, from)->upos != UPOS_NUM &&
           scene_token(v, from)->upos != UPOS_SYM)
        from++;
    return spans_of_range(v, from, n->to);
}

static void add_figure(
    struct finder *f, struct scene *v, uint32_t figure, uint32_t subject,
    uint32_t predicate)
{
    const struct number *n =
        v->nodes[figure].in_time ? NULL : v->nodes[figure].number;
    struct draft d = draft_start(v, predicate, v->lex->number_act, EVIDENCE_FIGURE);

    d.claim.trigger = figure_spans(v, figure, n);
    role_set(v, &d.claim, ROLE_ACTOR, subject);
    if (predicate != subject)
        d.claim.roles[ROLE_TARGET] = phrase_make_single(v, predicate);
    if (n) {
        d.claim.count.spans = spans_of_range(v, n->from, n->to);
        d.claim.count.has_value = n->has_value;
        d.claim.count.value = n->value;
        d.claim.count.unit = n->unit;
        d.claim.count.compare = n->compare;
        d.claim.count.of = d.claim.roles[ROLE_ACTOR].spans;
    }
    draft_finish(f, v, &d);
}

static void find_figure(struct finder *f, struct scene *v, uint32_t predicate)
{
    uint32_t subject, figure;

    if (scene_child(v, predicate, RELATION_cop) == NO_TOKEN ||
        v->nodes[predicate].told)
        return; /* a claim of its own, which carries the figure */
    subject = scene_slot(v, predicate, SLOT_SUBJ);
    if (subject == NO_TOKEN || scene_is_relative(v, subject))
        return;
    figure = figure_of(v, subject);
    if (figure != NO_TOKEN)
        add_figure(f, v, figure, subject, predicate);
}

/* "There are 300 prisoners in the camp" */
static void find_existing(struct finder *f, struct scene *v, uint32_t verb)
{
    uint32_t subject = scene_slot(v, verb, SLOT_SUBJ), figure;

    if (scene_child(v, verb, RELATION_expl) == NO_TOKEN ||
        subject == NO_TOKEN || v->nodes[subject].noun)
        return;
    figure = figure_of(v, subject);
    if (figure != NO_TOKEN)
        add_figure(f, v, figure, subject, subject);
}

void states_find(struct finder *f, struct scene *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        find_tie(f, v, i);
        find_home(f, v, i);
        find_figure(f, v, i);
        if (strcmp(scene_token(v, i)->lemma, "be") == 0)
            find_existing(f, v, i);
    }
}
