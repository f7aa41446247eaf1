#include "exchange/forms.h"

#include <string.h>

/* --- words ------------------------------------------------------------ */

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019;
}

/* Does a mark after a letter or digit belong to the word?  "U.S", "N'Djamena",
   "pro-government" */
static bool is_inner(gunichar c, const char *next, const char *end)
{
    return (c == '.' || c == '-' || c == 0x2010 || is_apostrophe(c)) &&
           next < end && g_unichar_isalnum(g_utf8_get_char(next));
}

static const char *word_end(const char *at, const char *end)
{
    while (at < end) {
        gunichar c = g_utf8_get_char(at);
        const char *next = g_utf8_next_char(at);

        if (!g_unichar_isalnum(c) && !is_inner(c, next, end))
            break;
        at = next;
    }
    return at;
}

/* The length without "'s". */
static size_t bare_length(const char *at, size_t len)
{
    if (len > 2 && at[len - 1] == 's' && at[len - 2] == '\'')
        return len - 2;
    if (len > 4 && !memcmp(at + len - 4, "\xe2\x80\x99s", 4))
        return len - 4;
    return len;
}

static const char *without_stops(struct arena *a, const char *at, size_t len)
{
    char *out = arena_copy(a, at, len), *to = out;

    for (const char *c = out; *c; c++)
        if (*c != '.')
            *to++ = *c;
    *to = '\0';
    return out;
}

static const char *lower_copy(struct arena *a, const char *form)
{
    char *lower = g_utf8_strdown(form, -1);
    const char *out = arena_copy(a, lower, strlen(lower));

    g_free(lower);
    return out;
}

/* Is there a mark between the word and the next?  Stops of "U.S." are not. */
static bool ends_clause(const char *from, const char *end, const char *form)
{
    const char *at = from;

    if (at < end && *at == '.' && strlen(form) < 4 && g_ascii_isupper(*form))
        at++;
    while (at < end && !g_unichar_isalnum(g_utf8_get_char(at))) {
        if (strchr(",;:.!?()\"", *at))
            return true;
        at = g_utf8_next_char(at);
    }
    return false;
}

struct words words_cut(struct arena *a, struct str text, struct span part)
{
    const char *at = text.at + part.from, *end = text.at + part.to;
    struct words w = {arena_make(a, struct word, part.to - part.from + 1u), 0};

    while (at < end) {
        const char *stop = word_end(at, end);
        struct word *one = &w.at[w.count];

        if (stop == at) {
            at = g_utf8_next_char(at);
            continue;
        }
        one->span =
            (struct span){(uint32_t)(at - text.at), (uint32_t)(stop - text.at)};
        one->form = without_stops(a, at, bare_length(at, (size_t)(stop - at)));
        one->lower = lower_copy(a, one->form);
        one->ends_clause = ends_clause(stop, end, one->form);
        w.count++;
        at = stop;
    }
    return w;
}

static bool is_ending(const char *rest)
{
    static const char *const endings[] = {"", "s", "es", "d", "ed", "ing"};

    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (!strcmp(rest, endings[i]))
            return true;
    return false;
}

bool word_has_lemma(const char *lower, const char *lemma)
{
    size_t len = strlen(lemma);

    if (!strncmp(lower, lemma, len)) {
        const char *rest = lower + len;

        /* "stopped" */
        return is_ending(rest) ||
               (len > 1 && *rest == lemma[len - 1] && rest[1] != 's' &&
                is_ending(rest + 1) && rest[1]);
    }
    if (len < 3 || strncmp(lower, lemma, len - 1))
        return false;
    if (lemma[len - 1] == 'e')
        return !strcmp(lower + len - 1, "ing");
    return lemma[len - 1] == 'y' &&
           (!strcmp(lower + len - 1, "ies") || !strcmp(lower + len - 1, "ied"));
}

bool words_have(const struct words *w, uint32_t first, const char *lemmas)
{
    while (first < w->count) {
        const char *end = lemmas + strcspn(lemmas, "_");
        char one[64];

        if ((size_t)(end - lemmas) >= sizeof(one))
            return false;
        g_strlcpy(one, lemmas, (size_t)(end - lemmas) + 1);
        if (!word_has_lemma(w->at[first].lower, one))
            return false;
        if (!*end)
            return true;
        lemmas = end + 1;
        first++;
    }
    return false;
}

/* --- forms ------------------------------------------------------------ */

struct form {
    int number;
    char *words[FORM_WORDS]; /* as listed */
    uint32_t count;
};

struct forms {
    GHashTable *by_words; /* lower case, joined by spaces -> struct form */
    GHashTable *firsts;   /* their first words: most words begin none */
};

static void form_free(void *self)
{
    struct form *f = self;

    for (uint32_t i = 0; i < f->count; i++)
        g_free(f->words[i]);
    g_free(f);
}

struct forms *forms_new(void)
{
    struct forms *f = g_new0(struct forms, 1);

    f->by_words =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, form_free);
    f->firsts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return f;
}

void forms_free(struct forms *f)
{
    if (!f)
        return;
    g_hash_table_unref(f->by_words);
    g_hash_table_unref(f->firsts);
    g_free(f);
}

static void add_one(struct forms *f, const char *words, int number)
{
    char *key = g_utf8_strdown(words, -1);
    char **parts = g_strsplit(words, " ", FORM_WORDS);
    struct form *one;

    if (g_hash_table_contains(f->by_words, key)) {
        g_free(key);
        g_strfreev(parts);
        return;
    }
    one = g_new0(struct form, 1);
    one->number = number;
    for (; parts[one->count]; one->count++)
        one->words[one->count] = parts[one->count];
    g_free(parts);
    g_hash_table_add(f->firsts, g_strndup(key, strcspn(key, " ")));
    g_hash_table_insert(f->by_words, key, one);
}

/* NULL where it would look like the singular of something else. */
static char *plural(const char *form)
{
    size_t len = strlen(form);

    if (len < 3)
        return NULL;
    if (g_str_has_suffix(form, "s") || g_str_has_suffix(form, "x") ||
        g_str_has_suffix(form, "ch") || g_str_has_suffix(form, "sh"))
        return g_strconcat(form, "es", NULL);
    if (g_str_has_suffix(form, "y") && !strchr("aeiou", form[len - 2]))
        return g_strdup_printf("%.*sies", (int)len - 1, form);
    return g_strconcat(form, "s", NULL);
}

void forms_add(struct forms *f, const char *list, int number)
{
    char **each = g_strsplit(list, "|", -1);

    for (char **one = each; *one; one++) {
        char *more = plural(*one);

        if (!**one)
            continue;
        add_one(f, *one, number);
        if (more)
            add_one(f, more, number);
        g_free(more);
    }
    g_strfreev(each);
}

static bool has_capital(const char *word)
{
    for (; *word; word = g_utf8_next_char(word))
        if (g_unichar_isupper(g_utf8_get_char(word)))
            return true;
    return false;
}

static bool is_all_capitals(const char *word)
{
    for (const char *c = word; *c; c = g_utf8_next_char(c))
        if (g_unichar_islower(g_utf8_get_char(c)))
            return false;
    return g_utf8_strlen(word, -1) > 3;
}

static bool
is_written_so(const struct form *f, const struct words *w, uint32_t first)
{
    for (uint32_t i = 0; i < f->count; i++) {
        const char *there = w->at[first + i].form;

        if (has_capital(f->words[i]) && strcmp(there, f->words[i]) &&
            !is_all_capitals(there))
            return false;
    }
    return true;
}

/* How many words may belong to one form: none goes over a mark. */
static uint32_t stretch(const struct words *w, uint32_t first)
{
    uint32_t most = MIN(FORM_WORDS, w->count - first);

    for (uint32_t i = 0; i + 1 < most; i++)
        if (w->at[first + i].ends_clause)
            return i + 1;
    return most;
}

int forms_find(
    const struct forms *f, const struct words *w, uint32_t first,
    uint32_t *length)
{
    GString *key;
    uint32_t most;
    int found = -1;

    if (!g_hash_table_contains(f->firsts, w->at[first].lower))
        return -1;
    key = g_string_new(NULL);
    most = stretch(w, first);
    for (uint32_t n = 1; n <= most; n++) {
        const struct form *one;

        if (n > 1)
            g_string_append_c(key, ' ');
        g_string_append(key, w->at[first + n - 1].lower);
        one = g_hash_table_lookup(f->by_words, key->str);
        if (one && is_written_so(one, w, first)) {
            found = one->number;
            *length = n;
        }
    }
    g_string_free(key, TRUE);
    return found;
}
