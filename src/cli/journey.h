/*
 * journey.h - documents through all rooms into a case: intake, language,
 * claims, identity, events, case.
 */
#ifndef JOURNEY_H
#define JOURNEY_H

#include "cage/cage.h"
#include "case/case.h"

#include <signal.h>

/* What all threads use and none changes. */
struct tools {
    struct reader *reader;
    struct lexicon *lexicon;
    struct identity_words *words;
    struct intake_options options;
    const char *columns; /* of tables, as the user says; or NULL */
    bool ocr;          /* pictures are read too */
    struct cage *cage; /* where they are opened */
};

/* As the options say where tables and weights are.  Unload also what was not
   loaded to the end; `t` starts as zeros but for options that are set. */
MUST_CHECK bool tools_load(struct tools *t, GError **error);
void tools_unload(struct tools *t);

enum { FAILURES_TOLD = 1000 };

/* What became of the documents. */
struct outcome {
    uint64_t documents, versions, known, failed, claims, bytes, mended,
        unread;          /* kept, but in no language that is read */
    uint64_t *acts;      /* claims of each act of the lexicon */
    GPtrArray *failures; /* "name: why", the first FAILURES_TOLD */
};

/*
 * Reads all that `in` lists into `k` with so many threads; `look` is the same
 * case, open for reading, by which known documents are passed over.  Readings
 * are kept in the order of the list whatever the number of threads; what could
 * not be read is in `o`.  Ends early, with whole documents in the case, once
 * `stop` is set.  False where the case cannot be written.
 */
MUST_CHECK bool journey_run(
    const struct tools *tools, struct kase *k, struct kase *look,
    struct intake *in, int jobs, const volatile sig_atomic_t *stop,
    struct outcome *o, GError **error);

/* Likewise all current documents of the case as they stand in it: those that
   come out otherwise become new versions, the others are `known`. */
MUST_CHECK bool journey_again(
    const struct tools *tools, struct kase *k, struct kase *look, int jobs,
    const volatile sig_atomic_t *stop, struct outcome *o, GError **error);

#endif
