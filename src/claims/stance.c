/*
 * stance.c - polarity and modality: from the trigger up the tree, each step
 * asks for negation, auxiliaries, conjunctions and the governing word.  The
 * modality nearest to the trigger wins; negation reaches no further than the
 * first governor.
 */
#include "claims/stance.h"

#include <string.h>

enum { STEPS_MOST = 12 };

static void set_modality(struct stance *s, enum modality m)
{
    if (!s->has_modality)
        s->modality = m;
    s->has_modality = true;
}

void reason_add(
    struct reasons *reasons, enum reason_kind kind, uint32_t token,
    const struct lexicon_row *row)
{
    if (reasons->count < REASONS_MOST)
        reasons->at[reasons->count++] = (struct reason){kind, token, row};
}

static void negate(struct stance *s, uint32_t token)
{
    s->negative = !s->negative;
    reason_add(s->reasons, REASON_NEGATION, token, NULL);
}

/* A modality that a word tells by itself. */
static void take_word(struct stance *s, const struct word *w, uint32_t token)
{
    if (!s->has_modality)
        reason_add(s->reasons, REASON_WORD, token, w->auxiliary_row);
    set_modality(s, w->auxiliary);
}

static bool is_negation(const struct scene *v, uint32_t token)
{
    return word_in(v->nodes[token].word, CLASS_NEGATION) ||
           word_in(
               lexicon_find(v->lex, scene_token(v, token)->lower),
               CLASS_NEGATION);
}

/* "instead of", "rather than" */
static bool is_replaced(const struct scene *v, uint32_t token)
{
    return word_in(v->nodes[token].word, CLASS_INSTEAD);
}

/* "no one was hurt", "they found no bodies", "without trial" */
static bool is_negated_phrase(const struct scene *v, uint32_t head)
{
    if (is_negation(v, head))
        return true;
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN && c < head;
         c = v->nodes[c].next)
        if (scene_token(v, c)->relation == RELATION_det && is_negation(v, c))
            return true;
    return false;
}

/* "Had it happened", "should he return": the auxiliary before its subject. */
static bool is_inverted(const struct scene *v, uint32_t verb)
{
    uint32_t aux = scene_child(v, verb, RELATION_aux);
    uint32_t subject = scene_slot(v, verb, SLOT_SUBJ);

    if (aux == NO_TOKEN || subject == NO_TOKEN || aux > subject ||
        scene_token(v, verb)->relation != RELATION_advcl)
        return false;
    return strcmp(scene_token(v, aux)->lemma, "have") == 0 ||
           strcmp(scene_token(v, aux)->lower, "should") == 0 ||
           strcmp(scene_token(v, aux)->lower, "were") == 0;
}

static void read_child(
    const struct scene *v, uint32_t c, bool shared, struct stance *s)
{
    const struct token *t = scene_token(v, c);
    const struct word *w = lexicon_find(v->lex, t->lower);

    switch ((int)t->relation) {
    case RELATION_aux:
    case RELATION_mark:
    case RELATION_advmod:
        if (w && w->has_auxiliary)
            take_word(s, w, c);
        else if (v->nodes[c].word && v->nodes[c].word->has_auxiliary)
            take_word(s, v->nodes[c].word, c);
        if (t->relation == RELATION_mark && is_replaced(v, c))
            negate(s, c);
        if (is_negation(v, c) && !shared)
            negate(s, c);
        break;
    case RELATION_case:
    case RELATION_det:
    case RELATION_cc:
        if ((is_negation(v, c) || is_replaced(v, c)) && !shared)
            negate(s, c);
        break;
    case RELATION_nsubj:
    case RELATION_obj:
        if (is_negated_phrase(v, c) && !shared && !v->nodes[c].noun) {
            reason_add(s->reasons, REASON_NEGATION, c, NULL);
            s->negative = true;
        }
        break;
    case RELATION_amod:
        if (w && w->has_auxiliary)
            take_word(s, w, c);
        break;
    default:
        break;
    }
}

/* "would be jailed unless he paid", "had it happened later, ... would" */
static bool has_condition(const struct scene *v, uint32_t token)
{
    for (uint32_t c = v->nodes[token].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        uint32_t mark;

        if (scene_token(v, c)->relation != RELATION_advcl)
            continue;
        mark = scene_child(v, c, RELATION_mark);
        if (is_inverted(v, c) ||
            (mark != NO_TOKEN && v->nodes[mark].word &&
             v->nodes[mark].word->has_auxiliary &&
             v->nodes[mark].word->auxiliary == MODALITY_CONDITIONAL))
            return true;
    }
    return false;
}

static void read_children(
    const struct scene *v, uint32_t token, bool shared, struct stance *s)
{
    for (uint32_t c = v->nodes[token].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        read_child(v, c, shared, s);
    if (is_inverted(v, token))
        set_modality(s, MODALITY_CONDITIONAL);
    if (s->has_modality &&
        (s->modality == MODALITY_PLANNED || s->modality == MODALITY_POSSIBLE) &&
        has_condition(v, token))
        s->modality = MODALITY_CONDITIONAL;
}

/* "to" before a purpose: "stopped to rest", "in order to enlarge". */
static bool is_purpose(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    return t->relation == RELATION_advcl &&
           scene_form(v, token, "to") != NO_TOKEN &&
           t->head != NO_TOKEN && t->head < token;
}

static bool has_own_verb_group(const struct scene *v, uint32_t token)
{
    return scene_slot(v, token, SLOT_SUBJ) != NO_TOKEN ||
           scene_child(v, token, RELATION_aux) != NO_TOKEN;
}

/* Do "not" and "would" of the first conjunct reach this one? */
static bool shares_negation(const struct scene *v, uint32_t token)
{
    return scene_form(v, token, "or") != NO_TOKEN ||
           scene_form(v, token, "nor") != NO_TOKEN ||
           strcmp(scene_token(v, token)->xpos, "VB") == 0;
}

static bool ends_climb(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    return t->head == NO_TOKEN || t->relation == RELATION_parataxis ||
           t->relation == RELATION_appos ||
           scene_is_relative_clause(v, token);
}

/* Takes the effect of what governs `token`; false: nothing governs it. */
static bool apply_governor(
    const struct scene *v, uint32_t token, bool open, struct stance *s)
{
    uint32_t head = scene_token(v, token)->head;
    const struct governor *g = scene_governor(v, head, token);

    if (!g)
        return false;
    if (g->swallows)
        s->swallowed = true;
    if (!open)
        return true;
    if (g->negative || (g->has_modality && !s->has_modality))
        reason_add(s->reasons, REASON_GOVERNOR, head, g->row);
    if (g->negative)
        s->negative = !s->negative;
    if (g->has_modality)
        set_modality(s, g->modality);
    return true;
}

/* What happens to a noun does not happen to the acts in its phrase: "visas to
   enter were denied", "wanted to see the victims of the raid". */
static bool ends_at_noun(
    const struct scene *v, uint32_t trigger, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    if (t->head == v->nodes[trigger].supporter)
        return false;
    switch ((int)t->relation) {
    case RELATION_acl:
    case RELATION_obl:
        return true;
    case RELATION_obj:
    case RELATION_iobj:
        return !v->nodes[t->head].is_silent;
    case RELATION_nmod:
    case RELATION_compound:
    case RELATION_amod:
        return !scene_is_carrier(v, t->head);
    default:
        return false;
    }
}

static bool passes_negation(const struct scene *v, uint32_t token)
{
    enum relation r = scene_token(v, token)->relation;

    if (r == RELATION_conj)
        return shares_negation(v, token);
    return r == RELATION_xcomp;
}

struct stance
stance_find(const struct scene *v, uint32_t trigger, struct reasons *reasons)
{
    struct stance s = {.modality = MODALITY_ASSERTED, .reasons = reasons};
    uint32_t token = trigger;
    bool open = true;

    read_children(v, token, false, &s);
    for (int i = 0; i < STEPS_MOST; i++) {
        const struct token *t = scene_token(v, token);
        bool governed;

        if (ends_climb(v, token))
            break;
        governed = t->relation != RELATION_conj &&
                   apply_governor(v, token, open, &s);
        if (s.swallowed)
            break;
        if (is_purpose(v, token) && !governed && open)
            set_modality(&s, MODALITY_PLANNED);
        if (t->head == v->nodes[trigger].supporter) {
            if (open)
                read_children(v, t->head, false, &s);
        } else if (t->relation == RELATION_conj) {
            if (open && !governed && !has_own_verb_group(v, token))
                read_children(v, t->head, !shares_negation(v, token), &s);
        } else if (open && !governed && t->relation == RELATION_xcomp) {
            read_children(v, t->head, !passes_negation(v, token), &s);
        } else if (
            open && !governed && t->relation == RELATION_nsubj &&
            scene_is_happening(v, t->head)) {
            read_children(v, t->head, false, &s);
            break;
        } else if (t->relation == RELATION_ccomp ||
                   t->relation == RELATION_nsubj ||
                   (t->relation == RELATION_advcl && !governed)) {
            break;
        }
        if (!governed && ends_at_noun(v, trigger, token))
            break;
        if (governed)
            open = false;
        token = t->head;
    }
    return s;
}
