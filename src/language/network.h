/*
 * network.h - runs the trained network over sentences (train/model.py).
 */
#ifndef NETWORK_H
#define NETWORK_H

#include "language/model.h"
#include "language/word_map.h"

enum { NETWORK_TOKENS = LANGUAGE_SENTENCE_MOST }; /* at once, at most */

/* The buffers of one thread; they do not grow. */
struct network;
struct network *
network_new(const struct model *m, const struct word_map *clause_verbs);
void network_free(struct network *n); /* accepts NULL */

/*
 * Fills tags, lemmas, heads, relations and names of `count` sentences, which
 * have at most NETWORK_TOKENS tokens together; lemmas and names live in `a`.
 * `watch` is told of each part, unless it is NULL.
 */
void network_run(
    struct network *n, struct arena *a, struct sentence *sentences,
    uint32_t count, const struct parse_watch *watch);

#endif
