#include "claims/attribution.h"

#include <stdlib.h>
#include <string.h>

struct finder {
    struct view view;
    struct arena *a;
    struct quotations q;
    uint32_t *unowned; /* of each quotation: a later one to look at for the
                          next that nobody owns; itself if nobody owns it */
    struct tree tree;
    GArray *found; /* of struct attribution */
    GString *print; /* where features go instead, or NULL */
};

static struct attribution *found_at(const struct finder *f, uint32_t i)
{
    return &g_array_index(f->found, struct attribution, i);
}

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

/* Auxiliaries, negation and adverbs before a verb belong to its cue. */
static struct stretch words_of(
    const struct tree *tree, const struct candidate *c)
{
    const struct token *tokens = tree->s->tokens;
    struct stretch p = {c->token, c->token};

    while (p.from > 0 && c->kind == CUE_VERB &&
           tokens[p.from - 1].head == c->token &&
           (tokens[p.from - 1].relation == RELATION_aux ||
            tokens[p.from - 1].relation == RELATION_advmod))
        p.from--;
    return p;
}

/* So do a particle after it, what it governs, and a preposition before what
   is said. */
static struct stretch cue_words(
    const struct tree *tree, const struct candidate *c,
    const struct option *o)
{
    const struct token *tokens = tree->s->tokens;
    struct stretch p = c->words;

    if (o->base > p.to && o->base != c->token)
        p.to = o->base;
    while (p.to + 1 < tree->s->token_count &&
           tokens[p.to + 1].head == o->base &&
           tokens[p.to + 1].relation == RELATION_compound)
        p.to++;
    if (o->kind == OPTION_PREP && o->head > p.to + 1 &&
        tree->first[o->head] == p.to + 1 &&
        tree_child(tree, o->head, RELATION_case) == p.to + 1)
        p.to++;
    if (c->kind == CUE_PREP && p.to + 1 < c->source.from)
        p.to = c->source.from - 1;
    return p;
}

/* Contents nest as deep as hostile text likes: what is owned is skipped, the
   way made shorter for the next who asks. */
static uint32_t next_unowned(struct finder *f, uint32_t i)
{
    uint32_t end = i;

    while (end < f->q.count && f->unowned[end] != end)
        end = f->unowned[end];
    while (i < end) {
        uint32_t next = f->unowned[i];

        f->unowned[i] = end;
        i = next;
    }
    return end;
}

static void own_quotations(
    struct finder *f, const struct spans *content, uint32_t attribution)
{
    for (uint32_t i = 0; i < content->count; i++) {
        struct span part = content->at[i];
        uint32_t k = quotation_after(&f->q, f->tree.index, part.from);

        /* "Who goes?" stands before the sentence of "she cried" */
        if (k > 0 && part.from < f->tree.s->span.from)
            k--;
        for (k = next_unowned(f, k);
             k < f->q.count && f->q.at[k].span.from < part.to;
             k = next_unowned(f, k + 1)) {
            if (!span_has(part, f->q.at[k].span))
                continue;
            f->q.at[k].owner = attribution;
            f->unowned[k] = k + 1;
        }
    }
}

static const char *const readings[] = {
#define X(name, words) words,
    OPTIONS(X)
#undef X
};

static void add_attribution(
    struct finder *f, const struct candidate *c, const struct option *o,
    float confidence)
{
    struct attribution at = {
        .parent = NO_ATTRIBUTION,
        .sentence = f->tree.index,
        .row = c->cue ? &c->cue->row : NULL,
        .reading = readings[o->kind],
        .confidence = confidence,
        .source = {.sentence = NO_TOKEN, .head = NO_TOKEN,
                   .entity = NO_ENTITY},
    };

    at.content = spans_of(f->a, o->parts, o->part_count);
    at.cue = stretch_spans(f->a, f->tree.s, cue_words(&f->tree, c, o));
    if (c->source_head != NO_TOKEN) {
        at.source.spans = stretch_spans(f->a, f->tree.s, c->source);
        at.source.sentence = f->tree.index;
        at.source.head = c->source_head;
    }
    g_array_append_val(f->found, at);
    own_quotations(f, &at.content, f->found->len - 1);
}

/* "Q:" and "A:" part what is asked from what is answered, by whom stands
   nowhere; "Take action:" asks for something. */
static bool names_nobody(const struct finder *f, uint32_t colon)
{
    const struct token *tokens = f->tree.s->tokens;

    for (uint32_t i = 0; i < colon; i++)
        if (tokens[i].upos == UPOS_VERB)
            return true;
    return colon == 1 &&
           (tokens[0].span.to == tokens[0].span.from + 1 ||
            cues_lookup(f->view.cues, tokens[0].lower, CUE_MARK) != NULL);
}

/* "MARA VEL:" at the head of a paragraph with few words before it, or a dash
   between the end of a quotation and a name. */
static bool is_label_mark(const struct finder *f, uint32_t token)
{
    const struct sentence *s = f->tree.s;
    const struct token *t = &s->tokens[token];

    if (token + 1 < s->token_count && s->tokens[token + 1].upos == UPOS_PROPN &&
        token_is_dash(t))
        return token > 0
                   ? token_is_mark(t - 1)
                   : f->tree.index > 0 && s[-1].token_count > 0 &&
                         token_is_mark(
                             &s[-1].tokens[s[-1].token_count - 1]);
    return token > 0 && token <= 10 && token_reads(t, ":") &&
           !names_nobody(f, token) &&
           (f->tree.index == 0 || s[-1].paragraph != s->paragraph ||
            sentence_turn(f->view.t, f->tree.index) == token);
}

/* Any verb may be a cue; other words only where the tables say so. */
static bool is_candidate(
    const struct finder *f, struct candidate *c, const struct token *t)
{
    switch ((int)t->upos) {
    case UPOS_VERB:
        c->kind = CUE_VERB;
        break;
    case UPOS_NOUN:
        c->kind = CUE_NOUN;
        break;
    case UPOS_ADJ:
        c->kind = CUE_ADJ;
        break;
    case UPOS_ADV:
        c->kind = CUE_ADV;
        break;
    case UPOS_PUNCT:
        c->kind = CUE_MARK;
        return is_label_mark(f, c->token);
    default:
        return false;
    }
    if (token_reads(t, "according"))
        c->kind = CUE_PREP;
    c->cue = cues_lookup(
        f->view.cues, c->kind == CUE_PREP ? t->lower : t->lemma, c->kind);
    return c->cue || c->kind == CUE_VERB;
}

static void print_candidate(struct finder *f, const struct candidate *c)
{
    const struct token *tokens = f->tree.s->tokens;
    struct cue_features cue;
    struct features features;

    g_string_append_printf(
        f->print, "C %u %u\n", tokens[c->words.from].span.from,
        tokens[c->words.to].span.to);
    if (c->source_head != NO_TOKEN)
        g_string_append_printf(
            f->print, "S %u %u\n", tokens[c->source.from].span.from,
            tokens[c->source.to].span.to);
    features_start(&cue, &f->view, c);
    for (uint32_t i = 0; i < c->option_count; i++) {
        const struct option *o = &c->options[i];

        g_string_append_c(f->print, 'O');
        for (uint32_t k = 0; k < o->part_count; k++)
            g_string_append_printf(
                f->print, "%c%u-%u", k ? ',' : ' ', o->parts[k].from,
                o->parts[k].to);
        features_find(&features, &f->view, c, &cue, o);
        for (uint32_t k = 0; k < features.count; k++)
            g_string_append_printf(f->print, " %u", features.at[k]);
        g_string_append_c(f->print, '\n');
    }
}

static void find_at(struct finder *f, uint32_t token)
{
    struct candidate c;
    uint32_t option;
    float confidence = 0;

    c.token = token;
    c.cue = NULL;
    c.passive = false;
    if (!is_candidate(f, &c, &f->tree.s->tokens[token]))
        return;
    c.words = words_of(&f->tree, &c);
    source_find(&f->view, &c);
    content_find(&f->view, &c);
    if (f->print) {
        print_candidate(f, &c);
        return;
    }
    option = option_choose(&f->view, &c, &confidence);
    if (option < c.option_count)
        add_attribution(f, &c, &c.options[option], confidence);
}

/* --- over sentences -------------------------------------------------- */

/* A quotation that nobody was found to say continues the one before it in
   the same paragraph.  Returns how many each attribution gains. */
static uint32_t *find_continued(struct finder *f)
{
    uint32_t *gains = arena_make(f->a, uint32_t, f->found->len);
    uint32_t owner = NO_ATTRIBUTION, paragraph = 0;

    for (uint32_t i = 0; i < f->q.count; i++) {
        struct quotation *q = &f->q.at[i];
        const struct sentence *s = &f->view.t->sentences[q->first];

        if (q->owner != NO_ATTRIBUTION) {
            owner = q->owner;
            paragraph = f->view.t->sentences[q->last].paragraph;
            continue;
        }
        if (owner == NO_ATTRIBUTION || s->paragraph != paragraph ||
            q->span.from > s->span.from)
            continue;
        q->owner = owner;
        q->continues = true;
        gains[owner]++;
    }
    return gains;
}

static void carry_on(struct finder *f)
{
    uint32_t *gains = find_continued(f);
    struct span **parts = arena_make(f->a, struct span *, f->found->len);

    for (uint32_t i = 0; i < f->q.count; i++) {
        uint32_t owner = f->q.at[i].owner;
        struct spans *content;

        if (!f->q.at[i].continues)
            continue;
        content = &found_at(f, owner)->content;
        if (!parts[owner]) {
            parts[owner] =
                arena_make(f->a, struct span, content->count + gains[owner]);
            memcpy(
                parts[owner], content->at,
                content->count * sizeof(*content->at));
            content->at = parts[owner];
        }
        content->at[content->count++] = f->q.at[i].span;
    }
    for (uint32_t i = 0; i < f->found->len; i++)
        if (parts[i])
            found_at(f, i)->content = spans_of(
                f->a, parts[i], found_at(f, i)->content.count);
}

/* --- chains ---------------------------------------------------------- */

/* A part of a content, for the sweep over the text. */
struct piece {
    struct span span;
    uint32_t owner;
};

struct sweep {
    struct piece *pieces, **open;
    uint64_t *sizes; /* of each attribution's content */
    uint32_t count, next, open_count;
};

static int piece_cmp(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;

    if (x->span.from != y->span.from)
        return x->span.from < y->span.from ? -1 : 1;
    return x->owner < y->owner ? -1 : x->owner > y->owner;
}

static void sweep_start(struct sweep *sweep, struct finder *f)
{
    uint32_t count = 0, all = f->found->len;

    for (uint32_t i = 0; i < all; i++)
        count += found_at(f, i)->content.count;
    sweep->pieces = arena_make(f->a, struct piece, count);
    sweep->open = arena_make(f->a, struct piece *, count);
    sweep->sizes = arena_make(f->a, uint64_t, all);
    for (uint32_t i = 0; i < all; i++) {
        const struct spans *content = &found_at(f, i)->content;

        for (uint32_t k = 0; k < content->count; k++) {
            sweep->pieces[sweep->count++] =
                (struct piece){content->at[k], i};
            sweep->sizes[i] += content->at[k].to - content->at[k].from;
        }
    }
    if (count)
        qsort(sweep->pieces, count, sizeof(*sweep->pieces), piece_cmp);
}

/* Of contents nested deeper than this a cue looks at the innermost. */
enum { OPEN_MOST = 256 };

/* Opens the pieces that begin before the cue, closes those that ended. */
static void sweep_to(struct sweep *sweep, struct span cue)
{
    uint32_t kept = 0;

    while (sweep->next < sweep->count &&
           sweep->pieces[sweep->next].span.from <= cue.from)
        sweep->open[sweep->open_count++] = &sweep->pieces[sweep->next++];
    for (uint32_t i = 0; i < sweep->open_count; i++)
        if (sweep->open[i]->span.to > cue.from)
            sweep->open[kept++] = sweep->open[i];
    sweep->open_count = MIN(kept, OPEN_MOST);
    memmove(
        sweep->open, sweep->open + kept - sweep->open_count,
        sweep->open_count * sizeof(*sweep->open));
}

/* The parent is the smallest content around a cue that is larger than the
   cue's own. */
static void find_parents(struct finder *f)
{
    struct sweep sweep = {.count = 0};

    sweep_start(&sweep, f);
    for (uint32_t i = 0; i < f->found->len; i++) {
        struct attribution *at = found_at(f, i);
        uint64_t best = UINT64_MAX;

        sweep_to(&sweep, at->cue.at[0]);
        for (uint32_t k = 0; k < sweep.open_count; k++) {
            uint32_t owner = sweep.open[k]->owner;

            if (!span_has(sweep.open[k]->span, at->cue.at[0]) ||
                sweep.sizes[owner] <= sweep.sizes[i] ||
                sweep.sizes[owner] >= best)
                continue;
            best = sweep.sizes[owner];
            at->parent = owner;
        }
    }
}

static int attribution_cmp(const void *a, const void *b)
{
    const struct attribution *x = a, *y = b;

    return span_cmp(&x->cue.at[0], &y->cue.at[0]);
}

static void find_all(
    struct finder *f, const struct cues *c, struct arena *a,
    const struct text *t)
{
    f->a = a;
    f->found = g_array_new(FALSE, FALSE, sizeof(struct attribution));
    f->view = (struct view){c, t, &f->q, &f->tree};
    quotations_find(&f->q, a, t);
    f->unowned = arena_make(a, uint32_t, f->q.count + 1);
    for (uint32_t i = 0; i <= f->q.count; i++)
        f->unowned[i] = i;
    tree_reserve(&f->tree, a, t);
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->sentences[i].is_foreign)
            continue;
        tree_build(&f->tree, t, i);
        for (uint32_t k = 0; k < t->sentences[i].token_count; k++)
            find_at(f, k);
    }
}

void attributions_find(
    const struct cues *c, struct arena *a, const struct text *t,
    struct findings *f)
{
    struct finder finder = {.print = NULL};

    find_all(&finder, c, a, t);
    carry_on(&finder);
    g_array_sort(finder.found, attribution_cmp);
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

void attributions_print_features(
    const struct cues *c, struct arena *a, const struct text *t,
    GString *out)
{
    struct finder finder = {.print = out};

    find_all(&finder, c, a, t);
    g_array_unref(finder.found);
}
