/* An index with other bytes in some places: whatever opens answers everything.
   The input is places and what stands there, four bytes each; what is left over
   shortens it. */
#include "served.h"

#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    enum { PATCH = 8 };
    GBytes *first = served_index();
    gsize length = g_bytes_get_size(first);
    g_autofree char *bytes = g_memdup2(g_bytes_get_data(first, NULL), length);

    for (; size >= PATCH; size -= PATCH, at += PATCH) {
        uint32_t place;

        memcpy(&place, at, sizeof place);
        memcpy(bytes + place % (length / 4) * 4, at + 4, 4);
    }
    if (served_from(bytes, length - size))
        served_ask_all();
    return 0;
}
