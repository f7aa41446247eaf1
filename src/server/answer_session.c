/* Who asks, of which case, and what has changed since. */
#include "server/jobs.h"
#include "server/members.h"
#include "server/routes.h"

#include <string.h>

enum { NAME_MOST = 200, JOBS_MOST = 10 };

/* "reports.attest" -> "reports" */
static const char *case_name(struct call *c)
{
    g_autofree char *file = g_path_get_basename(c->server->options->case_path);
    g_autofree char *name = g_filename_display_name(file);
    size_t length = strlen(name);

    if (g_str_has_suffix(name, ".attest"))
        length -= strlen(".attest");
    return arena_copy(c->arena, name, length);
}

/* Counted by the index, so only where there is one. */
static void add_counts(struct call *c)
{
    const struct index *x = c->server->index;
    struct index_totals t = x ? index_sum(x) : (struct index_totals){0};

    member_number(c->json, "documents", t.documents);
    member_number(c->json, "claims", t.claims);
    member_number(c->json, "events", t.events);
}

static void add_case(struct call *c)
{
    g_autofree char *path =
        g_filename_display_name(c->server->options->case_path);

    json_builder_set_member_name(c->json, "case");
    json_builder_begin_object(c->json);
    member_text(c->json, "name", case_name(c));
    member_text(c->json, "path", path);
    add_counts(c);
    json_builder_end_object(c->json);
}

static const char *family_of(struct call *c, const char *code)
{
    return arena_copy(c->arena, code, strcspn(code, "."));
}

static void add_acts(struct call *c)
{
    const struct table *t = c->server->acts;

    json_builder_set_member_name(c->json, "acts");
    json_builder_begin_array(c->json);
    for (size_t i = 0; i < table_count(t); i++) {
        json_builder_begin_object(c->json);
        member_text(c->json, "code", table_cell(t, i, 0));
        member_text(c->json, "label", table_cell(t, i, 1));
        member_text(c->json, "family", family_of(c, table_cell(t, i, 0)));
        member_text(c->json, "covers", table_cell(t, i, 2));
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

void answer_session(struct call *c)
{
    const struct server *s = c->server;

    server_look(c->server);
    json_builder_begin_object(c->json);
    member_text(c->json, "version", ATTEST_VERSION);
    add_case(c);
    member_text(c->json, "reviewer", c->session->reviewer);
    member_truth(c->json, "read_only", s->options->is_read_only);
    member_number(c->json, "revision", s->revision);
    member_truth(c->json, "prepared", s->index != NULL);
    add_acts(c);
    json_builder_end_object(c->json);
}

void answer_session_change(struct call *c)
{
    const char *name;

    if (!call_text(c, "reviewer", true, &name))
        return;
    if (strlen(name) > NAME_MOST) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "the name is too long");
        return;
    }
    g_free(c->session->reviewer);
    c->session->reviewer = g_strstrip(g_strdup(name));
    answer_session(c);
}

void answer_session_link(struct call *c)
{
    g_autofree char *link = server_link(c->server, NULL);

    json_builder_begin_object(c->json);
    member_text(c->json, "url", link);
    json_builder_end_object(c->json);
}

void answer_session_end(struct call *c)
{
    sessions_end(c->server->sessions, c->session);
    json_builder_begin_object(c->json);
    json_builder_end_object(c->json);
}

void answer_pulse(struct call *c)
{
    server_look(c->server);
    json_builder_begin_object(c->json);
    member_number(c->json, "revision", c->server->revision);
    member_truth(c->json, "prepared", c->server->index != NULL);
    json_builder_set_member_name(c->json, "jobs");
    jobs_print(c->json, c->server->jobs, JOBS_MOST);
    json_builder_end_object(c->json);
}
