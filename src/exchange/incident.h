/*
 * incident.h - a document's claims condensed into the one incident that it
 * mainly reports (docs/formats.md).
 *
 * A document becomes a report (report.c): its claims, its words and the names
 * in them (named.c).  Who is a victim (victims.c), where (whereabouts.c), when
 * (moments.c), what was done and by whom (breaches.c) are then choices among
 * candidates by their traits, with the weights of models/incidents.tsv.
 * incident.c makes them, and keeps on which claims they rest.
 */
#ifndef INCIDENT_H
#define INCIDENT_H

#include "exchange/plover.h"
#include "exchange/signs.h"
#include "exchange/weights.h"

struct incident_tables {
    struct atlas *atlas;
    struct signs *signs;
    struct weights *weights;
};

/* `models` NULL: no weights, only for train/incident-features.c. */
MUST_CHECK struct incident_tables *
incident_tables_load(const char *lexicon, const char *models, GError **error);
void incident_tables_free(struct incident_tables *t); /* accepts NULL */

/* A name where it stands: words [first, last) of a sentence. */
struct name_run {
    uint32_t sentence, first, last;
    struct span span;
    uint32_t named; /* whose it is */
    uint32_t own;   /* the name as it stands there, be it part of another */
};

/* Whoever or whatever bears a name in the document. */
struct named {
    const char *name; /* the fullest that the document gives */
    uint32_t first;   /* the first of its runs */
    uint32_t runs;    /* how many they are */
    uint32_t words;   /* of the name */
    bool in_title;
    uint32_t harmed;              /* claims in which harm is done to it */
    uint32_t own_first, own_runs; /* where the name itself stands */
};

/* One claim that has a name in a role. */
struct part {
    uint32_t told, named;
    uint32_t run;  /* NO_RUN where a pronoun or description stands for it */
    int role;      /* enum role, or SOURCE_ROLE */
    bool is_whole; /* the phrase is the name and little more */
};
enum { SOURCE_ROLE = ROLE_COUNT };
#define NO_RUN UINT32_MAX

struct report {
    struct arena *a;
    const struct incident_tables *tables;
    struct page_told page;
    struct words *sentences; /* page.sentence_count of them */
    struct words title;
    struct name_run *runs; /* in text order */
    uint32_t run_count;
    struct named *named;
    uint32_t named_count;
    struct part *parts; /* in the order of the claims */
    uint32_t part_count;
};

/* Reads a document's report out of the case, in `a`. */
MUST_CHECK bool report_load(
    const struct incident_tables *t, struct kase *k, struct arena *a,
    const struct document_row *d, struct report *out, GError **error);

/* Does what is told do somebody harm: to life, body, liberty, property? */
bool told_harms(const struct report *r, const struct told *t);
/* Has anything told of harm? */
bool report_tells_harm(const struct report *r);
/* "first", "second", "early", "middle", "late": how far into the text. */
const char *sentence_depth(uint32_t sentence);
/* "1", "2", "3+" ... of a count. */
const char *count_size(uint32_t count);

/* "with breach=torture": of which violations the sentence has words. */
void traits_of_sentence(
    const struct report *r, uint32_t sentence, struct traits *t);

/* Fills runs, named and parts. */
void names_find(struct report *r);

/* --- candidates; their traits in the report's arena ------------------- */

struct traits victim_traits(const struct report *r, uint32_t named);
struct traits victim_type_traits(const struct report *r, uint32_t named);
/* What the words say, NULL where they say nothing. */
const char *person_sex(const struct report *r, uint32_t named);
const char *person_age(const struct report *r, uint32_t named);

/* A country that the document speaks of. */
struct land {
    const char *code, *name;
    uint32_t count;      /* how often */
    uint32_t *sentences; /* where, each once */
    uint32_t sentence_count;
    struct traits traits;
};
struct lands {
    struct land *at;
    uint32_t count;
};
struct lands lands_find(const struct report *r);

/* A name that may be that of a city or region. */
struct site {
    const char *name;
    uint32_t named;
    struct traits traits;
};
struct sites {
    struct site *at;
    uint32_t count;
};
struct sites sites_find(const struct report *r, const struct lands *lands);

/* A time that a claim tells; the document's own last, told NULL. */
struct moment {
    const struct told *told;
    int year, month, day; /* 0: not told */
    struct traits traits;
};
struct moments {
    struct moment *at;
    uint32_t count;
};
struct moments moments_find(const struct report *r);

/* What the whole document is like. */
struct traits report_traits(const struct report *r);

/* Values of the HRDsAttack data. */
enum { BREACH_COUNT = 7, PERPETRATOR_COUNT = 8, VICTIM_TYPE_COUNT = 3 };
extern const char *const breach_words[BREACH_COUNT];
extern const char *const perpetrator_words[PERPETRATOR_COUNT];
extern const char *const victim_type_words[VICTIM_TYPE_COUNT];

/* --- the incident ----------------------------------------------------- */

enum { VICTIMS_MOST = 24, TYPES_MOST = VICTIM_TYPE_COUNT };

/* What the words do not tell is NULL. */
struct victim {
    const char *name; /* NULL: several, whom nobody names */
    const char *types[TYPES_MOST];
    uint32_t type_count;
    const char *sex, *age;
};

struct incident {
    const char *perpetrator;
    const char *breaches[BREACH_COUNT];
    uint32_t breach_count;
    const char *country, *region, *city;
    int year, month, day; /* 0: not told */
    struct victim victims[VICTIMS_MOST];
    uint32_t victim_count;
    bool *rests; /* on which of the report's claims, by their order */
};

/* False where the document reports no incident. */
bool incident_find(const struct report *r, struct incident *out);

/* Appends the line of a document. */
MUST_CHECK bool incident_append(
    const struct incident_tables *t, struct kase *k,
    const struct document_row *d, GString *out, GError **error);
/* For train/incidents.py: each candidate of each choice with its traits. */
MUST_CHECK bool incident_print_traits(
    const struct incident_tables *t, struct kase *k,
    const struct document_row *d, GString *out, GError **error);

#endif
