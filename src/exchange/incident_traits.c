/* What train/incidents.py learns from: the candidates with their traits. */
#include "exchange/incident.h"

static void print_traits(
    GString *out, const char *choice, const char *what, const struct traits *t)
{
    g_string_append_printf(out, "%s\t%s", choice, what);
    for (uint32_t i = 0; i < t->count; i++)
        g_string_append_printf(out, "\t%s", t->at[i]);
    g_string_append_c(out, '\n');
}

static void print_names(const struct report *r, GString *out)
{
    for (uint32_t i = 0; i < r->named_count; i++) {
        struct traits t;

        if (!r->named[i].runs)
            continue;
        t = victim_traits(r, i);
        print_traits(out, "victim", r->named[i].name, &t);
        t = victim_type_traits(r, i);
        print_traits(out, "type", r->named[i].name, &t);
    }
}

static void print_places(const struct report *r, GString *out)
{
    struct lands lands = lands_find(r);
    struct sites sites = sites_find(r, &lands);

    for (uint32_t i = 0; i < lands.count; i++)
        print_traits(
            out, "country",
            arena_print(r->a, "%s|%s", lands.at[i].code, lands.at[i].name),
            &lands.at[i].traits);
    for (uint32_t i = 0; i < sites.count; i++)
        print_traits(out, "site", sites.at[i].name, &sites.at[i].traits);
}

static void print_moments(const struct report *r, GString *out)
{
    struct moments all = moments_find(r);

    for (uint32_t i = 0; i < all.count; i++) {
        const struct moment *m = &all.at[i];

        print_traits(
            out, "moment",
            arena_print(r->a, "%d-%d-%d", m->year, m->month, m->day),
            &m->traits);
    }
}

bool incident_print_traits(
    const struct incident_tables *tables, struct kase *k,
    const struct document_row *d, GString *out, GError **error)
{
    struct arena *a = arena_new();
    struct report r;
    bool good = report_load(tables, k, a, d, &r, error);

    if (good) {
        struct traits t = report_traits(&r);

        g_string_append_printf(out, "document\t%s\n", d->name);
        print_traits(
            out, "report", report_tells_harm(&r) ? "harm" : "none", &t);
        print_names(&r, out);
        print_places(&r, out);
        print_moments(&r, out);
    }
    arena_free(a);
    return good;
}
