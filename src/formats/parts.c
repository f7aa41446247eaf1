#include "formats/parts.h"

#include <string.h>

bool complain(GError **error, attest_error_code code, const char *words)
{
    g_set_error_literal(error, ATTEST_ERROR, (gint)code, words);
    return false;
}

void set_text(struct making *m, GString *text)
{
    struct document *d = m->document;

    d->text = (struct str){arena_copy(m->a, text->str, text->len), text->len};
    d->body = (struct span){0, (uint32_t)text->len};
    g_string_free(text, TRUE);
}

void end_paragraph(GString *text)
{
    bool is_ended =
        text->len >= 2 && !memcmp(text->str + text->len - 2, "\n\n", 2);

    if (text->len && !is_ended)
        g_string_append(text, "\n\n");
}
