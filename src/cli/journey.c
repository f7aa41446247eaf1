/*
 * Sources are listed in order; up to `jobs` threads (the caller's among them)
 * turn them into readings; readings go into the case in the order of the
 * list, whichever is done first.  The window between the first document
 * waited for and the last one begun is bounded, and so is memory.
 */
#include "cli/journey.h"

#include "cli/progress.h"

#include <glib/gstdio.h>
#include <string.h>

enum {
    WINDOW_PER_JOB = 32,     /* documents, and ... */
    BYTES_PER_JOB = 1 << 20, /* ... bytes of them that may be waiting */
};

/* A place in the window. */
struct slot {
    struct arena *arena;
    struct source *source;
    uint64_t bytes;            /* of the source */
    struct document *document; /* NULL: failed */
    struct reading reading;
    GError *error;
    bool is_known; /* the case has these bytes under this name already */
    bool is_done;
};

struct readers {
    const struct tools *tools;
    struct kase *k;    /* written to by one thread */
    struct kase *look; /* the same case, for looking up while `k` is busy */
    struct slot *window;
    uint32_t size;    /* of the window */
    uint64_t first;   /* the document waited for */
    uint64_t begun;   /* the next to be taken by a thread */
    uint64_t listed;  /* the next to be listed; window[n % size] */
    uint64_t bytes;   /* of the documents in the window */
    bool is_over;     /* nothing will be listed any more */
    GMutex lock;      /* of all above that changes, and of each is_done */
    GMutex look_lock; /* of `look` */
    GCond changed;
};

/* --- one document ----------------------------------------------------- */

static bool is_known(struct readers *r, const struct document *d)
{
    bool known;

    g_mutex_lock(&r->look_lock);
    known = case_has(r->look, d->id, d->sha256);
    g_mutex_unlock(&r->look_lock);
    return known;
}

/* The whole journey but its last step: intake, language, claims, identity. */
static void read_document(struct readers *r, struct slot *s)
{
    const struct tools *t = r->tools;
    struct reading *made = &s->reading;
    struct document *d;
    struct findings *findings;
    struct text *text;

    d = document_read(s->arena, s->source, &t->options, &s->error);
    s->document = d;
    if (!d)
        return;
    s->is_known = is_known(r, d);
    if (s->is_known)
        return;
    text = language_read(t->reader, s->arena, d->text, d->body, d->date);
    findings = claims_find(t->lexicon, s->arena, text, d->date);
    made->entities = identity_resolve(t->words, s->arena, text, findings);
    sketch_make(s->arena, &made->sketch, text);
    made->document = d;
    made->text = text;
    made->findings = findings;
    made->lexicon = t->lexicon;
}

/* --- threads ---------------------------------------------------------- */

/* Takes the next document and reads it; false if there is none just now.
   Called with the lock held, and returns so. */
static bool work(struct readers *r)
{
    struct slot *s;

    if (r->begun == r->listed)
        return false;
    s = &r->window[r->begun++ % r->size];
    if (s->is_done) /* it could not be had */
        return true;
    g_mutex_unlock(&r->lock);
    read_document(r, s);
    g_mutex_lock(&r->lock);
    s->is_done = true;
    g_cond_broadcast(&r->changed);
    return true;
}

static void *run_worker(void *self)
{
    struct readers *r = self;

    g_mutex_lock(&r->lock);
    while (!r->is_over || r->begun < r->listed)
        if (!work(r))
            g_cond_wait(&r->changed, &r->lock);
    g_mutex_unlock(&r->lock);
    return NULL;
}

/* --- results ---------------------------------------------------------- */

static void
note_failure(struct outcome *o, const char *name, const GError *error)
{
    if (o->failed++ < FAILURES_TOLD)
        g_ptr_array_add(
            o->failures, g_strdup_printf("%s: %s", name, error->message));
}

static void count_findings(const struct slot *s, struct outcome *o)
{
    const struct findings *f = s->reading.findings;

    o->claims += f->claim_count;
    for (uint32_t i = 0; i < f->claim_count; i++)
        o->acts[f->claims[i].act]++;
    o->mended += s->document->notes && s->document->notes[0];
}

static bool keep_reading(
    struct readers *r, struct slot *s, struct outcome *o, GError **error)
{
    case_added added;

    if (!case_add(r->k, &s->reading, &added, error))
        return false;
    o->documents += added == ADDED_NEW;
    o->versions += added == ADDED_VERSION;
    o->known += added == ADDED_NOTHING;
    if (added != ADDED_NOTHING)
        count_findings(s, o);
    return true;
}

static bool take_result(
    struct readers *r, struct slot *s, struct outcome *o, GError **error)
{
    bool good = true;

    if (s->error)
        note_failure(o, s->source->id, s->error);
    else if (s->is_known)
        o->known++;
    else
        good = keep_reading(r, s, o, error);
    o->bytes += s->document ? s->document->size : 0;
    g_clear_error(&s->error);
    source_free(s->source);
    arena_reset(s->arena);
    return good;
}

/* Waits for the first document of the window, reading others meanwhile, and
   takes it out. */
static bool take_first(struct readers *r, struct outcome *o, GError **error)
{
    struct slot *s = &r->window[r->first % r->size];
    bool good;

    while (!s->is_done)
        if (!work(r))
            g_cond_wait(&r->changed, &r->lock);
    r->first++;
    r->bytes -= s->bytes;
    g_mutex_unlock(&r->lock);
    good = take_result(r, s, o, error);
    g_mutex_lock(&r->lock);
    return good;
}

static uint64_t source_size(const struct source *source)
{
    GStatBuf st;

    if (source->bytes)
        return g_bytes_get_size(source->bytes);
    return source->path && g_stat(source->path, &st) == 0 ? (uint64_t)st.st_size
                                                          : 0;
}

static void put_source(struct readers *r, struct source *source)
{
    struct slot *s = &r->window[r->listed % r->size];
    struct arena *arena = s->arena ? s->arena : arena_new();

    *s = (struct slot){
        .arena = arena, .source = source, .bytes = source_size(source)};
    r->bytes += s->bytes;
    if (source->error) {
        s->error = g_error_copy(source->error);
        s->is_done = true;
    }
    r->listed++;
    g_cond_broadcast(&r->changed);
}

static bool is_full(const struct readers *r)
{
    uint64_t waiting = r->listed - r->first;

    return waiting == r->size ||
           (waiting > r->size / WINDOW_PER_JOB &&
            r->bytes > (uint64_t)r->size / WINDOW_PER_JOB * BYTES_PER_JOB);
}

static bool
run(struct readers *r, struct intake *in, const volatile sig_atomic_t *stop,
    struct outcome *o, GError **error)
{
    struct progress *p = progress_new(in);
    struct source *source;
    bool good = true;

    g_mutex_lock(&r->lock);
    while (good && !*stop) {
        g_mutex_unlock(&r->lock);
        source = intake_next(in);
        g_mutex_lock(&r->lock);
        if (!source)
            break;
        put_source(r, source);
        while (good && is_full(r))
            good = take_first(r, o, error);
        progress_show(p, o->documents + o->versions, o->claims, o->bytes);
    }
    while (good && r->first < r->listed) {
        good = take_first(r, o, error);
        progress_show(p, o->documents + o->versions, o->claims, o->bytes);
    }
    r->is_over = true;
    r->begun = r->listed;
    g_cond_broadcast(&r->changed);
    g_mutex_unlock(&r->lock);
    progress_free(p);
    return good;
}

static void readers_clear(struct readers *r)
{
    /* After a fault some documents were never taken out. */
    for (; r->first < r->listed; r->first++) {
        struct slot *s = &r->window[r->first % r->size];

        g_clear_error(&s->error);
        source_free(s->source);
    }
    for (uint32_t i = 0; i < r->size; i++)
        arena_free(r->window[i].arena);
    g_free(r->window);
    g_mutex_clear(&r->lock);
    g_mutex_clear(&r->look_lock);
    g_cond_clear(&r->changed);
}

bool journey_run(
    const struct tools *tools, struct kase *k, struct kase *look,
    struct intake *in, int jobs, const volatile sig_atomic_t *stop,
    struct outcome *o, GError **error)
{
    struct readers r = {
        .tools = tools,
        .k = k,
        .look = look,
        .size = (uint32_t)(jobs * WINDOW_PER_JOB),
    };
    GThread **threads = g_new0(GThread *, jobs);
    bool good;

    r.window = g_new0(struct slot, r.size);
    g_mutex_init(&r.lock);
    g_mutex_init(&r.look_lock);
    g_cond_init(&r.changed);
    for (int i = 1; i < jobs; i++)
        threads[i] = g_thread_new("reader", run_worker, &r);
    good = run(&r, in, stop, o, error);
    for (int i = 1; i < jobs; i++)
        g_thread_join(threads[i]);
    readers_clear(&r);
    g_free(threads);
    return good;
}
