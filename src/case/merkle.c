#include "case/merkle.h"

#include <glib.h>

/* What is hashed begins with a byte that tells a leaf from a node, so that
   neither passes for the other. */
static const guchar leaf_mark = 0, node_mark = 1;

static struct hash finish(GChecksum *sum)
{
    struct hash h;
    gsize size = sizeof h.at;

    g_checksum_get_digest(sum, h.at, &size);
    g_checksum_free(sum);
    return h;
}

struct hash merkle_leaf(struct str content)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);

    g_checksum_update(sum, &leaf_mark, 1);
    g_checksum_update(sum, (const guchar *)content.at, (gssize)content.len);
    return finish(sum);
}

static struct hash join(struct hash left, struct hash right)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);

    g_checksum_update(sum, &node_mark, 1);
    g_checksum_update(sum, left.at, sizeof left.at);
    g_checksum_update(sum, right.at, sizeof right.at);
    return finish(sum);
}

/* How many leaves hang on the left: the largest power of two below `count`. */
static uint64_t split(uint64_t count)
{
    uint64_t left = 1;

    while (left * 2 < count)
        left *= 2;
    return left;
}

struct hash merkle_root(const struct hash *leaves, uint64_t count)
{
    uint64_t left;

    if (!count)
        return finish(g_checksum_new(G_CHECKSUM_SHA256));
    if (count == 1)
        return leaves[0];
    left = split(count);
    return join(
        merkle_root(leaves, left), merkle_root(leaves + left, count - left));
}

uint32_t merkle_path(
    const struct hash *leaves, uint64_t count, uint64_t index, struct hash *out)
{
    uint64_t left;
    uint32_t length;

    if (count <= 1)
        return 0;
    left = split(count);
    if (index < left) {
        length = merkle_path(leaves, left, index, out);
        out[length] = merkle_root(leaves + left, count - left);
    } else {
        length = merkle_path(leaves + left, count - left, index - left, out);
        out[length] = merkle_root(leaves, left);
    }
    return length + 1;
}

void hash_print(struct hash h, char *out)
{
    for (size_t i = 0; i < sizeof h.at; i++)
        g_snprintf(out + 2 * i, 3, "%02x", h.at[i]);
}
