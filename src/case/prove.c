/* That a document stands in the log, shown to one who does not have it. */
#include "case/custody.h"

#include <string.h>

static bool load_leaves(struct kase *k, GArray *leaves, GError **error)
{
    LEASE l = rows_open(k, "SELECT hash FROM entry ORDER BY id", error, "");

    while (rows_take(&l, error)) {
        struct hash hash = {{0}};
        size_t size = (size_t)sqlite3_column_bytes(l.at, 0);

        if (size)
            memcpy(
                hash.at, sqlite3_column_blob(l.at, 0),
                MIN(size, sizeof hash.at));
        g_array_append_val(leaves, hash);
    }
    return !l.failed;
}

static bool load_statement(
    struct kase *k, struct arena *a, int64_t document, struct proof *out,
    GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT id, statement FROM entry WHERE document = ? ORDER BY id "
        "LIMIT 1",
        error, "i", document);

    if (rows_take(&l, error)) {
        out->index = (uint64_t)sqlite3_column_int64(l.at, 0) - 1;
        out->statement = column_text(a, &l, 1);
    }
    return !l.failed;
}

static void
make_path(struct arena *a, const struct hash *leaves, struct proof *out)
{
    struct hash path[PROOF_MOST];

    out->path_count = merkle_path(leaves, out->head.size, out->index, path);
    out->path = arena_make(a, const char *, out->path_count + 1);
    for (uint32_t i = 0; i < out->path_count; i++)
        out->path[i] = hash_keep(a, path[i]);
}

/* Is the statement the one whose hash is in the tree? */
static bool is_leaf(const struct proof *p, GArray *leaves)
{
    struct hash hash =
        merkle_leaf((struct str){p->statement, strlen(p->statement)});

    return p->index < leaves->len &&
           !memcmp(
               &g_array_index(leaves, struct hash, p->index), &hash,
               sizeof hash);
}

static bool prove(
    struct kase *k, struct arena *a, int64_t document, GArray *leaves,
    struct proof *out, GError **error)
{
    const struct hash *at;

    if (!load_statement(k, a, document, out, error) ||
        !load_leaves(k, leaves, error))
        return false;
    if (!out->statement)
        return true;
    if (!is_leaf(out, leaves)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_DATA,
            "%s: the log was changed, so it proves nothing: `attest verify` "
            "tells more",
            k->path);
        return false;
    }
    at = (const struct hash *)(void *)leaves->data;
    out->head.size = leaves->len;
    out->head.root = hash_keep(a, merkle_root(at, leaves->len));
    make_path(a, at, out);
    return true;
}

bool case_prove(
    struct kase *k, struct arena *a, int64_t document, struct proof *out,
    GError **error)
{
    GArray *leaves = g_array_new(FALSE, FALSE, sizeof(struct hash));
    bool good = case_begin_reading(k, error);

    *out = (struct proof){0};
    good = good && prove(k, a, document, leaves, out, error);
    case_end_reading(k);
    g_array_free(leaves, TRUE);
    return good;
}
