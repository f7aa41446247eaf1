/*
 * What reviewers hold of claims: decisions, notes, and that a second reader is
 * asked for.  Each is looked at again inside the transaction that adds it, so
 * that of two who decide at once the second is told.
 */
#include "case/review.h"

#include <string.h>

static const char *const verdict_words[] = {
#define X(name, word) word,
    VERDICTS(X)
#undef X
};

const char *verdict_word(enum verdict v)
{
    return verdict_words[v];
}

enum verdict verdict_find(const char *word)
{
    for (int i = 0; word && i < VERDICT_COUNT; i++)
        if (!strcmp(word, verdict_words[i]))
            return (enum verdict)i;
    return VERDICT_OPEN;
}

/* --- is it still what the reviewer saw? ----------------------------------- */

/* What can keep a claim from being decided on. */
enum { CLAIM_MISSING, CLAIM_REPLACED, CLAIM_OLD, CLAIM_CURRENT };

static bool complain_of(
    struct kase *k, int64_t claim, attest_error_code code, const char *words,
    GError **error)
{
    g_set_error(
        error, ATTEST_ERROR, code, "%s: c%" G_GINT64_FORMAT " %s", k->path,
        claim, words);
    return false;
}

bool case_find_version(
    struct kase *k, int64_t claim, int64_t *out, GError **error)
{
    return number_find(
        k,
        "SELECT 1 + (SELECT count(*) FROM decision WHERE claim = ?1) + "
        "(SELECT count(*) FROM note WHERE claim = ?1) + "
        "(SELECT count(*) FROM second WHERE claim = ?1)",
        out, error, "i", claim);
}

bool claim_check(struct kase *k, int64_t claim, int64_t version, GError **error)
{
    int64_t state, found;

    if (!number_find(
            k,
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM claim n WHERE n.replaces "
            "= c.id) THEN 1 WHEN EXISTS (SELECT 1 FROM document n WHERE "
            "n.replaces = c.document) THEN 2 ELSE 3 END FROM claim c WHERE "
            "c.id = ?",
            &state, error, "i", claim) ||
        !case_find_version(k, claim, &found, error))
        return false;
    if (state == CLAIM_MISSING)
        return complain_of(k, claim, ATTEST_ERROR_INPUT, "is not there", error);
    if (state == CLAIM_REPLACED)
        return complain_of(
            k, claim, ATTEST_ERROR_CONFLICT, "was corrected meanwhile", error);
    if (state == CLAIM_OLD)
        return complain_of(
            k, claim, ATTEST_ERROR_CONFLICT,
            "is of an older version of its document", error);
    if (version && version != found)
        return complain_of(
            k, claim, ATTEST_ERROR_CONFLICT,
            "has new decisions or notes that you have not seen", error);
    return true;
}

bool review_open(
    struct kase *k, const struct review *r, int64_t *run, GError **error)
{
    return ruling_open(k, r->who, run, error) &&
           claim_check(k, r->claim, r->version, error);
}

/* Ends what review_open began; `out` (or NULL) gets the row added last. */
static bool
review_close(struct kase *k, bool good, int64_t *out, GError **error)
{
    if (good && out)
        *out = sqlite3_last_insert_rowid(k->db);
    return ruling_close(k, good, error);
}

/* --- deciding ------------------------------------------------------------- */

bool decision_add(
    struct kase *k, const struct review *r, int64_t run, enum verdict verdict,
    GError **error)
{
    return row_add(
        k,
        "INSERT INTO decision (claim, run, verdict, why) VALUES (?, ?, ?, ?)",
        error, "iitt", r->claim, run, verdict_words[verdict], r->why);
}

bool case_decide(
    struct kase *k, const struct review *r, enum verdict verdict, int64_t *out,
    GError **error)
{
    int64_t run;
    bool good = review_open(k, r, &run, error) &&
                decision_add(k, r, run, verdict, error);

    return review_close(k, good, out, error);
}

bool case_note(
    struct kase *k, const struct review *r, int64_t *out, GError **error)
{
    int64_t run;
    bool good = review_open(k, r, &run, error) &&
                row_add(
                    k, "INSERT INTO note (claim, run, words) VALUES (?, ?, ?)",
                    error, "iit", r->claim, run, r->why);

    return review_close(k, good, out, error);
}

bool case_ask_second(
    struct kase *k, const struct review *r, bool asked, int64_t *out,
    GError **error)
{
    int64_t run;
    bool good =
        review_open(k, r, &run, error) &&
        row_add(
            k,
            "INSERT INTO second (claim, run, asked, why) VALUES (?, ?, ?, ?)",
            error, "iiit", r->claim, run, (int64_t)asked, r->why);

    return review_close(k, good, out, error);
}

static bool decide_if_open(
    struct kase *k, int64_t claim, int64_t run, enum verdict verdict,
    const char *why, GError **error)
{
    return row_add(
        k,
        "INSERT INTO decision (claim, run, verdict, why, bulk) "
        "SELECT c.id, ?2, ?3, ?4, 1 FROM claim c WHERE c.id = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM claim n WHERE n.replaces = c.id) "
        "AND NOT EXISTS "
        "(SELECT 1 FROM document n WHERE n.replaces = c.document) "
        "AND coalesce((SELECT verdict FROM decision WHERE claim = c.id "
        "ORDER BY id DESC LIMIT 1), 'open') = 'open'",
        error, "iitt", claim, run, verdict_words[verdict], why);
}

bool case_decide_all(
    struct kase *k, const int64_t *claims, uint32_t count, enum verdict verdict,
    const char *who, const char *why, uint32_t *decided, GError **error)
{
    int64_t run;
    bool good = ruling_open(k, who, &run, error);

    *decided = 0;
    for (uint32_t i = 0; good && i < count; i++) {
        good = decide_if_open(k, claims[i], run, verdict, why, error);
        *decided += good && sqlite3_changes(k->db) > 0;
    }
    return ruling_close(k, good, error);
}

/* --- taking back ---------------------------------------------------------- */

/* What holds without them stands in the new rows, so that the newest row of a
   claim tells its verdict as ever. */
#define TAKE_BACK                                                              \
    "INSERT INTO decision (claim, run, verdict, undoes) "                      \
    "SELECT d.claim, ?2, coalesce((SELECT verdict FROM decision x WHERE "      \
    "x.claim = d.claim AND x.id <> d.id AND x.undoes IS NULL AND NOT EXISTS "  \
    "(SELECT 1 FROM decision u WHERE u.undoes = x.id) "                        \
    "ORDER BY x.id DESC LIMIT 1), 'open'), d.id FROM decision d "              \
    "WHERE d.undoes IS NULL AND NOT EXISTS "                                   \
    "(SELECT 1 FROM decision u WHERE u.undoes = d.id) AND NOT EXISTS "         \
    "(SELECT 1 FROM claim n WHERE n.replaces = d.claim) AND NOT EXISTS "       \
    "(SELECT 1 FROM claim c JOIN document n ON n.replaces = c.document "       \
    "WHERE c.id = d.claim) AND "

/* The run in which claims were decided in bulk, that one among them; else 0. */
static bool
find_bulk(struct kase *k, int64_t decision, int64_t *out, GError **error)
{
    return number_find(
        k, "SELECT run FROM decision WHERE id = ? AND bulk AND repeats IS NULL",
        out, error, "i", decision);
}

static bool
check_undone(struct kase *k, int64_t decision, uint32_t undone, GError **error)
{
    int64_t there;

    if (undone)
        return true;
    if (!number_find(
            k, "SELECT count(*) FROM decision WHERE id = ?", &there, error, "i",
            decision))
        return false;
    g_set_error(
        error, ATTEST_ERROR, there ? ATTEST_ERROR_CONFLICT : ATTEST_ERROR_INPUT,
        "%s: %s", k->path,
        there ? "that decision was taken back or overtaken already"
              : "there is no such decision");
    return false;
}

bool case_undo_decision(
    struct kase *k, int64_t decision, const char *who, uint32_t *undone,
    GError **error)
{
    int64_t run, bulk = 0;
    bool good =
        ruling_open(k, who, &run, error) &&
        find_bulk(k, decision, &bulk, error) &&
        (bulk ? row_add(k, TAKE_BACK "d.run = ?1", error, "ii", bulk, run)
              : row_add(k, TAKE_BACK "d.id = ?1", error, "ii", decision, run));

    *undone = good ? (uint32_t)sqlite3_changes(k->db) : 0;
    good = good && check_undone(k, decision, *undone, error);
    return ruling_close(k, good, error);
}
