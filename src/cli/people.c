/* people.c - the lists of who is named: people and groups. */
#include "cli/parties.h"

#include <stdlib.h>
#include <string.h>

static char *format;
static char **names, **documents;
static int64_t limit;

static const GOptionEntry entries[] = {
    {"name", 0, 0, G_OPTION_ARG_STRING_ARRAY, &names,
     "words of one of their names", "WORDS"},
    {"document", 0, 0, G_OPTION_ARG_STRING_ARRAY, &documents,
     "words of the name of a document that names them", "WORDS"},
    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit, "no more than these", "N"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

#define LISTED_ABOUT                                                           \
    "\"also\" lists the other names that were taken for theirs, \"perhaps\"\n" \
    "who may be the same (from 0.5 to 1 how likely): that is yours to say.\n"  \
    "\"actor\", \"target\" and \"source\" count the claims in which they "     \
    "are\n"                                                                    \
    "said to do something, have it done to them, or say so.\n"

static const char about_people[] = LISTED_ABOUT
    "\n"
    "Examples:\n"
    "  attest people\n"
    "  attest people --name brask\n"
    "  attest show p12                     all that is said of one\n"
    "  attest same                         who is perhaps the same\n"
    "  attest same p12 p31                 why they may be one\n"
    "  attest merge p12 p31 'one passport' they are\n"
    "  attest split p31 from p12 'father and son'";

static const char about_groups[] =
    LISTED_ABOUT "\n"
                 "Examples:\n"
                 "  attest groups\n"
                 "  attest groups --name union --format jsonl\n"
                 "  attest show p40\n"
                 "  attest merge p40 p77 'one charter'";

static const struct column columns[] = {
    {"id", false, 0, 0},       {"name", false, 3, 0},    {"also", false, 3, 0},
    {"documents", true, 0, 0}, {"actor", true, 0, 1},    {"target", true, 0, 1},
    {"source", true, 0, 2},    {"perhaps", false, 4, 0},
};

/* --- which ------------------------------------------------------------------- */

static bool holds(const char *text, char **words)
{
    for (; *words; words++)
        if (words_hold(text, *words))
            return true;
    return false;
}

static bool has_name(const struct company *c, const struct persona *p)
{
    const struct spelling *all = c->roster->sightings.spellings;

    for (uint32_t i = 0; i < p->name_count; i++)
        if (holds(all[p->names[i].spelling].words, names))
            return true;
    return false;
}

static bool has_document(const struct company *c, const struct persona *p)
{
    for (uint32_t i = 0; i < p->sighting_count; i++) {
        uint32_t d = c->roster->sightings.at[p->sightings[i]].document;

        if (holds(c->roster->document_names[d], documents))
            return true;
    }
    return false;
}

static int by_weight(const void *x, const void *y)
{
    const struct persona *a = *(const struct persona *const *)x;
    const struct persona *b = *(const struct persona *const *)y;
    int64_t p = a->acting + a->suffering + a->saying + a->happening;
    int64_t q = b->acting + b->suffering + b->saying + b->happening;

    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    if (p != q)
        return p > q ? -1 : 1;
    return a->id < b->id ? -1 : 1;
}

static GPtrArray *choose(const struct company *c, enum name_kind kind)
{
    GPtrArray *chosen = g_ptr_array_new();

    for (uint32_t i = 0; i < c->roster->party_count; i++) {
        struct persona *p = &c->roster->parties[i];

        if (p->kind == kind && (!names || has_name(c, p)) &&
            (!documents || has_document(c, p)))
            g_ptr_array_add(chosen, p);
    }
    if (chosen->len)
        qsort(chosen->pdata, chosen->len, sizeof(void *), by_weight);
    if (limit && chosen->len > limit)
        g_ptr_array_set_size(chosen, (int)limit);
    return chosen;
}

/* --- rows ---------------------------------------------------------------------- */

static const char *number(const struct company *c, int64_t n)
{
    return arena_print(c->arena, "%" G_GINT64_FORMAT, n);
}

static void
add_row(struct list *l, const struct company *c, const struct persona *p)
{
    list_add(
        l, (const char *[]){
               arena_print(c->arena, "p%" G_GINT64_FORMAT, p->id), p->name,
               also_words(c, p), number(c, p->documents), number(c, p->acting),
               number(c, p->suffering), number(c, p->saying),
               perhaps_words(c, p)});
}

int list_parties(int argc, char **argv, const struct party_list *which)
{
    struct company c;
    struct list *list;
    GPtrArray *chosen;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, which->usage, which->about,
        entries);
    options_end(argc, argv);
    if (limit < 0) {
        complain("--limit: 0 (all) or more");
        exit(STATUS_FAILED);
    }
    c = company_open(CASE_READ);
    list = list_new(format, which->columns, which->column_count);
    chosen = choose(&c, which->kind);
    for (guint i = 0; i < chosen->len; i++)
        which->add_row(list, &c, g_ptr_array_index(chosen, i));
    status = list_end(list, "nothing of the kind is named");
    g_ptr_array_free(chosen, TRUE);
    company_close(&c);
    return status;
}

int command_people(int argc, char **argv)
{
    static const struct party_list list = {
        NAME_PERSON,           "- list the people who are named",
        about_people,          columns,
        G_N_ELEMENTS(columns), add_row};

    return list_parties(argc, argv, &list);
}

int command_groups(int argc, char **argv)
{
    static const struct party_list list = {
        NAME_GROUP,
        "- list the groups that are named",
        about_groups,
        columns,
        G_N_ELEMENTS(columns),
        add_row};

    return list_parties(argc, argv, &list);
}
