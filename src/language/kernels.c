#include "language/kernels.h"

#include <string.h>

static void multiply_block(
    const int8_t *weights, const uint8_t *in, uint32_t inputs, int32_t *out)
{
    int32_t sums[MATRIX_BLOCK] = {0};

    for (uint32_t k = 0; k < inputs; k += 4) {
        for (uint32_t r = 0; r < MATRIX_BLOCK; r++)
            for (uint32_t i = 0; i < 4; i++)
                sums[r] += in[k + i] * weights[4 * r + i];
        weights += 4 * MATRIX_BLOCK;
    }
    memcpy(out, sums, sizeof(sums));
}

static void multiply_plain(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK)
        for (uint32_t t = 0; t < tokens; t++)
            multiply_block(
                m->weights + (size_t)r * m->inputs, in + (size_t)t * m->inputs,
                m->inputs, out + (size_t)t * m->rows + r);
}

#ifdef __x86_64__
#include <immintrin.h>

static inline int32_t four_at(const uint8_t *in)
{
    int32_t four;

    memcpy(&four, in, sizeof(four));
    return four;
}

enum { WIDE_TOKENS = 12, NARROW_TOKENS = 4 };

#define WIDE target("avx512bw,avx512vnni")
#define NARROW target("avx2")

/* 32 rows by `count` tokens; the loops unroll, the sums stay in registers. */
static inline __attribute__((always_inline, WIDE)) void wide_tile(
    const int8_t *weights, const uint8_t *in, uint32_t inputs, int32_t *out,
    size_t rows, int count)
{
    __m512i low[WIDE_TOKENS], high[WIDE_TOKENS];

    for (int t = 0; t < count; t++)
        low[t] = high[t] = _mm512_setzero_si512();
    for (uint32_t k = 0; k < inputs; k += 4) {
        const int8_t *w = weights + (size_t)k * MATRIX_BLOCK;
        __m512i a = _mm512_loadu_si512(w);
        __m512i b = _mm512_loadu_si512(w + 64);

        for (int t = 0; t < count; t++) {
            __m512i x = _mm512_set1_epi32(four_at(in + (size_t)t * inputs + k));

            low[t] = _mm512_dpbusd_epi32(low[t], x, a);
            high[t] = _mm512_dpbusd_epi32(high[t], x, b);
        }
    }
    for (int t = 0; t < count; t++) {
        _mm512_storeu_si512(out + (size_t)t * rows, low[t]);
        _mm512_storeu_si512(out + (size_t)t * rows + 16, high[t]);
    }
}

static __attribute__((WIDE)) void multiply_wide(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK) {
        const int8_t *weights = m->weights + (size_t)r * m->inputs;
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

/* Adds eight rows' products of four; WEIGHT_MOST keeps the pairs exact. */
static inline __attribute__((always_inline, NARROW)) __m256i
add_fours(__m256i sum, __m256i x, __m256i w)
{
    __m256i pairs = _mm256_maddubs_epi16(x, w);

    return _mm256_add_epi32(
        sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/* 16 rows by `count` tokens. */
static inline __attribute__((always_inline, NARROW)) void narrow_tile(
    const int8_t *weights, const uint8_t *in, uint32_t inputs, int32_t *out,
    size_t rows, int count)
{
    __m256i low[NARROW_TOKENS], high[NARROW_TOKENS];

    for (int t = 0; t < count; t++)
        low[t] = high[t] = _mm256_setzero_si256();
    for (uint32_t k = 0; k < inputs; k += 4) {
        const int8_t *w = weights + (size_t)k * MATRIX_BLOCK;
        __m256i a = _mm256_loadu_si256((const __m256i *)w);
        __m256i b = _mm256_loadu_si256((const __m256i *)(w + 32));

        for (int t = 0; t < count; t++) {
            __m256i x = _mm256_set1_epi32(four_at(in + (size_t)t * inputs + k));

            low[t] = add_fours(low[t], x, a);
            high[t] = add_fours(high[t], x, b);
        }
    }
    for (int t = 0; t < count; t++) {
        int32_t *at = out + (size_t)t * rows;

        _mm256_storeu_si256((__m256i *)at, low[t]);
        _mm256_storeu_si256((__m256i *)(at + 8), high[t]);
    }
}

static __attribute__((NARROW)) void multiply_narrow(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out)
{
    for (uint32_t r = 0; r < m->rows; r += MATRIX_BLOCK / 2) {
        const int8_t *weights = m->weights +
                                (size_t)(r - r % MATRIX_BLOCK) * m->inputs +
                                4 * (r % MATRIX_BLOCK);
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

uint32_t matrix_ways(matrix_way *ways[MATRIX_WAYS])
{
    uint32_t count = 0;

    if (__builtin_cpu_supports("avx512vnni"))
        ways[count++] = multiply_wide;
    if (__builtin_cpu_supports("avx2"))
        ways[count++] = multiply_narrow;
    ways[count++] = multiply_plain;
    return count;
}
#else
uint32_t matrix_ways(matrix_way *ways[MATRIX_WAYS])
{
    ways[0] = multiply_plain;
    return 1;
}
#endif

void matrix_multiply(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out)
{
    matrix_way *ways[MATRIX_WAYS];

    matrix_ways(ways);
    ways[0](m, in, tokens, out);
}
