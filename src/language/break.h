/*
 * break.h - where sentences and words begin and end.
 *
 * A hand-written scanner cuts words as the English treebanks EWT and GUM of
 * Universal Dependencies do; its words (abbreviations, contractions, prefixes
 * that keep their hyphen, ...) are tables of lexicon/.
 */
#ifndef BREAK_H
#define BREAK_H

#include "language/language.h"

struct break_rules;

MUST_CHECK struct break_rules *
break_rules_load(const char *lexicon_dir, GError **error);
void break_rules_free(struct break_rules *r); /* accepts NULL */

/*
 * Sentences and tokens of the part `body` of `text`, in `a`.  Tokens have
 * span, form, lower, space_after and mwt_next; their head is NO_TOKEN and
 * all else is zero.
 */
struct text *break_text(
    const struct break_rules *r, struct arena *a, struct str text,
    struct span body);

#endif
