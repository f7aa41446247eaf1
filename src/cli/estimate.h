/* estimate.h - lists of people, from a file or a case, and what is printed. */
#ifndef CLI_ESTIMATE_H
#define CLI_ESTIMATE_H

#include "cli/cli.h"

/* What was read, for whoever doubts it. */
struct enrolled {
    struct roll *roll;
    uint64_t rows, repeated, passed; /* lines, or claims; told twice; useless */
    bool is_case;
};

/* Reads a table of people by list; "-" is standard input.  Prints what is
   wrong and gives false if there is no such table in it. */
MUST_CHECK bool enrol_file(const char *path, struct enrolled *out);

/* People to whom a claim that matches is said to have been done. */
enum enrol_by { BY_SOURCE, BY_PUBLISHER };
MUST_CHECK bool enrol_case(
    struct kase *k, const struct claim_filter *filter, enum enrol_by by,
    struct enrolled *out, GError **error);

/* A name without case, accents and needless spaces; g_free it. */
char *fold_name(const char *name);

/* What is to be told of an estimate. */
struct estimate {
    struct captures captures;
    struct models *models; /* NULL for two lists */
    struct pair_count *pairs;
    uint32_t pair_count;
    struct warning *warnings;
    uint32_t warning_count;
    struct range total;
};
/* "A and B"; in `a`. */
const char *
pair_words(struct arena *a, const struct captures *c, uint32_t x, uint32_t y);
/* Which lists a model takes as dependent; in `a`. */
const char *
model_words(struct arena *a, const struct captures *c, const struct model *m);
const char *warning_words(
    struct arena *a, const struct captures *c, const struct warning *w);
extern const char estimate_method_pair[], estimate_method_models[];

/* Models that are shown, with the interval of each. */
enum { MODELS_SHOWN = 8 };
/* As a page for people. */
void estimate_print(
    struct arena *a, const struct estimate *e, const struct enrolled *from);
/* As rows for programs. */
int estimate_list(
    struct arena *a, const struct estimate *e, const char *format);

#endif
