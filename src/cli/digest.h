/*
 * digest.h - all claims of a case in short, grouped: what `attest brief`
 * prints.
 */
#ifndef DIGEST_H
#define DIGEST_H

#include "case/case.h"

struct told {
    int64_t id;
    const char *act;    /* code */
    const char *label;  /* the act in words */
    const char *parties[2]; /* actor and target, by fullest name or words;
                               NULL where not told */
    const char *keys[2];    /* of their entities, or NULL */
    const char *first, *last; /* days or NULL */
    const char *count;      /* the words of a figure and of whom, or NULL */
    const char *count_of, *unit;
    bool has_value, negative;
    double value;
    enum modality modality;
    const char *voice; /* who says so, to show */
    uint32_t event;
};

/* What several claims say of one happening. */
struct happening {
    const struct told **claims; /* in the order of the case */
    uint32_t count;
    uint32_t support; /* independent voices */
};

struct digest {
    struct told *told;
    struct happening *happenings;
    uint32_t count, happening_count;
};

/* Lives in `a`.  `lex` tells the acts' labels. */
MUST_CHECK bool digest_load(
    struct kase *k, const struct lexicon *lex, struct arena *a,
    struct digest *out, GError **error);

#endif
