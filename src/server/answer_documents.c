/* Documents: their list, and one in full. */
#include "server/deeds.h"
#include "server/routes.h"
#include "server/shapes.h"
#include "server/terms.h"

#include <string.h>

/* --- the list ------------------------------------------------------------- */

static const char *const orders[] = {"name", "date", "-date", "-claims", NULL};

void answer_documents(struct call *c)
{
    struct page p;
    uint32_t count, total, *documents;
    const char *find;
    int order;

    if (!call_page(c, &p) || !call_choice(c, "sort", orders, &order))
        return;
    find = call_folded(c, "find");
    documents = index_list_documents(
        c->server->index, c->arena, find, (enum document_order)order,
        page_offset(&p), (uint32_t)p.limit, &count, &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count; i++)
        shape_document(c, documents[i]);
    shape_list_end(c);
}

/* --- in full -------------------------------------------------------------- */

struct reading_room {
    struct call *c;
    const struct offsets *o;
};

static void add_span(struct call *c, struct span s, const struct offsets *o)
{
    json_builder_begin_array(c->json);
    json_builder_add_int_value(c->json, offsets_find(o, s.from));
    json_builder_add_int_value(c->json, offsets_find(o, s.to));
    json_builder_end_array(c->json);
}

/* null where there is none. */
static void member_spans(
    struct call *c, const char *name, struct spans s, const struct offsets *o)
{
    if (s.count)
        shape_spans(c, name, s, o);
    else
        member_text(c->json, name, NULL);
}

static void
add_roles(struct call *c, const struct claim_row *row, const struct offsets *o)
{
    json_builder_set_member_name(c->json, "roles");
    json_builder_begin_object(c->json);
    for (int r = 0; r < ROLE_COUNT; r++)
        member_spans(c, role_word((enum role)r), row->roles[r].spans, o);
    json_builder_end_object(c->json);
}

/* What a claim needs to be marked in the text. */
static bool add_claim(const struct claim_row *row, void *self)
{
    const struct reading_room *room = self;
    struct call *c = room->c;
    const struct index *x = c->server->index;
    uint32_t claim = index_find_claim(x, (uint64_t)row->id);
    const struct source_row *by =
        row->source_count ? &row->sources[row->source_count - 1] : NULL;

    if (claim == NOWHERE)
        return true;
    json_builder_begin_object(c->json);
    member_text(c->json, "id", id_words(c, 'c', (uint64_t)row->id));
    member_act(c, x->claims[claim].act);
    member_text(
        c->json, "verdict",
        verdict_word((enum verdict)x->claims[claim].verdict));
    member_spans(c, "trigger", row->trigger, room->o);
    add_roles(c, row, room->o);
    member_spans(
        c, "source", by ? by->source.spans : (struct spans){0}, room->o);
    member_spans(c, "cue", by ? by->cue : (struct spans){0}, room->o);
    member_number(c->json, "from", offsets_find(room->o, row->sentence.from));
    member_number(c->json, "to", offsets_find(room->o, row->sentence.to));
    json_builder_end_object(c->json);
    return true;
}

static bool add_claims(struct reading_room *room, int64_t id, GError **error)
{
    struct claim_filter filter = {.document = id};
    struct arena *a = arena_new();
    bool good;

    json_builder_set_member_name(room->c->json, "claims");
    json_builder_begin_array(room->c->json);
    good = case_find_claims(
        room->c->server->k, a, &filter, add_claim, room, error);
    json_builder_end_array(room->c->json);
    arena_free(a);
    return good;
}

static bool
add_attributions(struct reading_room *room, int64_t id, GError **error)
{
    struct call *c = room->c;
    struct source_row *rows;
    uint32_t count;

    if (!case_find_attributions(
            c->server->k, c->arena, id, &rows, &count, error))
        return false;
    json_builder_set_member_name(c->json, "attributions");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        json_builder_begin_object(c->json);
        member_spans(c, "source", rows[i].source.spans, room->o);
        member_spans(c, "cue", rows[i].cue, room->o);
        shape_spans(c, "content", rows[i].content, room->o);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
    return true;
}

static bool add_sentences(struct reading_room *room, int64_t id, GError **error)
{
    struct call *c = room->c;
    struct span *sentences;
    uint32_t count;

    if (!case_find_sentences(
            c->server->k, c->arena, id, &sentences, &count, error))
        return false;
    shape_spans(c, "sentences", (struct spans){sentences, count}, room->o);
    return true;
}

static bool add_versions(struct call *c, int64_t id, GError **error)
{
    struct version_row *rows;
    uint32_t count;

    if (!case_find_versions(c->server->k, c->arena, id, &rows, &count, error))
        return false;
    json_builder_set_member_name(c->json, "versions");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        json_builder_begin_object(c->json);
        member_text(c->json, "id", id_words(c, 'd', (uint64_t)rows[i].id));
        member_number(c->json, "version", rows[i].version);
        member_text(c->json, "read_at", rows[i].read_at);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
    return true;
}

static bool
add_milestones(struct reading_room *room, int64_t id, GError **error)
{
    struct milestone *rows;
    uint32_t count;

    if (!case_find_milestones(
            room->c->server->k, room->c->arena, id, &rows, &count, error))
        return false;
    shape_milestones(room->c, rows, count, room->o);
    return true;
}

/* --- what people say of it ------------------------------------------------ */

static void add_description(struct call *c, const struct description_row *r)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "field", described_word(r->field));
    member_text(c->json, "value", r->value);
    member_text(c->json, "who", r->who);
    member_text(c->json, "at", r->at);
    member_text(c->json, "why", r->why);
    json_builder_end_object(c->json);
}

static bool
add_descriptions(struct call *c, const struct document_row *d, GError **error)
{
    struct description_row *rows;
    uint32_t count;

    if (!case_find_descriptions(
            c->server->k, c->arena, d->name, &rows, &count, error))
        return false;
    member_number(c->json, "description_version", 1 + count);
    json_builder_set_member_name(c->json, "descriptions");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++)
        add_description(c, &rows[i]);
    json_builder_end_array(c->json);
    return true;
}

/* --- mentions ------------------------------------------------------------- */

static void
add_mention(struct reading_room *room, uint32_t sighting, struct spans spans)
{
    struct call *c = room->c;
    const struct index *x = c->server->index;
    const struct index_sighting *s = &x->sightings[sighting];
    const struct index_party *p = &x->parties[s->party];

    json_builder_begin_object(c->json);
    member_text(c->json, "party", id_words(c, 'p', p->id));
    member_text(
        c->json, "name", index_string(x, x->spellings[s->spelling].words));
    member_text(c->json, "kind", kind_word((enum name_kind)p->kind));
    shape_spans(c, "spans", spans, room->o);
    json_builder_end_object(c->json);
}

static int by_referent(const void *x, const void *y)
{
    const struct mention_row *a = x, *b = y;

    if (a->referent != b->referent)
        return a->referent < b->referent ? -1 : 1;
    return a->span.from < b->span.from ? -1 : a->span.from > b->span.from;
}

/* Those of one referent are one. */
static bool add_mentions(struct reading_room *room, int64_t id, GError **error)
{
    struct call *c = room->c;
    struct mention_row *rows;
    struct span *spans;
    uint32_t count;

    if (!case_find_mentions(c->server->k, c->arena, id, &rows, &count, error))
        return false;
    array_sort(rows, count, sizeof *rows, by_referent);
    spans = arena_make(c->arena, struct span, count);
    json_builder_set_member_name(c->json, "mentions");
    json_builder_begin_array(c->json);
    for (uint32_t from = 0, to; from < count; from = to) {
        uint32_t sighting = index_find_sighting(
            c->server->index, (uint64_t)rows[from].referent);

        for (to = from; to < count && rows[to].referent == rows[from].referent;
             to++)
            spans[to - from] = rows[to].span;
        if (sighting != NOWHERE)
            add_mention(room, sighting, (struct spans){spans, to - from});
    }
    json_builder_end_array(c->json);
    return true;
}

/* --- the whole ------------------------------------------------------------ */

/* An older version leads to the newest. */
static uint32_t find_document(struct call *c)
{
    struct version_row *rows;
    GError *error = NULL;
    uint32_t count, document;
    int64_t id;

    if (!call_row(c, c->id[0], 'd', &id))
        return NOWHERE;
    document = index_find_document(c->server->index, (uint64_t)id);
    if (document != NOWHERE)
        return document;
    if (!case_find_versions(
            c->server->k, c->arena, id, &rows, &count, &error)) {
        call_fail(c, error);
        return NOWHERE;
    }
    if (!count)
        return call_document(c, c->id[0]);
    return call_document(c, id_words(c, 'd', (uint64_t)rows[count - 1].id));
}

static void add_texts(struct reading_room *room, const struct document_row *d)
{
    struct call *c = room->c;

    member_text(c->json, "text", d->text.at);
    json_builder_set_member_name(c->json, "body");
    add_span(c, d->body, room->o);
    member_text(c->json, "date_from", d->date_from);
    member_text(c->json, "publisher_from", d->publisher_from);
    member_text(c->json, "url", d->url);
    member_text(c->json, "sha256", d->sha256);
    member_text(c->json, "container", d->container);
    member_text(c->json, "media_type", d->media_type);
    member_text(c->json, "read_at", d->read_at);
}

/* The claims themselves take the place of how many there are. */
static bool add_full(
    struct call *c, uint32_t document, const struct document_row *d,
    GError **error)
{
    struct offsets *o = offsets_new(d->text);
    struct reading_room room = {c, o};
    bool good;

    json_builder_begin_object(c->json);
    shape_document_members(c, document, d);
    add_texts(&room, d);
    good = add_versions(c, d->id, error) && add_descriptions(c, d, error) &&
           add_milestones(&room, d->id, error) &&
           add_sentences(&room, d->id, error) &&
           add_claims(&room, d->id, error) &&
           add_attributions(&room, d->id, error) &&
           add_mentions(&room, d->id, error);
    json_builder_end_object(c->json);
    offsets_free(o);
    return good;
}

static void answer_document_number(struct call *c, uint32_t document)
{
    GError *error = NULL;
    const struct document_row *d = case_find_document(
        c->server->k, c->arena, c->server->index->documents[document].id,
        &error);

    if (error)
        call_fail(c, error);
    else if (!d)
        call_refuse(
            c, REFUSAL_NOT_FOUND, "%s was read anew just now: ask again",
            c->id[0]);
    else if (!add_full(c, document, d, &error))
        call_fail(c, error);
}

void answer_document(struct call *c)
{
    uint32_t document = find_document(c);

    if (document != NOWHERE)
        answer_document_number(c, document);
}

/* --- describing ----------------------------------------------------------- */

/* A member that is left out stays, null says that it is not known. */
static bool find_said(struct call *c, struct description *said)
{
    for (int i = 0; i < DESCRIBED_COUNT; i++) {
        const char *word = described_word((enum described)i);

        if (!json_object_has_member(c->body, word))
            continue;
        if (!call_text(c, word, false, &said->fields[i].value))
            return false;
        said->fields[i].how = said->fields[i].value ? AMEND_SET : AMEND_CLEAR;
    }
    said->who = c->session->reviewer;
    return call_remark(c, "why", false, &said->why) &&
           call_whole(c, "version", 0, &said->version);
}

void answer_description(struct call *c)
{
    struct description said = {0};
    uint32_t document = find_document(c);
    GError *error = NULL;
    int64_t id;

    if (document == NOWHERE || !find_said(c, &said))
        return;
    id = c->server->index->documents[document].id;
    call_begin_change(c);
    if (!case_describe(c->server->k, &id, 1, &said, &error)) {
        if (!g_error_matches(error, ATTEST_ERROR, ATTEST_ERROR_CONFLICT)) {
            call_fail(c, error);
            return;
        }
        call_conflict(c, "somebody has described it since you saw it");
        g_error_free(error);
    }
    server_look(c->server);
    answer_document_number(c, document);
}
