/* Attributions and claims of one document become rows. */
#include "case/store.h"

#include <string.h>

struct adding {
    struct kase *k;
    const struct reading *r;
    const struct added_rows *at;
    int64_t first_attribution, first_claim;
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

static bool add_attribution(const struct adding *w, uint32_t i)
{
    const struct attribution *x = &w->r->findings->attributions[i];
    int64_t parent = x->parent == NO_ATTRIBUTION
                         ? 0
                         : w->first_attribution + x->parent;

    return row_add(
        w->k,
        "INSERT INTO attribution (id, document, sentence, parent, source, "
        "referent, name, cue, content, confidence) VALUES (?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?)",
        w->error, "iiiztztttr", w->first_attribution + i, w->at->document,
        w->at->first_sentence + x->sentence, parent,
        print_spans(w, x->source.spans), referent(w, &x->source),
        own_name(w, &x->source), print_spans(w, x->cue),
        print_spans(w, x->content), (double)x->confidence);
}

/* The row of an act, made if it is new. */
static bool find_act(const struct adding *w, uint32_t act, int64_t *out)
{
    const char *code = lexicon_act_code(w->r->lexicon, act);
    int64_t *known = g_hash_table_lookup(w->k->acts, code);

    if (known) {
        *out = *known;
        return true;
    }
    if (!number_find(
            w->k, "SELECT id FROM act WHERE code = ?", out, w->error, "t",
            code))
        return false;
    if (!*out) {
        if (!row_add(
                w->k, "INSERT INTO act (code) VALUES (?)", w->error, "t",
                code))
            return false;
        *out = sqlite3_last_insert_rowid(w->k->db);
    }
    g_hash_table_insert(
        w->k->acts, g_strdup(code), g_memdup2(out, sizeof(*out)));
    return true;
}

/* Numbers of a figure; SQL NULL where it has none. */
static bool add_claim_row(
    const struct adding *w, const struct claim *c, int64_t id, int64_t act)
{
    struct arena *a = w->k->scratch;
    bool counts = c->count.spans.count > 0;
    int64_t attribution = c->attribution == NO_ATTRIBUTION
                              ? 0
                              : w->first_attribution + c->attribution;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    return row_add(
        w->k,
        "INSERT INTO claim (id, document, sentence, run, act, words, "
        "modality, negative, attribution, confidence, time, first, last, "
        "figure, figure_value, figure_unit, figure_compare, figure_of) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS REAL), ?, ?, ?)",
        w->error, "iiiiittizrtttttttt", id, w->at->document,
        w->at->first_sentence + c->sentence, w->k->run, act,
        spans_print(a, c->trigger), modality_word(c->modality),
        (int64_t)c->negative, attribution, (double)c->confidence,
        spans_print(a, c->time.spans), c->time.first, c->time.last,
        spans_print(a, c->count.spans),
        counts && c->count.has_value
            ? arena_print(
                  a, "%s",
                  g_ascii_dtostr(digits, sizeof(digits), c->count.value))
            : NULL,
        counts ? c->count.unit : NULL, counts ? c->count.compare : NULL,
        spans_print(a, c->count.of));
}

static bool
add_roles(const struct adding *w, const struct claim *c, int64_t id)
{
    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct phrase *p = &c->roles[r];

        if (p->spans.count &&
            !row_add(
                w->k,
                "INSERT INTO role (claim, role, spans, referent, name) VALUES "
                "(?, ?, ?, ?, ?)",
                w->error, "ittzt", id, role_word((enum role)r),
                print_spans(w, p->spans), referent(w, p), own_name(w, p)))
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
    int64_t id = w->first_claim + i, act;

    return find_act(w, c->act, &act) && add_claim_row(w, c, id, act) &&
           add_roles(w, c, id) && add_labels(w, c, id);
}

bool findings_add(
    struct kase *k, const struct reading *r, const struct added_rows *at,
    GError **error)
{
    struct adding w = {.k = k, .r = r, .at = at, .error = error};

    if (!number_find(
            k, "SELECT coalesce(max(id), 0) + 1 FROM attribution",
            &w.first_attribution, error, "") ||
        !number_find(
            k, "SELECT coalesce(max(id), 0) + 1 FROM claim", &w.first_claim,
            error, ""))
        return false;
    for (uint32_t i = 0; i < r->findings->attribution_count; i++)
        if (!add_attribution(&w, i))
            return false;
    for (uint32_t i = 0; i < r->findings->claim_count; i++)
        if (!add_claim(&w, i))
            return false;
    return true;
}
