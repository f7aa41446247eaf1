/*
 * words.h - the tables of lexicon/ that identity reads: titles.tsv,
 * descriptions.tsv, pronouns.tsv, name-words.tsv,
 * name-opposites.tsv and common-bodies.tsv.
 */
#ifndef IDENTITY_WORDS_H
#define IDENTITY_WORDS_H

#include "identity/identity.h"

/* What a noun describes; the first three as in enum name_kind. */
enum noun_kind {
    NOUN_PERSON,
    NOUN_GROUP,
    NOUN_PLACE,
    NOUN_PART,    /* "her arm" stands for its owner */
    NOUN_CARRIER, /* "a report by X": as a source, X */
    NOUN_OTHER,   /* in no table */
};

/* To which entity "the NOUN" may refer back. */
enum noun_match {
    MATCH_ANY,    /* any of its kind: "the group" */
    MATCH_NAMED,  /* one whose name holds the noun or that was called so */
    MATCH_CALLED, /* one that was called so */
    MATCH_SITE,   /* as MATCH_NAMED; and names go with and without it: "Camp
                     Selm", "Selm" */
};

struct noun {
    enum noun_kind kind;
    enum noun_match match;
    enum gender gender;
};

struct pronoun {
    uint8_t person; /* 1, 2 or 3; 0: a relative pronoun */
    bool plural, neuter, reflexive;
    enum gender gender;
};

/* What a word does inside a name. */
enum part_kind {
    PART_NONE,
    PART_ARTICLE,  /* left out at the start: "the" */
    PART_PARTICLE, /* left out anywhere: "al" */
    PART_INNER,    /* left out but at the start: the "e" of "Khalq-e" */
    PART_SMALL,    /* kept, but has no letter in an abbreviation: "of" */
    PART_SPELLING, /* written as `folded` */
};

struct name_part {
    enum part_kind kind;
    const char *folded;
};

struct scripts;

struct identity_words {
    struct arena *arena;
    GHashTable *titles;   /* lower case -> struct noun, only gender used */
    GHashTable *nouns;    /* lemma -> struct noun */
    GHashTable *pronouns; /* lower case -> struct pronoun */
    GHashTable *parts;    /* folded -> struct name_part */
    GHashTable *blockers; /* "another group" is not "the group" */
    GHashTable *tellers;  /* of "denied it": what was said, nobody */
    GHashTable *opposites; /* lower case -> what it means: "north" */
    GHashTable *bodies;    /* of names that every country may have one of */
    struct scripts *scripts;
};

const struct noun *title_lookup(const struct identity_words *w, const char *at);
const struct noun *
noun_lookup(const struct identity_words *w, const struct token *token);
const struct pronoun *
pronoun_lookup(const struct identity_words *w, const char *lower);
struct name_part part_lookup(const struct identity_words *w, const char *word);

/* ICU's transliterators, lent to one thread at a time. */
struct scripts *scripts_new(void);
void scripts_free(struct scripts *s); /* accepts NULL */
/* `text` in lower-case ASCII as far as ICU can, appended. */
void scripts_fold(struct scripts *s, struct str text, GString *out);

#endif
