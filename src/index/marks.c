#include "index/marks.h"

struct marks {
    GHashTable *bits;     /* by claim */
    GHashTable *replaced; /* by claim: the one whose place it took */
    GHashTable *replacer; /* by claim: the one that took its place */
};

struct marks *marks_new(void)
{
    struct marks *m = g_new(struct marks, 1);

    m->bits = g_hash_table_new(NULL, NULL);
    m->replaced = g_hash_table_new(NULL, NULL);
    m->replacer = g_hash_table_new(NULL, NULL);
    return m;
}

void marks_free(struct marks *m)
{
    if (!m)
        return;
    g_hash_table_unref(m->bits);
    g_hash_table_unref(m->replaced);
    g_hash_table_unref(m->replacer);
    g_free(m);
}

static int64_t lookup(GHashTable *table, int64_t claim)
{
    return (int64_t)(gsize)g_hash_table_lookup(
        table, GSIZE_TO_POINTER((gsize)claim));
}

static void set(GHashTable *table, int64_t claim, int64_t value)
{
    g_hash_table_insert(
        table, GSIZE_TO_POINTER((gsize)claim), GSIZE_TO_POINTER((gsize)value));
}

static int64_t newest(const struct marks *m, int64_t claim)
{
    int64_t next;

    while ((next = lookup(m->replacer, claim)))
        claim = next;
    return claim;
}

unsigned marks_of(const struct marks *m, int64_t claim)
{
    return (unsigned)lookup(m->bits, claim);
}

static void
set_mark(struct marks *m, int64_t claim, enum index_mark mark, bool on)
{
    unsigned bits = marks_of(m, claim);

    set(m->bits, claim, on ? bits | mark : bits & ~(unsigned)mark);
}

/* Notes and requests belong to whatever the claim is corrected to.  One that
   takes a correction back is corrected if that before the correction was. */
static void add_correction(struct marks *m, const struct record_row *r)
{
    unsigned kept = marks_of(m, r->other) & (MARK_SECOND | MARK_NOTED);
    int64_t before = lookup(m->replaced, r->undoes);

    if (r->id <= r->other)
        return; /* what replaces is newer: there are no rings */
    set(m->replaced, r->id, r->other);
    set(m->replacer, r->other, r->id);
    set(m->bits, r->id, kept);
    set_mark(
        m, r->id, MARK_CORRECTED,
        !r->undoes || marks_of(m, before) & MARK_CORRECTED);
}

void marks_add(struct marks *m, const struct record_row *r)
{
    switch (r->what) {
    case RECORD_CORRECTION:
        add_correction(m, r);
        break;
    case RECORD_DECISION:
        if (!r->undone && !r->undoes)
            set_mark(
                m, r->one, MARK_BULK, r->bulk && r->verdict != VERDICT_OPEN);
        break;
    case RECORD_NOTE:
        set_mark(m, newest(m, r->one), MARK_NOTED, true);
        break;
    case RECORD_SECOND:
        set_mark(m, newest(m, r->one), MARK_SECOND, r->asked);
        break;
    case RECORD_READING:
    case RECORD_EVENTS:
    case RECORD_PARTIES:
    case RECORD_DESCRIPTION:
    case RECORD_COUNT:
        break;
    }
}

void marks_each_replaced(
    const struct marks *m, void (*take)(int64_t old, int64_t new, void *self),
    void *self)
{
    GHashTableIter at;
    gpointer old;

    g_hash_table_iter_init(&at, m->replacer);
    while (g_hash_table_iter_next(&at, &old, NULL))
        take((int64_t)(gsize)old, newest(m, (int64_t)(gsize)old), self);
}
