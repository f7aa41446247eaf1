/*
 * signs.h - words that tell of an incident: which violation, which victim,
 * man or woman, child or adult; driven by lexicon/incident-words.tsv.
 */
#ifndef SIGNS_H
#define SIGNS_H

#include "exchange/forms.h"

#define SIGN_KINDS(X)                                                          \
    X(BREACH, "breach")                                                        \
    X(VICTIM, "victim")                                                        \
    X(SEX, "sex")                                                              \
    X(AGE, "age")                                                              \
    X(OFFICE, "office")                                                        \
    X(BODY, "body")                                                            \
    X(BEFORE, "before")                                                        \
    X(INNER, "inner")                                                          \
    X(CROWD, "crowd")                                                          \
    X(REGION, "region") X(CITY, "city") X(LEAD, "lead") X(TITLE, "title")

enum sign_kind {
#define X(name, word) SIGN_##name,
    SIGN_KINDS(X)
#undef X
        SIGN_KIND_COUNT
};

struct signs;
/* Titles come from titles.tsv: their value is man, woman or "". */
MUST_CHECK struct signs *signs_load(const char *dir, GError **error);
void signs_free(struct signs *s); /* accepts NULL */
/* What the longest form of the kind that begins with word `i` stands for, or
   NULL; `length` is set to its words. */
const char *signs_find(
    const struct signs *s, enum sign_kind kind, const struct words *w,
    uint32_t i, uint32_t *length);
/* Which violation an act bears out, NULL if it does no harm. */
const char *signs_breach(const struct signs *s, const char *act);
/* The code of the country that a region lies in, or NULL. */
const char *signs_region(
    const struct signs *s, const struct words *w, uint32_t i, uint32_t *length);

#endif
