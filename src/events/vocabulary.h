/*
 * vocabulary.h - the words of a case's claims as numbers, and how much each
 * tells: rare words more than frequent ones.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include "base/base.h"

struct vocabulary;

/* `stops` are words that tell nothing; borrowed. */
struct vocabulary *vocabulary_new(GHashTable *stops);
void vocabulary_free(struct vocabulary *v);
/* A name of any kind as a number, from 1; NULL and "" are 0. */
uint32_t vocabulary_name(struct vocabulary *v, const char *name);

/* For sorting words by number. */
int word_compare(const void *x, const void *y);

/* A text's words, each once, by number. */
struct bag {
    uint32_t *words;
    uint32_t count;
    float norm;    /* of their weights; 0 until weighed */
    uint64_t mark; /* a bit for each word, some sharing one: bags without a
                      common bit share no word; set by weighing */
};
/* Words of three letters or more that are no stops, without endings; a figure
   is none.  At most `most` of them. */
struct bag vocabulary_bag(
    struct vocabulary *v, struct arena *a, const char *text, uint32_t most);
/* Both bags' words; not weighed. */
struct bag
bags_joined(struct arena *a, const struct bag *x, const struct bag *y);
/* Are all words of `part` in `whole`? */
bool bag_has(const struct bag *whole, const struct bag *part);
/* The words of the text in their order, stops and all; for shingles. */
uint32_t vocabulary_line(
    struct vocabulary *v, const char *text, uint32_t *out, uint32_t most);

/* Counts a word that is in a document; once for each document. */
void vocabulary_count(struct vocabulary *v, uint32_t word);
/* After all are counted: sets the weights. */
void vocabulary_weigh(struct vocabulary *v, uint32_t documents);
float word_weight(const struct vocabulary *v, uint32_t word);
uint32_t word_documents(const struct vocabulary *v, uint32_t word);
void bag_weigh(const struct vocabulary *v, struct bag *b);
/* 0 nothing in common, 1 the same: cosine of the weights. */
float bags_likeness(
    const struct vocabulary *v, const struct bag *a, const struct bag *b);
/* The squares of the weights that they share. */
float bags_shared(
    const struct vocabulary *v, const struct bag *a, const struct bag *b);
/* How much of the smaller's weight is in the larger. */
float bags_overlap(
    const struct vocabulary *v, const struct bag *a, const struct bag *b);

#endif
