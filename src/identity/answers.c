/* Which words of two names answer each other, in words. */
#include "identity/likeness.h"

static void append_word(GString *out, const struct name_form *f, int word)
{
    const struct name_word *w = &f->words[word];

    for (uint8_t i = 0; i < w->length; i++)
        g_string_append_c(out, sign_of_sound(f->sounds[w->from + i]));
}

static void
append_answer(GString *out, const struct pairing *p, int side, int word)
{
    const struct answer *a = &p->answers[side][word];

    if (out->len)
        g_string_append(out, "; ");
    append_word(out, p->forms[side], word);
    g_string_append(out, " ~ ");
    for (int i = 0; i < a->span; i++) {
        if (i)
            g_string_append_c(out, '+');
        append_word(out, p->forms[!side], a->word + i);
    }
    g_string_append_printf(out, " %.2f", (double)a->likeness);
}

/* Words that answer together are told once, from the side of the one. */
static bool is_told(const struct pairing *p, int side, int word)
{
    const struct answer *a = &p->answers[side][word], *back;

    if (a->word < 0)
        return false;
    back = &p->answers[!side][a->word];
    return side ? a->span > 1 : back->span < 2;
}

static void append_left(GString *out, const struct pairing *p, bool *first)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < p->forms[side]->count; i++) {
            if (p->answers[side][i].word >= 0 ||
                !p->forms[side]->words[i].weight)
                continue;
            if (*first)
                g_string_append(out, out->len ? "; left: " : "left: ");
            else
                g_string_append(out, ", ");
            append_word(out, p->forms[side], i);
            *first = false;
        }
}

void names_answers(
    const struct likeness *l, const struct name_form *a,
    const struct name_form *b, GString *out)
{
    struct pairing pairing;
    bool first = true;

    forms_pair(l, a, b, &pairing);
    g_string_truncate(out, 0);
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < pairing.forms[side]->count; i++)
            if (is_told(&pairing, side, i))
                append_answer(out, &pairing, side, i);
    append_left(out, &pairing, &first);
}
