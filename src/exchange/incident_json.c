/* A document's incident as a line of JSON. */
#include "exchange/incident.h"

#include "exchange/json.h"

/* What the data calls that of which the words say nothing. */
static const char untold[] = "insufficient information";

static void begin_list(JsonBuilder *b, const char *name)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
}

static void add_number(JsonBuilder *b, const char *name, int value)
{
    json_builder_set_member_name(b, name);
    if (value)
        json_builder_add_int_value(b, value);
    else
        json_builder_add_null_value(b);
}

static void add_victim(JsonBuilder *b, const struct victim *v)
{
    json_builder_begin_object(b);
    json_add_text(b, "name", v->name);
    json_add_text(b, "population", v->name ? "individual" : "multiple");
    begin_list(b, "types");
    for (uint32_t i = 0; i < v->type_count; i++)
        json_builder_add_string_value(b, v->types[i]);
    if (!v->type_count)
        json_builder_add_string_value(b, untold);
    json_builder_end_array(b);
    json_add_text(b, "sex", v->sex ? v->sex : "unknown");
    json_add_text(b, "age", v->age ? v->age : "unknown");
    json_builder_end_object(b);
}

static void
add_rests(JsonBuilder *b, const struct report *r, const struct incident *x)
{
    begin_list(b, "claims");
    for (uint32_t i = 0; i < r->page.count; i++) {
        char id[32];

        if (!x->rests[i])
            continue;
        g_snprintf(id, sizeof(id), "c%" G_GINT64_FORMAT, r->page.at[i].id);
        json_builder_add_string_value(b, id);
    }
    json_builder_end_array(b);
}

static void
add_incident(JsonBuilder *b, const struct report *r, const struct incident *x)
{
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "perpetrator_mention");
    json_builder_add_boolean_value(b, x->perpetrator != NULL);
    json_add_text(b, "perpetrator_type", x->perpetrator);
    begin_list(b, "violation_types");
    for (uint32_t i = 0; i < x->breach_count; i++)
        json_builder_add_string_value(b, x->breaches[i]);
    json_builder_end_array(b);
    json_add_text(b, "country", x->country);
    json_add_text(b, "region", x->region);
    json_add_text(b, "city", x->city);
    add_number(b, "year", x->year);
    add_number(b, "month", x->month);
    add_number(b, "day", x->day);
    begin_list(b, "victims");
    for (uint32_t i = 0; i < x->victim_count; i++)
        add_victim(b, &x->victims[i]);
    json_builder_end_array(b);
    add_rests(b, r, x);
    json_builder_end_object(b);
}

bool incident_append(
    const struct incident_tables *t, struct kase *k,
    const struct document_row *d, GString *out, GError **error)
{
    struct arena *a = arena_new();
    struct incident x;
    struct report r;
    bool good = report_load(t, k, a, d, &r, error);

    if (good) {
        JsonBuilder *b = json_builder_new();

        json_builder_begin_object(b);
        json_add_text(b, "doc", d->name);
        json_builder_set_member_name(b, "incident");
        if (incident_find(&r, &x))
            add_incident(b, &r, &x);
        else
            json_builder_add_null_value(b);
        json_builder_end_object(b);
        json_print(b, out);
        g_string_append_c(out, '\n');
        g_object_unref(b);
    }
    arena_free(a);
    return good;
}
