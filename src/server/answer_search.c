/* Sentences that have some words. */
#include "server/routes.h"
#include "server/shapes.h"

#include <string.h>

/* Where a sentence begins in its document, in code points. */
static bool find_start(
    struct call *c, const struct hit_row *hit, uint32_t *out, GError **error)
{
    struct arena *a = arena_new();
    GError *fault = NULL;
    const struct document_row *d =
        case_find_document(c->server->k, a, hit->document, &fault);

    if (d)
        *out = (uint32_t)g_utf8_strlen(d->text.at, hit->sentence.from);
    arena_free(a);
    if (fault)
        g_propagate_error(error, fault);
    return d != NULL;
}

/* Those that stand in the sentence. */
static void add_claims(struct call *c, uint32_t document, int64_t sentence)
{
    const struct index *x = c->server->index;
    const struct index_document *d = &x->documents[document];

    json_builder_set_member_name(c->json, "claims");
    json_builder_begin_array(c->json);
    for (uint32_t i = d->first_claim; i < d->first_claim + d->claims; i++)
        if (x->claims[i].sentence == sentence)
            json_builder_add_string_value(
                c->json, id_words(c, 'c', x->claims[i].id));
    json_builder_end_array(c->json);
}

static void add_sentence(struct call *c, const struct hit_row *hit)
{
    const char *text = hit->sentence_text;
    struct offsets *o = offsets_new((struct str){text, strlen(text)});

    member_text(c->json, "sentence", text);
    shape_spans(c, "words", hit->words, o);
    offsets_free(o);
}

/* Nothing where the document came after the index. */
static bool add_hit(struct call *c, const struct hit_row *hit, GError **error)
{
    uint32_t document =
        index_find_document(c->server->index, (uint64_t)hit->document);
    uint32_t from;

    if (document == NOWHERE)
        return true;
    if (!find_start(c, hit, &from, error))
        return !*error;
    json_builder_begin_object(c->json);
    shape_document_name(c, "document", document);
    member_number(c->json, "from", from);
    add_sentence(c, hit);
    add_claims(c, document, hit->sentence_row);
    json_builder_end_object(c->json);
    return true;
}

void answer_search(struct call *c)
{
    const char *words = call_word(c, "words");
    struct hit_row *hits;
    struct page p;
    uint32_t count, total;
    GError *error = NULL;

    if (!call_page(c, &p))
        return;
    if (!words || !*words) {
        call_refuse(c, REFUSAL_BAD_REQUEST, "words: what to look for");
        return;
    }
    if (!case_search_page(
            c->server->k, c->arena, words, p.offset, p.limit, &hits, &count,
            &total, &error)) {
        call_fail(c, error);
        return;
    }
    shape_list_begin(c, total, &p);
    for (uint32_t i = 0; i < count && !error; i++)
        (void)add_hit(c, &hits[i], &error);
    json_builder_end_array(c->json);
    member_truth(c->json, "ranked", total <= SEARCH_RANKED);
    member_truth(c->json, "more", total >= SEARCH_COUNTED);
    json_builder_end_object(c->json);
    if (error)
        call_fail(c, error);
}
