/*
 * Sketches as bytes: a number for the form, then little-endian 32-bit numbers,
 * the limit and the hashes.  The first cases held the 64 smallest hashes of 64
 * bits, as the machine had them, without a number: 512 bytes.
 */
#include "events/events.h"

#include <string.h>

enum { FORM = 1, FIRST_FORM_HASHES = 64 };

static void put(char *at, uint32_t number)
{
    number = GUINT32_TO_LE(number);
    memcpy(at, &number, sizeof(number));
}

static uint32_t take(const char *at)
{
    uint32_t number;

    memcpy(&number, at, sizeof(number));
    return GUINT32_FROM_LE(number);
}

struct str sketch_print(struct arena *a, const struct sketch *s)
{
    size_t size = 1 + sizeof(uint32_t) * (1 + (size_t)s->count);
    char *bytes = arena_make(a, char, size), *at = bytes;

    *at++ = FORM;
    put(at, s->limit);
    for (uint32_t i = 0; i < s->count; i++)
        put(at += sizeof(uint32_t), s->hashes[i]);
    return (struct str){bytes, size};
}

/* Are they ascending and below the limit? */
static bool is_sound(const struct sketch *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->hashes[i] >= s->limit || (i && s->hashes[i] <= s->hashes[i - 1]))
            return false;
    return true;
}

/* The upper half of a hash is what a sketch holds now. */
static bool
parse_first_form(struct arena *a, const char *bytes, struct sketch *out)
{
    out->hashes = arena_make(a, uint32_t, FIRST_FORM_HASHES);
    out->limit = UINT32_MAX;
    for (int i = 0; i < FIRST_FORM_HASHES; i++) {
        uint64_t hash;
        uint32_t high;

        memcpy(&hash, bytes + (size_t)i * sizeof(hash), sizeof(hash));
        high = (uint32_t)(hash >> 32);
        if (hash == UINT64_MAX)
            return is_sound(out);
        if (!out->count || out->hashes[out->count - 1] != high)
            out->hashes[out->count++] = high;
    }
    out->limit = out->hashes[--out->count];
    return is_sound(out);
}

bool sketch_parse(struct arena *a, struct str bytes, struct sketch *out)
{
    *out = (struct sketch){0};
    if (bytes.len == FIRST_FORM_HASHES * sizeof(uint64_t))
        return parse_first_form(a, bytes.at, out);
    if (bytes.len < 1 + sizeof(uint32_t) || bytes.at[0] != FORM ||
        bytes.len % sizeof(uint32_t) != 1)
        return false;
    out->count = (uint32_t)(bytes.len / sizeof(uint32_t)) - 1;
    out->limit = take(bytes.at + 1);
    out->hashes = arena_make(a, uint32_t, out->count);
    for (uint32_t i = 0; i < out->count; i++)
        out->hashes[i] = take(bytes.at + 1 + sizeof(uint32_t) * (i + 1));
    return is_sound(out);
}
