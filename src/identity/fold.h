/* fold.h - a name as words that can be compared: the stuff of keys. */
#ifndef FOLD_H
#define FOLD_H

#include "identity/words.h"

enum { FOLD_WORDS_MOST = 24 };

/* The words of a folded name; longer names are cut. */
struct folded {
    const char *words[FOLD_WORDS_MOST];
    uint32_t count;
    const char *key; /* the words joined by blanks; "" if there are none */
};

/* In `a`.  `kind` decides about titles and "Family, Given". */
void name_fold(
    const struct identity_words *w, struct arena *a, struct str name,
    enum name_kind kind, struct folded *out);

#endif
