/* Who is meant, by document and entity. */
#include "case/case.h"

struct kin {
    GHashTable *all; /* of struct kinsman */
};

struct kinsman {
    int64_t document, entity;
};

static guint hash_member(const void *at)
{
    const struct kinsman *m = at;

    return (guint)m->document * 31 + (guint)m->entity;
}

static gboolean is_same(const void *x, const void *y)
{
    const struct kinsman *a = x, *b = y;

    return a->document == b->document && a->entity == b->entity;
}

struct kin *kin_new(void)
{
    struct kin *k = g_new(struct kin, 1);

    k->all = g_hash_table_new_full(hash_member, is_same, g_free, NULL);
    return k;
}

void kin_free(struct kin *k)
{
    if (!k)
        return;
    g_hash_table_unref(k->all);
    g_free(k);
}

void kin_add(struct kin *k, int64_t document, int64_t entity)
{
    struct kinsman m = {document, entity};

    g_hash_table_add(k->all, g_memdup2(&m, sizeof m));
}

bool kin_has(const struct kin *k, int64_t document, int64_t entity)
{
    struct kinsman m = {document, entity};

    return entity && g_hash_table_contains(k->all, &m);
}
