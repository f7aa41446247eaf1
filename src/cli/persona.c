/* persona.c - all that is said of one person, group or place. */
#include "cli/parties.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 60, NAMES_TOLD = 6 };

/* A claim in which they stand, in words. */
struct entry {
    const char *when; /* first day, or NULL */
    const char *words;
};

struct portrait {
    const struct company *c;
    const struct persona *p;
    struct kin *kin;
    struct arena *a; /* of the words */
    GArray *entries; /* of struct entry */
    GPtrArray *labels, *ties;
    GError *error;
};

/* --- names --------------------------------------------------------------------- */

/* "The Lantern, VNA": who publishes what they are so called in. */
static const char *users_words(struct portrait *w, uint32_t spelling)
{
    const struct roster *r = w->c->roster;
    GHashTable *told = g_hash_table_new(g_str_hash, g_str_equal);
    const char *words = "";

    for (uint32_t i = 0; i < w->p->sighting_count; i++) {
        const struct sighting *s = &r->sightings.at[w->p->sightings[i]];
        const char *user = r->publishers[s->document];

        user = user ? user : r->document_names[s->document];
        if (s->spelling != spelling || !g_hash_table_add(told, (char *)user))
            continue;
        if (g_hash_table_size(told) > NAMES_TOLD) {
            words = arena_print(w->a, "%s, ...", words);
            break;
        }
        words = arena_print(w->a, "%s%s%s", words, *words ? ", " : "", user);
    }
    g_hash_table_unref(told);
    return words;
}

/* By which pN one document's is called. */
static const char *ids_words(struct portrait *w, uint32_t spelling)
{
    const struct roster *r = w->c->roster;
    const char *words = "";
    int count = 0;

    for (uint32_t i = 0; i < w->p->sighting_count; i++) {
        uint32_t at = w->p->sightings[i];

        if (r->sightings.at[at].spelling != spelling)
            continue;
        if (count++ == NAMES_TOLD)
            return arena_print(w->a, "%s ...", words);
        words = arena_print(
            w->a, "%s%sp%" G_GINT64_FORMAT, words, *words ? " " : "",
            r->referents[at]);
    }
    return words;
}

static void print_names(struct portrait *w)
{
    const struct spelling *all = w->c->roster->sightings.spellings;

    for (uint32_t i = 0; i < w->p->name_count; i++) {
        const struct persona_name *n = &w->p->names[i];
        const char *abbreviation = all[n->spelling].abbreviation;

        print_field(
            i ? "" : "names",
            arena_print(
                w->a, "%s%s%s%s  in %u document%s: %s  [%s]",
                all[n->spelling].words, abbreviation ? " (" : "",
                abbreviation ? abbreviation : "", abbreviation ? ")" : "",
                n->documents, n->documents == 1 ? "" : "s",
                users_words(w, n->spelling), ids_words(w, n->spelling)));
    }
}

/* --- who is one with them -------------------------------------------------------- */

/* Why other names were taken for theirs. */
static void print_joined(struct portrait *w)
{
    const struct roster *r = w->c->roster;
    bool first = true;

    for (uint32_t i = 0; i < r->joined.bond_count; i++) {
        const struct bond *b = &r->joined.bonds[i];
        uint32_t x = r->sightings.at[b->one].spelling;
        uint32_t y = r->sightings.at[b->other].spelling;

        if (b->fate != BOND_KEPT || x == y ||
            company_party(w->c, b->one) != w->p ||
            company_party(w->c, b->other) != w->p)
            continue;
        print_field(
            first ? "taken as one" : "",
            arena_print(
                w->a, "%s and %s (%.2f): %s", r->sightings.spellings[x].words,
                r->sightings.spellings[y].words, (double)b->score,
                reason_words(w->c, b->one, b->other, 3)));
        first = false;
    }
}

static void print_rulings(struct portrait *w)
{
    const struct roster *r = w->c->roster;

    for (uint32_t i = 0; i < r->ruling_count; i++) {
        const struct ruling_row *row = &r->rulings[i];
        bool one = company_party(w->c, row->sightings[0]) == w->p;
        bool other = company_party(w->c, row->sightings[1]) == w->p;

        if (!one && !other)
            continue;
        print_field(
            row->verdict == RULING_SAME ? "merged" : "split",
            arena_print(
                w->a, "%s and %s, %s", sighting_words(w->c, row->sightings[0]),
                sighting_words(w->c, row->sightings[1]),
                ruling_words(w->c, row)));
    }
}

static void print_perhaps(struct portrait *w)
{
    const struct company *c = w->c;
    uint32_t at = (uint32_t)(w->p - c->roster->parties);
    const struct persona *last = NULL;
    int told = 0;

    for (uint32_t i = c->bonds_from[at];
         i < c->bonds_from[at + 1] && told < NAMES_TOLD; i++) {
        const struct bond *b = &c->roster->joined.bonds[c->bonds[i]];
        const struct persona *other = company_other(c, w->p, b);

        if (other == last || is_ruled_apart(c, w->p, other))
            continue;
        last = other;
        print_field(
            told++ ? "" : "perhaps",
            arena_print(
                w->a, "%s (%.2f): %s", persona_words(c, other),
                (double)b->score, reason_words(c, b->one, b->other, 3)));
    }
}

/* --- claims ------------------------------------------------------------------------ */

static bool is_them(
    const struct portrait *w, const struct claim_row *c,
    const struct phrase_row *p)
{
    return kin_has(w->kin, c->document, p->entity);
}

static const char *name_of(const struct phrase_row *p)
{
    if (p->name)
        return p->name;
    return p->text ? p->text : "";
}

static void add_entry(struct portrait *w, const struct claim_row *c)
{
    const char *actor = name_of(&c->roles[ROLE_ACTOR]);
    const char *target = name_of(&c->roles[ROLE_TARGET]);
    const char *when = period_words(w->a, c->first, c->last);
    const char *how =
        c->modality != MODALITY_ASSERTED ? modality_word(c->modality) : NULL;
    struct entry e = {
        c->first ? arena_copy(w->a, c->first, strlen(c->first)) : NULL,
        arena_print(
            w->a, "%-10s c%-5" G_GINT64_FORMAT " %s%s%s%s: %s%s%s  (%s)",
            when ? when : "", c->id, c->negative ? "not " : "", c->act,
            how ? ", " : "", how ? how : "", *actor ? actor : "?",
            *target ? " → " : "", target, voice_words(w->a, c))};

    g_array_append_val(w->entries, e);
}

static void add_labels(struct portrait *w, const struct claim_row *c)
{
    for (uint32_t i = 0; i < c->label_count; i++)
        if (is_them(w, c, &c->labels[i].of))
            g_ptr_array_add(
                w->labels,
                arena_print(
                    w->a, "\"%s\" by %s (c%" G_GINT64_FORMAT ")",
                    c->labels[i].words, voice_words(w->a, c), c->id));
}

struct tie_words {
    const char *act, *forth, *back; /* as actor, as target */
};

static void add_tie(struct portrait *w, const struct claim_row *c)
{
    static const struct tie_words known[] = {
        {"relation.member", "member of", "has the member"},
        {"relation.lead", "leads", "led by"},
        {"relation.family", "family of", "family of"},
        {"relation.reside", "lives in", "home of"},
        {"relation.own", "owns or runs", "owned or run by"},
    };
    bool acts = is_them(w, c, &c->roles[ROLE_ACTOR]);
    const struct phrase_row *other = &c->roles[acts ? ROLE_TARGET : ROLE_ACTOR];

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (!strcmp(known[i].act, c->act) && *name_of(other))
            g_ptr_array_add(
                w->ties, arena_print(
                             w->a, "%s%s%s %s, says %s (c%" G_GINT64_FORMAT ")",
                             c->negative ? "not: " : "",
                             c->modality == MODALITY_DENIED ? "denied: " : "",
                             acts ? known[i].forth : known[i].back,
                             name_of(other), voice_words(w->a, c), c->id));
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct portrait *w = self;

    add_labels(w, c);
    for (int r = 0; r < ROLE_COUNT; r++) {
        if (!is_them(w, c, &c->roles[r]))
            continue;
        if (r <= ROLE_TARGET)
            add_tie(w, c);
        add_entry(w, c);
        break;
    }
    return true;
}

/* Only the documents that name them are looked through. */
static bool collect_claims(struct portrait *w)
{
    const struct roster *r = w->c->roster;
    struct arena *rows = arena_new();
    uint32_t last = NOWHERE;
    bool good = true;

    for (uint32_t i = 0; good && i < w->p->sighting_count; i++) {
        uint32_t document = r->sightings.at[w->p->sightings[i]].document;
        struct claim_filter f = {.document = r->documents[document]};

        if (document == last)
            continue;
        last = document;
        good = case_find_claims(w->c->k, rows, &f, take_claim, w, &w->error);
    }
    arena_free(rows);
    return good;
}

/* --- the page ---------------------------------------------------------------------- */

static int by_time(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;

    if (!a->when || !b->when)
        return (a->when == NULL) - (b->when == NULL);
    return strcmp(a->when, b->when);
}

static void print_list(const char *title, const GPtrArray *lines)
{
    for (guint i = 0; i < lines->len && i < LINES_MOST; i++)
        print_field(i ? "" : title, g_ptr_array_index(lines, i));
}

static void print_entries(struct portrait *w)
{
    GString *line = g_string_new(NULL);

    /* Stable enough: claims without a day keep their order by a merge sort. */
    g_array_sort(w->entries, by_time);
    if (w->entries->len)
        puts("\n  by the time they are said to have happened:");
    for (guint i = 0; i < w->entries->len && i < LINES_MOST; i++) {
        g_string_assign(line, "    ");
        append_plain(line, g_array_index(w->entries, struct entry, i).words);
        puts(line->str);
    }
    if (w->entries->len > LINES_MOST)
        printf(
            "    ... and %u more: 'attest claims --actor p%" G_GINT64_FORMAT
            "', and --target\n",
            w->entries->len - LINES_MOST, w->p->id);
    g_string_free(line, TRUE);
}

static void print_head(struct portrait *w)
{
    static const char *const kinds[] = {"person", "group", "place"};
    static const char *const genders[] = {"", ", he", ", she"};
    GString *name = g_string_new(NULL);

    append_plain(name, w->p->name);
    printf(
        "%sp%" G_GINT64_FORMAT "  %s%s  (%s%s)\n",
        use_colour() ? "\033[1m" : "", w->p->id, name->str,
        use_colour() ? "\033[0m" : "", kinds[w->p->kind],
        w->p->kind == NAME_PERSON ? genders[w->p->gender] : "");
    g_string_free(name, TRUE);
}

static void print_sums(struct portrait *w)
{
    const struct persona *p = w->p;

    if (p->kind != NAME_PLACE)
        print_field(
            "claims",
            arena_print(
                w->a,
                "%" G_GINT64_FORMAT " of what they do, %" G_GINT64_FORMAT
                " of what is done to them; said to say something "
                "%" G_GINT64_FORMAT " times",
                p->acting, p->suffering, p->saying));
}

static void print_place(struct portrait *w)
{
    const struct spot *s = gazetteer_spot(w->c->gazetteer, w->p->spot);
    char latitude[G_ASCII_DTOSTR_BUF_SIZE], longitude[G_ASCII_DTOSTR_BUF_SIZE];

    if (s)
        print_field(
            "where",
            arena_print(
                w->a, "%s; %s, %s%s", spot_words(w->c, w->p->spot),
                g_ascii_formatd(latitude, sizeof latitude, "%.4f", s->latitude),
                g_ascii_formatd(
                    longitude, sizeof longitude, "%.4f", s->longitude),
                s->id ? arena_print(w->a, "; GeoNames %u", s->id) : ""));
    print_field("may be", candidate_words(w->c, w->p));
    print_field("lies", beside_words(w->c, w->p));
}

static void print_all(struct portrait *w)
{
    print_head(w);
    print_names(w);
    print_place(w);
    print_joined(w);
    print_rulings(w);
    print_perhaps(w);
    print_list("called", w->labels);
    print_list("ties", w->ties);
    print_sums(w);
    print_entries(w);
}

int show_persona(const struct company *c, const char *word)
{
    uint32_t at = company_find(c, word);
    struct portrait w = {.c = c};
    bool good;

    if (at == NOWHERE)
        return STATUS_FAILED;
    w.p = company_party(c, at);
    w.a = arena_new();
    w.kin = kin_new();
    w.entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    w.labels = g_ptr_array_new();
    w.ties = g_ptr_array_new();
    company_add_kin(c, w.p, w.kin);
    good = collect_claims(&w);
    if (good)
        print_all(&w);
    g_ptr_array_free(w.ties, TRUE);
    g_ptr_array_free(w.labels, TRUE);
    g_array_free(w.entries, TRUE);
    kin_free(w.kin);
    arena_free(w.a);
    return good ? STATUS_DONE : fail(w.error);
}
