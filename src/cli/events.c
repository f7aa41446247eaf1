/* events.c - `attest events`: happenings, and how many say so. */
#include "cli/happening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **acts, **actors, **targets, **sources, **places, **texts;
static char *since, *until, *format;
static gboolean single, contested, designations;
static int64_t limit;
static int64_t documents_least;

static const GOptionEntry entries[] = {
    {"act", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &acts,
     "an act or a family of acts: liberty.detain, liberty", "ACT"},
    {"actor", 0, 0, G_OPTION_ARG_STRING_ARRAY, &actors, "who is said to do it",
     "WORDS"},
    {"target", 0, 0, G_OPTION_ARG_STRING_ARRAY, &targets, "to whom or what",
     "WORDS"},
    {"source", 's', 0, G_OPTION_ARG_STRING_ARRAY, &sources,
     "whoever says so, the publisher too", "WORDS"},
    {"place", 0, 0, G_OPTION_ARG_STRING_ARRAY, &places,
     "where, from where or to where", "WORDS"},
    {"since", 0, 0, G_OPTION_ARG_STRING, &since,
     "happened on this day or later", "DAY"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &until,
     "happened on this day or earlier", "DAY"},
    {"text", 't', 0, G_OPTION_ARG_STRING_ARRAY, &texts,
     "words of a sentence that tells it", "WORDS"},
    {"documents", 'd', 0, G_OPTION_ARG_INT64, &documents_least,
     "told by so many documents or more", "N"},
    {"single", 0, 0, G_OPTION_ARG_NONE, &single,
     "only what rests on one source", NULL},
    {"contested", 0, 0, G_OPTION_ARG_NONE, &contested,
     "only what independent sources are at odds about", NULL},
    {"designations", 0, 0, G_OPTION_ARG_NONE, &designations,
     "instead, who was on which authority's list, from when to when", NULL},
    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit, "no more than these", "N"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Claims about one happening are one event. It is listed with how many\n"
    "documents, publishers and independent sources say so: copies of a text,\n"
    "and all who pass on one source, count once. 'denied' counts those who "
    "say\n"
    "that it did not happen; 'note' tells what rests on a single source, and\n"
    "in what independent accounts are at odds. An event is shown if one of "
    "its\n"
    "claims matches all the options, which are those of 'attest claims'.\n"
    "Most sources come first.\n"
    "\n"
    "Examples:\n"
    "  attest events --act liberty\n"
    "  attest events --contested\n"
    "  attest events --target Brask --format jsonl\n"
    "\n"
    "'attest show ID' unfolds an event: who says what.";

static const struct column columns[] = {
    {"id", false, 0, 0},       {"act", false, 0, 0},
    {"actor", false, 3, 0},    {"target", false, 3, 0},
    {"time", false, 0, 0},     {"place", false, 2, 2},
    {"documents", true, 0, 3}, {"publishers", true, 0, 4},
    {"sources", true, 0, 0},   {"denied", true, 0, 0},
    {"note", false, 0, 0},
};

/* --- which events --------------------------------------------------------- */

static bool is_asked(const struct happening *h)
{
    const struct event *e = h->event;

    return (!single || (e->support == 1 && !e->deniers) ||
            (!e->support && e->deniers == 1)) &&
           (!contested || e->contests) && e->documents >= documents_least;
}

/* Most sources first, then documents, then the case's order. */
static int by_support(const void *x, const void *y)
{
    const struct happening *a = *(struct happening *const *)x;
    const struct happening *b = *(struct happening *const *)y;

    if (a->event->support != b->event->support)
        return a->event->support > b->event->support ? -1 : 1;
    if (a->event->documents != b->event->documents)
        return a->event->documents > b->event->documents ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool take_match(const struct claim_row *c, void *self)
{
    g_hash_table_add(self, g_memdup2(&c->id, sizeof(c->id)));
    return true;
}

#define CONST(list) ((const char *const *)(list))

/* The claims that match, or NULL with the error. */
static GHashTable *find_matches(struct kase *k, GError **error)
{
    GHashTable *found =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    struct claim_filter filter = {
        .acts = CONST(acts),
        .actors = CONST(actors),
        .targets = CONST(targets),
        .sources = CONST(sources),
        .places = CONST(places),
        .texts = CONST(texts),
        .since = since,
        .until = until,
    };
    struct arena *rows = arena_new();
    bool good = case_find_claims(k, rows, &filter, take_match, found, error);

    arena_free(rows);
    if (good)
        return found;
    g_hash_table_unref(found);
    return NULL;
}

static bool has_match(const struct happening *h, GHashTable *matches)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (g_hash_table_contains(matches, &h->claims[i]->id))
            return true;
    return false;
}

/* --- printing ------------------------------------------------------------- */

static const char *number(struct arena *a, uint32_t n)
{
    return arena_print(a, "%u", n);
}

static void
add_cells(struct list *list, struct arena *a, const struct happening *h)
{
    const struct told *t = happening_fullest(h);
    const struct event *e = h->event;
    bool is_table = list_format(list) == LIST_TABLE;

    list_add(
        list, (const char *[]){
                  arena_print(a, "e%" G_GINT64_FORMAT, h->id), t->act,
                  t->parties[0], t->parties[1],
                  is_table ? period_words(a, t->first, t->last)
                           : days_words(a, t->first, t->last),
                  t->place, number(a, e->documents), number(a, e->publishers),
                  number(a, e->support),
                  is_table && !e->deniers ? "" : number(a, e->deniers),
                  happening_note(a, h)});
}

static bool list_events(
    struct kase *k, const struct digest *d, struct arena *a, struct list *list,
    GError **error)
{
    GHashTable *matches = find_matches(k, error);
    GPtrArray *asked = g_ptr_array_new();

    for (uint32_t i = 0; matches && i < d->happening_count; i++)
        if (is_asked(&d->happenings[i]) &&
            has_match(&d->happenings[i], matches))
            g_ptr_array_add(asked, &d->happenings[i]);
    g_ptr_array_sort(asked, by_support);
    for (guint i = 0; i < asked->len && (!limit || i < limit); i++) {
        const struct happening *h = g_ptr_array_index(asked, i);
        enum list_format f = list_format(list);

        if (f == LIST_JSON || f == LIST_JSONL)
            list_add_json(list, happening_json(a, h));
        else
            add_cells(list, a, h);
    }
    g_ptr_array_free(asked, TRUE);
    if (!matches)
        return false;
    g_hash_table_unref(matches);
    return true;
}

static void check_options(void)
{
    check_day("--since", since);
    check_day("--until", until);
    if (limit < 0 || documents_least < 0) {
        complain("--limit, --documents: 0 (all) or more");
        exit(STATUS_FAILED);
    }
}

static bool list_all(struct kase *k, struct arena *a, GError **error)
{
    struct digest digest = {0};
    bool good = digest_open(k, a, &digest, error);
    struct list *list;

    if (good && designations) {
        list_designations(a, &digest, format);
    } else if (good) {
        list = list_new(format, columns, G_N_ELEMENTS(columns));
        good = list_events(k, &digest, a, list, error);
        list_end(list, "no events match; with fewer options there may be some");
    }
    digest_close(&digest);
    return good;
}

int command_events(int argc, char **argv)
{
    GError *error = NULL;
    struct arena *a;
    struct kase *k;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, "- list events", about,
        entries);
    options_end(argc, argv);
    check_options();
    k = open_case(CASE_READ);
    a = arena_new();
    good = list_all(k, a, &error);
    arena_free(a);
    close_case(k);
    return good ? STATUS_DONE : fail(error);
}
