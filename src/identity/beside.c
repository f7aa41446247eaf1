/*
 * What stands by a name: titles ("Mr Karun"), nouns before it ("activist Lena
 * Karun"), appositions ("Lena Karun, a teacher") and predicates ("Lena Karun
 * is a teacher").  They tell who a description means later on, and by titles
 * and kinship words whether to say he or she; names never tell that.
 */
#include "identity/resolver.h"

#include <string.h>

static void add_gender(struct resolver *r, uint32_t entity, enum gender gender)
{
    struct someone *someone = &r->people[entity];

    if (gender == GENDER_OPEN || r->entities[entity].kind != NAME_PERSON ||
        someone->contradicted)
        return;
    if (someone->gender != GENDER_OPEN && someone->gender != gender) {
        someone->contradicted = true;
        someone->gender = GENDER_OPEN;
        return;
    }
    someone->gender = gender;
}

/* Titles right before a name, those trimmed off it among them. */
static void learn_from_titles(struct resolver *r, const struct named *n)
{
    uint32_t entity = entity_of_name(r, n);

    for (uint32_t i = n->from; i-- > 0;) {
        const struct token *t = token_at(r, n->sentence, i);
        const struct noun *title = title_lookup(r->w, t->lower);

        if (!title)
            return;
        add_gender(r, entity, title->gender);
        r->beside[r->bases[n->sentence] + i] = entity;
    }
}

/* Nobody says of a person that it is a group. */
static bool kinds_agree(
    const struct resolver *r, const struct token *noun, uint32_t entity,
    bool unknown_too)
{
    enum noun_kind kind = noun_kind_of(r, noun);

    if (kind == NOUN_OTHER)
        return unknown_too;
    return (int)kind == (int)r->entities[entity].kind;
}

static bool is_noun(const struct token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN;
}

static void set_beside(
    struct resolver *r, uint32_t sentence, uint32_t noun, uint32_t entity,
    bool unknown_too)
{
    const struct token *t = token_at(r, sentence, noun);
    const struct noun *known = noun_lookup(r->w, t);
    uint32_t at = r->bases[sentence] + noun;

    if (!is_noun(t) || !strcmp(t->xpos, "NNS") || r->name_heads[at] != NOBODY ||
        !kinds_agree(r, t, entity, unknown_too))
        return;
    r->beside[at] = entity;
    if (known)
        add_gender(r, entity, known->gender);
}

static bool leads_name(const struct token *t)
{
    return t->relation == RELATION_compound || t->relation == RELATION_flat ||
           !strcmp(t->deprel, "nmod:desc");
}

/* The noun to which a name is an apposition: of "the leader of the Union,
   Lena Karun" the leader, though the parser may hang it on the Union. */
static uint32_t
find_named(const struct resolver *r, uint32_t sentence, uint32_t name)
{
    const struct token *t = token_at(r, sentence, name);
    uint32_t head = t->head, above = entity_at(r, sentence, head);
    enum name_kind kind = r->entities[entity_at(r, sentence, name)].kind;
    const struct token *noun = token_at(r, sentence, head);
    int above_kind = above != NOBODY ? (int)r->entities[above].kind
                                     : (int)noun_kind_of(r, noun);

    if (above_kind == (int)kind || noun->relation != RELATION_nmod ||
        noun->head == NO_TOKEN)
        return head;
    noun = token_at(r, sentence, noun->head);
    return (int)noun_kind_of(r, noun) == (int)kind
               ? token_at(r, sentence, head)->head
               : head;
}

/* One link of the tree between a name and a noun. */
static void mark_link(struct resolver *r, uint32_t sentence, uint32_t token)
{
    const struct token *t = token_at(r, sentence, token);
    uint32_t own = entity_at(r, sentence, token);
    uint32_t above = entity_at(r, sentence, t->head);

    if (t->relation == RELATION_appos) {
        if (above != NOBODY && own == NOBODY)
            set_beside(r, sentence, token, above, true);
        if (own != NOBODY)
            set_beside(r, sentence, find_named(r, sentence, token), own, true);
    } else if (above != NOBODY && token < t->head && leads_name(t)) {
        set_beside(r, sentence, token, above, false);
    } else if (
        own != NOBODY && t->head < token && t->relation == RELATION_flat) {
        set_beside(r, sentence, t->head, own, false);
    }
}

/* "Lena Karun is a teacher", but not "is not", "may be". */
static void mark_predicates(struct resolver *r, uint32_t sentence)
{
    const struct sentence *s = &r->t->sentences[sentence];
    g_autofree uint8_t *copulas = g_new0(uint8_t, s->token_count);

    for (uint32_t i = 0; i < s->token_count; i++) {
        const struct token *t = &s->tokens[i];

        if (t->head == NO_TOKEN)
            continue;
        if (t->relation == RELATION_cop)
            copulas[t->head] |= 1;
        if (t->relation == RELATION_aux || !strcmp(t->lower, "not") ||
            !strcmp(t->lower, "n't"))
            copulas[t->head] |= 2;
    }
    for (uint32_t i = 0; i < s->token_count; i++) {
        const struct token *t = &s->tokens[i];
        uint32_t entity = entity_at(r, sentence, i);
        const struct noun *known;

        if (entity == NOBODY || t->relation != RELATION_nsubj ||
            t->head == NO_TOKEN || copulas[t->head] != 1 ||
            !is_noun(&s->tokens[t->head]) ||
            !kinds_agree(r, &s->tokens[t->head], entity, true))
            continue;
        known = noun_lookup(r->w, &s->tokens[t->head]);
        r->called[r->bases[sentence] + t->head] = entity;
        if (known)
            add_gender(r, entity, known->gender);
    }
}

void mark_besides(struct resolver *r)
{
    for (guint i = 0; i < r->names->len; i++)
        learn_from_titles(r, named_at(r, i));
    for (uint32_t i = 0; i < r->t->count; i++) {
        const struct sentence *s = &r->t->sentences[i];

        if (!s->name_count)
            continue;
        for (uint32_t k = 0; k < s->token_count; k++)
            if (s->tokens[k].head != NO_TOKEN)
                mark_link(r, i, k);
        mark_predicates(r, i);
    }
}
