/* People, groups and places: their list, and who is perhaps the same. */
#include "server/records.h"
#include "server/routes.h"
#include "server/shapes.h"
#include "server/terms.h"

static const char *const orders[] = {"-documents", "name",    "-acting",
                                     "-suffering", "-saying", NULL};

void answer_parties(struct call *c)
{
    struct page p;
    uint32_t count, total, *parties;
    int kind, order;

    if (!call_page(c, &p) || !call_kind(c, &kind) ||
        !call_choice(c, "sort", orders, &order))
        return;
    parties = index_list_parties(
        c->server->index, c->arena, kind, call_folded(c, "find"),
        (enum party_order)order, page_offset(&p), (uint32_t)p.limit, &count,
        &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count; i++)
        shape_party(c, parties[i]);
    shape_list_end(c);
}

static void add_side(struct call *c, const char *name, uint32_t sighting)
{
    json_builder_set_member_name(c->json, name);
    shape_party(c, index_party_of(c->server->index, sighting));
}

void answer_proposals(struct call *c)
{
    const struct index *x = c->server->index;
    struct page p;
    uint32_t count, total, *bonds;
    int kind;

    if (!call_page(c, &p) || !call_kind(c, &kind))
        return;
    bonds = index_list_bonds(
        x, c->arena, kind, page_offset(&p), (uint32_t)p.limit, &count, &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count; i++) {
        const struct index_bond *bond = &x->bonds[bonds[i]];

        json_builder_begin_object(c->json);
        add_side(c, "one", bond->one);
        add_side(c, "other", bond->other);
        member_real(c->json, "score", (double)bond->score);
        member_reasons(c, index_string(x, bond->reasons));
        json_builder_end_object(c->json);
    }
    shape_list_end(c);
}
