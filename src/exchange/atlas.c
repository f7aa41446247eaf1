#include "exchange/atlas.h"

#include <string.h>

enum { NAMES = 1, PEOPLE, CAPITAL, PLACES, FORM_COLUMNS };

struct sector {
    const char *code;
    bool is_weak;
    bool has_no_country; /* IGO, NGO, MNC */
};

struct atlas {
    struct table *countries_table, *sectors_table, *pronouns_table;
    struct forms *countries; /* number: row * FORM_COLUMNS + column */
    struct forms *sectors;   /* number: index into `kinds` */
    GArray *kinds;           /* of struct sector */
    GHashTable *parting, *leading, *pronouns; /* sets of words */
};

/* --- loading ---------------------------------------------------------- */

static bool load_countries(struct atlas *t, const char *dir, GError **error)
{
    t->countries_table = table_load(
        dir, "countries.tsv", "code\tnames\tpeople\tcapital\tplaces", error);
    if (!t->countries_table)
        return false;
    for (size_t i = 0; i < table_count(t->countries_table); i++) {
        if (strlen(table_cell(t->countries_table, i, 0)) != 3)
            return table_complain(
                t->countries_table, i, error, "a code has three letters");
        for (int c = NAMES; c < FORM_COLUMNS; c++)
            forms_add(
                t->countries, table_cell(t->countries_table, i, (size_t)c),
                (int)i * FORM_COLUMNS + c);
    }
    return true;
}

static void add_words(GHashTable *set, const char *list)
{
    char **each = g_strsplit(list, "|", -1);

    for (char **one = each; *one; one++)
        g_hash_table_add(set, *one);
    g_free(each);
}

static void add_sector(struct atlas *t, const char *code, const char *list)
{
    struct sector s = {
        .is_weak = g_str_has_suffix(code, "?"),
        .has_no_country = !strcmp(code, "IGO") || !strcmp(code, "NGO") ||
                          !strcmp(code, "MNC"),
    };
    char bare[4];

    g_strlcpy(bare, code, sizeof(bare));
    s.code = g_intern_string(bare);
    g_array_append_val(t->kinds, s);
    forms_add(t->sectors, list, (int)t->kinds->len - 1);
}

static bool load_sectors(struct atlas *t, const char *dir, GError **error)
{
    struct table *s = table_load(dir, "sectors.tsv", "sector\twords", error);

    t->sectors_table = s;
    if (!s)
        return false;
    for (size_t i = 0; i < table_count(s); i++) {
        const char *code = table_cell(s, i, 0), *list = table_cell(s, i, 1);

        if (!strcmp(code, "."))
            add_words(t->parting, list);
        else if (!strcmp(code, ">"))
            add_words(t->leading, list);
        else if (strlen(code) == 3 || (strlen(code) == 4 && code[3] == '?'))
            add_sector(t, code, list);
        else
            return table_complain(s, i, error, "unknown sector \"%s\"", code);
    }
    return true;
}

static bool load_pronouns(struct atlas *t, const char *dir, GError **error)
{
    t->pronouns_table = table_load(
        dir, "pronouns.tsv", "pronoun\tperson\tnumber\tgender\tuse", error);
    if (!t->pronouns_table)
        return false;
    for (size_t i = 0; i < table_count(t->pronouns_table); i++)
        g_hash_table_add(
            t->pronouns, g_strdup(table_cell(t->pronouns_table, i, 0)));
    return true;
}

static GHashTable *set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

struct atlas *atlas_load(const char *dir, GError **error)
{
    struct atlas *t = g_new0(struct atlas, 1);

    t->countries = forms_new();
    t->sectors = forms_new();
    t->kinds = g_array_new(FALSE, FALSE, sizeof(struct sector));
    t->parting = set_new();
    t->leading = set_new();
    t->pronouns = set_new();
    if (load_countries(t, dir, error) && load_sectors(t, dir, error) &&
        load_pronouns(t, dir, error))
        return t;
    atlas_free(t);
    return NULL;
}

void atlas_free(struct atlas *t)
{
    if (!t)
        return;
    table_free(t->countries_table);
    table_free(t->sectors_table);
    table_free(t->pronouns_table);
    forms_free(t->countries);
    forms_free(t->sectors);
    g_array_unref(t->kinds);
    g_hash_table_unref(t->parting);
    g_hash_table_unref(t->leading);
    g_hash_table_unref(t->pronouns);
    g_free(t);
}

bool atlas_parts(const struct atlas *t, const char *lower)
{
    return g_hash_table_contains(t->parting, lower);
}

bool atlas_leads(const struct atlas *t, const char *lower)
{
    return g_hash_table_contains(t->leading, lower);
}

bool atlas_is_pronoun(const struct atlas *t, const char *phrase)
{
    char *lower = g_utf8_strdown(phrase, -1);
    bool found = g_hash_table_contains(t->pronouns, lower);

    g_free(lower);
    return found;
}

/* --- coding ----------------------------------------------------------- */

/* What one pass over a phrase has seen. */
struct pass {
    const struct atlas *t;
    struct words words;
    const struct sector *strong, *weak, *beside; /* of the part, or before */
    uint32_t country_end; /* the word after the last country counted */
    bool is_settled;      /* the head told the sector */
    bool is_closed;       /* no further country counts */
    uint32_t capitals;    /* words that were a capital's name */
};

static const char *country_code(const struct atlas *t, int number)
{
    return table_cell(t->countries_table, (size_t)(number / FORM_COLUMNS), 0);
}

static bool is_joint(const struct pass *p, uint32_t i)
{
    const char *word = p->words.at[i].lower;

    return !strcmp(word, "and") || !strcmp(word, "or") || !strcmp(word, "the");
}

/* Only countries that follow each other count: "Chad, Niger and Mali". */
static bool follows_country(const struct pass *p, uint32_t i)
{
    uint32_t at = p->country_end;

    while (at < i && is_joint(p, at))
        at++;
    return at == i;
}

static void take_country(
    struct pass *p, uint32_t i, uint32_t length, int number, struct coding *c)
{
    const char *code = country_code(p->t, number);

    if (number % FORM_COLUMNS == CAPITAL)
        p->capitals += length;
    if (p->is_closed || (c->code_count && !follows_country(p, i))) {
        p->is_closed = true;
        return;
    }
    p->country_end = i + length;
    for (uint32_t n = 0; n < c->code_count; n++)
        if (!strcmp(c->codes[n], code))
            return;
    if (c->code_count < CODES_MOST)
        c->codes[c->code_count++] = code;
}

static void take_sector(struct pass *p, const struct sector *s)
{
    if (p->is_settled)
        return;
    if (s->is_weak) {
        if (!p->weak)
            p->weak = s;
        return;
    }
    if (s->has_no_country && !p->country_end)
        p->is_closed = true;
    if (p->strong && !strcmp(p->strong->code, "OPP"))
        p->beside = p->strong;
    if (p->strong && p->strong->has_no_country)
        return; /* a UN envoy is no envoy of a government */
    p->strong = s;
}

/* Looks at word `i`; the words that were taken. */
static uint32_t take_word(struct pass *p, uint32_t i, struct coding *c)
{
    uint32_t of_sector = 1, of_country = 1;
    int sector = forms_find(p->t->sectors, &p->words, i, &of_sector);
    int country = forms_find(p->t->countries, &p->words, i, &of_country);

    if (i && p->strong && atlas_parts(p->t, p->words.at[i].lower))
        p->is_settled = true;
    if (sector >= 0)
        take_sector(p, &g_array_index(p->t->kinds, struct sector, sector));
    if (country >= 0)
        take_country(p, i, of_country, country, c);
    if (country >= 0 && sector >= 0)
        return MIN(of_sector, of_country);
    return country >= 0 ? of_country : sector >= 0 ? of_sector : 1;
}

static void settle_sectors(struct pass *p, struct coding *c)
{
    const struct sector *first = p->strong ? p->strong : p->weak;

    if (first)
        c->sectors[c->sector_count++] = first->code;
    if (p->beside && first && strcmp(p->beside->code, first->code))
        c->sectors[c->sector_count++] = p->beside->code;
    c->is_weak = first && first->is_weak;
    if (!first && p->capitals && p->capitals == p->words.count)
        c->sectors[c->sector_count++] = "GOV";
}

struct coding
atlas_code(const struct atlas *t, struct arena *a, const char *phrase)
{
    struct str text = {phrase, strlen(phrase)};
    struct pass p = {
        .t = t,
        .words = words_cut(a, text, (struct span){0, (uint32_t)text.len}),
    };
    struct coding c = {0};

    for (uint32_t i = 0; i < p.words.count;)
        i += take_word(&p, i, &c);
    settle_sectors(&p, &c);
    return c;
}

const char *
atlas_place(const struct atlas *t, struct arena *a, const char *phrase)
{
    struct str text = {phrase, strlen(phrase)};
    struct words w = words_cut(a, text, (struct span){0, (uint32_t)text.len});
    const char *code = NULL;

    for (uint32_t i = 0; i < w.count;) {
        uint32_t length = 1;
        int number = forms_find(t->countries, &w, i, &length);

        if (words_have(&w, i, "border") || words_have(&w, i, "frontier"))
            return NULL; /* it lies between two */
        if (number >= 0)
            code = country_code(t, number);
        i += length;
    }
    return code;
}

/* --- words of a text -------------------------------------------------- */

static const char *first_name(const struct atlas *t, size_t row)
{
    const char *names = table_cell(t->countries_table, row, NAMES);
    char *first = g_strndup(names, strcspn(names, "|"));
    const char *out = g_intern_string(first);

    g_free(first);
    return out;
}

bool atlas_find(
    const struct atlas *t, const struct words *w, uint32_t i,
    struct country_form *out)
{
    int number = forms_find(t->countries, w, i, &out->length);

    if (number < 0)
        return false;
    out->code = country_code(t, number);
    out->name = first_name(t, (size_t)(number / FORM_COLUMNS));
    out->what = (enum country_word)(number % FORM_COLUMNS - NAMES);
    return true;
}

const char *atlas_country_name(const struct atlas *t, const char *code)
{
    for (size_t i = 0; i < table_count(t->countries_table); i++)
        if (!strcmp(table_cell(t->countries_table, i, 0), code))
            return first_name(t, i);
    return NULL;
}

const char *atlas_sector(
    const struct atlas *t, const struct words *w, uint32_t i, uint32_t *length)
{
    int number = forms_find(t->sectors, w, i, length);

    return number < 0 ? NULL
                      : g_array_index(t->kinds, struct sector, number).code;
}
