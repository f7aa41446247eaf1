/*
 * Bonds and rulings become groups: the rulings that join, newest first, then
 * the bonds, strongest first; a ruling that keeps apart, and what cannot be of
 * one, is a barrier that no join crosses.  The groups are trees (union-find),
 * so that no chain of joins can close into a cycle.
 */
#include "identity/crowd.h"

#include <stdlib.h>
#include <string.h>

static const double alike_least = 0.5;

struct uniting {
    struct crowd *c;
    const struct ruling *rulings;
    uint32_t *parents, *next, *sizes; /* by sighting; next: a ring of a group */
    uint32_t *names;      /* by root: the spelling that stands for the group */
    uint8_t *genders;     /* by root: bits */
    uint8_t *ruled;       /* by root: a reviewer has joined it, so that names of
                             any kind may stand in it */
    GHashTable *places;   /* (root, document) pairs: who is in which document */
    GHashTable *barriers; /* root -> GArray of rulings that touch it */
};

static uint32_t find_root(struct uniting *u, uint32_t i)
{
    while (u->parents[i] != i) {
        u->parents[i] = u->parents[u->parents[i]];
        i = u->parents[i];
    }
    return i;
}

/* GLib's own hash of 64 bits takes the lower half alone: then all that one
   document names would be in one place. */
static guint place_hash(const void *place)
{
    uint64_t mixed = *(const uint64_t *)place * UINT64_C(0x9E3779B97F4A7C15);

    return (guint)(mixed >> 32);
}

static uint64_t *place_of(uint32_t root, uint32_t document)
{
    uint64_t place = (uint64_t)root << 32 | document;

    return g_memdup2(&place, sizeof place);
}

/* --- barriers -------------------------------------------------------------------- */

static void add_barrier(struct uniting *u, uint32_t sighting, uint32_t ruling)
{
    void *key = GUINT_TO_POINTER(sighting);
    GArray *list = g_hash_table_lookup(u->barriers, key);

    if (!list) {
        list = g_array_new(FALSE, FALSE, sizeof(uint32_t));
        g_hash_table_insert(u->barriers, key, list);
    }
    g_array_append_val(list, ruling);
}

/* The ruling that keeps two groups apart, or UINT32_MAX. */
static uint32_t find_barrier(struct uniting *u, uint32_t x, uint32_t y)
{
    GArray *list = g_hash_table_lookup(u->barriers, GUINT_TO_POINTER(x));
    GArray *other = g_hash_table_lookup(u->barriers, GUINT_TO_POINTER(y));

    if (!list || !other)
        return UINT32_MAX;
    for (guint i = 0; i < list->len; i++) {
        uint32_t at = g_array_index(list, uint32_t, i);
        uint32_t one = find_root(u, u->rulings[at].one);
        uint32_t end = find_root(u, u->rulings[at].other);

        if ((one == x && end == y) || (one == y && end == x))
            return at;
    }
    return UINT32_MAX;
}

static void move_barriers(struct uniting *u, uint32_t from, uint32_t to)
{
    void *key = GUINT_TO_POINTER(from);
    GArray *list = g_hash_table_lookup(u->barriers, key);

    for (guint i = 0; list && i < list->len; i++)
        add_barrier(u, to, g_array_index(list, uint32_t, i));
    g_hash_table_remove(u->barriers, key);
}

/* --- what cannot be of one ---------------------------------------------------------- */

/* Is somebody of the smaller group in a document that names another of the
   larger? */
static bool meet_in_document(struct uniting *u, uint32_t small, uint32_t large)
{
    uint32_t at = small;

    do {
        uint64_t place = (uint64_t)large << 32 | u->c->s->at[at].document;

        if (g_hash_table_contains(u->places, &place))
            return true;
        at = u->next[at];
    } while (at != small);
    return false;
}

static void move_places(struct uniting *u, uint32_t small, uint32_t large)
{
    uint32_t at = small;

    do {
        g_hash_table_add(u->places, place_of(large, u->c->s->at[at].document));
        at = u->next[at];
    } while (at != small);
}

/* Names that stand for two groups must not contradict each other; the bond
   itself has compared but two of their names. */
static bool names_fit(struct uniting *u, uint32_t x, uint32_t y)
{
    uint32_t p = u->names[x], q = u->names[y];
    uint32_t single = (u->c->traits[p] | u->c->traits[q]) & TRAIT_SINGLE;

    return single || u->ruled[x] || u->ruled[y] ||
           spellings_likeness(u->c, p, q) >= alike_least ||
           u->c->s->spellings[p].kind == NAME_PLACE;
}

/* Two names of one place may stand in one document. */
static bool is_one_site(const struct uniting *u, const struct bond *b)
{
    const struct sighting *x = &u->c->s->at[b->one];

    return x->site != NOWHERE && x->site == u->c->s->at[b->other].site;
}

static bool
may_unite(struct uniting *u, const struct bond *b, uint32_t x, uint32_t y)
{
    uint32_t small = u->sizes[x] < u->sizes[y] ? x : y;
    uint32_t large = small == x ? y : x;

    return (u->genders[x] | u->genders[y]) != 3 && names_fit(u, x, y) &&
           (is_one_site(u, b) || !meet_in_document(u, small, large));
}

/* --- uniting -------------------------------------------------------------------------- */

/* The name of most words stands for a group, of such that of the first. */
static uint32_t choose_name(struct uniting *u, uint32_t p, uint32_t q)
{
    uint8_t x = u->c->forms[p]->plain, y = u->c->forms[q]->plain;

    if (x != y)
        return x > y ? p : q;
    return MIN(p, q);
}

static void unite(struct uniting *u, uint32_t x, uint32_t y)
{
    uint32_t small = u->sizes[x] < u->sizes[y] ? x : y, t;
    uint32_t large = small == x ? y : x;

    move_places(u, small, large);
    move_barriers(u, small, large);
    u->names[large] = choose_name(u, u->names[x], u->names[y]);
    u->genders[large] |= u->genders[small];
    u->ruled[large] |= u->ruled[small];
    u->sizes[large] += u->sizes[small];
    u->parents[small] = large;
    t = u->next[small];
    u->next[small] = u->next[large];
    u->next[large] = t;
}

static void add_clash(GArray *clashes, uint32_t ruling, uint32_t other)
{
    struct clash c = {ruling, other};

    g_array_append_val(clashes, c);
}

static void follow_rulings(struct uniting *u, uint32_t count, GArray *clashes)
{
    for (uint32_t i = 0; i < count; i++)
        if (u->rulings[i].apart) {
            add_barrier(u, u->rulings[i].one, i);
            add_barrier(u, u->rulings[i].other, i);
        }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t x = find_root(u, u->rulings[i].one), barrier;
        uint32_t y = find_root(u, u->rulings[i].other);

        if (u->rulings[i].apart || x == y)
            continue;
        barrier = find_barrier(u, x, y);
        if (barrier != UINT32_MAX) {
            add_clash(clashes, i, barrier);
        } else {
            u->ruled[x] = u->ruled[y] = true;
            unite(u, x, y);
        }
    }
}

static int by_score(const void *x, const void *y)
{
    const struct bond *a = x, *b = y;

    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->one != b->one)
        return a->one < b->one ? -1 : 1;
    return a->other < b->other ? -1 : a->other > b->other;
}

static void follow_bonds(struct uniting *u, GArray *bonds)
{
    struct bond *b = (void *)bonds->data;

    if (bonds->len)
        qsort(b, bonds->len, sizeof *b, by_score);
    for (guint i = 0; i < bonds->len; i++) {
        uint32_t x = find_root(u, b[i].one), y = find_root(u, b[i].other);

        if (b[i].fate != BOND_KEPT || x == y)
            continue;
        if (find_barrier(u, x, y) != UINT32_MAX || !may_unite(u, &b[i], x, y))
            b[i].fate = BOND_REFUSED;
        else
            unite(u, x, y);
    }
}

static void barrier_free(void *list)
{
    g_array_free(list, TRUE);
}

static void uniting_open(struct uniting *u)
{
    const struct sightings *s = u->c->s;

    u->parents = g_new(uint32_t, s->count + 1);
    u->next = g_new(uint32_t, s->count + 1);
    u->sizes = g_new(uint32_t, s->count + 1);
    u->names = g_new(uint32_t, s->count + 1);
    u->genders = g_new(uint8_t, s->count + 1);
    u->ruled = g_new0(uint8_t, s->count + 1);
    u->places =
        g_hash_table_new_full(place_hash, g_int64_equal, g_free, NULL);
    u->barriers = g_hash_table_new_full(NULL, NULL, NULL, barrier_free);
    for (uint32_t i = 0; i < s->count; i++) {
        u->parents[i] = u->next[i] = i;
        u->sizes[i] = 1;
        u->names[i] = s->at[i].spelling;
        u->genders[i] = (uint8_t)s->at[i].gender;
        g_hash_table_add(u->places, place_of(i, s->at[i].document));
    }
}

static void uniting_close(struct uniting *u)
{
    g_hash_table_unref(u->places);
    g_hash_table_unref(u->barriers);
    g_free(u->parents);
    g_free(u->next);
    g_free(u->sizes);
    g_free(u->names);
    g_free(u->genders);
    g_free(u->ruled);
}

/* The first of each group. */
static const uint32_t *list_firsts(struct uniting *u)
{
    uint32_t count = u->c->s->count;
    uint32_t *first = arena_make(u->c->a, uint32_t, count);
    uint32_t *lowest = g_new(uint32_t, count + 1);

    memset(lowest, 0xff, count * sizeof *lowest);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = find_root(u, i);

        lowest[root] = MIN(lowest[root], i);
        first[i] = lowest[root];
    }
    g_free(lowest);
    return first;
}

void bonds_unite(
    struct crowd *c, const struct ruling *rulings, uint32_t count,
    struct joined *out)
{
    struct uniting u = {.c = c, .rulings = rulings};
    GArray *clashes = g_array_new(FALSE, FALSE, sizeof(struct clash));

    uniting_open(&u);
    follow_rulings(&u, count, clashes);
    follow_bonds(&u, c->bonds);
    *out = (struct joined){.first = list_firsts(&u), .crowd = c};
    out->bonds = arena_take(c->a, c->bonds, &out->bond_count);
    out->clashes = arena_take(c->a, clashes, &out->clash_count);
    c->bonds = NULL;
    uniting_close(&u);
}
