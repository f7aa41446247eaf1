/*
 * Who says how much, and about whom.
 *
 * A first pass counts what each voice says, a second looks closer at those
 * that are shown.
 */
#include "index/best.h"
#include "index/inside.h"

#include <string.h>

struct counts {
    uint32_t *parties, *voices;
};

static struct counts counts_new(const struct index *x)
{
    return (struct counts){
        g_new0(uint32_t, (gsize)x->parties_count + 1),
        g_new0(uint32_t, (gsize)x->voices_count + 1)};
}

static void counts_free(struct counts *n)
{
    g_free(n->parties);
    g_free(n->voices);
}

static uint32_t *count_of(
    const struct index *x, const struct counts *n, const struct index_claim *c)
{
    uint32_t party = index_party_of(x, c->source);

    return party == NOWHERE ? &n->voices[c->voice] : &n->parties[party];
}

static bool is_counted(const struct index_claim *c)
{
    return !c->is_gone && c->verdict != VERDICT_REJECTED;
}

/* --- closer ----------------------------------------------------------------- */

/* Of a voice shown: the parties of its claims as they come, and the publishers
   of its documents. */
struct heard {
    GArray *parties, *publishers; /* uint32_t */
    uint32_t document;            /* of the last claim */
};

struct looking {
    const struct index *x;
    struct index_speaker *voices;
    struct heard *heard; /* by voice */
    uint32_t *seen; /* by party: how often, while one voice is counted */
    /* By every other place in the strings, as no two texts begin closer: the
       last voice that a publisher has, from 1. */
    uint32_t *told;
};

static void look_at_role(struct looking *l, uint32_t slot, uint32_t sighting)
{
    uint32_t party = index_party_of(l->x, sighting);

    if (party != NOWHERE)
        g_array_append_val(l->heard[slot].parties, party);
}

static void
look_at_claim(struct looking *l, uint32_t slot, const struct index_claim *c)
{
    struct heard *h = &l->heard[slot];

    l->voices[slot].claims++;
    look_at_role(l, slot, c->roles[ROLE_ACTOR]);
    look_at_role(l, slot, c->roles[ROLE_TARGET]);
    if (h->document == c->document)
        return;
    h->document = c->document;
    l->voices[slot].documents++;
    g_array_append_val(
        h->publishers, l->x->documents[c->document].publisher);
}

/* Keeps the tally if it is among the first. */
static void keep_about(struct index_speaker *v, uint32_t party, uint32_t count)
{
    uint32_t at = v->about_count;

    while (at && (v->about[at - 1].count < count ||
                  (v->about[at - 1].count == count &&
                   v->about[at - 1].at > party)))
        at--;
    if (at == ABOUT_MOST)
        return;
    v->about_count = MIN(v->about_count + 1, ABOUT_MOST);
    memmove(
        v->about + at + 1, v->about + at,
        (v->about_count - at - 1) * sizeof *v->about);
    v->about[at] = (struct index_tally){party, count};
}

static void sum_voice(struct looking *l, uint32_t slot)
{
    const GArray *parties = l->heard[slot].parties;
    const GArray *publishers = l->heard[slot].publishers;

    for (guint i = 0; i < parties->len; i++)
        l->seen[g_array_index(parties, uint32_t, i)]++;
    for (guint i = 0; i < parties->len; i++) {
        uint32_t party = g_array_index(parties, uint32_t, i);

        if (l->seen[party])
            keep_about(&l->voices[slot], party, l->seen[party]);
        l->seen[party] = 0;
    }
    for (guint i = 0; i < publishers->len; i++) {
        uint32_t at = g_array_index(publishers, uint32_t, i) / 2;

        l->voices[slot].publishers += l->told[at] != slot + 1;
        l->told[at] = slot + 1;
    }
}

static bool is_publisher(const struct index *x, uint32_t name)
{
    for (uint32_t i = 0; i < x->documents_count; i++)
        if (x->documents[i].publisher == name ||
            x->documents[i].agency == name)
            return true;
    return false;
}

static enum voice_kind kind_of(const struct index *x, const struct index_speaker *v)
{
    if (v->party != NOWHERE)
        return x->parties[v->party].kind == NAME_PERSON ? VOICE_PERSON
                                                        : VOICE_GROUP;
    if (!v->name)
        return VOICE_UNNAMED;
    return is_publisher(x, v->name) ? VOICE_PUBLISHER : VOICE_DESCRIBED;
}

static void begin_voice(struct looking *l, struct arena *a, uint32_t slot)
{
    l->voices[slot].kind = kind_of(l->x, &l->voices[slot]);
    l->voices[slot].about = arena_make(a, struct index_tally, ABOUT_MOST);
    l->heard[slot] = (struct heard){
        g_array_new(FALSE, FALSE, sizeof(uint32_t)),
        g_array_new(FALSE, FALSE, sizeof(uint32_t)), NOWHERE};
}

static void end_voice(struct looking *l, uint32_t slot)
{
    sum_voice(l, slot);
    g_array_free(l->heard[slot].parties, TRUE);
    g_array_free(l->heard[slot].publishers, TRUE);
}

/* `slots` are numbers of voices, and one more. */
static void look_closer(
    const struct index *x, struct arena *a, const struct counts *slots,
    struct index_speaker *voices, uint32_t count)
{
    g_autofree uint32_t *seen = g_new0(uint32_t, (gsize)x->parties_count + 1);
    g_autofree uint32_t *told =
        g_new0(uint32_t, (gsize)x->strings_count / 2 + 1);
    struct looking l = {
        x, voices, arena_make(a, struct heard, count), seen, told};

    for (uint32_t i = 0; i < count; i++)
        begin_voice(&l, a, i);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t slot = *count_of(x, slots, &x->claims[i]);

        if (slot && is_counted(&x->claims[i]))
            look_at_claim(&l, slot - 1, &x->claims[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        end_voice(&l, i);
}

/* --- the list --------------------------------------------------------------- */

/* A voice by a claim of its own. */
static struct index_speaker
voice_of(const struct index *x, const struct index_claim *c)
{
    uint32_t party = index_party_of(x, c->source);

    return (struct index_speaker){
        .party = party,
        .name = party == NOWHERE ? x->voices[c->voice].name
                                 : x->parties[party].name};
}

static bool
is_called(const struct index *x, const struct index_claim *c, const char *find)
{
    uint32_t party = index_party_of(x, c->source);
    g_autofree char *folded = NULL;

    if (!find)
        return true;
    if (party == NOWHERE)
        return strstr(index_string(x, x->voices[c->voice].folded), find);
    folded = index_fold(index_voice(x, c));
    return strstr(folded, find) != NULL;
}

/* The counts are used up: afterwards they are 0. */
static uint32_t *pick(
    const struct index *x, struct arena *a, struct counts *n, const char *find,
    uint32_t offset, uint32_t limit, uint32_t *count, uint32_t *total)
{
    struct best b = best_new(a, (uint64_t)offset + limit, x->claims_count);

    *total = 0;
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t *said = count_of(x, n, &x->claims[i]);

        if (!*said)
            continue;
        if (is_called(x, &x->claims[i], find)) {
            (*total)++;
            best_add(&b, UINT32_MAX - *said, i);
        }
        *said = 0;
    }
    return best_page(&b, offset, limit, count);
}

struct index_speaker *index_list_voices(
    const struct index *x, struct arena *a, const char *find, uint32_t offset,
    uint32_t limit, uint32_t *count, uint32_t *total)
{
    struct counts n = counts_new(x);
    struct index_speaker *out;
    uint32_t *claims;

    for (uint32_t i = 0; i < x->claims_count; i++)
        *count_of(x, &n, &x->claims[i]) += is_counted(&x->claims[i]);
    claims = pick(x, a, &n, find, offset, limit, count, total);
    out = arena_make(a, struct index_speaker, *count);
    for (uint32_t i = 0; i < *count; i++) {
        out[i] = voice_of(x, &x->claims[claims[i]]);
        *count_of(x, &n, &x->claims[claims[i]]) = i + 1;
    }
    look_closer(x, a, &n, out, *count);
    counts_free(&n);
    return out;
}

bool index_find_voice(
    const struct index *x, struct arena *a, uint32_t party, const char *name,
    struct index_speaker *out)
{
    struct counts n = counts_new(x);
    bool is_found = false;

    for (uint32_t i = 0; i < x->claims_count && !is_found; i++) {
        const struct index_claim *c = &x->claims[i];

        *out = voice_of(x, c);
        is_found = out->party == party &&
                   (party != NOWHERE || !strcmp(index_string(x, out->name), name));
        if (is_found)
            *count_of(x, &n, c) = 1;
    }
    if (is_found)
        look_closer(x, a, &n, out, 1);
    counts_free(&n);
    return is_found && out->claims;
}
