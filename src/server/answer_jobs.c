/* Documents that are handed in, and what takes long. */
#include "server/body.h"
#include "server/jobs.h"
#include "server/members.h"
#include "server/routes.h"
#include "server/uploads.h"

#include <string.h>

enum { JOBS_MOST = 200 };

void answer_jobs(struct call *c)
{
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "items");
    jobs_print(c->json, c->server->jobs, JOBS_MOST);
    json_builder_end_object(c->json);
}

void answer_job_add(struct call *c)
{
    const char *word;
    enum job_kind kind;

    if (!call_text(c, "kind", true, &word))
        return;
    if (!job_kind_find(word, &kind) || kind == JOB_READ) {
        call_refuse(
            c, REFUSAL_BAD_REQUEST,
            "\"kind\" must be \"reread\" or \"prepare\"");
        return;
    }
    job_print(c->json, jobs_add(c->server->jobs, kind, NULL));
}

void answer_job_stop(struct call *c)
{
    struct job *job;
    int64_t number;

    if (!call_row(c, c->id[0], 'j', &number))
        return;
    job = jobs_lookup(c->server->jobs, number);
    if (!job) {
        call_refuse(c, REFUSAL_NOT_FOUND, "there is no %s", c->id[0]);
        return;
    }
    jobs_stop(c->server->jobs, job);
    job_print(c->json, job);
}

/* --- documents ------------------------------------------------------------ */

static void start_batch(struct call *c, struct batch *b)
{
    char *folder = uploads_take(c->server->uploads, b);

    job_print(c->json, jobs_add(c->server->jobs, JOB_READ, folder));
}

static void
add_to_batch(struct call *c, struct batch *b, const char *name, bool is_last)
{
    GError *error = NULL;
    g_autofree char *place = batch_place(b, name, &error);

    if (!place || !body_keep(c, place, &error)) {
        call_fail(c, error);
        return;
    }
    if (is_last) {
        start_batch(c, b);
        return;
    }
    json_builder_begin_object(c->json);
    member_text(c->json, "batch", call_word(c, "batch"));
    member_number(c->json, "files", batch_count(b));
    json_builder_end_object(c->json);
}

/* A file by itself is a batch of one. */
void answer_upload(struct call *c)
{
    const char *name = call_word(c, "name"), *batch = call_word(c, "batch");
    const char *last = call_word(c, "last");
    GError *error = NULL;
    struct batch *b;

    if (!name) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "what is the file's \"name\"?");
        return;
    }
    b = uploads_batch(
        c->server->uploads, c->session->key, batch ? batch : "", &error);
    if (!b)
        call_fail(c, error);
    else
        add_to_batch(c, b, name, !batch || (last && !strcmp(last, "1")));
}
