/* One claim in full: where it stands, who says it, what is held of it. */
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

struct showing {
    struct call *c;
    uint32_t number;
    const struct index_claim *claim;
    const struct claim_row *row;
    const struct document_row *document;
    struct offsets *offsets;
};

static void member_object(struct call *c, const char *name)
{
    json_builder_set_member_name(c->json, name);
    json_builder_begin_object(c->json);
}

/* --- parts ---------------------------------------------------------------- */

static void add_trigger(struct showing *s)
{
    member_object(s->c, "trigger");
    member_text(s->c->json, "text", s->row->trigger_text);
    shape_spans(s->c, "spans", s->row->trigger, s->offsets);
    json_builder_end_object(s->c->json);
}

static void add_roles(struct showing *s)
{
    member_object(s->c, "roles");
    for (int i = 0; i < ROLE_COUNT; i++)
        shape_phrase(
            s->c, role_word((enum role)i), &s->row->roles[i],
            s->claim->roles[i], s->offsets);
    json_builder_end_object(s->c->json);
}

static void add_time(struct showing *s)
{
    const struct claim_row *row = s->row;

    json_builder_set_member_name(s->c->json, "time");
    if (!row->time_text && !row->first && !row->last) {
        json_builder_add_null_value(s->c->json);
        return;
    }
    json_builder_begin_object(s->c->json);
    member_text(s->c->json, "text", row->time_text);
    member_text(s->c->json, "from", row->first);
    member_text(s->c->json, "to", row->last);
    shape_spans(s->c, "spans", row->time_spans, s->offsets);
    json_builder_end_object(s->c->json);
}

static void add_count(struct showing *s)
{
    const struct claim_row *row = s->row;

    json_builder_set_member_name(s->c->json, "count");
    if (!row->count_text) {
        json_builder_add_null_value(s->c->json);
        return;
    }
    json_builder_begin_object(s->c->json);
    member_text(s->c->json, "text", row->count_text);
    shape_spans(s->c, "spans", row->count_spans, s->offsets);
    if (row->count_has_value)
        member_real(s->c->json, "value", row->count_value);
    else
        member_text(s->c->json, "value", NULL);
    member_text(s->c->json, "unit", row->count_unit);
    member_text(s->c->json, "compare", row->count_compare);
    member_text(s->c->json, "of", row->count_of);
    json_builder_end_object(s->c->json);
}

/* --- who says it ---------------------------------------------------------- */

static const char *link_words(const struct source_row *source)
{
    if (!source->source.spans.count)
        return "somebody unnamed";
    return source->source.name ? source->source.name : source->source.text;
}

/* The id of a link: of the last that of who says the claim. */
static const char *link_id(struct showing *s, uint32_t i)
{
    const struct index *x = s->c->server->index;
    const struct source_row *source = &s->row->sources[i];
    uint32_t party = NOWHERE;

    if (i + 1 == s->row->source_count)
        party = index_party_of(x, s->claim->source);
    else if (source->source.entity)
        party = index_find_entity(x, s->claim->document, source->source.entity);
    if (party != NOWHERE)
        return id_words(s->c, 'p', x->parties[party].id);
    return source->source.spans.count
               ? arena_print(s->c->arena, "n:%s", link_words(source))
               : "n:";
}

static const char *cue_words(struct showing *s, const struct source_row *source)
{
    const char *words = NULL;

    for (uint32_t i = 0; i < source->cue.count; i++) {
        struct str at = span_text(s->document->text, source->cue.at[i]);

        words = words
                    ? arena_print(
                          s->c->arena, "%s ... %.*s", words, (int)at.len, at.at)
                    : arena_copy(s->c->arena, at.at, at.len);
    }
    return words;
}

static void add_chain(struct showing *s)
{
    JsonBuilder *b = s->c->json;

    json_builder_set_member_name(b, "chain");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < s->row->source_count; i++) {
        const struct source_row *source = &s->row->sources[i];

        json_builder_begin_object(b);
        member_text(b, "id", link_id(s, i));
        member_text(b, "name", link_words(source));
        member_text(b, "text", source->source.text);
        member_text(b, "cue", cue_words(s, source));
        shape_spans(s->c, "spans", source->source.spans, s->offsets);
        shape_spans(s->c, "cue_spans", source->cue, s->offsets);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

/* "The Courier, the publisher, by the word of Ana Ruiz ("told")" */
static void add_chain_words(struct showing *s)
{
    struct arena *a = s->c->arena;
    const char *words =
        s->row->publisher
            ? arena_print(a, "%s, the publisher", s->row->publisher)
            : "the document";

    if (!s->row->source_count)
        words = arena_print(a, "%s, in its own words", words);
    for (uint32_t i = 0; i < s->row->source_count; i++) {
        const struct source_row *source = &s->row->sources[i];
        const char *cue = cue_words(s, source);

        words =
            arena_print(a, "%s, by the word of %s", words, link_words(source));
        if (cue)
            words = arena_print(a, "%s (“%s”)", words, cue);
    }
    member_text(s->c->json, "chain_words", words);
}

static void add_labels(struct showing *s)
{
    const struct index *x = s->c->server->index;
    JsonBuilder *b = s->c->json;

    json_builder_set_member_name(b, "labels");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < s->row->label_count; i++) {
        const struct label_row *label = &s->row->labels[i];
        uint32_t party =
            index_find_entity(x, s->claim->document, label->of.entity);

        json_builder_begin_object(b);
        member_text(b, "words", label->words);
        member_text(b, "of", label->of.name ? label->of.name : label->of.text);
        member_text(
            b, "party",
            party == NOWHERE ? NULL
                             : id_words(s->c, 'p', x->parties[party].id));
        shape_spans(s->c, "spans", label->spans, s->offsets);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

/* --- where it stands ------------------------------------------------------ */

/* Inside a line? */
static bool is_inside(struct str t, uint32_t at)
{
    return at > 0 && at < t.len && t.at[at - 1] != '\n' && t.at[at] != '\n';
}

/* The paragraph, or of a long one the words around. */
static struct span passage_of(const struct showing *s)
{
    enum { AROUND = 600 };
    struct str t = s->document->text;
    struct span at = s->row->sentence;
    uint32_t from = at.from, to = at.to;

    while (from > 0 && at.from - from < AROUND && t.at[from - 1] != '\n')
        from--;
    while (to < t.len && to - at.to < AROUND && t.at[to] != '\n')
        to++;
    if (is_inside(t, from))
        while (from < at.from && t.at[from - 1] != ' ')
            from++;
    if (is_inside(t, to))
        while (to > at.to && t.at[to] != ' ')
            to--;
    return (struct span){from, to};
}

static void add_passage(struct showing *s)
{
    struct span at = passage_of(s);
    JsonBuilder *b = s->c->json;

    member_object(s->c, "passage");
    member_text(
        b, "text",
        arena_copy(
            s->c->arena, s->document->text.at + at.from, at.to - at.from));
    member_number(b, "from", offsets_find(s->offsets, at.from));
    json_builder_end_object(b);
    shape_milestones(
        s->c, s->row->milestones, s->row->milestone_count, s->offsets);
    json_builder_set_member_name(b, "sentence_span");
    json_builder_begin_array(b);
    json_builder_add_int_value(
        b, offsets_find(s->offsets, s->row->sentence.from));
    json_builder_add_int_value(
        b, offsets_find(s->offsets, s->row->sentence.to));
    json_builder_end_array(b);
}

/* --- why ------------------------------------------------------------------ */

static void add_reason(struct showing *s, const char *words)
{
    json_builder_begin_object(s->c->json);
    member_text(s->c->json, "words", words);
    member_text(s->c->json, "weight", NULL);
    json_builder_end_object(s->c->json);
}

static void add_reasons(struct showing *s)
{
    const struct claim_row *row = s->row;
    struct arena *a = s->c->arena;

    json_builder_set_member_name(s->c->json, "reasons");
    json_builder_begin_array(s->c->json);
    add_reason(
        s, arena_print(
               a, "“%s” is taken to tell of the act “%s”", row->trigger_text,
               index_act_label(s->c->server->index, s->claim->act)));
    for (int i = 0; i < ROLE_COUNT; i++) {
        const struct phrase_row *p = &row->roles[i];

        if (p->text && p->name && strcmp(p->text, p->name) != 0)
            add_reason(
                s,
                arena_print(a, "“%s” is taken to mean %s", p->text, p->name));
    }
    if (row->time_text && row->first)
        add_reason(
            s, arena_print(
                   a, "“%s” is counted from the document's date, %s",
                   row->time_text,
                   row->document_date ? row->document_date : "which is open"));
    if (row->time_text && !row->first)
        add_reason(s, arena_print(a, "“%s” names no day", row->time_text));
    if (!row->source_count)
        add_reason(s, "no words say who says so: it is the document's word");
    json_builder_end_array(s->c->json);
}

/* --- what is held of it --------------------------------------------------- */

static void add_reader(struct call *c, const struct record_row *r)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "name", r->who);
    member_text(c->json, "verdict", verdict_word(r->verdict));
    member_text(c->json, "why", r->words);
    member_text(c->json, "at", r->at);
    member_truth(c->json, "bulk", r->bulk);
    json_builder_end_object(c->json);
}

static void add_readers(struct showing *s)
{
    struct record_row *readers;
    uint32_t count;
    GError *error = NULL;

    if (!case_find_readers(
            s->c->server->k, s->c->arena, s->row->id, &readers, &count,
            &error)) {
        call_fail(s->c, error);
        return;
    }
    json_builder_set_member_name(s->c->json, "readers");
    json_builder_begin_array(s->c->json);
    for (uint32_t i = 0; i < count; i++)
        add_reader(s->c, &readers[i]);
    json_builder_end_array(s->c->json);
}

static void add_note(struct call *c, const struct record_row *r)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "text", r->words);
    member_text(c->json, "who", r->who);
    member_text(c->json, "at", r->at);
    json_builder_end_object(c->json);
}

/* The notes, who wants a second reader, what claim this one took the place of:
   a replaced one is never shown, its id leads to the new one. */
static void add_records(struct showing *s)
{
    struct call *c = s->c;
    struct record_row *records;
    const char *asked = NULL, *replaces = NULL;
    uint32_t count;
    GError *error = NULL;

    if (!case_find_history(
            c->server->k, c->arena, s->row->id, &records, &count, &error)) {
        call_fail(c, error);
        return;
    }
    json_builder_set_member_name(c->json, "notes");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        const struct record_row *r = &records[i];

        if (r->what == RECORD_NOTE)
            add_note(c, r);
        else if (r->what == RECORD_SECOND)
            asked = r->asked ? r->who : NULL;
        else if (r->what == RECORD_CORRECTION && r->id == s->row->id)
            replaces = id_words(c, 'c', (uint64_t)r->other);
    }
    json_builder_end_array(c->json);
    member_text(c->json, "second_asked_by", asked);
    member_text(c->json, "replaces", replaces);
}

static void add_version(struct showing *s)
{
    GError *error = NULL;
    int64_t version;

    if (case_find_version(s->c->server->k, s->row->id, &version, &error))
        member_number(s->c->json, "version", version);
    else
        call_fail(s->c, error);
}

static void add_neighbours(struct showing *s)
{
    const struct index *x = s->c->server->index;
    const struct index_document *d = &x->documents[s->claim->document];
    uint32_t last = d->first_claim + d->claims;

    member_text(
        s->c->json, "previous",
        s->number > d->first_claim
            ? id_words(s->c, 'c', x->claims[s->number - 1].id)
            : NULL);
    member_text(
        s->c->json, "following",
        s->number + 1 < last ? id_words(s->c, 'c', x->claims[s->number + 1].id)
                             : NULL);
}

/* --- the whole ------------------------------------------------------------ */

static void add_all(struct showing *s)
{
    shape_claim_members(s->c, s->number, s->row);
    add_version(s);
    add_trigger(s);
    add_roles(s);
    add_time(s);
    add_count(s);
    add_chain(s);
    add_chain_words(s);
    add_labels(s);
    add_passage(s);
    add_reasons(s);
    add_readers(s);
    add_records(s);
    add_neighbours(s);
}

void shape_claim_full(struct call *c, uint32_t number)
{
    struct showing s = {
        .c = c,
        .number = number,
        .claim = &c->server->index->claims[number],
        .row = claim_load(c, call_arena(c), number),
    };
    GError *error = NULL;

    if (s.row)
        s.document = case_find_document(
            c->server->k, call_arena(c), s.row->document, &error);
    if (error)
        call_fail(c, error);
    if (c->is_refused)
        return;
    if (!s.document) {
        call_refuse(
            c, REFUSAL_NOT_FOUND,
            "there is a newer version of the document: this claim is not in "
            "it");
        return;
    }
    s.offsets = offsets_new(s.document->text);
    add_all(&s);
    offsets_free(s.offsets);
}

void answer_claim_number(struct call *c, uint32_t number)
{
    json_builder_begin_object(c->json);
    shape_claim_full(c, number);
    json_builder_end_object(c->json);
}

void answer_claim(struct call *c)
{
    uint32_t number = call_claim(c, c->id[0]);

    if (number != NOWHERE)
        answer_claim_number(c, number);
}

/* --- its history ---------------------------------------------------------- */

static const char *record_words(struct call *c, const struct record_row *r)
{
    const char *why = r->words ? arena_print(c->arena, ": %s", r->words) : "";

    switch (r->what) {
    case RECORD_READING:
        return "read from the document";
    case RECORD_CORRECTION:
        return arena_print(
            c->arena, "%s%s",
            r->undoes ? "took a correction back" : "corrected", why);
    case RECORD_DECISION:
        return arena_print(
            c->arena, "%s%s%s", r->undoes ? "taken back, now " : "",
            verdict_word(r->verdict), why);
    case RECORD_NOTE:
        return arena_print(c->arena, "noted%s", why);
    case RECORD_SECOND:
        return r->asked ? "asked for a second reader"
                        : "asked no longer for a second reader";
    case RECORD_EVENTS:
    case RECORD_PARTIES:
        return arena_print(
            c->arena, "%s%s",
            r->ruling == RULING_SAME    ? "one"
            : r->ruling == RULING_APART ? "not one"
                                        : "left open again",
            why);
    case RECORD_DESCRIPTION:
    case RECORD_COUNT:
        break;
    }
    return "";
}

void shape_record(struct call *c, const struct record_row *r, const char *words)
{
    bool is_decision = r->what == RECORD_DECISION;

    json_builder_begin_object(c->json);
    member_number(c->json, "id", r->id);
    member_text(
        c->json, "what",
        r->what == RECORD_EVENTS || r->what == RECORD_PARTIES
            ? "ruling"
            : record_word(r->what));
    member_text(c->json, "who", r->who);
    member_text(c->json, "at", r->at);
    member_text(
        c->json, "verdict", is_decision ? verdict_word(r->verdict) : NULL);
    member_truth(c->json, "bulk", r->bulk);
    member_text(c->json, "words", words ? words : record_words(c, r));
    member_text(
        c->json, "claim",
        r->what == RECORD_PARTIES ? NULL : id_words(c, 'c', (uint64_t)r->one));
    member_truth(c->json, "undone", r->undone);
    json_builder_end_object(c->json);
}

void answer_history(struct call *c)
{
    uint32_t number = call_claim(c, c->id[0]);
    struct record_row *records;
    uint32_t count;
    GError *error = NULL;

    if (number == NOWHERE)
        return;
    if (!case_find_history(
            c->server->k, c->arena, c->server->index->claims[number].id,
            &records, &count, &error)) {
        call_fail(c, error);
        return;
    }
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "items");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++)
        shape_record(c, &records[i], NULL);
    json_builder_end_array(c->json);
    json_builder_end_object(c->json);
}
