/*
 * triggers.c - which words tell an act: verbs, the nouns of nouns.tsv with
 * the verbs that only support them ("carry out an attack"), and adjectives.
 */
#include <string.h>

#include "claims/finder.h"

enum { REACH_MOST = 6 };

/* --- nouns and their supports ----------------------------------------- */

static bool can_tell(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    return t->upos == UPOS_NOUN && !v->nodes[token].used &&
           t->relation != RELATION_fixed;
}

static void mark_nouns(struct scene *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        const struct entry *e;

        if (!can_tell(v, i))
            continue;
        e = scene_entry(v, i, PART_NOUN);
        if (e && e->act != NO_ACT && !e->agent)
            v->nodes[i].noun = e;
    }
}

/* Words that a row asked for tell no act of their own: "custody" of "take
   into custody". */
static void mark_needs_used(
    struct scene *v, uint32_t head, const struct pattern *p)
{
    for (uint32_t i = 0; i < p->need_count; i++) {
        const struct need *need = &p->needs[i];
        uint32_t strayed;

        if (need->absent || need->word_count == 0)
            continue;
        strayed = scene_strayed(v, head, need);
        if (strayed != NO_TOKEN)
            v->nodes[strayed].used = true;
        for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
             c = v->nodes[c].next)
            if (v->nodes[c].slot == need->slot ||
                need->slot == SLOT_PARTICLE)
                for (uint32_t k = 0; k < need->word_count; k++)
                    if (v->nodes[c].word == need->words[k])
                        v->nodes[c].used = true;
    }
}

static void mark_used(struct scene *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        const struct token *t = scene_token(v, i);
        const struct entry *e;

        if (!v->nodes[i].word ||
            (t->upos != UPOS_VERB && t->upos != UPOS_NOUN))
            continue;
        e = scene_entry(
            v, i, t->upos == UPOS_VERB ? PART_VERB : PART_NOUN);
        if (e && e->pattern.need_count)
            mark_needs_used(v, i, &e->pattern);
    }
}

/*
 * Gives a support to the act-telling nouns at `noun`: itself, what is joined
 * to it, and what "a series of" or "orders" carries.  Returns whether any.
 */
static bool support_nouns(
    struct scene *v, uint32_t noun, const struct support *s, uint32_t by,
    int reach)
{
    bool any = false;

    if (reach == 0)
        return false;
    if (v->nodes[noun].noun) {
        if (!v->nodes[noun].support) {
            v->nodes[noun].support = s;
            v->nodes[noun].supporter = by;
        }
        any = true;
    }
    for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        enum relation r = scene_token(v, c)->relation;
        bool carried = scene_is_carrier(v, noun) && (v->nodes[c].slot == SLOT_MOD ||
                                               v->nodes[c].slot == v->lex->of);

        if ((r == RELATION_conj && c > noun) || carried)
            any |= support_nouns(v, c, s, by, reach - 1);
    }
    return any;
}

static void support_from_verb(struct scene *v, uint32_t verb)
{
    const struct word *w = v->nodes[verb].word;

    for (uint32_t i = 0; w && i < w->support_count; i++) {
        const struct support *s = &w->supports[i];
        uint32_t noun;

        if (!scene_fits(v, verb, &s->pattern))
            continue;
        noun = scene_argument(v, verb, s->noun);
        if (noun != NO_TOKEN && noun != verb &&
            support_nouns(v, noun, s, verb, REACH_MOST))
            v->nodes[verb].is_silent = !s->tells;
    }
}

static uint16_t case_slot(const struct scene *v, uint32_t token)
{
    uint32_t c = scene_child(v, token, RELATION_case);
    const struct word *w;

    if (c == NO_TOKEN)
        return SLOT_NONE;
    w = lexicon_find(v->lex, scene_token(v, c)->lower);
    return w ? w->slot : SLOT_NONE;
}

/* "they are under pressure": UD makes the noun the predicate. */
static void support_from_copula(struct scene *v, uint32_t noun)
{
    const struct word *be = lexicon_find(v->lex, "be");
    uint16_t slot = case_slot(v, noun);

    if (slot == SLOT_NONE || !be ||
        (scene_child(v, noun, RELATION_cop) == NO_TOKEN &&
         scene_token(v, noun)->relation != RELATION_conj))
        return;
    for (uint32_t i = 0; i < be->support_count; i++)
        if (be->supports[i].noun == slot)
            support_nouns(v, noun, &be->supports[i], noun, REACH_MOST);
}

void triggers_mark(const struct finder *f, struct scene *v)
{
    (void)f;
    mark_used(v);
    mark_nouns(v);
    for (uint32_t i = 0; i < v->count; i++) {
        enum upos upos = scene_token(v, i)->upos;

        if (upos == UPOS_VERB || upos == UPOS_AUX)
            support_from_verb(v, i);
        else if (upos == UPOS_NOUN)
            support_from_copula(v, i);
    }
}

/* --- what each tells -------------------------------------------------- */

/* The trigger: the head, its particles, and the words its row asks for. */
static struct spans trigger_spans(
    const struct scene *v, uint32_t head, const struct entry *e)
{
    uint32_t tokens[8] = {head}, count = 1;

    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN && count < 8;
         c = v->nodes[c].next) {
        bool wanted = v->nodes[c].slot == SLOT_PARTICLE && c > head;

        for (uint32_t i = 0; e && i < e->pattern.need_count && !wanted; i++) {
            const struct need *need = &e->pattern.needs[i];

            for (uint32_t k = 0; k < need->word_count && !wanted; k++)
                wanted = v->nodes[c].word == need->words[k] &&
                         (need->slot == SLOT_PARTICLE ||
                          need->slot == v->nodes[c].slot);
        }
        if (wanted && c < head && v->nodes[c].slot != SLOT_MOD)
            wanted = false;
        if (wanted)
            tokens[count++] = c;
    }
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t k = i; k > 0 && tokens[k] < tokens[k - 1]; k--) {
            uint32_t swap = tokens[k];

            tokens[k] = tokens[k - 1];
            tokens[k - 1] = swap;
        }
    return spans_of_tokens(v, tokens, count);
}

/* Other verbs tell "another act", unless a relation or a noun does. */
static const struct entry *entry_of_verb(
    const struct scene *v, uint32_t verb, struct entry *other)
{
    const struct entry *e = scene_entry(v, verb, PART_VERB);

    if (e)
        return e;
    *other = (struct entry){
        .pattern = v->lex->other_frame, .act = v->lex->other_act};
    return other;
}

static bool is_verb_like(const struct token *t)
{
    return t->upos == UPOS_VERB && t->relation != RELATION_case &&
           t->relation != RELATION_mark && t->relation != RELATION_fixed &&
           t->relation != RELATION_amod && t->relation != RELATION_compound &&
           t->relation != RELATION_discourse && t->relation != RELATION_aux &&
           t->relation != RELATION_cc && t->relation != RELATION_advmod;
}

static void find_verb(struct finder *f, struct scene *v, uint32_t verb)
{
    struct entry other;
    const struct entry *e = entry_of_verb(v, verb, &other);
    struct draft d;

    if (e->act == NO_ACT ||
        (v->nodes[verb].is_silent && e->pattern.need_count == 0))
        return;
    d = draft_start(
        v, verb, e->act,
        e == &other ? EVIDENCE_OTHER : EVIDENCE_VERB);
    d.entry = e;
    d.claim.trigger = trigger_spans(v, verb, e);
    roles_of_verb(v, &d);
    draft_finish(f, v, &d);
}

/* "arrest and torture of X": what one of two joined nouns has, both have. */
static void share_roles(const struct scene *v, struct draft *d)
{
    uint32_t head = d->claim.head, other = NO_TOKEN;
    struct draft from;

    if (d->claim.roles[ROLE_ACTOR].spans.count ||
        d->claim.roles[ROLE_TARGET].spans.count)
        return;
    if (scene_token(v, head)->relation == RELATION_conj)
        other = scene_token(v, head)->head;
    else
        other = scene_child(v, head, RELATION_conj);
    if (other == NO_TOKEN || !v->nodes[other].noun)
        return;
    from = draft_start(v, other, d->claim.act, 0);
    from.entry = v->nodes[other].noun;
    roles_of_noun(v, &from);
    for (int r = ROLE_ACTOR; r <= ROLE_TARGET; r++)
        d->claim.roles[r] = from.claim.roles[r];
}

static void find_noun(struct finder *f, struct scene *v, uint32_t noun)
{
    const struct entry *e = v->nodes[noun].noun;
    struct draft d = draft_start(
        v, noun, e->act,
        v->nodes[noun].support || e->pattern.need_count ? EVIDENCE_BACKED
                                                       : EVIDENCE_NOUN);

    d.entry = e;
    d.claim.trigger = trigger_spans(v, noun, e);
    roles_of_noun(v, &d);
    share_roles(v, &d);
    if (e->fallback && !v->nodes[noun].support &&
        !d.claim.roles[ROLE_ACTOR].spans.count &&
        !d.claim.roles[ROLE_TARGET].spans.count)
        return;
    draft_finish(f, v, &d);
}

static bool is_predicative(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    return scene_child(v, token, RELATION_cop) != NO_TOKEN ||
           t->relation == RELATION_xcomp || t->relation == RELATION_acl ||
           t->relation == RELATION_advcl ||
           (t->relation == RELATION_conj && t->head != NO_TOKEN &&
            scene_is_predicate(v, t->head)) ||
           scene_slot(v, token, SLOT_SUBJ) != NO_TOKEN;
}

static void find_adjective(struct finder *f, struct scene *v, uint32_t token)
{
    const struct entry *e = scene_entry(v, token, PART_ADJECTIVE);
    const struct token *t = scene_token(v, token);
    struct draft d;

    if (!e || e->act == NO_ACT || v->nodes[token].used)
        return;
    d = draft_start(v, token, e->act, EVIDENCE_ADJECTIVE);
    d.entry = e;
    d.claim.trigger = trigger_spans(v, token, e);
    if (is_predicative(v, token)) {
        roles_of_verb(v, &d);
    } else if (
        t->relation == RELATION_amod && e->pattern.need_count &&
        t->head != NO_TOKEN) {
        role_set(v, &d.claim, ROLE_ACTOR, t->head);
        roles_of_verb(v, &d);
    } else {
        return;
    }
    draft_finish(f, v, &d);
}

void triggers_find(struct finder *f, struct scene *v)
{
    for (uint32_t i = 0; i < v->count; i++) {
        const struct token *t = scene_token(v, i);

        if (is_verb_like(t))
            find_verb(f, v, i);
        else if (v->nodes[i].noun)
            find_noun(f, v, i);
        else if (t->upos == UPOS_ADJ && v->nodes[i].word)
            find_adjective(f, v, i);
    }
}
