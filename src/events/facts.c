/* Claims made ready for being held against each other. */
#include "events/facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTY_WORDS = 12, SENTENCE_WORDS = 64, STORY_WORDS = 64 };

int32_t day_number(const char *day)
{
    unsigned year, month, number;
    char end;
    GDate date;

    if (!day || sscanf(day, "%4u-%2u-%2u%c", &year, &month, &number, &end) != 3)
        return DAY_UNKNOWN;
    if (!g_date_valid_dmy(
            (GDateDay)number, (GDateMonth)month, (GDateYear)year))
        return DAY_UNKNOWN;
    g_date_clear(&date, 1);
    g_date_set_dmy(
        &date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
    return (int32_t)g_date_get_julian(&date);
}

/* One end is enough; ends in the wrong order are a slip of the source. */
static struct days days_of(const struct event_claim *c)
{
    struct days d = {day_number(c->first), day_number(c->last)};

    if (d.first == DAY_UNKNOWN)
        d.first = d.last;
    if (d.last == DAY_UNKNOWN || d.last < d.first)
        d.last = d.first;
    return d;
}

struct toll_range toll_range_of(double value, const char *compare)
{
    struct toll_range exact = {value, value};

    if (!compare || !*compare || *compare == '=')
        return exact;
    if (*compare == '>')
        return (struct toll_range){value, INFINITY};
    if (*compare == '<')
        return (struct toll_range){0, value};
    /* "about", "nearly": a tenth to each side. */
    return (struct toll_range){value * 0.9, value * 1.1};
}

static void
set_words(struct facts_set *s, struct facts *f, const struct event_claim *c)
{
    struct vocabulary *v = s->vocabulary;
    bool turned = f->act && f->act->turned;

    for (int i = 0; i < 2; i++) {
        int to = turned ? 1 - i : i;

        f->keys[to] = vocabulary_name(v, c->keys[i]);
        f->parties[to] =
            vocabulary_bag(v, s->arena, c->parties[i], PARTY_WORDS);
    }
    f->place_key = vocabulary_name(v, c->place_key);
    f->place = vocabulary_bag(v, s->arena, c->place, PARTY_WORDS);
    f->sentence = vocabulary_bag(v, s->arena, c->sentence, SENTENCE_WORDS);
}

static void
set_facts(struct facts_set *s, struct facts *f, const struct event_claim *c)
{
    struct bag word = vocabulary_bag(s->vocabulary, s->arena, c->trigger, 1);

    f->act = act_rule_lookup(s->rules, c->act);
    f->act_name = vocabulary_name(s->vocabulary, c->act);
    f->word = word.count ? word.words[0] : 0;
    f->wanted = c->stance == STANCE_WANTED;
    f->days = days_of(c);
    f->reported = day_number(c->reported);
    f->has_value = c->has_value;
    if (c->has_value)
        f->range = toll_range_of(c->value, c->compare);
    f->unit = vocabulary_name(s->vocabulary, c->unit);
    f->population =
        vocabulary_bag(s->vocabulary, s->arena, c->population, PARTY_WORDS);
    set_words(s, f, c);
}

/* --- stories -------------------------------------------------------------- */

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

static int compare_numbers(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

    return a < b ? -1 : a > b;
}

enum { LEADING_SENTENCES = 3 };

static void
mark_leads(struct facts_set *s, const struct event_claim *claims)
{
    for (uint32_t i = 0; i < s->story_count; i++) {
        const struct story *t = &s->stories[i];
        const char *last = NULL;
        int sentences = 0;

        for (uint32_t k = 0; k < t->count; k++) {
            uint32_t at = s->by_story[t->first + k];

            sentences += g_strcmp0(last, claims[at].sentence) != 0;
            last = claims[at].sentence;
            s->all[at].leads = sentences <= LEADING_SENTENCES;
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
    qsort(at, words->len, sizeof(*at), compare_numbers);
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
        w.weight = (1 + logf((float)w.times)) * word_weight(s->vocabulary, w.word);
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
    qsort(
        t->words.words, t->words.count, sizeof(uint32_t), compare_numbers);
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
        bag_weigh(s->vocabulary, &s->all[i].sentence);
    }
    for (uint32_t i = 0; i < s->story_count; i++)
        set_story_words(s, &s->stories[i]);
}

struct facts_set *facts_new(
    const struct event_rules *r, const struct event_claim *claims,
    uint32_t count)
{
    struct facts_set *s = g_new0(struct facts_set, 1);

    s->arena = arena_new();
    s->vocabulary = vocabulary_new(r->stops);
    s->rules = r;
    s->count = count;
    s->all = arena_make(s->arena, struct facts, count);
    for (uint32_t i = 0; i < count; i++)
        set_facts(s, &s->all[i], &claims[i]);
    number_stories(s, claims);
    list_by_story(s);
    mark_leads(s, claims);
    weigh_words(s);
    return s;
}

void facts_free(struct facts_set *s)
{
    vocabulary_free(s->vocabulary);
    arena_free(s->arena);
    g_free(s);
}
