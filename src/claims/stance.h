/* stance.h - does it happen, or is it planned, denied, demanded, ...? */
#ifndef CLAIMS_STANCE_H
#define CLAIMS_STANCE_H

#include "claims/scene.h"

struct stance {
    bool negative;
    bool swallowed; /* what prevents it already tells it */
    bool has_modality;
    enum modality modality;
    struct reasons *reasons; /* to which what is found is added */
};

/* Adds to `reasons`. */
struct stance
stance_find(const struct scene *v, uint32_t trigger, struct reasons *reasons);
/* Notes a reason, if there is room. */
void reason_add(
    struct reasons *reasons, enum reason_kind kind, uint32_t token,
    const struct lexicon_row *row);

#endif
