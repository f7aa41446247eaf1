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

struct draft
draft_start(const struct scene *v, uint32_t head, uint32_t act, float evidence)
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

/* The least sure of the arcs on which the claim's participants hang. */
static float weakest_arc(const struct scene *v, const struct claim *c)
{
    float least = 1;

    for (int r = 0; r < ROLE_COUNT; r++) {
        const struct phrase *p = &c->roles[r];

        if (p->spans.count && p->sentence == c->sentence)
            least = MIN(least, scene_token(v, p->head)->arc_confidence);
    }
    return least;
}

/*
 * The product of: how plainly the words tell the act (draft_start's
 * evidence), whether anyone is said to take part, and how sure the tree is
 * of that.
 */
static float weigh(const struct claim *c)
{
    float weight = c->plainness * c->weakest_arc;

    if (!c->roles[ROLE_ACTOR].spans.count && !c->roles[ROLE_TARGET].spans.count)
        weight *= 0.6f;
    if (c->modality != MODALITY_ASSERTED || c->negative)
        weight *= 0.95f;
    return weight;
}

static void give_reasons(const struct scene *v, struct draft *d)
{
    struct claim *c = &d->claim;
    const struct node *head = &v->nodes[c->head];

    c->plainness = d->evidence;
    reason_add(
        &c->reasons, REASON_ACT, c->head, d->entry ? d->entry->row : NULL);
    if (head->support && head->noun == d->entry)
        reason_add(
            &c->reasons, REASON_SUPPORT, head->supporter, head->support->row);
}

void draft_finish(struct finder *f, const struct scene *v, struct draft *d)
{
    struct claim *c = &d->claim;
    struct stance s;

    give_reasons(v, d);
    s = stance_find(v, c->head, &c->reasons);
    if (s.swallowed)
        return;
    c->modality = s.modality;
    c->negative = s.negative;
    if (d->entry && d->entry->inverse)
        c->negative = !c->negative;
    circumstances_find(v, c);
    /* "their stronghold in the hills": where one lives is the target */
    if (c->act == v->lex->reside_act && !c->roles[ROLE_TARGET].spans.count)
        c->roles[ROLE_TARGET] = c->roles[ROLE_PLACE];
    labels_find(v, c);
    c->weakest_arc = weakest_arc(v, c);
    c->confidence = weigh(c);
    v->nodes[c->head].told = true;
    g_array_append_val(f->claims, *c);
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

    attributions_find(lex->cues, a, t, findings);
    f.claims = g_array_new(FALSE, FALSE, sizeof(struct claim));
    for (uint32_t i = 0; i < t->count; i++) {
        struct scene v;

        if (t->sentences[i].is_foreign)
            continue;
        v = scene_make(lex, a, t, i);
        v.date = date;
        triggers_mark(&f, &v);
        when_mark(&v);
        triggers_find(&f, &v);
        states_find(&f, &v);
    }
    g_array_sort(f.claims, by_trigger);
    claims_attribute(&f);
    findings->claim_count = f.claims->len;
    findings->claims = arena_make(a, struct claim, f.claims->len + 1);
    if (f.claims->len)
        memcpy(
            findings->claims, f.claims->data,
            f.claims->len * sizeof(struct claim));
    g_array_free(f.claims, TRUE);
    return findings;
}
