/* Who is who: what identity joins becomes parties, with counts. */
#include "case/roster.h"

#include <stdlib.h>
#include <string.h>

enum name_kind kind_of_word(const char *word)
{
    if (!g_strcmp0(word, "group"))
        return NAME_GROUP;
    return g_strcmp0(word, "place") ? NAME_PERSON : NAME_PLACE;
}

uint32_t roster_sighting(const struct roster *r, int64_t referent)
{
    guint at = GPOINTER_TO_UINT(
        g_hash_table_lookup(r->by_referent, GSIZE_TO_POINTER(referent)));

    return at ? at - 1 : NOWHERE;
}

/* --- parties ----------------------------------------------------------------- */

/* The names of a party; words of the fullest stand for it, where two are as
   full the one in more documents. */
static void list_names(const struct roster *r, struct persona *p)
{
    p->names = arena_make(r->arena, struct persona_name, p->sighting_count);
    for (uint32_t i = 0; i < p->sighting_count; i++) {
        uint32_t spelling = r->sightings.at[p->sightings[i]].spelling, k = 0;

        while (k < p->name_count && p->names[k].spelling != spelling)
            k++;
        if (k == p->name_count)
            p->names[p->name_count++].spelling = spelling;
        p->names[k].documents++;
    }
}

static int by_use(const void *x, const void *y)
{
    const struct persona_name *a = x, *b = y;

    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return a->spelling < b->spelling ? -1 : a->spelling > b->spelling;
}

static uint32_t count_words(const char *key)
{
    uint32_t count = 1;

    for (; *key; key++)
        count += *key == ' ';
    return count;
}

/* The most used; of people one of two words or more before a single word. */
static void choose_name(const struct roster *r, struct persona *p)
{
    const struct spelling *all = r->sightings.spellings;
    uint32_t best = 0;

    qsort(p->names, p->name_count, sizeof *p->names, by_use);
    for (uint32_t i = 1; i < p->name_count; i++) {
        uint32_t words = count_words(all[p->names[i].spelling].key);

        if (p->kind == NAME_PERSON && words >= 2 &&
            count_words(all[p->names[best].spelling].key) < 2)
            best = i;
    }
    p->name = all[p->names[best].spelling].words;
    for (uint32_t i = 0; !p->id; i++)
        if (r->sightings.at[p->sightings[i]].spelling ==
            p->names[best].spelling)
            p->id = r->referents[p->sightings[i]];
}

static void describe_party(
    const struct roster *r, struct persona *p, const int64_t *mentions)
{
    uint32_t last = NOWHERE, men = 0, women = 0;

    p->kind =
        r->sightings.spellings[r->sightings.at[p->sightings[0]].spelling].kind;
    for (uint32_t i = 0; i < p->sighting_count; i++) {
        const struct sighting *s = &r->sightings.at[p->sightings[i]];

        p->documents += s->document != last;
        last = s->document;
        p->mentions += mentions[p->sightings[i]];
        men += s->gender == GENDER_MALE;
        women += s->gender == GENDER_FEMALE;
        if (!s->first_year)
            continue;
        p->first_year = p->first_year
                            ? MIN(p->first_year, (uint32_t)s->first_year)
                            : (uint32_t)s->first_year;
        p->last_year = MAX(p->last_year, (uint32_t)s->last_year);
    }
    p->gender = men > women   ? GENDER_MALE
                : women > men ? GENDER_FEMALE
                              : GENDER_OPEN;
    list_names(r, p);
    choose_name(r, p);
}

static const struct sighted_place *
place_lookup(const struct roster *r, uint32_t sighting)
{
    uint32_t low = 0, high = r->place_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (r->places[middle].sighting < sighting)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->place_count && r->places[low].sighting == sighting
               ? &r->places[low]
               : NULL;
}

/* The first document that tells where a place lies is believed. */
static void locate_party(const struct roster *r, struct persona *p)
{
    p->spot = p->beside = NOWHERE;
    for (uint32_t i = 0; i < p->sighting_count; i++) {
        const struct sighted_place *at = place_lookup(r, p->sightings[i]);

        if (!at)
            continue;
        if (p->spot == NOWHERE)
            p->spot = at->at.spot;
        if (!p->candidate_count) {
            p->candidates = at->at.candidates;
            p->candidate_count = at->at.candidate_count;
        }
        if (p->beside == NOWHERE && at->at.beside != NOWHERE) {
            p->beside = at->at.beside;
            p->relation = at->at.link;
        }
    }
}

/* Parties by their first sighting. */
static void make_parties(struct roster *r, const int64_t *mentions)
{
    uint32_t count = r->sightings.count;
    uint32_t *party_of = arena_make(r->arena, uint32_t, count);

    r->party_of = party_of;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = r->joined.first[i];

        party_of[i] = first == i ? r->party_count++ : party_of[first];
    }
    r->parties = arena_make(r->arena, struct persona, r->party_count);
    for (uint32_t i = 0; i < count; i++)
        r->parties[party_of[i]].sighting_count++;
    for (uint32_t i = 0; i < r->party_count; i++) {
        struct persona *p = &r->parties[i];

        p->sightings = arena_make(r->arena, uint32_t, p->sighting_count);
        p->sighting_count = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct persona *p = &r->parties[party_of[i]];

        p->sightings[p->sighting_count++] = i;
    }
    for (uint32_t i = 0; i < r->party_count; i++) {
        describe_party(r, &r->parties[i], mentions);
        locate_party(r, &r->parties[i]);
    }
}

/* --- counts -------------------------------------------------------------------- */

static struct persona *find_party(const struct roster *r, int64_t referent)
{
    uint32_t at = roster_sighting(r, referent);

    return at == NOWHERE ? NULL : &r->parties[r->party_of[at]];
}

static void count_role(struct persona *p, int64_t role)
{
    if (role == ROLE_ACTOR)
        p->acting++;
    else if (role == ROLE_TARGET)
        p->suffering++;
    else
        p->happening++;
}

static bool count_roles(struct kase *k, struct roster *r, GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT r.referent, r.part FROM role r WHERE "
        "r.referent IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM claim n WHERE n.replaces = r.claim)",
        error, "");

    while (rows_take(&l, error)) {
        struct persona *p = find_party(r, sqlite3_column_int64(l.at, 0));

        if (p)
            count_role(p, sqlite3_column_int64(l.at, 1));
    }
    return !l.failed;
}

static bool count_sayings(struct kase *k, struct roster *r, GError **error)
{
    LEASE l = rows_open(
        k, "SELECT referent FROM attribution WHERE referent IS NOT NULL", error,
        "");

    while (rows_take(&l, error)) {
        struct persona *p = find_party(r, sqlite3_column_int64(l.at, 0));

        if (p)
            p->saying++;
    }
    return !l.failed;
}

/* --- the whole -------------------------------------------------------------------- */

static void join_all(struct roster *r, const struct likeness *l)
{
    struct ruling *rulings =
        arena_make(r->arena, struct ruling, r->ruling_count);

    for (uint32_t i = 0; i < r->ruling_count; i++)
        rulings[i] = (struct ruling){
            r->rulings[i].sightings[0], r->rulings[i].sightings[1],
            r->rulings[i].verdict == RULING_APART};
    r->joined =
        sightings_join(l, r->arena, &r->sightings, rulings, r->ruling_count);
}

static bool fill(
    struct kase *k, struct roster *r, const struct likeness *l,
    const struct gazetteer *g, GError **error)
{
    struct sighting *at;
    int64_t *mentions;

    if (!sightings_load(k, r, likeness_words(l), g, &at, &mentions, error) ||
        !years_load(k, r, at, error) || !ties_load(k, r, error) ||
        !rulings_load(k, r, error))
        return false;
    join_all(r, l);
    r->mentions = mentions;
    make_parties(r, mentions);
    return count_roles(k, r, error) && count_sayings(k, r, error);
}

struct roster *case_roster(
    struct kase *k, const struct likeness *l, const struct gazetteer *g,
    GError **error)
{
    struct roster *r = g_new0(struct roster, 1);

    r->arena = arena_new();
    r->by_referent = g_hash_table_new(NULL, NULL);
    if (fill(k, r, l, g, error))
        return r;
    roster_free(r);
    return NULL;
}

void roster_free(struct roster *r)
{
    if (!r)
        return;
    g_hash_table_unref(r->by_referent);
    arena_free(r->arena);
    g_free(r);
}
