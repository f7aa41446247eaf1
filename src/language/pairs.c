#include "language/pairs.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { DEPTH_MOST = 16 };

/* Marks that wait for their partner. */
struct waiting {
    uint32_t at[DEPTH_MOST];
    UChar32 mark[DEPTH_MOST];
    int count;
};

/* The token's only code point, if it is a mark that hangs on something. */
static UChar32 mark_of(const struct token *t)
{
    int32_t len = (int32_t)strlen(t->form), at = 0;
    UChar32 c;

    U8_NEXT_OR_FFFD(t->form, at, len, c);
    return at == len && t->relation == RELATION_punct ? c : 0;
}

static bool is_bracket(UChar32 c)
{
    return u_getIntPropertyValue(c, UCHAR_BIDI_PAIRED_BRACKET_TYPE) !=
           U_BPT_NONE;
}

static bool opens(UChar32 c)
{
    int8_t type = u_charType(c);

    return type == U_START_PUNCTUATION || type == U_INITIAL_PUNCTUATION;
}

/* Does `close` end what `open` began?  A straight quotation mark does both;
   curved ones differ between countries. */
static bool belong(UChar32 open, UChar32 close)
{
    if (open == '"' || close == '"')
        return open == close;
    if (is_bracket(open) || is_bracket(close))
        return u_getBidiPairedBracket(open) == close;
    return u_charType(close) == U_FINAL_PUNCTUATION;
}

/* The token of (from, to) that hangs on one outside, or NO_TOKEN. */
static uint32_t
head_between(const struct sentence *s, uint32_t from, uint32_t to)
{
    for (uint32_t t = from + 1; t < to; t++) {
        uint32_t head = s->tokens[t].head;

        if (s->tokens[t].relation != RELATION_punct &&
            (head == NO_TOKEN || head <= from || head >= to))
            return t;
    }
    return NO_TOKEN;
}

static bool is_leaf(const struct sentence *s, uint32_t token)
{
    for (uint32_t t = 0; t < s->token_count; t++)
        if (s->tokens[t].head == token)
            return false;
    return true;
}

static void attach(struct sentence *s, uint32_t from, uint32_t to)
{
    uint32_t head = head_between(s, from, to);

    if (head == NO_TOKEN)
        return;
    if (is_leaf(s, from))
        s->tokens[from].head = head;
    if (is_leaf(s, to))
        s->tokens[to].head = head;
}

/* Where in `w` the partner of `close` waits, or -1. */
static int find_partner(const struct waiting *w, UChar32 close)
{
    for (int i = w->count; i-- > 0;)
        if (belong(w->mark[i], close))
            return i;
    return -1;
}

void pairs_attach(struct sentence *s)
{
    struct waiting w = {.count = 0};

    for (uint32_t t = 0; t < s->token_count; t++) {
        UChar32 mark = mark_of(&s->tokens[t]);
        int partner = mark ? find_partner(&w, mark) : -1;

        if (partner >= 0) {
            attach(s, w.at[partner], t);
            w.count = partner;
        } else if (
            mark && (opens(mark) || mark == '"') && w.count < DEPTH_MOST) {
            w.at[w.count] = t;
            w.mark[w.count++] = mark;
        }
    }
}
