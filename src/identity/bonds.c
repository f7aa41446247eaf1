/* Bonds between sightings whose names are written in different ways. */
#include "identity/crowd.h"

#include <string.h>

enum {
    ATOMS_MOST = 8,   /* of one name that are compared with those of another */
    FULLER_LISTED = 6 /* names that hold a single word and differ */
};
static const float alike_least = 0.3F, holds_least = 0.7F, same_least = 0.8F;

static bool is_short_name(const struct crowd *c, const struct pair *p)
{
    const struct spelling *x = &c->s->spellings[p->one];
    const struct spelling *y = &c->s->spellings[p->other];

    return (x->abbreviation && !g_ascii_strcasecmp(x->abbreviation, y->key)) ||
           (y->abbreviation && !g_ascii_strcasecmp(y->abbreviation, x->key));
}

static bool shares_site(const struct crowd *c, const struct pair *p)
{
    const struct sighting *x =
        &c->s->at[c->bearers.at[c->bearers.from[p->one]]];
    const struct sighting *y =
        &c->s->at[c->bearers.at[c->bearers.from[p->other]]];

    return x->site != NOWHERE && x->site == y->site;
}

/* Keeps the pairs that are alike, and tells how much. */
static void score_pairs(const struct crowd *c, GArray *pairs)
{
    struct pair *p = (void *)pairs->data;
    guint kept = 0;

    for (guint i = 0; i < pairs->len; i++) {
        if (c->s->spellings[p[i].one].kind != c->s->spellings[p[i].other].kind)
            continue;
        p[i].likeness = (float)spellings_likeness(c, p[i].one, p[i].other);
        if (p[i].likeness >= alike_least || is_short_name(c, &p[i]) ||
            shares_site(c, &p[i]))
            p[kept++] = p[i];
    }
    g_array_set_size(pairs, kept);
}

/* --- who else could be meant --------------------------------------------------- */

/* Full names that hold one word, of which none is like another. */
struct fuller {
    uint32_t names[FULLER_LISTED], count;
};

static void add_fuller(const struct crowd *c, struct fuller *f, uint32_t name)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (spellings_likeness(c, f->names[i], name) >= (double)same_least)
            return;
    if (f->count < FULLER_LISTED)
        f->names[f->count++] = name;
}

static void count_fuller(struct crowd *c, const GArray *pairs)
{
    const struct pair *p = (const void *)pairs->data;
    struct fuller *all = g_new0(struct fuller, c->s->spelling_count + 1);

    for (guint i = 0; i < pairs->len; i++) {
        bool one = c->traits[p[i].one] & TRAIT_SINGLE;
        bool other = c->traits[p[i].other] & TRAIT_SINGLE;

        if (one == other || p[i].likeness < holds_least)
            continue;
        add_fuller(
            c, &all[one ? p[i].one : p[i].other], one ? p[i].other : p[i].one);
    }
    for (uint32_t i = 0; i < c->s->spelling_count; i++)
        c->fuller[i] = (uint8_t)all[i].count;
    g_free(all);
}

/* --- bonds ------------------------------------------------------------------------ */

static void compare_atoms(struct crowd *c, const struct pair *p)
{
    const struct index *x = &c->atoms_of;
    uint32_t to = MIN(x->from[p->one] + ATOMS_MOST, x->from[p->one + 1]);
    uint32_t end = MIN(x->from[p->other] + ATOMS_MOST, x->from[p->other + 1]);
    struct comparison found;

    for (uint32_t i = x->from[p->one]; i < to; i++)
        for (uint32_t k = x->from[p->other]; k < end; k++) {
            struct bearers one = bearers_of(c, x->at[i]);
            struct bearers other = bearers_of(c, x->at[k]);

            bearers_compare(c, one, other, (double)p->likeness, NULL, &found);
            bond_add(c, one.at[0], other.at[0], &found);
        }
}

void bonds_find(struct crowd *c)
{
    GArray *pairs = pairs_find(c);

    score_pairs(c, pairs);
    count_fuller(c, pairs);
    for (guint i = 0; i < pairs->len; i++)
        compare_atoms(c, &g_array_index(pairs, struct pair, i));
    g_array_free(pairs, TRUE);
}
