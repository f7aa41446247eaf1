/* What reviewers hold of two: people, groups, places, events. */
#include "server/deeds.h"
#include "server/records.h"
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

/* So many are named in one split; others follow by what they are called. */
enum { NAMED_MOST = 200, RULINGS_MOST = 64 };

/* --- members -------------------------------------------------------------- */

/* The ids of a member that is a list of texts; NULL after refusing. */
static GPtrArray *find_ids(struct call *c, const char *name)
{
    JsonNode *node = json_object_get_member(c->body, name);
    JsonArray *list =
        node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    guint count = list ? json_array_get_length(list) : 0;
    GPtrArray *ids;

    if (!count || count > NAMED_MOST) {
        call_refuse(
            c, REFUSAL_BAD_REQUEST, "\"%s\" must be a list of 1 to %d ids",
            name, NAMED_MOST);
        return NULL;
    }
    ids = g_ptr_array_new();
    for (guint i = 0; i < count; i++) {
        JsonNode *at = json_array_get_element(list, i);
        const char *id = json_node_get_value_type(at) == G_TYPE_STRING
                             ? json_node_get_string(at)
                             : "";

        g_ptr_array_add(ids, (gpointer)id);
    }
    return ids;
}

/* --- parties -------------------------------------------------------------- */

/* What is on record of two parties. */
struct standing {
    int64_t one, other;
    int64_t newest;                      /* ruling on them; 0: none */
    enum ruling_verdict verdict, before; /* of the newest, of the one before */
};

static void take_ruling(const struct record_row *r, void *self)
{
    struct standing *s = self;

    if (MIN(r->one, r->other) != MIN(s->one, s->other) ||
        MAX(r->one, r->other) != MAX(s->one, s->other))
        return;
    s->newest = r->id;
    s->before = s->verdict;
    s->verdict = r->ruling;
}

/* Of s->one and s->other; false: refused. */
static bool find_standing(struct call *c, struct standing *s)
{
    struct review_cursor cursor = cursor_of_parties();
    struct arena *a = arena_new();
    GError *error = NULL;

    s->verdict = s->before = RULING_OPEN;
    if (!case_each_review(c->server->k, a, &cursor, take_ruling, s, &error))
        call_fail(c, error);
    arena_free(a);
    return !c->is_refused;
}

static bool rule_parties(
    struct call *c, struct deed *d, int64_t one, int64_t other,
    enum ruling_verdict verdict, const char *why)
{
    struct standing s = {.one = one, .other = other};
    GError *error = NULL;

    if (d && !find_standing(c, &s))
        return false;

    if (!case_rule(
            c->server->k, one, other, verdict, c->session->reviewer,
            why ? why : "", &error)) {
        call_fail(c, error);
        return false;
    }
    if (d)
        deed_add_pair(d, (struct held_pair){one, other, s.verdict});
    return true;
}

/* A deed of which nothing was done is none to take back. */
static void drop_empty(struct call *c)
{
    if (!deed_lookup(c)->pairs)
        deed_drop(c);
}

static bool can_be_one(struct call *c, uint32_t one, uint32_t other)
{
    const struct index *x = c->server->index;

    if (one == other)
        call_refuse(c, REFUSAL_BAD_REQUEST, "these are one already");
    else if (x->parties[one].kind != x->parties[other].kind)
        call_refuse(
            c, REFUSAL_BAD_REQUEST,
            "these are not of one kind (person, group, place)");
    return !c->is_refused;
}

/* One document tells two of its own apart, unless a reviewer says otherwise: so
   those of the other that stand in a document with the one are each named. */
static uint32_t
find_meetings(struct call *c, uint32_t one, uint32_t other, uint32_t *met)
{
    const struct index *x = c->server->index;
    const uint8_t *has = index_find_documents(x, c->arena, one);
    uint32_t count = 0, first = x->first_of_party[other], at = first;

    do {
        if (has[x->sightings[at].document] && count < RULINGS_MOST)
            met[count++] = x->sightings[at].referent;
        at = x->next_of_party[at];
    } while (at != first);
    return count;
}

static bool
unite_parties(struct call *c, uint32_t one, uint32_t other, const char *why)
{
    const struct index *x = c->server->index;
    int64_t first = x->parties[one].id, second = x->parties[other].id;
    struct deed *d = deed_add(c, RECORD_PARTIES, 0, 0);
    uint32_t met[RULINGS_MOST], count = find_meetings(c, one, other, met);

    if (!rule_parties(c, d, first, second, RULING_SAME, why))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (met[i] != second &&
            !rule_parties(c, d, first, met[i], RULING_SAME, why))
            return false;
    return true;
}

void answer_parties_merge(struct call *c)
{
    const char *first, *second, *why;
    uint32_t one, other;
    int64_t id;

    if (!call_text(c, "one", true, &first) ||
        !call_text(c, "other", true, &second) ||
        !call_remark(c, "why", true, &why) ||
        (one = call_party(c, first)) == NOWHERE ||
        (other = call_party(c, second)) == NOWHERE ||
        !can_be_one(c, one, other))
        return;
    id = c->server->index->parties[one].id;
    call_begin_change(c);
    if (!unite_parties(c, one, other, why)) {
        drop_empty(c);
        return;
    }
    server_look(c->server);
    shape_party_full(c, index_find_party(c->server->index, (uint64_t)id));
}

/* Those of the party that are not named: one of each spelling. */
static uint32_t find_rest(
    const struct index *x, uint32_t party, const uint32_t *named,
    uint32_t count, uint32_t *rest)
{
    uint32_t found = 0, first = x->first_of_party[party], at = first;

    do {
        uint32_t i = 0, k = 0;

        while (i < count && named[i] != at)
            i++;
        while (k < found &&
               x->sightings[rest[k]].spelling != x->sightings[at].spelling)
            k++;
        if (i == count && k == found && found < RULINGS_MOST)
            rest[found++] = at;
        at = x->next_of_party[at];
    } while (at != first);
    return found;
}

/* The named are one, and none of them is of the rest. */
static bool part_parties(
    struct call *c, const uint32_t *named, uint32_t count, const uint32_t *rest,
    uint32_t rest_count, const char *why)
{
    const struct index_sighting *all = c->server->index->sightings;
    struct deed *d = deed_add(c, RECORD_PARTIES, 0, 0);

    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < (i ? 1 : rest_count); k++)
            if (!rule_parties(
                    c, d, all[named[i]].referent, all[rest[k]].referent,
                    RULING_APART, why))
                return false;
    for (uint32_t i = 1; i < count; i++)
        if (!rule_parties(
                c, d, all[named[0]].referent, all[named[i]].referent,
                RULING_SAME, why))
            return false;
    return true;
}

static bool find_named(
    struct call *c, uint32_t party, const GPtrArray *ids, uint32_t *named)
{
    const struct index *x = c->server->index;

    for (guint i = 0; i < ids->len; i++) {
        int64_t row;

        if (!call_row(c, g_ptr_array_index(ids, i), 'p', &row))
            return false;
        named[i] = index_find_sighting(x, (uint64_t)row);
        if (named[i] == NOWHERE ||
            x->parties[x->sightings[named[i]].party].kind !=
                x->parties[party].kind) {
            call_refuse(
                c, REFUSAL_BAD_REQUEST, "%s can be no mention of it",
                (const char *)g_ptr_array_index(ids, i));
            return false;
        }
    }
    return true;
}

static void answer_two_parties(struct call *c, uint32_t one, uint32_t other)
{
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "one");
    if (!shape_party_full(c, index_party_of(c->server->index, one)))
        return;
    json_builder_set_member_name(c->json, "other");
    if (shape_party_full(c, index_party_of(c->server->index, other)))
        json_builder_end_object(c->json);
}

static void split_party(
    struct call *c, uint32_t party, const GPtrArray *ids, const char *why)
{
    uint32_t *named = arena_make(c->arena, uint32_t, ids->len);
    uint32_t rest[RULINGS_MOST], count;

    if (!find_named(c, party, ids, named))
        return;
    count = find_rest(c->server->index, party, named, ids->len, rest);
    if (!count) {
        call_refuse(
            c, REFUSAL_BAD_REQUEST,
            "that is every mention of it: name those that are somebody else");
        return;
    }
    call_begin_change(c);
    if (!part_parties(c, named, ids->len, rest, count, why)) {
        drop_empty(c);
        return;
    }
    server_look(c->server);
    answer_two_parties(c, rest[0], named[0]);
}

void answer_parties_split(struct call *c)
{
    const char *id, *why;
    uint32_t party;
    GPtrArray *ids;

    if (!call_text(c, "party", true, &id) ||
        !call_remark(c, "why", true, &why) ||
        (party = call_party(c, id)) == NOWHERE)
        return;
    ids = find_ids(c, "mentions");
    if (!ids)
        return;
    split_party(c, party, ids, why);
    g_ptr_array_free(ids, TRUE);
}

/* --- taking back ---------------------------------------------------------- */

struct seeking {
    int64_t id, one, other;
};

static void seek(const struct record_row *r, void *self)
{
    struct seeking *s = self;

    if (r->id == s->id) {
        s->one = r->one;
        s->other = r->other;
    }
}

static void refuse_late(struct call *c)
{
    call_conflict(c, "somebody has ruled on these since");
    json_builder_add_null_value(c->json);
}

/* What held of the two before the ruling holds again. */
static bool undo_parties(struct call *c, int64_t ruling)
{
    struct seeking found = {.id = ruling};
    struct review_cursor cursor = cursor_of_parties();
    struct standing s = {0};
    struct arena *a = arena_new();
    GError *error = NULL;

    if (!case_each_review(c->server->k, a, &cursor, seek, &found, &error))
        call_fail(c, error);
    else if (!found.one)
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no such ruling");
    arena_free(a);
    s.one = found.one;
    s.other = found.other;
    if (c->is_refused || !find_standing(c, &s))
        return false;
    if (s.newest == ruling)
        return rule_parties(c, NULL, s.one, s.other, s.before, "taken back");
    refuse_late(c);
    return false;
}

static bool undo_events(struct call *c, int64_t ruling)
{
    GError *error = NULL;
    uint32_t undone;

    if (case_undo_event_ruling(
            c->server->k, ruling, c->session->reviewer, &undone, &error))
        return true;
    if (g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT))
        refuse_late(c);
    else if (g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_INPUT))
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no such ruling");
    else
        call_refuse(c, REFUSAL_BROKEN, "%s", error->message);
    g_error_free(error);
    return false;
}

void answer_ruling_undo(struct call *c)
{
    const char *what;
    int64_t ruling;
    bool is_of_events;

    if (!call_whole(c, "ruling", 0, &ruling) ||
        !call_text(c, "what", false, &what))
        return;
    is_of_events = !g_strcmp0(what, "events");
    if (what && !is_of_events && strcmp(what, "parties") != 0) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "what: '%s' is none", what);
        return;
    }
    call_begin_change(c);
    if (!(is_of_events ? undo_events(c, ruling) : undo_parties(c, ruling)))
        return;
    server_look(c->server);
    json_builder_begin_object(c->json);
    member_number(c->json, "undone", ruling);
    json_builder_end_object(c->json);
}

static bool rule_events(
    struct call *c, const struct event_word *words, uint32_t count,
    const char *why)
{
    GError *error = NULL;
    int64_t id;

    if (!case_rule_events(
            c->server->k, words, count, c->session->reviewer, why, &id,
            &error)) {
        call_fail(c, error);
        return false;
    }
    deed_add(c, RECORD_EVENTS, id, words[0].one);
    return true;
}

bool rulings_undo(struct call *c, const struct deed *d)
{
    for (guint i = d->pairs->len; i-- > 0;) {
        const struct held_pair *p =
            &g_array_index(d->pairs, struct held_pair, i);

        if (!rule_parties(c, NULL, p->one, p->other, p->before, "taken back"))
            return false;
    }
    return true;
}

/* --- events --------------------------------------------------------------- */

void answer_events_merge(struct call *c)
{
    const struct index *x = c->server->index;
    const char *first, *second, *why;
    struct event_word word = {.verdict = RULING_SAME};
    uint32_t one, other;

    if (!call_text(c, "one", true, &first) ||
        !call_text(c, "other", true, &second) ||
        !call_remark(c, "why", true, &why) ||
        (one = call_event(c, first)) == NOWHERE ||
        (other = call_event(c, second)) == NOWHERE)
        return;
    if (one == other) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "these are one already");
        return;
    }
    word.one = x->claims[x->events[one].first].id;
    word.other = x->claims[x->events[other].first].id;
    call_begin_change(c);
    if (!rule_events(c, &word, 1, why))
        return;
    server_look(c->server);
    shape_event_full(c, index_find_event(x, (uint64_t)word.one));
}

/* Claims of the event that are not named. */
static uint32_t find_others(
    const struct index *x, uint32_t event, const uint32_t *named,
    uint32_t count, uint32_t *others)
{
    uint32_t found = 0, first = x->events[event].first, at = first;

    do {
        uint32_t i = 0;

        while (i < count && named[i] != at)
            i++;
        if (i == count && found < RULINGS_MOST)
            others[found++] = at;
        at = x->next_of_event[at];
    } while (at != first);
    return found;
}

static bool part_events(
    struct call *c, const uint32_t *named, uint32_t count,
    const uint32_t *others, uint32_t other_count, const char *why)
{
    const struct index_claim *all = c->server->index->claims;
    struct event_word *words =
        arena_make(c->arena, struct event_word, other_count + 2 * count);
    uint32_t made = 0;

    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < (i ? 1 : other_count); k++)
            words[made++] = (struct event_word){
                all[named[i]].id, all[others[k]].id, RULING_APART};
    for (uint32_t i = 1; i < count; i++)
        words[made++] = (struct event_word){
            all[named[0]].id, all[named[i]].id, RULING_SAME};
    return rule_events(c, words, made, why);
}

static bool find_claims(
    struct call *c, uint32_t event, const GPtrArray *ids, uint32_t *named)
{
    const struct index *x = c->server->index;

    for (guint i = 0; i < ids->len; i++) {
        named[i] = call_claim(c, g_ptr_array_index(ids, i));
        if (named[i] == NOWHERE)
            return false;
        if (x->claims[named[i]].event != event) {
            call_refuse(
                c, REFUSAL_BAD_REQUEST, "%s is no claim of this event",
                (const char *)g_ptr_array_index(ids, i));
            return false;
        }
    }
    return true;
}

static void split_event(
    struct call *c, uint32_t event, const GPtrArray *ids, const char *why)
{
    const struct index *x = c->server->index;
    uint32_t *named = arena_make(c->arena, uint32_t, ids->len);
    uint32_t others[RULINGS_MOST], count;

    if (!find_claims(c, event, ids, named))
        return;
    count = find_others(x, event, named, ids->len, others);
    if (!count) {
        call_refuse(
            c, REFUSAL_BAD_REQUEST,
            "that is every claim of it: name those of another event");
        return;
    }
    call_begin_change(c);
    if (!part_events(c, named, ids->len, others, count, why))
        return;
    server_look(c->server);
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "one");
    shape_event_full(c, x->claims[others[0]].event);
    if (c->is_refused)
        return;
    json_builder_set_member_name(c->json, "other");
    shape_event_full(c, x->claims[named[0]].event);
    if (!c->is_refused)
        json_builder_end_object(c->json);
}

void answer_events_split(struct call *c)
{
    const char *id, *why;
    uint32_t event;
    GPtrArray *ids;

    if (!call_text(c, "event", true, &id) ||
        !call_remark(c, "why", true, &why) ||
        (event = call_event(c, id)) == NOWHERE)
        return;
    ids = find_ids(c, "claims");
    if (!ids)
        return;
    split_event(c, event, ids, why);
    g_ptr_array_free(ids, TRUE);
}
