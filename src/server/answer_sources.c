/* Who says what: the list of sources, and one in full. */
#include "server/routes.h"
#include "server/shapes.h"
#include "server/terms.h"

#include <string.h>

enum { LABELS_MOST = 50, HEARD_MOST = 50 };

/* --- in short ------------------------------------------------------------- */

static const char *voice_id(struct call *c, const struct index_speaker *v)
{
    const struct index *x = c->server->index;

    return v->party == NOWHERE
               ? arena_print(c->arena, "n:%s", index_string(x, v->name))
               : id_words(c, 'p', x->parties[v->party].id);
}

static void add_about(struct call *c, const struct index_speaker *v)
{
    const struct index *x = c->server->index;

    json_builder_set_member_name(c->json, "about");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < v->about_count; i++) {
        const struct index_party *p = &x->parties[v->about[i].at];

        json_builder_begin_object(c->json);
        member_text(c->json, "id", id_words(c, 'p', p->id));
        member_text(c->json, "name", index_string(x, p->name));
        member_number(c->json, "count", v->about[i].count);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

static void add_members(struct call *c, const struct index_speaker *v)
{
    static const char *const kinds[] = {
        [VOICE_PERSON] = "person",       [VOICE_GROUP] = "group",
        [VOICE_PUBLISHER] = "publisher", [VOICE_DOCUMENT] = "document",
        [VOICE_DESCRIBED] = "described", [VOICE_UNNAMED] = "unnamed"};
    const char *name = index_string(c->server->index, v->name);

    member_text(c->json, "id", voice_id(c, v));
    member_text(c->json, "name", *name ? name : "somebody unnamed");
    member_text(c->json, "kind", kinds[v->kind]);
    member_number(c->json, "claims", v->claims);
    member_number(c->json, "documents", v->documents);
    member_number(c->json, "publishers", v->publishers);
    add_about(c, v);
}

void shape_speaker(struct call *c, const struct index_speaker *v)
{
    json_builder_begin_object(c->json);
    add_members(c, v);
    json_builder_end_object(c->json);
}

void answer_sources(struct call *c)
{
    struct page p;
    struct index_speaker *voices;
    uint32_t count, total;

    if (!call_page(c, &p))
        return;
    voices = index_list_voices(
        c->server->index, c->arena, call_folded(c, "find"), page_offset(&p),
        (uint32_t)p.limit, &count, &total);
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count; i++)
        shape_speaker(c, &voices[i]);
    shape_list_end(c);
}

/* --- in full -------------------------------------------------------------- */

struct gathering {
    struct call *c;
    const struct index *x;
    const struct index_speaker *voice;
    uint32_t *acts;     /* by act */
    GHashTable *heard;  /* publisher -> count */
    uint8_t *is_theirs; /* by claim */
};

static bool
is_theirs(const struct gathering *g, const struct index_claim *claim)
{
    if (claim->verdict == VERDICT_REJECTED)
        return false;
    if (g->voice->party != NOWHERE)
        return index_party_of(g->x, claim->source) == g->voice->party;
    return claim->source == NOWHERE &&
           g->x->voices[claim->voice].name == g->voice->name;
}

static void gather(struct gathering *g)
{
    for (uint32_t i = 0; i < g->x->claims_count; i++) {
        const struct index_claim *claim = &g->x->claims[i];
        gpointer publisher;
        guint count;

        if (!is_theirs(g, claim))
            continue;
        g->is_theirs[i] = 1;
        g->acts[claim->act]++;
        publisher =
            GUINT_TO_POINTER(g->x->documents[claim->document].publisher);
        count = GPOINTER_TO_UINT(g_hash_table_lookup(g->heard, publisher));
        g_hash_table_insert(g->heard, publisher, GUINT_TO_POINTER(count + 1));
    }
}

static void add_acts(struct gathering *g)
{
    struct call *c = g->c;
    struct index_tally *all =
        arena_make(c->arena, struct index_tally, g->x->acts_count);
    uint32_t count = 0;

    for (uint32_t i = 0; i < g->x->acts_count; i++)
        if (g->acts[i])
            all[count++] = (struct index_tally){i, g->acts[i]};
    array_sort(all, count, sizeof *all, index_tally_cmp);
    json_builder_set_member_name(c->json, "acts");
    json_builder_begin_array(c->json);
    for (uint32_t i = 0; i < count; i++) {
        json_builder_begin_object(c->json);
        member_text(c->json, "act", index_act(g->x, all[i].at));
        member_text(c->json, "label", index_act_label(g->x, all[i].at));
        member_number(c->json, "count", all[i].count);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

static void add_heard(struct gathering *g)
{
    struct call *c = g->c;
    guint count = g_hash_table_size(g->heard), filled = 0;
    struct index_tally *all = arena_make(c->arena, struct index_tally, count);
    GHashTableIter at;
    gpointer publisher, said;

    g_hash_table_iter_init(&at, g->heard);
    while (g_hash_table_iter_next(&at, &publisher, &said))
        all[filled++] = (struct index_tally){
            GPOINTER_TO_UINT(publisher), GPOINTER_TO_UINT(said)};
    array_sort(all, count, sizeof *all, index_tally_cmp);
    json_builder_set_member_name(c->json, "heard_in");
    json_builder_begin_array(c->json);
    for (guint i = 0; i < MIN(count, (guint)HEARD_MOST); i++) {
        const char *name = index_string(g->x, all[i].at);

        json_builder_begin_object(c->json);
        member_text(c->json, "publisher", *name ? name : "no publisher");
        member_number(c->json, "count", all[i].count);
        json_builder_end_object(c->json);
    }
    json_builder_end_array(c->json);
}

/* --- labels --------------------------------------------------------------- */

/* What the source calls whom. */
struct labelled {
    uint32_t words, of, document, count;
};

static void count_label(struct gathering *g, GArray *all, uint32_t label)
{
    const struct index_label *l = &g->x->labels[label];
    struct labelled fresh = {
        l->words, index_party_of(g->x, l->sighting),
        g->x->claims[l->claim].document, 1};

    for (guint i = 0; i < all->len; i++) {
        struct labelled *known = &g_array_index(all, struct labelled, i);

        if (known->words == fresh.words && known->of == fresh.of) {
            known->count++;
            return;
        }
    }
    if (all->len < LABELS_MOST)
        g_array_append_val(all, fresh);
}

static int by_label_count(const void *x, const void *y)
{
    const struct labelled *a = x, *b = y;

    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->words < b->words ? -1 : a->words > b->words;
}

static void add_label(struct call *c, const struct labelled *l)
{
    const struct index *x = c->server->index;

    json_builder_begin_object(c->json);
    member_text(c->json, "words", index_string(x, l->words));
    member_text(
        c->json, "of",
        l->of == NOWHERE ? NULL : index_string(x, x->parties[l->of].name));
    member_number(c->json, "count", l->count);
    member_text(
        c->json, "document", id_words(c, 'd', x->documents[l->document].id));
    json_builder_end_object(c->json);
}

static void add_labels(struct gathering *g)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct labelled));

    for (uint32_t i = 0; i < g->x->labels_count; i++)
        if (g->is_theirs[g->x->labels[i].claim])
            count_label(g, all, i);
    g_array_sort(all, by_label_count);
    json_builder_set_member_name(g->c->json, "labels");
    json_builder_begin_array(g->c->json);
    for (guint i = 0; i < all->len; i++)
        add_label(g->c, &g_array_index(all, struct labelled, i));
    json_builder_end_array(g->c->json);
    g_array_free(all, TRUE);
}

/* --- the whole ------------------------------------------------------------ */

static bool add_timeline(struct call *c, const struct index_speaker *v)
{
    struct timeline *t = arena_make(c->arena, struct timeline, 1);
    struct filter *f = filter_new(c->arena, c->server->index, c->server->k);
    GError *error = NULL;

    if (!filter_add(f, FILTER_SOURCE, voice_id(c, v), &error)) {
        call_fail(c, error);
        return false;
    }
    index_count_time(f, t);
    shape_timeline(c, "timeline", t);
    return true;
}

static void add_full(struct call *c, const struct index_speaker *v)
{
    const struct index *x = c->server->index;
    struct gathering g = {
        .c = c,
        .x = x,
        .voice = v,
        .acts = arena_make(c->arena, uint32_t, x->acts_count),
        .heard = g_hash_table_new(NULL, NULL),
        .is_theirs = arena_make(c->arena, uint8_t, x->claims_count),
    };

    gather(&g);
    json_builder_begin_object(c->json);
    add_members(c, v);
    add_acts(&g);
    add_labels(&g);
    add_heard(&g);
    if (add_timeline(c, v))
        json_builder_end_object(c->json);
    g_hash_table_unref(g.heard);
}

void answer_source(struct call *c)
{
    const char *id = c->id[0];
    bool is_name = g_str_has_prefix(id, "n:");
    uint32_t party = is_name ? NOWHERE : call_party(c, id);
    struct index_speaker v;

    if (!is_name && party == NOWHERE)
        return;
    if (index_find_voice(
            c->server->index, c->arena, party, is_name ? id + 2 : NULL, &v))
        add_full(c, &v);
    else
        call_refuse(c, REFUSAL_NOT_FOUND, "nothing is said by %s", id);
}
