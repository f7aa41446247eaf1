/* One person, group or place in full, and two side by side. */
#include "server/records.h"
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

enum {
    NAMES_MOST = 100,
    MENTIONS_MOST = 200, /* of a name, and of all */
    USERS_MOST = 8,
    LABELS_MOST = 50,
    CLAIMS_MOST = 10,
    EVENTS_MOST = 5,
    PERHAPS_MOST = 10,
    SHARED_MOST = 12
};

/* --- names ---------------------------------------------------------------- */

/* A name of the party, and those of its sightings that are called so. */
struct called {
    uint32_t name, documents, last; /* last: the document before */
    GArray *sightings;
};

static struct called *find_called(GArray *all, uint32_t name)
{
    struct called fresh = {name, 0, NOWHERE, NULL};

    for (guint i = 0; i < all->len; i++)
        if (g_array_index(all, struct called, i).name == name)
            return &g_array_index(all, struct called, i);
    if (all->len == NAMES_MOST)
        return NULL;
    fresh.sightings = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_array_append_val(all, fresh);
    return &g_array_index(all, struct called, all->len - 1);
}

static void call_by(GArray *all, const struct index *x, uint32_t sighting)
{
    const struct index_sighting *s = &x->sightings[sighting];
    struct called *n = find_called(all, x->spellings[s->spelling].words);

    if (!n)
        return;
    n->documents += n->last != s->document;
    n->last = s->document;
    g_array_append_val(n->sightings, sighting);
}

static int by_documents(const void *x, const void *y)
{
    const struct called *a = x, *b = y;

    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static void free_called(gpointer at)
{
    g_array_free(((struct called *)at)->sightings, TRUE);
}

static void add_mention_ids(struct call *c, const struct called *n)
{
    const struct index *x = c->server->index;

    json_builder_set_member_name(c->json, "mentions");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < MIN(n->sightings->len, (guint)MENTIONS_MOST); i++) {
        uint32_t at = g_array_index(n->sightings, uint32_t, i);

        json_builder_add_string_value(
            c->json, id_words(c, 'p', x->sightings[at].referent));
    }
    json_builder_end_array(c->json);
}

/* The publishers that use the name, as they come. */
static void add_users(struct call *c, const struct called *n)
{
    const struct index *x = c->server->index;
    uint32_t seen[USERS_MOST], count = 0;

    json_builder_set_member_name(c->json, "users");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < n->sightings->len && count < USERS_MOST; i++) {
        uint32_t at = g_array_index(n->sightings, uint32_t, i), k = 0;
        uint32_t who = x->documents[x->sightings[at].document].publisher;

        while (k < count && seen[k] != who)
            k++;
        if (k < count || !who)
            continue;
        seen[count++] = who;
        json_builder_add_string_value(c->json, index_string(x, who));
    }
    json_builder_end_array(c->json);
}

static void add_names(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct called));
    uint32_t first = x->first_of_party[party], at = first;

    g_array_set_clear_func(all, free_called);
    if (first != NOWHERE)
        do {
            call_by(all, x, at);
            at = x->next_of_party[at];
        } while (at != first);
    g_array_sort(all, by_documents);
    json_builder_set_member_name(c->json, "names");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < all->len; i++) {
        const struct called *n = &g_array_index(all, struct called, i);

        json_builder_begin_object(c->json);
        member_text(c->json, "name", index_string(x, n->name));
        member_number(c->json, "documents", n->documents);
        add_mention_ids(c, n);
        add_users(c, n);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
    g_array_free(all, TRUE);
}

static void add_mentions(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    uint32_t first = x->first_of_party[party], at = first, count = 0;

    json_builder_set_member_name(c->json, "mentions");
    json_builder_begin_array(c->json);
    while (at != NOWHERE && count++ < MENTIONS_MOST) {
        const struct index_sighting *s = &x->sightings[at];
        const struct index_document *d = &x->documents[s->document];

        json_builder_begin_object(c->json);
        member_text(c->json, "id", id_words(c, 'p', s->referent));
        member_text(c->json, "document", id_words(c, 'd', d->id));
        member_text(c->json, "document_name", index_string(x, d->name));
        member_text(
            c->json, "name", index_string(x, x->spellings[s->spelling].words));
        json_builder_end_object(c->json);
        at = x->next_of_party[at] == first ? NOWHERE : x->next_of_party[at];
    }
    json_builder_end_array(c->json);
}

/* --- what is known -------------------------------------------------------- */

static void add_genders(struct call *c, const struct index_party *p)
{
    static const char *const words[] = {
        [GENDER_OPEN] = NULL,
        [GENDER_MALE] = "male",
        [GENDER_FEMALE] = "female"};

    json_builder_set_member_name(c->json, "genders");
    json_builder_begin_array(c->json);
    if (p->kind == NAME_PERSON && p->gender < G_N_ELEMENTS(words) &&
        words[p->gender])
        json_builder_add_string_value(c->json, words[p->gender]);
    json_builder_end_array(c->json);
}

static void add_degrees(
    struct call *c, const char *name, const struct index_party *p, float at)
{
    if (p->precision)
        member_real(c->json, name, (double)at);
    else
        member_text(c->json, name, NULL);
}

static void add_place(struct call *c, const struct index_party *p)
{
    const struct index *x = c->server->index;
    g_auto(GStrv) each = g_strsplit(index_string(x, p->may_be), "; ", -1);

    add_degrees(c, "latitude", p, p->latitude);
    add_degrees(c, "longitude", p, p->longitude);
    member_text(c->json, "where", p->where ? index_string(x, p->where) : NULL);
    json_builder_set_member_name(c->json, "may_be");
    json_builder_begin_array(c->json);
    for (char **words = each; *words; words++)
        json_builder_add_string_value(c->json, *words);
    json_builder_end_array(c->json);
}

/* What somebody calls the party, and how often. */
struct labelled {
    uint32_t words, claim, count;
    const char *by;
};

static int by_label_count(const void *x, const void *y)
{
    const struct labelled *a = x, *b = y;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->claim < b->claim ? -1 : a->claim > b->claim;
}

static void count_label(GArray *all, const struct index *x, uint32_t label)
{
    const struct index_label *l = &x->labels[label];
    const struct index_claim *claim = &x->claims[l->claim];
    struct labelled fresh = {l->words, l->claim, 1, index_voice(x, claim)};

    if (claim->verdict == VERDICT_REJECTED)
        return;
    for (guint i = 0; i < all->len; i++) {
        struct labelled *known = &g_array_index(all, struct labelled, i);

        if (known->words == fresh.words && !strcmp(known->by, fresh.by)) {
            known->count++;
            return;
        }
    }
    if (all->len < LABELS_MOST)
        g_array_append_val(all, fresh);
}

static void add_labels(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct labelled));

    for (uint32_t i = 0; i < x->labels_count; i++)
        if (index_party_of(x, x->labels[i].sighting) == party)
            count_label(all, x, i);
    g_array_sort(all, by_label_count);
    json_builder_set_member_name(c->json, "labels");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < all->len; i++) {
        const struct labelled *l = &g_array_index(all, struct labelled, i);

        json_builder_begin_object(c->json);
        member_text(c->json, "words", index_string(x, l->words));
        member_text(c->json, "by", *l->by ? l->by : NULL);
        member_number(c->json, "count", l->count);
        member_text(c->json, "claim", id_words(c, 'c', x->claims[l->claim].id));
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
    g_array_free(all, TRUE);
}

/* --- claims and events ---------------------------------------------------- */

/* Where the party has a part; which part, and what that list is called. */
static const struct {
    enum told_part part;
    const char *count, *list;
} sides[] = {
    {TOLD_BY, "claims_by", "by"},
    {TOLD_ON, "claims_on", "on"},
    {TOLD_OF, "claims_of", "of"}};

static uint32_t count_part(const struct index_told *t, enum told_part part)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < t->count; i++)
        count += (t->parts[i] & part) != 0;
    return count;
}

static bool
add_side(struct call *c, const struct index_told *t, enum told_part part)
{
    uint32_t shown = 0;

    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < t->count && shown < CLAIMS_MOST; i++)
        if (t->parts[i] & part) {
            shown++;
            if (!shape_claim(c, t->claims[i]) && c->is_refused)
                return false;
        }
    json_builder_end_array(c->json);
    return true;
}

static bool add_claims(struct call *c, const struct index_told *t)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        member_number(c->json, sides[i].count, count_part(t, sides[i].part));
    json_builder_set_member_name(c->json, "claims");
    json_builder_begin_object(c->json);
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        json_builder_set_member_name(c->json, sides[i].list);
        if (!add_side(c, t, sides[i].part))
            return false;
    }
    json_builder_end_object(c->json);
    return true;
}

/* The claims told of it itself: not those by its word alone. */
static uint32_t *
claims_about(struct call *c, const struct index_told *t, uint32_t *count)
{
    uint32_t *claims = arena_make(c->arena, uint32_t, t->count + 1);

    *count = 0;
    for (uint32_t i = 0; i < t->count; i++)
        if (t->parts[i] != TOLD_OF)
            claims[(*count)++] = t->claims[i];
    return claims;
}

static bool
add_events(struct call *c, const uint32_t *claims, uint32_t claim_count)
{
    uint32_t counts[SUPPORT_COUNT], count;
    const uint32_t *events = index_sum_events(
        c->server->index, c->arena, claims, claim_count, counts, EVENTS_MOST,
        &count);

    json_builder_set_member_name(c->json, "support");
    json_builder_begin_object(c->json);
    for (int i = 0; i < SUPPORT_COUNT; i++)
        member_number(c->json, support_words[i], counts[i]);
    json_builder_end_object(c->json);
    return shape_events(c, "contested", events, count);
}

static bool add_told(struct call *c, uint32_t party)
{
    struct timeline *days = arena_make(c->arena, struct timeline, 1);
    struct index_told told;
    uint32_t *about, count;

    index_list_told(c->server->index, c->arena, party, &told);
    about = claims_about(c, &told, &count);
    index_count_days(c->server->index, about, count, days);
    shape_timeline(c, "timeline", days);
    return add_claims(c, &told) && add_events(c, about, count);
}

/* --- who else ------------------------------------------------------------- */

/* Whom a bond leads to from the party, or NOWHERE. */
static uint32_t
bond_end(const struct index *x, const struct index_bond *b, uint32_t party)
{
    uint32_t one = index_party_of(x, b->one);
    uint32_t other = index_party_of(x, b->other);

    if (one == other)
        return NOWHERE;
    return one == party ? other : other == party ? one : NOWHERE;
}

static void add_perhaps(struct call *c, uint32_t party)
{
    const struct index *x = c->server->index;
    uint32_t passed[PERHAPS_MOST], count = 0;

    json_builder_set_member_name(c->json, "perhaps");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < x->bonds_count && count < PERHAPS_MOST; i++) {
        uint32_t other = bond_end(x, &x->bonds[i], party), k = 0;

        while (k < count && passed[k] != other)
            k++;
        if (other == NOWHERE || k < count || index_holds_apart(x, party, other))
            continue;
        passed[count++] = other;
        json_builder_begin_object(c->json);
        json_builder_set_member_name(c->json, "party");
        shape_party(c, other);
        member_real(c->json, "score", (double)x->bonds[i].score);
        member_reasons(c, index_string(x, x->bonds[i].reasons));
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

/* The names with who uses them take the place of the names alone. */
bool shape_party_full(struct call *c, uint32_t party)
{
    const struct index_party *p = &c->server->index->parties[party];

    json_builder_begin_object(c->json);
    shape_party_members(c, party);
    add_names(c, party);
    add_genders(c, p);
    add_place(c, p);
    add_labels(c, party);
    if (!add_told(c, party))
        return false;
    add_perhaps(c, party);
    if (!member_rulings(c, party, NOWHERE))
        return false;
    add_mentions(c, party);
    json_builder_end_object(c->json);
    return true;
}

void answer_party(struct call *c)
{
    uint32_t party = call_party(c, c->id[0]);

    if (party != NOWHERE)
        (void)shape_party_full(c, party);
}

/* --- two side by side ----------------------------------------------------- */

static void add_named(struct call *c, const char *id, const char *name)
{
    json_builder_begin_object(c->json);
    member_text(c->json, "id", id);
    member_text(c->json, "name", name);
    json_builder_end_object(c->json);
}

/* Those told of with both. */
static void add_shared_parties(struct call *c, uint32_t one, uint32_t other)
{
    enum { LOOKED_AT = 1000 };
    const struct index *x = c->server->index;
    uint32_t counts[2], shown = 0;
    struct index_tally *ties[] = {
        index_count_ties(x, c->arena, one, LOOKED_AT, &counts[0]),
        index_count_ties(x, c->arena, other, LOOKED_AT, &counts[1])};

    json_builder_set_member_name(c->json, "parties");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < counts[0] && shown < SHARED_MOST; i++) {
        uint32_t at = ties[0][i].at, k = 0;

        while (k < counts[1] && ties[1][k].at != at)
            k++;
        if (k == counts[1] || at == other)
            continue;
        shown++;
        add_named(
            c, id_words(c, 'p', x->parties[at].id),
            index_string(x, x->parties[at].name));
    }
    json_builder_end_array(c->json);
}

static void add_shared_documents(struct call *c, uint32_t one, uint32_t other)
{
    const struct index *x = c->server->index;
    const uint8_t *has[] = {
        index_find_documents(x, c->arena, one),
        index_find_documents(x, c->arena, other)};
    uint32_t shown = 0;

    json_builder_set_member_name(c->json, "documents");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < x->documents_count && shown < SHARED_MOST; i++) {
        if (!has[0][i] || !has[1][i])
            continue;
        shown++;
        add_named(
            c, id_words(c, 'd', x->documents[i].id),
            index_string(x, x->documents[i].name));
    }
    json_builder_end_array(c->json);
}

static void add_bond(struct call *c, uint32_t one, uint32_t other)
{
    const struct index *x = c->server->index;
    uint32_t at = 0;

    while (at < x->bonds_count && bond_end(x, &x->bonds[at], one) != other)
        at++;
    member_real(
        c->json, "score", at < x->bonds_count ? (double)x->bonds[at].score : 0);
    member_reasons(
        c, at < x->bonds_count ? index_string(x, x->bonds[at].reasons) : "");
}

static bool add_full(struct call *c, const char *name, uint32_t party)
{
    json_builder_set_member_name(c->json, name);
    return shape_party_full(c, party);
}

void answer_comparison(struct call *c)
{
    const char *with = call_word(c, "with");
    uint32_t one = call_party(c, c->id[0]), other;

    if (one == NOWHERE)
        return;
    if (!with) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "with: whom to compare with");
        return;
    }
    other = call_party(c, with);
    if (other == NOWHERE)
        return;
    json_builder_begin_object(c->json);
    if (!add_full(c, "one", one) || !add_full(c, "other", other))
        return;
    add_bond(c, one, other);
    json_builder_set_member_name(c->json, "shared");
    json_builder_begin_object(c->json);
    add_shared_parties(c, one, other);
    add_shared_documents(c, one, other);
    json_builder_end_object(c->json);
    if (member_rulings(c, one, other))
        json_builder_end_object(c->json);
}
