/* voices.h - how many independent voices speak of each event. */
#ifndef VOICES_H
#define VOICES_H

#include "events/facts.h"

/* Sets the roots of claims whose events are set, and what is counted of the
   events. */
void count_voices(
    const struct facts_set *s, struct event_claim *claims,
    struct event *events);

/* Sets the contests of the events whose roots are set; `order` lists claims
   event by event. */
void find_contests(
    const struct facts_set *s, const struct event_claim *claims,
    const uint32_t *order, struct event *events);

#endif
