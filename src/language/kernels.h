/*
 * kernels.h - the arithmetic of the network: products of 16-bit matrices
 * with 32-bit sums, and the squashing between them.
 *
 * Every function gives the same bits on every machine: sums are of integers,
 * and floating point is only +, -, *, / and square roots, never contracted.
 */
#ifndef KERNELS_H
#define KERNELS_H

#include <math.h>
#include <stdint.h>

enum {
    MATRIX_BLOCK = 32,   /* rows that are stored, and multiplied, together */
    MATRIX_INPUTS = 512, /* at most */
    ACTIVATION_MOST = 4095,
};

/*
 * Rows in blocks of MATRIX_BLOCK; in a block the inputs go in pairs:
 * weights[block][pair][row][2].  An output is sum * scale[row] + bias[row].
 */
struct matrix {
    uint32_t rows; /* a multiple of MATRIX_BLOCK, the last ones perhaps idle */
    uint32_t inputs; /* even */
    const int16_t *weights;
    const float *scale, *bias;
};

/*
 * out[t][row] = sum over inputs of in[t][input] * weight, without scale.
 * `in` has m->inputs columns with |value| <= ACTIVATION_MOST; `out` has
 * m->rows columns.
 */
void matrix_multiply(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out);

/* The same, as it is done where the processor has nothing better. */
void matrix_multiply_plain(
    const struct matrix *m, const int16_t *in, uint32_t tokens, int32_t *out);

/* Compiled for several generations of processors; the loops in it give the
   same bits on each, as nothing is contracted or reordered. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MANY_MACHINES                                                         \
    __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define MANY_MACHINES
#endif

static inline float squash(float x)
{
    return x / sqrtf(1.0f + x * x);
}

static inline float gate(float x)
{
    return 0.5f + 0.5f * squash(0.5f * x);
}

/* `steps` to the unit, rounded, within the range of activations. */
static inline int16_t quantise(float x, float steps)
{
    float scaled = x * steps;
    float low = scaled < -ACTIVATION_MOST ? -ACTIVATION_MOST : scaled;
    float value = low > ACTIVATION_MOST ? ACTIVATION_MOST : low;

    return (int16_t)(int32_t)(value + copysignf(0.5f, value));
}

#endif
