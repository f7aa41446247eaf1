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
            a, "%s, %s, %s", plural(a, e->documents, "document", "documents"),
            plural(a, e->publishers, "publisher", "publishers"),
            plural(
                a, e->support, "independent source", "independent sources")));
    if (e->deniers)
        print_field(
            "denied by",
            plural(a, e->deniers, "independent source", "independent sources"));
    print_field("note", note);
}

/* --- the tree ------------------------------------------------------------- */

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
        a, "c%" G_GINT64_FORMAT "  %s%s%s: %s → %s%s%s%s%s  %.0f %%", t->id,
        event_claim_is_sure(t->claim) ? "" : "perhaps: ",
        stance_words(t), t->label, t->parties[0] ? t->parties[0] : "…",
        t->parties[1] ? t->parties[1] : "…", days ? ", " : "", days ? days : "",
        t->count ? "; figure: " : "", t->count ? t->count : "",
        100 * t->claim->confidence);
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
               a, "%s%s%s", denies ? "DENIED by " : "", root_words(list),
               first->claim->source ? "" : ", in its own words"));
    for (guint i = 0; i < list->len; i++) {
        const struct told *t = g_ptr_array_index(list, i);

        if (t->document != document)
            print_indented(6, document_words(a, t, first));
        document = t->document;
        print_indented(10, claim_words(a, t));
    }
}

struct printing {
    struct arena *a;
    bool denies;
};

static void take_root(const GPtrArray *list, void *self)
{
    struct printing *p = self;

    print_root(p->a, list, p->denies);
}

void happening_show(
    struct arena *a, const struct digest *d, const struct happening *h)
{
    print_head(a, h);
    print_counts(a, h);
    putchar('\n');
    happening_each_root(h, false, take_root, &(struct printing){a, false});
    happening_each_root(h, true, take_root, &(struct printing){a, true});
    happening_differences(a, h);
    happening_tolls(a, d, h);
    happening_tallies(a, d, h);
}
