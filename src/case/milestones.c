/* Where in a text something begins that its readers count by. */
#include "case/store.h"

bool milestones_add(
    struct kase *k, const struct document *d, int64_t document, GError **error)
{
    for (uint32_t i = 0; i < d->milestone_count; i++) {
        const struct milestone *m = &d->milestones[i];

        if (!row_add(
                k,
                "INSERT INTO milestone (document, number, at, unit, n) "
                "VALUES (?, ?, ?, ?, ?)",
                error, "iiitt", document, (int64_t)i, (int64_t)m->at, m->unit,
                m->n))
            return false;
    }
    return true;
}

static bool load_row(
    const struct page *p, struct arena *a, struct lease *l,
    struct milestone *out, GError **error)
{
    struct span at;

    if (!span_load(p, l, 0, &at, error))
        return false;
    *out =
        (struct milestone){at.from, column_text(a, l, 2), column_text(a, l, 3)};
    return (out->unit && out->n) ||
           store_damaged(p->k, error, "document", p->document);
}

bool milestones_load(
    const struct page *p, struct arena *a, struct milestone **out,
    uint32_t *count, GError **error)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct milestone));
    LEASE l = rows_open(
        p->k,
        "SELECT at, at, unit, n FROM milestone WHERE document = ? "
        "ORDER BY number",
        error, "i", p->document);
    bool good = true;

    while (good && rows_take(&l, error)) {
        struct milestone row;

        good = load_row(p, a, &l, &row, error);
        g_array_append_val(rows, row);
    }
    *out = arena_take(a, rows, count);
    return good && !l.failed;
}

bool case_find_milestones(
    struct kase *k, struct arena *a, int64_t document, struct milestone **out,
    uint32_t *count, GError **error)
{
    struct page p;
    bool good;

    if (!page_open(&p, k, document, error))
        return false;
    good = milestones_load(&p, a, out, count, error);
    page_close(&p);
    return good;
}
