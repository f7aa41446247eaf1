/*
 * signs.c - what a character is to the breaker: space, letter, digit,
 * punctuation, or a sign of a script without spaces.
 */
#include "language/break_parts.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#define P SIGN_PUNCT
#define L SIGN_LETTER
#define D SIGN_DIGIT
#define S SIGN_SPACE
static const unsigned char ascii_signs[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, S, S, S, S, S, S, S, S, S, S, P, P, P, P, P, P, P, P, P, P, P,
    P, P, P, P, D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P, P, L,
    L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, P, P, P, P, P, P, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S};
#undef P
#undef L
#undef D
#undef S

/* Scripts whose words are not parted by spaces: ICU's dictionaries know. */
static bool is_ideograph(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;

    if (c < 0xE00)
        return false;
    switch ((int)uscript_getScript(c, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
        return true;
    default:
        return false;
    }
}

static enum sign wide_sign(UChar32 c)
{
    uint32_t mask = U_MASK(u_charType(c));

    if (mask & (U_GC_L_MASK | U_GC_M_MASK))
        return is_ideograph(c) ? SIGN_IDEOGRAPH : SIGN_LETTER;
    if (mask & U_GC_N_MASK)
        return SIGN_DIGIT;
    /* Joiners and soft hyphens are inside words, marks of direction not. */
    if (c == 0xAD || c == 0x200C || c == 0x200D)
        return SIGN_LETTER;
    if (mask & (U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK))
        return SIGN_SPACE;
    return SIGN_PUNCT;
}

enum sign sign_at(const char *text, uint32_t at, uint32_t end, uint32_t *next)
{
    unsigned char byte = (unsigned char)text[at];
    uint32_t i = at;
    UChar32 c;

    if (byte < 128) {
        *next = at + 1;
        return ascii_signs[byte];
    }
    U8_NEXT(text, i, end, c);
    *next = i;
    return c < 0 ? SIGN_PUNCT : wide_sign(c);
}
