#include "language/encode.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum slot {
    SLOT_WORD,
    SLOT_FORM,
    SLOT_PREFIX2,
    SLOT_SUFFIX1 = SLOT_PREFIX2 + 3,
    SLOT_SHAPE = SLOT_SUFFIX1 + 4,
    SLOT_BEFORE,
    SLOT_AFTER,
    SLOT_BEFORE_SUFFIX,
    SLOT_AFTER_SUFFIX,
    SLOT_BEFORE_SHAPE,
    SLOT_AFTER_SHAPE
};

enum { SHAPE_LETTERS = 10, SHAPE_BYTES = 4 * SHAPE_LETTERS };

/* A word, or the edge of the sentence, as its neighbours see it. */
struct sight {
    struct str lower, suffix, shape;
    char shape_bytes[SHAPE_BYTES + 1]; /* one kept before it for "^" */
};

static uint32_t hash_begin(enum slot slot)
{
    return 2166136261u ^ ((uint32_t)slot + 1) * 0x9E3779B1u;
}

static uint32_t hash_add(uint32_t hash, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 16777619u;
    return hash;
}

/* The row of a feature: of what its slot has unknown, if training never saw
   it often enough. */
static uint32_t find_row(const struct model *m, enum slot slot, struct str text)
{
    uint32_t key = hash_add(hash_begin(slot), text);
    uint32_t at;

    key ^= key >> 15;
    if (!key)
        key = 1;
    for (at = key;; at++) {
        const uint32_t *pair = &m->hash[2 * (at & (m->hash_size - 1))];

        if (pair[0] == key)
            return pair[1];
        if (!pair[0])
            return slot;
    }
}

static struct str first_bytes(struct str s, size_t count)
{
    return (struct str){s.at, MIN(s.len, count)};
}

static struct str last_bytes(struct str s, size_t count)
{
    size_t len = MIN(s.len, count);

    return (struct str){s.at + s.len - len, len};
}

static UChar32 shape_letter(UChar32 c)
{
    if (u_isUUppercase(c))
        return 'X';
    if (u_isULowercase(c))
        return 'x';
    if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER)
        return 'd';
    return c;
}

/* "Xx-dd" of "Al-42": runs of the same are cut to two. */
static void set_shape(struct sight *w, const char *form)
{
    char *out = w->shape_bytes + 1;
    int32_t len = (int32_t)strlen(form), at = 0, used = 0;
    uint32_t letters = 0, run = 0;
    UChar32 before = -1;

    while (at < len && letters < SHAPE_LETTERS) {
        UChar32 c;

        U8_NEXT_OR_FFFD(form, at, len, c);
        c = shape_letter(c);
        run = c == before ? run + 1 : 1;
        before = c;
        if (run > 2)
            continue;
        U8_APPEND_UNSAFE(out, used, c);
        letters++;
    }
    w->shape_bytes[0] = '^';
    w->shape = (struct str){out, (size_t)used};
}

static void see_word(struct sight *w, const struct token *t)
{
    w->lower = (struct str){t->lower, strlen(t->lower)};
    w->suffix = last_bytes(w->lower, 3);
    set_shape(w, t->form);
}

static void see_edge(struct sight *w)
{
    w->lower = w->suffix = w->shape = (struct str){"\1", 1};
}

static void find_own(
    const struct model *m, const struct sight *w, const struct token *t,
    bool is_first, uint32_t *rows)
{
    struct str form = {t->form, strlen(t->form)}, shape = w->shape;

    rows[SLOT_WORD] = find_row(m, SLOT_WORD, w->lower);
    rows[SLOT_FORM] = find_row(m, SLOT_FORM, form);
    for (enum slot i = 0; i < 3; i++)
        rows[SLOT_PREFIX2 + i] =
            find_row(m, SLOT_PREFIX2 + i, first_bytes(w->lower, i + 2));
    for (enum slot i = 0; i < 4; i++)
        rows[SLOT_SUFFIX1 + i] =
            find_row(m, SLOT_SUFFIX1 + i, last_bytes(w->lower, i + 1));
    if (is_first) /* its capital says less: "^Xx" */
        shape = (struct str){shape.at - 1, shape.len + 1};
    rows[SLOT_SHAPE] = find_row(m, SLOT_SHAPE, shape);
}

static void find_beside(
    const struct model *m, const struct sight *before,
    const struct sight *after, uint32_t *rows)
{
    rows[SLOT_BEFORE] = find_row(m, SLOT_BEFORE, before->lower);
    rows[SLOT_AFTER] = find_row(m, SLOT_AFTER, after->lower);
    rows[SLOT_BEFORE_SUFFIX] = find_row(m, SLOT_BEFORE_SUFFIX, before->suffix);
    rows[SLOT_AFTER_SUFFIX] = find_row(m, SLOT_AFTER_SUFFIX, after->suffix);
    rows[SLOT_BEFORE_SHAPE] = find_row(m, SLOT_BEFORE_SHAPE, before->shape);
    rows[SLOT_AFTER_SHAPE] = find_row(m, SLOT_AFTER_SHAPE, after->shape);
}

void encode_sentence(
    const struct model *m, const struct sentence *s, uint32_t *rows)
{
    struct sight sights[3], *before = sights, *word = sights + 1;
    struct sight *after = sights + 2, *free_one;

    see_edge(before);
    see_word(word, &s->tokens[0]);
    for (uint32_t i = 0; i < s->token_count; i++, rows += MODEL_SLOTS) {
        if (i + 1 < s->token_count)
            see_word(after, &s->tokens[i + 1]);
        else
            see_edge(after);
        find_own(m, word, &s->tokens[i], i == 0, rows);
        find_beside(m, before, after, rows);
        free_one = before;
        before = word;
        word = after;
        after = free_one;
    }
}

static void add_row(int16_t *out, const int8_t *row, uint32_t width)
{
    for (uint32_t i = 0; i < width; i++)
        out[i] = (int16_t)(out[i] + row[i]);
}

MANY_MACHINES void encode_sum(
    const struct model *m, const uint32_t *rows, uint32_t count, int16_t *out)
{
    memset(out, 0, sizeof(*out) * m->width * count);
    for (uint32_t t = 0; t < count; t++, rows += MODEL_SLOTS)
        for (int i = 0; i < MODEL_SLOTS; i++)
            add_row(
                out + (size_t)t * m->width,
                m->rows + (size_t)rows[i] * m->width, m->width);
}
