/* phrases.c - noun phrases without relative clauses and appositions. */
#include "claims/phrases.h"

#include <string.h>

enum { JOINED_MOST = 16, RANGE_MOST = 40 };

struct phrase phrase_none(void)
{
    return (struct phrase){
        .sentence = NO_TOKEN, .head = NO_TOKEN, .entity = NO_ENTITY};
}

static bool is_tight(const struct token *t)
{
    return strcmp(t->xpos, "HYPH") == 0 || strcmp(t->xpos, "POS") == 0 ||
           strcmp(t->xpos, "``") == 0 || strcmp(t->xpos, "''") == 0;
}

static bool is_more(const struct token *t)
{
    return strcmp(t->lower, "more") == 0 || strcmp(t->lower, "so") == 0 ||
           strcmp(t->lower, "fewer") == 0 || strcmp(t->lower, "less") == 0;
}

/* Does the dependent belong to the phrase that its head heads? */
static bool belongs(
    const struct scene *v, uint32_t child, uint32_t head, bool top)
{
    const struct token *t = scene_token(v, child);

    switch ((int)t->relation) {
    case RELATION_det:
    case RELATION_amod:
    case RELATION_nummod:
    case RELATION_compound:
    case RELATION_flat:
    case RELATION_fixed:
    case RELATION_goeswith:
        return true;
    case RELATION_nmod:
        return !(top && v->nodes[child].in_time && child > head) &&
               !(top && v->nodes[child].used) &&
               v->nodes[child].slot != v->lex->including;
    case RELATION_advmod:
        return !top || child < head || t->head == head;
    case RELATION_case:
        return !top || (child > head && is_tight(t));
    case RELATION_punct:
        return !top || is_tight(t);
    case RELATION_conj:
        return !top || is_more(t);
    case RELATION_cc:
        return !top || (v->nodes[child].next == NO_TOKEN && child > head);
    case RELATION_obl:
    case RELATION_mark:
    case RELATION_advcl:
        return !top && t->relation != RELATION_advcl;
    default:
        return false;
    }
}

/* Marks what belongs below `token`, at most RANGE_MOST tokens away. */
static void mark_below(
    const struct scene *v, uint32_t token, uint32_t start, bool *marked,
    bool top, int depth)
{
    if (depth > RANGE_MOST)
        return;
    for (uint32_t c = v->nodes[token].first; c != NO_TOKEN;
         c = v->nodes[c].next) {
        if (c < start || c - start > 2 * RANGE_MOST ||
            !belongs(v, c, token, top))
            continue;
        marked[c - start] = true;
        mark_below(v, c, start, marked, false, depth + 1);
    }
}

static bool takes_cc(const struct scene *v, uint32_t head)
{
    uint32_t c = scene_child(v, head, RELATION_conj);

    return c != NO_TOKEN && is_more(scene_token(v, c));
}

/* At the phrase's start, as of "On 3 May 2011 soldiers came". */
static bool is_outside(const struct scene *v, uint32_t token, uint32_t head)
{
    enum upos upos = scene_token(v, token)->upos;

    return upos == UPOS_PUNCT || upos == UPOS_CCONJ ||
           (v->nodes[token].in_time && !v->nodes[head].in_time);
}

void phrase_range(
    const struct scene *v, uint32_t head, uint32_t *from, uint32_t *to)
{
    bool marked[2 * RANGE_MOST + 1] = {false};
    uint32_t start = head > RANGE_MOST ? head - RANGE_MOST : 0;
    uint32_t end = MIN(start + 2 * RANGE_MOST + 1, v->count);

    marked[head - start] = true;
    mark_below(v, head, start, marked, true, 0);
    if (takes_cc(v, head)) {
        uint32_t c = scene_child(v, head, RELATION_conj);

        for (uint32_t i = head; i < c && i < end; i++)
            marked[i - start] = true;
    }
    *from = head;
    *to = head + 1;
    while (*from > start && marked[*from - 1 - start])
        (*from)--;
    while (*to < end && marked[*to - start])
        (*to)++;
    while (*to > head + 1 &&
           scene_token(v, *to - 1)->upos == UPOS_PUNCT)
        (*to)--;
    while (*from < head && is_outside(v, *from, head))
        (*from)++;
    /* "'s" of a possessor is its case, not its name */
    if (*to > head + 1 && strcmp(scene_token(v, *to - 1)->xpos, "POS") == 0)
        (*to)--;
}

struct spans spans_of_range(const struct scene *v, uint32_t from, uint32_t to)
{
    struct spans s = {.at = arena_make(v->arena, struct span, 1), .count = 1};

    s.at[0].from = scene_token(v, from)->span.from;
    s.at[0].to = scene_token(v, to - 1)->span.to;
    return s;
}

struct spans spans_of_tokens(
    const struct scene *v, const uint32_t *tokens, uint32_t count)
{
    struct spans s = {.at = arena_make(v->arena, struct span, count)};

    for (uint32_t i = 0; i < count; i++) {
        struct span span = scene_token(v, tokens[i])->span;

        if (s.count && tokens[i] == tokens[i - 1] + 1)
            s.at[s.count - 1].to = span.to;
        else
            s.at[s.count++] = span;
    }
    return s;
}

static bool is_share(const struct token *t)
{
    return strcmp(t->lemma, "%") == 0 || strcmp(t->lemma, "percent") == 0 ||
           strcmp(t->lemma, "cent") == 0 ||
           (t->upos == UPOS_NUM && strcmp(t->lower, "one"));
}

bool phrase_is_part(const struct scene *v, uint32_t head)
{
    const struct token *t = scene_token(v, head);

    return !is_share(t) && t->upos != UPOS_NOUN && t->upos != UPOS_PROPN &&
           (t->upos == UPOS_NUM || word_in(v->nodes[head].word, CLASS_QUANTITY));
}

uint32_t phrase_counted(const struct scene *v, uint32_t head)
{
    uint32_t of;

    if (!is_share(scene_token(v, head)))
        return head;
    of = scene_slot(v, head, v->lex->of);
    return of == NO_TOKEN ? head : of;
}

static bool add_span(
    const struct scene *v, struct phrase *p, uint32_t head)
{
    uint32_t from, to;
    struct span span;

    phrase_range(v, head, &from, &to);
    span.from = scene_token(v, from)->span.from;
    span.to = scene_token(v, to - 1)->span.to;
    if (p->spans.count == JOINED_MOST ||
        (p->spans.count && p->spans.at[p->spans.count - 1].to >= span.from))
        return false;
    p->spans.at[p->spans.count++] = span;
    return true;
}

static struct phrase start_phrase(const struct scene *v, uint32_t head)
{
    struct phrase p = phrase_none();

    p.sentence = v->index;
    p.head = head;
    p.spans.at = arena_make(v->arena, struct span, JOINED_MOST);
    return p;
}

struct phrase phrase_make_single(const struct scene *v, uint32_t head)
{
    struct phrase p;

    head = phrase_counted(v, head);
    p = start_phrase(v, head);
    add_span(v, &p, head);
    return p;
}

static bool is_nominal(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN ||
           t->upos == UPOS_PRON || t->upos == UPOS_NUM ||
           t->upos == UPOS_ADJ || t->upos == UPOS_DET || t->upos == UPOS_X ||
           t->upos == UPOS_SYM;
}

/* "A and B"; "members of the council, including the mayor". */
static bool is_joined(
    const struct scene *v, uint32_t child, uint32_t head, uint32_t trigger)
{
    const struct token *t = scene_token(v, child);

    if (child < head || (head < trigger && trigger < child) || !is_nominal(t))
        return false;
    return (t->relation == RELATION_conj && !is_more(t)) ||
           (t->relation == RELATION_nmod &&
            v->nodes[child].slot == v->lex->including);
}

struct phrase phrase_make(
    const struct scene *v, uint32_t head, uint32_t trigger)
{
    struct phrase p;

    head = phrase_counted(v, head);
    p = start_phrase(v, head);
    add_span(v, &p, head);
    for (uint32_t c = v->nodes[head].first; c != NO_TOKEN;
         c = v->nodes[c].next)
        if (is_joined(v, c, head, trigger))
            add_span(v, &p, c);
    return p;
}
