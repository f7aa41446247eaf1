/* A document's claims, words and names, and the tables that are asked. */
#include "exchange/incident.h"

#include <string.h>

/* --- tables ----------------------------------------------------------- */

struct incident_tables *
incident_tables_load(const char *lexicon, const char *models, GError **error)
{
    struct incident_tables *t = g_new0(struct incident_tables, 1);

    t->atlas = atlas_load(lexicon, error);
    t->signs = t->atlas ? signs_load(lexicon, error) : NULL;
    if (t->signs && models)
        t->weights = weights_load(models, error);
    if (t->signs && (t->weights || !models))
        return t;
    incident_tables_free(t);
    return NULL;
}

void incident_tables_free(struct incident_tables *t)
{
    if (!t)
        return;
    atlas_free(t->atlas);
    signs_free(t->signs);
    weights_free(t->weights);
    g_free(t);
}

/* --- the report ------------------------------------------------------- */

bool told_harms(const struct report *r, const struct told *t)
{
    return signs_breach(r->tables->signs, t->act) != NULL;
}

bool report_tells_harm(const struct report *r)
{
    for (uint32_t i = 0; i < r->page.count; i++)
        if (r->page.at[i].id && told_harms(r, &r->page.at[i]))
            return true;
    return false;
}

void traits_of_sentence(
    const struct report *r, uint32_t sentence, struct traits *t)
{
    const struct words *w = &r->sentences[sentence];

    for (uint32_t i = 0; i < w->count; i++) {
        uint32_t length;
        const char *breach =
            signs_find(r->tables->signs, SIGN_BREACH, w, i, &length);

        if (breach)
            trait_add(t, "with breach=%s", breach);
    }
}

const char *sentence_depth(uint32_t sentence)
{
    return sentence == 0   ? "first"
           : sentence == 1 ? "second"
           : sentence < 5  ? "early"
           : sentence < 12 ? "middle"
                           : "late";
}

const char *count_size(uint32_t count)
{
    static const char *const sizes[] = {"0", "1", "2", "3", "4"};

    return count < 5 ? sizes[count] : count < 8 ? "5+" : "8+";
}

enum { SENTENCES_MOST = 1500 }; /* what is mainly told is told before */

/* Candidates are weighed against each other: a bound keeps that linear. */
static void cut_end(struct page_told *page)
{
    page->sentence_count = MIN(page->sentence_count, SENTENCES_MOST);
    while (page->count &&
           page->at[page->count - 1].sentence >= page->sentence_count)
        page->count--;
}

static void cut_words(struct report *r)
{
    const struct document_row *d = r->page.document;
    const char *title = d->title ? d->title : "";
    struct str text = {title, strlen(title)};

    r->sentences = arena_make(r->a, struct words, r->page.sentence_count + 1);
    for (uint32_t i = 0; i < r->page.sentence_count; i++)
        r->sentences[i] = words_cut(r->a, d->text, r->page.sentences[i]);
    r->title = words_cut(r->a, text, (struct span){0, (uint32_t)text.len});
}

bool report_load(
    const struct incident_tables *t, struct kase *k, struct arena *a,
    const struct document_row *d, struct report *out, GError **error)
{
    *out = (struct report){.a = a, .tables = t};
    if (!told_load(k, a, d, &out->page, error))
        return false;
    cut_end(&out->page);
    cut_words(out);
    names_find(out);
    return true;
}
