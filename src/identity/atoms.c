/*
 * Sightings of one name.  A name that tells enough by itself is one person,
 * group or place wherever it stands; of others only those are joined whose
 * documents share something.
 */
#include "identity/crowd.h"

#include <stdlib.h>
#include <string.h>

enum {
    ALL_PAIRS = 48, /* sightings of which all pairs are compared; of more ... */
    NEIGHBOURS = 6, /* ... the next ones in each list of what they share, ... */
    RAREST = 6,     /* ... for the rarest names beside them */
    LEADERS_MOST = 16
};

struct making {
    struct crowd *c;
    uint32_t *parents; /* by sighting */
};

static uint32_t find_root(uint32_t *parents, uint32_t i)
{
    while (parents[i] != i) {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    return i;
}

static void join(struct making *m, uint32_t x, uint32_t y)
{
    uint32_t p = find_root(m->parents, x), q = find_root(m->parents, y);

    m->parents[MAX(p, q)] = MIN(p, q);
}

static struct bearers one_of(const struct crowd *c, const uint32_t *sighting)
{
    return (struct bearers){c->s->at[*sighting].spelling, 1, sighting};
}

/* Are the two taken for one? */
static bool compare_two(struct making *m, const uint32_t *x, const uint32_t *y)
{
    struct comparison found;

    bearers_compare(m->c, one_of(m->c, x), one_of(m->c, y), 1, NULL, &found);
    bond_add(m->c, *x, *y, &found);
    if (comparison_joins(&found))
        join(m, *x, *y);
    return comparison_joins(&found);
}

/* --- names that tell enough --------------------------------------------------- */

/* Would two of that name be taken for one, whatever their documents hold? */
static bool tells_enough(const struct crowd *c, uint32_t spelling)
{
    double rarity = (double)c->rarity[spelling];

    if (c->traits[spelling] & (TRAIT_INITIALS | TRAIT_COMMON))
        return false;
    if (c->s->spellings[spelling].kind == NAME_PERSON)
        return !(c->traits[spelling] & TRAIT_SINGLE) && rarity >= 1.7;
    return rarity >=
           (c->s->spellings[spelling].kind == NAME_GROUP ? 0.95 : 0.6);
}

/* Each to the first one that it can be; those that contradict all before begin
   another. */
static void join_all(struct making *m, const uint32_t *at, uint32_t count)
{
    const uint32_t *leaders[LEADERS_MOST];
    uint32_t leader_count = 0;

    for (uint32_t i = 0; i < count; i++) {
        bool joined = false;

        for (uint32_t k = 0; k < leader_count && !joined; k++)
            joined = compare_two(m, leaders[k], &at[i]);
        if (!joined && leader_count < LEADERS_MOST)
            leaders[leader_count++] = &at[i];
    }
}

/* --- names that do not -------------------------------------------------------- */

struct beside {
    uint32_t name;
    const uint32_t *sighting;
};

static int by_name(const void *x, const void *y)
{
    const struct beside *a = x, *b = y;

    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    return *a->sighting < *b->sighting ? -1 : *a->sighting > *b->sighting;
}

static void
add_rarest(const struct crowd *c, GArray *out, const uint32_t *sighting)
{
    uint32_t document = c->s->at[*sighting].document, kept = 0;
    struct beside best[RAREST + 1];

    for (uint32_t i = c->contexts.from[document];
         i < c->contexts.from[document + 1]; i++) {
        uint32_t name = c->contexts.at[i], at = kept;

        if (name == c->s->at[*sighting].spelling)
            continue;
        for (; at && c->telling[best[at - 1].name] < c->telling[name]; at--)
            best[at] = best[at - 1];
        best[at] = (struct beside){name, sighting};
        kept = MIN(kept + 1, RAREST);
    }
    g_array_append_vals(out, best, kept);
}

static void compare_near(struct making *m, const uint32_t *at, uint32_t count)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct beside));
    const struct beside *b;

    for (uint32_t i = 0; i < count; i++)
        add_rarest(m->c, all, &at[i]);
    if (all->len)
        qsort(all->data, all->len, sizeof(struct beside), by_name);
    b = (const void *)all->data;
    for (guint i = 0; i < all->len; i++)
        for (guint k = i + 1;
             k < all->len && b[k].name == b[i].name && k - i <= NEIGHBOURS; k++)
            if (find_root(m->parents, *b[i].sighting) !=
                find_root(m->parents, *b[k].sighting))
                (void)compare_two(m, b[i].sighting, b[k].sighting);
    g_array_free(all, TRUE);
}

static void compare_all(struct making *m, const uint32_t *at, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = i + 1; k < count; k++)
            (void)compare_two(m, &at[i], &at[k]);
}

static void join_bearers(struct making *m, uint32_t spelling)
{
    const struct index *bearers = &m->c->bearers;
    const uint32_t *at = bearers->at + bearers->from[spelling];
    uint32_t count = bearers->from[spelling + 1] - bearers->from[spelling];

    if (m->c->traits[spelling] & TRAIT_INITIALS)
        return;
    if (tells_enough(m->c, spelling))
        join_all(m, at, count);
    else if (count <= ALL_PAIRS)
        compare_all(m, at, count);
    else
        compare_near(m, at, count);
}

/* --- atoms ---------------------------------------------------------------------- */

static void number_atoms(struct making *m)
{
    struct crowd *c = m->c;

    c->atom_of = arena_make(c->a, uint32_t, c->s->count);
    c->atoms = arena_make(c->a, struct atom, c->s->count);
    for (uint32_t i = 0; i < c->s->count; i++) {
        uint32_t root = find_root(m->parents, i);

        if (root == i) {
            c->atoms[c->atom_count].spelling = c->s->at[i].spelling;
            c->atom_of[i] = c->atom_count++;
        } else {
            c->atom_of[i] = c->atom_of[root];
        }
    }
}

static void fill_atoms(struct crowd *c)
{
    struct index x =
        index_make(c->a, c->atom_count, c->atom_of, NULL, c->s->count);
    uint32_t *names = arena_make(c->a, uint32_t, c->atom_count);

    c->members = x.at;
    for (uint32_t i = 0; i < c->atom_count; i++) {
        c->atoms[i].from = x.from[i];
        c->atoms[i].count = x.from[i + 1] - x.from[i];
        names[i] = c->atoms[i].spelling;
    }
    c->atoms_of =
        index_make(c->a, c->s->spelling_count, names, NULL, c->atom_count);
}

void atoms_make(struct crowd *c)
{
    struct making m = {c, g_new(uint32_t, c->s->count + 1)};

    for (uint32_t i = 0; i < c->s->count; i++)
        m.parents[i] = i;
    for (uint32_t i = 0; i < c->s->spelling_count; i++)
        join_bearers(&m, i);
    number_atoms(&m);
    fill_atoms(c);
    g_free(m.parents);
}
