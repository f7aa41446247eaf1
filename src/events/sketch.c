/*
 * Sketches: the smallest hashes of a document's word shingles.  Two texts
 * share about as large a part of their smallest hashes as of their shingles
 * (Broder 1997), whatever their length.
 */
#include "events/sketch_parts.h"

#include <string.h>

static uint64_t mix(uint64_t h)
{
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdULL;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

static uint64_t word_hash_of(const char *word)
{
    uint64_t h = 0xcbf29ce484222325ULL;

    for (; *word; word++)
        h = (h ^ (unsigned char)*word) * 0x100000001b3ULL;
    return h;
}

/* Punctuation differs between copies (quotes, dashes) and is left out. */
static bool is_word(const char *lower)
{
    unsigned char c = (unsigned char)lower[0];

    return g_ascii_isalnum(c) || (c >= 0x80 && c != 0xE2);
}

uint32_t sketch_count(const struct sketch *s)
{
    uint32_t count = SKETCH_SIZE;

    while (count && s->hashes[count - 1] == UINT64_MAX)
        count--;
    return count;
}

static void add_hash(struct sketch *s, uint64_t hash)
{
    uint32_t low = 0, high = SKETCH_SIZE;

    if (hash >= s->hashes[SKETCH_SIZE - 1])
        return;
    while (low < high) {
        uint32_t middle = (low + high) / 2;

        if (s->hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    if (s->hashes[low] == hash)
        return;
    memmove(
        s->hashes + low + 1, s->hashes + low,
        (SKETCH_SIZE - 1 - low) * sizeof(uint64_t));
    s->hashes[low] = hash;
}

/* `words` is a ring whose oldest word stands at `count` % SHINGLE_WORDS. */
static uint64_t shingle_hash(const uint64_t *words, uint64_t count)
{
    uint64_t h = 0;

    for (uint64_t i = 0; i < SHINGLE_WORDS; i++)
        h = mix(h * 31 + words[(count + i) % SHINGLE_WORDS]);
    return h;
}

void sketch_make(struct sketch *out, const struct text *t)
{
    uint64_t words[SHINGLE_WORDS] = {0};
    uint64_t count = 0;

    memset(out->hashes, 0xff, sizeof(out->hashes));
    for (uint32_t i = 0; i < t->count; i++) {
        const struct sentence *s = &t->sentences[i];

        for (uint32_t k = 0; k < s->token_count; k++) {
            if (!is_word(s->tokens[k].lower))
                continue;
            words[count++ % SHINGLE_WORDS] = word_hash_of(s->tokens[k].lower);
            if (count >= SHINGLE_WORDS)
                add_hash(out, shingle_hash(words, count));
        }
    }
    if (count && count < SHINGLE_WORDS)
        add_hash(out, shingle_hash(words, 0));
}

/* How many shingles a sketch of `count` hashes up to `last` stands for. */
static double estimate_size(uint32_t count, uint64_t last)
{
    if (count < SKETCH_SIZE)
        return count;
    return (SKETCH_SIZE - 1) / ((double)last / 18446744073709551616.0);
}

struct overlap sketch_compare(const struct sketch *a, const struct sketch *b)
{
    struct overlap o = {0};
    uint32_t count_a = sketch_count(a), count_b = sketch_count(b);
    uint32_t i = 0, k = 0, all = 0;
    uint64_t last = 0;
    double size_a, size_b;

    /* The smallest hashes of both together: a sketch of their union. */
    while (all < SKETCH_SIZE && (i < count_a || k < count_b)) {
        uint64_t x = i < count_a ? a->hashes[i] : UINT64_MAX;
        uint64_t y = k < count_b ? b->hashes[k] : UINT64_MAX;

        o.shared += x == y;
        last = MIN(x, y);
        i += x <= y;
        k += y <= x;
        all++;
    }
    if (!count_a || !count_b)
        return o;
    o.likeness = (double)o.shared / all;
    size_a = estimate_size(count_a, a->hashes[count_a - 1]);
    size_b = estimate_size(count_b, b->hashes[count_b - 1]);
    o.containment = o.likeness * estimate_size(all, last) / MIN(size_a, size_b);
    o.containment = MIN(o.containment, 1.0);
    return o;
}

double sketch_likeness(const struct sketch *a, const struct sketch *b)
{
    return sketch_compare(a, b).likeness;
}
