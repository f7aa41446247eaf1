/* same.c - who may be one, and why. */
#include "cli/parties.h"

#include <stdlib.h>
#include <string.h>

static char *format;
static int64_t limit;

static const GOptionEntry entries[] = {
    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit, "no more than these", "N"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Without arguments, lists who is perhaps the same, the likeliest first:\n"
    "what a reviewer may go through. With two, tells what speaks for and\n"
    "against their being one; each remark with its weight, which add up to\n"
    "the score.\n"
    "\n"
    "Examples:\n"
    "  attest same\n"
    "  attest same p12 p31\n"
    "  attest same 'Teodor Brask' 'Theodor Brasc'";

static const struct column columns[] = {
    {"one", false, 0, 0},        {"name", false, 3, 0},  {"other", false, 0, 0},
    {"other_name", false, 3, 0}, {"score", false, 0, 0}, {"why", false, 5, 1},
};

/* --- the list ------------------------------------------------------------------- */

static void
add_row(struct list *l, const struct company *c, const struct bond *b)
{
    const struct persona *x = company_party(c, b->one);
    const struct persona *y = company_party(c, b->other);

    list_add(
        l, (const char *[]){
               arena_print(c->arena, "p%" G_GINT64_FORMAT, x->id), x->name,
               arena_print(c->arena, "p%" G_GINT64_FORMAT, y->id), y->name,
               arena_print(c->arena, "%.2f", (double)b->score),
               reason_words(c, b->one, b->other, 3)});
}

static int list_open(const struct company *c)
{
    struct list *l = list_new(format, columns, G_N_ELEMENTS(columns));
    GHashTable *told =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct joined *j = &c->roster->joined;
    int64_t count = 0;

    for (uint32_t i = 0; i < j->bond_count && (!limit || count < limit); i++) {
        const struct bond *b = &j->bonds[i];
        uint32_t x = c->roster->party_of[b->one];
        uint32_t y = c->roster->party_of[b->other];

        if (x == y ||
            !g_hash_table_add(
                told, g_strdup_printf("%u %u", MIN(x, y), MAX(x, y))) ||
            is_ruled_apart(
                c, company_party(c, b->one), company_party(c, b->other)))
            continue;
        add_row(l, c, b);
        count++;
    }
    g_hash_table_unref(told);
    return list_end(l, "nothing is in doubt");
}

/* --- two -------------------------------------------------------------------------- */

static void print_line(int indent, const char *words)
{
    GString *plain = g_string_new(NULL), *wrapped = g_string_new(NULL);

    append_plain(plain, words);
    append_wrapped(wrapped, plain->str, indent);
    puts(g_strchomp(wrapped->str));
    g_string_free(plain, TRUE);
    g_string_free(wrapped, TRUE);
}

/* What reviewers hold of the two, or of whom they are one with. */
static void print_rulings(const struct company *c, uint32_t one, uint32_t other)
{
    const struct persona *x = company_party(c, one);
    const struct persona *y = company_party(c, other);

    for (uint32_t i = 0; i < c->roster->ruling_count; i++) {
        const struct ruling_row *r = &c->roster->rulings[i];
        const struct persona *p = company_party(c, r->sightings[0]);
        const struct persona *q = company_party(c, r->sightings[1]);

        if (!(p == x && q == y) && !(p == y && q == x))
            continue;
        print_line(
            2, arena_print(
                   c->arena, "%s %s: %s and %s",
                   r->verdict == RULING_SAME ? "merged" : "split",
                   ruling_words(c, r), sighting_words(c, r->sightings[0]),
                   sighting_words(c, r->sightings[1])));
    }
}

static void print_remarks(const struct company *c, const struct comparison *x)
{
    for (uint32_t i = 0; i < x->count; i++) {
        const struct remark *r = &x->remarks[i];

        print_line(
            4, r->weight >= 0.05 || r->weight <= -0.05
                   ? arena_print(c->arena, "%+.1f %s", r->weight, r->words)
                   : arena_print(c->arena, "but %s", r->words));
    }
}

static int explain(const struct company *c, const char *p, const char *q)
{
    uint32_t one = company_find(c, p);
    uint32_t other = one == NOWHERE ? NOWHERE : company_find(c, q);
    bool are_one;
    struct comparison found;

    if (other == NOWHERE)
        return STATUS_FAILED;
    are_one = company_party(c, one) == company_party(c, other);
    print_line(0, sighting_words(c, one));
    print_line(0, sighting_words(c, other));
    print_line(2, are_one ? "shown as one" : "shown as two");
    print_rulings(c, one, other);
    if (one == other)
        return STATUS_DONE;
    sightings_compare(&c->roster->joined, c->arena, one, other, &found);
    print_line(
        2, arena_print(
               c->arena, "attest's own view: %.2f%s", found.score,
               found.may_join ? ""
                              : ", and never joined unless a reviewer says "
                                "so"));
    print_remarks(c, &found);
    return STATUS_DONE;
}

int command_same(int argc, char **argv)
{
    struct company c;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA,
        "[ONE OTHER] - who may be the same, and why", about, entries);
    if (argc == 2 || argc > 3) {
        complain("which two? Like 'attest same p12 p31'");
        return STATUS_FAILED;
    }
    c = company_open(CASE_READ);
    status = argc == 3 ? explain(&c, argv[1], argv[2]) : list_open(&c);
    company_close(&c);
    return status;
}
