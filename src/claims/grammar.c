/*
 * grammar.c - arguments that a verb has without showing them: subjects lent
 * by a governing clause, antecedents, passives; and which row of a table
 * fits a word here.
 */
#include <string.h>

#include "claims/phrases.h"

/* Trees are hostile input too: no chain of governors is followed further. */
enum { DEPTH_MOST = 12, ASKING_MOST = 64 };

static bool is_passive(const struct scene *v, uint32_t verb, int depth);

static uint32_t own_subject(const struct scene *v, uint32_t verb)
{
    uint32_t found = NO_TOKEN;

    for (uint32_t c = v->nodes[verb].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (v->nodes[c].slot == SLOT_SUBJ &&
            strcmp(scene_token(v, c)->deprel, "nsubj:outer"))
            found = c;
    return found;
}

static bool is_participle(const struct token *t)
{
    return strcmp(t->xpos, "VBN") == 0 ||
           (strcmp(t->xpos, "VBD") == 0 && t->relation == RELATION_acl);
}

static bool is_bare(const struct scene *v, uint32_t verb)
{
    return own_subject(v, verb) == NO_TOKEN &&
           scene_child(v, verb, RELATION_aux) == NO_TOKEN;
}

static bool has_passive_auxiliary(const struct scene *v, uint32_t verb)
{
    for (uint32_t c = v->nodes[verb].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        const struct token *t = scene_token(v, c);

        if (strcmp(t->deprel, "aux:pass") == 0 ||
            strcmp(t->deprel, "nsubj:pass") == 0 ||
            strcmp(t->deprel, "obl:agent") == 0)
            return true;
    }
    return false;
}

static bool is_passive(const struct scene *v, uint32_t verb, int depth)
{
    const struct token *t = scene_token(v, verb);

    if (has_passive_auxiliary(v, verb))
        return true;
    if (!is_participle(t) || !is_bare(v, verb) || depth == 0)
        return false;
    if (t->relation == RELATION_conj && t->head != NO_TOKEN)
        return scene_token(v, t->head)->upos != UPOS_VERB ||
               is_passive(v, t->head, depth - 1);
    return scene_child(v, verb, RELATION_obj) == NO_TOKEN;
}

bool scene_is_passive(const struct scene *v, uint32_t verb)
{
    return is_passive(v, verb, DEPTH_MOST);
}

bool scene_is_relative_clause(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    if (strcmp(t->deprel, "acl:relcl") == 0)
        return true;
    if (t->relation != RELATION_acl)
        return false;
    for (uint32_t c = v->nodes[token].first; c != NO_TOKEN && c < token;
         c = v->nodes[c].next)
        if (scene_token(v, c)->xpos[0] == 'W')
            return true;
    return false;
}

/* The noun that a relative clause hangs on, through the clauses between. */
static uint32_t find_antecedent(const struct scene *v, uint32_t token)
{
    for (int depth = 0; depth < DEPTH_MOST && token != NO_TOKEN; depth++) {
        const struct token *t = scene_token(v, token);

        if (scene_is_relative_clause(v, token))
            return t->head;
        token = t->head;
    }
    return NO_TOKEN;
}

uint32_t scene_resolve(const struct scene *v, uint32_t token)
{
    uint32_t antecedent;

    if (token == NO_TOKEN || !scene_is_relative(v, token))
        return token;
    antecedent = find_antecedent(v, token);
    return antecedent == NO_TOKEN ? token : antecedent;
}

static uint32_t own_object(const struct scene *v, uint32_t verb)
{
    uint32_t c = scene_slot(v, verb, SLOT_OBJ);

    return c != NO_TOKEN ? c : scene_slot(v, verb, SLOT_IOBJ);
}

/* Happenings want nothing: "construction began in order to enlarge ...". */
static bool tells_act(const struct scene *v, uint32_t token)
{
    const struct word *w = v->nodes[token].word;

    return w && w->entry_counts[PART_NOUN] &&
           scene_token(v, token)->upos == UPOS_NOUN &&
           !scene_is_party(v, token);
}

/* Who acts in a clause that `head` governs: "forced X to", "urged X to". */
static uint32_t lend_subject(
    const struct scene *v, uint32_t clause, uint32_t head)
{
    const struct governor *g = scene_governor(v, head, clause);
    enum relation r = scene_token(v, clause)->relation;
    bool object = (g && g->object) || (r == RELATION_xcomp && !g);
    uint32_t lent;

    if (!object) {
        lent = scene_subject(v, head);
        return lent != NO_TOKEN && r == RELATION_advcl && tells_act(v, lent)
                   ? NO_TOKEN
                   : lent;
    }
    if (is_passive(v, head, DEPTH_MOST))
        return scene_subject(v, head);
    lent = scene_slot(v, head, SLOT_IOBJ);
    if (lent == NO_TOKEN)
        lent = scene_slot(v, head, SLOT_OBJ);
    if (lent == NO_TOKEN && g && g->object)
        for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
             c = v->nodes[c].next)
            if (v->nodes[c].slot >= SLOT_NAMED && c < clause &&
                scene_token(v, c)->relation == RELATION_obl &&
                scene_is_party(v, c))
                lent = c;
    if (lent != NO_TOKEN)
        return scene_resolve(v, lent);
    return scene_subject(v, head);
}

/* Whose effort, decision, role is it: the subject of "efforts to contact". */
static uint32_t owner_of_noun(const struct scene *v, uint32_t noun)
{
    uint32_t owner = scene_slot(v, noun, SLOT_POSS);

    for (int i = 0; i < DEPTH_MOST; i++) {
        uint32_t head = scene_token(v, noun)->head;
        enum relation r = scene_token(v, noun)->relation;

        if (owner == NO_TOKEN)
            owner = scene_slot(v, noun, SLOT_POSS);
        if (owner == NO_TOKEN)
            for (uint32_t c = v->nodes[noun].first; c != NO_TOKEN;
                 c = v->nodes[c].next)
                if ((v->nodes[c].slot == SLOT_MOD ||
                     v->nodes[c].slot == v->lex->by) &&
                    scene_is_party(v, c) && !v->nodes[c].in_time)
                    owner = c;
        if (owner != NO_TOKEN)
            return scene_resolve(v, owner);
        if (head == NO_TOKEN)
            return NO_TOKEN;
        if (r != RELATION_conj && r != RELATION_nmod) {
            if (r == RELATION_nsubj && !is_passive(v, head, DEPTH_MOST))
                return NO_TOKEN;
            return scene_subject(v, head);
        }
        noun = head;
    }
    return NO_TOKEN;
}

/* "most of those remaining": it is most of them. */
static uint32_t whole_of(const struct scene *v, uint32_t noun)
{
    uint32_t head = scene_token(v, noun)->head;

    return head != NO_TOKEN && v->nodes[noun].slot == v->lex->of &&
                   phrase_is_part(v, head)
               ? head
               : noun;
}

static uint32_t subject_of_acl(const struct scene *v, uint32_t verb)
{
    const struct token *t = scene_token(v, verb);
    uint32_t noun = whole_of(v, t->head);

    if (scene_is_relative_clause(v, verb))
        return noun;
    if (scene_form(v, verb, "to") == NO_TOKEN &&
        v->nodes[verb].slot < SLOT_NAMED)
        return noun;
    if (scene_is_party(v, noun) && !word_in(v->nodes[noun].word, CLASS_CARRIER))
        return noun;
    return owner_of_noun(v, noun);
}

static uint32_t find_subject(const struct scene *v, uint32_t verb)
{
    const struct token *t = scene_token(v, verb);
    uint32_t own = own_subject(v, verb);

    if (own != NO_TOKEN)
        return scene_resolve(v, own);
    if (t->head == NO_TOKEN)
        return NO_TOKEN;
    switch ((int)t->relation) {
    case RELATION_conj:
        return scene_subject(v, t->head);
    case RELATION_acl:
        return subject_of_acl(v, verb);
    case RELATION_xcomp:
    case RELATION_advcl:
    case RELATION_ccomp:
    case RELATION_obl:
        return lend_subject(v, verb, t->head);
    case RELATION_nmod:
        return owner_of_noun(v, t->head);
    default:
        return NO_TOKEN;
    }
}

uint32_t scene_subject(const struct scene *v, uint32_t verb)
{
    struct node *n = &v->nodes[verb];

    if (n->subject_state == SUBJECT_UNKNOWN) {
        n->subject_state = SUBJECT_KNOWN; /* stops a circle of askers */
        n->subject = NO_TOKEN;
        if (++*v->asking < ASKING_MOST)
            n->subject = find_subject(v, verb);
        --*v->asking;
    }
    return n->subject;
}

/* "which the group inflicts", "creams they had been given" */
static uint32_t object_of_relative(const struct scene *v, uint32_t verb)
{
    const struct token *t = scene_token(v, verb);
    uint32_t subject = own_subject(v, verb);

    if (!scene_is_relative_clause(v, verb) || subject == NO_TOKEN ||
        scene_is_relative(v, subject))
        return NO_TOKEN;
    for (uint32_t c = v->nodes[verb].first; c != NO_TOKEN && c < verb;
         c = v->nodes[c].next)
        if (scene_token(v, c)->relation != RELATION_nsubj &&
            scene_token(v, c)->xpos[0] == 'W')
            return NO_TOKEN; /* where, when, whom with a preposition */
    return t->head;
}

/* The first verb joined to `first` after `verb` that has an object, if only
   verbs without one stand between. */
static uint32_t object_after(
    const struct scene *v, uint32_t first, uint32_t verb)
{
    uint32_t last = verb;

    for (uint32_t c = v->nodes[first].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        uint32_t object;

        if (c <= verb || scene_token(v, c)->relation != RELATION_conj)
            continue;
        if (c - last > 3 || scene_token(v, c)->upos != UPOS_VERB)
            return NO_TOKEN;
        object = own_object(v, c);
        if (object != NO_TOKEN)
            return object > c ? object : NO_TOKEN;
        last = c;
    }
    return NO_TOKEN;
}

/* "arrested, beat and tortured him": the object of one is all verbs'. */
static uint32_t shared_object(const struct scene *v, uint32_t verb)
{
    const struct token *t = scene_token(v, verb);
    uint32_t object = object_after(v, verb, verb);

    if (object != NO_TOKEN || t->relation != RELATION_conj ||
        t->head == NO_TOKEN || scene_token(v, t->head)->upos != UPOS_VERB)
        return object;
    object = own_object(v, t->head);
    if (object != NO_TOKEN)
        return object > verb ? object : NO_TOKEN;
    return object_after(v, t->head, verb);
}

static uint32_t find_object(const struct scene *v, uint32_t verb)
{
    uint32_t own = scene_slot(v, verb, SLOT_OBJ);

    if (own != NO_TOKEN)
        return scene_resolve(v, own);
    own = scene_child(v, verb, RELATION_ccomp);
    if (own != NO_TOKEN && scene_is_relative(v, own))
        return scene_resolve(v, own);
    own = object_of_relative(v, verb);
    return own != NO_TOKEN ? own : scene_resolve(v, shared_object(v, verb));
}

/* Of several phrases with "by" ("by mail", "by the clerk") the one that can
   act. */
static uint32_t own_agent(const struct scene *v, uint32_t verb)
{
    uint32_t by = scene_slot(v, verb, v->lex->by);

    for (uint32_t c = by; c != NO_TOKEN; c = v->nodes[c].next)
        if (v->nodes[c].slot == v->lex->by && scene_is_party(v, c))
            return c;
    return by;
}

/* "beaten, tortured and killed by X": the agent of the last of verbs in a
   row, or NO_TOKEN. */
static uint32_t agent_of_row(const struct scene *v, uint32_t verb)
{
    enum { APART = 3 };
    const struct token *t = scene_token(v, verb);
    uint32_t first = t->relation == RELATION_conj ? t->head : verb;
    uint32_t last = verb;

    for (uint32_t c = v->nodes[first].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        uint32_t by;

        if (scene_token(v, c)->relation != RELATION_conj || c <= last)
            continue;
        if (c - last > APART)
            break;
        by = own_agent(v, c);
        if (by != NO_TOKEN)
            return by;
        last = c;
    }
    return NO_TOKEN;
}

/* "by" of a passive names who acts, unless it tells how or when. */
static uint32_t find_agent(const struct scene *v, uint32_t verb)
{
    uint32_t by = own_agent(v, verb);
    const struct token *t = scene_token(v, verb);

    if (by == NO_TOKEN && t->relation == RELATION_conj) {
        /* the agent of all stands by the first */
        by = own_agent(v, t->head);
        if (by != NO_TOKEN && by < verb)
            by = NO_TOKEN;
    }
    if (by == NO_TOKEN)
        by = agent_of_row(v, verb);
    if (by == NO_TOKEN || v->nodes[by].in_time ||
        scene_token(v, by)->upos == UPOS_VERB)
        return NO_TOKEN;
    return scene_resolve(v, by);
}

uint32_t scene_argument(const struct scene *v, uint32_t verb, uint16_t slot)
{
    bool passive;

    if (scene_token(v, verb)->upos == UPOS_NOUN && slot == SLOT_SUBJ &&
        scene_child(v, verb, RELATION_cop) != NO_TOKEN)
        return scene_subject(v, verb);
    if (scene_token(v, verb)->upos == UPOS_NOUN)
        return scene_resolve(v, scene_slot(v, verb, slot));
    if (slot != SLOT_SUBJ && slot != SLOT_OBJ)
        return scene_resolve(v, scene_slot(v, verb, slot));
    passive = scene_is_passive(v, verb);
    if (slot == SLOT_SUBJ)
        return passive ? find_agent(v, verb) : scene_subject(v, verb);
    return passive ? scene_subject(v, verb) : find_object(v, verb);
}

/* --- rows ------------------------------------------------------------- */

static bool is_alternative(
    const struct need *need, const struct scene *v, uint32_t token)
{
    const struct node *n = &v->nodes[token];

    if (need->any || word_in(n->word, need->classes))
        return true;
    if ((need->classes & CLASS_PERSON) && scene_is_party(v, token) &&
        !(n->in_name && n->name_kind != NAME_PERSON))
        return true;
    if ((need->classes & CLASS_GROUP) && scene_is_proper(v, token) &&
        !(n->in_name && n->name_kind == NAME_PERSON))
        return true;
    if ((need->classes & CLASS_PLACE) && scene_is_place(v, token))
        return true;
    for (uint32_t i = 0; i < need->word_count; i++)
        if (n->word == need->words[i] ||
            strcmp(scene_token(v, token)->lower, need->words[i]->text) == 0)
            return true;
    return false;
}

static bool has_particle(
    const struct scene *v, uint32_t head, const struct need *need)
{
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        enum relation r = scene_token(v, c)->relation;

        if ((r == RELATION_advmod ||
             (c > head &&
              (v->nodes[c].slot == SLOT_PARTICLE || r == RELATION_compound ||
               r == RELATION_obl || r == RELATION_xcomp))) &&
            is_alternative(need, v, c))
            return true;
    }
    return false;
}

static bool has_negation(const struct scene *v, uint32_t head)
{
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (word_in(v->nodes[c].word, CLASS_NEGATION) &&
            scene_token(v, c)->relation == RELATION_advmod)
            return true;
    return false;
}

/* "not guilty", and "found her not guilty": what the verb predicates. */
static bool is_negated(const struct scene *v, uint32_t head)
{
    uint32_t predicate;

    if (scene_token(v, head)->upos != UPOS_VERB)
        return has_negation(v, head);
    predicate = scene_child(v, head, RELATION_xcomp);
    return predicate != NO_TOKEN && has_negation(v, predicate);
}

uint32_t scene_strayed(
    const struct scene *v, uint32_t head, const struct need *need)
{
    uint32_t object = need->word_count && need->slot >= SLOT_NAMED &&
                              scene_token(v, head)->upos == UPOS_VERB
                          ? scene_argument(v, head, SLOT_OBJ)
                          : NO_TOKEN;

    if (object == NO_TOKEN || object < head)
        return NO_TOKEN;
    for (uint32_t c = v->nodes[object].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (v->nodes[c].slot == need->slot && is_alternative(need, v, c))
            return c;
    return NO_TOKEN;
}

static bool fills_need(
    const struct scene *v, uint32_t head, const struct need *need)
{
    uint32_t found;

    if (need->slot == SLOT_PARTICLE)
        return has_particle(v, head, need);
    if (need->slot == SLOT_NEGATION)
        return is_negated(v, head);
    if (need->slot == SLOT_SUBJ || need->slot == SLOT_OBJ) {
        found = scene_argument(v, head, need->slot);
        if (need->absent)
            return found == NO_TOKEN;
        if (found != NO_TOKEN && is_alternative(need, v, found))
            return true;
    }
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (v->nodes[c].slot == need->slot) {
            if (need->absent)
                return false;
            if (is_alternative(need, v, c))
                return true;
        }
    return need->absent || scene_strayed(v, head, need) != NO_TOKEN;
}

bool scene_fits(
    const struct scene *v, uint32_t head, const struct pattern *pattern)
{
    for (uint32_t i = 0; i < pattern->need_count; i++)
        if (!fills_need(v, head, &pattern->needs[i]))
            return false;
    return true;
}

/* A row that names words asks more than one that names classes. */
static uint32_t how_much(const struct pattern *p)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < p->need_count; i++)
        sum += p->needs[i].word_count ? 4 : p->needs[i].classes ? 2 : 1;
    return sum;
}

const struct entry *scene_entry(
    const struct scene *v, uint32_t head, enum part part)
{
    const struct word *w = v->nodes[head].word;
    const struct entry *best = NULL;
    uint32_t most = 0;

    for (uint32_t i = 0; w && i < w->entry_counts[part]; i++) {
        const struct entry *e = &w->entries[part][i];
        uint32_t asked = how_much(&e->pattern);

        if ((!best || asked > most) && scene_fits(v, head, &e->pattern)) {
            best = e;
            most = asked;
        }
    }
    return best;
}

/* --- governors -------------------------------------------------------- */

static enum part part_of(const struct token *t)
{
    if (t->upos == UPOS_VERB || t->upos == UPOS_AUX)
        return PART_VERB;
    return t->upos == UPOS_ADJ || t->upos == UPOS_ADV ? PART_ADJECTIVE
                                                      : PART_NOUN;
}

static bool is_clause(const struct scene *v, uint32_t token)
{
    const struct token *t = scene_token(v, token);

    switch ((int)t->relation) {
    case RELATION_xcomp:
    case RELATION_ccomp:
    case RELATION_csubj:
        return true;
    case RELATION_advcl:
        /* after a verb, "to" brings a purpose; "left in order to rest" */
        return scene_form(v, token, "to") == NO_TOKEN
                   ? v->nodes[token].slot >= SLOT_NAMED
                   : part_of(scene_token(v, t->head)) != PART_VERB;
    case RELATION_acl:
        return !scene_is_relative_clause(v, token) &&
               (v->nodes[token].slot >= SLOT_NAMED ||
                scene_form(v, token, "to") != NO_TOKEN ||
                scene_form(v, token, "that") != NO_TOKEN);
    default:
        return false;
    }
}

/* "call for:*" rules over what "for" brings, "plan" over its object. */
static bool rules_over(
    const struct scene *v, const struct governor *g, uint32_t head,
    uint32_t child)
{
    uint16_t slot = v->nodes[child].slot;
    bool named = false;

    for (uint32_t i = 0; i < g->pattern.need_count; i++) {
        const struct need *need = &g->pattern.needs[i];

        if (need->slot < SLOT_NAMED || need->absent)
            continue;
        named = true;
        if (need->slot == slot)
            return true;
    }
    if (named)
        return false;
    if (g->part == PART_VERB)
        return slot == SLOT_OBJ ||
               (slot == SLOT_SUBJ && scene_is_passive(v, head));
    return slot == SLOT_MOD || slot == v->lex->of || slot >= SLOT_NAMED;
}

const struct governor *scene_governor(
    const struct scene *v, uint32_t head, uint32_t child)
{
    const struct word *w = v->nodes[head].word;
    const struct governor *best = NULL;
    bool clause = is_clause(v, child);
    bool has_to = scene_form(v, child, "to") != NO_TOKEN;
    enum part part = part_of(scene_token(v, head));

    for (uint32_t i = 0; w && i < w->governor_count; i++) {
        const struct governor *g = &w->governors[i];

        if (g->part == part &&
            (clause ? g->clauses || (g->infinitives && has_to)
                    : g->nouns && rules_over(v, g, head, child)) &&
            (!best || g->pattern.need_count > best->pattern.need_count) &&
            scene_fits(v, head, &g->pattern))
            best = g;
    }
    return best;
}
