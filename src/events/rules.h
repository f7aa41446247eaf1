/* rules.h - the tables by which claims are held against each other. */
#ifndef EVENTS_RULES_H
#define EVENTS_RULES_H

#include "events/events.h"

/* What two claims can have in common; lexicon/event-weights.tsv says what each
   weighs and means. */
#define FEATURES(X)                                                            \
    X(BIAS, "bias")                                                            \
    X(ACT_NEAR, "act-near")                                                    \
    X(ACT_OTHER, "act-other")                                                  \
    X(WORD_SAME, "word-same")                                                  \
    X(ACTOR_SAME, "actor-same")                                                \
    X(ACTOR_WORDS, "actor-words")                                              \
    X(ACTOR_OTHER, "actor-other")                                              \
    X(ACTOR_UNLIKE, "actor-unlike")                                            \
    X(TARGET_SAME, "target-same")                                              \
    X(TARGET_WORDS, "target-words")                                            \
    X(TARGET_OTHER, "target-other")                                            \
    X(TARGET_UNLIKE, "target-unlike")                                          \
    X(PLACE_SAME, "place-same")                                                \
    X(PLACE_OTHER, "place-other")                                              \
    X(SCENE, "scene")                                                          \
    X(DAYS_SAME, "days-same")                                                  \
    X(DAYS_MEET, "days-meet")                                                  \
    X(DAYS_NEAR, "days-near")                                                  \
    X(DAYS_APART, "days-apart")                                                \
    X(DAYS_FIT, "days-fit")                                                    \
    X(DAYS_LATE, "days-late")                                                  \
    X(REPORT_NEAR, "report-near")                                              \
    X(REPORT_FAR, "report-far")                                                \
    X(FIGURE_SAME, "figure-same")                                              \
    X(FIGURE_NEAR, "figure-near")                                              \
    X(FIGURE_OTHER, "figure-other")                                            \
    X(SUM, "sum")                                                              \
    X(WORDING, "wording")                                                      \
    X(STORY, "story")                                                          \
    X(SAME_SENTENCE, "same-sentence")                                          \
    X(CLOSE, "close")                                                          \
    X(BARE, "bare")                                                            \
    X(BARE_FIRST, "bare-first")                                                \
    X(MENTIONED, "mentioned")                                                  \
    X(LEADING, "leading")                                                      \
    X(NOBODY, "nobody")

enum feature {
#define X(name, word) FEATURE_##name,
    FEATURES(X)
#undef X
        FEATURE_COUNT
};

/* An act as event-acts.tsv has it. */
struct act_rule {
    uint32_t number; /* of the act, from 1 */
    uint32_t group;  /* acts that may be told of one happening, directly or
                        by way of others: what is not in one group is never
                        compared */
    bool turned;     /* the one it happens to is the actor: "27 died" */
    bool open;       /* a code for what no code fits: says nothing by itself */
};

struct event_rules {
    struct arena *arena;
    GHashTable *acts;  /* code -> struct act_rule */
    GHashTable *stops; /* words that tell nothing of what happened */
    double weights[2][FEATURE_COUNT]; /* across documents; within one */
    double words_most[2]; /* what the likeness of words adds at most */
};

/* The act's rule, or NULL: such an act is alike only to itself. */
const struct act_rule *
act_rule_lookup(const struct event_rules *r, const char *code);

#endif
