#include "formats/head.h"

#include <string.h>

struct str head_line(struct str *rest)
{
    const char *end = memchr(rest->at, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->at) : rest->len;
    struct str line = {rest->at, len};

    rest->at += len + (end != NULL);
    rest->len -= len + (end != NULL);
    line.len -= len && line.at[len - 1] == '\r';
    return line;
}

struct str head_value(struct str start, const char *name)
{
    size_t len = strlen(name);
    struct str line;

    while ((line = head_line(&start)).len)
        if (line.len > len && line.at[len] == ':' &&
            !g_ascii_strncasecmp(line.at, name, len))
            return str_trim(
                (struct str){line.at + len + 1, line.len - len - 1});
    return (struct str){NULL, 0};
}
