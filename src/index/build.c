/* Making the index: who is who, then all claims once, then their events. */
#include "index/inside.h"
#include "index/marks.h"

#include <string.h>

enum { BONDS_MOST = 20000, REASONS_TOLD = 4 };

struct building {
    struct kase *k;
    struct identity_words *words;
    struct likeness *likeness;
    struct gazetteer *gazetteer;
    struct lexicon *lexicon;
    struct roster *roster;
    struct arena *arena;
    GString *pool;
    GHashTable *known;    /* words -> their place in the pool */
    GHashTable *acts_of;  /* code -> act + 1 */
    GHashTable *groups;   /* key of a group -> sighting + 1 */
    GHashTable *rows;     /* row of a document -> its number + 1 */
    GHashTable *speakers; /* place of a name -> voice + 1 */
    GArray *spellings, *sightings, *parties, *documents, *voices, *claims,
        *events, *labels, *aliases, *bonds, *acts;
    struct marks *marks;
    GHashTable *numbers_of; /* id of a claim -> its number + 1 */
    uint32_t *firsts;  /* by the roster's documents: their first sightings */
    uint32_t *numbers; /* by the roster's documents: row of a document */
    index_progress progress;
    void *self;
    uint64_t all_claims;
    bool is_too_large; /* for numbers of 32 bits */
};

static uint32_t take_row(struct building *b, int64_t row)
{
    b->is_too_large |= row < 0 || row >= NOWHERE;
    return (uint32_t)row;
}

static void
tell(const struct building *b, const char *what, uint64_t done, uint64_t all)
{
    if (b->progress)
        b->progress(what, done, all, b->self);
}

static uint32_t add_string(struct building *b, const char *words)
{
    gpointer at;

    if (!words || !*words)
        return 0;
    if (g_hash_table_lookup_extended(b->known, words, NULL, &at))
        return GPOINTER_TO_UINT(at);
    at = GUINT_TO_POINTER((guint)b->pool->len);
    g_string_append_len(b->pool, words, (gssize)strlen(words) + 1);
    g_hash_table_insert(
        b->known, arena_copy(b->arena, words, strlen(words)), at);
    return GPOINTER_TO_UINT(at);
}

static uint32_t add_folded(struct building *b, const char *words)
{
    g_autofree char *folded = index_fold(words);

    return add_string(b, folded);
}

/* --- who is who ----------------------------------------------------------- */

static const char *spelling_names(struct building *b, const struct spelling *s)
{
    return s->abbreviation
               ? arena_print(b->arena, "%s\n%s", s->words, s->abbreviation)
               : s->words;
}

static void add_spellings(struct building *b)
{
    const struct sightings *s = &b->roster->sightings;

    for (uint32_t i = 0; i < s->spelling_count; i++) {
        const struct spelling *from = &s->spellings[i];
        struct index_spelling to = {
            .words = add_string(b, from->words),
            .abbreviation = add_string(b, from->abbreviation),
            .entity = take_row(b, b->roster->entities[i]),
            .folded = add_folded(b, spelling_names(b, from)),
        };

        g_array_append_val(b->spellings, to);
    }
}

static void add_sightings(struct building *b)
{
    const struct roster *r = b->roster;

    b->firsts = arena_make(b->arena, uint32_t, r->sightings.document_count + 1);
    for (uint32_t i = 0; i < r->sightings.count; i++) {
        const struct sighting *from = &r->sightings.at[i];
        const struct spelling *s = &r->sightings.spellings[from->spelling];
        struct index_sighting to = {
            .referent = take_row(b, r->referents[i]),
            .document = from->document, /* the roster's, until documents are */
            .spelling = from->spelling,
            .party = r->party_of[i],
            .mentions = (uint32_t)r->mentions[i],
        };

        g_array_append_val(b->sightings, to);
        b->firsts[from->document + 1] = i + 1;
        if (s->kind == NAME_GROUP && *s->key &&
            !g_hash_table_contains(b->groups, s->key))
            g_hash_table_insert(
                b->groups, (gpointer)s->key, GUINT_TO_POINTER(i + 1));
    }
    for (uint32_t i = 1; i <= r->sightings.document_count; i++)
        b->firsts[i] = MAX(b->firsts[i], b->firsts[i - 1]);
}

static const char *spot_words(struct building *b, const struct spot *s)
{
    if (s->kind != SPOT_TOWN || !*s->region)
        return arena_print(b->arena, "%s, %s", s->name, s->country);
    return arena_print(b->arena, "%s, %s, %s", s->name, s->region, s->country);
}

static void
locate(struct building *b, const struct persona *p, struct index_party *out)
{
    static const uint8_t precisions[] = {
        [SPOT_TOWN] = PRECISION_TOWN,
        [SPOT_REGION] = PRECISION_REGION,
        [SPOT_COUNTRY] = PRECISION_COUNTRY};
    const struct spot *s = gazetteer_spot(b->gazetteer, p->spot);
    const char *may_be = "";

    if (s) {
        out->where = add_string(b, spot_words(b, s));
        out->latitude = (float)s->latitude;
        out->longitude = (float)s->longitude;
        out->precision = precisions[s->kind];
        return;
    }
    for (uint32_t i = 0; i < p->candidate_count; i++)
        may_be = arena_print(
            b->arena, "%s%s%s", may_be, i ? "; " : "",
            spot_words(b, gazetteer_spot(b->gazetteer, p->candidates[i])));
    out->may_be = add_string(b, may_be);
}

static void add_parties(struct building *b)
{
    for (uint32_t i = 0; i < b->roster->party_count; i++) {
        const struct persona *p = &b->roster->parties[i];
        struct index_party to = {
            .id = take_row(b, p->id),
            .name = add_string(b, p->name),
            .first_year = (uint16_t)p->first_year,
            .last_year = (uint16_t)p->last_year,
            .kind = (uint8_t)p->kind,
            .gender = (uint8_t)p->gender,
        };

        if (p->kind == NAME_PLACE)
            locate(b, p, &to);
        g_array_append_val(b->parties, to);
    }
}

/* --- who is perhaps the same ---------------------------------------------- */

static uint64_t pair_of(uint32_t one, uint32_t other)
{
    return (uint64_t)MIN(one, other) << 32 | MAX(one, other);
}

/* Pairs of parties that a reviewer keeps apart. */
static GHashTable *find_apart(const struct roster *r)
{
    GHashTable *apart =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);

    for (uint32_t i = 0; i < r->ruling_count; i++) {
        uint64_t pair = pair_of(
            r->party_of[r->rulings[i].sightings[0]],
            r->party_of[r->rulings[i].sightings[1]]);

        if (r->rulings[i].verdict == RULING_APART)
            g_hash_table_add(apart, g_memdup2(&pair, sizeof pair));
    }
    return apart;
}

static int by_weight(const void *x, const void *y)
{
    const struct remark *a = x, *b = y;

    return a->weight < b->weight ? 1 : a->weight > b->weight ? -1 : 0;
}

static const char *
reasons_of(struct building *b, struct arena *a, uint32_t one, uint32_t other)
{
    struct comparison found;
    const char *words = "";

    sightings_compare(&b->roster->joined, a, one, other, &found);
    qsort(found.remarks, found.count, sizeof *found.remarks, by_weight);
    for (uint32_t i = 0; i < found.count && i < REASONS_TOLD; i++)
        words = arena_print(
            a, "%s%s%+.1f %s", words, i ? "\n" : "", found.remarks[i].weight,
            found.remarks[i].words);
    return words;
}

static void add_bonds(struct building *b)
{
    const struct roster *r = b->roster;
    GHashTable *passed = find_apart(r);
    struct arena *a = arena_new();

    for (uint32_t i = 0; i < r->joined.bond_count && b->bonds->len < BONDS_MOST;
         i++) {
        const struct bond *from = &r->joined.bonds[i];
        uint32_t one = r->party_of[from->one], other = r->party_of[from->other];
        uint64_t pair = pair_of(one, other);
        struct index_bond to = {from->one, from->other, 0, from->score};

        if (one == other ||
            !g_hash_table_add(passed, g_memdup2(&pair, sizeof pair)))
            continue;
        to.reasons = add_string(b, reasons_of(b, a, from->one, from->other));
        g_array_append_val(b->bonds, to);
        arena_reset(a);
    }
    arena_free(a);
    g_hash_table_unref(passed);
}

/* --- documents ------------------------------------------------------------ */

static const char *
document_names(struct building *b, const struct document_row *d)
{
    return arena_print(
        b->arena, "%s\n%s\n%s", d->name, d->title ? d->title : "",
        d->publisher ? d->publisher : "");
}

static bool add_document(const struct document_row *d, void *self)
{
    struct building *b = self;
    struct index_document to = {
        .id = take_row(b, d->id),
        .name = add_string(b, d->name),
        .title = add_string(b, d->title),
        .publisher = add_string(b, d->publisher),
        .date = add_string(b, d->date),
        .language = add_string(b, d->language),
        .notes = add_string(b, d->notes),
        .copy_of = take_row(b, d->copy_of), /* its row, until all are known */
        .first_sentence = take_row(b, d->first_sentence),
        .folded = add_folded(b, document_names(b, d)),
        .sentences = take_row(b, d->sentences),
        .day = index_day(d->date),
    };

    g_array_append_val(b->documents, to);
    g_hash_table_insert(
        b->rows, GSIZE_TO_POINTER((gsize)d->id),
        GUINT_TO_POINTER(b->documents->len));
    b->all_claims += (uint64_t)d->claims;
    return true;
}

static uint32_t document_number(const struct building *b, int64_t row)
{
    guint at = GPOINTER_TO_UINT(
        g_hash_table_lookup(b->rows, GSIZE_TO_POINTER((gsize)row)));

    return at ? at - 1 : NOWHERE;
}

/* Rows and the roster's numbers become the index's. */
static void number_documents(struct building *b)
{
    const struct roster *r = b->roster;

    for (guint i = 0; i < b->documents->len; i++) {
        struct index_document *d =
            &g_array_index(b->documents, struct index_document, i);

        d->copy_of = d->copy_of ? document_number(b, d->copy_of) : NOWHERE;
    }
    b->numbers = arena_make(b->arena, uint32_t, b->documents->len);
    for (guint i = 0; i < b->documents->len; i++)
        b->numbers[i] = NOWHERE;
    for (uint32_t i = 0; i < r->sightings.document_count; i++) {
        uint32_t at = document_number(b, r->documents[i]);

        if (at != NOWHERE)
            b->numbers[at] = i;
    }
    for (guint i = 0; i < b->sightings->len; i++) {
        struct index_sighting *s =
            &g_array_index(b->sightings, struct index_sighting, i);

        s->document = document_number(b, r->documents[s->document]);
    }
}

/* --- claims --------------------------------------------------------------- */

/* The sighting of an entity in a document. */
static uint32_t
find_sighting(const struct building *b, uint32_t document, int64_t entity)
{
    uint32_t number = entity ? b->numbers[document] : NOWHERE;

    if (number == NOWHERE)
        return NOWHERE;
    for (uint32_t i = b->firsts[number]; i < b->firsts[number + 1]; i++) {
        uint32_t spelling =
            g_array_index(b->sightings, struct index_sighting, i).spelling;

        if (b->roster->entities[spelling] == entity)
            return i;
    }
    return NOWHERE;
}

static uint16_t find_act(struct building *b, const char *code)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(b->acts_of, code));
    uint32_t words;

    if (at)
        return (uint16_t)(at - 1);
    b->is_too_large |= b->acts->len == UINT16_MAX;
    words = add_string(b, code);
    g_array_append_val(b->acts, words);
    g_hash_table_insert(
        b->acts_of, arena_copy(b->arena, code, strlen(code)),
        GUINT_TO_POINTER(b->acts->len));
    return (uint16_t)(b->acts->len - 1);
}

/* Also those that nothing is told of yet: a correction may. */
static void add_acts(struct building *b)
{
    for (uint32_t i = 0; i < lexicon_act_count(b->lexicon); i++)
        find_act(b, lexicon_act_code(b->lexicon, i));
}

/* A publisher is the group that others quote by that name. */
static uint32_t group_called(struct building *b, const char *name)
{
    const char *key =
        name ? identity_key(b->words, b->arena, name, NAME_GROUP) : "";
    guint at = *key ? GPOINTER_TO_UINT(g_hash_table_lookup(b->groups, key)) : 0;

    return at ? at - 1 : NOWHERE;
}

static uint32_t add_voice(struct building *b, const char *name)
{
    uint32_t at = add_string(b, name);
    gpointer key = GUINT_TO_POINTER(at + 1);
    guint known = GPOINTER_TO_UINT(g_hash_table_lookup(b->speakers, key));
    struct index_voice v = {.name = at};

    if (known)
        return known - 1;
    v.folded = add_folded(b, name ? name : "");
    g_array_append_val(b->voices, v);
    g_hash_table_insert(b->speakers, key, GUINT_TO_POINTER(b->voices->len));
    return b->voices->len - 1;
}

static void
set_speaker(struct building *b, struct index_claim *c, const char *name)
{
    c->source = group_called(b, name);
    c->voice = c->source == NOWHERE ? add_voice(b, name) : 0;
}

static const char *last_part(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash && slash[1] ? slash + 1 : name;
}

static void set_voice(
    struct building *b, const struct claim_row *row, struct index_claim *c)
{
    const struct phrase_row *last =
        row->source_count ? &row->sources[row->source_count - 1].source : NULL;

    c->source = NOWHERE;
    if (!last)
        set_speaker(
            b, c,
            row->publisher ? row->publisher : last_part(row->document_name));
    else if (last->spans.count) {
        c->source = find_sighting(b, c->document, last->entity);
        if (c->source == NOWHERE)
            c->voice = add_voice(b, last->name ? last->name : last->text);
    }
}

static void
add_labels(struct building *b, const struct claim_row *row, uint32_t document)
{
    for (uint32_t i = 0; i < row->label_count; i++) {
        struct index_label label = {
            b->claims->len,
            find_sighting(b, document, row->labels[i].of.entity),
            add_string(b, row->labels[i].words)};

        g_array_append_val(b->labels, label);
    }
}

static void watch_claim(const struct claim_row *row, void *self)
{
    enum { TOLD_EACH = 1000 };
    struct building *b = self;
    uint32_t document = document_number(b, row->document);
    struct index_document *d =
        &g_array_index(b->documents, struct index_document, document);
    struct index_claim c = {
        .id = take_row(b, row->id),
        .document = document,
        .sentence = take_row(b, row->sentence_row),
        .event = NOWHERE,
        .act = find_act(b, row->act),
        .confidence = (uint16_t)(CLAMP(row->confidence, 0, 1) * 1000 + 0.5),
        .modality = (uint8_t)row->modality,
        .verdict = (uint8_t)row->verdict,
        .marks = (uint16_t)marks_of(b->marks, row->id),
    };

    if (row->negative)
        c.marks |= MARK_NEGATIVE;
    for (int i = 0; i < ROLE_COUNT; i++)
        c.roles[i] = find_sighting(b, document, row->roles[i].entity);
    set_voice(b, row, &c);
    index_set_days(&c, row, d->day);
    if (!d->claims++)
        d->first_claim = b->claims->len;
    add_labels(b, row, document);
    g_array_append_val(b->claims, c);
    g_hash_table_insert(
        b->numbers_of, GSIZE_TO_POINTER((gsize)row->id),
        GUINT_TO_POINTER(b->claims->len));
    if (b->claims->len % TOLD_EACH == 0)
        tell(b, "claims", b->claims->len, b->all_claims);
}

/* What was replaced is found by its old id, too. */
static void add_alias(int64_t old, int64_t new, void *self)
{
    struct building *b = self;
    guint at = GPOINTER_TO_UINT(
        g_hash_table_lookup(b->numbers_of, GSIZE_TO_POINTER((gsize) new)));
    struct index_alias alias = {take_row(b, old), at - 1};

    if (at)
        g_array_append_val(b->aliases, alias);
}

static int by_id(const void *x, const void *y)
{
    const struct index_alias *a = x, *b = y;

    return a->id < b->id ? -1 : a->id > b->id;
}

static void add_aliases(struct building *b)
{
    marks_each_replaced(b->marks, add_alias, b);
    g_array_sort(b->aliases, by_id);
}

/* --- events --------------------------------------------------------------- */

/* Without a source the agency speaks under whose line the document stands. */
static void credit(
    struct building *b, struct index_claim *c, const struct event_claim *e,
    bool speaks_itself)
{
    struct index_document *d =
        &g_array_index(b->documents, struct index_document, c->document);

    if (!speaks_itself || !e->source)
        return;
    d->agency = add_string(b, e->source);
    set_speaker(b, c, e->source);
}

struct placing {
    struct building *b;
    const struct digest *digest;
    uint32_t *places; /* by told: the claim's number */
};

/* Told are the claims watched but for rejected ones, in the same order. */
static void place_claims(struct placing *p)
{
    GArray *claims = p->b->claims;
    uint32_t told = 0;

    for (guint i = 0; i < claims->len; i++) {
        struct index_claim *c = &g_array_index(claims, struct index_claim, i);
        const struct told *t;

        if (c->verdict == VERDICT_REJECTED)
            continue;
        t = &p->digest->told[told];
        p->places[told++] = i;
        c->event = t->event;
        c->sure = (float)t->claim->confidence;
        credit(p->b, c, t->claim, t->is_own);
    }
}

static void add_events(struct building *b, const struct digest *digest)
{
    struct placing p = {b, digest, g_new(uint32_t, digest->count)};

    place_claims(&p);
    for (uint32_t i = 0; i < digest->happening_count; i++) {
        const struct happening *h = &digest->happenings[i];
        const struct event *from = h->event;
        struct index_event to = {
            .first = p.places[h->claims[0] - digest->told],
            .head = p.places[happening_fullest(h) - digest->told],
            .claims = from->claims,
            .documents = from->documents,
            .publishers = from->publishers,
            .support = from->support,
            .deniers = from->deniers,
            .contests = from->contests,
        };

        g_array_append_val(b->events, to);
    }
    g_free(p.places);
}

/* --- the whole ------------------------------------------------------------ */

static struct building building_begin(struct kase *k)
{
    struct building b = {
        .k = k,
        .arena = arena_new(),
        .pool = g_string_new(NULL),
        .known = g_hash_table_new(g_str_hash, g_str_equal),
        .acts_of = g_hash_table_new(g_str_hash, g_str_equal),
        .groups = g_hash_table_new(g_str_hash, g_str_equal),
        .rows = g_hash_table_new(NULL, NULL),
        .speakers = g_hash_table_new(NULL, NULL),
        .numbers_of = g_hash_table_new(NULL, NULL),
        .marks = marks_new(),
#define X(name, type) .name = g_array_new(FALSE, TRUE, sizeof(type)),
        X(spellings, struct index_spelling) X(sightings, struct index_sighting)
            X(parties, struct index_party) X(documents, struct index_document)
                X(voices, struct index_voice) X(claims, struct index_claim)
                    X(events, struct index_event) X(labels, struct index_label)
                        X(aliases, struct index_alias)
                            X(bonds, struct index_bond) X(acts, uint32_t)
#undef X
    };

    g_string_append_c(b.pool, '\0');
    add_voice(&b, NULL); /* who is unnamed */
    return b;
}

static void building_end(struct building *b)
{
    GArray *parts[] = {b->spellings, b->sightings, b->parties, b->documents,
                       b->voices,    b->claims,    b->events,  b->labels,
                       b->aliases,   b->bonds,     b->acts};

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_array_free(parts[i], TRUE);
    g_hash_table_unref(b->known);
    g_hash_table_unref(b->acts_of);
    g_hash_table_unref(b->groups);
    g_hash_table_unref(b->rows);
    g_hash_table_unref(b->speakers);
    g_hash_table_unref(b->numbers_of);
    marks_free(b->marks);
    g_string_free(b->pool, TRUE);
    roster_free(b->roster);
    gazetteer_free(b->gazetteer);
    likeness_free(b->likeness);
    identity_free(b->words);
    lexicon_free(b->lexicon);
    arena_free(b->arena);
}

static bool load_tables(
    struct building *b, const char *lexicon_dir, const char *models_dir,
    GError **error)
{
    b->words = identity_load(lexicon_dir, error);
    if (b->words)
        b->likeness = likeness_load(b->words, lexicon_dir, models_dir, error);
    if (b->likeness)
        b->gazetteer = gazetteer_load(b->words, lexicon_dir, error);
    if (b->gazetteer)
        b->lexicon = lexicon_load(lexicon_dir, models_dir, error);
    return b->lexicon != NULL;
}

static bool find_who_is_who(struct building *b, GError **error)
{
    tell(b, "who is who", 0, 0);
    b->roster = case_roster(b->k, b->likeness, b->gazetteer, error);
    if (!b->roster)
        return false;
    add_spellings(b);
    add_sightings(b);
    add_parties(b);
    tell(b, "who is perhaps the same", 0, 0);
    add_bonds(b);
    return true;
}

static bool find_documents(struct building *b, GError **error)
{
    struct arena *rows = arena_new();
    bool good =
        case_find_documents(b->k, rows, NULL, false, add_document, b, error);

    arena_free(rows);
    if (good)
        number_documents(b);
    return good;
}

static bool find_claims(struct building *b, const char *tables, GError **error)
{
    struct arena *a = arena_new();
    struct digest digest;
    bool good;

    add_acts(b);
    good = digest_load(
        b->k, b->lexicon, tables, a, watch_claim, b, &digest, error);
    if (good) {
        add_aliases(b);
        add_events(b, &digest);
    }
    digest_close(&digest);
    arena_free(a);
    return good;
}

static bool write_all(
    struct building *b, struct index_head *head, const char *case_path,
    GError **error)
{
    g_autofree char *path = index_path(case_path);
    struct index_content content = {
#define X(name)                                                                \
    .at[PART_##name] = b->name->data, .counts[PART_##name] = b->name->len,
        X(spellings) X(sightings) X(parties) X(documents) X(voices) X(claims)
            X(events) X(labels) X(aliases) X(bonds) X(acts)
#undef X
                .at[PART_strings] = b->pool->str,
        .counts[PART_strings] = b->pool->len,
    };

    tell(b, "writing", 0, 0);
    return index_write(path, case_path, head, &content, error);
}

static void take_record(const struct record_row *row, void *self)
{
    struct building *b = self;

    marks_add(b->marks, row);
}

/* What was decided by now is in the index. */
static bool
find_reviews(struct building *b, struct review_cursor *out, GError **error)
{
    struct arena *a = arena_new();
    bool good = case_each_review(b->k, a, out, take_record, b, error);

    arena_free(a);
    return good;
}

/* No case of ours is: it takes rows that somebody gave numbers of their own. */
static bool check_size(struct building *b, GError **error)
{
    if (!b->is_too_large && b->pool->len < UINT32_MAX)
        return true;
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_LIMIT,
        "the case has more, or numbers it higher, than an index can hold");
    return false;
}

bool index_build(
    struct kase *k, const char *case_path, const char *lexicon_dir,
    const char *models_dir, index_progress progress, void *self, GError **error)
{
    struct building b = building_begin(k);
    struct index_head head = {0};
    bool good;

    b.progress = progress;
    b.self = self;
    good = case_begin_reading(k, error);
    good = good && case_find_state(k, &head.state, error) &&
           find_reviews(&b, &head.cursor, error) &&
           load_tables(&b, lexicon_dir, models_dir, error) &&
           find_who_is_who(&b, error) && find_documents(&b, error) &&
           find_claims(&b, lexicon_dir, error);
    case_end_reading(k);
    good =
        good && check_size(&b, error) && write_all(&b, &head, case_path, error);
    building_end(&b);
    return good;
}
