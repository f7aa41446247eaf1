/*
 * atlas.h - of which country and sector a party is, by the words that stand
 * for it; driven by lexicon/countries.tsv and lexicon/sectors.tsv.
 *
 * Only what a phrase itself says is told: "the army" has no country.
 */
#ifndef ATLAS_H
#define ATLAS_H

#include "exchange/forms.h"

struct atlas;
MUST_CHECK struct atlas *atlas_load(const char *dir, GError **error);
void atlas_free(struct atlas *t); /* accepts NULL */

enum { SECTORS_MOST = 2, CODES_MOST = 4 };

struct coding {
    const char
        *codes[CODES_MOST]; /* "Ethiopian and Eritrean troops" are of two */
    uint32_t code_count;
    const char *sectors[SECTORS_MOST]; /* the second stands beside: OPP */
    uint32_t sector_count;
    bool is_weak; /* the sector is a guess from a general word */
};

/* Codes a phrase; everything in it is borrowed from `t`. */
struct coding
atlas_code(const struct atlas *t, struct arena *a, const char *phrase);
/* The country a place lies in, or NULL. */
const char *
atlas_place(const struct atlas *t, struct arena *a, const char *phrase);
/* A form of a country that begins with a word. */
enum country_word {
    COUNTRY_NAME,
    COUNTRY_PEOPLE,
    COUNTRY_CAPITAL,
    COUNTRY_PLACE
};
struct country_form {
    const char *code, *name; /* its usual English name */
    enum country_word what;
    uint32_t length; /* in words */
};
bool atlas_find(
    const struct atlas *t, const struct words *w, uint32_t i,
    struct country_form *out);
/* The usual English name of a country, or NULL. */
const char *atlas_country_name(const struct atlas *t, const char *code);
/* The sector that a form of words tells by itself, or NULL. */
const char *atlas_sector(
    const struct atlas *t, const struct words *w, uint32_t i, uint32_t *length);
/* Is the word one that begins a new part of a phrase; that leads to whom an
   act is done? */
bool atlas_parts(const struct atlas *t, const char *lower);
bool atlas_leads(const struct atlas *t, const char *lower);
/* Does the phrase stand for someone named before? */
bool atlas_is_pronoun(const struct atlas *t, const char *phrase);

#endif
