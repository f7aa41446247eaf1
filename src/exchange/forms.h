/*
 * forms.h - words of a text, and which listed forms ("foreign minister",
 * "South Korea") stand there.
 */
#ifndef FORMS_H
#define FORMS_H

#include "base/base.h"

/* A word without stops and possessive ending: "U.S.'s" is US. */
struct word {
    struct span span; /* in the text it was cut from */
    const char *form; /* as written */
    const char *lower;
    bool ends_clause; /* a mark that ends a clause or item follows */
};
struct words {
    struct word *at;
    uint32_t count;
};

/* The words of a part of a text, in `a`. */
struct words words_cut(struct arena *a, struct str text, struct span part);
/* Is the word a form of that lemma ("visited" of "visit")?  Knows regular
   endings only. */
bool word_has_lemma(const char *lower, const char *lemma);
/* Do the words from `first` on read like that, "_" standing between words? */
bool words_have(const struct words *w, uint32_t first, const char *lemmas);

/* Forms of up to FORM_WORDS words, each with a number. */
enum { FORM_WORDS = 6 };
struct forms;
struct forms *forms_new(void);
void forms_free(struct forms *f); /* accepts NULL */
/* Adds each of the forms, divided by |, and their plurals; what is there
   already stays. */
void forms_add(struct forms *f, const char *list, int number);
/* The number of the longest form that begins with word `first`, and how many
   words it has; -1 if there is none.  Capitals of a form must be in the text. */
int forms_find(
    const struct forms *f, const struct words *w, uint32_t first,
    uint32_t *length);

#endif
