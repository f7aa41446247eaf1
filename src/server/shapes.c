#include "server/shapes.h"

#include <string.h>

/* --- ids ------------------------------------------------------------------ */

const char *id_words(struct call *c, char letter, uint64_t row)
{
    return arena_print(c->arena, "%c%" G_GUINT64_FORMAT, letter, row);
}

static uint32_t find_row(
    struct call *c, const char *id, char letter,
    uint32_t (*find)(const struct index *x, uint64_t id))
{
    int64_t row;
    uint32_t at;

    if (!call_row(c, id, letter, &row))
        return NOWHERE;
    at = find(c->server->index, (uint64_t)row);
    if (at == NOWHERE)
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no %s", id);
    return at;
}

uint32_t call_claim(struct call *c, const char *id)
{
    return find_row(c, id, 'c', index_find_claim);
}

uint32_t call_event(struct call *c, const char *id)
{
    return find_row(c, id, 'e', index_find_event);
}

uint32_t call_party(struct call *c, const char *id)
{
    return find_row(c, id, 'p', index_find_party);
}

uint32_t call_document(struct call *c, const char *id)
{
    return find_row(c, id, 'd', index_find_document);
}

/* --- filters -------------------------------------------------------------- */

static bool
add_term(struct call *c, struct filter *f, const char *name, const char *value)
{
    GError *error = NULL;

    for (int i = 0; *value && i < FILTER_COUNT; i++) {
        if (strcmp(filter_words[i], name) != 0)
            continue;
        if (filter_add(f, (enum filter_kind)i, value, &error))
            return true;
        call_fail(c, error);
        return false;
    }
    return true;
}

struct filter *filter_of_call(struct call *c)
{
    struct filter *f = filter_new(c->arena, c->server->index, c->server->k);

    for (uint32_t i = 0; i < c->term_count; i++)
        if (!add_term(c, f, c->terms[i].name, c->terms[i].value))
            return NULL;
    return f;
}

bool filter_of_words(struct call *c, struct filter *f, const char *words)
{
    GUriParamsIter at;
    GError *error = NULL;
    char *name, *value;
    bool good = true;

    g_uri_params_iter_init(&at, words, -1, "&", G_URI_PARAMS_WWW_FORM);
    while (good && g_uri_params_iter_next(&at, &name, &value, &error)) {
        good = add_term(c, f, name, value);
        g_free(name);
        g_free(value);
    }
    if (!error)
        return good;
    call_refuse(c, REFUSAL_BAD_REQUEST, "\"filter\" is no query");
    g_error_free(error);
    return false;
}

/* --- parts of claims ------------------------------------------------------ */

struct keeping {
    struct arena *a;
    struct claim_row *row; /* NULL until it is there */
};

static struct spans keep_spans(struct arena *a, struct spans s)
{
    struct span *at = arena_make(a, struct span, s.count);

    for (uint32_t i = 0; i < s.count; i++)
        at[i] = s.at[i];
    return (struct spans){at, s.count};
}

static void keep_source(struct arena *a, struct source_row *s)
{
    s->source.spans = keep_spans(a, s->source.spans);
    s->source.text = arena_keep(a, s->source.text);
    s->source.name = arena_keep(a, s->source.name);
    s->source.key = arena_keep(a, s->source.key);
    s->source.abbreviation = arena_keep(a, s->source.abbreviation);
    s->cue = keep_spans(a, s->cue);
    s->content = keep_spans(a, s->content);
}

/* What is told of its document and its sources lives only while it is taken. */
static bool keep_row(const struct claim_row *row, void *self)
{
    struct keeping *w = self;

    w->row = arena_make(w->a, struct claim_row, 1);
    *w->row = *row;
    w->row->document_name = arena_keep(w->a, row->document_name);
    w->row->document_date = arena_keep(w->a, row->document_date);
    w->row->publisher = arena_keep(w->a, row->publisher);
    for (uint32_t i = 0; i < row->source_count; i++)
        keep_source(w->a, &w->row->sources[i]);
    return false;
}

const struct claim_row *
claim_load(struct call *c, struct arena *a, uint32_t claim)
{
    struct claim_filter one = {.id = c->server->index->claims[claim].id};
    struct keeping w = {.a = a};
    GError *error = NULL;

    if (case_find_claims(c->server->k, a, &one, keep_row, &w, &error))
        return w.row;
    call_fail(c, error);
    return NULL;
}

void shape_spans(
    struct call *c, const char *name, struct spans s, const struct offsets *o)
{
    json_builder_set_member_name(c->json, name);
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < s.count; i++) {
        json_builder_begin_array(c->json);
        json_builder_add_int_value(c->json, offsets_find(o, s.at[i].from));
        json_builder_add_int_value(c->json, offsets_find(o, s.at[i].to));
        json_builder_end_array(c->json);
    }
    json_builder_end_array(c->json);
}

static void member_party(struct call *c, uint32_t sighting)
{
    uint32_t party = index_party_of(c->server->index, sighting);

    member_text(
        c->json, "party",
        party == NOWHERE
            ? NULL
            : id_words(c, 'p', c->server->index->parties[party].id));
}

void shape_phrase(
    struct call *c, const char *name, const struct phrase_row *p,
    uint32_t sighting, const struct offsets *o)
{
    json_builder_set_member_name(c->json, name);
    if (!p->text) {
        json_builder_add_null_value(c->json);
        return;
    }
    json_builder_begin_object(c->json);
    member_text(c->json, "text", p->text);
    member_text(
        c->json, "name",
        p->name && strcmp(p->name, p->text) != 0 ? p->name : NULL);
    member_party(c, sighting);
    if (o)
        shape_spans(c, "spans", p->spans, o);
    json_builder_end_object(c->json);
}

void shape_source_name(struct call *c, const struct index_claim *claim)
{
    const struct index *x = c->server->index;
    uint32_t party = index_party_of(x, claim->source);
    const char *voice = index_voice(x, claim);

    member_text(
        c->json, "id",
        party == NOWHERE ? arena_print(c->arena, "n:%s", voice)
                         : id_words(c, 'p', x->parties[party].id));
    member_text(c->json, "name", *voice ? voice : "somebody unnamed");
}

static void member_time(struct call *c, const struct claim_row *row)
{
    json_builder_set_member_name(c->json, "time");
    if (!row->time_text && !row->first && !row->last) {
        json_builder_add_null_value(c->json);
        return;
    }
    json_builder_begin_object(c->json);
    member_text(c->json, "text", row->time_text);
    member_text(c->json, "from", row->first);
    member_text(c->json, "to", row->last);
    json_builder_end_object(c->json);
}

static void member_contests(struct call *c, unsigned contests)
{
    static const char *const words[] = {"denied", "figures", "days", "actors"};

    json_builder_set_member_name(c->json, "contests");
    json_builder_begin_array(c->json);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (contests >> i & 1)
            json_builder_add_string_value(c->json, words[i]);
    json_builder_end_array(c->json);
}

static void member_marks(struct call *c, unsigned marks)
{
    json_builder_set_member_name(c->json, "marks");
    json_builder_begin_array(c->json);
    for (int i = 0; i < MARKS_ASKED; i++)
        if (marks >> i & 1)
            json_builder_add_string_value(c->json, mark_words[i]);
    json_builder_end_array(c->json);
}

/* --- claims --------------------------------------------------------------- */

void member_act(struct call *c, uint32_t act)
{
    const char *code = index_act(c->server->index, act);

    member_text(c->json, "act", code);
    member_text(c->json, "label", index_act_label(c->server->index, act));
    member_text(
        c->json, "family", arena_copy(c->arena, code, strcspn(code, ".")));
}

static void member_event(struct call *c, const struct index_claim *claim)
{
    const struct index *x = c->server->index;
    uint32_t event = index_event_of(claim);
    const struct index_event *e = event == NOWHERE ? NULL : &x->events[event];

    member_text(
        c->json, "event", e ? id_words(c, 'e', x->claims[e->first].id) : NULL);
    member_number(c->json, "support", e ? e->support : 0);
    member_number(c->json, "deniers", e ? e->deniers : 0);
    member_contests(c, e ? e->contests : 0);
}

void shape_document_name(struct call *c, const char *name, uint32_t document)
{
    const struct index *x = c->server->index;
    const struct index_document *d = &x->documents[document];

    json_builder_set_member_name(c->json, name);
    json_builder_begin_object(c->json);
    member_text(c->json, "id", id_words(c, 'd', d->id));
    member_text(c->json, "name", index_string(x, d->name));
    member_text(c->json, "title", d->title ? index_string(x, d->title) : NULL);
    member_text(c->json, "date", d->date ? index_string(x, d->date) : NULL);
    json_builder_end_object(c->json);
}

static void member_source(struct call *c, const struct index_claim *claim)
{
    json_builder_set_member_name(c->json, "source");
    json_builder_begin_object(c->json);
    shape_source_name(c, claim);
    json_builder_end_object(c->json);
}

/* What a claim in short and one in full have in common. */
void shape_claim_members(
    struct call *c, uint32_t number, const struct claim_row *row)
{
    const struct index_claim *claim = &c->server->index->claims[number];

    member_text(c->json, "id", id_words(c, 'c', claim->id));
    member_act(c, claim->act);
    shape_phrase(
        c, "actor", &row->roles[ROLE_ACTOR], claim->roles[ROLE_ACTOR], NULL);
    shape_phrase(
        c, "target", &row->roles[ROLE_TARGET], claim->roles[ROLE_TARGET], NULL);
    shape_phrase(
        c, "place", &row->roles[ROLE_PLACE], claim->roles[ROLE_PLACE], NULL);
    member_text(c->json, "modality", modality_word(row->modality));
    member_truth(c->json, "negative", row->negative);
    member_source(c, claim);
    member_text(c->json, "publisher", row->publisher);
    shape_document_name(c, "document", claim->document);
    member_event(c, claim);
    member_real(c->json, "confidence", row->confidence);
    member_text(c->json, "verdict", verdict_word((enum verdict)claim->verdict));
    member_marks(c, claim->marks);
    member_text(c->json, "sentence", row->sentence_text);
}

bool shape_claim(struct call *c, uint32_t claim)
{
    struct arena *a = arena_new();
    const struct claim_row *row = claim_load(c, a, claim);

    if (row) {
        json_builder_begin_object(c->json);
        shape_claim_members(c, claim, row);
        member_time(c, row);
        json_builder_end_object(c->json);
    }
    arena_free(a);
    return row != NULL;
}

bool shape_claims(
    struct call *c, const char *name, const struct filter *f,
    enum claim_order order, uint32_t most)
{
    uint32_t count, total;
    uint32_t *claims =
        index_list_claims(f, c->arena, order, 0, most, &count, &total);

    json_builder_set_member_name(c->json, name);
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count && !c->is_refused; i++)
        shape_claim(c, claims[i]);
    json_builder_end_array(c->json);
    return !c->is_refused;
}

/* --- events --------------------------------------------------------------- */

static const char *words_of(const struct phrase_row *p)
{
    return p->name ? p->name : p->text;
}

static void member_days(struct call *c, const struct index_claim *claim)
{
    bool is_told = !(claim->marks & MARK_REPORTED);

    json_builder_set_member_name(c->json, "time");
    json_builder_begin_object(c->json);
    member_text(
        c->json, "from",
        is_told ? index_day_words(c->arena, claim->first) : NULL);
    member_text(
        c->json, "to", is_told ? index_day_words(c->arena, claim->last) : NULL);
    json_builder_end_object(c->json);
}

static void member_title(
    struct call *c, const struct index_claim *head, const struct claim_row *row)
{
    const char *actor = words_of(&row->roles[ROLE_ACTOR]);
    const char *target = words_of(&row->roles[ROLE_TARGET]);

    member_text(
        c->json, "title",
        arena_print(
            c->arena, "%s: %s → %s",
            index_act_label(c->server->index, head->act), actor ? actor : "…",
            target ? target : "…"));
}

/* Also the beginning of an event in full. */
void shape_event_members(
    struct call *c, uint32_t event, const struct claim_row *row)
{
    const struct index *x = c->server->index;
    const struct index_event *e = &x->events[event];
    const struct index_claim *head = &x->claims[e->head];

    member_text(c->json, "id", id_words(c, 'e', x->claims[e->first].id));
    member_act(c, head->act);
    shape_phrase(
        c, "actor", &row->roles[ROLE_ACTOR], head->roles[ROLE_ACTOR], NULL);
    shape_phrase(
        c, "target", &row->roles[ROLE_TARGET], head->roles[ROLE_TARGET], NULL);
    shape_phrase(
        c, "place", &row->roles[ROLE_PLACE], head->roles[ROLE_PLACE], NULL);
    member_days(c, head);
    member_number(c->json, "claims", e->claims);
    member_number(c->json, "documents", e->documents);
    member_number(c->json, "publishers", e->publishers);
    member_number(c->json, "support", e->support);
    member_number(c->json, "deniers", e->deniers);
    member_contests(c, e->contests);
    member_title(c, head, row);
}

bool shape_event(struct call *c, uint32_t event)
{
    struct arena *a = arena_new();
    const struct claim_row *row =
        claim_load(c, a, c->server->index->events[event].head);

    if (row) {
        json_builder_begin_object(c->json);
        shape_event_members(c, event, row);
        json_builder_end_object(c->json);
    }
    arena_free(a);
    return row != NULL;
}

bool shape_events(
    struct call *c, const char *name, const uint32_t *events, uint32_t count)
{
    if (name)
        json_builder_set_member_name(c->json, name);
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count && !c->is_refused; i++)
        shape_event(c, events[i]);
    json_builder_end_array(c->json);
    return !c->is_refused;
}

/* --- lists ---------------------------------------------------------------- */

void shape_list_begin(struct call *c, uint32_t total, const struct page *p)
{
    json_builder_begin_object(c->json);
    member_number(c->json, "total", total);
    member_number(c->json, "offset", p->offset);
    json_builder_set_member_name(c->json, "items");
    json_builder_begin_array(c->json);
}

void shape_list_end(struct call *c)
{
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}

static void shape_buckets(struct call *c, const struct timeline *t)
{
    json_builder_set_member_name(c->json, "buckets");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < t->count; i++) {
        json_builder_begin_object(c->json);
        member_text(
            c->json, "from", index_day_words(c->arena, t->buckets[i].from));
        member_text(c->json, "to", index_day_words(c->arena, t->buckets[i].to));
        member_number(c->json, "count", t->buckets[i].count);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

void shape_timeline(struct call *c, const char *name, const struct timeline *t)
{
    if (name)
        json_builder_set_member_name(c->json, name);
    json_builder_begin_object(c->json);
    member_text(c->json, "unit", t->unit);
    shape_buckets(c, t);
    member_number(c->json, "undated", t->undated);
    member_text(c->json, "first", index_day_words(c->arena, t->first));
    member_text(c->json, "last", index_day_words(c->arena, t->last));
    json_builder_end_object(c->json);
}
