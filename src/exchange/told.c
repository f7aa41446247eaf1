#include "exchange/plover.h"

#include <stdlib.h>
#include <string.h>

bool spans_meet(struct spans a, struct spans b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t n = 0; n < b.count; n++)
            if (span_meets(a.at[i], b.at[n]))
                return true;
    return false;
}

/* Copies: a claim's row lives only until the next one. */
struct copying {
    struct arena *a;
    struct page_told *page;
    GArray *told;
};

static struct spans copy_spans(struct arena *a, struct spans s)
{
    struct spans out = {arena_make(a, struct span, s.count + 1), s.count};

    if (s.count)
        memcpy(out.at, s.at, s.count * sizeof(*s.at));
    return out;
}

static struct told_phrase
copy_phrase(struct arena *a, const struct phrase_row *p)
{
    return (struct told_phrase){
        copy_spans(a, p->spans), arena_keep(a, p->text), arena_keep(a, p->name)};
}

static uint32_t sentence_at(const struct page_told *page, uint32_t byte)
{
    uint32_t low = 0, high = page->sentence_count;

    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;

        if (page->sentences[middle].from <= byte)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void
copy_sources(struct arena *a, const struct claim_row *c, struct told *t)
{
    t->source_count = c->source_count;
    t->sources = arena_make(a, struct told_phrase, c->source_count + 1);
    t->cues = arena_make(a, struct spans, c->source_count + 1);
    for (uint32_t i = 0; i < c->source_count; i++) {
        t->sources[i] = copy_phrase(a, &c->sources[i].source);
        t->cues[i] = copy_spans(a, c->sources[i].cue);
    }
}

static bool take_claim(const struct claim_row *c, void *self)
{
    struct copying *w = self;
    struct told t = {
        .id = c->id,
        .act = arena_keep(w->a, c->act),
        .trigger = copy_spans(w->a, c->trigger),
        .sentence = sentence_at(w->page, c->sentence.from),
        .stance = c->negative ? "negative" : modality_word(c->modality),
        .modality = modality_word(c->modality),
        .negative = c->negative,
        .first = arena_keep(w->a, c->first),
        .last = arena_keep(w->a, c->last),
        .confidence = c->confidence,
    };

    if (c->verdict == VERDICT_REJECTED || !c->trigger.count)
        return true;
    for (int r = 0; r < ROLE_COUNT; r++)
        t.roles[r] = copy_phrase(w->a, &c->roles[r]);
    copy_sources(w->a, c, &t);
    g_array_append_val(w->told, t);
    return true;
}

static bool is_told_already(const struct copying *w, struct spans cue)
{
    for (guint i = 0; i < w->told->len; i++)
        if (spans_meet(g_array_index(w->told, struct told, i).trigger, cue))
            return true;
    return false;
}

/* A source with its cue, where no claim has the cue as its words. */
static void take_source(struct copying *w, const struct source_row *s)
{
    struct told t = {
        .act = "cue",
        .trigger = s->cue,
        .stance = "asserted",
        .modality = "asserted",
        .roles[ROLE_ACTOR] = {s->source.spans, s->source.text, s->source.name},
    };

    if (!s->cue.count || !s->source.spans.count || is_told_already(w, s->cue))
        return;
    t.sentence = sentence_at(w->page, s->cue.at[0].from);
    g_array_append_val(w->told, t);
}

static int compare_told(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    uint32_t from = x->trigger.at[0].from, to = y->trigger.at[0].from;

    if (from != to)
        return from < to ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static bool load_sources(
    struct kase *k, struct copying *w, int64_t document, GError **error)
{
    struct source_row *rows;
    uint32_t count;

    if (!case_find_attributions(k, w->a, document, &rows, &count, error))
        return false;
    for (uint32_t i = 0; i < count; i++)
        take_source(w, &rows[i]);
    return true;
}

bool told_load(
    struct kase *k, struct arena *a, const struct document_row *d,
    struct page_told *out, GError **error)
{
    struct claim_filter filter = {.document = d->id};
    struct arena *rows = arena_new();
    struct copying w = {
        .a = a,
        .page = out,
        .told = g_array_new(FALSE, FALSE, sizeof(struct told)),
    };
    bool good;

    out->document = d;
    good = case_find_sentences(
               k, a, d->id, &out->sentences, &out->sentence_count, error) &&
           case_find_claims(k, rows, &filter, take_claim, &w, error) &&
           load_sources(k, &w, d->id, error);
    out->at = arena_take(a, w.told, &out->count);
    array_sort(out->at, out->count, sizeof(*out->at), compare_told);
    arena_free(rows);
    return good;
}
