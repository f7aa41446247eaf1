/* People by list from a case: whoever is named as the one to whom an act was
   done, on the list of whoever says so. */
#include "cli/estimate.h"

struct enrolling {
    struct kase *k;
    enum enrol_by by;
    GHashTable *copies; /* int64_t: documents that copy another */
    GHashTable *lists;  /* folded name -> the name it had first */
    struct enrolled *out;
    GError *error;
};

static bool take_document(const struct document_row *d, void *self)
{
    struct enrolling *e = self;

    if (d->copy_of)
        g_hash_table_add(e->copies, g_memdup2(&d->id, sizeof(d->id)));
    return true;
}

/* The innermost source with a name, else the publisher; NULL where that only
   prints what another document has. */
static const char *
list_name(const struct enrolling *e, const struct claim_row *c)
{
    for (uint32_t i = c->source_count; e->by == BY_SOURCE && i-- > 0;)
        if (c->sources[i].source.key && c->sources[i].source.name)
            return c->sources[i].source.name;
    if (g_hash_table_contains(e->copies, &c->document))
        return NULL;
    return c->publisher && *c->publisher ? c->publisher : "nobody named";
}

/* Lists whose names differ in case or accents are one. */
static uint32_t add_list(struct enrolling *e, const char *name)
{
    char *folded = fold_name(name);
    char *first = g_hash_table_lookup(e->lists, folded);

    if (first)
        g_free(folded);
    else
        g_hash_table_insert(e->lists, folded, first = g_strdup(name));
    return roll_add_list(e->out->roll, first);
}

/* Told as having happened, and not thought misread. */
static bool tells(const struct claim_row *c)
{
    return !c->negative && c->modality == MODALITY_ASSERTED &&
           c->verdict != VERDICT_REJECTED;
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct enrolling *e = self;
    const struct phrase_row *target = &c->roles[ROLE_TARGET];
    const char *list = tells(c) ? list_name(e, c) : NULL;
    char key[32];
    bool has = false;

    e->out->rows++;
    if (list && target->entity &&
        !case_has_person(e->k, target->entity, &has, &e->error))
        return false;
    if (!has) {
        e->out->passed++;
        return true;
    }
    g_snprintf(key, sizeof(key), "%" G_GINT64_FORMAT, target->entity);
    if (!roll_add(
            e->out->roll, roll_add_person(e->out->roll, key),
            add_list(e, list)))
        e->out->repeated++;
    return true;
}

bool enrol_case(
    struct kase *k, const struct claim_filter *filter, enum enrol_by by,
    struct enrolled *out, GError **error)
{
    struct arena *a = arena_new();
    struct enrolling e = {
        .k = k,
        .by = by,
        .copies =
            g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        .lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
        .out = out};
    bool good =
        case_find_documents(k, a, NULL, false, take_document, &e, error) &&
        case_find_claims(k, a, filter, take_claim, &e, error);

    out->is_case = true;
    if (e.error)
        g_propagate_error(error, e.error);
    g_hash_table_unref(e.copies);
    g_hash_table_unref(e.lists);
    arena_free(a);
    return good && !e.error;
}
