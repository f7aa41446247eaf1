/*
 * Sketches: the smallest hashes of a document's word shingles.  Two texts
 * share about as large a part of their smallest hashes as of their shingles
 * (Broder 1997).  How many are kept grows with the text, so that of what two
 * texts have below a common limit the share of either is told without bias,
 * also where one is an excerpt of the other.
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

/* `words` is a ring whose oldest word stands at `count` % SHINGLE_WORDS. */
static uint64_t shingle_hash(const uint64_t *words, uint64_t count)
{
    uint64_t h = 0;

    for (uint64_t i = 0; i < SHINGLE_WORDS; i++)
        h = mix(h * 31 + words[(count + i) % SHINGLE_WORDS]);
    return h;
}

/* Shingles of a text while they are counted; more than it has words is never
   needed. */
struct shingles {
    uint32_t *hashes;
    uint32_t count;
};

static void add_hash(struct shingles *s, uint64_t hash)
{
    s->hashes[s->count++] = MIN((uint32_t)(hash >> 32), UINT32_MAX - 1);
}

static void add_sentence(
    struct shingles *s, const struct sentence *from, uint64_t *words,
    uint64_t *count)
{
    for (uint32_t i = 0; i < from->token_count; i++) {
        const char *lower = from->tokens[i].lower;

        if (!is_word(lower))
            continue;
        words[(*count)++ % SHINGLE_WORDS] = word_hash_of(lower);
        if (*count >= SHINGLE_WORDS)
            add_hash(s, shingle_hash(words, *count));
    }
}

static int compare_hashes(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

static void sort_hashes(struct shingles *s)
{
    uint32_t kept = 0;

    qsort(s->hashes, s->count, sizeof(uint32_t), compare_hashes);
    for (uint32_t i = 0; i < s->count; i++)
        if (!i || s->hashes[i] != s->hashes[i - 1])
            s->hashes[kept++] = s->hashes[i];
    s->count = kept;
}

/* Keeps the smallest: one in SKETCH_SHARE of all that there can be, or
   SKETCH_LEAST if these are more. */
static void
choose_hashes(struct arena *a, struct sketch *out, const struct shingles *s)
{
    out->count = s->count;
    out->limit = UINT32_MAX;
    if (s->count > SKETCH_LEAST) {
        out->limit = MAX(UINT32_MAX / SKETCH_SHARE, s->hashes[SKETCH_LEAST]);
        while (out->count && s->hashes[out->count - 1] >= out->limit)
            out->count--;
    }
    out->hashes = arena_make(a, uint32_t, out->count);
    if (out->count)
        memcpy(out->hashes, s->hashes, out->count * sizeof(uint32_t));
}

void sketch_make(struct arena *a, struct sketch *out, const struct text *t)
{
    g_autofree uint32_t *hashes = g_new(uint32_t, t->token_count + 1);
    struct shingles s = {hashes, 0};
    uint64_t words[SHINGLE_WORDS] = {0};
    uint64_t count = 0;

    for (uint32_t i = 0; i < t->count; i++)
        add_sentence(&s, &t->sentences[i], words, &count);
    if (count && count < SHINGLE_WORDS)
        add_hash(&s, shingle_hash(words, 0));
    sort_hashes(&s);
    choose_hashes(a, out, &s);
}

/* How many of the hashes lie below. */
static uint32_t count_below(const struct sketch *s, uint32_t limit)
{
    uint32_t low = 0, high = s->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->hashes[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct overlap sketch_compare(const struct sketch *a, const struct sketch *b)
{
    struct overlap o = {.limit = MIN(a->limit, b->limit)};
    uint32_t i = 0, k = 0;

    o.of_a = count_below(a, o.limit);
    o.of_b = count_below(b, o.limit);
    while (i < o.of_a && k < o.of_b) {
        uint32_t x = a->hashes[i], y = b->hashes[k];

        o.shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    if (!o.of_a || !o.of_b)
        return o;
    o.likeness = (double)o.shared / (o.of_a + o.of_b - o.shared);
    o.containment = (double)o.shared / MIN(o.of_a, o.of_b);
    return o;
}

double sketch_likeness(const struct sketch *a, const struct sketch *b)
{
    return sketch_compare(a, b).likeness;
}
