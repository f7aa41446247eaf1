/* rule.c - what a reviewer holds of two: merge and split. */
#include "cli/parties.h"

#include <stdlib.h>
#include <string.h>

static char *who;
static gboolean undone;

static const GOptionEntry entries[] = {
    {"by", 0, 0, G_OPTION_ARG_STRING, &who,
     "who says so (default: the user's login name)", "NAME"},
    {"undo", 0, 0, G_OPTION_ARG_NONE, &undone,
     "take back what was said of the two: attest decides again", NULL},
    G_OPTION_ENTRY_NULL,
};

struct order {
    const char *one, *other;
    char *why; /* owned; "" where none is given */
};

/* ONE [from] OTHER WHY... */
static struct order read_order(int argc, char **argv)
{
    struct order o = {NULL, NULL, NULL};
    int at = 1;

    if (argc > 3 && !strcmp(argv[2], "from")) {
        argv[2] = argv[1];
        at = 2;
    }
    if (argc > at + 1) {
        o.one = argv[at];
        o.other = argv[at + 1];
        o.why = g_strjoinv(" ", argv + at + 2);
    }
    return o;
}

static void check_order(const struct order *o)
{
    const char *name = g_get_prgname();
    const char *from = strstr(name, "split") ? "from " : "";

    if (!o->one)
        complain("which two, and why? Like '%s p12 %sp31 because'", name, from);
    else if (!*o->why)
        complain(
            "why? A word for those who ask later: '%s %s %s%s because'", name,
            o->one, from, o->other);
    else
        return;
    exit(STATUS_FAILED);
}

/* Complains where the two can be nothing to each other. */
static bool is_possible(const struct company *c, uint32_t one, uint32_t other)
{
    const struct persona *x = company_party(c, one);
    const struct persona *y = company_party(c, other);

    if (one == other)
        complain("these are one and the same name in one document");
    else if (x->kind != y->kind)
        complain(
            "%s and %s are not of one kind (person, group, place)",
            persona_words(c, x), persona_words(c, y));
    else
        return true;
    return false;
}

/* --- after it ------------------------------------------------------------------ */

static void tell_result(const struct company *c, int64_t one, int64_t other)
{
    uint32_t x = roster_sighting(c->roster, one);
    uint32_t y = roster_sighting(c->roster, other);
    const struct persona *p = company_party(c, x), *q = company_party(c, y);
    GString *line = g_string_new(NULL);

    if (p == q)
        append_plain(
            line, arena_print(
                      c->arena, "%s: one, named in %u document%s",
                      persona_words(c, p), p->documents,
                      p->documents == 1 ? "" : "s"));
    else
        append_plain(
            line, arena_print(
                      c->arena, "%s and %s: two", persona_words(c, p),
                      persona_words(c, q)));
    puts(line->str);
    g_string_free(line, TRUE);
}

/* Who is who after the ruling. */
static int tell(struct company *c, int64_t one, int64_t other)
{
    GError *error = NULL;

    if (!company_renew(c, &error))
        return fail(error);
    tell_result(c, one, other);
    return STATUS_DONE;
}

static uint32_t spelling_of(const struct company *c, uint32_t sighting)
{
    return c->roster->sightings.at[sighting].spelling;
}

/* Is an earlier ruling on the same two names of the same two (or one)? */
static bool is_covered(
    const struct company *c, const struct ruling_row *r, uint32_t one,
    uint32_t other)
{
    uint32_t x = r->sightings[0], y = r->sightings[1];

    if (spelling_of(c, x) != spelling_of(c, one)) {
        x = y;
        y = r->sightings[0];
    }
    return spelling_of(c, x) == spelling_of(c, one) &&
           spelling_of(c, y) == spelling_of(c, other) &&
           spelling_of(c, x) != spelling_of(c, y) &&
           company_party(c, x) == company_party(c, one) &&
           company_party(c, y) == company_party(c, other);
}

/* Of two names the newest word holds, whichever documents the words before it
   were about. */
static bool append_all(
    struct company *c, const struct order *o, uint32_t one, uint32_t other,
    enum ruling_verdict verdict, GError **error)
{
    const struct roster *r = c->roster;
    const char *by = who ? who : g_get_user_name();
    bool good = case_rule(
        c->k, r->referents[one], r->referents[other], verdict, by, o->why,
        error);

    for (uint32_t i = 0; good && i < r->ruling_count; i++) {
        const struct ruling_row *row = &r->rulings[i];

        if (row->verdict != verdict && is_covered(c, row, one, other))
            good = case_rule(
                c->k, row->one, row->other, verdict, by, o->why, error);
    }
    return good;
}

static int
rule(struct company *c, const struct order *o, enum ruling_verdict verdict)
{
    uint32_t one = company_find(c, o->one);
    uint32_t other = one == NOWHERE ? NOWHERE : company_find(c, o->other);
    GError *error = NULL;
    int64_t p, q;

    if (other == NOWHERE || !is_possible(c, one, other))
        return STATUS_FAILED;
    p = c->roster->referents[one];
    q = c->roster->referents[other];
    if (!append_all(c, o, one, other, undone ? RULING_OPEN : verdict, &error))
        return fail(error);
    return tell(c, p, q);
}

int add_ruling(
    int argc, char **argv, enum ruling_verdict verdict, const char *usage,
    const char *about)
{
    struct company c;
    struct order order;
    int status;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, usage, about, entries);
    order = read_order(argc, argv);
    if (undone && order.one && !*order.why) {
        g_free(order.why);
        order.why = g_strdup("taken back");
    }
    check_order(&order);
    c = company_open(CASE_WRITE);
    status = rule(&c, &order, verdict);
    company_close(&c);
    g_free(order.why);
    return status;
}
