#include "language/tree.h"

#include "language/language.h"

#include <string.h>

/* Larger than any difference that scores can make: one root is enough. */
static const float ROOT_COST = 1e6f;

enum state { STATE_NEW, STATE_ON_PATH, STATE_DONE };

/*
 * Nodes 0..count are the root and the tokens; contracted cycles follow.  Each
 * node that is not inside a cycle has a row of its best arc from every source
 * and of the token which that arc enters.
 */
struct tree_maker {
    uint32_t nodes, width;
    float **scores;     /* of a node, by source */
    uint32_t **targets; /* the token entered, by source */
    uint32_t *target_store;
    uint32_t *top;    /* of a token or the root: the node it is now part of */
    uint32_t *parent; /* of a node: the cycle that swallowed it, or 0 */
    uint32_t *source, *target; /* of a node: the arc that it has chosen */
    float *chosen;             /* its score */
    uint8_t *state;
    uint32_t *path;
    uint32_t path_len;
};

struct tree_maker *tree_maker_new(uint32_t most)
{
    struct tree_maker *m = g_new0(struct tree_maker, 1);
    size_t nodes = 2 * (size_t)most + 2;

    m->scores = g_new(float *, nodes);
    m->targets = g_new(uint32_t *, nodes);
    m->target_store = g_new(uint32_t, (size_t)most * (most + 1));
    m->top = g_new(uint32_t, nodes);
    m->parent = g_new(uint32_t, nodes);
    m->source = g_new(uint32_t, nodes);
    m->target = g_new(uint32_t, nodes);
    m->chosen = g_new(float, nodes);
    m->state = g_new(uint8_t, nodes);
    m->path = g_new(uint32_t, nodes);
    return m;
}

void tree_maker_free(struct tree_maker *m)
{
    if (!m)
        return;
    g_free(m->scores);
    g_free(m->targets);
    g_free(m->target_store);
    g_free(m->top);
    g_free(m->parent);
    g_free(m->source);
    g_free(m->target);
    g_free(m->chosen);
    g_free(m->state);
    g_free(m->path);
    g_free(m);
}

/* The best head of each token, the root being for one alone. */
static void choose_greedily(const float *arcs, uint32_t count, uint32_t *heads)
{
    for (uint32_t d = 0; d < count; d++) {
        const float *row = arcs + (size_t)d * (count + 1);
        uint32_t best = d == 0 && count > 1 ? 2 : d == 0 ? 0 : 1;

        for (uint32_t s = 0; s <= count; s++)
            if (s != d + 1 && row[s] > row[best])
                best = s;
        heads[d] = best;
    }
}

/* One root, and every token leads to it? */
static bool is_tree(const uint32_t *heads, uint32_t count, uint32_t *mark)
{
    uint32_t roots = 0;

    memset(mark, 0, sizeof(*mark) * (count + 1));
    for (uint32_t i = 0; i < count; i++)
        roots += heads[i] == 0;
    for (uint32_t i = 1; roots == 1 && i <= count; i++) {
        uint32_t at = i;

        while (at && !mark[at]) {
            mark[at] = i;
            at = heads[at - 1];
        }
        if (at && mark[at] == i)
            return false;
    }
    return roots == 1;
}

static void start(struct tree_maker *m, float *arcs, uint32_t count)
{
    m->width = count + 1;
    m->nodes = count + 1;
    m->path_len = 0;
    for (uint32_t v = 0; v <= count; v++) {
        m->top[v] = v;
        m->parent[v] = 0;
        m->state[v] = v ? STATE_NEW : STATE_DONE;
    }
    for (uint32_t v = 1; v <= count; v++) {
        m->scores[v] = arcs + (size_t)(v - 1) * m->width;
        m->targets[v] = m->target_store + (size_t)(v - 1) * m->width;
        m->scores[v][0] -= ROOT_COST;
        for (uint32_t s = 0; s <= count; s++)
            m->targets[v][s] = v;
    }
}

/* The node takes its best arc from outside. */
static void choose_arc(struct tree_maker *m, uint32_t node)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t s = 0; s < m->width; s++)
        if (m->top[s] != node &&
            (best == UINT32_MAX || m->scores[node][s] > m->scores[node][best]))
            best = s;
    m->source[node] = best;
    m->target[node] = m->targets[node][best];
    m->chosen[node] = m->scores[node][best];
}

/* A member's arcs, less what its own arc in the cycle would give, into the
   row of the cycle. */
static void
take_arcs(struct tree_maker *m, uint32_t cycle, uint32_t member, bool is_first)
{
    for (uint32_t s = 0; s < m->width; s++) {
        float score = m->scores[member][s] - m->chosen[member];

        if (is_first || score > m->scores[cycle][s]) {
            m->scores[cycle][s] = score;
            m->targets[cycle][s] = m->targets[member][s];
        }
    }
}

/* The end of the path from `first` on becomes one node. */
static uint32_t contract(struct tree_maker *m, uint32_t first)
{
    uint32_t cycle = m->nodes++, member;

    m->parent[cycle] = 0;
    m->scores[cycle] = m->scores[first];
    m->targets[cycle] = m->targets[first];
    take_arcs(m, cycle, first, true);
    do {
        member = m->path[--m->path_len];
        if (member != first)
            take_arcs(m, cycle, member, false);
        m->parent[member] = cycle;
    } while (member != first);
    for (uint32_t s = 0; s < m->width; s++)
        if (m->top[s] && m->parent[m->top[s]] == cycle)
            m->top[s] = cycle;
    return cycle;
}

static void push(struct tree_maker *m, uint32_t node)
{
    m->state[node] = STATE_ON_PATH;
    m->path[m->path_len++] = node;
}

/* Follows the best arcs backwards from a node to where they are done. */
static void grow_path(struct tree_maker *m, uint32_t node)
{
    push(m, node);
    while (m->path_len) {
        uint32_t at = m->path[m->path_len - 1], next;

        choose_arc(m, at);
        next = m->top[m->source[at]];
        if (m->state[next] == STATE_NEW)
            push(m, next);
        else if (m->state[next] == STATE_ON_PATH)
            push(m, contract(m, next));
        else
            while (m->path_len)
                m->state[m->path[--m->path_len]] = STATE_DONE;
    }
}

/* Hands a cycle's arc to that member which it enters. */
static void open_cycle(struct tree_maker *m, uint32_t cycle)
{
    uint32_t member = m->target[cycle];

    while (m->parent[member] != cycle)
        member = m->parent[member];
    m->source[member] = m->source[cycle];
    m->target[member] = m->target[cycle];
}

void tree_make(
    struct tree_maker *m, float *arcs, uint32_t count, uint32_t *heads)
{
    choose_greedily(arcs, count, heads);
    if (is_tree(heads, count, m->path))
        return;
    start(m, arcs, count);
    for (uint32_t v = 1; v <= count; v++)
        if (m->state[m->top[v]] == STATE_NEW)
            grow_path(m, m->top[v]);
    for (uint32_t node = m->nodes; --node > count;)
        open_cycle(m, node);
    for (uint32_t v = 1; v <= count; v++)
        heads[v - 1] = m->source[v];
}

/* --- walks ------------------------------------------------------------ */

bool token_under(const struct sentence *s, uint32_t token, uint32_t ancestor)
{
    while (token != NO_TOKEN && token != ancestor)
        token = s->tokens[token].head;
    return token == ancestor && token != NO_TOKEN;
}

uint32_t token_child(
    const struct sentence *s, uint32_t head, enum relation relation,
    uint32_t from)
{
    for (uint32_t i = from; i < s->token_count; i++)
        if (s->tokens[i].head == head && s->tokens[i].relation == relation)
            return i;
    return NO_TOKEN;
}

bool token_is_dash(const struct token *t)
{
    static const char *const dashes[] = {
        "-", "--", "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\x95"};

    for (size_t i = 0; i < G_N_ELEMENTS(dashes); i++)
        if (!strcmp(t->form, dashes[i]))
            return true;
    return false;
}

void token_subtree(
    const struct sentence *s, uint32_t head, uint32_t *first, uint32_t *last)
{
    *first = *last = head;
    /* Outwards as long as something there is still of the subtree. */
    for (uint32_t i = head; i-- > 0;)
        if (token_under(s, i, head))
            *first = i;
    for (uint32_t i = head + 1; i < s->token_count; i++)
        if (token_under(s, i, head))
            *last = i;
}
