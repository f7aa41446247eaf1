#include "cli/happening.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool digest_open(
    struct kase *k, struct arena *a, struct digest *out, GError **error)
{
    g_autofree char *tables = lexicon_folder();
    g_autofree char *models = models_folder();
    struct lexicon *lexicon = lexicon_load(tables, models, error);
    bool good = lexicon && digest_load(k, lexicon, a, out, error);

    lexicon_free(lexicon);
    return good;
}

const struct told *happening_fullest(const struct happening *h)
{
    const struct told *best = h->claims[0];

    for (uint32_t i = 1; i < h->count; i++) {
        const struct told *t = h->claims[i];

        if (told_denies(best) != told_denies(t)
                ? told_denies(best)
                : told_fullness(t) > told_fullness(best))
            best = t;
    }
    return best;
}

const char *happening_note(struct arena *a, const struct happening *h)
{
    static const char *const words[] = {
        "denied", "figures differ", "days differ", "actors differ"};
    const struct event *e = h->event;
    const char *note = "";

    for (int i = 0; i < (int)G_N_ELEMENTS(words); i++)
        if (e->contests & 1U << i)
            note = arena_print(a, "%s%s%s", note, *note ? "; " : "", words[i]);
    if (*note)
        return arena_print(a, "contested: %s", note);
    if (!e->support)
        return "only denied";
    return e->support == 1 ? "single source" : "";
}

const char *days_words(struct arena *a, const char *first, const char *last)
{
    if (!first || !last)
        return first ? first : last;
    return strcmp(first, last) ? arena_print(a, "%s..%s", first, last) : first;
}

const struct happening *happening_find(const struct digest *d, int64_t claim)
{
    for (uint32_t i = 0; i < d->count; i++)
        if (d->told[i].id == claim)
            return &d->happenings[d->told[i].event];
    return NULL;
}

/* --- roots ---------------------------------------------------------------- */

/* By the day of the report, for the first to tell is at the top. */
static int by_report(const void *x, const void *y)
{
    const struct told *a = *(const struct told *const *)x;
    const struct told *b = *(const struct told *const *)y;
    int order = g_strcmp0(a->document_date, b->document_date);

    if (order)
        return order;
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

GPtrArray *happening_root(const struct happening *h, int64_t root, bool denies)
{
    GPtrArray *list = g_ptr_array_new();

    for (uint32_t i = 0; i < h->count; i++)
        if (h->claims[i]->root == root && told_denies(h->claims[i]) == denies)
            g_ptr_array_add(list, (gpointer)h->claims[i]);
    g_ptr_array_sort(list, by_report);
    return list;
}

const char *root_words(const GPtrArray *list)
{
    const struct told *best = g_ptr_array_index(list, 0);

    for (guint i = 0; i < list->len; i++) {
        const struct told *t = g_ptr_array_index(list, i);

        if (t->claim->source_key)
            return t->voice;
        if (t->claim->source && !best->claim->source)
            best = t;
    }
    if (best->claim->source)
        return best->voice;
    return best->publisher ? best->publisher : best->document_name;
}

void happening_each_root(
    const struct happening *h, bool denies,
    void (*take)(const GPtrArray *claims, void *self), void *self)
{
    GHashTable *seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (uint32_t i = 0; i < h->count; i++) {
        const struct told *t = h->claims[i];
        GPtrArray *list;

        if (told_denies(t) != denies ||
            !g_hash_table_add(seen, (gpointer)&t->root))
            continue;
        list = happening_root(h, t->root, denies);
        take(list, self);
        g_ptr_array_free(list, TRUE);
    }
    g_hash_table_unref(seen);
}

/* --- JSON ------------------------------------------------------------- */

static void add_text(GString *out, const char *name, const char *words)
{
    g_autofree char *json = words ? json_text(words) : NULL;

    g_string_append_printf(out, ",\"%s\":%s", name, json ? json : "null");
}

static void add_claim(GString *out, const struct told *t)
{
    static const char *const stances[] = {"said", "denied", "wanted"};

    g_string_append_printf(out, "{\"id\":\"c%" G_GINT64_FORMAT "\"", t->id);
    add_text(out, "doc", t->document_name);
    add_text(out, "act", t->act);
    add_text(out, "stance", stances[t->claim->stance]);
    add_text(out, "source", t->voice);
    add_text(out, "publisher", t->publisher);
    add_text(out, "from", t->first);
    add_text(out, "to", t->last);
    add_text(out, "figure", t->count);
    g_string_append_printf(
        out, ",\"root\":\"c%" G_GINT64_FORMAT "\",\"confidence\":%.3f}",
        t->root, t->claim->confidence);
}

static void add_contests(GString *out, unsigned contests)
{
    static const char *const words[] = {
        "\"denied\"", "\"figure\"", "\"day\"", "\"actor\""};
    const char *comma = "";

    g_string_append(out, ",\"contested\":[");
    for (int i = 0; i < (int)G_N_ELEMENTS(words); i++) {
        if (!(contests & 1U << i))
            continue;
        g_string_append_printf(out, "%s%s", comma, words[i]);
        comma = ",";
    }
    g_string_append(out, "]");
}

const char *happening_json(struct arena *a, const struct happening *h)
{
    const struct told *t = happening_fullest(h);
    const struct event *e = h->event;
    GString *out = g_string_new(NULL);
    const char *json;

    g_string_append_printf(out, "{\"id\":\"e%" G_GINT64_FORMAT "\"", h->id);
    add_text(out, "act", t->act);
    add_text(out, "actor", t->parties[0]);
    add_text(out, "target", t->parties[1]);
    add_text(out, "place", t->place);
    add_text(out, "from", t->first);
    add_text(out, "to", t->last);
    g_string_append_printf(
        out,
        ",\"documents\":%u,\"publishers\":%u,\"sources\":%u,\"deniers\":%u",
        e->documents, e->publishers, e->support, e->deniers);
    add_contests(out, e->contests);
    g_string_append(out, ",\"claims\":[");
    for (uint32_t i = 0; i < h->count; i++) {
        g_string_append(out, i ? "," : "");
        add_claim(out, h->claims[i]);
    }
    g_string_append(out, "]}");
    json = arena_copy(a, out->str, out->len);
    g_string_free(out, TRUE);
    return json;
}
