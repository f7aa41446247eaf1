/*
 * cage.h - a program without rights opens what comes from strangers.
 *
 * attest never parses a foreign format itself.  It starts attest-intake, which
 * shuts every door behind itself, and sends it documents one after the other
 * over a socket.  Whatever a document does to that program, it costs this
 * document only: the program is ended, a new one takes the next.  Its answers
 * are believed no more than the document is.
 */
#ifndef CAGE_H
#define CAGE_H

#include "intake/intake.h"

/* --- the doors ------------------------------------------------------------- */

/* X(name, essential, title, what it means): the program does not start to work
   where an essential one does not shut. */
#define DOORS(X)                                                               \
    X(PRIVILEGES, true, "privileges",                                          \
      "it can never get more rights than it has")                              \
    X(LIMITS, true, "limits",                                                  \
      "its memory and processor time are bounded; it may write no file")       \
    X(DESCRIPTORS, true, "open files",                                         \
      "it holds nothing open but the socket by which it is asked, and a "      \
      "file while it takes that apart")                                        \
    X(CALLS, true, "system calls",                                             \
      "it may answer and ask for memory; whatever file it names is told not "  \
      "to be there; trying anything else ends it")                             \
    X(NETWORK, false, "network",                                               \
      "it has a network of its own with nothing in it")                        \
    X(FILES, false, "files", "the kernel keeps it from every file (Landlock)")

enum door {
#define X(name, essential, title, words) DOOR_##name,
    DOORS(X)
#undef X
        DOOR_COUNT
};

/* --- inside: the program in the cage --------------------------------------- */

/*
 * Shuts all doors, says through the socket which of them hold, and answers by
 * means of `opener` and `unpacker` until nobody asks any more; never returns.  What opener
 * and words need from files must be loaded.  The socket is descriptor 0.
 */
enum { CAGE_UNREADY = 72 }; /* exit status: something could not be loaded */
_Noreturn void cage_serve(
    const struct opener *opener, const struct unpacker *unpacker,
    const struct intake_words *words, uint64_t memory, uint64_t seconds);

/* --- outside ---------------------------------------------------------------- */

struct cage;

struct cage_options {
    const char *program;     /* attest-intake */
    const char *lexicon;     /* its folder of tables */
    const char *columns;     /* as intake_words_set_columns has them, or NULL */
    uint64_t size_most;      /* of one document */
    unsigned seconds;        /* for one document; 0: as usual */
    unsigned documents_most; /* of one process; 0: as usual */
    bool ocr;                /* pictures are read; that takes longer */
};

/* Starts nothing yet.  Threads may share it. */
struct cage *cage_new(const struct cage_options *o);
void cage_free(struct cage *c); /* accepts NULL; ends what was started */
/* Has documents opened in the cage; borrowed.  What a document does there to
   the program comes as ATTEST_ERROR_INPUT that says what it was; that there
   can be no cage as ATTEST_ERROR_IO. */
const struct opener *cage_opener(const struct cage *c);
/* Starts a program and tells which doors hold; fails with ATTEST_ERROR_IO
   where it does not come to saying so. */
MUST_CHECK bool
cage_look(struct cage *c, bool holds[DOOR_COUNT], GError **error);
/* Do the essential ones? */
bool cage_is_shut(const bool holds[DOOR_COUNT]);

#endif
