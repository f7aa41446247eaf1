/*
 * The whole journey of a document: intake, language, claims, identity,
 * events, case.
 *
 * Sources are listed in order; up to --jobs threads (this one among them)
 * turn them into readings; readings go into the case in the order of the
 * list, whichever is done first.  The window between the first document
 * waited for and the last one begun is bounded, and so is memory.
 */
#include "cli/cli.h"
#include "cli/progress.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
    WINDOW_PER_JOB = 32,     /* documents, and ... */
    BYTES_PER_JOB = 1 << 20, /* ... bytes of them that may be waiting */
    JOBS_MOST = 256,
    FAILURES_TOLD = 1000,
};

/* A place in the window. */
struct slot {
    struct arena *arena;
    struct source *source;
    uint64_t bytes; /* of the source */
    struct document *document; /* NULL: failed */
    struct reading reading;
    GError *error;
    bool is_known; /* the case has these bytes under this name already */
    bool is_done;
};

struct readers {
    struct reader *reader;
    struct lexicon *lexicon;
    struct identity_words *words;
    struct intake_options options;
    struct kase *k;
    struct slot *window;
    uint32_t size;    /* of the window */
    uint64_t first;   /* the document waited for */
    uint64_t begun;   /* the next to be taken by a thread */
    uint64_t listed;  /* the next to be listed; window[n % size] */
    uint64_t bytes;   /* of the documents in the window */
    bool is_over;     /* nothing will be listed any more */
    GMutex lock;      /* of all above that changes, and of each is_done */
    GMutex case_lock; /* of `k` */
    GCond changed;
};

/* What became of the documents. */
struct outcome {
    uint64_t documents, versions, known, failed, claims, bytes, mended;
    GPtrArray *failures; /* "name: why" */
};

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

/* --- one document ----------------------------------------------------- */

static bool is_known(struct readers *r, const struct document *d)
{
    bool known;

    g_mutex_lock(&r->case_lock);
    known = case_has(r->k, d->id, d->sha256);
    g_mutex_unlock(&r->case_lock);
    return known;
}

static void read_document(struct readers *r, struct slot *s)
{
    struct reading *made = &s->reading;
    struct document *d;
    struct findings *findings;
    struct text *text;

    d = document_read(s->arena, s->source, &r->options, &s->error);
    s->document = d;
    if (!d)
        return;
    s->is_known = is_known(r, d);
    if (s->is_known)
        return;
    text = language_read(r->reader, s->arena, d->text, d->body, d->date);
    findings = claims_find(r->lexicon, s->arena, text, d->date);
    made->entities = identity_resolve(r->words, s->arena, text, findings);
    sketch_make(&made->sketch, text);
    made->document = d;
    made->text = text;
    made->findings = findings;
    made->lexicon = r->lexicon;
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

static void note_failure(
    struct outcome *o, const char *name, const GError *error)
{
    if (o->failed++ < FAILURES_TOLD)
        g_ptr_array_add(
            o->failures, g_strdup_printf("%s: %s", name, error->message));
}

static bool
keep_reading(struct readers *r, struct slot *s, struct outcome *o, GError **error)
{
    case_added added;
    bool good;

    g_mutex_lock(&r->case_lock);
    good = case_add(r->k, &s->reading, &added, error);
    g_mutex_unlock(&r->case_lock);
    if (!good)
        return false;
    o->documents += added == ADDED_NEW;
    o->versions += added == ADDED_VERSION;
    o->known += added == ADDED_NOTHING;
    o->claims += s->reading.findings->claim_count;
    o->mended += s->document->notes && s->document->notes[0];
    return true;
}

static bool
take_result(struct readers *r, struct slot *s, struct outcome *o, GError **error)
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
    return source->path && g_stat(source->path, &st) == 0
               ? (uint64_t)st.st_size
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

static bool read_all(
    struct readers *r, struct intake *in, struct outcome *o, GError **error)
{
    struct progress *p = progress_new(in);
    struct source *source;
    bool good = true;

    g_mutex_lock(&r->lock);
    while (good && !stopped) {
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

static bool read_with_threads(
    struct readers *r, struct intake *in, int jobs, struct outcome *o,
    GError **error)
{
    GThread **threads = g_new0(GThread *, jobs);
    bool good;

    r->size = (uint32_t)(jobs * WINDOW_PER_JOB);
    r->window = g_new0(struct slot, r->size);
    for (int i = 1; i < jobs; i++)
        threads[i] = g_thread_new("reader", run_worker, r);
    good = read_all(r, in, o, error);
    for (int i = 1; i < jobs; i++)
        g_thread_join(threads[i]);
    for (; r->first < r->listed; r->first++) {
        struct slot *s = &r->window[r->first % r->size];

        g_clear_error(&s->error);
        source_free(s->source);
    }
    for (uint32_t i = 0; i < r->size; i++)
        arena_free(r->window[i].arena);
    g_free(r->window);
    g_free(threads);
    return good;
}

/* --- the command ------------------------------------------------------ */

static char *publisher, *date;
static int jobs;
static int size_most = 16;

static const GOptionEntry entries[] = {
    {"publisher", 'p', 0, G_OPTION_ARG_STRING, &publisher,
     "who put the documents out, where they do not tell", "NAME"},
    {"date", 'd', 0, G_OPTION_ARG_STRING, &date,
     "the day they were put out (YEAR-MONTH-DAY), likewise", "DAY"},
    {"jobs", 'j', 0, G_OPTION_ARG_INT, &jobs,
     "threads (default: one for each processor)", "N"},
    {"max-size", 0, 0, G_OPTION_ARG_INT, &size_most,
     "pass over documents larger than this (default: 16)", "MB"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Reads files and folders (and what is in them) into a case: plain text,\n"
    "Markdown, HTML and JSON Lines ({\"id\",\"text\",\"title\",\"date\",\n"
    "\"publisher\",\"url\"} a line); '-' is standard input. A text may begin\n"
    "with lines 'Title:', 'Date:', 'Publisher:', 'URL:' before a blank line.\n"
    "What is in the case already is passed over; what has changed becomes a\n"
    "new version. Nothing is ever removed.\n"
    "\n"
    "Examples:\n"
    "  attest read reports/ letters/\n"
    "  attest read --case oil.attest --publisher 'The Courier' *.html\n"
    "\n"
    "Exit status: 0 all was read, 1 some documents were not, 2 wrong use, or\n"
    "the case cannot be written.";

static bool check_options(int argc)
{
    check_day("--date", date);
    if (jobs < 0 || jobs > JOBS_MOST)
        complain("--jobs: from 1 to %d", JOBS_MOST);
    else if (size_most < 1 || size_most > 1024)
        complain("--max-size: from 1 to 1024 (MB)");
    else if (argc < 2)
        complain(
            "what shall be read? Name files or folders, or '-' for standard "
            "input; see 'attest read --help'");
    else
        return true;
    return false;
}

static bool load(struct readers *r, GError **error)
{
    char *lexicon = lexicon_folder();
    char *models = models_folder();

    r->reader = reader_load(models, lexicon, error);
    if (r->reader)
        r->lexicon = lexicon_load(lexicon, models, error);
    if (r->lexicon)
        r->words = identity_load(lexicon, error);
    if (r->words)
        r->options.words = intake_words_load(lexicon, error);
    g_free(lexicon);
    g_free(models);
    return r->options.words != NULL;
}

static void unload(struct readers *r)
{
    reader_free(r->reader);
    lexicon_free(r->lexicon);
    identity_free(r->words);
    intake_words_free(r->options.words);
}

static void tell_failures(const struct outcome *o)
{
    GString *line = g_string_new(NULL);

    for (guint i = 0; i < o->failures->len; i++) {
        g_string_assign(line, "  ");
        append_plain(line, g_ptr_array_index(o->failures, i));
        fprintf(stderr, "%s\n", line->str);
    }
    if (o->failed > FAILURES_TOLD)
        fprintf(
            stderr, "  and %" G_GUINT64_FORMAT " more\n",
            o->failed - FAILURES_TOLD);
    g_string_free(line, TRUE);
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void tell(const struct outcome *o)
{
    printf(
        "%" G_GUINT64_FORMAT " document%s read, %" G_GUINT64_FORMAT
        " claim%s found\n",
        o->documents + o->versions, plural(o->documents + o->versions),
        o->claims, plural(o->claims));
    if (o->versions)
        printf(
            "%" G_GUINT64_FORMAT " of them new version%s of documents in the "
            "case\n",
            o->versions, plural(o->versions));
    if (o->known)
        printf(
            "%" G_GUINT64_FORMAT " document%s in the case already\n",
            o->known, plural(o->known));
    if (o->mended)
        printf(
            "%" G_GUINT64_FORMAT " document%s mended: see the notes in "
            "'attest documents'\n",
            o->mended, plural(o->mended));
    fflush(stdout);
    if (o->failed) {
        fprintf(
            stderr, "%" G_GUINT64_FORMAT " not read:\n", o->failed);
        tell_failures(o);
    }
}

static bool log_outcome(struct kase *k, const struct outcome *o, GError **error)
{
    char *particulars = g_strdup_printf(
        "{\"documents\":%" G_GUINT64_FORMAT ",\"versions\":%" G_GUINT64_FORMAT
        ",\"known\":%" G_GUINT64_FORMAT ",\"failed\":%" G_GUINT64_FORMAT
        ",\"claims\":%" G_GUINT64_FORMAT "}",
        o->documents, o->versions, o->known, o->failed, o->claims);
    bool good = case_log(k, "read", particulars, error);

    g_free(particulars);
    return good;
}

static int read_paths(struct readers *r, char **paths)
{
    struct outcome o = {
        .failures = g_ptr_array_new_with_free_func(g_free)};
    struct intake *in = intake_open((const char *const *)paths);
    GError *error = NULL;
    int status = STATUS_DONE;

    if (!jobs)
        jobs = MIN((int)g_get_num_processors(), JOBS_MOST);
    if (!read_with_threads(r, in, jobs, &o, &error) ||
        !log_outcome(r->k, &o, &error) || !case_save(r->k, &error))
        status = fail(error);
    intake_close(in);
    tell(&o);
    if (stopped)
        complain("stopped; what was read is in the case");
    if (status == STATUS_DONE && (o.failed || stopped))
        status = STATUS_PARTLY;
    g_ptr_array_free(o.failures, TRUE);
    return status;
}

int command_read(int argc, char **argv)
{
    struct readers r = {0};
    GError *error = NULL;
    int status = STATUS_FAILED;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "PATH... - read documents into a case", about, entries);
    if (!check_options(argc))
        return STATUS_FAILED;
    r.options.publisher = publisher;
    r.options.date = date;
    r.options.size_most = (uint64_t)size_most << 20;
    g_mutex_init(&r.lock);
    g_mutex_init(&r.case_lock);
    g_cond_init(&r.changed);
    signal(SIGINT, stop);
    signal(SIGTERM, stop);
    if (load(&r, &error)) {
        r.k = open_case(CASE_CREATE);
        status = read_paths(&r, argv + 1);
        close_case(r.k);
    } else {
        fail(error);
    }
    unload(&r);
    return status;
}
