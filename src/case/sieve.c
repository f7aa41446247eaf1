/* Which claims a filter lets through. */
#include "case/store.h"

#include <string.h>

struct sieve {
    const struct claim_filter *f;
    /* Folded, or NULL for any. */
    const char **actors, **targets, **sources, **places, **labels, **texts;
    const char **documents;
};

static const char **fold_all(struct arena *a, const char *const *words)
{
    size_t count = 0;
    const char **out;

    while (words && words[count])
        count++;
    if (!count)
        return NULL;
    out = arena_make(a, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        out[i] = text_fold(a, words[i], strlen(words[i]));
    return out;
}

struct sieve *sieve_new(struct arena *a, const struct claim_filter *f)
{
    struct sieve *s = arena_make(a, struct sieve, 1);

    s->f = f;
    s->actors = fold_all(a, f->actors);
    s->targets = fold_all(a, f->targets);
    s->sources = fold_all(a, f->sources);
    s->places = fold_all(a, f->places);
    s->labels = fold_all(a, f->labels);
    s->texts = fold_all(a, f->texts);
    s->documents = fold_all(a, f->documents);
    return s;
}

/* Does one of the words stand in the text? */
static bool holds(struct arena *a, const char *const *words, const char *text)
{
    char *folded;

    if (!text)
        return false;
    folded = text_fold(a, text, strlen(text));
    for (; *words; words++)
        if (strstr(folded, *words))
            return true;
    return false;
}

static bool phrase_holds(
    struct arena *a, const char *const *words, const struct phrase_row *p)
{
    return holds(a, words, p->text) || holds(a, words, p->name) ||
           holds(a, words, p->abbreviation);
}

/* A party that must fit: by words, by who it is, or not at all. */
static bool party_fits(
    struct arena *a, const char *const *words, const struct kin *kin,
    const struct claim_row *c, const struct phrase_row *p)
{
    if (!words && !kin)
        return true;
    return (words && phrase_holds(a, words, p)) ||
           (kin && kin_has(kin, c->document, p->entity));
}

static bool act_fits(const char *const *acts, const char *act)
{
    if (!acts || !*acts)
        return true;
    for (; *acts; acts++) {
        size_t len = strlen(*acts);

        if (!strncmp(act, *acts, len) && (!act[len] || act[len] == '.'))
            return true;
    }
    return false;
}

static bool modality_fits(const char *const *words, enum modality m)
{
    if (!words || !*words)
        return true;
    for (; *words; words++)
        if (!strcmp(*words, modality_word(m)))
            return true;
    return false;
}

/* May the claim's time, else its document's date, fall into the days? */
static bool time_fits(const struct claim_filter *f, const struct claim_row *c)
{
    const char *first = c->first ? c->first : c->document_date;
    const char *last = c->last ? c->last : c->document_date;

    if (!f->since && !f->until)
        return true;
    if (!first || !last)
        return false;
    return (!f->since || strcmp(last, f->since) >= 0) &&
           (!f->until || strcmp(first, f->until) <= 0);
}

bool sieve_has_act(const struct sieve *s, const struct claim_row *c)
{
    return act_fits(s->f->acts, c->act) &&
           modality_fits(s->f->modalities, c->modality) && time_fits(s->f, c);
}

static bool
has_source(const struct sieve *s, struct arena *a, const struct claim_row *c)
{
    if ((!s->sources && !s->f->source_kin) ||
        (s->sources && holds(a, s->sources, c->publisher)))
        return true;
    for (uint32_t i = 0; i < c->source_count; i++)
        if (party_fits(
                a, s->sources, s->f->source_kin, c, &c->sources[i].source))
            return true;
    return false;
}

static bool
has_label(const struct sieve *s, struct arena *a, const struct claim_row *c)
{
    if (!s->labels)
        return true;
    for (uint32_t i = 0; i < c->label_count; i++)
        if (holds(a, s->labels, c->labels[i].words))
            return true;
    return false;
}

static bool
has_place(const struct sieve *s, struct arena *a, const struct claim_row *c)
{
    for (int r = ROLE_PLACE; r <= ROLE_DESTINATION; r++)
        if (party_fits(a, s->places, s->f->place_kin, c, &c->roles[r]))
            return true;
    return false;
}

bool sieve_has_words(
    const struct sieve *s, struct arena *a, const struct claim_row *c)
{
    return party_fits(
               a, s->actors, s->f->actor_kin, c, &c->roles[ROLE_ACTOR]) &&
           party_fits(
               a, s->targets, s->f->target_kin, c, &c->roles[ROLE_TARGET]) &&
           has_place(s, a, c) && has_source(s, a, c) && has_label(s, a, c) &&
           (!s->texts || holds(a, s->texts, c->sentence_text));
}

bool sieve_has_document(
    const struct sieve *s, struct arena *a, const char *name)
{
    return !s->documents || holds(a, s->documents, name);
}
