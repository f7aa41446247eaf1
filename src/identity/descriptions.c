/*
 * Descriptions: "the group", "the ministry", "this teacher".  One that is
 * told apart by more than adjectives ("the group of men", "the other group")
 * is no mention of who was spoken of before.
 */
#include <string.h>

#include "identity/discourse.h"

enum {
    SPAN_MOST = 8,  /* sentences that "the group" may look back */
    OWNER_MOST = 3, /* words from "my" to its noun */
};

static bool points_back(const struct token *t)
{
    static const char *const words[] = {
        "the", "this", "that", "these", "those"};

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(t->lower, words[i]))
            return true;
    return false;
}

/* Words before the noun: one must point back, none may tell it apart. */
static bool start_agrees(
    const struct discourse *d, const struct sentence *s, uint32_t token)
{
    enum { WORDS_MOST = 6 };
    uint32_t base = d->r->bases[d->sentence];

    for (uint32_t i = token; i-- > 0 && token - i <= WORDS_MOST;) {
        const struct token *t = &s->tokens[i];

        if (t->head != token)
            continue;
        if (t->relation == RELATION_det)
            return points_back(t);
        if (g_hash_table_contains(d->r->w->blockers, t->lower) ||
            d->r->marks[base + i] & MARK_NAME)
            return false;
        if (t->relation != RELATION_amod && t->relation != RELATION_compound &&
            t->relation != RELATION_punct)
            return false;
    }
    return false;
}

/* Words after the noun: "of ...", "that ...". */
static bool end_agrees(const struct sentence *s, uint32_t token)
{
    enum { WORDS_MOST = 6 };
    uint32_t end = MIN(s->token_count, token + 1 + WORDS_MOST);

    for (uint32_t i = token + 1; i < end; i++)
        if (s->tokens[i].head == token &&
            (s->tokens[i].relation == RELATION_nmod ||
             s->tokens[i].relation == RELATION_acl ||
             s->tokens[i].relation == RELATION_appos ||
             s->tokens[i].relation == RELATION_nummod))
            return false;
    return true;
}

/* Does the folded name hold the word? */
static bool key_has(const char *key, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = key; (at = strstr(at, word)); at += len)
        if ((at == key || at[-1] == ' ') && (!at[len] || at[len] == ' '))
            return true;
    return false;
}

static bool may_be(
    const struct discourse *d, const struct candidate *c,
    const struct noun *noun, const char *word)
{
    if (c->kind != noun->kind)
        return false;
    if (noun->match == MATCH_ANY)
        return d->sentence - c->sentence <= SPAN_MOST;
    return noun->match != MATCH_CALLED &&
           key_has(d->r->entities[c->entity].key, word);
}

/* An unnamed one of that kind that was spoken of no longer ago: "an armed
   group ... The group". */
static bool is_taken(
    const struct discourse *d, const struct noun *noun, const char *word,
    const struct candidate *best)
{
    for (uint32_t i = 0; i < d->plain_count; i++) {
        const struct candidate *c = &d->plain[i];

        if (c->plural || c->kind != noun->kind)
            continue;
        if (!strcmp(c->word, word) && c->sentence >= best->sentence)
            return true;
        if (noun->match == MATCH_ANY &&
            candidate_score(d, c) > candidate_score(d, best))
            return true;
    }
    return false;
}

static uint32_t find_spoken_of(
    const struct discourse *d, const struct noun *noun, const char *word)
{
    const struct candidate *best = NULL;
    double next = 0;

    for (uint32_t i = 0; i < d->named_count; i++) {
        const struct candidate *c = &d->named[i];
        double score = candidate_score(d, c);

        if (!may_be(d, c, noun, word))
            continue;
        if (!best || score > candidate_score(d, best)) {
            next = best ? candidate_score(d, best) : 0;
            best = c;
        } else {
            next = MAX(next, score);
        }
    }
    if (!best || candidate_score(d, best) < 1.25 * next ||
        is_taken(d, noun, word, best))
        return NOBODY;
    return best->entity;
}

/* Has another one been so called since the entity was last spoken of: "Ana, a
   member ... Another member ... The member"? */
static bool is_renewed(
    const struct discourse *d, const char *word, uint32_t entity)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < d->named_count; i++)
        if (d->named[i].entity == entity)
            last = MAX(last, d->named[i].sentence);
    for (uint32_t i = 0; i < d->plain_count; i++)
        if (!d->plain[i].plural && !strcmp(d->plain[i].word, word) &&
            d->plain[i].sentence > last)
            return true;
    return false;
}

/* "his mother", by whom he is; NULL where that is not known. */
static const char *
word_of_owner(const struct discourse *d, uint32_t owner, uint32_t token)
{
    uint32_t entity = d->r->meant[d->r->bases[d->sentence] + owner];

    return entity == NOBODY
               ? NULL
               : arena_print(
                     d->r->a, "%u %s", entity,
                     token_at(d->r, d->sentence, token)->lower);
}

const char *owned_word(const struct discourse *d, uint32_t token)
{
    const struct sentence *s = &d->r->t->sentences[d->sentence];
    const struct pronoun *owner;

    for (uint32_t i = token; i-- > 0 && token - i <= OWNER_MOST;) {
        const struct token *t = &s->tokens[i];

        if (t->head != token || t->relation != RELATION_nmod)
            continue;
        owner = pronoun_lookup(d->r->w, t->lower);
        if (!owner || owner->person == 3)
            return word_of_owner(d, i, token);
        return owner->person == 1
                   ? arena_print(
                         d->r->a, "%s %s", t->lower, s->tokens[token].lower)
                   : NULL;
    }
    return NULL;
}

/* "A man came ... The man": the last so called. */
static uint32_t find_repeated(struct discourse *d, const char *word)
{
    for (uint32_t i = 0; i < d->plain_count; i++)
        if (!strcmp(d->plain[i].word, word))
            return candidate_entity(d, &d->plain[i]);
    return NOBODY;
}

uint32_t find_described(struct discourse *d, uint32_t token)
{
    const struct sentence *s = &d->r->t->sentences[d->sentence];
    const struct token *t = &s->tokens[token];
    const struct noun *noun;
    const char *owned = owned_word(d, token);
    uint32_t entity;
    gpointer called;

    if (owned) {
        called = g_hash_table_lookup(d->called, owned);
        if (!called)
            return find_repeated(d, owned);
        return called == SEVERAL ? NOBODY : GPOINTER_TO_UINT(called) - 1;
    }
    if (t->relation == RELATION_compound || !start_agrees(d, s, token) ||
        !end_agrees(s, token))
        return NOBODY;
    called = g_hash_table_lookup(d->called, t->lower);
    if (called == SEVERAL ||
        (called &&
         is_renewed(d, t->lower, GPOINTER_TO_UINT(called) - 1)))
        return NOBODY;
    if (called)
        return GPOINTER_TO_UINT(called) - 1;
    entity = find_repeated(d, t->lower);
    noun = noun_lookup(d->r->w, t);
    if (entity != NOBODY || is_plural(t) || !noun ||
        noun->kind > NOUN_PLACE || noun->match == MATCH_CALLED)
        return entity;
    return find_spoken_of(d, noun, t->lower);
}
