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
const struct identity_words *likeness_words(const struct likeness *l);

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

/* --- across documents -------------------------------------------------- */

/* By titles, pronouns and words of kinship. */
enum gender { GENDER_OPEN, GENDER_MALE, GENDER_FEMALE };

/* The gender that a pronoun, a title or the last word of a description tells,
   or GENDER_OPEN. */
enum gender
words_gender(const struct identity_words *w, struct str words);

/* How someone is written somewhere; names of one kind and key are one. */
struct spelling {
    enum name_kind kind;
    const char *words, *key;  /* as first written; see struct entity */
    const char *abbreviation; /* that some document gives it, or NULL */
};

enum { NOWHERE = UINT32_MAX };

/* Someone in one document. */
struct sighting {
    uint32_t document; /* counted from 0, ascending in a list of sightings */
    uint32_t spelling; /* index */
    enum gender gender;
    int16_t first_year, last_year; /* of what is told of them; 0: unknown */
    uint32_t site;     /* of a place: equal where it is known to be one spot on
                          earth; else NOWHERE */
};

/* A claim has both parts: someone, and one who is so written. */
struct tie {
    uint32_t sighting, spelling;
};

struct sightings {
    const struct sighting *at;
    const struct spelling *spellings;
    const struct tie *ties; /* by sighting */
    uint32_t count, spelling_count, tie_count, document_count;
};

/* What a reviewer holds of two sightings. */
struct ruling {
    uint32_t one, other;
    bool apart;
};

enum bond_fate {
    BOND_KEPT,   /* taken for one */
    BOND_OPEN,   /* perhaps one: for people to say */
    BOND_REFUSED /* would be kept, but a ruling or a name stands between */
};

/* Two that seem to be one. */
struct bond {
    uint32_t one, other; /* sightings, the earlier first */
    float score;         /* 0 to 1 */
    enum bond_fate fate;
};

/* A ruling that cannot hold, for it would join what another keeps apart. */
struct clash {
    uint32_t ruling, other; /* indices into the rulings */
};

/*
 * Who is who.  Of sightings of one kind, those are taken for one whose names
 * and surroundings leave little doubt, and those that a ruling joins; never
 * those that a ruling keeps apart.  docs/people.md tells the rules.
 */
struct crowd;
struct joined {
    const uint32_t *first; /* by sighting: the first of those that are one */
    const struct bond *bonds; /* the strongest first */
    const struct clash *clashes;
    uint32_t bond_count, clash_count;
    struct crowd *crowd; /* for sightings_compare */
};

/* `rulings` come newest first, and so does what holds of them.  Everything is
   in `a`; the sightings and `l` must outlive it. */
struct joined sightings_join(
    const struct likeness *l, struct arena *a, const struct sightings *s,
    const struct ruling *rulings, uint32_t ruling_count);

/* What speaks for and against two sightings being one. */
enum { REMARKS_MOST = 16 };
struct remark {
    const char *words;
    double weight; /* in units of log odds */
    bool objects;  /* keeps the two from being taken for one unasked */
};
struct comparison {
    double score;
    bool may_join; /* nothing stands against taking them for one unasked */
    uint32_t count;
    struct remark remarks[REMARKS_MOST];
};
void sightings_compare(
    const struct joined *j, struct arena *a, uint32_t one, uint32_t other,
    struct comparison *out);

/* --- places on earth ---------------------------------------------------- */

enum spot_kind { SPOT_TOWN, SPOT_REGION, SPOT_COUNTRY };

/* A place of GeoNames (CC BY 4.0), as Debian packs it: towns of some size, and
   their regions and countries, where the coordinates are the centre of their
   towns. */
struct spot {
    enum spot_kind kind;
    uint32_t id;               /* GeoNames'; 0 of regions and countries */
    const char *name, *region; /* region: "" where none is known */
    const char *country;       /* ISO 3166-1, two letters */
    double latitude, longitude;
    int64_t population;
};

/* Read only once loaded; threads may share it.  `w` must outlive it.  Fails
   with ATTEST_ERROR_DATA that names file and line.  Without the packages at
   build time it knows no places. */
struct gazetteer;
MUST_CHECK struct gazetteer *gazetteer_load(
    const struct identity_words *w, const char *lexicon_dir, GError **error);
void gazetteer_free(struct gazetteer *g); /* accepts NULL */
/* NULL for NOWHERE. */
const struct spot *gazetteer_spot(const struct gazetteer *g, uint32_t spot);

/* PLACE_LISTED: "Tarn, Velmara", which may be a list. */
enum place_relation { PLACE_ALONE, PLACE_IN, PLACE_NEAR, PLACE_LISTED };
/* What the words between two places tell of the first: ", a village near". */
enum place_relation place_relation_find(
    const struct gazetteer *g, struct arena *a, struct str between);

enum { WHEREABOUT_CANDIDATES = 4 };
/* A place that a document names. */
struct whereabout {
    const char *name;
    enum place_relation link; /* how the text says that it lies ... */
    uint32_t beside;          /* ... to that other of its places, or NOWHERE */
    uint32_t spot;            /* found: index of the spot meant, or NOWHERE */
    uint32_t candidates[WHEREABOUT_CANDIDATES], candidate_count;
};
/* Finds the spots of the places of one document; settles PLACE_LISTED, and
   takes back what cannot be. */
void places_find(
    const struct gazetteer *g, struct arena *a, struct str text,
    struct whereabout *places, uint32_t count);

#endif
