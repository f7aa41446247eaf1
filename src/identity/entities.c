/* entities.c - those who are known so far. */
#include <string.h>

#include "identity/resolver.h"

enum { ROOM_LEAST = 32 };

static void *
grow(struct arena *a, const void *old, uint32_t count, size_t size)
{
    char *grown = arena_alloc(a, 2 * (size_t)MAX(count, ROOM_LEAST) * size);

    if (count)
        memcpy(grown, old, count * size);
    return grown;
}

uint32_t
entity_add(struct resolver *r, enum name_kind kind, const char *name)
{
    uint32_t count = r->entity_count;

    if (count == r->entity_room) {
        r->entities = grow(r->a, r->entities, count, sizeof(*r->entities));
        r->people = grow(r->a, r->people, count, sizeof(*r->people));
        r->entity_room = 2 * MAX(count, ROOM_LEAST);
    }
    r->entities[count] =
        (struct entity){.kind = kind, .name = name, .key = ""};
    r->people[count] = (struct someone){.words = 0};
    return r->entity_count++;
}

static struct span span_of(
    const struct resolver *r, uint32_t sentence, uint32_t from, uint32_t last)
{
    return (struct span){
        token_at(r, sentence, from)->span.from,
        token_at(r, sentence, last)->span.to};
}

struct span
description_span(const struct resolver *r, uint32_t sentence, uint32_t head)
{
    uint32_t from = head;

    while (from) {
        const struct token *t = token_at(r, sentence, from - 1);

        if (t->head != head ||
            (t->relation != RELATION_det && t->relation != RELATION_amod &&
             t->relation != RELATION_compound &&
             t->relation != RELATION_nummod &&
             strcmp(t->deprel, "nmod:poss") != 0))
            break;
        from--;
    }
    return span_of(r, sentence, from, head);
}

uint32_t entity_add_unnamed(
    struct resolver *r, enum name_kind kind, uint32_t sentence, uint32_t token)
{
    struct span s = description_span(r, sentence, token);
    char *words =
        arena_copy(r->a, r->t->str.at + s.from, (size_t)(s.to - s.from));
    uint32_t entity =
        entity_add(r, kind, g_strdelimit(words, "\n\t", ' '));

    r->meant[r->bases[sentence] + token] = entity;
    return entity;
}
