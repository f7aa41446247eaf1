/*
 * digest.h - all claims of a case in short, grouped into events: what `attest
 * brief` and `attest events` print.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "case/case.h"

struct told {
    int64_t id;
    const char *act;          /* code */
    const char *label;        /* the act in words */
    const char *parties[2];   /* actor and target, by fullest name or words;
                               NULL where not told */
    const char *keys[2];      /* of their entities, or NULL */
    char **words[2];          /* of parties without a key, the longer ones in
                               small letters; NULL where there are none */
    const char *snippet;      /* of the sentence, where no party is told */
    const char *first, *last; /* days or NULL */
    const char *count;        /* the words of a figure and of whom, or NULL */
    const char *count_of, *unit;
    bool has_value, negative;
    double value;
    enum modality modality;
    const char *voice;  /* who says so, to show */
    const char *outlet; /* where a voice without a name of its own is heard */
    int64_t document;
    uint32_t copies; /* group of copies that the document is in */
    const char *document_name, *document_date, *publisher;
    const char *place;
    const struct event_claim *claim; /* as it was grouped */
    int64_t root; /* the first claim that rests on the same source */
    uint32_t event;
};

/* What several claims say of one happening. */
struct happening {
    const struct told **claims; /* in the order of the case */
    uint32_t count;
    int64_t id; /* of its first claim, by which `attest show` finds it */
    const struct event *event;
};

struct digest {
    struct told *told;
    struct happening *happenings;
    uint32_t count, happening_count;
    struct event_rules *rules; /* by which they were grouped */
};

/* Does the claim deny, or say that it did not happen? */
bool told_denies(const struct told *t);

/* How much of who and when a claim tells, to put the fullest first. */
int told_fullness(const struct told *t);

/* Lives in `a`, but for what digest_close frees; close it also where loading
   failed.  `lex` tells the acts' labels; the tables by which claims are
   grouped come from the folder of tables. */
MUST_CHECK bool digest_load(
    struct kase *k, const struct lexicon *lex, struct arena *a,
    struct digest *out, GError **error);
void digest_close(struct digest *d);

/* The pairs that grouping weighs (see events_weigh), by the ids of their
   claims; for measuring. */
typedef void (*digest_pair_taker)(
    int64_t a, int64_t b, const float *features, double sum, void *self);
MUST_CHECK bool digest_weigh(
    struct kase *k, const struct lexicon *lex, struct arena *a,
    digest_pair_taker take, void *self, GError **error);

#endif
