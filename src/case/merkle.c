#include "case/merkle.h"

/* What is hashed begins with a byte that tells a leaf from a node, so that
   neither passes for the other. */
static const uint8_t leaf_mark = 0, node_mark = 1;

struct hash merkle_leaf(struct str content)
{
    struct hashing *sum = hashing_new();

    hashing_add(sum, &leaf_mark, 1);
    hashing_add(sum, content.at, content.len);
    return hashing_end(sum);
}

static struct hash join(struct hash left, struct hash right)
{
    struct hashing *sum = hashing_new();

    hashing_add(sum, &node_mark, 1);
    hashing_add(sum, left.at, sizeof(left.at));
    hashing_add(sum, right.at, sizeof(right.at));
    return hashing_end(sum);
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
        return hash_of((struct str){NULL, 0});
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
