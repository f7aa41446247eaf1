/*
 * What the tables say of a word in a name, in one look-up: a hash table keyed
 * by the word's sounds, so that "Moḥammed" and "mohammed" are one row.
 */
#include "identity/facts.h"

#include <math.h>
#include <string.h>

uint64_t sounds_hash(const uint8_t *sounds, size_t count)
{
    uint64_t hash = 0x9E3779B97F4A7C15u;

    for (size_t i = 0; i < count; i++)
        hash = (hash ^ sounds[i]) * 0x100000001B3u;
    hash ^= hash >> 29;
    return hash ? hash : 1;
}

static struct fact *find_slot(const struct facts *f, uint64_t hash)
{
    uint32_t i = (uint32_t)hash & f->mask;

    while (f->slots[i].hash && f->slots[i].hash != hash)
        i = (i + 1) & f->mask;
    return &f->slots[i];
}

const struct fact *
fact_lookup(const struct facts *f, const uint8_t *sounds, size_t count)
{
    const struct fact *fact = find_slot(f, sounds_hash(sounds, count));

    return fact->hash ? fact : NULL;
}

/* --- loading ----------------------------------------------------------- */

/* Where the tables are read into; meanings are numbered as they come. */
struct maker {
    const struct letters *letters;
    struct facts *facts;
    GHashTable *meanings; /* folded word -> number */
    struct arena *a;
    uint8_t first; /* sound of the word last asked for */
};

/* The fact of a word as tables write it, made where there is none; NULL if
   the word is not one word. */
static struct fact *fact_of(struct maker *m, const char *word)
{
    struct str at = {word, strlen(word)};
    struct cut cut, rest;
    bool bracket = false, foreign = false;
    struct fact *fact;
    uint64_t hash;

    if (!cut_next(m->letters, &at, &bracket, &cut, &foreign) ||
        cut_next(m->letters, &at, &bracket, &rest, &foreign))
        return NULL;
    m->first = cut.sounds[0];
    hash = sounds_hash(cut.sounds, cut.count);
    fact = find_slot(m->facts, hash);
    if (!fact->hash) {
        fact->hash = hash;
        memset(fact->weights, 255, sizeof fact->weights);
    }
    return fact;
}

static uint16_t meaning_of(struct maker *m, const char *words)
{
    gpointer number;

    if (!*words)
        return 0;
    if (g_hash_table_lookup_extended(m->meanings, words, NULL, &number))
        return (uint16_t)GPOINTER_TO_UINT(number);
    number = GUINT_TO_POINTER(g_hash_table_size(m->meanings) + 1);
    g_hash_table_insert(
        m->meanings, arena_copy(m->a, words, strlen(words)), number);
    return (uint16_t)GPOINTER_TO_UINT(number);
}

static void learn_title(gpointer word, gpointer value, gpointer maker)
{
    struct fact *fact = fact_of(maker, word);

    (void)value;
    if (fact && !fact->duty)
        fact->duty = DUTY_TITLE;
}

static void learn_part(gpointer word, gpointer value, gpointer maker)
{
    const struct name_part *part = value;
    struct fact *fact = fact_of(maker, word);

    if (!fact)
        return;
    if (part->kind == PART_SPELLING) {
        fact->spelling = meaning_of(maker, part->folded);
        fact = fact_of(maker, part->folded);
        if (fact)
            fact->spelling = meaning_of(maker, part->folded);
    } else {
        fact->duty = DUTY_PARTICLE;
    }
}

static void
learn_variant(struct fact *fact, enum duty duty, bool given, uint16_t kin)
{
    if (fact->fixed || fact->duty == DUTY_PARTICLE)
        return;
    fact->fixed = true;
    fact->duty = (uint8_t)duty;
    fact->given = given;
    fact->kin = kin;
}

static bool
read_variant(struct maker *m, const struct table *t, size_t row, GError **error)
{
    static const struct {
        const char *word;
        enum duty duty;
    } kinds[] = {{"word", DUTY_PLAIN},    {"site", DUTY_PLAIN},
                 {"given", DUTY_PLAIN},   {"legal", DUTY_LEGAL},
                 {"number", DUTY_NUMBER}, {"prefix", DUTY_PREFIX},
                 {"title", DUTY_TITLE},   {"particle", DUTY_PARTICLE}};
    struct fact *fact = fact_of(m, table_cell(t, row, 0));
    const char *kind = table_cell(t, row, 1), *same = table_cell(t, row, 2);

    if (!fact)
        return table_complain(t, row, error, "no single word");
    fact->site |= !strcmp(kind, "site");
    m->facts->begin[m->first] |= !strcmp(kind, "prefix");
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!strcmp(kinds[i].word, kind)) {
            learn_variant(
                fact, kinds[i].duty, !strcmp(kind, "given"),
                kinds[i].duty == DUTY_NUMBER ? (uint16_t)atoi(same)
                                             : meaning_of(m, same));
            return true;
        }
    return table_complain(t, row, error, "unknown kind \"%s\"", kind);
}

/* Countries and their people: "Syria" and "Syrian" mean the same. */
static bool
read_country(struct maker *m, const struct table *t, size_t row, GError **error)
{
    uint16_t kin = meaning_of(m, table_cell(t, row, 0));

    (void)error;
    for (size_t column = 1; column <= 2; column++) {
        char **words = g_strsplit(table_cell(t, row, column), "|", -1);

        for (char **word = words; *word; word++) {
            struct fact *fact = **word ? fact_of(m, *word) : NULL;

            if (fact && fact->duty == DUTY_PLAIN)
                learn_variant(fact, DUTY_PLAIN, false, kin);
        }
        g_strfreev(words);
    }
    return true;
}

/* Spellings of one word have the kin that any of them has. */
static void share_kin(struct maker *m, struct arena *a)
{
    guint count = g_hash_table_size(m->meanings) + 1;
    const struct fact **known = arena_make(a, const struct fact *, count);
    struct facts *f = m->facts;

    for (uint32_t i = 0; i <= f->mask; i++)
        if (f->slots[i].spelling && f->slots[i].kin)
            known[f->slots[i].spelling] = &f->slots[i];
    for (uint32_t i = 0; i <= f->mask; i++) {
        const struct fact *other = known[f->slots[i].spelling];

        if (f->slots[i].spelling && other && !f->slots[i].fixed)
            learn_variant(
                &f->slots[i], (enum duty)other->duty, other->given, other->kin);
    }
}

static bool
read_count(struct maker *m, const struct table *t, size_t row, GError **error)
{
    struct fact *fact = fact_of(m, table_cell(t, row, 0));

    for (size_t kind = 0; fact && kind < KINDS; kind++) {
        const char *cell = table_cell(t, row, 1 + kind);
        char *end;
        unsigned long weight = strtoul(cell, &end, 10);

        if (!*cell || *end || weight > 255)
            return table_complain(t, row, error, "no weight: \"%s\"", cell);
        fact->weights[kind] = (uint8_t)weight;
    }
    return fact || table_complain(t, row, error, "no single word");
}

static bool read_rows(
    struct maker *m, const struct table *t,
    bool (*read_row)(struct maker *, const struct table *, size_t, GError **),
    GError **error)
{
    bool good = true;

    for (size_t row = 0; good && row < table_count(t); row++)
        good = read_row(m, t, row, error);
    return good;
}

/* Words that a table may tell: one a row, and one more for each |. */
static size_t count_table(const struct table *t)
{
    size_t words = 0;

    for (size_t row = 0; t && row < table_count(t); row++) {
        words += 2;
        for (size_t column = 0; column < 3; column++)
            for (const char *p = table_cell(t, row, column); *p; p++)
                words += *p == '|';
    }
    return words;
}

/* Room for every word that the tables may hold, half of it free. */
static void make_room(
    struct facts *f, struct arena *a, const struct identity_words *w,
    struct table *const *tables, size_t count)
{
    size_t words =
        g_hash_table_size(w->titles) + g_hash_table_size(w->parts) * 2;
    size_t room = 64;

    for (size_t i = 0; i < count; i++)
        words += count_table(tables[i]);
    while (room < words + words / 2)
        room *= 2;
    f->slots = arena_make(a, struct fact, room);
    f->mask = (uint32_t)room - 1;
}

bool facts_load(
    struct facts *f, struct arena *a, const struct letters *letters,
    const struct identity_words *words, const char *lexicon_dir,
    const char *models_dir, GError **error)
{
    static bool (*const readers[])(
        struct maker *, const struct table *, size_t,
        GError **) = {read_variant, read_country, read_count};
    struct table *tables[] = {
        table_load(
            lexicon_dir, "name-variants.tsv", "word\tkind\tsame_as\texample",
            error),
        NULL, NULL};
    struct maker m = {
        letters, f, g_hash_table_new(g_str_hash, g_str_equal), a, 0};
    bool good = tables[0] &&
                (tables[1] = table_load(
                     lexicon_dir, "countries.tsv",
                     "code\tnames\tpeople\tcapital\tplaces", error)) &&
                (tables[2] = table_load(
                     models_dir, "name-weights.tsv",
                     "word\tperson\tgroup\tplace", error));

    make_room(f, a, words, tables, G_N_ELEMENTS(tables));
    g_hash_table_foreach(words->titles, learn_title, &m);
    g_hash_table_foreach(words->parts, learn_part, &m);
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        good = good && read_rows(&m, tables[i], readers[i], error);
        table_free(tables[i]);
    }
    share_kin(&m, a);
    g_hash_table_unref(m.meanings);
    return good;
}
