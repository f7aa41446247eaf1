/*
 * kernels.h - the arithmetic of the network: products of small whole numbers
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
    MATRIX_INPUTS = 640, /* at most */
    WEIGHT_MOST = 64,    /* so that two products fit into 16 bits */
    ACTIVATION_ZERO = 128,
    ACTIVATION_MOST = 127, /* from the zero, either way */
};

/*
 * Rows in blocks of MATRIX_BLOCK; in a block the inputs go by fours:
 * weights[block][four][row][4].  An output is sum * scale[row] + bias[row];
 * the bias makes good for the zero of the activations.
 */
struct matrix {
    uint32_t rows; /* a multiple of MATRIX_BLOCK, the last ones perhaps idle */
    uint32_t inputs; /* a multiple of four */
    const int8_t *weights;
    const float *scale, *bias;
};

/*
 * out[t][row] = sum over inputs of in[t][input] * weight, without scale.
 * `in` has m->inputs columns, `out` m->rows.
 */
void matrix_multiply(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out);

/* The ways this processor has to do that, the best first and plain C last;
   returns how many. */
typedef void matrix_way(
    const struct matrix *m, const uint8_t *in, uint32_t tokens, int32_t *out);
enum { MATRIX_WAYS = 3 }; /* at most */
uint32_t matrix_ways(matrix_way *ways[MATRIX_WAYS]);

/* Compiled for several generations of processors; the loops in it give the
   same bits on each, as nothing is contracted or reordered. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MANY_MACHINES                                                          \
    __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
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

/* x in `steps` to the unit, rounded, at most `most` either way. */
static inline int32_t round_steps(float x, float steps, float most)
{
    float scaled = x * steps;
    float low = scaled < -most ? -most : scaled;
    float value = low > most ? most : low;

    return (int32_t)(value + copysignf(0.5f, value));
}

static inline uint8_t quantise(float x, float steps)
{
    return (uint8_t)(ACTIVATION_ZERO + round_steps(x, steps, ACTIVATION_MOST));
}

#endif
