/*
 * The consonants of a word, in classes that spellings of one name seldom
 * leave: voiced or not, dental or emphatic.  Vowels, h, v, w and y come and go,
 * and are left out.
 */
#include "identity/crowd.h"

enum { SKELETON_MOST = 6, CLASSES = 16 };

static uint32_t class_of(char sign)
{
    static const char *const classes[] = {
        "bp", "f", "tdTDJM", "szSZcCPjxBQ", "kgqKG", "l", "m", "n", "r",
    };

    for (uint32_t i = 0; i < G_N_ELEMENTS(classes); i++)
        for (const char *at = classes[i]; *at; at++)
            if (*at == sign)
                return i + 1;
    if (g_ascii_isdigit(sign))
        return 10 + (uint32_t)(sign - '0') % 5;
    return 0;
}

uint32_t word_skeleton(const struct name_form *f, uint32_t word)
{
    const struct name_word *w = &f->words[word];
    uint32_t code = 0, last = 0;
    int count = 0;

    for (uint8_t i = 0; i < w->length && count < SKELETON_MOST; i++) {
        uint32_t class = class_of(sign_of_sound(f->sounds[w->from + i]));

        if (!class || class == last)
            continue;
        code = code * CLASSES + class;
        last = class;
        count++;
    }
    if (code)
        return code;
    /* Vowels alone: by the first of them. */
    return w->length ? UINT32_C(0x40000000) | f->sounds[w->from] : 0;
}
