/* People, groups and places in short. */
#include "server/shapes.h"

static void member_year(JsonBuilder *b, const char *name, uint16_t year)
{
    json_builder_set_member_name(b, name);
    if (year)
        json_builder_add_int_value(b, year);
    else
        json_builder_add_null_value(b);
}

/* The names that are not the one shown, each once. */
static void member_names(struct call *c, uint32_t party)
{
    enum { NAMES_MOST = 8, LOOKED_AT = 400 };
    const struct index *x = c->server->index;
    uint32_t names[NAMES_MOST], count = 0, looked = 0;
    uint32_t first = x->first_of_party[party], at = first;

    json_builder_set_member_name(c->json, "names");
    json_builder_begin_array(c->json);
    if (first != NOWHERE)
        do {
            uint32_t name = x->spellings[x->sightings[at].spelling].words;
            uint32_t i = 0;

            while (i < count && names[i] != name)
                i++;
            if (i == count && name != x->parties[party].name) {
                names[count++] = name;
                json_builder_add_string_value(c->json, index_string(x, name));
            }
            at = x->next_of_party[at];
        } while (at != first && count < NAMES_MOST && looked++ < LOOKED_AT);
    json_builder_end_array(c->json);
}

const char *kind_word(enum name_kind kind)
{
    static const char *const words[] = {"person", "group", "place"};

    return words[kind];
}

void shape_party_members(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    const struct index_party *p = &x->parties[party];
    const struct index_party_counts *n = &x->counts[party];

    member_text(c->json, "id", id_words(c, 'p', p->id));
    member_text(c->json, "kind", kind_word((enum name_kind)p->kind));
    member_text(c->json, "name", index_string(x, p->name));
    member_names(c, party);
    member_number(c->json, "documents", n->documents);
    member_number(c->json, "acting", n->acting);
    member_number(c->json, "suffering", n->suffering);
    member_number(c->json, "saying", n->saying);
    member_number(c->json, "happening", n->happening);
    member_year(c->json, "first_year", p->first_year);
    member_year(c->json, "last_year", p->last_year);
    member_text(c->json, "place", p->where ? index_string(x, p->where) : NULL);
}

void shape_party(struct call *c, uint32_t party)
{
    json_builder_begin_object(c->json);
    shape_party_members(c, party);
    json_builder_end_object(c->json);
}
