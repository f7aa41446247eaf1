/* How long documents are, which copy others, and what is known of each. */
#include "story.h"

#include "draft.h"

#include <string.h>

enum { SENTENCES_LEAST = 3, SENTENCES_MOST = 60 };

/* Most documents are short, a few are long reports. */
static uint32_t claims_wanted(const struct world *w, struct dice *d)
{
    uint32_t kind = dice_below(d, 100);
    uint32_t share = kind < 45 ? 50 : kind < 90 ? 112 : 360;
    uint64_t percent = share * (50 + dice_below(d, 101));

    return (uint32_t)(percent * w->claims / w->documents / 10000);
}

static struct happening write_text(struct draft *d, uint32_t claims)
{
    struct happening first = happening_near(d->w, &d->dice, d->day);

    while (d->sentences->len < SENTENCES_MOST &&
           (d->claims->len < claims || d->sentences->len < SENTENCES_LEAST)) {
        struct happening h = dice_percent(&d->dice, 30)
                                 ? first
                                 : happening_near(d->w, &d->dice, d->day);
        bool tells = d->claims->len < claims && !dice_percent(&d->dice, 22);

        sentence_tell(d, &h, tells);
    }
    return first;
}

/* The document that this one copies, or itself. */
static uint32_t root_of(const struct world *w, uint32_t document)
{
    uint64_t chance;

    while (document && (chance = number_mix(w->seed + 'c', document)) % 10 == 0)
        document -= 1 + (uint32_t)((chance >> 8) % MIN(document, 40));
    return document;
}

static void *keep(struct arena *a, const GArray *from)
{
    size_t size = (size_t)from->len * g_array_get_element_size((GArray *)from);
    void *kept = arena_alloc(a, size);

    if (size)
        memcpy(kept, from->data, size);
    return kept;
}

/* The words alone, as copies are found by. */
static void find_words(struct arena *a, struct str text, struct sentence *s)
{
    uint32_t room = (s->span.to - s->span.from) / 2 + 1;
    const char *at = text.at + s->span.from, *end = text.at + s->span.to;

    s->tokens = arena_make(a, struct token, room);
    while (at < end) {
        const char *from = at;

        while (at < end && (g_ascii_isalnum(*at) || *at & 0x80))
            at++;
        if (at > from) {
            char *lower = arena_copy(a, from, (size_t)(at - from));

            for (char *c = lower; *c; c++)
                *c = g_ascii_tolower(*c);
            s->tokens[s->token_count++].lower = lower;
        } else {
            at++;
        }
    }
}

static struct text *keep_text(const struct draft *d, struct str text)
{
    struct text *t = arena_make(d->a, struct text, 1);

    t->str = text;
    t->count = d->sentences->len;
    t->sentences = keep(d->a, d->sentences);
    for (uint32_t i = 0; i < t->count; i++) {
        find_words(d->a, text, &t->sentences[i]);
        t->token_count += t->sentences[i].token_count;
    }
    return t;
}

static const char *make_title(struct draft *d, const struct happening *h)
{
    struct party place = {NAME_PLACE, h->place, true};

    return arena_print(
        d->a, "%s: %s %s", name_of(d, place),
        h->target.is_known ? name_of(d, h->target) : h->deed->crowd,
        h->deed->participle);
}

/* Who publishes it, and when, is a document's own, also of a copy. */
static struct document *make_document(
    const struct draft *d, uint32_t number, const char *title, struct str text)
{
    struct dice dice = {number_mix(d->w->seed + 'o', number)};
    struct document *made = arena_make(d->a, struct document, 1);
    uint32_t paper = dice_zipf(&dice, d->w->papers, 3);
    const char *date = day_print(d->a, world_day(d->w, number));
    char *hash = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *)text.at, text.len);

    *made = (struct document){
        .id = arena_print(
            d->a, "%.4s/paper-%03u/%06u.txt", date, paper + 1, number + 1),
        .sha256 = arena_copy(d->a, hash, strlen(hash)),
        .media_type = "text/plain",
        .encoding = "UTF-8",
        .title = title,
        .language = "en",
        .text = text,
        .body = {0, (uint32_t)text.len},
        .size = text.len};
    g_free(hash);
    if (!dice_percent(&dice, 3)) {
        made->date = date;
        made->date_from = "option";
    }
    if (!dice_percent(&dice, 5)) {
        made->publisher = paper_name(d->a, paper);
        made->publisher_from = "option";
    }
    return made;
}

struct reading
story_make(const struct world *w, struct arena *a, uint32_t document)
{
    uint32_t root = root_of(w, document), claims;
    struct findings *f = arena_make(a, struct findings, 1);
    struct entities *e = arena_make(a, struct entities, 1);
    struct reading r = {.findings = f, .entities = e, .lexicon = w->lexicon};
    struct happening first;
    struct draft d;
    struct str text;

    draft_open(&d, w, a, root);
    claims = claims_wanted(w, &d.dice);
    /* Every third copy is an excerpt. */
    first = write_text(
        &d, root != document && document % 3 == 0 ? claims / 2 : claims);
    text = (struct str){arena_copy(a, d.text->str, d.text->len), d.text->len};
    r.document = make_document(&d, document, make_title(&d, &first), text);
    r.text = keep_text(&d, text);
    *f = (struct findings){
        keep(a, d.attributions), keep(a, d.claims), d.attributions->len,
        d.claims->len};
    *e = (struct entities){
        keep(a, d.entities), keep(a, d.mentions), d.entities->len,
        d.mentions->len};
    sketch_make(a, &r.sketch, r.text);
    draft_free(&d);
    return r;
}
