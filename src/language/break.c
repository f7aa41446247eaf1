#include "language/break.h"

#include "language/break_parts.h"

#include <string.h>
#include <unicode/ucasemap.h>

/* --- tables ---------------------------------------------------------- */

static struct word_map *load_abbreviations(const char *dir, GError **error)
{
    static const char *const kinds[] = {
        "title", "number", "inner", "any", "mid"};
    struct table *t = table_load(
        dir, "abbreviations.tsv", "abbreviation\tkind\texample", error);
    struct word_map *m;
    bool ok = true;

    if (!t)
        return NULL;
    m = word_map_new();
    for (size_t row = 0; ok && row < table_count(t); row++) {
        uint32_t kind = 0;

        for (uint32_t k = 0; k < G_N_ELEMENTS(kinds); k++)
            if (strcmp(table_cell(t, row, 1), kinds[k]) == 0)
                kind = k + 1;
        if (!kind)
            ok = table_complain(
                t, row, error, "unknown kind \"%s\"", table_cell(t, row, 1));
        else if (!word_map_add(m, table_cell(t, row, 0), kind))
            ok = table_complain(t, row, error, "stands there twice");
    }
    table_free(t);
    if (ok)
        return m;
    word_map_free(m);
    return NULL;
}

/* The bytes of each part but the last, the first in the lowest byte. */
static uint32_t measure_parts(const char *parts)
{
    uint32_t cuts = 0, shift = 0;
    const char *space;

    while ((space = strchr(parts, ' ')) && shift < 24) {
        cuts |= (uint32_t)(space - parts) << shift;
        shift += 8;
        parts = space + 1;
    }
    return cuts;
}

static bool add_contraction(
    struct break_rules *r, const struct table *t, size_t row, GError **error)
{
    const char *written = table_cell(t, row, 0);
    const char *parts = table_cell(t, row, 1);
    char **pieces = g_strsplit(parts, " ", -1);
    char *joined = g_strjoinv("", pieces);
    bool same = strcmp(joined, written) == 0;
    bool fresh;

    g_free(joined);
    g_strfreev(pieces);
    if (strcmp(parts, "") == 0)
        fresh = word_map_add(r->clitics, written, 1);
    else if (!same || !strchr(parts, ' '))
        return table_complain(
            t, row, error, "the parts \"%s\" do not make up \"%s\"", parts,
            written);
    else
        fresh = word_map_add(r->contractions, written, measure_parts(parts));
    return fresh || table_complain(t, row, error, "stands there twice");
}

static bool
load_contractions(struct break_rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "contractions.tsv", "written\tparts\texample", error);
    bool ok = t != NULL;

    for (size_t row = 0; ok && row < table_count(t); row++)
        ok = add_contraction(r, t, row, error);
    table_free(t);
    return ok;
}

static bool add_word(
    struct break_rules *r, const struct table *t, size_t row, GError **error)
{
    static const char *const kinds[] = {
        "",
#define X(name) #name,
        WORD_KINDS(X)
#undef X
    };
    const char *text = table_cell(t, row, 1);

    for (size_t kind = 1; kind < WORD_KIND_COUNT; kind++) {
        if (strcmp(table_cell(t, row, 0), kinds[kind]))
            continue;
        if (!word_map_add(r->words[kind], text, 1))
            return table_complain(t, row, error, "stands there twice");
        if (kind == WORD_emoticon)
            r->emoticon_start[text[0] & 127] = true;
        return true;
    }
    return table_complain(
        t, row, error, "unknown kind \"%s\"", table_cell(t, row, 0));
}

static bool load_words(struct break_rules *r, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "words.tsv", "kind\ttext\texample", error);
    bool ok = t != NULL;

    for (size_t row = 0; ok && row < table_count(t); row++)
        ok = add_word(r, t, row, error);
    table_free(t);
    return ok;
}

struct break_rules *break_rules_load(const char *lexicon_dir, GError **error)
{
    struct break_rules *r = g_new0(struct break_rules, 1);

    r->clitics = word_map_new();
    r->contractions = word_map_new();
    for (size_t kind = 1; kind < WORD_KIND_COUNT; kind++)
        r->words[kind] = word_map_new();
    r->abbreviations = load_abbreviations(lexicon_dir, error);
    if (r->abbreviations && load_contractions(r, lexicon_dir, error) &&
        load_words(r, lexicon_dir, error))
        return r;
    break_rules_free(r);
    return NULL;
}

void break_rules_free(struct break_rules *r)
{
    if (!r)
        return;
    word_map_free(r->abbreviations);
    word_map_free(r->clitics);
    word_map_free(r->contractions);
    for (size_t kind = 1; kind < WORD_KIND_COUNT; kind++)
        word_map_free(r->words[kind]);
    g_free(r);
}

/* --- from pieces to tokens ------------------------------------------- */

struct breaker {
    const struct break_rules *rules;
    struct arena *arena;
    struct str text;
    struct pieces pieces;
    GArray *sentences; /* of struct sentence */
    UCaseMap *cases;   /* opened on demand */
    uint32_t paragraph;
    uint64_t tokens;
};

static const char *lower_wide(struct breaker *b, const char *form, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t size = len * 3 + 1;
    char *lower = arena_alloc(b->arena, size);

    if (!b->cases)
        b->cases = ucasemap_open("", 0, &status);
    ucasemap_utf8ToLower(
        b->cases, lower, (int32_t)size, form, (int32_t)len, &status);
    return U_SUCCESS(status) ? lower : form;
}

/* Writes form and, where it differs, lower into `at`; returns its end. */
static char *
write_forms(struct breaker *b, struct token *t, char *at, struct piece p)
{
    size_t len = p.to - p.from;
    bool upper = false, wide = false;
    char *form = at;

    for (size_t i = 0; i < len; i++) {
        char c = b->text.at[p.from + i];

        upper |= g_ascii_isupper(c);
        wide |= (unsigned char)c >= 128;
        form[i] = c;
    }
    form[len] = '\0';
    t->form = t->lower = form;
    at += len + 1;
    if (wide) {
        t->lower = lower_wide(b, form, len);
    } else if (upper) {
        t->lower = at;
        for (size_t i = 0; i <= len; i++)
            at[i] = g_ascii_tolower(form[i]);
        at += len + 1;
    }
    return at;
}

static void add_sentence(
    struct breaker *b, const struct piece *pieces, uint32_t count, bool last)
{
    struct sentence s = {0};
    size_t bytes = 0;
    char *at;

    for (uint32_t i = 0; i < count; i++)
        bytes += 2 * (pieces[i].to - pieces[i].from + 1);
    at = arena_alloc(b->arena, bytes);
    s.tokens = arena_make(b->arena, struct token, count);
    for (uint32_t i = 0; i < count; i++) {
        struct token *t = &s.tokens[i];

        t->span = (struct span){pieces[i].from, pieces[i].to};
        t->head = NO_TOKEN;
        t->space_after =
            (last && i + 1 == count) || pieces[i + 1].from > pieces[i].to;
        t->mwt_next = i + 1 < count && pieces[i].flags & PIECE_MWT_NEXT;
        at = write_forms(b, t, at, pieces[i]);
    }
    s.token_count = count;
    s.span = (struct span){pieces[0].from, pieces[count - 1].to};
    s.paragraph = b->paragraph;
    g_array_append_val(b->sentences, s);
    b->tokens += count;
}

static uint32_t cut_value(const struct breaker *b, const struct piece *p)
{
    if (p->flags & PIECE_MWT_NEXT)
        return 0;
    if (p[0].to == p[1].from)
        return 1;
    if (p->to - p->from > 1)
        return 2;
    switch (b->text.at[p->from]) {
    case ';':
    case ':':
        return 4;
    case ',':
        return 3;
    default:
        return 2;
    }
}

/* Where a sentence too long is cut: at the best place of its second half. */
static uint32_t find_cut(const struct breaker *b, const struct piece *pieces)
{
    uint32_t best = LANGUAGE_SENTENCE_MOST, value = 0;

    for (uint32_t i = LANGUAGE_SENTENCE_MOST; i > LANGUAGE_SENTENCE_MOST / 2;
         i--) {
        uint32_t here = cut_value(b, &pieces[i - 1]);

        if (here > value) {
            value = here;
            best = i;
        }
    }
    return best;
}

static void add_sentences(struct breaker *b)
{
    struct piece *at = b->pieces.at;
    struct piece *end = at + b->pieces.count;

    while (at < end) {
        uint32_t count = 1;

        while (!(at[count - 1].flags & PIECE_ENDS))
            count++;
        while (count > LANGUAGE_SENTENCE_MOST) {
            uint32_t cut = find_cut(b, at);

            add_sentence(b, at, cut, false);
            at += cut;
            count -= cut;
        }
        add_sentence(b, at, count, at + count == end);
        at += count;
    }
}

struct text *break_text(
    const struct break_rules *r, struct arena *a, struct str text,
    struct span body)
{
    struct breaker b = {.rules = r, .arena = a, .text = text};
    struct text *result = arena_make(a, struct text, 1);
    struct paragraphs paragraphs;
    struct span paragraph;

    b.sentences = g_array_new(FALSE, FALSE, sizeof(struct sentence));
    paragraphs_open(&paragraphs, text, body);
    while (paragraphs_read(&paragraphs, &paragraph)) {
        b.pieces.count = 0;
        split_words(r, text.at, paragraph, &b.pieces);
        if (!b.pieces.count)
            continue;
        find_ends(r, text.at, b.pieces.at, b.pieces.count);
        add_sentences(&b);
        b.paragraph++;
    }
    result->str = text;
    result->count = b.sentences->len;
    result->token_count = b.tokens;
    result->sentences = arena_make(a, struct sentence, result->count);
    if (result->count)
        memcpy(
            result->sentences, b.sentences->data,
            result->count * sizeof(struct sentence));
    g_array_free(b.sentences, TRUE);
    g_free(b.pieces.at);
    if (b.cases)
        ucasemap_close(b.cases);
    return result;
}
