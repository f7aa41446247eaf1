/*
 * answer.h - what a converter answers, which is believed no more than the
 * document that it was asked about.
 */
#ifndef ANSWER_H
#define ANSWER_H

#include "cage/message.h"
#include "intake/intake.h"

/* Is it an answer, in good UTF-8, its positions in its text, its sizes and
   days such as can be?  Borrowed from the bytes. */
MUST_CHECK bool answer_parse(struct message *answer, struct str bytes);
/* Copies it into the document; false with the error that it tells. */
MUST_CHECK bool
answer_take(struct making *m, const struct message *answer, GError **error);

/* Is it a member of a file, the end of them, or a fault?  Borrowed likewise. */
MUST_CHECK bool member_parse(struct message *answer, struct str bytes);
/* The member, its strings in the arena and its bytes borrowed; false at the end,
   and with an error where it is a fault. */
MUST_CHECK bool member_take(
    struct arena *a, struct member *out, const struct message *answer,
    GError **error);

#endif
