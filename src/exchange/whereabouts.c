/*
 * Where: countries that a document speaks of, and names that may be those of
 * its cities and regions.
 */
#include "exchange/incident.h"

#include <string.h>

/* --- countries -------------------------------------------------------- */

struct counts {
    uint32_t all, first;
};

struct gathering {
    const struct report *r;
    struct lands lands;
    struct counts *counts; /* of each land */
    uint32_t room;
};

static uint32_t add_land(
    struct gathering *g, const char *code, const char *name, uint32_t sentence)
{
    for (uint32_t i = 0; i < g->lands.count; i++)
        if (!strcmp(g->lands.at[i].code, code))
            return i;
    if (g->lands.count == g->room)
        return g->room - 1;
    g->lands.at[g->lands.count] =
        (struct land){.code = code, .name = name, .traits = {.a = g->r->a}};
    g->counts[g->lands.count].first = sentence;
    return g->lands.count++;
}

static void note_sentence(struct gathering *g, uint32_t n, uint32_t sentence)
{
    struct land *l = &g->lands.at[n];

    if (!l->sentences)
        l->sentences =
            arena_make(g->r->a, uint32_t, g->r->page.sentence_count + 1);
    if (!l->sentence_count || l->sentences[l->sentence_count - 1] != sentence)
        l->sentences[l->sentence_count++] = sentence;
}

static const char *form_words(enum country_word what)
{
    static const char *const words[] = {
        [COUNTRY_NAME] = "name",
        [COUNTRY_PEOPLE] = "people",
        [COUNTRY_CAPITAL] = "capital",
        [COUNTRY_PLACE] = "place"};

    return words[what];
}

/* The country that a form at word `i` tells, by its own name or a region's. */
static bool tells_country(
    const struct report *r, const struct words *w, uint32_t i,
    struct country_form *out)
{
    const char *code = signs_region(r->tables->signs, w, i, &out->length);

    if (!code)
        return atlas_find(r->tables->atlas, w, i, out);
    out->code = code;
    out->name = atlas_country_name(r->tables->atlas, code);
    out->what = COUNTRY_PLACE;
    return out->name != NULL;
}

static void take_words(
    struct gathering *g, const struct words *w, uint32_t sentence,
    bool in_title)
{
    for (uint32_t i = 0; i < w->count;) {
        struct country_form c = {.length = 1};

        if (tells_country(g->r, w, i, &c)) {
            uint32_t n = add_land(g, c.code, c.name, sentence);
            struct traits *t = &g->lands.at[n].traits;

            trait_add(t, "by %s", form_words(c.what));
            if (in_title)
                trait_add(t, "in title by %s", form_words(c.what));
            else {
                g->counts[n].all++;
                note_sentence(g, n, sentence);
            }
            if (sentence == 0 && !in_title)
                trait_add(t, i < 4 ? "at the start" : "in the first sentence");
        }
        i += c.length;
    }
}

static void take_phrase(
    struct gathering *g, const struct told *told, const struct told_phrase *f,
    const char *role)
{
    struct str text = {f->text, f->text ? strlen(f->text) : 0};
    struct words w;

    if (!text.len)
        return;
    w = words_cut(g->r->a, text, (struct span){0, (uint32_t)text.len});
    for (uint32_t i = 0; i < w.count;) {
        struct country_form c = {.length = 1};

        if (tells_country(g->r, &w, i, &c)) {
            struct traits *t =
                &g->lands.at[add_land(g, c.code, c.name, told->sentence)]
                     .traits;

            trait_add(t, "%s", role);
            if (told_harms(g->r, told))
                trait_add(t, "%s of harm", role);
        }
        i += c.length;
    }
}

static void take_claims(struct gathering *g)
{
    for (uint32_t i = 0; i < g->r->page.count; i++) {
        const struct told *t = &g->r->page.at[i];

        take_phrase(g, t, &t->roles[ROLE_ACTOR], "actor");
        take_phrase(g, t, &t->roles[ROLE_TARGET], "target");
        take_phrase(g, t, &t->roles[ROLE_PLACE], "place");
        take_phrase(g, t, &t->roles[ROLE_ORIGIN], "origin");
        take_phrase(g, t, &t->roles[ROLE_DESTINATION], "destination");
        for (uint32_t s = 0; s < t->source_count; s++)
            take_phrase(g, t, &t->sources[s], "source");
    }
}

static void add_ranks(struct gathering *g)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < g->lands.count; i++)
        sum += g->counts[i].all;
    for (uint32_t i = 0; i < g->lands.count; i++) {
        struct traits *t = &g->lands.at[i].traits;
        uint32_t above = 0, share = sum ? 10 * g->counts[i].all / sum : 0;

        for (uint32_t n = 0; n < g->lands.count; n++)
            above += g->counts[n].all > g->counts[i].all;
        g->lands.at[i].count = g->counts[i].all;
        trait_add(t, "rank %s", count_size(above + 1));
        trait_add(t, "share %u", (unsigned)(share / 2));
        trait_add(t, "depth %s", sentence_depth(g->counts[i].first));
        trait_add(t, "count %s", count_size(g->counts[i].all));
        if (i == 0)
            trait_add(t, "told first");
    }
}

struct lands lands_find(const struct report *r)
{
    enum { LANDS_MOST = 256 };
    struct gathering g = {
        .r = r,
        .lands.at = arena_make(r->a, struct land, LANDS_MOST),
        .counts = arena_make(r->a, struct counts, LANDS_MOST),
        .room = LANDS_MOST,
    };

    take_words(&g, &r->title, 0, true);
    for (uint32_t i = 0; i < r->page.sentence_count; i++)
        take_words(&g, &r->sentences[i], i, false);
    take_claims(&g);
    add_ranks(&g);
    return g.lands;
}

/* --- cities and regions ----------------------------------------------- */

static void add_neighbours(
    const struct report *r, const struct name_run *run, struct traits *t)
{
    const struct words *w = &r->sentences[run->sentence];
    struct country_form country;
    uint32_t length;
    const char *lead = run->first ? signs_find(
                                        r->tables->signs, SIGN_LEAD, w,
                                        run->first - 1, &length)
                                  : NULL;

    if (lead)
        trait_add(t, "after %s", w->at[run->first - 1].lower);
    for (uint32_t i = run->first > 4 ? run->first - 4 : 0;
         i < run->last + 1 && i < w->count; i++) {
        if (signs_find(r->tables->signs, SIGN_REGION, w, i, &length))
            trait_add(t, "%s region word", i < run->first ? "after" : "with");
        if (signs_find(r->tables->signs, SIGN_CITY, w, i, &length))
            trait_add(t, "%s city word", i < run->first ? "after" : "with");
    }
    if (run->last < w->count && w->at[run->last - 1].ends_clause &&
        tells_country(r, w, run->last, &country))
        trait_add(t, "before its country");
    if (run->sentence == 0 && run->first < 2 && lead == NULL)
        trait_add(t, "at the start");
    if (run->first > 1 && w->at[run->first - 1].ends_clause &&
        signs_find(r->tables->signs, SIGN_LEAD, w, run->first - 2, &length))
        trait_add(t, "after a place");
}

static void add_what(
    const struct report *r, const struct named *n, const char *land,
    struct traits *t)
{
    const struct name_run *run = &r->runs[n->own_first];
    const struct words *w = &r->sentences[run->sentence];
    struct country_form c;
    uint32_t length;
    const char *of;

    if (tells_country(r, w, run->first, &c) &&
        c.length == run->last - run->first) {
        bool here = land && !strcmp(land, c.code);

        trait_add(t, "is %s", form_words(c.what));
        trait_add(t, "is %s %s", form_words(c.what), here ? "here" : "abroad");
    }
    of = signs_region(r->tables->signs, w, run->first, &length);
    if (of)
        trait_add(
            t, "is region %s", land && !strcmp(land, of) ? "here" : "abroad");
    for (uint32_t i = run->first; i < run->last; i++) {
        const char *body =
            signs_find(r->tables->signs, SIGN_BODY, w, i, &length);

        if (body)
            trait_add(t, "body %s", body);
    }
}

static void
add_part(const struct report *r, const struct part *p, struct traits *t)
{
    const struct told *told = &r->page.at[p->told];
    const char *role = p->role == ROLE_PLACE         ? "place"
                       : p->role == ROLE_ORIGIN      ? "origin"
                       : p->role == ROLE_DESTINATION ? "destination"
                       : p->role == ROLE_ACTOR       ? "actor"
                       : p->role == ROLE_TARGET      ? "target"
                                                     : "source";

    trait_add(t, "%s%s", p->is_whole ? "" : "in ", role);
    if (told_harms(r, told))
        trait_add(t, "%s of harm", role);
    if (told_harms(r, told) && told->sentence < 3)
        trait_add(t, "%s of early harm", role);
}

static struct traits site_traits(
    const struct report *r, uint32_t named, const char *land, uint32_t above)
{
    const struct named *n = &r->named[named];
    struct traits t = {.a = r->a};

    add_what(r, n, land, &t);
    trait_add(&t, "words %s", count_size(n->words));
    trait_add(&t, "runs %s", count_size(n->own_runs));
    trait_add(&t, "above %s", count_size(above));
    trait_add(&t, "depth %s", sentence_depth(r->runs[n->own_first].sentence));
    if (n->in_title)
        trait_add(&t, "in title");
    for (uint32_t i = n->own_first; i < r->run_count; i++)
        if (r->runs[i].own == named)
            add_neighbours(r, &r->runs[i], &t);
    for (uint32_t i = 0; i < r->part_count; i++)
        if (r->parts[i].run != NO_RUN && r->runs[r->parts[i].run].own == named)
            add_part(r, &r->parts[i], &t);
    return t;
}

/* Is anything said that makes a place of it? */
static bool is_placed(const struct traits *t)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const char *trait = t->at[i];

        if (!strcmp(trait, "is name") || !strcmp(trait, "is people"))
            return false;
        if (g_str_has_prefix(trait, "after ") ||
            g_str_has_prefix(trait, "is ") || strstr(trait, "place") ||
            strstr(trait, "before its country") || strstr(trait, "origin") ||
            strstr(trait, "destination") || !strcmp(trait, "at the start"))
            return true;
    }
    return false;
}

/* "RIYADH" in a dateline is Riyadh. */
static const char *site_name(struct arena *a, const char *name)
{
    char *lower;
    const char *out;

    for (const char *c = name; *c; c = g_utf8_next_char(c))
        if (g_unichar_islower(g_utf8_get_char(c)))
            return name;
    if (strlen(name) < 4)
        return name;
    lower = g_utf8_strdown(name, -1);
    for (char *c = lower; *c; c++)
        if (c == lower || c[-1] == ' ')
            *c = g_ascii_toupper(*c);
    out = arena_copy(a, lower, strlen(lower));
    g_free(lower);
    return out;
}

/* The country that the document speaks of most. */
static const char *main_land(const struct lands *lands)
{
    const struct land *most = NULL;

    for (uint32_t i = 0; i < lands->count; i++)
        if (!most || lands->at[i].count > most->count)
            most = &lands->at[i];
    return most ? most->code : NULL;
}

struct sites sites_find(const struct report *r, const struct lands *lands)
{
    const char *land = main_land(lands);
    struct sites out = {arena_make(r->a, struct site, r->named_count + 1), 0};

    for (uint32_t i = 0; i < r->named_count; i++) {
        struct site *s = &out.at[out.count];

        if (!r->named[i].own_runs)
            continue;
        *s = (struct site){
            .name = site_name(r->a, r->named[i].name),
            .named = i,
            .traits = site_traits(r, i, land, out.count),
        };
        if (is_placed(&s->traits))
            out.count++;
    }
    return out;
}
