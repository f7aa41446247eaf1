/*
 * Pronouns, with care: number and gender must agree, the antecedent stands in
 * the same or the last two sentences, and no other that the pronoun might mean
 * may stand at a par with it in one clause.  (On GUM-open dev asking for half as much
 * again as the second best costs 1.0 of CoNLL F1 and gives no precision.)
 */
#include <string.h>

#include "identity/discourse.h"

enum { SENTENCES_MOST = 2 }; /* that a pronoun looks back */

static enum gender
gender_of(const struct discourse *d, const struct candidate *c)
{
    const struct someone *someone;

    if (c->entity == NOBODY)
        return c->gender;
    someone = &d->r->people[c->entity];
    return someone->gender != GENDER_OPEN ? someone->gender : someone->agreed;
}

static bool gender_agrees(
    const struct discourse *d, const struct candidate *c, enum gender wanted)
{
    enum gender gender = gender_of(d, c);

    return gender == GENDER_OPEN || wanted == GENDER_OPEN || gender == wanted;
}

static bool agrees(
    const struct discourse *d, const struct candidate *c,
    const struct pronoun *p)
{
    bool named = c->entity != NOBODY;

    if (p->plural)
        return c->plural || (c->kind == NOUN_GROUP && c->subject);
    if (c->plural)
        return false;
    if (p->neuter && named)
        return c->kind == NOUN_GROUP || (c->kind == NOUN_PLACE && c->subject);
    if (p->neuter)
        return c->kind != NOUN_PERSON;
    return c->kind == NOUN_PERSON && gender_agrees(d, c, p->gender);
}

/* Whoever is quoted says "I", not "he". */
static uint32_t quoted_speaker(const struct discourse *d, uint32_t token)
{
    const struct resolver *r = d->r;
    uint32_t at = r->bases[d->sentence] + token;
    const struct phrase *source;

    if (!(r->marks[at] & MARK_QUOTED) || r->speakers[at] == NOBODY)
        return NOBODY;
    source = &r->f->attributions[r->speakers[at]].source;
    return entity_of_phrase(r, source->sentence, source->head, true);
}

static bool can_be(
    const struct discourse *d, const struct candidate *c, uint32_t token,
    const struct pronoun *p)
{
    const struct token *t = token_at(d->r, d->sentence, token);

    if (d->sentence - c->sentence > SENTENCES_MOST || !agrees(d, c, p))
        return false;
    /* "Karun met him": he is another. */
    return c->sentence != d->sentence || t->head == NO_TOKEN ||
           c->governor != t->head;
}

static double score_of(
    const struct discourse *d, const struct candidate *c,
    const struct pronoun *p)
{
    double score = candidate_score(d, c);

    if (p->gender != GENDER_OPEN && gender_of(d, c) == p->gender)
        score *= 2;
    return score;
}

/* "Ali and Omar met. He ...": nothing tells which. */
static bool at_a_par(const struct candidate *a, const struct candidate *b)
{
    return a->sentence == b->sentence && a->governor == b->governor;
}

/* The best of the candidates; NULL if none can be meant, or two alike. */
static const struct candidate *
find_best(const struct discourse *d, uint32_t token, const struct pronoun *p)
{
    uint32_t speaker = quoted_speaker(d, token);
    const struct candidate *best = NULL;
    bool doubtful = false;
    double most = 0;

    for (uint32_t i = 0; i < d->named_count + d->plain_count; i++) {
        const struct candidate *c =
            i < d->named_count ? &d->named[i] : &d->plain[i - d->named_count];
        double score = score_of(d, c, p);

        if ((c->entity != NOBODY && c->entity == speaker) ||
            !can_be(d, c, token, p))
            continue;
        if (score > most) {
            most = score;
            best = c;
            doubtful = false;
        } else if (best && score == most) {
            doubtful |= at_a_par(best, c);
        }
    }
    return doubtful ? NULL : best;
}

static void agree(struct discourse *d, uint32_t entity, enum gender gender)
{
    struct someone *someone = &d->r->people[entity];

    if (someone->agreed == GENDER_OPEN)
        someone->agreed = gender;
}

/* "Karun, who ...": up to the clause that hangs on its antecedent. */
static uint32_t find_antecedent(const struct discourse *d, uint32_t token)
{
    enum { STEPS_MOST = 8 };
    const struct resolver *r = d->r;
    const struct sentence *s = &r->t->sentences[d->sentence];

    for (int i = 0; i < STEPS_MOST; i++) {
        const struct token *t = &s->tokens[token];

        if (t->head == NO_TOKEN)
            return NOBODY;
        if (t->relation == RELATION_acl)
            return t->head < token ? r->meant[r->bases[d->sentence] + t->head]
                                   : NOBODY;
        token = t->head;
    }
    return NOBODY;
}

/* "Karun hurt himself": the subject of the clause. */
static uint32_t
find_subject(const struct discourse *d, uint32_t token, const struct pronoun *p)
{
    const struct resolver *r = d->r;
    const struct sentence *s = &r->t->sentences[d->sentence];
    uint32_t head = s->tokens[token].head, subject, entity;
    bool person;

    if (head == NO_TOKEN)
        return NOBODY;
    subject = token_child(s, head, RELATION_nsubj, 0);
    if (subject == NO_TOKEN)
        return NOBODY;
    entity = r->meant[r->bases[d->sentence] + subject];
    if (entity == NOBODY)
        return NOBODY;
    person = r->entities[entity].kind == NAME_PERSON;
    return person == (!p->neuter && !p->plural) ? entity : NOBODY;
}

/* "The Front denied it": what was said of it. */
static bool is_matter(const struct discourse *d, uint32_t token)
{
    const struct token *t = token_at(d->r, d->sentence, token);

    return t->relation == RELATION_obj && t->head != NO_TOKEN &&
           g_hash_table_contains(
               d->r->w->tellers, token_at(d->r, d->sentence, t->head)->lemma);
}

uint32_t
find_pronoun(struct discourse *d, uint32_t token, const struct pronoun *p)
{
    const struct token *t = token_at(d->r, d->sentence, token);
    const struct candidate *best;
    uint32_t entity;

    if (p->person == 0)
        return t->xpos[0] == 'W' ? find_antecedent(d, token) : NOBODY;
    if (p->person != 3 || t->relation == RELATION_expl ||
        (p->neuter && is_matter(d, token)))
        return NOBODY;
    if (p->reflexive)
        return find_subject(d, token, p);
    best = find_best(d, token, p);
    if (!best)
        return NOBODY;
    entity = candidate_entity(d, best);
    if (entity != NOBODY && d->r->entities[entity].kind == NAME_PERSON)
        agree(d, entity, p->gender);
    return entity;
}
