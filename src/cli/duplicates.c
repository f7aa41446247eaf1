#include "cli/duplicates.h"

#include <stdio.h>
#include <string.h>

static char *format;
static gboolean whole;

static const GOptionEntry entries[] = {
    {"whole", 'w', 0, G_OPTION_ARG_NONE, &whole,
     "leave out nothing of the texts", NULL},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (a page with the words that differ; default), tsv, json or jsonl",
     "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Documents that have each other's wording, in whole or as an excerpt: the\n"
    "one that seems to be the root, and of each other one how much of it\n"
    "stands in the root, how much of the root it has, and the words that\n"
    "differ: [-left out-] and {+put in+}, on a terminal in colours.\n"
    "\n"
    "The root is the oldest; of one day, and where days are not known, the\n"
    "one that others name, credit by its initials (\"(VNA)\") or quote. WORDS\n"
    "pick groups by parts of their documents' names.\n"
    "\n"
    "Examples:\n"
    "  attest duplicates\n"
    "  attest duplicates --whole press/\n"
    "  attest duplicates --format jsonl";

static const struct column columns[] = {
    {"group", true, 0, 0},      {"document", false, 3, 0},
    {"publisher", false, 2, 0}, {"date", false, 0, 0},
    {"is", false, 0, 0},        {"root", false, 3, 0},
    {"in_root", true, 0, 0},    {"of_root", true, 0, 0},
    {"sentences", true, 0, 0},  {"copied", true, 0, 0},
    {"names_root", true, 0, 0}, {"quotes_root", true, 0, 0},
    {"credit", false, 0, 0},
};

/* --- which documents ------------------------------------------------------ */

struct grouping {
    GHashTable *groups; /* int64_t of the first -> GArray of int64_t */
    GArray *order;      /* int64_t: firsts, as they come */
};

static void free_array(void *array)
{
    g_array_unref(array);
}

static bool take_document(const struct document_row *d, void *self)
{
    struct grouping *g = self;
    int64_t first = d->copy_of ? d->copy_of : d->id;
    GArray *ids = g_hash_table_lookup(g->groups, &first);

    if (!ids) {
        ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
        g_hash_table_insert(g->groups, g_memdup2(&first, sizeof(first)), ids);
        g_array_append_val(g->order, first);
    }
    g_array_append_val(ids, d->id);
    return true;
}

static bool take_wanted(const struct document_row *d, void *self)
{
    int64_t first = d->copy_of ? d->copy_of : d->id;

    g_hash_table_add(self, g_memdup2(&first, sizeof(first)));
    return true;
}

/* --- rows ----------------------------------------------------------------- */

static const char *number(struct arena *a, double n)
{
    return arena_print(a, "%.0f", n);
}

static void add_member(
    struct list *list, struct arena *a, const struct family *f, uint32_t i)
{
    const struct group_member *m = &f->members[i];
    bool is_root = m->copy_kind == COPY_ROOT;

    list_add(
        list,
        (const char *[]){
            number(a, f->number), m->document->name, m->document->publisher,
            m->document->date, copy_word(m->copy_kind),
            f->members[m->from].document->name, number(a, 100 * m->in_root),
            number(a, 100 * m->of_root), number(a, m->sentences),
            number(a, m->copied), is_root ? NULL : number(a, m->names_root),
            is_root ? NULL : number(a, m->quotes_root), m->credit});
}

struct telling {
    struct kase *k;
    struct list *list; /* NULL: as a page */
    uint32_t told;
};

static bool tell_group(struct telling *t, const GArray *ids, GError **error)
{
    struct arena *a = arena_new();
    struct family f = {.number = t->told + 1};
    bool good = family_load(
        t->k, a, (const int64_t *)(void *)ids->data, ids->len, &f, error);

    for (uint32_t i = 0; good && t->list && i < f.count; i++)
        add_member(t->list, a, &f, i);
    if (good && !t->list)
        family_print(a, &f, whole);
    t->told += good;
    arena_free(a);
    return good;
}

static bool tell_groups(
    struct telling *t, const struct grouping *g, GHashTable *wanted,
    GError **error)
{
    for (guint i = 0; i < g->order->len; i++) {
        int64_t first = g_array_index(g->order, int64_t, i);
        const GArray *ids = g_hash_table_lookup(g->groups, &first);

        if (ids->len > 1 &&
            (!wanted || g_hash_table_contains(wanted, &first)) &&
            !tell_group(t, ids, error))
            return false;
    }
    return true;
}

static bool tell(struct telling *t, const char *const *names, GError **error)
{
    struct grouping g = {
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_array),
        g_array_new(FALSE, FALSE, sizeof(int64_t))};
    GHashTable *wanted =
        names ? g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL)
              : NULL;
    struct arena *a = arena_new();
    bool good =
        case_find_documents(t->k, a, NULL, false, take_document, &g, error) &&
        (!names || case_find_documents(
                       t->k, a, names, false, take_wanted, wanted, error)) &&
        tell_groups(t, &g, wanted, error);

    arena_free(a);
    g_hash_table_unref(g.groups);
    g_array_unref(g.order);
    if (wanted)
        g_hash_table_unref(wanted);
    return good;
}

int command_duplicates(int argc, char **argv)
{
    struct telling t = {0};
    GError *error = NULL;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE, "[WORDS...] - documents that copy others",
        about, entries);
    if (format && strcmp(format, "table"))
        t.list = list_new(format, columns, G_N_ELEMENTS(columns));
    t.k = open_case(CASE_READ);
    good = tell(&t, argc > 1 ? (const char *const *)argv + 1 : NULL, &error);
    close_case(t.k);
    if (t.list)
        list_end(t.list, "");
    else if (good && !t.told)
        puts("no document copies another");
    return good ? STATUS_DONE : fail(error);
}
