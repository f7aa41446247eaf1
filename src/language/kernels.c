#include "language/kernels.h"

#include <string.h>

typedef void multiply_function(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out);

static void multiply_block(
    const int16_t *weights, const int16_t *in, uint32_t inputs, int32_t *out)
{
    int32_t sums[MATRIX_BLOCK] = {0};

    for (uint32_t k = 0; k < inputs; k += 2) {
        int32_t a = in[k], b = in[k + 1];

        for (uint32_t r = 0; r < MATRIX_BLOCK; r++)
            sums[r] += a * weights[2 * r] + b * weights[2 * r + 1];
        weights += 2 * MATRIX_BLOCK;
    }
    memcpy(out, sums, sizeof(sums));
}

void matrix_multiply_plain(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK)
        for (uint32_t t = 0; t < tokens; t++)
            multiply_block(
                m->weights + (size_t)r * m->inputs,
                in + (size_t)t * m->inputs, m->inputs,
                out + (size_t)t * m->rows + r);
}

#ifdef __x86_64__
#include <immintrin.h>

static inline int32_t pair_at(const int16_t *in)
{
    int32_t pair;

    memcpy(&pair, in, sizeof(pair));
    return pair;
}

enum { WIDE_TOKENS = 8, NARROW_TOKENS = 4 };

/* 32 rows by `count` tokens; the loops unroll, the sums stay in registers. */
static inline __attribute__((always_inline, target("avx512bw"))) void
wide_tile(
    const int16_t *weights, const int16_t *in, uint32_t inputs, int32_t *out,
    size_t rows, int count)
{
    __m512i low[WIDE_TOKENS], high[WIDE_TOKENS];

    for (int t = 0; t < count; t++)
        low[t] = high[t] = _mm512_setzero_si512();
    for (uint32_t k = 0; k < inputs; k += 2) {
        __m512i a = _mm512_loadu_si512(weights + (size_t)k * MATRIX_BLOCK);
        __m512i b = _mm512_loadu_si512(weights + (size_t)k * MATRIX_BLOCK + 32);

        for (int t = 0; t < count; t++) {
            __m512i x = _mm512_set1_epi32(pair_at(in + (size_t)t * inputs + k));

            low[t] = _mm512_add_epi32(low[t], _mm512_madd_epi16(x, a));
            high[t] = _mm512_add_epi32(high[t], _mm512_madd_epi16(x, b));
        }
    }
    for (int t = 0; t < count; t++) {
        _mm512_storeu_si512(out + (size_t)t * rows, low[t]);
        _mm512_storeu_si512(out + (size_t)t * rows + 16, high[t]);
    }
}

static __attribute__((target("avx512bw"))) void multiply_wide(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK) {
        const int16_t *weights = m->weights + (size_t)r * m->inputs;
        uint32_t t = 0;

        for (; t + WIDE_TOKENS <= tokens; t += WIDE_TOKENS)
            wide_tile(
                weights, in + (size_t)t * m->inputs, m->inputs,
                out + (size_t)t * m->rows + r, m->rows, WIDE_TOKENS);
        for (; t < tokens; t++)
            wide_tile(
                weights, in + (size_t)t * m->inputs, m->inputs,
                out + (size_t)t * m->rows + r, m->rows, 1);
    }
}

/* 16 rows by `count` tokens. */
static inline __attribute__((always_inline, target("avx2"))) void narrow_tile(
    const int16_t *weights, const int16_t *in, uint32_t inputs, int32_t *out,
    size_t rows, int count)
{
    __m256i low[NARROW_TOKENS], high[NARROW_TOKENS];

    for (int t = 0; t < count; t++)
        low[t] = high[t] = _mm256_setzero_si256();
    for (uint32_t k = 0; k < inputs; k += 2) {
        const int16_t *w = weights + (size_t)k * MATRIX_BLOCK;
        __m256i a = _mm256_loadu_si256((const __m256i *)w);
        __m256i b = _mm256_loadu_si256((const __m256i *)(w + 16));

        for (int t = 0; t < count; t++) {
            __m256i x = _mm256_set1_epi32(pair_at(in + (size_t)t * inputs + k));

            low[t] = _mm256_add_epi32(low[t], _mm256_madd_epi16(x, a));
            high[t] = _mm256_add_epi32(high[t], _mm256_madd_epi16(x, b));
        }
    }
    for (int t = 0; t < count; t++) {
        int32_t *at = out + (size_t)t * rows;

        _mm256_storeu_si256((__m256i *)at, low[t]);
        _mm256_storeu_si256((__m256i *)(at + 8), high[t]);
    }
}

static __attribute__((target("avx2"))) void multiply_narrow(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK / 2) {
        const int16_t *weights =
            m->weights + (size_t)(r - r % MATRIX_BLOCK) * m->inputs +
            2 * (r % MATRIX_BLOCK);
        uint32_t t = 0;

        for (; t + NARROW_TOKENS <= tokens; t += NARROW_TOKENS)
            narrow_tile(
                weights, in + (size_t)t * m->inputs, m->inputs,
                out + (size_t)t * m->rows + r, m->rows, NARROW_TOKENS);
        for (; t < tokens; t++)
            narrow_tile(
                weights, in + (size_t)t * m->inputs, m->inputs,
                out + (size_t)t * m->rows + r, m->rows, 1);
    }
}

static multiply_function *best_multiply(void)
{
    if (__builtin_cpu_supports("avx512bw"))
        return multiply_wide;
    if (__builtin_cpu_supports("avx2"))
        return multiply_narrow;
    return matrix_multiply_plain;
}
#else
static multiply_function *best_multiply(void)
{
    return matrix_multiply_plain;
}
#endif

void matrix_multiply(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out)
{
    best_multiply()(m, in, tokens, out);
}
