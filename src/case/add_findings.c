/* Attributions and claims of one document become rows. */
#include "case/store.h"

#include <string.h>

/* The tables modality and part number them like this for ever. */
_Static_assert(
    MODALITY_ASSERTED == 0 && MODALITY_DENIED == 1 && MODALITY_POSSIBLE == 2 &&
        MODALITY_PLANNED == 3 && MODALITY_ORDERED == 4 &&
        MODALITY_DEMANDED == 5 && MODALITY_THREATENED == 6 &&
        MODALITY_CONDITIONAL == 7 && MODALITY_COUNT == 8,
    "src/case/schema numbers modalities");
_Static_assert(
    ROLE_ACTOR == 0 && ROLE_TARGET == 1 && ROLE_PLACE == 2 &&
        ROLE_ORIGIN == 3 && ROLE_DESTINATION == 4 && ROLE_COUNT == 5,
    "src/case/schema numbers parts");

struct adding {
    struct kase *k;
    const struct reading *r;
    const struct added_rows *at;
    GError **error;
};

/* The referent's row, or 0. */
static int64_t referent(const struct adding *w, const struct phrase *p)
{
    return p->entity == NO_ENTITY ? 0 : w->at->first_referent + p->entity;
}

/* The phrase's name where the referent does not tell it. */
static const char *own_name(const struct adding *w, const struct phrase *p)
{
    if (p->name && p->entity != NO_ENTITY &&
        !strcmp(w->r->entities->entities[p->entity].name, p->name))
        return NULL;
    return p->name;
}

static const char *print_spans(const struct adding *w, struct spans s)
{
    return spans_print(w->k->scratch, s);
}

static int64_t thousandths(float share)
{
    return (int64_t)(CLAMP(share, 0.0f, 1.0f) * 1000 + 0.5f);
}

static bool add_attribution(const struct adding *w, uint32_t i)
{
    const struct attribution *x = &w->r->findings->attributions[i];
    int64_t parent =
        x->parent == NO_ATTRIBUTION ? 0 : w->at->first_attribution + x->parent;

    return row_add(
        w->k,
        "INSERT INTO attribution (id, document, sentence, parent, source, "
        "referent, name, cue, content, confidence) VALUES (?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?)",
        w->error, "iiiztzttti", w->at->first_attribution + i, w->at->document,
        w->at->first_sentence + x->sentence, parent,
        print_spans(w, x->source.spans), referent(w, &x->source),
        own_name(w, &x->source), print_spans(w, x->cue),
        print_spans(w, x->content), thousandths(x->confidence));
}

bool act_add(struct kase *k, const char *code, int64_t *out, GError **error)
{
    int64_t *known = g_hash_table_lookup(k->acts, code);

    if (known) {
        *out = *known;
        return true;
    }
    if (!number_find(
            k, "SELECT id FROM act WHERE code = ?", out, error, "t", code))
        return false;
    if (!*out) {
        if (!row_add(k, "INSERT INTO act (code) VALUES (?)", error, "t", code))
            return false;
        *out = sqlite3_last_insert_rowid(k->db);
    }
    g_hash_table_insert(k->acts, g_strdup(code), g_memdup2(out, sizeof(*out)));
    return true;
}

static bool add_claim_row(
    const struct adding *w, const struct claim *c, int64_t id, int64_t act)
{
    int64_t attribution = c->attribution == NO_ATTRIBUTION
                              ? 0
                              : w->at->first_attribution + c->attribution;

    return row_add(
        w->k,
        "INSERT INTO claim (id, document, sentence, run, act, words, "
        "modality, negative, attribution, confidence) VALUES (?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?)",
        w->error, "iiiiitiizi", id, w->at->document,
        w->at->first_sentence + c->sentence, w->k->run, act,
        print_spans(w, c->trigger), (int64_t)c->modality, (int64_t)c->negative,
        attribution, thousandths(c->confidence));
}

static bool
add_moment(const struct adding *w, const struct claim *c, int64_t id)
{
    return !c->time.spans.count ||
           row_add(
               w->k,
               "INSERT INTO moment (claim, words, first, last) VALUES (?, ?, "
               "?, ?)",
               w->error, "ittt", id, print_spans(w, c->time.spans),
               c->time.first, c->time.last);
}

/* The value is bound as text for NULL where there is none. */
static bool
add_figure(const struct adding *w, const struct claim *c, int64_t id)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    if (!c->count.spans.count)
        return true;
    g_ascii_dtostr(digits, sizeof(digits), c->count.value);
    return row_add(
        w->k,
        "INSERT INTO figure (claim, words, value, unit, compare, population) "
        "VALUES (?, ?, CAST(? AS REAL), ?, ?, ?)",
        w->error, "ittttt", id, print_spans(w, c->count.spans),
        c->count.has_value ? digits : NULL, c->count.unit, c->count.compare,
        print_spans(w, c->count.of));
}

static bool add_roles(const struct adding *w, const struct claim *c, int64_t id)
{
    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct phrase *p = &c->roles[r];

        if (p->spans.count &&
            !row_add(
                w->k,
                "INSERT INTO role (claim, part, spans, referent, name) VALUES "
                "(?, ?, ?, ?, ?)",
                w->error, "iitzt", id, (int64_t)r, print_spans(w, p->spans),
                referent(w, p), own_name(w, p)))
            return false;
    }
    return true;
}

static bool
add_labels(const struct adding *w, const struct claim *c, int64_t id)
{
    for (uint32_t i = 0; i < c->label_count; i++) {
        const struct label *l = &c->labels[i];

        if (!row_add(
                w->k,
                "INSERT INTO label (claim, number, spans, words, of_spans, "
                "referent, name) VALUES (?, ?, ?, ?, ?, ?, ?)",
                w->error, "iitttzt", id, (int64_t)i, print_spans(w, l->spans),
                l->words, print_spans(w, l->of.spans), referent(w, &l->of),
                own_name(w, &l->of)))
            return false;
    }
    return true;
}

static bool add_claim(const struct adding *w, uint32_t i)
{
    const struct claim *c = &w->r->findings->claims[i];
    int64_t id = w->at->first_claim + i, act;

    return act_add(
               w->k, lexicon_act_code(w->r->lexicon, c->act), &act, w->error) &&
           add_claim_row(w, c, id, act) && add_moment(w, c, id) &&
           add_figure(w, c, id) && add_roles(w, c, id) && add_labels(w, c, id);
}

bool findings_add(
    struct kase *k, const struct reading *r, const struct added_rows *at,
    GError **error)
{
    struct adding w = {.k = k, .r = r, .at = at, .error = error};

    for (uint32_t i = 0; i < r->findings->attribution_count; i++)
        if (!add_attribution(&w, i))
            return false;
    for (uint32_t i = 0; i < r->findings->claim_count; i++)
        if (!add_claim(&w, i))
            return false;
    return true;
}
