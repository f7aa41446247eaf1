/*
 * rules.h - the tables that say which PLOVER event an act is: what must stand
 * where, and what then holds.  lexicon/plover*.tsv explain their columns.
 */
#ifndef RULES_H
#define RULES_H

#include "exchange/atlas.h"

/* How the roles of an act become actor and recipient. */
#define CASTINGS(X)                                                            \
    X(PLAIN, "")                                                               \
    X(SUBJECT, "subject")                                                      \
    X(REVERSE, "reverse") X(DESTINATION, "destination") X(BOTH, "both")        \
        X(ALONE, "alone")
enum casting {
#define X(name, word) CASTING_##name,
    CASTINGS(X)
#undef X
        CASTING_COUNT
};

/* What is known where a rule is tried; what is NULL fits no condition. */
struct view {
    const struct words *words; /* of the sentence */
    uint32_t first, last; /* the act's own words among them: [first, last) */
    const struct spans *trigger;
    const struct words *actor, *target;
    const struct coding *actor_coding, *target_coding;
    const char *stance;
    const char *inner, *inner_mode; /* the event it is about */
};

struct rule {
    const char *type, *mode; /* type "" : no event; mode "": none told */
    enum casting casting;
    bool has_stance; /* it asked for the stance: nothing more becomes of it */
};

struct rules;
MUST_CHECK struct rules *rules_load(const char *dir, GError **error);
void rules_free(struct rules *r); /* accepts NULL */

/* The rule for an act, NULL if none is. */
const struct rule *
rules_find(const struct rules *r, const char *act, const struct view *v);
/* The mode that words tell, or NULL. */
const char *
rules_mode(const struct rules *r, const char *type, const struct view *v);
/* What becomes of an event that is only planned, denied, ...; false: nothing.
   `mode` is set to "=" where it keeps its own, to NULL where none is told. */
bool rules_turn(
    const struct rules *r, const char *stance, const char **type,
    const char **mode);
/* The quad class of a type. */
const char *rules_quad(const char *type);

/* Contexts that a sentence's words and its event tell; in `a`. */
const char *const *rules_contexts(
    const struct rules *r, struct arena *a, const struct words *w,
    const char *type, const char *mode, uint32_t *count);

#endif
