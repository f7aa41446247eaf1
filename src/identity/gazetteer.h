/*
 * gazetteer.h - places on earth that have a name: towns, regions, countries.
 */
#ifndef GAZETTEER_H
#define GAZETTEER_H

#include "identity/words.h"

/* Made by tools/places.py, which tells its form; ends with a NUL that is not
   part of it. */
extern const char places_table[], places_table_end[];

struct gazetteer {
    const struct identity_words *words;
    struct arena *arena;
    struct spot *spots;
    uint32_t spot_count;
    struct str names;      /* the table's lines of names, sorted */
    GHashTable *countries; /* folded words of a country -> 1 + its spot */
    GHashTable *links;     /* words between two places -> enum place_relation */
};

/* Letters and digits alone, without case and marks; in `a`. */
char *place_fold(struct arena *a, struct str name);
/* The spots that bear the name, also without its article or kind ("the town of
   Tarn"). */
struct spots {
    uint32_t at[64], count;
};
struct spots
spots_find(const struct gazetteer *g, struct arena *a, const char *name);

/* How words between two places join them. */
enum place_relation
link_find(const struct gazetteer *g, struct arena *a, struct str between);

#endif
