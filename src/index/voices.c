/*
 * Who says how much, and about whom.
 *
 * A first pass counts what each voice says, a second looks closer at those
 * that are shown.
 */
#include "index/best.h"
#include "index/inside.h"

#include <stdlib.h>
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
    return c->verdict != VERDICT_REJECTED;
}

/* --- closer --------------------------------------------------------------- */

/* The claims of the voices shown, voice by voice, and counts that are used for
   one voice after the other. */
struct looking {
    const struct index *x;
    struct arena *a;
    uint32_t *claims, *from; /* from[i] to from[i + 1] are of voice i */
    uint32_t *spoken;        /* by party */
    uint32_t *heard;         /* by house: 1 + the last voice heard by it */
    uint32_t *parties, party_count; /* those spoken of */
};

static void look_at_role(struct looking *l, uint32_t sighting)
{
    uint32_t party = index_party_of(l->x, sighting);

    if (party != NOWHERE && !l->spoken[party]++)
        l->parties[l->party_count++] = party;
}

/* Keeps the tally if it is among the first. */
static void keep_about(struct index_speaker *v, uint32_t party, uint32_t count)
{
    uint32_t at = v->about_count;

    while (at &&
           (v->about[at - 1].count < count ||
            (v->about[at - 1].count == count && v->about[at - 1].at > party)))
        at--;
    if (at == ABOUT_MOST)
        return;
    v->about_count = MIN(v->about_count + 1, ABOUT_MOST);
    memmove(
        v->about + at + 1, v->about + at,
        (v->about_count - at - 1) * sizeof *v->about);
    v->about[at] = (struct index_tally){party, count};
}

static void
look_at_voice(struct looking *l, uint32_t number, struct index_speaker *v)
{
    uint32_t last = NOWHERE;

    v->about = arena_make(l->a, struct index_tally, ABOUT_MOST);
    v->claims = l->from[number + 1] - l->from[number];
    l->party_count = 0;
    for (uint32_t i = l->from[number]; i < l->from[number + 1]; i++) {
        const struct index_claim *c = &l->x->claims[l->claims[i]];
        uint32_t house = l->x->house_of[c->document];

        look_at_role(l, c->roles[ROLE_ACTOR]);
        look_at_role(l, c->roles[ROLE_TARGET]);
        v->documents += c->document != last;
        last = c->document;
        /* The house "" has the documents of which none is known. */
        v->publishers += l->x->houses[house] && l->heard[house] != number + 1;
        l->heard[house] = number + 1;
    }
    for (uint32_t i = 0; i < l->party_count; i++) {
        keep_about(v, l->parties[i], l->spoken[l->parties[i]]);
        l->spoken[l->parties[i]] = 0;
    }
}

/* Sorts the claims of the voices by them: `slots` are 1 + their numbers. */
static void
sort_claims(struct looking *l, const struct counts *slots, uint32_t count)
{
    const struct index *x = l->x;
    g_autofree uint32_t *next = g_new0(uint32_t, (gsize)count + 1);

    l->from = g_new0(uint32_t, (gsize)count + 2);
    for (uint32_t i = 0; i < x->claims_count; i++)
        if (is_counted(&x->claims[i]))
            l->from[*count_of(x, slots, &x->claims[i]) + 1]++;
    /* Those of no voice that is shown come first, and are passed over. */
    l->from[1] = 0;
    for (uint32_t i = 1; i <= count + 1; i++)
        l->from[i] += l->from[i - 1];
    memcpy(next, l->from, (count + 1) * sizeof *next);
    l->claims = g_new(uint32_t, (gsize)l->from[count + 1] + 1);
    for (uint32_t i = 0; i < x->claims_count; i++) {
        uint32_t slot = *count_of(x, slots, &x->claims[i]);

        if (slot && is_counted(&x->claims[i]))
            l->claims[next[slot]++] = i;
    }
    memmove(l->from, l->from + 1, (count + 1) * sizeof *l->from);
}

static bool is_publisher(const struct index *x, uint32_t name)
{
    for (uint32_t i = 0; i < x->house_count; i++)
        if (x->houses[i] == name)
            return true;
    for (uint32_t i = 0; i < x->documents_count; i++)
        if (x->documents[i].agency == name)
            return true;
    return false;
}

static bool is_document(const struct index *x, uint32_t name)
{
    for (uint32_t i = 0; i < x->documents_count; i++)
        if (x->documents[i].name == name)
            return true;
    return false;
}

static enum voice_kind
kind_of(const struct index *x, const struct index_speaker *v)
{
    if (v->party != NOWHERE)
        return x->parties[v->party].kind == NAME_PERSON ? VOICE_PERSON
                                                        : VOICE_GROUP;
    if (!v->name)
        return VOICE_UNNAMED;
    if (is_publisher(x, v->name))
        return VOICE_PUBLISHER;
    return is_document(x, v->name) ? VOICE_DOCUMENT : VOICE_DESCRIBED;
}

/* `slots` are numbers of voices, and one more. */
static void look_closer(
    const struct index *x, struct arena *a, const struct counts *slots,
    struct index_speaker *voices, uint32_t count)
{
    struct looking l = {
        .x = x,
        .a = a,
        .spoken = g_new0(uint32_t, (gsize)x->parties_count + 1),
        .heard = g_new0(uint32_t, (gsize)x->house_count + 1),
        .parties = g_new(uint32_t, (gsize)x->parties_count + 1)};

    sort_claims(&l, slots, count);
    for (uint32_t i = 0; i < count; i++) {
        voices[i].kind = kind_of(x, &voices[i]);
        look_at_voice(&l, i, &voices[i]);
    }
    g_free(l.claims);
    g_free(l.from);
    g_free(l.spoken);
    g_free(l.heard);
    g_free(l.parties);
}

/* --- the list ------------------------------------------------------------- */

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
        is_found =
            out->party == party &&
            (party != NOWHERE || !strcmp(index_string(x, out->name), name));
        if (is_found)
            *count_of(x, &n, c) = 1;
    }
    if (is_found)
        look_closer(x, a, &n, out, 1);
    counts_free(&n);
    return is_found && out->claims;
}
