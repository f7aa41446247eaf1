#include "cli/parties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **acts, **actors, **targets, **sources, **places, **modalities;
static char **labels, **texts, **documents;
static char *since, *until, *format;
static int64_t limit;

static const GOptionEntry entries[] = {
    {"act", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &acts,
     "an act or a family of acts: liberty.detain, liberty", "ACT"},
    {"actor", 0, 0, G_OPTION_ARG_STRING_ARRAY, &actors, "who is said to do it",
     "WORDS"},
    {"target", 0, 0, G_OPTION_ARG_STRING_ARRAY, &targets, "to whom or what",
     "WORDS"},
    {"source", 's', 0, G_OPTION_ARG_STRING_ARRAY, &sources,
     "whoever in the chain says so, the publisher too", "WORDS"},
    {"place", 0, 0, G_OPTION_ARG_STRING_ARRAY, &places,
     "where, from where or to where", "WORDS"},
    {"since", 0, 0, G_OPTION_ARG_STRING, &since,
     "happened on this day or later", "DAY"},
    {"until", 0, 0, G_OPTION_ARG_STRING, &until,
     "happened on this day or earlier", "DAY"},
    {"modality", 'm', 0, G_OPTION_ARG_STRING_ARRAY, &modalities,
     "asserted, denied, possible, planned, ordered, demanded, threatened or "
     "conditional",
     "WORD"},
    {"label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &labels,
     "what someone is called in the claim", "WORDS"},
    {"text", 't', 0, G_OPTION_ARG_STRING_ARRAY, &texts, "words of the sentence",
     "WORDS"},
    {"document", 0, 0, G_OPTION_ARG_STRING_ARRAY, &documents,
     "words of the document's name", "WORDS"},
    {"limit", 'n', 0, G_OPTION_ARG_INT64, &limit, "no more than these", "N"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, &format,
     "table (on a terminal), tsv (else), json or jsonl", "FORMAT"},
    G_OPTION_ENTRY_NULL,
};

static const char about[] =
    "Each option may be given several times: one of its values must match.\n"
    "Claims must match all the options. Texts match parts of words, without\n"
    "regard to case and accents. Of people, groups and places, the words may\n"
    "stand in any name that they have ('attest people'), or be a pN.\n"
    "\n"
    "Examples:\n"
    "  attest claims --act liberty --since 2019-01-01\n"
    "  attest claims --actor guards --target Brask\n"
    "  attest claims --target p12\n"
    "  attest claims --source 'The Open Window' --format jsonl\n"
    "\n"
    "'attest show ID' leads to the sentence.";

static const struct column columns[] = {
    {"id", false, 0, 0},      {"act", false, 0, 0},      {"actor", false, 3, 0},
    {"target", false, 3, 0},  {"time", false, 0, 0},     {"how", false, 0, 0},
    {"sources", false, 4, 0}, {"document", false, 2, 1},
};

struct listing {
    struct list *list;
    struct kase *k;
    struct arena *cells;
    /* The document whose text `offsets` maps, for JSON. */
    struct arena *page;
    struct document_row *document;
    struct offsets *offsets;
    GError *error;
};

/* "not denied": what is asserted and positive needs no word. */
static const char *how_words(struct arena *a, const struct claim_row *c)
{
    if (c->modality == MODALITY_ASSERTED)
        return c->negative ? "not" : "";
    return arena_print(
        a, "%s%s", c->negative ? "not, " : "", modality_word(c->modality));
}

/* Days in full for programs, as short as may be for people. */
static const char *time_words(struct listing *l, const struct claim_row *c)
{
    if (!c->first || !c->last)
        return c->time_text ? c->time_text : "";
    if (list_format(l->list) == LIST_TABLE)
        return period_words(l->cells, c->first, c->last);
    if (!strcmp(c->first, c->last))
        return c->first;
    return arena_print(l->cells, "%s..%s", c->first, c->last);
}

static const char *party_words(struct listing *l, const struct phrase_row *p)
{
    if (list_format(l->list) == LIST_TABLE && p->name)
        return p->name;
    return phrase_words(l->cells, p);
}

static void add_cells(struct listing *l, const struct claim_row *c)
{
    struct arena *a = l->cells;
    const char *cells[] = {
        arena_print(a, "c%" G_GINT64_FORMAT, c->id),
        c->act,
        party_words(l, &c->roles[ROLE_ACTOR]),
        party_words(l, &c->roles[ROLE_TARGET]),
        time_words(l, c),
        how_words(a, c),
        list_format(l->list) == LIST_TABLE ? voice_words(a, c)
                                           : chain_words(a, c),
        c->document_name,
    };

    list_add(l->list, cells);
    arena_reset(a);
}

static bool open_page(struct listing *l, int64_t document)
{
    if (l->document && l->document->id == document)
        return true;
    offsets_free(l->offsets);
    l->offsets = NULL;
    arena_reset(l->page);
    l->document = case_find_document(l->k, l->page, document, &l->error);
    if (l->document)
        l->offsets = offsets_new(l->document->text);
    return l->document != NULL;
}

/* The object of the claims format, with its document before it. */
static bool add_object(struct listing *l, const struct claim_row *c)
{
    GString *json = g_string_new(NULL);
    char *name;

    if (!open_page(l, c->document)) {
        g_string_free(json, TRUE);
        return false;
    }
    name = json_text(c->document_name);
    g_string_append_printf(json, "{\"doc\":%s,", name);
    export_claim_json(c, l->offsets, json);
    /* The claim's own brace gives way to the document's. */
    g_string_erase(
        json, (gssize)strlen("{\"doc\":,") + (gssize)strlen(name), 1);
    list_add_json(l->list, json->str);
    g_free(name);
    g_string_free(json, TRUE);
    return true;
}

static bool take(const struct claim_row *c, void *self)
{
    struct listing *l = self;
    enum list_format f = list_format(l->list);

    if (f == LIST_JSON || f == LIST_JSONL)
        return add_object(l, c);
    add_cells(l, c);
    return true;
}

static void check_options(void)
{
    enum modality m;

    check_day("--since", since);
    check_day("--until", until);
    for (char **at = modalities; at && *at; at++) {
        if (!modality_find(*at, &m)) {
            complain("--modality: there is no '%s'; see --help", *at);
            exit(STATUS_FAILED);
        }
    }
    if (limit < 0) {
        complain("--limit: 0 (all) or more");
        exit(STATUS_FAILED);
    }
}

#define CONST(list) ((const char *const *)(list))

/* Whom the options mean, whatever they are called. */
static struct kin *kin[4];

static void find_kin(struct claim_filter *f)
{
    char **words[] = {actors, targets, sources, places};
    const struct kin **to[] = {
        &f->actor_kin, &f->target_kin, &f->source_kin, &f->place_kin};
    struct company c;

    if (!actors && !targets && !sources && !places)
        return;
    c = company_open(CASE_READ);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i])
            *to[i] = kin[i] = company_kin(&c, words[i]);
    company_close(&c);
}

static void forget_kin(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kin); i++)
        kin_free(kin[i]);
}

int command_claims(int argc, char **argv)
{
    struct listing l = {0};
    struct claim_filter filter;
    struct arena *a;
    bool good;

    options_parse(
        &argc, &argv, OPTIONS_CASE | OPTIONS_DATA, "- list claims", about,
        entries);
    options_end(argc, argv);
    check_options();
    filter = (struct claim_filter){
        .acts = CONST(acts),
        .actors = CONST(actors),
        .targets = CONST(targets),
        .sources = CONST(sources),
        .places = CONST(places),
        .modalities = CONST(modalities),
        .labels = CONST(labels),
        .texts = CONST(texts),
        .documents = CONST(documents),
        .since = since,
        .until = until,
        .limit = limit,
    };
    find_kin(&filter);
    l.k = open_case(CASE_READ);
    l.list = list_new(format, columns, G_N_ELEMENTS(columns));
    l.cells = arena_new();
    l.page = arena_new();
    a = arena_new();
    good = case_find_claims(l.k, a, &filter, take, &l, &l.error) && !l.error;
    arena_free(a);
    arena_free(l.cells);
    offsets_free(l.offsets);
    arena_free(l.page);
    list_end(l.list, "no claims match; with fewer options there may be some");
    close_case(l.k);
    forget_kin();
    return good ? STATUS_DONE : fail(l.error);
}
