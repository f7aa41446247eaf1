/* across.c - who is who across documents: see crowd.h for the parts. */
#include "identity/crowd.h"

#include <string.h>

struct joined sightings_join(
    const struct likeness *l, struct arena *a, const struct sightings *s,
    const struct ruling *rulings, uint32_t ruling_count)
{
    struct crowd *c = crowd_make(l, a, s);
    struct joined out;

    atoms_make(c);
    bonds_find(c);
    bonds_unite(c, rulings, ruling_count, &out);
    return out;
}

/* The two as they are when names are compared: with those of their name that
   are one with them. */
void sightings_compare(
    const struct joined *j, struct arena *a, uint32_t one, uint32_t other,
    struct comparison *out)
{
    const struct crowd *c = j->crowd;
    uint32_t x = c->s->at[one].spelling, y = c->s->at[other].spelling;
    struct bearers p = {x, 1, &one}, q = {y, 1, &other};

    if (x != y) {
        p = bearers_of(c, c->atom_of[one]);
        q = bearers_of(c, c->atom_of[other]);
    }
    bearers_compare(c, p, q, spellings_likeness(c, x, y), a, out);
}

/* --- gender ------------------------------------------------------------------ */

static enum gender gender_of_noun(const struct noun *noun)
{
    return noun ? noun->gender : GENDER_OPEN;
}

enum gender words_gender(const struct identity_words *w, struct str words)
{
    const struct pronoun *pronoun;
    enum gender gender;
    char *low, *last;

    words = str_trim(words);
    low = g_utf8_strdown(words.at, (gssize)words.len);
    last = strrchr(low, ' ');
    last = last ? last + 1 : low;
    pronoun = pronoun_lookup(w, last);
    if (pronoun)
        gender = pronoun->gender;
    else if (
        (gender = gender_of_noun(g_hash_table_lookup(w->nouns, last))) ==
        GENDER_OPEN)
        gender = gender_of_noun(title_lookup(w, last));
    g_free(low);
    return gender;
}
