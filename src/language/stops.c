#include "language/stops.h"

static bool is_mark(const struct sentence *s, uint32_t token)
{
    return s->tokens[token].upos == UPOS_PUNCT;
}

/* The topmost word of what ends before the mark, as node, or 0. */
static uint32_t
top_before(const struct sentence *s, const uint32_t *heads, uint32_t mark)
{
    uint32_t node = mark;

    while (node && is_mark(s, node - 1))
        node--;
    if (!node)
        return 0;
    while (heads[node - 1] && heads[node - 1] <= mark)
        node = heads[node - 1];
    return node;
}

/* The topmost word of what begins behind the mark, as node, or 0. */
static uint32_t
top_behind(const struct sentence *s, const uint32_t *heads, uint32_t mark)
{
    uint32_t token = mark + 1;

    while (token < s->token_count && is_mark(s, token))
        token++;
    if (token == s->token_count)
        return 0;
    while (heads[token] > mark + 1)
        token = heads[token] - 1;
    return token + 1;
}

/* What is behind the mark and hangs on something before it has it; else what
   is before. */
static uint32_t
stop_at(const struct sentence *s, const uint32_t *heads, uint32_t mark)
{
    uint32_t before = top_before(s, heads, mark);
    uint32_t behind = top_behind(s, heads, mark);

    if (!before || (behind && heads[behind - 1] && heads[behind - 1] <= mark))
        return behind;
    return before;
}

void stops_find(
    const struct sentence *s, const uint32_t *heads, uint32_t *better)
{
    for (uint32_t t = 0; t < s->token_count; t++)
        better[t] = is_mark(s, t) ? stop_at(s, heads, t) : 0;
}
