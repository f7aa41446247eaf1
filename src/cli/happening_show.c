/*
 * An event unfolded: who says so, through whom, in which documents, by which
 * claims.  Every number that `attest events` gives can be counted here.
 */
#include "cli/happening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the head ------------------------------------------------------------- */

static const char *
plural(struct arena *a, uint32_t count, const char *one, const char *many)
{
    return arena_print(a, "%u %s", count, count == 1 ? one : many);
}

static void print_head(struct arena *a, const struct happening *h)
{
    const struct told *t = happening_fullest(h);
    GString *line = g_string_new(NULL);

    append_plain(
        line, arena_print(
                  a, "%s: %s → %s%s%s%s%s", t->act,
                  t->parties[0] ? t->parties[0] : "…",
                  t->parties[1] ? t->parties[1] : "…", t->place ? ", in " : "",
                  t->place ? t->place : "", t->first ? ", " : "",
                  t->first ? period_words(a, t->first, t->last) : ""));
    printf(
        "%se%" G_GINT64_FORMAT "%s  %s\n", use_colour() ? "\033[1m" : "", h->id,
        use_colour() ? "\033[0m" : "", line->str);
    g_string_free(line, TRUE);
}

static void print_counts(struct arena *a, const struct happening *h)
{
    const struct event *e = h->event;
    const char *note = happening_note(a, h);

    print_field(
        h->claims[0]->claim->stance == STANCE_WANTED ? "told by" : "claimed by",
        arena_print(
            a, "%s, %s, %s",
            plural(a, e->documents, "document", "documents"),
            plural(a, e->publishers, "publisher", "publishers"),
            plural(
                a, e->support, "independent source", "independent sources")));
    if (e->deniers)
        print_field(
            "denied by", plural(
                             a, e->deniers, "independent source",
                             "independent sources"));
    print_field("note", note);
}

/* --- the tree ------------------------------------------------------------- */

/* By the day of the report, for the first to tell is at the top. */
static int by_report(const void *x, const void *y)
{
    const struct told *a = *(const struct told *const *)x;
    const struct told *b = *(const struct told *const *)y;
    int order = g_strcmp0(a->document_date, b->document_date);

    if (order)
        return order;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* The claims of a root, denials and others apart. */
static GPtrArray *
list_root(const struct happening *h, int64_t root, bool denies)
{
    GPtrArray *list = g_ptr_array_new();

    for (uint32_t i = 0; i < h->count; i++)
        if (h->claims[i]->root == root && told_denies(h->claims[i]) == denies)
            g_ptr_array_add(list, (gpointer)h->claims[i]);
    g_ptr_array_sort(list, by_report);
    return list;
}

/* A name before a description, that before whoever prints it. */
static const char *root_words(struct arena *a, const GPtrArray *list)
{
    const struct told *best = g_ptr_array_index(list, 0);

    for (guint i = 0; i < list->len; i++) {
        const struct told *t = g_ptr_array_index(list, i);

        if (t->claim->source_key)
            return t->voice;
        if (t->claim->source && !best->claim->source)
            best = t;
    }
    if (best->claim->source)
        return best->voice;
    return arena_print(
        a, "%s, in its own words",
        best->publisher ? best->publisher : best->document_name);
}

static const char *
document_words(struct arena *a, const struct told *t, const struct told *first)
{
    const char *copied = "";

    if (first != t && first->document != t->document &&
        first->copies == t->copies)
        copied = arena_print(
            a, ", the same text as %s",
            first->publisher ? first->publisher : first->document_name);
    return arena_print(
        a, "%s%s%s%s%s%s", t->publisher ? t->publisher : "",
        t->publisher ? ", " : "", t->document_date ? t->document_date : "",
        t->document_date ? ": " : "", t->document_name, copied);
}

static const char *stance_words(const struct told *t)
{
    if (t->claim->stance == STANCE_DENIED)
        return "denied: ";
    return t->claim->stance == STANCE_WANTED ? "planned, wanted or feared: "
                                             : "";
}

static const char *claim_words(struct arena *a, const struct told *t)
{
    const char *days = t->first ? period_words(a, t->first, t->last) : NULL;

    return arena_print(
        a, "c%" G_GINT64_FORMAT "  %s%s: %s → %s%s%s%s%s  %.0f %%", t->id,
        stance_words(t), t->label, t->parties[0] ? t->parties[0] : "…",
        t->parties[1] ? t->parties[1] : "…", days ? ", " : "",
        days ? days : "", t->count ? "; figure: " : "",
        t->count ? t->count : "", 100 * t->claim->confidence);
}

static void print_indented(int indent, const char *words)
{
    GString *plain = g_string_new(NULL), *wrapped = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(wrapped, plain->str, indent);
    fputs(wrapped->str, stdout);
    g_string_free(plain, TRUE);
    g_string_free(wrapped, TRUE);
}

static void print_root(struct arena *a, const GPtrArray *list, bool denies)
{
    const struct told *first = g_ptr_array_index(list, 0);
    int64_t document = 0;

    print_indented(
        2, arena_print(
               a, "%s%s", denies ? "DENIED by " : "", root_words(a, list)));
    for (guint i = 0; i < list->len; i++) {
        const struct told *t = g_ptr_array_index(list, i);

        if (t->document != document)
            print_indented(6, document_words(a, t, first));
        document = t->document;
        print_indented(10, claim_words(a, t));
    }
}

static void
print_roots(struct arena *a, const struct happening *h, bool denies)
{
    GHashTable *seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (uint32_t i = 0; i < h->count; i++) {
        const struct told *t = h->claims[i];
        GPtrArray *list;

        if (told_denies(t) != denies ||
            !g_hash_table_add(seen, (gpointer)&t->root))
            continue;
        list = list_root(h, t->root, denies);
        print_root(a, list, denies);
        g_ptr_array_free(list, TRUE);
    }
    g_hash_table_unref(seen);
}

void happening_show(
    struct arena *a, const struct digest *d, const struct happening *h)
{
    print_head(a, h);
    print_counts(a, h);
    putchar('\n');
    print_roots(a, h, false);
    print_roots(a, h, true);
    happening_differences(a, h);
    happening_tolls(a, d, h);
    happening_tallies(a, d, h);
}
