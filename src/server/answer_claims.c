/* Claims by filters: lists, facets, how they spread over time and places. */
#include "server/routes.h"
#include "server/shapes.h"
#include "server/terms.h"

#include <string.h>

/* --- lists ---------------------------------------------------------------- */

/* In the order of enum claim_order, as far as lists go, and of enum
   event_order. */
static const char *const claim_orders[] = {
    "document", "time", "-time", "confidence", "-confidence", "support", NULL};
static const char *const event_orders[] = {
    "support", "time", "-time", "claims", NULL};

void answer_claims(struct call *c)
{
    struct filter *f = filter_of_call(c);
    uint32_t count, total, *claims;
    struct page p;
    int order;

    if (!f || !call_page(c, &p) ||
        !call_choice(c, "sort", claim_orders, &order))
        return;
    claims = index_list_claims(
        f, c->arena, (enum claim_order)order, page_offset(&p),
        (uint32_t)p.limit, &count, &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count && !c->is_refused; i++)
        shape_claim(c, claims[i]);
    shape_list_end(c);
}

void answer_events(struct call *c)
{
    struct filter *f = filter_of_call(c);
    uint32_t count, total, *events;
    struct page p;
    int order;

    if (!f || !call_page(c, &p) ||
        !call_choice(c, "sort", event_orders, &order))
        return;
    events = index_list_events(
        f, c->arena, (enum event_order)order, page_offset(&p),
        (uint32_t)p.limit, &count, &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count && !c->is_refused; i++)
        shape_event(c, events[i]);
    shape_list_end(c);
}

/* --- facets --------------------------------------------------------------- */

static void add_facet(struct call *c, const char *name, const struct facet *f)
{
    json_builder_set_member_name(c->json, name);
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < f->count; i++) {
        json_builder_begin_object(c->json);
        member_text(c->json, "value", f->values[i].value);
        member_text(c->json, "label", f->values[i].label);
        member_number(c->json, "count", f->values[i].count);
        member_truth(c->json, "chosen", f->values[i].is_chosen);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

/* All, or those named. */
static bool find_facets(struct call *c, uint32_t *wanted)
{
    const char *const *words = call_words(c, "facet");

    *wanted = words ? 0 : (1U << FACET_COUNT) - 1;
    for (; words && *words; words++) {
        int i = 0;

        while (i < FACET_COUNT && strcmp(facet_words[i], *words) != 0)
            i++;
        if (i == FACET_COUNT) {
            call_refuse(c, REFUSAL_BAD_REQUEST, "facet: '%s' is none", *words);
            return false;
        }
        *wanted |= 1U << i;
    }
    return true;
}

void answer_facets(struct call *c)
{
    enum { SHOWN = 12, SHOWN_MOST = 500 };
    struct filter *f = filter_of_call(c);
    struct facet facets[FACET_COUNT];
    uint32_t wanted, total;
    int64_t limit;

    if (!f || !find_facets(c, &wanted) ||
        !call_number(c, "limit", 1, SHOWN_MOST, SHOWN, &limit))
        return;
    total = index_count_facets(
        f, c->arena, wanted, (uint32_t)limit, call_folded(c, "find"), facets);
    json_builder_begin_object(c->json);
    member_number(c->json, "total", total);
    json_builder_set_member_name(c->json, "facets");
    json_builder_begin_object(c->json);
    for (int i = 0; i < FACET_COUNT; i++)
        if (wanted & 1U << i)
            add_facet(c, facet_words[i], &facets[i]);
    json_builder_end_object(c->json);
    json_builder_end_object(c->json);
}

/* --- spread --------------------------------------------------------------- */

void answer_timeline(struct call *c)
{
    struct filter *f = filter_of_call(c);
    struct timeline t;

    if (!f)
        return;
    index_count_time(f, &t);
    shape_timeline(c, NULL, &t);
}

static void add_place(struct call *c, const struct index_tally *t)
{
    static const char *const precisions[] = {NULL, "town", "region", "country"};
    const struct index *x = c->server->index;
    const struct index_party *p = &x->parties[t->at];

    json_builder_begin_object(c->json);
    member_text(c->json, "id", id_words(c, 'p', p->id));
    member_text(c->json, "name", index_string(x, p->name));
    member_real(c->json, "latitude", (double)p->latitude);
    member_real(c->json, "longitude", (double)p->longitude);
    member_text(c->json, "precision", precisions[p->precision]);
    member_number(c->json, "count", t->count);
    json_builder_end_object(c->json);
}

void shape_map(struct call *c, const struct filter *f)
{
    enum { PLACES_MOST = 2000 };
    uint32_t count, unplaced;
    struct index_tally *places =
        index_count_places(f, c->arena, &count, &unplaced);

    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "items");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count && i < PLACES_MOST; i++)
        add_place(c, &places[i]);
    json_builder_end_array(c->json);
    member_number(c->json, "unplaced", unplaced);
    json_builder_end_object(c->json);
}

void answer_map(struct call *c)
{
    struct filter *f = filter_of_call(c);

    if (f)
        shape_map(c, f);
}

/* --- the queue ------------------------------------------------------------ */

struct queue {
    struct call *c;
    struct filter *f;
    enum claim_order order;
    bool is_second; /* for a second reader: whatever the first one decided */
};

/* Did who asks decide on the claim already? */
static bool has_read(struct call *c, uint32_t number)
{
    struct record_row *readers;
    uint32_t count;
    GError *error = NULL;

    if (!case_find_readers(
            c->server->k, c->arena, c->server->index->claims[number].id,
            &readers, &count, &error)) {
        call_fail(c, error);
        return false;
    }
    for (uint32_t i = 0; i < count; i++)
        if (!g_strcmp0(readers[i].who, c->session->reviewer) &&
            readers[i].verdict != VERDICT_OPEN)
            return true;
    return false;
}

/* The first two that follow, and how many there are from the first on; a second
   reader passes over what they have read. */
enum { LOOKED_AT = 256 };
static void find_turns(
    const struct queue *q, uint32_t after, uint32_t turns[2],
    uint32_t *remaining)
{
    uint32_t limit = q->is_second ? LOOKED_AT : 2, found = 0, count, total;

    *remaining = 0;
    turns[0] = turns[1] = NOWHERE;
    do {
        uint32_t *claims = index_list_following(
            q->f, q->c->arena, q->order, after, limit, &count, &total);

        for (uint32_t i = 0; i < count && found < 2; i++) {
            after = claims[i];
            if (q->is_second && has_read(q->c, after))
                continue;
            *remaining = found ? *remaining : total - i;
            turns[found++] = after;
        }
    } while (found < 2 && count == limit);
}

void answer_queue(struct call *c)
{
    static const char *const words[] = {
        "confidence", "document", "act", "party", NULL};
    static const enum claim_order orders[] = {
        ORDER_CONFIDENCE, ORDER_DOCUMENT, ORDER_ACT, ORDER_PARTY};
    struct filter *f = filter_of_call(c);
    const char *after = call_word(c, "after");
    uint32_t from = NOWHERE, remaining, turns[2];
    struct queue q = {c, f, 0, false};
    GError *error = NULL;
    int order;

    if (!f || !call_choice(c, "order", words, &order))
        return;
    q.order = orders[order];
    q.is_second = !filter_has(f, FILTER_VERDICT) &&
                  !g_strcmp0(call_word(c, "mark"), "second");
    if (after && *after && (from = call_claim(c, after)) == NOWHERE)
        return;
    if (!q.is_second && !filter_has(f, FILTER_VERDICT) &&
        !filter_add(f, FILTER_VERDICT, verdict_word(VERDICT_OPEN), &error)) {
        call_fail(c, error);
        return;
    }
    find_turns(&q, from, turns, &remaining);
    if (turns[0] == NOWHERE) {
        call_give_nothing(c);
        return;
    }
    json_builder_begin_object(c->json);
    shape_claim_full(c, turns[0]);
    member_number(c->json, "remaining", remaining);
    member_text(
        c->json, "next",
        turns[1] == NOWHERE
            ? NULL
            : id_words(c, 'c', c->server->index->claims[turns[1]].id));
    json_builder_end_object(c->json);
}
