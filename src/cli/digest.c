#include "cli/digest.h"

#include "cli/cli.h"

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
    g_hash_table_insert(
        g->acts, (gpointer)keep(g, code), GUINT_TO_POINTER(act));
    return act - 1;
}

static const char *
act_label(const struct gathering *g, uint32_t act, const char *code)
{
    return act < lexicon_act_count(g->lex) ? lexicon_act_label(g->lex, act)
                                           : code;
}

static const char *party(struct gathering *g, const struct phrase_row *p)
{
    return keep(g, p->name ? p->name : p->text);
}

/* --- the words of parties that have no key --- */

enum { LETTERS_LEAST = 4, WORDS_MOST = 8 };

static char **long_words(struct gathering *g, const char *phrase)
{
    char **out = arena_make(g->a, char *, WORDS_MOST + 1);
    char *small = g_utf8_strdown(phrase, -1);
    int count = 0;

    for (const char *p = small, *start; *p && count < WORDS_MOST;) {
        int letters = 0;

        for (start = p; g_unichar_isalpha(g_utf8_get_char(p));
             p = g_utf8_next_char(p))
            letters++;
        if (letters >= LETTERS_LEAST)
            out[count++] = arena_copy(g->a, start, (size_t)(p - start));
        if (!letters)
            p = g_utf8_next_char(p);
    }
    g_free(small);
    return count ? out : NULL;
}

static void
set_parties(struct gathering *g, const struct claim_row *c, struct told *t)
{
    enum { AROUND = 32 };
    struct span s = c->sentence;

    for (int i = 0; i < 2; i++) {
        t->parties[i] = party(g, &c->roles[i]);
        t->keys[i] = keep(g, c->roles[i].key);
        if (t->parties[i] && !t->keys[i])
            t->words[i] = long_words(g, t->parties[i]);
    }
    if (!t->parties[0] && !t->parties[1] && c->trigger.count &&
        span_has(s, c->trigger.at[0]))
        t->snippet = snippet_words(
            g->a, c->sentence_text,
            (struct span){
                c->trigger.at[0].from - s.from, c->trigger.at[0].to - s.from},
            AROUND);
    else
        t->snippet = keep(g, c->trigger_text);
}

/* --- who says so --- */

/* Without a publisher, the document by the last part of its name. */
static const char *outlet_words(struct gathering *g, const struct claim_row *c)
{
    const char *slash = strrchr(c->document_name, '/');

    if (c->publisher)
        return keep(g, c->publisher);
    return keep(g, slash && slash[1] ? slash + 1 : c->document_name);
}

/* The last link of the chain, else the publisher. */
static void
show_voice(struct gathering *g, const struct claim_row *c, struct told *t)
{
    const struct phrase_row *last =
        c->source_count ? &c->sources[c->source_count - 1].source : NULL;
    const char *outlet = outlet_words(g, c);

    if (!last) {
        t->voice = outlet;
        return;
    }
    t->voice = last->spans.count ? party(g, last) : "somebody unnamed";
    if (!last->key)
        t->outlet = outlet;
}

static void
set_voice(struct gathering *g, const struct claim_row *c, struct event_claim *e)
{
    const struct phrase_row *root =
        c->source_count ? &c->sources[c->source_count - 1].source : NULL;

    e->voice_is_source = root && root->spans.count;
    if (e->voice_is_source)
        e->voice = keep(
            g, root->key    ? root->key
               : root->name ? root->name
                            : root->text);
    else
        e->voice = keep(g, c->publisher ? c->publisher : c->document_name);
}

static void
set_count(struct gathering *g, const struct claim_row *c, struct told *t)
{
    if (!c->count_text)
        return;
    if (!c->count_of)
        t->count = keep(g, c->count_text);
    else if (strstr(c->count_of, c->count_text))
        t->count = keep(g, c->count_of); /* "16 people" */
    else
        t->count = arena_print(g->a, "%s, of %s", c->count_text, c->count_of);
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
    set_parties(g, c, &t);
    t.first = e.first = keep(g, c->first);
    t.last = e.last = keep(g, c->last);
    show_voice(g, c, &t);
    set_count(g, c, &t);
    e.actor = t.keys[0];
    e.target = t.keys[1];
    set_voice(g, c, &e);
    e.copy_of = lookup(g->groups, &c->document);
    t.document = c->document;
    t.copies = e.copy_of;
    g_array_append_val(g->told, t);
    g_array_append_val(g->claims, e);
    return true;
}

int told_fullness(const struct told *t)
{
    return 4 * !!t->parties[0] + 4 * !!t->parties[1] + !!t->keys[0] +
           !!t->keys[1] + !!t->first;
}

/* --- happenings ---------------------------------------------------------- */

static void group(struct gathering *g, struct digest *out)
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
    good =
        case_find_documents(k, rows, NULL, false, take_document, &g, error) &&
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
