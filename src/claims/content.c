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

/* Where options are gathered for a candidate, as what hangs on `base`. */
struct builder {
    const struct view *v;
    const struct tree *tree;
    struct candidate *c;
    uint32_t base;
};

static struct option *option_new(
    const struct builder *b, enum option_kind kind, uint32_t head,
    const char *prep)
{
    struct option *o;

    if (b->c->option_count == OPTIONS_MOST)
        return NULL;
    o = &b->c->options[b->c->option_count];
    *o = (struct option){
        .kind = kind, .base = b->base, .head = head, .prep = prep};
    return o;
}

/* An option that says nothing is dropped. */
static void option_close(const struct builder *b, const struct option *o)
{
    if (o->part_count)
        b->c->option_count++;
}

static struct stretch extent(const struct tree *tree, uint32_t head)
{
    return (struct stretch){tree->first[head], tree->last[head]};
}

/* The part of a subtree on its own side of the base. */
static struct stretch beside_base(const struct builder *b, uint32_t head)
{
    struct stretch p = extent(b->tree, head);

    if (head > b->base && p.from <= b->base)
        p.from = b->base + 1;
    if (head < b->base && p.to >= b->base)
        p.to = b->base - 1;
    return p;
}

/* A subtree without the preposition before it. */
static struct stretch complement(const struct builder *b, uint32_t head)
{
    const struct tree *tree = b->tree;
    struct stretch p = beside_base(b, head);
    uint32_t mark = tree_child(tree, head, RELATION_case);

    if (mark == NO_TOKEN || mark > head)
        mark = tree_child(tree, head, RELATION_mark);
    if (mark != NO_TOKEN && mark < head && tree->last[mark] < head &&
        tree->last[mark] >= p.from)
        p.from = tree->last[mark] + 1;
    return p;
}

static const char *introduced_by(const struct tree *tree, uint32_t head)
{
    const char *word = tree_marker(tree, head, RELATION_mark);

    return word ? word : tree_marker(tree, head, RELATION_case);
}

static bool set_off(const struct token *t)
{
    return t->relation == RELATION_acl || t->relation == RELATION_advcl ||
           t->relation == RELATION_conj || t->relation == RELATION_appos ||
           t->relation == RELATION_parataxis ||
           t->relation == RELATION_dep || t->relation == RELATION_nmod ||
           t->relation == RELATION_obl;
}

/* The stretch up to a clause or phrase that a comma sets off at its end:
   "the raid, which killed nine", "the plan, citing its cost".  Stretches
   longer than the reader's sentences stay whole, to bound the search. */
static struct stretch without_tail(
    const struct tree *tree, uint32_t head, struct stretch p)
{
    const struct token *tokens = tree->s->tokens;

    if (p.to - p.from >= LANGUAGE_SENTENCE_MOST)
        return p;
    for (uint32_t i = head + 1; i < p.to; i++) {
        if (!trims(&tokens[i]))
            continue;
        for (uint32_t k = i + 1, up = 0; k <= p.to && up < 40; up++) {
            if (tree->first[k] <= i)
                break;
            if (tree->last[k] >= p.to && set_off(&tokens[k]))
                return (struct stretch){p.from, i - 1};
            k = tokens[k].head;
        }
    }
    return p;
}

static void add_simple(
    const struct builder *b, enum option_kind kind, uint32_t head,
    struct stretch p)
{
    const char *prep = introduced_by(b->tree, head);
    struct option *o = option_new(b, kind, head, prep);
    struct stretch cut;

    if (!o)
        return;
    add_part(b->tree, o, p);
    option_close(b, o);
    cut = without_tail(b->tree, head, p);
    if (cut.to == p.to || !(o = option_new(b, kind, head, prep)))
        return;
    o->cut = true;
    add_part(b->tree, o, cut);
    option_close(b, o);
}

/* --- from the tree --------------------------------------------------- */

/* Two dependents together: "urged | voters | to stay". */
static void add_pair(
    const struct builder *b, enum option_kind kind, uint32_t one,
    uint32_t two)
{
    struct option *o = option_new(b, kind, two, introduced_by(b->tree, two));
    struct stretch p = beside_base(b, MIN(one, two));
    struct stretch q = beside_base(b, MAX(one, two));

    if (!o || p.from >= q.from)
        return;
    p.to = MIN(p.to, q.from - 1);
    if (p.to + 1 == q.from) {
        add_part(b->tree, o, (struct stretch){p.from, q.to});
    } else {
        add_part(b->tree, o, p);
        add_part(b->tree, o, q);
    }
    option_close(b, o);
}

/* What hangs on the object: "made a statement that ...", "issued a call
   for ...". */
static void add_inner(const struct builder *b, uint32_t object)
{
    const struct tree *tree = b->tree;

    for (uint32_t k = tree->child[object]; k != NO_TOKEN; k = tree->next[k]) {
        enum relation r = tree->s->tokens[k].relation;

        if (k < object)
            continue;
        if (r == RELATION_acl || r == RELATION_ccomp)
            add_simple(b, OPTION_OBJ_INNER, k, extent(tree, k));
        else if (r == RELATION_nmod)
            add_simple(b, OPTION_OBJ_PREP, k, complement(b, k));
    }
}

static void add_object(const struct builder *b, uint32_t object)
{
    const struct tree *tree = b->tree;

    add_simple(b, OPTION_OBJ, object, beside_base(b, object));
    for (uint32_t k = tree->child[b->base]; k != NO_TOKEN; k = tree->next[k]) {
        enum relation r = tree->s->tokens[k].relation;

        if (k <= object)
            continue;
        if (r == RELATION_xcomp || r == RELATION_advcl ||
            r == RELATION_ccomp)
            add_pair(b, OPTION_OBJ_XCOMP, object, k);
        else if (
            r == RELATION_obl &&
            tree_child(tree, k, RELATION_case) != NO_TOKEN)
            add_pair(b, OPTION_OBJ_REST, object, k);
    }
    if (object > b->base)
        add_inner(b, object);
}

/* "X is expected to ...", "X was accused of ...". */
static void add_subject(const struct builder *b, uint32_t subject)
{
    const struct tree *tree = b->tree;

    add_simple(b, OPTION_SUBJ, subject, beside_base(b, subject));
    for (uint32_t k = tree->child[b->base]; k != NO_TOKEN; k = tree->next[k]) {
        enum relation r = tree->s->tokens[k].relation;

        if (k > b->base && k != b->c->source_head &&
            (r == RELATION_xcomp || r == RELATION_ccomp ||
             r == RELATION_advcl || r == RELATION_obl))
            add_pair(b, OPTION_SUBJ_XCOMP, subject, k);
    }
}

static void add_child(const struct builder *b, uint32_t k)
{
    const struct candidate *c = b->c;

    switch ((int)b->tree->s->tokens[k].relation) {
    case RELATION_ccomp:
        add_simple(b, OPTION_CCOMP, k, beside_base(b, k));
        break;
    case RELATION_parataxis:
        add_simple(b, OPTION_AROUND, k, beside_base(b, k));
        break;
    case RELATION_xcomp:
        add_simple(b, OPTION_XCOMP, k, beside_base(b, k));
        break;
    case RELATION_advcl:
    case RELATION_acl:
        if (k > b->base)
            add_simple(b, OPTION_ADVCL, k, complement(b, k));
        break;
    case RELATION_obj:
        add_object(b, k);
        break;
    case RELATION_obl:
    case RELATION_nmod:
        if (k != c->source_head &&
            tree_child(b->tree, k, RELATION_case) != NO_TOKEN)
            add_simple(b, OPTION_PREP, k, complement(b, k));
        break;
    case RELATION_nsubj:
    case RELATION_csubj:
        if ((c->passive || c->kind == CUE_ADJ) && b->base == c->token)
            add_subject(b, k);
        break;
    default:
        break;
    }
}

static void add_children(const struct builder *b)
{
    const struct tree *tree = b->tree;

    for (uint32_t k = tree->child[b->base]; k != NO_TOKEN; k = tree->next[k])
        add_child(b, k);
}

/* The clause that the cue was put into or after: "..., she said, ...". */
static void add_host(const struct builder *b)
{
    const struct tree *tree = b->tree;
    const struct token *t = &tree->s->tokens[b->base];
    struct option *o;

    if (t->head == NO_TOKEN)
        return;
    if (b->c->kind != CUE_ADV && t->relation != RELATION_parataxis &&
        t->relation != RELATION_dep && t->relation != RELATION_advcl)
        return;
    o = option_new(b, OPTION_HOST, t->head, NULL);
    if (!o)
        return;
    add_without(tree, o, extent(tree, t->head), extent(tree, b->base));
    option_close(b, o);
}

/* What the cue governs may say it for the cue: "went on to say", "issued a
   statement saying", "responded by saying". */
static uint32_t governed_by(const struct tree *tree, uint32_t base)
{
    const struct token *tokens = tree->s->tokens;
    uint32_t k = tree_child(tree, base, RELATION_xcomp);
    uint32_t object = tree_child(tree, base, RELATION_obj);
    const char *mark;

    if (k != NO_TOKEN && k > base)
        return k;
    if (object != NO_TOKEN && object > base) {
        k = tree_child(tree, object, RELATION_acl);
        if (k != NO_TOKEN && strcmp(tokens[k].xpos, "VBG") == 0)
            return k;
    }
    k = tree_child(tree, base, RELATION_advcl);
    if (k == NO_TOKEN || k < base)
        return NO_TOKEN;
    mark = tree_marker(tree, k, RELATION_mark);
    return mark && strcmp(mark, "by") == 0 ? k : NO_TOKEN;
}

/* --- from the surface ------------------------------------------------ */

/* The words of the cue with its sayer: what stands outside may be said. */
static struct stretch cue_with_source(const struct candidate *c)
{
    struct stretch p = c->words;

    if (c->source_head != NO_TOKEN) {
        p.from = MIN(p.from, c->source.from);
        p.to = MAX(p.to, c->source.to);
    }
    return p;
}

static void add_surface(const struct builder *b)
{
    const struct tree *tree = b->tree;
    struct stretch own = cue_with_source(b->c);
    uint32_t last = tree->s->token_count - 1;
    struct option *o;

    if (own.from > 0 && trims(&tree->s->tokens[own.from - 1]) &&
        (o = option_new(b, OPTION_BEFORE, NO_TOKEN, NULL))) {
        add_part(tree, o, (struct stretch){0, own.from - 1});
        option_close(b, o);
    }
    if (own.to < last && (o = option_new(b, OPTION_AFTER, NO_TOKEN, NULL))) {
        add_part(tree, o, (struct stretch){own.to + 1, last});
        option_close(b, o);
    }
}

/* The end of the text in which a quotation may be the cue's: the sentence, or
   the next one's first byte where the sentence leads up to it. */
static uint32_t reach(const struct view *v)
{
    const struct sentence *s = v->tree->s;
    const char *end = s->tokens[s->token_count - 1].form;

    if (v->tree->index + 1 < v->t->count && (*end == ':' || *end == ','))
        return s[1].span.from + 1;
    return s->span.to;
}

static void add_quotation(
    const struct builder *b, enum option_kind kind,
    const struct quotation *one, const struct quotation *two)
{
    struct option *o;

    if (!one || !(o = option_new(b, kind, NO_TOKEN, NULL)))
        return;
    o->parts[o->part_count++] = one->span;
    if (two)
        o->parts[o->part_count++] = two->span;
    option_close(b, o);
}

/* Does the quotation end right before the sentence?  A break after "Why?"
   parts what is said from who says it. */
static bool leads_in(const struct view *v, const struct quotation *q)
{
    const char *text = v->t->str.at;
    uint32_t at = q->span.to, to = v->tree->s->span.from;

    if (to - at > 4 && v->tree->s->tokens[0].upos != UPOS_PUNCT)
        return false;
    while (at < to && (text[at] == ' ' || text[at] == '\n'))
        at++;
    return at == to;
}

/* The nearest quotations on each side of the cue. */
static void add_quotations(const struct builder *b)
{
    const struct view *v = b->v;
    uint32_t at = v->tree->s->tokens[b->c->token].span.from;
    uint32_t least = v->q->of_sentence[v->tree->index];
    uint32_t i = quotation_after(v->q, v->tree->index, at);
    const struct quotation *before = NULL, *after = NULL;

    if (least > 0 && leads_in(v, &v->q->at[least - 1]))
        least--;
    if (i > least)
        before = &v->q->at[i - 1];
    if (i < v->q->count && v->q->at[i].span.from <= at)
        i++;
    if (i < v->q->count && v->q->at[i].span.from < reach(v))
        after = &v->q->at[i];
    add_quotation(b, OPTION_QUOTE_BEFORE, before, NULL);
    add_quotation(b, OPTION_QUOTE_AFTER, after, NULL);
    if (before && after)
        add_quotation(b, OPTION_QUOTE_BOTH, before, after);
}

/* "according to X": the clause that it is said of, without it. */
static void add_adjunct(const struct builder *b)
{
    const struct tree *tree = b->tree;
    const struct candidate *c = b->c;
    uint32_t host = tree->s->tokens[c->source_head].head;
    struct option *o;

    if (host == NO_TOKEN)
        return;
    o = option_new(b, OPTION_HOST, host, NULL);
    if (!o)
        return;
    add_without(
        tree, o, extent(tree, host),
        (struct stretch){c->token, MAX(c->token, c->source.to)});
    option_close(b, o);
}

/* "MARA VEL: ..." to the end of the paragraph, or to the next who speaks. */
static void add_paragraph(const struct builder *b)
{
    const struct sentence *s = b->tree->s, *last = s;
    const struct sentence *end = b->v->t->sentences + b->v->t->count;
    struct option *o = option_new(b, OPTION_PARAGRAPH, NO_TOKEN, NULL);

    if (!o || b->c->token + 1 >= s->token_count)
        return;
    while (last + 1 < end && last[1].paragraph == s->paragraph &&
           sentence_turn(b->v->t, (uint32_t)(last + 1 - b->v->t->sentences)) ==
               NO_TOKEN)
        last++;
    o->parts[o->part_count++] = (struct span){
        s->tokens[b->c->token + 1].span.from, last->span.to};
    option_close(b, o);
}

/* A quotation that begins or ends in a part is meant as a whole, unless the
   cue itself stands in it. */
static void widen_to_quotations(const struct view *v, struct candidate *c)
{
    struct span cue = v->tree->s->tokens[c->token].span;

    for (uint32_t i = 0; i < c->option_count; i++) {
        for (uint32_t k = 0; k < c->options[i].part_count; k++) {
            struct span *part = &c->options[i].parts[k];
            const struct quotation *ends[] = {
                quotation_at(v->q, v->tree->index, part->from),
                quotation_at(v->q, v->tree->index, part->to - 1)};

            for (int e = 0; e < 2; e++) {
                if (!ends[e] || span_meets(ends[e]->span, cue))
                    continue;
                part->from = MIN(part->from, ends[e]->span.from);
                part->to = MAX(part->to, ends[e]->span.to);
            }
        }
    }
}

static void add_options(const struct view *v, struct candidate *c)
{
    struct builder b = {v, v->tree, c, c->token};
    uint32_t governed;

    if (c->kind == CUE_PREP) {
        if (c->source_head != NO_TOKEN)
            add_adjunct(&b);
        add_surface(&b);
        return;
    }
    if (c->kind == CUE_MARK) {
        if (token_reads(&v->tree->s->tokens[c->token], ":"))
            add_paragraph(&b);
        add_quotations(&b);
        return;
    }
    add_children(&b);
    if (c->kind != CUE_NOUN && c->kind != CUE_ADJ)
        add_host(&b);
    if (c->kind == CUE_VERB || c->kind == CUE_NOUN) {
        add_quotations(&b);
        add_surface(&b);
    }
    if (c->kind != CUE_VERB)
        return;
    for (int depth = 0; depth < 2; depth++) {
        governed = governed_by(v->tree, b.base);
        if (governed == NO_TOKEN)
            return;
        b.base = governed;
        add_children(&b);
    }
}

void content_find(const struct view *v, struct candidate *c)
{
    c->option_count = 0;
    add_options(v, c);
    widen_to_quotations(v, c);
}
