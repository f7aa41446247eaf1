/*
 * Letters into sounds.  One table look-up a letter for the scripts that
 * lexicon/letters.tsv covers; anything else is left to ICU (forms.c).
 */
#include "identity/likeness.h"

#include <string.h>

uint8_t sound_of_sign(char sign)
{
    if (sign >= 'a' && sign <= 'z')
        return (uint8_t)(sign - 'a' + 1);
    if (sign >= 'A' && sign <= 'Z')
        return (uint8_t)(sign - 'A' + 27);
    if (sign >= '0' && sign <= '9')
        return (uint8_t)(sign - '0' + 53);
    return 0;
}

char sign_of_sound(uint8_t sound)
{
    if (!sound)
        return '-';
    if (sound < 27)
        return (char)('a' + sound - 1);
    return (char)(sound < 53 ? 'A' + sound - 27 : '0' + sound - 53);
}

/* --- loading ----------------------------------------------------------- */

static enum script script_of(gunichar c)
{
    if ((c >= 0x0590 && c < 0x0900))
        return SCRIPT_SEMITIC;
    return c >= 0x0400 && c < 0x0530 ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
}

static void learn_letter(
    struct letters *l, gunichar c, const uint8_t *sounds, uint8_t count)
{
    struct letter *letter = &l->at[c];

    letter->kind = LETTER_KNOWN;
    letter->script = (uint8_t)script_of(c);
    letter->base = (uint16_t)c;
    letter->count = count;
    memcpy(letter->sounds, sounds, count);
}

static void learn_ascii(struct letters *l)
{
    for (char c = '0'; c <= 'z'; c++) {
        uint8_t sound = sound_of_sign(c);

        if (sound && !g_ascii_isupper(c))
            learn_letter(l, (gunichar)c, &sound, 1);
    }
}

static bool read_sounds(
    const struct table *t, size_t row, uint8_t *sounds, uint8_t *count,
    GError **error)
{
    const char *cell = table_cell(t, row, 1);

    *count = 0;
    for (; *cell; cell++) {
        if (*count == 3 || !sound_of_sign(*cell))
            return table_complain(
                t, row, error, "sounds are up to three of a-z and A-Z");
        sounds[(*count)++] = sound_of_sign(*cell);
    }
    return *count || table_complain(t, row, error, "the sounds are missing");
}

static bool read_letters(
    const struct table *t, size_t row, struct group *out, GError **error)
{
    for (const char *p = table_cell(t, row, 0); *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (out->length == G_N_ELEMENTS(out->letters) || c >= LETTER_COUNT)
            return table_complain(t, row, error, "letters out of range");
        out->letters[out->length++] = (uint16_t)c;
    }
    return out->length || table_complain(t, row, error, "no letters");
}

static bool
read_row(struct letters *l, const struct table *t, size_t row, GError **error)
{
    struct group *group = &l->groups[l->group_count];

    memset(group, 0, sizeof *group);
    if (!read_letters(t, row, group, error) ||
        !read_sounds(t, row, group->sounds, &group->count, error))
        return false;
    if (group->length > 1 || group->letters[0] < 0x80)
        l->group_count++;
    else
        learn_letter(l, group->letters[0], group->sounds, group->count);
    return true;
}

static int compare_groups(const void *x, const void *y)
{
    const struct group *a = x, *b = y;

    if (a->letters[0] != b->letters[0])
        return a->letters[0] < b->letters[0] ? -1 : 1;
    return (int)b->length - (int)a->length;
}

static void index_groups(struct letters *l)
{
    array_sort(l->groups, l->group_count, sizeof *l->groups, compare_groups);
    for (uint32_t i = l->group_count; i-- > 0;)
        l->at[l->groups[i].letters[0]].groups = (uint16_t)(i + 1);
}

static bool is_silent(gunichar c)
{
    static const gunichar silent[] = {
        '\'',  '`',   0xAD,   0xB4,   0x2B9,  0x2BA,  0x2BB, 0x2BC, 0x2BE,
        0x2BF, 0x2C8, 0x42A,  0x42C,  0x44A,  0x44C,  0x5F3, 0x5F4, 0x61C,
        0x621, 0x640, 0x2018, 0x2019, 0x201B, 0x2032, 0xFEFF};

    for (size_t i = 0; i < G_N_ELEMENTS(silent); i++)
        if (c == silent[i])
            return true;
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) ||
           g_unichar_type(c) == G_UNICODE_NON_SPACING_MARK;
}

/* Digits of any script that has them below LETTER_COUNT. */
static bool copy_digit(struct letters *l, gunichar c)
{
    int digit = g_unichar_digit_value(c);

    if (digit < 0)
        return false;
    l->at[c] = l->at['0' + digit];
    return true;
}

/* Capitals and accented letters follow the plain small one. */
static void copy_letter(struct letters *l, gunichar c)
{
    gunichar lower = g_unichar_tolower(c),
             parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

    if (l->at[c].kind == LETTER_KNOWN || copy_digit(l, c))
        return;
    g_unichar_fully_decompose(lower, FALSE, parts, G_N_ELEMENTS(parts));
    if (lower < LETTER_COUNT && l->at[lower].kind == LETTER_KNOWN)
        l->at[c] = l->at[lower];
    else if (parts[0] < LETTER_COUNT && l->at[parts[0]].kind == LETTER_KNOWN)
        l->at[c] = l->at[parts[0]];
    else if (is_silent(c))
        l->at[c].kind = LETTER_SILENT;
    else if (g_unichar_isalnum(c))
        l->at[c].kind = LETTER_FOREIGN;
}

bool letters_load(
    struct letters *l, struct arena *a, const char *lexicon_dir, GError **error)
{
    struct table *t = table_load(
        lexicon_dir, "letters.tsv", "letters\tsounds\texample", error);
    bool good = t != NULL;

    memset(l, 0, sizeof *l);
    learn_ascii(l);
    if (good)
        l->groups = arena_make(a, struct group, table_count(t) + 1);
    for (size_t row = 0; good && row < table_count(t); row++)
        good = read_row(l, t, row, error);
    table_free(t);
    if (!good)
        return false;
    memset(&l->groups[l->group_count], 0, sizeof *l->groups);
    index_groups(l);
    for (gunichar c = 0; c < LETTER_COUNT; c++)
        copy_letter(l, c);
    return true;
}

/* --- cutting ----------------------------------------------------------- */

/* The letters of a word before they are sounds. */
struct written {
    uint16_t letters[WORD_LETTERS + 1]; /* then 0 */
    uint8_t count;
};

/* The next code point of valid UTF-8. */
static inline gunichar take_char(struct str *at)
{
    gunichar c = (unsigned char)*at->at;
    size_t size = 1;

    if (c >= 0x80) {
        size = (size_t)g_utf8_skip[c];
        c = g_utf8_get_char(at->at);
    }
    at->at += size;
    at->len -= size;
    return c;
}

static struct letter beyond_table(const struct letters *l, gunichar c)
{
    gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

    if (is_silent(c))
        return (struct letter){.kind = LETTER_SILENT};
    g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));
    if (parts[0] < LETTER_COUNT && l->at[parts[0]].kind == LETTER_KNOWN)
        return l->at[parts[0]];
    return (struct letter){
        .kind = g_unichar_isalnum(c) ? LETTER_FOREIGN : LETTER_BREAK};
}

static void
note_letter(struct written *w, struct cut *out, const struct letter *letter)
{
    if (w->count == WORD_LETTERS)
        return;
    if (out->raw_count < sizeof out->raw && letter->base < 0x80)
        out->raw[out->raw_count++] = (char)letter->base;
    if (!w->count)
        out->script = letter->script;
    out->digits |= letter->sounds[0] >= 53;
    w->letters[w->count++] = letter->base;
}

static void add_sounds(struct cut *out, const uint8_t *sounds, uint8_t count)
{
    for (uint8_t i = 0; i < count && out->count < WORD_SOUNDS; i++) {
        bool doubled = out->count && sounds[i] < 53 &&
                       out->sounds[out->count - 1] == sounds[i];

        if (!doubled)
            out->sounds[out->count++] = sounds[i];
    }
}

static bool is_group(const struct group *g, const struct written *w, uint8_t at)
{
    if (g->length == 1)
        return true;
    return g->letters[1] == w->letters[at + 1] && at + g->length <= w->count &&
           !memcmp(&w->letters[at], g->letters, g->length * sizeof(uint16_t));
}

static const struct group *
find_group(const struct letters *l, const struct written *w, uint8_t at)
{
    uint16_t first = l->at[w->letters[at]].groups;
    const struct group *g = &l->groups[first ? first - 1 : 0];

    if (!first)
        return NULL;
    for (; g->letters[0] == w->letters[at]; g++)
        if (is_group(g, w, at))
            return g;
    return NULL;
}

static void
sound_out(const struct letters *l, const struct written *w, struct cut *out)
{
    for (uint8_t i = 0; i < w->count;) {
        const struct group *group = find_group(l, w, i);
        const struct letter *letter = &l->at[w->letters[i]];

        if (group)
            add_sounds(out, group->sounds, group->count);
        else
            add_sounds(out, letter->sounds, letter->count);
        i = (uint8_t)(i + (group ? group->length : 1));
    }
}

static void note_break(struct cut *out, gunichar c, bool begun, bool *bracket)
{
    if (begun && c == '.')
        out->dotted = true;
    if (c == '(' || c == '[')
        *bracket = true;
    if (c == ')' || c == ']')
        *bracket = false;
}

bool cut_next(
    const struct letters *l, struct str *at, bool *bracket, struct cut *out,
    bool *foreign)
{
    struct written w = {.count = 0};

    memset(out, 0, sizeof *out);
    while (at->len) {
        gunichar c = take_char(at);
        struct letter beyond;
        const struct letter *letter = &l->at[c < LETTER_COUNT ? c : 0];

        if (c >= LETTER_COUNT) {
            beyond = beyond_table(l, c);
            letter = &beyond;
        }
        if (letter->kind == LETTER_KNOWN) {
            if (!w.count)
                out->bracketed = *bracket;
            note_letter(&w, out, letter);
        } else if (letter->kind == LETTER_BREAK) {
            note_break(out, c, w.count > 0, bracket);
            if (w.count)
                break;
        } else if (letter->kind == LETTER_FOREIGN) {
            *foreign = true;
            return false;
        }
    }
    w.letters[w.count] = 0;
    sound_out(l, &w, out);
    return out->count > 0;
}
