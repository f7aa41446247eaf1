/* gazetteer.c - the table of places, and looking up names in it. */
#include "identity/gazetteer.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

/* Most names are; every phrase of a text that may be one is folded. */
static bool is_ascii(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] & 0x80)
            return false;
    return true;
}

static char *fold_ascii(struct arena *a, struct str name)
{
    char *folded = arena_copy(a, name.at, name.len), *to = folded;

    for (const char *p = folded; *p; p++)
        if (g_ascii_isalnum(*p))
            *to++ = g_ascii_tolower(*p);
    *to = '\0';
    return folded;
}

static char *fold_unicode(struct arena *a, struct str name)
{
    char *apart = g_utf8_normalize(name.at, (gssize)name.len, G_NORMALIZE_ALL);
    char *low = apart ? g_utf8_casefold(apart, -1) : NULL;
    char *again = low ? g_utf8_normalize(low, -1, G_NORMALIZE_ALL) : NULL;
    GString *out = g_string_sized_new(name.len + 1);
    char *kept;

    for (const char *p = again ? again : ""; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalnum(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    kept = arena_copy(a, out->str, out->len);
    g_string_free(out, TRUE);
    g_free(again);
    g_free(low);
    g_free(apart);
    return kept;
}

char *place_fold(struct arena *a, struct str name)
{
    return is_ascii(name) ? fold_ascii(a, name) : fold_unicode(a, name);
}

/* --- loading ------------------------------------------------------------------- */

static struct str cut_line(struct str *rest)
{
    const char *end = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;
    struct str line = {rest->at, end ? (size_t)(end - rest->at) : rest->len};
    size_t used = line.len + (end != NULL);

    *rest = (struct str){rest->at + used, rest->len - used};
    return line;
}

/* kind, id, name, region, country, latitude, longitude, population */
static void read_spot(struct gazetteer *g, struct str line, struct spot *out)
{
    enum { CELLS = 8 };
    char *words = arena_copy(g->arena, line.at, line.len);
    char *cells[CELLS] = {words};

    for (int i = 1; i < CELLS; i++) {
        cells[i] = strchr(cells[i - 1], '\t');
        g_assert(cells[i]);
        *cells[i]++ = '\0';
    }
    *out = (struct spot){
        .kind = *cells[0] == 't'   ? SPOT_TOWN
                : *cells[0] == 'r' ? SPOT_REGION
                                   : SPOT_COUNTRY,
        .id = (uint32_t)strtoul(cells[1], NULL, 10),
        .name = cells[2],
        .region = cells[3],
        .country = cells[4],
        .latitude = g_ascii_strtod(cells[5], NULL),
        .longitude = g_ascii_strtod(cells[6], NULL),
        .population = g_ascii_strtoll(cells[7], NULL, 10),
    };
}

static void read_spots(struct gazetteer *g)
{
    struct str rest = {
        places_table, (size_t)(places_table_end - places_table - 1)};
    struct str ahead = rest;
    uint32_t count = 0;

    while (cut_line(&ahead).len)
        count++;
    g->spots = arena_make(g->arena, struct spot, count);
    for (struct str line; (line = cut_line(&rest)).len;)
        read_spot(g, line, &g->spots[g->spot_count++]);
    g->names = rest;
}

/* By the three letters of its code: SYR is SY. */
static GHashTable *index_codes(struct gazetteer *g)
{
    GHashTable *codes = g_hash_table_new(g_str_hash, g_str_equal);

    for (uint32_t i = 0; i < g->spot_count; i++) {
        char locale[16];

        if (g->spots[i].kind != SPOT_COUNTRY)
            continue;
        g_snprintf(locale, sizeof locale, "und_%s", g->spots[i].country);
        g_hash_table_insert(
            codes, (char *)uloc_getISO3Country(locale),
            GUINT_TO_POINTER(i + 1));
    }
    return codes;
}

static void add_country(struct gazetteer *g, const char *words, gpointer spot)
{
    char **all = g_strsplit(words, "|", -1);

    for (char **at = all; *at; at++)
        if (**at)
            g_hash_table_insert(
                g->countries,
                place_fold(g->arena, (struct str){*at, strlen(*at)}), spot);
    g_strfreev(all);
}

static bool load_countries(struct gazetteer *g, const char *dir, GError **error)
{
    struct table *t = table_load(
        dir, "countries.tsv", "code\tnames\tpeople\tcapital\tplaces", error);
    GHashTable *codes = t ? index_codes(g) : NULL;

    for (size_t row = 0; t && row < table_count(t); row++) {
        gpointer spot = g_hash_table_lookup(codes, table_cell(t, row, 0));

        if (!spot)
            continue;
        add_country(g, table_cell(t, row, 1), spot);
        add_country(g, table_cell(t, row, 2), spot);
    }
    g_clear_pointer(&codes, g_hash_table_unref);
    table_free(t);
    return t != NULL;
}

static enum place_relation relation_of(const char *word)
{
    static const char *const words[] = {"", "in", "near", "list"};

    for (size_t i = 1; i < G_N_ELEMENTS(words); i++)
        if (!strcmp(words[i], word))
            return (enum place_relation)i;
    return PLACE_ALONE;
}

static bool load_links(struct gazetteer *g, const char *dir, GError **error)
{
    struct table *t =
        table_load(dir, "place-links.tsv", "words\tmeans\texample", error);
    bool good = t != NULL;

    for (size_t row = 0; good && row < table_count(t); row++) {
        const char *words = table_cell(t, row, 0);
        enum place_relation means = relation_of(table_cell(t, row, 1));

        if (!means)
            good = table_complain(
                t, row, error, "unknown word \"%s\"", table_cell(t, row, 1));
        else
            g_hash_table_insert(
                g->links, arena_copy(g->arena, words, strlen(words)),
                GINT_TO_POINTER(means));
    }
    table_free(t);
    return good;
}

struct gazetteer *gazetteer_load(
    const struct identity_words *w, const char *lexicon_dir, GError **error)
{
    struct gazetteer *g = g_new0(struct gazetteer, 1);

    g->words = w;
    g->arena = arena_new();
    g->countries = g_hash_table_new(g_str_hash, g_str_equal);
    g->links = g_hash_table_new(g_str_hash, g_str_equal);
    read_spots(g);
    if (load_countries(g, lexicon_dir, error) &&
        load_links(g, lexicon_dir, error))
        return g;
    gazetteer_free(g);
    return NULL;
}

void gazetteer_free(struct gazetteer *g)
{
    if (!g)
        return;
    g_hash_table_unref(g->countries);
    g_hash_table_unref(g->links);
    arena_free(g->arena);
    g_free(g);
}

const struct spot *gazetteer_spot(const struct gazetteer *g, uint32_t spot)
{
    return spot < g->spot_count ? &g->spots[spot] : NULL;
}

/* --- looking up -------------------------------------------------------------------- */

/* The line that a place in the names lies in. */
static struct str line_at(const struct gazetteer *g, size_t at)
{
    const char *from = g->names.at + at, *end;

    while (from > g->names.at && from[-1] != '\n')
        from--;
    end = memchr(from, '\n', g->names.len - (size_t)(from - g->names.at));
    return (struct str){from, (size_t)((end ? end : from) - from)};
}

static int compare_key(struct str line, const char *key, size_t len)
{
    const char *tab = memchr(line.at, '\t', line.len);
    size_t size = tab ? (size_t)(tab - line.at) : line.len;
    int order = memcmp(line.at, key, MIN(size, len));

    return order ? order : size < len ? -1 : size > len;
}

static void read_lines(struct str line, struct spots *out)
{
    const char *at = memchr(line.at, '\t', line.len);

    while (at && at < line.at + line.len && *at != '\n' &&
           out->count < G_N_ELEMENTS(out->at)) {
        char *end;

        out->at[out->count++] = (uint32_t)strtoul(at + 1, &end, 10);
        at = *end == ',' ? end : NULL;
    }
}

static void
add_named(const struct gazetteer *g, const char *key, struct spots *out)
{
    size_t low = 0, high = g->names.len, len = strlen(key);

    while (len && low < high) {
        struct str line = line_at(g, low + (high - low) / 2);
        size_t from = (size_t)(line.at - g->names.at);
        int order = compare_key(line, key, len);

        if (!order) {
            read_lines(line, out);
            return;
        }
        if (order < 0)
            low = from + line.len + 1;
        else
            high = from;
    }
}

/* The name without its first word, or NULL. */
static const char *
without_first(const struct gazetteer *g, struct arena *a, const char *name)
{
    static const char *const kinds[] = {
        "city of ",     "town of ",        "village of ",  "the city of ",
        "the town of ", "the village of ", "district of ", "the "};
    const char *rest = strpbrk(name, " -");
    char *low = g_utf8_strdown(name, rest ? rest - name : -1);
    enum part_kind part = part_lookup(g->words, low).kind;

    g_free(low);
    (void)a;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (!g_ascii_strncasecmp(name, kinds[i], strlen(kinds[i])))
            return name + strlen(kinds[i]);
    return rest && (part == PART_ARTICLE || part == PART_PARTICLE) ? rest + 1
                                                                   : NULL;
}

static void
add_country_named(const struct gazetteer *g, const char *key, struct spots *out)
{
    guint country = GPOINTER_TO_UINT(g_hash_table_lookup(g->countries, key));

    for (uint32_t i = 0; country && i < out->count; i++)
        if (out->at[i] == country - 1)
            return;
    if (country && out->count < G_N_ELEMENTS(out->at))
        out->at[out->count++] = country - 1;
}

struct spots
spots_find(const struct gazetteer *g, struct arena *a, const char *name)
{
    struct spots found = {.count = 0};

    for (const char *at = name; at && !found.count;
         at = without_first(g, a, at)) {
        char *key = place_fold(a, (struct str){at, strlen(at)});

        add_named(g, key, &found);
        add_country_named(g, key, &found);
    }
    return found;
}

/* --- links --------------------------------------------------------------------------- */

enum place_relation
link_find(const struct gazetteer *g, struct arena *a, struct str between)
{
    enum { BETWEEN_MOST = 60 };
    char *words, *at;

    between = str_trim(between);
    if (!between.len || between.len > BETWEEN_MOST ||
        memchr(between.at, '.', between.len) ||
        memchr(between.at, ';', between.len))
        return PLACE_ALONE;
    words = arena_copy(a, between.at, between.len);
    g_strdelimit(words, "\n\t", ' ');
    if (g_str_has_suffix(words, " the"))
        words[strlen(words) - 4] = '\0';
    for (at = words; at; at = strchr(at, ' ')) {
        enum place_relation link;

        at += *at == ' ';
        link = (enum place_relation)GPOINTER_TO_INT(
            g_hash_table_lookup(g->links, at));
        /* "in" joins what is right before it; "near" may be farther off. */
        if (link == PLACE_NEAR || (link && at - words <= 2))
            return link;
    }
    return PLACE_ALONE;
}
