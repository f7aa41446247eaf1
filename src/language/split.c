/*
 * split.c - cuts the words of a paragraph.  A chunk, which is what stands
 * between white space, is scanned once from left to right; what the scanner
 * must look ahead for (an address, a file name) is looked for once a chunk.
 */
#include "language/break_parts.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

/* Longer runs are no words: they are cut, so that no token grows beyond. */
enum { WORD_MOST = 1024, LOOKUP_MOST = 32, PUNCT_RUN = 12 };

struct splitter {
    const struct break_rules *rules;
    const char *text;
    struct pieces *out;
    uint32_t end;        /* of the chunk */
    uint32_t stop;       /* of the paragraph */
    uint32_t from;       /* of the chunk */
    uint32_t no_address; /* no address begins before this */
    uint32_t no_file;    /* no file name begins before this */
    bool quote_open;     /* a single quotation mark waits for its fellow */
    UBreakIterator *ideographs; /* opened on demand */
};

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

static bool
sign_is(const struct splitter *s, uint32_t at, enum sign a, enum sign b)
{
    uint32_t next;
    enum sign sign;

    if (at >= s->end)
        return false;
    sign = sign_at(s->text, at, s->end, &next);
    return sign == a || sign == b;
}

static bool is_word_char(const struct splitter *s, uint32_t at)
{
    return sign_is(s, at, SIGN_LETTER, SIGN_DIGIT);
}

/* Bytes of the apostrophe at `at`: ', ` or U+2019; 0 if it is none. */
static uint32_t apostrophe_at(const struct splitter *s, uint32_t at)
{
    const char *t = s->text + at;

    if (at >= s->end)
        return 0;
    if (*t == '\'' || *t == '`')
        return 1;
    if (at + 2 < s->end && memcmp(t, "\xE2\x80\x99", 3) == 0)
        return 3;
    return 0;
}

/* Looks up [from, to) in lower case, with straight apostrophes. */
static uint32_t lookup(
    const struct splitter *s, const struct word_map *m, uint32_t from,
    uint32_t to)
{
    char buffer[LOOKUP_MOST];
    size_t len = 0;

    if (to - from > LOOKUP_MOST)
        return WORD_MAP_NONE;
    while (from < to) {
        uint32_t apostrophe = apostrophe_at(s, from);

        buffer[len++] = apostrophe ? '\'' : g_ascii_tolower(s->text[from]);
        from += apostrophe ? apostrophe : 1;
    }
    return word_map_lookup(m, (struct str){buffer, len});
}

static bool is_kind(
    const struct splitter *s, enum word_kind kind, uint32_t from, uint32_t to)
{
    return lookup(s, s->rules->words[kind], from, to) != WORD_MAP_NONE;
}

/* --- emitting -------------------------------------------------------- */

static void emit(struct splitter *s, uint32_t from, uint32_t to)
{
    while (to - from > WORD_MOST) {
        uint32_t cut = from + WORD_MOST;

        while (((unsigned char)s->text[cut] & 0xC0) == 0x80)
            cut--;
        add_piece(s->out, from, cut);
        from = cut;
    }
    add_piece(s->out, from, to);
}

static void emit_part(struct splitter *s, uint32_t from, uint32_t to)
{
    add_piece(s->out, from, to)->flags |= PIECE_MWT_NEXT;
}

/* Where the last clitic of the word begins ("n't", "'s"), else `to`. */
static uint32_t
find_clitic(const struct splitter *s, uint32_t from, uint32_t to)
{
    uint32_t most = MIN(to - from, 8);

    for (uint32_t len = 1; len < most; len++)
        if (lookup(s, s->rules->clitics, to - len, to))
            return apostrophe_at(s, to - len) || apostrophe_at(s, to - len + 1)
                       ? to - len
                       : to;
    return to;
}

/* A word and its clitics, each a piece of one multiword token. */
static void emit_clitics(struct splitter *s, uint32_t from, uint32_t to)
{
    uint32_t cuts[4], count = 0, end = to;

    while (count < G_N_ELEMENTS(cuts)) {
        uint32_t cut = find_clitic(s, from, end);

        if (cut == end)
            break;
        cuts[count++] = cut;
        end = cut;
    }
    while (count) {
        emit_part(s, from, cuts[--count]);
        from = cuts[count];
    }
    emit(s, from, to);
}

static void
emit_word(struct splitter *s, uint32_t from, uint32_t to, bool apostrophe)
{
    uint32_t cuts;

    if (apostrophe && !is_kind(s, WORD_whole, from, to)) {
        emit_clitics(s, from, to);
        return;
    }
    cuts = lookup(s, s->rules->contractions, from, to);
    while (cuts) {
        uint32_t len = cuts & 0xFF;

        emit_part(s, from, from + len);
        from += len;
        cuts >>= 8;
    }
    emit(s, from, to);
}

/* --- addresses and file names ---------------------------------------- */

static bool in_set(char c, const char *set)
{
    return c && strchr(set, c);
}

static bool is_ascii_word(char c)
{
    return g_ascii_isalnum(c) || in_set(c, "._%+-~");
}

/* Without the punctuation that closes a sentence or a bracket. */
static uint32_t
trim_address(const struct splitter *s, uint32_t from, uint32_t to)
{
    while (to > from + 1 && in_set(s->text[to - 1], ".,;:!?'\")]}>*"))
        to--;
    return to;
}

/* The end of the web address that begins at `at`, or `at`. */
static uint32_t web_end(const struct splitter *s, uint32_t at)
{
    static const char *const starts[] = {"http://", "https://", "ftp://",
                                         "www.",    "mailto:",  "doi:"};
    uint32_t to = at;

    for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
        size_t len = strlen(starts[i]);

        if (s->end - at <= len ||
            g_ascii_strncasecmp(s->text + at, starts[i], len))
            continue;
        while (to < s->end && !in_set(s->text[to], "<>\"|"))
            to++;
        return trim_address(s, at, to);
    }
    return at;
}

/* The end of the e-mail address that begins at `at`, or `at`. */
static uint32_t mail_end(struct splitter *s, uint32_t at)
{
    uint32_t to = at;

    if (at < s->no_address)
        return at;
    while (to < s->end && is_ascii_word(s->text[to]))
        to++;
    s->no_address = to + 1;
    if (to == at || to + 1 >= s->end || s->text[to] != '@' ||
        !g_ascii_isalnum(s->text[to + 1]))
        return at;
    to++;
    while (to < s->end && is_ascii_word(s->text[to]))
        to++;
    return trim_address(s, at, to);
}

/* The end of the name of a file or site ("report.doc"), or `at`. */
static uint32_t file_end(struct splitter *s, uint32_t at)
{
    uint32_t to = at, dot = 0;

    if (at < s->no_file)
        return at;
    while (to < s->end && is_ascii_word(s->text[to])) {
        if (s->text[to] == '.' && to > at && to + 1 < s->end &&
            g_ascii_isalnum(s->text[to + 1]))
            dot = to;
        to++;
    }
    s->no_file = to;
    to = dot;
    while (dot && ++to < s->end && g_ascii_isalnum(s->text[to]))
        continue;
    if (!dot || !is_kind(s, WORD_ending, dot + 1, to))
        return at;
    if (to + 1 < s->end && s->text[to] == '/' &&
        g_ascii_isalnum(s->text[to + 1])) {
        while (to < s->end && !in_set(s->text[to], "<>\"|"))
            to++;
        to = trim_address(s, at, to);
    }
    s->no_file = to;
    return to;
}

static uint32_t address_end(struct splitter *s, uint32_t at)
{
    uint32_t to = web_end(s, at);

    if (to == at)
        to = mail_end(s, at);
    if (to == at)
        to = file_end(s, at);
    return to;
}

/* --- words ----------------------------------------------------------- */

struct word {
    uint32_t from, at;
    uint32_t part;   /* where the part after the last hyphen or stop begins */
    bool dotted;     /* an acronym with stops inside */
    bool apostrophe; /* has one inside or at its end */
    bool stopped;
};

static uint32_t skip_word_chars(const struct splitter *s, uint32_t at)
{
    uint32_t next;

    while (at < s->end) {
        enum sign sign = sign_at(s->text, at, s->end, &next);

        if (sign != SIGN_LETTER && sign != SIGN_DIGIT)
            break;
        at = next;
    }
    return at;
}

static uint32_t count_letters(const struct splitter *s, uint32_t at)
{
    uint32_t count = 0, next;

    while (at < s->end && sign_at(s->text, at, s->end, &next) == SIGN_LETTER &&
           count < 8) {
        count++;
        at = next;
    }
    return count;
}

/* The first character of the next chunk, or NUL. */
static char after_chunk(const struct splitter *s)
{
    uint32_t at = s->end, next;

    while (at < s->stop && at < s->end + 8) {
        if (sign_at(s->text, at, s->stop, &next) != SIGN_SPACE)
            return s->text[at];
        at = next;
    }
    return '\0';
}

/* Is the stop at the end of this word an abbreviation's? */
static bool keeps_stop(const struct splitter *s, const struct word *w)
{
    uint32_t kind;
    char first = s->text[w->from];

    if (w->dotted)
        return true;
    if (w->at - w->from == 1 && g_ascii_isupper(first))
        return w->at + 1 == s->end && g_ascii_isupper(after_chunk(s)) &&
               first != 'I';
    kind = lookup(s, s->rules->abbreviations, w->from, w->at);
    if (kind == ABBREVIATION_NUMBER)
        return g_ascii_isdigit(
            w->at + 1 < s->end ? s->text[w->at + 1] : after_chunk(s));
    if (kind == ABBREVIATION_TITLE || kind == ABBREVIATION_INNER)
        return w->at + 1 < s->end || after_chunk(s);
    return kind != WORD_MAP_NONE;
}

static bool pass_stop(struct splitter *s, struct word *w)
{
    uint32_t letters = count_letters(s, w->at + 1);
    uint32_t before = count_letters(s, w->part);

    if (letters == 0) {
        if (w->at + 1 < s->end && s->text[w->at + 1] == '.')
            return false;
        if (!keeps_stop(s, w))
            return false;
        w->at++;
        w->stopped = true;
        return false;
    }
    /* U.S., e.g., Ph.D. */
    if ((before == 1 || w->dotted || letters == 1) && letters <= 2 &&
        before <= 2) {
        w->dotted = true;
        w->at++;
        w->part = w->at;
        return true;
    }
    if (keeps_stop(s, w)) {
        w->at++;
        w->stopped = true;
    }
    return false;
}

/* Does the hyphen at w->at stay inside the word? */
static bool pass_hyphen(struct splitter *s, struct word *w)
{
    uint32_t after = skip_word_chars(s, w->at + 1);

    if (after == w->at + 1)
        return false;
    if (!is_kind(s, WORD_prefix, w->part, w->at) &&
        !is_kind(s, WORD_whole, w->from, after))
        return false;
    w->at++;
    w->part = w->at;
    return true;
}

static bool pass_apostrophe(struct splitter *s, struct word *w, uint32_t len)
{
    char last = g_ascii_tolower(s->text[w->at - 1]);

    if (sign_is(s, w->at + len, SIGN_LETTER, SIGN_LETTER)) {
        w->apostrophe = true;
        w->at += len;
        return true;
    }
    if (s->text[w->at] != '`' && !s->quote_open && in_set(last, "sxz") &&
        !is_word_char(s, w->at + len)) {
        w->apostrophe = true;
        w->at += len;
    }
    return false;
}

/* Passes over a sign inside the word; false if the word ends before it. */
static bool pass_sign(struct splitter *s, struct word *w)
{
    uint32_t len = apostrophe_at(s, w->at);
    char c = s->text[w->at];
    uint32_t after;

    if (len)
        return pass_apostrophe(s, w, len);
    if (c == '.')
        return pass_stop(s, w);
    if (c == '-')
        return pass_hyphen(s, w);
    if (c == '_' || (c == '&' && g_ascii_isupper(s->text[w->at - 1]))) {
        if (c == '&' && w->at + 1 < s->end &&
            !g_ascii_isupper(s->text[w->at + 1]))
            return false;
        after = w->at + 1;
        if (!is_word_char(s, after))
            return false;
        w->at = after;
        return true;
    }
    if (c == '/' || c == '$') {
        after = skip_word_chars(s, w->at + 1);
        if (c == '$')
            after = w->at + 1;
        if (!is_kind(s, WORD_whole, w->from, after))
            return false;
        w->at = after;
        return c == '/';
    }
    return false;
}

static uint32_t split_from(struct splitter *s, struct word *w)
{
    do {
        w->at = skip_word_chars(s, w->at);
    } while (w->at < s->end && pass_sign(s, w));
    emit_word(s, w->from, w->at, w->apostrophe);
    if (w->stopped)
        s->out->at[s->out->count - 1].flags |= PIECE_STOPPED;
    return w->at;
}

static uint32_t split_word(struct splitter *s, uint32_t at)
{
    struct word w = {.from = at, .at = at, .part = at};
    uint32_t to = address_end(s, at);

    if (to == at)
        return split_from(s, &w);
    emit(s, at, to);
    return to;
}

/* --- numbers --------------------------------------------------------- */

static uint32_t skip_digits(const struct splitter *s, uint32_t at)
{
    while (at < s->end && g_ascii_isdigit(s->text[at]))
        at++;
    return at;
}

/* "9/11", "11/02": a month and a day rather than "1/2" or "2001/02". */
static bool is_month_and_day(
    const struct splitter *s, uint32_t from, uint32_t sep, uint32_t to)
{
    int month = atoi(s->text + from);
    int day = atoi(s->text + sep + 1);

    return sep - from <= 2 && to - sep <= 3 && month >= 1 && month <= 12 &&
           day <= 31 && (day >= 6 || s->text[sep + 1] == '0');
}

/*
 * Telephone numbers and dates stay whole, ranges do not: from the end of the
 * first group of digits to the end of the groups that belong to it.
 */
static uint32_t groups_end(const struct splitter *s, uint32_t from, uint32_t at)
{
    uint32_t ends[6], count = 1;

    ends[0] = at;
    while (count < G_N_ELEMENTS(ends) && ends[count - 1] + 1 < s->end &&
           in_set(s->text[ends[count - 1]], "-/") &&
           g_ascii_isdigit(s->text[ends[count - 1] + 1])) {
        ends[count] = skip_digits(s, ends[count - 1] + 1);
        count++;
    }
    if (count >= 3)
        return ends[count - 1];
    if (count == 2) {
        uint32_t first = at - from, second = ends[1] - at - 1;

        if (s->text[at] == '/'
                ? is_month_and_day(s, from, at, ends[1])
                : second == 4 && (first == 1 || first == 3 || first == 5))
            return ends[1];
    }
    return at;
}

static bool is_ordinal_end(const struct splitter *s, uint32_t from, uint32_t to)
{
    static const char *const ends[] = {"st", "nd", "rd", "th", "s"};

    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (to - from == strlen(ends[i]) &&
            !g_ascii_strncasecmp(s->text + from, ends[i], to - from))
            return true;
    return false;
}

static uint32_t split_number(struct splitter *s, uint32_t from)
{
    uint32_t at = skip_digits(s, from), to;
    struct word w;

    to = groups_end(s, from, at);
    if (to == at) {
        while (at + 1 < s->end && in_set(s->text[at], ".,:") &&
               g_ascii_isdigit(s->text[at + 1]))
            at = skip_digits(s, at + 1);
        to = at;
    }
    at = to;
    w = (struct word){.from = from, .at = at, .part = at};
    if (!is_word_char(s, at) && !apostrophe_at(s, at)) {
        to = address_end(s, from);
        to = MAX(to, at);
        emit(s, from, to);
        return to;
    }
    to = at;
    while (to < s->end && g_ascii_isalpha(s->text[to]))
        to++;
    if (to > at && !is_ordinal_end(s, at, to) &&
        is_kind(s, WORD_unit, at, to)) {
        emit(s, from, at);
        return at;
    }
    to = address_end(s, from);
    if (to > at) {
        emit(s, from, to);
        return to;
    }
    return split_from(s, &w);
}

/* --- punctuation ----------------------------------------------------- */

/* The end of the emoticon that begins at `at`, or `at`. */
static uint32_t emoticon_end(const struct splitter *s, uint32_t at)
{
    uint32_t most = MIN(s->end - at, 5);

    for (uint32_t len = most; len > 1; len--)
        if (!is_word_char(s, at + len) && word_map_lookup(
                                              s->rules->words[WORD_emoticon],
                                              (struct str){s->text + at, len}))
            return at + len;
    return at;
}

static uint32_t punct_end(const struct splitter *s, uint32_t at)
{
    uint32_t to = at;

    while (to < s->end && to - at < WORD_MOST &&
           sign_is(s, to, SIGN_PUNCT, SIGN_PUNCT))
        sign_at(s->text, to, s->end, &to);
    return to;
}

/* The end of a run that is one token: "...", "!?", "--", "=====". */
static uint32_t run_end(const struct splitter *s, uint32_t at)
{
    const char *set = in_set(s->text[at], ".!?") ? ".!?" : "";
    char first = s->text[at];
    uint32_t to = at, next;

    if (in_set(first, "()[]{}\",;:$%&@/\\"))
        return at + 1;
    sign_at(s->text, at, s->end, &next);
    if ((unsigned char)first >= 128) {
        uint32_t len = next - at;

        to = next;
        while (to + len <= s->end &&
               memcmp(s->text + to, s->text + at, len) == 0 && len > 2 &&
               (unsigned char)first != 0xE2)
            to += len;
        return to;
    }
    while (to < s->end && (s->text[to] == first || in_set(s->text[to], set)))
        to++;
    return to;
}

static bool is_drawing(const struct splitter *s, uint32_t at, uint32_t to)
{
    if (to - at < 4)
        return false;
    while (at < to)
        if (!in_set(s->text[at++], "-=_*+|<>~#^/\\{}"))
            return false;
    return true;
}

static uint32_t opened_end(struct splitter *s, uint32_t at, uint32_t len)
{
    uint32_t to = at + len;
    uint32_t letters = skip_word_chars(s, to);

    if (is_kind(s, WORD_whole, at, letters))
        return letters;
    /* '90s */
    if (to + 1 < s->end && g_ascii_isdigit(s->text[to]) &&
        g_ascii_isdigit(s->text[to + 1]) && letters <= to + 3)
        return letters;
    return at;
}

static uint32_t split_apostrophe(struct splitter *s, uint32_t at, uint32_t len)
{
    bool begins = at == s->from || !is_word_char(s, at - 1);
    uint32_t to = run_end(s, at);

    if (begins && is_word_char(s, at + len)) {
        to = opened_end(s, at, len);
        if (to > at) {
            emit(s, at, to);
            return to;
        }
        s->quote_open = true;
        to = at + len;
    } else {
        s->quote_open = false;
    }
    emit(s, at, to);
    return to;
}

static uint32_t punct_token_end(struct splitter *s, uint32_t at)
{
    char c = s->text[at];
    uint32_t all = punct_end(s, at), to;

    if (all - at >= PUNCT_RUN || is_drawing(s, at, all))
        return all;
    if ((unsigned char)c < 128 && s->rules->emoticon_start[(unsigned char)c]) {
        to = emoticon_end(s, at);
        if (to > at)
            return to;
    }
    if (s->end - at >= 5 && memcmp(s->text + at, "[...]", 5) == 0)
        return at + 5;
    if (in_set(c, "#@") && all == at + 1 &&
        (at == s->from || !is_word_char(s, at - 1)) &&
        sign_is(s, at + 1, SIGN_LETTER, SIGN_LETTER))
        return skip_word_chars(s, at + 1);
    return run_end(s, at);
}

static uint32_t split_punct(struct splitter *s, uint32_t at)
{
    uint32_t len = apostrophe_at(s, at);
    uint32_t to;
    char c = s->text[at];

    if (len && punct_end(s, at) == at + len)
        return split_apostrophe(s, at, len);
    if (c == '.' && at + 1 < s->end && g_ascii_isdigit(s->text[at + 1])) {
        to = skip_digits(s, at + 1);
        emit(s, at, to);
        return to;
    }
    if (s->end - at > 2 && memcmp(s->text + at, "\xE2\x80\x98", 3) == 0)
        s->quote_open = true;
    to = punct_token_end(s, at);
    emit(s, at, to);
    return to;
}

/* --- scripts without spaces ------------------------------------------ */

static uint32_t split_ideographs(struct splitter *s, uint32_t at)
{
    UErrorCode status = U_ZERO_ERROR;
    uint32_t to = at;
    UText text = UTEXT_INITIALIZER;

    while (to < s->end && to - at < WORD_MOST &&
           sign_is(s, to, SIGN_IDEOGRAPH, SIGN_IDEOGRAPH))
        sign_at(s->text, to, s->end, &to);
    if (!s->ideographs)
        s->ideographs = ubrk_open(UBRK_WORD, "en", NULL, 0, &status);
    utext_openUTF8(&text, s->text + at, (int64_t)(to - at), &status);
    ubrk_setUText(s->ideographs, &text, &status);
    if (U_SUCCESS(status)) {
        int32_t from = 0, end;

        while ((end = ubrk_next(s->ideographs)) != UBRK_DONE) {
            emit(s, at + (uint32_t)from, at + (uint32_t)end);
            from = end;
        }
    } else {
        emit(s, at, to);
    }
    utext_close(&text);
    return to;
}

/* --- chunks ---------------------------------------------------------- */

static void split_chunk(struct splitter *s)
{
    uint32_t at = s->from, next;

    s->no_address = s->no_file = at;
    while (at < s->end) {
        switch (sign_at(s->text, at, s->end, &next)) {
        case SIGN_LETTER:
            at = split_word(s, at);
            break;
        case SIGN_DIGIT:
            at = g_ascii_isdigit(s->text[at]) ? split_number(s, at)
                                              : split_word(s, at);
            break;
        case SIGN_IDEOGRAPH:
            at = split_ideographs(s, at);
            break;
        case SIGN_SPACE:
            at = next;
            break;
        case SIGN_PUNCT:
        default:
            at = split_punct(s, at);
        }
    }
}

void split_words(
    const struct break_rules *r, const char *text, struct span paragraph,
    struct pieces *out)
{
    struct splitter s = {.rules = r, .text = text, .out = out};
    uint32_t at = paragraph.from, next;

    s.stop = paragraph.to;
    while (at < paragraph.to) {
        bool plain = true;

        if (sign_at(text, at, paragraph.to, &next) == SIGN_SPACE) {
            at = next;
            continue;
        }
        s.from = at;
        while (at < paragraph.to) {
            enum sign sign = sign_at(text, at, paragraph.to, &next);

            if (sign == SIGN_SPACE)
                break;
            plain &= sign == SIGN_LETTER;
            at = next;
        }
        s.end = at;
        if (plain)
            emit_word(&s, s.from, s.end, false);
        else
            split_chunk(&s);
    }
    if (s.ideographs)
        ubrk_close(s.ideographs);
}
