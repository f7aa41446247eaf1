/* Who is told of together: a small network round one party. */
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

enum { NODES_MOST = 24, ACTS_MOST = 5 };

/* The claims of one node on another. */
struct link {
    uint32_t count;
    GArray *acts; /* struct index_tally: act, count */
};

struct network {
    struct call *c;
    const struct index *x;
    struct index_tally nodes[NODES_MOST + 1]; /* the one in the middle first */
    uint32_t count;
    uint8_t *slots; /* by sighting: 1 + its place among the nodes */
    struct link links[NODES_MOST + 1][NODES_MOST + 1];
};

/* --- counting ------------------------------------------------------------- */

static struct network *gather_nodes(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    struct network *n = arena_make(c->arena, struct network, 1);
    uint32_t count;
    const struct index_tally *ties =
        index_count_ties(x, c->arena, party, NODES_MOST, &count);

    n->c = c;
    n->x = x;
    n->slots = arena_make(c->arena, uint8_t, x->sightings_count + 1);
    n->nodes[n->count++].at = party;
    for (uint32_t i = 0; i < count; i++)
        n->nodes[n->count++] = ties[i];
    for (uint32_t i = 0; i < n->count; i++)
        index_mark_sightings(x, n->nodes[i].at, (uint8_t)(i + 1), n->slots);
    return n;
}

static uint32_t slot_of(const struct network *n, uint32_t sighting)
{
    return sighting == NOWHERE ? 0 : n->slots[sighting];
}

static void count_act(struct link *l, uint32_t act)
{
    struct index_tally fresh = {act, 1};

    l->count++;
    if (!l->acts)
        l->acts = g_array_new(FALSE, FALSE, sizeof(struct index_tally));
    for (guint i = 0; i < l->acts->len; i++)
        if (g_array_index(l->acts, struct index_tally, i).at == act) {
            g_array_index(l->acts, struct index_tally, i).count++;
            return;
        }
    g_array_append_val(l->acts, fresh);
}

static void tie(struct network *n, uint32_t from, uint32_t to, uint32_t act)
{
    if (from && to && from != to)
        count_act(&n->links[from - 1][to - 1], act);
}

/* Who acts on whom; and who says so, of both. */
static void count_claims(struct network *n)
{
    for (uint32_t i = 0; i < n->x->claims_count; i++) {
        const struct index_claim *claim = &n->x->claims[i];
        uint32_t actor = slot_of(n, claim->roles[ROLE_ACTOR]);
        uint32_t target = slot_of(n, claim->roles[ROLE_TARGET]);
        uint32_t source = slot_of(n, claim->source);

        if (claim->verdict == VERDICT_REJECTED)
            continue;
        n->nodes[0].count += actor == 1 || target == 1 || source == 1;
        tie(n, actor, target, claim->act);
        tie(n, source, actor, NOWHERE);
        if (target != actor)
            tie(n, source, target, NOWHERE);
    }
}

/* --- showing -------------------------------------------------------------- */

static void add_acts(struct network *n, struct link *l)
{
    struct call *c = n->c;

    g_array_sort(l->acts, index_tally_cmp);
    json_builder_set_member_name(c->json, "acts");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < MIN(l->acts->len, (guint)ACTS_MOST); i++) {
        struct index_tally *t = &g_array_index(l->acts, struct index_tally, i);

        json_builder_begin_object(c->json);
        member_text(
            c->json, "label",
            t->at == NOWHERE ? "speaks of" : index_act_label(n->x, t->at));
        member_number(c->json, "count", t->count);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

static const char *node_id(struct network *n, uint32_t node)
{
    return id_words(n->c, 'p', n->x->parties[n->nodes[node].at].id);
}

static void add_link(struct network *n, uint32_t from, uint32_t to)
{
    struct link *l = &n->links[from][to];

    if (!l->count)
        return;
    json_builder_begin_object(n->c->json);
    member_text(n->c->json, "from", node_id(n, from));
    member_text(n->c->json, "to", node_id(n, to));
    member_number(n->c->json, "count", l->count);
    add_acts(n, l);
    json_builder_end_object(n->c->json);
    g_array_free(l->acts, TRUE);
}

static void add_node(struct network *n, uint32_t node)
{
    const struct index_party *p = &n->x->parties[n->nodes[node].at];

    json_builder_begin_object(n->c->json);
    member_text(n->c->json, "id", node_id(n, node));
    member_text(n->c->json, "name", index_string(n->x, p->name));
    member_text(n->c->json, "kind", kind_word((enum name_kind)p->kind));
    member_number(n->c->json, "count", n->nodes[node].count);
    json_builder_end_object(n->c->json);
}

void answer_ties(struct call *c)
{
    uint32_t party = call_party(c, c->id[0]);
    struct network *n;

    if (party == NOWHERE)
        return;
    n = gather_nodes(c, party);
    count_claims(n);
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "nodes");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < n->count; i++)
        add_node(n, i);
    json_builder_end_array(c->json);
    json_builder_set_member_name(c->json, "links");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < n->count; i++)
        for (uint32_t k = 0; k < n->count; k++)
            add_link(n, i, k);
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}
