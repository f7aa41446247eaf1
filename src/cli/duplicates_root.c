/* Which of the documents that share their wording was there first, and how
   much the others have of it. */
#include "cli/duplicates.h"

#include <string.h>

/* Only the oldest so many are asked whether others name or quote them; a story
   may have a thousand reprints. */
enum { ASKED_MOST = 16 };
/* Of what is shared so much stands between quotation marks where a text
   quotes; so much of a sentence is shared where it is copied. */
static const double QUOTED_LEAST = 0.6, QUOTED_MOST = 0.3,
                    SENTENCE_LEAST = 2.0 / 3;
static const double COPY_LEAST = 0.5;

const char *copy_word(enum copy_kind l)
{
    static const char *const words[] = {
#define X(name, word) word,
        COPY_KINDS(X)
#undef X
    };

    return words[l];
}

/* --- loading -------------------------------------------------------------- */

static bool load_member(
    struct kase *k, struct arena *a, int64_t id, struct group_member *out,
    GError **error)
{
    GError *fault = NULL;
    const struct document_row *d = case_find_document(k, a, id, &fault);
    struct span credit;

    if (!d) {
        if (fault)
            g_propagate_error(error, fault);
        else
            g_set_error(
                error, ATTEST_ERROR, ATTEST_ERROR_IO,
                "%s: a document went while it was read", case_path());
        return false;
    }
    credit = origin_credit(d->text, d->body);
    out->document = d;
    out->credit =
        arena_copy(a, d->text.at + credit.from, credit.to - credit.from);
    wording_make(a, &out->wording, d->text, d->body);
    return true;
}

/* Oldest first, those of no date last; the longer, the earlier read first. */
static int compare_age(const void *x, const void *y)
{
    const struct group_member *a = x, *b = y;
    int order = g_strcmp0(a->document->date, b->document->date);

    if (!a->document->date != !b->document->date)
        return a->document->date ? -1 : 1;
    if (order)
        return order;
    if (a->wording.words != b->wording.words)
        return a->wording.words > b->wording.words ? -1 : 1;
    return a->document->id < b->document->id ? -1 : 1;
}

/* --- who takes from whom --------------------------------------------------- */

static bool names(const struct group_member *m, const struct group_member *of)
{
    const char *publisher = of->document->publisher;

    return publisher && *publisher &&
           g_strcmp0(publisher, m->document->publisher) &&
           origin_names(m->document->text, publisher);
}

static bool quotes(const struct group_member *m, const struct group_member *of)
{
    return wording_quoted(&m->wording, &of->wording) >= QUOTED_LEAST &&
           wording_quoted(&of->wording, &m->wording) <= QUOTED_MOST;
}

/* Not of a later day, as far as is known. */
static bool
may_precede(const struct group_member *a, const struct group_member *b)
{
    return !a->document->date || !b->document->date ||
           strcmp(a->document->date, b->document->date) <= 0;
}

static void note_takers(struct family *f)
{
    for (uint32_t i = 0; i < MIN(f->count, ASKED_MOST); i++)
        for (uint32_t k = 0; k < f->count; k++) {
            struct group_member *of = &f->members[i], *m = &f->members[k];

            if (i == k || !may_precede(of, m))
                continue;
            if (names(m, of) || (f->count <= ASKED_MOST && quotes(m, of))) {
                of->named++;
                m->takes = true;
            }
        }
}

/* Of the oldest, and those of no date that others name: who takes from nobody,
   then who is named most. */
static uint32_t find_root(const struct family *f)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < MIN(f->count, ASKED_MOST); i++) {
        const struct group_member *m = &f->members[i],
                                  *first = &f->members[best];
        bool is_rival =
            !m->document->date
                ? m->named > 0
                : !g_strcmp0(m->document->date, first->document->date);

        if (!is_rival && !(first->takes && !m->takes && may_precede(m, first)))
            continue;
        if (m->takes != first->takes ? first->takes : m->named > first->named)
            best = i;
    }
    return best;
}

static void put_first(struct family *f, uint32_t root)
{
    struct group_member kept = f->members[root];

    memmove(f->members + 1, f->members, root * sizeof(kept));
    f->members[0] = kept;
}

/* --- comparing ------------------------------------------------------------- */

static enum copy_kind judge(double in_root, double of_root)
{
    if (in_root >= COPY_LEAST)
        return of_root >= COPY_LEAST ? COPY_COPY : COPY_EXCERPT;
    return of_root >= COPY_LEAST ? COPY_LONGER : COPY_PART;
}

/* The root, unless there is little of it; then whichever has most. */
static uint32_t find_origin(const struct family *f, uint32_t at)
{
    const struct wording *own = &f->members[at].wording;
    double most = wording_share(own, &f->members[0].wording, NULL);
    double back = wording_share(&f->members[0].wording, own, NULL);
    uint32_t best = 0;

    if (most >= COPY_LEAST || back >= COPY_LEAST)
        return 0;
    for (uint32_t i = 1; i < MIN(f->count, ASKED_MOST); i++) {
        double share = wording_share(own, &f->members[i].wording, NULL);

        if (i != at && share > most) {
            most = share;
            best = i;
        }
    }
    return best;
}

/* Is most of the words between these offsets shared?  `at` goes on to the first
   word after them. */
static bool is_copied(
    const struct wording *w, const bool *covered, struct span sentence,
    uint32_t *at)
{
    uint32_t words = 0, shared = 0;

    while (*at < w->count && w->at[*at].span.from < sentence.to) {
        bool counts =
            w->at[*at].folded && w->at[*at].span.from >= sentence.from;

        words += counts;
        shared += counts && covered[*at];
        (*at)++;
    }
    return words && shared >= SENTENCE_LEAST * words;
}

static bool count_sentences(
    struct kase *k, struct arena *a, struct group_member *m,
    const bool *covered, GError **error)
{
    struct span *sentences;
    uint32_t at = 0;

    if (!case_find_sentences(
            k, a, m->document->id, &sentences, &m->sentences, error))
        return false;
    for (uint32_t i = 0; i < m->sentences; i++)
        m->copied += is_copied(&m->wording, covered, sentences[i], &at);
    return true;
}

static bool compare_member(
    struct kase *k, struct arena *a, struct family *f, uint32_t at,
    GError **error)
{
    struct group_member *m = &f->members[at];
    g_autofree bool *covered = g_new0(bool, m->wording.count + 1);
    const struct group_member *root;

    m->from = at ? find_origin(f, at) : 0;
    root = &f->members[m->from];
    m->in_root = wording_share(&m->wording, &root->wording, covered);
    m->of_root = wording_share(&root->wording, &m->wording, NULL);
    m->copy_kind = at ? judge(m->in_root, m->of_root) : COPY_ROOT;
    m->names_root = at && names(m, root);
    m->quotes_root = at && quotes(m, root);
    return count_sentences(k, a, m, covered, error);
}

bool family_load(
    struct kase *k, struct arena *a, const int64_t *ids, uint32_t count,
    struct family *out, GError **error)
{
    out->members = arena_make(a, struct group_member, count);
    out->count = count;
    for (uint32_t i = 0; i < count; i++)
        if (!load_member(k, a, ids[i], &out->members[i], error))
            return false;
    array_sort(out->members, count, sizeof(*out->members), compare_age);
    note_takers(out);
    put_first(out, find_root(out));
    for (uint32_t i = 0; i < count; i++)
        if (!compare_member(k, a, out, i, error))
            return false;
    return true;
}

/* --- words ----------------------------------------------------------------- */

static bool is_oldest(const struct family *f)
{
    const char *date = f->members[0].document->date;

    for (uint32_t i = 1; date && i < f->count; i++)
        if (!f->members[i].document->date ||
            strcmp(f->members[i].document->date, date) <= 0)
            return false;
    return date != NULL;
}

const char *credit_words(struct arena *a, const struct family *f)
{
    const struct group_member *root = &f->members[0];
    const char *age = is_oldest(f) ? "the oldest" : NULL;

    if (root->named)
        return arena_print(
            a, "%s%s%u of the others name%s it or quote%s it", age ? age : "",
            age ? "; " : "", root->named, root->named == 1 ? "s" : "",
            root->named == 1 ? "s" : "");
    if (age)
        return age;
    if (root->document->date)
        return "among the oldest; which came first cannot be told";
    return "a guess: its date is not known, and no other names it";
}
