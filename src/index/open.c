/* Opening an index: it is mapped, looked through, and linked. */
#include "index/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the file ------------------------------------------------------------- */

static bool refuse(const char *path, GError **error, const char *words)
{
    g_set_error(
        error, ATTEST_ERROR, ATTEST_ERROR_DATA,
        "%s: %s: 'attest index' makes it anew", path, words);
    return false;
}

/* Changes stay in memory. */
static bool map_file(struct index_inside *in, const char *path, GError **error)
{
    int fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
    struct stat at;

    if (fd < 0 || fstat(fd, &at) != 0) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_IO, "%s: %s", path,
            g_strerror(errno));
        if (fd >= 0)
            close(fd);
        return false;
    }
    in->size = at.st_size > 0 ? (size_t)at.st_size : 0;
    in->mapped =
        in->size < sizeof(struct index_head)
            ? MAP_FAILED
            : mmap(NULL, in->size, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    close(fd);
    if (in->mapped != MAP_FAILED)
        return true;
    in->mapped = NULL;
    return refuse(path, error, "is no index");
}

static bool parts_fit(const struct index_head *h, uint64_t size)
{
    for (int i = 0; i < PART_COUNT; i++) {
        const struct part_place *p = &h->parts[i];

        if (p->offset > size || p->offset % 8 || p->count > UINT32_MAX - 1 ||
            p->count > (size - p->offset) / index_sizes[i])
            return false;
    }
    return true;
}

static bool check_head(
    const struct index_inside *in, const struct case_state *state,
    const char *path, GError **error)
{
    const struct index_head *h = in->mapped;

    if (memcmp(h->magic, index_magic, sizeof index_magic) != 0)
        return refuse(path, error, "is no index");
    if (h->version != INDEX_VERSION || h->head_size != sizeof *h ||
        memcmp(h->sizes, index_sizes, sizeof index_sizes) != 0 ||
        strncmp(h->program, ATTEST_VERSION, sizeof h->program) != 0)
        return refuse(path, error, "was made by another attest");
    if (strncmp(h->state.birth, state->birth, sizeof state->birth) != 0 ||
        h->state.last_document > state->last_document)
        return refuse(path, error, "belongs to another case");
    return parts_fit(h, in->size) || refuse(path, error, "is damaged");
}

/* --- whether its numbers lead anywhere ------------------------------------ */

static bool is_within(uint32_t at, uint32_t count)
{
    return at == NOWHERE || at < count;
}

/* Sentences of a document follow each other. */
static bool is_of_document(const struct index *x, const struct index_claim *c)
{
    const struct index_document *d = &x->documents[c->document];

    return c->sentence - d->first_sentence < d->sentences;
}

static bool are_claims_good(const struct index *x)
{
    for (uint32_t i = 0; i < x->claims_count; i++) {
        const struct index_claim *c = &x->claims[i];
        bool good = c->document < x->documents_count && is_of_document(x, c) &&
                    is_within(c->source, x->sightings_count) &&
                    c->voice < x->voices_count &&
                    is_within(c->event, x->events_count) &&
                    c->act < x->acts_count && c->modality < MODALITY_COUNT &&
                    c->verdict < VERDICT_COUNT;

        for (int r = 0; r < ROLE_COUNT; r++)
            good = good && is_within(c->roles[r], x->sightings_count);
        if (!good)
            return false;
    }
    return true;
}

static bool are_events_good(const struct index *x)
{
    for (uint32_t i = 0; i < x->events_count; i++)
        if (x->events[i].first >= x->claims_count ||
            x->events[i].head >= x->claims_count ||
            x->claims[x->events[i].first].event != i)
            return false;
    return true;
}

static bool are_documents_good(const struct index *x)
{
    for (uint32_t i = 0; i < x->documents_count; i++) {
        const struct index_document *d = &x->documents[i];
        const uint32_t strings[] = {d->name,   d->title, d->publisher,
                                    d->date,   d->notes, d->language,
                                    d->agency, d->folded};

        for (size_t k = 0; k < G_N_ELEMENTS(strings); k++)
            if (strings[k] >= x->strings_count)
                return false;
        if (!is_within(d->copy_of, x->documents_count) ||
            d->first_claim > x->claims_count ||
            d->claims > x->claims_count - d->first_claim)
            return false;
    }
    return true;
}

static bool are_names_good(const struct index *x)
{
    for (uint32_t i = 0; i < x->spellings_count; i++)
        if (x->spellings[i].words >= x->strings_count ||
            x->spellings[i].folded >= x->strings_count ||
            x->spellings[i].abbreviation >= x->strings_count)
            return false;
    for (uint32_t i = 0; i < x->sightings_count; i++)
        if (x->sightings[i].document >= x->documents_count ||
            x->sightings[i].spelling >= x->spellings_count ||
            x->sightings[i].party >= x->parties_count)
            return false;
    for (uint32_t i = 0; i < x->parties_count; i++)
        if (x->parties[i].name >= x->strings_count ||
            x->parties[i].where >= x->strings_count ||
            x->parties[i].may_be >= x->strings_count ||
            x->parties[i].kind > NAME_PLACE ||
            x->parties[i].precision > PRECISION_COUNTRY)
            return false;
    return true;
}

static bool is_rest_good(const struct index *x)
{
    for (uint32_t i = 0; i < x->labels_count; i++)
        if (x->labels[i].claim >= x->claims_count ||
            !is_within(x->labels[i].sighting, x->sightings_count) ||
            x->labels[i].words >= x->strings_count)
            return false;
    for (uint32_t i = 0; i < x->aliases_count; i++)
        if (x->aliases[i].claim >= x->claims_count)
            return false;
    for (uint32_t i = 0; i < x->bonds_count; i++)
        if (x->bonds[i].one >= x->sightings_count ||
            x->bonds[i].other >= x->sightings_count ||
            x->bonds[i].reasons >= x->strings_count)
            return false;
    for (uint32_t i = 0; i < x->voices_count; i++)
        if (x->voices[i].name >= x->strings_count ||
            x->voices[i].folded >= x->strings_count)
            return false;
    for (uint32_t i = 0; i < x->acts_count; i++)
        if (x->acts[i] >= x->strings_count)
            return false;
    return x->strings_count && !x->strings[x->strings_count - 1];
}

/* --- ids ------------------------------------------------------------------ */

static uint32_t hash_id(uint32_t id)
{
    return id * 0x9E3779B1U;
}

/* The id of a thing stands first in it. */
static uint32_t id_of(const void *things, size_t size, uint32_t number)
{
    return *(
        const uint32_t *)(const void *)((const char *)things + number * size);
}

/* At most two thirds full.  False where ids were chosen so that looking for
   them would take long. */
static bool
idmap_fill(struct idmap *m, const void *things, size_t size, uint32_t count)
{
    enum { STEPS_MOST = 64 }; /* of one, of all together */
    uint64_t room = 16, steps = 0;

    while (room < (uint64_t)count * 3 / 2 + 2)
        room *= 2;
    m->slots = g_new0(uint32_t, room);
    m->mask = (uint32_t)(room - 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = hash_id(id_of(things, size, i)) & m->mask;

        for (; m->slots[at]; steps++)
            at = (at + 1) & m->mask;
        m->slots[at] = i + 1;
        if (steps > (uint64_t)count * STEPS_MOST)
            return false;
    }
    return true;
}

static uint32_t
idmap_find(const struct idmap *m, const void *things, size_t size, uint64_t id)
{
    uint32_t at = hash_id((uint32_t)id) & m->mask;

    if (id > UINT32_MAX)
        return NOWHERE;
    for (; m->slots[at]; at = (at + 1) & m->mask) {
        uint32_t number = m->slots[at] - 1;

        if (id_of(things, size, number) == id)
            return number;
    }
    return NOWHERE;
}

static void map_houses(struct index *x)
{
    GHashTable *numbers = g_hash_table_new(NULL, NULL);

    x->houses = g_new(uint32_t, (gsize)x->documents_count + 1);
    x->house_of = g_new(uint32_t, (gsize)x->documents_count + 1);
    for (uint32_t i = 0; i < x->documents_count; i++) {
        gpointer key = GUINT_TO_POINTER(x->documents[i].publisher + 1);
        guint at = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, key));

        if (!at) {
            x->houses[x->house_count++] = x->documents[i].publisher;
            at = x->house_count;
            g_hash_table_insert(numbers, key, GUINT_TO_POINTER(at));
        }
        x->house_of[i] = at - 1;
    }
    g_hash_table_unref(numbers);
}

#define FILL(x, things)                                                        \
    idmap_fill(                                                                \
        &(x)->inside->things, (x)->things, sizeof *(x)->things,                \
        (x)->things##_count)

static bool map_ids(struct index *x)
{
    struct index_inside *in = x->inside;

    if (!FILL(x, claims) || !FILL(x, documents) || !FILL(x, sightings))
        return false;
    map_houses(x);
    for (uint32_t i = 0; i < x->aliases_count; i++)
        g_hash_table_insert(
            in->added, GSIZE_TO_POINTER((gsize)x->aliases[i].id),
            GUINT_TO_POINTER(x->aliases[i].claim + 1));
    in->first_seen = g_new(uint32_t, (gsize)x->documents_count + 1);
    for (uint32_t i = 0; i < x->documents_count; i++)
        in->first_seen[i] = NOWHERE;
    for (uint32_t i = x->sightings_count; i-- > 0;)
        in->first_seen[x->sightings[i].document] = i;
    for (uint32_t i = 0; i < x->acts_count; i++)
        g_hash_table_insert(
            in->acts, x->strings + x->acts[i], GUINT_TO_POINTER(i + 1));
    return true;
}

/* What replaced a claim stands in its place. */
uint32_t index_find_claim(const struct index *x, uint64_t id)
{
    guint at = GPOINTER_TO_UINT(
        g_hash_table_lookup(x->inside->added, GSIZE_TO_POINTER((gsize)id)));

    return at ? at - 1
              : idmap_find(
                    &x->inside->claims, x->claims, sizeof *x->claims, id);
}

uint32_t index_find_event(const struct index *x, uint64_t id)
{
    uint32_t claim = index_find_claim(x, id);

    return claim == NOWHERE ? NOWHERE : x->claims[claim].event;
}

uint32_t index_find_document(const struct index *x, uint64_t id)
{
    return idmap_find(
        &x->inside->documents, x->documents, sizeof *x->documents, id);
}

uint32_t index_find_sighting(const struct index *x, uint64_t id)
{
    return idmap_find(
        &x->inside->sightings, x->sightings, sizeof *x->sightings, id);
}

/* The sightings of a document stand together. */
uint32_t
index_sighting_of(const struct index *x, uint32_t document, int64_t entity)
{
    uint32_t i = x->inside->first_seen[document];

    for (; i < x->sightings_count && x->sightings[i].document == document; i++)
        if (x->spellings[x->sightings[i].spelling].entity == entity)
            return i;
    return NOWHERE;
}

uint32_t
index_find_entity(const struct index *x, uint32_t document, int64_t entity)
{
    return entity ? index_party_of(x, index_sighting_of(x, document, entity))
                  : NOWHERE;
}

uint32_t index_find_party(const struct index *x, uint64_t id)
{
    return index_party_of(x, index_find_sighting(x, id));
}

/* --- opening -------------------------------------------------------------- */

static void lay_out(struct index *x)
{
    const struct index_head *h = x->inside->mapped;
    char *from = x->inside->mapped;

#define X(name, type)                                                          \
    x->name = (type *)(void *)(from + h->parts[PART_##name].offset);           \
    x->name##_count = (uint32_t)h->parts[PART_##name].count;
    INDEX_PARTS(X)
#undef X
    x->inside->state = h->state;
    x->inside->cursor = h->cursor;
}

static bool
load(struct index *x, struct kase *k, const char *path, GError **error)
{
    struct case_state state;

    if (!case_find_state(k, &state, error) ||
        !map_file(x->inside, path, error) ||
        !check_head(x->inside, &state, path, error))
        return false;
    lay_out(x);
    if (!are_claims_good(x) || !are_events_good(x) || !are_documents_good(x) ||
        !are_names_good(x) || !is_rest_good(x) || !map_ids(x))
        return refuse(path, error, "is damaged");
    index_link_events(x);
    index_link_parties(x);
    index_count(x);
    rulings_begin(x);
    return index_follow(x, k, error);
}

struct index *index_open(
    struct kase *k, const char *case_path, const struct digest_tables *tables,
    GError **error)
{
    g_autofree char *path = index_path(case_path);
    struct index *x = g_new0(struct index, 1);

    x->inside = g_new0(struct index_inside, 1);
    x->inside->tables = tables;
    x->inside->acts = g_hash_table_new(g_str_hash, g_str_equal);
    x->inside->added = g_hash_table_new(NULL, NULL);
    if (load(x, k, path, error))
        return x;
    index_close(x);
    return NULL;
}

static void inside_free(struct index_inside *in)
{
    rulings_end(in);
    g_free(in->claims.slots);
    g_free(in->documents.slots);
    g_free(in->sightings.slots);
    g_free(in->first_seen);
    g_free(in->parties.at);
    g_free(in->events.at);
    g_hash_table_unref(in->acts);
    g_hash_table_unref(in->added);
    if (in->mapped)
        munmap(in->mapped, in->size);
    g_free(in);
}

void index_close(struct index *x)
{
    if (!x)
        return;
    inside_free(x->inside);
    g_free(x->next_of_event);
    g_free(x->next_of_party);
    g_free(x->first_of_party);
    g_free(x->counts);
    g_free(x->houses);
    g_free(x->house_of);
    g_free(x);
}
