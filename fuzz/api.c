/* Requests: a line each, "documents?limit=3" or "undo {}". */
#include "served.h"

#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t size)
{
    g_autofree char *text = g_strndup((const char *)at, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 16);
    bool is_changed = false;

    served();
    for (char **line = lines; *line; line++) {
        char *body = strchr(*line, ' ');

        if (body)
            *body++ = '\0';
        served_ask(*line, body, body ? strlen(body) : 0);
        is_changed |= body != NULL;
    }
    if (is_changed)
        served_anew();
    return 0;
}
