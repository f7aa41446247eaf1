#include "exchange/exchange.h"
#include "exchange/incident.h"
#include "exchange/json.h"
#include "exchange/plover.h"

#include <errno.h>
#include <string.h>

static const char *const format_words[] = {
#define X(name, word) word,
    EXPORT_FORMATS(X)
#undef X
};

bool export_format_find(const char *word, enum export_format *out)
{
    for (int i = 0; i < EXPORT_COUNT; i++) {
        if (!strcmp(word, format_words[i])) {
            *out = (enum export_format)i;
            return true;
        }
    }
    return false;
}

struct writing {
    struct kase *k;
    struct arena *claims; /* for the rows of one document */
    FILE *out;
    GString *line;
    struct coder *coder; /* for events */
    struct incident_tables *incidents;
    GError **error;
    bool failed;
};

/* Puts the line out and begins another. */
static bool put_line(struct writing *w)
{
    if (fwrite(w->line->str, 1, w->line->len, w->out) != w->line->len) {
        g_set_error(
            w->error, ATTEST_ERROR, ATTEST_ERROR_IO, "cannot write: %s",
            g_strerror(errno));
        w->failed = true;
    }
    g_string_truncate(w->line, 0);
    return !w->failed;
}

/* The rows of a document, as they go into its line. */
struct page_rows {
    JsonBuilder *b;
    struct offsets *o;
};

static bool take_claim(const struct claim_row *c, void *self)
{
    struct page_rows *p = self;

    json_add_claim(p->b, c, p->o);
    return true;
}

static void begin_line(struct page_rows *p, const struct document_row *d)
{
    p->b = json_builder_new();
    p->o = offsets_new(d->text);
    json_builder_begin_object(p->b);
    json_add_text(p->b, "doc", d->name);
}

static bool end_line(struct writing *w, struct page_rows *p)
{
    json_builder_end_object(p->b);
    json_print(p->b, w->line);
    g_string_append_c(w->line, '\n');
    g_object_unref(p->b);
    offsets_free(p->o);
    return put_line(w);
}

static bool write_claims(const struct document_row *d, void *self)
{
    struct claim_filter filter = {.document = d->id};
    struct writing *w = self;
    struct page_rows p;

    begin_line(&p, d);
    json_add_text(p.b, "sha256", d->sha256);
    json_add_text(p.b, "date", d->date);
    json_add_text(p.b, "publisher", d->publisher);
    json_add_text(p.b, "language", d->language);
    json_builder_set_member_name(p.b, "claims");
    json_builder_begin_array(p.b);
    if (!case_find_claims(w->k, w->claims, &filter, take_claim, &p, w->error))
        w->failed = true;
    json_builder_end_array(p.b);
    return end_line(w, &p) && !w->failed;
}

static void add_attribution(struct page_rows *p, const struct source_row *s)
{
    json_builder_begin_object(p->b);
    json_add_spans(p->b, "source", s->source.spans, p->o);
    json_add_spans(p->b, "cue", s->cue, p->o);
    json_add_spans(p->b, "content", s->content, p->o);
    json_builder_end_object(p->b);
}

static bool write_attributions(const struct document_row *d, void *self)
{
    struct writing *w = self;
    struct source_row *rows;
    struct page_rows p;
    uint32_t count;

    arena_reset(w->claims);
    if (!case_find_attributions(
            w->k, w->claims, d->id, &rows, &count, w->error)) {
        w->failed = true;
        return false;
    }
    begin_line(&p, d);
    json_builder_set_member_name(p.b, "attributions");
    json_builder_begin_array(p.b);
    for (uint32_t i = 0; i < count; i++)
        add_attribution(&p, &rows[i]);
    json_builder_end_array(p.b);
    return end_line(w, &p);
}

static bool write_text(const struct document_row *d, void *self)
{
    JsonBuilder *b = json_builder_new();
    struct writing *w = self;
    char *text = g_strndup(d->text.at, d->text.len);

    json_builder_begin_object(b);
    json_add_text(b, "doc", d->name);
    json_add_text(b, "text", text);
    json_builder_end_object(b);
    json_print(b, w->line);
    g_string_append_c(w->line, '\n');
    g_object_unref(b);
    g_free(text);
    return put_line(w);
}

static bool write_raw(const struct document_row *d, void *self)
{
    struct writing *w = self;

    g_string_append_len(w->line, d->text.at, (gssize)d->text.len);
    return put_line(w);
}

static bool write_events(const struct document_row *d, void *self)
{
    struct writing *w = self;

    if (!plover_append(w->coder, w->k, d, w->line, w->error)) {
        w->failed = true;
        return false;
    }
    return put_line(w);
}

static bool write_incident(const struct document_row *d, void *self)
{
    struct writing *w = self;

    if (!incident_append(w->incidents, w->k, d, w->line, w->error)) {
        w->failed = true;
        return false;
    }
    return put_line(w);
}

static bool count_document(const struct document_row *d, void *self)
{
    uint32_t *count = self;

    (void)d;
    return ++*count < 2;
}

static bool write_row(const struct claim_row *c, void *self)
{
    struct writing *w = self;

    csv_append_claim(w->line, c);
    csv_end_row(w->line);
    return put_line(w);
}

static bool write_csv(struct writing *w, const char *const *documents)
{
    struct claim_filter filter = {.documents = documents};

    csv_append_head(w->line);
    csv_end_row(w->line);
    return put_line(w) &&
           case_find_claims(w->k, w->claims, &filter, write_row, w, w->error) &&
           !w->failed;
}

static bool write_documents(
    struct writing *w, enum export_format format, const char *const *documents)
{
    bool (*writers[])(const struct document_row *, void *) = {
        [EXPORT_CLAIMS] = write_claims,
        [EXPORT_ATTRIBUTIONS] = write_attributions,
        [EXPORT_TEXT] = write_text,
        [EXPORT_PLOVER] = write_events,
        [EXPORT_INCIDENTS] = write_incident,
    };
    struct arena *a = arena_new();
    uint32_t count = 0;
    bool good = true;

    if (format == EXPORT_TEXT) {
        good = case_find_documents(
            w->k, a, documents, false, count_document, &count, w->error);
        if (count == 1)
            writers[EXPORT_TEXT] = write_raw;
    }
    good = good && case_find_documents(
                       w->k, a, documents, true, writers[format], w, w->error);
    arena_free(a);
    return good && !w->failed;
}

/* What the format asks beside the case. */
static bool load_tables(
    struct writing *w, enum export_format format,
    const struct export_tables *tables)
{
    if (format == EXPORT_PLOVER) {
        w->coder = coder_load(tables->lexicon, w->error);
        return w->coder != NULL;
    }
    if (format == EXPORT_INCIDENTS) {
        w->incidents =
            incident_tables_load(tables->lexicon, tables->models, w->error);
        return w->incidents != NULL;
    }
    return true;
}

static bool write_format(
    struct writing *w, enum export_format format, const char *const *documents,
    const struct export_tables *tables)
{
    bool good;

    if (format == EXPORT_CSV)
        return write_csv(w, documents);
    good =
        load_tables(w, format, tables) && write_documents(w, format, documents);
    coder_free(w->coder);
    incident_tables_free(w->incidents);
    return good;
}

bool export_write(
    struct kase *k, enum export_format format, const char *const *documents,
    const struct export_tables *tables, FILE *out, GError **error)
{
    struct writing w = {
        .k = k,
        .claims = arena_new(),
        .out = out,
        .line = g_string_new(NULL),
        .error = error,
    };
    bool good = write_format(&w, format, documents, tables);

    g_string_free(w.line, TRUE);
    arena_free(w.claims);
    return good;
}
