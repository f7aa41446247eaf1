/*
 * parties.h - what the commands about people, groups and places share.
 */
#ifndef PARTIES_H
#define PARTIES_H

#include "cli/cli.h"

/* A case with who is who in it. */
struct company {
    struct kase *k;
    struct identity_words *words;
    struct likeness *likeness;
    struct gazetteer *gazetteer;
    struct roster *roster;
    struct arena *arena;
    /* The bonds of a persona with others: bonds[bonds_from[i]] up to
       bonds_from[i + 1], the strongest first. */
    uint32_t *bonds_from, *bonds;
};

/* Opens the case that --case names and finds who is who; on failure prints why
   and exits.  Tells of rulings that cannot hold on standard error. */
struct company company_open(case_mode mode);
void company_close(struct company *c);
/* Finds anew who is who: after a ruling. */
MUST_CHECK bool company_renew(struct company *c, GError **error);

/* The sighting that "p12" or a name stands for; NOWHERE after complaining of
   one that is nobody, or of several. */
uint32_t company_find(const struct company *c, const char *word);
const struct persona *company_party(const struct company *c, uint32_t sighting);
/* The other of a bond's two. */
const struct persona *company_other(
    const struct company *c, const struct persona *p, const struct bond *b);

/* Everybody whom one of the words means: "p12", or words in one of their names.
   Words that are such a pN are taken out of the list.  Free with kin_free. */
struct kin *company_kin(const struct company *c, char **words);
/* Adds all that a persona is called, wherever. */
void company_add_kin(
    const struct company *c, const struct persona *p, struct kin *kin);
/* Do words stand in the text, whatever their case? */
bool words_hold(const char *text, const char *words);

/* "Homs, Homs Governorate, SY"; "" for NOWHERE. */
const char *spot_words(const struct company *c, uint32_t spot);
/* "near p7 Port Selm"; "" where the text does not say. */
const char *beside_words(const struct company *c, const struct persona *p);
/* What may be meant where that is open: "Meridian, Idaho, US; ..." */
const char *candidate_words(const struct company *c, const struct persona *p);
/* The names that are not the one shown, "A, B". */
const char *also_words(const struct company *c, const struct persona *p);

/* Has a reviewer kept them apart? */
bool is_ruled_apart(
    const struct company *c, const struct persona *x, const struct persona *y);

/* "p12 Teodor Brask"; in the company's arena. */
const char *persona_words(const struct company *c, const struct persona *p);
/* "Teodor Brask of p12" where it has several names. */
const char *sighting_words(const struct company *c, uint32_t sighting);
/* "p14 Brask (0.71), ...": with whom they are perhaps one. */
const char *perhaps_words(const struct company *c, const struct persona *p);
/* "by ana on 2026-11-27: because" */
const char *ruling_words(const struct company *c, const struct ruling_row *row);
/* What speaks for and against two being one, strongest first, in one line. */
const char *reason_words(
    const struct company *c, uint32_t one, uint32_t other, uint32_t most);

/* All that is said of one; a status. */
int show_persona(const struct company *c, const char *word);

/* A list of people, groups or places: one command. */
struct party_list {
    enum name_kind kind;
    const char *usage, *about;
    const struct column *columns;
    int column_count;
    void (*add_row)(
        struct list *l, const struct company *c, const struct persona *p);
};
int list_parties(int argc, char **argv, const struct party_list *list);
/* Appends a ruling as the arguments say: the command of that verdict. */
int add_ruling(
    int argc, char **argv, enum ruling_verdict verdict, const char *usage,
    const char *about);

#endif
