/* Adding one document with all that was read from it. */
#include "case/carry.h"
#include "case/custody.h"

#include <string.h>

/* The newest document of that name: its row, version and hash. */
struct newest {
    int64_t id, version;
    bool is_same;
};

static bool find_newest(
    struct kase *k, const char *name, const char *sha256, struct newest *out,
    GError **error)
{
    LEASE l = rows_open(
        k,
        "SELECT id, version, sha256 FROM document WHERE name = ? "
        "ORDER BY version DESC LIMIT 1",
        error, "t", name);

    *out = (struct newest){0};
    if (rows_take(&l, error)) {
        out->id = sqlite3_column_int64(l.at, 0);
        out->version = sqlite3_column_int64(l.at, 1);
        out->is_same =
            !g_strcmp0((const char *)sqlite3_column_text(l.at, 2), sha256);
    }
    return !l.failed;
}

bool case_has(struct kase *k, const char *id, const char *sha256)
{
    struct newest n;

    return find_newest(k, id, sha256, &n, NULL) && n.is_same;
}

static const char *join_notes(struct kase *k, const struct document *d)
{
    const char *joined = NULL;

    for (const char *const *at = d->notes; at && *at; at++)
        joined = joined ? arena_print(k->scratch, "%s; %s", joined, *at) : *at;
    return joined;
}

static int64_t count_roles(const struct findings *f)
{
    int64_t count = 0;

    for (uint32_t i = 0; i < f->claim_count; i++)
        for (int r = 0; r < ROLE_COUNT; r++)
            count += f->claims[i].roles[r].spans.count > 0;
    return count;
}

static int64_t count_labels(const struct findings *f)
{
    int64_t count = 0;

    for (uint32_t i = 0; i < f->claim_count; i++)
        count += f->claims[i].label_count;
    return count;
}

/* A document that is read once more keeps what was read of it at first,
   whatever people said of it since: that is told beside it.  Its language is
   found in the text anew. */
static bool
find_read(struct kase *k, int64_t again, struct document *d, GError **error)
{
    const char **texts[] = {&d->title,     &d->date,           &d->date_from,
                            &d->publisher, &d->publisher_from, &d->url};
    LEASE l = rows_open(
        k,
        "SELECT title, date, date_from, publisher, publisher_from, url "
        "FROM document WHERE id = ?",
        error, "i", again);

    if (rows_take(&l, error))
        for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
            *texts[i] = column_text(k->scratch, &l, (int)i);
    return !l.failed;
}

static bool add_document(
    struct kase *k, const struct reading *r, const struct newest *n,
    const struct added_rows *at, GError **error)
{
    struct document read = *r->document;
    const struct document *d = &read;
    const struct findings *f = r->findings;
    struct str sketch = sketch_print(k->scratch, &r->sketch);

    if (r->again && !find_read(k, r->again, &read, error))
        return false;
    return row_add(
        k,
        "INSERT INTO document (name, version, replaces, run, sha256, "
        "text_sha256, media_type, encoding, title, date, date_from, "
        "publisher, publisher_from, url, language, notes, size, text_size, "
        "body_start, body_stop, tokens, sentences, referents, mentions, "
        "attributions, claims, roles, labels, first_sentence, "
        "first_referent, first_attribution, first_claim, sketch, container) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?)",
        error, "tizittttttttttttiiiiiiiiiiiiiiiibt", d->id, n->version + 1,
        n->id, k->run, d->sha256, hash_keep(k->scratch, hash_of(d->text)),
        d->media_type, d->encoding, d->title, d->date, d->date_from,
        d->publisher, d->publisher_from, d->url, d->language, join_notes(k, d),
        (int64_t)d->size, (int64_t)d->text.len, (int64_t)d->body.from,
        (int64_t)d->body.to, (int64_t)r->text->token_count,
        (int64_t)r->text->count, (int64_t)r->entities->count,
        (int64_t)r->entities->mention_count, (int64_t)f->attribution_count,
        (int64_t)f->claim_count, count_roles(f), count_labels(f),
        at->first_sentence, at->first_referent, at->first_attribution,
        at->first_claim, sketch, d->container);
}

/* The rows that come after the last ones. */
static bool
find_next_rows(struct kase *k, struct added_rows *at, GError **error)
{
    return number_find(
               k, "SELECT coalesce(max(id), 0) + 1 FROM sentence",
               &at->first_sentence, error, "") &&
           number_find(
               k, "SELECT coalesce(max(id), 0) + 1 FROM referent",
               &at->first_referent, error, "") &&
           number_find(
               k, "SELECT coalesce(max(id), 0) + 1 FROM attribution",
               &at->first_attribution, error, "") &&
           number_find(
               k, "SELECT coalesce(max(id), 0) + 1 FROM claim",
               &at->first_claim, error, "");
}

static bool add_sentences(
    struct kase *k, const struct reading *r, const struct added_rows *at,
    GError **error)
{
    for (uint32_t i = 0; i < r->text->count; i++) {
        const struct sentence *s = &r->text->sentences[i];

        if (!row_add(
                k,
                "INSERT INTO sentence (id, document, paragraph, start, stop) "
                "VALUES (?, ?, ?, ?, ?)",
                error, "iiiii", at->first_sentence + i, at->document,
                (int64_t)s->paragraph, (int64_t)s->span.from,
                (int64_t)s->span.to))
            return false;
    }
    return true;
}

/* The entity of that kind and key, made if it is new. */
static bool find_entity(
    struct kase *k, const struct entity *e, int64_t *out, GError **error)
{
    static const char *const kinds[] = {"person", "group", "place"};
    const char *key = e->key && *e->key ? e->key : NULL;

    *out = 0;
    if (key && !number_find(
                   k, "SELECT id FROM entity WHERE kind = ? AND key = ?", out,
                   error, "tt", kinds[e->kind], key))
        return false;
    if (*out)
        return true;
    if (!row_add(
            k, "INSERT INTO entity (kind, key, name) VALUES (?, ?, ?)", error,
            "ttt", kinds[e->kind], key, e->name))
        return false;
    *out = sqlite3_last_insert_rowid(k->db);
    return true;
}

static bool add_entities(
    struct kase *k, const struct reading *r, const struct added_rows *at,
    GError **error)
{
    for (uint32_t i = 0; i < r->entities->count; i++) {
        const struct entity *e = &r->entities->entities[i];
        int64_t entity;

        if (!find_entity(k, e, &entity, error) ||
            !row_add(
                k,
                "INSERT INTO referent (id, document, entity, name, "
                "abbreviation) VALUES (?, ?, ?, ?, ?)",
                error, "iiitt", at->first_referent + i, at->document, entity,
                e->name, e->abbreviation))
            return false;
    }
    for (uint32_t i = 0; i < r->entities->mention_count; i++) {
        const struct mention *m = &r->entities->mentions[i];

        if (!row_add(
                k,
                "INSERT INTO mention (document, number, referent, start, "
                "stop, is_name) VALUES (?, ?, ?, ?, ?, ?)",
                error, "iiiiii", at->document, (int64_t)i,
                at->first_referent + m->entity, (int64_t)m->span.from,
                (int64_t)m->span.to, (int64_t)m->is_name))
            return false;
    }
    return true;
}

static bool
add_original(struct kase *k, const struct document *d, GError **error)
{
    return !d->received.at || original_keep(k, d->sha256, d->received, error);
}

static bool add_rows(
    struct kase *k, const struct reading *r, const struct newest *n,
    int64_t *document, GError **error)
{
    struct added_rows at;
    bool good;

    if (!find_next_rows(k, &at, error) || !add_document(k, r, n, &at, error))
        return false;
    at.document = sqlite3_last_insert_rowid(k->db);
    good = row_add(
               k, "INSERT INTO document_text (document, text) VALUES (?, ?)",
               error, "is", at.document, r->document->text) &&
           add_original(k, r->document, error) &&
           milestones_add(k, r->document, at.document, error) &&
           add_sentences(k, r, &at, error) && add_entities(k, r, &at, error) &&
           findings_add(k, r, &at, error);
    *document = at.document;
    return good;
}

/* `added` is left alone where a document read once more comes out as before. */
static bool add_all(
    struct kase *k, const struct reading *r, const struct newest *n,
    case_added *added, GError **error)
{
    bool are_alike = false;
    int64_t document;

    if (!add_rows(k, r, n, &document, error) ||
        (r->again && !versions_compare(k, n->id, document, &are_alike, error)))
        return false;
    if (are_alike)
        return true;
    if (n->id && !reviews_carry(k, n->id, document, k->run, error))
        return false;
    if (!k->unsearchable)
        k->unsearchable = document;
    *added = n->id ? ADDED_VERSION : ADDED_NEW;
    return true;
}

/* Takes the document back that failed; what was added before it stays for
   case_save, unless SQLite had to give that up too. */
static void take_back(struct kase *k, GError **error)
{
    if (sqlite3_get_autocommit(k->db)) {
        complain_lost(k, error);
        batch_reset(k);
        return;
    }
    sqlite3_exec(
        k->db, "ROLLBACK TO document; RELEASE document", NULL, NULL, NULL);
    g_hash_table_remove_all(k->acts);
}

/*
 * What is added is asked for as text, and by its positions: one document that
 * has neither right must not spoil the others of its batch.
 */
static bool is_sound(const struct reading *r)
{
    struct page p = {.text = r->document->text};

    if (!g_utf8_validate_len(p.text.at, p.text.len, NULL) ||
        !page_has(&p, r->document->body))
        return false;
    for (uint32_t i = 0; i < r->text->count; i++)
        if (!page_has(&p, r->text->sentences[i].span))
            return false;
    return true;
}

/* Is there nothing to be added? */
static bool is_known(const struct reading *r, const struct newest *n)
{
    return r->again ? r->again != n->id : n->is_same;
}

bool case_add(
    struct kase *k, const struct reading *r, case_added *added, GError **error)
{
    const struct document *d = r->document;
    struct newest n;
    bool good;

    *added = ADDED_NOTHING;
    if (!is_sound(r)) {
        g_set_error(
            error, ATTEST_ERROR, ATTEST_ERROR_INPUT,
            "its text or the places of its sentences are not sound");
        return false;
    }
    if (!batch_open(k, error) || !find_newest(k, d->id, d->sha256, &n, error))
        return false;
    if (is_known(r, &n))
        return true;
    arena_reset(k->scratch);
    if (!row_add(k, "SAVEPOINT document", error, ""))
        return false;
    good =
        add_all(k, r, &n, added, error) &&
        (*added == ADDED_NOTHING || row_add(k, "RELEASE document", error, ""));
    if (!good)
        *added = ADDED_NOTHING;
    if (*added == ADDED_NOTHING) {
        take_back(k, error);
    } else {
        k->pending++;
        k->pending_size += d->text.len;
    }
    if (!good || *added == ADDED_NOTHING)
        return good && batch_close_if_full(k, error);
    return custody_take(k, error) && batch_close_if_full(k, error);
}
