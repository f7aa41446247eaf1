/* stance.h - does it happen, or is it planned, denied, demanded, ...? */
#ifndef CLAIMS_STANCE_H
#define CLAIMS_STANCE_H

#include "claims/scene.h"

struct stance {
    bool negative;
    bool swallowed; /* what prevents it already tells it */
    bool has_modality;
    enum modality modality;
};

struct stance stance_find(const struct scene *v, uint32_t trigger);

#endif
