/*
 * What the scorer sees of one reading of a cue: hashed features, pairs of a
 * word, a relation, a distance with the kind of the reading, and what the
 * network takes its words for.  A change here
 * asks for training again (train/attribution.py).
 */
#include "claims/attribution.h"

#include <string.h>

/* Words of 32 bits, mixed well enough that a table of 2^20 weights can be
   indexed by the low bits. */
static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = a * 0x9E3779B1u ^ (b + 0x7F4A7C15u) * 0x85EBCA6Bu;

    h ^= h >> 15;
    h *= 0x2C1B3C6Du;
    h ^= h >> 13;
    return h;
}

static uint32_t hash(const char *word)
{
    uint32_t h = 2166136261u;

    for (; word && *word; word++)
        h = (h ^ (uint8_t)*word) * 16777619u;
    return h;
}

static void put(struct features *f, uint32_t a, uint32_t b)
{
    f->at[f->count++] = mix(f->seed, mix(a, b)) & FEATURE_MASK;
    f->seed++;
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 20 ? 6 : n < 40 ? 7 : 8;
}

static uint32_t word_at(const struct sentence *s, uint32_t token)
{
    return token < s->token_count ? hash(s->tokens[token].lower) : 1;
}

static uint32_t tag_at(const struct sentence *s, uint32_t token)
{
    return token < s->token_count ? s->tokens[token].upos + 2u : 1;
}

/* --- the cue alone --------------------------------------------------- */

/* Which kinds of readings there are beside this one. */
static uint32_t kinds_of(const struct candidate *c)
{
    uint32_t kinds = 0;

    for (uint32_t i = 0; i < c->option_count; i++)
        if (c->options[i].base == c->token)
            kinds |= 1u << c->options[i].kind;
    return kinds;
}

static uint32_t source_shape(const struct view *v, const struct candidate *c)
{
    const struct token *t;

    if (c->source_head == NO_TOKEN)
        return 0;
    t = &v->tree->s->tokens[c->source_head];
    return mix(
        c->source_by, t->upos == UPOS_PRON ? hash(t->lower) : t->upos + 1u);
}

static uint32_t auxiliaries(const struct view *v, const struct candidate *c)
{
    const struct sentence *s = v->tree->s;
    uint32_t h = c->passive;

    for (uint32_t i = c->words.from; i < c->token; i++)
        if (s->tokens[i].upos == UPOS_AUX || s->tokens[i].upos == UPOS_PART)
            h = mix(h, hash(s->tokens[i].lemma));
    return h;
}

void features_start(
    struct cue_features *f, const struct view *v, const struct candidate *c)
{
    const struct sentence *s = v->tree->s;
    const struct token *t = &s->tokens[c->token];
    uint32_t object = tree_child(v->tree, c->token, RELATION_obj);
    uint32_t prep = tree_child(v->tree, c->token, RELATION_obl);
    const char *mark =
        prep == NO_TOKEN ? NULL : tree_marker(v->tree, prep, RELATION_case);

    f->lemma = hash(t->lemma);
    f->tag = hash(t->xpos);
    f->kinds = kinds_of(c);
    f->source = source_shape(v, c);
    f->source_word =
        c->source_head == NO_TOKEN ? 0 : hash(s->tokens[c->source_head].lemma);
    f->auxiliaries = auxiliaries(v, c);
    f->object = object == NO_TOKEN ? 0 : hash(s->tokens[object].lemma);
    f->prep = hash(mark);
    f->quoted = quotation_at(v->q, v->tree->index, t->span.from) != NULL;
    f->head = t->head == NO_TOKEN ? 0 : hash(s->tokens[t->head].lemma);
    f->next = word_at(s, c->token + 1);
    f->before = word_at(s, c->words.from - 1);
    f->particle = 0;
    if (tree_child(v->tree, c->token, RELATION_compound) != NO_TOKEN)
        f->particle =
            word_at(s, tree_child(v->tree, c->token, RELATION_compound));
}

/* --- the reading ----------------------------------------------------- */

/* What the table says: 0 no such cue, 1 no such frame, 2 the frame. */
static uint32_t table_says(const struct candidate *c, const struct option *o)
{
    static const uint32_t frames[OPTION_KIND_COUNT] = {
        [OPTION_CCOMP] = 1u << FRAME_THAT,
        [OPTION_HOST] = 1u << FRAME_THAT,
        [OPTION_BEFORE] = 1u << FRAME_THAT,
        [OPTION_AFTER] = 1u << FRAME_THAT,
        [OPTION_ADVCL] = 1u << FRAME_THAT,
        [OPTION_XCOMP] = 1u << FRAME_TO | 1u << FRAME_ING,
        [OPTION_OBJ] = 1u << FRAME_NP,
        [OPTION_SUBJ] = 1u << FRAME_NP,
        [OPTION_OBJ_XCOMP] = 1u << FRAME_NPTO,
        [OPTION_SUBJ_XCOMP] = 1u << FRAME_NPTO,
        [OPTION_QUOTE_BEFORE] = 1u << FRAME_QUOTE,
        [OPTION_QUOTE_AFTER] = 1u << FRAME_QUOTE,
        [OPTION_QUOTE_BOTH] = 1u << FRAME_QUOTE,
    };

    if (!c->cue)
        return 0;
    if (o->kind == OPTION_PREP && o->prep)
        return 1u + cue_takes_prep(c->cue, o->prep);
    return 1u + ((c->cue->frames & frames[o->kind]) != 0);
}

/* Words that are no punctuation between the cue with its sayer and a part of
   the content, up to 8. */
static uint32_t
gap(const struct sentence *s, const struct candidate *c, struct span part)
{
    uint32_t from = c->words.from, to = c->words.to, words = 0;

    if (c->source_head != NO_TOKEN) {
        from = MIN(from, c->source.from);
        to = MAX(to, c->source.to);
    }
    if (part.from < s->tokens[c->token].span.from) {
        while (from-- > 0 && words < 8 && s->tokens[from].span.from >= part.to)
            words += !token_is_punct(&s->tokens[from]);
        return words;
    }
    while (++to < s->token_count && words < 8 &&
           s->tokens[to].span.to <= part.from)
        words += !token_is_punct(&s->tokens[to]);
    return words;
}

/* How quotation marks stand to a part: bits for a mark at its start, one at
   its end, a mark anywhere in the sentence, the part within a quotation. */
static uint32_t marks_of(const struct view *v, struct span part)
{
    const struct quotation *first =
        quotation_at(v->q, v->tree->index, part.from);
    const struct quotation *last =
        quotation_at(v->q, v->tree->index, part.to ? part.to - 1 : 0);
    uint32_t next = v->q->of_sentence[v->tree->index], bits = 0;

    if (first)
        bits |= first->span.from == part.from ? 1 : 2;
    if (last)
        bits |= last->span.to == part.to ? 4 : 8;
    if (next < v->q->count && v->q->at[next].span.from < v->tree->s->span.to)
        bits |= 16;
    return bits;
}

static void put_shape(
    struct features *f, const struct view *v, const struct candidate *c,
    const struct option *o, uint32_t kind, uint32_t lemma)
{
    const struct sentence *s = v->tree->s;
    struct span first = o->parts[0], last = o->parts[o->part_count - 1];
    uint32_t side = (first.from < s->tokens[c->token].span.from) +
                    2u * (last.to > s->tokens[c->token].span.from);
    uint32_t near = mix(gap(s, c, first), gap(s, c, last));
    uint32_t ends =
        (first.from <= s->span.from) + 2u * (last.to + 2 >= s->span.to);
    uint32_t marks = mix(marks_of(v, first), marks_of(v, last));

    put(f, kind, near);
    put(f, kind, mix(side, ends));
    put(f, kind, marks);
    put(f, mix(kind, lemma), mix(marks, side));
    put(f, kind, mix(near, marks));
    put(f, mix(kind, near), mix(side, ends));
    put(f, kind, bucket((last.to - first.from) / 8));
    put(f, kind, mix(o->part_count, bucket(s->token_count / 4)));
}

static void put_words(
    struct features *f, const struct view *v, const struct cue_features *cue,
    const struct option *o, uint32_t kind)
{
    const struct sentence *s = v->tree->s;
    uint32_t head = 0, tag = 0, base = 0, prep = hash(o->prep);

    if (o->head != NO_TOKEN) {
        head = hash(s->tokens[o->head].lemma);
        tag = hash(s->tokens[o->head].xpos);
        base = hash(s->tokens[o->base].lemma);
    }
    put(f, kind, prep);
    put(f, mix(kind, cue->lemma), prep);
    put(f, kind, tag);
    put(f, mix(kind, cue->lemma), tag);
    put(f, kind, head);
    put(f, mix(kind, cue->lemma), head);
    put(f, kind, base);
    put(f, mix(kind, cue->lemma), base);
    put(f, mix(kind, prep), mix(base, cue->object));
}

/* --- what the network takes the words for ----------------------------- */

static uint32_t likely(float p)
{
    static const float steps[] = {0.04f, 0.12f, 0.3f, 0.5f, 0.7f, 0.88f, 0.96f};
    uint32_t level = 0;

    while (level < G_N_ELEMENTS(steps) && p >= steps[level])
        level++;
    return level;
}

/* The level of the words' mean; 0 of no words at all. */
static uint32_t mean_level(const struct said_sum *sum, enum said_part part)
{
    return sum->words ? 1 + likely(sum->of[part] / (float)sum->words) : 0;
}

static void
move_words(struct said_sum *to, struct said_sum *from, struct said_sum what)
{
    to->words += what.words;
    from->words -= MIN(what.words, from->words);
    for (int part = 0; part < SAID_PARTS; part++) {
        to->of[part] += what.of[part];
        from->of[part] -= what.of[part];
    }
}

static struct span
stretch_span(const struct sentence *s, const struct stretch *stretch)
{
    if (stretch->from > stretch->to)
        return (struct span){0, 0};
    return (struct span){
        s->tokens[stretch->from].span.from, s->tokens[stretch->to].span.to};
}

/* How much the words at both sides of a byte look like content: where a part
   begins or ends the one should, the other not. */
static uint32_t border_level(const struct tree *tree, uint32_t byte)
{
    const struct sentence *s = tree->s;
    uint32_t next = tree_token_from(tree, byte), before = next;
    uint32_t level = 0;

    while (before > 0 && token_is_punct(&s->tokens[before - 1]))
        before--;
    while (next < s->token_count && token_is_punct(&s->tokens[next]))
        next++;
    if (before > 0)
        level = 1 + likely(s->tokens[before - 1].said[SAID_CONTENT]);
    level *= 16;
    if (next < s->token_count)
        level += 1 + likely(s->tokens[next].said[SAID_CONTENT]);
    return level;
}

/* How well the words of a reading's parts, and those left out, look it. */
static void put_said(
    struct features *f, const struct tree *tree, const struct candidate *c,
    const struct option *o, uint32_t kind)
{
    const struct sentence *s = tree->s;
    uint32_t cue = likely(s->tokens[c->token].said[SAID_CUE]);
    struct said_sum rest = tree_said(tree, s->span);
    struct said_sum content = {0}, source = {0}, cues = {0};
    uint32_t in, out, by;

    move_words(&source, &rest, tree_said(tree, stretch_span(s, &c->source)));
    move_words(&cues, &rest, tree_said(tree, stretch_span(s, &c->words)));
    for (uint32_t i = 0; i < o->part_count; i++)
        move_words(&content, &rest, tree_said(tree, o->parts[i]));
    in = mean_level(&content, SAID_CONTENT);
    out = mean_level(&rest, SAID_CONTENT);
    by = mean_level(&source, SAID_SOURCE);
    put(f, cue, 0);
    put(f, kind, cue);
    put(f, kind, in);
    put(f, kind, out);
    put(f, in, out);
    put(f, mix(cue, in), out);
    put(f, mix(cue, by), mean_level(&rest, SAID_SOURCE));
    put(f, mix(cue, by), in);
    put(f, kind, border_level(tree, o->parts[0].from));
    put(f, kind, border_level(tree, o->parts[o->part_count - 1].to));
}

void features_find(
    struct features *f, const struct view *v, const struct candidate *c,
    const struct cue_features *cue, const struct option *o)
{
    uint32_t deep = o->base != c->token;
    uint32_t kind = o->kind * 16u + deep * 8u + c->kind + o->cut * 1024u;
    uint32_t lemma = mix(kind, cue->lemma);
    const struct token *t = &v->tree->s->tokens[c->token];

    f->count = 0;
    f->seed = 1;
    put(f, kind, 0);
    put(f, cue->lemma, c->kind);
    put(f, lemma, 0);
    put(f, kind, table_says(c, o));
    put(f, kind, mix(table_says(c, o), cue->source));
    put(f, kind, cue->tag);
    put(f, lemma, cue->tag);
    put(f, cue->lemma, cue->tag);
    put(f, kind, cue->source);
    put(f, lemma, cue->source);
    put(f, kind, cue->source_word);
    put(f, cue->lemma, cue->source_word);
    put(f, kind, cue->auxiliaries);
    put(f, lemma, cue->auxiliaries);
    put(f, kind, cue->kinds);
    put(f, lemma, cue->kinds);
    put(f, lemma, cue->object);
    put(f, lemma, cue->prep);
    put(f, lemma, cue->particle);
    put(f, kind, cue->quoted);
    put(f, lemma, cue->quoted);
    put(f, kind, mix(t->relation, cue->head));
    put(f, kind, t->relation);
    put(f, lemma, t->relation);
    put(f, kind, cue->next);
    put(f, lemma, cue->next);
    put(f, kind, cue->before);
    put(f, kind, tag_at(v->tree->s, c->token + 1));
    put_words(f, v, cue, o, kind);
    put_shape(f, v, c, o, kind, cue->lemma);
    put_said(f, v->tree, c, o, kind);
}
