/* What is in the case, on one page. */
#include "server/routes.h"
#include "server/shapes.h"

#include <stdlib.h>
#include <string.h>

enum { PARTIES_SHOWN = 8, EVENTS_SHOWN = 5, CLAIMS_SHOWN = 5, ACTS_MOST = 200 };

/* --- the case ------------------------------------------------------------- */

static void add_case(struct call *c)
{
    struct index_totals t = index_sum(c->server->index);
    JsonBuilder *b = c->json;

    json_builder_set_member_name(b, "case");
    json_builder_begin_object(b);
    member_number(b, "documents", t.documents);
    member_number(b, "versions", t.versions);
    member_number(b, "copies", t.copies);
    member_number(b, "unread", t.unread);
    member_number(b, "claims", t.claims);
    member_number(b, "events", t.events);
    member_number(b, "people", t.people);
    member_number(b, "groups", t.groups);
    member_number(b, "places", t.places);
    member_text(b, "first_date", index_day_words(c->arena, t.first));
    member_text(b, "last_date", index_day_words(c->arena, t.last));
    json_builder_end_object(b);
}

/* --- time and acts -------------------------------------------------------- */

static void add_times(struct call *c, const struct filter *all)
{
    struct timeline t;

    index_count_documents(c->server->index, &t);
    shape_timeline(c, "documents_over_time", &t);
    index_count_time(all, &t);
    shape_timeline(c, "claims_over_time", &t);
}

static bool is_of_family(const char *act, const char *family)
{
    size_t length = strlen(family);

    return !strncmp(act, family, length) &&
           (!act[length] || act[length] == '.');
}

static void add_family(
    struct call *c, const struct facet_value *family, const struct facet *acts)
{
    JsonBuilder *b = c->json;

    json_builder_begin_object(b);
    member_text(b, "family", family->value);
    member_number(b, "count", family->count);
    json_builder_set_member_name(b, "acts");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < acts->count; i++) {
        if (!is_of_family(acts->values[i].value, family->value))
            continue;
        json_builder_begin_object(b);
        member_text(b, "act", acts->values[i].value);
        member_text(b, "label", acts->values[i].label);
        member_number(b, "count", acts->values[i].count);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
    json_builder_end_object(b);
}

static void add_acts(struct call *c, const struct facet *facets)
{
    json_builder_set_member_name(c->json, "acts");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < facets[FACET_FAMILY].count; i++)
        add_family(c, &facets[FACET_FAMILY].values[i], &facets[FACET_ACT]);
    json_builder_end_array(c->json);
}

/* --- who is most spoken of ------------------------------------------------ */

static uint64_t weight(const struct index *x, uint32_t party)
{
    const struct index_party_counts *n = &x->counts[party];

    return x->parties[party].is_gone ? 0
                                     : (uint64_t)n->documents + n->acting +
                                           n->suffering + n->happening;
}

static void add_parties(struct call *c, const char *name, enum name_kind kind)
{
    const struct index *x = c->server->index;
    uint32_t best[PARTIES_SHOWN], count = 0;

    for (uint32_t i = 0; i < x->parties_count; i++) {
        uint32_t k;

        if (x->parties[i].kind != kind || !weight(x, i))
            continue;
        for (k = count; k > 0 && weight(x, best[k - 1]) < weight(x, i); k--)
            if (k < PARTIES_SHOWN)
                best[k] = best[k - 1];
        if (k < PARTIES_SHOWN) {
            best[k] = i;
            count = MIN(count + 1, PARTIES_SHOWN);
        }
    }
    json_builder_set_member_name(c->json, name);
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++)
        shape_party(c, best[i]);
    json_builder_end_array(c->json);
}

static void add_sources(struct call *c)
{
    uint32_t count, total;
    struct index_speaker *voices = index_list_voices(
        c->server->index, c->arena, NULL, 0, PARTIES_SHOWN, &count, &total);

    json_builder_set_member_name(c->json, "sources");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++)
        shape_speaker(c, &voices[i]);
    json_builder_end_array(c->json);
}

/* --- events --------------------------------------------------------------- */

static bool
add_supported(struct call *c, const char *name, enum support_kind kind)
{
    struct filter *f = filter_new(c->arena, c->server->index, c->server->k);
    uint32_t count, total, *events;
    GError *error = NULL;

    if (!filter_add(f, FILTER_SUPPORT, support_words[kind], &error)) {
        call_fail(c, error);
        return false;
    }
    events = index_list_events(
        f, c->arena, EVENTS_CLAIMS, 0, EVENTS_SHOWN, &count, &total);
    json_builder_set_member_name(c->json, name);
    json_builder_begin_object(c->json);
    member_number(c->json, "count", total);
    shape_events(c, "items", events, count);
    json_builder_end_object(c->json);
    return !c->is_refused;
}

/* --- review --------------------------------------------------------------- */

static uint32_t count_of(const struct facet *f, const char *value)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (!strcmp(f->values[i].value, value))
            return f->values[i].count;
    return 0;
}

static bool add_uncertain(struct call *c)
{
    struct filter *f = filter_new(c->arena, c->server->index, c->server->k);
    GError *error = NULL;

    if (filter_add(f, FILTER_VERDICT, verdict_word(VERDICT_OPEN), &error))
        return shape_claims(
            c, "least_certain", f, ORDER_CONFIDENCE, CLAIMS_SHOWN);
    call_fail(c, error);
    return false;
}

static uint32_t count_proposals(struct call *c)
{
    uint32_t count, total;

    index_list_bonds(
        c->server->index, c->arena, KIND_ANY, 0, 1, &count, &total);
    return total;
}

static void add_review(struct call *c, const struct facet *facets)
{
    JsonBuilder *b = c->json;

    json_builder_set_member_name(b, "review");
    json_builder_begin_object(b);
    for (int i = 0; i < VERDICT_COUNT; i++)
        member_number(
            b, verdict_word((enum verdict)i),
            count_of(&facets[FACET_VERDICT], verdict_word((enum verdict)i)));
    member_number(b, "bulk", count_of(&facets[FACET_MARK], "bulk"));
    member_number(b, "second", count_of(&facets[FACET_MARK], "second"));
    add_uncertain(c);
    member_number(b, "proposals", count_proposals(c));
    json_builder_end_object(b);
}

void answer_overview(struct call *c)
{
    const uint32_t wanted = 1U << FACET_ACT | 1U << FACET_FAMILY |
                            1U << FACET_VERDICT | 1U << FACET_MARK;
    struct filter *all = filter_new(c->arena, c->server->index, c->server->k);
    struct facet facets[FACET_COUNT];

    index_count_facets(all, c->arena, wanted, ACTS_MOST, NULL, facets);
    json_builder_begin_object(c->json);
    add_case(c);
    add_times(c, all);
    add_acts(c, facets);
    add_parties(c, "people", NAME_PERSON);
    add_parties(c, "groups", NAME_GROUP);
    add_parties(c, "places", NAME_PLACE);
    add_sources(c);
    json_builder_set_member_name(c->json, "map");
    shape_map(c, all);
    if (add_supported(c, "single", SUPPORT_SINGLE) &&
        add_supported(c, "contested", SUPPORT_CONTESTED))
        add_review(c, facets);
    if (!c->is_refused)
        json_builder_end_object(c->json);
}
