#include "base/base.h"

#include <nettle/sha2.h>

struct hashing {
    struct sha256_ctx context;
};

struct hashing *hashing_new(void)
{
    struct hashing *h = g_new(struct hashing, 1);

    sha256_init(&h->context);
    return h;
}

void hashing_add(struct hashing *h, const void *at, size_t len)
{
    sha256_update(&h->context, len, at);
}

struct hash hashing_end(struct hashing *h)
{
    struct hash out;

    sha256_digest(&h->context, sizeof(out.at), out.at);
    g_free(h);
    return out;
}

struct hash hash_of(struct str bytes)
{
    struct hashing *h = hashing_new();

    hashing_add(h, bytes.at, bytes.len);
    return hashing_end(h);
}

void hash_print(struct hash h, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < sizeof(h.at); i++) {
        *out++ = digits[h.at[i] >> 4];
        *out++ = digits[h.at[i] & 0xF];
    }
    *out = 0;
}

char *hash_keep(struct arena *a, struct hash h)
{
    char *out = arena_alloc(a, HASH_HEX);

    hash_print(h, out);
    return out;
}
