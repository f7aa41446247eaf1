/* Sightings made ready for comparing: forms of names, and who bears which. */
#include "identity/crowd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Names of a document that its people are told by: the rarest. */
enum { CONTEXT_MOST = 64 };

struct index index_make(
    struct arena *a, uint32_t groups, const uint32_t *group_of,
    const uint32_t *values, uint32_t count)
{
    struct index x = {
        arena_make(a, uint32_t, groups + 2), arena_make(a, uint32_t, count)};

    /* from[g + 1] counts, then begins, and ends as from[g]'s end. */
    for (uint32_t i = 0; i < count; i++)
        x.from[group_of[i] + 2]++;
    for (uint32_t g = 2; g < groups + 2; g++)
        x.from[g] += x.from[g - 1];
    for (uint32_t i = 0; i < count; i++)
        x.at[x.from[group_of[i] + 1]++] = values ? values[i] : i;
    return x;
}

/* --- names ---------------------------------------------------------------- */

static uint8_t traits_of(const struct name_form *f)
{
    bool initials = true;

    for (uint8_t i = 0; i < f->count; i++)
        if (f->words[i].weight && f->words[i].length > 1)
            initials = false;
    return (
        uint8_t)((f->plain <= 1 ? TRAIT_SINGLE : 0) | (initials ? TRAIT_INITIALS : 0));
}

/* Are all words of the key such as stand in names of any country's bodies? */
static bool is_common(const struct crowd *c, const struct spelling *s)
{
    char **words = g_strsplit(s->key, " ", -1);
    bool common = s->kind == NAME_GROUP;

    for (char **at = words; common && *at; at++)
        common = g_hash_table_contains(c->l->words->bodies, *at) ||
                 part_lookup(c->l->words, *at).kind != PART_NONE;
    g_strfreev(words);
    return common;
}

static void make_forms(struct crowd *c)
{
    uint32_t count = c->s->spelling_count;

    c->forms = arena_make(c->a, const struct name_form *, count);
    c->rarity = arena_make(c->a, float, count);
    c->traits = arena_make(c->a, uint8_t, count);
    c->fuller = arena_make(c->a, uint8_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct spelling *s = &c->s->spellings[i];
        struct str name = {s->words, strlen(s->words)};

        c->forms[i] = name_form_make(c->l, c->a, name, s->kind);
        c->rarity[i] = (float)c->forms[i]->weight / 255;
        c->traits[i] = traits_of(c->forms[i]);
        if (is_common(c, s))
            c->traits[i] |= TRAIT_COMMON;
    }
}

static void index_bearers(struct crowd *c)
{
    struct arena *own = arena_new();
    uint32_t *names = arena_make(own, uint32_t, c->s->count);

    for (uint32_t i = 0; i < c->s->count; i++)
        names[i] = c->s->at[i].spelling;
    c->bearers =
        index_make(c->a, c->s->spelling_count, names, NULL, c->s->count);
    arena_free(own);
}

/* --- surroundings --------------------------------------------------------- */

/* A name that many documents hold tells little: 0 where all do. */
static void weigh_names(struct crowd *c)
{
    const struct sightings *s = c->s;
    /* In a small case a name that two documents share tells something. */
    const double all = s->document_count + 8.0;

    c->telling = arena_make(c->a, float, s->spelling_count);
    for (uint32_t i = 0; i < s->spelling_count; i++) {
        uint32_t from = c->bearers.from[i], to = c->bearers.from[i + 1];
        uint32_t documents = 0, last = UINT32_MAX;

        for (uint32_t k = from; k < to; k++) {
            documents += s->at[c->bearers.at[k]].document != last;
            last = s->at[c->bearers.at[k]].document;
        }
        c->telling[i] = documents ? (float)log(all / documents) : 0;
    }
}

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

struct rated {
    float telling;
    uint32_t name;
};

static int by_telling(const void *x, const void *y)
{
    const struct rated *a = x, *b = y;

    if (a->telling != b->telling)
        return a->telling > b->telling ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

/* The rarest names of a document, ascending, each once. */
static uint32_t choose_names(
    const struct crowd *c, struct rated *rated, uint32_t count, uint32_t *out)
{
    uint32_t kept = 0, fresh = 0;

    qsort(rated, count, sizeof *rated, by_telling);
    for (uint32_t i = 0; i < count && kept < CONTEXT_MOST; i++)
        if (!(c->traits[rated[i].name] & TRAIT_INITIALS))
            out[kept++] = rated[i].name;
    qsort(out, kept, sizeof *out, by_number);
    for (uint32_t i = 0; i < kept; i++)
        if (!i || out[i] != out[fresh - 1])
            out[fresh++] = out[i];
    return fresh;
}

static void index_contexts(struct crowd *c)
{
    const struct sightings *s = c->s;
    GArray *rated = g_array_new(FALSE, FALSE, sizeof(struct rated));
    uint32_t used = 0, i = 0;

    c->contexts.from = arena_make(c->a, uint32_t, s->document_count + 1);
    c->contexts.at = arena_make(c->a, uint32_t, s->count);
    for (uint32_t d = 0; d < s->document_count; d++) {
        g_array_set_size(rated, 0);
        for (; i < s->count && s->at[i].document == d; i++) {
            struct rated r = {c->telling[s->at[i].spelling], s->at[i].spelling};

            g_array_append_val(rated, r);
        }
        if (rated->len)
            used += choose_names(
                c, (struct rated *)(void *)rated->data, rated->len,
                c->contexts.at + used);
        c->contexts.from[d + 1] = used;
    }
    g_array_free(rated, TRUE);
}

static void index_ties(struct crowd *c)
{
    struct arena *own = arena_new();
    uint32_t count = c->s->tie_count;
    uint32_t *groups = arena_make(own, uint32_t, count);
    uint32_t *values = arena_make(own, uint32_t, count);

    for (uint32_t i = 0; i < count; i++) {
        groups[i] = c->s->ties[i].sighting;
        values[i] = c->s->ties[i].spelling;
    }
    c->ties = index_make(c->a, c->s->count, groups, values, count);
    for (uint32_t i = 0; i < c->s->count; i++)
        qsort(
            c->ties.at + c->ties.from[i], c->ties.from[i + 1] - c->ties.from[i],
            sizeof(uint32_t), by_number);
    arena_free(own);
}

struct crowd *
crowd_make(const struct likeness *l, struct arena *a, const struct sightings *s)
{
    struct crowd *c = arena_make(a, struct crowd, 1);

    c->l = l;
    c->a = a;
    c->s = s;
    make_forms(c);
    index_bearers(c);
    weigh_names(c);
    index_contexts(c);
    index_ties(c);
    c->bonds = g_array_new(FALSE, FALSE, sizeof(struct bond));
    return c;
}

/* Is the short name made of first letters, where words like "of" may be left
   out? */
static bool are_initials(const struct name_form *f, const char *word)
{
    if (f->initial_count < 2)
        return false;
    for (uint8_t i = 0; i < f->initial_count; i++) {
        if (*word && g_ascii_tolower(f->initials[i]) == *word)
            word++;
        else if (!f->small_initials[i])
            return false;
    }
    return !*word;
}

static bool is_short_for(const struct crowd *c, uint32_t x, uint32_t y)
{
    return c->traits[x] & TRAIT_SINGLE && !(c->traits[y] & TRAIT_SINGLE) &&
           c->s->spellings[x].kind == NAME_GROUP &&
           are_initials(c->forms[y], c->s->spellings[x].key);
}

bool spellings_shorten(const struct crowd *c, uint32_t x, uint32_t y)
{
    return is_short_for(c, x, y) || is_short_for(c, y, x);
}

double spellings_likeness(const struct crowd *c, uint32_t x, uint32_t y)
{
    static const double initials = 0.72;
    double likeness =
        x == y ? 1 : names_likeness(c->l, c->forms[x], c->forms[y]);

    if (likeness < initials && spellings_shorten(c, x, y))
        return initials;
    return likeness;
}
