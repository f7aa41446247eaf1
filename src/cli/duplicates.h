/* duplicates.h - a group of documents that copy each other. */
#ifndef CLI_DUPLICATES_H
#define CLI_DUPLICATES_H

#include "cli/cli.h"

/* How a document lies to the one it is compared with. */
#define COPY_KINDS(X)                                                          \
    X(ROOT, "root")                                                            \
    X(COPY, "copy") X(EXCERPT, "excerpt") X(LONGER, "longer") X(PART, "part")
enum copy_kind {
#define X(name, word) COPY_##name,
    COPY_KINDS(X)
#undef X
};
const char *copy_word(enum copy_kind l);

struct group_member {
    const struct document_row *document;
    struct wording wording;
    uint32_t named;     /* how many of the others name it, or quote it */
    bool takes;         /* names or quotes another that may be older */
    const char *credit; /* the agency of its dateline, or "" */
    uint32_t from;      /* the member that it is compared with */
    enum copy_kind copy_kind;
    double in_root, of_root; /* of its words in that, and the other way */
    bool names_root, quotes_root;
    uint32_t sentences, copied; /* how many, and how many stand in it */
};
struct family {
    uint32_t number;              /* from 1 */
    struct group_member *members; /* the root first, then by date */
    uint32_t count;
};

/* Loads the documents, finds the root, and compares the others with it, or
   with the one before them of which they have more; all in `a`. */
MUST_CHECK bool family_load(
    struct kase *k, struct arena *a, const int64_t *ids, uint32_t count,
    struct family *out, GError **error);
/* Why the first is taken for the root; in `a`. */
const char *credit_words(struct arena *a, const struct family *f);

/* As a page; `whole` leaves nothing out of the texts. */
void family_print(struct arena *a, const struct family *f, bool whole);

#endif
