/* places.c - the list of places, and where they lie. */
#include "cli/parties.h"

static const struct column columns[] = {
    {"id", false, 0, 0},        {"name", false, 3, 0},
    {"also", false, 2, 3},      {"where", false, 4, 0},
    {"country", false, 0, 4},   {"latitude", false, 0, 3},
    {"longitude", false, 0, 3}, {"beside", false, 3, 0},
    {"documents", true, 0, 1},  {"claims", true, 0, 1},
    {"perhaps", false, 4, 2},
};

static const char about[] =
    "\"where\" is the place in GeoNames that is meant, told by its name, the\n"
    "countries that the document speaks of, what it is said to lie in, and "
    "how\n"
    "many live there; of regions and countries, latitude and longitude are "
    "the\n"
    "centre of their towns. Where that is open, \"perhaps\" lists what may be\n"
    "meant, and who may be the same. Camps and villages that GeoNames does "
    "not\n"
    "have stay places of their own; \"beside\" tells what the text says they\n"
    "lie in or near. \"claims\" counts what is said to have happened there.\n"
    "\n"
    "Examples:\n"
    "  attest places\n"
    "  attest places --name selm --format jsonl\n"
    "  attest show p7";

static const char *degrees(const struct company *c, double value)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];

    return arena_print(
        c->arena, "%s", g_ascii_formatd(digits, sizeof digits, "%.4f", value));
}

static const char *doubt_words(const struct company *c, const struct persona *p)
{
    const char *open = candidate_words(c, p), *same = perhaps_words(c, p);

    return *open && *same ? arena_print(c->arena, "%s; %s", open, same)
           : *open        ? open
                          : same;
}

static const char *number(const struct company *c, int64_t n)
{
    return arena_print(c->arena, "%" G_GINT64_FORMAT, n);
}

static void
add_row(struct list *l, const struct company *c, const struct persona *p)
{
    const struct spot *s = gazetteer_spot(c->gazetteer, p->spot);

    list_add(
        l, (const char *[]){
               arena_print(c->arena, "p%" G_GINT64_FORMAT, p->id), p->name,
               also_words(c, p), spot_words(c, p->spot), s ? s->country : NULL,
               s ? degrees(c, s->latitude) : NULL,
               s ? degrees(c, s->longitude) : NULL, beside_words(c, p),
               number(c, p->documents), number(c, p->happening),
               doubt_words(c, p)});
}

int command_places(int argc, char **argv)
{
    static const struct party_list list = {
        NAME_PLACE,
        "- list the places that are named",
        about,
        columns,
        G_N_ELEMENTS(columns),
        add_row};

    return list_parties(argc, argv, &list);
}
