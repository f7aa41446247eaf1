/*
 * identity.h - mentions become people, groups and places: within a document
 * ("the group" is the Mojahedin, "Mohammadi" is Mustafa Mohammadi, MKO is the
 * long form before its bracket) and across documents (by the key of a name).
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "claims/claims.h"

/* A place in the text that refers to an entity. */
struct mention {
    struct span span;
    uint32_t sentence, head;
    uint32_t entity; /* index into entities */
    bool is_name;    /* a proper name; else a description or a pronoun */
};

struct entity {
    enum name_kind kind;
    const char *name; /* the fullest name used in the document */
    const char *key;  /* equal keys are taken for one entity across documents:
                         folded, transliterated, titles left out */
    const char *abbreviation; /* or NULL: "MKO" */
};

struct entities {
    struct entity *entities;
    struct mention *mentions; /* in text order */
    uint32_t count, mention_count;
};

/*
 * Resolves the names of `t` and the phrases of `f`, and sets `name` and
 * `entity` of every phrase in `f` that it can tell.
 */
struct entities *identity_resolve(
    const struct lexicon *lex, struct arena *a, const struct text *t,
    struct findings *f);

/* The key of a name (see struct entity); lives in `a`. */
const char *identity_key(
    struct arena *a, const char *name, enum name_kind kind);

#endif
