#include "server/routes.h"

#include <string.h>

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
