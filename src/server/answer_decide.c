/* What reviewers decide of claims. */
#include "server/deeds.h"
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

/* --- what all have -------------------------------------------------------- */

/* The claim of the path and what is said of it; NOWHERE after refusing. */
static uint32_t begin(struct call *c, struct review *r, bool needs_why)
{
    uint32_t number = call_claim(c, c->id[0]);

    if (number == NOWHERE || !call_remark(c, "why", needs_why, &r->why) ||
        !call_whole(c, "version", 0, &r->version))
        return NOWHERE;
    call_begin_change(c);
    r->claim = (int64_t)c->server->index->claims[number].id;
    r->who = c->session->reviewer;
    return number;
}

/* A claim that was replaced since is another one: what was decided on the old
   id is not held of the new. */
static bool is_same(struct call *c, const struct review *r)
{
    if (!strcmp(c->id[0], id_words(c, 'c', (uint64_t)r->claim)))
        return true;
    call_conflict(c, "somebody has corrected this claim since you saw it");
    return false;
}

/* After a change that worked or did not: the claim as it is now. */
static void end(struct call *c, uint32_t number, bool good, GError *error)
{
    bool is_late =
        !good && g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT);

    server_look(c->server);
    if (!good && !is_late) {
        call_fail(c, error);
        return;
    }
    if (is_late) {
        call_conflict(c, "somebody has decided on this claim since you saw it");
        g_error_free(error);
    }
    answer_claim_number(c, number);
}

/* --- deciding ------------------------------------------------------------- */

static bool find_verdict(struct call *c, enum verdict *out)
{
    const char *word;

    if (!call_text(c, "verdict", true, &word))
        return false;
    for (int i = 0; i < VERDICT_COUNT; i++)
        if (!strcmp(word, verdict_word((enum verdict)i))) {
            *out = (enum verdict)i;
            return true;
        }
    call_refuse(c, REFUSAL_BAD_REQUEST, "verdict: '%s' is none", word);
    return false;
}

void answer_decision(struct call *c)
{
    enum verdict verdict;
    struct review r;
    uint32_t number;
    GError *error = NULL;
    int64_t id;
    bool good;

    if (!find_verdict(c, &verdict))
        return;
    number = begin(c, &r, verdict == VERDICT_REJECTED);
    if (number == NOWHERE)
        return;
    if (!is_same(c, &r)) {
        answer_claim_number(c, number);
        return;
    }
    good = case_decide(c->server->k, &r, verdict, &id, &error);
    if (good)
        deed_add(c, RECORD_DECISION, id, r.claim);
    end(c, number, good, error);
}

void answer_note(struct call *c)
{
    struct review r;
    uint32_t number = begin(c, &r, false);
    GError *error = NULL;
    bool good;

    if (number == NOWHERE || !call_remark(c, "text", true, &r.why))
        return;
    r.version = 0; /* notes contradict nothing */
    good = case_note(c->server->k, &r, NULL, &error);
    end(c, number, good, error);
}

void answer_second(struct call *c)
{
    struct review r;
    uint32_t number = begin(c, &r, false);
    GError *error = NULL;
    bool asked, good;

    if (number == NOWHERE || !call_truth(c, "asked", &asked))
        return;
    r.version = 0;
    good = case_ask_second(c->server->k, &r, asked, NULL, &error);
    end(c, number, good, error);
}

/* --- correcting ----------------------------------------------------------- */

static bool find_act(struct call *c, struct correction *out)
{
    const struct table *acts = c->server->acts;

    if (!call_text(c, "act", false, &out->act))
        return false;
    for (size_t i = 0; out->act && i < table_count(acts); i++)
        if (!strcmp(table_cell(acts, i, 0), out->act))
            return true;
    if (!out->act)
        return true;
    call_refuse(c, REFUSAL_BAD_REQUEST, "act: '%s' is none", out->act);
    return false;
}

static bool find_modality(struct call *c, struct correction *out)
{
    const char *word;

    if (!call_text(c, "modality", false, &word))
        return false;
    for (int i = 0; word && i < MODALITY_COUNT; i++)
        if (!strcmp(word, modality_word((enum modality)i)))
            out->modality = i;
    if (!word || out->modality >= 0)
        return true;
    call_refuse(c, REFUSAL_BAD_REQUEST, "modality: '%s' is none", word);
    return false;
}

static bool find_polarity(struct call *c, struct correction *out)
{
    bool negative;

    if (!json_object_has_member(c->body, "negative"))
        return true;
    if (!call_truth(c, "negative", &negative))
        return false;
    out->negative = negative;
    return true;
}

/* Code points become bytes. */
struct ruler {
    struct str text;
    int64_t points; /* in all */
};

static uint32_t byte_of(const struct ruler *r, int64_t point)
{
    const char *start = r->text.at;

    return (uint32_t)(g_utf8_offset_to_pointer(start, (glong)point) - start);
}

static bool is_whole(JsonNode *node)
{
    return json_node_get_value_type(node) == G_TYPE_INT64;
}

/* [[from, to], ...] in order. */
static bool parse_spans(
    struct call *c, const struct ruler *r, JsonNode *node, struct spans *out)
{
    enum { SPANS_MOST = 16 };
    JsonArray *list =
        node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
    guint count = list ? json_array_get_length(list) : 0;
    int64_t last = 0;

    if (!count || count > SPANS_MOST)
        return false;
    out->at = arena_make(c->arena, struct span, count);
    for (guint i = 0; i < count; i++) {
        JsonNode *pair = json_array_get_element(list, i);
        JsonArray *ends =
            JSON_NODE_HOLDS_ARRAY(pair) ? json_node_get_array(pair) : NULL;
        int64_t from, to;

        if (!ends || json_array_get_length(ends) != 2 ||
            !is_whole(json_array_get_element(ends, 0)) ||
            !is_whole(json_array_get_element(ends, 1)))
            return false;
        from = json_array_get_int_element(ends, 0);
        to = json_array_get_int_element(ends, 1);
        if (from < last || from >= to || to > r->points)
            return false;
        out->at[out->count++] = (struct span){byte_of(r, from), byte_of(r, to)};
        last = to;
    }
    return true;
}

static bool find_role(
    struct call *c, const struct ruler *r, JsonObject *roles, enum role role,
    struct correction *out)
{
    JsonNode *node = json_object_get_member(roles, role_word(role));
    JsonObject *object;

    if (!node)
        return true;
    if (JSON_NODE_HOLDS_NULL(node)) {
        out->roles[role].how = AMEND_CLEAR;
        return true;
    }
    object = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    out->roles[role].how = AMEND_SET;
    if (object && parse_spans(
                      c, r, json_object_get_member(object, "spans"),
                      &out->roles[role].spans))
        return true;
    call_refuse(
        c, REFUSAL_BAD_REQUEST,
        "%s: \"spans\" must be [[from, to], ...] within the document",
        role_word(role));
    return false;
}

static bool
find_roles(struct call *c, const struct ruler *r, struct correction *out)
{
    JsonNode *node = json_object_get_member(c->body, "roles");

    if (!node || JSON_NODE_HOLDS_NULL(node))
        return true;
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "\"roles\" must be an object");
        return false;
    }
    for (int i = 0; i < ROLE_COUNT; i++)
        if (!find_role(c, r, json_node_get_object(node), (enum role)i, out))
            return false;
    return true;
}

/* NULL where it is no text. */
static const char *
find_day(JsonObject *time, const char *name, const char *otherwise)
{
    JsonNode *node = json_object_get_member(time, name);

    if (!node)
        return otherwise;
    return json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

static bool find_time(struct call *c, struct correction *out)
{
    JsonNode *node = json_object_get_member(c->body, "time");
    JsonObject *time;

    if (!node)
        return true;
    if (JSON_NODE_HOLDS_NULL(node)) {
        out->time = AMEND_CLEAR;
        return true;
    }
    time = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
    out->time = AMEND_SET;
    if (time) {
        out->first = find_day(time, "from", NULL);
        out->last = find_day(time, "to", out->first);
    }
    if (out->first && index_day(out->first) != DAY_NONE &&
        index_day(out->last) != DAY_NONE)
        return true;
    call_refuse(
        c, REFUSAL_BAD_REQUEST,
        "\"time\" must have days like 2012-02-21, \"from\" and \"to\"");
    return false;
}

static bool
find_correction(struct call *c, uint32_t number, struct correction *out)
{
    const struct index *x = c->server->index;
    uint32_t document = x->documents[x->claims[number].document].id;
    GError *error = NULL;
    const struct document_row *d =
        case_find_document(c->server->k, call_arena(c), document, &error);
    struct ruler r;

    if (error) {
        call_fail(c, error);
        return false;
    }
    if (!d) {
        call_refuse(c, REFUSAL_NOT_FOUND, "the document has changed since");
        return false;
    }
    r.text = (struct str){
        arena_copy(c->arena, d->text.at, d->text.len), d->text.len};
    r.points = g_utf8_strlen(r.text.at, (gssize)r.text.len);
    return find_act(c, out) && find_modality(c, out) && find_polarity(c, out) &&
           find_roles(c, &r, out) && find_time(c, out);
}

void answer_correction(struct call *c)
{
    struct correction correction = CORRECTION_NONE;
    struct review r;
    uint32_t number = begin(c, &r, false);
    GError *error = NULL;
    int64_t id;
    bool good;

    if (number == NOWHERE || !find_correction(c, number, &correction))
        return;
    if (!is_same(c, &r)) {
        answer_claim_number(c, number);
        return;
    }
    good = case_correct(c->server->k, &r, &correction, &id, &error);
    if (good)
        deed_add(c, RECORD_CORRECTION, id, id);
    end(c, number, good, error);
}

/* --- many at once --------------------------------------------------------- */

static struct filter *find_bulk(struct call *c)
{
    struct filter *f = filter_new(c->arena, c->server->index, c->server->k);
    GError *error = NULL;
    const char *words;

    if (!call_text(c, "filter", false, &words) ||
        (words && !filter_of_words(c, f, words)))
        return NULL;
    if (filter_has(f, FILTER_VERDICT))
        return f;
    if (filter_add(f, FILTER_VERDICT, verdict_word(VERDICT_OPEN), &error))
        return f;
    call_fail(c, error);
    return NULL;
}

static bool find_most(struct call *c, int64_t *most)
{
    if (!call_whole(c, "most", 0, most))
        return false;
    if (*most > 0)
        return true;
    call_refuse(c, REFUSAL_BAD_REQUEST, "\"most\" must be how many you expect");
    return false;
}

static void decide_all(
    struct call *c, const uint32_t *claims, uint32_t count,
    enum verdict verdict, const char *why)
{
    int64_t *ids = arena_make(c->arena, int64_t, count);
    uint32_t decided;
    GError *error = NULL;

    for (uint32_t i = 0; i < count; i++)
        ids[i] = (int64_t)c->server->index->claims[claims[i]].id;
    call_begin_change(c);
    if (!case_decide_all(
            c->server->k, ids, count, verdict, c->session->reviewer, why,
            &decided, &error)) {
        call_fail(c, error);
        return;
    }
    server_look(c->server);
    json_builder_begin_object(c->json);
    member_number(c->json, "decided", decided);
    json_builder_end_object(c->json);
}

/* One of the decisions stands for all that were made with it. */
static void remember_bulk(struct call *c, int64_t claim)
{
    struct record_row *readers;
    uint32_t count;

    if (!case_find_readers(
            c->server->k, c->arena, claim, &readers, &count, NULL))
        return;
    for (uint32_t i = count; i-- > 0;)
        if (readers[i].bulk &&
            !g_strcmp0(readers[i].who, c->session->reviewer)) {
            deed_add(c, RECORD_DECISION, readers[i].id, claim);
            return;
        }
}

void answer_bulk(struct call *c)
{
    struct filter *f = find_bulk(c);
    enum verdict verdict;
    const char *why;
    uint32_t count, total, *claims;
    int64_t most, first;

    if (!f || !find_verdict(c, &verdict) || !find_most(c, &most) ||
        !call_remark(c, "why", verdict == VERDICT_REJECTED, &why))
        return;
    claims = index_list_claims(
        f, c->arena, ORDER_DOCUMENT, 0, (uint32_t)MIN(most, UINT32_MAX / 4),
        &count, &total);
    if (total > most) {
        call_conflict(c, "there are more of these claims by now");
        json_builder_add_int_value(c->json, total);
        return;
    }
    first = count ? (int64_t)c->server->index->claims[claims[0]].id : 0;
    decide_all(c, claims, count, verdict, why);
    if (count && !c->is_refused)
        remember_bulk(c, first);
}

/* --- undoing -------------------------------------------------------------- */

static void add_undone(struct call *c, const struct deed *d, int64_t claim)
{
    uint32_t number =
        claim ? index_find_claim(c->server->index, (uint64_t)claim) : NOWHERE;

    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "undone");
    json_builder_begin_object(c->json);
    member_number(c->json, "id", d->id);
    member_text(
        c->json, "what",
        d->pairs || d->what == RECORD_EVENTS ? "ruling" : record_word(d->what));
    json_builder_end_object(c->json);
    json_builder_set_member_name(c->json, "claim");
    if (number == NOWHERE)
        json_builder_add_null_value(c->json);
    else
        answer_claim_number(c, number);
    json_builder_end_object(c->json);
}

static bool undo(struct call *c, const struct deed *d, int64_t *claim)
{
    const char *who = c->session->reviewer;
    GError *error = NULL;
    uint32_t undone;
    bool good;

    if (d->pairs)
        return rulings_undo(c, d);
    if (d->what == RECORD_CORRECTION)
        good = case_undo_correction(c->server->k, d->id, who, claim, &error);
    else if (d->what == RECORD_EVENTS)
        good =
            case_undo_event_ruling(c->server->k, d->id, who, &undone, &error);
    else
        good = case_undo_decision(c->server->k, d->id, who, &undone, &error);
    if (good)
        return true;
    if (g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT)) {
        call_conflict(c, "somebody has decided on it since");
        json_builder_add_null_value(c->json);
        g_error_free(error);
        deed_drop(c);
    } else {
        call_fail(c, error);
    }
    return false;
}

void answer_undo(struct call *c)
{
    struct deed *d = deed_lookup(c);
    int64_t claim;

    if (!d) {
        call_refuse(c, REFUSAL_NOT_FOUND, "there is nothing to take back");
        return;
    }
    claim = d->claim;
    call_begin_change(c);
    if (!undo(c, d, &claim))
        return;
    server_look(c->server);
    add_undone(c, d, claim);
    deed_drop(c);
}
