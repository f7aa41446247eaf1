#include "language/language.h"

#include "language/break.h"
#include "language/names.h"
#include "language/network.h"
#include "language/times.h"

struct reader {
    struct model *model;
    struct break_rules *rules;
    struct time_words *words;
    struct word_map *clause_verbs;
    GAsyncQueue *idle; /* networks' buffers that no thread uses just now */
};

static struct word_map *load_clause_verbs(const char *lexicon, GError **error)
{
    struct table *t = table_load(
        lexicon, "clause-verbs.tsv", "verb\tpreposition\texample", error);
    struct word_map *map = t ? word_map_new() : NULL;

    for (size_t i = 0; t && i < table_count(t); i++) {
        char *key =
            g_strdup_printf("%s %s", table_cell(t, i, 0), table_cell(t, i, 1));

        word_map_add(map, key, 1);
        g_free(key);
    }
    table_free(t);
    return map;
}

struct reader *
reader_load(const char *models, const char *lexicon, GError **error)
{
    struct reader *r = g_new0(struct reader, 1);
    char *path = g_build_filename(models, "en.model", NULL);

    r->idle = g_async_queue_new_full((GDestroyNotify)network_free);
    r->model = model_load(path, error);
    g_free(path);
    if (r->model && (r->rules = break_rules_load(lexicon, error)) &&
        (r->words = time_words_load(lexicon, error)) &&
        (r->clause_verbs = load_clause_verbs(lexicon, error)))
        return r;
    reader_free(r);
    return NULL;
}

void reader_free(struct reader *r)
{
    if (!r)
        return;
    g_async_queue_unref(r->idle);
    break_rules_free(r->rules);
    time_words_free(r->words);
    word_map_free(r->clause_verbs);
    model_free(r->model);
    g_free(r);
}

struct text *language_break(
    const struct reader *r, struct arena *a, struct str text, struct span body)
{
    return break_text(r->rules, a, text, body);
}

/* How many sentences from `first` on go through the network together:
   enough for wide products, few enough for the caches. */
static uint32_t batch_count(const struct text *t, uint32_t first)
{
    enum { BATCH_TOKENS = 128 };
    uint32_t tokens = t->sentences[first].token_count, i = first + 1;

    while (i < t->count && tokens + t->sentences[i].token_count <= BATCH_TOKENS)
        tokens += t->sentences[i++].token_count;
    return i - first;
}

void language_watch(
    const struct reader *r, struct arena *a, struct text *t,
    const struct parse_watch *watch)
{
    struct network *n = g_async_queue_try_pop(r->idle);
    uint32_t count;

    if (!n)
        n = network_new(r->model, r->clause_verbs);
    for (uint32_t i = 0; i < t->count; i += count) {
        count = batch_count(t, i);
        network_run(n, a, t->sentences + i, count, watch);
    }
    g_async_queue_push(r->idle, n);
}

void language_tag_and_parse(
    const struct reader *r, struct arena *a, struct text *t)
{
    language_watch(r, a, t, NULL);
}

/* A paragraph mostly in another language is wholly so: its short sentences
   tell little by themselves. */
static void settle_languages(struct text *t)
{
    for (uint32_t i = 0, next; i < t->count; i = next) {
        uint32_t tokens = 0, foreign = 0;

        for (next = i; next < t->count && t->sentences[next].paragraph ==
                                              t->sentences[i].paragraph;
             next++) {
            const struct sentence *s = &t->sentences[next];

            tokens += s->token_count;
            foreign += s->is_foreign ? s->token_count : 0;
        }
        for (uint32_t k = i; 2 * foreign > tokens && k < next; k++)
            t->sentences[k].is_foreign = true;
    }
}

void language_settle_names(struct text *t)
{
    names_settle(t);
}

void language_find_times(
    const struct reader *r, struct arena *a, struct text *t, const char *date)
{
    times_find(r->words, a, t, date);
}

struct text *language_read(
    const struct reader *r, struct arena *a, struct str text, struct span body,
    const char *date)
{
    struct text *t = language_break(r, a, text, body);

    language_tag_and_parse(r, a, t);
    language_settle_names(t);
    settle_languages(t);
    language_find_times(r, a, t, date);
    return t;
}
