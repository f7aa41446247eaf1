/* What reviewers decide after an index was made: following it tells the same as
   an index made anew. */
#include "index_fixture.h"

/* An index that follows, and a second handle by which reviewers write. */
struct desk {
    struct fixture *f;
    struct index *x;
    struct kase *writer;
};

static void expect(bool good, GError *error)
{
    g_assert_no_error(error);
    g_assert_true(good);
}

static void begin(struct desk *d, struct fixture *f)
{
    GError *error = NULL;

    add_stories(f, 6, 20);
    build(f);
    d->f = f;
    d->x = open_index(f);
    d->writer = case_open(f->path, CASE_WRITE, now, &error);
    g_assert_no_error(error);
}

static void end(struct desk *d)
{
    GError *error = NULL;

    index_close(d->x);
    expect(case_close(d->writer, &error), error);
}

static void follow(struct desk *d)
{
    GError *error = NULL;

    expect(index_follow(d->x, d->f->k, &error), error);
}

/* --- what reviewers do -------------------------------------------------- */

#define ON(at) (&(struct review){.claim = at, .who = "Eva", .why = "so"})

static int64_t decide(struct desk *d, int64_t claim, enum verdict verdict)
{
    GError *error = NULL;
    int64_t id;

    expect(case_decide(d->writer, ON(claim), verdict, &id, &error), error);
    return id;
}

static void undo_decision(struct desk *d, int64_t decision)
{
    GError *error = NULL;
    uint32_t undone;

    expect(
        case_undo_decision(d->writer, decision, "Eva", &undone, &error), error);
}

static int64_t correct(struct desk *d, int64_t claim, const char *act)
{
    struct correction c = CORRECTION_NONE;
    GError *error = NULL;
    int64_t id;

    c.act = act;
    c.modality = MODALITY_POSSIBLE;
    c.roles[ROLE_TARGET].how = AMEND_CLEAR;
    expect(case_correct(d->writer, ON(claim), &c, &id, &error), error);
    return id;
}

static int64_t undo_correction(struct desk *d, int64_t claim)
{
    GError *error = NULL;
    int64_t id;

    expect(
        case_undo_correction(d->writer, claim, "Eva", &id, &error), error);
    return id;
}

static void note(struct desk *d, int64_t claim)
{
    GError *error = NULL;

    expect(case_note(d->writer, ON(claim), NULL, &error), error);
}

static void ask_second(struct desk *d, int64_t claim, bool asked)
{
    GError *error = NULL;

    expect(
        case_ask_second(d->writer, ON(claim), asked, NULL, &error), error);
}

static void
decide_all(struct desk *d, const int64_t *claims, uint32_t count)
{
    GError *error = NULL;
    uint32_t decided;

    expect(
        case_decide_all(
            d->writer, claims, count, VERDICT_CONFIRMED, "Eva", NULL, &decided,
            &error),
        error);
    g_assert_cmpuint(decided, ==, count);
}

static int64_t last_decision(struct desk *d, int64_t claim)
{
    struct record_row *rows;
    GError *error = NULL;
    uint32_t count;

    expect(
        case_find_readers(
            d->writer, d->f->a, claim, &rows, &count, &error),
        error);
    g_assert_cmpuint(count, >, 0);
    return rows[count - 1].id;
}

static int64_t rule_events(
    struct desk *d, int64_t one, int64_t other, enum ruling_verdict verdict)
{
    const struct event_word word = {one, other, verdict};
    GError *error = NULL;
    int64_t id;

    expect(
        case_rule_events(d->writer, &word, 1, "Eva", "so", &id, &error), error);
    return id;
}

static void undo_events(struct desk *d, int64_t ruling)
{
    GError *error = NULL;
    uint32_t undone;

    expect(
        case_undo_event_ruling(d->writer, ruling, "Eva", &undone, &error),
        error);
}

static void rule(
    struct desk *d, uint32_t one, uint32_t other, enum ruling_verdict verdict)
{
    GError *error = NULL;

    expect(
        case_rule(
            d->writer, d->x->sightings[one].referent,
            d->x->sightings[other].referent, verdict, "Eva", "so", &error),
        error);
}

/* --- comparing ---------------------------------------------------------- */

static void compare_claims(const struct index *x, const struct index *y)
{
    g_assert_cmpuint(x->claims_count, ==, y->claims_count);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        const struct index_claim *a = &x->claims[i], *b = &y->claims[i];

        g_assert_cmpuint(a->id, ==, b->id);
        g_assert_cmpstr(index_act(x, a->act), ==, index_act(y, b->act));
        g_assert_cmpuint(a->modality, ==, b->modality);
        g_assert_cmpuint(a->verdict, ==, b->verdict);
        g_assert_cmpuint(a->marks, ==, b->marks);
        g_assert_cmpint(a->first, ==, b->first);
        g_assert_cmpint(a->last, ==, b->last);
        for (int r = 0; r < ROLE_COUNT; r++)
            g_assert_cmpuint(a->roles[r], ==, b->roles[r]);
        g_assert_cmpuint(a->source, ==, b->source);
        g_assert_cmpuint(index_find_claim(x, b->id), ==, i);
    }
}

static void compare_counts(
    const struct index *x, const struct index *y, uint32_t one, uint32_t other)
{
    const struct index_event *a = &x->events[one], *b = &y->events[other];

    g_assert_cmpuint(a->first, ==, b->first);
    g_assert_cmpuint(a->head, ==, b->head);
    g_assert_cmpuint(a->claims, ==, b->claims);
    g_assert_cmpuint(a->documents, ==, b->documents);
    g_assert_cmpuint(a->publishers, ==, b->publishers);
    g_assert_cmpuint(a->support, ==, b->support);
    g_assert_cmpuint(a->deniers, ==, b->deniers);
    g_assert_cmpuint(a->contests, ==, b->contests);
}

/* What is rejected is of no event, but keeps its place for the day on which
   that is taken back: there the two differ, and nobody sees it. */
static void compare_events(const struct index *x, const struct index *y)
{
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t one = x->claims[i].event, other = y->claims[i].event;

        if (x->claims[i].verdict == VERDICT_REJECTED) {
            g_assert_cmpuint(index_support(x, &x->claims[i]), ==, 0);
            continue;
        }
        g_assert_cmpuint(one, !=, NOWHERE);
        g_assert_cmpuint(other, !=, NOWHERE);
        compare_counts(x, y, one, other);
    }
    g_assert_cmpuint(index_sum(x).events, ==, index_sum(y).events);
}

/* The same sightings are one; what they are called for short may differ until
   names are counted anew. */
static void compare_parties(const struct index *x, const struct index *y)
{
    g_autofree uint32_t *other_of = g_new0(uint32_t, x->parties_count);

    g_assert_cmpuint(x->sightings_count, ==, y->sightings_count);
    for (uint32_t i = 0; i < x->sightings_count; i++) {
        uint32_t one = x->sightings[i].party, other = y->sightings[i].party;

        if (!other_of[one])
            other_of[one] = other + 1;
        g_assert_cmpuint(other_of[one], ==, other + 1);
        g_assert_cmpuint(x->parties[one].kind, ==, y->parties[other].kind);
        g_assert_cmpmem(
            &x->counts[one], sizeof x->counts[one], &y->counts[other],
            sizeof y->counts[other]);
    }
    g_assert_cmpuint(index_sum(x).people, ==, index_sum(y).people);
    g_assert_cmpuint(index_sum(x).groups, ==, index_sum(y).groups);
}

/* Who is who and what is one event are found anew by all that is told: after a
   correction or a rejection others may be alike, so that parties and events are
   compared only where nothing else was decided. */
enum { CLAIMS = 0, EVENTS = 1, PARTIES = 2 };

static void compare(struct desk *d, unsigned also)
{
    struct index *y;

    follow(d);
    build(d->f);
    y = open_index(d->f);
    compare_claims(d->x, y);
    if (also & PARTIES)
        compare_parties(d->x, y);
    if (also & EVENTS)
        compare_events(d->x, y);
    index_close(y);
}

/* --- one thing after the other ------------------------------------------ */

static void test_decisions(struct fixture *f, const void *unused)
{
    struct desk d;
    int64_t no;

    (void)unused;
    begin(&d, f);
    decide(&d, 1, VERDICT_CONFIRMED);
    decide(&d, 2, VERDICT_REJECTED);
    decide(&d, 3, VERDICT_CONFIRMED);
    decide(&d, 3, VERDICT_OPEN);
    no = decide(&d, 4, VERDICT_REJECTED);
    compare(&d, CLAIMS);
    undo_decision(&d, no);
    compare(&d, CLAIMS);
    g_assert_cmpuint(
        d.x->claims[index_find_claim(d.x, 4)].verdict, ==, VERDICT_OPEN);
    end(&d);
}

/* A claim whose event has others: taken out and put back it is as before. */
static void test_rejection_undone(struct fixture *f, const void *unused)
{
    struct desk d;
    struct index_event before;
    uint32_t event = 0;
    int64_t no;

    (void)unused;
    begin(&d, f);
    while (d.x->events[event].claims < 2)
        event++;
    before = d.x->events[event];
    no = decide(&d, d.x->claims[before.first].id, VERDICT_REJECTED);
    follow(&d);
    g_assert_cmpuint(d.x->events[event].claims, ==, before.claims - 1);
    g_assert_cmpuint(d.x->events[event].first, >, before.first);
    undo_decision(&d, no);
    follow(&d);
    g_assert_cmpmem(
        &before, sizeof before, &d.x->events[event], sizeof before);
    compare(&d, EVENTS | PARTIES);
    end(&d);
}

static void test_bulk(struct fixture *f, const void *unused)
{
    static const int64_t some[] = {5, 6, 7, 8};
    struct desk d;
    int64_t many, no;

    (void)unused;
    begin(&d, f);
    decide_all(&d, some, G_N_ELEMENTS(some));
    compare(&d, EVENTS | PARTIES);
    many = last_decision(&d, 5);
    no = decide(&d, 6, VERDICT_REJECTED);
    compare(&d, CLAIMS);
    undo_decision(&d, no); /* what was decided in bulk holds again */
    compare(&d, EVENTS | PARTIES);
    g_assert_true(
        d.x->claims[index_find_claim(d.x, 6)].marks & MARK_BULK);
    undo_decision(&d, many);
    compare(&d, EVENTS | PARTIES);
    end(&d);
}

static void test_corrections(struct fixture *f, const void *unused)
{
    struct desk d;
    int64_t one, two, back;

    (void)unused;
    begin(&d, f);
    note(&d, 9);
    ask_second(&d, 9, true);
    one = correct(&d, 9, "violence.beat");
    compare(&d, CLAIMS);
    g_assert_cmpuint(
        index_find_claim(d.x, 9), ==, index_find_claim(d.x, (uint64_t)one));
    two = correct(&d, one, "liberty.detain");
    compare(&d, CLAIMS);
    back = undo_correction(&d, two); /* as the first correction has it */
    compare(&d, CLAIMS);
    back = undo_correction(&d, back); /* as the second */
    ask_second(&d, back, false);
    compare(&d, CLAIMS);
    correct(&d, 10, NULL);
    undo_correction(&d, correct(&d, 11, "violence.beat"));
    compare(&d, CLAIMS);
    end(&d);
}

/* Old ids lead to what stands in their place, also in an index made anew. */
static void test_old_ids(struct fixture *f, const void *unused)
{
    struct desk d;
    struct index *y;
    int64_t one, two;

    (void)unused;
    begin(&d, f);
    one = correct(&d, 9, "violence.beat");
    two = correct(&d, one, "liberty.detain");
    build(f);
    y = open_index(f);
    for (int i = 0; i < 2; i++) {
        uint32_t at = index_find_claim(y, (uint64_t)(i ? one : 9));

        g_assert_cmpuint(at, !=, NOWHERE);
        g_assert_cmpuint(y->claims[at].id, ==, two);
        g_assert_cmpuint(
            index_find_event(y, (uint64_t)(i ? one : 9)), ==,
            y->claims[at].event);
    }
    index_close(y);
    end(&d);
}

static void test_marks(struct fixture *f, const void *unused)
{
    struct desk d;

    (void)unused;
    begin(&d, f);
    note(&d, 1);
    note(&d, 1);
    ask_second(&d, 2, true);
    ask_second(&d, 3, true);
    ask_second(&d, 3, false);
    compare(&d, EVENTS | PARTIES);
    end(&d);
}

/* The first two events that have several claims. */
static void find_two(const struct index *x, uint32_t *one, uint32_t *other)
{
    *one = 0;
    while (x->events[*one].claims < 2)
        ++*one;
    *other = *one + 1;
    while (x->events[*other].claims < 2)
        ++*other;
}

static void test_events(struct fixture *f, const void *unused)
{
    struct desk d;
    uint32_t one, other;
    int64_t a, b, again, together, apart;

    (void)unused;
    begin(&d, f);
    find_two(d.x, &one, &other);
    a = d.x->claims[d.x->events[one].first].id;
    b = d.x->claims[d.x->events[other].first].id;
    together = rule_events(&d, a, b, RULING_SAME);
    compare(&d, EVENTS | PARTIES);
    g_assert_cmpuint(
        index_find_event(d.x, (uint64_t)a), ==,
        index_find_event(d.x, (uint64_t)b));
    undo_events(&d, together);
    compare(&d, EVENTS | PARTIES);
    again = d.x->claims[d.x->next_of_event[d.x->events[one].first]].id;
    apart = rule_events(&d, again, a, RULING_APART);
    follow(&d);
    g_assert_cmpuint(
        index_find_event(d.x, (uint64_t)a), !=,
        index_find_event(d.x, (uint64_t)again));
    undo_events(&d, apart);
    compare(&d, EVENTS | PARTIES);
    end(&d);
}

/* The first two of a kind. */
static void
find_parties(const struct index *x, int kind, uint32_t *one, uint32_t *other)
{
    *one = 0;
    while (x->parties[x->sightings[*one].party].kind != kind)
        ++*one;
    *other = *one + 1;
    while (x->sightings[*other].party == x->sightings[*one].party ||
           x->parties[x->sightings[*other].party].kind != kind)
        ++*other;
}

static void test_parties(struct fixture *f, const void *unused)
{
    struct desk d;
    uint32_t one, other, third;

    (void)unused;
    begin(&d, f);
    find_parties(d.x, NAME_PERSON, &one, &other);
    rule(&d, one, other, RULING_SAME);
    follow(&d);
    g_assert_cmpuint(
        d.x->sightings[one].party, ==, d.x->sightings[other].party);
    rule(&d, one, other, RULING_OPEN);
    compare(&d, EVENTS | PARTIES);
    third = d.x->next_of_party[one];
    g_assert_cmpuint(third, !=, one);
    rule(&d, one, third, RULING_APART);
    follow(&d);
    g_assert_cmpuint(
        d.x->sightings[one].party, !=, d.x->sightings[third].party);
    g_assert_true(index_holds_apart(
        d.x, d.x->sightings[one].party, d.x->sightings[third].party));
    rule(&d, one, third, RULING_OPEN);
    compare(&d, EVENTS | PARTIES);
    g_assert_false(d.x->is_stale);
    end(&d);
}

/* What is older than the index cannot be taken back in it: that it is not up to
   date is told. */
static void test_stale(struct fixture *f, const void *unused)
{
    struct desk d;
    uint32_t one, other;
    int64_t ruling;

    (void)unused;
    begin(&d, f);
    find_parties(d.x, NAME_GROUP, &one, &other);
    ruling = rule_events(&d, 1, 2, RULING_SAME);
    rule(&d, one, other, RULING_SAME);
    index_close(d.x);
    build(f);
    d.x = open_index(f);
    g_assert_false(d.x->is_stale);
    undo_events(&d, ruling);
    follow(&d);
    g_assert_true(d.x->is_stale);
    index_close(d.x);
    build(f);
    d.x = open_index(f);
    g_assert_false(d.x->is_stale);
    rule(&d, one, other, RULING_OPEN);
    follow(&d);
    g_assert_true(d.x->is_stale);
    end(&d);
}

/* --- anything in any order ---------------------------------------------- */

static void do_anything(struct desk *d, GRand *chance)
{
    static const char *const acts[] = {
        "violence.beat", "liberty.detain", NULL};
    uint32_t at = (uint32_t)g_rand_int_range(
        chance, 0, (gint32)d->x->claims_count);
    int64_t claim = d->x->claims[at].id;
    bool is_corrected = d->x->claims[at].marks & MARK_CORRECTED;

    switch (g_rand_int_range(chance, 0, 7)) {
    case 0:
        decide(d, claim, VERDICT_CONFIRMED);
        break;
    case 1:
        decide(d, claim, VERDICT_REJECTED);
        break;
    case 2:
        undo_decision(d, decide(d, claim, VERDICT_OPEN));
        break;
    case 3:
        note(d, claim);
        break;
    case 4:
        ask_second(d, claim, g_rand_boolean(chance));
        break;
    case 5:
        correct(d, claim, acts[g_rand_int_range(chance, 0, 3)]);
        break;
    default:
        if (is_corrected)
            undo_correction(d, claim);
        break;
    }
    if (g_rand_boolean(chance))
        follow(d);
}

static void test_anything(struct fixture *f, const void *unused)
{
    GRand *chance = g_rand_new_with_seed(7);
    struct desk d;

    (void)unused;
    begin(&d, f);
    for (int i = 0; i < 12; i++) {
        follow(&d);
        for (int k = 0; k < 25; k++) {
            do_anything(&d, chance);
            follow(&d);
        }
        compare(&d, CLAIMS);
    }
    g_rand_free(chance);
    end(&d);
}

static const struct case_test all_tests[] = {
    {"/follow/decisions", test_decisions},
    {"/follow/rejection-undone", test_rejection_undone},
    {"/follow/bulk", test_bulk},
    {"/follow/corrections", test_corrections},
    {"/follow/old-ids", test_old_ids},
    {"/follow/marks", test_marks},
    {"/follow/events", test_events},
    {"/follow/parties", test_parties},
    {"/follow/stale", test_stale},
    {"/follow/anything", test_anything},
};

int main(int argc, char **argv)
{
    return run_index_tests(argc, argv, all_tests, G_N_ELEMENTS(all_tests));
}
