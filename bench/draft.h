/*
 * draft.h - a document in the making: its text so far, and what is noted of it.
 */
#ifndef DRAFT_H
#define DRAFT_H

#include "world.h"

struct draft {
    const struct world *w;
    struct arena *a;
    struct dice dice;
    GString *text;
    GArray *sentences, *entities, *mentions, *attributions, *claims;
    GHashTable *known;  /* party's number and kind -> 1 + entity */
    enum script script; /* in which it writes people's names */
    uint32_t variant;   /* ... and how they are spelt */
    uint32_t day;
    uint32_t paragraph;
    size_t sentence_from;
    struct party subject;   /* who he or she is, if known */
    struct party voices[3]; /* whom it hears most */
};

/* `root`: the document whose text it is. */
void draft_open(
    struct draft *d, const struct world *w, struct arena *a, uint32_t root);
void draft_free(struct draft *d);

uint32_t sentence_number(const struct draft *d);
/* Writes words after a space, with a capital where a sentence begins. */
struct span put(struct draft *d, const char *words);
/* By the full name, and later often by a part of it; with the article that it
   may take, or without. */
struct phrase put_party(struct draft *d, struct party p);
struct phrase put_name(struct draft *d, struct party p);
/* He, she, or those who belong to nobody yet named. */
void put_pronoun(struct draft *d);

/* As the document calls them. */
const char *name_of(const struct draft *d, struct party p);
struct spans spans_of(const struct draft *d, struct span s);
struct span from_to(struct span first, struct span last);
struct phrase phrase_of(const struct draft *d, struct span s, uint32_t entity);
struct phrase no_phrase(void);

/* Adds a sentence about what happened; one that makes claims or, if it tells
   nothing, one of those that stand between (telling.c). */
void sentence_tell(struct draft *d, const struct happening *h, bool tells);

#endif
