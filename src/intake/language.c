/* What a document is written in, and whether that is read. */
#include "intake/parts.h"
#include "intake/tongue.h"

#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

bool language_is_read(const char *language)
{
    return !language || !strcmp(language, "en");
}

/* Unless it was noted when the document was read before. */
static void add_note(struct arena *a, struct document *d, const char *note)
{
    size_t count = 0;
    const char **notes;

    for (; d->notes && d->notes[count]; count++)
        if (strstr(d->notes[count], note))
            return;
    notes = arena_make(a, const char *, count + 2);
    for (size_t i = 0; i < count; i++)
        notes[i] = d->notes[i];
    notes[count] = note;
    d->notes = notes;
}

/* "French (fr)". */
static const char *language_words(struct arena *a, const char *code)
{
    UChar name[64];
    char words[128];
    UErrorCode status = U_ZERO_ERROR;
    int32_t size =
        uloc_getDisplayLanguage(code, "en", name, G_N_ELEMENTS(name), &status);

    u_strToUTF8(words, sizeof(words), NULL, name, size, &status);
    return U_SUCCESS(status) ? arena_print(a, "%s (%s)", words, code) : code;
}

/* Of a long text pieces from its start to its end: to look at all of it would
   cost more than to open it. */
static struct str sample(struct arena *a, struct str text)
{
    enum { PIECES = 32, PIECE = 256 };
    GString *out;
    struct str taken;

    if (text.len <= (size_t)PIECES * PIECE)
        return text;
    out = g_string_sized_new((gsize)PIECES * (PIECE + 1));
    for (size_t i = 0; i < PIECES; i++) {
        size_t from = text.len / PIECES * i, to = from + PIECE;

        while ((text.at[from] & 0xC0) == 0x80)
            from++;
        while (to > from && (text.at[to] & 0xC0) == 0x80)
            to--; /* not in the middle of a letter */
        g_string_append_len(out, text.at + from, (gssize)(to - from));
        g_string_append_c(out, '\n');
    }
    taken = (struct str){arena_copy(a, out->str, out->len), out->len};
    g_string_free(out, TRUE);
    return taken;
}

void document_find_language(struct arena *a, struct document *d)
{
    enum { READ_LEAST = 34, NOTED_LEAST = 20 }; /* percent */
    struct str body = sample(a, span_text(d->text, d->body));
    struct tongue t = tongue_find(body.at, body.len);

    d->language = t.english_share >= READ_LEAST ? "en"
                  : *t.foreign                  ? arena_keep(a, t.foreign)
                                                : NULL;
    if (!language_is_read(d->language))
        add_note(
            a, d,
            arena_print(
                a,
                "it is in %s, which attest does not read: kept and searchable",
                language_words(a, t.foreign)));
    else if (t.foreign_share >= NOTED_LEAST)
        add_note(
            a, d,
            arena_print(
                a,
                "part of it is in %s, which attest does not read: the English "
                "was read",
                language_words(a, t.foreign)));
}
