/*
 * brief.h - the parts of the page that `attest brief` prints.
 */
#ifndef BRIEF_H
#define BRIEF_H

#include "digest/digest.h"

struct brief {
    const struct digest *digest;
    const struct lexicon *lexicon;
    struct arena *arena;
    uint32_t most; /* entries of a part */
};

/* Each prints one part, title and all, or nothing where there is nothing. */
void brief_acts(const struct brief *b);
void brief_people(const struct brief *b);
void brief_figures(const struct brief *b);
void brief_differences(const struct brief *b);
void brief_single(const struct brief *b);

void brief_title(const char *title);
/* A line that goes on under its beginning; controls in it become spaces. */
void brief_line(int indent, const char *words);
/* "detain: Sara Ilvik → Teodor Brask, 2018-11..2019-04"; in `a`. */
const char *told_words(struct arena *a, const struct told *t);
/* Who says so: "two former members, in The Courier"; in `a`. */
const char *told_voice(struct arena *a, const struct told *t);

/* How often each of some words came; borrows the words. */
struct tally;
struct tally *tally_new(void);
void tally_free(struct tally *t);
void tally_add(struct tally *t, const char *word);
/* "beat 4, detain 2, ...": the most frequent first, at most so many; in `a`,
   "" where there are none. */
const char *tally_words(const struct tally *t, struct arena *a, uint32_t most);

#endif
