/* Asking for claims: document by document, so that memory stays small. */
#include "case/store.h"

#include <string.h>

/* More than sentences have words; longer chains are no chains. */
enum { SOURCES_MOST = 1000 };
/* Nobody counts a text in more ways. */
enum { UNITS_MOST = 4 };

struct asking {
    struct kase *k;
    const struct claim_filter *filter;
    const struct sieve *sieve;
    struct arena *a;          /* of one claim, the caller's */
    struct arena *page_arena; /* of one document's sources */
    struct page page;
    struct stored_sources sources;
    struct milestone *milestones; /* of the document ... */
    uint32_t milestone_count, milestone_next;
    struct milestone passed[UNITS_MOST]; /* ... and the last before the claim */
    uint32_t passed_count;
    bool (*take)(const struct claim_row *row, void *self);
    void *self;
    int64_t taken;
    bool is_over;
    GError **error;
};

static bool load_roles(struct asking *q, struct claim_row *c)
{
    LEASE l = rows_open(
        q->k,
        "SELECT r.part, " PHRASE_COLUMNS("r") " FROM role r" PHRASE_JOINS(
            "r") "WHERE r.claim = ?",
        q->error, "i", c->id);

    while (rows_take(&l, q->error)) {
        int64_t r = sqlite3_column_int64(l.at, 0);

        if (r < 0 || r >= ROLE_COUNT)
            return store_damaged(q->k, q->error, "claim", c->id);
        if (!phrase_load(&q->page, q->a, &l, 1, &c->roles[r], q->error))
            return false;
    }
    return !l.failed;
}

static bool load_labels(struct asking *q, struct claim_row *c)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct label_row));
    LEASE l = rows_open(
        q->k,
        "SELECT r.words, r.spans, r.of_spans, coalesce(r.name, f.name), "
        "f.entity, e.key, f.abbreviation FROM label r" PHRASE_JOINS(
            "r") "WHERE r.claim = ? ORDER BY r.number",
        q->error, "i", c->id);
    bool good = true;

    while (good && rows_take(&l, q->error)) {
        struct label_row row = {.words = column_text(q->a, &l, 0)};

        good = (row.words || store_damaged(q->k, q->error, "claim", c->id)) &&
               spans_load(&q->page, q->a, &l, 1, &row.spans, q->error) &&
               phrase_load(&q->page, q->a, &l, 2, &row.of, q->error);
        g_array_append_val(found, row);
    }
    c->label_count = found->len;
    c->labels = arena_make(q->a, struct label_row, found->len);
    if (found->len)
        memcpy(c->labels, found->data, found->len * sizeof(*c->labels));
    g_array_free(found, TRUE);
    return good && !l.failed;
}

/* The chain of an attribution's parents, outermost first. */
static bool load_sources(struct asking *q, struct claim_row *c, int64_t last)
{
    const struct stored_source *s;
    uint32_t depth = 0;

    for (int64_t id = last; id; id = s->parent, depth++) {
        s = sources_lookup(&q->sources, id);
        if (!s || depth == SOURCES_MOST)
            return store_damaged(q->k, q->error, "claim", c->id);
    }
    c->source_count = depth;
    c->sources = arena_make(q->a, struct source_row, depth);
    for (int64_t id = last; id; id = s->parent) {
        s = sources_lookup(&q->sources, id);
        c->sources[--depth] = s->row;
    }
    return true;
}

static bool load_count(struct asking *q, struct lease *l, struct claim_row *c)
{
    struct spans of;

    if (!spans_load(&q->page, q->a, l, 9, &c->count_spans, q->error) ||
        !spans_load(&q->page, q->a, l, 13, &of, q->error))
        return false;
    c->count_text = spans_words(q->a, q->page.text, c->count_spans);
    c->count_has_value = sqlite3_column_type(l->at, 10) != SQLITE_NULL;
    c->count_value = sqlite3_column_double(l->at, 10);
    c->count_unit = column_text(q->a, l, 11);
    c->count_compare = column_text(q->a, l, 12);
    c->count_of = spans_words(q->a, q->page.text, of);
    return true;
}

/* --- where it stands --------------------------------------------------- */

static void pass_milestone(struct asking *q, const struct milestone *m)
{
    uint32_t i = 0;

    while (i < q->passed_count && strcmp(q->passed[i].unit, m->unit) != 0)
        i++;
    if (i == UNITS_MOST)
        return;
    q->passed[i] = *m;
    q->passed_count = MAX(q->passed_count, i + 1);
}

/* Claims come in the order of the text, and so do milestones. */
static void load_milestones(struct asking *q, struct claim_row *c)
{
    struct milestone *own = arena_make(q->a, struct milestone, UNITS_MOST);

    for (; q->milestone_next < q->milestone_count &&
           q->milestones[q->milestone_next].at <= c->sentence.from;
         q->milestone_next++)
        pass_milestone(q, &q->milestones[q->milestone_next]);
    for (uint32_t i = 0; i < q->passed_count; i++)
        own[i] = (struct milestone){
            q->passed[i].at, arena_keep(q->a, q->passed[i].unit),
            arena_keep(q->a, q->passed[i].n)};
    c->milestones = own;
    c->milestone_count = q->passed_count;
}

/* The claim's own row; columns as in take_rows. */
static bool load_row(struct asking *q, struct lease *l, struct claim_row *c)
{
    int64_t m = sqlite3_column_int64(l->at, 3);

    c->id = sqlite3_column_int64(l->at, 0);
    c->act = column_text(q->a, l, 1);
    c->negative = sqlite3_column_int64(l->at, 4);
    c->confidence = (double)sqlite3_column_int64(l->at, 5) / 1000;
    c->first = column_text(q->a, l, 7);
    c->last = column_text(q->a, l, 8);
    c->verdict = verdict_find((const char *)sqlite3_column_text(l->at, 17));
    if (!c->act || m < 0 || m >= MODALITY_COUNT)
        return store_damaged(q->k, q->error, "claim", c->id);
    c->sentence_row = sqlite3_column_int64(l->at, 18);
    c->modality = (enum modality)m;
    if (!spans_load(&q->page, q->a, l, 2, &c->trigger, q->error) ||
        !spans_load(&q->page, q->a, l, 6, &c->time_spans, q->error) ||
        !load_count(q, l, c))
        return false;
    if (!c->trigger.count)
        return store_damaged(q->k, q->error, "claim", c->id);
    c->trigger_text = spans_words(q->a, q->page.text, c->trigger);
    c->time_text = spans_words(q->a, q->page.text, c->time_spans);
    return true;
}

static bool
load_sentence(struct asking *q, struct lease *l, struct claim_row *c)
{
    if (!span_load(&q->page, l, 15, &c->sentence, q->error))
        return false;
    c->sentence_text = arena_copy(
        q->a, q->page.text.at + c->sentence.from,
        c->sentence.to - c->sentence.from);
    load_milestones(q, c);
    return true;
}

static bool
take_row(struct asking *q, struct lease *l, const struct document_row *d)
{
    struct claim_row c = {
        .document = d->id,
        .document_name = d->name,
        .document_date = d->date,
        .publisher = d->publisher,
    };

    arena_reset(q->a);
    if (!load_row(q, l, &c))
        return false;
    if (!sieve_has_act(q->sieve, &c))
        return true;
    if (!load_sentence(q, l, &c) || !load_roles(q, &c) || !load_labels(q, &c) ||
        !load_sources(q, &c, sqlite3_column_int64(l->at, 14)))
        return false;
    if (!sieve_has_words(q->sieve, q->a, &c))
        return true;
    q->taken++;
    q->is_over = !q->take(&c, q->self) ||
                 (q->filter->limit && q->taken == q->filter->limit);
    return true;
}

static bool take_rows(struct asking *q, const struct document_row *d)
{
    LEASE l = rows_open(
        q->k,
        "SELECT c.id, a.code, c.words, c.modality, c.negative, "
        "c.confidence, nullif(t.words, ''), t.first, t.last, f.words, f.value, "
        "f.unit, "
        "f.compare, f.population, c.attribution, s.start, s.stop, "
        "(SELECT verdict FROM decision WHERE claim = c.id "
        "ORDER BY id DESC LIMIT 1), c.sentence "
        "FROM claim c JOIN act a ON a.id = c.act "
        "JOIN sentence s ON s.id = c.sentence "
        "LEFT JOIN moment t ON t.claim = c.id "
        "LEFT JOIN figure f ON f.claim = c.id "
        "WHERE " CLAIMS_OF_DOCUMENT "AND (?2 = 0 OR c.id = ?2) AND NOT EXISTS "
        "(SELECT 1 FROM claim n WHERE n.replaces = c.id) "
        "ORDER BY CAST(c.words AS INTEGER), c.id",
        q->error, "ii", d->id, q->filter->id);

    while (!q->is_over && rows_take(&l, q->error))
        if (!take_row(q, &l, d))
            return false;
    return !l.failed;
}

static bool take_document(const struct document_row *d, void *self)
{
    struct asking *q = self;
    bool good;

    if (!sieve_has_document(q->sieve, q->page_arena, d->name) || !d->claims)
        return true;
    if (!page_open(&q->page, q->k, d->id, q->error))
        return false;
    arena_reset(q->page_arena);
    q->milestone_next = q->passed_count = 0;
    good = sources_load(&q->page, q->page_arena, &q->sources, q->error) &&
           milestones_load(
               &q->page, q->page_arena, &q->milestones, &q->milestone_count,
               q->error) &&
           take_rows(q, d);
    page_close(&q->page);
    return good && !q->is_over;
}

/* The document of a claim, or that which the filter names; 0 for all. */
static bool find_document(struct asking *q, int64_t *out)
{
    *out = q->filter->document;
    if (!q->filter->id)
        return true;
    return number_find(
        q->k, "SELECT document FROM claim WHERE id = ?", out, q->error, "i",
        q->filter->id);
}

bool case_find_claims(
    struct kase *k, struct arena *a, const struct claim_filter *filter,
    bool (*take)(const struct claim_row *row, void *self), void *self,
    GError **error)
{
    GError *fault = NULL;
    struct arena *own = arena_new(), *documents = arena_new();
    struct asking q = {
        .k = k,
        .filter = filter,
        .sieve = sieve_new(own, filter),
        .a = a,
        .page_arena = arena_new(),
        .take = take,
        .self = self,
        .error = &fault,
    };
    int64_t document;
    bool good = find_document(&q, &document);

    if (good && (document || !filter->id))
        good = documents_each(
            k, documents, document, false, take_document, &q, &fault);
    arena_free(q.page_arena);
    arena_free(documents);
    arena_free(own);
    if (good && !fault)
        return true;
    g_propagate_error(error, fault);
    return false;
}
