/* Who is named in each current document, and how. */
#include "case/sightings.h"

#include <string.h>

/* How often the text calls somebody he and she. */
struct address {
    uint32_t men, women;
};

/* --- names ------------------------------------------------------------------- */

/* As in a headline. */
static bool is_loud(const char *name)
{
    enum { SHORT_MOST = 5 }; /* abbreviations are written so */
    size_t length = strlen(name);

    for (; *name; name++)
        if (g_ascii_islower(*name))
            return false;
    return length > SHORT_MOST;
}

static uint32_t find_spelling(struct loading *w, struct lease *l)
{
    int64_t entity = sqlite3_column_int64(l->at, 1);
    guint known = GPOINTER_TO_UINT(
        g_hash_table_lookup(w->spellings, GSIZE_TO_POINTER(entity)));
    const char *name = column_text(w->a, l, 2);
    struct spelling *s, fresh;

    if (!known) {
        fresh = (struct spelling){
            .kind = kind_of_word((const char *)sqlite3_column_text(l->at, 4)),
            .words = column_text(w->r->arena, l, 2),
            .key = column_text(w->r->arena, l, 5),
        };
        g_array_append_val(w->all_spellings, fresh);
        g_array_append_val(w->entities, entity);
        known = w->all_spellings->len;
        g_hash_table_insert(
            w->spellings, GSIZE_TO_POINTER(entity), GUINT_TO_POINTER(known));
    }
    s = &g_array_index(w->all_spellings, struct spelling, known - 1);
    if (is_loud(s->words) && !is_loud(name))
        s->words = arena_copy(w->r->arena, name, strlen(name));
    if (!s->abbreviation)
        s->abbreviation = column_text(w->r->arena, l, 3);
    return known - 1;
}

/* The sighting of that name in this document, made if it is new. */
static uint32_t
find_sighting(struct loading *w, uint32_t spelling, uint32_t first)
{
    struct sighting s = {
        .document = w->documents->len - 1,
        .spelling = spelling,
        .site = NOWHERE,
    };
    int64_t none = 0;

    for (uint32_t i = first; i < w->sightings->len; i++)
        if (g_array_index(w->sightings, struct sighting, i).spelling ==
            spelling)
            return i;
    g_array_append_val(w->sightings, s);
    g_array_append_val(w->mentions, none);
    return w->sightings->len - 1;
}

static bool load_referents(struct loading *w, int64_t document)
{
    uint32_t first = w->sightings->len;
    LEASE l = rows_open(
        w->k,
        "SELECT f.id, f.entity, f.name, f.abbreviation, e.kind, e.key "
        "FROM document d JOIN referent f ON f.id >= d.first_referent AND "
        "f.id < d.first_referent + d.referents "
        "JOIN entity e ON e.id = f.entity "
        "WHERE d.id = ? AND e.key IS NOT NULL ORDER BY f.id",
        w->error, "i", document);

    while (rows_take(&l, w->error)) {
        int64_t id = sqlite3_column_int64(l.at, 0);
        uint32_t at = find_sighting(w, find_spelling(w, &l), first);

        if (at == w->referents->len)
            g_array_append_val(w->referents, id);
        g_hash_table_insert(
            w->r->by_referent, GSIZE_TO_POINTER(id), GUINT_TO_POINTER(at + 1));
    }
    return !l.failed;
}

/* --- how they are called ------------------------------------------------------ */

/* The word right before a place in the text: where a title stands. */
static struct str word_before(struct str text, uint32_t at)
{
    uint32_t to = at, from;

    while (to && text.at[to - 1] == ' ')
        to--;
    for (from = to; from && !g_ascii_isspace(text.at[from - 1]);)
        from--;
    return (struct str){text.at + from, to - from};
}

static void
hear_address(struct loading *w, struct address *heard, struct str words)
{
    enum { WORDS_MOST = 40 };
    enum gender g = words.len && words.len <= WORDS_MOST
                        ? words_gender(w->words, words)
                        : GENDER_OPEN;

    heard->men += g == GENDER_MALE;
    heard->women += g == GENDER_FEMALE;
}

/* --- mentions --------------------------------------------------------------------- */

static bool hear_mentions(
    struct loading *w, const struct page *p, struct address *heard,
    uint32_t first)
{
    struct last_place last = {NOWHERE, 0};
    LEASE l = rows_open(
        w->k,
        "SELECT referent, is_name, start, stop FROM mention WHERE document = ?",
        w->error, "i", p->document);

    while (rows_take(&l, w->error)) {
        uint32_t at = roster_sighting(w->r, sqlite3_column_int64(l.at, 0));
        struct span s;

        if (!span_load(p, &l, 2, &s, w->error))
            return false;
        if (at == NOWHERE || at < first || at >= w->sightings->len)
            continue;
        g_array_index(w->mentions, int64_t, at)++;
        if (sqlite3_column_int64(l.at, 1))
            place_see(w, p, &last, at, s);
        hear_address(
            w, &heard[at - first],
            sqlite3_column_int64(l.at, 1) ? word_before(p->text, s.from)
                                          : span_text(p->text, s));
    }
    return !l.failed;
}

static void
settle_genders(struct loading *w, const struct address *heard, uint32_t first)
{
    for (uint32_t i = first; i < w->sightings->len; i++) {
        struct sighting *s = &g_array_index(w->sightings, struct sighting, i);
        const struct address *h = &heard[i - first];

        if (h->men > 2 * h->women)
            s->gender = GENDER_MALE;
        else if (h->women > 2 * h->men)
            s->gender = GENDER_FEMALE;
    }
}

static bool load_mentions(struct loading *w, int64_t document, uint32_t first)
{
    struct address *heard =
        arena_make(w->a, struct address, w->sightings->len - first);
    struct page p;
    bool good;

    if (!page_open(&p, w->k, document, w->error))
        return false;
    places_list(w, first);
    good = hear_mentions(w, &p, heard, first);
    if (good)
        places_settle(w, p.text);
    page_close(&p);
    settle_genders(w, heard, first);
    return good;
}

/* --- documents -------------------------------------------------------------------- */

static bool load_document(struct loading *w, struct lease *l)
{
    int64_t id = sqlite3_column_int64(l->at, 0);
    const char *name = column_text(w->r->arena, l, 1);
    const char *publisher = column_text(w->r->arena, l, 2);
    uint32_t first = w->sightings->len;

    arena_reset(w->a);
    name = name ? name : "";
    g_array_append_val(w->documents, id);
    g_array_append_val(w->names, name);
    g_array_append_val(w->publishers, publisher);
    if (!load_referents(w, id))
        return false;
    return w->sightings->len == first || load_mentions(w, id, first);
}

static bool load_documents(struct loading *w)
{
    LEASE l = rows_open(
        w->k,
        "SELECT id, name, publisher FROM " CURRENT_DOCUMENT " ORDER BY id",
        w->error, "");

    while (rows_take(&l, w->error))
        if (!load_document(w, &l))
            return false;
    return !l.failed;
}

static void *settle(struct roster *r, GArray *list, size_t size)
{
    void *kept = arena_alloc(r->arena, list->len * size);

    if (list->len)
        memcpy(kept, list->data, list->len * size);
    g_array_free(list, TRUE);
    return kept;
}

static void
hand_over(struct loading *w, struct sighting **at, int64_t **mentions)
{
    struct roster *r = w->r;

    r->sightings.count = w->sightings->len;
    r->sightings.spelling_count = w->all_spellings->len;
    r->sightings.document_count = w->documents->len;
    r->sightings.spellings =
        settle(r, w->all_spellings, sizeof(struct spelling));
    *at = settle(r, w->sightings, sizeof(struct sighting));
    r->sightings.at = *at;
    *mentions = settle(r, w->mentions, sizeof(int64_t));
    r->entities = settle(r, w->entities, sizeof(int64_t));
    r->referents = settle(r, w->referents, sizeof(int64_t));
    r->place_count = w->places->len;
    r->places = settle(r, w->places, sizeof(struct sighted_place));
    r->documents = settle(r, w->documents, sizeof(int64_t));
    r->document_names = settle(r, w->names, sizeof(char *));
    r->publishers = settle(r, w->publishers, sizeof(char *));
}

bool sightings_load(
    struct kase *k, struct roster *r, const struct identity_words *words,
    const struct gazetteer *g, struct sighting **at, int64_t **mentions,
    GError **error)
{
    struct loading w = {
        .k = k,
        .r = r,
        .words = words,
        .g = g,
        .places = g_array_new(FALSE, FALSE, sizeof(struct sighted_place)),
        .a = arena_new(),
        .spellings = g_hash_table_new(NULL, NULL),
        .all_spellings = g_array_new(FALSE, FALSE, sizeof(struct spelling)),
        .sightings = g_array_new(FALSE, FALSE, sizeof(struct sighting)),
        .referents = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .documents = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .names = g_array_new(FALSE, FALSE, sizeof(char *)),
        .entities = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .publishers = g_array_new(FALSE, FALSE, sizeof(char *)),
        .mentions = g_array_new(FALSE, FALSE, sizeof(int64_t)),
        .error = error,
    };
    bool good = load_documents(&w);

    hand_over(&w, at, mentions);
    g_hash_table_unref(w.spellings);
    arena_free(w.a);
    return good;
}
