/* phrases.h - the smallest full noun phrase around a head. */
#ifndef CLAIMS_PHRASES_H
#define CLAIMS_PHRASES_H

#include "claims/scene.h"

struct phrase phrase_none(void);
/* The phrase of `head` and of what is joined to it by "and"; but of "those who
   fled and the dead" the trigger `fled` has the first alone. */
struct phrase phrase_make(
    const struct scene *v, uint32_t head, uint32_t trigger);
/* The phrase of `head` alone. */
struct phrase phrase_make_single(const struct scene *v, uint32_t head);
/* "most", "many", "two": a part of what "of" brings. */
bool phrase_is_part(const struct scene *v, uint32_t head);
/* Tokens [from, to) of the phrase of `head` alone. */
void phrase_range(
    const struct scene *v, uint32_t head, uint32_t *from, uint32_t *to);
/* "95% of the women" is about the women: the head that stands for whom. */
uint32_t phrase_counted(const struct scene *v, uint32_t head);

/* Spans of tokens, joined where nothing but space lies between. */
struct spans spans_of_tokens(
    const struct scene *v, const uint32_t *tokens, uint32_t count);
struct spans spans_of_range(const struct scene *v, uint32_t from, uint32_t to);

#endif
