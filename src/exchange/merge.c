/*
 * What is told several times in a sentence becomes one event, and what is
 * only spoken of in the content of another is none.
 */
#include "exchange/plover.h"

#include <string.h>

static bool is_inside(struct spans inner, struct spans outer)
{
    for (uint32_t i = 0; i < outer.count; i++)
        if (span_has(outer.at[i], inner.at[0]))
            return true;
    return false;
}

/* Types whose content is spoken of, not told to have happened. */
static bool speaks_of(const struct coded *e)
{
    static const char *const types[] = {
        "REQUEST", "REJECT",  "THREATEN", "ACCUSE",  "AGREE",
        "SUPPORT", "CONCEDE", "SANCTION", "RETREAT", NULL};

    return e->raw_type && g_strv_contains(types, e->raw_type);
}

static bool is_cue_of(const struct coded *outer, const struct told *t)
{
    return t->source_count &&
           spans_meet(t->cues[t->source_count - 1], outer->told->trigger);
}

/* Is `e` only what `outer` is about: "eased [sanctions]", "accused them of
   [arming rebels]"? */
static bool is_content(const struct coded *e, const struct coded *outer)
{
    if (e == outer || e->told->sentence != outer->told->sentence ||
        !speaks_of(outer))
        return false;
    if (is_inside(e->told->trigger, outer->told->roles[ROLE_TARGET].spans))
        return true;
    return !e->is_turned && is_cue_of(outer, e->told);
}

static void drop_content(struct coding_page *p, uint32_t i)
{
    struct coded *e = &p->events[i];

    for (uint32_t n = 0; n < p->page->count && e->type; n++)
        if (is_content(e, &p->events[n]))
            e->type = NULL;
}

static bool agree_on(const struct parties *a, const struct parties *b)
{
    const struct coding *x, *y;

    if (!a->count || !b->count)
        return true;
    if (!strcmp(a->at[0].text, b->at[0].text))
        return true;
    x = &a->at[0].coding;
    y = &b->at[0].coding;
    return x->code_count && y->code_count && !strcmp(x->codes[0], y->codes[0]);
}

static bool is_one(const struct coded *a, const struct coded *b)
{
    return b->type && a->told->sentence == b->told->sentence &&
           !strcmp(a->type, b->type) && agree_on(&a->actors, &b->actors) &&
           agree_on(&a->recipients, &b->recipients);
}

static void join(struct coded *a, struct coded *b)
{
    if (!a->actors.count)
        a->actors = b->actors;
    if (!a->recipients.count) {
        a->recipients = b->recipients;
        a->is_reciprocal |= b->is_reciprocal;
    }
    if (!a->mode)
        a->mode = b->mode;
    if (a->also_count < CLAIMS_MOST)
        a->also[a->also_count++] = b->told;
    b->type = NULL;
}

static void join_later(struct coding_page *p, uint32_t i)
{
    struct coded *e = &p->events[i];

    for (uint32_t n = i + 1; n < p->page->count && e->type; n++)
        if (is_one(e, &p->events[n]))
            join(e, &p->events[n]);
}

void events_merge(struct coding_page *p)
{
    for (uint32_t i = 0; i < p->page->count; i++)
        drop_content(p, i);
    for (uint32_t i = 0; i < p->page->count; i++)
        join_later(p, i);
}
