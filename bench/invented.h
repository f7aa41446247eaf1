/*
 * invented.h - names of people, groups, places and papers that do not exist.
 *
 * By number: the same number always has the same name, so that nothing need be
 * kept of a world of any size.  Everything lives in the arena handed in.
 */
#ifndef INVENTED_H
#define INVENTED_H

#include "base/base.h"

/* --- chance ------------------------------------------------------------ */

/* What follows from two numbers, and from nothing else. */
uint64_t number_mix(uint64_t a, uint64_t b);

struct dice {
    uint64_t state;
};
/* Below `most`, which is at least 1. */
uint32_t dice_below(struct dice *d, uint32_t most);
/* True so many times in a hundred. */
bool dice_percent(struct dice *d, uint32_t percent);
/* Below `most`; the larger a number the rarer, as with words and people
   (Zipf-Mandelbrot); the first `level` numbers are about as frequent. */
uint32_t dice_zipf(struct dice *d, uint32_t most, double level);

/* --- names ------------------------------------------------------------- */

enum script { SCRIPT_LATIN, SCRIPT_ARABIC, SCRIPT_CYRILLIC, SCRIPTS };

/* Some people are spelt otherwise where `variant` is odd, and one in 400 has
   markup in the name. */
const char *
person_name(struct arena *a, uint32_t number, enum script s, uint32_t variant);
/* The part of the name by which one is called again. */
const char *person_surname(struct arena *a, uint32_t number, enum script s);
const char *group_name(struct arena *a, uint32_t number);
const char *place_name(struct arena *a, uint32_t number);
/* Papers, radios and agencies. */
const char *paper_name(struct arena *a, uint32_t number);

#endif
