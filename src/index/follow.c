/*
 * Following what reviewers decide after the index was made.
 *
 * Verdicts, marks and corrections change a claim where it stands.  Rulings on
 * events and parties are kept, and applied in their order to what the file
 * has, anew each time one comes or is taken back; so an undone ruling leaves
 * nothing behind.  Taking back one that is older than the file takes a new
 * file: is_stale tells.
 */
#include "index/inside.h"
#include "index/marks.h"

#include <string.h>

struct held {
    int64_t one, other;
    enum ruling_verdict verdict;
};

struct follow {
    struct index *x;
    struct kase *k;
    GArray *corrections; /* int64_t: ids of claims */
    GArray *unsure;      /* int64_t: claims whose marks the records tell */
    GHashTable *touched; /* events to be counted anew */
    bool regroups, renames, counts;
};

/* --- claims ------------------------------------------------------------------ */

static void touch(struct follow *f, uint32_t event)
{
    if (event != NOWHERE)
        g_hash_table_add(f->touched, GUINT_TO_POINTER(event + 1));
}

static void set_mark(struct index_claim *c, unsigned mark, bool on)
{
    c->marks = (uint8_t)(on ? c->marks | mark : c->marks & ~mark);
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
    set_mark(c, MARK_BULK, r->bulk && r->verdict != VERDICT_OPEN);
    if (r->undoes && r->verdict != VERDICT_OPEN)
        g_array_append_val(f->unsure, r->one);
    if (was_out == (c->verdict == VERDICT_REJECTED))
        return;
    touch(f, c->event);
    f->regroups |= c->event == NOWHERE;
    f->counts = true;
}

static void take_mark(struct follow *f, const struct record_row *r)
{
    uint32_t at = index_find_claim(f->x, (uint64_t)r->one);

    if (at == NOWHERE)
        return;
    if (r->what == RECORD_NOTE)
        set_mark(&f->x->claims[at], MARK_NOTED, true);
    else
        set_mark(&f->x->claims[at], MARK_SECOND, r->asked);
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
    set_mark(&f->x->claims[at], MARK_BULK, false);
    set_mark(&f->x->claims[at], MARK_CORRECTED, true);
    if (r->undoes)
        g_array_append_val(f->unsure, r->id);
    g_array_append_val(f->corrections, r->id);
    touch(f, f->x->claims[at].event);
    f->counts = true;
}

/* --- corrections: the columns of the new row ------------------------------- */

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
    int32_t first = index_day(row->first), last = index_day(row->last);

    if (act != NOWHERE)
        c->act = (uint16_t)act;
    else
        r->x->is_stale = true; /* the tables have changed */
    for (int i = 0; i < ROLE_COUNT; i++)
        c->roles[i] =
            index_sighting_of(r->x, c->document, row->roles[i].entity);
    c->modality = (uint8_t)row->modality;
    c->verdict = (uint8_t)row->verdict;
    set_mark(c, MARK_NEGATIVE, row->negative);
    set_mark(c, MARK_REPORTED, first == DAY_NONE && last == DAY_NONE);
    if (c->marks & MARK_REPORTED)
        first = last = r->x->documents[c->document].day;
    c->first = first == DAY_NONE ? last : first;
    c->last = last == DAY_NONE ? first : last;
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
static bool remark_claim(
    struct follow *f, struct arena *a, int64_t id, GError **error)
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
        set_mark(c, mark, marks_of(marks, c->id) & mark);
    marks_free(marks);
    return true;
}

static bool remark_claims(struct follow *f, GError **error)
{
    struct arena *a = arena_new();
    bool good = true;

    for (guint i = 0; good && i < f->unsure->len; i++) {
        good = remark_claim(
            f, a, g_array_index(f->unsure, int64_t, i), error);
        arena_reset(a);
    }
    arena_free(a);
    return good;
}

/* --- rulings ------------------------------------------------------------------ */

/* The newest on two holds. */
static bool
hold(GArray *all, const struct record_row *r)
{
    for (guint i = 0; i < all->len; i++) {
        const struct held *h = &g_array_index(all, struct held, i);

        if ((h->one == r->one && h->other == r->other) ||
            (h->one == r->other && h->other == r->one)) {
            g_array_remove_index(all, i);
            if (r->ruling == RULING_OPEN)
                return true;
            break;
        }
    }
    if (r->ruling == RULING_OPEN)
        return false;
    {
        struct held h = {r->one, r->other, r->ruling};

        g_array_append_val(all, h);
    }
    return true;
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
        if (!hold(in->event_rulings, r))
            f->x->is_stale = true;
        f->regroups = true;
        break;
    case RECORD_PARTIES:
        if (!hold(in->party_rulings, r))
            f->x->is_stale = true;
        f->renames = true;
        break;
    case RECORD_READING:
    case RECORD_COUNT:
        break;
    }
    f->x->revision++;
}

/* --- events --------------------------------------------------------------------- */

static void move_claim(struct index *x, uint32_t claim, uint32_t event)
{
    if (!x->events[event].claims++)
        x->events[event].first = x->events[event].head = claim;
    x->claims[claim].event = event;
}

/* Does a ruling stand between the two events? */
static bool are_apart(struct index *x, uint32_t a, uint32_t b)
{
    const GArray *all = x->inside->event_rulings;

    for (guint i = 0; i < all->len; i++) {
        const struct held *h = &g_array_index(all, struct held, i);
        uint32_t p = index_find_event(x, (uint64_t)h->one);
        uint32_t q = index_find_event(x, (uint64_t)h->other);

        if (h->verdict == RULING_APART &&
            ((p == a && q == b) || (p == b && q == a)))
            return true;
    }
    return false;
}

static void apply_event(struct index *x, const struct held *h)
{
    uint32_t one = index_find_claim(x, (uint64_t)h->one);
    uint32_t other = index_find_claim(x, (uint64_t)h->other);
    uint32_t a, b;

    if (one == NOWHERE || other == NOWHERE)
        return;
    a = x->claims[one].event;
    b = x->claims[other].event;
    if (a == NOWHERE || b == NOWHERE)
        return;
    if (h->verdict == RULING_APART) {
        if (a == b)
            move_claim(x, one, index_grow_events(x));
        return;
    }
    x->claims[one].sure = x->claims[other].sure = 1; /* by decree */
    if (a != b && are_apart(x, a, b)) {
        move_claim(x, other, a);
    } else if (a != b) {
        for (uint32_t i = 0; i < x->claims_count; i++)
            if (x->claims[i].event == b)
                move_claim(x, i, a);
    }
}

/* What tells one set of claims from another. */
static uint64_t *sum_events(const struct index *x, uint32_t room)
{
    uint64_t *sums = g_new0(uint64_t, (gsize)room + 1);

    for (uint32_t i = 0; i < x->claims_count; i++)
        if (x->claims[i].event != NOWHERE)
            sums[x->claims[i].event] +=
                (i + 1) * 0x9E3779B97F4A7C15ULL ^ (uint64_t)i << 32;
    return sums;
}

static void regroup(struct follow *f)
{
    struct index *x = f->x;
    struct index_inside *in = x->inside;
    uint32_t before = x->events_count;
    g_autofree uint64_t *were = sum_events(x, before), *are = NULL;

    x->events_count = in->events_built;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        x->claims[i].event = in->event_built[i];
        x->claims[i].sure = in->sure_built[i];
    }
    for (guint i = 0; i < in->event_rulings->len; i++)
        apply_event(x, &g_array_index(in->event_rulings, struct held, i));
    for (uint32_t i = 0; i < x->claims_count; i++)
        if (x->claims[i].event == NOWHERE && !x->claims[i].is_gone &&
            x->claims[i].verdict != VERDICT_REJECTED)
            move_claim(x, i, index_grow_events(x));
    are = sum_events(x, x->events_count);
    for (uint32_t i = 0; i < x->events_count; i++)
        if (i >= before || i >= in->events_built || were[i] != are[i])
            touch(f, i);
    g_free(x->next_of_event);
    index_link_events(x);
}

/* --- counting an event anew ------------------------------------------------------ */

static int64_t copies_of(void *self, int64_t document)
{
    const struct index *x = self;
    uint32_t at = index_find_document(x, (uint64_t)document);
    uint32_t first = at == NOWHERE ? NOWHERE : x->documents[at].copy_of;

    return first == NOWHERE ? document : x->documents[first].id;
}

static const char *credit_of(void *self, int64_t document)
{
    const struct index *x = self;
    uint32_t at = index_find_document(x, (uint64_t)document);

    return at == NOWHERE || !x->documents[at].agency
               ? NULL
               : index_string(x, x->documents[at].agency);
}

bool index_digest_event(
    struct index *x, struct kase *k, struct arena *a, uint32_t event,
    struct digest *out, GError **error)
{
    enum { CLAIMS_MOST = 2000 };
    struct surroundings around = {x, copies_of, credit_of};
    int64_t *ids = arena_make(a, int64_t, CLAIMS_MOST);
    double *sure = arena_make(a, double, CLAIMS_MOST);
    uint32_t first = x->events[event].first, at = first, count = 0;

    do {
        ids[count] = x->claims[at].id;
        sure[count++] = (double)x->claims[at].sure;
        at = x->next_of_event[at];
    } while (at != first && count < CLAIMS_MOST);
    return digest_event(
        k, x->inside->tables, a, ids, sure, count, &around, out, error);
}

/* Any claim of the event, or NOWHERE. */
static uint32_t find_member(const struct index *x, uint32_t event)
{
    uint32_t at = x->events[event].first;

    if (at < x->claims_count && x->claims[at].event == event)
        return at;
    for (at = 0; at < x->claims_count; at++)
        if (x->claims[at].event == event)
            return at;
    return NOWHERE;
}

/* The first claim by which it is called: what is rejected speaks for nothing. */
static uint32_t find_first(const struct index *x, uint32_t event)
{
    uint32_t from = find_member(x, event), at = from, first = NOWHERE;

    if (from == NOWHERE)
        return NOWHERE;
    do {
        if (x->claims[at].verdict != VERDICT_REJECTED)
            first = MIN(first, at);
        at = x->next_of_event[at];
    } while (at != from);
    return first;
}

bool index_recount_event(
    struct index *x, struct kase *k, uint32_t event, GError **error)
{
    uint32_t first = find_first(x, event);
    struct arena *a = arena_new();
    struct index_event *e = &x->events[event];
    struct digest digest;
    bool good;

    if (first == NOWHERE) {
        e->claims = e->support = e->deniers = e->contests = 0;
        arena_free(a);
        return true;
    }
    e->first = first;
    good = index_digest_event(x, k, a, event, &digest, error);
    if (good) {
        *e = (struct index_event){.first = e->first, .head = e->first};
        if (digest.happening_count) {
            const struct event *from = digest.happenings[0].event;

            e->claims = from->claims;
            e->documents = from->documents;
            e->publishers = from->publishers;
            e->support = from->support;
            e->deniers = from->deniers;
            e->contests = from->contests;
            e->head = index_find_claim(
                x, (uint64_t)happening_fullest(&digest.happenings[0])->id);
        }
    }
    arena_free(a);
    return good;
}

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

/* --- parties ---------------------------------------------------------------------- */

bool index_holds_apart(const struct index *x, uint32_t one, uint32_t other)
{
    const GArray *all = x->inside->party_rulings;

    for (guint i = 0; i < all->len; i++) {
        const struct held *h = &g_array_index(all, struct held, i);
        uint32_t p = index_find_party(x, (uint64_t)h->one);
        uint32_t q = index_find_party(x, (uint64_t)h->other);

        if (h->verdict == RULING_APART &&
            ((p == one && q == other) || (p == other && q == one)))
            return true;
    }
    return false;
}

/* A party of its own for one sighting; the others are called by one of them. */
static void part(struct index *x, uint32_t sighting)
{
    const struct index_sighting *s = &x->sightings[sighting];
    uint32_t from = s->party, made = index_grow_parties(x), rest = 0;

    x->parties[made] = x->parties[from];
    x->parties[made].id = s->referent;
    x->parties[made].name = x->spellings[s->spelling].words;
    x->sightings[sighting].party = made;
    if (index_find_sighting(x, x->parties[from].id) != sighting)
        return;
    while (x->sightings[rest].party != from)
        rest++;
    x->parties[from].id = x->sightings[rest].referent;
}

static void unite(struct index *x, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < x->sightings_count; i++)
        if (x->sightings[i].party == b)
            x->sightings[i].party = a;
    x->parties[b].is_gone = 1;
}

static bool has_others(const struct index *x, uint32_t sighting)
{
    for (uint32_t i = 0; i < x->sightings_count; i++)
        if (i != sighting &&
            x->sightings[i].party == x->sightings[sighting].party)
            return true;
    return false;
}

static void apply_party(struct index *x, const struct held *h)
{
    uint32_t one = index_find_sighting(x, (uint64_t)h->one);
    uint32_t other = index_find_sighting(x, (uint64_t)h->other);
    uint32_t a = index_party_of(x, one), b = index_party_of(x, other);

    if (a == NOWHERE || b == NOWHERE)
        return;
    if (h->verdict == RULING_APART && a == b && has_others(x, one))
        part(x, one);
    else if (h->verdict == RULING_SAME && a != b)
        unite(x, a, b);
}

static void rename_parties(struct index *x)
{
    struct index_inside *in = x->inside;

    x->parties_count = in->parties_built;
    for (uint32_t i = 0; i < x->parties_count; i++) {
        x->parties[i].is_gone = 0;
        x->parties[i].id = in->id_built[i];
    }
    for (uint32_t i = 0; i < x->sightings_count; i++)
        x->sightings[i].party = in->party_built[i];
    for (guint i = 0; i < in->party_rulings->len; i++)
        apply_party(x, &g_array_index(in->party_rulings, struct held, i));
    g_free(x->next_of_party);
    index_link_parties(x);
}

/* --- the whole ----------------------------------------------------------------------- */

void follow_begin(struct index *x)
{
    struct index_inside *in = x->inside;

    in->event_rulings = g_array_new(FALSE, FALSE, sizeof(struct held));
    in->party_rulings = g_array_new(FALSE, FALSE, sizeof(struct held));
    in->events_built = x->events_count;
    in->parties_built = x->parties_count;
    in->event_built = g_new(uint32_t, (gsize)x->claims_count + 1);
    in->party_built = g_new(uint32_t, (gsize)x->sightings_count + 1);
    in->id_built = g_new(uint32_t, (gsize)x->parties_count + 1);
    for (uint32_t i = 0; i < x->parties_count; i++)
        in->id_built[i] = x->parties[i].id;
    in->sure_built = g_new(float, (gsize)x->claims_count + 1);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        in->event_built[i] = x->claims[i].event;
        in->sure_built[i] = x->claims[i].sure;
    }
    for (uint32_t i = 0; i < x->sightings_count; i++)
        in->party_built[i] = x->sightings[i].party;
}

void follow_end(struct index_inside *in)
{
    if (!in->event_rulings)
        return;
    g_array_free(in->event_rulings, TRUE);
    g_array_free(in->party_rulings, TRUE);
    g_free(in->event_built);
    g_free(in->sure_built);
    g_free(in->id_built);
    g_free(in->party_built);
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
    bool good = case_each_review(
                    k, a, &x->inside->cursor, take_record, &f, error) &&
                reread_claims(&f, error) && remark_claims(&f, error);

    if (good && f.renames)
        rename_parties(x);
    if (good && f.regroups)
        regroup(&f);
    good = good && recount_touched(&f, error);
    if (good && (f.counts || f.renames))
        index_count(x);
    if (x->inside->cursor.document > x->inside->state.last_document)
        x->is_stale = true;
    g_array_free(f.corrections, TRUE);
    g_array_free(f.unsure, TRUE);
    g_hash_table_unref(f.touched);
    arena_free(a);
    return good;
}
