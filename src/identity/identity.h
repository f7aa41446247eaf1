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
    const char *name; /* the fullest name used in the document; of one without
                         a name the words that first tell of them: "a man",
                         "I" where the document's author speaks */
    const char *key;  /* equal keys are taken for one entity across documents:
                         folded, transliterated, titles left out; "" without
                         a name */
    const char *abbreviation; /* or NULL: "MKO" */
};

struct entities {
    struct entity *entities;
    struct mention *mentions; /* in text order */
    uint32_t count, mention_count;
};

/*
 * What identity knows of words: titles, nouns that describe people, groups
 * and places, pronouns, particles of names (tables of lexicon/), and ICU's
 * rules for other scripts.  Read only once loaded; threads may share it.
 */
struct identity_words;

/* Fails with ATTEST_ERROR_DATA that names file and line. */
MUST_CHECK struct identity_words *
identity_load(const char *lexicon_dir, GError **error);
void identity_free(struct identity_words *w); /* accepts NULL */

/*
 * Resolves the names of `t` and the phrases of `f`, and sets `name` and
 * `entity` of every phrase in `f` that it can tell; where the text leaves
 * open who is meant, both stay unset, for a wrong name is worse than none.
 */
struct entities *identity_resolve(
    const struct identity_words *w, struct arena *a, const struct text *t,
    struct findings *f);

/* The key of a name (see struct entity); lives in `a`, "" if nothing of the
   name is left. */
const char *identity_key(
    const struct identity_words *w, struct arena *a, const char *name,
    enum name_kind kind);

/* --- likeness of names ------------------------------------------------- */

/*
 * What comparing names takes: how letters sound, what words do in names, and
 * the weights learnt from pairs of names.  Read only once loaded; threads may
 * share it.  `w` must outlive it.
 */
struct likeness;

/* Fails with ATTEST_ERROR_DATA that names file and line. */
MUST_CHECK struct likeness *likeness_load(
    const struct identity_words *w, const char *lexicon_dir,
    const char *models_dir, GError **error);
void likeness_free(struct likeness *l); /* accepts NULL */

/* A name made ready for comparing, once for as many comparisons as there are.
   Bytes from the first on that is not UTF-8, and words beyond the sixteenth,
   do not count. */
struct name_form;
const struct name_form *name_form_make(
    const struct likeness *l, struct arena *a, struct str name,
    enum name_kind kind);

/*
 * How likely two names of one kind are names of the same, from 0 to 1, by
 * nothing but how they are written.  The order of the two does not matter;
 * allocates nothing.
 */
double names_likeness(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b);

/* Why: a figure that was found of the two names, and what it added to the
   score, in units of log odds. */
struct likeness_reason {
    const char *name, *words; /* "both_left", "rarity left over in ..." */
    double figure, weight;
};
enum { LIKENESS_REASONS = 20 };
/* All figures of the two names, in a fixed order. */
void names_explain(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, struct likeness_reason out[LIKENESS_REASONS]);
/* Which words answer each other, as they sound, and how near they are; and
   which are left over: "selim ~ salim .93; left: karim". */
void names_answers(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, GString *out);

#endif
