/* Corrections: a claim as a reviewer reads it takes another's place. */
#include "case/review.h"

#include <string.h>

struct correcting {
    struct kase *k;
    int64_t old;      /* whose rows are copied */
    int64_t replaced; /* whose place the new one takes */
    int64_t new;
    struct page page;
    struct arena *a;
    GError **error;
};

/* --- what the reviewer said ----------------------------------------------- */

static bool are_spans(const struct page *p, struct spans s)
{
    for (uint32_t i = 0; i < s.count; i++)
        if (s.at[i].from >= s.at[i].to || !page_has(p, s.at[i]) ||
            (i && s.at[i].from < s.at[i - 1].to))
            return false;
    return s.count > 0;
}

static bool complain(struct correcting *w, const char *what, const char *about)
{
    g_set_error(
        w->error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
        "%s: c%" G_GINT64_FORMAT ": %s%s", w->k->path, w->replaced, what,
        about);
    return false;
}

static bool check_time(struct correcting *w, const struct correction *c)
{
    if (c->time != AMEND_SET)
        return true;
    if ((!c->first && !c->last) || (c->first && !date_is(c->first)) ||
        (c->last && !date_is(c->last)))
        return complain(w, "a day is written as 2012-02-21", "");
    if (c->first && c->last && strcmp(c->first, c->last) > 0)
        return complain(w, "its first day is after its last", "");
    return true;
}

static bool check_correction(struct correcting *w, const struct correction *c)
{
    if (c->modality < -1 || c->modality >= MODALITY_COUNT)
        return complain(w, "there is no such modality", "");
    for (int r = 0; r < ROLE_COUNT; r++)
        if (c->roles[r].how == AMEND_SET &&
            !are_spans(&w->page, c->roles[r].spans))
            return complain(
                w, "these are no words of the text: the ", role_word(r));
    return check_time(w, c);
}

/* --- rows ----------------------------------------------------------------- */

static bool
copy_claim(struct correcting *w, const struct correction *c, int64_t run)
{
    int64_t act = 0;

    if ((c->act && !act_add(w->k, c->act, &act, w->error)) ||
        !row_add(
            w->k,
            "INSERT INTO claim (document, sentence, run, replaces, act, words, "
            "modality, negative, attribution, confidence) "
            "SELECT document, sentence, ?2, ?3, coalesce(?4, act), words, "
            "CASE WHEN ?5 < 0 THEN modality ELSE ?5 END, "
            "CASE WHEN ?6 < 0 THEN negative ELSE ?6 <> 0 END, "
            "attribution, confidence FROM claim WHERE id = ?1",
            w->error, "iiizii", w->old, run, w->replaced, act,
            (int64_t)c->modality, (int64_t)c->negative))
        return false;
    w->new = sqlite3_last_insert_rowid(w->k->db);
    return true;
}

/* Days that the text has no words for have none. */
static bool copy_time(struct correcting *w, const struct correction *c)
{
    if (c->time == AMEND_CLEAR)
        return true;
    if (c->time == AMEND_SET)
        return row_add(
            w->k,
            "INSERT INTO moment (claim, words, first, last) VALUES (?1, "
            "coalesce((SELECT words FROM moment WHERE claim = ?2), ''), ?3, "
            "?4)",
            w->error, "iitt", w->new, w->old, c->first, c->last);
    return row_add(
        w->k,
        "INSERT INTO moment (claim, words, first, last) "
        "SELECT ?, words, first, last FROM moment WHERE claim = ?",
        w->error, "ii", w->new, w->old);
}

static bool copy_rest(struct correcting *w)
{
    return row_add(
               w->k,
               "INSERT INTO figure (claim, words, value, unit, compare, "
               "population) SELECT ?, words, value, unit, compare, population "
               "FROM figure WHERE claim = ?",
               w->error, "ii", w->new, w->old) &&
           row_add(
               w->k,
               "INSERT INTO label (claim, number, spans, words, of_spans, "
               "referent, name) SELECT ?, number, spans, words, of_spans, "
               "referent, name FROM label WHERE claim = ?",
               w->error, "ii", w->new, w->old);
}

/* --- roles ---------------------------------------------------------------- */

static uint32_t shared_bytes(struct spans s, struct span with)
{
    uint32_t shared = 0;

    for (uint32_t i = 0; i < s.count; i++)
        if (span_meets(s.at[i], with))
            shared += MIN(s.at[i].to, with.to) - MAX(s.at[i].from, with.from);
    return shared;
}

static uint32_t size_of(struct spans s)
{
    uint32_t size = 0;

    for (uint32_t i = 0; i < s.count; i++)
        size += s.at[i].to - s.at[i].from;
    return size;
}

/*
 * How much a mention and the words have in common, 0..1: not enough where it
 * is less than half and words are left over.  "Ana Ruiz" is meant by "Ruiz" and
 * by "Mrs. Ana Ruiz", not by "the friends and lawyers of Ana Ruiz".
 */
static double likeness_of(struct spans s, struct span mention)
{
    uint32_t size = size_of(s), shared = shared_bytes(s, mention);
    double likeness =
        (double)shared / (mention.to - mention.from + size - shared);

    return shared == size || likeness >= 0.5 ? likeness : 0;
}

/* The referent of the likest mention; 0 where none is like. */
static bool find_referent(struct correcting *w, struct spans s, int64_t *out)
{
    LEASE l = rows_open(
        w->k,
        "SELECT start, stop, referent FROM mention WHERE document = ? "
        "AND stop > ? AND start < ? ORDER BY number",
        w->error, "iii", w->page.document, (int64_t)s.at[0].from,
        (int64_t)s.at[s.count - 1].to);
    double best = 0;

    *out = 0;
    while (rows_take(&l, w->error)) {
        struct span m;
        double likeness;

        if (!span_load(&w->page, &l, 0, &m, w->error))
            return false;
        likeness = likeness_of(s, m);
        if (likeness <= best)
            continue;
        best = likeness;
        *out = sqlite3_column_int64(l.at, 2);
    }
    return !l.failed;
}

static bool set_role(struct correcting *w, int64_t part, struct spans s)
{
    int64_t referent;

    return find_referent(w, s, &referent) &&
           row_add(
               w->k,
               "INSERT INTO role (claim, part, spans, referent) VALUES (?, ?, "
               "?, ?)",
               w->error, "iitz", w->new, part, spans_print(w->a, s), referent);
}

static bool copy_roles(struct correcting *w, const struct correction *c)
{
    bool good = true;

    for (int r = 0; good && r < ROLE_COUNT; r++) {
        if (c->roles[r].how == AMEND_SET)
            good = set_role(w, r, c->roles[r].spans);
        else if (c->roles[r].how == AMEND_KEEP)
            good = row_add(
                w->k,
                "INSERT INTO role (claim, part, spans, referent, name) "
                "SELECT ?, part, spans, referent, name FROM role "
                "WHERE claim = ? AND part = ?",
                w->error, "iii", w->new, w->old, (int64_t)r);
    }
    return good;
}

static bool
write_rows(struct correcting *w, const struct correction *c, int64_t run)
{
    return copy_claim(w, c, run) && copy_time(w, c) && copy_rest(w) &&
           copy_roles(w, c);
}

bool correction_add(
    struct kase *k, const struct review *r, int64_t run,
    const struct correction *c, int64_t repeats, int64_t *out, GError **error)
{
    struct correcting w = {
        .k = k, .old = r->claim, .replaced = r->claim, .error = error};
    int64_t document;
    bool good;

    if (!number_find(
            k, "SELECT document FROM claim WHERE id = ?", &document, error, "i",
            r->claim) ||
        !page_open(&w.page, k, document, error))
        return false;
    w.a = arena_new();
    good = check_correction(&w, c) && write_rows(&w, c, run);
    arena_free(w.a);
    page_close(&w.page);
    *out = w.new;
    return good &&
           row_add(
               k,
               "INSERT INTO correction (claim, why, repeats) VALUES (?, ?, ?)",
               error, "itz", w.new, r->why, repeats);
}

bool case_correct(
    struct kase *k, const struct review *r, const struct correction *c,
    int64_t *out, GError **error)
{
    struct review confirming = *r;
    int64_t run;
    bool good = review_open(k, r, &run, error) &&
                correction_add(k, r, run, c, 0, &confirming.claim, error);

    good = good && decision_add(k, &confirming, run, VERDICT_CONFIRMED, error);
    *out = confirming.claim;
    return ruling_close(k, good, error);
}

/* --- taking back ---------------------------------------------------------- */

bool decisions_repeat(
    struct kase *k, int64_t from, int64_t to, int64_t run, GError **error)
{
    return row_add(
        k,
        "INSERT INTO decision (claim, run, verdict, why, bulk, repeats) "
        "SELECT ?2, ?3, d.verdict, d.why, d.bulk, coalesce(d.repeats, d.id) "
        "FROM decision d WHERE d.claim = ?1 AND d.undoes IS NULL AND NOT "
        "EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY d.id",
        error, "iii", from, to, run);
}

/* Its rows are those of the claim that the correction had replaced. */
static bool take_back(
    struct kase *k, const struct review *r, int64_t run, int64_t *out,
    GError **error)
{
    static const struct correction none = CORRECTION_NONE;
    struct correcting w = {.k = k, .replaced = r->claim, .error = error};

    if (!number_find(
            k,
            "SELECT c.replaces FROM claim c JOIN correction x ON x.claim = "
            "c.id WHERE c.id = ?",
            &w.old, error, "i", r->claim))
        return false;
    if (!w.old)
        return complain(&w, "there is no correction to take back", "");
    if (!write_rows(&w, &none, run))
        return false;
    *out = w.new;
    return row_add(
               k, "INSERT INTO correction (claim, undoes) VALUES (?, ?)", error,
               "ii", w.new, r->claim) &&
           decisions_repeat(k, w.old, w.new, run, error);
}

bool case_undo_correction(
    struct kase *k, int64_t claim, const char *who, int64_t *out,
    GError **error)
{
    struct review r = {.claim = claim, .who = who};
    int64_t run;
    bool good =
        review_open(k, &r, &run, error) && take_back(k, &r, run, out, error);

    return ruling_close(k, good, error);
}
