/* parties.c - people, groups and places as they are named to and by people. */
#include "cli/parties.h"

#include <stdlib.h>
#include <string.h>

/* --- opening ------------------------------------------------------------------ */

static void load_tables(struct company *c)
{
    char *lexicon = lexicon_folder(), *models = models_folder();
    GError *error = NULL;

    c->words = identity_load(lexicon, &error);
    if (c->words)
        c->likeness = likeness_load(c->words, lexicon, models, &error);
    if (c->likeness)
        c->gazetteer = gazetteer_load(c->words, lexicon, &error);
    g_free(lexicon);
    g_free(models);
    if (!c->gazetteer)
        exit(fail(error));
}

static void tell_clashes(const struct company *c)
{
    const struct roster *r = c->roster;

    for (uint32_t i = 0; i < r->joined.clash_count; i++) {
        const struct clash *x = &r->joined.clashes[i];
        const struct ruling_row *row = &r->rulings[x->ruling];
        const struct ruling_row *other = &r->rulings[x->other];

        complain(
            "p%" G_GINT64_FORMAT " and p%" G_GINT64_FORMAT
            " are kept apart: merged %s, but that would join p%" G_GINT64_FORMAT
            " and p%" G_GINT64_FORMAT ", split %s",
            row->one, row->other, ruling_words(c, row), other->one,
            other->other, ruling_words(c, other));
    }
    for (uint32_t i = 0; i < r->lost_count; i++)
        complain(
            "what was held of p%" G_GINT64_FORMAT " and p%" G_GINT64_FORMAT
            " %s: a newer version of the document does not name them",
            r->lost[i].one, r->lost[i].other, ruling_words(c, &r->lost[i]));
}

/* Of two who are shown apart. */
static bool is_between(
    const struct roster *r, const struct bond *b, uint32_t *one,
    uint32_t *other)
{
    *one = r->party_of[b->one];
    *other = r->party_of[b->other];
    return *one != *other;
}

static void index_bonds(struct company *c)
{
    const struct roster *r = c->roster;
    const struct joined *j = &r->joined;
    uint32_t one, other;

    c->bonds_from = arena_make(c->arena, uint32_t, r->party_count + 2);
    c->bonds = arena_make(c->arena, uint32_t, 2 * (size_t)j->bond_count);
    for (uint32_t i = 0; i < j->bond_count; i++)
        if (is_between(r, &j->bonds[i], &one, &other)) {
            c->bonds_from[one + 2]++;
            c->bonds_from[other + 2]++;
        }
    for (uint32_t i = 2; i < r->party_count + 2; i++)
        c->bonds_from[i] += c->bonds_from[i - 1];
    for (uint32_t i = 0; i < j->bond_count; i++)
        if (is_between(r, &j->bonds[i], &one, &other)) {
            c->bonds[c->bonds_from[one + 1]++] = i;
            c->bonds[c->bonds_from[other + 1]++] = i;
        }
}

bool company_renew(struct company *c, GError **error)
{
    roster_free(c->roster);
    c->roster = case_roster(c->k, c->likeness, c->gazetteer, error);
    if (!c->roster)
        return false;
    index_bonds(c);
    tell_clashes(c);
    return true;
}

struct company company_open(case_mode mode)
{
    struct company c = {.arena = arena_new()};
    GError *error = NULL;

    load_tables(&c);
    c.k = open_case(mode);
    if (!company_renew(&c, &error))
        exit(fail(error));
    return c;
}

void company_close(struct company *c)
{
    roster_free(c->roster);
    gazetteer_free(c->gazetteer);
    likeness_free(c->likeness);
    identity_free(c->words);
    arena_free(c->arena);
    close_case(c->k);
}

/* --- finding ------------------------------------------------------------------- */

const struct persona *company_party(const struct company *c, uint32_t sighting)
{
    return &c->roster->parties[c->roster->party_of[sighting]];
}

const struct persona *company_other(
    const struct company *c, const struct persona *p, const struct bond *b)
{
    const struct persona *one = company_party(c, b->one);

    return one == p ? company_party(c, b->other) : one;
}

/* Of "p12"; 0 if it is no such thing. */
static int64_t parse_id(const char *word)
{
    char *end;
    int64_t id = *word == 'p' && g_ascii_isdigit(word[1])
                     ? g_ascii_strtoll(word + 1, &end, 10)
                     : 0;

    return id && !*end ? id : 0;
}

/* The sighting of that id. */
static uint32_t find_id(const struct company *c, const char *word, int64_t id)
{
    uint32_t sighting = roster_sighting(c->roster, id);
    GError *error = NULL;
    int64_t newer;

    if (sighting != NOWHERE)
        return sighting;
    if (!case_find_successor(c->k, id, &newer, &error))
        exit(fail(error));
    sighting = roster_sighting(c->roster, newer);
    if (sighting == NOWHERE)
        complain(
            "%s is nobody who is named: 'attest people', 'attest groups' and "
            "'attest places' list who is",
            word);
    return sighting;
}

/* Does the name fold as one of the party's; that spelling, or NOWHERE. */
static uint32_t find_spelling(
    const struct company *c, const struct persona *p, const char *word)
{
    const struct spelling *all = c->roster->sightings.spellings;
    const char *key = identity_key(c->words, c->arena, word, p->kind);

    for (uint32_t i = 0; i < p->name_count; i++) {
        const struct spelling *s = &all[p->names[i].spelling];

        if ((*key && !strcmp(s->key, key)) || !g_strcmp0(s->abbreviation, word))
            return p->names[i].spelling;
    }
    return NOWHERE;
}

static uint32_t
first_of(const struct company *c, const struct persona *p, uint32_t spelling)
{
    for (uint32_t i = 0; i < p->sighting_count; i++)
        if (c->roster->sightings.at[p->sightings[i]].spelling == spelling)
            return p->sightings[i];
    return p->sightings[0];
}

static uint32_t find_name(const struct company *c, const char *word)
{
    enum { LISTED = 12 };
    const char *several = "";
    uint32_t count = 0, found = NOWHERE;

    for (uint32_t i = 0; i < c->roster->party_count; i++) {
        const struct persona *p = &c->roster->parties[i];
        uint32_t spelling = find_spelling(c, p, word);

        if (spelling == NOWHERE)
            continue;
        found = first_of(c, p, spelling);
        if (count++ < LISTED)
            several = arena_print(
                c->arena, "%s%s%s", several, count > 1 ? ", " : "",
                persona_words(c, p));
    }
    if (count == 1)
        return found;
    if (count)
        complain("%u are called '%s': %s", count, word, several);
    else
        complain(
            "nobody in %s is called '%s': 'attest people' and the like list "
            "who is named",
            case_path(), word);
    return NOWHERE;
}

uint32_t company_find(const struct company *c, const char *word)
{
    int64_t id = parse_id(word);

    return id ? find_id(c, word, id) : find_name(c, word);
}

bool is_ruled_apart(
    const struct company *c, const struct persona *x, const struct persona *y)
{
    for (uint32_t i = 0; i < c->roster->ruling_count; i++) {
        const struct ruling_row *r = &c->roster->rulings[i];
        const struct persona *p = company_party(c, r->sightings[0]);
        const struct persona *q = company_party(c, r->sightings[1]);

        if (r->verdict == RULING_APART &&
            ((p == x && q == y) || (p == y && q == x)))
            return true;
    }
    return false;
}

/* --- kin --------------------------------------------------------------------------- */

bool words_hold(const char *text, const char *words)
{
    char *folded = g_utf8_casefold(text, -1);
    char *wanted = g_utf8_casefold(words, -1);
    bool holds = strstr(folded, wanted) != NULL;

    g_free(wanted);
    g_free(folded);
    return holds;
}

void company_add_kin(
    const struct company *c, const struct persona *p, struct kin *kin)
{
    const struct roster *r = c->roster;

    for (uint32_t i = 0; i < p->sighting_count; i++) {
        const struct sighting *s = &r->sightings.at[p->sightings[i]];

        kin_add(kin, r->documents[s->document], r->entities[s->spelling]);
    }
}

static bool
is_called(const struct company *c, const struct persona *p, const char *words)
{
    const struct spelling *all = c->roster->sightings.spellings;

    for (uint32_t i = 0; i < p->name_count; i++)
        if (words_hold(all[p->names[i].spelling].words, words))
            return true;
    return false;
}

static void
add_called(const struct company *c, const char *words, struct kin *kin)
{
    for (uint32_t i = 0; i < c->roster->party_count; i++)
        if (is_called(c, &c->roster->parties[i], words))
            company_add_kin(c, &c->roster->parties[i], kin);
}

struct kin *company_kin(const struct company *c, char **words)
{
    struct kin *kin = kin_new();
    char **kept = words;

    for (; *words; words++) {
        int64_t id = parse_id(*words);
        uint32_t sighting = id ? find_id(c, *words, id) : NOWHERE;

        if (id && sighting == NOWHERE)
            exit(STATUS_FAILED);
        if (id) {
            company_add_kin(c, company_party(c, sighting), kin);
            g_free(*words);
        } else {
            add_called(c, *words, kin);
            *kept++ = *words;
        }
    }
    *kept = NULL;
    return kin;
}

/* --- words ------------------------------------------------------------------------ */

const char *persona_words(const struct company *c, const struct persona *p)
{
    return arena_print(c->arena, "p%" G_GINT64_FORMAT " %s", p->id, p->name);
}

const char *sighting_words(const struct company *c, uint32_t sighting)
{
    const struct sightings *s = &c->roster->sightings;
    const char *name = s->spellings[s->at[sighting].spelling].words;

    return arena_print(
        c->arena, "p%" G_GINT64_FORMAT " %s (%s)",
        c->roster->referents[sighting], name,
        c->roster->document_names[s->at[sighting].document]);
}

const char *perhaps_words(const struct company *c, const struct persona *p)
{
    enum { TOLD_MOST = 8 };
    uint32_t at = (uint32_t)(p - c->roster->parties), told = 0;
    const struct persona *before[TOLD_MOST];
    const char *words = "";

    for (uint32_t i = c->bonds_from[at]; i < c->bonds_from[at + 1]; i++) {
        const struct bond *b = &c->roster->joined.bonds[c->bonds[i]];
        const struct persona *other = company_other(c, p, b);
        uint32_t k = 0;

        while (k < told && before[k] != other)
            k++;
        if (k < told || is_ruled_apart(c, p, other))
            continue;
        if (told == TOLD_MOST)
            return arena_print(c->arena, "%s, ...", words);
        before[told++] = other;
        words = arena_print(
            c->arena, "%s%s%s (%.2f)", words, *words ? ", " : "",
            persona_words(c, other), (double)b->score);
    }
    return words;
}

const char *ruling_words(const struct company *c, const struct ruling_row *row)
{
    return arena_print(
        c->arena, "by %s on %.10s: \"%s\"", row->who ? row->who : "somebody",
        row->at, row->why);
}

const char *also_words(const struct company *c, const struct persona *p)
{
    const struct spelling *all = c->roster->sightings.spellings;
    const char *words = "";

    for (uint32_t i = 0; i < p->name_count; i++) {
        const struct spelling *s = &all[p->names[i].spelling];

        if (s->abbreviation && g_strcmp0(s->abbreviation, p->name) != 0)
            words = arena_print(
                c->arena, "%s%s%s", words, *words ? ", " : "", s->abbreviation);
        if (strcmp(s->words, p->name) != 0)
            words = arena_print(
                c->arena, "%s%s%s", words, *words ? ", " : "", s->words);
    }
    return words;
}

const char *spot_words(const struct company *c, uint32_t spot)
{
    const struct spot *s = gazetteer_spot(c->gazetteer, spot);

    if (!s)
        return "";
    if (s->kind != SPOT_TOWN || !*s->region)
        return s->kind == SPOT_COUNTRY
                   ? arena_print(c->arena, "%s (%s)", s->name, s->country)
                   : arena_print(c->arena, "%s, %s", s->name, s->country);
    return arena_print(c->arena, "%s, %s, %s", s->name, s->region, s->country);
}

const char *beside_words(const struct company *c, const struct persona *p)
{
    if (p->beside == NOWHERE)
        return "";
    return arena_print(
        c->arena, "%s %s", p->relation == PLACE_NEAR ? "near" : "in",
        persona_words(c, company_party(c, p->beside)));
}

const char *candidate_words(const struct company *c, const struct persona *p)
{
    const char *words = "";

    for (uint32_t i = 0; p->spot == NOWHERE && i < p->candidate_count; i++)
        words = arena_print(
            c->arena, "%s%s%s", words, i ? "; " : "",
            spot_words(c, p->candidates[i]));
    return words;
}

static int by_weight(const void *x, const void *y)
{
    const struct remark *a = x, *b = y;

    return a->weight < b->weight ? 1 : a->weight > b->weight ? -1 : 0;
}

const char *reason_words(
    const struct company *c, uint32_t one, uint32_t other, uint32_t most)
{
    struct comparison found;
    const char *words = "";

    sightings_compare(&c->roster->joined, c->arena, one, other, &found);
    qsort(found.remarks, found.count, sizeof *found.remarks, by_weight);
    for (uint32_t i = 0; i < found.count && i < most; i++)
        if (found.remarks[i].weight > 0)
            words = arena_print(
                c->arena, "%s%s%s", words, i ? "; " : "",
                found.remarks[i].words);
    for (uint32_t i = 0; i < found.count; i++)
        if (found.remarks[i].objects)
            return arena_print(
                c->arena, "%s; but %s", words, found.remarks[i].words);
    return words;
}
