/*
 * resolver.h - the state of resolving one document, shared by the steps:
 * names.c finds the names and their forms, link.c makes entities of them,
 * beside.c learns from the words around them, discourse.c walks the text,
 * descriptions.c and pronouns.c tell whom it then means, speakers.c who says
 * "I", entities.c adds to who is known, resolve.c puts the result together.
 */
#ifndef RESOLVER_H
#define RESOLVER_H

#include "identity/fold.h"

#define NOBODY UINT32_MAX

/* A name where it stands: trimmed tokens [from, to) of its sentence. */
struct named {
    uint32_t sentence, from, to, head;
    uint32_t form;
};

/* One way in which the document writes a name. */
struct form {
    const char *text; /* as first written */
    struct folded folded;
    uint32_t kinds[3]; /* how often it was read as which kind */
    enum name_kind kind;
    uint32_t mentions;
    uint32_t long_form; /* of an abbreviation; else NOBODY */
    uint32_t entity;
};

/* Somebody that the text speaks of, beside what struct entity tells. */
struct someone {
    enum gender gender; /* by titles and kinship words */
    bool contradicted;  /* by both: then open for good */
    enum gender agreed; /* by pronouns that seemed to mean them */
    uint32_t words;     /* of the fullest name */
    bool plural;        /* several, of whom no name is known */
};

struct resolver {
    const struct identity_words *w;
    struct arena *a;
    const struct text *t;
    struct findings *f;
    uint32_t token_count;
    uint32_t *bases;      /* a sentence's first token in the arrays below */
    uint32_t *name_heads; /* token -> index into names, or NOBODY */
    uint32_t *meant;      /* token -> entity, or NOBODY */
    uint32_t *beside;     /* noun or title that stands by a name -> entity */
    uint32_t *called;     /* noun that a name is said to be -> entity */
    uint32_t *speakers;   /* token -> innermost attribution, or NOBODY */
    uint8_t *marks;       /* token -> MARK_... */
    GArray *names;        /* of struct named */
    GArray *forms;        /* of struct form */
    struct entity *entities;
    struct someone *people; /* beside entities */
    uint32_t entity_count, entity_room;
};

enum {
    MARK_NAME = 1,   /* part of a name */
    MARK_QUOTED = 2, /* stands between quotation marks */
};

static inline struct named *named_at(const struct resolver *r, uint32_t i)
{
    return &g_array_index(r->names, struct named, i);
}

static inline struct form *form_at(const struct resolver *r, uint32_t i)
{
    return &g_array_index(r->forms, struct form, i);
}

static inline const struct token *
token_at(const struct resolver *r, uint32_t sentence, uint32_t token)
{
    return &r->t->sentences[sentence].tokens[token];
}

static inline uint32_t
entity_of_name(const struct resolver *r, const struct named *n)
{
    return form_at(r, n->form)->entity;
}

/* The entity of the name that `token` heads, or NOBODY. */
static inline uint32_t
entity_at(const struct resolver *r, uint32_t sentence, uint32_t token)
{
    uint32_t i = r->name_heads[r->bases[sentence] + token];

    return i == NOBODY ? NOBODY : entity_of_name(r, named_at(r, i));
}

static inline enum noun_kind
noun_kind_of(const struct resolver *r, const struct token *t)
{
    const struct noun *noun = noun_lookup(r->w, t);

    return noun ? noun->kind : NOUN_OTHER;
}

/* The row of a pronoun, or NULL; "the mine" is none. */
static inline const struct pronoun *
find_pronoun_word(const struct resolver *r, uint32_t sentence, uint32_t token)
{
    const struct sentence *s = &r->t->sentences[sentence];

    return token_child(s, token, RELATION_det, 0) == NO_TOKEN
               ? pronoun_lookup(r->w, s->tokens[token].lower)
               : NULL;
}

/* Another entity, whose key is still to be set. */
uint32_t
entity_add(struct resolver *r, enum name_kind kind, const char *name);
/* One without a name, told of by the word at `token` and what belongs to it;
   the word means it from now on. */
uint32_t entity_add_unnamed(
    struct resolver *r, enum name_kind kind, uint32_t sentence,
    uint32_t token);
/* A description with the words right before it that belong to it. */
struct span
description_span(const struct resolver *r, uint32_t sentence, uint32_t head);

/* The steps, in this order. */
void find_names(struct resolver *r);
void link_forms(struct resolver *r);
void mark_besides(struct resolver *r);
void mark_speakers(struct resolver *r);
void walk_text(struct resolver *r);
void find_speakers(struct resolver *r);

/* Whom the phrase headed by that token stands for: the entity meant, the
   owner of a part of the body, the maker of what a source wrote. */
uint32_t entity_of_phrase(
    const struct resolver *r, uint32_t sentence, uint32_t head, bool source);

#endif
