/*
 * The walk through the text.  It keeps in mind who was spoken of, the subject
 * of a sentence more than others, and asks for each description and pronoun
 * whom it means.
 */
#include "identity/resolver.h"

#include <math.h>
#include <string.h>

#include "identity/discourse.h"

double candidate_score(const struct discourse *d, const struct candidate *c)
{
    return ldexp(c->score, -(int)MIN(d->sentence - c->sentence, 60));
}

/* The token whose place in the clause that of `token` is: in "Karun and Sel
   left", both are subjects. */
static const struct token *clause_part(const struct sentence *s, uint32_t token)
{
    const struct token *t = &s->tokens[token];

    for (int steps = 0; steps < 4 && t->head != NO_TOKEN; steps++) {
        if (t->relation != RELATION_conj && t->relation != RELATION_appos)
            break;
        t = &s->tokens[t->head];
    }
    return t;
}

static double weight_of(enum relation relation)
{
    if (relation == RELATION_nsubj)
        return 4;
    if (relation == RELATION_obj || relation == RELATION_iobj ||
        relation == RELATION_root)
        return 2;
    return 1;
}

/* Puts `c` first in a memory of `most`; the oldest is forgotten. */
static void put_first(
    struct candidate *memory, uint32_t *count, uint32_t most, uint32_t at,
    struct candidate c)
{
    if (at == *count && *count < most)
        ++*count;
    at = MIN(at, most - 1);
    memmove(memory + 1, memory, at * sizeof(*memory));
    memory[0] = c;
}

static struct candidate describe(const struct discourse *d, uint32_t token)
{
    const struct sentence *s = &d->r->t->sentences[d->sentence];
    const struct token *part = clause_part(s, token);

    return (struct candidate){
        .entity = NOBODY,
        .word = s->tokens[token].lower,
        .token = token,
        .sentence = d->sentence,
        .governor = part->head,
        .score = weight_of(part->relation),
        .subject = part->relation == RELATION_nsubj,
    };
}

/* Takes what has become an entity out of the nouns without one. */
static void forget(struct discourse *d, const struct candidate *c)
{
    uint32_t at = (uint32_t)(c - d->plain);

    memmove(
        &d->plain[at], &d->plain[at + 1],
        (--d->plain_count - at) * sizeof(*d->plain));
}

static void note_entity(struct discourse *d, uint32_t token, uint32_t entity)
{
    struct candidate c = describe(d, token);
    uint32_t at = 0;

    c.entity = entity;
    c.kind = (enum noun_kind)d->r->entities[entity].kind;
    c.plural = d->r->people[entity].plural;
    while (at < d->named_count && d->named[at].entity != entity)
        at++;
    if (at < d->named_count)
        c.score += candidate_score(d, &d->named[at]);
    put_first(d->named, &d->named_count, NAMED_MOST, at, c);
}

/* What pronouns may mean though no name is known of it. */
static void note_plain(
    struct discourse *d, uint32_t token, const struct noun *noun, bool plural)
{
    struct candidate c = describe(d, token);
    const char *owned = owned_word(d, token);

    if (owned)
        c.word = owned;
    c.kind = noun ? noun->kind : NOUN_OTHER;
    c.gender = noun ? noun->gender : GENDER_OPEN;
    c.plural = plural;
    put_first(d->plain, &d->plain_count, PLAIN_MOST, d->plain_count, c);
}

static void add_called(struct discourse *d, const char *word, uint32_t entity)
{
    gpointer known = g_hash_table_lookup(d->called, word);
    gpointer value = GUINT_TO_POINTER(entity + 1);

    g_hash_table_insert(
        d->called, (gpointer)word, known && known != value ? SEVERAL : value);
}

uint32_t candidate_entity(struct discourse *d, const struct candidate *c)
{
    struct candidate made = *c;

    if (c->entity != NOBODY)
        return c->entity;
    if (c->kind > NOUN_PLACE)
        return NOBODY;
    made.entity = entity_add_unnamed(
        d->r, (enum name_kind)c->kind, c->sentence, c->token);
    d->r->people[made.entity].gender = c->gender;
    d->r->people[made.entity].plural = c->plural;
    add_called(d, c->word, made.entity);
    forget(d, c);
    put_first(d->named, &d->named_count, NAMED_MOST, d->named_count, made);
    return made.entity;
}

static void note_called(struct discourse *d, uint32_t token, uint32_t entity)
{
    const char *owned = owned_word(d, token);

    if (owned)
        add_called(d, owned, entity);
    add_called(d, token_at(d->r, d->sentence, token)->lower, entity);
}

/* "Karun and Sel": what "they" may mean. */
static void note_pair(struct discourse *d, uint32_t token)
{
    const struct token *t = token_at(d->r, d->sentence, token);

    if (t->relation == RELATION_conj)
        note_plain(d, token, NULL, true);
}

static void visit_noun(struct discourse *d, uint32_t token)
{
    struct resolver *r = d->r;
    const struct token *t = token_at(r, d->sentence, token);
    uint32_t at = r->bases[d->sentence] + token;

    if (r->beside[at] != NOBODY) {
        r->meant[at] = r->beside[at];
        note_called(d, token, r->beside[at]);
        return;
    }
    if (r->called[at] != NOBODY) {
        r->meant[at] = r->called[at];
        note_called(d, token, r->called[at]);
        return;
    }
    if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN)
        return;
    r->meant[at] = find_described(d, token);
    if (r->meant[at] != NOBODY)
        note_entity(d, token, r->meant[at]);
    else if (t->upos == UPOS_NOUN && t->relation != RELATION_compound)
        note_plain(d, token, noun_lookup(r->w, t), is_plural(t));
}

static void visit(struct discourse *d, uint32_t token)
{
    struct resolver *r = d->r;
    const struct token *t = token_at(r, d->sentence, token);
    uint32_t at = r->bases[d->sentence] + token;
    const struct pronoun *pronoun;

    if (r->name_heads[at] != NOBODY) {
        note_entity(d, token, r->meant[at]);
        note_pair(d, token);
        return;
    }
    if (r->marks[at] & MARK_NAME)
        return;
    if (t->upos != UPOS_PRON && t->upos != UPOS_DET) {
        visit_noun(d, token);
        return;
    }
    pronoun = find_pronoun_word(r, d->sentence, token);
    if (!pronoun)
        return;
    r->meant[at] = find_pronoun(d, token, pronoun);
    if (r->meant[at] != NOBODY && pronoun->person == 3)
        note_entity(d, token, r->meant[at]);
}

static void mark_names(struct resolver *r)
{
    for (guint i = 0; i < r->names->len; i++) {
        const struct named *n = named_at(r, i);

        for (uint32_t k = n->from; k < n->to; k++) {
            r->meant[r->bases[n->sentence] + k] = entity_of_name(r, n);
            r->marks[r->bases[n->sentence] + k] |= MARK_NAME;
        }
    }
}

void walk_text(struct resolver *r)
{
    struct discourse d = {.r = r};

    d.called = g_hash_table_new(g_str_hash, g_str_equal);
    mark_names(r);
    for (; d.sentence < r->t->count; d.sentence++)
        for (uint32_t k = 0; k < r->t->sentences[d.sentence].token_count; k++)
            visit(&d, k);
    g_hash_table_unref(d.called);
}
