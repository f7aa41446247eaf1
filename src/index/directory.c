/* Lists of documents, of parties, and of parties that are perhaps one. */
#include "index/best.h"
#include "index/inside.h"

#include <string.h>

/* --- documents ------------------------------------------------------------ */

static bool is_called(
    const struct index *x, const struct index_document *d, const char *find)
{
    return !find || strstr(index_string(x, d->folded), find);
}

/* They are counted in the order of their names. */
static uint64_t
document_key(const struct index_document *d, enum document_order order)
{
    switch (order) {
    case DOCUMENTS_NAME:
        break;
    case DOCUMENTS_DATE:
        return best_day_key(d->day, false);
    case DOCUMENTS_DATE_DOWN:
        return best_day_key(d->day, true);
    case DOCUMENTS_CLAIMS:
        return UINT32_MAX - d->claims;
    }
    return 0;
}

uint32_t *index_list_documents(
    const struct index *x, struct arena *a, const char *find,
    enum document_order order, uint32_t offset, uint32_t limit, uint32_t *count,
    uint32_t *total)
{
    struct best b = best_new(a, (uint64_t)offset + limit, x->documents_count);

    *total = 0;
    for (uint32_t i = 0; i < x->documents_count; i++) {
        if (!is_called(x, &x->documents[i], find))
            continue;
        (*total)++;
        best_add(&b, document_key(&x->documents[i], order), i);
    }
    return best_page(&b, offset, limit, count);
}

/* --- parties -------------------------------------------------------------- */

/* The first letters as a key; the rest is for a tie. */
static uint64_t name_key(const char *name)
{
    uint64_t key = 0;

    for (size_t i = 0; i < sizeof key; i++) {
        key = key << 8 | (guchar)g_ascii_tolower(*name);
        name += *name != 0;
    }
    return key;
}

static uint64_t
party_key(const struct index *x, uint32_t at, enum party_order order)
{
    const struct index_party_counts *n = &x->counts[at];

    switch (order) {
    case PARTIES_DOCUMENTS:
        return UINT32_MAX - n->documents;
    case PARTIES_NAME:
        return name_key(index_string(x, x->parties[at].name));
    case PARTIES_ACTING:
        return UINT32_MAX - n->acting;
    case PARTIES_SUFFERING:
        return UINT32_MAX - n->suffering;
    case PARTIES_SAYING:
        return UINT32_MAX - n->saying;
    }
    return 0;
}

static int by_party_name(const struct index *x, uint32_t one, uint32_t other)
{
    return g_ascii_strcasecmp(
        index_string(x, x->parties[one].name),
        index_string(x, x->parties[other].name));
}

uint32_t *index_list_parties(
    struct index *x, struct arena *a, int kind, const char *find,
    enum party_order order, uint32_t offset, uint32_t limit, uint32_t *count,
    uint32_t *total)
{
    struct best b = best_new(a, (uint64_t)offset + limit, x->parties_count);

    const uint8_t *called = find ? index_find_called(x, a, find) : NULL;

    b.x = x;
    b.tie = order == PARTIES_NAME ? by_party_name : NULL;
    *total = 0;
    for (uint32_t i = 0; i < x->parties_count; i++) {
        const struct index_party *p = &x->parties[i];

        if (p->is_gone || x->first_of_party[i] == NOWHERE ||
            (kind != KIND_ANY && p->kind != kind) || (called && !called[i]))
            continue;
        (*total)++;
        best_add(&b, party_key(x, i, order), i);
    }
    return best_page(&b, offset, limit, count);
}

/* --- bonds ---------------------------------------------------------------- */

/* Adds the two to those passed; false where they are. */
static bool pass(GHashTable *passed, uint32_t one, uint32_t other)
{
    uint64_t pair = (uint64_t)MIN(one, other) << 32 | MAX(one, other);

    return g_hash_table_add(passed, g_memdup2(&pair, sizeof pair));
}

uint32_t *index_list_bonds(
    const struct index *x, struct arena *a, int kind, uint32_t offset,
    uint32_t limit, uint32_t *count, uint32_t *total)
{
    GHashTable *passed =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    uint32_t *page = arena_make(a, uint32_t, limit);

    *count = *total = 0;
    for (uint32_t i = 0; i < x->bonds_count; i++) {
        uint32_t one = index_party_of(x, x->bonds[i].one);
        uint32_t other = index_party_of(x, x->bonds[i].other);

        if (one == other ||
            (kind != KIND_ANY && x->parties[one].kind != kind) ||
            index_holds_apart(x, one, other) || !pass(passed, one, other))
            continue;
        if (*total >= offset && *count < limit)
            page[(*count)++] = i;
        (*total)++;
    }
    g_hash_table_unref(passed);
    return page;
}
