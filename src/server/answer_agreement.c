/*
 * How far reviewers agree: Cohen's kappa (1960) of each two over the claims
 * that both decided, where confirming, rejecting and correcting are three
 * verdicts.
 */
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

enum {
    HELD_NOTHING,
    HELD_CONFIRMED,
    HELD_REJECTED,
    HELD_CORRECTED,
    HELD_COUNT
};
enum { READERS_MOST = 32, DISPUTED_SHOWN = 50 };

struct counting {
    struct index *x;
    GPtrArray *names;        /* of readers, in the order of their first words */
    GHashTable *corrections; /* ids of claims that are corrections */
    GHashTable *held;        /* claim + 1 -> uint8_t of each reader */
};

static uint32_t find_reader(struct counting *n, const char *name)
{
    for (guint i = 0; i < n->names->len; i++)
        if (!strcmp(g_ptr_array_index(n->names, i), name))
            return i;
    if (n->names->len == READERS_MOST)
        return NOWHERE;
    g_ptr_array_add(n->names, g_strdup(name));
    return n->names->len - 1;
}

static uint8_t *find_held(struct counting *n, uint32_t claim)
{
    gpointer key = GUINT_TO_POINTER(claim + 1);
    uint8_t *held = g_hash_table_lookup(n->held, key);

    if (!held) {
        held = g_new0(uint8_t, READERS_MOST);
        g_hash_table_insert(n->held, key, held);
    }
    return held;
}

static void take_decision(struct counting *n, const struct record_row *r)
{
    uint32_t claim = index_find_claim(n->x, (uint64_t)r->one);
    uint32_t reader = r->who ? find_reader(n, r->who) : NOWHERE;
    bool is_corrected =
        g_hash_table_contains(n->corrections, GSIZE_TO_POINTER((gsize)r->one));

    if (claim == NOWHERE || reader == NOWHERE || r->undone || r->undoes)
        return;
    find_held(n, claim)[reader] = r->verdict == VERDICT_OPEN ? HELD_NOTHING
                                  : r->verdict == VERDICT_REJECTED
                                      ? HELD_REJECTED
                                  : is_corrected ? HELD_CORRECTED
                                                 : HELD_CONFIRMED;
}

static void take_record(const struct record_row *r, void *self)
{
    struct counting *n = self;

    if (r->what == RECORD_CORRECTION && !r->undoes)
        g_hash_table_add(n->corrections, GSIZE_TO_POINTER((gsize)r->id));
    else if (r->what == RECORD_DECISION)
        take_decision(n, r);
}

/* --- readers -------------------------------------------------------------- */

static void add_reader(struct call *c, struct counting *n, uint32_t reader)
{
    uint32_t counts[HELD_COUNT] = {0};
    GHashTableIter at;
    gpointer held;

    g_hash_table_iter_init(&at, n->held);
    while (g_hash_table_iter_next(&at, NULL, &held))
        counts[((uint8_t *)held)[reader]]++;
    json_builder_begin_object(c->json);
    member_text(c->json, "name", g_ptr_array_index(n->names, reader));
    member_number(
        c->json, "decided",
        counts[HELD_CONFIRMED] + counts[HELD_REJECTED] +
            counts[HELD_CORRECTED]);
    member_number(c->json, "confirmed", counts[HELD_CONFIRMED]);
    member_number(c->json, "rejected", counts[HELD_REJECTED]);
    member_number(c->json, "corrected", counts[HELD_CORRECTED]);
    json_builder_end_object(c->json);
}

/* --- pairs ---------------------------------------------------------------- */

struct table_of_two {
    uint32_t counts[HELD_COUNT][HELD_COUNT], both, agreed;
};

static struct table_of_two
count_two(const struct counting *n, uint32_t one, uint32_t other)
{
    struct table_of_two t = {0};
    GHashTableIter at;
    gpointer value;

    g_hash_table_iter_init(&at, n->held);
    while (g_hash_table_iter_next(&at, NULL, &value)) {
        const uint8_t *held = value;

        if (!held[one] || !held[other])
            continue;
        t.counts[held[one]][held[other]]++;
        t.both++;
        t.agreed += held[one] == held[other];
    }
    return t;
}

/* False where chance alone would make them agree always. */
static bool find_kappa(const struct table_of_two *t, double *kappa)
{
    double observed = (double)t->agreed / t->both, chance = 0;

    for (int i = HELD_CONFIRMED; i < HELD_COUNT; i++) {
        double row = 0, column = 0;

        for (int k = HELD_CONFIRMED; k < HELD_COUNT; k++) {
            row += t->counts[i][k];
            column += t->counts[k][i];
        }
        chance += row / t->both * (column / t->both);
    }
    *kappa = chance < 1 ? (observed - chance) / (1 - chance) : 0;
    return chance < 1;
}

static void
add_pair(struct call *c, struct counting *n, uint32_t one, uint32_t other)
{
    struct table_of_two t = count_two(n, one, other);
    double kappa;

    if (!t.both)
        return;
    json_builder_begin_object(c->json);
    member_text(c->json, "one", g_ptr_array_index(n->names, one));
    member_text(c->json, "other", g_ptr_array_index(n->names, other));
    member_number(c->json, "both", t.both);
    member_number(c->json, "agreed", t.agreed);
    if (find_kappa(&t, &kappa))
        member_real(c->json, "kappa", kappa);
    else
        member_text(c->json, "kappa", NULL);
    json_builder_end_object(c->json);
}

/* --- disputed ------------------------------------------------------------- */

static bool is_disputed(const uint8_t *held)
{
    uint8_t first = 0;

    for (int i = 0; i < READERS_MOST; i++) {
        if (held[i] && first && held[i] != first)
            return true;
        first = first ? first : held[i];
    }
    return false;
}

static void add_disputed(struct call *c, struct counting *n)
{
    uint32_t shown = 0;

    json_builder_set_member_name(c->json, "disputed");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < n->x->claims_count && shown < DISPUTED_SHOWN;
         i++) {
        const uint8_t *held =
            g_hash_table_lookup(n->held, GUINT_TO_POINTER(i + 1));

        if (held && is_disputed(held))
            shown += shape_claim(c, i);
    }
    json_builder_end_array(c->json);
}

static uint32_t count_asked(const struct index *x)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < x->claims_count; i++)
        count += (x->claims[i].marks & MARK_SECOND) != 0;
    return count;
}

static void add_all(struct call *c, struct counting *n)
{
    json_builder_begin_object(c->json);
    json_builder_set_member_name(c->json, "readers");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < n->names->len; i++)
        add_reader(c, n, i);
    json_builder_end_array(c->json);
    json_builder_set_member_name(c->json, "pairs");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < n->names->len; i++)
        for (guint k = i + 1; k < n->names->len; k++)
            add_pair(c, n, i, k);
    json_builder_end_array(c->json);
    member_number(c->json, "asked", count_asked(n->x));
    add_disputed(c, n);
    json_builder_end_object(c->json);
}

void answer_agreement(struct call *c)
{
    struct counting n = {
        .x = c->server->index,
        .names = g_ptr_array_new_with_free_func(g_free),
        .corrections = g_hash_table_new(NULL, NULL),
        .held = g_hash_table_new_full(NULL, NULL, NULL, g_free),
    };
    struct review_cursor cursor = {0};
    struct arena *a = arena_new();
    GError *error = NULL;

    if (case_each_review(c->server->k, a, &cursor, take_record, &n, &error))
        add_all(c, &n);
    else
        call_fail(c, error);
    arena_free(a);
    g_hash_table_unref(n.held);
    g_hash_table_unref(n.corrections);
    g_ptr_array_unref(n.names);
}
