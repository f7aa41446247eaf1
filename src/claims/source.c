/*
 * Who says it: the noun phrase that a cue's grammar makes the sayer.
 */
#include "claims/attribution.h"

#include <string.h>

static const struct stretch nobody = {1, 0};

/* Ends the phrase before a clause that tells more of the noun, or of the last
   word of the name that the noun is: "the minister, who had been ill,". */
static void
cut_clauses(const struct tree *tree, uint32_t noun, struct stretch *p)
{
    const struct token *tokens = tree->s->tokens;

    for (uint32_t c = tree->child[noun]; c != NO_TOKEN; c = tree->next[c])
        if (tokens[c].relation == RELATION_acl && c > noun &&
            tree->first[c] > noun && tree->first[c] <= p->to &&
            (token_is_punct(&tokens[tree->first[c] - 1]) ||
             token_is_punct(&tokens[tree->first[c]])))
            p->to = tree->first[c] - 1;
}

/* The phrase of a source: its subtree without such clauses, nor outer
   punctuation. */
static struct stretch phrase_of(const struct tree *tree, uint32_t head)
{
    const struct token *tokens = tree->s->tokens;
    struct stretch p = {tree->first[head], tree->last[head]};

    cut_clauses(tree, head, &p);
    for (uint32_t c = tree->child[head]; c != NO_TOKEN; c = tree->next[c])
        if (tokens[c].relation == RELATION_flat)
            cut_clauses(tree, c, &p);
    while (p.from < head && (token_is_punct(&tokens[p.from]) ||
                             tokens[p.from].relation == RELATION_cc))
        p.from++;
    while (p.to > head && token_is_punct(&tokens[p.to]) &&
           !strchr(")]", tokens[p.to].form[0]))
        p.to--;
    return p;
}

static void take(
    const struct tree *tree, struct candidate *c, uint32_t head,
    enum relation by)
{
    c->source = phrase_of(tree, head);
    c->source_head = head;
    c->source_by = by;
}

/* "by X" under a passive verb or a noun. */
static uint32_t agent_of(const struct tree *tree, uint32_t cue)
{
    const struct token *tokens = tree->s->tokens;

    for (uint32_t c = tree->child[cue]; c != NO_TOKEN; c = tree->next[c]) {
        const char *mark = tree_marker(tree, c, RELATION_case);

        if ((tokens[c].relation == RELATION_obl ||
             tokens[c].relation == RELATION_nmod) &&
            mark && strcmp(mark, "by") == 0)
            return c;
    }
    return NO_TOKEN;
}

/* The phrase of an agent or a possessor starts after "by", ends before "'s". */
static void take_marked(
    const struct tree *tree, struct candidate *c, uint32_t head,
    enum relation by)
{
    const struct token *tokens = tree->s->tokens;

    take(tree, c, head, by);
    for (uint32_t k = tree->child[head]; k != NO_TOKEN; k = tree->next[k]) {
        if (tokens[k].relation != RELATION_case)
            continue;
        if (k < head && tree->last[k] < head)
            c->source.from = MAX(c->source.from, tree->last[k] + 1);
        else if (k > head && tree->first[k] > head)
            c->source.to = MIN(c->source.to, tree->first[k] - 1);
    }
}

static uint32_t subject_of(const struct tree *tree, uint32_t verb)
{
    uint32_t subject = tree_child(tree, verb, RELATION_nsubj);

    return subject != NO_TOKEN ? subject
                               : tree_child(tree, verb, RELATION_csubj);
}

static bool is_passive(const struct tree *tree, uint32_t verb)
{
    const struct token *t = &tree->s->tokens[verb];

    if (tree_child_typed(tree, verb, "aux:pass") != NO_TOKEN ||
        tree_child_typed(tree, verb, "nsubj:pass") != NO_TOKEN)
        return true;
    /* "a plan criticised by the union" */
    return strcmp(t->xpos, "VBN") == 0 && t->relation == RELATION_acl &&
           tree_child(tree, verb, RELATION_aux) == NO_TOKEN;
}

/* "Dozens feared drowned": whoever is the subject is feared for. */
static bool is_short_passive(const struct tree *tree, const struct candidate *c)
{
    const struct token *t = &tree->s->tokens[c->token];
    uint32_t fate = tree_child(tree, c->token, RELATION_xcomp);

    return fate != NO_TOKEN &&
           tree_child(tree, fate, RELATION_mark) == NO_TOKEN &&
           tree_child(tree, fate, RELATION_nsubj) == NO_TOKEN && c->cue && cue_takes(c->cue, FRAME_NPTO) &&
           !cue_takes(c->cue, FRAME_TO) &&
           (!strcmp(t->xpos, "VBD") || !strcmp(t->xpos, "VBN")) &&
           tree_child(tree, c->token, RELATION_aux) == NO_TOKEN &&
           tree_child(tree, c->token, RELATION_obj) == NO_TOKEN;
}

/* The verb whose subject a verb without one shares, or NO_TOKEN. */
static uint32_t controller_of(
    const struct tree *tree, uint32_t verb, uint32_t *noun)
{
    const struct token *t = &tree->s->tokens[verb];
    uint32_t object;

    *noun = NO_TOKEN;
    if (t->head == NO_TOKEN)
        return NO_TOKEN;
    switch ((int)t->relation) {
    case RELATION_acl:
        *noun = t->head;
        return NO_TOKEN;
    case RELATION_xcomp:
        object = tree_child(tree, t->head, RELATION_obj);
        if (object != NO_TOKEN && object < verb)
            *noun = object;
        return object != NO_TOKEN && object < verb ? NO_TOKEN : t->head;
    case RELATION_conj:
    case RELATION_advcl:
    case RELATION_parataxis:
    case RELATION_dep:
    case RELATION_ccomp:
        return t->head;
    default:
        return NO_TOKEN;
    }
}

static bool is_verbal(const struct token *t)
{
    return t->upos == UPOS_VERB || t->upos == UPOS_AUX ||
           t->upos == UPOS_ADJ || t->upos == UPOS_NOUN;
}

/* Climbs to a subject that the verb shares: "she rose and said", "he went on
   to say", "..., adding that". */
static void find_shared(const struct tree *tree, struct candidate *c)
{
    uint32_t verb = c->token, noun = NO_TOKEN;

    for (int steps = 0; steps < 6; steps++) {
        uint32_t up = controller_of(tree, verb, &noun), subject;

        if (noun != NO_TOKEN) {
            take(tree, c, noun, RELATION_acl);
            return;
        }
        if (up == NO_TOKEN || !is_verbal(&tree->s->tokens[up]))
            return;
        subject = subject_of(tree, up);
        if (subject != NO_TOKEN && subject != verb) {
            take(tree, c, subject, tree->s->tokens[c->token].relation);
            return;
        }
        verb = up;
    }
}

static void find_for_verb(const struct tree *tree, struct candidate *c)
{
    uint32_t subject, agent;

    c->passive = is_passive(tree, c->token) || is_short_passive(tree, c);
    if (c->passive) {
        agent = agent_of(tree, c->token);
        if (agent != NO_TOKEN)
            take_marked(tree, c, agent, RELATION_obl);
        return;
    }
    subject = subject_of(tree, c->token);
    if (subject != NO_TOKEN)
        take(tree, c, subject, RELATION_nsubj);
    else
        find_shared(tree, c);
    if (c->source_head != NO_TOKEN &&
        span_has(
            (struct span){c->source.from, c->source.to + 1},
            (struct span){c->token, c->token + 1})) {
        /* "people backing the plan": the noun before its own clause */
        if (c->source.from < c->token && c->source_head < c->token)
            c->source.to = tree->first[c->token] - 1;
        if (c->source.to < c->source.from || c->source.to >= c->token)
            c->source = (struct stretch){c->source_head, c->source_head};
    }
}

static void find_for_noun(const struct tree *tree, struct candidate *c)
{
    uint32_t owner = tree_child_typed(tree, c->token, "nmod:poss");

    if (owner == NO_TOKEN)
        owner = agent_of(tree, c->token);
    if (owner != NO_TOKEN)
        take_marked(tree, c, owner, RELATION_nmod);
}

/* "aware that": the subject of the predicate. */
static void find_for_adjective(const struct tree *tree, struct candidate *c)
{
    uint32_t subject = subject_of(tree, c->token);

    if (subject != NO_TOKEN)
        take(tree, c, subject, RELATION_nsubj);
    else
        find_shared(tree, c);
}

/* Does the word hang on the head of its own noun phrase? */
static bool within_phrase(const struct token *t)
{
    switch ((int)t->relation) {
    case RELATION_det:
    case RELATION_amod:
    case RELATION_compound:
    case RELATION_flat:
    case RELATION_nummod:
    case RELATION_case:
    case RELATION_fixed:
    case RELATION_mark:
    case RELATION_advmod:
        return true;
    default:
        return strcmp(t->deprel, "nmod:poss") == 0;
    }
}

/* "according to X": the phrase that starts at the next word. */
static void find_for_preposition(const struct tree *tree, struct candidate *c)
{
    const struct sentence *s = tree->s;
    uint32_t from = c->token + 1, head;

    if (from < s->token_count && token_reads(&s->tokens[from], "to"))
        from++;
    if (from >= s->token_count)
        return;
    head = from;
    for (int steps = 0; steps < LANGUAGE_SENTENCE_MOST; steps++) {
        uint32_t up = s->tokens[head].head;

        if (up >= s->token_count || up <= from ||
            !within_phrase(&s->tokens[head]))
            break;
        head = up;
    }
    take(tree, c, head, RELATION_obl);
    c->source.from = from;
    if (c->source.to < from)
        c->source.to = from;
}

/* "MARA VEL: ..." at the head of a paragraph, "... - Mara Vel" at its end. */
static void find_for_mark(const struct tree *tree, struct candidate *c)
{
    const struct sentence *s = tree->s;
    uint32_t to = c->token + 1;

    c->source_by = RELATION_root;
    if (token_reads(&s->tokens[c->token], ":")) {
        c->source = (struct stretch){0, c->token - 1};
        c->source_head = c->token - 1;
        return;
    }
    while (to + 1 < s->token_count && !token_is_punct(&s->tokens[to + 1]))
        to++;
    c->source = (struct stretch){c->token + 1, to};
    c->source_head = c->token + 1;
}

/* --- what the network takes for a source ------------------------------ */

/* Set on PolNeAR's dev part. */
static const float LOOKS_WRONG = 0.25f, LOOKS_RIGHT = 0.6f, LOOKS_ALIKE = 0.4f;
enum { REACH = 16 }; /* words from the cue */

static bool looks_at_least(const struct tree *tree, uint32_t token, float least)
{
    const struct sentence *s = tree->s;

    return token < s->token_count && !token_is_punct(&s->tokens[token]) &&
           s->tokens[token].said[SAID_SOURCE] >= least;
}

/* The word nearest to the cue that looks like a source, or NO_TOKEN. */
static uint32_t
nearest_source(const struct tree *tree, const struct candidate *c)
{
    for (uint32_t far = 1; far <= REACH; far++) {
        if (looks_at_least(tree, c->words.to + far, LOOKS_RIGHT))
            return c->words.to + far;
        if (far <= c->words.from &&
            looks_at_least(tree, c->words.from - far, LOOKS_RIGHT))
            return c->words.from - far;
    }
    return NO_TOKEN;
}

/* The word of the stretch that hangs on one outside it. */
static uint32_t
head_within(const struct tree *tree, const struct stretch *p)
{
    for (uint32_t i = p->from; i < p->to; i++) {
        uint32_t head = tree->s->tokens[i].head;

        if (head == NO_TOKEN || head < p->from || head > p->to)
            return i;
    }
    return p->to;
}

static bool looks_wrong(const struct tree *tree, const struct candidate *c)
{
    const struct token *tokens = tree->s->tokens;
    struct said_sum sum;

    if (c->source_head == NO_TOKEN)
        return true;
    sum = tree_said(
        tree, (struct span){
                  tokens[c->source.from].span.from,
                  tokens[c->source.to].span.to});
    return sum.of[SAID_SOURCE] < LOOKS_WRONG * (float)sum.words;
}

/* Where the tree names a source that does not look it, or none, one near by
   that does. */
static void find_by_looks(const struct tree *tree, struct candidate *c)
{
    struct stretch p;

    if (!looks_wrong(tree, c))
        return;
    p.from = p.to = nearest_source(tree, c);
    if (p.from == NO_TOKEN)
        return;
    while (p.from > 0 && p.from - 1 != c->words.to &&
           looks_at_least(tree, p.from - 1, LOOKS_ALIKE))
        p.from--;
    while (p.to + 1 != c->words.from &&
           looks_at_least(tree, p.to + 1, LOOKS_ALIKE))
        p.to++;
    c->source = p;
    c->source_head = head_within(tree, &p);
    c->source_by = RELATION_dep;
}

void source_find(const struct view *v, struct candidate *c)
{
    c->source = nobody;
    c->source_head = NO_TOKEN;
    c->source_by = RELATION_dep;
    switch (c->kind) {
    case CUE_VERB:
        find_for_verb(v->tree, c);
        break;
    case CUE_NOUN:
        find_for_noun(v->tree, c);
        break;
    case CUE_ADJ:
        find_for_adjective(v->tree, c);
        break;
    case CUE_PREP:
        find_for_preposition(v->tree, c);
        break;
    case CUE_MARK:
        find_for_mark(v->tree, c);
        break;
    case CUE_ADV:
    case CUE_KIND_COUNT:
        break;
    }
    if (c->kind == CUE_VERB && !is_short_passive(v->tree, c))
        find_by_looks(v->tree, c);
}
