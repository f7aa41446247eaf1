#include "cli/digest.h"

#include "events/events.h"

#include <string.h>

struct gathering {
    struct arena *a;
    const struct lexicon *lex;
    GHashTable *acts;   /* code -> act + 1 */
    GHashTable *groups; /* document id -> group of copies + 1 */
    GArray *told;       /* struct told */
    GArray *claims;     /* struct event_claim, likewise */
};

static uint32_t lookup(GHashTable *h, const void *key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(h, key));
}

static const char *keep(struct gathering *g, const char *words)
{
    return words ? arena_copy(g->a, words, strlen(words)) : NULL;
}

/* --- documents: which are copies of one another -------------------------- */

static bool take_document(const struct document_row *d, void *self)
{
    struct gathering *g = self;
    int64_t first = d->copy_of ? d->copy_of : d->id;
    int64_t *key = arena_make(g->a, int64_t, 1);

    *key = d->id;
    g_hash_table_insert(g->groups, key, GUINT_TO_POINTER((guint)first));
    return true;
}

/* --- claims ------------------------------------------------------------ */

static uint32_t find_act(struct gathering *g, const char *code)
{
    uint32_t act = lookup(g->acts, code);

    if (act)
        return act - 1;
    /* An act that the tables no longer have still tells claims apart. */
    act = g_hash_table_size(g->acts) + 1;
    g_hash_table_insert(g->acts, (gpointer)keep(g, code), GUINT_TO_POINTER(act));
    return act - 1;
}

static const char *act_label(const struct gathering *g, uint32_t act, const char *code)
{
    return act < lexicon_act_count(g->lex) ? lexicon_act_label(g->lex, act)
                                           : code;
}

static const char *party(struct gathering *g, const struct phrase_row *p)
{
    return keep(g, p->name ? p->name : p->text);
}

/* Who says so, as shown: the last link of the chain, else the publisher. */
static const char *voice_words(struct gathering *g, const struct claim_row *c)
{
    const struct phrase_row *last;

    if (!c->source_count)
        return keep(g, c->publisher ? c->publisher : c->document_name);
    last = &c->sources[c->source_count - 1].source;
    if (!last->spans.count)
        return arena_print(
            g->a, "%s, of somebody unnamed",
            c->publisher ? c->publisher : c->document_name);
    return party(g, last);
}

static void
set_voice(struct gathering *g, const struct claim_row *c, struct event_claim *e)
{
    const struct phrase_row *root =
        c->source_count ? &c->sources[c->source_count - 1].source : NULL;

    e->voice_is_source = root && root->spans.count;
    if (e->voice_is_source)
        e->voice = keep(
            g, root->key ? root->key : root->name ? root->name : root->text);
    else
        e->voice = keep(g, c->publisher ? c->publisher : c->document_name);
}

static void set_count(struct gathering *g, const struct claim_row *c, struct told *t)
{
    if (!c->count_text)
        return;
    if (!c->count_of)
        t->count = keep(g, c->count_text);
    else if (strstr(c->count_of, c->count_text))
        t->count = keep(g, c->count_of); /* "16 people" */
    else
        t->count =
            arena_print(g->a, "%s, of %s", c->count_text, c->count_of);
    t->count_of = keep(g, c->count_of);
    t->unit = keep(g, c->count_unit);
    t->has_value = c->count_has_value;
    t->value = c->count_value;
}

/* What is asserted, what is denied and what is only planned, demanded, ... are
   not of one happening: whoever denies it is no voice for it. */
enum { STANCES = 3 };

static uint32_t stance_of(const struct claim_row *c)
{
    if (c->negative || c->modality == MODALITY_DENIED)
        return 1;
    return c->modality == MODALITY_ASSERTED ? 0 : 2;
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct gathering *g = self;
    struct told t = {.id = c->id, .negative = c->negative};
    struct event_claim e = {0};
    uint32_t act;

    if (c->verdict == VERDICT_REJECTED)
        return true;
    act = find_act(g, c->act);
    e.act = act * STANCES + stance_of(c);
    t.act = keep(g, c->act);
    t.label = act_label(g, act, t.act);
    t.modality = c->modality;
    for (int i = 0; i < 2; i++) {
        t.parties[i] = party(g, &c->roles[i]);
        t.keys[i] = keep(g, c->roles[i].key);
    }
    t.first = e.first = keep(g, c->first);
    t.last = e.last = keep(g, c->last);
    t.voice = voice_words(g, c);
    set_count(g, c, &t);
    e.actor = t.keys[0];
    e.target = t.keys[1];
    set_voice(g, c, &e);
    e.copy_of = lookup(g->groups, &c->document);
    g_array_append_val(g->told, t);
    g_array_append_val(g->claims, e);
    return true;
}

/* --- happenings ---------------------------------------------------------- */

static void
group(struct gathering *g, struct digest *out)
{
    uint32_t count = g->told->len, events;
    struct event_claim *claims = (void *)g->claims->data;
    struct event *all = events_group(g->a, claims, count, &events);

    out->count = count;
    out->told = arena_make(g->a, struct told, count);
    out->happening_count = events;
    out->happenings = arena_make(g->a, struct happening, events);
    for (uint32_t i = 0; i < events; i++) {
        out->happenings[i].support = all[i].support;
        out->happenings[i].claims =
            arena_make(g->a, const struct told *, all[i].claims);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct happening *h = &out->happenings[claims[i].event];

        out->told[i] = g_array_index(g->told, struct told, i);
        out->told[i].event = claims[i].event;
        h->claims[h->count++] = &out->told[i];
    }
}

bool digest_load(
    struct kase *k, const struct lexicon *lex, struct arena *a,
    struct digest *out, GError **error)
{
    struct gathering g = {
        .a = a,
        .lex = lex,
        .acts = g_hash_table_new(g_str_hash, g_str_equal),
        .groups = g_hash_table_new(g_int64_hash, g_int64_equal),
        .told = g_array_new(FALSE, TRUE, sizeof(struct told)),
        .claims = g_array_new(FALSE, TRUE, sizeof(struct event_claim)),
    };
    struct claim_filter all = {0};
    struct arena *rows = arena_new();
    bool good;

    for (uint32_t i = 0; i < lexicon_act_count(lex); i++)
        g_hash_table_insert(
            g.acts, (gpointer)lexicon_act_code(lex, i),
            GUINT_TO_POINTER(i + 1));
    good = case_find_documents(
               k, rows, NULL, false, take_document, &g, error) &&
           case_find_claims(k, rows, &all, take_claim, &g, error);
    if (good)
        group(&g, out);
    arena_free(rows);
    g_hash_table_unref(g.acts);
    g_hash_table_unref(g.groups);
    g_array_free(g.told, TRUE);
    g_array_free(g.claims, TRUE);
    return good;
}
