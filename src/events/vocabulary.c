#include "events/vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct vocabulary {
    GHashTable *numbers; /* word -> number; those of names begin with \1 */
    GStringChunk *chunk;
    GHashTable *stops;
    GArray *documents; /* by number: how many hold it */
    GArray *weights;   /* likewise */
    GString *word;
};

struct vocabulary *vocabulary_new(GHashTable *stops)
{
    struct vocabulary *v = g_new0(struct vocabulary, 1);

    v->numbers = g_hash_table_new(g_str_hash, g_str_equal);
    v->chunk = g_string_chunk_new(1 << 16);
    v->stops = stops;
    v->documents = g_array_new(FALSE, TRUE, sizeof(uint32_t));
    v->weights = g_array_new(FALSE, TRUE, sizeof(float));
    v->word = g_string_new(NULL);
    return v;
}

void vocabulary_free(struct vocabulary *v)
{
    g_hash_table_unref(v->numbers);
    g_string_chunk_free(v->chunk);
    g_array_free(v->documents, TRUE);
    g_array_free(v->weights, TRUE);
    g_string_free(v->word, TRUE);
    g_free(v);
}

static uint32_t number_of(struct vocabulary *v, const char *word)
{
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(v->numbers, word));

    if (number)
        return number;
    number = g_hash_table_size(v->numbers) + 1;
    g_hash_table_insert(
        v->numbers, g_string_chunk_insert(v->chunk, word),
        GUINT_TO_POINTER(number));
    return number;
}

uint32_t vocabulary_name(struct vocabulary *v, const char *name)
{
    if (!name || !*name)
        return 0;
    g_string_assign(v->word, "\1");
    g_string_append(v->word, name);
    return number_of(v, v->word->str);
}

/* --- words of a text ------------------------------------------------------ */

enum { LETTERS_LEAST = 3, STEM_LEAST = 4 };

/* Reads the next word, small, into v->word; where it ends, or NULL. */
static const char *read_word(struct vocabulary *v, const char *at)
{
    g_string_truncate(v->word, 0);
    while (*at && !g_unichar_isalnum(g_utf8_get_char(at)))
        at = g_utf8_next_char(at);
    for (; *at && g_unichar_isalnum(g_utf8_get_char(at));
         at = g_utf8_next_char(at))
        g_string_append_unichar(
            v->word, g_unichar_tolower(g_utf8_get_char(at)));
    return v->word->len ? at : NULL;
}

static bool cut_ending(GString *word, const char *ending, const char *instead)
{
    gsize length = strlen(ending);

    if (word->len < length + STEM_LEAST || !g_str_has_suffix(word->str, ending))
        return false;
    g_string_truncate(word, word->len - length);
    g_string_append(word, instead);
    return true;
}

/* As far as forms of one word should meet: killed, killing, kills. */
static void cut_endings(GString *word)
{
    if (!cut_ending(word, "ings", "") && !cut_ending(word, "ing", "") &&
        !cut_ending(word, "ies", "y") && !cut_ending(word, "ied", "y") &&
        !cut_ending(word, "ers", "er") && !cut_ending(word, "ed", "") &&
        !cut_ending(word, "es", ""))
        cut_ending(word, "s", "");
    if (word->len > STEM_LEAST && word->str[word->len - 1] == 'e')
        g_string_truncate(word, word->len - 1);
    if (word->len > STEM_LEAST &&
        word->str[word->len - 1] == word->str[word->len - 2])
        g_string_truncate(word, word->len - 1);
}

/* Does the word in v->word tell anything? */
static bool is_telling(const struct vocabulary *v)
{
    return g_utf8_strlen(v->word->str, -1) >= LETTERS_LEAST &&
           !g_ascii_isdigit(v->word->str[0]) &&
           !g_hash_table_contains(v->stops, v->word->str);
}

int word_compare(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

/* Sorts and leaves each word once. */
static uint32_t sort_words(uint32_t *words, uint32_t count)
{
    uint32_t kept = 0;

    qsort(words, count, sizeof(*words), word_compare);
    for (uint32_t i = 0; i < count; i++)
        if (!i || words[i] != words[i - 1])
            words[kept++] = words[i];
    return kept;
}

struct bag vocabulary_bag(
    struct vocabulary *v, struct arena *a, const char *text, uint32_t most)
{
    g_autofree uint32_t *words = g_new(uint32_t, most);
    struct bag b = {0};

    while (text && b.count < most && (text = read_word(v, text))) {
        if (!is_telling(v))
            continue;
        cut_endings(v->word);
        words[b.count++] = number_of(v, v->word->str);
    }
    b.count = sort_words(words, b.count);
    b.words = arena_make(a, uint32_t, b.count);
    if (b.count)
        memcpy(b.words, words, b.count * sizeof(*words));
    return b;
}

uint32_t vocabulary_line(
    struct vocabulary *v, const char *text, uint32_t *out, uint32_t most)
{
    uint32_t count = 0;

    while (text && count < most && (text = read_word(v, text)))
        out[count++] = number_of(v, v->word->str);
    return count;
}

struct bag
bags_joined(struct arena *a, const struct bag *x, const struct bag *y)
{
    struct bag out = {.count = x->count + y->count};

    out.words = arena_make(a, uint32_t, out.count);
    for (uint32_t i = 0; i < x->count; i++)
        out.words[i] = x->words[i];
    for (uint32_t i = 0; i < y->count; i++)
        out.words[x->count + i] = y->words[i];
    out.count = sort_words(out.words, out.count);
    return out;
}

bool bag_has(const struct bag *whole, const struct bag *part)
{
    for (uint32_t i = 0; i < part->count; i++)
        if (!bsearch(
                &part->words[i], whole->words, whole->count,
                sizeof(*whole->words), word_compare))
            return false;
    return true;
}

/* --- weights -------------------------------------------------------------- */

void vocabulary_count(struct vocabulary *v, uint32_t word)
{
    if (word >= v->documents->len)
        g_array_set_size(v->documents, word + 1);
    g_array_index(v->documents, uint32_t, word)++;
}

/* A small case tells little of what words are rare, and is taken for a part of
   a larger one. */
enum { DOCUMENTS_LEAST = 50 };

void vocabulary_weigh(struct vocabulary *v, uint32_t documents)
{
    double all = MAX(documents, DOCUMENTS_LEAST);

    g_array_set_size(v->documents, g_hash_table_size(v->numbers) + 1);
    g_array_set_size(v->weights, v->documents->len);
    for (guint i = 0; i < v->documents->len; i++) {
        double in = MAX(g_array_index(v->documents, uint32_t, i), 1);

        g_array_index(v->weights, float, i) = (float)log(1 + all / in);
    }
}

float word_weight(const struct vocabulary *v, uint32_t word)
{
    return g_array_index(v->weights, float, word);
}

uint32_t word_documents(const struct vocabulary *v, uint32_t word)
{
    return g_array_index(v->documents, uint32_t, word);
}

void bag_weigh(const struct vocabulary *v, struct bag *b)
{
    float sum = 0;

    b->mark = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        float w = word_weight(v, b->words[i]);

        sum += w * w;
        b->mark |= 1ULL << (b->words[i] * 0x9E3779B1U >> 26);
    }
    b->norm = sqrtf(sum);
}

float bags_shared(
    const struct vocabulary *v, const struct bag *a, const struct bag *b)
{
    float sum = 0;

    if (!(a->mark & b->mark))
        return 0;
    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint32_t x = a->words[i], y = b->words[k];

        if (x == y) {
            float w = word_weight(v, x);

            sum += w * w;
        }
        i += x <= y;
        k += y <= x;
    }
    return sum;
}

float bags_likeness(
    const struct vocabulary *v, const struct bag *a, const struct bag *b)
{
    if (!a->count || !b->count)
        return 0;
    return bags_shared(v, a, b) / (a->norm * b->norm);
}

float bags_overlap(
    const struct vocabulary *v, const struct bag *a, const struct bag *b)
{
    float least = MIN(a->norm, b->norm);

    if (!a->count || !b->count)
        return 0;
    return MIN(bags_shared(v, a, b) / (least * least), 1);
}
