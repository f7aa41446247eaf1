#include "exchange/json.h"

#include <math.h>

void json_add_text(JsonBuilder *b, const char *name, const char *value)
{
    json_builder_set_member_name(b, name);
    if (value)
        json_builder_add_string_value(b, value);
    else
        json_builder_add_null_value(b);
}

void json_add_spans(
    JsonBuilder *b, const char *name, struct spans s, const struct offsets *o)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < s.count; i++) {
        json_builder_begin_array(b);
        json_builder_add_int_value(b, offsets_find(o, s.at[i].from));
        json_builder_add_int_value(b, offsets_find(o, s.at[i].to));
        json_builder_end_array(b);
    }
    json_builder_end_array(b);
}

static void add_phrase_members(
    JsonBuilder *b, const struct phrase_row *p, const struct offsets *o)
{
    json_add_spans(b, "spans", p->spans, o);
    json_add_text(b, "text", p->text);
    json_add_text(b, "name", p->name);
}

static void add_phrase(
    JsonBuilder *b, const char *name, const struct phrase_row *p,
    const struct offsets *o)
{
    json_builder_set_member_name(b, name);
    if (!p->spans.count) {
        json_builder_add_null_value(b);
        return;
    }
    json_builder_begin_object(b);
    add_phrase_members(b, p, o);
    json_builder_end_object(b);
}

static void
add_time(JsonBuilder *b, const struct claim_row *c, const struct offsets *o)
{
    json_builder_set_member_name(b, "time");
    if (!c->time_spans.count && !c->first) {
        json_builder_add_null_value(b);
        return;
    }
    json_builder_begin_object(b);
    json_add_spans(b, "spans", c->time_spans, o);
    json_add_text(b, "text", c->time_text);
    json_add_text(b, "from", c->first);
    json_add_text(b, "to", c->last);
    json_builder_end_object(b);
}

/* A whole number without a point, so that "40" stays 40. */
static void add_value(JsonBuilder *b, const struct claim_row *c)
{
    json_builder_set_member_name(b, "value");
    if (!c->count_has_value)
        json_builder_add_null_value(b);
    else if (
        c->count_value == floor(c->count_value) && fabs(c->count_value) < 9e15)
        json_builder_add_int_value(b, (int64_t)c->count_value);
    else
        json_builder_add_double_value(b, c->count_value);
}

static void
add_count(JsonBuilder *b, const struct claim_row *c, const struct offsets *o)
{
    json_builder_set_member_name(b, "count");
    if (!c->count_spans.count) {
        json_builder_add_null_value(b);
        return;
    }
    json_builder_begin_object(b);
    json_add_spans(b, "spans", c->count_spans, o);
    json_add_text(b, "text", c->count_text);
    add_value(b, c);
    json_add_text(b, "unit", c->count_unit);
    json_add_text(b, "compare", c->count_compare);
    json_add_text(b, "of", c->count_of);
    json_builder_end_object(b);
}

/* A source that nobody names has no place in the text, but a word. */
static void add_source_words(
    JsonBuilder *b, const struct phrase_row *p, const struct offsets *o)
{
    static const struct phrase_row unnamed = {.text = "unnamed"};

    add_phrase_members(b, p->spans.count ? p : &unnamed, o);
}

static void
add_sources(JsonBuilder *b, const struct claim_row *c, const struct offsets *o)
{
    json_builder_set_member_name(b, "sources");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < c->source_count; i++) {
        const struct source_row *s = &c->sources[i];

        json_builder_begin_object(b);
        add_source_words(b, &s->source, o);
        json_add_spans(b, "cue", s->cue, o);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

static void
add_labels(JsonBuilder *b, const struct claim_row *c, const struct offsets *o)
{
    json_builder_set_member_name(b, "labels");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < c->label_count; i++) {
        const struct label_row *l = &c->labels[i];

        json_builder_begin_object(b);
        json_add_spans(b, "spans", l->spans, o);
        json_add_text(b, "text", l->words);
        add_phrase(b, "of", &l->of, o);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

/* Only where its document has any. */
static void add_milestones(JsonBuilder *b, const struct claim_row *c)
{
    if (!c->milestone_count)
        return;
    json_builder_set_member_name(b, "milestones");
    json_builder_begin_object(b);
    for (uint32_t i = 0; i < c->milestone_count; i++)
        json_add_text(b, c->milestones[i].unit, c->milestones[i].n);
    json_builder_end_object(b);
}

static const char *const role_names[] = {
#define X(name, word) word,
    ROLES(X)
#undef X
};

void json_add_claim(
    JsonBuilder *b, const struct claim_row *c, const struct offsets *o)
{
    char id[32];

    g_snprintf(id, sizeof(id), "c%" G_GINT64_FORMAT, c->id);
    json_builder_begin_object(b);
    json_add_text(b, "id", id);
    json_add_text(b, "act", c->act);
    json_add_spans(b, "trigger", c->trigger, o);
    for (int r = 0; r < ROLE_COUNT; r++)
        add_phrase(b, role_names[r], &c->roles[r], o);
    add_time(b, c, o);
    add_count(b, c, o);
    json_add_text(b, "polarity", c->negative ? "negative" : "positive");
    json_add_text(b, "modality", modality_word(c->modality));
    add_sources(b, c, o);
    add_labels(b, c, o);
    add_milestones(b, c);
    json_builder_set_member_name(b, "confidence");
    json_builder_add_double_value(b, round(c->confidence * 1000) / 1000);
    json_builder_end_object(b);
}

void json_print(JsonBuilder *b, GString *out)
{
    JsonGenerator *generator = json_generator_new();
    JsonNode *root = json_builder_get_root(b);

    json_generator_set_root(generator, root);
    json_generator_to_gstring(generator, out);
    json_node_unref(root);
    g_object_unref(generator);
}

void export_claim_json(
    const struct claim_row *c, const struct offsets *o, GString *out)
{
    JsonBuilder *b = json_builder_new();

    json_add_claim(b, c, o);
    json_print(b, out);
    g_object_unref(b);
}
