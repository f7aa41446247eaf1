/* claims.c - from a text's trees to its claims. */
#include "claims/claims.h"

#include <string.h>

#include "claims/attribution.h"
#include "claims/finder.h"
#include "claims/stance.h"

/* --- words of the closed sets ----------------------------------------- */

static const char *const modality_words[] = {
#define X(name, word) word,
    MODALITIES(X)
#undef X
};

static const char *const role_words[] = {
#define X(name, word) word,
    ROLES(X)
#undef X
};

const char *modality_word(enum modality m)
{
    return modality_words[m];
}

const char *role_word(enum role r)
{
    return role_words[r];
}

bool modality_find(const char *word, enum modality *out)
{
    for (size_t i = 0; i < G_N_ELEMENTS(modality_words); i++)
        if (strcmp(modality_words[i], word) == 0) {
            *out = (enum modality)i;
            return true;
        }
    return false;
}

/* --- drafts ----------------------------------------------------------- */

struct draft draft_start(
    const struct scene *v, uint32_t head, uint32_t act, float evidence)
{
    struct draft d = {.evidence = evidence};

    d.claim.act = act;
    d.claim.sentence = v->index;
    d.claim.head = head;
    d.claim.attribution = NO_ATTRIBUTION;
    for (int r = 0; r < ROLE_COUNT; r++)
        d.claim.roles[r] = phrase_none();
    return d;
}

/*
 * The product of: how plainly the words tell the act (draft_start's
 * evidence), whether anyone is said to take part, and how long, so how
 * likely misread, the sentence is.
 */
static float weigh(const struct scene *v, const struct draft *d)
{
    const struct claim *c = &d->claim;
    float weight = d->evidence;

    if (!c->roles[ROLE_ACTOR].spans.count && !c->roles[ROLE_TARGET].spans.count)
        weight *= 0.7f;
    if (v->count > 60)
        weight *= 0.85f;
    if (c->modality != MODALITY_ASSERTED || c->negative)
        weight *= 0.95f;
    return weight;
}

void draft_finish(struct finder *f, const struct scene *v, struct draft *d)
{
    struct claim *c = &d->claim;
    struct stance s = stance_find(v, c->head);

    if (s.swallowed)
        return;
    c->modality = s.modality;
    c->negative = s.negative;
    if (d->entry && d->entry->inverse)
        c->negative = !c->negative;
    circumstances_find(v, c);
    labels_find(v, c);
    c->confidence = weigh(v, d);
    v->nodes[c->head].told = true;
    g_array_append_val(f->claims, *c);
}

/* --- attributions ----------------------------------------------------- */

static bool holds(const struct spans *outer, struct span inner)
{
    for (uint32_t i = 0; i < outer->count; i++)
        if (span_has(outer->at[i], inner))
            return true;
    return false;
}

static uint32_t length_of(const struct spans *s)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < s->count; i++)
        sum += s->at[i].to - s->at[i].from;
    return sum;
}

/*
 * Attributions by the sentences that their contents touch: `first[s]` is a
 * list threaded through `links`.
 */
struct reach {
    struct link {
        uint32_t attribution, next;
    } *links;
    uint32_t *first;
};

static uint32_t sentence_at(const struct text *t, uint32_t byte)
{
    uint32_t low = 0, high = t->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (t->sentences[middle].span.to <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A content over more sentences than this is a fault, not a quotation; a
   sentence in more contents than this is hostile. */
enum { SENTENCES_MOST = 200, CONTENTS_MOST = 1000 };

static void add_links(
    struct reach *r, GArray *links, const struct text *t, uint32_t number,
    const struct attribution *a)
{
    uint32_t last = NO_TOKEN;

    for (uint32_t i = 0; i < a->content.count; i++) {
        uint32_t s = sentence_at(t, a->content.at[i].from);
        uint32_t most = s + SENTENCES_MOST;

        for (; s < t->count && s < most &&
               t->sentences[s].span.from < a->content.at[i].to;
             s++) {
            struct link link = {number, r->first[s]};

            if (s == last)
                continue;
            last = s;
            r->first[s] = links->len;
            g_array_append_val(links, link);
        }
    }
}

static void attribute(struct finder *f)
{
    struct reach r;
    GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));

    r.first = arena_make(f->arena, uint32_t, f->text->count + 1);
    for (uint32_t s = 0; s < f->text->count; s++)
        r.first[s] = NO_TOKEN;
    for (uint32_t i = 0; i < f->findings->attribution_count; i++)
        add_links(&r, links, f->text, i, &f->findings->attributions[i]);
    for (guint i = 0; i < f->claims->len; i++) {
        struct claim *c = &g_array_index(f->claims, struct claim, i);
        uint32_t best = UINT32_MAX, seen = 0;

        for (uint32_t k = r.first[c->sentence];
             k != NO_TOKEN && seen < CONTENTS_MOST; seen++) {
            const struct link *link = &g_array_index(links, struct link, k);
            const struct attribution *a =
                &f->findings->attributions[link->attribution];
            uint32_t length = length_of(&a->content);

            if (length < best && holds(&a->content, c->trigger.at[0])) {
                best = length;
                c->attribution = link->attribution;
            }
            k = link->next;
        }
    }
    g_array_free(links, TRUE);
}

/* --- the whole -------------------------------------------------------- */

static gint by_trigger(gconstpointer a, gconstpointer b)
{
    const struct claim *x = a, *y = b;
    uint32_t i = x->trigger.at[0].from, k = y->trigger.at[0].from;

    if (i != k)
        return i < k ? -1 : 1;
    return x->act < y->act ? -1 : x->act > y->act;
}

struct findings *claims_find(
    const struct lexicon *lex, struct arena *a, const struct text *t,
    const char *date)
{
    struct findings *findings = arena_make(a, struct findings, 1);
    struct finder f = {lex, a, t, findings, NULL};

    (void)date;
    attributions_find(lex->cues, a, t, findings);
    f.claims = g_array_new(FALSE, FALSE, sizeof(struct claim));
    for (uint32_t i = 0; i < t->count; i++) {
        struct scene v = scene_make(lex, a, t, i);

        triggers_mark(&f, &v);
        circumstances_mark(&v);
        triggers_find(&f, &v);
        states_find(&f, &v);
    }
    g_array_sort(f.claims, by_trigger);
    attribute(&f);
    findings->claim_count = f.claims->len;
    findings->claims = arena_make(a, struct claim, f.claims->len + 1);
    if (f.claims->len)
        memcpy(
            findings->claims, f.claims->data,
            f.claims->len * sizeof(struct claim));
    g_array_free(f.claims, TRUE);
    return findings;
}
