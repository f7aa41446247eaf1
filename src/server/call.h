/*
 * call.h - one request on its way to its answer.
 *
 * An answer is one function: it asks the call for what the request says,
 * and either builds one JSON value in `json` or refuses.  After a refusal
 * it returns; what it had built, and still builds, is dropped.
 */
#ifndef SERVER_CALL_H
#define SERVER_CALL_H

#include "server/serving.h"

#include <json-glib/json-glib.h>

#define REFUSALS(X)                                                            \
    X(BAD_REQUEST, 400, "bad-request")                                         \
    X(NO_SESSION, 401, "no-session")                                           \
    X(READ_ONLY, 403, "read-only")                                             \
    X(FORBIDDEN, 403, "forbidden")                                             \
    X(NO_REVIEWER, 403, "no-reviewer") X(NOT_FOUND, 404, "not-found")          \
        X(METHOD, 405, "method") X(CONFLICT, 409, "conflict")                  \
            X(TOO_LARGE, 413, "too-large") X(MEDIA_TYPE, 415, "media-type")    \
                X(BROKEN, 500, "broken") X(PREPARING, 503, "preparing")

enum refusal {
#define X(name, status, code) REFUSAL_##name,
    REFUSALS(X)
#undef X
};

struct route;

enum { CALL_IDS_MOST = 2 };

struct call {
    struct server *server;
    SoupServerMessage *message;
    struct session *session;       /* NULL before it is known */
    const struct route *route;     /* NULL where a file of the page is asked */
    const char *id[CALL_IDS_MOST]; /* what stands for ":" in the pattern */
    JsonObject *body;              /* of a POST of JSON; else NULL */
    JsonBuilder *json;             /* the answer */
    struct arena *arena;           /* ends with the call */
    GPtrArray *arenas;             /* likewise: see call_arena */
    struct incoming *incoming;     /* that file while it comes */
    struct call_term *terms;       /* of the query, in their order */
    uint32_t term_count;
    uint64_t received; /* bytes of the body */
    guint status;      /* of the answer */
    enum refusal refusal;
    char *complaint; /* in words */
    bool is_refused, is_given;
    bool has_current; /* there was a conflict, and what is built tells of it */
};

struct call_term {
    const char *name, *value;
};

/* --- what the request says ------------------------------------------------ */

/* The first value of that name in the query, or NULL. */
const char *call_word(const struct call *c, const char *name);
/* All values of that name, NULL-terminated; NULL if there is none. */
const char *const *call_words(const struct call *c, const char *name);
/* A whole number of the query, `otherwise` where it is not given; refuses
   what is no number from `least` to `most`. */
MUST_CHECK bool call_number(
    struct call *c, const char *name, int64_t least, int64_t most,
    int64_t otherwise, int64_t *out);
/* A list's "offset" and "limit". */
struct page {
    int64_t offset, limit;
};
MUST_CHECK bool call_page(struct call *c, struct page *out);
/* The row of an id with that letter ("c12" -> 12); refuses with NOT_FOUND
   what is none. */
MUST_CHECK bool
call_row(struct call *c, const char *id, char letter, int64_t *out);

/* Members of the body; refuse one of another kind.  A text that is missing,
   null or blank is NULL, and refused if it is needed. */
MUST_CHECK bool
call_text(struct call *c, const char *name, bool is_needed, const char **out);
MUST_CHECK bool call_truth(struct call *c, const char *name, bool *out);
/* A whole number; `otherwise` where it is missing or null. */
MUST_CHECK bool
call_whole(struct call *c, const char *name, int64_t otherwise, int64_t *out);
/* A text that is kept in the case: refused where it is longer than somebody
   writes. */
MUST_CHECK bool
call_remark(struct call *c, const char *name, bool is_needed, const char **out);

/* Another arena that ends with the call: for rows of the case, since asking
   resets the arena that they are put into. */
struct arena *call_arena(struct call *c);

/* --- what is answered ----------------------------------------------------- */

void call_refuse(struct call *c, enum refusal r, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Refuses because somebody else was faster; the answer then builds one value,
   the thing as it is now, for which the call is not refused (any more). */
void call_conflict(struct call *c, const char *words);
/* Refuses with the error's message, and frees it: what is wrong with the
   input is a bad request, anything else is broken. */
void call_fail(struct call *c, GError *error);
/* Answers with these bytes instead of JSON.  Takes: bytes. */
void call_give(struct call *c, const char *media_type, GBytes *bytes);
/* Answers that there is nothing (204). */
void call_give_nothing(struct call *c);
/*
 * Answers with a file for downloading, a piece at a time: `more` appends the
 * next piece whenever the client has taken what was there, and returns false
 * after the last.  `file_name` is plain letters.  `done` frees `self`, also
 * when the client goes away.
 */
void call_stream(
    struct call *c, const char *media_type, const char *file_name,
    bool (*more)(GString *out, void *self), void *self, GDestroyNotify done);

/* --- its life, for server.c ----------------------------------------------- */

/* Of no message; ends with call_free. */
struct call *call_make(struct server *s);
void call_free(void *self);
/* Of a message whose headers are there, and ends with it. */
struct call *call_new(struct server *s, SoupServerMessage *message);
struct call *call_lookup(SoupServerMessage *message);
/* Once its body is there. */
void call_answer(struct call *c);
/* Sends what was built, given or refused. */
void call_close(struct call *c);
/* What was built or refused, as text. */
GString *call_print(struct call *c);

#endif
