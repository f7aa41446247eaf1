#include "language/encode.h"

#include "language/listed.h"
#include "language/network.h"

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
    SLOT_AFTER_SHAPE,
    SLOT_LISTED
};

enum { SHAPE_LETTERS = 10, SHAPE_BYTES = 4 * SHAPE_LETTERS };

/* A word, or the edge of the sentence, as its neighbours see it. */
struct sight {
    struct str lower, suffix, shape;
    char shape_bytes[SHAPE_BYTES + 1]; /* one kept before it for "^" */
};

/* The row of a feature: of what its slot has unknown, if training never saw
   it often enough. */
static uint32_t find_row(const struct model *m, enum slot slot, struct str text)
{
    return key_lookup(
        &m->features, key_end(key_add(key_begin(slot), text)), slot);
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

static uint32_t
find_listed(const struct model *m, const struct token *t, struct mark mark)
{
    UChar32 first;
    int32_t at = 0;
    char bytes[3] = {0, (char)mark.alone, (char)mark.longer};

    U8_NEXT_OR_FFFD(t->form, at, -1, first);
    bytes[0] = (char)(u_isUUppercase(first) ? 1 : 0);
    return find_row(m, SLOT_LISTED, (struct str){bytes, sizeof(bytes)});
}

void encode_sentence(
    const struct model *m, const struct sentence *s, uint32_t *rows)
{
    struct sight sights[3], *before = sights, *word = sights + 1;
    struct sight *after = sights + 2, *free_one;
    struct mark marks[NETWORK_TOKENS];

    listed_mark(m, s, marks);
    see_edge(before);
    see_word(word, &s->tokens[0]);
    for (uint32_t i = 0; i < s->token_count; i++, rows += MODEL_SLOTS) {
        if (i + 1 < s->token_count)
            see_word(after, &s->tokens[i + 1]);
        else
            see_edge(after);
        find_own(m, word, &s->tokens[i], i == 0, rows);
        find_beside(m, before, after, rows);
        rows[SLOT_LISTED] = find_listed(m, &s->tokens[i], marks[i]);
        free_one = before;
        before = word;
        word = after;
        after = free_one;
    }
}

enum { COLUMNS = 32, CACHE_LINE = 64 }; /* widths are multiples of COLUMNS */

typedef int8_t row_part __attribute__((vector_size(COLUMNS)));
typedef int16_t sum_part __attribute__((vector_size(2 * COLUMNS)));

/* The sum of a token's rows, so many columns that they stay in registers. */
static inline void sum_columns(
    const struct model *m, const uint32_t *rows, uint32_t from, uint8_t *out)
{
    sum_part sum = {0};

    for (int k = 0; k < MODEL_SLOTS; k++) {
        row_part part;

        memcpy(
            &part, m->rows + (size_t)rows[k] * m->width + from, sizeof(part));
        sum += __builtin_convertvector(part, sum_part);
    }
    for (int i = 0; i < COLUMNS; i++)
        out[i] = quantise(sum[i], m->row_steps);
}

static void fetch_rows(const struct model *m, const uint32_t *rows)
{
    for (int k = 0; k < MODEL_SLOTS; k++)
        for (uint32_t i = 0; i < m->width; i += CACHE_LINE)
            __builtin_prefetch(m->rows + (size_t)rows[k] * m->width + i);
}

MANY_MACHINES void encode_sum(
    const struct model *m, const uint32_t *rows, uint32_t count, uint8_t *out)
{
    for (uint32_t t = 0; t < count; t++, rows += MODEL_SLOTS, out += m->width) {
        if (t + 1 < count)
            fetch_rows(m, rows + MODEL_SLOTS);
        for (uint32_t from = 0; from < m->width; from += COLUMNS)
            sum_columns(m, rows, from, out + from);
    }
}

/* Letters only, and no capital before them: no name, number, abbreviation. */
static bool is_plain_word(const char *form)
{
    const char *at = form;

    while (g_unichar_islower(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    return !*at && at - form > 1;
}

bool encode_is_foreign(const struct sentence *s, const uint32_t *rows)
{
    enum { WORDS_LEAST = 4 };
    uint32_t words = 0, known = 0;

    for (uint32_t t = 0; t < s->token_count; t++) {
        if (!is_plain_word(s->tokens[t].form))
            continue;
        words++;
        known += rows[t * MODEL_SLOTS + SLOT_WORD] != SLOT_WORD;
    }
    return words >= WORDS_LEAST && known * 2 < words;
}
