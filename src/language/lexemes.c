#include "language/lexemes.h"

#include "language/times.h"

#include <string.h>

#define X(name) #name,
static const char *const kind_names[] = {TIME_SENSES(X) NUMBER_SENSES(X)};
#undef X

enum { TIME_KINDS = SENSE_digit };

static struct sense *sense_of(const struct time_words *w, uint32_t index)
{
    return &g_array_index(w->senses, struct sense, index);
}

/* Senses of one first word are chained, those of most words first. */
static void chain_sense(struct time_words *w, struct sense sense)
{
    uint32_t index = w->senses->len, at;

    g_array_append_val(w->senses, sense);
    if (word_map_add(w->map, sense.words[0], index))
        return;
    at = word_map_lookup(
        w->map, (struct str){sense.words[0], strlen(sense.words[0])});
    if (sense_of(w, at)->count < sense.count) {
        /* The map keeps the first index: swap the contents. */
        struct sense first = *sense_of(w, at);

        *sense_of(w, at) = sense;
        *sense_of(w, index) = first;
        sense_of(w, at)->next = index;
        return;
    }
    while (sense_of(w, at)->next &&
           sense_of(w, sense_of(w, at)->next)->count >= sense.count)
        at = sense_of(w, at)->next;
    sense_of(w, index)->next = sense_of(w, at)->next;
    sense_of(w, at)->next = index;
}

static bool add_sense(
    struct time_words *w, const struct table *t, size_t row, uint32_t from,
    uint32_t to, GError **error)
{
    struct sense sense = {.kind = SENSE_COUNT};

    for (uint32_t kind = from; kind < to; kind++)
        if (strcmp(table_cell(t, row, 1), kind_names[kind]) == 0)
            sense.kind = (enum sense_kind)kind;
    if (sense.kind == SENSE_COUNT)
        return table_complain(
            t, row, error, "unknown kind \"%s\"", table_cell(t, row, 1));
    if (!*table_cell(t, row, 0))
        return table_complain(t, row, error, "no words");
    sense.words = g_strsplit(table_cell(t, row, 0), " ", -1);
    sense.count = g_strv_length(sense.words);
    sense.text = g_strdup(table_cell(t, row, 2));
    sense.value = g_ascii_strtod(sense.text, NULL);
    chain_sense(w, sense);
    return true;
}

static bool add_senses(
    struct time_words *w, const char *dir, const char *file, uint32_t from,
    uint32_t to, GError **error)
{
    struct table *t =
        table_load(dir, file, "words\tkind\tvalue\texample", error);
    bool ok = t != NULL;

    for (size_t row = 0; ok && row < table_count(t); row++)
        ok = add_sense(w, t, row, from, to, error);
    table_free(t);
    return ok;
}

struct time_words *time_words_load(const char *lexicon_dir, GError **error)
{
    struct time_words *w = g_new0(struct time_words, 1);
    struct sense none = {.kind = SENSE_COUNT};

    w->map = word_map_new();
    w->senses = g_array_new(FALSE, TRUE, sizeof(struct sense));
    g_array_append_val(w->senses, none);
    if ((w->calendars = calendars_load(error)) &&
        add_senses(w, lexicon_dir, "times.tsv", 0, TIME_KINDS, error) &&
        add_senses(
            w, lexicon_dir, "numbers.tsv", TIME_KINDS, SENSE_figure, error))
        return w;
    time_words_free(w);
    return NULL;
}

void time_words_free(struct time_words *w)
{
    if (!w)
        return;
    for (uint32_t i = 0; i < w->senses->len; i++) {
        g_strfreev(sense_of(w, i)->words);
        g_free(sense_of(w, i)->text);
    }
    g_array_free(w->senses, TRUE);
    word_map_free(w->map);
    calendars_free(w->calendars);
    g_free(w);
}

/* --- in a sentence --------------------------------------------------- */

bool is_joined(const struct scan *s, uint32_t i)
{
    return i > 0 && i < s->count &&
           s->tokens[i - 1].span.to == s->tokens[i].span.from;
}

bool is_dash(const struct scan *s, uint32_t i)
{
    const char *lower = i < s->count ? s->tokens[i].lower : "";

    if (*lower == '-' || *lower == '~')
        return !lower[1];
    return *lower == '\xE2' && (strcmp(lower, "\xE2\x80\x93") == 0 ||
                                strcmp(lower, "\xE2\x80\x94") == 0);
}

static bool
sense_stands(const struct scan *s, uint32_t i, const struct sense *sense)
{
    if (i + sense->count > s->count)
        return false;
    for (uint32_t k = 1; k < sense->count; k++)
        if (!token_is(s, i + k, sense->words[k]))
            return false;
    return true;
}

static uint32_t first_sense(const struct scan *s, uint32_t i)
{
    const char *lower = s->tokens[i].lower;

    if (s->firsts)
        return s->firsts[i];
    return word_map_lookup(s->words->map, (struct str){lower, strlen(lower)});
}

const struct sense *
sense_lookup(const struct scan *s, uint32_t i, enum sense_kind kind)
{
    uint32_t at;

    if (kind == SENSE_figure)
        return NULL;
    for (at = first_sense(s, i); at; at = sense_of(s->words, at)->next)
        if (sense_of(s->words, at)->kind == kind &&
            sense_stands(s, i, sense_of(s->words, at)))
            return sense_of(s->words, at);
    return NULL;
}

const struct sense *
word_sense(const struct time_words *w, const char *word, enum sense_kind kind)
{
    uint32_t at = word_map_lookup(w->map, (struct str){word, strlen(word)});

    for (; at; at = sense_of(w, at)->next)
        if (sense_of(w, at)->kind == kind && sense_of(w, at)->count == 1)
            return sense_of(w, at);
    return NULL;
}

/* Kinds that begin nothing by themselves. */
#define HELPERS                                                                \
    (SENSE(and) | SENSE(article) | SENSE(of) | SENSE(to) | SENSE(from) |       \
     SENSE(in) | SENSE(this) | SENSE(all) | SENSE(before) | SENSE(after) |     \
     SENSE(between) | SENSE(until) | SENSE(since) | SENSE(within) |            \
     SENSE(future) | SENSE(around) | SENSE(compare) | SENSE(behind) |          \
     SENSE(suffix) | SENSE(same) | SENSE(minus) | SENSE(old) | SENSE(aged) |   \
     SENSE(owner) | SENSE(point) | SENSE(ratio) | SENSE(era))

size_t money_sign_length(const struct time_words *w, const struct token *t)
{
    size_t letters = 0;
    uint32_t at;

    while (g_ascii_isupper(t->form[0]) && g_ascii_isalpha(t->form[letters]))
        letters++;
    if (letters < 2 || !g_ascii_isdigit(t->form[letters]))
        return 0;
    at = word_map_lookup(w->map, (struct str){t->lower, letters});
    for (; at; at = sense_of(w, at)->next)
        if (sense_of(w, at)->kind == SENSE_currency &&
            sense_of(w, at)->count == 1)
            return letters;
    return 0;
}

/* What the tables do not hold tells itself by its form. */
static uint64_t kinds_of_form(const struct scan *s, const struct token *t)
{
    const char *lower = t->lower;

    if (lower[0] == 'm' && g_str_has_prefix(lower, "mid-"))
        return SENSE(mid);
    if (lower[0] == 'f' && lower[1] == 'y' && g_ascii_isdigit(lower[2]))
        return SENSE(fiscal);
    if (money_sign_length(s->words, t))
        return SENSE(currency);
    if ((unsigned char)t->form[0] == 0xE2 &&
        g_ascii_isdigit(t->form[3 * (t->span.to - t->span.from > 3)]))
        return SENSE(figure);
    return 0;
}

static uint64_t kinds_of(struct scan *s, uint32_t i)
{
    const struct token *t = &s->tokens[i];
    uint64_t kinds = 0;
    uint32_t at;

    s->firsts[i] = 0;
    if (g_ascii_isdigit(t->form[0]) ||
        ((t->form[0] == '\'' || t->form[0] == '.') &&
         g_ascii_isdigit(t->form[1])))
        return SENSE(figure);
    at = word_map_lookup(
        s->words->map, (struct str){t->lower, strlen(t->lower)});
    s->firsts[i] = at;
    for (; at; at = sense_of(s->words, at)->next)
        if (sense_stands(s, i, sense_of(s->words, at)))
            kinds |= UINT64_C(1) << sense_of(s->words, at)->kind;
    return kinds ? kinds : kinds_of_form(s, t);
}

bool scan_sentence(struct scan *s, const struct sentence *sentence)
{
    uint64_t all = 0;

    s->tokens = sentence->tokens;
    s->count = sentence->token_count;
    if (s->size < s->count) {
        s->size = s->count * 2;
        s->kinds = g_renew(uint64_t, s->kinds, s->size);
        s->firsts = g_renew(uint32_t, s->firsts, s->size);
    }
    for (uint32_t i = 0; i < s->count; i++)
        all |= s->kinds[i] = kinds_of(s, i);
    return all & ~HELPERS;
}
