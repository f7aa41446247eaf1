/*
 * What PyTorch has no quick way to say, for train/model.py: a layer of the
 * network without its matrix product, and the sum of a word's feature rows,
 * forward and backward.  Activations are bfloat16 in memory and float while
 * they are worked on.  Work is divided so that every sum has one order,
 * whatever the number of threads.
 *
 * Shapes: T steps, B sentences, W = 2 * H channels of which the first H run
 * left to right.  `parts` holds 3 or 4 times W values a word: the gate z, the
 * candidate h, the highway's gate g, and of four the highway itself (else it
 * is `x`).  `mask` is 1 for words and 0 for padding; `drop`, B * W, scales
 * the outputs of a sentence.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HIDDEN_MOST = 512, WIDTH_MOST = 512 };

typedef uint16_t half; /* bfloat16 */

struct layer {
    int steps, batch, hidden, parts;
    const half *values, *x;
    const float *mask, *drop;
    half *states;
};

static inline float widen(half v)
{
    union { uint32_t u; float f; } x = {.u = (uint32_t)v << 16};

    return x.f;
}

static inline half narrow(float v)
{
    union { float f; uint32_t u; } x = {.f = v};

    return (half)((x.u + 0x7FFF + (x.u >> 16 & 1)) >> 16);
}

static size_t word_at(const struct layer *l, int t, int b)
{
    return (size_t)t * (size_t)l->batch + (size_t)b;
}

/* One word, one direction: `state` goes from the word before to this one. */
static void step_forward(
    int hidden, int wide, const half *restrict p, const half *restrict skip,
    const float *restrict scale, float on, float *restrict state,
    half *restrict states, half *restrict out)
{
    for (int k = 0; k < hidden; k++) {
        float z = 0.5f * widen(p[k]), h = widen(p[wide + k]);
        float g = 0.5f * widen(p[2 * wide + k]), v = widen(skip[k]);
        float m = state[k];

        z = on * (0.5f + 0.5f * z / sqrtf(1 + z * z));
        g = 0.5f + 0.5f * g / sqrtf(1 + g * g);
        h = h / sqrtf(1 + h * h);
        m += z * (h - m);
        state[k] = m;
        states[k] = narrow(m);
        out[k] = narrow(scale[k] * (v + g * (m - v)));
    }
}

static void run_forward(const struct layer *l, int b, int from, half *out)
{
    int wide = 2 * l->hidden;
    float state[HIDDEN_MOST] = {0};

    for (int i = 0; i < l->steps; i++) {
        size_t w = word_at(l, from ? l->steps - 1 - i : i, b);
        const half *p = l->values + w * (size_t)(l->parts * wide) + from;
        size_t at = w * (size_t)wide + (size_t)from;

        step_forward(
            l->hidden, wide, p, l->parts == 4 ? p + 3 * wide : l->x + at,
            l->drop + b * wide + from, l->mask[w], state, l->states + at,
            out + at);
    }
}

void layer_forward(
    int steps, int batch, int hidden, int parts, const half *values,
    const half *x, const float *mask, const float *drop, half *states,
    half *out)
{
    struct layer l = {steps, batch, hidden, parts, values, x, mask, drop,
                      states};

#pragma omp parallel for schedule(static)
    for (int b = 0; b < batch; b++) {
        run_forward(&l, b, 0, out);
        run_forward(&l, b, hidden, out);
    }
}

struct word {
    const half *parts, *skip, *state, *before, *grad;
    half *dparts, *dskip;
    const float *scale;
    float on;
};

static void step_backward(
    int hidden, int wide, const struct word *w, float *restrict carry)
{
    const half *restrict p = w->parts, *restrict skip = w->skip;
    const half *restrict state = w->state, *restrict before = w->before;
    const half *restrict grad = w->grad;
    half *restrict dp = w->dparts, *restrict dskip = w->dskip;
    const float *restrict scale = w->scale;
    float on = w->on;

#pragma GCC ivdep
    for (int k = 0; k < hidden; k++) {
        float z = 0.5f * widen(p[k]), h = widen(p[wide + k]);
        float g = 0.5f * widen(p[2 * wide + k]), v = widen(skip[k]);
        float m = widen(state[k]), was = widen(before[k]);
        float rz = 1 / sqrtf(1 + z * z), rh = 1 / sqrtf(1 + h * h);
        float rg = 1 / sqrtf(1 + g * g), d = scale[k] * widen(grad[k]);
        float into;

        z = on * (0.5f + 0.5f * z * rz);
        g = 0.5f + 0.5f * g * rg;
        h *= rh;
        into = carry[k] + d * g;
        dp[k] = narrow(on * 0.25f * rz * rz * rz * into * (h - was));
        dp[wide + k] = narrow(into * z * rh * rh * rh);
        dp[2 * wide + k] = narrow(0.25f * rg * rg * rg * d * (m - v));
        dskip[k] = narrow(d * (1 - g));
        carry[k] = into * (1 - z);
    }
}

static void run_backward(
    const struct layer *l, int b, int from, const half *grad, half *dparts,
    half *dx)
{
    static const half nothing[HIDDEN_MOST];
    int wide = 2 * l->hidden;
    float carry[HIDDEN_MOST] = {0};

    for (int i = l->steps - 1; i >= 0; i--) {
        size_t w = word_at(l, from ? l->steps - 1 - i : i, b);
        size_t before = word_at(l, from ? l->steps - i : i - 1, b);
        size_t first = w * (size_t)(l->parts * wide) + (size_t)from;
        size_t at = w * (size_t)wide + (size_t)from;
        bool carried = l->parts == 4;

        step_backward(
            l->hidden, wide,
            &(struct word){
                .parts = l->values + first,
                .skip = carried ? l->values + first + 3 * wide : l->x + at,
                .state = l->states + at,
                .before = i ? l->states + before * (size_t)wide + from
                            : nothing,
                .grad = grad + at,
                .dparts = dparts + first,
                .dskip = carried ? dparts + first + 3 * wide : dx + at,
                .scale = l->drop + b * wide + from,
                .on = l->mask[w]},
            carry);
    }
}

/* `grad` is of the outputs; fills `dparts` and, where the highway is x, dx. */
void layer_backward(
    int steps, int batch, int hidden, int parts, const half *values,
    const half *x, const float *mask, const float *drop, half *states,
    const half *grad, half *dparts, half *dx)
{
    struct layer l = {steps, batch, hidden, parts, values, x, mask, drop,
                      states};

#pragma omp parallel for schedule(static)
    for (int b = 0; b < batch; b++) {
        run_backward(&l, b, 0, grad, dparts, dx);
        run_backward(&l, b, hidden, grad, dparts, dx);
    }
}

static uint32_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return (uint32_t)(x >> 32);
}

/* Scales for dropout: 0 with chance `p`, else 1 / (1 - p). */
void drop_scales(uint64_t seed, float p, int64_t count, half *out)
{
    uint32_t limit = (uint32_t)(p * 4294967295.0f);
    half kept = narrow(1 / (1 - p));

#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        out[i] = mix(seed * 0x9E3779B97F4A7C15u + (uint64_t)i) < limit
            ? 0 : kept;
}

/* out[w] = sum of table[rows[w][slot]] over the slots. */
void rows_forward(
    int words, int slots, int width, const int32_t *rows, const float *table,
    half *out)
{
#pragma omp parallel for schedule(static)
    for (int w = 0; w < words; w++) {
        float sum[WIDTH_MOST] = {0};

        for (int s = 0; s < slots; s++) {
            const float *row =
                table + (size_t)rows[w * slots + s] * (size_t)width;

            for (int k = 0; k < width; k++)
                sum[k] += row[k];
        }
        for (int k = 0; k < width; k++)
            out[(size_t)w * (size_t)width + (size_t)k] = narrow(sum[k]);
    }
}

/*
 * Adam (Kingma and Ba 2015) for the rows that a batch touched, the others at
 * rest.  `sums` is all zero before and after; every thread takes its columns.
 */
void rows_step(
    int words, int slots, int width, const int32_t *rows, const half *grad,
    float rate, float *sums, float *mean, float *square, float *table)
{
    enum { COLUMNS = 64 }; /* widths are multiples of it */

#pragma omp parallel for schedule(static)
    for (int from = 0; from < width; from += COLUMNS) {
        for (int w = 0; w < words; w++)
            for (int s = 0; s < slots; s++) {
                float *sum = sums +
                    (size_t)rows[w * slots + s] * (size_t)width + from;
                const half *g = grad + (size_t)w * (size_t)width + from;

                for (int k = 0; k < COLUMNS; k++)
                    sum[k] += widen(g[k]);
            }
    }
#pragma omp parallel for schedule(static)
    for (int from = 0; from < width; from += COLUMNS) {
        for (int i = 0; i < words * slots; i++) {
            size_t at = (size_t)rows[i] * (size_t)width + (size_t)from;
            bool any = false;

            for (int k = 0; k < COLUMNS; k++)
                any |= sums[at + (size_t)k] != 0;
            for (int k = 0; any && k < COLUMNS; k++) {
                float g = sums[at + (size_t)k];
                float *m = mean + at + k, *q = square + at + k;

                *m += 0.1f * (g - *m);
                *q += 0.05f * (g * g - *q);
                table[at + (size_t)k] -= rate * *m / (sqrtf(*q) + 1e-8f);
                sums[at + (size_t)k] = 0;
            }
        }
    }
}
