/*
 * Following what reviewers decide after the index was made.
 *
 * Verdicts, marks and corrections change a claim where it stands; for rulings
 * on events and parties see rulings.c.
 */
#include "index/inside.h"
#include "index/marks.h"

#include <string.h>

struct follow {
    struct index *x;
    struct kase *k;
    GArray *corrections; /* int64_t: ids of claims */
    GArray *unsure;      /* int64_t: claims whose marks the records tell */
    GHashTable *touched; /* events to be counted anew */
    bool has_orphans;    /* claims that are of no event and ought to be */
    bool counts;
};

/* --- claims --------------------------------------------------------------- */

static void touch(struct follow *f, uint32_t event)
{
    if (event != NOWHERE)
        g_hash_table_add(f->touched, GUINT_TO_POINTER(event + 1));
}

static void take_decision(struct follow *f, const struct record_row *r)
{
    uint32_t at = index_find_claim(f->x, (uint64_t)r->one);
    struct index_claim *c;
    bool was_out;

    if (at == NOWHERE || f->x->claims[at].id != (uint64_t)r->one)
        return;
    c = &f->x->claims[at];
    was_out = c->verdict == VERDICT_REJECTED;
    c->verdict = (uint8_t)r->verdict;
    index_set_mark(c, MARK_BULK, r->bulk && r->verdict != VERDICT_OPEN);
    if (r->undoes && r->verdict != VERDICT_OPEN)
        g_array_append_val(f->unsure, r->one);
    if (was_out == (c->verdict == VERDICT_REJECTED))
        return;
    touch(f, c->event);
    f->has_orphans |= c->event == NOWHERE;
    f->counts = true;
}

static void take_mark(struct follow *f, const struct record_row *r)
{
    uint32_t at = index_find_claim(f->x, (uint64_t)r->one);

    if (at == NOWHERE)
        return;
    if (r->what == RECORD_NOTE)
        index_set_mark(&f->x->claims[at], MARK_NOTED, true);
    else
        index_set_mark(&f->x->claims[at], MARK_SECOND, r->asked);
}

static void take_correction(struct follow *f, const struct record_row *r)
{
    uint32_t at = index_find_claim(f->x, (uint64_t)r->other);

    if (at == NOWHERE)
        return; /* of a document that the file does not know */
    for (int i = 0; i < 2; i++)
        g_hash_table_insert(
            f->x->inside->added,
            GSIZE_TO_POINTER((gsize)(i ? r->id : r->other)),
            GUINT_TO_POINTER(at + 1));
    f->x->claims[at].id = (uint32_t)r->id;
    f->x->claims[at].verdict = VERDICT_OPEN; /* decisions come after */
    index_set_mark(&f->x->claims[at], MARK_BULK, false);
    index_set_mark(&f->x->claims[at], MARK_CORRECTED, true);
    if (r->undoes)
        g_array_append_val(f->unsure, r->id);
    g_array_append_val(f->corrections, r->id);
    touch(f, f->x->claims[at].event);
    f->counts = true;
}

/* --- corrections: the columns of the new row ------------------------------ */

struct reread {
    struct index *x;
    struct index_claim *c;
};

static uint32_t find_act(const struct index *x, const char *code)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(x->inside->acts, code));

    return at ? at - 1 : NOWHERE;
}

static bool take_row(const struct claim_row *row, void *self)
{
    struct reread *r = self;
    struct index_claim *c = r->c;
    uint32_t act = find_act(r->x, row->act);

    if (act != NOWHERE)
        c->act = (uint16_t)act;
    else
        r->x->is_stale = true; /* the tables have changed */
    for (int i = 0; i < ROLE_COUNT; i++)
        c->roles[i] =
            index_sighting_of(r->x, c->document, row->roles[i].entity);
    c->modality = (uint8_t)row->modality;
    c->verdict = (uint8_t)row->verdict;
    index_set_mark(c, MARK_NEGATIVE, row->negative);
    index_set_days(c, row, r->x->documents[c->document].day);
    return true;
}

static bool reread_claims(struct follow *f, GError **error)
{
    struct arena *a = arena_new();
    bool good = true;

    for (guint i = 0; good && i < f->corrections->len; i++) {
        int64_t id = g_array_index(f->corrections, int64_t, i);
        uint32_t at = index_find_claim(f->x, (uint64_t)id);
        struct reread r = {f->x, &f->x->claims[at]};
        struct claim_filter one = {.id = id};

        if (r.c->id != (uint64_t)id)
            continue; /* corrected again since */
        good = case_find_claims(f->k, a, &one, take_row, &r, error);
    }
    arena_free(a);
    return good;
}

/* What was taken back leaves the marks that were there before. */
static bool
remark_claim(struct follow *f, struct arena *a, int64_t id, GError **error)
{
    uint32_t at = index_find_claim(f->x, (uint64_t)id), count;
    struct index_claim *c = &f->x->claims[at];
    struct record_row *records;
    struct marks *marks;

    if (!case_find_history(f->k, a, id, &records, &count, error))
        return false;
    marks = marks_new();
    for (uint32_t i = 0; i < count; i++)
        marks_add(marks, &records[i]);
    for (unsigned mark = MARK_SECOND; mark <= MARK_NOTED; mark <<= 1)
        index_set_mark(c, mark, marks_of(marks, c->id) & mark);
    marks_free(marks);
    return true;
}

static bool remark_claims(struct follow *f, GError **error)
{
    struct arena *a = arena_new();
    bool good = true;

    for (guint i = 0; good && i < f->unsure->len; i++) {
        good = remark_claim(f, a, g_array_index(f->unsure, int64_t, i), error);
        arena_reset(a);
    }
    arena_free(a);
    return good;
}

static void take_record(const struct record_row *r, void *self)
{
    struct follow *f = self;
    struct index_inside *in = f->x->inside;

    switch (r->what) {
    case RECORD_CORRECTION:
        take_correction(f, r);
        break;
    case RECORD_DECISION:
        take_decision(f, r);
        break;
    case RECORD_NOTE:
    case RECORD_SECOND:
        take_mark(f, r);
        break;
    case RECORD_EVENTS:
        rulings_hold(f->x, &in->of_events, r);
        break;
    case RECORD_PARTIES:
        rulings_hold(f->x, &in->of_parties, r);
        f->counts = true;
        break;
    case RECORD_DESCRIPTION: /* facets, voices, days hang on it */
        f->x->is_stale = true;
        break;
    case RECORD_READING:
    case RECORD_COUNT:
        break;
    }
    f->x->revision++;
}

/* --- the whole ------------------------------------------------------------ */

static bool recount_touched(struct follow *f, GError **error)
{
    GHashTableIter at;
    gpointer event;

    g_hash_table_iter_init(&at, f->touched);
    while (g_hash_table_iter_next(&at, &event, NULL)) {
        uint32_t number = GPOINTER_TO_UINT(event) - 1;

        if (number < f->x->events_count &&
            !index_recount_event(f->x, f->k, number, error))
            return false;
    }
    return true;
}

bool index_follow(struct index *x, struct kase *k, GError **error)
{
    struct follow f = {
        .x = x,
        .k = k,
        .corrections = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .unsure = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .touched = g_hash_table_new(NULL, NULL),
    };
    struct arena *a = arena_new();
    int64_t last_document = x->inside->cursor.document;
    bool good =
        case_each_review(k, a, &x->inside->cursor, take_record, &f, error) &&
        reread_claims(&f, error) && remark_claims(&f, error);

    if (good) {
        rulings_apply_parties(x);
        rulings_apply_events(x, f.has_orphans, f.touched);
        good = recount_touched(&f, error);
    }
    if (good && f.counts)
        index_count(x);
    if (x->inside->cursor.document > x->inside->state.last_document)
        x->is_stale = true;
    x->revision += x->inside->cursor.document != last_document;
    g_array_free(f.corrections, TRUE);
    g_array_free(f.unsure, TRUE);
    g_hash_table_unref(f.touched);
    arena_free(a);
    return good;
}
