#include "server/jobs.h"

#include "server/members.h"
#include "server/uploads.h"

#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#define JOB_STATES(X)                                                          \
    X(WAITING, "waiting")                                                      \
    X(RUNNING, "running")                                                      \
    X(DONE, "done") X(FAILED, "failed") X(STOPPED, "stopped")
enum job_state {
#define X(name, word) JOB_##name,
    JOB_STATES(X)
#undef X
};

enum {
    KEPT_MOST = 100,       /* jobs that have ended */
    FAILURES_MOST = 10000, /* lines of one */
    LINE_MOST = 4096,      /* bytes */
    STATUS_PARTLY = 1,     /* of attest: some of the input was not read */
};

struct job {
    struct jobs *jobs;
    int64_t number;
    enum job_kind kind;
    enum job_state state;
    uint64_t done, total;
    char *words;
    char *started, *ended;
    GPtrArray *failures;
    char *folder; /* with what is to be read; NULL */
    GSubprocess *process;
    GDataInputStream *told; /* what it prints */
    bool is_asked_to_stop;
};

struct jobs {
    const struct server_options *options;
    void (*ended)(enum job_kind kind, void *self);
    void *self;
    GPtrArray *list; /* struct job *, the oldest first */
    struct job *running;
    int64_t last; /* number */
    void (*idle)(void *self);
    void *idle_self;
};

static const char *const kind_words[] = {
#define X(name, word) word,
    JOB_KINDS(X)
#undef X
};
static const char *const state_words[] = {
#define X(name, word) word,
    JOB_STATES(X)
#undef X
};

bool job_kind_find(const char *word, enum job_kind *out)
{
    for (int i = 0; i < JOB_KIND_COUNT; i++)
        if (!strcmp(kind_words[i], word)) {
            *out = (enum job_kind)i;
            return true;
        }
    return false;
}

static char *now(void)
{
    g_autoptr(GDateTime) time = g_date_time_new_now_utc();

    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

/* --- the list ------------------------------------------------------------- */

static void remove_folder(struct job *job)
{
    if (job->folder)
        folder_remove(job->folder);
    g_clear_pointer(&job->folder, g_free);
}

static void job_free(void *self)
{
    struct job *job = self;

    remove_folder(job);
    g_clear_object(&job->process);
    g_clear_object(&job->told);
    g_ptr_array_free(job->failures, TRUE);
    g_free(job->words);
    g_free(job->started);
    g_free(job->ended);
    g_free(job);
}

struct jobs *jobs_new(
    const struct server_options *o,
    void (*ended)(enum job_kind kind, void *self), void *self)
{
    struct jobs *j = g_new0(struct jobs, 1);

    j->options = o;
    j->ended = ended;
    j->self = self;
    j->list = g_ptr_array_new_with_free_func(job_free);
    return j;
}

void jobs_free(struct jobs *j)
{
    if (!j)
        return;
    g_ptr_array_free(j->list, TRUE);
    g_free(j);
}

struct job *jobs_lookup(struct jobs *j, int64_t number)
{
    for (guint i = 0; i < j->list->len; i++) {
        struct job *job = g_ptr_array_index(j->list, i);

        if (job->number == number)
            return job;
    }
    return NULL;
}

static struct job *find_waiting(struct jobs *j)
{
    for (guint i = 0; i < j->list->len; i++) {
        struct job *job = g_ptr_array_index(j->list, i);

        if (job->state == JOB_WAITING)
            return job;
    }
    return NULL;
}

/* Of those that have ended the oldest go. */
static void forget_oldest(struct jobs *j)
{
    for (guint i = 0; i < j->list->len && j->list->len > KEPT_MOST;) {
        struct job *job = g_ptr_array_index(j->list, i);

        if (job->state == JOB_WAITING || job->state == JOB_RUNNING)
            i++;
        else
            g_ptr_array_remove_index(j->list, i);
    }
}

/* --- what a run of attest tells ------------------------------------------- */

/* "progress DONE TOTAL WORDS" */
static bool take_progress(struct job *job, const char *line)
{
    char *end;

    if (!g_str_has_prefix(line, "progress "))
        return false;
    job->done = g_ascii_strtoull(line + strlen("progress "), &end, 10);
    job->total = g_ascii_strtoull(end, &end, 10);
    g_free(job->words);
    job->words = g_strdup(end + strspn(end, " "));
    return true;
}

/* "failure NAME: WHY" of a document, "attest: WHY" of it all. */
static void take_failure(struct job *job, const char *line)
{
    static const char *const before[] = {"failure ", "attest: "};

    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        if (g_str_has_prefix(line, before[i]) &&
            job->failures->len < FAILURES_MOST)
            g_ptr_array_add(job->failures, g_strdup(line + strlen(before[i])));
}

static void take_line(struct job *job, char *line)
{
    g_autofree char *valid = NULL;

    if (strlen(line) > LINE_MOST)
        line[LINE_MOST] = '\0';
    valid = g_utf8_make_valid(line, -1);
    if (!take_progress(job, valid))
        take_failure(job, valid);
}

/* --- running -------------------------------------------------------------- */

static void run_next(struct jobs *j);

static void end_job(struct job *job, enum job_state state)
{
    job->state = state;
    job->ended = now();
    remove_folder(job);
}

static enum job_state state_after(struct job *job)
{
    int status = g_subprocess_get_if_exited(job->process)
                     ? g_subprocess_get_exit_status(job->process)
                     : -1;

    if (job->is_asked_to_stop)
        return JOB_STOPPED;
    return status == 0 || status == STATUS_PARTLY ? JOB_DONE : JOB_FAILED;
}

static void take_end(GObject *process, GAsyncResult *result, void *self)
{
    struct job *job = self;
    struct jobs *j = job->jobs;

    g_subprocess_wait_finish(G_SUBPROCESS(process), result, NULL);
    j->running = NULL;
    end_job(job, state_after(job));
    j->ended(job->kind, j->self);
    run_next(j);
}

static void await_line(struct job *job);

static void take_told(GObject *stream, GAsyncResult *result, void *self)
{
    struct job *job = self;
    g_autofree char *line = g_data_input_stream_read_line_finish(
        G_DATA_INPUT_STREAM(stream), result, NULL, NULL);

    if (!line) {
        g_subprocess_wait_async(job->process, NULL, take_end, job);
        return;
    }
    take_line(job, line);
    await_line(job);
}

static void await_line(struct job *job)
{
    g_data_input_stream_read_line_async(
        job->told, G_PRIORITY_DEFAULT, NULL, take_told, job);
}

/* attest COMMAND ... */
static GStrv arguments(const struct job *job)
{
    const struct server_options *o = job->jobs->options;
    g_autoptr(GStrvBuilder) b = g_strv_builder_new();
    g_autofree char *kase = g_strconcat("--case=", o->case_path, NULL);
    g_autofree char *lexicon = g_strconcat("--lexicon=", o->lexicon, NULL);
    g_autofree char *models = g_strconcat("--models=", o->models, NULL);

    g_strv_builder_add_many(
        b, o->program, job->kind == JOB_PREPARE ? "index" : "read", kase,
        lexicon, models, NULL);
    if (job->kind == JOB_REREAD)
        g_strv_builder_add(b, "--again");
    if (job->folder)
        g_strv_builder_add(b, job->folder);
    return g_strv_builder_end(b);
}

static bool start(struct job *job, GError **error)
{
    g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
        G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_auto(GStrv) args = arguments(job);

    g_subprocess_launcher_setenv(launcher, "ATTEST_PROGRESS", "lines", TRUE);
    job->process = g_subprocess_launcher_spawnv(
        launcher, (const char *const *)args, error);
    if (!job->process)
        return false;
    job->told =
        g_data_input_stream_new(g_subprocess_get_stderr_pipe(job->process));
    return true;
}

static void run_next(struct jobs *j)
{
    struct job *job = j->idle || j->running ? NULL : find_waiting(j);
    g_autoptr(GError) error = NULL;

    if (j->idle && !j->running)
        j->idle(j->idle_self);
    if (!job)
        return;
    job->started = now();
    if (start(job, &error)) {
        job->state = JOB_RUNNING;
        j->running = job;
        await_line(job);
        return;
    }
    g_ptr_array_add(job->failures, g_strdup(error->message));
    end_job(job, JOB_FAILED);
    run_next(j);
}

/* --- what is asked for ---------------------------------------------------- */

struct job *jobs_add(struct jobs *j, enum job_kind kind, char *folder)
{
    struct job *job;

    for (guint i = 0; !folder && i < j->list->len; i++) {
        job = g_ptr_array_index(j->list, i);
        if (job->state == JOB_WAITING && job->kind == kind)
            return job;
    }
    forget_oldest(j);
    job = g_new0(struct job, 1);
    job->jobs = j;
    job->number = ++j->last;
    job->kind = kind;
    job->folder = folder;
    job->failures = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(j->list, job);
    run_next(j);
    return job;
}

void jobs_stop(struct jobs *j, struct job *job)
{
    if (job->state == JOB_WAITING) {
        end_job(job, JOB_STOPPED);
    } else if (job == j->running) {
        job->is_asked_to_stop = true;
        g_subprocess_send_signal(job->process, SIGTERM);
    }
}

void jobs_end(struct jobs *j, void (*idle)(void *self), void *self)
{
    j->idle = idle;
    j->idle_self = self;
    if (j->running)
        jobs_stop(j, j->running);
    run_next(j);
}

void jobs_kill(struct jobs *j)
{
    if (j->running)
        g_subprocess_force_exit(j->running->process);
}

/* --- printing ------------------------------------------------------------- */

void job_print(JsonBuilder *b, const struct job *job)
{
    g_autofree char *id = g_strdup_printf("j%d", (int)job->number);

    json_builder_begin_object(b);
    member_text(b, "id", id);
    member_text(b, "kind", kind_words[job->kind]);
    member_text(b, "state", state_words[job->state]);
    member_number(b, "done", (int64_t)job->done);
    member_number(b, "total", (int64_t)job->total);
    member_text(b, "words", job->words);
    member_text(b, "started", job->started);
    member_text(b, "ended", job->ended);
    json_builder_set_member_name(b, "failures");
    json_builder_begin_array(b);
    for (guint i = 0; i < job->failures->len; i++)
        json_builder_add_string_value(b, g_ptr_array_index(job->failures, i));
    json_builder_end_array(b);
    json_builder_end_object(b);
}

void jobs_print(JsonBuilder *b, const struct jobs *j, uint32_t most)
{
    json_builder_begin_array(b);
    for (guint i = j->list->len; i-- > 0 && most-- > 0;)
        job_print(b, g_ptr_array_index(j->list, i));
    json_builder_end_array(b);
}
