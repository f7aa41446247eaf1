#include "language/network.h"

#include "language/encode.h"
#include "language/heads.h"

#include <string.h>

struct network {
    const struct model *m;
    uint32_t *rows; /* [token][MODEL_SLOTS] */
    uint8_t *in;    /* [token][inputs of the next product] */
    int32_t *sums;  /* [token][rows of the widest matrix] */
    float *state;   /* [token][2 * hidden]: the last layer's answer */
    float *average; /* the same, of the layer being run */
    float *zero;    /* [2 * hidden] */
    struct heads *heads;
};

static uint32_t widest(const struct model *m)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < m->layer_count; i++)
        most = MAX(most, m->layers[i].matrix.rows);
    return most;
}

struct network *
network_new(const struct model *m, const struct word_map *clause_verbs)
{
    struct network *n = g_new0(struct network, 1);
    uint32_t wide = MAX(2 * m->hidden, m->width);

    n->m = m;
    n->rows = g_new(uint32_t, NETWORK_TOKENS * MODEL_SLOTS);
    n->in = g_new(uint8_t, NETWORK_TOKENS * wide);
    n->sums = g_new(int32_t, (size_t)NETWORK_TOKENS * widest(m));
    n->state = g_new(float, NETWORK_TOKENS * 2 * m->hidden);
    n->average = g_new(float, NETWORK_TOKENS * 2 * m->hidden);
    n->zero = g_new0(float, 2 * m->hidden);
    n->heads = heads_new(m, clause_verbs);
    return n;
}

void network_free(struct network *n)
{
    if (!n)
        return;
    g_free(n->rows);
    g_free(n->in);
    g_free(n->sums);
    g_free(n->state);
    g_free(n->average);
    g_free(n->zero);
    heads_free(n->heads);
    g_free(n);
}

/* The parts of a layer's product, each 2 * hidden wide. */
enum part { PART_UPDATE, PART_CANDIDATE, PART_GATE, PART_HIGHWAY };

static inline float
part_value(const struct matrix *m, const int32_t *sums, uint32_t row)
{
    return (float)sums[row] * m->scale[row] + m->bias[row];
}

/* One step of the averages of the units [from, to), in place. */
static inline void step_average(
    const struct matrix *m, const int32_t *restrict sums, uint32_t wide,
    uint32_t from, uint32_t to, const float *restrict before,
    float *restrict out)
{
    const float *restrict scale = m->scale, *restrict bias = m->bias;

    for (uint32_t i = from; i < to; i++) {
        uint32_t k = wide + i; /* the candidate's row; the update's is i */
        float update = gate((float)sums[i] * scale[i] + bias[i]);
        float candidate = squash((float)sums[k] * scale[k] + bias[k]);

        out[i] = before[i] + update * (candidate - before[i]);
    }
}

/* The gated averages of one sentence, to the right and to the left.  `zero`
   is what stands before a sentence and after it. */
MANY_MACHINES static void run_averages(
    const struct layer *l, const int32_t *sums, uint32_t hidden, uint32_t count,
    const float *zero, float *out)
{
    const uint32_t wide = 2 * hidden, rows = l->matrix.rows;
    const float *before = zero;

    for (uint32_t t = 0; t < count; t++, before = out + (t - 1) * wide)
        step_average(
            &l->matrix, sums + (size_t)t * rows, wide, 0, hidden, before,
            out + (size_t)t * wide);
    before = zero;
    for (uint32_t t = count; t-- > 0; before = out + t * wide)
        step_average(
            &l->matrix, sums + (size_t)t * rows, wide, hidden, wide, before,
            out + (size_t)t * wide);
}

/* One token's answer: between its averages and what came in. */
static inline void mix_token(
    const struct layer *l, const int32_t *restrict sums, uint32_t wide,
    const float *restrict average, float *restrict state, uint8_t *restrict in)
{
    const float *restrict scale = l->matrix.scale + PART_GATE * wide;
    const float *restrict bias = l->matrix.bias + PART_GATE * wide;

    if (l->own_highway)
        for (uint32_t i = 0; i < wide; i++)
            state[i] = part_value(&l->matrix, sums, PART_HIGHWAY * wide + i);
    sums += PART_GATE * wide;
    for (uint32_t i = 0; i < wide; i++)
        state[i] +=
            gate((float)sums[i] * scale[i] + bias[i]) * (average[i] - state[i]);
    for (uint32_t i = 0; i < wide; i++)
        in[i] = quantise(state[i], STEPS_LAYER);
}

MANY_MACHINES static void mix_highway(
    const struct layer *l, const int32_t *sums, uint32_t wide, uint32_t count,
    const float *average, float *state, uint8_t *in)
{
    for (uint32_t t = 0; t < count; t++)
        mix_token(
            l, sums + (size_t)t * l->matrix.rows, wide,
            average + (size_t)t * wide, state + (size_t)t * wide,
            in + (size_t)t * wide);
}

static void run_layer(
    struct network *n, const struct layer *l, const struct sentence *sentences,
    uint32_t count, uint32_t tokens)
{
    const uint32_t wide = 2 * n->m->hidden;
    size_t at = 0;

    matrix_multiply(&l->matrix, n->in, tokens, n->sums);
    for (uint32_t i = 0; i < count; at += sentences[i++].token_count)
        run_averages(
            l, n->sums + at * l->matrix.rows, n->m->hidden,
            sentences[i].token_count, n->zero, n->average + at * wide);
    mix_highway(l, n->sums, wide, tokens, n->average, n->state, n->in);
}

static void tell(const struct parse_watch *watch, enum parse_part part)
{
    if (watch)
        watch->done(watch->data, part);
}

void network_run(
    struct network *n, struct arena *a, struct sentence *sentences,
    uint32_t count, const struct parse_watch *watch)
{
    const struct model *m = n->m;
    struct batch b = {.sentences = sentences, .count = count, .in = n->in};

    for (uint32_t i = 0; i < count; b.tokens += sentences[i++].token_count) {
        uint32_t *rows = n->rows + (size_t)b.tokens * MODEL_SLOTS;

        encode_sentence(m, &sentences[i], rows);
        sentences[i].is_foreign = encode_is_foreign(&sentences[i], rows);
    }
    encode_sum(m, n->rows, b.tokens, n->in);
    tell(watch, PARSE_FEATURES);
    for (uint32_t i = 0; i < m->layer_count; i++)
        run_layer(n, &m->layers[i], sentences, count, b.tokens);
    tell(watch, PARSE_LAYERS);
    heads_tag(n->heads, a, &b);
    tell(watch, PARSE_TAGS);
    heads_name(n->heads, a, &b);
    heads_said(n->heads, &b);
    tell(watch, PARSE_NAMES);
    heads_parse(n->heads, &b);
    tell(watch, PARSE_TREES);
}
