/* Which current documents copy each other. */
#include "case/store.h"

struct sames {
    GHashTable *first; /* document -> the first of its group, where another */
    GArray *ids;       /* int64_t */
};

static bool load_sketches(
    struct kase *k, struct arena *a, GArray *ids, GArray *sketches,
    GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT id, sketch FROM document d WHERE NOT EXISTS "
        "(SELECT 1 FROM document n WHERE n.replaces = d.id) ORDER BY id",
        error, "");

    while (rows_take(&l, error)) {
        int64_t id = sqlite3_column_int64(l.at, 0);
        struct str bytes = {sqlite3_column_blob(l.at, 1), 0};
        struct sketch s;

        bytes.len = (size_t)sqlite3_column_bytes(l.at, 1);
        if (!sketch_parse(a, bytes, &s))
            return store_damaged(k, error, "document", id);
        g_array_append_val(ids, id);
        g_array_append_val(sketches, s);
    }
    return !l.failed;
}

bool sames_load(struct kase *k, GError **error)
{
    GArray *sketches = g_array_new(FALSE, FALSE, sizeof(struct sketch));
    struct sames *s = g_new0(struct sames, 1);
    struct arena *a = arena_new();
    uint32_t *copy_of;
    bool good;

    s->ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
    s->first = g_hash_table_new(g_int64_hash, g_int64_equal);
    good = load_sketches(k, a, s->ids, sketches, error);
    if (good) {
        copy_of = g_new(uint32_t, s->ids->len + 1);
        sketch_group(
            (const struct sketch *)(void *)sketches->data, s->ids->len,
            copy_of);
        for (guint i = 0; i < s->ids->len; i++)
            if (copy_of[i] != i)
                g_hash_table_insert(
                    s->first, &g_array_index(s->ids, int64_t, i),
                    &g_array_index(s->ids, int64_t, copy_of[i]));
        g_free(copy_of);
    }
    g_array_free(sketches, TRUE);
    arena_free(a);
    sames_free(k->sames);
    k->sames = s;
    return good;
}

void sames_free(struct sames *s)
{
    if (!s)
        return;
    g_hash_table_unref(s->first);
    g_array_free(s->ids, TRUE);
    g_free(s);
}

int64_t sames_lookup(const struct sames *s, int64_t document)
{
    const int64_t *first = g_hash_table_lookup(s->first, &document);

    return first ? *first : 0;
}

int64_t sames_count(const struct sames *s)
{
    return g_hash_table_size(s->first);
}
