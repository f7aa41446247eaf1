#include "server/terms.h"

#include <string.h>

bool call_choice(
    struct call *c, const char *name, const char *const *words, int *out)
{
    const char *value = call_word(c, name);

    *out = 0;
    for (int i = 0; value && words[i]; i++)
        if (!strcmp(words[i], value)) {
            *out = i;
            return true;
        }
    if (!value || !*value)
        return true;
    call_refuse(c, REFUSAL_BAD_REQUEST, "%s: \"%s\" is none", name, value);
    return false;
}

const char *call_folded(struct call *c, const char *name)
{
    const char *value = call_word(c, name);
    g_autofree char *folded = NULL;

    if (!value)
        return NULL;
    folded = index_fold(value);
    g_strstrip(folded);
    return *folded ? arena_copy(c->arena, folded, strlen(folded)) : NULL;
}

bool call_kind(struct call *c, int *out)
{
    static const char *const kinds[] = {"", "person", "group", "place", NULL};

    if (!call_choice(c, "kind", kinds, out))
        return false;
    *out = *out ? *out - 1 : KIND_ANY;
    return true;
}

uint32_t page_offset(const struct page *p)
{
    return (uint32_t)MIN(p->offset, UINT32_MAX);
}
