/* Asking for documents, their attributions, and the totals. */
#include "case/store.h"

#include <stdlib.h>
#include <string.h>

static void load_row(struct arena *a, struct lease *l, struct document_row *d)
{
    const char **texts[] = {&d->name,      &d->sha256,    &d->media_type,
                            &d->encoding,  &d->title,     &d->date,
                            &d->date_from, &d->publisher, &d->publisher_from,
                            &d->url,       &d->language,  &d->notes,
                            &d->read_at,   &d->container};
    int64_t *numbers[] = {&d->id,        &d->version, &d->size,
                          &d->sentences, &d->claims,  &d->first_sentence};
    int column = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = column_text(a, l, column++);
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        *numbers[i] = sqlite3_column_int64(l->at, column++);
    d->body = (struct span){
        (uint32_t)sqlite3_column_int64(l->at, column),
        (uint32_t)sqlite3_column_int64(l->at, column + 1)};
}

/* Its text, in which its body is. */
static bool load_text(
    struct kase *k, struct arena *a, struct document_row *d, GError **error)
{
    struct page p;
    bool good;

    if (!page_open(&p, k, d->id, error))
        return false;
    good = page_has(&p, d->body) || store_damaged(k, error, "document", d->id);
    d->text = (struct str){arena_copy(a, p.text.at, p.text.len), p.text.len};
    page_close(&p);
    return good;
}

static struct lease open_rows(struct kase *k, int64_t id, GError **error)
{
#define DOCUMENTS                                                              \
    "SELECT d.name, d.sha256, d.media_type, d.encoding, d.title, d.date, "     \
    "d.date_from, d.publisher, d.publisher_from, d.url, d.language, "          \
    "d.notes, r.at, d.container, d.id, d.version, d.size, d.sentences, "       \
    "d.claims, d.first_sentence, d.body_start, d.body_stop "                   \
    "FROM " CURRENT_DOCUMENT " d JOIN run r ON r.id = d.run "
    if (id)
        return rows_open(k, DOCUMENTS "WHERE d.id = ?", error, "i", id);
    return rows_open(k, DOCUMENTS "ORDER BY d.name", error, "");
}

bool documents_each(
    struct kase *k, struct arena *a, int64_t id, bool with_text,
    bool (*take)(const struct document_row *row, void *self), void *self,
    GError **error)
{
    LEASE l = open_rows(k, id, error);

    for (;;) {
        struct document_row d = {0};

        arena_reset(a);
        if (!rows_take(&l, error))
            return !l.failed;
        load_row(a, &l, &d);
        if (!d.name || !d.sha256 || !d.read_at)
            return store_damaged(k, error, "document", d.id);
        if (with_text && !load_text(k, a, &d, error))
            return false;
        if (!take(&d, self))
            return true;
    }
}

/* Picks documents by name, and tells of what each is a copy. */
struct picking {
    struct kase *k;
    const struct sieve *sieve;
    struct arena *words, *texts;
    bool with_text;
    bool (*take)(const struct document_row *row, void *self);
    void *self;
    GError **error;
    bool failed;
};

static bool pick(const struct document_row *found, void *self)
{
    struct picking *p = self;
    struct document_row d = *found;

    arena_reset(p->words);
    if (!sieve_has_document(p->sieve, p->words, d.name))
        return true;
    arena_reset(p->texts);
    d.copy_of = sames_lookup(p->k->sames, d.id);
    if (p->with_text && !load_text(p->k, p->texts, &d, p->error)) {
        p->failed = true;
        return false;
    }
    return p->take(&d, p->self);
}

bool case_find_documents(
    struct kase *k, struct arena *a, const char *const *names, bool with_text,
    bool (*take)(const struct document_row *row, void *self), void *self,
    GError **error)
{
    struct claim_filter filter = {.documents = names};
    struct arena *own = arena_new();
    struct picking p = {
        .k = k,
        .sieve = sieve_new(own, &filter),
        .words = arena_new(),
        .texts = arena_new(),
        .with_text = with_text,
        .take = take,
        .self = self,
        .error = error,
    };
    bool good = sames_load(k, error) &&
                documents_each(k, a, 0, false, pick, &p, error) && !p.failed;

    arena_free(p.texts);
    arena_free(p.words);
    arena_free(own);
    return good;
}

struct keeping {
    struct kase *k;
    struct arena *a;
    struct document_row *row;
    GError **error;
};

static bool keep_row(const struct document_row *found, void *self)
{
    struct keeping *w = self;
    struct document_row *d = arena_make(w->a, struct document_row, 1);
    const char **texts[] = {&d->name,      &d->sha256,    &d->media_type,
                            &d->encoding,  &d->title,     &d->date,
                            &d->date_from, &d->publisher, &d->publisher_from,
                            &d->url,       &d->language,  &d->notes,
                            &d->read_at,   &d->container};

    *d = *found;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        *texts[i] = arena_keep(w->a, *texts[i]);
    w->row = load_text(w->k, w->a, d, w->error) ? d : NULL;
    return false;
}

struct document_row *
case_find_document(struct kase *k, struct arena *a, int64_t id, GError **error)
{
    GError *fault = NULL;
    struct keeping w = {.k = k, .a = a, .error = &fault};
    struct arena *rows = arena_new();
    bool good =
        id > 0 && documents_each(k, rows, id, false, keep_row, &w, &fault);

    arena_free(rows);
    if (fault)
        g_propagate_error(error, fault);
    return good && !fault ? w.row : NULL;
}

/* Where its cue starts, else its content. */
static uint32_t source_start(const struct stored_source *s)
{
    struct spans at = s->row.cue.count ? s->row.cue : s->row.content;

    return at.count ? at.at[0].from : 0;
}

static int by_start(const void *x, const void *y)
{
    const struct stored_source *a = x, *b = y;
    uint32_t at_a = source_start(a), at_b = source_start(b);

    if (at_a != at_b)
        return at_a < at_b ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

bool case_find_attributions(
    struct kase *k, struct arena *a, int64_t document, struct source_row **out,
    uint32_t *count, GError **error)
{
    struct stored_sources sources;
    struct page p;
    bool good;

    if (!page_open(&p, k, document, error))
        return false;
    good = sources_load(&p, a, &sources, error);
    page_close(&p);
    if (!good)
        return false;
    if (sources.count)
        qsort(sources.at, sources.count, sizeof(*sources.at), by_start);
    *count = sources.count;
    *out = arena_make(a, struct source_row, sources.count);
    for (uint32_t i = 0; i < sources.count; i++)
        (*out)[i] = sources.at[i].row;
    return true;
}

static bool load_sentences(struct page *p, GArray *found, GError **error)
{
    LEASE l = rows_open(
        p->k,
        "SELECT start, stop FROM sentence WHERE id BETWEEN "
        "(SELECT first_sentence FROM document WHERE id = ?1) AND "
        "(SELECT first_sentence + sentences - 1 FROM document WHERE id = ?1) "
        "ORDER BY id",
        error, "i", p->document);
    struct span s;

    while (rows_take(&l, error)) {
        if (!span_load(p, &l, 0, &s, error))
            return false;
        g_array_append_val(found, s);
    }
    return !l.failed;
}

bool case_find_sentences(
    struct kase *k, struct arena *a, int64_t document, struct span **out,
    uint32_t *count, GError **error)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct page p;
    bool good = page_open(&p, k, document, error);

    if (good) {
        good = load_sentences(&p, found, error);
        page_close(&p);
    }
    *out = arena_take(a, found, count);
    return good;
}

/* --- versions, mentions ------------------------------------------------------ */

bool case_find_versions(
    struct kase *k, struct arena *a, int64_t document, struct version_row **out,
    uint32_t *count, GError **error)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct version_row));
    LEASE l = rows_open(
        k,
        "SELECT d.id, d.version, r.at FROM document d JOIN run r ON r.id = "
        "d.run WHERE d.name = (SELECT name FROM document WHERE id = ?) "
        "ORDER BY d.version",
        error, "i", document);

    while (rows_take(&l, error)) {
        struct version_row v = {
            sqlite3_column_int64(l.at, 0), sqlite3_column_int64(l.at, 1),
            column_text(a, &l, 2)};

        g_array_append_val(found, v);
    }
    *count = found->len;
    *out = arena_make(a, struct version_row, found->len);
    if (found->len)
        memcpy(*out, found->data, found->len * sizeof(**out));
    g_array_free(found, TRUE);
    return !l.failed;
}

static bool load_mentions(struct page *p, GArray *found, GError **error)
{
    LEASE l = rows_open(
        p->k,
        "SELECT start, stop, referent FROM mention WHERE document = ? "
        "ORDER BY number",
        error, "i", p->document);

    while (rows_take(&l, error)) {
        struct mention_row m = {.referent = sqlite3_column_int64(l.at, 2)};

        if (!span_load(p, &l, 0, &m.span, error))
            return false;
        g_array_append_val(found, m);
    }
    return !l.failed;
}

bool case_find_mentions(
    struct kase *k, struct arena *a, int64_t document, struct mention_row **out,
    uint32_t *count, GError **error)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct mention_row));
    struct page p;
    bool good = page_open(&p, k, document, error);

    if (good) {
        good = load_mentions(&p, found, error);
        page_close(&p);
    }
    *count = found->len;
    *out = arena_make(a, struct mention_row, found->len);
    if (found->len)
        memcpy(*out, found->data, found->len * sizeof(**out));
    g_array_free(found, TRUE);
    return good;
}

bool case_sum(
    struct kase *k, struct arena *a, struct case_totals *out, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT count(*), (SELECT count(*) FROM document), "
        "coalesce(sum(d.sentences), 0), coalesce(sum(d.tokens), 0), "
        "coalesce(sum(d.attributions), 0), coalesce(sum(d.mentions), 0), "
        "coalesce(sum(d.text_size), 0), (SELECT count(*) FROM entity), "
        "coalesce(sum(d.claims), 0), coalesce(sum(d.language <> 'en'), 0), "
        "min(d.date), max(d.date) "
        "FROM " CURRENT_DOCUMENT " d",
        error, "");
    int64_t *numbers[] = {&out->documents,  &out->versions,     &out->sentences,
                          &out->tokens,     &out->attributions, &out->mentions,
                          &out->text_bytes, &out->entities,     &out->claims,
                          &out->unread};

    *out = (struct case_totals){0};
    if (!sames_load(k, error) || !rows_take(&l, error))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++)
        *numbers[i] = sqlite3_column_int64(l.at, (int)i);
    out->first_date = column_text(a, &l, 10);
    out->last_date = column_text(a, &l, 11);
    out->copies = sames_count(k->sames);
    return true;
}
