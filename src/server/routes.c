#include "server/routes.h"

#include <string.h>

enum { NEEDS_BOTH = NEEDS_INDEX | NEEDS_REVIEWER };

static const struct route routes[] = {
    {"GET", "session", answer_session, 0},
    {"POST", "session", answer_session_change, 0},
    {"POST", "session/links", answer_session_link, 0},
    {"POST", "session/end", answer_session_end, 0},
    {"GET", "pulse", answer_pulse, 0},
    {"GET", "jobs", answer_jobs, 0},
    {"POST", "jobs", answer_job_add, NEEDS_REVIEWER},
    {"POST", "jobs/:/stop", answer_job_stop, NEEDS_REVIEWER},
    {"GET", "documents", answer_documents, NEEDS_INDEX},
    {"GET", "documents/:", answer_document, NEEDS_INDEX},
    {"GET", "parties", answer_parties, NEEDS_INDEX},
    {"GET", "parties/:", answer_party, NEEDS_INDEX},
    {"GET", "parties/:/ties", answer_ties, NEEDS_INDEX},
    {"GET", "parties/:/compare", answer_comparison, NEEDS_INDEX},
    {"GET", "proposals", answer_proposals, NEEDS_INDEX},
    {"GET", "sources", answer_sources, NEEDS_INDEX},
    {"GET", "sources/:", answer_source, NEEDS_INDEX},
    {"GET", "search", answer_search, NEEDS_INDEX},
    {"GET", "claims.csv", answer_claims_csv, NEEDS_INDEX},
    {"GET", "claims.json", answer_claims_json, NEEDS_INDEX},
    {"GET", "events.csv", answer_events_csv, NEEDS_INDEX},
    {"GET", "events.json", answer_events_json, NEEDS_INDEX},
    {"POST", "documents", answer_upload, NEEDS_REVIEWER | NEEDS_FILE},
    {"GET", "overview", answer_overview, NEEDS_INDEX | IS_KEPT},
    {"GET", "claims", answer_claims, NEEDS_INDEX},
    {"GET", "claims/:", answer_claim, NEEDS_INDEX},
    {"GET", "claims/:/history", answer_history, NEEDS_INDEX},
    {"GET", "facets", answer_facets, NEEDS_INDEX},
    {"GET", "timeline", answer_timeline, NEEDS_INDEX},
    {"GET", "map", answer_map, NEEDS_INDEX},
    {"GET", "queue", answer_queue, NEEDS_INDEX},
    {"GET", "agreement", answer_agreement, NEEDS_INDEX},
    {"GET", "events", answer_events, NEEDS_INDEX},
    {"GET", "events/:", answer_event, NEEDS_INDEX},
    {"POST", "documents/:/description", answer_description, NEEDS_BOTH},
    {"POST", "claims/:/decision", answer_decision, NEEDS_BOTH},
    {"POST", "claims/:/correction", answer_correction, NEEDS_BOTH},
    {"POST", "claims/:/note", answer_note, NEEDS_BOTH},
    {"POST", "claims/:/second", answer_second, NEEDS_BOTH},
    {"POST", "claims/bulk", answer_bulk, NEEDS_BOTH},
    {"POST", "undo", answer_undo, NEEDS_BOTH},
    {"POST", "parties/merge", answer_parties_merge, NEEDS_BOTH},
    {"POST", "parties/split", answer_parties_split, NEEDS_BOTH},
    {"POST", "rulings/undo", answer_ruling_undo, NEEDS_BOTH},
    {"POST", "events/merge", answer_events_merge, NEEDS_BOTH},
    {"POST", "events/split", answer_events_split, NEEDS_BOTH},
};

static bool is_word(const char *pattern, size_t length, const char *word)
{
    return strlen(word) == length && !strncmp(pattern, word, length);
}

static bool
matches(const char *pattern, const char *const *words, const char **ids)
{
    for (; *words; words++) {
        size_t length = strcspn(pattern, "/");

        if (length == 1 && *pattern == ':')
            *ids++ = *words;
        else if (!is_word(pattern, length, *words))
            return false;
        pattern += length;
        pattern += *pattern == '/';
    }
    return !*pattern;
}

const struct route *route_lookup(
    const char *method, const char *const *words, const char **ids, bool *known)
{
    *known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(routes); i++) {
        if (!matches(routes[i].pattern, words, ids))
            continue;
        *known = true;
        if (!strcmp(routes[i].method, method))
            return &routes[i];
    }
    return NULL;
}
