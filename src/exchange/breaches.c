/*
 * What was done, and what kind of perpetrator did it: the traits of a whole
 * document that tell.
 */
#include "exchange/incident.h"

#include <string.h>

const char *const breach_words[BREACH_COUNT] = {
    "arbitrary detention",
    "enforced disappearance",
    "kidnapping",
    "killing",
    "other",
    "torture",
    "unknown"};
const char *const perpetrator_words[PERPETRATOR_COUNT] = {
    "state actor",
    "other actors without permissions",
    "other non-state actors",
    "other state actors",
    "other actors with permissions",
    "insufficient info",
    "regional orgs",
    "none"};

/* How often something is told of, and where first. */
struct tally {
    uint32_t count, first;
    bool in_title;
};

struct tallies {
    const struct report *r;
    GHashTable *by_word; /* "breach=killing" -> struct tally */
    GPtrArray *words;    /* in the order of the text */
};

static void count_word(
    struct tallies *t, const char *word, uint32_t sentence, bool in_title)
{
    struct tally *one = g_hash_table_lookup(t->by_word, word);

    if (!one) {
        word = arena_copy(t->r->a, word, strlen(word));
        one = arena_make(t->r->a, struct tally, 1);
        one->first = sentence;
        g_hash_table_insert(t->by_word, (void *)word, one);
        g_ptr_array_add(t->words, (void *)word);
    }
    if (in_title)
        one->in_title = true;
    else
        one->count++;
}

static void count_both(
    struct tallies *t, const char *what, const char *value, uint32_t sentence,
    bool in_title)
{
    char word[96];

    g_snprintf(word, sizeof(word), "%s=%s", what, value);
    count_word(t, word, sentence, in_title);
}

static void count_words(
    struct tallies *t, const struct words *w, uint32_t sentence, bool in_title)
{
    static const struct {
        enum sign_kind kind;
        const char *word;
    } kinds[] = {
        {SIGN_BREACH, "breach"}, {SIGN_VICTIM, "victim"}, {SIGN_AGE, "age"}};
    const struct incident_tables *tables = t->r->tables;

    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t length;
        const char *value;

        for (size_t k = 0; k < G_N_ELEMENTS(kinds); k++) {
            value = signs_find(tables->signs, kinds[k].kind, w, i, &length);
            if (value)
                count_both(t, kinds[k].word, value, sentence, in_title);
        }
        value = atlas_sector(tables->atlas, w, i, &length);
        if (value)
            count_both(t, "sector", value, sentence, in_title);
    }
}

/* --- claims ----------------------------------------------------------- */

static void count_party(
    struct tallies *t, const struct told *told, const struct told_phrase *f,
    const char *what)
{
    struct coding c;

    if (!f->text)
        return;
    c = atlas_code(t->r->tables->atlas, t->r->a, f->name ? f->name : f->text);
    if (!c.sector_count)
        c = atlas_code(t->r->tables->atlas, t->r->a, f->text);
    for (uint32_t i = 0; i < c.sector_count; i++)
        count_both(t, what, c.sectors[i], told->sentence, false);
    if (!c.sector_count)
        count_both(
            t, what, c.code_count ? "a country" : "nobody known",
            told->sentence, false);
}

static void count_claim(struct tallies *t, const struct told *told)
{
    if (!told->id)
        return;
    if (strcmp(told->stance, "asserted"))
        count_both(t, "not asserted", told->act, told->sentence, false);
    else
        count_both(t, "act", told->act, told->sentence, false);
    if (!told_harms(t->r, told))
        return;
    count_party(t, told, &told->roles[ROLE_ACTOR], "actor");
    count_party(t, told, &told->roles[ROLE_TARGET], "target");
    count_both(
        t, "harm",
        told->roles[ROLE_ACTOR].spans.count ? "with actor" : "without actor",
        told->sentence, false);
}

/* --- traits ----------------------------------------------------------- */

static void
add_tally(struct traits *t, const char *word, const struct tally *one)
{
    if (one->in_title)
        trait_add(t, "title %s", word);
    if (!one->count)
        return;
    trait_add(t, "%s", word);
    if (one->count >= 2)
        trait_add(t, "%s twice", word);
    if (one->count >= 4)
        trait_add(t, "%s often", word);
    if (one->count >= 8)
        trait_add(t, "%s very often", word);
    if (one->first < 2)
        trait_add(t, "early %s", word);
}

/* How large a part of all words of its kind. */
static void add_shares(struct tallies *t, struct traits *traits)
{
    static const struct {
        uint32_t percent;
        const char *word;
    } steps[] = {
        {5, "a twentieth"},
        {10, "a tenth"},
        {20, "a fifth"},
        {33, "a third"},
        {50, "half"}};
    uint32_t sum = 0;

    for (guint i = 0; i < t->words->len; i++) {
        const char *word = g_ptr_array_index(t->words, i);
        const struct tally *one = g_hash_table_lookup(t->by_word, word);

        if (g_str_has_prefix(word, "breach="))
            sum += one->count;
    }
    for (guint i = 0; i < t->words->len; i++) {
        const char *word = g_ptr_array_index(t->words, i);
        const struct tally *one = g_hash_table_lookup(t->by_word, word);

        for (size_t n = 0; n < G_N_ELEMENTS(steps); n++)
            if (g_str_has_prefix(word, "breach=") &&
                100 * one->count >= steps[n].percent * sum)
                trait_add(traits, "%s %s", word, steps[n].word);
    }
}

/* Which of a family stands most often: of "breach", "actor", ... */
static void add_most(struct tallies *t, const char *what, struct traits *traits)
{
    const char *most = NULL;
    uint32_t count = 0;

    for (guint i = 0; i < t->words->len; i++) {
        const char *word = g_ptr_array_index(t->words, i);
        const struct tally *one = g_hash_table_lookup(t->by_word, word);

        if (!g_str_has_prefix(word, what) || one->count <= count)
            continue;
        most = word;
        count = one->count;
    }
    if (most)
        trait_add(traits, "most %s", most);
}

static void count_all(struct tallies *t)
{
    const struct report *r = t->r;

    count_words(t, &r->title, 0, true);
    for (uint32_t i = 0; i < r->page.sentence_count; i++)
        count_words(t, &r->sentences[i], i, false);
    for (uint32_t i = 0; i < r->page.count; i++)
        count_claim(t, &r->page.at[i]);
}

struct traits report_traits(const struct report *r)
{
    static const char *const families[] = {
        "breach=", "actor=", "target=", "sector=", "victim="};
    struct traits traits = {.a = r->a};
    struct tallies t = {
        .r = r,
        .by_word = g_hash_table_new(g_str_hash, g_str_equal),
        .words = g_ptr_array_new(),
    };

    count_all(&t);
    for (guint i = 0; i < t.words->len; i++) {
        const char *word = g_ptr_array_index(t.words, i);

        add_tally(&traits, word, g_hash_table_lookup(t.by_word, word));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(families); i++)
        add_most(&t, families[i], &traits);
    add_shares(&t, &traits);
    trait_add(&traits, "length %s", count_size(r->page.sentence_count / 10));
    g_hash_table_unref(t.by_word);
    g_ptr_array_free(t.words, TRUE);
    return traits;
}
