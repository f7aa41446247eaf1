/* The places that a document names: what stands between them in the text, and
   where on earth they are. */
#include "case/sightings.h"

static bool is_place(const struct loading *w, uint32_t at)
{
    uint32_t spelling =
        g_array_index(w->sightings, struct sighting, at).spelling;

    return g_array_index(w->all_spellings, struct spelling, spelling).kind ==
           NAME_PLACE;
}

void places_list(struct loading *w, uint32_t first)
{
    w->first_place = w->places->len;
    for (uint32_t i = first; w->g && i < w->sightings->len; i++) {
        const struct sighting *s =
            &g_array_index(w->sightings, struct sighting, i);
        struct sighted_place p = {.sighting = i};

        if (!is_place(w, i))
            continue;
        p.at.name =
            g_array_index(w->all_spellings, struct spelling, s->spelling).words;
        p.at.beside = NOWHERE;
        g_array_append_val(w->places, p);
    }
}

static struct sighted_place *place_lookup(struct loading *w, uint32_t sighting)
{
    for (guint i = w->first_place; i < w->places->len; i++)
        if (g_array_index(w->places, struct sighted_place, i).sighting ==
            sighting)
            return &g_array_index(w->places, struct sighted_place, i);
    return NULL;
}

void place_see(
    struct loading *w, const struct page *p, struct last_place *last,
    uint32_t at, struct span s)
{
    struct sighted_place *place;
    enum place_relation relation;

    if (!w->g || !is_place(w, at))
        return;
    place =
        last->sighting != NOWHERE && last->sighting != at && last->to <= s.from
            ? place_lookup(w, last->sighting)
            : NULL;
    relation = place && !place->at.link
                   ? place_relation_find(
                         w->g, w->a,
                         span_text(p->text, (struct span){last->to, s.from}))
                   : PLACE_ALONE;
    if (relation) {
        place->at.link = relation;
        place->at.beside = at;
    }
    *last = (struct last_place){at, s.to};
}

/* `beside` counts the document's places while they are looked for. */
void places_settle(struct loading *w, struct str text)
{
    uint32_t count = w->places->len - w->first_place;
    struct sighted_place *all =
        (struct sighted_place *)(void *)w->places->data + w->first_place;
    struct whereabout *at = arena_make(w->a, struct whereabout, count);

    if (!count)
        return;
    for (uint32_t i = 0; i < count; i++) {
        at[i] = all[i].at;
        for (uint32_t k = 0; at[i].link && k < count; k++)
            if (all[k].sighting == all[i].at.beside)
                at[i].beside = k;
    }
    places_find(w->g, w->a, text, at, count);
    for (uint32_t i = 0; i < count; i++) {
        if (at[i].beside != NOWHERE)
            at[i].beside = all[i].at.beside;
        all[i].at = at[i];
        g_array_index(w->sightings, struct sighting, all[i].sighting).site =
            at[i].spot;
    }
}
