/* voices.h - how many independent voices speak of each event. */
#ifndef VOICES_H
#define VOICES_H

#include "events/events.h"

/* Sets the support of the events that the claims are in. */
void count_voices(
    const struct event_claim *claims, uint32_t count, struct event *events);

#endif
