/* facts.h - claims made ready for being held against each other. */
#ifndef EVENTS_FACTS_H
#define EVENTS_FACTS_H

#include "events/rules.h"
#include "events/vocabulary.h"

/* Days counted from the year 1; open ends and unknown days are the extremes. */
struct days {
    int32_t first, last;
};
enum { DAY_UNKNOWN = INT32_MIN };

/* What is looked at of every pair stands first, in as little memory as may
   be. */
struct facts {
    uint32_t act_name, group, word; /* act, its group (0: none) and the word
                                       that tells it, as numbers */
    uint32_t story;                 /* index of its document */
    uint32_t line;    /* number of its sentence among those of its document that
                        hold claims */
    struct days days; /* DAY_UNKNOWN in `first`: not told */
    int32_t reported;
    uint32_t unit;
    bool wanted, has_value;
    bool open;   /* the act says nothing by itself */
    bool bare;   /* tells nothing but its act, or a figure: "the attack", "104
                    were wounded" */
    bool nobody; /* names neither actor nor target */
    struct toll_range range;
    uint32_t keys[2], place_key;
    struct bag parties[2], place, sentence;
    struct bag scene;      /* words of the place and the target: a market is
                           bombed, or a bomb goes off in it */
    struct bag context;    /* its sentence's words, and those of the claims that
                           tell it with this one */
    struct bag population; /* without "people": no words */
};

enum { STORY_KEYS = 16 };
struct story {
    struct bag words; /* the weightiest of its claims' sentences */
    uint32_t keys[STORY_KEYS], key_count; /* the very weightiest */
    int32_t reported;
    uint32_t first, count; /* its claims, in order of `by_story` */
};

/* How alike two stories are, kept because all their claims ask for it. */
struct story_pair {
    uint32_t a, b; /* a < b; both 0: none */
    float likeness;
};
enum { STORY_PAIRS_BITS = 14 };

struct facts_set {
    struct arena *arena;
    struct vocabulary *vocabulary;
    const struct event_rules *rules;
    struct facts *all;
    uint32_t count;
    struct story *stories;
    uint32_t story_count;
    uint32_t *by_story;       /* claims, story by story */
    struct story_pair *pairs; /* the last asked for in each place */
};

struct facts_set *facts_new(
    const struct event_rules *r, const struct event_claim *claims,
    uint32_t count);
void facts_free(struct facts_set *s);

/* Lets claims of one group in one document share what only some of them tell:
   the day, the place, the words.  `groups` gives each claim's group. */
void facts_share(struct facts_set *s, const uint32_t *groups);

/* A day as a number, or DAY_UNKNOWN for what is none. */
int32_t day_number(const char *day);

/* Sets the features of a pair; returns the sum of their weights. */
double facts_weigh(
    const struct facts_set *s, uint32_t a, uint32_t b,
    float features[FEATURE_COUNT]);
/* Is it `least` or more?  Sets the sum if so. */
bool facts_reach(
    const struct facts_set *s, uint32_t a, uint32_t b, float least, float *sum);

#endif
