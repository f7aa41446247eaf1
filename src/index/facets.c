/* How many claims there are of each value: one pass for all facets. */
#include "index/inside.h"

#include <stdlib.h>
#include <string.h>

const char *const facet_words[] = {
#define X(name, word, filter) word,
    FACETS(X)
#undef X
};

static const enum filter_kind filters_of[] = {
#define X(name, word, filter) FILTER_##filter,
    FACETS(X)
#undef X
};

struct counting {
    const struct filter *f;
    struct index *x;
    struct arena *a;
    uint32_t wanted;
    uint32_t *acts, *parties[FACET_COUNT]; /* by party */
    uint32_t *voices, *houses;             /* by number */
    uint32_t modalities[MODALITY_COUNT], verdicts[VERDICT_COUNT],
        supports[SUPPORT_COUNT], marks[MARKS_ASKED];
};

static bool is_wanted(const struct counting *c, enum facet_kind facet)
{
    return c->wanted & 1U << facet;
}

/* --- counting ------------------------------------------------------------- */

static uint32_t
count_party(struct counting *c, enum facet_kind facet, uint32_t sighting)
{
    uint32_t party = index_party_of(c->x, sighting);

    if (party != NOWHERE)
        c->parties[facet][party]++;
    return party;
}

/* Places once, whatever part they play. */
static void count_places(struct counting *c, const struct index_claim *claim)
{
    uint32_t seen[ROLE_COUNT], count = 0;

    for (int r = ROLE_PLACE; r < ROLE_COUNT; r++) {
        uint32_t party = index_party_of(c->x, claim->roles[r]);
        uint32_t i = 0;

        while (i < count && seen[i] != party)
            i++;
        if (i < count || party == NOWHERE)
            continue;
        seen[count++] = party;
        c->parties[FACET_PLACE][party]++;
    }
}

static void count_bits(uint32_t *counts, unsigned bits, int most)
{
    for (int i = 0; i < most; i++)
        counts[i] += bits >> i & 1;
}

/* `misses` are the kinds that the claim does not fit, none or one. */
static void count_claim(
    struct counting *c, const struct index_claim *claim, uint32_t misses)
{
    for (uint32_t left = c->wanted; left; left &= left - 1) {
        int facet = __builtin_ctz(left);

        if (misses & ~(1U << filters_of[facet]))
            continue;
        switch ((enum facet_kind)facet) {
        case FACET_ACT:
        case FACET_FAMILY:
            c->acts[claim->act] +=
                facet == FACET_ACT || !is_wanted(c, FACET_ACT);
            break;
        case FACET_ACTOR:
            count_party(c, FACET_ACTOR, claim->roles[ROLE_ACTOR]);
            break;
        case FACET_TARGET:
            count_party(c, FACET_TARGET, claim->roles[ROLE_TARGET]);
            break;
        case FACET_SOURCE:
            if (count_party(c, FACET_SOURCE, claim->source) == NOWHERE)
                c->voices[claim->voice]++;
            break;
        case FACET_PLACE:
            count_places(c, claim);
            break;
        case FACET_PUBLISHER:
            c->houses[c->x->house_of[claim->document]]++;
            break;
        case FACET_MODALITY:
            c->modalities[claim->modality]++;
            break;
        case FACET_VERDICT:
            c->verdicts[claim->verdict]++;
            break;
        case FACET_SUPPORT:
            count_bits(c->supports, index_support(c->x, claim), SUPPORT_COUNT);
            break;
        case FACET_MARK:
            count_bits(c->marks, claim->marks, MARKS_ASKED);
            break;
        case FACET_COUNT:
            break;
        }
    }
}

/* --- values --------------------------------------------------------------- */

static int by_count(const void *x, const void *y)
{
    const struct facet_value *a = x, *b = y;

    if (a->is_chosen != b->is_chosen)
        return a->is_chosen ? -1 : 1;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return strcmp(a->label, b->label);
}

struct listing {
    struct counting *c;
    enum facet_kind facet;
    const char *find; /* folded, or NULL */
    GArray *values;   /* struct facet_value */
};

static void add_value(
    struct listing *l, const char *value, const char *label, uint32_t count,
    bool is_chosen)
{
    struct facet_value v = {value, label, count, is_chosen};

    if (!count && !is_chosen)
        return;
    if (l->find && *l->find && !is_chosen) {
        g_autofree char *folded = index_fold(label);

        if (!strstr(folded, l->find))
            return;
    }
    g_array_append_val(l->values, v);
}

static void add_acts(struct listing *l)
{
    struct counting *c = l->c;

    for (uint32_t i = 0; i < c->x->acts_count; i++) {
        const char *code = index_act(c->x, i);

        add_value(
            l, code, index_act_label(c->x, i), c->acts[i],
            filter_chose(c->f, FILTER_ACT, code));
    }
}

static void add_families(struct listing *l)
{
    struct counting *c = l->c;

    for (uint32_t i = 0; i < c->x->acts_count; i++) {
        const char *code = index_act(c->x, i);
        size_t length = strcspn(code, ".");
        uint32_t count = 0, first = NOWHERE;
        const char *family;

        for (uint32_t k = 0; k < c->x->acts_count; k++) {
            const char *other = index_act(c->x, k);

            if (strcspn(other, ".") != length || strncmp(other, code, length))
                continue;
            first = MIN(first, k);
            count += c->acts[k];
        }
        if (first != i)
            continue;
        family = arena_copy(c->a, code, length);
        add_value(
            l, family, family, count, filter_chose(c->f, FILTER_ACT, family));
    }
}

static void add_party(struct listing *l, uint32_t party)
{
    const struct index_party *p = &l->c->x->parties[party];
    const char *value = arena_print(l->c->a, "p%u", p->id);

    add_value(
        l, value, index_string(l->c->x, p->name),
        l->c->parties[l->facet][party],
        filter_chose(l->c->f, filters_of[l->facet], value));
}

/* Of very many only those counted often enough to be shown are looked at. */
static uint32_t
count_least(const uint32_t *counts, uint32_t all, uint32_t limit)
{
    enum { STEPS = 4096 };
    uint32_t steps[STEPS] = {0}, sum = 0;
    uint32_t at = STEPS - 1;

    for (uint32_t i = 0; i < all; i++)
        if (counts[i])
            steps[MIN(counts[i], STEPS - 1)]++;
    while (at > 1 && (sum += steps[at]) < limit)
        at--;
    return at;
}

static void add_parties(struct listing *l, uint32_t limit)
{
    struct counting *c = l->c;
    const uint32_t *counts = c->parties[l->facet];
    const uint8_t *called =
        l->find ? index_find_called(c->x, c->a, l->find) : NULL;
    uint32_t least =
        l->find ? 1 : count_least(counts, c->x->parties_count, limit);

    for (uint32_t i = 0; i < c->x->parties_count; i++) {
        bool is_often = counts[i] >= least;

        if (called && !called[i])
            continue;
        if (is_often || filter_chose_party(c->f, filters_of[l->facet], i))
            add_party(l, i);
    }
}

static void add_voices(struct listing *l, uint32_t limit)
{
    struct counting *c = l->c;
    uint32_t least =
        l->find ? 1 : count_least(c->voices, c->x->voices_count, limit);

    for (uint32_t i = 0; i < c->x->voices_count; i++) {
        const char *name = index_string(c->x, c->x->voices[i].name);
        bool is_chosen = filter_chose_voice(c->f, i);

        if (c->voices[i] < least && !is_chosen)
            continue;
        if (l->find && !is_chosen &&
            !strstr(index_string(c->x, c->x->voices[i].folded), l->find))
            continue;
        add_value(
            l, arena_print(c->a, "n:%s", name),
            *name ? name : "somebody unnamed", c->voices[i], is_chosen);
    }
}

static void add_houses(struct listing *l)
{
    struct counting *c = l->c;

    for (uint32_t i = 0; i < c->x->house_count; i++) {
        const char *name = index_string(c->x, c->x->houses[i]);

        add_value(
            l, name, *name ? name : "no publisher", c->houses[i],
            filter_chose_house(c->f, i));
    }
}

static void add_words(
    struct listing *l, const char *const *words, const uint32_t *counts,
    int count)
{
    for (int i = 0; i < count; i++)
        add_value(
            l, words[i], words[i], counts[i],
            filter_chose(l->c->f, filters_of[l->facet], words[i]));
}

static void add_verdicts(struct listing *l)
{
    for (int i = 0; i < VERDICT_COUNT; i++) {
        const char *word = verdict_word((enum verdict)i);

        add_value(
            l, word, word, l->c->verdicts[i],
            filter_chose(l->c->f, FILTER_VERDICT, word));
    }
}

static void add_modalities(struct listing *l)
{
    for (int i = 0; i < MODALITY_COUNT; i++) {
        const char *word = modality_word((enum modality)i);

        add_value(
            l, word, word, l->c->modalities[i],
            filter_chose(l->c->f, FILTER_MODALITY, word));
    }
}

static void add_values(struct listing *l, uint32_t limit)
{
    struct counting *c = l->c;

    switch (l->facet) {
    case FACET_ACT:
        add_acts(l);
        break;
    case FACET_FAMILY:
        add_families(l);
        break;
    case FACET_SOURCE:
        add_voices(l, limit);
        add_parties(l, limit);
        break;
    case FACET_ACTOR:
    case FACET_TARGET:
    case FACET_PLACE:
        add_parties(l, limit);
        break;
    case FACET_PUBLISHER:
        add_houses(l);
        break;
    case FACET_MODALITY:
        add_modalities(l);
        break;
    case FACET_VERDICT:
        add_verdicts(l);
        break;
    case FACET_SUPPORT:
        add_words(l, support_words, c->supports, SUPPORT_COUNT);
        break;
    case FACET_MARK:
        add_words(l, mark_words, c->marks, MARKS_ASKED);
        break;
    case FACET_COUNT:
        break;
    }
}

static struct facet list_facet(
    struct counting *c, enum facet_kind facet, uint32_t limit, const char *find)
{
    struct listing l = {
        c, facet, find, g_array_new(FALSE, FALSE, sizeof(struct facet_value))};
    struct facet out = {0};
    struct facet_value *all;

    add_values(&l, limit);
    all = (struct facet_value *)(void *)l.values->data;
    array_sort(all, l.values->len, sizeof *all, by_count);
    while (out.count < l.values->len &&
           (out.count < limit || all[out.count].is_chosen))
        out.count++;
    out.values = arena_make(c->a, struct facet_value, out.count);
    if (out.count)
        memcpy(out.values, all, out.count * sizeof *all);
    g_array_free(l.values, TRUE);
    return out;
}

uint32_t index_count_facets(
    const struct filter *f, struct arena *a, uint32_t wanted, uint32_t limit,
    const char *find, struct facet out[FACET_COUNT])
{
    struct counting c = {
        .f = f,
        .x = filter_index(f),
        .a = a,
        .wanted = wanted,
    };
    uint32_t fitting = 0;

    c.acts = arena_make(a, uint32_t, c.x->acts_count + 1);
    c.voices = arena_make(a, uint32_t, c.x->voices_count + 1);
    c.houses = arena_make(a, uint32_t, c.x->house_count + 1);
    for (int i = 0; i < FACET_COUNT; i++)
        if (wanted & 1U << i && (i == FACET_ACTOR || i == FACET_TARGET ||
                                 i == FACET_SOURCE || i == FACET_PLACE))
            c.parties[i] = arena_make(a, uint32_t, c.x->parties_count + 1);
    for (uint32_t i = 0; i < c.x->claims_count; i++) {
        uint32_t misses = filter_misses(f, i);

        fitting += !misses;
        if (!(misses & (misses - 1)))
            count_claim(&c, &c.x->claims[i], misses);
    }
    for (int i = 0; i < FACET_COUNT; i++)
        out[i] = wanted & 1U << i
                     ? list_facet(&c, (enum facet_kind)i, limit, find)
                     : (struct facet){0};
    return fitting;
}
