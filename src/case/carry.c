/*
 * What reviewers held of a document's older version, carried over to the claims
 * of the newer one: a decision outlives every reading.  A claim is known again
 * by its trigger; where the new reading differs from what a reviewer confirmed
 * or corrected, it is corrected to that.
 */
#include "case/carry.h"

#include "case/review.h"

#include <stdlib.h>
#include <string.h>

/* Where a sentence of the older text stands in the newer one. */
struct moved {
    struct span from;
    int64_t by;
    bool is_there;
};

struct carrying {
    struct kase *k;
    int64_t run;
    struct page older, newer;
    struct arena *a;
    struct moved *moved; /* NULL: the texts are the same */
    uint32_t moved_count;
    GHashTable *taken; /* claims of the newer version, found already */
    GHashTable *heirs; /* claim of the older version -> that in its place */
    GError **error;
};

/* --- places in both texts ------------------------------------------------- */

struct placed {
    struct str text;
    struct span span;
    uint32_t at; /* among its document's sentences */
};

static int cmp_text(const struct placed *a, const struct placed *b)
{
    int order = memcmp(a->text.at, b->text.at, MIN(a->text.len, b->text.len));

    if (order)
        return order;
    return a->text.len < b->text.len ? -1 : a->text.len > b->text.len;
}

static int by_text(const void *x, const void *y)
{
    const struct placed *a = x, *b = y;
    int order = cmp_text(a, b);

    return order ? order : a->at < b->at ? -1 : a->at > b->at;
}

static bool list_sentences(
    struct carrying *w, const struct page *p, struct placed **out,
    uint32_t *count)
{
    struct span *spans;

    if (!case_find_sentences(w->k, w->a, p->document, &spans, count, w->error))
        return false;
    *out = arena_make(w->a, struct placed, *count);
    for (uint32_t i = 0; i < *count; i++)
        (*out)[i] = (struct placed){span_text(p->text, spans[i]), spans[i], i};
    return true;
}

/* Sentences of one wording are matched in their order. */
static bool match_sentences(struct carrying *w)
{
    struct placed *older, *newer;
    uint32_t count;

    if (!list_sentences(w, &w->older, &older, &w->moved_count) ||
        !list_sentences(w, &w->newer, &newer, &count))
        return false;
    w->moved = arena_make(w->a, struct moved, w->moved_count + 1);
    for (uint32_t i = 0; i < w->moved_count; i++)
        w->moved[i].from = older[i].span;
    array_sort(older, w->moved_count, sizeof(*older), by_text);
    array_sort(newer, count, sizeof(*newer), by_text);
    for (uint32_t i = 0, k = 0; i < w->moved_count && k < count;) {
        int order = cmp_text(&older[i], &newer[k]);

        if (!order) {
            struct moved *m = &w->moved[older[i].at];

            m->is_there = true;
            m->by = (int64_t)newer[k].span.from - (int64_t)m->from.from;
        }
        i += order <= 0;
        k += order >= 0;
    }
    return true;
}

/* By the sentence that holds it. */
static bool move_span(const struct carrying *w, struct span *s)
{
    uint32_t low = 0, high = w->moved_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (w->moved[middle].from.to <= s->from)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == w->moved_count || !w->moved[low].is_there ||
        !span_has(w->moved[low].from, *s))
        return false;
    s->from = (uint32_t)(s->from + w->moved[low].by);
    s->to = (uint32_t)(s->to + w->moved[low].by);
    return true;
}

/* False where the newer text does not have the words at that place. */
static bool move_spans(const struct carrying *w, struct spans s)
{
    for (uint32_t i = 0; w->moved && i < s.count; i++)
        if (!move_span(w, &s.at[i]) || (i && s.at[i].from < s.at[i - 1].to))
            return false;
    return true;
}

/* --- claims --------------------------------------------------------------- */

/* A claim as far as readings can differ in it, in places of the newer text. */
struct read_claim {
    int64_t id;
    const char *act, *first, *last; /* NULL where not told */
    int modality, negative;
    struct spans trigger, roles[ROLE_COUNT];
    bool is_lost[ROLE_COUNT]; /* the newer text has not the role's words */
};

static bool
load_roles(struct carrying *w, const struct page *p, struct read_claim *c)
{
    LEASE l = rows_open(
        w->k, "SELECT part, spans FROM role WHERE claim = ?", w->error, "i",
        c->id);

    while (rows_take(&l, w->error)) {
        int64_t r = sqlite3_column_int64(l.at, 0);

        if (r < 0 || r >= ROLE_COUNT)
            return store_damaged(w->k, w->error, "claim", c->id);
        if (!spans_load(p, w->a, &l, 1, &c->roles[r], w->error))
            return false;
        c->is_lost[r] = p == &w->older && !move_spans(w, c->roles[r]);
        if (c->is_lost[r])
            c->roles[r].count = 0;
    }
    return !l.failed;
}

/* `is_there` says whether the newer text has its trigger. */
static bool load_claim(
    struct carrying *w, const struct page *p, int64_t id, struct read_claim *c,
    bool *is_there)
{
    LEASE l = rows_open(
        w->k,
        "SELECT a.code, c.modality, c.negative, m.first, m.last, c.words "
        "FROM claim c JOIN act a ON a.id = c.act "
        "LEFT JOIN moment m ON m.claim = c.id WHERE c.id = ?",
        w->error, "i", id);

    *c = (struct read_claim){.id = id};
    if (!rows_take(&l, w->error))
        return !l.failed && store_damaged(w->k, w->error, "claim", id);
    c->act = column_text(w->a, &l, 0);
    c->modality = (int)sqlite3_column_int64(l.at, 1);
    c->negative = (int)sqlite3_column_int64(l.at, 2);
    c->first = column_text(w->a, &l, 3);
    c->last = column_text(w->a, &l, 4);
    if (!spans_load(p, w->a, &l, 5, &c->trigger, w->error))
        return false;
    *is_there = p == &w->newer || move_spans(w, c->trigger);
    return load_roles(w, p, c);
}

static bool are_same(struct spans a, struct spans b)
{
    return a.count == b.count &&
           (!a.count || !memcmp(a.at, b.at, a.count * sizeof(*a.at)));
}

static bool do_meet(struct spans a, struct spans b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            if (span_meets(a.at[i], b.at[k]))
                return true;
    return false;
}

/* How well a new claim of the same trigger can be the old one, 0: not at all.
   The act tells most; without it somebody must be the same. */
static int kinship(const struct read_claim *old, const struct read_claim *new)
{
    bool is_same_act = !strcmp(old->act, new->act);
    int roles = 0;

    for (int r = 0; r < ROLE_COUNT; r++)
        roles += are_same(old->roles[r], new->roles[r]) +
                 2 * do_meet(old->roles[r], new->roles[r]);
    if (is_same_act)
        return 100 + roles;
    for (int r = 0; r < ROLE_COUNT; r++)
        if (do_meet(old->roles[r], new->roles[r]))
            return roles;
    return 0;
}

/* The newer version's claim that is the old one's; id 0 where there is none. */
static bool find_heir(
    struct carrying *w, const struct read_claim *old, struct read_claim *out)
{
    int best = 0;
    LEASE l = rows_open(
        w->k,
        "SELECT c.id FROM document d JOIN claim c ON c.id >= d.first_claim "
        "AND c.id < d.first_claim + d.claims WHERE d.id = ? AND c.words = ? "
        "ORDER BY c.id",
        w->error, "it", w->newer.document, spans_print(w->a, old->trigger));

    *out = (struct read_claim){0};
    while (rows_take(&l, w->error)) {
        int64_t id = sqlite3_column_int64(l.at, 0);
        struct read_claim c;
        bool unused;

        if (g_hash_table_contains(w->taken, &id))
            continue;
        if (!load_claim(w, &w->newer, id, &c, &unused))
            return false;
        if (kinship(old, &c) > best) {
            best = kinship(old, &c);
            *out = c;
        }
    }
    if (out->id)
        g_hash_table_add(w->taken, g_memdup2(&out->id, sizeof out->id));
    return !l.failed;
}

/* --- corrections ---------------------------------------------------------- */

/* What has to be corrected in a new claim for it to be the old one; false if
   nothing. */
static bool find_differences(
    const struct read_claim *old, const struct read_claim *new,
    struct correction *out)
{
    bool is_same_time =
        !g_strcmp0(old->first, new->first) && !g_strcmp0(old->last, new->last);
    bool differ = !is_same_time || strcmp(old->act, new->act) != 0 ||
                  old->modality != new->modality ||
                  old->negative != new->negative;

    *out = (struct correction){
        .act = old->act,
        .modality = old->modality,
        .negative = old->negative,
        .time = is_same_time              ? AMEND_KEEP
                : old->first || old->last ? AMEND_SET
                                          : AMEND_CLEAR,
        .first = old->first,
        .last = old->last};
    for (int r = 0; r < ROLE_COUNT; r++) {
        if (old->is_lost[r] || are_same(old->roles[r], new->roles[r]))
            continue;
        differ = true;
        out->roles[r].how = old->roles[r].count ? AMEND_SET : AMEND_CLEAR;
        out->roles[r].spans = old->roles[r];
    }
    return differ;
}

/* Was it made by a correction that was not taken back? */
static bool is_correction(struct carrying *w, int64_t claim, bool *out)
{
    int64_t found;

    if (!number_find(
            w->k,
            "SELECT count(*) FROM correction WHERE claim = ? AND undoes IS "
            "NULL",
            &found, w->error, "i", claim))
        return false;
    *out = found > 0;
    return true;
}

static bool is_confirmed(struct carrying *w, int64_t claim, bool *out)
{
    int64_t found;

    if (!number_find(
            w->k,
            "SELECT verdict = 'confirmed' FROM decision WHERE claim = ? "
            "ORDER BY id DESC LIMIT 1",
            &found, w->error, "i", claim))
        return false;
    *out = found > 0;
    return true;
}

/* Sets `heir` to the claim that is what the reviewer made of the old one. */
static bool carry_reading(
    struct carrying *w, const struct read_claim *old,
    const struct read_claim *new, int64_t *heir)
{
    struct review r = {.claim = new->id};
    bool was_corrected, was_confirmed;
    struct correction c;

    *heir = new->id;
    if (!is_correction(w, old->id, &was_corrected) ||
        !is_confirmed(w, old->id, &was_confirmed))
        return false;
    if (!find_differences(old, new, &c) || (!was_corrected && !was_confirmed))
        return true;
    return correction_add(
        w->k, &r, w->run, &c, was_corrected ? old->id : 0, heir, w->error);
}

/* --- records -------------------------------------------------------------- */

/* ?1 and all that took its place in its document. */
#define CHAIN                                                                  \
    "WITH RECURSIVE chain (id) AS (SELECT ?1 UNION "                           \
    "SELECT n.id FROM chain x JOIN claim n ON n.replaces = x.id) "

/* Notes and requests are of the claim whatever it was corrected to. */
static bool carry_notes(struct carrying *w, int64_t root, int64_t heir)
{
    return row_add(
               w->k,
               CHAIN "INSERT INTO note (claim, run, words, repeats) "
                     "SELECT ?2, ?3, words, coalesce(repeats, id) FROM note "
                     "WHERE claim IN chain ORDER BY id",
               w->error, "iii", root, heir, w->run) &&
           row_add(
               w->k,
               CHAIN "INSERT INTO second (claim, run, asked, why, repeats) "
                     "SELECT ?2, ?3, asked, why, coalesce(repeats, id) "
                     "FROM second WHERE claim IN chain ORDER BY id",
               w->error, "iii", root, heir, w->run);
}

static void remember_heir(struct carrying *w, int64_t old, int64_t heir)
{
    g_hash_table_insert(
        w->heirs, g_memdup2(&old, sizeof old), g_memdup2(&heir, sizeof heir));
}

/* The newest row in a claim's place; all of them have the heir. */
static bool find_newest(struct carrying *w, int64_t root, int64_t *out)
{
    return number_find(
        w->k, CHAIN "SELECT max(id) FROM chain", out, w->error, "i", root);
}

/* A verdict is on what was read: of another act it tells nothing. */
static bool carry_claim(struct carrying *w, int64_t root)
{
    struct read_claim old, new = {0};
    int64_t newest, heir;
    bool is_there;

    if (!find_newest(w, root, &newest) ||
        !load_claim(w, &w->older, newest, &old, &is_there) ||
        (is_there && !find_heir(w, &old, &new)))
        return false;
    if (!new.id)
        return true;
    if (!carry_reading(w, &old, &new, &heir) || !carry_notes(w, root, heir))
        return false;
    remember_heir(w, newest, heir);
    return (heir == new.id &&strcmp(old.act, new.act) != 0) ||
           decisions_repeat(w->k, newest, heir, w->run, w->error);
}

/* The claims as read of which there is any record. */
static bool carry_claims(struct carrying *w)
{
    LEASE l = rows_open(
        w->k,
        "SELECT x.id FROM document d JOIN claim x ON x.id >= d.first_claim "
        "AND x.id < d.first_claim + d.claims WHERE d.id = ? AND ("
        "EXISTS (SELECT 1 FROM decision WHERE claim = x.id) OR "
        "EXISTS (SELECT 1 FROM note WHERE claim = x.id) OR "
        "EXISTS (SELECT 1 FROM second WHERE claim = x.id) OR "
        "EXISTS (SELECT 1 FROM claim n WHERE n.replaces = x.id) OR "
        "EXISTS (SELECT 1 FROM event_ruling WHERE one = x.id) OR "
        "EXISTS (SELECT 1 FROM event_ruling WHERE other = x.id)) ORDER BY x.id",
        w->error, "i", w->older.document);

    while (rows_take(&l, w->error))
        if (!carry_claim(w, sqlite3_column_int64(l.at, 0)))
            return false;
    return !l.failed;
}

/* --- rulings -------------------------------------------------------------- */

/* Of a claim of the older version its heir, of another what stands for it now;
   0 if nothing does. */
static bool find_end(struct carrying *w, int64_t claim, int64_t *out)
{
    int64_t newest, *heir;

    if (!find_newest(w, claim, &newest))
        return false;
    heir = g_hash_table_lookup(w->heirs, &newest);
    *out = heir ? *heir : 0;
    return heir || claim_current(w->k, newest, out, w->error);
}

static bool
repeat_ruling(struct carrying *w, int64_t ruling, int64_t one, int64_t other)
{
    int64_t ends[2];

    if (!find_end(w, one, &ends[0]) || !find_end(w, other, &ends[1]))
        return false;
    return !ends[0] || !ends[1] ||
           row_add(
               w->k,
               "INSERT INTO event_ruling (run, one, other, verdict, why, "
               "repeats) SELECT ?2, ?3, ?4, verdict, why, coalesce(repeats, "
               "id) FROM event_ruling WHERE id = ?1",
               w->error, "iiii", ruling, w->run, ends[0], ends[1]);
}

/* In the order in which they were made, so that the newest stays the newest. */
static bool carry_rulings(struct carrying *w)
{
    LEASE l = rows_open(
        w->k,
        "WITH RECURSIVE own (id) AS (SELECT x.id FROM document d JOIN claim x "
        "ON x.id >= d.first_claim AND x.id < d.first_claim + d.claims "
        "WHERE d.id = ? UNION SELECT n.id FROM own o JOIN claim n "
        "ON n.replaces = o.id) "
        "SELECT id, one, other FROM event_ruling WHERE id IN "
        "(SELECT r.id FROM own o JOIN event_ruling r ON r.one = o.id "
        "UNION SELECT r.id FROM own o JOIN event_ruling r ON r.other = o.id) "
        "ORDER BY id",
        w->error, "i", w->older.document);

    while (rows_take(&l, w->error))
        if (!repeat_ruling(
                w, sqlite3_column_int64(l.at, 0), sqlite3_column_int64(l.at, 1),
                sqlite3_column_int64(l.at, 2)))
            return false;
    return !l.failed;
}

static bool carry(struct carrying *w)
{
    bool is_same =
        w->older.text.len == w->newer.text.len &&
        !memcmp(w->older.text.at, w->newer.text.at, w->older.text.len);

    return (is_same || match_sentences(w)) && carry_claims(w) &&
           carry_rulings(w);
}

bool reviews_carry(
    struct kase *k, int64_t older, int64_t newer, int64_t run, GError **error)
{
    struct carrying w = {.k = k, .run = run, .error = error};
    bool good;

    if (!page_open(&w.older, k, older, error))
        return false;
    if (!page_open(&w.newer, k, newer, error)) {
        page_close(&w.older);
        return false;
    }
    w.a = arena_new();
    w.taken = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    w.heirs =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    good = carry(&w);
    g_hash_table_unref(w.heirs);
    g_hash_table_unref(w.taken);
    arena_free(w.a);
    page_close(&w.newer);
    page_close(&w.older);
    return good;
}
