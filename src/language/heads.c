#include "language/heads.h"

#include "language/clauses.h"
#include "language/lemma.h"
#include "language/names.h"
#include "language/network.h"
#include "language/pairs.h"
#include "language/stops.h"
#include "language/tree.h"

#include <string.h>

/* The best head of a token, were it alone, and how far before the next. */
struct choice {
    uint32_t head; /* 0 the root, else token + 1 */
    float margin;
};

struct heads {
    const struct model *m;
    const struct word_map *clause_verbs;
    int32_t *sums;   /* [token][rows of the widest head] */
    uint8_t *hidden; /* [token][inputs of a head's last product] */
    int16_t *dependents, *sources; /* [token][arc]: the halves of arcs */
    float *scores;          /* [token][NAME_TAGS], or a relation's halves */
    float *bias;            /* of each token as a head */
    uint32_t *best;         /* of a token */
    uint32_t *stops;        /* of a token: where a mark should hang */
    struct choice *choices; /* of a token's head */
    struct token **tokens;  /* of the sentences, one after the other */
    struct tree_maker *maker;
    float *arcs; /* [dependent][1 + head], of one sentence */
};

struct heads *
heads_new(const struct model *m, const struct word_map *clause_verbs)
{
    struct heads *h = g_new0(struct heads, 1);
    const struct matrix *all[] = {&m->tag,   &m->upos,        &m->xpos,
                                  &m->feats, &m->lemma,       &m->names,
                                  &m->arcs,  &m->arc_score,   &m->rels,
                                  &m->rel,   &m->said_hidden, &m->said};
    uint32_t rows = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        rows = MAX(rows, all[i]->rows);
    h->m = m;
    h->clause_verbs = clause_verbs;
    h->sums = g_new(int32_t, (size_t)NETWORK_TOKENS * rows);
    h->hidden = g_new(uint8_t, (size_t)NETWORK_TOKENS * rows);
    h->dependents = g_new(int16_t, (size_t)NETWORK_TOKENS * rows);
    h->sources = g_new(int16_t, (size_t)NETWORK_TOKENS * rows);
    h->scores = g_new(float, (size_t)NETWORK_TOKENS *rows);
    h->bias = g_new(float, NETWORK_TOKENS);
    h->best = g_new(uint32_t, NETWORK_TOKENS);
    h->stops = g_new(uint32_t, NETWORK_TOKENS);
    h->choices = g_new(struct choice, NETWORK_TOKENS);
    h->arcs = g_new(float, NETWORK_TOKENS *(NETWORK_TOKENS + 1));
    h->tokens = g_new(struct token *, NETWORK_TOKENS);
    h->maker = tree_maker_new(NETWORK_TOKENS);
    return h;
}

void heads_free(struct heads *h)
{
    if (!h)
        return;
    g_free(h->sums);
    g_free(h->hidden);
    g_free(h->dependents);
    g_free(h->sources);
    g_free(h->scores);
    g_free(h->bias);
    g_free(h->best);
    g_free(h->stops);
    g_free(h->choices);
    g_free(h->arcs);
    g_free(h->tokens);
    tree_maker_free(h->maker);
    g_free(h);
}

/* out[token][count] = the rows from `from` of the product, scaled. */
MANY_MACHINES static void scale_rows(
    const struct matrix *m, const int32_t *sums, uint32_t tokens, uint32_t from,
    uint32_t count, float *out)
{
    for (uint32_t t = 0; t < tokens; t++, sums += m->rows, out += count)
        for (uint32_t i = 0; i < count; i++)
            out[i] =
                (float)sums[from + i] * m->scale[from + i] + m->bias[from + i];
}

/* The same, squashed, in STEPS_SQUASHED. */
MANY_MACHINES static void squash_rows(
    const struct matrix *m, const int32_t *sums, uint32_t tokens, uint32_t from,
    uint32_t count, uint8_t *out)
{
    for (uint32_t t = 0; t < tokens; t++, sums += m->rows, out += count)
        for (uint32_t i = 0; i < count; i++)
            out[i] = quantise(
                squash(
                    (float)sums[from + i] * m->scale[from + i] +
                    m->bias[from + i]),
                STEPS_SQUASHED);
}

static uint32_t
best_row(const struct matrix *m, const int32_t *sums, uint32_t count)
{
    float most = (float)sums[0] * m->scale[0] + m->bias[0];
    uint32_t best = 0;

    for (uint32_t i = 1; i < count; i++) {
        float score = (float)sums[i] * m->scale[i] + m->bias[i];

        if (score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

/* The best class of each token, by the tags' hidden layer. */
static const uint32_t *classify(
    struct heads *h, const struct matrix *m, uint32_t classes, uint32_t tokens)
{
    matrix_multiply(m, h->hidden, tokens, h->sums);
    for (uint32_t t = 0; t < tokens; t++)
        h->best[t] = best_row(m, h->sums + (size_t)t * m->rows, classes);
    return h->best;
}

void heads_tag(struct heads *h, struct arena *a, const struct batch *b)
{
    const struct model *m = h->m;
    struct token **next = h->tokens;
    const uint32_t *best;

    for (uint32_t i = 0; i < b->count; i++)
        for (uint32_t t = 0; t < b->sentences[i].token_count; t++)
            *next++ = &b->sentences[i].tokens[t];
    matrix_multiply(&m->tag, b->in, b->tokens, h->sums);
    squash_rows(&m->tag, h->sums, b->tokens, 0, m->tag.rows, h->hidden);
    best = classify(h, &m->upos, UPOS_COUNT, b->tokens);
    for (uint32_t t = 0; t < b->tokens; t++)
        h->tokens[t]->upos = (enum upos)best[t];
    best = classify(h, &m->xpos, m->xpos_names.count, b->tokens);
    for (uint32_t t = 0; t < b->tokens; t++)
        h->tokens[t]->xpos = m->xpos_names.names[best[t]];
    best = classify(h, &m->feats, m->feats_names.count, b->tokens);
    for (uint32_t t = 0; t < b->tokens; t++)
        h->tokens[t]->feats = m->feats_names.names[best[t]];
    best = classify(h, &m->lemma, m->edit_count, b->tokens);
    for (uint32_t t = 0; t < b->tokens; t++)
        h->tokens[t]->lemma = lemma_find(m, a, h->tokens[t], best[t]);
}

/* Follows heads_tag, whose hidden layer it uses. */
void heads_name(struct heads *h, struct arena *a, const struct batch *b)
{
    const struct matrix *m = &h->m->names;
    const float *scores = h->scores;

    matrix_multiply(m, h->hidden, b->tokens, h->sums);
    scale_rows(m, h->sums, b->tokens, 0, NAME_TAGS, h->scores);
    for (uint32_t i = 0; i < b->count; i++) {
        names_decode(h->m->name_moves, scores, a, &b->sentences[i]);
        scores += (size_t)b->sentences[i].token_count * NAME_TAGS;
    }
}

void heads_said(struct heads *h, const struct batch *b)
{
    const struct matrix *hidden = &h->m->said_hidden, *said = &h->m->said;
    const float *scores = h->scores;

    matrix_multiply(hidden, b->in, b->tokens, h->sums);
    squash_rows(hidden, h->sums, b->tokens, 0, hidden->rows, h->hidden);
    matrix_multiply(said, h->hidden, b->tokens, h->sums);
    scale_rows(said, h->sums, b->tokens, 0, SAID_PARTS, h->scores);
    for (uint32_t t = 0; t < b->tokens; t++)
        for (uint32_t part = 0; part < SAID_PARTS; part++)
            h->tokens[t]->said[part] = gate(*scores++);
}

MANY_MACHINES static void
round_all(const float *in, float steps, size_t count, int16_t *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = (int16_t)round_steps(in[i], steps, ARC_MOST);
}

MANY_MACHINES static void squash_all(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] = squash(x[i]);
}

/* Sets `dependents`, and of the same tokens as heads `sources` and `bias`. */
static void make_arc_vectors(struct heads *h, const struct batch *b)
{
    const struct model *m = h->m;
    const struct matrix *score = &m->arc_score;
    const size_t count = (size_t)b->tokens * m->arc;

    matrix_multiply(&m->arcs, b->in, b->tokens, h->sums);
    scale_rows(&m->arcs, h->sums, b->tokens, 0, m->arc, h->scores);
    squash_all(h->scores, count);
    round_all(h->scores, STEPS_DEPENDENT, count, h->dependents);
    squash_rows(&m->arcs, h->sums, b->tokens, m->arc, m->arc, h->hidden);
    matrix_multiply(score, h->hidden, b->tokens, h->sums);
    scale_rows(score, h->sums, b->tokens, 0, m->arc, h->scores);
    round_all(h->scores, STEPS_HEAD, count, h->sources);
    for (uint32_t t = 0; t < b->tokens; t++)
        h->bias[t] = (float)h->sums[(size_t)t * score->rows + m->arc] *
                         score->scale[m->arc] +
                     score->bias[m->arc];
}

static inline int32_t dot(const int16_t *a, const int16_t *b, uint32_t count)
{
    int32_t sum = 0;

    for (uint32_t i = 0; i < count; i++)
        sum += (int32_t)a[i] * b[i];
    return sum;
}

/* arcs[dependent][1 + head] of the `count` tokens given; column 0 is the
   root. */
MANY_MACHINES static void score_arcs(
    const struct model *m, const int16_t *dependents, const int16_t *sources,
    const float *bias, uint32_t count, float *arcs)
{
    const float unit = 1.0f / ((float)STEPS_DEPENDENT * STEPS_HEAD);
    const uint32_t wide = m->arc;
    int16_t root[MATRIX_INPUTS];

    for (uint32_t i = 0; i < wide; i++)
        root[i] = (int16_t)round_steps(m->arc_root[i], STEPS_HEAD, ARC_MOST);
    for (uint32_t d = 0; d < count; d++, dependents += wide) {
        float *row = arcs + (size_t)d * (count + 1);

        row[0] = (float)dot(dependents, root, wide) * unit + m->arc_root[wide];
        for (uint32_t s = 0; s < count; s++)
            row[1 + s] =
                (float)dot(dependents, sources + (size_t)s * wide, wide) *
                    unit +
                bias[s];
    }
}

/* Words of a person's name hang on its first (UD: flat): what the name finder
   is sure of helps the tree. */
static void favour_names(const struct sentence *s, float *arcs)
{
    static const float favour = 4;

    for (uint32_t i = 0; i < s->name_count; i++) {
        const struct name *n = &s->names[i];

        for (uint32_t t = n->from + 1; n->kind == NAME_PERSON && t < n->to; t++)
            if (s->tokens[t].upos == UPOS_PROPN)
                arcs[(size_t)t * (s->token_count + 1) + 1 + n->from] += favour;
    }
}

static struct choice
choose_head(const float *row, uint32_t count, uint32_t dependent)
{
    struct choice c = {0, 0};
    float most = row[0], next = -INFINITY;

    for (uint32_t s = 1; s <= count; s++) {
        if (s == dependent + 1)
            continue;
        if (row[s] > most) {
            next = most;
            most = row[s];
            c.head = s;
        } else if (row[s] > next) {
            next = row[s];
        }
    }
    if (count > 1)
        c.margin = most - next;
    return c;
}

/* Margins are differences of log-odds; gate() is near to the logistic
   function.  Where the tree wanted another head than the best, either may be
   right. */
static void set_head(struct token *t, uint32_t head, struct choice c)
{
    t->head = head ? head - 1 : NO_TOKEN;
    t->arc_confidence = head == c.head ? gate(c.margin) : 0.5f;
}

/* Marks that the scores leave in doubt hang where the guidelines want them. */
static void hang_stops(struct heads *h, const struct sentence *s)
{
    static const float doubt = 2; /* in log-odds; set on dev */
    const size_t row = s->token_count + 1;

    stops_find(s, h->best, h->stops);
    for (uint32_t t = 0; t < s->token_count; t++) /* nothing hangs on it */
        if (h->best[t])
            h->stops[h->best[t] - 1] = 0;
    for (uint32_t t = 0; t < s->token_count; t++)
        if (h->stops[t] &&
            h->arcs[t * row + h->best[t]] - h->arcs[t * row + h->stops[t]] <
                doubt)
            h->best[t] = h->stops[t];
}

static void set_heads(struct heads *h, const struct batch *b)
{
    const uint32_t wide = h->m->arc;
    size_t at = 0;

    make_arc_vectors(h, b);
    for (uint32_t i = 0; i < b->count; at += b->sentences[i++].token_count) {
        struct sentence *s = &b->sentences[i];

        score_arcs(
            h->m, h->dependents + at * wide, h->sources + at * wide,
            h->bias + at, s->token_count, h->arcs);
        favour_names(s, h->arcs);
        clauses_favour(h->clause_verbs, s, h->arcs);
        for (uint32_t t = 0; t < s->token_count; t++)
            h->choices[t] = choose_head(
                h->arcs + (size_t)t * (s->token_count + 1), s->token_count, t);
        tree_make(h->maker, h->arcs, s->token_count, h->best);
        hang_stops(h, s);
        for (uint32_t t = 0; t < s->token_count; t++)
            set_head(&s->tokens[t], h->best[t], h->choices[t]);
    }
}

/* The relations' hidden layer: a dependent's half and its head's, cut at 0. */
MANY_MACHINES static void join_halves(
    const struct model *m, const float *halves, size_t first,
    const struct sentence *s, uint8_t *out)
{
    const uint32_t wide = m->label;

    for (uint32_t t = 0; t < s->token_count; t++, out += wide) {
        uint32_t head = s->tokens[t].head;
        const float *own = halves + (first + t) * 2 * wide;
        const float *other = head == NO_TOKEN
                                 ? m->rel_root
                                 : halves + (first + head) * 2 * wide + wide;

        for (uint32_t i = 0; i < wide; i++) {
            float sum = own[i] + other[i];

            out[i] = quantise(sum > 0 ? sum : 0, STEPS_JOINED);
        }
    }
}

/* The best relation: `root` for the root, and for no other. */
static void
set_relation(const struct model *m, const int32_t *sums, struct token *t)
{
    const struct matrix *r = &m->rel;
    const bool is_root = t->head == NO_TOKEN;
    float most = -INFINITY, next = -INFINITY;
    uint32_t best = 0;

    for (uint32_t i = 0; i < m->rel_names.count; i++) {
        float score = (float)sums[i] * r->scale[i] + r->bias[i];

        if ((m->relations[i] == RELATION_root) != is_root)
            continue;
        if (score > most) {
            next = most;
            most = score;
            best = i;
        } else if (score > next) {
            next = score;
        }
    }
    t->relation = m->relations[best];
    t->deprel = m->rel_names.names[best];
    if (!is_root)
        t->arc_confidence *= gate(most - next);
}

static void set_relations(struct heads *h, const struct batch *b)
{
    const struct model *m = h->m;
    size_t first = 0;

    matrix_multiply(&m->rels, b->in, b->tokens, h->sums);
    scale_rows(&m->rels, h->sums, b->tokens, 0, 2 * m->label, h->scores);
    for (uint32_t i = 0; i < b->count; first += b->sentences[i++].token_count)
        join_halves(
            m, h->scores, first, &b->sentences[i],
            h->hidden + first * m->label);
    matrix_multiply(&m->rel, h->hidden, b->tokens, h->sums);
    for (uint32_t t = 0; t < b->tokens; t++)
        set_relation(m, h->sums + (size_t)t * m->rel.rows, h->tokens[t]);
}

void heads_parse(struct heads *h, const struct batch *b)
{
    set_heads(h, b);
    set_relations(h, b);
    for (uint32_t i = 0; i < b->count; i++) {
        clauses_mark(&b->sentences[i]);
        clauses_join(&b->sentences[i]);
        clauses_find_subject(&b->sentences[i]);
        clauses_list(&b->sentences[i]);
        pairs_attach(&b->sentences[i]);
    }
}
