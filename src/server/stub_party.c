#include "server/shapes.h"
void answer_party_number(struct call *c, uint32_t party) { shape_party(c, party); }
