/*
 * jobs.h - what takes long: runs of attest itself, one after the other.
 *
 * Jobs go on when nobody looks; the last ones are kept with what they said.
 */
#ifndef SERVER_JOBS_H
#define SERVER_JOBS_H

#include "server/server.h"

#include <json-glib/json-glib.h>

#define JOB_KINDS(X) X(READ, "read") X(REREAD, "reread") X(PREPARE, "prepare")
enum job_kind {
#define X(name, word) JOB_##name,
    JOB_KINDS(X)
#undef X
        JOB_KIND_COUNT
};
bool job_kind_find(const char *word, enum job_kind *out);

struct job;
struct jobs;

/* `ended` is called after each job, when the case may be another. */
struct jobs *jobs_new(
    const struct server_options *o,
    void (*ended)(enum job_kind kind, void *self), void *self);
/* None may be running. */
void jobs_free(struct jobs *j);

/* `folder`, of a JOB_READ, is what it reads, and removed after it.  Takes:
   folder.  A job like it that waits already is returned instead. */
struct job *jobs_add(struct jobs *j, enum job_kind kind, char *folder);
struct job *jobs_lookup(struct jobs *j, int64_t number);
/* Stops it, or takes it out of the queue; nothing happens to one that has
   ended. */
void jobs_stop(struct jobs *j, struct job *job);

/* Starts no more, stops what runs, then calls `idle`, perhaps at once. */
void jobs_end(struct jobs *j, void (*idle)(void *self), void *self);
/* Kills what runs. */
void jobs_kill(struct jobs *j);

/* Adds the object of one; an array of the newest `most`, the newest first. */
void job_print(JsonBuilder *b, const struct job *job);
void jobs_print(JsonBuilder *b, const struct jobs *j, uint32_t most);

#endif
