#include "exchange/plover.h"

#include "exchange/json.h"

#include <math.h>
#include <string.h>

/* --- pieces of a line ------------------------------------------------- */

static void add_texts(
    JsonBuilder *b, const char *name, const char *const *texts, uint32_t count)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < count; i++)
        json_builder_add_string_value(b, texts[i]);
    json_builder_end_array(b);
}

static void
add_parties(JsonBuilder *b, const char *name, const struct parties *who)
{
    json_builder_set_member_name(b, name);
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < who->count; i++) {
        const struct party *one = &who->at[i];

        json_builder_begin_object(b);
        json_add_text(
            b, "code", one->coding.code_count ? one->coding.codes[0] : NULL);
        add_texts(b, "sector", one->coding.sectors, one->coding.sector_count);
        json_add_text(b, "entity_text", one->text);
        json_add_text(b, "name", one->name);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

/* The day of the act where a claim tells it; what was only announced happened
   when it was told. */
static void
add_days(JsonBuilder *b, const struct coded *e, const struct document_row *d)
{
    const char *first = e->is_turned ? NULL : e->told->first;
    const char *last = e->is_turned ? NULL : e->told->last;

    for (uint32_t i = 0; !first && !e->is_turned && i < e->also_count; i++) {
        first = e->also[i]->first;
        last = e->also[i]->last;
    }
    json_add_text(b, "date", first ? first : d->date);
    json_add_text(
        b, "date_from",
        first     ? "claim"
        : d->date ? "document"
                  : NULL);
    json_add_text(
        b, "enddate", first && last && strcmp(first, last) ? last : NULL);
}

static void
add_place(JsonBuilder *b, struct coding_page *p, const struct coded *e)
{
    const struct told_phrase *place = &e->told->roles[ROLE_PLACE];

    for (uint32_t i = 0; !place->spans.count && i < e->also_count; i++)
        place = &e->also[i]->roles[ROLE_PLACE];
    json_builder_set_member_name(b, "event_loc");
    if (!place->spans.count) {
        json_builder_add_null_value(b);
        return;
    }
    json_builder_begin_object(b);
    json_add_text(b, "extracted_place", place->text);
    json_add_text(
        b, "country_code", atlas_place(p->coder->atlas, p->a, place->text));
    json_builder_end_object(b);
}

static void
add_contexts(JsonBuilder *b, struct coding_page *p, const struct coded *e)
{
    uint32_t count;
    const char *const *contexts = rules_contexts(
        p->coder->rules, p->a, &p->words[e->told->sentence], e->type, e->mode,
        &count);

    add_texts(b, "context", contexts, count);
}

static void add_claims(JsonBuilder *b, const struct coded *e)
{
    json_builder_set_member_name(b, "claims");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i <= e->also_count; i++) {
        const struct told *t = i ? e->also[i - 1] : e->told;
        char id[32];

        if (!t->id)
            continue;
        g_snprintf(id, sizeof(id), "c%" G_GINT64_FORMAT, t->id);
        json_builder_add_string_value(b, id);
    }
    json_builder_end_array(b);
}

static void add_sources(JsonBuilder *b, const struct told *t)
{
    json_builder_set_member_name(b, "sources");
    json_builder_begin_array(b);
    for (uint32_t i = 0; i < t->source_count; i++) {
        json_builder_begin_object(b);
        json_add_text(b, "text", t->sources[i].text);
        json_add_text(b, "name", t->sources[i].name);
        json_builder_end_object(b);
    }
    json_builder_end_array(b);
}

static void add_sentence(
    JsonBuilder *b, struct coding_page *p, const struct coded *e,
    const struct offsets *o)
{
    struct span s = p->page->sentences[e->told->sentence];
    struct str text = span_text(p->page->document->text, s);

    json_add_text(b, "text", arena_copy(p->a, text.at, text.len));
    json_builder_set_member_name(b, "text_info");
    json_builder_begin_object(b);
    json_builder_set_member_name(b, "sequence");
    json_builder_add_int_value(b, (int64_t)e->told->sentence + 1);
    json_builder_set_member_name(b, "start");
    json_builder_add_int_value(b, offsets_find(o, s.from));
    json_builder_set_member_name(b, "end");
    json_builder_add_int_value(b, offsets_find(o, s.to));
    json_add_spans(b, "trigger", e->told->trigger, o);
    json_builder_end_object(b);
}

static void add_document(JsonBuilder *b, const struct document_row *d)
{
    json_builder_set_member_name(b, "cite_info");
    json_builder_begin_object(b);
    json_add_text(b, "citation", d->name);
    json_add_text(b, "title", d->title);
    json_add_text(b, "publisher", d->publisher);
    json_add_text(b, "url", d->url);
    json_add_text(b, "date", d->date);
    json_builder_end_object(b);
}

static void add_reading(JsonBuilder *b, const struct coded *e)
{
    const struct told *t = e->told;

    add_claims(b, e);
    json_add_text(b, "act", t->id ? t->act : NULL);
    json_add_text(b, "polarity", t->negative ? "negative" : "positive");
    json_add_text(b, "modality", t->modality);
    add_sources(b, t);
    json_builder_set_member_name(b, "confidence");
    if (t->id)
        json_builder_add_double_value(b, round(t->confidence * 1000) / 1000);
    else
        json_builder_add_null_value(b);
}

static void add_type(JsonBuilder *b, const struct coded *e)
{
    add_texts(b, "event", &e->type, 1);
    add_texts(b, "mode", &e->mode, e->mode ? 1 : 0);
    json_add_text(b, "quad_code", rules_quad(e->type));
    json_builder_set_member_name(b, "reciprocal");
    json_builder_add_boolean_value(b, e->is_reciprocal);
}

static void append_event(
    struct coding_page *p, const struct coded *e, uint32_t number,
    const struct offsets *o, GString *out)
{
    const struct document_row *d = p->page->document;
    JsonBuilder *b = json_builder_new();

    json_builder_begin_object(b);
    json_add_text(
        b, "id", arena_print(p->a, "%s#%u", d->name, (unsigned)number));
    add_days(b, e, d);
    add_parties(b, "actor", &e->actors);
    add_parties(b, "recipient", &e->recipients);
    add_type(b, e);
    add_contexts(b, p, e);
    add_place(b, p, e);
    add_sentence(b, p, e, o);
    add_document(b, d);
    add_reading(b, e);
    json_builder_end_object(b);
    json_print(b, out);
    g_string_append_c(out, '\n');
    g_object_unref(b);
}

/* --- a document ------------------------------------------------------- */

struct coder *coder_load(const char *dir, GError **error)
{
    struct coder *c = g_new0(struct coder, 1);

    c->atlas = atlas_load(dir, error);
    c->rules = c->atlas ? rules_load(dir, error) : NULL;
    if (c->rules)
        return c;
    coder_free(c);
    return NULL;
}

void coder_free(struct coder *c)
{
    if (!c)
        return;
    atlas_free(c->atlas);
    rules_free(c->rules);
    g_free(c);
}

static void cut_sentences(struct coding_page *p)
{
    const struct page_told *page = p->page;

    p->words = arena_make(p->a, struct words, page->sentence_count + 1);
    for (uint32_t i = 0; i < page->count; i++) {
        struct words *w = &p->words[page->at[i].sentence];

        if (!w->at)
            *w = words_cut(
                p->a, page->document->text,
                page->sentences[page->at[i].sentence]);
    }
}

bool plover_append(
    const struct coder *coder, struct kase *k, const struct document_row *d,
    GString *out, GError **error)
{
    struct arena *a = arena_new();
    struct page_told page = {0};
    struct coding_page p = {.coder = coder, .page = &page, .a = a};
    bool good = told_load(k, a, d, &page, error);

    if (good && page.count) {
        struct offsets *o = offsets_new(d->text);
        uint32_t number = 0;

        cut_sentences(&p);
        events_cast(&p);
        events_merge(&p);
        for (uint32_t i = 0; i < page.count; i++)
            if (p.events[i].type)
                append_event(&p, &p.events[i], ++number, o, out);
        offsets_free(o);
    }
    arena_free(a);
    return good;
}
