/* Rows of one document turned back into phrases, with its text at hand. */
#include "case/store.h"

#include <stdlib.h>
#include <string.h>

bool page_open(struct page *p, struct kase *k, int64_t document, GError **error)
{
    p->k = k;
    p->document = document;
    p->text = (struct str){"", 0};
    p->holder = rows_open(
        k, "SELECT text FROM document_text WHERE document = ?", error, "i",
        document);
    if (rows_take(&p->holder, error)) {
        p->text.at = (const char *)sqlite3_column_text(p->holder.at, 0);
        p->text.len = (size_t)sqlite3_column_bytes(p->holder.at, 0);
    } else if (!p->holder.failed) {
        store_damaged(k, error, "document", document);
        p->holder.failed = true;
    }
    if (p->text.at && g_utf8_validate_len(p->text.at, p->text.len, NULL) &&
        !p->holder.failed)
        return true;
    if (!p->holder.failed)
        store_damaged(k, error, "document", document);
    page_close(p);
    return false;
}

void page_close(struct page *p)
{
    lease_reset(&p->holder);
}

static bool starts_letter(struct str text, uint32_t at)
{
    return at >= text.len || (text.at[at] & 0xC0) != 0x80;
}

bool spans_load(
    const struct page *p, struct arena *a, struct lease *l, int column,
    struct spans *out, GError **error)
{
    bool good = spans_parse(
        a, (const char *)sqlite3_column_text(l->at, column), p->text.len, out);

    for (uint32_t i = 0; good && i < out->count; i++)
        good = starts_letter(p->text, out->at[i].from) &&
               starts_letter(p->text, out->at[i].to);
    return good || store_damaged(p->k, error, "document", p->document);
}

bool page_has(const struct page *p, struct span s)
{
    return s.from <= s.to && s.to <= p->text.len &&
           starts_letter(p->text, s.from) && starts_letter(p->text, s.to);
}

bool span_load(
    const struct page *p, struct lease *l, int column, struct span *out,
    GError **error)
{
    int64_t from = sqlite3_column_int64(l->at, column);
    int64_t to = sqlite3_column_int64(l->at, column + 1);

    *out = (struct span){(uint32_t)from, (uint32_t)to};
    if (from < 0 || from > to || to > G_MAXUINT32 || !page_has(p, *out))
        return store_damaged(p->k, error, "document", p->document);
    return true;
}

bool phrase_load(
    const struct page *p, struct arena *a, struct lease *l, int column,
    struct phrase_row *out, GError **error)
{
    if (!spans_load(p, a, l, column, &out->spans, error))
        return false;
    out->text = spans_words(a, p->text, out->spans);
    out->name = column_text(a, l, column + 1);
    out->entity = sqlite3_column_int64(l->at, column + 2);
    out->key = column_text(a, l, column + 3);
    out->abbreviation = column_text(a, l, column + 4);
    return true;
}

bool sources_load(
    const struct page *p, struct arena *a, struct stored_sources *out,
    GError **error)
{
    GArray *found = g_array_new(FALSE, TRUE, sizeof(struct stored_source));
    LEASE l = rows_open(
        p->k,
        "SELECT a.id, a.parent, a.cue, a.content, "
        "a.source, coalesce(a.name, f.name), f.entity, e.key, f.abbreviation "
        "FROM document d JOIN attribution a ON a.id >= d.first_attribution "
        "AND a.id < d.first_attribution + d.attributions "
        "LEFT JOIN referent f ON f.id = a.referent "
        "LEFT JOIN entity e ON e.id = f.entity WHERE d.id = ? ORDER BY a.id",
        error, "i", p->document);
    bool good = true;

    while (good && rows_take(&l, error)) {
        struct stored_source s = {
            .id = sqlite3_column_int64(l.at, 0),
            .parent = sqlite3_column_int64(l.at, 1)};

        good = spans_load(p, a, &l, 2, &s.row.cue, error) &&
               spans_load(p, a, &l, 3, &s.row.content, error) &&
               phrase_load(p, a, &l, 4, &s.row.source, error);
        g_array_append_val(found, s);
    }
    good = good && !l.failed;
    out->count = found->len;
    out->at = arena_make(a, struct stored_source, found->len);
    if (found->len)
        memcpy(out->at, found->data, found->len * sizeof(*out->at));
    g_array_free(found, TRUE);
    return good;
}

static int compare_id(const void *key, const void *item)
{
    int64_t id = *(const int64_t *)key;
    const struct stored_source *s = item;

    return id < s->id ? -1 : id > s->id;
}

const struct stored_source *
sources_lookup(const struct stored_sources *s, int64_t id)
{
    return s->count ? bsearch(&id, s->at, s->count, sizeof(*s->at), compare_id)
                    : NULL;
}
