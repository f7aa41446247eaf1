/*
 * discourse.h - who is being spoken of: a short memory of the entities and of
 * the unnamed nouns met last, that descriptions and pronouns look back at.
 */
#ifndef DISCOURSE_H
#define DISCOURSE_H

#include <string.h>

#include "identity/resolver.h"

/* Looking back costs no more than this, however long the text. */
enum { NAMED_MOST = 24, PLAIN_MOST = 48 };

/* Someone or something that was spoken of. */
struct candidate {
    uint32_t entity;             /* NOBODY: a noun of which no name is known */
    const char *word;            /* that noun, as it may be called again */
    uint32_t token;              /* where that noun stands, in `sentence` */
    uint32_t sentence, governor; /* where last */
    double score;                /* as it was in that sentence */
    enum noun_kind kind;
    enum gender gender; /* of a noun; an entity's is in resolver.people */
    bool plural, subject;
};

struct discourse {
    struct resolver *r;
    struct candidate named[NAMED_MOST], plain[PLAIN_MOST]; /* latest first */
    uint32_t named_count, plain_count;
    GHashTable *called; /* noun in lower case -> entity, SEVERAL */
    uint32_t sentence;
};

#define SEVERAL GUINT_TO_POINTER(G_MAXUINT)

/* A candidate's score now: half for each sentence since. */
double candidate_score(const struct discourse *d, const struct candidate *c);

static inline bool is_plural(const struct token *t)
{
    return t->xpos[0] == 'N' && t->xpos[1] && strchr(t->xpos, 'S') != NULL;
}

/* The entity of someone spoken of, made where no name is known; NOBODY of what
   is no person, group or place. */
uint32_t candidate_entity(struct discourse *d, const struct candidate *c);

/* The entity that the noun or pronoun at `token` refers to, or NOBODY. */
uint32_t find_described(struct discourse *d, uint32_t token);
uint32_t find_pronoun(
    struct discourse *d, uint32_t token, const struct pronoun *pronoun);

/* "my daughter", "his mother", with whose: by which she may be called again;
   NULL where nobody is known to own her.  In the resolver's arena. */
const char *owned_word(const struct discourse *d, uint32_t token);

#endif
