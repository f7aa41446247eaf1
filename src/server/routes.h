/* routes.h - which function answers what. */
#ifndef SERVER_ROUTES_H
#define SERVER_ROUTES_H

#include "server/call.h"

enum route_needs {
    NEEDS_INDEX = 1,    /* 503 while the case is not prepared */
    NEEDS_REVIEWER = 2, /* changes the case: a name, and not --read-only */
    NEEDS_FILE = 4,     /* its body is bytes, not JSON */
    IS_KEPT = 8,        /* the same for all until the case changes */
};

struct route {
    const char *method;  /* "GET" answers HEAD too */
    const char *pattern; /* below /api/v1/; ":" is any one word */
    void (*answer)(struct call *c);
    unsigned needs;
};

/*
 * The first route of that method whose pattern the words match; NULL with
 * `known` telling whether another method has one.  `ids` are the words that
 * stand for ":", borrowed from `words`.
 */
const struct route *route_lookup(
    const char *method, const char *const *words, const char **ids,
    bool *known);

void answer_session(struct call *c);
void answer_session_change(struct call *c);
void answer_session_link(struct call *c);
void answer_session_end(struct call *c);
void answer_pulse(struct call *c);
void answer_jobs(struct call *c);
void answer_job_add(struct call *c);
void answer_job_stop(struct call *c);
void answer_upload(struct call *c);
void answer_overview(struct call *c);
void answer_claims(struct call *c);
void answer_claim(struct call *c);
void answer_history(struct call *c);
void answer_facets(struct call *c);
void answer_timeline(struct call *c);
void answer_map(struct call *c);
void answer_queue(struct call *c);
void answer_agreement(struct call *c);
void answer_events(struct call *c);
void answer_event(struct call *c);
void answer_decision(struct call *c);
void answer_correction(struct call *c);
void answer_note(struct call *c);
void answer_second(struct call *c);
void answer_bulk(struct call *c);
void answer_undo(struct call *c);
void answer_parties_merge(struct call *c);
void answer_parties_split(struct call *c);
void answer_ruling_undo(struct call *c);
void answer_events_merge(struct call *c);
void answer_events_split(struct call *c);
void answer_documents(struct call *c);
void answer_document(struct call *c);
void answer_description(struct call *c);
void answer_parties(struct call *c);
void answer_party(struct call *c);
void answer_ties(struct call *c);
void answer_comparison(struct call *c);
void answer_proposals(struct call *c);
void answer_sources(struct call *c);
void answer_source(struct call *c);
void answer_search(struct call *c);
void answer_claims_csv(struct call *c);
void answer_claims_json(struct call *c);
void answer_events_csv(struct call *c);
void answer_events_json(struct call *c);

#endif
