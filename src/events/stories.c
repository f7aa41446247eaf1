/* Stories: the claims of one document, and the words that make it out. */
#include "events/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STORY_WORDS = 64 };

/* Numbers the documents in the order of their first claims. */
static void
number_stories(struct facts_set *s, const struct event_claim *claims)
{
    GHashTable *seen = g_hash_table_new(NULL, NULL);

    for (uint32_t i = 0; i < s->count; i++) {
        gpointer key = GUINT_TO_POINTER(claims[i].document);
        gpointer at = g_hash_table_lookup(seen, key);

        if (!at) {
            at = GUINT_TO_POINTER(++s->story_count);
            g_hash_table_insert(seen, key, at);
        }
        s->all[i].story = GPOINTER_TO_UINT(at) - 1;
    }
    g_hash_table_unref(seen);
}

static void list_by_story(struct facts_set *s)
{
    uint32_t at = 0;

    s->stories = arena_make(s->arena, struct story, s->story_count);
    s->by_story = arena_make(s->arena, uint32_t, s->count);
    for (uint32_t i = 0; i < s->count; i++)
        s->stories[s->all[i].story].count++;
    for (uint32_t i = 0; i < s->story_count; i++) {
        s->stories[i].first = at;
        at += s->stories[i].count;
        s->stories[i].count = 0;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        struct story *t = &s->stories[s->all[i].story];

        s->by_story[t->first + t->count++] = i;
        t->reported = s->all[i].reported;
    }
}

static void number_lines(struct facts_set *s, const struct event_claim *claims)
{
    for (uint32_t i = 0; i < s->story_count; i++) {
        const struct story *t = &s->stories[i];
        const char *last = NULL;
        uint32_t line = 0;

        for (uint32_t k = 0; k < t->count; k++) {
            uint32_t at = s->by_story[t->first + k];

            line += k && g_strcmp0(last, claims[at].sentence) != 0;
            last = claims[at].sentence;
            s->all[at].line = line;
        }
    }
}

/* A word of a story, and in how many of its sentences it stands. */
struct story_word {
    uint32_t word, times;
    float weight;
};

/* All words of the story's sentences, each once, in *out (g_free it). */
static uint32_t list_words(
    const struct facts_set *s, const struct story *t, struct story_word **out)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    uint32_t kept = 0, *at;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct bag *b = &s->all[s->by_story[t->first + i]].sentence;

        g_array_append_vals(words, b->words, b->count);
    }
    at = (uint32_t *)(void *)words->data;
    qsort(at, words->len, sizeof(*at), word_compare);
    *out = g_new(struct story_word, words->len);
    for (uint32_t i = 0; i < words->len; i++) {
        if (!i || at[i] != at[i - 1])
            (*out)[kept++] = (struct story_word){at[i], 0, 0};
        (*out)[kept - 1].times++;
    }
    g_array_free(words, TRUE);
    return kept;
}

static int compare_weights(const void *x, const void *y)
{
    const struct story_word *a = x, *b = y;

    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

/* Words that another document has too, the weightiest first. */
static uint32_t
weigh_story(const struct facts_set *s, struct story_word *words, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        struct story_word w = words[i];

        if (word_documents(s->vocabulary, w.word) < 2)
            continue;
        w.weight =
            (1 + logf((float)w.times)) * word_weight(s->vocabulary, w.word);
        words[kept++] = w;
    }
    qsort(words, kept, sizeof(*words), compare_weights);
    return kept;
}

static void set_story_words(struct facts_set *s, struct story *t)
{
    g_autofree struct story_word *words = NULL;
    uint32_t count = list_words(s, t, &words);

    count = weigh_story(s, words, count);
    t->words.count = MIN(count, STORY_WORDS);
    t->words.words = arena_make(s->arena, uint32_t, t->words.count);
    t->key_count = MIN(count, STORY_KEYS);
    for (uint32_t i = 0; i < t->words.count; i++)
        t->words.words[i] = words[i].word;
    if (t->key_count)
        memcpy(t->keys, t->words.words, t->key_count * sizeof(*t->keys));
    qsort(t->words.words, t->words.count, sizeof(uint32_t), word_compare);
    bag_weigh(s->vocabulary, &t->words);
}

static void count_words(struct facts_set *s, const struct story *t)
{
    g_autofree struct story_word *words = NULL;
    uint32_t count = list_words(s, t, &words);

    for (uint32_t i = 0; i < count; i++)
        vocabulary_count(s->vocabulary, words[i].word);
}

static void weigh_words(struct facts_set *s)
{
    for (uint32_t i = 0; i < s->story_count; i++)
        count_words(s, &s->stories[i]);
    vocabulary_weigh(s->vocabulary, s->story_count);
    for (uint32_t i = 0; i < s->count; i++) {
        bag_weigh(s->vocabulary, &s->all[i].parties[0]);
        bag_weigh(s->vocabulary, &s->all[i].parties[1]);
        bag_weigh(s->vocabulary, &s->all[i].place);
        bag_weigh(s->vocabulary, &s->all[i].scene);
        bag_weigh(s->vocabulary, &s->all[i].sentence);
        s->all[i].context = s->all[i].sentence;
    }
    for (uint32_t i = 0; i < s->story_count; i++)
        set_story_words(s, &s->stories[i]);
}

void stories_find(struct facts_set *s, const struct event_claim *claims)
{
    number_stories(s, claims);
    list_by_story(s);
    number_lines(s, claims);
    weigh_words(s);
    s->pairs = arena_make(s->arena, struct story_pair, 1U << STORY_PAIRS_BITS);
}

float stories_likeness(const struct facts_set *s, uint32_t x, uint32_t y)
{
    uint32_t a = MIN(x, y), b = MAX(x, y);
    uint64_t key = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15ULL;
    struct story_pair *kept = &s->pairs[key >> (64 - STORY_PAIRS_BITS)];

    if (kept->a != a || kept->b != b)
        *kept = (struct story_pair){
            a, b,
            bags_likeness(
                s->vocabulary, &s->stories[a].words, &s->stories[b].words)};
    return kept->likeness;
}
