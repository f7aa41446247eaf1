#include "claims/attribution.h"

#include <stdlib.h>
#include <string.h>

struct finder {
    struct view view;
    struct arena *a;
    struct quotations q;
    struct tree tree;
    GArray *found; /* of struct attribution */
};

/* --- spans ----------------------------------------------------------- */

static int span_cmp(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return x->from < y->from ? -1 : x->from > y->from;
}

/* Sorted, those that overlap or touch made one. */
static struct spans spans_of(
    struct arena *a, const struct span *parts, uint32_t count)
{
    struct spans out = {arena_make(a, struct span, count), 0};

    if (!count)
        return out;
    memcpy(out.at, parts, count * sizeof(*parts));
    qsort(out.at, count, sizeof(*out.at), span_cmp);
    out.count = 1;
    for (uint32_t i = 1; i < count; i++) {
        struct span *last = &out.at[out.count - 1];

        if (out.at[i].from <= last->to)
            last->to = MAX(last->to, out.at[i].to);
        else
            out.at[out.count++] = out.at[i];
    }
    return out;
}

static struct spans stretch_spans(
    struct arena *a, const struct sentence *s, struct stretch p)
{
    struct span one;

    if (p.from > p.to)
        return (struct spans){NULL, 0};
    one = (struct span){
        s->tokens[p.from].span.from, s->tokens[p.to].span.to};
    return spans_of(a, &one, 1);
}

/* --- one cue --------------------------------------------------------- */

/* Auxiliaries and negation before a verb belong to its cue, and a particle
   after it. */
static struct stretch cue_words(
    const struct tree *tree, const struct candidate *c,
    const struct option *o)
{
    const struct token *tokens = tree->s->tokens;
    struct stretch p = {c->token, c->token};

    while (p.from > 0 && c->kind == CUE_VERB &&
           tokens[p.from - 1].head == c->token &&
           (tokens[p.from - 1].relation == RELATION_aux ||
            tokens[p.from - 1].relation == RELATION_advmod))
        p.from--;
    while (p.to + 1 < tree->s->token_count &&
           (tokens[p.to + 1].head == c->token &&
            tokens[p.to + 1].relation == RELATION_compound))
        p.to++;
    if (o->kind == OPTION_PREP && o->head > p.to &&
        tree->first[o->head] == p.to + 1 &&
        tree_child(tree, o->head, RELATION_case) == p.to + 1)
        p.to++;
    if (c->kind == CUE_PREP && p.to + 1 < c->source.from)
        p.to = c->source.from - 1;
    return p;
}

/* A quotation that begins or ends in the content is meant as a whole. */
static uint32_t widen_to_quotations(
    struct finder *f, const struct candidate *c, struct span *parts,
    uint32_t count)
{
    struct span cue = f->tree.s->tokens[c->token].span;

    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = f->q.of_sentence[f->tree.index]; k < f->q.count;
             k++) {
            struct span q = f->q.at[k].span;

            if (q.from >= parts[i].to)
                break;
            if (!span_meets(q, parts[i]) || span_meets(q, cue))
                continue;
            parts[i].from = MIN(parts[i].from, q.from);
            parts[i].to = MAX(parts[i].to, q.to);
        }
    }
    return count;
}

static void own_quotations(
    struct finder *f, const struct spans *content, uint32_t attribution)
{
    for (uint32_t i = 0; i < content->count; i++) {
        for (uint32_t k = f->q.of_sentence[f->tree.index]; k < f->q.count;
             k++) {
            struct quotation *q = &f->q.at[k];

            if (q->span.from >= content->at[i].to)
                break;
            if (q->owner == NO_ATTRIBUTION &&
                span_has(content->at[i], q->span))
                q->owner = attribution;
        }
    }
}

static void add_attribution(
    struct finder *f, const struct candidate *c, const struct option *o,
    float confidence)
{
    struct span parts[OPTION_PARTS_MOST];
    uint32_t count = o->part_count;
    struct attribution at = {
        .parent = NO_ATTRIBUTION,
        .sentence = f->tree.index,
        .confidence = confidence,
        .source = {.sentence = NO_TOKEN, .head = NO_TOKEN,
                   .entity = NO_ENTITY},
    };

    memcpy(parts, o->parts, sizeof(parts));
    count = widen_to_quotations(f, c, parts, count);
    at.content = spans_of(f->a, parts, count);
    at.cue = stretch_spans(f->a, f->tree.s, cue_words(&f->tree, c, o));
    if (c->source_head != NO_TOKEN) {
        at.source.spans = stretch_spans(f->a, f->tree.s, c->source);
        at.source.sentence = f->tree.index;
        at.source.head = c->source_head;
    }
    g_array_append_val(f->found, at);
    own_quotations(f, &at.content, f->found->len - 1);
}

static bool is_candidate(const struct token *t, enum cue_kind *kind)
{
    switch ((int)t->upos) {
    case UPOS_VERB:
        *kind = CUE_VERB;
        return true;
    case UPOS_NOUN:
        *kind = CUE_NOUN;
        return true;
    case UPOS_ADJ:
        *kind = CUE_ADJ;
        return true;
    case UPOS_ADV:
        *kind = CUE_ADV;
        return true;
    default:
        return false;
    }
}

static void find_at(struct finder *f, uint32_t token)
{
    const struct token *t = &f->tree.s->tokens[token];
    struct candidate c = {.token = token};
    uint32_t option;
    float confidence = 0;

    c.cue = NULL;
    if (token_is(t, "according")) {
        c.kind = CUE_PREP;
        c.cue = cues_lookup(f->view.cues, t->lower, c.kind);
    } else if (is_candidate(t, &c.kind)) {
        c.cue = cues_lookup(f->view.cues, t->lemma, c.kind);
    }
    if (!c.cue)
        return;
    source_find(&f->view, &c);
    content_find(&f->view, &c);
    option = option_choose(&f->view, &c, &confidence);
    if (option < c.option_count)
        add_attribution(f, &c, &c.options[option], confidence);
}

/* --- over sentences -------------------------------------------------- */

/* A quotation that nobody was found to say continues the one before it in
   the same paragraph. */
static void carry_on(struct finder *f)
{
    uint32_t owner = NO_ATTRIBUTION, paragraph = 0;

    for (uint32_t i = 0; i < f->q.count; i++) {
        struct quotation *q = &f->q.at[i];
        const struct sentence *s = &f->view.t->sentences[q->first];
        struct attribution *at;
        struct span *parts;

        if (q->owner != NO_ATTRIBUTION) {
            owner = q->owner;
            paragraph = f->view.t->sentences[q->last].paragraph;
            continue;
        }
        if (owner == NO_ATTRIBUTION || s->paragraph != paragraph ||
            q->span.from > s->span.from)
            continue;
        at = &g_array_index(f->found, struct attribution, owner);
        parts = g_new(struct span, at->content.count + 1);
        memcpy(parts, at->content.at, at->content.count * sizeof(*parts));
        parts[at->content.count] = q->span;
        at->content = spans_of(f->a, parts, at->content.count + 1);
        g_free(parts);
        q->owner = owner;
    }
}

/* --- chains ---------------------------------------------------------- */

static uint64_t content_size(const struct attribution *at)
{
    uint64_t size = 0;

    for (uint32_t i = 0; i < at->content.count; i++)
        size += at->content.at[i].to - at->content.at[i].from;
    return size;
}

static bool content_has(const struct attribution *at, struct span inner)
{
    for (uint32_t i = 0; i < at->content.count; i++)
        if (span_has(at->content.at[i], inner))
            return true;
    return false;
}

static void find_parents(struct finder *f)
{
    struct attribution *all = (struct attribution *)(void *)f->found->data;
    uint32_t count = f->found->len;

    for (uint32_t i = 0; i < count; i++) {
        uint64_t own = content_size(&all[i]), best = UINT64_MAX;

        for (uint32_t k = 0; k < count; k++) {
            uint64_t size = content_size(&all[k]);

            if (k == i || size <= own || size >= best ||
                !content_has(&all[k], all[i].cue.at[0]))
                continue;
            best = size;
            all[i].parent = k;
        }
    }
}

void attributions_find(
    const struct cues *c, struct arena *a, const struct text *t,
    struct findings *f)
{
    struct finder finder = {
        .a = a, .found = g_array_new(FALSE, FALSE, sizeof(struct attribution))};

    finder.view = (struct view){c, t, &finder.q, &finder.tree};
    quotations_find(&finder.q, a, t);
    tree_reserve(&finder.tree, a, t);
    for (uint32_t i = 0; i < t->count; i++) {
        tree_build(&finder.tree, t, i);
        for (uint32_t k = 0; k < t->sentences[i].token_count; k++)
            find_at(&finder, k);
    }
    carry_on(&finder);
    find_parents(&finder);
    f->attribution_count = finder.found->len;
    f->attributions =
        arena_make(a, struct attribution, finder.found->len);
    if (finder.found->len)
        memcpy(
            f->attributions, finder.found->data,
            sizeof(*f->attributions) * finder.found->len);
    g_array_unref(finder.found);
}
