/*
 * What a cue may say: every reading that its grammar and the quotation marks
 * around it allow.  The scorer chooses; here nothing is decided.
 */
#include "claims/attribution.h"

#include <string.h>

/* --- options from stretches of tokens -------------------------------- */

static bool trims(const struct token *t)
{
    return token_is_punct(t) && !token_is_mark(t) &&
           !strchr("()[]$#%'", t->form[0]);
}

static void add_part(
    const struct tree *tree, struct option *o, struct stretch p)
{
    const struct token *tokens = tree->s->tokens;

    while (p.from <= p.to && trims(&tokens[p.from]))
        p.from++;
    while (p.to > p.from && trims(&tokens[p.to]))
        p.to--;
    if (p.from > p.to || (p.from == p.to && token_is_punct(&tokens[p.from])))
        return;
    if (o->part_count < OPTION_PARTS_MOST)
        o->parts[o->part_count++] =
            (struct span){tokens[p.from].span.from, tokens[p.to].span.to};
}

/* The stretch without the cue's own words. */
static void add_without(
    const struct tree *tree, struct option *o, struct stretch p,
    struct stretch hole)
{
    if (hole.to < p.from || p.to < hole.from) {
        add_part(tree, o, p);
        return;
    }
    if (hole.from > p.from)
        add_part(tree, o, (struct stretch){p.from, hole.from - 1});
    if (hole.to < p.to)
        add_part(tree, o, (struct stretch){hole.to + 1, p.to});
}

static struct option *option_new(
    struct candidate *c, enum option_kind kind, uint32_t head,
    const char *prep)
{
    struct option *o;

    if (c->option_count == OPTIONS_MOST)
        return NULL;
    o = &c->options[c->option_count];
    *o = (struct option){.kind = kind, .head = head, .prep = prep};
    return o;
}

static void option_close(struct candidate *c, const struct option *o)
{
    if (o && o->part_count)
        c->option_count++;
}

static struct stretch extent(const struct tree *tree, uint32_t head)
{
    return (struct stretch){tree->first[head], tree->last[head]};
}

/* The part of a subtree after the cue, where it stands after it. */
static struct stretch after_cue(
    const struct tree *tree, const struct candidate *c, uint32_t head)
{
    struct stretch p = extent(tree, head);

    if (head > c->token && p.from <= c->token)
        p.from = c->token + 1;
    if (head < c->token && p.to >= c->token)
        p.to = c->token - 1;
    return p;
}

/* A subtree without its preposition or, for an object, as it stands. */
static struct stretch complement(
    const struct tree *tree, const struct candidate *c, uint32_t head)
{
    struct stretch p = after_cue(tree, c, head);
    uint32_t mark = tree_child(tree, head, RELATION_case);

    if (mark == NO_TOKEN || mark > head)
        mark = tree_child(tree, head, RELATION_mark);
    if (mark != NO_TOKEN && mark < head && tree->last[mark] < head &&
        tree->last[mark] >= p.from)
        p.from = tree->last[mark] + 1;
    return p;
}

static void add_simple(
    const struct tree *tree, struct candidate *c, enum option_kind kind,
    uint32_t head, struct stretch p)
{
    struct option *o = option_new(c, kind, head, NULL);

    if (!o)
        return;
    o->prep = tree_marker(tree, head, RELATION_mark);
    add_part(tree, o, p);
    option_close(c, o);
}

/* --- from the tree --------------------------------------------------- */

static void add_pair(
    const struct tree *tree, struct candidate *c, enum option_kind kind,
    uint32_t one, uint32_t two)
{
    struct option *o = option_new(c, kind, two, NULL);
    struct stretch a, b;

    if (!o)
        return;
    a = after_cue(tree, c, MIN(one, two));
    b = after_cue(tree, c, MAX(one, two));
    o->prep = tree_marker(tree, two, RELATION_mark);
    if (!o->prep)
        o->prep = tree_marker(tree, two, RELATION_case);
    if (a.to >= b.from)
        a.to = b.from ? b.from - 1 : 0;
    if (a.to + 1 == b.from && a.from <= a.to) {
        add_part(tree, o, (struct stretch){a.from, b.to});
    } else {
        if (a.from <= a.to)
            add_part(tree, o, a);
        add_part(tree, o, b);
    }
    option_close(c, o);
}

/* "made a statement that ...": what hangs on the object. */
static void add_inner(
    const struct tree *tree, struct candidate *c, uint32_t object)
{
    const struct token *tokens = tree->s->tokens;

    for (uint32_t k = tree->child[object]; k != NO_TOKEN; k = tree->next[k]) {
        enum relation r = tokens[k].relation;

        if (k < object)
            continue;
        if (r == RELATION_acl || r == RELATION_ccomp)
            add_simple(tree, c, OPTION_OBJ_INNER, k, extent(tree, k));
        else if (r == RELATION_nmod &&
                 tree_child(tree, k, RELATION_case) != NO_TOKEN) {
            struct option *o = option_new(
                c, OPTION_OBJ_PREP, k, tree_marker(tree, k, RELATION_case));

            if (!o)
                return;
            add_part(tree, o, complement(tree, c, k));
            option_close(c, o);
        }
    }
}

static void add_object(
    const struct tree *tree, struct candidate *c, uint32_t object)
{
    const struct token *tokens = tree->s->tokens;
    uint32_t end = tree->last[object];

    add_simple(
        tree, c, OPTION_OBJ, object, after_cue(tree, c, object));
    for (uint32_t k = tree->child[c->token]; k != NO_TOKEN;
         k = tree->next[k]) {
        enum relation r = tokens[k].relation;

        if (k <= object)
            continue;
        if (r == RELATION_xcomp || r == RELATION_advcl)
            add_pair(tree, c, OPTION_OBJ_XCOMP, object, k);
        else if (
            r == RELATION_obl &&
            tree_child(tree, k, RELATION_case) != NO_TOKEN)
            add_pair(tree, c, OPTION_OBJ_REST, object, k);
        end = MAX(end, tree->last[k]);
    }
    if (object > c->token)
        add_inner(tree, c, object);
}

static void add_passive(
    const struct tree *tree, struct candidate *c, uint32_t subject)
{
    const struct token *tokens = tree->s->tokens;

    add_simple(tree, c, OPTION_SUBJ, subject, after_cue(tree, c, subject));
    for (uint32_t k = tree->child[c->token]; k != NO_TOKEN; k = tree->next[k])
        if (k > c->token && (tokens[k].relation == RELATION_xcomp ||
                             tokens[k].relation == RELATION_ccomp ||
                             tokens[k].relation == RELATION_advcl ||
                             tokens[k].relation == RELATION_obl))
            add_pair(tree, c, OPTION_SUBJ_XCOMP, subject, k);
}

static void add_oblique(
    const struct tree *tree, struct candidate *c, uint32_t k)
{
    struct option *o =
        option_new(c, OPTION_PREP, k, tree_marker(tree, k, RELATION_case));

    if (!o || !o->prep || k == c->source_head)
        return;
    add_part(tree, o, complement(tree, c, k));
    option_close(c, o);
}

static void add_child(
    const struct tree *tree, struct candidate *c, uint32_t k)
{
    const struct token *t = &tree->s->tokens[k];

    switch ((int)t->relation) {
    case RELATION_ccomp:
        add_simple(tree, c, OPTION_CCOMP, k, after_cue(tree, c, k));
        break;
    case RELATION_parataxis:
        add_simple(tree, c, OPTION_AROUND, k, after_cue(tree, c, k));
        break;
    case RELATION_xcomp:
        add_simple(tree, c, OPTION_XCOMP, k, after_cue(tree, c, k));
        break;
    case RELATION_advcl:
    case RELATION_acl:
        if (k > c->token)
            add_simple(tree, c, OPTION_ADVCL, k, complement(tree, c, k));
        break;
    case RELATION_obj:
        add_object(tree, c, k);
        break;
    case RELATION_obl:
    case RELATION_nmod:
        add_oblique(tree, c, k);
        break;
    case RELATION_nsubj:
    case RELATION_csubj:
        if (c->passive || c->kind == CUE_ADJ)
            add_passive(tree, c, k);
        break;
    default:
        break;
    }
}

/* The clause that the cue was put into or after: "..., she said, ...". */
static void add_host(const struct tree *tree, struct candidate *c)
{
    const struct token *t = &tree->s->tokens[c->token];
    struct option *o;

    if (t->head == NO_TOKEN)
        return;
    if (c->kind == CUE_VERB && t->relation != RELATION_parataxis &&
        t->relation != RELATION_dep && t->relation != RELATION_advcl)
        return;
    o = option_new(c, OPTION_HOST, t->head, NULL);
    if (!o)
        return;
    add_without(
        tree, o, extent(tree, t->head), extent(tree, c->token));
    option_close(c, o);
}

/* --- from the surface ------------------------------------------------ */

/* The words of the cue with its sayer: what stands outside may be said. */
static struct stretch cue_with_source(const struct candidate *c)
{
    struct stretch p = {c->token, c->token};

    if (c->source.from <= c->source.to && c->source_head != NO_TOKEN) {
        p.from = MIN(p.from, c->source.from);
        p.to = MAX(p.to, c->source.to);
    }
    return p;
}

static void add_surface(const struct tree *tree, struct candidate *c)
{
    struct stretch own = cue_with_source(c);
    uint32_t last = tree->s->token_count - 1;
    struct option *o;

    if (own.from > 0 && trims(&tree->s->tokens[own.from - 1])) {
        o = option_new(c, OPTION_BEFORE, NO_TOKEN, NULL);
        if (o)
            add_part(tree, o, (struct stretch){0, own.from - 1});
        option_close(c, o);
    }
    if (own.to < last) {
        o = option_new(c, OPTION_AFTER, NO_TOKEN, NULL);
        if (o)
            add_part(tree, o, (struct stretch){own.to + 1, last});
        option_close(c, o);
    }
}

/* The nearest quotations of the sentence on each side of the cue; after a
   colon the next sentence's counts too. */
static void add_quotations(const struct view *v, struct candidate *c)
{
    const struct sentence *s = v->tree->s;
    uint32_t at = s->tokens[c->token].span.from;
    const struct quotation *before = NULL, *after = NULL;
    bool colon = s->token_count > 0 &&
                 strchr(":,", s->tokens[s->token_count - 1].form[0]);
    uint32_t end = s->span.to;
    struct option *o;

    if (colon && v->tree->index + 1 < v->t->count)
        end = s[1].span.from + 1;
    for (uint32_t i = v->q->of_sentence[v->tree->index]; i < v->q->count;
         i++) {
        const struct quotation *q = &v->q->at[i];

        if (q->span.from >= end)
            break;
        if (q->span.to <= at)
            before = q;
        else if (q->span.from > at && !after)
            after = q;
        if (q->span.from > at)
            break;
    }
    if (before && (o = option_new(c, OPTION_QUOTE_BEFORE, NO_TOKEN, NULL))) {
        o->parts[o->part_count++] = before->span;
        option_close(c, o);
    }
    if (after && (o = option_new(c, OPTION_QUOTE_AFTER, NO_TOKEN, NULL))) {
        o->parts[o->part_count++] = after->span;
        option_close(c, o);
    }
    if (before && after &&
        (o = option_new(c, OPTION_QUOTE_BOTH, NO_TOKEN, NULL))) {
        o->parts[o->part_count++] = before->span;
        o->parts[o->part_count++] = after->span;
        option_close(c, o);
    }
}

/* "according to X": the clause that it is said of, without it. */
static void add_adjunct(const struct tree *tree, struct candidate *c)
{
    uint32_t host = tree->s->tokens[c->source_head].head;
    struct stretch own = {c->token, MAX(c->token, c->source.to)};
    struct option *o;

    if (host == NO_TOKEN)
        return;
    o = option_new(c, OPTION_HOST, host, NULL);
    if (!o)
        return;
    add_without(tree, o, extent(tree, host), own);
    option_close(c, o);
}

void content_find(const struct view *v, struct candidate *c)
{
    const struct tree *tree = v->tree;

    c->option_count = 0;
    if (c->kind == CUE_PREP) {
        if (c->source_head != NO_TOKEN)
            add_adjunct(tree, c);
        add_surface(tree, c);
        return;
    }
    for (uint32_t k = tree->child[c->token]; k != NO_TOKEN; k = tree->next[k])
        add_child(tree, c, k);
    add_host(tree, c);
    if (c->kind == CUE_VERB || c->kind == CUE_NOUN) {
        add_quotations(v, c);
        add_surface(tree, c);
    }
}
