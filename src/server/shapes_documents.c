/* Documents in short. */
#include "server/shapes.h"

static uint32_t
count_open(const struct index *x, const struct index_document *d)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < d->claims; i++)
        count += x->claims[d->first_claim + i].verdict == VERDICT_OPEN;
    return count;
}

static void member_string(struct call *c, const char *name, uint32_t at)
{
    member_text(c->json, name, at ? index_string(c->server->index, at) : NULL);
}

/* "a; b": what was mended, or left out. */
static void member_notes(struct call *c, const char *notes)
{
    g_auto(GStrv) each = g_strsplit(notes, "; ", -1);

    json_builder_set_member_name(c->json, "notes");
    json_builder_begin_array(c->json);
    for (char **note = each; *note; note++)
        json_builder_add_string_value(c->json, *note);
    json_builder_end_array(c->json);
}

static void member_described(struct call *c, const struct index_document *d)
{
    member_string(c, "title", d->title);
    member_string(c, "date", d->date);
    member_string(c, "publisher", d->publisher);
    member_string(c, "language", d->language);
}

static void member_described_now(struct call *c, const struct document_row *row)
{
    member_text(c->json, "title", row->title);
    member_text(c->json, "date", row->date);
    member_text(c->json, "publisher", row->publisher);
    member_text(c->json, "language", row->language);
}

void shape_document_members(
    struct call *c, uint32_t document, const struct document_row *row)
{
    const struct index *x = c->server->index;
    const struct index_document *d = &x->documents[document];

    member_text(c->json, "id", id_words(c, 'd', d->id));
    member_string(c, "name", d->name);
    if (row)
        member_described_now(c, row);
    else
        member_described(c, d);
    member_number(c->json, "claims", d->claims);
    member_number(c->json, "open", count_open(x, d));
    member_text(
        c->json, "copy_of",
        d->copy_of == NOWHERE ? NULL
                              : id_words(c, 'd', x->documents[d->copy_of].id));
    member_notes(c, d->notes ? index_string(x, d->notes) : "");
}

void shape_milestones(
    struct call *c, const struct milestone *m, uint32_t count,
    const struct offsets *o)
{
    json_builder_set_member_name(c->json, "milestones");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        json_builder_begin_object(c->json);
        member_number(c->json, "at", offsets_find(o, m[i].at));
        member_text(c->json, "unit", m[i].unit);
        member_text(c->json, "n", m[i].n);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

void shape_document(struct call *c, uint32_t document)
{
    json_builder_begin_object(c->json);
    shape_document_members(c, document, NULL);
    json_builder_end_object(c->json);
}
