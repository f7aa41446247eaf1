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
    bool good = lexicon && digest_load(
                                k, lexicon, tables, a, NULL, NULL, out, error);

    lexicon_free(lexicon);
    return good;
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
