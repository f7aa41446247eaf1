/*
 * plover.h - claims as events of the PLOVER ontology (docs/formats.md).
 *
 * A document's claims are copied out of the case (told.c), each is cast as an
 * event (cast.c), events that tell one thing in a sentence become one
 * (merge.c), and are written (plover.c).
 */
#ifndef PLOVER_H
#define PLOVER_H

#include "exchange/exchange.h"
#include "exchange/rules.h"

enum { PARTIES_MOST = 8, CLAIMS_MOST = 8 };

/* A phrase in the document, and the fullest name of whom it means. */
struct told_phrase {
    struct spans spans;
    const char *text, *name; /* NULL where there is none */
};

/* A claim, or what a source is said to do; sentence and words in full. */
struct told {
    int64_t id;      /* 0: no claim but an attribution's cue */
    const char *act; /* "cue" for such */
    struct spans trigger;
    uint32_t sentence;
    struct told_phrase roles[ROLE_COUNT];
    const char *stance; /* the modality, "negative" for what did not happen */
    const char *modality;
    bool negative;
    const char *first, *last;
    double confidence;
    struct told_phrase *sources; /* outermost first */
    struct spans *cues;          /* theirs */
    uint32_t source_count;
};

struct page_told {
    const struct document_row *document;
    struct span *sentences;
    uint32_t sentence_count;
    struct told *at; /* in the order of their triggers */
    uint32_t count;
};

/* All that a document is said to tell, in `a`. */
MUST_CHECK bool told_load(
    struct kase *k, struct arena *a, const struct document_row *d,
    struct page_told *out, GError **error);

struct party {
    const char *text, *name;
    struct coding coding;
};

struct parties {
    struct party at[PARTIES_MOST];
    uint32_t count;
};

struct coded {
    const struct told *told;
    const struct rule *rule;
    const char *raw_type,
        *raw_mode;           /* as if it had happened; type NULL: none */
    const char *type, *mode; /* type NULL: no event */
    struct parties actors, recipients;
    bool is_turned; /* its stance made another event of it */
    bool is_reciprocal;
    const struct told *also[CLAIMS_MOST]; /* merged into it */
    uint32_t also_count;
};

/* The tables that the export works with. */
struct coder {
    struct atlas *atlas;
    struct rules *rules;
};

MUST_CHECK struct coder *coder_load(const char *dir, GError **error);
void coder_free(struct coder *c); /* accepts NULL */
/* Appends a line for each event of a document. */
MUST_CHECK bool plover_append(
    const struct coder *coder, struct kase *k, const struct document_row *d,
    GString *out, GError **error);

/* What is needed while a document is coded. */
struct coding_page {
    const struct coder *coder;
    const struct page_told *page;
    struct arena *a;
    struct words *words;  /* of each sentence */
    struct coded *events; /* one for each told, in their order */
};

void events_cast(struct coding_page *p);
void events_merge(struct coding_page *p);

/* Do the spans share a part of the text? */
bool spans_meet(struct spans a, struct spans b);

#endif
