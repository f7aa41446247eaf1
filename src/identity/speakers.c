/*
 * Who says "I": the source whose words, by the attributions, a quotation
 * holds.  Without one the document itself speaks, and nobody is named.
 */
#include <string.h>

#include "identity/resolver.h"

/* The first token that ends after `byte`, counted through the document. */
static uint32_t token_after(const struct resolver *r, uint32_t byte)
{
    const struct text *t = r->t;
    uint32_t low = 0, high = t->count;
    const struct sentence *s;
    uint32_t base;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct sentence *m = &t->sentences[middle];

        if (m->token_count && m->tokens[m->token_count - 1].span.to <= byte)
            low = middle + 1;
        else if (!m->token_count && m->span.to <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == t->count)
        return (uint32_t)t->token_count;
    s = &t->sentences[low];
    base = r->bases[low];
    low = 0;
    high = s->token_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (s->tokens[middle].span.to <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return base + low;
}

struct stretch {
    uint32_t from, to, attribution;
};

/* Shorter first: what is painted stays. */
static int compare_stretches(gconstpointer x, gconstpointer y)
{
    const struct stretch *a = x, *b = y;
    uint32_t a_len = a->to - a->from, b_len = b->to - b->from;

    if (a_len != b_len)
        return a_len < b_len ? -1 : 1;
    return a->attribution < b->attribution ? -1
                                           : a->attribution > b->attribution;
}

static GArray *list_contents(const struct resolver *r)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct stretch));

    for (uint32_t i = 0; i < r->f->attribution_count; i++) {
        const struct attribution *a = &r->f->attributions[i];

        if (!a->source.spans.count || a->source.sentence >= r->t->count)
            continue;
        for (uint32_t k = 0; k < a->content.count; k++) {
            struct stretch s = {
                token_after(r, a->content.at[k].from),
                token_after(r, a->content.at[k].to), i};

            if (s.from < s.to)
                g_array_append_val(all, s);
        }
    }
    g_array_sort(all, compare_stretches);
    return all;
}

/* Each token is painted once: `next` leaps over those that are. */
static void paint(struct resolver *r, const GArray *stretches)
{
    uint32_t count = r->token_count;
    g_autofree uint32_t *next = g_new(uint32_t, (size_t)count + 1);

    for (uint32_t i = 0; i <= count; i++)
        next[i] = i;
    for (guint i = 0; i < stretches->len; i++) {
        struct stretch s = g_array_index(stretches, struct stretch, i);
        uint32_t at = s.from;

        for (;;) {
            while (next[at] != at)
                at = next[at] = next[next[at]];
            if (at >= s.to)
                break;
            r->speakers[at] = s.attribution;
            next[at] = at + 1;
        }
    }
}

enum quote { QUOTE_NONE, QUOTE_OPEN, QUOTE_CLOSE, QUOTE_EITHER };

static enum quote quote_of(const char *form)
{
    static const struct {
        const char *form;
        enum quote quote;
    } quotes[] = {
        {"\"", QUOTE_EITHER},          {"\xE2\x80\x9C", QUOTE_OPEN},
        {"\xE2\x80\x9D", QUOTE_CLOSE}, {"``", QUOTE_OPEN},
        {"''", QUOTE_CLOSE},           {"\xC2\xAB", QUOTE_OPEN},
        {"\xC2\xBB", QUOTE_CLOSE},     {"\xE2\x80\x9E", QUOTE_OPEN},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(quotes); i++)
        if (!strcmp(form, quotes[i].form))
            return quotes[i].quote;
    return QUOTE_NONE;
}

/* A quotation left open ends with its paragraph. */
static void mark_quotations(struct resolver *r)
{
    uint32_t paragraph = 0;
    bool inside = false;

    for (uint32_t i = 0; i < r->t->count; i++) {
        const struct sentence *s = &r->t->sentences[i];

        if (s->paragraph != paragraph)
            inside = false;
        paragraph = s->paragraph;
        for (uint32_t k = 0; k < s->token_count; k++) {
            enum quote quote = s->tokens[k].upos == UPOS_PUNCT
                                   ? quote_of(s->tokens[k].form)
                                   : QUOTE_NONE;

            if (quote != QUOTE_NONE)
                inside =
                    quote == QUOTE_OPEN || (quote == QUOTE_EITHER && !inside);
            else if (inside)
                r->marks[r->bases[i] + k] |= MARK_QUOTED;
        }
    }
}

void mark_speakers(struct resolver *r)
{
    g_autoptr(GArray) contents = list_contents(r);

    if (contents->len)
        paint(r, contents);
    mark_quotations(r);
}

/* "We" is a group that speaks; of a person who speaks it says too little. */
static void
set_speaker(struct resolver *r, uint32_t at, const struct pronoun *pronoun)
{
    const struct phrase *source = &r->f->attributions[r->speakers[at]].source;
    uint32_t entity = entity_of_phrase(r, source->sentence, source->head, true);

    if (entity == NOBODY ||
        pronoun->plural != (r->entities[entity].kind == NAME_GROUP))
        return;
    r->meant[at] = entity;
}

/* Where nobody is quoted the author says "I" and "we", and "you" to whoever
   reads: entities, or NOBODY. */
struct talk {
    uint32_t author, authors, reader;
};

static void set_talk(
    struct resolver *r, uint32_t at, const struct pronoun *pronoun,
    struct talk *talk)
{
    uint32_t *entity = pronoun->person == 2 ? &talk->reader
                       : pronoun->plural    ? &talk->authors
                                            : &talk->author;
    const char *name = entity == &talk->reader    ? "you"
                       : entity == &talk->authors ? "we"
                                                  : "I";

    if (*entity == NOBODY)
        *entity = entity_add(r, NAME_PERSON, name);
    r->meant[at] = *entity;
}

void find_speakers(struct resolver *r)
{
    struct talk talk = {NOBODY, NOBODY, NOBODY};

    for (uint32_t i = 0; i < r->t->count; i++)
        for (uint32_t k = 0; k < r->t->sentences[i].token_count; k++) {
            const struct token *t = token_at(r, i, k);
            uint32_t at = r->bases[i] + k;
            const struct pronoun *pronoun;

            if (t->upos != UPOS_PRON || r->marks[at] & MARK_NAME ||
                r->beside[at] != NOBODY || r->called[at] != NOBODY)
                continue;
            pronoun = find_pronoun_word(r, i, k);
            if (!pronoun || (pronoun->person != 1 && pronoun->person != 2))
                continue;
            if (!(r->marks[at] & MARK_QUOTED))
                set_talk(r, at, pronoun, &talk);
            else if (pronoun->person == 1 && r->speakers[at] != NOBODY)
                set_speaker(r, at, pronoun);
        }
}
