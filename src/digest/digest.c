#include "digest/digest.h"

#include "digest/credits.h"

#include <string.h>

struct gathering {
    struct arena *a;
    const struct lexicon *lex;
    const struct identity_words *words;
    const struct surroundings *around;
    digest_watch watch; /* or NULL */
    void *watch_self;
    GHashTable *acts;             /* code -> act + 1 */
    GArray *told;                 /* struct told */
    GArray *claims;               /* struct event_claim, likewise */
    struct event_ruling *rulings; /* on their places */
    uint32_t ruling_count;
};

static uint32_t lookup(GHashTable *h, const void *key)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(h, key));
}

/* --- documents: which copy another, and whose lines they stand under ------ */

struct whole {
    GHashTable *groups; /* document id -> group of copies */
    struct credits *credits;
};

static bool take_document(const struct document_row *d, void *self)
{
    struct whole *w = self;
    int64_t first = d->copy_of ? d->copy_of : d->id;

    g_hash_table_insert(
        w->groups, GSIZE_TO_POINTER((gsize)d->id),
        GSIZE_TO_POINTER((gsize)first));
    credits_add(w->credits, d);
    return true;
}

static int64_t whole_copies(void *self, int64_t document)
{
    struct whole *w = self;

    return (int64_t)GPOINTER_TO_SIZE(
        g_hash_table_lookup(w->groups, GSIZE_TO_POINTER((gsize)document)));
}

static const char *whole_credit(void *self, int64_t document)
{
    struct whole *w = self;

    return credits_lookup(w->credits, document);
}

static const char *credit_of(const struct gathering *g, int64_t document)
{
    return g->around->credit(g->around->self, document);
}

/* --- claims --------------------------------------------------------------- */

static uint32_t find_act(struct gathering *g, const char *code)
{
    uint32_t act = lookup(g->acts, code);

    if (act)
        return act - 1;
    /* An act that the tables no longer have still tells claims apart. */
    act = g_hash_table_size(g->acts) + 1;
    g_hash_table_insert(
        g->acts, (gpointer)arena_keep(g->a, code), GUINT_TO_POINTER(act));
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
    return arena_keep(g->a, p->name ? p->name : p->text);
}

/* --- the words of parties that have no key -------------------------------- */

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
        t->keys[i] = arena_keep(g->a, c->roles[i].key);
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
        t->snippet = arena_keep(g->a, c->trigger_text);
}

/* --- who says so ---------------------------------------------------------- */

/* Without a publisher, the document by the last part of its name. */
static const char *outlet_words(struct gathering *g, const struct claim_row *c)
{
    const char *slash = strrchr(c->document_name, '/');

    if (c->publisher)
        return arena_keep(g->a, c->publisher);
    return arena_keep(g->a, slash && slash[1] ? slash + 1 : c->document_name);
}

/* The last link of the chain, else the publisher. */
static void
show_voice(struct gathering *g, const struct claim_row *c, struct told *t)
{
    const struct phrase_row *last =
        c->source_count ? &c->sources[c->source_count - 1].source : NULL;
    const char *outlet = outlet_words(g, c);

    if (!last) {
        const char *agency = credit_of(g, c->document);

        t->voice = agency ? arena_keep(g->a, agency) : outlet;
        return;
    }
    t->voice = last->spans.count ? party(g, last) : "somebody unnamed";
    if (!last->key)
        t->outlet = outlet;
}

/* A publisher by the key that it has where others quote it. */
static const char *publisher_key(struct gathering *g, const char *publisher)
{
    const char *key;

    if (!publisher)
        return NULL;
    key = identity_key(g->words, g->a, publisher, NAME_GROUP);
    return *key ? key : arena_keep(g->a, publisher);
}

static void
set_voice(struct gathering *g, const struct claim_row *c, struct event_claim *e)
{
    const struct phrase_row *root =
        c->source_count ? &c->sources[c->source_count - 1].source : NULL;

    e->publisher = publisher_key(g, c->publisher);
    if (!root) {
        e->source = arena_keep(g->a, credit_of(g, c->document));
        e->source_key = publisher_key(g, e->source);
        return;
    }
    if (!root->spans.count)
        return;
    e->source_key =
        arena_keep(g->a, root->key && *root->key ? root->key : NULL);
    e->source = arena_keep(g->a, root->name ? root->name : root->text);
}

static void
set_count(struct gathering *g, const struct claim_row *c, struct told *t)
{
    if (!c->count_text)
        return;
    if (!c->count_of)
        t->count = arena_keep(g->a, c->count_text);
    else if (strstr(c->count_of, c->count_text))
        t->count = arena_keep(g->a, c->count_of); /* "16 people" */
    else
        t->count = arena_print(g->a, "%s, of %s", c->count_text, c->count_of);
    t->count_of = arena_keep(g->a, c->count_of);
    t->unit = arena_keep(g->a, c->count_unit);
    t->has_value = c->count_has_value;
    t->value = c->count_value;
}

static enum event_stance stance_of(const struct claim_row *c)
{
    if (c->modality == MODALITY_ASSERTED || c->modality == MODALITY_POSSIBLE)
        return c->negative ? STANCE_DENIED : STANCE_SAID;
    if (c->modality == MODALITY_DENIED)
        return c->negative ? STANCE_SAID : STANCE_DENIED;
    return STANCE_WANTED;
}

bool told_denies(const struct told *t)
{
    return t->claim->stance == STANCE_DENIED;
}

static void
set_document(struct gathering *g, const struct claim_row *c, struct told *t)
{
    t->document = c->document;
    t->copies = (uint32_t)g->around->copies(g->around->self, c->document);
    t->document_name = arena_keep(g->a, c->document_name);
    t->document_date = arena_keep(g->a, c->document_date);
    t->publisher = arena_keep(g->a, c->publisher);
}

/* Whom a figure counts, without the figure: of "at least nine people" people;
   of several only the first. */
static const char *
population_words(struct gathering *g, const struct claim_row *c)
{
    const char *figure = c->count_of && c->count_text
                             ? strstr(c->count_of, c->count_text)
                             : NULL;
    const char *from = figure ? figure + strlen(c->count_text) : c->count_of;
    const char *more = from ? strstr(from, " ... ") : NULL;

    if (!from)
        return NULL;
    return more ? arena_copy(g->a, from, (size_t)(more - from))
                : arena_keep(g->a, from);
}

/* "the grain market of Dar Halim" tells more than the market it refers to. */
static const char *place_words(struct gathering *g, const struct phrase_row *p)
{
    return arena_keep(g->a, p->key || !p->text ? p->name : p->text);
}

/* All words for somebody: those of the text and the fullest name. */
static const char *all_words(struct gathering *g, const struct phrase_row *p)
{
    if (p->name && p->text && strcmp(p->name, p->text) != 0)
        return arena_print(g->a, "%s, %s", p->text, p->name);
    return arena_keep(g->a, p->text ? p->text : p->name);
}

/* What grouping needs, mostly what the digest has already. */
static struct event_claim event_claim_of(
    struct gathering *g, const struct claim_row *c, const struct told *t)
{
    const struct phrase_row *place = &c->roles[ROLE_PLACE];
    struct event_claim e = {
        .id = c->id,
        .document = (uint32_t)c->document,
        .act = t->act,
        .trigger = arena_keep(g->a, c->trigger_text),
        .stance = stance_of(c),
        .parties = {all_words(g, &c->roles[0]), all_words(g, &c->roles[1])},
        .keys = {t->keys[0], t->keys[1]},
        .place = all_words(g, place),
        .place_key = arena_keep(g->a, place->key),
        .first = t->first,
        .last = t->last,
        .reported = t->document_date,
        .sentence = arena_keep(g->a, c->sentence_text),
        .has_value = t->has_value,
        .value = t->value,
        .unit = t->unit,
        .compare = arena_keep(g->a, c->count_compare),
        .population = population_words(g, c),
        .copy_of = t->copies,
    };

    set_voice(g, c, &e);
    return e;
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct gathering *g = self;
    struct told t = {.id = c->id, .negative = c->negative};
    struct event_claim e;
    uint32_t act;

    if (g->watch)
        g->watch(c, g->watch_self);
    if (c->verdict == VERDICT_REJECTED)
        return true;
    act = find_act(g, c->act);
    t.act = arena_keep(g->a, c->act);
    t.label = arena_keep(g->a, act_label(g, act, t.act));
    t.modality = c->modality;
    t.is_own = !c->source_count;
    set_parties(g, c, &t);
    t.first = arena_keep(g->a, c->first);
    t.last = arena_keep(g->a, c->last);
    t.place = place_words(g, &c->roles[ROLE_PLACE]);
    show_voice(g, c, &t);
    set_count(g, c, &t);
    set_document(g, c, &t);
    e = event_claim_of(g, c, &t);
    g_array_append_val(g->told, t);
    g_array_append_val(g->claims, e);
    return true;
}

int told_fullness(const struct told *t)
{
    return 4 * !!t->parties[0] + 4 * !!t->parties[1] + !!t->keys[0] +
           !!t->keys[1] + !!t->first;
}

/* --- happenings ----------------------------------------------------------- */

/* Told and happenings of claims whose events are set. */
static void lay_out(
    struct gathering *g, struct event_claim *claims, const struct event *all,
    uint32_t events, struct digest *out)
{
    uint32_t count = g->told->len;

    out->count = count;
    out->told = arena_make(g->a, struct told, count);
    out->happening_count = events;
    out->happenings = arena_make(g->a, struct happening, events);
    for (uint32_t i = 0; i < events; i++) {
        out->happenings[i].event = &all[i];
        out->happenings[i].id = claims[all[i].first].id;
        out->happenings[i].claims =
            arena_make(g->a, const struct told *, all[i].claims);
    }
    for (uint32_t i = 0; i < count; i++) {
        struct happening *h = &out->happenings[claims[i].event];

        out->told[i] = g_array_index(g->told, struct told, i);
        out->told[i].event = claims[i].event;
        out->told[i].claim = &claims[i];
        out->told[i].root = claims[claims[i].root].id;
        h->claims[h->count++] = &out->told[i];
    }
}

static struct event_claim *copy_claims(struct gathering *g)
{
    struct event_claim *claims =
        arena_make(g->a, struct event_claim, g->claims->len);

    if (g->claims->len)
        memcpy(claims, g->claims->data, g->claims->len * sizeof(*claims));
    return claims;
}

static void
group(struct gathering *g, const struct event_rules *rules, struct digest *out)
{
    struct event_claim *claims = copy_claims(g);
    uint32_t events;
    struct event *all = events_group(
        g->a, rules, claims, g->claims->len, g->rulings, g->ruling_count,
        &events);

    lay_out(g, claims, all, events, out);
}

static void gathering_begin(
    struct gathering *g, const struct lexicon *lex,
    const struct identity_words *words, const struct surroundings *around,
    struct arena *a)
{
    *g = (struct gathering){
        .a = a,
        .lex = lex,
        .words = words,
        .around = around,
        .acts = g_hash_table_new(g_str_hash, g_str_equal),
        .told = g_array_new(FALSE, TRUE, sizeof(struct told)),
        .claims = g_array_new(FALSE, TRUE, sizeof(struct event_claim)),
    };
    for (uint32_t i = 0; i < lexicon_act_count(lex); i++)
        g_hash_table_insert(
            g->acts, (gpointer)lexicon_act_code(lex, i),
            GUINT_TO_POINTER(i + 1));
}

static void gathering_end(struct gathering *g)
{
    g_hash_table_unref(g->acts);
    g_array_free(g->told, TRUE);
    g_array_free(g->claims, TRUE);
}

/* Claims by id, with their places. */
static GHashTable *list_places(struct gathering *g)
{
    GHashTable *places = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (guint i = 0; i < g->claims->len; i++)
        g_hash_table_insert(
            places, &g_array_index(g->claims, struct event_claim, i).id,
            GUINT_TO_POINTER(i));
    return places;
}

/* Those on claims that are grouped: a rejected one is in no event. */
static bool load_rulings(struct kase *k, struct gathering *g, GError **error)
{
    struct event_ruling_row *rows;
    GHashTable *places;
    uint32_t count;

    if (!case_find_event_rulings(k, g->a, &rows, &count, error))
        return false;
    places = list_places(g);
    g->rulings = arena_make(g->a, struct event_ruling, count);
    for (uint32_t i = 0; i < count; i++) {
        void *one, *other;

        if (g_hash_table_lookup_extended(places, &rows[i].one, NULL, &one) &&
            g_hash_table_lookup_extended(places, &rows[i].other, NULL, &other))
            g->rulings[g->ruling_count++] = (struct event_ruling){
                GPOINTER_TO_UINT(one), GPOINTER_TO_UINT(other),
                rows[i].verdict == RULING_SAME};
    }
    g_hash_table_unref(places);
    return true;
}

/* All claims of the case, before they are grouped. */
static bool gather_all(struct kase *k, struct gathering *g, GError **error)
{
    struct claim_filter all = {0};
    struct arena *rows = arena_new();
    bool good =
        case_find_documents(
            k, rows, NULL, true, take_document, g->around->self, error) &&
        case_find_claims(k, rows, &all, take_claim, g, error) &&
        load_rulings(k, g, error);

    arena_free(rows);
    return good;
}

/* What is done with all claims of a case. */
struct question {
    struct kase *k;
    const struct lexicon *lex;
    struct arena *a;
    digest_watch watch;
    void *self;
    bool (*answer)(
        struct gathering *g, struct event_rules *rules, void *answer_self);
    void *answer_self;
};

/* `answer` says whether it keeps the rules. */
static bool
ask_all(const struct question *q, const char *tables, GError **error)
{
    struct whole w = {g_hash_table_new(NULL, NULL), credits_new()};
    struct surroundings around = {&w, whole_copies, whole_credit};
    struct identity_words *words = identity_load(tables, error);
    struct event_rules *rules = words ? event_rules_load(tables, error) : NULL;
    struct gathering g;
    bool good;

    gathering_begin(&g, q->lex, words, &around, q->a);
    g.watch = q->watch;
    g.watch_self = q->self;
    good = rules && gather_all(q->k, &g, error);
    if (!good || !q->answer(&g, rules, q->answer_self))
        event_rules_free(rules);
    gathering_end(&g);
    identity_free(words);
    credits_free(w.credits);
    g_hash_table_unref(w.groups);
    return good;
}

static bool
answer_digest(struct gathering *g, struct event_rules *rules, void *self)
{
    struct digest *out = self;

    group(g, rules, out);
    out->rules = rules;
    return true;
}

bool digest_load(
    struct kase *k, const struct lexicon *lex, const char *tables,
    struct arena *a, digest_watch watch, void *self, struct digest *out,
    GError **error)
{
    struct question q = {k, lex, a, watch, self, answer_digest, out};

    *out = (struct digest){0};
    return ask_all(&q, tables, error);
}

void digest_close(struct digest *d)
{
    event_rules_free(d->rules);
    d->rules = NULL;
}

struct weighing {
    const struct event_claim *claims;
    digest_pair_taker take;
    void *self;
};

static void
take_pair(uint32_t a, uint32_t b, const float *features, double sum, void *self)
{
    struct weighing *w = self;

    w->take(w->claims[a].id, w->claims[b].id, features, sum, w->self);
}

static bool
answer_weights(struct gathering *g, struct event_rules *rules, void *self)
{
    struct weighing *w = self;

    w->claims = (void *)g->claims->data;
    events_weigh(rules, w->claims, g->claims->len, take_pair, w);
    return false;
}

bool digest_weigh(
    struct kase *k, const struct lexicon *lex, const char *tables,
    struct arena *a, digest_pair_taker take, void *self, GError **error)
{
    struct weighing w = {NULL, take, self};
    struct question q = {k, lex, a, NULL, NULL, answer_weights, &w};

    return ask_all(&q, tables, error);
}

/* --- a few claims --------------------------------------------------------- */

struct digest_tables {
    struct lexicon *lexicon;
    struct identity_words *words;
    struct event_rules *rules;
};

struct digest_tables *digest_tables_load(
    const char *lexicon_dir, const char *models_dir, GError **error)
{
    struct digest_tables *t = g_new0(struct digest_tables, 1);

    t->lexicon = lexicon_load(lexicon_dir, models_dir, error);
    t->words = t->lexicon ? identity_load(lexicon_dir, error) : NULL;
    t->rules = t->words ? event_rules_load(lexicon_dir, error) : NULL;
    if (t->rules)
        return t;
    digest_tables_free(t);
    return NULL;
}

void digest_tables_free(struct digest_tables *t)
{
    if (!t)
        return;
    event_rules_free(t->rules);
    identity_free(t->words);
    lexicon_free(t->lexicon);
    g_free(t);
}

const struct lexicon *digest_lexicon(const struct digest_tables *t)
{
    return t->lexicon;
}

const struct event_rules *digest_rules(const struct digest_tables *t)
{
    return t->rules;
}

bool digest_event(
    struct kase *k, const struct digest_tables *t, struct arena *a,
    const int64_t *claims, const double *sure, uint32_t count,
    const struct surroundings *around, struct digest *out, GError **error)
{
    struct arena *rows = arena_new();
    struct gathering g;
    bool good = true;

    *out = (struct digest){0};
    gathering_begin(&g, t->lexicon, t->words, around, a);
    for (uint32_t i = 0; good && i < count; i++) {
        struct claim_filter one = {.id = claims[i]};
        guint before = g.claims->len;

        good = case_find_claims(k, rows, &one, take_claim, &g, error);
        if (g.claims->len > before)
            g_array_index(g.claims, struct event_claim, before).confidence =
                sure ? sure[i] : 1;
    }
    if (good && g.claims->len) {
        struct event_claim *all = copy_claims(&g);

        lay_out(&g, all, events_count(a, t->rules, all, g.claims->len), 1, out);
    }
    gathering_end(&g);
    arena_free(rows);
    return good;
}
