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
    struct source *source;     /* NULL: it is read again */
    int64_t again;             /* the document's row, or 0 */
    uint64_t bytes;            /* of the source */
    struct document *document; /* NULL: failed */
    struct reading reading;
    GError *error;
    bool is_known; /* the case has these bytes under this name already */
    bool is_done;
};

/* A document of the case. */
struct kept {
    int64_t id;
    uint64_t size;
};

struct readers {
    const struct tools *tools;
    struct intake *in; /* tells what is read; or NULL, and ... */
    GArray *kept;      /* ... these are, struct kept */
    guint kept_next;
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

/* What reading goes by: what somebody knows better, else what was read. */
struct known {
    const char *day; /* from which times are counted */
    const char *language;
};

static bool find_known(
    struct readers *r, struct slot *s, const struct document *d,
    struct known *out)
{
    struct description_row *rows;
    uint32_t count = 0;
    bool good;

    *out = (struct known){d->date, d->language};
    g_mutex_lock(&r->look_lock);
    good = case_find_descriptions(
        r->look, s->arena, d->id, &rows, &count, &s->error);
    g_mutex_unlock(&r->look_lock);
    for (uint32_t i = 0; good && i < count; i++)
        if (rows[i].field == DESCRIBED_DATE)
            out->day = rows[i].value;
        else if (rows[i].field == DESCRIBED_LANGUAGE)
            out->language = rows[i].value;
    return good;
}

/* As it stands in the case; NULL and no error where it is not current. */
static struct document *
read_kept(struct readers *r, struct arena *a, int64_t id, GError **error)
{
    struct document *d = arena_make(a, struct document, 1);
    const char **notes = arena_make(a, const char *, 2);
    struct milestone *milestones = NULL;
    struct document_row *row;
    uint32_t count = 0;
    bool good;

    g_mutex_lock(&r->look_lock);
    row = case_find_document(r->look, a, id, error);
    good =
        row && case_find_milestones(r->look, a, id, &milestones, &count, error);
    g_mutex_unlock(&r->look_lock);
    if (!good)
        return NULL;
    notes[0] = row->notes;
    *d = (struct document){
        .id = row->name,
        .sha256 = row->sha256,
        .media_type = row->media_type,
        .encoding = row->encoding,
        .title = row->title,
        .date = row->date,
        .publisher = row->publisher,
        .url = row->url,
        .date_from = row->date_from,
        .publisher_from = row->publisher_from,
        .container = row->container,
        .text = row->text,
        .body = row->body,
        .notes = notes,
        .milestones = milestones,
        .milestone_count = count,
        .size = (uint64_t)row->size,
    };
    document_find_language(a, d);
    return d;
}

/* From where it stands; NULL with an error, or `is_known`. */
static struct document *take_document(struct readers *r, struct slot *s)
{
    struct document *d;

    if (s->source) {
        d = document_read(s->arena, s->source, &r->tools->options, &s->error);
        s->is_known = d && is_known(r, d);
    } else {
        d = read_kept(r, s->arena, s->again, &s->error);
        s->is_known = !d && !s->error;
    }
    return d;
}

/* What it says: language, claims, identity. */
static void read_claims(
    const struct tools *t, struct arena *a, struct reading *made,
    const char *day)
{
    const struct document *d = made->document;
    struct text *text = language_read(t->reader, a, d->text, d->body, day);
    struct findings *findings = claims_find(t->lexicon, a, text, day);

    made->text = text;
    made->entities = identity_resolve(t->words, a, text, findings);
    made->findings = findings;
}

/* Of what cannot be read the sentences, by which it is searched. */
static void
read_sentences(const struct tools *t, struct arena *a, struct reading *made)
{
    const struct document *d = made->document;

    made->text = language_break(t->reader, a, d->text, d->body);
    made->entities = arena_make(a, struct entities, 1);
    made->findings = arena_make(a, struct findings, 1);
}

/* The whole journey but its last step. */
static void read_document(struct readers *r, struct slot *s)
{
    const struct tools *t = r->tools;
    struct reading *made = &s->reading;
    struct document *d = take_document(r, s);
    struct known known;

    s->document = d;
    if (!d || s->is_known || !find_known(r, s, d, &known))
        return;
    made->document = d;
    made->lexicon = t->lexicon;
    made->again = s->again;
    if (language_is_read(known.language))
        read_claims(t, s->arena, made, known.day);
    else
        read_sentences(t, s->arena, made);
    sketch_make(s->arena, &made->sketch, made->text);
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
    if (language_is_read(s->document->language))
        o->mended += s->document->notes && s->document->notes[0];
    else
        o->unread++;
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

    if (s->error && s->source)
        note_failure(o, s->source->id, s->error);
    else if (s->error)
        note_failure(
            o, arena_print(s->arena, "d%" G_GINT64_FORMAT, s->again), s->error);
    else if (s->is_known)
        o->known++;
    else
        good = keep_reading(r, s, o, error);
    o->bytes += s->source ? s->source->size : s->bytes;
    g_clear_error(&s->error);
    g_clear_pointer(&s->source, source_free);
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

/* What is listed next; false at the end. */
static bool take_next(struct readers *r, struct slot *out)
{
    struct kept *kept;

    if (r->in) {
        out->source = intake_next(r->in);
        out->bytes = out->source ? source_size(out->source) : 0;
        return out->source;
    }
    if (r->kept_next == r->kept->len)
        return false;
    kept = &g_array_index(r->kept, struct kept, r->kept_next++);
    out->again = kept->id;
    out->bytes = kept->size;
    return true;
}

/* Into the window; false at the end.  Called with the lock held, and returns
   so. */
static bool list_next(struct readers *r)
{
    struct slot *s = &r->window[r->listed % r->size], next = {0};
    bool good;

    g_mutex_unlock(&r->lock);
    good = take_next(r, &next);
    g_mutex_lock(&r->lock);
    if (!good)
        return false;
    next.arena = s->arena ? s->arena : arena_new();
    if (next.source && next.source->error) {
        next.error = g_error_copy(next.source->error);
        next.is_done = true;
    }
    *s = next;
    r->bytes += s->bytes;
    r->listed++;
    g_cond_broadcast(&r->changed);
    return true;
}

static bool is_full(const struct readers *r)
{
    uint64_t waiting = r->listed - r->first;

    return waiting == r->size ||
           (waiting > r->size / WINDOW_PER_JOB &&
            r->bytes > (uint64_t)r->size / WINDOW_PER_JOB * BYTES_PER_JOB);
}

/* What comes out as before was read all the same. */
static uint64_t count_read(const struct readers *r, const struct outcome *o)
{
    return o->documents + o->versions + (r->kept ? o->known : 0);
}

static bool
run(struct readers *r, const volatile sig_atomic_t *stop, struct outcome *o,
    struct progress *p, GError **error)
{
    bool good = true;

    g_mutex_lock(&r->lock);
    while (good && !*stop && list_next(r)) {
        while (good && is_full(r))
            good = take_first(r, o, error);
        progress_show(p, count_read(r, o), o->claims, o->bytes);
    }
    while (good && r->first < r->listed) {
        good = take_first(r, o, error);
        progress_show(p, count_read(r, o), o->claims, o->bytes);
    }
    r->is_over = true;
    r->begun = r->listed;
    g_cond_broadcast(&r->changed);
    g_mutex_unlock(&r->lock);
    return good;
}

static void readers_clear(struct readers *r)
{
    /* After a fault some documents were never taken out. */
    for (; r->first < r->listed; r->first++) {
        struct slot *s = &r->window[r->first % r->size];

        g_clear_error(&s->error);
        g_clear_pointer(&s->source, source_free);
    }
    for (uint32_t i = 0; i < r->size; i++)
        arena_free(r->window[i].arena);
    g_free(r->window);
    g_mutex_clear(&r->lock);
    g_mutex_clear(&r->look_lock);
    g_cond_clear(&r->changed);
}

/* Reads all that is listed, with so many threads. */
static bool run_all(
    struct readers *r, int jobs, const volatile sig_atomic_t *stop,
    struct outcome *o, struct progress *p, GError **error)
{
    GThread **threads = g_new0(GThread *, jobs);
    bool good;

    r->size = (uint32_t)(jobs * WINDOW_PER_JOB);
    r->window = g_new0(struct slot, r->size);
    g_mutex_init(&r->lock);
    g_mutex_init(&r->look_lock);
    g_cond_init(&r->changed);
    for (int i = 1; i < jobs; i++)
        threads[i] = g_thread_new("reader", run_worker, r);
    good = run(r, stop, o, p, error);
    for (int i = 1; i < jobs; i++)
        g_thread_join(threads[i]);
    readers_clear(r);
    progress_free(p);
    g_free(threads);
    return good;
}

bool journey_run(
    const struct tools *tools, struct kase *k, struct kase *look,
    struct intake *in, int jobs, const volatile sig_atomic_t *stop,
    struct outcome *o, GError **error)
{
    struct readers r = {.tools = tools, .k = k, .look = look, .in = in};

    return run_all(&r, jobs, stop, o, progress_new(in, 0), error);
}

static bool keep_document(const struct document_row *d, void *self)
{
    struct kept kept = {d->id, (uint64_t)d->size};

    g_array_append_val((GArray *)self, kept);
    return true;
}

static uint64_t sum_sizes(const GArray *kept)
{
    uint64_t sum = 0;

    for (guint i = 0; i < kept->len; i++)
        sum += g_array_index(kept, struct kept, i).size;
    return sum;
}

bool journey_again(
    const struct tools *tools, struct kase *k, struct kase *look, int jobs,
    const volatile sig_atomic_t *stop, struct outcome *o, GError **error)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(struct kept));
    struct readers r = {.tools = tools, .k = k, .look = look, .kept = kept};
    struct arena *rows = arena_new();
    bool good =
        case_find_documents(
            look, rows, NULL, false, keep_document, kept, error) &&
        run_all(&r, jobs, stop, o, progress_new(NULL, sum_sizes(kept)), error);

    arena_free(rows);
    g_array_free(kept, TRUE);
    return good;
}
