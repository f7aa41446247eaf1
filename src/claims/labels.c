/*
 * labels.c - how a claim's words characterise those in it: "the terrorist
 * group".  A label is the speaker's word, never a finding.
 */
#include <string.h>

#include "claims/finder.h"

enum { LABELS_MOST = 8 };

static bool is_label(const struct scene *v, uint32_t token)
{
    return word_in(v->nodes[token].word, CLASS_LABEL) ||
           word_in(
               lexicon_find(v->lex, scene_token(v, token)->lower),
               CLASS_LABEL);
}

static char *words_between(
    const struct scene *v, uint32_t from, uint32_t to)
{
    uint32_t start = scene_token(v, from)->span.from;
    uint32_t end = scene_token(v, to)->span.to;

    return arena_copy(v->arena, v->text->str.at + start, end - start);
}

/* A label before or at the head of `p`, inside its phrase. */
static bool read_label(
    const struct scene *v, const struct phrase *p, struct label *out)
{
    uint32_t from, to;

    if (!p->spans.count || p->sentence != v->index)
        return false;
    phrase_range(v, p->head, &from, &to);
    for (uint32_t i = from; i < to && i <= p->head; i++) {
        const struct token *t = scene_token(v, i);

        if (!is_label(v, i) || scene_token(v, i)->upos == UPOS_PROPN ||
            (i != p->head && t->head != p->head))
            continue;
        out->spans = spans_of_range(v, from, to);
        out->words = words_between(v, i, p->head);
        out->of = *p;
        return true;
    }
    return false;
}

/* "the puppet leader" of a tie stands in the trigger, not in a role. */
static bool read_trigger_label(
    const struct scene *v, const struct claim *c, struct label *out)
{
    struct phrase p = phrase_none();

    p.sentence = v->index;
    p.head = c->head;
    p.spans = c->trigger;
    if (scene_token(v, c->head)->upos != UPOS_NOUN ||
        !c->roles[ROLE_ACTOR].spans.count || !read_label(v, &p, out))
        return false;
    out->of = c->roles[ROLE_ACTOR];
    return true;
}

/* "listed the party as a terrorist group", "called them traitors" */
static uint32_t read_predicate_labels(
    const struct scene *v, const struct claim *c, struct label *out)
{
    uint32_t count = 0;

    if (!c->roles[ROLE_TARGET].spans.count)
        return 0;
    for (uint32_t k = v->nodes[c->head].first; k != NO_TOKEN && count < 2;
         k = v->nodes[k].next) {
        const struct token *t = scene_token(v, k);
        struct phrase p;

        if (k < c->head || (t->upos != UPOS_NOUN && t->upos != UPOS_ADJ) ||
            (t->relation != RELATION_xcomp &&
             v->nodes[k].slot != v->lex->as))
            continue;
        p = phrase_make_single(v, k);
        if (!read_label(v, &p, &out[count]))
            continue;
        out[count++].of = c->roles[ROLE_TARGET];
    }
    return count;
}

void labels_find(const struct scene *v, struct claim *c)
{
    struct label found[LABELS_MOST];
    uint32_t count = 0;

    for (int r = 0; r < ROLE_COUNT; r++)
        count += read_label(v, &c->roles[r], &found[count]);
    count += read_trigger_label(v, c, &found[count]);
    count += read_predicate_labels(v, c, &found[count]);
    if (!count)
        return;
    c->labels = arena_make(v->arena, struct label, count);
    memcpy(c->labels, found, count * sizeof *found);
    c->label_count = count;
}
